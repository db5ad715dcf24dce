//! The results of one's own city: exact, of any days, for its own people alone (decision 0108).

mod counted;
mod period;
mod scope;

use crate::support::{Client, TestApp, TestDb, app, world};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

const SALE: i16 = 2;

/// The page without its markup, so that a figure and its word are found side by side.
async fn read(client: &Client, path: &str) -> (StatusCode, String) {
    let answer = client.get(path).await;
    let mut text = String::new();
    let mut in_tag = false;
    for c in answer.body.chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                text.push(' ');
            }
            // isolates around names and numbers
            '\u{2068}' | '\u{2069}' => {}
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    (answer.status, words.join(" "))
}

/// A city's supervisor, in English.
async fn supervisor(app: &TestApp, city: i16) -> Client {
    let place = world::Place::Prefecture(city);
    app.as_role(Role::Supervisor, place).await.reading(Lang::En)
}

/// An application with nobody in it but who is laid there.
async fn empty() -> TestApp {
    TestApp::over(TestDb::new().await, app::config()).await
}

/// Children with a protection measure, so many days ago: girls and boys of eight, Moroccan.
async fn protect(app: &TestApp, city: i16, ago: i32, girls: i32, boys: i32) {
    app.db
        .run(&format!(
            "insert into sec.app_user (id, username, name_ar, name_la)
             select gen_random_uuid(), 'writer', 'x', 'x'
             where not exists (select from sec.app_user where username = 'writer');
             create temp table made as
                 select n, gen_random_uuid() as child, gen_random_uuid() as file,
                        case when n <= {girls} then 'F' else 'M' end as sex,
                        (select id from sec.app_user where username = 'writer') as writer,
                        (now() at time zone 'Africa/Casablanca')::date - {ago} as day
                 from generate_series(1, {girls} + {boys}) n;
             insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, nationality, created_by)
             select child, {city}, sex, day - 3000, day - 3000, 'declared', 'MA', writer from made;
             insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_by, opened_at,
                                        protected_measure_on, protected_measure_kind)
             select file, 'T-{city}-{ago}-' || n, {city}, {city}, child, writer, day, day, 'service' from made;
             drop table made"
        ))
        .await;
}
