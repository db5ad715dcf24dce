//! What a city keeps of its institutions: licence, standards, whether they still receive.

use crate::{
    audit::{self, Event},
    authz::Actor,
    conflicts::Author,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::RowId,
    shelter::{db::Institution, form::Standing},
};

/// An institution of the reader's own prefecture.
pub async fn own(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Institution, AppError> {
    let found = super::institution(tx, actor, Some(id)).await?;
    if found.territory == actor.territory() {
        Ok(found)
    } else {
        Err(AppError::NotFound)
    }
}

/// Who wrote it last; nobody, if it is as the register was loaded.
pub async fn author(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Author, AppError> {
    Ok(sqlx::query_as!(
        Author,
        r#"select coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!", i.changed_at as at
           from app.institution i left join lateral app.name_of(i.changed_by) n on true
           where i.id = $1 and i.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes what is known now; what was known before stays in the trail.
pub async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    before: &Institution,
    now: &Standing,
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update app.institution
         set licence = $3, licensed_until = $4, standards = $5, standards_unmet = $6, checked_on = $7, closed_on = $8,
             version = version + 1
         where id = $1 and territory_id = $2 and version = $9",
        before.id.0,
        actor.territory().0,
        now.licence,
        now.licensed_until,
        &now.met,
        &now.unmet,
        now.checked_on,
        now.closed_on,
        now.version
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    let event = Event::on("institution.kept", "institution", before.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({
            "licensed_until": [before.licensed_until, now.licensed_until],
            "met": [before.standards, now.met],
            "unmet": [before.standards_unmet, now.unmet],
            "checked_on": [before.checked_on, now.checked_on],
            "closed_on": [before.closed_on, now.closed_on],
            "licence_changed": before.licence != now.licence,
        }));
    audit::record(tx, event).await
}
