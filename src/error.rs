//! The one error of the edge. A slice may have small enums of its own; what leaves a handler is this.
//!
//! The reader sees a page in their language with the request id, never a cause; the log has the cause
//! once, where it is turned into an answer.

use crate::i18n::Msg;
use axum::{
    extract::rejection::PathRejection,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Why a request was not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No such thing, or not in the reader's scope: the two are told apart by nobody.
    #[error("not found")]
    NotFound,
    /// The role lacks the permission of the route.
    #[error("forbidden")]
    Forbidden,
    /// Nobody is signed in; the path to come back to.
    #[error("sign-in required")]
    SignIn(String),
    /// The last factor is too old for this; where to go on afterwards, and whether a form comes along.
    #[error("confirmation required")]
    Confirm {
        /// Path of what was asked.
        next: String,
        /// A form was sent: it is sent on to the confirmation, and back.
        is_form: bool,
    },
    /// The request cannot be understood.
    #[error("bad request")]
    BadRequest,
    /// The state of things forbids it now; the message says what to do.
    #[error("conflict: {0:?}")]
    Conflict(Msg),
    /// The database cannot answer now.
    #[error("unavailable")]
    Unavailable,
    /// Too many at once; come back in so many seconds.
    #[error("busy")]
    Busy(u8),
    /// Anything else: a fault of ours.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What the error page shows; put in the response, drawn by [`crate::web::context`], which knows the
/// reader's language.
#[derive(Debug, Clone)]
pub struct ErrorNotice {
    /// Status of the answer.
    pub status: StatusCode,
    /// A message of its own, when there is more to say than the status.
    pub detail: Option<Msg>,
}

impl AppError {
    /// Wraps a fault.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignIn(_) | Self::Confirm { is_form: false, .. } => StatusCode::SEE_OTHER,
            // keeps the method and the body
            Self::Confirm { is_form: true, .. } => StatusCode::TEMPORARY_REDIRECT,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Unavailable | Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = self.status();
        match self {
            Self::SignIn(back) => onward(status, "/login", &back),
            Self::Confirm { next, .. } => onward(status, "/account/confirm", &next),
            error => {
                if let Self::Internal(cause) = &error {
                    tracing::error!(cause = %redacted(cause.as_ref()), "request.failed");
                }
                let mut response = status.into_response();
                if let Self::Busy(seconds) = error {
                    let seconds = HeaderValue::from(u16::from(seconds));
                    response.headers_mut().insert(header::RETRY_AFTER, seconds);
                }
                let detail = if let Self::Conflict(msg) = error {
                    Some(msg)
                } else {
                    None
                };
                response
                    .extensions_mut()
                    .insert(ErrorNotice { status, detail });
                response
            }
        }
    }
}

/// To another page first, and then to `next`.
fn onward(status: StatusCode, path: &str, next: &str) -> Response {
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    (status, [(header::LOCATION, format!("{path}?{query}"))]).into_response()
}

/// A database error may quote a row ("Failing row contains …"): keep its code and constraint only.
fn redacted(cause: &(dyn std::error::Error + 'static)) -> String {
    match cause.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Database(db)) => format!(
            "database {} {}: {}",
            db.code().unwrap_or_default(),
            db.constraint().unwrap_or("-"),
            db.message()
        ),
        _ => cause.to_string(),
    }
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Io(_)
            | sqlx::Error::WorkerCrashed => {
                tracing::warn!(cause = %error, "database.unavailable");
                Self::Unavailable
            }
            // 57P0x: shutting down or starting up. 55000: not accepting connections. 57014, 55P03: a time
            // limit of ours.
            sqlx::Error::Database(db)
                if db.code().is_some_and(|c| {
                    c.starts_with("57P0")
                        || c.starts_with("08")
                        || ["55000", "57014", "55P03"].contains(&c.as_ref())
                }) =>
            {
                tracing::warn!(code = %db.code().unwrap_or_default(), "database.unavailable");
                Self::Unavailable
            }
            sqlx::Error::RowNotFound => Self::NotFound,
            // row security refused a write that a page should have refused before: nothing was done
            sqlx::Error::Database(db) if db.code().is_some_and(|c| c == "42501") => {
                tracing::warn!(refusal = db.message(), "database.refused");
                Self::Forbidden
            }
            _ => Self::Internal(Box::new(error)),
        }
    }
}

impl From<PathRejection> for AppError {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<askama::Error> for AppError {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}

/// Whether the database refused because of that named constraint: the judge of every race.
pub fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    matches!(error, sqlx::Error::Database(db) if db.constraint() == Some(constraint))
}
