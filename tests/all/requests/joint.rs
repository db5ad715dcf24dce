//! A mother and her children served by one act: each counted among their own, each held by their own rules.

use super::page;
use crate::support::{Answer, Client, TestApp, TestDb, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FORM: &str = "018f0000-0000-7000-8000-0000000000";

/// The child of worker2 is a brother of the child of worker1.
async fn brothers(app: &TestApp) {
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.relationship set from_person = '{}' where to_person = '{}'",
            id("mother rabat.mine"),
            id("child rabat.colleague")
        ))
        .await;
}

/// From the page of a child's file (`case`) or of a mother (`mother`), for some of the family.
async fn record(
    client: &Client,
    form: &str,
    from: (&str, &str),
    kind: &str,
    people: &[&str],
) -> Answer {
    let (form, about, today) = (
        format!("{FORM}{form}"),
        id(from.1).to_string(),
        typed_day(0),
    );
    let people: Vec<_> = people.iter().map(|name| id(name).to_string()).collect();
    let mut fields = vec![
        ("id", form.as_str()),
        (from.0, about.as_str()),
        ("kind", kind),
        ("provider", "en_cell_rabat"),
        ("state", "delivered"),
        ("date", today.as_str()),
        ("note", "TYPED-NOTE"),
    ];
    fields.extend(people.iter().map(|one| ("for", one.as_str())));
    client.post("/services", &fields).await
}

/// For whom the latest act is, and as what it counts.
async fn counted(app: &TestApp) -> Vec<String> {
    app.db
        .list(
            "select concat_ws(' ', k.code, k.audience, b.mother_effect) from app.service s
             join app.service_beneficiary b on b.service_id = s.id
             join ref.service_kind k on k.code = coalesce(b.counts_as, s.kind)
             where s.id = (select id from app.service order by recorded_at desc limit 1) order by 1",
        )
        .await
}

async fn acts(app: &TestApp) -> i64 {
    app.db.ask("select count(*) from app.service").await
}

/// Beside the tick of that person: the message, and nothing of what was typed is lost.
fn refused_at(answer: &Answer, who: &str, key: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{who}");
    let link = format!("href=\"#for-{}\"", id(who));
    assert!(answer.body.contains(&link), "no message at {who}");
    assert!(answer.says(Lang::En, key), "{key}");
    assert!(answer.body.contains("TYPED-NOTE"));
}

#[tokio::test]
async fn a_mother_and_two_children_are_one_act_and_three_services() {
    let app = TestApp::new().await;
    brothers(&app).await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let people = ["child rabat.mine", "child rabat.colleague"];
    let figures = |family: &str| {
        format!(
            "select coalesce(sum(n), 0)::bigint from stat.exact_cells(current_date)
             where measure = 'services' and territory_id = 1 and key = '{family}'"
        )
    };
    let before = [
        app.db.ask::<i64>(figures("psychological")).await,
        app.db.ask::<i64>(figures("family_mediation")).await,
    ];
    let known = acts(&app).await;
    for form in ["41", "42", "43", "44", "45"] {
        let from = ("mother", "mother rabat.mine");
        let made = record(&supervisor, form, from, "parenting_support", &people).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    }
    assert_eq!(acts(&app).await - known, 5, "each is one act");
    assert_eq!(
        counted(&app).await,
        [
            "parent_child_session child",
            "parent_child_session child",
            "parenting_support mother not_prosecuted"
        ]
    );
    let after = [
        app.db.ask::<i64>(figures("psychological")).await,
        app.db.ask::<i64>(figures("family_mediation")).await,
    ];
    assert_eq!(
        [after[0] - before[0], after[1] - before[1]],
        [10, 5],
        "each beneficiary in the family of their own"
    );
    let act = format!("/services/{FORM}45");
    let shown = page(&supervisor, &act).await;
    assert!(shown.says(Lang::En, "service-counts-as"));
    for name in ["case rabat.mine", "case rabat.colleague"] {
        let link = format!("href=\"/cases/{}\"", id(name));
        assert!(shown.body.contains(&link), "{name}");
    }
    let hers = page(
        &supervisor,
        &format!("/mothers/{}", id("mother rabat.mine")),
    )
    .await;
    assert!(hers.body.contains(&act), "and stands on her page");
}

