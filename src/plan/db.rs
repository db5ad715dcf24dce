//! The questions of the register, asked as `sanad_stat`.

use super::domain::{City, Event, Members, Phase};
use crate::{authz::TerritoryId, db::Tx, error::AppError, reference::Label};

/// The phases, in order.
pub(super) async fn phases(tx: &mut Tx) -> Result<Vec<Phase>, AppError> {
    let rows = sqlx::query!("select code, ar, fr, en, decided_on from plan.phase order by sort")
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
        })
        .collect())
}

/// The cities with their region.
pub(super) async fn cities(tx: &mut Tx) -> Result<Vec<City>, AppError> {
    let rows = sqlx::query!(
        r#"select c.territory_id as "territory: TerritoryId", c.phase, c.launched_on, c.first_meeting_on,
               r.ar, r.fr, r.en
           from plan.city c
           join ref.territory t on t.id = c.territory_id
           join ref.territory r on r.id = t.parent_id
           where c.status = 'active' order by c.territory_id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| City {
            territory: r.territory,
            phase: r.phase,
            region: Label {
                ar: r.ar,
                fr: r.fr,
                en: r.en,
            },
            launched_on: r.launched_on,
            first_meeting_on: r.first_meeting_on,
        })
        .collect())
}

/// Decisions and meetings, newest first; on one day the meeting before what it decided.
pub(super) async fn events(tx: &mut Tx) -> Result<Vec<Event>, AppError> {
    let rows = sqlx::query!(
        r#"select m.kind as "kind?", m.held_on as "day!", m.remote as "remote?", m.ar as "ar!", m.fr as "fr!", m.en as "en!",
               array(select c.territory_id from plan.meeting_city x join plan.city c on c.slug = x.city
                     where x.meeting = m.code order by 1) as "territories!"
           from plan.meeting m
           union all
           select null, d.decided_on, null, d.ar, d.fr, d.en,
               array(select c.territory_id from plan.decision_city x join plan.city c on c.slug = x.city
                     where x.decision = d.code order by 1)
           from plan.decision d
           order by 2 desc, 1 nulls first"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Event {
            kind: r.kind,
            day: r.day,
            remote: r.remote,
            label: Label {
                ar: r.ar,
                fr: r.fr,
                en: r.en,
            },
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
