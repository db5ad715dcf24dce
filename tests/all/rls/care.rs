//! Assessments, plans and determinations: who sees them, and what the database refuses whoever asks.

use super::{reads, refused, tries, world};
use crate::support::id;

const TABLES: [&str; 10] = [
    "assessment",
    "assessment_score",
    "assessment_need",
    "assessment_indicator",
    "risk_change",
    "care_plan",
    "plan_goal",
    "plan_action",
    "plan_review",
    "best_interests",
];
/// `check_violation`.
const CHECKED: &str = "23514";

#[tokio::test]
async fn they_are_for_who_works_on_the_file_alone() {
    let db = world().await;
    for table in TABLES {
        let of = |file: &str| {
            let case = id(&format!("case {file}"));
            format!("select count(*) > 0 from app.{table} where case_id = '{case}'")
        };
        for (username, file, seen) in [
            ("worker1.rabat", "rabat.mine", true),
            ("supervisor.rabat", "rabat.mine", true),
            ("worker2.rabat", "rabat.protected", true),
            ("worker2.rabat", "rabat.mine", false),
            ("supervisor.rabat", "rabat.protected", false),
            ("worker1.rabat", "sale.mine", false),
            ("supervisor.sale", "rabat.mine", false),
            ("prosecutor.rabat", "rabat.mine", false),
            ("focal.rabat", "rabat.mine", false),
            ("institution.rabat", "rabat.mine", false),
            ("admin", "rabat.mine", false),
            ("dpo", "rabat.mine", false),
        ] {
            let answer = reads(&db, username, &of(file)).await;
            assert_eq!(answer, [seen.to_string()], "{username} {table} {file}");
        }
    }
}

/// Rules that hold even for a program that forgot them.
#[tokio::test]
async fn the_database_holds_the_rules_of_two_people() {
    let db = world().await;
    let (plan, next) = (id("plan rabat.mine"), id("plan next rabat.mine"));
    let assessment = id("assessment rabat.mine");
    let answer = |by: &str| {
        format!(
            "update app.care_plan set state = 'approved', answered_by = '{}', answered_at = now(), review_due_at = now()
             where id = '{next}'",
            id(by)
        )
    };
    let replace = format!("update app.care_plan set state = 'superseded' where id = '{plan}'; ");
    let lower = |by: &str| {
        format!(
            "insert into app.risk_change (id, assessment_id, case_id, territory_id, from_risk, to_risk, why_enc, by_user, at)
             values (gen_random_uuid(), '{assessment}', '{}', 1, 'medium', 'low', 'x', '{}', now())",
            id("case rabat.mine"),
            id(by)
        )
    };
    let checked = || Err(CHECKED.to_owned());
    for (what, username, sql) in [
        ("its author approves", "supervisor.rabat", replace.clone() + &answer("worker1.rabat")),
        ("no determination", "supervisor.rabat", replace.clone() + &answer("supervisor.rabat")),
        ("back to a draft", "worker1.rabat", format!("update app.care_plan set state = 'draft' where id = '{plan}'")),
        (
            "a completed assessment changes",
            "worker1.rabat",
            format!("update app.assessment set computed = 'low' where id = '{assessment}'"),
        ),
        (
            "a domain is forgotten",
            "worker1.rabat",
            format!(
                "update app.assessment set state = 'completed', draft_enc = null, computed = 'low', reasons = '[]',
                        completed_by = '{}', completed_at = now(), review_due_at = now() where id = '{}'",
                id("worker1.rabat"),
                id("assessment draft rabat.mine")
            ),
        ),
        ("who assessed lowers the risk", "worker1.rabat", lower("worker1.rabat")),
        (
            "a risk falls without a reason",
            "supervisor.rabat",
            format!(
                "update app.case_episode set risk = 'low', version = version + 1 where id = '{}'",
                id("episode rabat.mine")
            ),
        ),
        (
            "a worker lowers it in the supervisor's name",
            "worker1.rabat",
            lower("supervisor.rabat"),
        ),
    ] {
        assert_eq!(tries(&db, username, &sql).await, checked(), "{what}");
    }
    assert_eq!(
        tries(&db, "supervisor.rabat", &lower("supervisor.rabat")).await,
        Ok(1)
    );
    assert_eq!(
        tries(&db, "worker2.rabat", &lower("worker2.rabat")).await,
        checked(),
        "a worker lowers it"
    );
    let raise = lower("worker2.rabat").replace("'medium', 'low'", "'medium', 'high'");
    assert_eq!(
        tries(&db, "worker2.rabat", &raise).await,
        refused(),
        "somebody else's file"
    );
    // with its determination approved, the version comes into force
    let approve = format!(
        "update app.best_interests set state = 'approved', answered_by = '{}', answered_at = now() where id = '{}'",
        id("supervisor.rabat"),
        id("determination rabat.mine")
    );
    assert_eq!(tries(&db, "supervisor.rabat", &approve).await, Ok(1));
    let sql = replace + &answer("supervisor.rabat");
    assert_eq!(
        tries(&db, "supervisor.rabat", &sql).await.map(|_| ()),
        Ok(())
    );
}

/// A review is of the plan in force, and bears the name of whoever writes it.
#[tokio::test]
async fn a_review_is_of_the_plan_in_force_and_in_ones_own_name() {
    let db = world().await;
    let review = |plan: &str| {
        format!(
            "insert into app.plan_review (id, plan_id, case_id, territory_id, why_not, note_enc, reviewed_by, reviewed_at, next_due_at)
             values (gen_random_uuid(), '{}', '{}', 1, 'refused', 'x', '{}', now(), now() + interval '30 days')",
            id(&format!("{plan} rabat.mine")),
            id("case rabat.mine"),
            id("supervisor.rabat")
        )
    };
    let waiting = tries(&db, "worker1.rabat", &review("plan next")).await;
    assert_eq!(waiting, Err(CHECKED.to_owned()));
    for username in [
        "worker2.rabat",
        "supervisor.sale",
        "prosecutor.rabat",
        "dpo",
    ] {
        assert_eq!(
            tries(&db, username, &review("plan")).await,
            refused(),
            "{username}"
        );
    }
    assert_eq!(tries(&db, "worker1.rabat", &review("plan")).await, Ok(1));
    let mine = format!(
        "select count(*) from app.plan_review where reviewed_by = '{}' and reviewed_at > now() - interval '1 hour'",
        id("worker1.rabat")
    );
    assert_eq!(db.ask::<i64>(&mine).await, 1);
    assert_eq!(
        tries(
            &db,
            "worker1.rabat",
            "update app.plan_review set note_enc = 'y'"
        )
        .await,
        refused()
    );
}
