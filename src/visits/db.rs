//! Questions about visits, and what is written of them. The scope stands in each.

use super::domain::{Answer, End, Next, Outcome, Report, Visit};
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Head,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{CaseId, VisitId},
    people,
    vault::{Field, Holder, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};

/// How many past visits a page shows.
const SHOWN: i64 = 60;

/// The visits of a file, what is owed first, then the newest; the reading is written down in the same statement.
pub async fn of_case(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Vec<Visit>, AppError> {
    let rows = sqlx::query!(
        r#"with opened as (
               select audit.record('visits.opened', 'case', $1::uuid, $2::smallint, '{}', null)::text as written)
           select v.id as "id?: VisitId", v.kind as "kind?", v.due_on as "due_on?", v.version as "version?", v.done_on, v.missed_on, v.missed_reason, v.recorded_at, v.education,
                  v.refound, v.safe, v.findings_enc as "findings: SealedText",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  (select app.key_of('case', $1)) as "key: WrappedKey", o.written
           from opened o
           left join app.visit v on v.case_id = $1 and v.territory_id = $2
           left join lateral app.name_of(v.recorded_by) n on true
           order by v.recorded_at is null desc, case when v.recorded_at is null then v.due_on end,
                    coalesce(v.done_on, v.missed_on) desc, v.seq desc
           limit $3"#,
        case.0,
        actor.territory().0,
        SHOWN
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut visits = Vec::new();
    for r in rows {
        let (Some(id), Some(kind), Some(due_on), Some(version)) =
            (r.id, r.kind, r.due_on, r.version)
        else {
            continue;
        };
        let findings = tx.open(
            Holder::case(case),
            r.key.as_ref(),
            (Field::VISIT_FINDINGS, id.0),
            r.findings.as_ref(),
        );
        let told = |code: Option<String>| {
            code.as_deref()
                .and_then(Answer::from_code)
                .unwrap_or(Answer::Unknown)
        };
        let outcome = match (r.done_on, r.missed_on, r.missed_reason) {
            (Some(on), ..) => Some(Outcome::Made {
                on,
                education: r.education,
                refound: told(r.refound),
                safe: told(r.safe),
                findings,
            }),
            (None, Some(on), Some(reason)) => Some(Outcome::Missed { on, reason }),
            _ => None,
        };
        visits.push(Visit {
            id,
            kind,
            due_on,
            version,
            end: outcome.map(|outcome| End {
                outcome,
                at: r.recorded_at,
                author_ar: r.name_ar,
                author_la: r.name_la,
            }),
        });
    }
    Ok(visits)
}

/// Plans a visit; the same form again plans nothing.
pub async fn plan(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    (id, next): (VisitId, &Next),
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on, planned_by)
         select $1, $2, $3, $4, $4, coalesce(max(v.seq), 0) + 1, $5, $6, $7
         from app.visit v where v.episode_id = $3 and v.territory_id = $4
         on conflict (id) do nothing",
        id.0,
        head.id.0,
        head.episode.0,
        actor.territory().0,
        next.kind,
        next.due_on,
        actor.user.0
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if crate::error::violates(&error, "visit_seq") {
            AppError::Conflict(Msg::new("error-409-text"))
        } else {
            error.into()
        }
    })?;
    if done.rows_affected() > 0 {
        people::touch(tx, actor, now, &[head.id]).await?;
        let event = Event::on("visit.planned", "case", head.id.0)
            .in_territory(actor.territory())
            .with(serde_json::json!({ "visit": id, "kind": next.kind, "due": next.due_on }));
        audit::record(tx, event).await?;
    }
    Ok(())
}

/// Writes down what became of a visit, under its optimistic lock. Pressed twice, the second press finds it
/// written and changes nothing; written by somebody else meanwhile, it is a conflict.
pub async fn record(
    tx: &mut Tx,
    actor: &Actor,
    (now, today): (DateTime<Utc>, NaiveDate),
    head: &Head,
    (id, version, report): (VisitId, i32, &Report),
) -> Result<(), AppError> {
    let (kind, done_on, education, refound, safe, findings, missed) = match report {
        Report::Made {
            kind,
            on,
            education,
            refound,
            safe,
            findings,
        } => (
            Some(kind.as_str()),
            Some(*on),
            education.as_deref(),
            Some(refound.code()),
            Some(safe.code()),
            Some(findings.as_str()),
            None,
        ),
        Report::Missed { reason } => (None, None, None, None, None, None, Some(reason.as_str())),
    };
    let findings = tx
        .seal(Holder::case(head.id), Field::VISIT_FINDINGS, id.0, findings)
        .await?;
    let done = sqlx::query!(
        "update app.visit
         set kind = coalesce($5, kind), done_on = $6, education = $7, refound = $8, safe = $9, findings_enc = $10,
             missed_on = case when $11::text is not null then $12::date end, missed_reason = $11,
             recorded_by = $13, recorded_at = $14, version = version + 1
         where id = $1 and case_id = $2 and territory_id = $3 and version = $4 and recorded_at is null",
        id.0,
        head.id.0,
        actor.territory().0,
        version,
        kind,
        done_on,
        education,
        refound,
        safe,
        findings as Option<SealedText>,
        missed,
        today,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    people::touch(tx, actor, now, &[head.id]).await?;
    let event = Event::on(
        if missed.is_some() {
            "visit.missed"
        } else {
            "visit.made"
        },
        "case",
        head.id.0,
    )
    .in_territory(actor.territory())
    .with(serde_json::json!({ "visit": id, "refound": refound, "safe": safe, "reason": missed }));
    audit::record(tx, event).await
}
