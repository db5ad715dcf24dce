//! Questions about consents, views and complaints. The scope stands in each.

use super::domain::{Hearing, NewComplaint, NewConsent, NewView};
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Head,
    db::Tx,
    error::AppError,
    ids::{CaseId, RowId, UserId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// A row as the database gives it; `text` is what was sealed in it.
#[derive(Debug, Deserialize)]
pub struct Consent {
    /// Which.
    pub id: RowId,
    /// `care`, `sharing`.
    pub purpose: String,
    /// Code of `ref.consent_basis`.
    pub basis: String,
    /// Code of `ref.consent_giver`.
    pub given_by: String,
    /// When.
    pub given_on: NaiveDate,
    /// Taken back on.
    pub withdrawn_on: Option<NaiveDate>,
    sealed: Option<SealedText>,
    /// What was said with it.
    #[serde(skip)]
    pub text: Option<Reading>,
    /// Who wrote it down, in Arabic.
    pub name_ar: String,
    /// The same in Latin letters.
    pub name_la: String,
}

/// A child's view.
#[derive(Debug, Deserialize)]
pub struct View {
    /// Which.
    pub id: RowId,
    /// Code of the occasion.
    pub occasion: String,
    /// When.
    pub heard_on: NaiveDate,
    /// Code of `ref.view_absence`, if the child was not heard.
    pub why_not: Option<String>,
    /// Code of `ref.language`.
    pub language: Option<String>,
    /// Through an interpreter.
    pub interpreter: bool,
    /// The language in which the script was read.
    pub script_language: Option<String>,
    sealed: Option<SealedText>,
    /// The words.
    #[serde(skip)]
    pub text: Option<Reading>,
    /// Who wrote it down, in Arabic.
    pub name_ar: String,
    /// The same in Latin letters.
    pub name_la: String,
}

/// A complaint that the reader may read.
#[derive(Debug, Deserialize)]
pub struct Complaint {
    /// Which.
    pub id: RowId,
    /// Code of `ref.complaint_source`.
    pub source: String,
    /// Code of `ref.complaint_subject`.
    pub subject: String,
    /// When it came.
    pub received_on: NaiveDate,
    /// Until when it is answered.
    pub due_on: NaiveDate,
    /// Who received it.
    pub received_by: UserId,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    sealed: Option<SealedText>,
    answer_sealed: Option<SealedText>,
    /// The words.
    #[serde(skip)]
    pub text: Option<Reading>,
    /// The answer.
    #[serde(skip)]
    pub answer: Option<Reading>,
    /// Whom it is about, in Arabic.
    pub against_ar: Option<String>,
    /// The same in Latin letters.
    pub against_la: Option<String>,
    /// Who received it, in Arabic.
    pub name_ar: String,
    /// The same in Latin letters.
    pub name_la: String,
}

/// All of one file.
#[derive(Debug)]
pub struct Rights {
    /// Newest first.
    pub consents: Vec<Consent>,
    /// Newest first.
    pub views: Vec<View>,
    /// Newest first.
    pub complaints: Vec<Complaint>,
}

/// What is written of one file, as far as the reader may read it; the reading is written down.
pub async fn open(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Rights, AppError> {
    let row = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(to_jsonb(x) order by x.given_on desc, x.id desc), '[]') from (
                       select k.id, k.purpose, k.basis, k.given_by, k.given_on, k.withdrawn_on, k.note_enc as sealed,
                              coalesce(n.name_ar, '') as name_ar, coalesce(n.name_la, '') as name_la
                       from app.case_consent k left join lateral app.name_of(k.recorded_by) n on true
                       where k.case_id = $1 and k.territory_id = $2) x) as "consents!: Json<Vec<Consent>>",
                  (select coalesce(jsonb_agg(to_jsonb(x) order by x.heard_on desc, x.id desc), '[]') from (
                       select w.id, w.occasion, w.heard_on, w.why_not, w.language, w.interpreter, w.script_language,
                              w.words_enc as sealed, coalesce(n.name_ar, '') as name_ar, coalesce(n.name_la, '') as name_la
                       from app.child_view w left join lateral app.name_of(w.recorded_by) n on true
                       where w.case_id = $1 and w.territory_id = $2) x) as "views!: Json<Vec<View>>",
                  (select coalesce(jsonb_agg(to_jsonb(x) order by x.received_on desc, x.id desc), '[]') from (
                       select k.id, k.source, k.subject, k.received_on, k.due_on, k.received_by, k.answered_at,
                              k.text_enc as sealed, k.answer_enc as answer_sealed, a.name_ar as against_ar, a.name_la as against_la,
                              coalesce(n.name_ar, '') as name_ar, coalesce(n.name_la, '') as name_la
                       from app.complaint k left join lateral app.name_of(k.received_by) n on true
                       left join lateral app.name_of(k.against) a on true
                       where k.case_id = $1 and k.territory_id = $2) x) as "complaints!: Json<Vec<Complaint>>",
                  app.key_of('case', $1) as "key: WrappedKey",
                  audit.record('rights.opened', 'case', $1, $2, '{}', null)::text as written"#,
        case.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    let (holder, key) = (Holder::case(case), row.key.as_ref());
    let mut rights = Rights {
        consents: row.consents.0,
        views: row.views.0,
        complaints: row.complaints.0,
    };
    for one in &mut rights.consents {
        one.text = tx.open(
            holder,
            key,
            (Field::CONSENT_NOTE, one.id.0),
            one.sealed.as_ref(),
        );
    }
    for one in &mut rights.views {
        one.text = tx.open(
            holder,
            key,
            (Field::CHILD_WORDS, one.id.0),
            one.sealed.as_ref(),
        );
    }
    for one in &mut rights.complaints {
        let id = one.id.0;
        one.text = tx.open(
            holder,
            key,
            (Field::COMPLAINT_TEXT, id),
            one.sealed.as_ref(),
        );
        let answer = one.answer_sealed.as_ref();
        one.answer = tx.open(holder, key, (Field::COMPLAINT_ANSWER, id), answer);
    }
    Ok(rights)
}

