//! The seal on the audit trail, tried by a superuser who switches the triggers off: whatever was done to a
//! sealed row is found.

use crate::support::{TestApp, TestDb};
use sanad::{
    blobs::Blobs,
    clock::Clock,
    db::JobDb,
    jobs::Work,
    seal::{self, Fault, Report, SealKey, TrustedKey},
};
use sqlx::Connection;
use std::{
    path::PathBuf,
    process::Command,
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

#[tokio::test]
async fn what_was_sealed_verifies_and_the_rest_is_told() {
    let trail = Trail::new().await;
    trail.write(2).await;
    let report = trail.report().await;
    assert_eq!(report.faults, []);
    assert_eq!((report.leaves, report.checkpoints, report.tail), (12, 3, 2));
    assert!(report.tail_since.is_some());
    let (first, after) = (trail.row(3).await, trail.row(4).await);
    assert_eq!(after - first, 2, "a number that was lost is no fault");
    trail.seal(2).await;
    assert_eq!(
        trail.work.seal().await.unwrap(),
        0,
        "nothing waits: no empty checkpoint"
    );
    assert_eq!(trail.report().await.checkpoints, 4);
}

#[tokio::test]
async fn whatever_is_changed_in_a_sealed_row_is_found() {
    let trail = Trail::new().await;
    let id = trail.row(5).await;
    let changes = [
        ("at", "at = at + interval '1 microsecond'"),
        ("xid", "xid = '1'"),
        ("actor", "actor = gen_random_uuid()"),
        ("assignment", "assignment = gen_random_uuid()"),
        ("action", "action = 'case.closed'"),
        ("territory_id", "territory_id = 2"),
        ("object_kind", "object_kind = 'person'"),
        ("object_id", "object_id = gen_random_uuid()"),
        ("fields", "fields = '{\"n\": 2}'"),
        ("reason", "reason = null"),
        ("request_id", "request_id = 'x'"),
        ("row_hash", "row_hash = sha256('x')"),
        ("id", "id = 1000"),
    ];
    let mut columns: Vec<&str> = changes.iter().map(|(column, _)| *column).collect();
    columns.sort_unstable();
    let mut all = seal::COLUMNS.to_vec();
    all.sort_unstable();
    assert_eq!(columns, all, "each column has its probe");
    for (column, change) in changes {
        trail
            .tamper(&format!(
                "create table public.kept as select * from audit.event where id = {id};
                 alter table audit.event alter id set generated by default;
                 update audit.event set {change} where id = {id}"
            ))
            .await;
        let faults = trail.report().await.faults;
        let moved = ["id", "at"].contains(&column);
        let expected = if moved {
            Fault::Deleted(id)
        } else {
            Fault::Edited(id)
        };
        assert!(faults.contains(&expected), "{column}: {faults:?}");
        trail
            .tamper(&format!(
                "delete from audit.event where id in ({id}, 1000);
                 insert into audit.event overriding system value select * from public.kept; drop table public.kept"
            ))
            .await;
        assert_eq!(trail.report().await.faults, [], "{column} put back");
    }
}

#[tokio::test]
async fn the_text_that_is_hashed_has_every_column() {
    let db = TestDb::new().await;
    let columns = db
        .list("select attname::text from pg_attribute where attrelid = 'audit.event'::regclass and attnum > 0 and not attisdropped order by attnum")
        .await;
    assert_eq!(columns, seal::COLUMNS);
}

/// What is done, and the fault that tells of it.
type Probe = (&'static str, &'static str, fn(&Fault) -> bool);

/// The row under leaf 5 is that of most probes.
const PROBES: [Probe; 9] = [
    (
        "deleted",
        "delete from audit.event where id = (select event_id from audit.leaf where seq = 5)",
        |fault| matches!(fault, Fault::Deleted(_)),
    ),
    (
        "deleted with its leaf",
        "with gone as (delete from audit.leaf where seq = 5 returning event_id)
         delete from audit.event using gone where id = event_id",
        |fault| *fault == Fault::Gap(5),
    ),
    (
        "inserted with the transaction of another",
        "insert into audit.event (at, xid, action, row_hash)
         select at + interval '1 second', xid, 'case.opened', row_hash
         from audit.event where id = (select event_id from audit.leaf where seq = 5)",
        |fault| matches!(fault, Fault::Inserted(_)),
    ),
    (
        "inserted long before",
        "insert into audit.event (at, action, row_hash) values (now() - interval '1 day', 'case.opened', sha256('x'))",
        |fault| matches!(fault, Fault::Inserted(_)),
    ),
    (
        "reordered",
        "update audit.leaf set seq = -1 where seq = 5; update audit.leaf set seq = 5 where seq = 6;
         update audit.leaf set seq = 6 where seq = -1",
        |fault| *fault == Fault::Root(2),
    ),
    (
        "exchanged with its neighbour",
        "with two as (select e.* from audit.event e join audit.leaf l on l.event_id = e.id where l.seq in (5, 6))
         update audit.event e set object_id = o.object_id, xid = o.xid
         from two o, two mine where e.id = mine.id and o.id <> mine.id",
        |fault| matches!(fault, Fault::Edited(_)),
    ),
    (
        "another leaf",
        "update audit.leaf set hash = sha256('x') where seq = 5",
        |fault| *fault == Fault::Root(2),
    ),
    (
        "truncated",
        "delete from audit.event where id in (select event_id from audit.leaf where seq >= 9);
         delete from audit.leaf where seq >= 9",
        |fault| matches!(fault, Fault::Truncated { leaves: 9, sealed: 12 }),
    ),
    (
        "a checkpoint less",
        "delete from audit.checkpoint where id = 2",
        |fault| *fault == Fault::Missing(3),
    ),
];

#[tokio::test]
async fn rows_that_went_came_or_changed_places_are_found() {
    for (what, sql, found) in PROBES {
        let trail = Trail::new().await;
        trail.tamper(sql).await;
        let faults = trail.report().await.faults;
        assert!(faults.iter().any(found), "{what}: {faults:?}");
    }
}

/// Who forges the transaction number too gets the row sealed, and is found by its date.
#[tokio::test]
async fn a_row_with_an_older_date_is_found_after_it_was_sealed() {
    let trail = Trail::new().await;
    trail
        .tamper("insert into audit.event (at, action, row_hash) values (now() - interval '1 hour', 'case.opened', sha256('x'))")
        .await;
    trail.seal(1).await;
    let faults = trail.report().await.faults;
    assert!(matches!(faults[..], [Fault::Backdated(_)]), "{faults:?}");
}

#[tokio::test]
async fn a_checkpoint_counts_by_its_signature() {
    let trail = Trail::new().await;
    let note: String = trail
        .db
        .ask("select note from audit.checkpoint where id = 2")
        .await;
    // its text changed, its columns with it
    let forged = note.replacen("\n8\n", "\n7\n", 1).replace('\'', "''");
    trail
        .tamper(&format!(
            "update audit.checkpoint set size = 7, note = '{forged}' where id = 2"
        ))
        .await;
    let faults = trail.report().await.faults;
    assert!(
        faults.iter().any(|f| matches!(f, Fault::Note(2, _))),
        "{faults:?}"
    );

    // the columns alone
    let trail = Trail::new().await;
    trail
        .tamper("update audit.checkpoint set root = sha256('x') where id = 2")
        .await;
    let faults = trail.report().await.faults;
    assert!(
        faults.iter().any(|f| matches!(f, Fault::Note(2, _))),
        "{faults:?}"
    );

    // everything sealed anew, by whoever has the database but not the key
    let trail = Trail::new().await;
    trail
        .tamper("update audit.event set action = 'case.closed'; delete from audit.leaf; delete from audit.checkpoint")
        .await;
    let thief = work(&trail.db);
    seal_rows(&thief, 12).await;
    let faults = trail.report().await.faults;
    assert!(
        faults.iter().any(|f| matches!(f, Fault::Note(1, _))),
        "{faults:?}"
    );
}

/// Inside the database alone a shorter trail looks like a younger one: the paper of the committee tells.
#[tokio::test]
async fn a_trail_that_was_rolled_back_is_found_by_the_checkpoint_kept_outside() {
    let trail = Trail::new().await;
    let outside: String = trail
        .db
        .ask("select note from audit.checkpoint where id = 3")
        .await;
    let older: String = trail
        .db
        .ask("select note from audit.checkpoint where id = 2")
        .await;
    assert_eq!(trail.report_against(Some(&outside)).await.faults, []);
    trail
        .tamper(
            "delete from audit.event where id in (select event_id from audit.leaf where seq >= 8);
             delete from audit.leaf where seq >= 8; delete from audit.checkpoint where id = 3",
        )
        .await;
    assert_eq!(trail.report().await.faults, []);
    assert_eq!(trail.report_against(Some(&older)).await.faults, []);
    let faults = trail.report_against(Some(&outside)).await.faults;
    assert_eq!(
        faults,
        [Fault::RolledBack {
            outside: 12,
            leaves: 8
        }]
    );
    let garbage = trail.report_against(Some("nothing")).await.faults;
    assert!(matches!(garbage[..], [Fault::Note(0, _)]), "{garbage:?}");
}

/// Numbers are given before a commit: a slow transaction must not end up behind the seal; and nobody waits.
#[tokio::test]
async fn sealing_waits_for_slow_transactions_and_nobody_waits_for_sealing() {
    let trail = Trail::new().await;
    let mut slow = trail.db.connect("postgres").await;
    let mut open = slow.begin().await.unwrap();
    sqlx::query("select audit.record('case.opened', 'case', null, null, null, null)")
        .execute(&mut *open)
        .await
        .unwrap();
    trail.write(3).await;
    assert_eq!(
        trail.work.seal().await.unwrap(),
        0,
        "an older transaction still runs"
    );
    open.commit().await.unwrap();

    let mut sealing = trail.work.db.begin("seal_audit").await.unwrap();
    let mut sealed = 0;
    while sealed < 4 {
        let done = seal::seal(&mut sealing, &trail.work.key, Clock::system().now()).await;
        sealed += done.unwrap().map_or(0, |done| done.rows);
    }
    assert_eq!(sealed, 4);
    // not committed yet: others write, and a second sealer finds the place taken
    trail.write(1).await;
    assert_eq!(trail.work.seal().await.unwrap(), 0);
    sealing.commit().await.unwrap();
    trail.seal(1).await;
    assert_eq!(trail.report().await.faults, []);
}

#[tokio::test]
async fn a_sealing_that_was_cut_off_left_nothing() {
    let trail = Trail::new().await;
    trail.write(2).await;
    let mut sealing = trail.work.db.begin("seal_audit").await.unwrap();
    seal::seal(&mut sealing, &trail.work.key, Clock::system().now())
        .await
        .unwrap();
    drop(sealing);
    let report = trail.report().await;
    assert_eq!((report.faults, report.leaves, report.tail), (vec![], 12, 2));
    trail.seal(2).await;
}

/// On a damaged edge no new root is signed: it would make the damage look sealed.
#[tokio::test]
async fn nothing_is_sealed_on_damage() {
    let trail = Trail::new().await;
    trail
        .tamper("update audit.checkpoint set root = sha256('x') where id = 3")
        .await;
    trail.write(1).await;
    assert!(trail.work.seal().await.is_err());
}

/// After a restore elsewhere transactions are counted anew, and what was not sealed yet is sealed there.
#[tokio::test]
async fn a_trail_that_moved_to_another_cluster_is_sealed_on() {
    let trail = Trail::new().await;
    trail
        .tamper(
            "update audit.checkpoint set cluster = 'elsewhere' where id = 3;
             insert into audit.event (xid, action, row_hash) values ('99999999999', 'case.opened', sha256('x'))",
        )
        .await;
    trail.write(1).await;
    trail.seal(2).await;
    trail.write(1).await;
    trail.seal(1).await;
}

/// A database restored from a dump of this one.
async fn restored(db: &TestDb) -> TestDb {
    let copy = TestDb::empty().await;
    let bin: String = db
        .ask("select setting from pg_config where name = 'BINDIR'")
        .await;
    let server = |program: &str| {
        let mut command = Command::new(PathBuf::from(&bin).join(program));
        let options = db.options("postgres");
        command.args([
            "-U",
            "postgres",
            "-p",
            &options.get_port().to_string(),
            "-h",
        ]);
        command.arg(options.get_socket().unwrap());
        command
    };
    let told = |output: std::process::Output| {
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    };
    let dump = told(server("pg_dump").arg(db.name()).output().unwrap());
    let file = scratch(&copy, "sql", &dump);
    told(
        server("psql")
            .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", copy.name(), "-f"])
            .arg(&file)
            .output()
            .unwrap(),
    );
    std::fs::remove_file(file).unwrap();
    // the rights on a database are not dumped with it
    copy.run(&format!(
        "grant connect on database \"{}\" to sanad_audit, sanad_job",
        copy.name()
    ))
    .await;
    copy
}

/// A file of a test.
fn scratch(db: &TestDb, kind: &str, content: &[u8]) -> PathBuf {
    let file = std::env::temp_dir().join(format!("sanad-{}.{kind}", db.name()));
    std::fs::write(&file, content).unwrap();
    file
}

#[tokio::test]
async fn it_survives_a_dump_and_is_verified_from_the_command_line() {
    let trail = Trail::new().await;
    trail.write(1).await;
    let copy = restored(&trail.db).await;
    let keys = scratch(
        &copy,
        "keys",
        format!("{}\n", trail.work.key.public()).as_bytes(),
    );
    let text: String = trail
        .db
        .ask("select note from audit.checkpoint where id = 3")
        .await;
    let note = scratch(&copy, "note", text.as_bytes());
    let verify = || {
        let options = copy.options("sanad_audit");
        let (port, socket) = (options.get_port(), options.get_socket().unwrap().display());
        let url = format!(
            "postgres://sanad_audit@localhost:{port}/{}?host={socket}",
            copy.name()
        );
        let mut command = Command::new(env!("CARGO_BIN_EXE_sanad"));
        command.args(["audit", "verify", "--key"]).arg(&keys);
        command.arg("--checkpoint").arg(&note);
        let out = command
            .env("SANAD_AUDIT_DATABASE_URL", url)
            .output()
            .unwrap();
        (out.status.code(), String::from_utf8(out.stdout).unwrap())
    };
    let (code, told) = verify();
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains("leaves       12") && told.contains("not sealed   1 rows"),
        "{told}"
    );
    copy.run("set session_replication_role = replica; update audit.event set reason = 'other' where id = 3")
        .await;
    let (code, told) = verify();
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("row 3 was edited"), "{told}");
    // the copy goes on by itself
    let there = Work {
        db: JobDb::new(copy.options("sanad_job")),
        ..trail.work.clone()
    };
    seal_rows(&there, 1).await;
    there.db.close().await;
    for file in [keys, note] {
        std::fs::remove_file(file).unwrap();
    }
}

