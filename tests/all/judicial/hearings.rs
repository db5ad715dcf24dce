//! What happens at the court: who sees it, and who is told (decision 0092).

use crate::support::{
    Answer, Client, TestApp, id,
    role::{looks, tries},
    typed_day as day,
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FORM: &str = "018f0000-0000-7000-8000-000000000092";
const SAVED: StatusCode = StatusCode::SEE_OTHER;
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn page() -> String {
    format!("/prosecution/{}", id("judicial rabat.mine"))
}

fn child() -> String {
    format!("child:{}", id("child rabat.mine"))
}

fn mother() -> String {
    format!("adult:{}", id("mother rabat.mine"))
}

/// Enters an event of the file of Rabat that was sent.
async fn enter(client: &Client, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("id", FORM)];
    all.extend(fields);
    client.post(&format!("{}/events", page()), &all).await
}

async fn events(app: &TestApp) -> i64 {
    app.db.ask("select count(*) from app.court_event").await
}

async fn told(app: &TestApp, kind: &str) -> Vec<String> {
    app.db
        .list(format!(
            "select distinct u.username from app.notice n join sec.app_user u on u.id = n.recipient
             where n.kind = '{kind}' order by 1"
        ))
        .await
}

#[tokio::test]
async fn what_is_about_an_adult_is_the_court_s_alone() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::Fr);
    let (about, yesterday) = (mother(), day(-1));
    let fields = [
        ("kind", "judgment"),
        ("about", about.as_str()),
        ("held_on", yesterday.as_str()),
        ("outcome", "imprisonment"),
        ("act", "77/2026"),
        ("text", "WORDS-OF-THE-COURT"),
    ];
    let before = events(&app).await;
    for _ in 0..2 {
        let saved = enter(&prosecutor, &fields).await;
        assert_eq!(saved.status, SAVED, "{}", saved.body);
    }
    assert_eq!(events(&app).await - before, 1, "sent twice it is one");
    let shown = prosecutor.get(&page()).await;
    for words in ["WORDS-OF-THE-COURT", "CANARY-AT-COURT", "77/2026"] {
        assert!(shown.body.contains(words), "{words}");
    }
    assert!(shown.says(Lang::Fr, "judicial-stage-judgment"));
    assert!(shown.says(Lang::Fr, "judicial-event-about-hint"));
    for username in [
        "worker1.rabat",
        "supervisor.rabat",
        "worker1.sale",
        "prosecutor.sale",
    ] {
        for (table, wanted) in [
            (
                "select id from app.court_event where adult_id is not null and territory_id = 1",
                0,
            ),
            (
                "select text_enc from app.court_event_text where territory_id = 1",
                0,
            ),
            (
                "select id from app.court_event where child_id is not null and territory_id = 1",
                usize::from(username.rsplit('.').next() == Some("rabat")),
            ),
        ] {
            let rows = looks(&app.db, username, table).await.unwrap();
            assert_eq!(rows.len(), wanted, "{username}: {table}");
        }
    }
    let cell = app
        .client("worker1.rabat")
        .reading(Lang::Fr)
        .get(&page())
        .await;
    assert_eq!(cell.status, StatusCode::OK);
    for words in ["WORDS-OF-THE-COURT", "CANARY-AT-COURT", "77/2026"] {
        assert!(!cell.body.contains(words), "{words}");
    }
    assert!(!cell.says(Lang::Fr, "judicial-stage-judgment"));
    assert!(!cell.says(Lang::Fr, "judicial-event-judgment"));
    assert!(told(&app, "court_hearing").await.is_empty());
}

