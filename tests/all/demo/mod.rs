//! The demonstration shows every state: each state of each machine of the program, and each code of each closed list
//! of the database, has a row; and a file has what its state says it must have. All of it is read from one
//! demonstration, whose story holds on every day (`demo::story::every_day`).

mod desks;
mod files;
mod lists;
mod months;
mod shown;
mod states;

use crate::support::{TestDb, database};
use sanad::{blobs::Blobs, clock::Clock, demo};
use std::collections::BTreeSet;
use tokio::sync::OnceCell;

/// The demonstration, told once for all of these tests. They read it and change nothing; it is dropped when the next
/// tests begin.
async fn told() -> &'static TestDb {
    static TOLD: OnceCell<TestDb> = OnceCell::const_new();
    TOLD.get_or_init(|| async {
        let db = TestDb::new().await;
        let blobs = Blobs::in_memory();
        let mut connection = db.connect("postgres").await;
        let stores = (&database::vault(), &blobs);
        demo::fill(&mut connection, &Clock::system(), stores)
            .await
            .unwrap();
        db
    })
    .await
}

async fn codes(db: &TestDb, sql: &str) -> BTreeSet<String> {
    db.list(sql).await.into_iter().collect()
}
