//! Two records of one mother (decision 0098): found with reasons, joined and read as one, and apart again as they were.

use super::{form, number, put, refused_at};
use crate::{
    duplicates::keyed,
    seal::work,
    support::{Answer, Client, TestApp, id, role::looks},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const MINE: &str = "mother rabat.mine";
const OTHER: &str = "mother rabat.colleague";
/// What each is called here: in Arabic, in Latin letters.
const NAMES: [(&str, [&str; 2], [&str; 2]); 2] = [
    (MINE, ["خديجة", "الشرايبي"], ["", ""]),
    (OTHER, ["", ""], ["Khadija", "Chraibi"]),
];

/// The mothers of two files of Rabat bear one name, each in a script of its own.
async fn two() -> TestApp {
    let app = TestApp::new().await;
    for (whose, ar, la) in NAMES {
        let text = |text: &str| format!("nullif('{text}', '')");
        app.db
            .run(&format!(
                "update app.person_name set given_ar = {}, family_ar = {}, given_la = {}, family_la = {} where person_id = '{}'",
                text(ar[0]),
                text(ar[1]),
                text(la[0]),
                text(la[1]),
                id(whose)
            ))
            .await;
    }
    // long before anybody compared them: the clock of the application stands still
    app.db
        .run("update app.person_name set named_at = now() - interval '1 day'")
        .await;
    keyed(&app).await;
    app
}

fn page(whose: &str) -> String {
    format!("/mothers/{}", id(whose))
}

fn records(whose: &str) -> String {
    page(whose) + "/records"
}

async fn say(client: &Client, (whose, other): (&str, &str), verdict: &str) -> Answer {
    let other = id(other).to_string();
    let fields = [("other", other.as_str()), ("answer", verdict)];
    client.post(&records(whose), &fields).await
}

/// The decisions that put records together today.
async fn acts(app: &TestApp) -> Vec<String> {
    app.db
        .list("select id::text from app.identity_act where kind = 'joined' and at > now() - interval '1 hour' order by at")
        .await
}

async fn part(client: &Client, whose: &str, n: &str, act: &str) -> Answer {
    let id = form(n);
    let fields = [
        ("id", id.as_str()),
        ("part_act", act),
        ("verdict", "not_same"),
        ("part_why", "PARTED-WHY"),
    ];
    client
        .post(&format!("{}/part", records(whose)), &fields)
        .await
}

async fn notices(app: &TestApp) -> Vec<String> {
    app.db
        .list(
            "select n.kind || ' ' || u.username from app.notice n join sec.app_user u on u.id = n.recipient
             where n.kind in ('mother_joined', 'mother_parted') order by n.kind, u.username",
        )
        .await
}

#[tokio::test]
async fn another_record_is_found_with_its_reasons_by_the_supervisor_alone() {
    let app = two().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    for (whose, name) in [(MINE, "Khadija Chraibi"), (OTHER, "خديجة الشرايبي")] {
        let shown = supervisor.get(&records(whose)).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.body.contains(name), "{whose}");
        for key in [
            "duplicate-sign-name",
            "duplicate-sign-age",
            "duplicate-sign-place",
            "records-strong",
        ] {
            assert!(shown.says(Lang::En, key), "{key}");
        }
        for hidden in ["CANARY-mother-rabat.protected", "CANARY-mother-sale.mine"] {
            assert!(!shown.body.contains(hidden), "{hidden}");
        }
    }
    for (who, status) in [
        ("worker1.rabat", StatusCode::FORBIDDEN),
        ("supervisor.sale", StatusCode::NOT_FOUND),
    ] {
        let client = app.client(who);
        assert_eq!(client.get(&records(MINE)).await.status, status, "{who}");
        let said = say(&client, (MINE, OTHER), "same").await;
        assert_eq!(said.status, status, "{who}");
    }
    assert!(acts(&app).await.is_empty());
    // not asked by a page either
    let asked = "select person_id::text from app.adults_found(1::smallint, jsonb_build_array(jsonb_build_object(
                 'nth', 0, 'whose', 'around', 'children', (select jsonb_agg(child_id) from app.case_file))))";
    for who in ["worker1.rabat", "supervisor.sale", "focal.rabat", "dpo"] {
        assert_eq!(looks(&app.db, who, asked).await, Ok(Vec::new()), "{who}");
    }
}

