//! Questions about closings. The scope stands in each.

use super::domain::{NewCheck, NewReport, Reached, Words};
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::{Facts, Head},
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, RowId, UserId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// A report as it was written.
#[derive(Debug, Deserialize)]
pub struct Report {
    id: RowId,
    /// Code of `ref.closure_reason`, as proposed.
    pub reason: String,
    /// Code of `ref.placement_type`.
    pub placement: String,
    /// Code of `ref.education_status`.
    pub education: String,
    /// When.
    pub written_at: DateTime<Utc>,
    /// For the optimistic lock.
    pub version: i32,
    sealed: SealedText,
    /// The words; `None`: they did not open.
    #[serde(skip)]
    pub words: Option<Words>,
    /// Who wrote it, in Arabic.
    pub name_ar: String,
    /// The same in Latin letters.
    pub name_la: String,
}

/// How often one kind of help was given in the episode.
#[derive(Debug, Deserialize)]
pub struct Given {
    /// Code of `ref.service_kind`.
    pub kind: String,
    /// How often.
    pub n: i64,
}

/// A check after the closing.
#[derive(Debug, Deserialize)]
pub struct Check {
    /// Which.
    pub id: RowId,
    /// 3 or 6.
    pub months: i16,
    /// When.
    pub checked_on: NaiveDate,
    /// Whether anybody was met.
    pub reached: bool,
    /// Is safe.
    pub safe: Option<bool>,
    /// Goes to school.
    pub schooled: Option<bool>,
    /// Begs again.
    pub begging_again: Option<bool>,
    sealed: SealedText,
    /// The words.
    #[serde(skip)]
    pub text: Option<Reading>,
}

/// All of the last episode that its closing needs.
#[derive(Debug)]
pub struct Closing {
    /// What is known and done.
    pub facts: Facts,
    /// The report.
    pub report: Option<Report>,
    /// What was given.
    pub given: Vec<Given>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Code of `ref.closure_reason`.
    pub closure_reason: Option<String>,
    /// The checks after it.
    pub checks: Vec<Check>,
}

impl Closing {
    /// Whether that check is made: somebody was met. Where nobody was, another try is awaited.
    pub fn is_checked(&self, months: i16) -> bool {
        let mut checks = self.checks.iter();
        checks.any(|done| done.reached && done.months == months)
    }
}

