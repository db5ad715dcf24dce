//! What a city enters in the register: institutions, and the groups of their places.

use super::keep;
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::RowId,
    shelter::{
        db::{Group, Institution},
        entry::{Entry, Identity, NewHouse},
    },
};
use chrono::{DateTime, Utc};

/// The names of an organisation that hold today.
#[derive(Debug)]
pub struct HouseNames {
    /// In Arabic.
    pub ar: String,
    /// In French.
    pub fr: String,
}

/// Reads them from where they are written: the copy in memory may be some minutes old.
pub async fn names(tx: &mut Tx, organisation: &str) -> Result<HouseNames, AppError> {
    Ok(sqlx::query_as!(
        HouseNames,
        r#"select coalesce(max(n.name) filter (where n.lang = 'ar'), '') as "ar!",
                  coalesce(max(n.name) filter (where n.lang = 'fr'), '') as "fr!"
           from ref.organisation_name n where n.organisation_code = $1 and n.valid @> current_date"#,
        organisation
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Adds an institution with its organisation. False if these answers have come before: nothing is written twice, and
/// the transaction is to be dropped.
pub async fn add(tx: &mut Tx, actor: &Actor, new: &NewHouse) -> Result<bool, AppError> {
    let (of, standing) = (&new.identity, &new.standing);
    let code = format!("house_{}", new.id.0.simple());
    let named = sqlx::query!(
        "select app.add_house($1, $2, $3, $4, $5)::text as done",
        code,
        of.house.org_type,
        actor.territory().0,
        of.name_ar,
        of.name_fr
    )
    .fetch_one(&mut **tx)
    .await;
    match named {
        Ok(_) => {}
        Err(error) if violates(&error, "organisation_pkey") => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    sqlx::query!(
        "insert into app.institution (id, organisation_code, territory_id, kind, licence, licensed_until, standards,
                                      standards_unmet, checked_on, closed_on, phone, address)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        new.id.0,
        code,
        actor.territory().0,
        of.house.kind,
        standing.licence,
        standing.licensed_until,
        &standing.met,
        &standing.unmet,
        standing.checked_on,
        standing.closed_on,
        of.phone,
        of.address.as_ref().map(crate::forms::Paragraph::as_str)
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("institution.added", "institution", new.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "kind": of.house.kind, "organisation": code }));
    audit::record(tx, event).await?;
    Ok(true)
}

/// Holds an institution of the reader's prefecture until the transaction ends: who saves second reads what the first
/// wrote.
pub async fn hold_house(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<(), AppError> {
    sqlx::query_scalar!(
        "select version from app.institution where id = $1 and territory_id = $2 for no key update",
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(())
}

/// Writes who it is now; a name of before keeps its dates.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    (before, names): (&Institution, &HouseNames),
    now: &Identity,
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update app.institution set kind = $3, phone = $4, version = version + 1
         where id = $1 and territory_id = $2 and version = $5",
        before.id.0,
        actor.territory().0,
        now.house.kind,
        now.phone,
        now.version
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    if let Some(address) = &now.address {
        // never read here: what was there is not shown to who writes it anew
        sqlx::query!(
            "update app.institution set address = $3 where id = $1 and territory_id = $2",
            before.id.0,
            actor.territory().0,
            address.as_str()
        )
        .execute(&mut **tx)
        .await?;
    }
    let is_renamed = names.ar != now.name_ar || names.fr != now.name_fr;
    if is_renamed {
        sqlx::query!(
            "select app.rename_house($1, $2, $3)::text as done",
            before.id.0,
            now.name_ar,
            now.name_fr
        )
        .fetch_one(&mut **tx)
        .await?;
    }
    let changed = [
        ("names", is_renamed),
        ("kind", before.kind != now.house.kind),
        ("phone", before.phone.as_deref() != Some(now.phone.as_str())),
        ("address", now.address.is_some()),
    ];
    let fields: Vec<&str> = changed
        .into_iter()
        .filter_map(|(name, is)| is.then_some(name))
        .collect();
    let event = Event::on("institution.changed", "institution", before.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "fields": fields }));
    audit::record(tx, event).await
}

/// Adds a group of places to an institution of the reader's prefecture; answers that came before are not written
/// twice.
pub async fn add_group(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (house, id): (RowId, RowId),
    entry: &Entry,
) -> Result<(), AppError> {
    keep::own(tx, actor, house).await?;
    let figures = &entry.figures;
    let done = sqlx::query!(
        "insert into app.bed_group (id, institution_id, territory_id, audience, age_min, age_max, capacity, closed, others,
                                    reason, confirmed_at, confirmed_by, closed_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing",
        id.0,
        house.0,
        actor.territory().0,
        entry.audience.code(),
        entry.age_min,
        entry.age_max,
        figures.capacity,
        figures.closed,
        figures.others,
        figures.reason,
        now,
        actor.user.0,
        entry.closed_on
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let event = Event::on("places.added", "bed_group", id.0)
        .in_territory(actor.territory())
        .with(told(entry));
    audit::record(tx, event).await
}

/// Changes a group of places. The caller holds its lock since it read it, so that no place is taken in between.
pub async fn change_group(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    group: &Group,
    entry: &Entry,
) -> Result<(), AppError> {
    let figures = &entry.figures;
    let done = sqlx::query!(
        "update app.bed_group
         set audience = $3, age_min = $4, age_max = $5, capacity = $6, closed = $7, others = $8, reason = $9,
             confirmed_at = $10, confirmed_by = $11, closed_on = $12, version = version + 1
         where id = $1 and territory_id = $2 and version = $13",
        group.id.0,
        actor.territory().0,
        entry.audience.code(),
        entry.age_min,
        entry.age_max,
        figures.capacity,
        figures.closed,
        figures.others,
        figures.reason,
        now,
        actor.user.0,
        entry.closed_on,
        figures.version
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    let event = Event::on("places.changed", "bed_group", group.id.0)
        .in_territory(actor.territory())
        .with(told(entry));
    audit::record(tx, event).await
}

/// What the trail keeps of a group.
fn told(entry: &Entry) -> serde_json::Value {
    let figures = &entry.figures;
    serde_json::json!({
        "audience": entry.audience.code(), "capacity": figures.capacity, "closed": figures.closed,
        "others": figures.others, "reason": figures.reason, "closed_on": entry.closed_on,
    })
}

/// Locks a group, as everyone does who counts its places, and ends what has run out there. Where the reader is no
/// part of its institution or city it locks a row for a moment, and tells nothing.
pub async fn lock_group(tx: &mut Tx, id: RowId) -> Result<(), AppError> {
    sqlx::query_scalar!("select app.lapse_beds($1, null)", id.0)
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}
