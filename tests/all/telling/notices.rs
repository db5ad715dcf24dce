//! Answers that somebody waited for.

use crate::support::{TestApp, TestDb, id, world::session_of};
use sanad::i18n::Lang;

/// Does something in the name of somebody, past the pages.
async fn does(db: &TestDb, who: &str, sql: &str) {
    db.run(&format!(
        "select set_config('app.session', '{}', false); {sql}",
        session_of(who)
    ))
    .await;
}

/// Who was told what, since the last time.
async fn told(db: &TestDb) -> Vec<String> {
    let told = db
        .list(
            "select n.kind || ' ' || u.username from app.notice n join sec.app_user u on u.id = n.recipient
             where n.seen_at is null order by 1",
        )
        .await;
    db.run("update app.notice set seen_at = now()").await;
    told
}

#[tokio::test]
async fn who_waited_for_an_answer_is_told() {
    let app = TestApp::new().await;
    let db = &app.db;
    told(db).await;
    let (case, supervisor) = (id("case rabat.mine"), "supervisor.rabat");
    let by = id(supervisor);
    let plan = id("plan next rabat.mine");
    does(
        db,
        supervisor,
        &format!("update app.care_plan set state = 'returned', answered_by = '{by}', answered_at = now(), answer_enc = 'x' where id = '{plan}'"),
    )
    .await;
    assert_eq!(told(db).await, ["plan_returned worker1.rabat"]);

    let asked = format!(
        "update app.case_episode set state = 'closure_requested', closure_asked_from = 'monitoring', closure_asked_by = '{}' where case_id = '{case}'",
        id("worker1.rabat")
    );
    does(
        db,
        "worker1.rabat",
        &format!("set session_replication_role = replica; {asked}"),
    )
    .await;
    does(
        db,
        supervisor,
        &format!("update app.case_episode set state = 'monitoring', closure_asked_from = null, closure_asked_by = null where case_id = '{case}'"),
    )
    .await;
    assert_eq!(told(db).await, ["closing_refused worker1.rabat"]);

    // a file put into other hands; taken into one's own, nobody is told
    let give = |to: &str| {
        format!(
            "update app.case_assignment set until = now() where case_id = '{case}' and kind = 'lead' and until is null;
             insert into app.case_assignment (id, case_id, territory_id, user_id, kind)
             values (gen_random_uuid(), '{case}', 1, '{}', 'lead')",
            id(to)
        )
    };
    does(db, supervisor, &give("worker2.rabat")).await;
    assert_eq!(told(db).await, ["file_given worker2.rabat"]);
    does(db, supervisor, &give(supervisor)).await;
    assert!(told(db).await.is_empty());
}

#[tokio::test]
async fn both_sides_of_a_transfer_are_told() {
    let app = TestApp::new().await;
    let db = &app.db;
    told(db).await;
    let transfer = id("transfer rabat.mine");
    db.run(&format!("set session_replication_role = replica; update app.case_transfer set state = 'requested', answered_by = null, answered_at = null, answer_enc = null where id = '{transfer}'"))
        .await;
    does(
        db,
        "supervisor.sale",
        &format!(
            "update app.case_transfer set state = 'refused', answered_by = '{}', answered_at = now(), answer_enc = 'x' where id = '{transfer}'",
            id("supervisor.sale")
        ),
    )
    .await;
    assert_eq!(
        told(db).await,
        [
            "transfer_refused supervisor.rabat",
            "transfer_refused worker1.rabat"
        ]
    );
}

/// Whatever the database tells has words, in each language.
#[tokio::test]
async fn every_notice_has_words() {
    let app = TestApp::new().await;
    let sources = app
        .db
        .list("select prosrc from pg_proc where pronamespace = 'app'::regnamespace and prosrc like '%app.tell(%'")
        .await
        .join("\n");
    let mut kinds: Vec<String> = sources
        .split("app.tell('")
        .skip(1)
        .map(|rest| rest.split('\'').next().unwrap().to_owned())
        .filter(|kind| !kind.ends_with('_'))
        .collect();
    kinds.extend(
        [
            "plan_approved",
            "plan_returned",
            "determination_approved",
            "determination_returned",
            "transfer_asked",
            "transfer_withdrawn",
            "transfer_accepted",
            "transfer_refused",
            "closing_granted",
            "closing_refused",
            "colleague_away",
            "colleague_back",
            "stands_in",
            "judicial_arrived",
            "judicial_completed",
            "judicial_handed",
            "judicial_late",
            "judicial_received",
            "judicial_returned",
            "judicial_taken_back",
            "judicial_rerouted",
            "judicial_closed",
            "judicial_completion_late",
            "mother_effect",
            "court_hearing",
            "juvenile_measure",
            "urgent_notice_arrived",
            "urgent_notice_late",
            "urgent_notice_unread",
            "urgent_notice_rerouted",
        ]
        .map(str::to_owned),
    );
    assert!(kinds.len() > 20, "{kinds:?}");
    for kind in kinds {
        let key = format!("notice-{}", kind.replace('_', "-"));
        for lang in Lang::ALL {
            assert_ne!(lang.t(&key), key, "{key} in {}", lang.code());
        }
    }
}
