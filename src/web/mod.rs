//! Pages: what every one of them has around it.

mod assets;
mod nav;
mod paging;
mod ui;

pub use assets::{asset_url, serve_asset};
pub use nav::NavItem;
pub use paging::{Cursor, Page};
pub use ui::{Icon, Ui};
pub(crate) use ui::{Reader, role_key};

use crate::error::AppError;
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

/// Draws a page.
pub fn page(status: StatusCode, template: &impl Template) -> Result<Response, AppError> {
    let html = template.render()?;
    Ok((
        status,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        html,
    )
        .into_response())
}

/// A page that answers well.
pub fn ok(template: &impl Template) -> Result<Response, AppError> {
    page(StatusCode::OK, template)
}

/// The same form again, with what is wrong beside each field.
pub fn refused(template: &impl Template) -> Result<Response, AppError> {
    page(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// After an act: 303 to the page that shows it, so that reloading does nothing twice.
pub fn see(path: &impl std::fmt::Display) -> Response {
    Redirect::to(&path.to_string()).into_response()
}
