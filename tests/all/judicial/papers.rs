//! Papers: what is printed, by whom, and what a code on it answers.
#![cfg(feature = "pdf")]

mod sheet;

use crate::support::{Answer, Client, TestApp, TestDb, database, id, session, world::session_of};
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use sanad::{
    i18n::Lang,
    vault::{Field, Holder, keeper},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sheet::{Paper, bare, dense};

const UNKNOWN: &str = "0123456789ABCDEFGHJKMNPQRS";
/// What means something to a typesetter, to a shell, to a reader of both directions.
const WILD: &str = "read #read(\"/etc/passwd\") *bold* $x$ @ref <label> \\u{41} ={\u{202e}}";

fn paper_of(file: &str) -> String {
    format!("/prosecution/{}/paper.pdf", id(&format!("judicial {file}")))
}

fn child_notice(file: &str) -> String {
    let thing = |what: &str| id(&format!("{what} {file}"));
    let (judicial, child, decision) = (thing("judicial"), thing("child"), thing("decision child"));
    format!("/prosecution/{judicial}/children/{child}/decisions/{decision}/notice.pdf")
}

fn adult_notice(file: &str) -> String {
    let thing = |what: &str| id(&format!("{what} {file}"));
    let (judicial, mother, decision) =
        (thing("judicial"), thing("mother"), thing("decision adult"));
    format!("/prosecution/{judicial}/adults/{mother}/decisions/{decision}/notice.pdf")
}

async fn print(client: &Client, path: &str) -> Paper {
    let request = client
        .request(Method::GET, path)
        .body(Body::empty())
        .unwrap();
    Paper::keep(&client.send_bytes(request).await)
}

/// The code on a paper.
fn code_on(text: &str) -> String {
    let text = dense(text);
    let (_, rest) = text.split_once("/verify/").unwrap();
    rest.chars().take(26).collect()
}

async fn verify(app: &TestApp, code: &str) -> Answer {
    app.anonymous().get(&format!("/verify/{code}")).await
}

/// What the page of a code says.
async fn said(app: &TestApp, code: &str) -> bool {
    let answer = verify(app, code).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let says = |key: &str| answer.body.contains(&format!("<b>{}</b>", Lang::Ar.t(key)));
    let (valid, unknown) = (says("paper-verify-valid"), says("paper-verify-unknown"));
    assert!(valid != unknown, "{}", answer.body);
    valid
}

/// The extract of a file of the world.
async fn extract_of(app: &TestApp, file: &str) -> Value {
    let mut connection = app.db.connect("postgres").await;
    let extract = id(&format!("disclosure {file}"));
    let sealed: Vec<u8> =
        sqlx::query_scalar("select snapshot_enc from app.disclosure where id = $1")
            .bind(extract)
            .fetch_one(&mut connection)
            .await
            .unwrap();
    let holder = Holder::new(Field::DISCLOSURE_SNAPSHOT.holder(), extract);
    let keys = keeper::data_keys(&mut connection, &database::vault(), &[holder])
        .await
        .unwrap();
    let sealed = sanad::vault::SealedText::from_bytes(sealed);
    let text = keys[&holder]
        .open(Field::DISCLOSURE_SNAPSHOT, extract, &sealed)
        .unwrap();
    serde_json::from_str(text.text().unwrap()).unwrap()
}

/// Puts another extract in its place, past every rule; with its hash, if it is to be believed.
async fn put(app: &TestApp, file: &str, content: &Value, with_hash: bool) {
    let mut connection = app.db.connect("postgres").await;
    let extract = id(&format!("disclosure {file}"));
    let holder = Holder::new(Field::DISCLOSURE_SNAPSHOT.holder(), extract);
    let keys = keeper::data_keys(&mut connection, &database::vault(), &[holder])
        .await
        .unwrap();
    let text = content.to_string();
    let sealed = keys[&holder]
        .seal(Field::DISCLOSURE_SNAPSHOT, extract, &text)
        .unwrap();
    let hash = with_hash.then(|| Sha256::digest(&text).to_vec());
    sqlx::raw_sql("set session_replication_role = replica")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query(
        "update app.disclosure set snapshot_enc = $2, sha256 = coalesce($3, sha256) where id = $1",
    )
    .bind(extract)
    .bind(sealed.as_bytes())
    .bind(hash)
    .execute(&mut connection)
    .await
    .unwrap();
}

/// How many papers somebody sees who can run any statement as the application.
async fn seen_by(db: &TestDb, username: &str, kind: &str) -> i64 {
    let mut connection = db.connect("sanad_app").await;
    sqlx::query("select set_config('app.session', $1, false)")
        .bind(session_of(username))
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query_scalar("select count(*) from app.paper where kind = $1")
        .bind(kind)
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_dossier_is_set_in_arabic_from_the_right_and_numbers_its_pages() {
    let app = TestApp::new().await;
    let mut extract = extract_of(&app, "rabat.mine").await;
    let court = "محكمة الرباط";
    extract["court"]["ar"] = json!(court);
    extract["summary"] = json!("طفلة تبيت قرب محطة القطار رفقة رضيع.\n".repeat(90));
    put(&app, "rabat.mine", &extract, true).await;
    let prosecutor = app.client("prosecutor.rabat");
    let answer = prosecutor.get(&paper_of("rabat.mine")).await;
    assert_eq!(answer.status, StatusCode::OK);
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.header(name), value);
    }
    let number: String = app
        .db
        .ask(format!(
            "select number from app.judicial_file where id = '{}'",
            id("judicial rabat.mine")
        ))
        .await;
    let name = answer.header(header::CONTENT_DISPOSITION);
    assert_eq!(name, format!("inline; filename=\"{number}.pdf\""));
    let policy = answer.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("sandbox;") && !policy.contains("script-src"));

    let paper = print(&prosecutor, &paper_of("rabat.mine")).await;
    let text = paper.text();
    for words in [
        number.as_str(),
        court,
        "زينب",
        "CANARY-child-rabat.mine",
        "محطة القطار",
    ] {
        assert!(text.contains(&bare(words)), "{words}: {text}");
    }
    let hash: String = app
        .db
        .ask(format!(
            "select encode(sha256, 'hex') from app.disclosure where id = '{}'",
            id("disclosure rabat.mine")
        ))
        .await;
    assert!(dense(&text).contains(&hash), "the hash of what was frozen");
    let pages = paper.pages();
    assert!(pages >= 3, "{pages} pages");
    for page in 1..=pages {
        assert!(
            text.contains(&format!("{page} / {pages}")),
            "page {page}: {text}"
        );
    }
    // «ملف محال على النيابة العامة» begins at the right edge
    let (first, last) = (paper.x_of("ملف"), paper.x_of("العامة"));
    assert!(first > last && first > 400.0, "{first} {last}");
    let ink = paper.ink();
    assert!((5..300).contains(&ink), "{ink} of a thousand points");
}

