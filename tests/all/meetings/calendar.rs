//! The meetings month by month, and as a file for a calendar program: kinds, cities, hours, and nobody's name.

use super::{plan, planned, with};
use crate::support::{TestApp, day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

/// The lines of a calendar, without folds.
fn unfolded(body: &str) -> String {
    for line in body.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line:?}");
    }
    assert!(body.starts_with("BEGIN:VCALENDAR\r\n") && body.ends_with("END:VCALENDAR\r\n"));
    body.replace("\r\n ", "")
}

#[tokio::test]
async fn a_month_has_its_moroccan_name_and_the_meetings_of_the_readers_cities() {
    let app = TestApp::new().await;
    let may = "/plan/meetings/calendar?month=2021-05";
    for (lang, name) in [
        (Lang::Ar, "ماي 2021"),
        (Lang::Fr, "mai 2021"),
        (Lang::En, "May 2021"),
    ] {
        let page = app.client("steering").reading(lang).get(may).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.body.to_lowercase().contains(&name.to_lowercase()),
            "{lang:?}"
        );
        // the first meetings of Tangier and of Meknès
        assert!(!page.says(lang, "meetings-none-month"), "{lang:?}");
    }
    let rabat = app.client("worker1.rabat").reading(Lang::En).get(may).await;
    assert!(rabat.says(Lang::En, "meetings-none-month"));
    for month in ["", "x", "2021-13", "0000-00", "99999-1"] {
        let page = format!("/plan/meetings/calendar?month={month}");
        assert_eq!(
            app.client("steering").get(&page).await.status,
            StatusCode::OK,
            "{month}"
        );
    }
}

#[tokio::test]
async fn a_file_for_a_calendar_has_hours_and_cities_and_no_name() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let page = plan(&supervisor, &with(planned(4), &[("hour", "10:30")])).await;
    let of = async |username: &str| {
        let reader = app.client(username).reading(Lang::En);
        let file = reader.get("/plan/meetings/calendar.ics").await;
        assert_eq!(file.status, StatusCode::OK, "{username}");
        assert!(file.header("content-type").starts_with("text/calendar"));
        unfolded(&file.body)
    };
    // three files of the world with two meetings each, and this one
    for (username, events) in [
        ("supervisor.rabat", 7),
        ("prosecutor.rabat", 7),
        ("worker1.sale", 2),
        ("steering", 9),
    ] {
        let text = of(username).await;
        assert_eq!(
            text.matches("BEGIN:VEVENT").count(),
            events,
            "{username}: {text}"
        );
        for word in ["CANARY", "Invented", "مختلق", "DESCRIPTION", "LOCATION"] {
            assert!(!text.contains(word), "{username}: {word}");
        }
    }
    let text = of("supervisor.rabat").await;
    let wanted = day(4).format("DTSTART:%Y%m%dT").to_string();
    assert!(text.contains(&wanted), "{text}");
    // one that is cancelled is gone
    supervisor
        .post(&format!("{page}/cancel"), &[("meeting_why", "x")])
        .await;
    assert!(!of("supervisor.rabat").await.contains(&wanted));
    for username in ["institution.rabat", "admin", "dpo"] {
        let answer = app
            .client(username)
            .get("/plan/meetings/calendar.ics")
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{username}");
    }
}
