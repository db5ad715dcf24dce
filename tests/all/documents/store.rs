//! Where it lies: nothing to read there, and nothing that belongs to no document.

use super::{ID, InFolder, add, pdf};
use crate::support::TestDb;
use axum::{
    body::Bytes,
    http::{StatusCode, header},
};
use sanad::{
    clock::Clock,
    documents::{SweepError, sweep},
};

#[tokio::test]
async fn what_lies_on_the_disk_tells_nothing() {
    let here = InFolder::new().await;
    let client = here.client("worker1.rabat");
    let bytes = pdf(&"CANARY-IN-THE-DOCUMENT ".repeat(100_000));
    let answer = add(&client, "CANARY-TITLE", ("CANARY-NAME.pdf", &bytes)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    // two megabytes: read twice, never whole
    let seen = client.get(&format!("/documents/{ID}/download")).await;
    assert_eq!(seen.body.as_bytes(), bytes);
    assert_eq!(seen.header(header::CONTENT_LENGTH), bytes.len().to_string());
    assert_eq!(here.files().len(), 11);
    for file in here.files() {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(!name.contains(ID) && name.len() == 32, "{name}");
        let lies = std::fs::read(&file).unwrap();
        for plain in [&b"CANARY"[..], b"%PDF-1.7"] {
            assert!(
                !lies.windows(plain.len()).any(|window| window == plain),
                "{name}"
            );
        }
    }
    let told = here
        .app
        .db
        .list("select a::text from app.attachment a union all select e::text from audit.event e")
        .await
        .join("\n");
    assert!(!told.contains("CANARY-TITLE") && !told.contains(&hex::encode("CANARY-TITLE")));
    assert!(!told.contains("CANARY-NAME") && !told.contains(&hex::encode("CANARY-NAME")));
}

#[tokio::test]
async fn what_belongs_to_no_document_is_swept_after_a_day() {
    let here = InFolder::new().await;
    let orphan = uuid::Uuid::from_u128(7);
    let blobs = &here.app.state.blobs;
    blobs
        .put(orphan, vec![Bytes::from_static(b"x")])
        .await
        .unwrap();
    std::fs::write(here.folder.join("not-ours.txt"), "x").unwrap();
    let mut owner = here.app.db.connect("postgres").await;
    let now = Clock::system().now();
    let swept = sweep(&mut owner, blobs, now, false).await.unwrap();
    assert_eq!(
        (swept.kept, swept.removed, swept.missing),
        (10, 0, 0),
        "younger than a day"
    );
    let later = now + chrono::TimeDelta::hours(25);
    let swept = sweep(&mut owner, blobs, later, true).await.unwrap();
    assert_eq!(
        (swept.removed, blobs.has(orphan).await.unwrap()),
        (1, true),
        "only a look"
    );
    std::fs::remove_file(
        here.files()
            .iter()
            .find(|f| !f.to_str().unwrap().contains("00000007"))
            .unwrap(),
    )
    .unwrap();
    let swept = sweep(&mut owner, blobs, later, false).await.unwrap();
    assert_eq!((swept.kept, swept.removed, swept.missing), (9, 1, 1));
    assert!(!blobs.has(orphan).await.unwrap());
    assert!(here.folder.join("not-ours.txt").exists());
    // the folder of another database
    let empty = TestDb::new().await;
    for n in 100..130 {
        blobs
            .put(uuid::Uuid::from_u128(n), vec![Bytes::from_static(b"x")])
            .await
            .unwrap();
    }
    let refused = sweep(&mut empty.connect("postgres").await, blobs, later, false).await;
    assert!(
        matches!(
            refused,
            Err(SweepError::NotOurs {
                orphans: 39,
                all: 39
            })
        ),
        "{refused:?}"
    );
    assert!(blobs.has(uuid::Uuid::from_u128(100)).await.unwrap());
}
