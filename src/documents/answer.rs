//! A document on its way to a reader: verified, written down, then sent, as a file or in a sandbox.

use super::{
    db::{self, Stored},
    domain::{Fault, Media, disposition, file_name},
};
use crate::{
    authz::{Require, can},
    blobs::{BlobError, Blobs, Reader},
    error::AppError,
    i18n::Msg,
    ids::AttachmentId,
    layers::Sandbox,
    reference::List,
    routes::Routes,
    state::AppState,
    vault::{Field, Holder, Key, Unreadable, Vault},
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use axum_extra::routing::TypedPath;
use futures_util::stream;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Looked at in the browser.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/documents/{id}/view", rejection(AppError))]
pub struct ViewPath {
    id: AttachmentId,
}

/// Kept as a file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/documents/{id}/download", rejection(AppError))]
pub struct DownloadPath {
    id: AttachmentId,
}

/// What is verified and sent from memory; what is larger is read twice, and never whole.
const AT_ONCE: i32 = 1024 * 1024;

pub(super) fn routes() -> Routes {
    Routes::default().get(view).get(download)
}

async fn view(
    path: ViewPath,
    me: Require<can::DocumentRead>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    answer(path.id, me, &state, &headers, true).await
}

async fn download(
    path: DownloadPath,
    me: Require<can::DocumentRead>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    answer(path.id, me, &state, &headers, false).await
}

async fn answer(
    id: AttachmentId,
    me: Require<can::DocumentRead>,
    state: &AppState,
    headers: &HeaderMap,
    inline: bool,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let stored = db::stored(&mut tx, &me.actor, id).await?;
    let verified = verified(tx.vault(), state, headers, &stored).await?;
    let whole = match verified {
        Ok(whole) => whole,
        Err(fault) => {
            db::unreadable(&mut tx, &me.actor, &stored, fault).await?;
            tx.commit().await?;
            return Err(AppError::Conflict(Msg::new(fault.key())));
        }
    };
    let inline = inline && stored.media.is_viewable();
    let how = if inline { "view" } else { "download" };
    db::opened(&mut tx, &me.actor, &stored, how).await?;
    tx.commit().await?;
    let words = stored
        .title
        .clone()
        .unwrap_or_else(|| me.ui.label(List::DocumentKind, &stored.kind));
    sent(state, whole, &stored, inline, &words).await
}

/// The bytes of a document that were found to be whole, and the same as on the day they were kept.
pub struct Whole {
    kept: Option<Zeroizing<Vec<u8>>>,
    key: Key,
}

/// Somebody's document: never in a log.
impl std::fmt::Debug for Whole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Whole(…)")
    }
}

/// Looks at all of a document before a byte of it is sent; what is wrong with it is for the caller to write down and to
/// tell. Refused where no page of its own was asked for.
pub async fn verified(
    vault: &Vault,
    state: &AppState,
    headers: &HeaderMap,
    stored: &Stored,
) -> Result<Result<Whole, Fault>, AppError> {
    if !is_page_of_its_own(headers) {
        return Err(AppError::Forbidden);
    }
    let holder = Holder::document(stored.id);
    let key = stored
        .key
        .as_ref()
        .ok_or(Unreadable::NoKey)
        .and_then(|key| vault.unwrap(holder, key))
        .map_err(BlobError::from);
    let verified = match key {
        Ok(key) => verify(&state.blobs, &key, stored)
            .await
            .map(|kept| Whole { kept, key }),
        Err(error) => Err(error),
    };
    match verified {
        Ok(whole) => Ok(Ok(whole)),
        Err(error) => {
            let fault = fault_of(error)?;
            tracing::error!(document = %stored.id, fault = fault.code(), "document.unreadable");
            Ok(Err(fault))
        }
    }
}

/// Sends it, once its opening is written down, under the name that these words make.
pub async fn sent(
    state: &AppState,
    whole: Whole,
    stored: &Stored,
    inline: bool,
    words: &str,
) -> Result<Response, AppError> {
    let body = match whole.kept {
        Some(bytes) => Body::from(Bytes::from_owner(bytes)),
        None => Body::from_stream(stream::try_unfold(
            read(&state.blobs, &whole.key, stored)
                .await
                .map_err(unavailable)?,
            next,
        )),
    };
    let name = disposition(inline, &file_name(words, stored.media));
    let mut response = body.into_response();
    let head = response.headers_mut();
    head.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(stored.media.mime()),
    );
    head.insert(header::CONTENT_LENGTH, HeaderValue::from(stored.size));
    let name = HeaderValue::from_str(&name).map_err(AppError::internal)?;
    head.insert(header::CONTENT_DISPOSITION, name);
    response.extensions_mut().insert(match stored.media {
        Media::Jpeg if inline => Sandbox::Picture,
        Media::Pdf if inline => Sandbox::Pdf,
        _ => Sandbox::Kept,
    });
    Ok(response)
}

/// A document is shown in a page of its own, which somebody asked for: never a part of another page, nor read
/// by a script. Browsers that do not say are let through; the other headers hold.
fn is_page_of_its_own(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-dest")
        .is_none_or(|dest| dest == "document")
}

async fn read(blobs: &Blobs, key: &Key, stored: &Stored) -> Result<Reader, BlobError> {
    let place = (Field::DOCUMENT, stored.id.0);
    Reader::open(
        blobs,
        stored.blob,
        key,
        place,
        u64::from(stored.size.unsigned_abs()),
    )
    .await
}

/// Reads all of it once: what is sent later was whole, and the same as on the day it was kept. Gives the bytes
/// of a small one.
async fn verify(
    blobs: &Blobs,
    key: &Key,
    stored: &Stored,
) -> Result<Option<Zeroizing<Vec<u8>>>, BlobError> {
    let mut reader = read(blobs, key, stored).await?;
    let mut hasher = Sha256::new();
    let mut kept: Option<Zeroizing<Vec<u8>>> = (stored.size <= AT_ONCE).then(Zeroizing::default);
    while let Some(chunk) = reader.next().await? {
        hasher.update(&*chunk);
        if let Some(kept) = &mut kept {
            kept.extend_from_slice(&chunk);
        }
    }
    let hash: [u8; 32] = hasher.finalize().into();
    if stored.sha256 != hash {
        return Err(Unreadable::Forged.into());
    }
    Ok(kept)
}

/// The next chunk of a document that is being sent. One that does not verify ends the answer where it stands:
/// the browser sees a broken file.
async fn next(mut reader: Reader) -> Result<Option<(Bytes, Reader)>, BlobError> {
    match reader.next().await {
        Ok(chunk) => Ok(chunk.map(|chunk| (Bytes::from_owner(chunk), reader))),
        Err(error) => {
            tracing::error!(%error, "document.stopped");
            Err(error)
        }
    }
}

fn fault_of(error: BlobError) -> Result<Fault, AppError> {
    match error {
        BlobError::Missing => Ok(Fault::Missing),
        BlobError::Damaged(_) => Ok(Fault::Damaged),
        error @ BlobError::Store(_) => Err(unavailable(error)),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err asks for"
)]
pub(super) fn unavailable(error: BlobError) -> AppError {
    tracing::error!(%error, "documents.store_fails");
    AppError::Unavailable
}
