//! What the court may see: parts that were chosen, documents that went with them, annexes that were sent; and a dossier
//! that lacks something is not sent (decision 0089).

mod annexes;

use super::custody::{done, path};
use crate::support::{
    Answer, Client, TestApp, database,
    html::{Form, forms},
    id,
    role::reads,
};
use axum::{
    body::Bytes,
    http::{StatusCode, header},
};
use sanad::{
    i18n::Lang,
    vault::{Field, Holder, HolderKind, SealedText, keeper},
};
use uuid::Uuid;

const WORDS: &str = "WORDS-OF-THE-CELL: the child was met at the lights";

/// The form of that address as its page shows it.
async fn form(client: &Client, address: &str) -> (Form, String) {
    let answer = client.get(address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}");
    let mut all = forms(&answer.body, address).into_iter();
    let form = all.find(|form| form.action == address);
    (
        form.unwrap_or_else(|| panic!("no form: {}", answer.body)),
        answer.body,
    )
}

/// Sends it, with other answers in these fields.
async fn send(client: &Client, form: &Form, fields: &[(&str, &str)]) -> Answer {
    let mut all = form.pairs();
    all.retain(|(name, _)| !fields.iter().any(|(field, _)| field == name));
    all.extend(fields);
    client.post(&form.action, &all).await
}

fn composer() -> String {
    format!("/cases/{}/prosecution/new", id("case rabat.mine"))
}

/// Composes for the court of Rabat, with other answers in these fields; gives where the draft is.
async fn compose(app: &TestApp, fields: &[(&str, &str)]) -> String {
    let worker = app.client("worker1.rabat");
    let (form, _) = form(&worker, &composer()).await;
    let mut all = vec![
        ("court", "11"),
        ("basis", "child_victim"),
        ("summary", WORDS),
    ];
    all.retain(|(name, _)| !fields.iter().any(|(field, _)| field == name));
    all.extend(fields);
    let answer = send(&worker, &form, &all).await;
    done(&answer);
    answer.location().to_owned()
}

async fn transmit(app: &TestApp, draft: &str) -> Answer {
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    supervisor.post(&format!("{draft}/transmit"), &[]).await
}

async fn state(app: &TestApp, file: &str) -> String {
    let file = file.rsplit('/').next().unwrap();
    app.db
        .ask(format!(
            "select state from app.judicial_file where id = '{file}'"
        ))
        .await
}

/// A frozen text, as it lies.
async fn text_of(app: &TestApp, file: &str) -> String {
    let extract: Uuid = file.rsplit('/').next().unwrap().parse().unwrap();
    let holder = Holder::new(HolderKind::Disclosure, extract);
    let mut owner = app.db.connect("postgres").await;
    let keys = keeper::data_keys(&mut owner, &database::vault(), &[holder])
        .await
        .unwrap();
    let sealed: Vec<u8> =
        sqlx::query_scalar("select snapshot_enc from app.disclosure where id = $1")
            .bind(extract)
            .fetch_one(&mut owner)
            .await
            .unwrap();
    let sealed = SealedText::from_bytes(sealed);
    let read = keys[&holder]
        .open(Field::DISCLOSURE_SNAPSHOT, extract, &sealed)
        .unwrap();
    read.into_text().unwrap()
}

fn document() -> String {
    id("document rabat.mine").to_string()
}

#[tokio::test]
async fn what_was_left_out_is_nowhere_in_the_text() {
    let app = TestApp::new().await;
    let one = document();
    let chosen = [("include", "contact"), ("document", one.as_str())];
    let bare = compose(&app, &chosen).await;
    let text = text_of(&app, &bare).await;
    assert!(text.contains(WORDS) && text.contains(&one));
    // neither in a name nor in the title of a document
    for left in [
        "CANARY-child",
        "CANARY-mother",
        "زينب",
        "Zineb",
        "\"MA\"",
        "debt",
    ] {
        assert!(!text.contains(left), "{left}");
    }
    let page = app
        .client("worker1.rabat")
        .reading(Lang::En)
        .get(&bare)
        .await;
    assert!(page.says(Lang::En, "judicial-left-identity"));
    let whole = compose(&app, &[]).await;
    let text = text_of(&app, &whole).await;
    for sent in [
        "CANARY-child-rabat.mine",
        "CANARY-mother-rabat.mine",
        "debt",
    ] {
        assert!(text.contains(sent), "{sent}");
    }
    // health, what is clinical, what was told in confidence, and the words of the assessment are in neither
    for never in [
        "CANARY-CLINICAL",
        "CANARY-ADDRESS",
        "CANARY-INQUIRY",
        "CANARY-SCORE",
        "CANARY-NOTE",
        "intellectual",
        "non_formal",
    ] {
        assert!(!text.contains(never), "{never}");
    }
    assert!(!text.contains(&one), "no document unless it is chosen");
}

