//! An answer got lost, and the form that is still open is sent again: as it was it writes nothing twice, amended it
//! stands beside the first or is told, and never vanishes behind a success.

use crate::support::{TestApp, id, typed_day as day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FORM: &str = "018f0000-0000-7000-8000-000000000051";
const SAVED: StatusCode = StatusCode::SEE_OTHER;

fn case() -> String {
    id("case rabat.mine").to_string()
}

async fn rows(app: &TestApp, table: &str) -> i64 {
    let sql = format!(
        "select count(*) from app.{table} where case_id = '{}'",
        case()
    );
    app.db.ask(sql).await
}

/// The last answer is the one that is amended.
#[tokio::test]
async fn what_is_sent_again_is_one_row_and_what_is_amended_another() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let (today, other, amended) = (day(0), day(6), day(5));
    let forms = [
        (
            "/clinical",
            "clinical_note",
            vec![
                ("clinical_kind", "psychological"),
                ("date", today.as_str()),
                ("clinical_text", "one"),
            ],
        ),
        ("/address", "safe_address", vec![("address", "one")]),
        (
            "/rights/consents",
            "case_consent",
            vec![
                ("purpose", "care"),
                ("basis", "vital_interest"),
                ("given_by", "nobody"),
                ("given_on", today.as_str()),
                ("consent_note", "one"),
            ],
        ),
        (
            "/rights/views",
            "child_view",
            vec![
                ("occasion", "plan"),
                ("heard_on", today.as_str()),
                ("heard", "yes"),
                ("language", "darija"),
                ("words", "one"),
            ],
        ),
        (
            "/rights/complaints",
            "complaint",
            vec![
                ("source", "child"),
                ("subject", "service"),
                ("received_on", today.as_str()),
                ("complaint_text", "one"),
            ],
        ),
        ("/visits", "visit", vec![("next_on", other.as_str())]),
    ];
    for (path, table, mut fields) in forms {
        fields.insert(0, ("id", FORM));
        let path = format!("/cases/{}{path}", case());
        let before = rows(&app, table).await;
        for wanted in [1, 2] {
            for _ in 0..2 {
                let answer = worker.post(&path, &fields).await;
                assert_eq!(answer.status, SAVED, "{path}: {}", answer.body);
            }
            assert_eq!(rows(&app, table).await - before, wanted, "{table}");
            if let Some(last) = fields.last_mut() {
                last.1 = match table {
                    "visit" => amended.as_str(),
                    _ => "two",
                };
            }
        }
    }
}

/// The words of the court, too.
#[tokio::test]
async fn a_note_of_the_court_that_is_amended_is_a_second_one() {
    let app = TestApp::new().await;
    let file = id("judicial rabat.mine");
    let path = format!("/prosecution/{file}/notes");
    let notes = format!("select count(*) from app.court_note where file_id = '{file}'");
    let before: i64 = app.db.ask(&notes).await;
    for (words, wanted) in [("one", 1), ("one", 1), ("two", 2)] {
        let fields = [("id", FORM), ("judicial_note", words)];
        let answer = app.client("prosecutor.rabat").post(&path, &fields).await;
        assert_eq!(answer.status, SAVED, "{}", answer.body);
        let after: i64 = app.db.ask(&notes).await;
        assert_eq!(after - before, wanted, "{words}");
    }
}

/// What was submitted is answered, and not written over.
#[tokio::test]
async fn a_determination_that_is_amended_is_told() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let path = format!("/cases/{}/best-interests", case());
    let today = day(0);
    let mut fields = vec![
        ("id", FORM),
        ("occasion", "separation"),
        ("met_on", today.as_str()),
    ];
    let words = [
        "option-0-what",
        "option-0-pro",
        "option-0-contra",
        "option-1-what",
        "option-1-pro",
        "option-1-contra",
        "child_view",
        "participants",
        "conclusion",
    ];
    fields.extend(words.map(|field| (field, "words")));
    let before = rows(&app, "best_interests").await;
    for _ in 0..2 {
        let answer = worker.post(&path, &fields).await;
        assert_eq!(answer.status, SAVED, "{}", answer.body);
    }
    if let Some(conclusion) = fields.last_mut() {
        conclusion.1 = "other words";
    }
    let amended = worker.post(&path, &fields).await;
    assert_eq!(amended.status, StatusCode::CONFLICT);
    assert_eq!(rows(&app, "best_interests").await - before, 1);
}

