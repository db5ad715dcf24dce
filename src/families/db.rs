//! Questions about families. The scope stands in each; what hides with a protected file hides here by row security.

use super::domain::{Group, Member, Part, Tie};
use crate::{
    authz::{Actor, TerritoryId},
    cases::Head,
    db::Tx,
    error::AppError,
    ids::{CaseId, ContactId, PersonId},
    people::{Birth, Claim, Names, Signs, Term},
    web::{Cursor, Page},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// The people around the child of a file, forty at most, nearest first; without what relates them.
async fn members(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<Vec<Member>, AppError> {
    let rows = sqlx::query!(
        r#"with told as (
               select r.from_person as id, r.kind, r.claim from app.relationship r
               where r.to_person = $1 and r.territory_id = $2
           ), sibling as (
               select id from told where kind = 'sibling'
               union
               select r.to_person from app.relationship r
               where r.from_person = $1 and r.territory_id = $2 and r.kind = 'sibling'
               union
               select r.to_person from told t
               cross join lateral app.records_of(t.id) parent
               join app.relationship r on r.from_person = parent.id
               where r.territory_id = $2 and r.to_person <> $1 and r.claim <> 'refuted' and t.claim <> 'refuted'
                 and r.kind in ('mother', 'mother_unverified', 'father')
                 and t.kind in ('mother', 'mother_unverified', 'father')
           ), beside as (
               select f.child_id as id
               from app.contact_outcome mine
               join app.contact_child seen on seen.id = mine.contact_child_id and seen.territory_id = $2
               join app.contact_child other on other.contact_id = seen.contact_id and other.territory_id = $2
               join app.contact_outcome o on o.contact_child_id = other.id and o.territory_id = $2
               join app.case_file f on f.id = o.case_id and f.territory_id = $2 and f.void is null
               where mine.case_id = $3 and mine.territory_id = $2
           ), offspring as (
               select r.to_person as id from app.relationship r
               where r.from_person = $1 and r.territory_id = $2 and r.kind <> 'sibling' and r.claim <> 'refuted'
           ), child as (
               select distinct on (x.id) x.id, x.part
               from (select $1::uuid as id, 'child' as part, 1 as place
                     union all select id, 'sibling', 2 from sibling
                     union all select id, 'offspring', 3 from offspring
                     union all select id, 'beside', 4 from beside) x
               order by x.id, x.place
           ), around as (
               select id, part from child
               union all
               select distinct r.from_person, 'adult'
               from app.relationship r join child c on c.id = r.to_person
               where r.territory_id = $2 and r.kind <> 'sibling' and (r.claim <> 'refuted' or r.to_person = $1)
                 and r.from_person not in (select id from child)
           )
           select a.id as "id!: PersonId", a.part as "part!", p.sex, p.birth_earliest, p.birth_latest, p.birth_basis,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?",
                  c.id as "case_id?: CaseId", c.number as "number?"
           from around a
           join app.person p on p.id = a.id and p.territory_id = $2
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = p.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           left join app.case_file c on c.child_id = p.id and c.territory_id = $2 and c.void is null
           order by array_position(array['child', 'sibling', 'beside', 'offspring', 'adult'], a.part),
                    p.birth_latest nulls last, a.id
           limit 40"#,
        head.child.0,
        actor.territory().0,
        head.id.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let members = rows.into_iter().map(|row| {
        let part = Part::from_code(&row.part).unwrap_or(Part::Adult);
        let names = Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la);
        Member {
            id: row.id,
            part,
            sex: row.sex,
            birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
            // of a protected file the name is sealed: its head has opened it
            names: if part == Part::Child {
                head.names.clone()
            } else {
                names
            },
            case: row.case_id.zip(row.number),
        }
    });
    Ok(members.collect())
}

/// The group around the child of a file. The caller checks that the reader may open the file.
pub async fn group_of(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<Group, AppError> {
    let members = members(tx, actor, head).await?;
    let ids: Vec<_> = members.iter().map(|one| one.id.0).collect();
    let rows = sqlx::query!(
        r#"select r.from_person as "from_person: PersonId", r.to_person as "to_person: PersonId",
                  r.kind, r.claim, r.proof, r.since, r.until
           from app.relationship r
           where r.from_person = any ($1) and r.to_person = any ($1) and r.territory_id = $2
           order by r.created_at, r.id"#,
        &ids,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let ties = rows.into_iter().map(|row| Tie {
        from: row.from_person,
        to: row.to_person,
        kind: row.kind,
        claim: Claim::from_code(&row.claim).unwrap_or(Claim::Claimed),
        proof: row.proof,
        term: Term {
            since: row.since,
            until: row.until,
        },
    });
    Ok(Group {
        members,
        ties: ties.collect(),
    })
}

/// What the children around these adults tell; that the page was read is written down.
pub async fn open(
    tx: &mut Tx,
    actor: &Actor,
    head: &Head,
    adults: &[PersonId],
) -> Result<Vec<Signs>, AppError> {
    let adults: Vec<_> = adults.iter().map(|id| id.0).collect();
    let row = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from app.family_signs($1) s) as "signs!: Json<Vec<Signs>>",
                  audit.record(case when $4 then 'emergency.read' else 'family.opened' end, 'case', $2, $3, '{}', null)::text as written"#,
        &adults,
        head.id.0,
        actor.territory().0,
        head.in_emergency
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.signs.0)
}

/// An adult of whom something is to be said.
#[derive(Debug)]
pub struct Alert {
    /// Who.
    pub person: PersonId,
    /// Their place in the list.
    pub created_at: DateTime<Utc>,
    /// Names.
    pub names: Names,
    /// Whether she has a page among the mothers.
    pub is_mother: bool,
    /// What is to be said.
    pub signs: Signs,
    /// Files of the children around, the newest first, six at most.
    pub files: Vec<File>,
}

/// A file, by its number.
#[derive(Debug, Deserialize)]
pub struct File {
    /// Which.
    pub id: CaseId,
    /// Its number.
    pub number: String,
}

/// The adults of the prefecture of whom something is to be said, newest record first. Nothing for who does not
/// supervise it.
pub async fn alerts(
    tx: &mut Tx,
    actor: &Actor,
    after: Option<Cursor>,
) -> Result<Page<Alert>, AppError> {
    let rows = sqlx::query!(
        r#"select p.id as "person!: PersonId", p.created_at as "created_at!", to_jsonb(a) as "signs!: Json<Signs>",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?",
                  exists (select from app.relationship r
                          where r.from_person = p.id and r.territory_id = $1 and r.kind = 'mother' and r.claim <> 'refuted') as "is_mother!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'number', f.number) order by f.opened_at desc, f.id), '[]')
                   from (select distinct c.id, c.number, c.opened_at
                         from app.records_of(p.id) s
                         join app.relationship r on r.from_person = s.id
                         join app.case_file c on c.child_id = r.to_person and c.territory_id = $1 and c.void is null
                         where r.territory_id = $1 and r.claim <> 'refuted' and r.kind <> 'sibling'
                         order by c.opened_at desc, c.id limit 6) f) as "files!: Json<Vec<File>>"
           from app.family_alerts($2, $3, $4::bigint::integer) a
           join app.person p on p.id = a.person_id and p.territory_id = $1
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = p.id and territory_id = $1
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           order by p.created_at desc, p.id desc
           limit $4"#,
        actor.territory().0,
        after.map(|cursor| cursor.at),
        after.map(|cursor| cursor.id),
        Page::<Alert>::SIZE + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    let alerts = rows.into_iter().map(|row| Alert {
        person: row.person,
        created_at: row.created_at,
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        is_mother: row.is_mother,
        signs: row.signs.0,
        files: row.files.0,
    });
    Ok(Page::cut(alerts.collect(), |one| Cursor {
        at: one.created_at,
        id: one.person.0,
    }))
}

/// Where and when a child was met, as far as the reader may know, and what parts these days.
#[derive(Debug, Deserialize)]
pub struct History {
    /// The first protection measure of the child, of whichever of its files.
    pub measure: Option<NaiveDate>,
    /// When an episode of one of them was closed.
    pub closings: Vec<DateTime<Utc>>,
    /// Contacts, the newest first.
    pub met: Vec<Met>,
}

/// A contact at which the child was met.
#[derive(Debug, Deserialize)]
pub struct Met {
    /// The contact.
    pub contact: ContactId,
    /// When.
    pub at: DateTime<Utc>,
    /// Commune or arrondissement.
    pub place: String,
    /// Code of `ref.contact_place`.
    pub spot: String,
    /// Code of `ref.circumstance`.
    pub circumstance: String,
    /// The file it was linked to.
    pub case: CaseId,
    /// Its number.
    pub number: String,
}

/// A day on which the child was met in another prefecture.
#[derive(Debug, Deserialize)]
pub struct Away {
    /// Where.
    pub territory: TerritoryId,
    /// When.
    pub on_day: NaiveDate,
}

/// The contacts of a file, and of the others of this prefecture that are said to be of the same child.
pub async fn history_of(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<History, AppError> {
    let row = sqlx::query!(
        r#"with own as (
               select c.id, c.number, c.protected_measure_on
               from app.case_file c
               where c.territory_id = $2 and (c.id = $1 or (c.void is distinct from 'invalid' and c.child_id in (
                   select o.person_id from app.identity_link l
                   join app.identity_link o on o.identity_id = l.identity_id and o.verdict = 'same' and o.live and o.territory_id = $2
                   where l.person_id = $3 and l.territory_id = $2 and l.verdict = 'same' and l.live)))
           )
           select jsonb_build_object(
               'measure', (select min(protected_measure_on) from own),
               'closings', (select coalesce(jsonb_agg(e.closed_at order by e.closed_at), '[]')
                            from own join app.case_episode e on e.case_id = own.id and e.territory_id = $2
                            where e.closed_at is not null),
               'met', (select coalesce(jsonb_agg(to_jsonb(m) order by m.at desc, m.contact), '[]') from (
                           select distinct on (k.id, own.id) k.id as contact, k.observed_at as at, k.place_code as place,
                                  k.spot_kind as spot, k.circumstance, own.id as case, own.number
                           from own
                           join app.contact_outcome o on o.case_id = own.id and o.territory_id = $2
                           join app.contact_child s on s.id = o.contact_child_id and s.territory_id = $2
                           join app.contact k on k.id = s.contact_id and k.territory_id = $2 and k.state = 'triaged'
                           order by k.id, own.id) m)) as "history!: Json<History>""#,
        head.id.0,
        actor.territory().0,
        head.child.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.history.0)
}

/// The days elsewhere; that the page was read is written down.
pub async fn open_history(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<Vec<Away>, AppError> {
    let row = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(to_jsonb(e)), '[]') from app.met_elsewhere($1) e) as "away!: Json<Vec<Away>>",
                  audit.record(case when $3 then 'emergency.read' else 'seen.opened' end, 'case', $1, $2, '{}', null)::text as written"#,
        head.id.0,
        actor.territory().0,
        head.in_emergency
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.away.0)
}