#[tokio::test]
async fn the_night_finds_the_two_and_her_page_and_the_queue_say_so() {
    let app = two().await;
    let job = work(&app.db);
    assert!(job.compare_files().await.unwrap() >= 1);
    assert_eq!(job.compare_files().await.unwrap(), 0, "nothing new");
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let hers = supervisor.get(&page(MINE)).await;
    assert!(hers.body.contains("Khadija Chraibi") && hers.says(Lang::En, "records-found"));
    assert!(hers.says(Lang::En, "duplicate-sign-name"));
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let theirs = worker.get(&page(MINE)).await;
    assert!(!theirs.body.contains("Khadija") && !theirs.says(Lang::En, "records-found"));
    let queue = supervisor.get("/duplicates").await;
    assert!(queue.says(Lang::En, "records-of-women") && queue.body.contains("خديجة الشرايبي"));
    let pair: String = app
        .db
        .ask(format!(
            "select id::text from app.duplicate_pair where '{}' in (one_person, other_person) and '{}' in (one_person, other_person)",
            id(MINE),
            id(OTHER)
        ))
        .await;
    let path = format!("/duplicates/{pair}");
    let elsewhere = app.client("supervisor.sale");
    let said = elsewhere.post(&path, &[("verdict", "same")]).await;
    assert_eq!(said.status, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        let said = supervisor.post(&path, &[("verdict", "not_same")]).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    }
    let other = supervisor.post(&path, &[("verdict", "same")]).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "another mind is told");
    let queue = supervisor.get("/duplicates").await;
    assert!(!queue.says(Lang::En, "records-of-women"));
    // told apart, the two are asked about no more; her page says by whom, from both sides
    assert_eq!(job.compare_files().await.unwrap(), 0);
    for whose in [MINE, OTHER] {
        let shown = supervisor.get(&records(whose)).await;
        assert!(shown.says(Lang::En, "records-not-same"));
        assert!(shown.body.contains("said by"), "{whose}");
    }
}

#[tokio::test]
async fn joined_records_are_read_as_one_and_apart_again_as_they_were() {
    let app = two().await;
    let before = super::property::everything(&app.db).await;
    let live = "select person_id || ' ' || identity_id from app.identity_link where verdict = 'same' and live order by 1";
    let links = app.db.list(live).await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let colleague = app.client("worker2.rabat").reading(Lang::En);
    let (ours, theirs) = (
        number(&app.db, "rabat.mine").await,
        number(&app.db, "rabat.colleague").await,
    );
    let alone = colleague.get(&page(OTHER)).await;
    assert!(!alone.body.contains(&ours));
    assert!(!alone.says(Lang::En, "decision-mother-why-not-prosecuted"));

    for _ in 0..2 {
        let joined = say(&supervisor, (MINE, OTHER), "same").await;
        assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    }
    let acts = acts(&app).await;
    assert_eq!(acts.len(), 1, "pressed twice, one decision");
    assert_eq!(
        notices(&app).await,
        ["mother_joined worker1.rabat", "mother_joined worker2.rabat"]
    );
    // one history, from each of her records, for who reads it
    for (client, whose) in [
        (&supervisor, MINE),
        (&supervisor, OTHER),
        (&colleague, MINE),
        (&colleague, OTHER),
    ] {
        let hers = client.get(&page(whose)).await;
        assert!(
            hers.body.contains(&ours) && hers.body.contains(&theirs),
            "{whose}"
        );
        // and what the prosecution decided on one of them is decided on her; its act is read as before
        assert!(hers.says(Lang::En, "decision-mother-why-not-prosecuted"));
    }
    let hers = colleague.get(&page(OTHER)).await;
    assert!(!hers.body.contains("CANARY-ACT"));
    let list = supervisor.get("/mothers").await.body;
    let lines =
        [MINE, OTHER].map(|whose| list.matches(&format!("href=\"{}\"", page(whose))).count());
    assert_eq!(lines[0] + lines[1], 1, "each woman once");
    // her children are brother and sister
    let family = format!("/cases/{}/family", id("case rabat.mine"));
    assert!(supervisor.get(&family).await.body.contains(&theirs));
    let shown = supervisor.get(&records(OTHER)).await;
    assert!(shown.body.contains("خديجة الشرايبي") && shown.says(Lang::En, "records-act-joined"));
    let verdict = say(&supervisor, (MINE, OTHER), "unsure").await;
    assert_eq!(
        verdict.status,
        StatusCode::CONFLICT,
        "a join is not unsaid by a word"
    );

    // taken back with a reason, from the other of the two
    let none = supervisor
        .post(&format!("{}/part", records(OTHER)), &[])
        .await;
    refused_at(&none, "part_why");
    for _ in 0..2 {
        let parted = part(&supervisor, OTHER, "41", &acts[0]).await;
        assert_eq!(parted.status, StatusCode::SEE_OTHER, "{}", parted.body);
    }
    let late = part(&supervisor, MINE, "42", &acts[0]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says(Lang::En, "identity-parted-already") && late.body.contains("PARTED-WHY"));
    assert_eq!(app.db.list(live).await, links);
    assert_eq!(
        super::property::everything(&app.db).await,
        before,
        "every row as it was"
    );
    let alone = colleague.get(&page(OTHER)).await;
    assert!(!alone.body.contains(&ours), "closed at once");
    assert!(!alone.says(Lang::En, "decision-mother-why-not-prosecuted"));
    let shown = supervisor.get(&records(MINE)).await;
    assert!(shown.says(Lang::En, "records-two") && shown.body.contains("PARTED-WHY"));
    assert_eq!(notices(&app).await.len(), 4);
    let trail = app
        .db
        .list("select action from audit.event where action in ('identity.joined', 'identity.parted', 'duplicates.checked') order by id")
        .await;
    assert_eq!(
        trail,
        ["identity.joined", "duplicates.checked", "identity.parted"]
    );
}

