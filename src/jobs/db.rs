//! Questions to the queue, through its functions.

use super::work::Kind;
use crate::{db::Tx, error::AppError};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Asks for work, in the transaction of the change that needs it.
pub async fn enqueue(tx: &mut Tx, kind: Kind, id: Option<Uuid>) -> Result<(), AppError> {
    sqlx::query!("select job.enqueue($1, $2)", kind.code(), id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A job in the queue.
#[derive(Debug)]
pub(super) struct Job {
    pub id: i64,
    pub kind: String,
    pub state: String,
    pub asked_at: DateTime<Utc>,
    pub run_at: DateTime<Utc>,
    pub attempts: i16,
    pub fault: Option<String>,
}

/// What waits, runs or has failed.
pub(super) async fn listed(tx: &mut Tx) -> Result<Vec<Job>, AppError> {
    Ok(sqlx::query_as!(
        Job,
        r#"select id as "id!", kind as "kind!", state as "state!", asked_at as "asked_at!", run_at as "run_at!",
                  attempts as "attempts!", fault
           from job.listed()"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Work that comes by the clock.
#[derive(Debug)]
pub(super) struct Scheduled {
    pub kind: String,
    pub last_at: Option<DateTime<Utc>>,
}

/// When each was last asked for.
pub(super) async fn scheduled(tx: &mut Tx) -> Result<Vec<Scheduled>, AppError> {
    Ok(sqlx::query_as!(
        Scheduled,
        r#"select kind as "kind!", last_at from job.scheduled()"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Lets a failed job run again; its kind, if there is one.
pub(super) async fn retry(tx: &mut Tx, id: i64) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!("select job.retry($1)", id)
        .fetch_one(&mut **tx)
        .await?)
}
