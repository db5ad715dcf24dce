//! Meetings of the teams and of the committee: planned, held or cancelled; who came, the minutes, what was agreed on
//! (decision 0101).

mod acts;
mod calendar;
mod planning;
mod points;
mod walls;

use crate::support::{Answer, Client, TestApp, id, typed_day};
use axum::http::StatusCode;

const DONE: StatusCode = StatusCode::SEE_OTHER;
const BAD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const LIST: &str = "/plan/meetings";
const NEW: &str = "/plan/meetings/new";
/// Of a form and its answers.
const SENT: &str = "018f0000-0000-7000-8000-00000000e601";

/// What is typed.
type Fields = Vec<(&'static str, String)>;

/// The same with other answers in place of some.
fn with(mut fields: Fields, typed: &[(&'static str, &str)]) -> Fields {
    for (name, value) in typed {
        fields.retain(|(field, _)| field != name);
        fields.push((name, (*value).to_owned()));
    }
    fields
}

async fn send(who: &Client, path: &str, fields: &Fields) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    who.post(path, &fields).await
}

/// A meeting of a team, so many days from today.
fn planned(ahead: i64) -> Fields {
    vec![
        ("id", SENT.to_owned()),
        ("meeting_kind", "periodic".to_owned()),
        ("day", typed_day(ahead)),
        ("hour", "00:00".to_owned()),
        ("meeting_how", "in_person".to_owned()),
        ("meeting_place", "قاعة مختلقة جدا".to_owned()),
        ("agenda", "نقطة أولى\n\nنقطة ثانية".to_owned()),
    ]
}

/// Plans it and gives its page.
async fn plan(who: &Client, fields: &Fields) -> String {
    let answer = send(who, NEW, fields).await;
    assert_eq!(answer.status, DONE, "{}", answer.body);
    assert!(answer.location().starts_with("/plan/meetings/"));
    answer.location().to_owned()
}

/// The page of a meeting of the world.
fn meeting(name: &str) -> String {
    format!("{LIST}/{}", id(&format!("meeting {name}")))
}

async fn count(app: &TestApp, rows: &str) -> i64 {
    app.db.ask(format!("select count(*) from {rows}")).await
}