#[tokio::test]
async fn a_clinical_document_or_one_of_another_file_is_refused() {
    let app = TestApp::new().await;
    let (own, other) = (document(), id("document rabat.colleague").to_string());
    app.db
        .run(&format!(
            "update app.attachment set clinical = true where id = '{own}'"
        ))
        .await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (form, page) = form(&worker, &composer()).await;
    assert!(!page.contains(&own), "a clinical one is not even offered");
    for posted in [&own, &other] {
        let fields = [
            ("court", "11"),
            ("basis", "child_victim"),
            ("summary", WORDS),
            ("document", posted.as_str()),
        ];
        let answer = send(&worker, &form, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.says(Lang::En, "error-choice"));
        assert!(answer.body.contains(WORDS), "what was typed is kept");
    }
    let went: i64 = app
        .db
        .ask("select count(*) from app.judicial_file where state = 'draft' and composed_at > now() - interval '1 hour'")
        .await;
    assert_eq!(went, 0);
}

#[tokio::test]
async fn a_court_opens_what_was_sent_to_it_and_nothing_else() {
    let app = TestApp::new().await;
    let one = document();
    let file = compose(&app, &[("document", one.as_str())]).await;
    let address = format!("{file}/documents/{one}");
    let court = app.client("prosecutor.rabat").reading(Lang::En);
    assert_eq!(court.get(&address).await.status, StatusCode::NOT_FOUND);
    let own = app.client("worker1.rabat").get(&address).await;
    assert_eq!(
        own.status,
        StatusCode::OK,
        "the cell sees what it is about to send"
    );
    done(&transmit(&app, &file).await);
    let opened = court.get(&address).await;
    assert_eq!(opened.status, StatusCode::OK);
    assert!(opened.body.contains("CANARY-child-rabat.mine"));
    assert!(
        opened
            .header(header::CONTENT_DISPOSITION)
            .starts_with("attachment; ")
    );
    assert!(
        opened
            .header(header::CONTENT_SECURITY_POLICY)
            .contains("sandbox;")
    );
    // who opened it, and that it was whole
    let page = court.get(&file).await;
    for key in [
        "judicial-chain-whole",
        "judicial-opened-court",
        "judicial-opened-cell",
    ] {
        assert!(page.says(Lang::En, key), "{key}");
    }
    let audited: i64 = app
        .db
        .ask(format!(
            "select count(*) from audit.event where action = 'document.opened' and object_id = '{one}'
             and fields ->> 'judicial_file' = '{}'",
            file.rsplit('/').next().unwrap()
        ))
        .await;
    assert_eq!(audited, 2);
    // another court, and another document
    let elsewhere = app.client("prosecutor.sale").get(&address).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    let refused: i64 = app
        .db
        .ask(format!(
            "select count(*) from audit.event where action = 'access.refused' and actor = '{}'",
            id("prosecutor.sale")
        ))
        .await;
    assert_eq!(refused, 1);
    let other = format!("{file}/documents/{}", id("document rabat.colleague"));
    assert_eq!(court.get(&other).await.status, StatusCode::NOT_FOUND);
    // the shelf of the cell stays closed to a court, document and all
    let shelf = court.get(&format!("/documents/{one}/view")).await;
    assert_eq!(shelf.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_document_that_was_not_chosen_is_not_there_for_the_court() {
    let app = TestApp::new().await;
    let file = compose(&app, &[]).await;
    done(&transmit(&app, &file).await);
    let court = app.client("prosecutor.rabat");
    assert_eq!(court.get(&file).await.status, StatusCode::OK);
    let address = format!("{file}/documents/{}", document());
    // although it went with another file of the same court
    assert_eq!(court.get(&address).await.status, StatusCode::NOT_FOUND);
    let other = format!("{}/documents/{}", path("rabat.mine"), document());
    assert_eq!(court.get(&other).await.status, StatusCode::OK);
}

#[tokio::test]
async fn bytes_that_changed_are_told_and_never_sent() {
    let app = TestApp::new().await;
    let file = compose(&app, &[("document", &document())]).await;
    done(&transmit(&app, &file).await);
    let court = app.client("prosecutor.rabat").reading(Lang::En);
    let address = format!("{file}/documents/{}", document());
    let blob = id("blob rabat.mine");
    app.state.blobs.remove(blob).await.unwrap();
    let gone = court.get(&address).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    assert!(gone.says(Lang::En, "document-missing"));
    let other = vec![Bytes::from_static(
        b"other bytes, longer than a head of a sealed stream",
    )];
    app.state.blobs.put(blob, other).await.unwrap();
    let changed = court.get(&address).await;
    assert_eq!(changed.status, StatusCode::CONFLICT);
    assert!(changed.says(Lang::En, "document-damaged"));
    let page = court.get(&file).await;
    assert!(page.says(Lang::En, "judicial-chain-changed"));
    let told: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'document.unreadable'")
        .await;
    assert_eq!(told, 2);
}

#[tokio::test]
async fn an_incomplete_dossier_is_not_sent_and_says_what_it_lacks() {
    let app = TestApp::new().await;
    // nothing is known of the child at the civil registry
    let draft = compose(&app, &[("basis", "abandoned_child")]).await;
    let page = app
        .client("worker1.rabat")
        .reading(Lang::En)
        .get(&draft)
        .await;
    assert!(
        page.says(Lang::En, "judicial-lack-civil-status"),
        "told before it is tried"
    );
    let refused = transmit(&app, &draft).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for key in [
        "judicial-incomplete",
        "judicial-lack-civil-status",
        "judicial-lack-required",
    ] {
        assert!(refused.says(Lang::En, key), "{key}");
    }
    assert_eq!(state(&app, &draft).await, "draft");
    let court = app.client("prosecutor.rabat");
    assert_eq!(court.get(&draft).await.status, StatusCode::NOT_FOUND);
    // what is only advised is written with the transmission
    let whole = compose(&app, &[]).await;
    done(&transmit(&app, &whole).await);
    assert_eq!(state(&app, &whole).await, "transmitted");
    let gaps: String = app
        .db
        .ask(format!(
            "select fields ->> 'gaps' from audit.event where action = 'judicial_file.transmitted' and object_id = '{}'",
            whole.rsplit('/').next().unwrap()
        ))
        .await;
    assert!(
        gaps.contains("civil_status") && gaps.contains("document"),
        "{gaps}"
    );
}

#[tokio::test]
async fn a_text_of_the_first_format_still_opens() {
    let app = TestApp::new().await;
    let court = app.client("prosecutor.rabat").reading(Lang::En);
    let page = court.get(&path("rabat.mine")).await;
    assert!(page.body.contains("CANARY-SUMMARY"));
    assert!(page.says(Lang::En, "judicial-seal-matches"));
    assert!(
        page.body.contains("CANARY-child-rabat.mine"),
        "nothing was left out of it"
    );
}

#[tokio::test]
async fn a_sign_of_trafficking_proposes_the_court_of_appeal_and_imposes_nothing() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (first, page) = form(&worker, &composer()).await;
    let pairs = first.pairs();
    assert!(pairs.contains(&("court", "1")), "{pairs:?}");
    assert!(pairs.contains(&("court_reason", "serious_offence")));
    assert!(page.contains("general prosecutor"), "and it says why");
    let court_of = async |file: &str| -> String {
        app.db
            .ask(format!(
                "select court_id || ' ' || proposed_court_id || ' ' || coalesce(court_change_reason, '-')
                 from app.judicial_file where id = '{}'",
                file.rsplit('/').next().unwrap()
            ))
            .await
    };
    let as_proposed = [("basis", "trafficking"), ("summary", WORDS)];
    let answer = send(&worker, &first, &as_proposed).await;
    done(&answer);
    assert_eq!(court_of(answer.location()).await, "1 11 serious_offence");
    // the court of the place is one choice away
    let here = compose(&app, &[("basis", "trafficking")]).await;
    assert_eq!(court_of(&here).await, "11 11 -");
    let page = worker.get(&here).await;
    assert!(
        page.says(Lang::En, "judicial-lack-appeal"),
        "advised against"
    );
    done(&transmit(&app, &here).await);
    // chosen by hand, it needs no reason to be typed
    let again = compose(&app, &[("court", "1"), ("court_reason", "")]).await;
    assert_eq!(court_of(&again).await, "1 11 serious_offence");
    // without a sign, the court of the place is proposed
    app.db
        .run("set session_replication_role = replica; delete from app.assessment_indicator")
        .await;
    let (plain, _) = form(&worker, &composer()).await;
    assert!(plain.pairs().contains(&("court", "11")));
}

/// The key of a document is the court's for what was sent to it, and not a moment before.
#[tokio::test]
async fn a_key_goes_with_what_was_sent() {
    let app = TestApp::new().await;
    let has = async |username: &str, of: &str| -> bool {
        let document = id(&format!("document {of}"));
        let sql = format!("select app.key_of('document', '{document}') is not null");
        reads(&app.db, username, &sql).await == ["true"]
    };
    assert!(has("prosecutor.rabat", "rabat.mine").await);
    assert!(has("registrar.rabat", "rabat.protected").await);
    assert!(!has("prosecutor.rabat", "rabat.colleague").await, "a draft");
    assert!(!has("prosecutor.sale", "rabat.mine").await, "another court");
}
