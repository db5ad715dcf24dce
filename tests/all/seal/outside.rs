//! The seal outside its database: a dump, the command line, the file of the key, the printed page.

use super::{Trail, key, seal_rows, work};
use crate::support::{TestApp, TestDb};
use sanad::{db::JobDb, jobs::Work, seal::SealKey};
use std::{path::PathBuf, process::Command};

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
