//! A form with a file, read as it comes in: fields into a [`Form`], the file into memory up to its limit. What
//! is larger is read to its end and dropped, so that the answer can be told beside the field.

use super::{Refusal, inspect::MAX_BYTES};
use crate::{error::AppError, forms::Form, state::AppState};
use axum::{
    body::Bytes,
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Name of the field that holds the file.
const FILE: &str = "file";
/// Longest text of another field, in bytes.
const MAX_TEXT: usize = 64 * 1024;
/// Fields of one form: a decision of the plan may name every city.
const MAX_FIELDS: usize = 100;
/// Bytes of all files under way together, in KiB: the memory that uploads may take.
const BUDGET_KIB: u32 = 96 * 1024;
/// How long a file waits for its share of it.
const PATIENCE: Duration = Duration::from_secs(5);

static BUDGET: Semaphore = Semaphore::const_new(BUDGET_KIB as usize);

/// A form with a file.
pub struct Upload {
    /// Its fields, without the file.
    pub form: Form,
    /// The file, if one was chosen.
    pub file: Option<Received>,
    /// The memory that it takes, given back with it.
    pub share: Option<SemaphorePermit<'static>>,
}

/// A file as it was received.
#[derive(Clone)]
pub struct Received {
    /// What the sender's file is called.
    pub name: String,
    /// Its bytes, or that they were too many.
    pub bytes: Result<Bytes, Refusal>,
    /// Their hash.
    pub sha256: [u8; 32],
}

/// Somebody's document: never in a log.
impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Upload(…)")
    }
}

/// Neither its bytes nor what it is called.
impl std::fmt::Debug for Received {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Received(…)")
    }
}

impl FromRequest<AppState> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let is_multipart = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|v| v.as_bytes().starts_with(b"multipart/form-data"));
        if !is_multipart {
            // a form without a file: refused beside its fields
            let form = Form::from_request(request, state).await?;
            return Ok(Self {
                form,
                file: None,
                share: None,
            });
        }
        let share = share_of(request.headers())
            .await
            .map_err(IntoResponse::into_response)?;
        let mut request = request;
        // the limit is ours: what is too large is told, not cut off
        DefaultBodyLimit::disable().apply(&mut request);
        let parts = Multipart::from_request(request, state)
            .await
            .map_err(|_| AppError::BadRequest.into_response())?;
        let (form, file) = read(parts).await.map_err(IntoResponse::into_response)?;
        Ok(Self {
            form,
            file,
            share: Some(share),
        })
    }
}

/// Waits for the memory that the body will take.
async fn share_of(headers: &HeaderMap) -> Result<SemaphorePermit<'static>, AppError> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok()?.parse::<usize>().ok())
        .map_or(MAX_BYTES, |bytes| bytes.min(MAX_BYTES));
    let share = u32::try_from(announced / 1024 + 1).map_err(AppError::internal)?;
    let Ok(share) = tokio::time::timeout(PATIENCE, BUDGET.acquire_many(share)).await else {
        tracing::warn!("documents.too_many_uploads");
        return Err(AppError::Unavailable);
    };
    share.map_err(AppError::internal)
}

async fn read(mut parts: Multipart) -> Result<(Form, Option<Received>), AppError> {
    let (mut form, mut file) = (Form::new(), None);
    let mut fields = 0;
    while let Some(field) = parts.next_field().await.map_err(broken)? {
        fields += 1;
        let name = field.name().unwrap_or_default().to_owned();
        if fields > MAX_FIELDS || name.is_empty() || (name == FILE && file.is_some()) {
            return Err(AppError::BadRequest);
        }
        if name != FILE {
            let text = collect(field, MAX_TEXT).await?.0;
            let text = text.map_err(|_| AppError::BadRequest)?;
            form.receive(&name, &String::from_utf8_lossy(&text));
            continue;
        }
        let called = field.file_name().unwrap_or_default().to_owned();
        let (bytes, sha256) = collect(field, MAX_BYTES).await?;
        // what a browser sends when nothing was chosen
        if called.is_empty() && bytes.as_ref().is_ok_and(Bytes::is_empty) {
            continue;
        }
        file = Some(Received {
            name: called,
            bytes,
            sha256,
        });
    }
    Ok((form, file))
}

/// The content of a field; of what is longer, only that it is.
async fn collect(
    mut field: Field<'_>,
    max: usize,
) -> Result<(Result<Bytes, Refusal>, [u8; 32]), AppError> {
    let mut kept = Some(Vec::new());
    let mut hasher = Sha256::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if let Some(bytes) = &mut kept {
            if bytes.len() + chunk.len() > max {
                kept = None;
                continue;
            }
            hasher.update(&chunk);
            bytes.extend_from_slice(&chunk);
        }
    }
    let bytes = kept.map(Bytes::from).ok_or(Refusal::TooLarge);
    Ok((bytes, hasher.finalize().into()))
}

/// The line was cut, or this is no such form.
fn broken(_: MultipartError) -> AppError {
    AppError::BadRequest
}
