//! The eighth city, opened by configuration alone.

use super::{
    CITY, FES, committee, decide, done, is_done, is_refused, moved, post, preparing, propose, send,
    settle, shown, status, with,
};
use crate::support::{Client, TestApp, id, role::reads, world::Place};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

const CONTACT: &str = "0198c0de-0000-7000-8000-00000000f0e8";

/// What a page says, without its markup.
async fn read(who: &Client, path: &str) -> String {
    let answer = who.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    let parts = answer
        .body
        .split('<')
        .filter_map(|part| part.split_once('>'));
    let text: String = parts.map(|(_, text)| format!("{text} ")).collect();
    let text = text.replace(['\u{2068}', '\u{2069}'], "");
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// The whole way on one running program.
#[tokio::test]
async fn a_city_is_opened_by_the_committee_and_a_worker_logs_a_contact_there() {
    let (app, steering) = committee().await;
    assert!(read(&steering, "/plan").await.contains("7 of 75"));
    let decision = preparing(&steering).await;
    assert_eq!(status(&app).await, "preparing");
    // not yet: no step is settled, and the page says how many are left
    let early = moved(&steering, "activate", &decision).await;
    is_refused(&early, "city_move");
    settle(&steering, &decision).await;
    let page = read(&steering, CITY).await;
    assert!(page.contains("8 of 9 steps settled"), "{page}");
    // while it is prepared nobody works there: the first seven are those of the plan
    assert!(read(&steering, "/plan").await.contains("7 of 75"));
    let cells = "select count(*) from app.cells()";
    let supervisor = app.as_role(Role::Supervisor, Place::Prefecture(FES)).await;
    let told = reads(&app.db, "supervisor.rabat", cells).await;

    is_done(&moved(&steering, "activate", &decision).await);
    assert_eq!(status(&app).await, "active");
    works(&app, &steering).await;
    // and files may be sent there now
    let now = reads(&app.db, "supervisor.rabat", cells).await;
    assert_ne!(told, now);
    assert_eq!(supervisor.get("/dashboard").await.status, StatusCode::OK);

    // the step that comes after the first day
    is_done(&done(&steering, "operating", &format!("decision:{decision}")).await);
    let acts = app
        .db
        .list(
            "select action || coalesce(' ' || (fields->>'move'), '') from audit.event
             where action like 'plan\\_city.%' order by id",
        )
        .await;
    assert_eq!(
        acts,
        [
            "plan_city.added",
            "plan_city.moved prepare",
            "plan_city.moved activate"
        ]
    );
}

/// Everything that takes its cities from the register has it.
async fn works(app: &TestApp, steering: &Client) {
    let plan = read(steering, "/plan").await;
    assert!(plan.contains("8 of 75") && plan.contains("Fez"), "{plan}");
    let board = steering.get("/dashboard").await;
    assert!(board.body.contains("value=\"fes\""), "{}", board.body);
    let somebody = format!("/admin/users/{}", id("worker1.rabat"));
    let posts = app.client("admin").get(&somebody).await;
    assert!(posts.body.contains("value=\"25\">فاس"), "{}", posts.body);

    let worker = app
        .as_role(Role::SocialWorker, Place::Prefecture(FES))
        .await
        .reading(Lang::En);
    let blank = worker.get("/contacts/new").await;
    assert!(blank.body.contains("032310107"), "{}", blank.body);
    let fields = [
        ("id", CONTACT),
        ("place", "032310107"),
        ("place_kind", "mosque"),
        ("when", "now"),
        ("children", "1"),
        ("child-0-sex", "F"),
        ("child-0-years", "6"),
        ("adult", "mother"),
        ("circumstance", "with_mother"),
        ("action", "awareness"),
    ];
    is_done(&worker.post("/contacts", &fields).await);
    let kept: i16 = app
        .db
        .ask(format!(
            "select territory_id from app.contact where id = '{CONTACT}'"
        ))
        .await;
    assert_eq!(kept, FES);
    let receipt: String = app
        .db
        .ask(format!(
            "select receipt from app.contact where id = '{CONTACT}'"
        ))
        .await;
    assert!(receipt.contains("FES"), "{receipt}");
    let own = worker.get(&format!("/contacts/{CONTACT}")).await;
    assert_eq!(own.status, StatusCode::OK);
    let elsewhere = app.client("worker1.rabat");
    let hidden = elsewhere.get(&format!("/contacts/{CONTACT}")).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

/// On hold it is not a city to send files to, and stays one of the plan; then it goes on.
#[tokio::test]
async fn a_city_is_put_on_hold_and_goes_on_by_decisions() {
    let (app, steering) = committee().await;
    let decision = preparing(&steering).await;
    settle(&steering, &decision).await;
    is_done(&moved(&steering, "activate", &decision).await);
    let hold = decide(&steering, "fes", "قرار مختلق: تعليق العمل بالمدينة").await;
    is_done(&moved(&steering, "suspend", &hold).await);
    assert_eq!(status(&app).await, "suspended");
    assert!(read(&steering, "/plan").await.contains("8 of 75"));
    app.as_role(Role::Supervisor, Place::Prefecture(FES)).await;
    let cells = "select c from app.cells() c where c = 25";
    let found = reads(&app.db, "supervisor.rabat", cells).await;
    assert!(found.is_empty());
    let again = decide(&steering, "fes", "قرار مختلق: استئناف العمل").await;
    is_done(&moved(&steering, "resume", &again).await);
    let found = reads(&app.db, "supervisor.rabat", cells).await;
    assert_eq!(found, ["25"]);
    let page = read(&steering, "/plan/decisions?city=fes").await;
    for words in ["City activated", "City suspended", "City resumed"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

/// A supervisor of the city brings what proves a step; doing without one is the committee's.
#[tokio::test]
async fn a_supervisor_brings_letters_and_proofs_of_the_own_city() {
    let (app, steering) = committee().await;
    preparing(&steering).await;
    let supervisor = app
        .as_role(Role::Supervisor, Place::Prefecture(FES))
        .await
        .reading(Lang::En);
    let typed = [
        ("letter_purpose", "eases_field_work"),
        ("letter_subject", "مراسلة مختلقة"),
        ("from_party", "team"),
        ("to_party", "authority"),
    ];
    let sent = send(&supervisor, "/plan/letters/new", &typed).await;
    let (_, letter) = is_done(&sent).split_once("/plan/letters/").unwrap();
    is_done(&done(&supervisor, "letters_field", &format!("letter:{letter}")).await);
    let step = format!("{CITY}/steps/team");
    let states = supervisor.get(&step).await;
    assert!(!states.body.contains("not_needed"), "{}", states.body);
    let waived = [("step_state", "not_needed"), ("step_note", "لا حاجة")];
    let fields = with(&shown(&supervisor, &step, &step).await, &waived);
    is_refused(&post(&supervisor, &step, &fields).await, "step_state");
    // a page of another city has no door, and its forms are not there
    let rabat = app.client("supervisor.rabat").reading(Lang::En);
    let page = rabat.get(CITY).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("/steps/"), "{}", page.body);
    for path in [&*step, &*format!("{CITY}/readiness/training")] {
        assert_eq!(rabat.get(path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(rabat.post(path, &[]).await.status, StatusCode::NOT_FOUND);
    }
    let words = read(&steering, CITY).await;
    assert!(words.contains("Letter of"), "{words}");
}

/// What one knows of a candidate is stated with its source; what the database knows shows by itself.
#[tokio::test]
async fn the_readiness_of_a_candidate_is_stated_or_computed() {
    let (app, steering) = committee().await;
    propose(&steering).await;
    let page = read(&steering, CITY).await;
    assert!(page.contains("computed"), "{page}");
    let training = format!("{CITY}/readiness/training");
    let typed = [("answer_of", "met"), ("known_from", "تصريح مختلق")];
    is_done(&send(&steering, &training, &typed).await);
    let typed = [("answer_of", "not_met"), ("known_from", "تصريح ثان")];
    is_done(&send(&steering, &training, &typed).await);
    let page = steering.get(CITY).await.body;
    assert!(page.contains("تصريح ثان") && !page.contains("تصريح مختلق"));
    let kept: i64 = app
        .db
        .ask("select count(*) from plan.readiness where city = 'fes'")
        .await;
    assert_eq!(kept, 2, "the first statement stays in the database");
}
