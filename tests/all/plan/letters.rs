//! The register of letters: looked through, answered, struck; and the decisions beside it.

use super::{BAD, CITY, committee, decide, done, is_done, is_refused, preparing, send, write};
use crate::support::typed_day;
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn letters_are_found_by_city_side_purpose_and_days() {
    let (app, steering) = committee().await;
    preparing(&steering).await;
    let letter = write(&steering, "fes", "prosecution", "joins_plan").await;
    let link = format!("/plan/letters/{letter}");
    let (today, yesterday) = (typed_day(0), typed_day(-1));
    for (query, is_there) in [
        (String::new(), true),
        ("city=fes".to_owned(), true),
        ("city=rabat".to_owned(), false),
        ("party=prosecution".to_owned(), true),
        ("party=committee".to_owned(), true),
        ("party=association".to_owned(), false),
        ("purpose=joins_plan".to_owned(), true),
        ("purpose=reports".to_owned(), false),
        (format!("since={today}"), true),
        (format!("until={yesterday}"), false),
        (format!("city=fes&party=prosecution&until={today}"), true),
    ] {
        let page = steering.get(&format!("/plan/letters?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert_eq!(page.body.contains(&link), is_there, "{query}");
    }
    for query in [
        "city=nowhere".to_owned(),
        "party=nobody".to_owned(),
        "purpose=%00".to_owned(),
        "since=31/02/2024".to_owned(),
        format!("since={today}&until={yesterday}"),
    ] {
        let page = steering.get(&format!("/plan/letters?{query}")).await;
        assert_eq!(page.status, BAD, "{query}");
    }
    // every supervisor reads the letters of every city; a worker has no such page
    let supervisor = app.client("supervisor.sale");
    assert_eq!(supervisor.get(&link).await.status, StatusCode::OK);
    let worker = app.client("worker1.rabat");
    for path in [&*link, "/plan/letters", "/plan/letters/new"] {
        assert_eq!(
            worker.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    // and none in the way of a city either
    let page = worker.get(CITY).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("/plan/letters/"), "{}", page.body);
}

#[tokio::test]
async fn a_long_register_goes_on_for_another_page() {
    let (app, steering) = committee().await;
    app.db
        .run(
            "insert into plan.correspondence (id, sent_on, from_party, to_party, subject, purpose, by_role)
             select gen_random_uuid(), current_date - n, 'committee', 'department', 'LONG-' || n || '-', 'reports', 'steering'
             from generate_series(1, 60) n",
        )
        .await;
    let page = steering.get("/plan/letters?purpose=reports").await;
    assert!(page.body.contains("LONG-25-") && !page.body.contains("LONG-26-"));
    assert!(
        page.body
            .contains("/plan/letters?purpose=reports&#38;skip=25"),
        "{}",
        page.body
    );
    let last = steering.get("/plan/letters?purpose=reports&skip=50").await;
    assert!(last.body.contains("LONG-60-") && !last.body.contains("skip=75"));
}

/// An answer names its letter, and both pages lead to each other.
#[tokio::test]
async fn an_answer_hangs_on_its_letter() {
    let (_app, steering) = committee().await;
    preparing(&steering).await;
    let asked = write(&steering, "fes", "department", "asks_focal_point").await;
    let typed = [
        ("city", "fes"),
        ("letter_purpose", "names_focal_point"),
        ("letter_subject", "جواب مختلق"),
        ("from_party", "department"),
        ("from_org", "department_health"),
        ("to_party", "committee"),
        ("reference", "REF-77"),
    ];
    let page = format!("/plan/letters/new?answers={asked}");
    let sent = send(&steering, &page, &typed).await;
    let answer = is_done(&sent).to_owned();
    let (_, id) = answer.rsplit_once('/').unwrap();
    is_done(&done(&steering, "focal_points", &format!("letter:{id}")).await);
    let first = steering.get(&format!("/plan/letters/{asked}")).await.body;
    assert!(first.contains(&answer) && first.contains("REF-77"));
    let second = steering.get(&answer).await.body;
    assert!(second.contains(&format!("/plan/letters/{asked}")));
    assert!(second.contains("Department of Health"), "{second}");
    assert!(second.contains(CITY), "the step that it proves: {second}");
    // to a letter that there is not
    let page = "/plan/letters/new?answers=0198c0de-0000-7000-8000-00000000dead";
    is_refused(&send(&steering, page, &typed).await, "answers");
}

/// Entered wrongly, it stays in the register with why; a step that rested on it says so.
#[tokio::test]
async fn a_letter_is_struck_by_the_committee_and_never_erased() {
    let (app, steering) = committee().await;
    preparing(&steering).await;
    let letter = write(&steering, "fes", "department", "constitutes_team").await;
    is_done(&done(&steering, "team", &format!("letter:{letter}")).await);
    let strike = format!("/plan/letters/{letter}/strike");
    let why = [("struck_why", "سُجلت مرتين")];
    let supervisor = app.client("supervisor.rabat");
    let refused = supervisor.post(&strike, &why).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    is_refused(&steering.post(&strike, &[]).await, "struck_why");
    is_done(&steering.post(&strike, &why).await);
    is_done(&steering.post(&strike, &[("struck_why", "سبب ثان")]).await);
    let page = steering.get(&format!("/plan/letters/{letter}")).await;
    assert!(page.body.contains("سُجلت مرتين") && !page.body.contains("سبب ثان"));
    assert!(
        steering
            .get(CITY)
            .await
            .says(Lang::En, "plan-letter-struck")
    );
    let struck: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'plan_letter.struck'")
        .await;
    assert_eq!(struck, 1);
}

/// Of the whole plan the committee alone writes.
#[tokio::test]
async fn a_letter_without_a_city_is_the_committees() {
    let (app, steering) = committee().await;
    let typed = [
        ("letter_purpose", "reports"),
        ("letter_subject", "تقرير مختلق"),
        ("from_party", "committee"),
        ("to_party", "presidency"),
    ];
    is_done(&send(&steering, "/plan/letters/new", &typed).await);
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    for city in ["", "sale", "nowhere"] {
        let typed = [&typed[..], &[("city", city)]].concat();
        let sent = send(&supervisor, "/plan/letters/new", &typed).await;
        is_refused(&sent, "city");
    }
    is_done(&send(&supervisor, "/plan/letters/new", &typed).await);
    let own: String = app
        .db
        .ask(
            "select x.city from plan.correspondence l join plan.correspondence_city x on x.letter = l.id
             where l.by_role = 'supervisor' and l.purpose = 'reports'",
        )
        .await;
    assert_eq!(own, "rabat");
}

/// A decision takes the place of another once.
#[tokio::test]
async fn a_decision_is_replaced_and_stays_to_be_read() {
    let (app, steering) = committee().await;
    let first = decide(&steering, "rabat", "قرار مختلق أول").await;
    let typed = [
        ("city", "rabat"),
        ("text_ar", "قرار مختلق يعوض الأول"),
        ("text_fr", "Décision inventée"),
        ("decision_number", "N-2"),
        ("replaces", first.as_str()),
    ];
    is_done(&send(&steering, "/plan/decisions/new", &typed).await);
    let worker = app.client("worker1.rabat").reading(Lang::Fr);
    let page = worker.get("/plan/decisions?city=rabat").await.body;
    for words in ["قرار مختلق أول", "Décision inventée", "N-2"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    is_refused(
        &send(&steering, "/plan/decisions/new", &typed).await,
        "replaces",
    );
    for username in ["supervisor.rabat", "worker1.rabat", "prosecutor.rabat"] {
        let refused = app.client(username).get("/plan/decisions/new").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{username}");
    }
}
