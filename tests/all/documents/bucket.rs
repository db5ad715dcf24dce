//! The same store in a bucket: what the program says to one, answered by a server of ours that keeps objects as
//! such services do.

use super::{ID, add, pdf};
use crate::support::{Client, TestApp};
use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use sanad::{blobs::Blobs, clock::Clock, documents::sweep, i18n::Lang, router};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::net::TcpListener;

const NAME: &str = "documents";

/// What the bucket holds, and whether it answers.
#[derive(Debug, Default)]
struct Bucket {
    objects: Mutex<BTreeMap<String, Bytes>>,
    closed: AtomicBool,
}

impl Bucket {
    /// Opens one on a free port; how the program reaches it.
    async fn open() -> (Arc<Self>, Blobs) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let bucket = Arc::new(Self::default());
        let service = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&bucket));
        tokio::spawn(async move { axum::serve(listener, service).await });
        let endpoint = format!("http://{address}");
        let settings = [
            ("AWS_ENDPOINT", endpoint.as_str()),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_ACCESS_KEY_ID", "somebody"),
            ("AWS_SECRET_ACCESS_KEY", "a secret"),
            ("PATH", "/not/ours"),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
        (bucket, Blobs::in_bucket(NAME, settings).unwrap())
    }

    fn put(&self, key: &str, headers: &HeaderMap, body: Bytes) -> Response {
        let mut objects = self.objects.lock().unwrap();
        if objects.contains_key(key) && headers.contains_key("if-none-match") {
            return StatusCode::PRECONDITION_FAILED.into_response();
        }
        objects.insert(key.to_owned(), body);
        [("etag", "\"x\"")].into_response()
    }

    fn get(&self, key: &str) -> Response {
        match self.objects.lock().unwrap().get(key) {
            Some(bytes) => {
                let headers = [
                    ("etag", "\"x\""),
                    ("last-modified", "Thu, 26 Nov 2026 08:00:00 GMT"),
                ];
                (headers, bytes.clone()).into_response()
            }
            None => StatusCode::NOT_FOUND.into_response(),
        }
    }

    fn list(&self) -> Response {
        let objects = self.objects.lock().unwrap();
        let listed: String = objects
            .iter()
            .map(|(key, bytes)| {
                let size = bytes.len();
                format!(
                    "<Contents><Key>{key}</Key><LastModified>2026-11-26T08:00:00.000Z</LastModified>\
                     <ETag>\"x\"</ETag><Size>{size}</Size></Contents>"
                )
            })
            .collect();
        format!("<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>")
            .into_response()
    }

    /// Several at once, named in XML.
    fn delete(&self, body: &str) -> Response {
        let mut objects = self.objects.lock().unwrap();
        let told: String = body
            .split("<Key>")
            .skip(1)
            .map(|part| {
                let key = part.split("</Key>").next().unwrap_or_default();
                objects.remove(key);
                format!("<Deleted><Key>{key}</Key></Deleted>")
            })
            .collect();
        format!("<DeleteResult>{told}</DeleteResult>").into_response()
    }
}

async fn answer(State(bucket): State<Arc<Bucket>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    if bucket.closed.load(Ordering::Relaxed) || !head.headers.contains_key("authorization") {
        return StatusCode::FORBIDDEN.into_response();
    }
    let key = head.uri.path().trim_start_matches('/');
    let key = key.strip_prefix(NAME).unwrap_or_default();
    let key = key.trim_start_matches('/').to_owned();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    match head.method {
        Method::PUT => bucket.put(&key, &head.headers, body),
        Method::POST => bucket.delete(std::str::from_utf8(&body).unwrap()),
        Method::GET if key.is_empty() => bucket.list(),
        Method::GET | Method::HEAD => bucket.get(&key),
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

async fn over(blobs: &Blobs) -> (TestApp, Client) {
    let mut app = TestApp::new().await;
    app.state.blobs = blobs.clone();
    let mut client = app.client("worker1.rabat");
    client.turn_to(router::app(app.state.clone()));
    (app, client)
}

#[tokio::test]
async fn a_bucket_keeps_documents_sealed_and_gives_them_back() {
    let (bucket, blobs) = Bucket::open().await;
    let (app, client) = over(&blobs).await;
    let bytes = pdf(&"CANARY-IN-THE-BUCKET ".repeat(60_000));
    let added = add(&client, "رسم ولادة", ("a.pdf", &bytes)).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let there = client.get(&format!("/documents/{ID}/download")).await;
    assert_eq!(there.body.as_bytes(), bytes);
    let (name, lies) = {
        let objects = bucket.objects.lock().unwrap();
        let (name, lies) = objects.first_key_value().unwrap();
        (name.clone(), lies.clone())
    };
    let canary = b"CANARY";
    assert!(!lies.windows(canary.len()).any(|window| window == canary));
    assert!(!name.contains(ID));
    // a byte turned over there is found here
    let mut turned = lies.to_vec();
    turned[100] ^= 1;
    bucket.objects.lock().unwrap().insert(name, turned.into());
    let damaged = client.get(&format!("/documents/{ID}/download")).await;
    assert_ne!(damaged.status, StatusCode::OK);
    let told = "select count(*) from audit.event where action = 'document.opened'";
    assert!(app.db.ask::<i64>(told).await >= 1);
}

#[tokio::test]
async fn a_name_is_given_once_and_leftovers_are_swept() {
    let (bucket, blobs) = Bucket::open().await;
    let (app, client) = over(&blobs).await;
    add(&client, "رسم ولادة", ("a.pdf", &pdf("words"))).await;
    let orphan = uuid::Uuid::from_u128(7);
    let one = || vec![Bytes::from_static(b"x")];
    blobs.put(orphan, one()).await.unwrap();
    assert!(blobs.put(orphan, one()).await.is_err(), "it is taken");
    assert!(blobs.has(orphan).await.unwrap());
    // the world's own documents lie in another store
    let mut owner = app.db.connect("postgres").await;
    let later = Clock::system().now() + TimeDelta::days(2);
    let swept = sweep(&mut owner, &blobs, later, false).await.unwrap();
    assert_eq!((swept.kept, swept.removed), (1, 1));
    assert!(!blobs.has(orphan).await.unwrap());
    assert_eq!(bucket.objects.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_bucket_that_does_not_let_us_in_loses_nothing() {
    let (bucket, blobs) = Bucket::open().await;
    let (app, client) = over(&blobs).await;
    bucket.closed.store(true, Ordering::Relaxed);
    let count = "select count(*) from app.attachment";
    let before: i64 = app.db.ask(count).await;
    let refused = add(&client, "رسم ولادة", ("a.pdf", &pdf("words"))).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.says(Lang::Ar, "error-503-title"));
    assert_eq!(
        app.db.ask::<i64>(count).await,
        before,
        "no row without bytes"
    );
}
