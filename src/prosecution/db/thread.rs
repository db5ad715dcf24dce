//! The threads of a file: asked, answered and closed in the database, which numbers and dates them.

use super::Author;
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{DisclosureId, JudicialFileId, RowId},
    prosecution::{
        custody::HeldFile,
        thread::{Marks, Question, Voice, Words},
    },
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A question and what was said to it.
#[derive(Debug)]
pub struct Thread {
    /// The question.
    pub id: RowId,
    /// Its number in the file.
    pub seq: i16,
    /// Code of `ref.judicial_question`.
    pub kind: String,
    /// What is asked.
    pub text: Option<Reading>,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// By whom.
    pub asked_by: Author,
    /// Until when it waits, and since when no more.
    pub marks: Marks,
    /// What was said to it, in order.
    pub turns: Vec<Turn>,
}

/// An answer, or a follow-up.
#[derive(Debug)]
pub struct Turn {
    /// From which side.
    pub voice: Voice,
    /// What is said.
    pub text: Option<Reading>,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Author,
}

/// One turn as it lies in the database; its question brings it.
#[derive(Debug, Deserialize)]
struct Row {
    id: RowId,
    side: Voice,
    text: SealedText,
    at: DateTime<Utc>,
    name_ar: Option<String>,
    name_la: Option<String>,
}

/// Every thread of a file in the order of the questions, in one statement.
pub async fn of_file(
    tx: &mut Tx,
    actor: &Actor,
    file: JudicialFileId,
) -> Result<Vec<Thread>, AppError> {
    let rows = sqlx::query!(
        r#"select q.id as "id: RowId", q.seq, q.kind, q.text_enc as "sealed: SealedText", q.asked_at, q.due_at,
                  q.answered_at, q.closed_at, n.name_ar as "name_ar?", n.name_la as "name_la?",
                  (select f.disclosure_id from app.judicial_file f where f.id = $1) as "extract: DisclosureId",
                  (select app.key_of('disclosure', f.disclosure_id) from app.judicial_file f where f.id = $1) as "key: WrappedKey",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'side', a.side, 'text', a.text_enc, 'at', a.at,
                              'name_ar', w.name_ar, 'name_la', w.name_la) order by a.at, a.id), '[]')
                   from app.judicial_answer a left join lateral app.name_of(a.by_user) w on true
                   where a.question_id = q.id and (a.court_id = $2 or a.territory_id = $3)
                  ) as "turns!: sqlx::types::Json<Vec<Row>>"
           from app.judicial_question q
           left join lateral app.name_of(q.asked_by) n on true
           where q.file_id = $1 and (q.court_id = $2 or q.territory_id = $3)
           order by q.seq"#,
        file.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut threads = Vec::with_capacity(rows.len());
    for row in rows {
        // whoever reads the question reads the file, and so its extract
        let extract = Holder::disclosure(row.extract.ok_or(AppError::NotFound)?);
        let key = row.key.as_ref();
        let place = (Field::JUDICIAL_QUESTION, row.id.0);
        threads.push(Thread {
            id: row.id,
            seq: row.seq,
            kind: row.kind,
            text: tx.open(extract, key, place, Some(&row.sealed)),
            asked_at: row.asked_at,
            asked_by: Author::new(row.name_ar, row.name_la),
            marks: Marks {
                due: row.due_at,
                answered: row.answered_at,
                closed: row.closed_at,
            },
            turns: turns(tx, extract, key, row.turns.0),
        });
    }
    Ok(threads)
}

fn turns(tx: &mut Tx, extract: Holder, key: Option<&WrappedKey>, rows: Vec<Row>) -> Vec<Turn> {
    let mut turns = Vec::with_capacity(rows.len());
    for row in rows {
        let place = (Field::JUDICIAL_ANSWER, row.id.0);
        turns.push(Turn {
            voice: row.side,
            text: tx.open(extract, key, place, Some(&row.text)),
            at: row.at,
            by: Author::new(row.name_ar, row.name_la),
        });
    }
    turns
}

/// Asks. The same form again asks nothing.
pub async fn ask(
    tx: &mut Tx,
    actor: &Actor,
    file: &HeldFile,
    new: &Question,
) -> Result<(), AppError> {
    let extract = Holder::disclosure(file.disclosure_id);
    let text = Some(new.text.as_str());
    let text = tx
        .seal(extract, Field::JUDICIAL_QUESTION, new.id.0, text)
        .await?;
    let done = sqlx::query!(
        "insert into app.judicial_question (id, file_id, case_id, territory_id, court_id, kind, text_enc, asked_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
        new.id.0,
        file.id.0,
        file.case_id.0,
        file.territory_id.0,
        file.court_id.0,
        new.kind,
        text as Option<SealedText>,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() > 0 {
        let fields = serde_json::json!({ "question": new.id, "kind": new.kind });
        let event = Event::on("judicial_question.asked", "judicial_file", file.id.0);
        audit::record(tx, event.in_territory(file.territory_id).with(fields)).await?;
    }
    Ok(())
}

/// Whether the court needs no more of a question of this file, which is locked.
pub async fn is_closed(tx: &mut Tx, file: &HeldFile, question: RowId) -> Result<bool, AppError> {
    sqlx::query_scalar!(
        r#"select closed_at is not null as "closed!" from app.judicial_question
           where id = $1 and file_id = $2 and territory_id = $3 and court_id = $4"#,
        question.0,
        file.id.0,
        file.territory_id.0,
        file.court_id.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)
}

/// Whether these very words were taken already: the answer to the first press may have been lost.
pub async fn is_said(tx: &mut Tx, file: &HeldFile, id: RowId) -> Result<bool, AppError> {
    let said = sqlx::query_scalar!(
        r#"select exists (select from app.judicial_answer
                          where id = $1 and file_id = $2 and territory_id = $3 and court_id = $4) as "said!""#,
        id.0,
        file.id.0,
        file.territory_id.0,
        file.court_id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(said)
}

/// Answers, or follows up. The same form again says nothing.
pub async fn say(
    tx: &mut Tx,
    actor: &Actor,
    file: &HeldFile,
    (question, voice): (RowId, Voice),
    new: &Words,
) -> Result<(), AppError> {
    let extract = Holder::disclosure(file.disclosure_id);
    let text = Some(new.text.as_str());
    let text = tx
        .seal(extract, Field::JUDICIAL_ANSWER, new.id.0, text)
        .await?;
    let done = sqlx::query!(
        "insert into app.judicial_answer (id, question_id, file_id, case_id, territory_id, court_id, side, text_enc, by_user)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
        new.id.0,
        question.0,
        file.id.0,
        file.case_id.0,
        file.territory_id.0,
        file.court_id.0,
        voice.code(),
        text as Option<SealedText>,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() > 0 {
        record(tx, voice.event(), file, question).await?;
    }
    Ok(())
}

/// The court needs no more. Said twice, it is once.
pub async fn close(tx: &mut Tx, file: &HeldFile, question: RowId) -> Result<(), AppError> {
    let done = sqlx::query_scalar!(r#"select app.close_question($1) as "done!""#, question.0)
        .fetch_one(&mut **tx)
        .await?;
    if done {
        record(tx, "judicial_question.closed", file, question).await?;
    }
    Ok(())
}

async fn record(
    tx: &mut Tx,
    what: &'static str,
    file: &HeldFile,
    question: RowId,
) -> Result<(), AppError> {
    let fields = serde_json::json!({ "question": question });
    let event = Event::on(what, "judicial_file", file.id.0);
    audit::record(tx, event.in_territory(file.territory_id).with(fields)).await
}
