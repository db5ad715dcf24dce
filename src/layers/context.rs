//! The layer around every page: who asks, in which language; and, when the answer is an error, the page
//! that says so and the audit row of the refusal.

use crate::{
    audit::{self, Event},
    auth,
    error::{AppError, ErrorNotice},
    i18n::Lang,
    state::AppState,
    web::{Reader, Ui, page},
};
use askama::Template;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "errors/page.html")]
struct ErrorPage {
    ui: Ui,
    status: u16,
    title: String,
    text: String,
}

/// Resolves the session, answers, and draws what went wrong.
pub async fn context(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let path = request.uri().path().to_owned();
    // on the way in nothing is lost by asking for the page again
    let back = (request.method() == Method::GET || path.starts_with("/login"))
        .then(|| request.uri().path_and_query().map(ToString::to_string))
        .flatten();
    let matched = request
        .extensions()
        .get::<MatchedPath>()
        .map(|m| m.as_str().to_owned());
    let method = request.method().clone();
    // neither a file nor the pulse of the process waits for the database
    let (actor, down) = if path.starts_with("/static/") || path == "/healthz" {
        (None, None)
    } else {
        match auth::session::resolve(&state, &jar).await {
            Ok(actor) => (actor.map(Arc::new), None),
            Err(error) => (None, Some(error)),
        }
    };
    let ui = Ui::new(Reader {
        lang: jar
            .get("lang")
            .and_then(|c| Lang::from_code(c.value()))
            .unwrap_or_default(),
        actor,
        path,
        back,
        request_id: request
            .headers()
            .get("x-request-id")
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
        demo: state.config.demo,
        catalogue: state.shelf.now(),
        now: state.clock.now(),
    });
    request.extensions_mut().insert(ui.clone());
    let response = match down {
        Some(error) => error.into_response(),
        None => next.run(request).await,
    };
    let status = response.status();
    if matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
        && let Err(error) = audit_refusal(&state, &ui, method.as_str(), matched, status).await
    {
        return draw(&ui, error.into_response());
    }
    draw(&ui, response)
}

/// An error without a page of its own gets one.
fn draw(ui: &Ui, response: Response) -> Response {
    let status = response.status();
    let has_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    if !(status.is_client_error() || status.is_server_error()) || has_page {
        return response;
    }
    let notice = response.extensions().get::<ErrorNotice>().cloned();
    let kind = match status.as_u16() {
        400 | 403 | 404 | 405 | 409 | 413 | 503 => status.as_u16(),
        408 | 504 => 503,
        400..500 => 400,
        _ => 500,
    };
    let text = notice.and_then(|n| n.detail).map_or_else(
        || ui.t(&format!("error-{kind}-text")),
        |detail| ui.msg(&detail),
    );
    let template = ErrorPage {
        ui: ui.clone(),
        status: status.as_u16(),
        title: ui.t(&format!("error-{kind}-title")),
        text,
    };
    let mut drawn = page(status, &template).unwrap_or_else(|_| status.into_response());
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            drawn.headers_mut().insert(name, value.clone());
        }
    }
    drawn
}

/// Commits the refusal before the answer leaves (schema D24). A path that is no route refuses nothing.
async fn audit_refusal(
    state: &AppState,
    ui: &Ui,
    method: &str,
    matched: Option<String>,
    status: StatusCode,
) -> Result<(), AppError> {
    let (Some(actor), Some(route)) = (ui.actor(), matched) else {
        return Ok(());
    };
    if route.starts_with("/static") {
        return Ok(());
    }
    let object = ui
        .path()
        .split('/')
        .rev()
        .find_map(|part| part.parse::<Uuid>().ok());
    let event = match object {
        Some(id) => Event::on("access.refused", "unknown", id),
        None => Event::of("access.refused"),
    };
    let mut tx = state.db.begin_audit(actor, ui.request_id()).await?;
    let fields = serde_json::json!({ "method": method, "route": route, "status": status.as_u16() });
    audit::record(&mut tx, event.with(fields)).await?;
    tx.commit().await
}

/// The answer after a panic: the process lives, the reader gets a page and a number to quote.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that the layer asks for"
)]
pub fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("panic");
    AppError::internal(cause.to_owned()).into_response()
}