#[tokio::test]
async fn a_hearing_of_a_child_is_told_and_owes_a_report_before_it() {
    let app = TestApp::new().await;
    let (about, soon) = (child(), day(9));
    let fields = [
        ("kind", "hearing"),
        ("about", about.as_str()),
        ("held_on", soon.as_str()),
        ("held_time", "09:30"),
        ("venue", "juvenile_judge"),
    ];
    let saved = enter(&app.client("registrar.rabat"), &fields).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let people = told(&app, "court_hearing").await;
    assert!(people.contains(&"worker1.rabat".to_owned()), "{people:?}");
    assert!(
        people.contains(&"supervisor.rabat".to_owned()),
        "{people:?}"
    );
    assert!(
        !people
            .iter()
            .any(|who| who.rsplit('.').next() == Some("sale"))
    );
    let cell = app
        .client("worker1.rabat")
        .reading(Lang::En)
        .get(&page())
        .await;
    assert!(cell.says(Lang::En, "judicial-event-hearing") && cell.body.contains("09:30"));
    let owed =
        "select count(*) from app.task where rule = 'judicial_hearing_report' and done_at is null
                and case_id = (select case_id from app.judicial_file where id = '{}')";
    let owed = owed.replace("{}", &id("judicial rabat.mine").to_string());
    assert_eq!(app.db.ask::<i64>(&owed).await, 1);
    let before: bool = app
        .db
        .ask("select bool_and(t.due_at < e.held_at and t.due_at > now()) from app.task t, app.court_event e
              where t.rule = 'judicial_hearing_report' and e.nth = t.occurrence")
        .await;
    assert!(before);

    // postponed: the report is owed for the new day, and once
    let (old, later) = (new_event(&app).await, day(30));
    let mut fields = fields.to_vec();
    fields[2].1 = later.as_str();
    fields.push(("replaces", old.as_str()));
    let saved = enter(&app.client("registrar.rabat"), &fields).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    assert_eq!(app.db.ask::<i64>(&owed).await, 1);
    // a second entry in place of the same one is told
    fields[3].1 = "10:00";
    let refused = enter(&app.client("registrar.rabat").reading(Lang::En), &fields).await;
    assert_eq!(refused.status, REFUSED);
    assert!(refused.says(Lang::En, "judicial-event-moved"));
}

/// The latest event that a test entered.
async fn new_event(app: &TestApp) -> String {
    app.db
        .ask("select id::text from app.court_event order by nth desc limit 1")
        .await
}

#[tokio::test]
async fn of_somebody_who_is_not_in_the_file_nothing_is_written() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat");
    let today = day(0);
    let before = events(&app).await;
    for about in [
        format!("child:{}", id("child sale.mine")),
        format!("child:{}", id("mother rabat.mine")),
        format!("adult:{}", id("mother sale.mine")),
    ] {
        let fields = [
            ("kind", "hearing"),
            ("about", about.as_str()),
            ("held_on", today.as_str()),
            ("held_time", "09:30"),
            ("venue", "trial_chamber"),
        ];
        let answer = enter(&prosecutor, &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{about}");
    }
    assert_eq!(events(&app).await, before);
    // nor by a statement
    let row = format!(
        "insert into app.court_event (id, file_id, case_id, territory_id, court_id, kind, child_id, held_at, venue, recorded_by)
         select gen_random_uuid(), f.id, f.case_id, f.territory_id, f.court_id, 'hearing', '{}', now(), 'appeal', '{}'
         from app.judicial_file f where f.id = '{}'",
        id("child sale.mine"),
        id("prosecutor.rabat"),
        id("judicial rabat.mine")
    );
    assert_eq!(
        tries(&app.db, "prosecutor.rabat", &row).await,
        Err("23503".to_owned())
    );
    // nor by the cell
    let row = row.replace(
        &id("child sale.mine").to_string(),
        &id("child rabat.mine").to_string(),
    );
    for username in ["worker1.rabat", "supervisor.rabat", "prosecutor.sale"] {
        let done = tries(&app.db, username, &row).await;
        assert!(
            matches!(done, Ok(0)) || done == Err("42501".to_owned()),
            "{username}: {done:?}"
        );
    }
    assert_eq!(events(&app).await, before);
}

#[tokio::test]
async fn what_cannot_be_is_told_beside_its_field_and_nothing_is_lost() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::Fr);
    let (child, mother) = (child(), mother());
    let (today, tomorrow, early, far) = (day(0), day(1), day(-20), day(1000));
    let before = events(&app).await;
    let child = child.as_str();
    for (kind, about, held_on, more, word) in [
        (
            "judgment",
            mother.as_str(),
            tomorrow.as_str(),
            ("outcome", "fine"),
            "error-date-future",
        ),
        (
            "final",
            child,
            tomorrow.as_str(),
            ("outcome", ""),
            "error-date-future",
        ),
        (
            "hearing",
            child,
            early.as_str(),
            ("outcome", ""),
            "decision-before-transmission",
        ),
        (
            "hearing",
            child,
            far.as_str(),
            ("outcome", ""),
            "judicial-hearing-too-far",
        ),
        (
            "hearing",
            child,
            tomorrow.as_str(),
            ("outcome", "held"),
            "judicial-hearing-not-yet",
        ),
        (
            "hearing",
            child,
            today.as_str(),
            ("outcome", "fine"),
            "judicial-outcome-of-another",
        ),
        (
            "judgment",
            mother.as_str(),
            today.as_str(),
            ("outcome", ""),
            "error-required",
        ),
        (
            "judgment",
            child,
            today.as_str(),
            ("outcome", "fine"),
            "judicial-event-of-an-adult",
        ),
        (
            "juvenile_measure",
            mother.as_str(),
            today.as_str(),
            ("measure", "parents"),
            "judicial-event-of-a-child",
        ),
        (
            "juvenile_measure",
            child,
            today.as_str(),
            ("measure", ""),
            "error-required",
        ),
        (
            "hearing",
            child,
            today.as_str(),
            ("replaces", FORM),
            "error-choice",
        ),
    ] {
        let fields = [
            ("kind", kind),
            ("about", about),
            ("held_on", held_on),
            ("held_time", "23:59"),
            ("venue", "trial_chamber"),
            ("text", "TYPED-WORDS"),
            more,
        ];
        let answer = enter(&prosecutor, &fields).await;
        assert_eq!(answer.status, REFUSED, "{kind} {word}");
        assert!(answer.says(Lang::Fr, word), "{kind} {word}");
        for typed in ["TYPED-WORDS", held_on, "23:59"] {
            assert!(answer.body.contains(typed), "{kind} {word}: {typed}");
        }
    }
    assert_eq!(events(&app).await, before);
}

