//! What a court says of a mother reaches her track, and those who work for her (schema D19, decision 0092).

use crate::support::{
    Answer, Client, TestApp, day as date, id,
    role::{looks, reads, tries},
    typed_day as day,
};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use uuid::Uuid;

const SAVED: StatusCode = StatusCode::SEE_OTHER;

/// Enters an outcome of the mother of the file of Rabat; `form` tells one entry from another.
async fn enter(client: &Client, form: u8, kind: &str, outcome: &str) -> Answer {
    entered(client, form, (kind, outcome, &mother()), "").await
}

async fn entered(
    client: &Client,
    form: u8,
    (kind, outcome, about): (&str, &str, &str),
    replaces: &str,
) -> Answer {
    let (form, today) = (
        format!("018f0000-0000-7000-8000-0000000000{form:02}"),
        day(0),
    );
    let fields = [
        ("id", form.as_str()),
        ("kind", kind),
        ("about", about),
        ("held_on", today.as_str()),
        ("outcome", outcome),
        ("replaces", replaces),
    ];
    let path = format!("/prosecution/{}/events", id("judicial rabat.mine"));
    client.post(&path, &fields).await
}

fn mother() -> String {
    format!("adult:{}", id("mother rabat.mine"))
}

/// Who was told, and how often all of them together.
async fn told(app: &TestApp) -> (Vec<String>, i64) {
    let people = app
        .db
        .list(
            "select distinct u.username from app.notice n join sec.app_user u on u.id = n.recipient
             where n.kind = 'mother_outcome' order by 1",
        )
        .await;
    let times = app
        .db
        .ask("select coalesce(sum(times), 0)::bigint from app.notice where kind = 'mother_outcome'")
        .await;
    (people, times)
}

#[tokio::test]
async fn the_cell_is_told_that_a_court_has_spoken_and_once_of_the_same_outcome() {
    let app = TestApp::new().await;
    let registrar = app.client("registrar.rabat");
    let mut before = 0;
    for (form, kind, outcome, is_told) in [
        (1, "judgment", "imprisonment", false),
        (2, "judgment", "acquittal", true),
        // the same entry, then the same outcome in another one: nothing is new
        (2, "judgment", "acquittal", false),
        (3, "judgment", "acquittal", false),
        (4, "appeal", "upheld", false),
        (5, "appeal", "overturned_conviction", true),
        (6, "appeal", "changed_sentence", false),
        (7, "appeal", "changed_suspended", true),
    ] {
        let saved = enter(&registrar, form, kind, outcome).await;
        assert_eq!(saved.status, SAVED, "{}", saved.body);
        let (_, times) = told(&app).await;
        assert_eq!(times > before, is_told, "{form} {kind} {outcome}");
        before = times;
    }
    let (people, _) = told(&app).await;
    assert_eq!(people, ["supervisor.rabat", "worker1.rabat"]);
    // that there is a judgment, and nothing else of it
    for username in ["worker1.rabat", "supervisor.rabat"] {
        let rows = looks(
            &app.db,
            username,
            "select outcome from app.court_event where outcome is not null",
        )
        .await;
        assert_eq!(rows, Ok(vec![]), "{username}");
    }
}

#[tokio::test]
async fn an_entry_that_is_taken_back_is_told_as_well() {
    let app = TestApp::new().await;
    let registrar = app.client("registrar.rabat");
    let acquitted = enter(&registrar, 1, "judgment", "acquittal").await;
    assert_eq!(acquitted.status, SAVED, "{}", acquitted.body);
    let (_, before) = told(&app).await;
    let wrong: String = app
        .db
        .ask("select id::text from app.court_event order by nth desc limit 1")
        .await;
    let mended = entered(
        &registrar,
        2,
        ("judgment", "security_measure", &mother()),
        &wrong,
    )
    .await;
    assert_eq!(mended.status, SAVED, "{}", mended.body);
    let (_, after) = told(&app).await;
    assert!(after > before);
}

#[tokio::test]
async fn an_appeal_that_frees_or_convicts_is_about_an_adult() {
    let app = TestApp::new().await;
    let registrar = app.client("registrar.rabat").reading(Lang::En);
    let child = format!("child:{}", id("child rabat.mine"));
    for about in ["file", child.as_str()] {
        for outcome in ["overturned_acquittal", "overturned_conviction"] {
            let refused = entered(&registrar, 1, ("appeal", outcome, about), "").await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{about}");
            assert!(refused.says(Lang::En, "judicial-event-of-an-adult"));
        }
        let saved = entered(&registrar, 2, ("appeal", "upheld", about), "").await;
        assert_eq!(saved.status, SAVED, "{about}: {}", saved.body);
    }
}