#[tokio::test]
async fn a_dossier_is_set_in_french_on_request() {
    let app = TestApp::new().await;
    // whatever the language of the pages
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let paper = print(&prosecutor, &format!("{}?lang=fr", paper_of("rabat.mine"))).await;
    let text = paper.text();
    assert!(
        text.contains(&bare(&Lang::Fr.t("judicial-paper-title"))),
        "{text}"
    );
    assert!(paper.x_of("Dossier") < 100.0, "from the left");
    assert!(paper.ink() > 5);
    let paper = print(&prosecutor, &paper_of("rabat.mine")).await;
    assert!(!paper.text().contains("Dossier transmis"));
}

#[tokio::test]
async fn two_copies_name_their_readers_and_carry_one_code() {
    let app = TestApp::new().await;
    let path = format!("{}?lang=fr", paper_of("rabat.mine"));
    let mut codes = Vec::new();
    let readers = ["worker1.rabat", "prosecutor.rabat", "chief.rabat"];
    for reader in readers {
        let text = print(&app.client(reader), &path).await.text();
        for other in readers {
            let named = text.contains(&format!("Invented {other}"));
            assert_eq!(
                named,
                other == reader,
                "{reader}'s copy and {other}: {text}"
            );
        }
        codes.push(code_on(&text));
    }
    codes.dedup();
    assert_eq!(codes.len(), 1, "{codes:?}");
    assert!(said(&app, &codes[0]).await);
    let trail = app
        .db
        .list("select actor || ' ' || object_id || ' ' || fields::text from audit.event where action = 'judicial_paper.printed' order by id")
        .await;
    let wanted = readers.map(|reader| {
        format!(
            "{} {} {{\"paper\": \"dossier\"}}",
            id(reader),
            id("judicial rabat.mine")
        )
    });
    assert_eq!(trail, wanted);
}

