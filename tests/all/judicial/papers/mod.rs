//! Papers: what is printed, by whom, and what a code on it answers.
#![cfg(feature = "pdf")]

mod making;
pub mod sheet;
mod verify;

use crate::support::{Answer, Client, TestApp, TestDb, database, id, role::reads, session};
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
async fn seen_by(db: &TestDb, username: &str, kind: &str) -> usize {
    let sql = format!("select code from app.paper where kind = '{kind}'");
    reads(db, username, &sql).await.len()
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
        // a letter that joins nothing looks like the end of a word
        assert!(
            dense(&text).contains(&dense(&bare(words))),
            "{words}: {text}"
        );
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
        // a reader of PDFs turns a line of Arabic over, figures and all
        let (there, turned) = (format!("{page}/{pages}"), format!("{pages}/{page}"));
        let dense = dense(&text);
        assert!(
            dense.contains(&there) || dense.contains(&turned),
            "page {page}: {text}"
        );
    }
    // «ملف محال على النيابة العامة» begins at the right edge
    let (first, last) = (paper.x_of("ملف"), paper.x_of("العامة"));
    assert!(first > last && first > 400.0, "{first} {last}");
    is_drawn(&paper);
}

/// Each page is one that somebody can read: neither empty nor black.
fn is_drawn(paper: &Paper) {
    let ink = paper.ink();
    assert_eq!(ink.len(), paper.pages());
    let drawn = |page: &usize| (5..300).contains(page);
    assert!(ink.iter().all(drawn), "{ink:?} of a thousand points");
}

#[tokio::test]
async fn a_dossier_is_set_in_french_on_request() {
    let app = TestApp::new().await;
    let mut extract = extract_of(&app, "rabat.mine").await;
    extract["summary"] = json!("Une enfant dort près de la gare avec un nourrisson.\n".repeat(90));
    put(&app, "rabat.mine", &extract, true).await;
    // whatever the language of the pages
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let paper = print(&prosecutor, &format!("{}?lang=fr", paper_of("rabat.mine"))).await;
    let text = paper.text();
    assert!(
        text.contains(&bare(&Lang::Fr.t("judicial-paper-title"))),
        "{text}"
    );
    assert!(paper.x_of("Dossier") < 100.0, "from the left");
    let pages = paper.pages();
    assert!((3..=5).contains(&pages), "{pages} pages");
    for page in 1..=pages {
        assert!(
            dense(&text).contains(&format!("{page}/{pages}")),
            "page {page}: {text}"
        );
    }
    is_drawn(&paper);
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
        let paper = print(&app.client(reader), &path).await;
        let text = paper.text();
        for other in readers {
            let named = text.contains(&format!("Invented {other}"));
            assert_eq!(
                named,
                other == reader,
                "{reader}'s copy and {other}: {text}"
            );
        }
        let whole = paper.whole();
        assert!(
            dense(&whole).len() > dense(&text).len() + reader.len(),
            "a name across the page"
        );
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
    // on what it rests, and that a jurist has still to confirm it
    let french = format!("{path}?lang=fr");
    let text = print(&app.client("worker1.sale"), &french).await.text();
    for words in [
        "Art. 510 du code de procédure pénale",
        &Lang::Fr.t("judicial-to-confirm"),
    ] {
        assert!(
            dense(&bare(&text)).contains(&dense(&bare(words))),
            "{words}: {text}"
        );
    }
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
async fn a_notice_names_every_offence_and_stands_for_all_of_them() {
    let app = TestApp::new().await;
    let (decision, first) = (id("another decision"), id("decision adult rabat.mine"));
    app.db
        .run(&format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, offence,
                                             decided_on, recorded_by)
             select '{decision}', d.file_id, d.case_id, d.territory_id, d.court_id, d.person_id, 'prosecution_at_liberty',
                    'prosecuted', 'pc_326', d.decided_on, d.recorded_by
             from app.adult_decision d where d.id = '{first}';
             insert into app.adult_decision_offence (decision_id, offence, seq, file_id, case_id, territory_id, court_id)
             select d.id, x.code, x.seq, d.file_id, d.case_id, d.territory_id, d.court_id
             from app.adult_decision d, (values ('pc_448_1', 1), ('pc_329', 2)) as x (code, seq) where d.id = '{decision}'"
        ))
        .await;
    let path = adult_notice("rabat.mine").replace(&first.to_string(), &decision.to_string());
    let prosecutor = app.client("prosecutor.rabat");
    let french = print(&prosecutor, &format!("{path}?lang=fr")).await.text();
    let whole = dense(&bare(&french));
    for words in [
        "Art. 326 du code pénal",
        "Art. 448-1 du code pénal",
        "Art. 329 du code pénal",
        &Lang::Fr.t("judicial-to-confirm"),
    ] {
        assert!(whole.contains(&dense(&bare(words))), "{words}: {french}");
    }
    let code = code_on(&french);
    assert_eq!(code, code_on(&print(&prosecutor, &path).await.text()));
    assert!(said(&app, &code).await);
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             delete from app.adult_decision_offence where decision_id = '{decision}' and offence = 'pc_329'"
        ))
        .await;
    assert!(!said(&app, &code).await, "it says more than was decided");
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
