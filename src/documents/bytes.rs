//! The bytes of a document on their way to where they lie: sealed with its own key, under a name that says nothing.

use super::answer;
use crate::{
    blobs,
    db::Tx,
    error::AppError,
    ids::AttachmentId,
    state::AppState,
    vault::{Field, Holder},
};
use axum::body::Bytes;
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

/// Writing bytes holds a connection: a slow store must not hold them all.
static WRITERS: Semaphore = Semaphore::const_new(2);

/// One's turn to write, taken before the transaction begins and kept until it ends.
pub async fn turn() -> Result<SemaphorePermit<'static>, AppError> {
    WRITERS.acquire().await.map_err(AppError::internal)
}

/// Seals them and lays them down before their row is written: what commits has its bytes on the disk. Gives the name
/// under which they lie.
pub async fn put(
    tx: &mut Tx,
    state: &AppState,
    id: AttachmentId,
    plain: &Bytes,
) -> Result<Uuid, AppError> {
    let key = tx.key_for(Holder::document(id)).await?;
    let (plain, row, blob) = (plain.clone(), id.0, random_name());
    let sealing =
        tokio::task::spawn_blocking(move || blobs::seal(&key, Field::DOCUMENT, row, &plain));
    let sealed = sealing.await.map_err(AppError::internal)??;
    state
        .blobs
        .put(blob, sealed)
        .await
        .map_err(answer::unavailable)?;
    Ok(blob)
}

/// Takes back bytes that turned out to be nobody's.
pub async fn take_back(state: &AppState, blob: Uuid) {
    if let Err(error) = state.blobs.remove(blob).await {
        tracing::warn!(%error, "documents.not_removed");
    }
}

/// A name that says nothing, not even when it was given.
fn random_name() -> Uuid {
    uuid::Builder::from_random_bytes(rand::random()).into_uuid()
}