/// Writes an event about the file, once what it tells was written.
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

/// Writes a consent; the same form again writes nothing.
pub async fn consent(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    case: CaseId,
    new: &NewConsent,
) -> Result<(), AppError> {
    let (holder, note) = (Holder::case(case), new.note.as_deref());
    let note = tx.seal(holder, Field::CONSENT_NOTE, new.id.0, note).await?;
    let done = sqlx::query!(
        "insert into app.case_consent (id, case_id, territory_id, purpose, basis, given_by, given_on, note_enc, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing",
        new.id.0,
        case.0,
        actor.territory().0,
        new.purpose.code(),
        new.basis,
        new.given_by,
        new.given_on,
        note as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let fields = serde_json::json!({ "purpose": new.purpose.code(), "basis": new.basis });
    told(tx, actor, ("consent.recorded", case), fields).await
}

/// The day a consent was given that still lives.
pub async fn given_on(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    consent: RowId,
) -> Result<Option<NaiveDate>, AppError> {
    let row = sqlx::query!(
        "select given_on, withdrawn_on from app.case_consent where id = $1 and case_id = $2 and territory_id = $3",
        consent.0,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(row.withdrawn_on.is_none().then_some(row.given_on))
}

/// Takes a consent back.
pub async fn withdraw(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    (consent, on): (RowId, NaiveDate),
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update app.case_consent set withdrawn_on = $4, withdrawn_by = $5
         where id = $1 and case_id = $2 and territory_id = $3 and withdrawn_on is null",
        consent.0,
        case.0,
        actor.territory().0,
        on,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let fields = serde_json::json!({ "consent": consent });
    told(tx, actor, ("consent.withdrawn", case), fields).await
}

/// Writes the child's view.
pub async fn view(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    new: &NewView,
) -> Result<(), AppError> {
    let (why_not, language, script, words) = match &new.hearing {
        Hearing::Heard {
            language,
            words,
            script,
        } => (None, Some(language), script.as_ref(), Some(words)),
        Hearing::NotHeard { why, words } => (Some(why), None, None, words.as_ref()),
    };
    let words = words.map(String::as_str);
    let words = tx
        .seal(Holder::case(head.id), Field::CHILD_WORDS, new.id.0, words)
        .await?;
    let done = sqlx::query!(
        "insert into app.child_view (id, case_id, territory_id, episode_id, occasion, heard_on, why_not, language, interpreter,
                                     script_language, words_enc, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing",
        new.id.0,
        head.id.0,
        actor.territory().0,
        head.episode.0,
        new.occasion.code(),
        new.on,
        why_not,
        language,
        new.interpreter,
        script,
        words as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let fields = serde_json::json!({ "occasion": new.occasion.code(), "heard": why_not.is_none(), "script": script });
    told(tx, actor, ("child_view.recorded", head.id), fields).await
}

/// Writes a complaint.
pub async fn complaint(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    new: &NewComplaint,
) -> Result<(), AppError> {
    let holder = Holder::case(head.id);
    let text = tx
        .seal(holder, Field::COMPLAINT_TEXT, new.id.0, Some(&new.text))
        .await?;
    let done = sqlx::query!(
        "insert into app.complaint (id, case_id, territory_id, episode_id, source, subject, against, text_enc, received_on,
                                    received_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing",
        new.id.0,
        head.id.0,
        actor.territory().0,
        head.episode.0,
        new.source,
        new.subject,
        new.against.map(|user| user.0),
        text as Option<SealedText>,
        new.on,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let fields = serde_json::json!({ "complaint": new.id, "subject": new.subject });
    told(tx, actor, ("complaint.received", head.id), fields).await
}

/// A complaint as far as who answers must know it: who received it, and whether it is answered.
pub async fn received_by(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    complaint: RowId,
) -> Result<(UserId, bool), AppError> {
    let row = sqlx::query!(
        r#"select received_by as "received_by: UserId", answered_at is not null as "answered!"
           from app.complaint where id = $1 and case_id = $2 and territory_id = $3"#,
        complaint.0,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok((row.received_by, row.answered))
}

/// Answers one; false: it was answered meanwhile.
pub async fn answer(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    case: CaseId,
    (complaint, words): (RowId, &str),
) -> Result<bool, AppError> {
    let holder = Holder::case(case);
    let words = tx
        .seal(holder, Field::COMPLAINT_ANSWER, complaint.0, Some(words))
        .await?;
    let done = sqlx::query!(
        "update app.complaint set answer_enc = $4, answered_by = $5, answered_at = $6
         where id = $1 and case_id = $2 and territory_id = $3 and answered_at is null",
        complaint.0,
        case.0,
        actor.territory().0,
        words as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let fields = serde_json::json!({ "complaint": complaint });
    told(tx, actor, ("complaint.answered", case), fields).await?;
    Ok(true)
}

/// The answer that this reader gave to one, if it is theirs and opens.
pub async fn answer_of(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    complaint: RowId,
) -> Result<Option<String>, AppError> {
    let row = sqlx::query!(
        r#"select answer_enc as "answer: SealedText", app.key_of('case', $2) as "key: WrappedKey"
           from app.complaint where id = $1 and case_id = $2 and territory_id = $3 and answered_by = $4"#,
        complaint.0,
        case.0,
        actor.territory().0,
        actor.user.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.and_then(|row| {
        let place = (Field::COMPLAINT_ANSWER, complaint.0);
        let holder = Holder::case(case);
        tx.open(holder, row.key.as_ref(), place, row.answer.as_ref())
            .and_then(Reading::into_text)
    }))
}
