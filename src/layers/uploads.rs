//! Around a form that brings a file. A browser that is still sending does not read: whatever the answer is,
//! what is left of the body is read first, within bounds. And a session that ended meanwhile is explained.

use axum::{
    body::{Body, BodyDataStream, Bytes},
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use futures_util::{StreamExt, stream};
use std::{sync::Arc, time::Duration};
use tokio::sync::Mutex;

/// Read of a body that nobody wants any more.
const DRAIN_BYTES: usize = 64 * 1024 * 1024;
/// Time for it.
const DRAIN_TIME: Duration = Duration::from_mins(1);

/// The body, left to whoever reads first.
type Shared = Arc<Mutex<BodyDataStream>>;

async fn next(shared: Shared) -> Option<(Result<Bytes, axum::Error>, Shared)> {
    let item = shared.lock().await.next().await?;
    Some((item, shared))
}

/// Reads what the handler left, and says what became of the document if nobody is signed in any more.
pub async fn upload(request: Request, next_layer: Next) -> Response {
    let path = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let shared: Shared = Arc::new(Mutex::new(body.into_data_stream()));
    let body = Body::from_stream(stream::unfold(Arc::clone(&shared), next));
    let response = next_layer.run(Request::from_parts(parts, body)).await;
    if tokio::time::timeout(DRAIN_TIME, drain(shared))
        .await
        .is_err()
    {
        tracing::debug!("upload.not_drained");
    }
    if is_sign_in(&response) {
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("next", &path)
            .append_pair("lost", "document")
            .finish();
        return Redirect::to(&format!("/login?{query}")).into_response();
    }
    response
}

async fn drain(shared: Shared) {
    let mut read = 0;
    let mut body = shared.lock().await;
    while let Some(Ok(bytes)) = body.next().await {
        read += bytes.len();
        if read > DRAIN_BYTES {
            return;
        }
    }
}

fn is_sign_in(response: &Response) -> bool {
    let location = response.headers().get(header::LOCATION);
    response.status() == StatusCode::SEE_OTHER
        && location.is_some_and(|to| to.as_bytes().starts_with(b"/login?"))
}
