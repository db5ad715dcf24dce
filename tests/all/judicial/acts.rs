//! The signed act of a decision, scanned: read by its court, by the cell where it holds measures for children alone, and by
//! nobody once its bytes are not what they were (decision 0090).

use super::decisions::{file, form_id, measure, on_adult};
use crate::{
    documents::pdf,
    support::{Answer, Client, TestApp, id, role, typed_day},
};
use axum::{body::Bytes, http::StatusCode};
use sanad::i18n::Lang;
use uuid::Uuid;

async fn add(client: &Client, act: &str, n: u8, words: &str) -> Answer {
    let path = format!("{}/acts/{act}/document", file());
    let form = form_id(n);
    let fields = [("id", form.as_str())];
    client
        .upload(&path, &fields, ("acte.pdf", &pdf(words)))
        .await
}

#[tokio::test]
async fn a_signed_act_about_an_adult_is_its_courts_alone() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let act = id("act rabat.mine").to_string();
    for _ in 0..2 {
        let added = add(&prosecutor, &act, 1, "SIGNED").await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    }
    let hung: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.act_attachment where act_id = '{act}'"
        ))
        .await;
    assert_eq!(hung, 2, "one was there, and the same press twice is one");
    let path = format!("{}/acts/{act}/document", file());
    for who in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        let answer = app.client(who).get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{who}");
        assert!(answer.body.contains("SIGNED"), "the newest");
    }
    for who in [
        "prosecutor.sale",
        "worker1.rabat",
        "supervisor.rabat",
        "worker1.sale",
    ] {
        let answer = app.client(who).get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who}");
        let seen = "select count(*) from app.attachment where of_court is not null";
        let seen = role::reads(&app.db, who, seen).await;
        let wanted = i64::from(who == "prosecutor.sale").to_string();
        assert_eq!(seen, [wanted], "{who}");
    }
    let shown = prosecutor.get(&file()).await;
    assert!(
        shown.says(Lang::En, "decision-paper-before"),
        "the one before stays"
    );
    let trail = app
        .db
        .list("select action || ' ' || count(*) from audit.event where action like 'court_act.%' group by action order by 1")
        .await;
    assert_eq!(trail, ["court_act.added 1", "court_act.opened 3"]);
}

/// The chain of custody of a scan stands where that of any other document does: on the page of its file, for who may read it.
#[tokio::test]
async fn who_opened_a_signed_act_is_told_beside_it() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let act = id("act rabat.mine").to_string();
    let path = format!("{}/acts/{act}/document", file());
    let (who, words) = ("Invented registrar.rabat", "judicial-chain-changed");
    let before = prosecutor.get(&file()).await;
    assert!(before.says(Lang::En, "judicial-chain-opened") && !before.body.contains(who));
    let opened = app.client("registrar.rabat").get(&path).await;
    assert_eq!(opened.status, StatusCode::OK);
    let after = prosecutor.get(&file()).await;
    assert!(after.body.contains(who) && !after.says(Lang::En, words));
    let blob = id("blob of scan rabat.mine");
    app.state.blobs.remove(blob).await.unwrap();
    assert_eq!(prosecutor.get(&path).await.status, StatusCode::CONFLICT);
    assert!(prosecutor.get(&file()).await.says(Lang::En, words));
    // an act on an adult is the court's alone, and so is who read it
    let cell = app.client("worker1.rabat").reading(Lang::En);
    assert!(!cell.get(&file()).await.body.contains(who));
    for (reader, seen) in [
        ("prosecutor.rabat", 2),
        ("worker1.rabat", 0),
        ("supervisor.rabat", 0),
        ("prosecutor.sale", 0),
    ] {
        let openings = format!(
            "select at::text from app.act_openings('{}')",
            id("judicial rabat.mine")
        );
        let openings = role::reads(&app.db, reader, &openings).await;
        assert_eq!(openings.len(), seen, "{reader}");
    }
}

#[tokio::test]
async fn an_act_of_measures_alone_is_read_by_the_cell_too() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let recorded = measure(&prosecutor, (1, 0, 0), ("expertise", "77/2026", "")).await;
    assert_eq!(recorded.status, StatusCode::SEE_OTHER, "{}", recorded.body);
    let act: Uuid = app
        .db
        .ask("select id from app.court_act where number = '77/2026'")
        .await;
    let act = act.to_string();
    let added = add(&prosecutor, &act, 9, "SIGNED").await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let path = format!("{}/acts/{act}/document", file());
    let reads = async |who: &str| app.client(who).get(&path).await.status.as_u16();
    assert_eq!(reads("worker1.rabat").await, 200);
    assert_eq!(reads("supervisor.rabat").await, 200);
    assert_eq!(reads("worker2.rabat").await, 404);
    assert_eq!(reads("worker1.sale").await, 404);
    let shown = app
        .client("worker1.rabat")
        .reading(Lang::En)
        .get(&file())
        .await;
    assert!(shown.says(Lang::En, "decision-paper") && !shown.says(Lang::En, "decision-paper-add"));
    // from the moment that it holds a decision on an adult too, it is the court's
    let (form, seen, day) = (
        form_id(2),
        id("decision adult rabat.mine").to_string(),
        typed_day(0),
    );
    let fields = [
        ("id", form.as_str()),
        ("seen", seen.as_str()),
        ("corrects", ""),
        ("effect", "pending"),
        ("kind_pending", "further_inquiry"),
        ("decided_on", day.as_str()),
        ("act", "77/2026"),
    ];
    let decided = prosecutor.post(&on_adult(), &fields).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    assert_eq!(reads("worker1.rabat").await, 404);
    assert_eq!(reads("supervisor.rabat").await, 404);
    assert_eq!(reads("prosecutor.rabat").await, 200);
}

#[tokio::test]
async fn an_act_whose_bytes_changed_is_told_and_never_sent() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let act = id("act rabat.mine").to_string();
    let path = format!("{}/acts/{act}/document", file());
    let whole = prosecutor.get(&path).await;
    assert_eq!(whole.status, StatusCode::OK);
    let blob = id("blob of scan rabat.mine");
    app.state.blobs.remove(blob).await.unwrap();
    let missing = prosecutor.get(&path).await;
    assert_eq!(missing.status, StatusCode::CONFLICT);
    assert!(missing.says(Lang::En, "document-missing"));
    let other = vec![Bytes::from_static(
        b"CANARY other bytes, longer than a head of a sealed stream",
    )];
    app.state.blobs.put(blob, other).await.unwrap();
    let changed = prosecutor.get(&path).await;
    assert_eq!(changed.status, StatusCode::CONFLICT);
    assert!(changed.says(Lang::En, "document-damaged") && !changed.body.contains("CANARY"));
    let shown = prosecutor.get(&file()).await;
    assert!(shown.says(Lang::En, "document-damaged"), "the line says so");
    let alarms: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'court_act.unreadable'")
        .await;
    assert_eq!(alarms, 2);
    // a picture or a PDF, and nothing else
    let form = form_id(3);
    let refused = prosecutor
        .upload(
            &path,
            &[("id", form.as_str())],
            ("acte.txt", b"plain words"),
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::En, "document-file-unknown"));
}
