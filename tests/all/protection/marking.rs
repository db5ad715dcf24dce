//! Marked, named, opened: who sees the file and who is told.

use super::{NAME, WHY, case, fresh, mark, number};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_marked_file_is_a_number_to_who_is_named_and_nothing_to_others() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let path = format!("{}/protection", case());
    let short = [("id", &*fresh()), ("reason", "threat"), ("text", "خطر")];
    let answer = supervisor.post(&path, &short).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("خطر"), "what was typed is kept");
    let marks = "select count(*)::text from app.case_protection where lifted_at is null";
    assert_eq!(app.db.list(marks).await, ["1"], "nothing stored");
    assert!(
        supervisor
            .get("/cases?filter=open")
            .await
            .body
            .contains(NAME)
    );

    mark(&supervisor).await;
    let plain = format!("select 'x' from app.person_name n where n::text like '%{NAME}%'");
    assert!(app.db.list(&plain).await.is_empty(), "no name in clear");
    let number = number(&app, "rabat.mine").await;
    for (who, filter) in [("supervisor.rabat", "open"), ("worker1.rabat", "mine")] {
        let client = app.client(who);
        let list = client.get(&format!("/cases?filter={filter}")).await;
        assert!(list.body.contains(&number), "{who}");
        assert!(
            !list.body.contains(NAME),
            "{who}: a list shows the number alone"
        );
        let file = client.get(&case()).await;
        assert!(
            file.body.contains(NAME),
            "{who}: the page of the file says the name"
        );
        let child = client
            .get(&format!("/children/{}", id("child rabat.mine")))
            .await;
        assert!(child.body.contains(NAME), "{who}: and the child's page");
    }
    let stranger = app.client("worker2.rabat");
    // the emergencies of the world are theirs
    app.db.run("delete from app.emergency_access").await;
    for path in [
        case(),
        format!("/children/{}", id("child rabat.mine")),
        format!("/mothers/{}", id("mother rabat.mine")),
        format!("/contacts/{}", id("contact rabat.mine")),
    ] {
        assert_eq!(
            stranger.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    for path in [
        "/cases?filter=open",
        "/contacts",
        "/mothers",
        "/protection",
        "/notices",
    ] {
        let page = stranger.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for trace in [&number, "rabat.mine", &id("case rabat.mine").to_string()] {
            assert!(!page.body.contains(trace), "{path} shows {trace}");
        }
    }
}

#[tokio::test]
async fn a_mark_that_is_amended_and_sent_again_is_told() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let (path, form) = (format!("{}/protection", case()), fresh());
    let fields = |text| [("id", form.as_str()), ("reason", "threat"), ("text", text)];
    for _ in ["sent", "sent again as it was"] {
        let marked = supervisor.post(&path, &fields(WHY)).await;
        assert_eq!(marked.status, StatusCode::SEE_OTHER, "{}", marked.body);
    }
    let amended = format!("{WHY}: AMENDED");
    let told = supervisor.post(&path, &fields(amended.as_str())).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.says(Lang::Ar, "protection-already"));
    assert!(told.body.contains("AMENDED"), "what was typed is kept");
    let marks = format!(
        "select count(*) from app.case_protection where lifted_at is null and case_id = '{}'",
        id("case rabat.mine")
    );
    assert_eq!(app.db.ask::<i64>(&marks).await, 1);
}

#[tokio::test]
async fn the_lead_marks_under_a_supervisor_and_each_opening_is_told() {
    let app = TestApp::new().await;
    let lead = app.client("worker1.rabat");
    let path = format!("{}/protection", case());
    let fields = |keeper: &str| {
        vec![
            ("id", fresh()),
            ("reason", "threat".to_owned()),
            ("text", WHY.to_owned()),
            ("keeper", id(keeper).to_string()),
        ]
    };
    let send = async |keeper: &str| {
        let fields = fields(keeper);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        lead.post(&path, &fields).await.status
    };
    for nobody in ["worker2.rabat", "supervisor.sale"] {
        assert_eq!(
            send(nobody).await,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{nobody}"
        );
    }
    assert_eq!(send("supervisor.rabat").await, StatusCode::SEE_OTHER);
    lead.get(&case()).await;
    lead.get(&case()).await;
    let told = format!(
        "select kind || ' ' || times from app.notice where recipient = '{}' order by kind",
        id("supervisor.rabat")
    );
    assert_eq!(
        app.db.list(&told).await,
        ["file_protected 1", "grant_given 1", "protected_opened 2"]
    );
    let supervisor = app.client("supervisor.rabat");
    let page = supervisor.get("/notices").await;
    assert!(page.says(Lang::Ar, "notice-protected-opened"));
    assert!(!page.body.contains(NAME));
    assert!(page.body.contains("iconbtn has"), "the bell");
    supervisor.post("/notices/seen", &[]).await;
    assert!(
        !supervisor
            .get("/notices")
            .await
            .body
            .contains("iconbtn has")
    );
}

#[tokio::test]
async fn a_grant_that_ended_while_somebody_wrote_ends_their_writing() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    mark(&supervisor).await;
    let until = app.state.clock.today().format("%d/%m/%Y").to_string();
    let user = id("worker2.rabat").to_string();
    let grants = format!("{}/protection/grants", case());
    let fields = [
        ("id", &*fresh()),
        ("user", &user),
        ("last_day", &until),
        ("grant_reason", "replacement"),
    ];
    let past = [
        ("id", &*fresh()),
        ("user", &user),
        ("last_day", "01/01/2020"),
        ("grant_reason", "replacement"),
    ];
    assert_eq!(
        supervisor.post(&grants, &past).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        supervisor.post(&grants, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let named = app.client("worker2.rabat");
    let state = format!("{}/state", case());
    assert!(named.get(&case()).await.body.contains(NAME));
    app.db
        .run("update app.case_grant set until = greatest(granted_at, now()) where kind = 'named'")
        .await;
    let moves = "select count(*)::text from app.case_transition";
    let before = app.db.list(moves).await;
    let answer = named.post(&state, &[("move", "draw_up_plan")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(app.db.list(moves).await, before);
}

#[tokio::test]
async fn a_name_changed_while_protected_stays_sealed() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    mark(&supervisor).await;
    let edit = format!("/children/{}/edit", id("child rabat.mine"));
    let form = supervisor.get(&edit).await;
    let form = crate::support::html::forms(&form.body, &edit)
        .into_iter()
        .find(|form| form.names().contains(&"given_ar"))
        .unwrap();
    let mut fields = form.pairs();
    for (name, value) in &mut fields {
        if *name == "given_ar" {
            *value = "هند";
        }
    }
    assert_eq!(
        supervisor.post(&edit, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(supervisor.get(&case()).await.body.contains("هند"));
    let plain = "select 'x' from app.person_name where given_ar = 'هند'";
    assert!(app.db.list(plain).await.is_empty());
}
