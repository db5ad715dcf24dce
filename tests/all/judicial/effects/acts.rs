//! What a measure asks for, and what strikes it out.

use super::{decide, family, measure, owed, page, planned, tries};
use crate::support::{TestApp, id};
use sanad::i18n::Lang;

#[tokio::test]
async fn each_kind_owes_its_task_or_plans_its_service_once() {
    let app = TestApp::new().await;
    family(&app).await;
    let kinds = app
        .db
        .list("select code || ' ' || coalesce(task, '') || ' ' || coalesce(service, '') from ref.child_decision_kind order by sort")
        .await;
    assert!(kinds.len() > 10, "{kinds:?}");
    for kind in &kinds {
        let parts: Vec<&str> = kind.split(' ').collect();
        let decision = decide(&app, "rabat.colleague", parts[0], None).await;
        let tasks: Vec<&str> = parts[1..2]
            .iter()
            .filter(|code| !code.is_empty())
            .copied()
            .collect();
        assert_eq!(owed(&app, decision).await, tasks, "{kind}");
        let services: Vec<String> = parts[2..]
            .iter()
            .filter(|code| !code.is_empty())
            .map(|code| format!("{code} planned"))
            .collect();
        assert_eq!(planned(&app, decision).await, services, "{kind}");
    }
    // an urgent place is owed within the day
    let due: bool = app
        .db
        .ask("select bool_and(due_at between now() + interval '23 hours' and now() + interval '25 hours')
              from app.task where rule = 'judicial_placement'")
        .await;
    assert!(due);
    // the act is the cell's: its lead recorded it, and the trail says because of which decision
    let authors = app
        .db
        .list("select distinct p.role || ' ' || u.username from app.service s join app.service_step p on p.service_id = s.id
               join sec.app_user u on u.id = s.recorded_by where s.decision_id is not null")
        .await;
    assert_eq!(authors, ["social_worker worker2.rabat"]);
    let trail: i64 = app
        .db
        .ask("select count(*) from audit.event e join app.service s on s.id = e.object_id and e.fields->>'decision' = s.decision_id::text
              where e.action = 'service.recorded'")
        .await;
    assert_eq!(trail, 2);
    // nothing acts on a list that another list does not know
    let lost = app
        .db
        .list("select code from ref.child_decision_kind k
               where (k.task is not null and not exists (select from ref.task_rule r where r.code = k.task))
                  or (k.service is not null and not exists (select from ref.service_kind r where r.code = k.service and r.audience = 'child'))")
        .await;
    assert!(lost.is_empty(), "{lost:?}");
}

#[tokio::test]
async fn a_child_whose_file_is_closed_owes_nothing() {
    let app = TestApp::new().await;
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_episode set state = 'closed', closed_at = now(), closed_by = '{}', closure_reason = 'objectives_met'
             where case_id = '{}'",
            id("supervisor.rabat"),
            id("case rabat.mine")
        ))
        .await;
    for kind in ["social_inquiry", "expertise"] {
        let decision = decide(&app, "rabat.mine", kind, None).await;
        assert!(owed(&app, decision).await.is_empty(), "{kind}");
        assert!(planned(&app, decision).await.is_empty(), "{kind}");
    }
    let told: i64 = app
        .db
        .ask("select count(*) from app.notice where kind = 'child_measure'")
        .await;
    assert!(told > 0);
}

#[tokio::test]
async fn a_correction_takes_back_what_was_asked_for_and_asks_for_its_own() {
    let app = TestApp::new().await;
    let wrong = decide(&app, "rabat.mine", "social_inquiry", None).await;
    let expertise = decide(&app, "rabat.mine", "expertise", Some(wrong)).await;
    assert_eq!(owed(&app, wrong).await, ["judicial_inquiry done"]);
    assert_eq!(
        planned(&app, expertise).await,
        ["medical_consultation planned"]
    );
    let hearing = decide(&app, "rabat.mine", "child_hearing", Some(expertise)).await;
    assert_eq!(
        planned(&app, expertise).await,
        ["medical_consultation cancelled"]
    );
    assert_eq!(owed(&app, hearing).await, ["judicial_hearing"]);
    // a further measure stands beside it, and takes nothing back
    let beside = decide(&app, "rabat.mine", "identity_check", None).await;
    assert_eq!(owed(&app, hearing).await, ["judicial_hearing"]);
    assert_eq!(owed(&app, beside).await, ["judicial_identity"]);
    // what the cell has given stays given
    let given = decide(&app, "rabat.mine", "civil_registration_petition", None).await;
    app.db
        .run(&format!(
            "insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, on_day, by_user, role)
             select gen_random_uuid(), id, territory_id, version, 'planned', 'delivered', (now() at time zone 'Africa/Casablanca')::date,
                    recorded_by, 'social_worker'
             from app.service where decision_id = '{given}'"
        ))
        .await;
    decide(&app, "rabat.mine", "no_measure", Some(given)).await;
    assert_eq!(planned(&app, given).await, ["civil_registration delivered"]);
}

#[tokio::test]
async fn a_placement_is_struck_out_by_asking_for_a_place() {
    let app = TestApp::new().await;
    family(&app).await;
    let case = id("case rabat.colleague");
    let placement = decide(&app, "rabat.colleague", "emergency_placement", None).await;
    assert_eq!(owed(&app, placement).await, ["judicial_placement"]);
    let worker = app.client("worker2.rabat").reading(Lang::En);
    let place = format!("/cases/{case}/shelter");
    let today = page(&worker, "/today").await;
    assert!(today.body.contains(&format!("href=\"{place}\"")));
    let shown = page(&worker, &format!("/cases/{case}")).await;
    assert!(shown.says(Lang::En, "judicial-measure-place"));
    app.db
        .run(&format!(
            "insert into app.bed_hold (id, case_id, territory_id, episode_id, seq, group_id, institution_id, disclosure_id, state_since,
                 moved_by, until, requested_by, requested_at, payload_mac)
             select gen_random_uuid(), case_id, territory_id, episode_id, seq + 1, group_id, institution_id, disclosure_id, now(),
                    moved_by, now() + interval '23 hours', requested_by, now(), payload_mac
             from app.bed_hold where case_id = '{case}'"
        ))
        .await;
    assert_eq!(owed(&app, placement).await, ["judicial_placement done"]);
    let shown = page(&worker, &format!("/cases/{case}")).await;
    assert!(!shown.says(Lang::En, "judicial-measure-place"));
    // who has a place is asked for none
    let again = decide(&app, "rabat.mine", "emergency_placement", None).await;
    assert_eq!(owed(&app, again).await, ["judicial_placement done"]);
}

#[tokio::test]
async fn an_inquiry_is_struck_out_by_a_completed_assessment() {
    let app = TestApp::new().await;
    let inquiry = decide(&app, "rabat.mine", "social_inquiry", None).await;
    assert_eq!(owed(&app, inquiry).await, ["judicial_inquiry"]);
    app.db
        .run(&format!(
            "insert into app.assessment (id, case_id, territory_id, episode_id, seq, state, summary_enc, computed, reasons, begun_by,
                 begun_at, completed_by, completed_at, review_due_at)
             values (gen_random_uuid(), '{}', 1, '{}', 9, 'completed', '', 'medium', '[]', '{worker}', now(), '{worker}', now(),
                 now() + interval '90 days')",
            id("case rabat.mine"),
            id("episode rabat.mine"),
            worker = id("worker1.rabat")
        ))
        .await;
    assert_eq!(owed(&app, inquiry).await, ["judicial_inquiry done"]);
}

#[tokio::test]
async fn the_cell_is_told_in_the_transaction_of_the_decision() {
    let app = TestApp::new().await;
    let decision = id("a measure that is rolled back");
    let sql = measure(decision, "rabat.mine", "social_inquiry", None);
    let told = format!(
        "select count(*) from app.notice where kind = 'child_measure' and recipient = '{}'",
        id("worker1.rabat")
    );
    let broken = format!("{sql}; select 1 / 0");
    assert_eq!(
        tries(&app.db, "prosecutor.rabat", &broken).await,
        Err("22012".to_owned())
    );
    assert_eq!(app.db.ask::<i64>(&told).await, 0);
    assert!(owed(&app, decision).await.is_empty());
    assert_eq!(tries(&app.db, "prosecutor.rabat", &sql).await, Ok(1));
    assert_eq!(app.db.ask::<i64>(&told).await, 1);
    assert_eq!(owed(&app, decision).await, ["judicial_inquiry"]);
}
