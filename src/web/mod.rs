//! Pages: what every one of them has around it.

mod assets;
mod menu;
mod paging;
mod sealed;
mod ui;

pub use assets::{asset_url, serve_asset};
pub use menu::NavItem;
pub use paging::{COUNTED, Cursor, Page};
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

/// What a script of ours asked for.
pub fn json(value: &serde_json::Value) -> Response {
    (
        [(header::CONTENT_TYPE, "application/json")],
        value.to_string(),
    )
        .into_response()
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

/// A path of this site, or nothing: what comes from the query string leads nowhere else.
pub fn local_path(next: &str) -> String {
    let local = next.starts_with('/')
        && !next.starts_with("//")
        && next.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    if local {
        next.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_to_come_back_to_is_ours() {
        assert_eq!(local_path("/cases?state=closed"), "/cases?state=closed");
        for evil in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "cases",
        ] {
            assert_eq!(local_path(evil), "", "{evil}");
        }
    }
}
