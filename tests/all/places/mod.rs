//! What a city keeps of its own: the standing of its institutions, the rhythm of its visits; numbers that are masked;
//! and what is refused beside its field.

mod city;
mod institutions;
mod values;

use crate::support::{Client, TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const BAD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const DONE: StatusCode = StatusCode::SEE_OTHER;

/// A supervisor keeps the institutions of the city; a form as the page has it.
async fn supervisor() -> (TestApp, Client, String) {
    let app = TestApp::new().await;
    let client = app.client("supervisor.rabat").reading(Lang::En);
    let keep = format!(
        "/shelter/institutions/{}/keep",
        id("institution rabat.mine")
    );
    (app, client, keep)
}