/// A correction takes the place of what is about the same person: the cell would go on reading what was a mistake.
#[tokio::test]
async fn a_correction_is_about_the_same_person() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let (child, mother, today) = (child(), mother(), day(0));
    let measure = [
        ("kind", "juvenile_measure"),
        ("about", child.as_str()),
        ("held_on", today.as_str()),
        ("measure", "observation"),
    ];
    assert_eq!(enter(&prosecutor, &measure).await.status, SAVED);
    assert!(
        told(&app, "juvenile_measure")
            .await
            .contains(&"worker1.rabat".to_owned())
    );
    let old = new_event(&app).await;
    let judgment = [
        ("kind", "judgment"),
        ("about", mother.as_str()),
        ("held_on", today.as_str()),
        ("outcome", "fine"),
        ("replaces", old.as_str()),
    ];
    let refused = enter(&prosecutor, &judgment).await;
    assert_eq!(refused.status, REFUSED);
    assert!(refused.says(Lang::En, "judicial-event-of-another"));
    let corrected = [
        ("kind", "juvenile_measure"),
        ("about", child.as_str()),
        ("held_on", today.as_str()),
        ("measure", "parents"),
        ("replaces", old.as_str()),
    ];
    assert_eq!(enter(&prosecutor, &corrected).await.status, SAVED);
    let page = prosecutor.get(&page()).await;
    assert!(page.says(Lang::En, "judicial-event-superseded"));
    assert!(
        page.says(Lang::En, "judicial-stage-juvenile-judge")
            || page.says(Lang::En, "judicial-stage-trial")
    );
    for sql in [
        "update app.court_event set measure = null",
        "update app.court_event_text set text_enc = ''",
        "delete from app.court_event",
    ] {
        let done = tries(&app.db, "prosecutor.rabat", sql).await;
        assert_eq!(done, Err("42501".to_owned()), "{sql}");
    }
}
