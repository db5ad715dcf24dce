//! Questions to the trail, through functions that answer the officer for data protection alone.

use super::domain::{Filter, after, midnight};
use crate::{db::Tx, error::AppError, ids::TerritoryId};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

/// A row of the trail.
#[derive(Debug)]
pub(super) struct Entry {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub username: Option<String>,
    pub name_ar: String,
    pub name_la: String,
    pub role: Option<String>,
    pub action: String,
    pub territory: Option<TerritoryId>,
    pub kind: Option<String>,
    pub object: Option<Uuid>,
    pub number: Option<String>,
    pub fields: Value,
    pub reason: Option<String>,
}

/// Rows of one page, and one more if there are more.
pub(super) async fn log(
    tx: &mut Tx,
    filter: &Filter,
    how_many: i32,
) -> Result<Vec<Entry>, AppError> {
    Ok(sqlx::query_as!(
        Entry,
        r#"select id as "id!", at as "at!", username, coalesce(name_ar, '') as "name_ar!",
                  coalesce(name_la, '') as "name_la!", role, action as "action!",
                  territory_id as "territory: TerritoryId", object_kind as kind, object_id as object, number,
                  fields as "fields!", reason
           from audit.log($1, $2, $3, $4, $5, $6, $7, $8)"#,
        midnight(filter.from),
        midnight(after(filter.to)),
        filter.who,
        filter.action,
        filter.object,
        filter.before.map(|place| place.at),
        filter.before.map(|place| place.id),
        how_many
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Someone who can be asked for.
#[derive(Debug)]
pub(super) struct Person {
    pub username: String,
    pub name_ar: String,
    pub name_la: String,
}

/// Everyone who has an account.
pub(super) async fn people(tx: &mut Tx) -> Result<Vec<Person>, AppError> {
    Ok(sqlx::query_as!(
        Person,
        r#"select username as "username!", name_ar as "name_ar!", name_la as "name_la!" from audit.people()"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// An hour in which one person opened many files.
#[derive(Debug)]
pub(super) struct Busy {
    pub username: String,
    pub name_ar: String,
    pub name_la: String,
    pub hour: DateTime<Utc>,
    pub openings: i64,
    pub files: i64,
}

/// The busiest hours since that moment.
pub(super) async fn busiest(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<Busy>, AppError> {
    Ok(sqlx::query_as!(
        Busy,
        r#"select username as "username!", name_ar as "name_ar!", name_la as "name_la!", hour as "hour!",
                  openings as "openings!", files as "files!"
           from audit.busiest($1)"#,
        since
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A signed root.
#[derive(Debug)]
pub(super) struct Root {
    pub size: i64,
    pub root: Vec<u8>,
    pub at: DateTime<Utc>,
    pub note: String,
}

/// The root that stood at the end of a day.
pub(super) async fn root(tx: &mut Tx, day: NaiveDate) -> Result<Option<Root>, AppError> {
    Ok(sqlx::query_as!(
        Root,
        r#"select size as "size!", root as "root!", at as "at!", note as "note!" from stat.audit_root($1)"#,
        day
    )
    .fetch_optional(&mut **tx)
    .await?)
}
