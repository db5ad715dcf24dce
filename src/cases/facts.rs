//! Opening a file: the reading is written down, and what the next moves need is looked up, in one statement.

use super::{
    domain::{EpisodeState, Facts, due},
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
                                      or (h.state in ('requested', 'held') and h.until > now()))),
                      'path', (select jsonb_build_object(
                          'planned', (select min(t.at) from app.case_transition t
                                      where t.case_id = $2 and t.to_state = 'planning' and t.at >= since.day),
                          'monitored', (select min(t.at) from app.case_transition t
                                        where t.case_id = $2 and t.to_state = 'monitoring' and t.at >= since.day),
                          'referred', (select min(j.transmitted_at) from app.judicial_file j
                                       where j.case_id = $2 and j.territory_id = $3 and j.transmitted_at >= since.day),
                          'helped', given.first, 'schooled', given.school)
                          from (select coalesce($6::date, '-infinity') as day) since
                          cross join lateral (
                              select min(v.delivered_on) as first,
                                     min(v.delivered_on) filter (where 'education' in (k.code, k.parent)) as school
                              from app.service_beneficiary b join app.service v on v.id = b.service_id
                              join ref.service_kind k on k.code = v.kind
                              where b.case_id = $2 and b.territory_id = $3 and b.mother_effect is null
                                and v.delivered_on >= since.day) given),
                      'awaited', (select coalesce(jsonb_agg(to_jsonb(w) order by w.on desc, w.id desc), '[]') from (
                          select v.id, v.kind, v.state, v.agreed_on as on
                          from app.service_beneficiary b join app.service v on v.id = b.service_id
                          where b.case_id = $2 and b.territory_id = $3 and b.mother_effect is null and v.state = any ($7)
                          order by v.agreed_on desc, v.id desc limit 8) w),
                      'cares', app.cares_for($2),
                      'readers', audit.reader_count($2, $8::date::timestamp at time zone 'Africa/Casablanca')
                  ) as "situation!: Json<Situation>", app.key_of('case', $2) as "key: WrappedKey",
                  audit.record(case when $5 then 'emergency.read' else 'case.opened' end, 'case', $2, $3, '{}', null)::text as written,
                  app.tell_opening($2)::text as told
           from app.case_facts f where f.case_id = $2"#,
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
