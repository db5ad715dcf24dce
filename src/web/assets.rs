//! Static files, inside the program. A URL carries a print of the content, so a browser keeps it for good
//! and a new version is seen at once.

use crate::error::AppError;
use axum::{
    extract::{Path, RawQuery},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use std::{collections::HashMap, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/static/"]
struct Static;

static URLS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Static::iter()
        .filter_map(|name| {
            let print = hex::encode(Static::get(&name)?.metadata.sha256_hash());
            let short = print.get(..10)?;
            Some((name.to_string(), format!("/static/{name}?v={short}")))
        })
        .collect()
});

/// `/static/app.css?v=3f2a…` for `app.css`.
pub fn asset_url(name: &str) -> &'static str {
    URLS.get(name).map_or("/static/missing", String::as_str)
}

/// Serves a file; for good if its URL carries a print.
pub async fn serve_asset(
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let file = Static::get(&name).ok_or(AppError::NotFound)?;
    let kind = file.metadata.mimetype().to_owned();
    let kind = match kind.as_str() {
        "text/css" | "text/javascript" | "text/plain" => format!("{kind}; charset=utf-8"),
        _ => kind,
    };
    let keep = if query.is_some_and(|q| q.starts_with("v=")) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=86400"
    };
    let mut response = file.data.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(&kind).map_err(AppError::internal)?,
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Ok(response)
}
