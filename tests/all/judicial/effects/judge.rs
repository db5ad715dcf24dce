//! A measure of the juvenile judge acts as one of the prosecution does, and puts an end to what that one had ordered.

use super::{FILE, decide, family, owed, page, planned, sees, tries};
use crate::support::{TestApp, day, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use uuid::Uuid;

/// A measure of the juvenile judge for the child of a file, as the page of the procedure enters it.
async fn order(app: &TestApp, child: &str, measure: &str, replaces: Option<Uuid>) -> Uuid {
    let event = id(&format!("ordered {measure} {child} {replaces:?}"));
    let sql = format!(
        "insert into app.court_event (id, file_id, case_id, territory_id, court_id, kind, child_id, held_at, measure, supersedes_id,
                                      recorded_by)
         values ('{event}', '{}', '{}', 1, 11, 'juvenile_measure', '{}',
                 (now() at time zone 'Africa/Casablanca')::date::timestamp at time zone 'Africa/Casablanca', '{measure}', {}, '{}')",
        id(FILE),
        id("case rabat.mine"),
        id(&format!("child {child}")),
        replaces.map_or("null".to_owned(), |id| format!("'{id}'")),
        id("prosecutor.rabat"),
    );
    assert_eq!(
        tries(&app.db, "prosecutor.rabat", &sql).await,
        Ok(1),
        "{measure}"
    );
    event
}

/// Whether no measure for the child of a file lasts, so that it may close.
async fn is_over(app: &TestApp, case: &str) -> bool {
    app.db
        .ask(format!(
            "select measure_ended from app.case_facts where case_id = '{}'",
            id(case)
        ))
        .await
}

#[tokio::test]
async fn each_measure_owes_its_task_or_plans_its_service_once_and_is_told() {
    let app = TestApp::new().await;
    family(&app).await;
    let kinds = app
        .db
        .list("select code || ' ' || coalesce(task, '') || ' ' || coalesce(service, '') from ref.juvenile_measure order by sort")
        .await;
    assert!(kinds.len() > 5, "{kinds:?}");
    for kind in &kinds {
        let parts: Vec<&str> = kind.split(' ').collect();
        let event = order(&app, "rabat.colleague", parts[0], None).await;
        let task: Vec<&str> = [parts[1]]
            .into_iter()
            .filter(|code| !code.is_empty())
            .collect();
        assert_eq!(owed(&app, event).await, task, "{kind}");
        let service: Vec<String> = [parts[2]]
            .into_iter()
            .filter(|code| !code.is_empty())
            .map(|code| format!("{code} planned"))
            .collect();
        assert_eq!(planned(&app, event).await, service, "{kind}");
    }
    let told: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.notice where kind = 'juvenile_measure' and recipient = '{}'",
            id("worker2.rabat")
        ))
        .await;
    assert_eq!(told, 1);
    // nothing acts on a list that another list does not know
    let lost = app
        .db
        .list("select code from ref.juvenile_measure k
               where (k.task is not null and not exists (select from ref.task_rule r where r.code = k.task))
                  or (k.service is not null and not exists (select from ref.service_kind r where r.code = k.service and r.audience = 'child'))")
        .await;
    assert!(lost.is_empty(), "{lost:?}");
}

#[tokio::test]
async fn it_ends_what_the_prosecution_had_ordered_and_the_judge_alone_ends_it() {
    let app = TestApp::new().await;
    family(&app).await;
    let case = "case rabat.colleague";
    let placement = decide(&app, "rabat.colleague", "emergency_placement", None).await;
    let inquiry = decide(&app, "rabat.colleague", "social_inquiry", None).await;
    decide(&app, "rabat.colleague", "motion_victim", None).await;
    assert!(!is_over(&app, case).await);
    let ordered = order(&app, "rabat.colleague", "supervised_liberty", None).await;
    assert_eq!(owed(&app, placement).await, ["judicial_placement done"]);
    assert_eq!(
        owed(&app, inquiry).await,
        ["judicial_inquiry"],
        "an inquiry goes on"
    );
    assert_eq!(
        planned(&app, ordered).await,
        ["social_accompaniment planned"]
    );
    assert!(!is_over(&app, case).await, "the judge's own lasts");
    // on the page of the child: what the judge ordered, and of the prosecution's what is still owed
    let worker = app.client("worker2.rabat").reading(Lang::En);
    let shown = page(&worker, &format!("/cases/{}", id(case))).await;
    assert!(shown.says(Lang::En, "judicial-event-juvenile-measure"));
    assert!(shown.body.contains("Educational supervision"));
    assert!(shown.body.contains("Social inquiry"));
    assert!(!shown.body.contains("Emergency placement"));
    // the prosecution does not lift it
    decide(&app, "rabat.colleague", "measure_ended", None).await;
    assert!(!is_over(&app, case).await);
    order(&app, "rabat.colleague", "lifted", None).await;
    assert!(is_over(&app, case).await);
}

