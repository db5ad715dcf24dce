//! The register of the plan: a city opened by the committee, from the first thought to the first contact, with no code and
//! no start between; letters, decisions, partners; and what the register refuses.

mod documents;
mod letters;
mod opening;
mod partners;
mod refusals;
mod scans;
mod walls;

use crate::support::{Answer, Client, TestApp, html::forms};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const DONE: StatusCode = StatusCode::SEE_OTHER;
const BAD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
/// Fès, which is none of the first seven cities.
const FES: i16 = 25;
const CITY: &str = "/plan/cities/fes";

/// The committee, which reads English here.
async fn committee() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let steering = app.client("steering").reading(Lang::En);
    (app, steering)
}

/// The fields of the form of a page that is sent to `action`, as they are shown.
async fn shown(who: &Client, page: &str, action: &str) -> Vec<(String, String)> {
    let answer = who.get(page).await;
    assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.body);
    let form = forms(&answer.body, page)
        .into_iter()
        .find(|form| form.action == action)
        .unwrap();
    let pairs = form.pairs().into_iter();
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The same with other answers in place of some.
fn with(fields: &[(String, String)], typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let is_kept = |(name, _): &&(String, String)| typed.iter().all(|(field, _)| field != name);
    let mut sent: Vec<(String, String)> = fields.iter().filter(is_kept).cloned().collect();
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    sent.extend(typed.iter().map(own));
    sent
}

async fn post(who: &Client, action: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    who.post(action, &fields).await
}

/// Opens the form of a page and sends it with these answers.
async fn send(who: &Client, page: &str, typed: &[(&str, &str)]) -> Answer {
    let action = page.split('?').next().unwrap();
    let fields = shown(who, page, action).await;
    post(who, action, &with(&fields, typed)).await
}

fn is_done(answer: &Answer) -> &str {
    assert_eq!(answer.status, DONE, "{}", answer.body);
    answer.location()
}

/// Refused, and told beside that field.
fn is_refused(answer: &Answer, field: &str) {
    assert_eq!(answer.status, BAD, "{field}: {}", answer.body);
    let told = format!("id=\"{field}-error\"");
    assert!(answer.body.contains(&told), "{field}: {}", answer.body);
}

/// Proposes Fès.
async fn propose(who: &Client) {
    let typed = [("territory", "25"), ("city_why", "اقتراح مختلق للاختبار")];
    let sent = send(who, "/plan/cities/new", &typed).await;
    assert_eq!(is_done(&sent), CITY);
}

/// A decision of today about a city; gives its code.
async fn decide(who: &Client, city: &str, words: &str) -> String {
    let typed = [("city", city), ("text_ar", words)];
    let sent = send(who, "/plan/decisions/new", &typed).await;
    let (_, code) = is_done(&sent).split_once("/plan/decisions#").unwrap();
    code.to_owned()
}

/// A letter of today about a city; gives its id.
async fn write(who: &Client, city: &str, to: &str, purpose: &str) -> String {
    let typed = [
        ("city", city),
        ("letter_purpose", purpose),
        ("letter_subject", "مراسلة مختلقة للاختبار"),
        ("from_party", "committee"),
        ("to_party", to),
    ];
    let sent = send(who, "/plan/letters/new", &typed).await;
    let (_, id) = is_done(&sent).split_once("/plan/letters/").unwrap();
    id.to_owned()
}

/// Says of a step that it is done, and by what one knows.
async fn done(who: &Client, step: &str, proof: &str) -> Answer {
    let typed = [("step_state", "done"), ("proof", proof)];
    send(who, &format!("{CITY}/steps/{step}"), &typed).await
}

async fn moved(who: &Client, made: &str, decision: &str) -> Answer {
    let typed = [("city_move", made), ("decision", decision)];
    send(who, &format!("{CITY}/move"), &typed).await
}

/// Fès proposed and being prepared; gives the code of the decision.
async fn preparing(who: &Client) -> String {
    propose(who).await;
    let decision = decide(who, "fes", "قرار مختلق: الشروع في إعداد مدينة فاس").await;
    is_done(&moved(who, "prepare", &decision).await);
    decision
}

/// Its required steps one by one, each with its letter, and the first meeting by the decision alone.
async fn settle(who: &Client, decision: &str) {
    for (step, to, purpose) in [
        ("letters_prosecution", "prosecution", "joins_plan"),
        ("letters_departments", "department", "joins_plan"),
        ("letters_authorities", "authority", "joins_plan"),
        ("letters_associations", "association", "joins_plan"),
        ("focal_points", "committee", "names_focal_point"),
        ("letters_field", "authority", "eases_field_work"),
        ("team", "department", "constitutes_team"),
    ] {
        let letter = write(who, "fes", to, purpose).await;
        is_done(&done(who, step, &format!("letter:{letter}")).await);
    }
    is_done(&done(who, "first_meeting", &format!("decision:{decision}")).await);
}

async fn status(app: &TestApp) -> String {
    let sql = "select status from plan.city where slug = 'fes'";
    app.db.ask(sql).await
}
