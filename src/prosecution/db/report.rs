//! What the cell did for a measure: written from the page of the child's file, read on both sides.

use super::Author;
use crate::{
    audit::{self, Event},
    authz::{Actor, TerritoryId},
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{CaseId, DisclosureId, JudicialFileId, PersonId, RowId, TaskId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};

/// What a measure asks for and somebody reports on.
#[derive(Debug)]
pub struct Owed {
    /// The measure: a decision of the prosecution, or an event at the court.
    pub measure: RowId,
    /// Whether the juvenile judge ordered it.
    pub by_judge: bool,
    /// Its procedure.
    pub file: JudicialFileId,
    /// Whose key seals the words, as those of the measure.
    pub extract: DisclosureId,
    /// The prefecture of the procedure.
    pub territory: TerritoryId,
    /// Whether it was reported already.
    pub is_done: bool,
}

/// The number of a file that the reader works on, or supervises.
pub async fn number_of(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<String, AppError> {
    sqlx::query_scalar!(
        r#"select c.number from app.case_file c
           where c.id = $1 and c.territory_id = $2 and c.void is null
             and (app.is_mine(c.id)
                  or c.territory_id = any ((select app.supervised_territories())::smallint[]))"#,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)
}

/// Something that a measure asks for in that file, done or not; also where another child's file began the procedure.
pub async fn owed(tx: &mut Tx, case: CaseId, task: TaskId) -> Result<Owed, AppError> {
    sqlx::query_as!(
        Owed,
        r#"select measure_id as "measure!: RowId", by_judge as "by_judge!", judicial_file_id as "file!: JudicialFileId",
                  disclosure_id as "extract!: DisclosureId", territory_id as "territory!: TerritoryId", is_done as "is_done!"
           from app.measure_owed($1, $2)"#,
        task.0,
        case.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)
}

/// Writes it, which strikes out what was owed. The same form again writes nothing; what somebody else reported meanwhile
/// is a conflict.
pub async fn write(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (case, owed): (CaseId, &Owed),
    (id, text): (RowId, &str),
) -> Result<(), AppError> {
    if owed.is_done {
        return is_ours(tx, actor, owed.measure, id).await;
    }
    let holder = Holder::disclosure(owed.extract);
    let sealed = tx
        .seal(holder, Field::MEASURE_REPORT, id.0, Some(text))
        .await?;
    let done = sqlx::query!(
        "insert into app.measure_report (id, decision_id, court_event_id, text_enc, by_user, at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do nothing",
        id.0,
        (!owed.by_judge).then_some(owed.measure.0),
        owed.by_judge.then_some(owed.measure.0),
        sealed as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let event = Event::on("measure.reported", "judicial_file", owed.file.0)
        .in_territory(owed.territory)
        .with(serde_json::json!({ "decision": owed.measure, "case": case, "report": id }));
    audit::record(tx, event).await
}

/// Whether it was this very form that reported it.
async fn is_ours(tx: &mut Tx, actor: &Actor, measure: RowId, id: RowId) -> Result<(), AppError> {
    let known = sqlx::query_scalar!(
        r#"select exists (select from app.measure_report
                          where id = $1 and $2 in (decision_id, court_event_id) and by_user = $3) as "known!""#,
        id.0,
        measure.0,
        actor.user.0
    )
    .fetch_one(&mut **tx)
    .await?;
    if known {
        Ok(())
    } else {
        Err(AppError::Conflict(Msg::new("judicial-done-already")))
    }
}

/// What the cell did for a measure of a file.
#[derive(Debug)]
pub struct Reported {
    /// For whom.
    pub person: PersonId,
    /// The measure: code of `ref.child_decision_kind`, or of `ref.juvenile_measure`.
    pub kind: String,
    /// Whether the juvenile judge ordered it.
    pub by_judge: bool,
    /// Its day.
    pub decided_on: NaiveDate,
    /// What was done.
    pub text: Option<Reading>,
    /// When it was reported.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Author,
}

/// Every report on the measures of a file, the newest first.
pub async fn of_file(
    tx: &mut Tx,
    actor: &Actor,
    id: JudicialFileId,
) -> Result<Vec<Reported>, AppError> {
    let rows = sqlx::query!(
        r#"select r.id as "id: RowId", r.person_id as "person: PersonId", m.kind as "kind!", m.by_judge as "by_judge!",
                  m.decided_on as "decided_on!", r.at,
                  r.text_enc as "sealed: SealedText", n.name_ar as "name_ar?", n.name_la as "name_la?",
                  (select f.disclosure_id from app.judicial_file f where f.id = $1) as "extract: DisclosureId",
                  (select app.key_of('disclosure', f.disclosure_id) from app.judicial_file f where f.id = $1) as "key: WrappedKey"
           from app.measure_report r
           cross join lateral app.measure_named(coalesce(r.decision_id, r.court_event_id)) m
           left join lateral app.name_of(r.by_user) n on true
           where r.file_id = $1 and (r.court_id = $2 or r.territory_id = $3)
           order by r.at desc, r.id desc"#,
        id.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut reports = Vec::with_capacity(rows.len());
    for row in rows {
        let field = (Field::MEASURE_REPORT, row.id.0);
        let text = row.extract.and_then(|extract| {
            let holder = Holder::disclosure(extract);
            tx.open(holder, row.key.as_ref(), field, Some(&row.sealed))
        });
        reports.push(Reported {
            person: row.person,
            kind: row.kind,
            by_judge: row.by_judge,
            decided_on: row.decided_on,
            text,
            at: row.at,
            by: Author::new(row.name_ar, row.name_la),
        });
    }
    Ok(reports)
}
