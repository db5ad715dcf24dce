//! The walls around a meeting, tried by who can run any statement as the application's role.

use crate::support::{
    TestDb, id,
    role::{reads, refused_by, tries},
    world,
};

const REFUSED: &str = "42501";

async fn rabat() -> TestDb {
    let db = TestDb::new().await;
    world::build(&db).await;
    db
}

#[tokio::test]
async fn a_meeting_is_read_where_it_belongs_and_a_point_by_who_does_it() {
    let db = rabat().await;
    for (username, meetings, attended, points) in [
        ("worker1.rabat", 6, 3, 1),
        ("worker2.rabat", 6, 3, 2),
        ("supervisor.rabat", 6, 3, 3),
        ("focal.rabat", 6, 3, 0),
        ("prosecutor.rabat", 6, 3, 0),
        ("supervisor.sale", 2, 1, 1),
        ("steering", 8, 4, 4),
        ("institution.rabat", 0, 0, 0),
        ("admin", 0, 0, 0),
        ("dpo", 0, 0, 0),
    ] {
        for (table, rows) in [
            ("team_meeting", meetings),
            ("team_meeting_city", meetings),
            ("attendance", attended),
            ("action_point", points),
        ] {
            let seen = reads(&db, username, &format!("select t from plan.{table} t")).await;
            assert_eq!(seen.len(), rows, "{username} {table}");
        }
    }
}

#[tokio::test]
async fn a_meeting_is_kept_by_its_own_and_nothing_of_it_is_taken_away() {
    let db = rabat().await;
    let refused = Err(REFUSED.to_owned());
    let meeting = |territory: &str, kind: &str, by: &str| {
        format!(
            "insert into plan.team_meeting (id, territory_id, kind, held_at, remote, agenda, made_by, changed_by)
             values (gen_random_uuid(), {territory}, '{kind}', now(), true, '{{}}', '{0}', '{0}')",
            id(by)
        )
    };
    for (username, territory, kind) in [
        ("worker1.rabat", "1", "periodic"),
        ("prosecutor.rabat", "1", "periodic"),
        ("supervisor.rabat", "2", "periodic"),
        ("supervisor.rabat", "null", "steering"),
        ("steering", "1", "periodic"),
    ] {
        let done = tries(&db, username, &meeting(territory, kind, username)).await;
        assert_eq!(done, refused, "{username} {territory}");
    }
    let by = refused_by(
        &db,
        "supervisor.rabat",
        &meeting("1", "steering", "supervisor.rabat"),
    )
    .await;
    assert_eq!(by, "team_meeting_keeper");
    for (username, territory, kind) in [
        ("supervisor.rabat", "1", "periodic"),
        ("steering", "null", "steering"),
    ] {
        let done = tries(&db, username, &meeting(territory, kind, username)).await;
        assert_eq!(done, Ok(1), "{username}");
    }
    for table in [
        "team_meeting",
        "team_meeting_city",
        "attendance",
        "action_point",
    ] {
        let sql = format!("delete from plan.{table}");
        assert_eq!(
            tries(&db, "supervisor.rabat", &sql).await,
            refused,
            "{table}"
        );
    }
    for sql in [
        "update plan.action_point set text = 'x'",
        "update plan.action_point set owner_user_id = null",
        "update plan.attendance set seat_id = null",
        "update plan.team_meeting set territory_id = 2",
    ] {
        assert_eq!(tries(&db, "supervisor.rabat", sql).await, refused, "{sql}");
    }
}

#[tokio::test]
async fn what_belongs_to_a_meeting_is_of_one_that_was_held() {
    let db = rabat().await;
    let me = id("supervisor.rabat");
    let (held, planned) = (id("meeting rabat.mine"), id("meeting planned rabat.mine"));
    let point = |meeting, owner: &str| {
        format!(
            "insert into plan.action_point (id, meeting_id, text, owner_user_id, due_on, made_by)
             values (gen_random_uuid(), '{meeting}', 'x', '{}', current_date, '{me}')",
            id(owner)
        )
    };
    let seat = |meeting, seat: &str| {
        format!(
            "insert into plan.attendance (meeting_id, seat_id, state, noted_by) values ('{meeting}', '{}', 'absent', '{me}')",
            id(seat)
        )
    };
    let state = |meeting, to: &str| {
        let why = if to == "cancelled" { "'x'" } else { "null" };
        format!(
            "update plan.team_meeting set state = '{to}', why = {why}, state_by = '{me}', state_at = now() where id = '{meeting}'"
        )
    };
    for (sql, wall) in [
        (point(planned, "worker1.rabat"), "meeting_held"),
        (point(held, "worker1.sale"), "meeting_person"),
        (point(held, "steering"), "meeting_person"),
        (point(held, "worker1.rabat"), "taken"),
        (seat(planned, "seat rabat.mine"), "meeting_held"),
        (seat(held, "seat sale.mine"), "meeting_seat"),
        (seat(held, "seat rabat.mine"), "attendance_once"),
        (seat(held, "seat rabat.colleague"), "taken"),
        (state(held, "cancelled"), "team_meeting_over"),
        (state(planned, "held"), "team_meeting_to_come"),
        (state(planned, "cancelled"), "taken"),
        (state(planned, "held"), "team_meeting_over"),
    ] {
        assert_eq!(
            refused_by(&db, "supervisor.rabat", &sql).await,
            wall,
            "{sql}"
        );
    }
    // and who may close a point says so in their own name
    let close = |by: &str| {
        format!(
            "update plan.action_point set done_at = now(), done_by = '{}' where text = 'x'",
            id(by)
        )
    };
    assert_eq!(
        tries(&db, "worker1.rabat", &close("supervisor.rabat")).await,
        Err(REFUSED.to_owned())
    );
    assert_eq!(
        tries(&db, "worker2.rabat", &close("worker2.rabat")).await,
        Ok(0)
    );
    assert_eq!(
        tries(&db, "worker1.rabat", &close("worker1.rabat")).await,
        Ok(1)
    );
}
