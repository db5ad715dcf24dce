//! A small city, counted by hand.

use super::{empty, protect, read, supervisor};
use crate::support::{TestApp, typed_day, world::RABAT};
use axum::http::StatusCode;

/// Rabat: three girls and two boys protected ten days ago, one girl forty days ago.
async fn small_city() -> TestApp {
    let app = empty().await;
    protect(&app, RABAT, 10, 3, 2).await;
    protect(&app, RABAT, 40, 1, 0).await;
    app
}

fn between(from: i64, until: i64) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("from", &typed_day(from))
        .append_pair("until", &typed_day(until))
        .finish();
    format!("/figures?{query}")
}

#[tokio::test]
async fn a_period_holds_what_happened_in_it_and_its_ends() {
    let app = small_city().await;
    let client = supervisor(&app, RABAT).await;
    for (from, until, all, sexes) in [
        (-60, 0, 6, "Girls: 4, boys: 2"),
        (-10, -10, 5, "Girls: 3, boys: 2"),
        (-40, -40, 1, "Girls: 1, boys: 0"),
        (-39, -11, 0, "Girls: 0, boys: 0"),
        (-9, 0, 0, "Girls: 0, boys: 0"),
    ] {
        let (status, page) = read(&client, &between(from, until)).await;
        assert_eq!(status, StatusCode::OK);
        let told = format!("Children protected {all} {sexes}");
        assert!(page.contains(&told), "{from}..{until}: {told}: {page}");
    }
}

/// Exact: three is three, and no "fewer than five".
#[tokio::test]
async fn what_is_under_five_is_told_as_it_is() {
    let app = small_city().await;
    let client = supervisor(&app, RABAT).await;
    let (_, page) = read(&client, &between(-20, 0)).await;
    for told in [
        // the bars
        "Children by sex Unit: child, once, on the day of the first protection measure Girls 3 Boys 2",
        // the table, with the share of each
        "Girls 3 60% Boys 2 40% Total 5 100%",
        // born 3000 days before: eight years
        "6 to 13 5 100%",
        "Moroccan 5 100%",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("&lt;5") && !page.contains("<5"), "{page}");
    // a period in which nothing happened says so and draws no bar
    let (_, page) = read(&client, &between(-9, -8)).await;
    assert!(
        page.contains("Nothing is recorded for this period"),
        "{page}"
    );
}

#[tokio::test]
async fn a_short_period_is_drawn_with_the_year_before_it() {
    let app = small_city().await;
    let client = supervisor(&app, RABAT).await;
    let (_, page) = read(&client, &between(-9, 0)).await;
    // the figures are those of ten days, the lines those of a year: the six children are in them
    assert!(page.contains("Children protected 0"), "{page}");
    let (_, months) = page.split_once("Month by month").unwrap();
    assert!(months.contains("Total 6 0 0 0"), "{months}");
}

/// The part of the page of indicators that tells of one of them.
async fn indicator(app: &TestApp, code: &str, period: &str) -> String {
    let client = supervisor(app, RABAT).await;
    let path = period.replace("/figures", "/figures/indicators");
    let answer = client.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK);
    let (_, after) = answer
        .body
        .split_once(&format!("aria-label=\"{code}\""))
        .unwrap();
    after.split("</article>").next().unwrap().to_owned()
}

/// The figure in large.
fn value(section: &str) -> &str {
    let (_, after) = section.split_once("class=\"big1\"><bdi>").unwrap();
    after.split('<').next().unwrap()
}

#[tokio::test]
async fn indicators_are_those_of_the_city_and_of_the_period() {
    let app = small_city().await;
    // I1 goes on from the beginning; I2 is of the period
    for (period, i1, i2) in [
        (between(-60, 0), "6", "6"),
        (between(-20, 0), "6", "5"),
        (between(-60, -20), "1", "1"),
    ] {
        assert_eq!(value(&indicator(&app, "I1", &period).await), i1, "{period}");
        assert_eq!(value(&indicator(&app, "I2", &period).await), i2, "{period}");
    }
    // four girls of six, with numerator and denominator in the table
    let i1 = indicator(&app, "I1", &between(-60, 0)).await;
    for cell in ["66.7%", "<bdi>4</bdi>", "<bdi>6</bdi>"] {
        assert!(i1.contains(cell), "{cell}: {i1}");
    }
    // nobody asked for help: no rate, and not 0 %
    let i9 = indicator(&app, "I9", &between(-60, 0)).await;
    assert_eq!(value(&i9), "—");
    assert!(!i9.contains("0%"), "{i9}");
}

#[tokio::test]
async fn work_that_waits_leads_to_where_it_is_done() {
    let app = TestApp::new().await;
    let supervisor = app
        .client("supervisor.rabat")
        .get("/figures/indicators")
        .await;
    let worker = app.client("worker1.rabat").get("/figures/indicators").await;
    let part = |body: &str| {
        let (_, after) = body.split_once("aria-label=\"I24\"").unwrap();
        after.split("</article>").next().unwrap().to_owned()
    };
    let (supervisor, worker) = (part(&supervisor.body), part(&worker.body));
    assert!(supervisor.contains("href=\"/team\""));
    assert!(supervisor.contains("href=\"/cases?filter=late\""));
    // a worker has their own list, and no load of the team to read
    assert!(worker.contains("href=\"/today\""));
    assert!(!worker.contains("href=\"/team\""));
}