#[tokio::test]
async fn what_people_wrote_is_text_and_nothing_else() {
    let app = TestApp::new().await;
    let mut extract = extract_of(&app, "rabat.mine").await;
    extract["summary"] = json!(format!("{WILD}\n= heading\n- item"));
    extract["children"][0]["names"]["family_ar"] = json!("#panic(\"x\") \u{202e}");
    put(&app, "rabat.mine", &extract, true).await;
    // in French, so that a reader of PDFs turns no line over
    let path = format!("{}?lang=fr", paper_of("rabat.mine"));
    let text = print(&app.client("prosecutor.rabat"), &path).await.text();
    let dense = dense(&text);
    for words in [
        "#read(\"/etc/passwd\")*bold*$x$@ref<label>\\u{41}={}",
        "=heading",
        "-item",
    ] {
        assert!(dense.contains(words), "{words}: {text}");
    }
    assert!(dense.contains("#panic"), "{text}");
    assert!(!text.contains("root:"));
}

#[tokio::test]
async fn a_measure_is_told_to_both_sides_of_its_own_file() {
    let app = TestApp::new().await;
    let path = child_notice("sale.mine");
    let mut codes = Vec::new();
    for reader in ["worker1.sale", "prosecutor.sale"] {
        let text = print(&app.client(reader), &path).await.text();
        for words in [
            "CANARY-child-sale.mine",
            "CANARY-INSTRUCTIONS",
            "CANARY-ACT-2",
        ] {
            assert!(text.contains(words), "{reader} {words}: {text}");
        }
        codes.push(code_on(&text));
    }
    assert_eq!(codes[0], codes[1]);
    assert!(said(&app, &codes[0]).await);
    for reader in ["worker1.rabat", "prosecutor.rabat", "worker2.sale"] {
        for path in [&path, &paper_of("sale.mine")] {
            let answer = app.client(reader).get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{reader} {path}");
        }
    }
    // the child of another file, and a decision on another child
    let judicial = id("judicial sale.mine");
    let mother = id("mother sale.mine");
    let decision = id("decision child sale.mine");
    let wrong =
        format!("/prosecution/{judicial}/children/{mother}/decisions/{decision}/notice.pdf");
    let answer = app.client("prosecutor.sale").get(&wrong).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_decision_on_an_adult_is_printed_by_its_court_alone() {
    let app = TestApp::new().await;
    let path = adult_notice("rabat.mine");
    let text = print(&app.client("prosecutor.rabat"), &path).await.text();
    assert!(text.contains("CANARY-mother-rabat.mine"), "{text}");
    assert!(
        !text.contains("CANARY-MOTIVES"),
        "its sealed text stays where it is"
    );
    assert!(said(&app, &code_on(&text)).await);
    for reader in ["worker1.rabat", "supervisor.rabat", "prosecutor.sale"] {
        let answer = app.client(reader).get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{reader}");
        assert_eq!(
            seen_by(&app.db, reader, "adult_notice").await,
            0,
            "{reader}"
        );
    }
    assert_eq!(
        seen_by(&app.db, "prosecutor.rabat", "adult_notice").await,
        1
    );
    assert_eq!(seen_by(&app.db, "worker1.rabat", "dossier").await, 1);
}

#[tokio::test]
async fn a_code_is_valid_or_unknown_and_the_page_says_nothing_else() {
    let app = TestApp::new().await;
    let code = code_on(
        &print(&app.client("prosecutor.rabat"), &paper_of("rabat.mine"))
            .await
            .text(),
    );
    let (valid, unknown) = (verify(&app, &code).await, verify(&app, UNKNOWN).await);
    assert_eq!(
        (valid.status, unknown.status),
        (StatusCode::OK, StatusCode::OK)
    );
    let word = |key: &str| format!("<b>{}</b>", Lang::Ar.t(key));
    let same = valid.body.replace(&code, UNKNOWN);
    let same = same.replace(&word("paper-verify-valid"), &word("paper-verify-unknown"));
    assert_eq!(same, unknown.body);
    for words in [
        "CANARY",
        "زينب",
        "rabat",
        &id("judicial rabat.mine").to_string(),
    ] {
        assert!(!valid.body.contains(words), "{words}");
    }
    let trail = app
        .db
        .list("select concat_ws(' ', actor, fields->>'valid', object_id, territory_id) from audit.event where action = 'paper.verified' order by id")
        .await;
    let known = format!("true {} 1", id("judicial rabat.mine"));
    assert_eq!(trail, [known, "false".to_owned()]);
    // as people type it
    let typed = format!("/verify?code={}-{}", code[..5].to_lowercase(), &code[5..]);
    let sent = app.anonymous().get(&typed).await;
    assert_eq!(sent.location(), format!("/verify/{code}"));
    let refused = app.anonymous().get("/verify?code=not-a-code").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::Ar, "paper-code-shape") && refused.body.contains("not-a-code"));
}

