//! The list of mothers, in one statement.

use super::domain::Effect;
use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::PersonId,
    people::{Birth, Names},
    web::{Cursor, Page},
};
use chrono::{DateTime, NaiveDate, Utc};

/// A line of the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// Who.
    pub id: PersonId,
    /// Her place in the list.
    pub created_at: DateTime<Utc>,
    /// Names.
    pub names: Names,
    /// Birth.
    pub birth: Option<Birth>,
    /// Her children in the prefecture.
    pub children: i64,
    /// `None` for a reader who works on none of her children's files.
    pub effect: Option<Effect>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Whether a supervisor opened the services, on the ground that fits what stands.
    pub is_opened: bool,
    /// Families with a delivered service.
    pub delivered: Vec<String>,
    /// Families with a planned one.
    pub planned: Vec<String>,
}

/// The mothers of the prefecture, newest first, each woman once. Effects and services are computed only for those whose
/// children's files the reader may open, so that no filter tells them of another.
#[expect(clippy::too_many_lines, reason = "one statement, whole")]
pub async fn newest_first(
    tx: &mut Tx,
    actor: &Actor,
    effect: Option<Effect>,
    after: Option<Cursor>,
) -> Result<Page<Line>, AppError> {
    let rows = sqlx::query!(
        r#"with hers as materialized (
               -- whose child is in a file that the reader works on, by whichever of her records
               select s.id
               from app.relationship r
               join app.case_file c on c.child_id = r.to_person and c.territory_id = $1 and c.void is null
               cross join lateral app.records_of(r.from_person) s
               where r.territory_id = $1 and r.kind = 'mother' and r.claim <> 'refuted'
                 and c.id = any ((select app.my_cases())::uuid[])
           ), twin as materialized (
               -- of several records of one mother the oldest stands for all
               select x.id
               from (select k.person_id as id, row_number() over (partition by k.identity_id order by p.created_at, p.id) as nth
                     from app.identity_link k
                     join app.person p on p.id = k.person_id and p.territory_id = $1
                     where k.territory_id = $1 and k.verdict = 'same' and k.live and app.is_mother_in($1, p.id)
                       and k.identity_id in (select l.identity_id from app.identity_link l
                                             where l.territory_id = $1 and l.verdict = 'same' and l.live
                                               and l.act_id is not null)) x
               where x.nth > 1
           ), mine as materialized (
               select m.id, m.created_at from app.mother m
               where m.territory_id = $1
                 and (m.territory_id = any ((select app.supervised_territories())::smallint[]) or m.id in (select id from hers))
           ), shown as materialized (
               -- without a filter, where a mother stands is asked for the lines of this page alone
               select m.id from app.mother m
               where m.territory_id = $1 and $2::text is null and m.id not in (select id from twin)
                 and ($3::timestamptz is null or (m.created_at, m.id) < ($3, $4::uuid))
               order by m.created_at desc, m.id desc
               limit $5
           ), effects as materialized (
               select e.person_id, e.effect, e.since, e.opened_at
               from app.effects_of(array(select id from mine where $2::text is not null or id in (select id from shown))) e
           ), listed as (
               select m.id, m.created_at, m.birth_earliest, m.birth_latest, m.birth_basis, e.since,
                      e.opened_at is not null as is_opened,
                      case when mine.id is not null then coalesce(e.effect, 'no_procedure') end as effect
               from app.mother m
               left join mine on mine.id = m.id
               left join effects e on e.person_id = m.id
               where m.territory_id = $1 and m.id not in (select id from twin)
                 and ($2::text is null or (mine.id is not null and coalesce(e.effect, 'no_procedure') = $2))
                 and ($3::timestamptz is null or (m.created_at, m.id) < ($3, $4::uuid))
               order by m.created_at desc, m.id desc
               limit $5
           )
           select l.id as "id!: PersonId", l.created_at as "created_at!", l.birth_earliest, l.birth_latest, l.birth_basis,
                  l.effect, l.since as "since?",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?",
                  (select count(distinct r.to_person) from app.records_of(l.id) o join app.relationship r on r.from_person = o.id
                   where r.territory_id = $1 and r.kind = 'mother' and r.claim <> 'refuted') as "children!",
                  l.is_opened as "is_opened!",
                  coalesce(s.delivered, '{}') as "delivered!: Vec<String>",
                  coalesce(s.planned, '{}') as "planned!: Vec<String>"
           from listed l
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = l.id and territory_id = $1
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           left join lateral (
               select array_agg(distinct k.parent) filter (where s.state in ('delivered', 'partial')) as delivered,
                      array_agg(distinct k.parent) filter (where s.state not in ('delivered', 'partial', 'refused', 'cancelled')) as planned
               from app.service_beneficiary b
               join app.service s on s.id = b.service_id and s.territory_id = $1
               join ref.service_kind k on k.code = coalesce(b.counts_as, s.kind) and k.audience = 'mother'
               where b.person_id in (select o.id from app.records_of(l.id) o) and b.territory_id = $1
                 and l.effect is not null) s on true
           order by l.created_at desc, l.id desc"#,
        actor.territory().0,
        effect.map(Effect::code),
        after.map(|cursor| cursor.at),
        after.map(|cursor| cursor.id),
        Page::<Line>::SIZE + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    let lines = rows.into_iter().map(|row| Line {
        id: row.id,
        created_at: row.created_at,
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
        children: row.children,
        effect: row.effect.as_deref().and_then(Effect::from_code),
        since: row.since,
        is_opened: row.is_opened,
        delivered: row.delivered,
        planned: row.planned,
    });
    Ok(Page::cut(lines.collect(), |line| Cursor {
        at: line.created_at,
        id: line.id.0,
    }))
}
