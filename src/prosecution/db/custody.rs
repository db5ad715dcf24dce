//! Who holds the file: transmission by the cell, receipt by the court.

use crate::{
    audit::{self, Event},
    authz::{Actor, CourtId, TerritoryId},
    db::Tx,
    error::AppError,
    ids::{CaseId, DisclosureId, JudicialFileId},
    prosecution::custody::{Custody, HeldFile},
};
use chrono::{DateTime, Utc};

/// Sends a draft to its court, with its extract, for good.
pub async fn transmit(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: JudicialFileId,
) -> Result<(), AppError> {
    let file = sqlx::query!(
        r#"select state as "state: Custody", case_id as "case_id: CaseId", court_id as "court_id: CourtId"
           from app.judicial_file where id = $1 and territory_id = $2 for update"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let next = file
        .state
        .advance(Custody::Transmitted)
        .map_err(AppError::Conflict)?;
    sqlx::query!(
        "with sent as (
             update app.judicial_file set state = $3, transmitted_by = $4, transmitted_at = $5, version = version + 1
             where id = $1 and territory_id = $2 returning disclosure_id),
         extract as (
             update app.disclosure d set sent_by = $4, sent_at = $5
             from sent where d.id = sent.disclosure_id and d.territory_id = $2 and d.sent_at is null)
         update app.case_file set changed_at = $5, changed_by = $4 where id = $6 and territory_id = $2",
        id.0,
        actor.territory().0,
        next.code(),
        actor.user.0,
        now,
        file.case_id.0
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("judicial_file.transmitted", "judicial_file", id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "case": file.case_id, "court": file.court_id }));
    audit::record(tx, event).await
}

/// A file of this court, locked: two decisions on one party never stand side by side.
pub async fn hold(tx: &mut Tx, actor: &Actor, id: JudicialFileId) -> Result<HeldFile, AppError> {
    sqlx::query_as!(
        HeldFile,
        r#"select id as "id: JudicialFileId", case_id as "case_id: CaseId", territory_id as "territory_id: TerritoryId",
                  court_id as "court_id: CourtId", disclosure_id as "disclosure_id: DisclosureId",
                  state as "state: Custody", transmitted_at as "transmitted_at!"
           from app.judicial_file
           where id = $1 and court_id = $2 and state not in ('draft', 'withdrawn') for update"#,
        id.0,
        actor.court().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)
}

/// Acknowledges receipt.
pub async fn receive(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    file: &HeldFile,
) -> Result<(), AppError> {
    let next = file
        .state
        .advance(Custody::Received)
        .map_err(AppError::Conflict)?;
    sqlx::query!(
        "update app.judicial_file set state = $3, received_by = $4, received_at = $5, version = version + 1
         where id = $1 and court_id = $2",
        file.id.0,
        file.court_id.0,
        next.code(),
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("judicial_file.received", "judicial_file", file.id.0)
        .in_territory(file.territory_id);
    audit::record(tx, event).await
}