#[tokio::test]
async fn the_page_of_the_procedure_says_what_the_judge_ended() {
    let app = TestApp::new().await;
    decide(&app, "rabat.mine", "motion_victim", None).await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let file = format!("/prosecution/{}", id(FILE));
    let words = "Ended by the measure of the juvenile judge";
    let in_force = format!("{}</span>", Lang::En.t("judicial-measure-in-force"));
    let before = page(&prosecutor, &file).await;
    assert!(before.body.contains(&in_force));
    assert!(!before.body.contains(words));
    let wrong = order(&app, "rabat.mine", "no_measure", None).await;
    let after = page(&prosecutor, &file).await;
    assert!(!after.body.contains(&in_force));
    assert!(after.body.contains(words));
    assert!(is_over(&app, "case rabat.mine").await);
    // corrected by what is no measure: the motion stands again
    let hearing = format!(
        "insert into app.court_event (id, file_id, case_id, territory_id, court_id, kind, child_id, held_at, venue, supersedes_id,
                                      recorded_by)
         values (gen_random_uuid(), '{}', '{}', 1, 11, 'hearing', '{}', now() + interval '9 days', 'juvenile_judge', '{wrong}', '{}')",
        id(FILE),
        id("case rabat.mine"),
        id("child rabat.mine"),
        id("prosecutor.rabat"),
    );
    assert_eq!(tries(&app.db, "prosecutor.rabat", &hearing).await, Ok(1));
    let again = page(&prosecutor, &file).await;
    assert!(again.body.contains(&in_force));
    assert!(!again.body.contains(words));
    assert!(!is_over(&app, "case rabat.mine").await);
}

#[tokio::test]
async fn a_correction_takes_back_what_was_asked_for() {
    let app = TestApp::new().await;
    family(&app).await;
    let wrong = order(&app, "rabat.colleague", "institution", None).await;
    assert_eq!(owed(&app, wrong).await, ["judicial_placement"]);
    let liberty = order(&app, "rabat.colleague", "supervised_liberty", Some(wrong)).await;
    assert_eq!(owed(&app, wrong).await, ["judicial_placement done"]);
    assert_eq!(
        planned(&app, liberty).await,
        ["social_accompaniment planned"]
    );
    order(&app, "rabat.colleague", "no_measure", Some(liberty)).await;
    assert_eq!(
        planned(&app, liberty).await,
        ["social_accompaniment cancelled"]
    );
}

#[tokio::test]
async fn what_the_cell_did_for_it_is_reported_and_read_by_the_court() {
    let app = TestApp::new().await;
    family(&app).await;
    let event = order(&app, "rabat.colleague", "parents", None).await;
    let other = order(&app, "rabat.mine", "entrusted_person", None).await;
    let case = id("case rabat.colleague");
    let task: Uuid = app
        .db
        .ask(format!(
            "select id from app.task where court_event_id = '{event}'"
        ))
        .await;
    let (task, done) = (task.to_string(), format!("/cases/{case}/prosecution/done"));
    let fields = [
        ("id", "018f0000-0000-7000-8000-0000000000ab"),
        ("task", task.as_str()),
        ("measure_done", "HANDED-TO-THE-MOTHER"),
    ];
    let worker = app.client("worker2.rabat").reading(Lang::En);
    let shown = page(&worker, &format!("/cases/{case}")).await;
    assert!(shown.body.contains(&task), "the form stands beside it");
    for username in ["worker1.rabat", "worker1.sale"] {
        let refused = app.client(username).post(&done, &fields).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{username}");
    }
    for _ in 0..2 {
        let told = worker.post(&done, &fields).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    }
    assert_eq!(owed(&app, event).await, ["judicial_handing done"]);
    let reports =
        format!("select count(*) from app.measure_report where court_event_id = '{event}'");
    for (username, wanted) in [
        ("worker2.rabat", 1),
        ("supervisor.rabat", 1),
        ("prosecutor.rabat", 1),
        ("worker1.sale", 0),
        ("prosecutor.sale", 0),
    ] {
        assert_eq!(sees(&app, username, &reports).await, wanted, "{username}");
    }
    let court = app.client("prosecutor.rabat").reading(Lang::En);
    let read = page(&court, &format!("/prosecution/{}", id(FILE))).await;
    assert!(read.body.contains("HANDED-TO-THE-MOTHER"));
    // a sibling's worker sees what is ordered for their own child, and no other event of the procedure
    let events = format!(
        "select count(*) from app.court_event where file_id = '{}'",
        id(FILE)
    );
    assert_eq!(sees(&app, "worker2.rabat", &events).await, 1);
    assert_eq!(sees(&app, "worker1.sale", &events).await, 0);
    let forged = format!(
        "insert into app.measure_report (id, court_event_id, text_enc, by_user) values (gen_random_uuid(), '{other}', '', '{}')",
        id("worker2.rabat")
    );
    assert_eq!(
        tries(&app.db, "worker2.rabat", &forged).await,
        Err("42501".to_owned())
    );
}

