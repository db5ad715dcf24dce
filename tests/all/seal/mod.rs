//! The seal on the audit trail, tried by a superuser who switches the triggers off: whatever was done to a
//! sealed row is found.

mod outside;
mod sealing;
mod tampering;

use crate::support::TestDb;
use sanad::{
    blobs::Blobs,
    clock::Clock,
    db::JobDb,
    jobs::Work,
    seal::{self, Report, SealKey, TrustedKey},
};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

/// A new key, in a file of its own.
pub fn key() -> (PathBuf, SealKey) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("sanad-seal-{}-{n}", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let key = SealKey::create(&file, "test.example/audit").unwrap();
    (file, key)
}

/// The means of background work over a test's database.
pub fn work(db: &TestDb) -> Work {
    let (file, key) = key();
    std::fs::remove_file(file).unwrap();
    Work {
        db: JobDb::new(db.options("sanad_job")),
        key: Arc::new(key),
        openings_per_hour: 60,
        blobs: Blobs::in_memory(),
        letters: None,
        papers: None,
        clock: Clock::system(),
    }
}

/// Seals exactly so many rows; other tests of the cluster may have a transaction open meanwhile, which a
/// seal waits for.
pub async fn seal_rows(work: &Work, rows: usize) {
    let ready = "select not exists (select from audit.event where xid >= pg_snapshot_xmin(pg_current_snapshot()))";
    for _ in 0..400 {
        let mut tx = work.db.begin("test").await.unwrap();
        if sqlx::query_scalar(ready).fetch_one(&mut *tx).await.unwrap() {
            break;
        }
        drop(tx);
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(work.seal().await.unwrap(), rows);
}

/// A trail of a few sealed rows.
struct Trail {
    db: TestDb,
    work: Work,
}

impl Trail {
    /// Three checkpoints of four rows each, with gaps between their numbers.
    async fn new() -> Self {
        let db = TestDb::new().await;
        let trail = Self {
            work: work(&db),
            db,
        };
        for _ in 0..3 {
            trail.write(4).await;
            trail.rolled_back().await;
            trail.seal(4).await;
        }
        trail
    }

    async fn seal(&self, rows: usize) {
        seal_rows(&self.work, rows).await;
    }

    async fn write(&self, rows: usize) {
        for _ in 0..rows {
            self.db
                .run("select audit.record('case.opened', 'case', gen_random_uuid(), 1::smallint, '{\"n\": 1}', 'reason')")
                .await;
        }
    }

    /// A number that no row has.
    async fn rolled_back(&self) {
        self.db
            .run("begin; select audit.record('case.opened', 'case', null, null, null, null); rollback")
            .await;
    }

    /// What a superuser can do when the triggers are switched off.
    async fn tamper(&self, sql: &str) {
        self.db
            .run(&format!("set session_replication_role = replica; {sql}"))
            .await;
    }

    /// The number of the row under a leaf.
    async fn row(&self, seq: i64) -> i64 {
        sqlx::query_scalar("select event_id from audit.leaf where seq = $1")
            .bind(seq)
            .fetch_one(&mut self.db.connect("postgres").await)
            .await
            .unwrap()
    }

    fn trusted(&self) -> Vec<TrustedKey> {
        vec![self.work.key.public()]
    }

    async fn report_against(&self, outside: Option<&str>) -> Report {
        let mut auditor = self.db.connect("sanad_audit").await;
        seal::verify(&mut auditor, &self.trusted(), outside)
            .await
            .unwrap()
    }

    async fn report(&self) -> Report {
        self.report_against(None).await
    }
}
