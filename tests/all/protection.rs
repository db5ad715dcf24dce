//! A protected file over HTTP: marked, named, read in an emergency, reviewed, lifted; and what is for some
//! readers of a file only.

use crate::support::{Client, TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

const WHY: &str = "تهديد من طرف مستغل يعرف مسكن الأسرة";
const NAME: &str = "CANARY-child-rabat.mine";

async fn truly(app: &TestApp, sql: &str) -> Vec<String> {
    let mut admin = app.db.connect("postgres").await;
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
        .fetch_all(&mut admin)
        .await
        .unwrap()
}

fn case() -> String {
    format!("/cases/{}", id("case rabat.mine"))
}

fn fresh() -> String {
    Uuid::now_v7().to_string()
}

async fn number(app: &TestApp, name: &str) -> String {
    let case = id(&format!("case {name}"));
    truly(
        app,
        &format!("select number from app.case_file where id = '{case}'"),
    )
    .await
    .remove(0)
}

async fn mark(client: &Client) {
    let path = format!("{}/protection", case());
    let fields = [("id", &*fresh()), ("reason", "threat"), ("text", WHY)];
    assert_eq!(
        client.post(&path, &fields).await.status,
        StatusCode::SEE_OTHER
    );
}

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
    assert_eq!(truly(&app, marks).await, ["1"], "nothing stored");
    assert!(
        supervisor
            .get("/cases?filter=open")
            .await
            .body
            .contains(NAME)
    );

    mark(&supervisor).await;
    let plain = format!("select 'x' from app.person_name n where n::text like '%{NAME}%'");
    assert!(truly(&app, &plain).await.is_empty(), "no name in clear");
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
        truly(&app, &told).await,
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
    let before = truly(&app, moves).await;
    let answer = named.post(&state, &[("move", "draw_up_plan")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(truly(&app, moves).await, before);
}

#[tokio::test]
async fn an_emergency_is_read_only_short_told_and_reviewed_by_another() {
    let app = TestApp::new().await;
    let stranger = app.client("worker1.rabat");
    let number = number(&app, "rabat.protected").await;
    let case = format!("/cases/{}", id("case rabat.protected"));
    let glass = async |number: &str, text: &str| {
        let fields = [
            ("id", &*fresh()),
            ("number", number),
            ("reason", "danger_now"),
            ("text", text),
        ];
        stranger.post("/protection/emergency", &fields).await
    };
    let short = glass(&number, "خطر").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sale = self::number(&app, "sale.mine").await;
    let mine = self::number(&app, "rabat.mine").await;
    for wrong in ["RAB-2026-99999-A", &sale, &mine] {
        let answer = glass(wrong, WHY).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(
            answer.says(Lang::Ar, "emergency-no-file"),
            "one answer for all"
        );
    }
    let tried = "select count(*)::text from audit.event where action = 'emergency.not_begun'";
    assert_eq!(truly(&app, tried).await, ["3"], "each try is written down");

    assert_eq!(stranger.get(&case).await.status, StatusCode::NOT_FOUND);
    let answer = glass(&number, WHY).await;
    assert_eq!(answer.location(), case);
    let page = stranger.get(&case).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("CANARY-child-rabat.protected"),
        "the name opens"
    );
    assert!(!page.body.contains("name=\"to\""), "no move is offered");
    for path in ["/cases", "/contacts", "/plan", "/notices"] {
        let other = stranger.get(path).await;
        assert!(other.says(Lang::Ar, "emergency-banner"), "{path}");
    }
    for (path, fields) in [
        (format!("{case}/state"), vec![("move", "draw_up_plan")]),
        (
            format!("{case}/protection"),
            vec![("reason", "threat"), ("text", WHY)],
        ),
        (format!("{case}/clinical"), vec![]),
        (
            format!("/children/{}/family/new", id("child rabat.protected")),
            vec![("who", "new"), ("kind", "father")],
        ),
    ] {
        let status = stranger.post(&path, &fields).await.status;
        assert!(
            [StatusCode::FORBIDDEN, StatusCode::UNPROCESSABLE_ENTITY].contains(&status),
            "{path}: {status}"
        );
    }
    let open = "select id::text from app.emergency_access where ended_at is null";
    let emergency = truly(&app, open).await.remove(0);
    let review = format!("/protection/emergency/{emergency}/review");
    let verdict = [("verdict", "justified"), ("text", WHY)];
    let dpo = app.client("dpo");
    assert_eq!(
        dpo.post(&review, &verdict).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "still open"
    );
    let end = format!("/protection/emergency/{emergency}/end");
    assert_eq!(stranger.post(&end, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stranger.get(&case).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&review).await.status, StatusCode::FORBIDDEN);
    let page = dpo.get(&review).await;
    assert!(page.body.contains(WHY), "who reviews reads the reason");
    assert!(!page.body.contains("CANARY-child"), "and not the child");
    let short = [("verdict", "justified"), ("text", "نعم")];
    assert_eq!(
        dpo.post(&review, &short).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        dpo.post(&review, &verdict).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        dpo.post(&review, &verdict).await.status,
        StatusCode::CONFLICT,
        "once"
    );
    let told = format!(
        "select 'x' from app.notice where kind = 'glass_reviewed' and recipient = '{}'",
        id("worker1.rabat")
    );
    assert_eq!(truly(&app, &told).await.len(), 1);
}

#[tokio::test]
async fn a_protection_ends_when_two_agree_and_the_name_comes_back() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    mark(&supervisor).await;
    let path = format!("{}/protection", case());
    let finish = format!("{path}/lift/finish");
    assert_eq!(
        supervisor.post(&finish, &[]).await.status,
        StatusCode::CONFLICT
    );
    let lift = fresh();
    let fields = [("id", &*lift), ("lift_text", WHY)];
    assert_eq!(
        supervisor
            .post(&format!("{path}/lift"), &fields)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let other = [("id", &*fresh()), ("lift_text", WHY)];
    assert_eq!(
        supervisor
            .post(&format!("{path}/lift"), &other)
            .await
            .status,
        StatusCode::CONFLICT,
        "one request at a time"
    );
    let answer = format!("/protection/lifts/{lift}");
    let own = supervisor.post(&answer, &[("answer", "agree")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.says(Lang::Ar, "unprotect-own"));
    let dpo = app.client("dpo");
    let page = dpo.get(&answer).await;
    assert!(page.body.contains(WHY));
    assert!(!page.body.contains(NAME));
    assert_eq!(dpo.get(&case()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        dpo.post(&answer, &[("answer", "agree")]).await.status,
        StatusCode::SEE_OTHER
    );
    let agreed = supervisor.get(&path).await;
    assert!(agreed.says(Lang::Ar, "unprotect-finish"));
    assert_eq!(supervisor.post(&finish, &[]).await.location(), case());
    let list = app.client("worker2.rabat").get("/cases?filter=open").await;
    assert!(
        list.body.contains(NAME),
        "the prefecture sees the file again"
    );
    let sealed = "select count(*)::text from app.person_name n join app.case_file c on c.child_id = n.person_id
                  where n.names_enc is not null and not c.protected";
    assert_eq!(truly(&app, sealed).await, ["0"]);
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
    assert!(truly(&app, plain).await.is_empty());
}

#[tokio::test]
async fn clinical_words_are_masked_until_an_act_reveals_them() {
    let app = TestApp::new().await;
    let lead = app.client("worker1.rabat");
    let page = format!("{}/clinical", case());
    let masked = lead.get(&page).await;
    assert_eq!(masked.status, StatusCode::OK);
    for words in ["CANARY-CLINICAL", "CANARY-ADDRESS"] {
        assert!(!masked.body.contains(words), "{words}");
    }
    let revealed = "select count(*)::text from audit.event where action in ('clinical_note.revealed', 'safe_address.revealed')";
    assert_eq!(truly(&app, revealed).await, ["0"]);
    let note = format!("{page}/{}/reveal", id("clinical rabat.mine"));
    assert!(lead.post(&note, &[]).await.body.contains("CANARY-CLINICAL"));
    let address = format!("{}/address/{}/reveal", case(), id("address rabat.mine"));
    assert!(
        lead.post(&address, &[])
            .await
            .body
            .contains("CANARY-ADDRESS")
    );
    assert_eq!(truly(&app, revealed).await, ["2"]);
    let fields = [
        ("id", &*fresh()),
        ("clinical_kind", "psychological"),
        ("date", "01/02/2099"),
        ("clinical_text", "NEW-WORDS"),
    ];
    assert_eq!(
        lead.post(&page, &fields).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the future"
    );
    let day = app.state.clock.today().format("%d/%m/%Y").to_string();
    let fields = [
        ("id", &*fresh()),
        ("clinical_kind", "psychological"),
        ("date", day.as_str()),
        ("clinical_text", "NEW-WORDS"),
    ];
    for _ in 0..2 {
        assert_eq!(
            lead.post(&page, &fields).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let notes = format!(
        "select count(*)::text from app.clinical_note where case_id = '{}'",
        id("case rabat.mine")
    );
    assert_eq!(truly(&app, &notes).await, ["2"], "sent twice, written once");
    for client in ["prosecutor.rabat", "dpo", "steering"] {
        let answer = app.client(client).get(&page).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{client}");
    }
}

#[tokio::test]
async fn a_note_of_the_court_stays_at_the_court() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat");
    let file = format!("/prosecution/{}", id("judicial rabat.mine"));
    assert!(prosecutor.get(&file).await.body.contains("CANARY-COURT"));
    let notes = format!("{file}/notes");
    let empty = prosecutor.post(&notes, &[("id", &*fresh())]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("id", &*fresh()), ("judicial_note", "NEW-COURT-WORDS")];
    assert_eq!(
        prosecutor.post(&notes, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(prosecutor.get(&file).await.body.contains("NEW-COURT-WORDS"));
    for social in ["worker1.rabat", "supervisor.rabat"] {
        let page = app.client(social).get(&file).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in ["CANARY-COURT", "NEW-COURT-WORDS"] {
            assert!(!page.body.contains(words), "{social} reads {words}");
        }
    }
}