/// What the story of a file says of one thing, by its kind and its id.
fn entry<'a>(body: &'a str, kind: &str, of: Uuid) -> Option<&'a str> {
    let place = format!(".{kind}.{of}\"");
    body.split("<li class=\"ev\"")
        .find(|part| part.contains(&place))
}

#[tokio::test]
async fn it_stands_in_the_story_of_the_child_with_its_day_and_its_court_and_no_other_word() {
    let app = TestApp::new().await;
    family(&app).await;
    let inquiry = decide(&app, "rabat.mine", "social_inquiry", None).await;
    let wrong = order(&app, "rabat.mine", "institution", None).await;
    let mine = order(&app, "rabat.mine", "supervised_liberty", Some(wrong)).await;
    let theirs = order(&app, "rabat.colleague", "parents", None).await;
    // three days ago, at a court from which the file went on
    app.db
        .run(&format!(
            "update app.court_event set held_at = held_at - interval '3 days', at_court = 12 where id in ('{mine}', '{theirs}');
             update app.child_decision set taken_at_court = 12 where file_id = '{}'",
            id(FILE)
        ))
        .await;
    let court: String = app.db.ask("select fr from ref.court where id = 12").await;
    let story = |child: &str| {
        let case = id(&format!("case {child}"));
        format!("/cases/{case}/history?kind=justice")
    };
    for lang in Lang::ALL {
        let worker = app.client("worker1.rabat").reading(lang);
        let shown = page(&worker, &story("rabat.mine")).await;
        assert!(shown.says(lang, "entry-judge-measure"), "{lang:?}");
    }
    let worker = app.client("worker1.rabat").reading(Lang::Fr);
    let shown = page(&worker, &story("rabat.mine")).await.body;
    let told = entry(&shown, "22", mine).expect("the measure in the story");
    let on = format!("datetime=\"{}T", day(-3).format("%Y-%m-%d"));
    let file = format!("href=\"/prosecution/{}\"", id(FILE));
    for words in ["Suivi éducatif en milieu ouvert", &court, &on, &file] {
        assert!(told.contains(words), "{words}");
    }
    // that of the prosecution is of the court that took it, too
    let decided = entry(&shown, "7", inquiry);
    assert!(decided.is_some_and(|told| told.contains(&court)));
    // neither what was corrected, nor another child's, nor anything else that happened at the court
    assert!(entry(&shown, "22", wrong).is_none());
    assert!(entry(&shown, "22", theirs).is_none());
    for other in ["event child rabat.mine", "event adult rabat.mine"] {
        assert!(!shown.contains(&id(other).to_string()), "{other}");
    }
    assert!(!shown.contains("CANARY-AT-COURT"));
    // a sibling's worker reads of the own child, and has no way to the procedure
    let worker = app.client("worker2.rabat").reading(Lang::Fr);
    let shown = page(&worker, &story("rabat.colleague")).await.body;
    let told = entry(&shown, "22", theirs).expect("the measure in the sibling's story");
    assert!(told.contains("Remise aux parents ou au tuteur") && !told.contains("/prosecution/"));
    assert!(entry(&shown, "22", mine).is_none());
    let elsewhere = app.client("worker1.sale").get(&story("rabat.mine")).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}
