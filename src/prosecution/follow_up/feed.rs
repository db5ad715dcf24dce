//! The public address of a calendar: whoever has it reads hours and numbers of files of one court, and no name.

use super::{calendar, db};
use crate::{error::AppError, i18n::Lang, passwords::Place, routes::Routes, state::AppState};
use axum::{
    Extension,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::net::SocketAddr;

/// Those who guess are counted under this name, which can be nobody's: it holds a space.
const GUESSES: &str = "calendar address";
/// Hexadecimal digits of a token: 128 random bits.
const DIGITS: usize = 32;

pub(super) fn routes() -> Routes {
    Routes::default().public("GET", "/calendar/{token}", fetch)
}

async fn fetch(
    State(state): State<AppState>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, AppError> {
    let token = file.strip_suffix(".ics").filter(|token| {
        token.len() == DIGITS && token.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    let token = token.ok_or(AppError::NotFound)?;
    let address = state.config.client_of(peer.map(|p| p.0.0.ip()), &headers);
    let place = Place::Browser(&address, None);
    let now = state.clock.now();
    if let Err(seconds) = state.gate.begin(GUESSES, place, now) {
        let wait = [(header::RETRY_AFTER, seconds.to_string())];
        return Ok((StatusCode::TOO_MANY_REQUESTS, wait).into_response());
    }
    let span = calendar::span(state.clock.today());
    let mut tx = state.db.begin_anonymous().await?;
    let found = db::feed(&mut tx, &calendar::print(token), span).await?;
    tx.commit().await?;
    let found = found.ok_or(AppError::NotFound)?;
    state.gate.passed(GUESSES, place);
    let lang = Lang::from_code(&found.locale).unwrap_or_default();
    let words = state.shelf.now();
    Ok(calendar::answer(
        &words,
        lang,
        found.court,
        &found.hearings.0,
    ))
}
