//! What the page of a file shows of its documents: how many, and the latest.

use super::domain::Media;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// The documents of a file in short, as a query makes it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Panel {
    /// How many.
    pub count: i64,
    /// The latest three.
    pub latest: Vec<Latest>,
}

/// One of the latest.
#[derive(Debug, Clone, Deserialize)]
pub struct Latest {
    /// Code of `ref.document_kind`.
    pub kind: String,
    /// What it is.
    pub media: Media,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}