/// She is prosecuted in the procedure of her child.
async fn prosecuted(app: &TestApp) -> Uuid {
    let decision = id("prosecuted for an outcome");
    let sql = format!(
        "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, offence, decided_on,
             recorded_by)
         select '{decision}', a.file_id, a.case_id, a.territory_id, a.court_id, a.person_id, 'prosecution_at_liberty', 'prosecuted',
                (select code from ref.offence where valid_to is null order by sort limit 1),
                (now() at time zone 'Africa/Casablanca')::date, '{}'
         from app.judicial_adult a where a.file_id = '{}' and a.person_id = '{}'",
        id("prosecutor.rabat"),
        id("judicial rabat.mine"),
        id("mother rabat.mine"),
    );
    app.db.run(&sql).await;
    decision
}

/// A supervisor opens the four services against that prosecution.
async fn open_for(client: &Client, decision: Uuid, reason: &str) -> Answer {
    let path = format!("/mothers/{}", id("mother rabat.mine"));
    let shown = client.get(&path).await;
    let (_, rest) = shown.body.split_once("name=\"id\" value=\"").unwrap();
    let (form, decision) = (rest.split_once('"').unwrap().0, decision.to_string());
    let fields = [
        ("id", form),
        ("decision", decision.as_str()),
        ("reason", reason),
        ("note", "An invented explanation."),
    ];
    client.post(&format!("{path}/support"), &fields).await
}

#[tokio::test]
async fn a_conviction_closes_what_an_acquittal_had_opened_and_nothing_else() {
    let app = TestApp::new().await;
    let decision = prosecuted(&app).await;
    let her_page = format!("/mothers/{}", id("mother rabat.mine"));
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let registrar = app.client("registrar.rabat");
    let stands = async |key: &str| worker.get(&her_page).await.says(Lang::En, key);

    assert_eq!(
        enter(&registrar, 1, "judgment", "acquittal").await.status,
        SAVED
    );
    assert!(
        stands("mother-access-blocked").await,
        "a supervisor decides"
    );
    let opened = open_for(&supervisor, decision, "acquitted").await;
    assert_eq!(opened.status, SAVED, "{}", opened.body);
    assert!(stands("mother-access-open").await);

    let convicted = enter(&registrar, 2, "appeal", "overturned_conviction").await;
    assert_eq!(convicted.status, SAVED, "{}", convicted.body);
    assert!(stands("mother-access-blocked").await);
    // a further word, for another reason, outlives a further conviction
    let opened = open_for(&supervisor, decision, "breastfeeding").await;
    assert_eq!(opened.status, SAVED, "{}", opened.body);
    assert!(stands("mother-access-open").await);
    let harsher = enter(&registrar, 3, "appeal", "changed_sentence").await;
    assert_eq!(harsher.status, SAVED, "{}", harsher.body);
    assert!(stands("mother-access-open").await);
    let words: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.mother_support where decision_id = '{decision}'"
        ))
        .await;
    assert_eq!(words, 2, "no word is taken away");
    // which conviction stood is not for its author to say
    let forged = format!(
        "insert into app.mother_support (id, person_id, territory_id, ground, decision_id, reason, opened_by, after_event_id)
         values (gen_random_uuid(), '{}', 1, 'override', '{decision}', 'acquitted', '{}', null)",
        id("mother rabat.mine"),
        id("supervisor.rabat")
    );
    assert_eq!(tries(&app.db, "supervisor.rabat", &forged).await, Ok(1));
    let kept: bool = app
        .db
        .ask("select bool_and(after_event_id is not null) from app.mother_support where reason = 'acquitted' and opened_at >=
                  (select max(opened_at) from app.mother_support)")
        .await;
    assert!(kept);
}

#[tokio::test]
async fn a_conviction_that_was_entered_wrongly_closes_nothing() {
    let app = TestApp::new().await;
    let decision = prosecuted(&app).await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let registrar = app.client("registrar.rabat");
    let opened = open_for(&supervisor, decision, "suspended_sentence").await;
    assert_eq!(opened.status, SAVED, "{}", opened.body);
    let wrong = enter(&registrar, 1, "judgment", "imprisonment").await;
    assert_eq!(wrong.status, SAVED, "{}", wrong.body);
    let her_page = format!("/mothers/{}", id("mother rabat.mine"));
    let closed = supervisor.get(&her_page).await;
    assert!(closed.says(Lang::En, "mother-access-blocked"));
    let (people, before) = told(&app).await;
    assert!(!people.is_empty(), "told, for it closed what was open");
    let wrong: String = app
        .db
        .ask("select id::text from app.court_event order by nth desc limit 1")
        .await;
    let mended = entered(&registrar, 2, ("judgment", "suspended", &mother()), &wrong).await;
    assert_eq!(mended.status, SAVED, "{}", mended.body);
    let again = supervisor.get(&her_page).await;
    assert!(again.says(Lang::En, "mother-access-open"));
    assert!(told(&app).await.1 > before);
}

