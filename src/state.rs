//! What every handler can reach.

use crate::{
    blobs::Blobs, clock::Clock, config::Config, db::Db, passkeys::Passkeys, passwords::Gate,
    reference::Shelf, releases::Kept,
};
use std::sync::Arc;

/// Shared by all requests; cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The two pools: pages, and figures.
    pub db: Db,
    /// The code lists, re-read when they change.
    pub shelf: Shelf,
    /// The months that were told, as read lately.
    pub kept: Kept,
    /// Where "now" comes from.
    pub clock: Clock,
    /// Settings.
    pub config: Arc<Config>,
    /// Password checks: how many at once, and who must wait.
    pub gate: Gate,
    /// Passkeys of this site, if it has them.
    pub passkeys: Passkeys,
    /// The bytes of documents.
    pub blobs: Blobs,
}
