//! Pages of help: recording it, one act and its steps, asking a provider.

mod record;
mod send;
mod show;

use crate::{ids::ServiceId, routes::Routes};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::error::AppError;

/// One act.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/services/{id}", rejection(AppError))]
pub struct ServicePath {
    /// Which.
    pub id: ServiceId,
}

/// The routes of this slice.
pub fn routes() -> Routes {
    record::routes().merge(show::routes()).merge(send::routes())
}