/// A step of an act: as it was, it is the step that was made; with other words, it is told and the words are kept.
#[tokio::test]
async fn a_step_that_is_amended_is_told_and_so_is_a_colleague() {
    let app = TestApp::new().await;
    let service = id("service mother rabat.mine");
    let (path, today) = (format!("/services/{service}/step"), day(0));
    let version: i32 = app
        .db
        .ask(format!(
            "select version from app.service where id = '{service}'"
        ))
        .await;
    let version = version.to_string();
    let fields = |form: &'static str, words: &'static str| {
        vec![
            ("id", form),
            ("version", version.as_str()),
            ("move", "deliver"),
            ("day-deliver", today.as_str()),
            ("words", words),
        ]
    };
    let worker = app.client("worker1.rabat").reading(Lang::En);
    for _ in 0..2 {
        let answer = worker.post(&path, &fields(FORM, "one")).await;
        assert_eq!(answer.status, SAVED, "{}", answer.body);
    }
    let other = "018f0000-0000-7000-8000-000000000052";
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    for (who, form) in [(&worker, FORM), (&supervisor, other)] {
        let told = who.post(&path, &fields(form, "AMENDED-WORDS")).await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.body);
        assert!(told.says(Lang::En, "service-moved-meanwhile"));
        assert!(told.body.contains("AMENDED-WORDS"), "typed, kept");
    }
    let steps: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.service_step where service_id = '{service}' and to_state = 'delivered'"
        ))
        .await;
    assert_eq!(steps, 1);
}

/// A record of help that is sent again with other answers is told on its own form.
#[tokio::test]
async fn help_that_is_amended_is_told() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (file, child, today) = (case(), id("child rabat.mine").to_string(), day(0));
    let fields = |note: &'static str| {
        [
            ("id", FORM),
            ("case", file.as_str()),
            ("for", child.as_str()),
            ("kind", "vaccination"),
            ("provider", "en_cell_rabat"),
            ("state", "delivered"),
            ("date", today.as_str()),
            ("note", note),
        ]
    };
    for _ in 0..2 {
        let answer = worker.post("/services", &fields("one")).await;
        assert_eq!(answer.status, SAVED, "{}", answer.body);
    }
    let told = worker.post("/services", &fields("AMENDED-NOTE")).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.says(Lang::En, "service-sent-before") && told.body.contains("AMENDED-NOTE"));
}

/// The four services are opened once: whoever opens them otherwise is told.
#[tokio::test]
async fn an_opening_that_is_amended_is_told() {
    let app = TestApp::new().await;
    let mother = id("mother rabat.colleague");
    app.db
        .run(&format!(
            "set session_replication_role = replica; delete from app.mother_support where person_id = '{mother}'"
        ))
        .await;
    let path = format!("/mothers/{mother}/support");
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let fields = |note: &'static str| [("id", FORM), ("reason", "not_present"), ("note", note)];
    for _ in 0..2 {
        let answer = supervisor.post(&path, &fields("one")).await;
        assert_eq!(answer.status, SAVED, "{}", answer.body);
    }
    let told = supervisor.post(&path, &fields("AMENDED-NOTE")).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.says(Lang::En, "mother-open-already") && told.body.contains("AMENDED-NOTE"));
    let openings = format!("select count(*) from app.mother_support where person_id = '{mother}'");
    assert_eq!(app.db.ask::<i64>(&openings).await, 1);
}
