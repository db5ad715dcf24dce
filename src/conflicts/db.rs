//! Two who save at once take turns: the second reads what the first wrote.

use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, PersonId},
};

/// Holds a file until the transaction ends.
pub async fn hold_file(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<(), AppError> {
    sqlx::query_scalar!(
        "select version from app.case_file where id = $1 and territory_id = $2 for no key update",
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(())
}

/// Holds a person until the transaction ends.
pub async fn hold_person(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<(), AppError> {
    sqlx::query_scalar!(
        "select version from app.person where id = $1 and territory_id = $2 for no key update",
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(())
}
