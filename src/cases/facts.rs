//! Opening a file: the reading is written down, and what the next moves need is looked up, in one statement.

use super::{
    domain::{EpisodeState, Facts, due},
    head::Head,
    situation::Situation,
};
use crate::{
    authz::Actor, db::Tx, error::AppError, i18n::Msg, ids::CaseId, people, vault::WrappedKey,
    web::Ui,
};
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
/// Through broken glass nothing is written but the audit row. Returns what is known and done,
/// and where the care stands.
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
                  jsonb_build_object(
                      'assessed', (select jsonb_build_object('at', a.completed_at, 'computed', a.computed, 'reasons', a.reasons)
                                   from app.assessment a where a.case_id = $2 and a.state = 'completed' order by a.seq desc limit 1),
                      'plan', (select jsonb_build_object('seq', p.seq, 'state', p.state) from app.care_plan p
                               where p.case_id = $2 order by p.drawn_up_at desc limit 1),
                      'next', (select jsonb_build_object('id', a.id, 'due_on', a.due_on, 'text', a.text_enc)
                               from app.care_plan p join app.plan_action a on a.plan_id = p.id and a.state = 'open'
                               where p.case_id = $2 and p.state = 'approved' order by a.due_on, a.number limit 1),
                      'shelter', (select jsonb_build_object('state', h.state, 'organisation', i.organisation_code,
                                                            'until', case when h.state in ('requested', 'held') then h.until end)
                                  from app.bed_hold h join app.institution i on i.id = h.institution_id
                                  where h.case_id = $2 and h.territory_id = $3 and (h.state in ('admitted', 'left', 'ran_away')
                                      or (h.state in ('requested', 'held') and h.until > now())))
                  ) as "situation!: Json<Situation>", app.key_of('case', $2) as "key: WrappedKey",
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
    let situation = row.situation.0.opened(tx, head.id, row.key.as_ref());
    Ok((row.facts.0, situation))
}

/// Gives the episode another risk, and the due date that follows from it, under its optimistic lock.
pub async fn owe_anew(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    head: &Head,
    risk: &str,
) -> Result<(), AppError> {
    // visits are counted from now, a step from when its state began
    let from = if head.state == EpisodeState::Monitoring {
        now
    } else {
        head.state_since
    };
    let changed = sqlx::query!(
        "update app.case_episode set risk = $4, due_at = $5, version = version + 1
         where id = $1 and territory_id = $2 and version = $3",
        head.episode.0,
        actor.territory().0,
        head.version,
        risk,
        due(
            from,
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
