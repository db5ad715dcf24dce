//! Pages of reports.

mod answer;
mod build;
mod export;
mod list;
mod one;

use crate::{ids::RowId, routes::Routes};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The routes of this slice.
pub fn routes() -> Routes {
    list::routes()
        .merge(build::routes())
        .merge(one::routes())
        .merge(export::routes())
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports")]
struct ReportsPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports/{id}", rejection(crate::error::AppError))]
struct ReportPath {
    id: RowId,
}
