//! Names that have no keys yet, or keys of an older method: rows that were copied to another city or loaded, and all of
//! them after the method has changed.

use super::{Names, keys};
use crate::{authz::TerritoryId, db::JobDb, names::VERSION};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// Names in one transaction: short, so that who writes a name does not wait.
const AT_ONCE: i32 = 500;

/// A name, as it was read, and its keys.
#[derive(Serialize)]
struct Keyed {
    id: Uuid,
    territory_id: i16,
    text: String,
    keys: Vec<String>,
}

/// Gives every name its keys; how many. May run twice, and beside whoever writes.
pub async fn key_names(db: &JobDb, job: &str) -> Result<i64, sqlx::Error> {
    let mut written = 0;
    loop {
        let mut tx = db.begin(job).await?;
        let done = key_some(&mut tx).await?;
        tx.commit().await?;
        written += i64::from(done);
        if done < AT_ONCE {
            return Ok(written);
        }
    }
}

/// The same on a connection of the caller's, in one transaction: for the data of the demonstration.
pub async fn key_names_within(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    let mut written = 0;
    loop {
        let done = key_some(&mut *connection).await?;
        written += i64::from(done);
        if done < AT_ONCE {
            return Ok(written);
        }
    }
}

async fn key_some(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id as "id!", territory_id as "territory!", given_ar, family_ar, given_la, family_la
           from app.names_without_keys($1, $2)"#,
        VERSION,
        AT_ONCE
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut keyed = Vec::with_capacity(rows.len());
    for row in rows {
        let parts = [&row.given_ar, &row.family_ar, &row.given_la, &row.family_la];
        let text: Vec<_> = parts.into_iter().filter_map(Option::as_deref).collect();
        let text = text.join(" ");
        let names = Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la);
        keyed.push(Keyed {
            id: row.id,
            territory_id: row.territory,
            text,
            keys: keys::kept(TerritoryId(row.territory), &names),
        });
    }
    let written = sqlx::query_scalar!(
        r#"select app.set_keys($1, $2) as "written!""#,
        serde_json::json!(keyed),
        VERSION
    )
    .fetch_one(connection)
    .await?;
    Ok(written)
}