#[tokio::test]
async fn a_worker_takes_in_nobody_of_a_colleague_and_reads_only_their_own_child() {
    let app = TestApp::new().await;
    brothers(&app).await;
    let [worker, colleague, supervisor] = ["worker1.rabat", "worker2.rabat", "supervisor.rabat"]
        .map(|name| app.client(name).reading(Lang::En));
    let from = ("case", "case rabat.mine");
    let new = format!("/services/new?case={}", id("case rabat.mine"));
    let box_of = |name: &str| format!("id=\"for-{}\"", id(name));
    let form = page(&worker, &new).await;
    assert!(form.body.contains(&box_of("child rabat.mine")));
    assert!(form.body.contains(&box_of("mother rabat.mine")));
    assert!(!form.body.contains(&box_of("child rabat.colleague")));
    let whole = page(&supervisor, &new).await;
    assert!(whole.body.contains(&box_of("child rabat.colleague")));
    let known = acts(&app).await;
    for stranger in [
        "child rabat.colleague",
        "child sale.mine",
        "mother sale.mine",
    ] {
        let people = ["child rabat.mine", stranger];
        let refused = record(&worker, "51", from, "parent_child_session", &people).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{stranger}"
        );
        assert!(refused.body.contains("href=\"#for\""), "{stranger}");
    }
    assert_eq!(acts(&app).await, known, "nothing stored");
    let people = [
        "child rabat.mine",
        "child rabat.colleague",
        "mother rabat.mine",
    ];
    let made = record(&supervisor, "52", from, "parent_child_session", &people).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let act = format!("/services/{FORM}52");
    let read = page(&colleague, &act).await;
    let file = |name: &str| format!("href=\"/cases/{}\"", id(name));
    assert!(read.body.contains(&file("case rabat.colleague")));
    assert!(
        !read.body.contains(&file("case rabat.mine")),
        "not the file of a colleague"
    );
    let own = page(&worker, &act).await;
    assert!(own.body.contains(&file("case rabat.mine")));
    assert!(!own.body.contains(&file("case rabat.colleague")));
}

#[tokio::test]
async fn a_mother_beside_her_child_is_held_by_her_fork_and_the_child_is_not() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let from = ("case", "case rabat.mine");
    let both = ["child rabat.mine", "mother rabat.mine"];
    let mother = id("mother rabat.mine");
    // nothing is decided: what is urgent alone
    app.db
        .run(&format!(
            "set session_replication_role = replica; delete from app.adult_decision where person_id = '{mother}'"
        ))
        .await;
    let known = acts(&app).await;
    let refused = record(&worker, "61", from, "parent_child_session", &both).await;
    refused_at(&refused, "mother rabat.mine", "service-urgent-only");
    assert_eq!(acts(&app).await, known, "nothing stored");
    let urgent = record(&worker, "62", from, "emergency_shelter", &both).await;
    assert_eq!(urgent.status, StatusCode::SEE_OTHER, "{}", urgent.body);
    assert_eq!(
        counted(&app).await,
        ["emergency_shelter child", "mother_shelter mother pending"]
    );
    // prosecuted: nothing, until a supervisor opens
    app.db
        .run(&format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on, recorded_by, offence)
             select gen_random_uuid(), a.file_id, a.case_id, a.territory_id, a.court_id, a.person_id,
                    (select code from ref.adult_decision_kind where effect = 'prosecuted' order by sort limit 1), 'prosecuted', current_date,
                    '{}', (select code from ref.offence order by sort limit 1)
             from app.judicial_adult a where a.person_id = '{mother}' limit 1",
            id("prosecutor.rabat")
        ))
        .await;
    for kind in ["emergency_shelter", "parent_child_session"] {
        let refused = record(&worker, "63", from, kind, &both).await;
        refused_at(&refused, "mother rabat.mine", "service-blocked");
    }
    let alone = record(&worker, "64", from, "parent_child_session", &both[..1]).await;
    assert_eq!(alone.status, StatusCode::SEE_OTHER, "{}", alone.body);
    assert_eq!(counted(&app).await, ["parent_child_session child"]);
}

#[tokio::test]
async fn what_is_not_given_to_both_is_refused_beside_the_tick() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let known = acts(&app).await;
    let both = ["child rabat.mine", "mother rabat.mine"];
    let (file, hers) = (("case", "case rabat.mine"), ("mother", "mother rabat.mine"));
    let refused = record(&worker, "71", file, "vaccination", &both).await;
    refused_at(&refused, "mother rabat.mine", "service-not-for-mother");
    let refused = record(&worker, "71", hers, "literacy", &both[..1]).await;
    refused_at(&refused, "child rabat.mine", "service-not-for-children");
    let refused = record(&worker, "71", file, "parent_child_session", &both[1..]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::En, "service-for-child"));
    assert_eq!(acts(&app).await, known, "nothing stored");
}

/// The list that says as what an act counts for the other side.
#[tokio::test]
async fn a_counterpart_is_of_the_other_side_and_of_the_same_urgency() {
    let db = TestDb::new().await;
    let wrong = db
        .list(
            "select k.code from ref.service_kind k join ref.service_kind o on o.code = k.counterpart
             where o.audience = k.audience or o.urgent <> k.urgent or o.parent is null or k.parent is null",
        )
        .await;
    assert!(wrong.is_empty(), "{wrong:?}");
    let both: i64 = db
        .ask("select count(*) from ref.service_kind where counterpart is not null")
        .await;
    assert!(both > 0);
}
