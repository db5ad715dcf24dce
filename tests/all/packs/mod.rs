//! Packs: asked for, made once by background work, kept with their hashes, and handed out as they were made.

mod files;
mod keeping;
mod walls;

use crate::{
    seal::work,
    support::{Answer, Client, TestApp},
};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use sanad::jobs::Work;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};
use uuid::Uuid;

/// The world, in which three months were told.
async fn place() -> TestApp {
    let app = TestApp::new().await;
    app.db.run(include_str!("told.sql")).await;
    // names of places are read anew by whoever starts
    app.state.shelf.refresh(&app.state.db).await.unwrap();
    app
}

/// Background work over the documents of that application.
fn worker(app: &TestApp) -> Work {
    Work {
        blobs: app.state.blobs.clone(),
        ..work(&app.db)
    }
}

/// The form of a pack.
fn form<'a>(from: &'a str, to: &'a str, lang: &'a str) -> [(&'a str, &'a str); 3] {
    [("pack_from", from), ("pack_to", to), ("pack_lang", lang)]
}

/// Asks for one: its page.
async fn ask(reader: &Client, from: &str, to: &str, lang: &str) -> String {
    let answer = reader.post("/packs", &form(from, to, lang)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

/// The id in its address.
fn id_of(page: &str) -> Uuid {
    page.strip_prefix("/packs/").unwrap().parse().unwrap()
}

/// One that is asked for and made: its page.
async fn made(app: &TestApp, reader: &Client, lang: &str) -> String {
    let page = ask(reader, "2026-08", "2026-09", lang).await;
    worker(app).pack(id_of(&page)).await.unwrap();
    page
}

/// The bytes of a file of it.
async fn bytes(reader: &Client, page: &str, ending: &str) -> Vec<u8> {
    let path = format!("{page}/pack.{ending}");
    let request = reader.request(Method::GET, &path);
    reader
        .send_bytes(request.body(Body::empty()).unwrap())
        .await
}

/// The files of an archive, as text.
fn entries(archive: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut all = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        all.insert(file.name().to_owned(), text);
    }
    all
}

/// What the trail says of packs.
async fn trail(app: &TestApp) -> Vec<String> {
    app.db
        .list("select concat_ws(' ', action, coalesce(actor::text, 'nobody'), fields ->> 'format') from audit.event where action like 'pack.%' order by id")
        .await
}

/// Steps that a page shows as done; whether it looks again by itself.
fn shown(answer: &Answer) -> (usize, bool) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    (
        answer.body.matches("class=\"k\"").count(),
        answer.body.contains("http-equiv=\"refresh\""),
    )
}