#[tokio::test]
async fn a_record_of_another_city_or_of_protected_files_is_joined_with_none() {
    let app = two().await;
    let supervisor = app.client("supervisor.rabat");
    for other in [
        "mother sale.mine",
        "mother rabat.protected",
        "nobody",
        "child rabat.colleague",
        MINE,
    ] {
        let refused = say(&supervisor, (MINE, other), "same").await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{other}");
    }
    for other in ["mother sale.mine", "mother rabat.protected"] {
        let sql = format!(
            "select coalesce(app.join_records('{}', '{}', '{}'), 'none')",
            id("act"),
            id(MINE),
            id(other)
        );
        for who in ["supervisor.rabat", "supervisor.sale", "worker1.rabat"] {
            assert_eq!(looks(&app.db, who, &sql).await, Ok(vec!["none".to_owned()]));
        }
    }
    // nor by a worker, whose files both are near
    let sql = format!(
        "select coalesce(app.join_records('{}', '{}', '{}'), 'none')",
        id("act"),
        id(MINE),
        id(OTHER)
    );
    for who in ["worker1.rabat", "worker2.rabat"] {
        assert_eq!(looks(&app.db, who, &sql).await, Ok(vec!["none".to_owned()]));
    }
    // one that is joined, and whose child is protected later, hides from the page of the other
    let joined = say(&supervisor, (MINE, OTHER), "same").await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let theirs = number(&app.db, "rabat.colleague").await;
    put(
        &app.db,
        &format!(
            "update app.case_file set protected = true where id = '{}';
             update app.person set protected = true, near_protected = true where id = '{}';
             update app.person set near_protected = true where id = '{}'",
            id("case rabat.colleague"),
            id("child rabat.colleague"),
            id(OTHER)
        ),
    )
    .await;
    for who in ["worker1.rabat", "supervisor.rabat"] {
        let hers = app.client(who).get(&page(MINE)).await.body;
        assert!(
            !hers.contains(&theirs) && !hers.contains("Khadija"),
            "{who}"
        );
    }
}

/// Of two supervisors at once, one decision.
#[tokio::test]
async fn two_who_join_at_once_join_once() {
    let app = two().await;
    let supervisor = app.client("supervisor.rabat");
    let (one, two) = tokio::join!(
        say(&supervisor, (MINE, OTHER), "same"),
        say(&supervisor, (OTHER, MINE), "same")
    );
    for answer in [one, two] {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    assert_eq!(acts(&app).await.len(), 1);
}