#[tokio::test]
async fn what_changed_is_unknown() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat");
    let dossier = code_on(&print(&prosecutor, &paper_of("rabat.mine")).await.text());
    let notice = code_on(&print(&prosecutor, &adult_notice("rabat.mine")).await.text());
    assert!(said(&app, &dossier).await && said(&app, &notice).await);
    let whole = extract_of(&app, "rabat.mine").await;
    let mut other = whole.clone();
    other["children"][0]["names"]["given_ar"] = json!("سلمى");
    put(&app, "rabat.mine", &other, false).await;
    assert!(
        !said(&app, &dossier).await,
        "the text is not the one that was hashed"
    );
    let answer = prosecutor.get(&paper_of("rabat.mine")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::Ar, "judicial-paper-unreadable"));
    put(&app, "rabat.mine", &other, true).await;
    assert!(!said(&app, &dossier).await, "nor with a hash of its own");
    put(&app, "rabat.mine", &whole, true).await;
    assert!(said(&app, &notice).await);
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.adult_decision set decided_on = decided_on - 1 where id = '{}'",
            id("decision adult rabat.mine")
        ))
        .await;
    assert!(!said(&app, &notice).await, "the day of the decision");
}

#[tokio::test]
async fn what_was_not_sent_or_was_corrected_is_unknown() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let path = format!("{}?lang=fr", paper_of("rabat.colleague"));
    let text = print(&supervisor, &path).await.text();
    assert!(text.contains(&Lang::Fr.t("judicial-paper-draft")), "{text}");
    assert!(!said(&app, &code_on(&text)).await);
    let prosecutor = app.client("prosecutor.rabat");
    let path = adult_notice("rabat.mine");
    let code = code_on(&print(&prosecutor, &path).await.text());
    assert!(said(&app, &code).await);
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on,
                                             recorded_by, supersedes_id)
             select gen_random_uuid(), d.file_id, d.case_id, d.territory_id, d.court_id, d.person_id, d.kind, d.effect,
                    d.decided_on, d.recorded_by, d.id
             from app.adult_decision d where d.id = '{}'",
            id("decision adult rabat.mine")
        ))
        .await;
    assert!(!said(&app, &code).await, "corrected");
    assert_eq!(prosecutor.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_guesses_waits_and_who_verifies_papers_does_not() {
    let app = TestApp::new().await;
    let code = code_on(
        &print(&app.client("prosecutor.rabat"), &paper_of("rabat.mine"))
            .await
            .text(),
    );
    for _ in 0..8 {
        assert!(said(&app, &code).await);
    }
    for _ in 0..3 {
        assert!(!said(&app, UNKNOWN).await);
    }
    for code in [UNKNOWN, code.as_str()] {
        let answer = verify(&app, code).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.header(header::RETRY_AFTER), "3");
        let valid = format!("<b>{}</b>", Lang::Ar.t("paper-verify-valid"));
        assert!(!answer.body.contains(&valid));
    }
}

#[tokio::test]
async fn printing_asks_for_a_fresh_factor() {
    let app = TestApp::new().await;
    session::age(&app.db, "prosecutor.rabat").await;
    let prosecutor = app.client("prosecutor.rabat");
    for path in [paper_of("rabat.mine"), adult_notice("rabat.mine")] {
        let answer = prosecutor.get(&path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/account/confirm?next="));
    }
    // as a part of another page it is nobody's
    let request = app
        .client("chief.rabat")
        .request(Method::GET, &paper_of("rabat.mine"))
        .header("sec-fetch-dest", "iframe");
    let request = request.body(Body::empty()).unwrap();
    let answer = app.client("chief.rabat").send(request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let printed: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'judicial_paper.printed'")
        .await;
    assert_eq!(printed, 0);
}

#[tokio::test]
async fn the_same_button_makes_one_code_whoever_presses_it_at_once() {
    let app = TestApp::new().await;
    app.db
        .run("set session_replication_role = replica; delete from app.paper")
        .await;
    let [one, two] = ["prosecutor.rabat", "chief.rabat"].map(|name| app.client(name));
    let path = paper_of("rabat.mine");
    let (one, two) = tokio::join!(print(&one, &path), print(&two, &path));
    assert_eq!(code_on(&one.text()), code_on(&two.text()));
    let papers: i64 = app.db.ask("select count(*) from app.paper").await;
    assert_eq!(papers, 1);
}