/// Enters the last event of the mother so many days earlier.
async fn date_back(app: &TestApp, days: i64) {
    app.db
        .run(&format!(
            "update app.court_event set held_at = held_at - interval '{days} days', recorded_at = recorded_at - interval '{days} days'
             where nth = (select max(nth) from app.court_event)"
        ))
        .await;
}

#[tokio::test]
async fn her_page_says_since_when_a_conviction_has_closed_what_was_open() {
    let app = TestApp::new().await;
    let decision = prosecuted(&app).await;
    let her_page = format!("/mothers/{}", id("mother rabat.mine"));
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let registrar = app.client("registrar.rabat");
    let before = supervisor.get(&her_page).await;
    assert!(before.says(Lang::En, "decision-mother-why-prosecuted"));
    let entered = enter(&registrar, 1, "judgment", "acquittal").await;
    assert_eq!(entered.status, SAVED, "{}", entered.body);
    date_back(&app, 9).await;
    let opened = open_for(&supervisor, decision, "acquitted").await;
    assert_eq!(opened.status, SAVED, "{}", opened.body);
    app.db
        .run("update app.mother_support set opened_at = opened_at - interval '8 days' where reason = 'acquitted'")
        .await;
    // convicted, and once more: closed since the first time
    for (form, outcome, ago) in [(2, "overturned_conviction", 4), (3, "changed_sentence", 2)] {
        let entered = enter(&registrar, form, "appeal", outcome).await;
        assert_eq!(entered.status, SAVED, "{}", entered.body);
        date_back(&app, ago).await;
    }
    for (lang, words) in [
        (Lang::Ar, "بسبب إدانة"),
        (Lang::Fr, "par une condamnation"),
        (Lang::En, "by a conviction"),
    ] {
        let shown = app
            .client("worker1.rabat")
            .reading(lang)
            .get(&her_page)
            .await;
        let (opened, closed) = (lang.date(date(-8)), lang.date(date(-4)));
        for words in [words, opened.as_str(), closed.as_str()] {
            assert!(shown.body.contains(words), "{lang:?}: {words}");
        }
        assert!(!shown.says(lang, "decision-mother-why-prosecuted"));
    }
    // what the court said stays the court's
    let english = app.client("worker1.rabat").reading(Lang::En);
    let shown = english.get(&her_page).await;
    assert!(!shown.body.contains("Acquittal overturned") && !shown.body.contains("not suspended"));
    let closing = format!(
        "select closed_on from app.closed_opening_of('{}')",
        id("mother rabat.mine")
    );
    let since = date(-4).format("%Y-%m-%d").to_string();
    for (username, found) in [
        ("worker1.rabat", vec![since]),
        ("worker1.sale", vec![]),
        ("prosecutor.rabat", vec![]),
        ("focal.rabat", vec![]),
    ] {
        assert_eq!(
            reads(&app.db, username, &closing).await,
            found,
            "{username}"
        );
    }
    // a further word opens, and nothing is closed any more
    let opened = open_for(&supervisor, decision, "breastfeeding").await;
    assert_eq!(opened.status, SAVED, "{}", opened.body);
    let shown = english.get(&her_page).await;
    assert!(shown.says(Lang::En, "mother-access-open"));
    assert!(!shown.body.contains("by a conviction"));
    assert!(reads(&app.db, "worker1.rabat", &closing).await.is_empty());
}

#[tokio::test]
async fn an_acquittal_between_two_convictions_moves_the_day() {
    let app = TestApp::new().await;
    let decision = prosecuted(&app).await;
    let registrar = app.client("registrar.rabat");
    let supervisor = app.client("supervisor.rabat");
    let opened = open_for(&supervisor, decision, "suspended_sentence").await;
    assert_eq!(opened.status, SAVED, "{}", opened.body);
    let closing = format!(
        "select closed_on from app.closed_opening_of('{}')",
        id("mother rabat.mine")
    );
    for (form, kind, outcome, ago, since) in [
        (1, "judgment", "imprisonment", 9, Some(-9)),
        (2, "appeal", "changed_suspended", 7, None),
        (3, "appeal", "changed_sentence", 5, Some(-5)),
        (4, "appeal", "upheld", 3, Some(-5)),
    ] {
        let entered = enter(&registrar, form, kind, outcome).await;
        assert_eq!(entered.status, SAVED, "{}", entered.body);
        date_back(&app, ago).await;
        let wanted: Vec<String> = since
            .map(|since| date(since).format("%Y-%m-%d").to_string())
            .into_iter()
            .collect();
        assert_eq!(
            reads(&app.db, "worker1.rabat", &closing).await,
            wanted,
            "{outcome}"
        );
    }
}
