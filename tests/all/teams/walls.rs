//! The walls around a team, tried by who can run any statement as the application's role.

use crate::support::{
    TestDb, id,
    role::{reads, refused_by, tries},
    world,
};
use sqlx::AssertSqlSafe;

const REFUSED: &str = "42501";

async fn rabat() -> TestDb {
    let db = TestDb::new().await;
    world::build(&db).await;
    db
}

#[tokio::test]
async fn a_team_is_read_where_it_belongs() {
    let db = rabat().await;
    for (username, rows) in [
        ("worker1.rabat", 3),
        ("focal.rabat", 3),
        ("prosecutor.rabat", 3),
        ("supervisor.sale", 1),
        ("prosecutor.sale", 1),
        ("steering", 4),
        ("institution.rabat", 0),
        ("admin", 0),
        ("dpo", 0),
    ] {
        for table in ["seat", "designation", "member", "scan"] {
            let seen = reads(&db, username, &format!("select t from plan.{table} t")).await;
            assert_eq!(seen.len(), rows, "{username} {table}");
        }
    }
    // whoever draws the register of the country counts seats, and reads no name
    let mut stat = db.connect("sanad_stat").await;
    let seats: Vec<i64> =
        sqlx::query_scalar("select seats from plan.team_today order by territory_id")
            .fetch_all(&mut stat)
            .await
            .unwrap();
    assert_eq!(seats, [3, 1]);
    for sql in [
        "select name_la from plan.member",
        "select letter_ref from plan.designation",
        "select made_by from plan.seat",
        "select id from plan.scan",
    ] {
        let read = sqlx::query(AssertSqlSafe(sql)).execute(&mut stat).await;
        assert!(read.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn a_team_is_written_by_its_supervisor_alone_and_nothing_of_it_is_taken_away() {
    let db = rabat().await;
    let seat = |territory: i16, by: &str| {
        format!(
            "insert into plan.seat (id, territory_id, sector, organisation_name, made_by)
             values (gen_random_uuid(), {territory}, 'ngo', 'x', '{}')",
            id(by)
        )
    };
    let refused = Err(REFUSED.to_owned());
    for (username, territory, by) in [
        ("worker1.rabat", 1, "worker1.rabat"),
        ("prosecutor.rabat", 1, "prosecutor.rabat"),
        ("steering", 1, "steering"),
        ("supervisor.rabat", 2, "supervisor.rabat"),
        ("supervisor.rabat", 1, "supervisor.sale"),
    ] {
        let done = tries(&db, username, &seat(territory, by)).await;
        assert_eq!(done, refused, "{username} {territory} {by}");
    }
    let done = tries(&db, "supervisor.rabat", &seat(1, "supervisor.rabat")).await;
    assert_eq!(done, Ok(1));
    for table in ["seat", "designation", "member", "scan"] {
        let sql = format!("delete from plan.{table}");
        assert_eq!(
            tries(&db, "supervisor.rabat", &sql).await,
            refused,
            "{table}"
        );
    }
    // another's seat, and who sits in it, are not moved, renamed or taken over
    for sql in [
        "update plan.seat set sector = 'ngo'",
        "update plan.designation set seat_id = gen_random_uuid()",
        "update plan.designation set letter_ref = 'x'",
        "update plan.member set designation_id = gen_random_uuid()",
        "update plan.scan set blob = gen_random_uuid()",
    ] {
        assert_eq!(tries(&db, "supervisor.rabat", sql).await, refused, "{sql}");
    }
}

#[tokio::test]
async fn a_designation_only_ends() {
    let db = rabat().await;
    let me = id("supervisor.rabat");
    let one = id("designation rabat.mine");
    let change = |valid: &str| {
        format!(
            "update plan.designation set valid = {valid}, ended_by = '{me}', ended_at = now() where id = '{one}'"
        )
    };
    for (valid, wall) in [
        (
            "daterange(current_date - 61, current_date)",
            "designation_only_ends",
        ),
        (
            "daterange(current_date - 60, current_date - 60)",
            "designation_days",
        ),
        ("daterange(current_date - 60, current_date + 9)", "taken"),
        (
            "daterange(current_date - 60, current_date + 10)",
            "designation_only_ends",
        ),
        (
            "daterange(current_date - 60, null)",
            "designation_only_ends",
        ),
        ("daterange(current_date - 60, current_date + 8)", "taken"),
    ] {
        let by = refused_by(&db, "supervisor.rabat", &change(valid)).await;
        assert_eq!(by, wall, "{valid}");
    }
    let insert = |since: &str| {
        format!(
            "insert into plan.designation (id, seat_id, territory_id, kind, valid, letter_ref, letter_on, made_by)
             values (gen_random_uuid(), '{}', 1, 'holder', daterange({since}), 'x', current_date, '{me}')",
            id("seat rabat.mine")
        )
    };
    for (since, wall) in [
        ("current_date, null", "designation_once"),
        ("date '2019-12-03', date '2019-12-31'", "designation_days"),
        ("current_date + 8, null", "taken"),
    ] {
        let by = refused_by(&db, "supervisor.rabat", &insert(since)).await;
        assert_eq!(by, wall, "{since}");
    }
    // a post is bound by the administration, and by nobody else
    let bind = format!(
        "select sec.bind_post('{}', '{}', '{one}')",
        id("worker1.rabat"),
        id("assignment worker1.rabat")
    );
    for username in ["supervisor.rabat", "worker1.rabat", "steering", "dpo"] {
        assert_eq!(
            refused_by(&db, username, &bind).await,
            REFUSED,
            "{username}"
        );
    }
    let look = format!("select app.posts_in_teams('{}')", id("worker1.rabat"));
    for username in ["supervisor.rabat", "steering"] {
        assert_eq!(
            refused_by(&db, username, &look).await,
            REFUSED,
            "{username}"
        );
    }
}
