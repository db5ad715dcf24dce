//! What the ways out of a file need: out of the register, out of a measure that lasts, out of an error.

use super::{mv, page, put, refused_at, state};
use crate::support::{
    TestApp, id,
    world::{Place, RABAT},
};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

/// All is there for a closing.
const READY: &str = "update app.case_episode set state = '$state' where case_id = $case;
     update app.judicial_file set state = 'closed' where case_id = $case;
     update app.child_view set occasion = 'closure' where case_id = $case";

#[tokio::test]
async fn asking_for_a_closure_is_no_way_around_the_register() {
    let ask = [("reason", "Nothing more to do")];
    for (from, may) in [("registered", false), ("identified", true)] {
        let app = TestApp::new().await;
        let worker = app.client("worker1.rabat").reading(Lang::En);
        put(&app, &READY.replace("$state", from)).await;
        put(
            &app,
            "update app.case_consent set withdrawn_on = current_date, withdrawn_by = recorded_by where case_id = $case;
             update app.person set sex = 'U' where id = (select child_id from app.case_file where id = $case)",
        )
        .await;
        let closure = worker.get(&page("rabat.mine", "/closure")).await;
        for lack in ["lack-sex", "lack-sharing-basis", "lack-duplicate-check"] {
            assert_eq!(closure.says(Lang::En, lack), !may, "{from}: {lack}");
        }
        let wanted = if may {
            StatusCode::SEE_OTHER
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        assert_eq!(mv(&worker, "ask_closure", &ask).await, wanted, "{from}");
        if may {
            continue;
        }
        assert_eq!(state(&app).await, from);
        put(
            &app,
            "update app.case_consent set withdrawn_on = null, withdrawn_by = null where case_id = $case;
             update app.person set sex = 'F' where id = (select child_id from app.case_file where id = $case);
             update app.case_episode set duplicates_checked_at = now(),
                 duplicates_checked_by = (select opened_by from app.case_file where id = $case) where case_id = $case",
        )
        .await;
        assert_eq!(
            mv(&worker, "ask_closure", &ask).await,
            StatusCode::SEE_OTHER
        );
    }
}

/// A decision on the child of worker1's file, so many days ago.
async fn decided(app: &TestApp, kind: &str, days: i32) {
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on, recorded_by)
             select gen_random_uuid(), k.file_id, k.case_id, k.territory_id, k.court_id, k.person_id, '{kind}', current_date - {days}, '{}'
             from app.judicial_child k where k.child_case_id = '{}'",
            id("prosecutor.rabat"),
            id("case rabat.mine")
        ))
        .await;
}

#[tokio::test]
async fn a_measure_that_lasts_keeps_a_file_open_until_it_ends() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let ask = [("reason", "Nothing more to do")];
    put(&app, &READY.replace("$state", "monitoring")).await;
    decided(&app, "emergency_placement", 3).await;
    // an inquiry accompanies it, and ends nothing
    decided(&app, "social_inquiry", 2).await;
    assert_eq!(
        mv(&worker, "ask_closure", &ask).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    for at in ["", "/closure"] {
        let shown = worker.get(&page("rabat.mine", at)).await;
        assert!(shown.says(Lang::En, "lack-measure-ended"), "{at}");
    }
    decided(&app, "measure_ended", 1).await;
    let shown = worker.get(&page("rabat.mine", "")).await;
    assert!(!shown.says(Lang::En, "lack-measure-ended"));
    assert_eq!(
        mv(&worker, "ask_closure", &ask).await,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_file_does_not_close_over_a_long_stay_that_nobody_weighed() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let ask = [("reason", "Nothing more to do")];
    let stay = |days: i32| {
        format!(
            "update app.bed_hold set state = 'admitted', admitted_on = current_date - {days},
                 responsible_org = 'en_cell_rabat' where id = '{}'",
            id("hold rabat.mine")
        )
    };
    put(&app, &READY.replace("$state", "monitoring")).await;
    for (days, lacks) in [(30, false), (31, true)] {
        put(&app, &stay(days)).await;
        let file = worker.get(&page("rabat.mine", "")).await;
        assert_eq!(file.says(Lang::En, "lack-determination"), lacks, "{days}");
    }
    assert_eq!(
        mv(&worker, "ask_closure", &ask).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    put(
        &app,
        "update app.best_interests set state = 'approved', occasion = 'long_placement'
         where case_id = $case and occasion = 'kafala'",
    )
    .await;
    assert_eq!(
        mv(&worker, "ask_closure", &ask).await,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn who_opened_a_file_does_not_cancel_it() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let opened = format!(
        "update app.case_file set opened_by = '{}' where id = $case",
        id("supervisor.rabat")
    );
    put(&app, &opened).await;
    let why = [("void_why", "Opened twice")];
    let refused = supervisor.post(&page("rabat.mine", "/void"), &why).await;
    refused_at(&refused, "void_why");
    assert!(refused.says(Lang::En, "void-four-eyes") && refused.body.contains("Opened twice"));
    let mut owner = app.db.connect("postgres").await;
    let raw = format!(
        "update app.case_file set void = 'invalid', void_by = opened_by, void_at = now(), void_why_enc = 'x' where id = '{}'",
        id("case rabat.mine")
    );
    let raw = sqlx::raw_sql(sqlx::AssertSqlSafe(raw));
    assert!(raw.execute(&mut owner).await.is_err());
    let other = app
        .as_role(Role::Supervisor, Place::Prefecture(RABAT))
        .await;
    let done = other.post(&page("rabat.mine", "/void"), &why).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
}
