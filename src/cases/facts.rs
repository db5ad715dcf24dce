//! Opening a file: the reading is written down, and what the next moves need is looked up, in one statement.

use super::{domain::Facts, head::Head};
use crate::{authz::Actor, db::Tx, error::AppError, ids::CaseId};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// What else the page of a file says in short: what has a page of its own.
#[derive(Debug, Deserialize)]
pub(super) struct Situation {
    /// The place that is held for the child, or where it lives.
    pub shelter: Option<Shelter>,
}

/// A place in an institution.
#[derive(Debug, Deserialize)]
pub(super) struct Shelter {
    /// Code of its state.
    pub state: String,
    /// The institution's organisation.
    pub organisation: String,
    /// Until when it is held.
    pub until: Option<DateTime<Utc>>,
}

/// What is known and done in the last episode.
pub(super) async fn of(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Facts, AppError> {
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
) -> Result<(Facts, Situation), AppError> {
    let row = sqlx::query!(
        r#"with looked as (
               insert into app.case_seen (user_id, case_id, territory_id, seen_at)
               select $1::uuid, $2::uuid, $3::smallint, $4::timestamptz where not $5::boolean
               on conflict (user_id, case_id) do update set seen_at = excluded.seen_at)
           select to_jsonb(f) as "facts!: Json<Facts>",
                  jsonb_build_object('shelter', (
                      select jsonb_build_object('state', h.state, 'organisation', i.organisation_code,
                                                'until', case when h.state in ('requested', 'held') then h.until end)
                      from app.bed_hold h join app.institution i on i.id = h.institution_id
                      where h.case_id = $2 and h.territory_id = $3 and (h.state in ('admitted', 'left', 'ran_away')
                          or (h.state in ('requested', 'held') and h.until > now())))) as "situation!: Json<Situation>",
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
    let row = row.ok_or(AppError::NotFound)?;
    Ok((row.facts.0, row.situation.0))
}
