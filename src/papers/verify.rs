//! `/verify`: whoever holds a paper asks whether it is true. "Valid" or "unknown", and nothing else: the same page and the
//! same work for both, so that a code that stands for nothing tells as much as one that stood for something.

use super::{
    code::Code,
    kept::{Kept, kept},
};
use crate::{
    audit::{self, Event},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    passwords::Place,
    routes::Routes,
    state::AppState,
    web::{Ui, ok, page, refused, see},
};
use askama::Template;
use axum::{
    Extension,
    extract::{ConnectInfo, Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::net::SocketAddr;

/// Under which the gate counts unknown codes of an address: no name of a user holds a slash.
const DOOR: &str = "/verify";
/// Asked for in place of what cannot be a code: it has no code's shape, so there is none.
const NO_CODE: &str = "-";

pub(super) fn routes() -> Routes {
    Routes::default()
        .public("GET", "/verify", ask)
        .public("GET", "/verify/{code}", answer)
}

#[derive(Template)]
#[template(path = "papers/verify.html")]
struct VerifyPage {
    ui: Ui,
    form: Form,
    is_valid: Option<bool>,
}

/// The form, and the way from it to the page of a code.
async fn ask(
    Extension(ui): Extension<Ui>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    if !form.sent("code") {
        return ok(&VerifyPage {
            ui,
            form: Form::new(),
            is_valid: None,
        });
    }
    let read = |text: &str| Code::parse(text).ok_or(Msg::new("paper-code-shape"));
    if let Some(code) = form.required("code", read) {
        return Ok(see(&format!("{DOOR}/{}", code.as_str())));
    }
    refused(&VerifyPage {
        ui,
        form,
        is_valid: None,
    })
}

async fn answer(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Path(text): Path<String>,
) -> Result<Response, AppError> {
    let address = state.config.client_of(peer.map(|p| p.0.0.ip()), &headers);
    let place = Place::Browser(&address, None);
    let mut form = Form::new();
    if let Err(seconds) = state.gate.begin(DOOR, place, state.clock.now()) {
        form.fail("code", Msg::new("login-wait").with("n", seconds));
        let page = page(
            StatusCode::TOO_MANY_REQUESTS,
            &VerifyPage {
                ui,
                form,
                is_valid: None,
            },
        )?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], page).into_response());
    }
    let is_valid = judge(&state, Code::parse(&text)).await?;
    if is_valid {
        // whoever verifies papers all day does not wait for it
        state.gate.unjudged(DOOR, place);
    }
    ok(&VerifyPage {
        ui,
        form,
        is_valid: Some(is_valid),
    })
}

/// The same statements for every code, and a row of the trail: without the code, and of what is unknown without anything.
async fn judge(state: &AppState, code: Option<Code>) -> Result<bool, AppError> {
    let mut tx = state.db.begin_anonymous().await?;
    let wanted = code.as_ref().map_or(NO_CODE, Code::as_str);
    let found = kept(&mut tx, wanted).await?;
    let is_valid = stands(&mut tx, found.as_ref()).await?;
    let event = match found {
        Some(found) if is_valid => {
            Event::on("paper.verified", "judicial_file", found.file.0).in_territory(found.territory)
        }
        _ => Event::of("paper.verified"),
    };
    let fields = serde_json::json!({ "valid": is_valid });
    audit::record(&mut tx, event.with(fields)).await?;
    tx.commit().await?;
    Ok(is_valid)
}

/// Whether what is kept today gives the hash that is on the paper.
async fn stands(tx: &mut Tx, found: Option<&Kept>) -> Result<bool, AppError> {
    let ring = tx.ring().await?;
    let Some(found) = found else {
        return Ok(false);
    };
    let Some(decided) = &found.decided else {
        return Ok(found.is_whole);
    };
    let Some(dossier) = &found.dossier else {
        return Ok(false);
    };
    let print = decided.print(dossier, &ring.salt(decided.id.0));
    let print = print.map_err(AppError::internal)?;
    Ok(print.is_some_and(|print| print.as_slice() == found.sha256))
}
