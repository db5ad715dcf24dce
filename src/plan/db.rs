//! The questions of the register, asked as `sanad_stat`.

use super::{
    domain::{City, Event, Members, Phase},
    words::written,
};
use crate::{authz::TerritoryId, db::Tx, error::AppError, reference::Label};

/// The phases, in order. One that the committee filled since was decided on when the first of its cities was.
pub(super) async fn phases(tx: &mut Tx) -> Result<Vec<Phase>, AppError> {
    let rows = sqlx::query!(
        r#"select p.code, p.ar, p.fr, p.en, coalesce(p.decided_on, m.decided_on) as decided_on,
                  m.moves = 0 as "is_published!"
           from plan.phase p cross join lateral (
               select min(d.decided_on) as decided_on, count(*) as moves
               from plan.city c join plan.city_step s on s.city = c.slug left join plan.decision d on d.code = s.decision
               where c.phase = p.code and c.status in ('active', 'suspended')) m
           order by p.sort"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Phase {
            code: r.code,
            label: Label {
                ar: r.ar,
                fr: r.fr,
                en: r.en,
            },
            decided_on: r.decided_on,
            is_published: r.is_published,
        })
        .collect())
}

/// The cities of the plan with their region, in the order they joined.
pub(super) async fn cities(tx: &mut Tx) -> Result<Vec<City>, AppError> {
    let rows = sqlx::query!(
        r#"select c.slug, c.territory_id as "territory: TerritoryId", c.phase, c.launched_on, c.first_meeting_on,
               r.ar, r.fr, r.en, s.seats as "seats?", s.filled as "filled?",
               not exists (select from plan.city_step m where m.city = c.slug) as "is_published!"
           from plan.city c
           join plan.phase p on p.code = c.phase
           join ref.territory t on t.id = c.territory_id
           join ref.territory r on r.id = t.parent_id
           left join lateral plan.seats_of(c.slug) s on true
           where c.status in ('active', 'suspended') order by p.sort, c.territory_id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| City {
            slug: r.slug,
            territory: r.territory,
            phase: r.phase,
            region: Label {
                ar: r.ar,
                fr: r.fr,
                en: r.en,
            },
            launched_on: r.launched_on,
            first_meeting_on: r.first_meeting_on,
            seats: r.seats.zip(r.filled),
            is_published: r.is_published,
        })
        .collect())
}

/// Decisions and published meetings, newest first; on one day the meeting before what it decided.
pub(super) async fn events(tx: &mut Tx) -> Result<Vec<Event>, AppError> {
    let rows = sqlx::query!(
        r#"select m.kind as "kind?", m.held_on as "day!", m.remote as "remote?", m.ar as "ar!", m.fr as "fr?", m.en as "en?",
               true as "is_published!",
               array(select c.territory_id from plan.meeting_city x join plan.city c on c.slug = x.city
                     where x.meeting = m.code order by 1) as "territories!"
           from plan.meeting m
           union all
           select null, d.decided_on, null, d.ar, d.fr, d.en, d.by_role is null,
               array(select c.territory_id from plan.decision_city x join plan.city c on c.slug = x.city
                     where x.decision = d.code order by 1)
           from plan.decision d
           order by 2 desc, 1 nulls first limit 60"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Event {
            kind: r.kind,
            day: r.day,
            remote: r.remote,
            label: written(r.ar, r.fr, r.en),
            is_published: r.is_published,
            territories: r.territories,
        })
        .collect())
}

/// The published total of team members.
pub(super) async fn members(tx: &mut Tx) -> Result<Option<Members>, AppError> {
    Ok(sqlx::query_as!(
        Members,
        r#"select a.value as total,
               array(select s.territory_id from stat.historical_scope s
                     where s.aggregate = a.code order by 1) as "territories!"
           from stat.historical_aggregate a where a.measure = 'team_members'
           order by a.as_of desc limit 1"#
    )
    .fetch_optional(&mut **tx)
    .await?)
}