/// Whoever can read the key signs in our name.
#[test]
fn a_key_that_others_can_read_is_refused_and_none_is_overwritten() {
    use std::os::unix::fs::PermissionsExt as _;
    let (file, made) = key();
    let read = SealKey::read(&file).unwrap();
    assert_eq!(read.public().to_string(), made.public().to_string());
    assert!(SealKey::create(&file, "other.example/audit").is_err());
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert!(SealKey::read(&file).is_err());
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(&file, "PRIVATE+KEY+nothing").unwrap();
    assert!(SealKey::read(&file).is_err());
    std::fs::remove_file(file).unwrap();
}

/// The page of the daily root shows the note that stands, to those who print it.
#[tokio::test]
async fn the_daily_root_is_the_signed_one() {
    let app = TestApp::new().await;
    app.client("worker1.rabat").get("/cases").await;
    app.db
        .run("select audit.record('case.opened', 'case', null, null, null, null)")
        .await;
    let work = work(&app.db);
    seal_rows(&work, 1).await;
    let hash: String = app.db.ask("select encode(substr(root, 1, 2), 'hex') || ' ' || encode(substr(root, 3, 2), 'hex') from audit.checkpoint").await;
    for username in ["steering", "dpo", "admin"] {
        let answer = app.client(username).get("/audit/root").await;
        assert!(answer.body.contains(&hash), "{username}");
        assert!(answer.body.contains("test.example/audit") && answer.body.contains("class=\"qr\""));
    }
    let before = app.client("dpo").get("/audit/root?day=01/01/2020").await;
    assert!(!before.body.contains("test.example/audit"));
    for day in ["31/02/2026", "01/01/2199", "x"] {
        let answer = app
            .client("dpo")
            .get(&format!("/audit/root?day={day}"))
            .await;
        assert_eq!(answer.status.as_u16(), 422, "{day}");
        assert!(answer.body.contains("id=\"day-error\""), "{day}");
    }
}
