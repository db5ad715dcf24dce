//! Headers of every answer, written by one layer so that no handler can weaken them.

use crate::{config::Config, error::ErrorNotice, i18n::Msg};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::{Arc, LazyLock};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'";

/// A document that somebody brought in, not a page of ours: put into the extensions of its answer, it makes
/// the policy narrower, never wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sandbox {
    /// Kept as a file: nothing of it runs or is drawn.
    Kept,
    /// A picture, drawn by the browser in a page of its own.
    Picture,
    /// A PDF, drawn by the browser's reader.
    Pdf,
}

impl Sandbox {
    const fn policy(self) -> &'static str {
        match self {
            Self::Kept => {
                "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            }
            Self::Picture => {
                "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; \
                 form-action 'none'; frame-ancestors 'none'"
            }
            Self::Pdf => {
                "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; \
                 form-action 'none'; frame-ancestors 'none'"
            }
        }
    }
}

static FIXED: LazyLock<[(HeaderName, &str); 8]> = LazyLock::new(|| {
    [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        ),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ]
});

/// Adds them. What no handler marked as storable is `no-store`: a page about a child does not stay in the
/// cache of a shared computer.
pub async fn security_headers(
    State(config): State<Arc<Config>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let sandbox = response.extensions().get::<Sandbox>().copied();
    let headers = response.headers_mut();
    for (name, value) in FIXED.iter() {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
    if let Some(sandbox) = sandbox {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(sandbox.policy()),
        );
    }
    if config.is_https() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Refuses a POST that says nothing of where it comes from: the check against forged requests could not
/// judge it.
pub async fn require_origin(request: Request, next: Next) -> Response {
    let silent = !request.headers().contains_key("sec-fetch-site")
        && !request.headers().contains_key(header::ORIGIN);
    if request.method() == Method::POST && silent {
        let mut response = StatusCode::FORBIDDEN.into_response();
        response.extensions_mut().insert(ErrorNotice {
            status: StatusCode::FORBIDDEN,
            detail: Some(Msg::new("error-origin")),
        });
        return response;
    }
    next.run(request).await
}
