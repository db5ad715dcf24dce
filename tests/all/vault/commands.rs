//! `sanad keys`, and the start of the server, as an operator meets them.

use crate::support::{TestDb, program::Place};
use std::{fs, os::unix::fs::PermissionsExt};

/// The keys of a new place: the master key is made where the setting says, told once, and never made again.
#[tokio::test]
async fn the_keys_are_made_by_the_first_of_two_commands() {
    let db = TestDb::new().await;
    db.run("delete from sec.vault_key").await;
    let place = Place::over(&db);
    let file = place.file("master-key");
    fs::remove_file(&file).unwrap();

    let first = place.run(&["keys", "init"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(first.out.contains("Master key made") && first.out.contains("The keys are made."));
    let made = fs::read_to_string(&file).unwrap();
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let digits = made.lines().last().unwrap();
    assert_eq!(digits.len(), 64);
    assert!(!first.out.contains(digits) && !first.err.contains(digits));

    let rows = "select string_agg(k::text, ',' order by k.id) from sec.vault_key k";
    let kept: String = db.ask(rows).await;
    let second = place.run(&["keys", "init"]);
    assert_eq!(second.code, Some(0), "{second:?}");
    assert_eq!(second.out, "The keys are there already, and open.\n");
    assert_eq!(db.ask::<String>(rows).await, kept);
    assert_eq!(fs::read_to_string(&file).unwrap(), made);
    let told = db.list("select action from audit.event").await;
    assert_eq!(told, ["keys.made"]);

    // where another master key lies, or none is set: a line, and nothing is written
    place.master_key(&"ab".repeat(32));
    let other = place.run(&["keys", "init"]);
    assert_eq!(other.code, Some(2), "{other:?}");
    assert!(other.err.contains("not the master key of this database"));
    assert_eq!(other.err.lines().count(), 1, "{}", other.err);
    assert_eq!(db.ask::<String>(rows).await, kept);
}

/// What a ceremony looks at before and after.
#[tokio::test]
async fn the_status_tells_which_key_wraps_and_a_rotation_makes_another() {
    let db = TestDb::new().await;
    let place = Place::over(&db);
    let status = place.run(&["keys", "status"]);
    assert_eq!(status.code, Some(0), "{status:?}");
    let lines: Vec<&str> = status.out.lines().collect();
    assert!(lines[0].starts_with("master key  "), "{}", status.out);
    assert_eq!(status.out.matches("in use").count(), 3, "{}", status.out);

    let rotated = place.run(&["keys", "rotate"]);
    assert_eq!(rotated.code, Some(0), "{rotated:?}");
    let newest: i32 = db.ask("select max(id) from sec.vault_key").await;
    let head = format!("Key {newest} wraps every data key now");
    assert!(rotated.out.starts_with(&head), "{}", rotated.out);
    let after = place.run(&["keys", "status"]);
    assert_eq!(after.out.matches("in use").count(), 3, "{}", after.out);
    assert_eq!(after.out.matches("retired").count(), 1, "{}", after.out);
    assert_eq!(after.out.lines().next(), status.out.lines().next());

    // one that was killed before its end is told, and taken up: no third key
    db.run("update sec.key_rotation set finished_at = null")
        .await;
    let halfway = place.run(&["keys", "status"]);
    assert!(
        halfway.out.contains("a rotation was interrupted"),
        "{}",
        halfway.out
    );
    let again = place.run(&["keys", "rotate"]);
    assert!(again.out.starts_with(&head), "{}", again.out);
    let whole = place.run(&["keys", "status"]);
    assert_eq!(whole.out, after.out);

    place.master_key(&"ab".repeat(32));
    let closed = place.run(&["keys", "status"]);
    assert_eq!(closed.code, Some(0), "it tells what is wrong: {closed:?}");
    assert_eq!(closed.out.matches("does not open").count(), 4);
    assert_eq!(place.run(&["keys", "rotate"]).code, Some(2));
}

/// Whoever starts it with the wrong key reads one line, and no page was served meanwhile.
#[tokio::test]
async fn the_server_does_not_start_with_a_master_key_that_is_not_the_databases() {
    let db = TestDb::new().await;
    let mut place = Place::over(&db);
    let file = place.file("master-key");
    let right = fs::read_to_string(&file).unwrap();
    let mut refused = |told: &str| {
        let said = place.refused();
        assert_eq!(said.code, Some(2), "{told}: {said:?}");
        assert_eq!(said.err.lines().count(), 1, "{}", said.err);
        assert!(said.err.contains(told), "{}", said.err);
        assert!(!said.out.contains("server.ready"), "{}", said.out);
    };
    let write = |digits: &str| fs::write(&file, digits).unwrap();
    write(&"ab".repeat(32));
    refused("SANAD_MASTER_KEY_FILE: not the master key of this database");
    write("ab");
    refused("holds no master key");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    refused("chmod 600");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    write(&right);
    db.run("delete from sec.vault_key").await;
    refused("sanad keys init");
}
