//! Every slice's routes, and the layers around them in one visible list.

use crate::{
    account, admin, assessments, audit, auth, care_plans, cases, children, city_figures, clinical,
    closure, contacts, dashboard, documents, drafts, duplicates,
    error::AppError,
    families, identity, jobs,
    layers::{context, panicked, require_origin, security_headers, upload},
    meetings, mothers, notices, packs, papers, plan, prosecution, protection, reports, requests,
    rights,
    routes::Routes,
    search, services, shelter,
    state::AppState,
    tasks, teams, transfers, visits,
    web::serve_asset,
};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use std::sync::Arc;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The routes of every slice.
pub fn routes() -> Routes {
    Routes::default()
        .merge(auth::routes())
        .merge(account::routes())
        .merge(admin::routes())
        .merge(contacts::routes())
        .merge(cases::routes())
        .merge(children::routes())
        .merge(mothers::routes())
        .merge(services::routes())
        .merge(shelter::routes())
        .merge(reports::routes())
        .merge(requests::routes())
        .merge(visits::routes())
        .merge(tasks::routes())
        .merge(documents::routes())
        .merge(drafts::routes())
        .merge(prosecution::routes())
        .merge(papers::routes())
        .merge(protection::routes())
        .merge(clinical::routes())
        .merge(assessments::routes())
        .merge(care_plans::routes())
        .merge(notices::routes())
        .merge(rights::routes())
        .merge(duplicates::routes())
        .merge(identity::routes())
        .merge(search::routes())
        .merge(families::routes())
        .merge(closure::routes())
        .merge(transfers::routes())
        .merge(dashboard::routes())
        .merge(city_figures::routes())
        .merge(plan::routes())
        .merge(teams::routes())
        .merge(meetings::routes())
        .merge(packs::routes())
        .merge(audit::routes())
        .merge(jobs::routes())
}

/// The application.
pub fn app(state: AppState) -> Router {
    layered(routes(), state)
}

/// Routes inside, then layers from the innermost to the outermost. The tests put routes of their own
/// inside, that panic or sleep.
pub fn layered(routes: Routes, state: AppState) -> Router {
    let config = Arc::clone(&state.config);
    let timeout = |time| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time);
    let (pages, uploads) = routes.into_routers();
    // these bound their bodies themselves, so that a file too large is told beside its field
    let uploads = uploads
        .layer(timeout(config.upload_timeout))
        .layer(middleware::from_fn(upload));
    pages
        .route("/static/{*file}", get(serve_asset))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .fallback(|| async { AppError::NotFound })
        .layer(timeout(config.request_timeout))
        .layer(RequestBodyLimitLayer::new(config.body_limit))
        .merge(uploads)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(require_origin))
        .layer(middleware::from_fn_with_state(state.clone(), context))
        // once more around the layer that draws error pages
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().compress_when(compressible()))
        .layer(middleware::from_fn_with_state(config, security_headers))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            // the path without its query: codes and dates may stand there, and nobody should have to know
            let id = request.headers().get(REQUEST_ID).and_then(|v| v.to_str().ok()).unwrap_or("-");
            tracing::info_span!("request", method = %request.method(), path = told(request.uri().path()), id)
        }))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(middleware::from_fn(forget_request_id))
        .with_state(state)
}

/// A path as the log may have it: one that ends in what opens something by itself ends before that.
fn told(path: &str) -> &str {
    let opening = ["/calendar/", "/verify/"];
    let found = opening.into_iter().find(|begin| path.starts_with(*begin));
    found.unwrap_or(path)
}

/// Documents are packed already, and keep their length.
fn compressible() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new(
            "application/vnd.openxmlformats",
        ))
}

/// A number that the client chose would stand in the audit trail: ours replaces it.
async fn forget_request_id(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(REQUEST_ID);
    next.run(request).await
}

/// The process answers.
async fn healthz() -> &'static str {
    "ok"
}

/// The database answers and has every migration of this program.
async fn readyz(State(state): State<AppState>) -> Response {
    let ready = async {
        let mut tx = state.db.begin_anonymous().await?;
        let missing = crate::db::pending(&mut tx).await?;
        tx.commit().await?;
        Ok::<_, AppError>(missing)
    };
    match ready.await {
        Ok(0) => "ready".into_response(),
        Ok(missing) => {
            tracing::warn!(missing, "database.migrations_missing");
            AppError::Unavailable.into_response()
        }
        Err(error) => error.into_response(),
    }
}
