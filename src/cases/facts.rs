//! Opening a file: the reading is written down, and what the next moves need is looked up, in one statement.

use super::{
    domain::{Facts, due},
    head::Head,
    situation::Situation,
};
use crate::services::ServiceState;
use crate::{
    authz::Actor, db::Tx, error::AppError, i18n::Msg, ids::CaseId, people, vault::WrappedKey,
    web::Ui,
};
use chrono::{DateTime, Datelike, Utc};
use sqlx::types::Json;

/// What is known and done in the last episode: asked as the page asks it, so that what a protected sibling shares
/// counts although the reader does not see it.
pub async fn of(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Facts, AppError> {
    let facts = sqlx::query_scalar!(
        r#"select app.facts_of(c.id) as "facts?: Json<Facts>" from app.case_file c where c.id = $1 and c.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(facts.flatten().ok_or(AppError::NotFound)?.0)
}

/// The same for a closing with that reason, which need not be the one that the report proposes.
pub(super) async fn closing(
    tx: &mut Tx,
    actor: &Actor,
    head: &Head,
    facts: Facts,
    reason: &str,
) -> Result<Facts, AppError> {
    let weighed = sqlx::query_scalar!(
        r#"select app.closing_is_weighed(e.id, $3) as "weighed!" from app.case_episode e where e.id = $1 and e.territory_id = $2"#,
        head.episode.0,
        actor.territory().0,
        reason
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Facts {
        weighed: facts.weighed && weighed,
        ..facts
    })
}

/// Writes the opening down, with the reader's own "last looked"; through broken glass nothing but the audit row. Returns
/// what is known and done, and where the care stands.
pub(super) async fn open(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    head: &Head,
) -> Result<(Facts, Situation), AppError> {
    let awaited = ServiceState::ALL.iter().filter(|state| state.is_awaited());
    let awaited: Vec<String> = awaited.map(|state| state.code().to_owned()).collect();
    let row = sqlx::query!(
        r#"with looked as (
               insert into app.case_seen (user_id, case_id, territory_id, seen_at)
               select $1::uuid, $2::uuid, $3::smallint, $4::timestamptz where not $5::boolean
               on conflict (user_id, case_id) do update set seen_at = excluded.seen_at)
           select f.facts as "facts!: Json<Facts>",
                  app.situation_of($2, $6, $7, $8) as "situation!: Json<Situation>", app.key_of('case', $2) as "key: WrappedKey",
                  audit.record(case when $5 then 'emergency.read' else 'case.opened' end, 'case', $2, $3, '{}', null)::text as written
           from (select app.facts_of($2) as facts) f where f.facts is not null"#,
        actor.user.0,
        head.id.0,
        actor.territory().0,
        ui.now(),
        head.in_emergency,
        head.reopened_at.map(|at| ui.day_of(at)),
        &awaited,
        ui.today().with_day(1)
    )
    .fetch_optional(&mut **tx)
    .await?;
    let row = row.ok_or(AppError::NotFound)?;
    let situation = row.situation.0.opened(tx, head.id, row.key.as_ref());
    Ok((row.facts.0, situation))
}

/// Gives the episode another risk, and the due date that follows from it, under its optimistic lock. A file that is
/// followed up is due with its next visit, which the database brings nearer.
pub async fn owe_anew(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    head: &Head,
    risk: &str,
) -> Result<(), AppError> {
    let changed = sqlx::query!(
        "update app.case_episode set risk = $4, due_at = $5, version = version + 1
         where id = $1 and territory_id = $2 and version = $3",
        head.episode.0,
        actor.territory().0,
        head.version,
        risk,
        due(
            head.state_since,
            ui.catalogue()
                .target_hours(actor.territory(), head.state.code(), risk)
        )
    )
    .execute(&mut **tx)
    .await?;
    if changed.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    people::touch(tx, actor, now, &[head.id]).await
}