/// Reads it; the reading is written down.
pub async fn open(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<Closing, AppError> {
    let row = sqlx::query!(
        r#"select app.facts_of($3) as "facts?: Json<Facts>", e.closed_at, e.closure_reason,
                  (select to_jsonb(x) from (
                       select r.id, r.reason, r.placement, r.education, r.written_at, r.version, r.text_enc as sealed,
                              coalesce(n.name_ar, '') as name_ar, coalesce(n.name_la, '') as name_la
                       from app.closing_report r left join lateral app.name_of(r.written_by) n on true
                       where r.episode_id = e.id and r.territory_id = $2) x) as "report: Json<Report>",
                  (select coalesce(jsonb_agg(to_jsonb(x) order by x.n desc, x.kind), '[]') from (
                       select coalesce(b.counts_as, s.kind) as kind, count(*) as n from app.service_beneficiary b join app.service s on s.id = b.service_id
                       where b.case_id = $3 and b.territory_id = $2 and b.mother_effect is null and s.state = 'delivered'
                         and s.delivered_on >= e.opened_at::date group by 1) x) as "given!: Json<Vec<Given>>",
                  (select coalesce(jsonb_agg(to_jsonb(x) order by x.months, x.checked_on, x.id), '[]') from (
                       select k.id, k.months, k.checked_on, k.reached, k.safe, k.schooled, k.begging_again, k.words_enc as sealed
                       from app.after_closure k where k.episode_id = e.id and k.territory_id = $2) x) as "checks!: Json<Vec<Check>>",
                  app.key_of('case', $3) as "key: WrappedKey",
                  audit.record('closure.opened', 'case', $3, $2, '{}', null)::text as written
           from app.case_episode e
           where e.id = $1 and e.territory_id = $2"#,
        head.episode.0,
        actor.territory().0,
        head.id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    let (holder, key) = (Holder::case(head.id), row.key.as_ref());
    let mut closing = Closing {
        facts: row.facts.ok_or(AppError::NotFound)?.0,
        report: row.report.map(|report| report.0),
        given: row.given.0,
        closed_at: row.closed_at,
        closure_reason: row.closure_reason,
        checks: row.checks.0,
    };
    if let Some(report) = &mut closing.report {
        let place = (Field::CLOSING_REPORT, report.id.0);
        let text = tx.open(holder, key, place, Some(&report.sealed));
        let text = text.and_then(Reading::into_text);
        report.words = text.and_then(|text| serde_json::from_str(&text).ok());
    }
    for check in &mut closing.checks {
        let place = (Field::AFTER_CLOSURE, check.id.0);
        check.text = tx.open(holder, key, place, Some(&check.sealed));
    }
    Ok(closing)
}

/// Writes the report, or writes it anew over the version that was seen.
pub async fn write_report(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    new: &NewReport,
) -> Result<(), AppError> {
    let known = sqlx::query_scalar!(
        r#"select id as "id: RowId" from app.closing_report where episode_id = $1 and territory_id = $2"#,
        head.episode.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    let id = known.unwrap_or(new.id);
    let text = serde_json::to_string(&new.words).map_err(AppError::internal)?;
    let text = tx
        .seal(
            Holder::case(head.id),
            Field::CLOSING_REPORT,
            id.0,
            Some(&text),
        )
        .await?;
    let done = sqlx::query!(
        "insert into app.closing_report as r (id, case_id, territory_id, episode_id, reason, placement, education, text_enc, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (episode_id) do update set reason = excluded.reason, placement = excluded.placement,
             education = excluded.education, text_enc = excluded.text_enc, written_by = excluded.written_by,
             written_at = excluded.written_at, version = r.version + 1
         where r.version = $11",
        id.0,
        head.id.0,
        actor.territory().0,
        head.episode.0,
        new.reason,
        new.placement,
        new.education,
        text as Option<SealedText>,
        actor.user.0,
        now,
        new.version
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    told(
        tx,
        actor,
        ("closing_report.written", head.id),
        serde_json::json!({ "reason": new.reason }),
    )
    .await
}

/// Writes a check after the closing; the same form again writes nothing. Of two who met the child for the same month
/// at once, the second is told.
pub async fn write_check(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    new: &NewCheck,
) -> Result<(), AppError> {
    let words = Some(new.words.as_str());
    let words = tx
        .seal(Holder::case(head.id), Field::AFTER_CLOSURE, new.id.0, words)
        .await?;
    let (reached, [safe, schooled, begging]) = match new.reached {
        Reached::No => (false, [None; 3]),
        Reached::Yes {
            safe,
            schooled,
            begging_again,
        } => (true, [Some(safe), Some(schooled), Some(begging_again)]),
    };
    let done = sqlx::query!(
        "insert into app.after_closure (id, case_id, territory_id, episode_id, months, reached, checked_on, safe, schooled,
                                        begging_again, words_enc, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing",
        new.id.0,
        head.id.0,
        actor.territory().0,
        head.episode.0,
        new.months,
        reached,
        new.on,
        safe,
        schooled,
        begging,
        words as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "after_closure_once") {
            AppError::Conflict(Msg::new("error-409-text"))
        } else {
            error.into()
        }
    })?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let fields = serde_json::json!({ "months": new.months, "reached": reached });
    told(tx, actor, ("after_closure.recorded", head.id), fields).await
}

/// Who opened the file: another one says that it is none.
pub async fn opener(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<UserId, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select opened_by as "opened_by: UserId" from app.case_file where id = $1 and territory_id = $2"#,
        case.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Says that a file should never have been.
pub async fn void(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (case, why): (CaseId, &str),
) -> Result<(), AppError> {
    let why = tx
        .seal(Holder::case(case), Field::VOID_REASON, case.0, Some(why))
        .await?;
    sqlx::query!(
        "update app.case_file set void = 'invalid', void_by = $3, void_at = $4, void_why_enc = $5, changed_at = $4, changed_by = $3,
                version = version + 1
         where id = $1 and territory_id = $2 and void is null",
        case.0,
        actor.territory().0,
        actor.user.0,
        now,
        why as Option<SealedText>
    )
    .execute(&mut **tx)
    .await?;
    told(tx, actor, ("case.voided", case), serde_json::json!({})).await
}

async fn told(
    tx: &mut Tx,
    actor: &Actor,
    (action, case): (&'static str, CaseId),
    fields: serde_json::Value,
) -> Result<(), AppError> {
    let event = Event::on(action, "case", case.0)
        .in_territory(actor.territory())
        .with(fields);
    audit::record(tx, event).await
}
