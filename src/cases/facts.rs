//! Opening a file: the reading is written down, and what the next moves need is looked up, in one statement.

use super::{domain::Facts, head::Head};
use crate::{authz::Actor, db::Tx, error::AppError, ids::CaseId};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

/// What is known and done in the last episode.
pub async fn of(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Facts, AppError> {
    let facts = sqlx::query_scalar!(
        r#"select to_jsonb(f) as "facts!: Json<Facts>"
           from app.case_file c join app.case_facts f on f.case_id = c.id
           where c.id = $1 and c.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(facts.ok_or(AppError::NotFound)?.0)
}

/// Writes the opening down, with the reader's own "last looked"; the supervisors of a protected file are told.
/// Through broken glass nothing is written but the audit row. Returns what is known and done.
pub(super) async fn open(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
) -> Result<Facts, AppError> {
    let row = sqlx::query!(
        r#"with looked as (
               insert into app.case_seen (user_id, case_id, territory_id, seen_at)
               select $1::uuid, $2::uuid, $3::smallint, $4::timestamptz where not $5::boolean
               on conflict (user_id, case_id) do update set seen_at = excluded.seen_at)
           select to_jsonb(f) as "facts!: Json<Facts>",
                  audit.record(case when $5 then 'emergency.read' else 'case.opened' end, 'case', $2, $3, '{}', null)::text as written,
                  app.tell_opening($2)::text as told
           from app.case_facts f where f.case_id = $2"#,
        actor.user.0,
        head.id.0,
        actor.territory().0,
        now,
        head.in_emergency
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.ok_or(AppError::NotFound)?.facts.0)
}
