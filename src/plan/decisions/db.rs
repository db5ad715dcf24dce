//! Questions about decisions, asked as `sanad_stat`, and their keeping.

use super::form::NewDecision;
use crate::{
    audit::{self, Event},
    db::Tx,
    documents::Checked,
    error::{AppError, violates},
    ids::AttachmentId,
    plan::words::{SIZE, written},
    reference::Label,
};
use chrono::NaiveDate;

/// A decision.
#[derive(Debug)]
pub(super) struct Decision {
    pub code: String,
    pub number: Option<String>,
    pub day: NaiveDate,
    pub text: Label,
    pub cities: Vec<String>,
    pub document: Option<AttachmentId>,
    /// The day of the one that took its place.
    pub replaced_on: Option<NaiveDate>,
    /// The one whose place it took.
    pub replaces_on: Option<NaiveDate>,
    /// Out of the published sources, not entered here.
    pub is_published: bool,
    /// What moved by it: city and move.
    pub moved: Vec<String>,
}

/// The newest first, and one more if there are more.
pub(super) async fn list(
    tx: &mut Tx,
    city: Option<&str>,
    skip: i64,
) -> Result<Vec<Decision>, AppError> {
    let rows = sqlx::query!(
        r#"select d.code as "code!", d.number, d.decided_on as "day!", d.ar as "ar!", d.fr, d.en,
                  d.document_id as "document: AttachmentId", d.by_role is null as "is_published!",
                  (select n.decided_on from plan.decision n where n.replaces = d.code) as replaced_on,
                  (select o.decided_on from plan.decision o where o.code = d.replaces) as replaces_on,
                  array(select x.city from plan.decision_city x where x.decision = d.code order by 1) as "cities!",
                  array(select s.city || ' ' || s.move from plan.city_step s where s.decision = d.code order by s.seq) as "moved!"
           from plan.decision d
           where $1::text is null or exists (select from plan.decision_city x where x.decision = d.code and x.city = $1)
           order by d.decided_on desc, d.at desc nulls last, d.code offset $2 limit $3"#,
        city,
        skip,
        SIZE + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    let decision = rows.into_iter().map(|r| Decision {
        code: r.code,
        number: r.number,
        day: r.day,
        text: written(r.ar, r.fr, r.en),
        cities: r.cities,
        document: r.document,
        replaced_on: r.replaced_on,
        replaces_on: r.replaces_on,
        is_published: r.is_published,
        moved: r.moved,
    });
    Ok(decision.collect())
}

/// One that another may take the place of.
#[derive(Debug)]
pub(super) struct Standing {
    pub code: String,
    pub number: Option<String>,
    pub day: NaiveDate,
    pub ar: String,
}

/// Those whose place nothing took, the newest first.
pub(super) async fn standing(tx: &mut Tx) -> Result<Vec<Standing>, AppError> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select d.code as "code!", d.number, d.decided_on as "day!", d.ar as "ar!" from plan.decision d
           where not exists (select from plan.decision n where n.replaces = d.code)
           order by d.decided_on desc, d.code limit 50"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Whether this very decision was kept before, with the same document; `None` if it is new.
pub(super) async fn is_kept(
    tx: &mut Tx,
    code: &str,
    checked: Option<&Checked>,
) -> Result<Option<bool>, AppError> {
    let kept = sqlx::query!(
        r#"select p.received_sha256 as "print?" from plan.decision d
           left join plan.scan p on p.id = d.document_id where d.code = $1"#,
        code
    )
    .fetch_optional(&mut **tx)
    .await?;
    let print = checked.map(|checked| checked.received_sha256.to_vec());
    Ok(kept.map(|kept| kept.print == print))
}

/// What became of one that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Added {
    New,
    /// Its code was taken meanwhile.
    Again,
    /// Another took the place of the same decision before.
    Replaced,
}

/// Writes it.
pub(super) async fn add(
    tx: &mut Tx,
    new: &NewDecision,
    document: Option<AttachmentId>,
) -> Result<Added, AppError> {
    let done = sqlx::query_scalar!(
        r#"select plan.add_decision($1, $2, $3, $4, $5, $6, $7, $8, $9) as "new!""#,
        new.code,
        new.number,
        new.day,
        new.ar,
        new.fr,
        new.en,
        new.replaces,
        document.map(|id| id.0),
        &new.cities
    )
    .fetch_one(&mut **tx)
    .await;
    match done {
        Ok(true) => {}
        Ok(false) => return Ok(Added::Again),
        Err(error) if violates(&error, "decision_replaces_key") => return Ok(Added::Replaced),
        Err(error) => return Err(error.into()),
    }
    let event =
        Event::on("plan_decision.recorded", "plan_decision", new.id.0).with(serde_json::json!({
            "cities": new.cities, "day": new.day, "document": document,
        }));
    audit::record(tx, event).await?;
    Ok(Added::New)
}
