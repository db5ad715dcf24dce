//! The people of a city ask their own figures, and nobody else's.

use super::{BAD, NEW, OK, grid, tell};
use crate::support::{TestApp, role::reads, typed_day};
use sanad::i18n::Lang;

/// The contacts of a good half of a year, month by month.
fn free() -> String {
    format!("{NEW}?table=contacts&rows=month&since={}", typed_day(-200))
}

/// The sum of the column of an answer.
fn sum(cells: &[Vec<String>]) -> i64 {
    let figures = cells.iter().skip(1).map(|row| row[1].replace('\u{a0}', ""));
    figures.map(|n| n.parse::<i64>().unwrap()).sum()
}

#[tokio::test]
async fn a_city_is_answered_exactly_as_it_is_counted_now() {
    let app = TestApp::new().await;
    for (username, city) in [
        ("worker1.rabat", 1),
        ("supervisor.rabat", 1),
        ("supervisor.sale", 2),
    ] {
        let page = app.client(username).reading(Lang::En).get(&free()).await;
        assert_eq!(page.status, OK);
        assert!(page.says(Lang::En, "report-provisional"));
        let counted = reads(
            &app.db,
            username,
            &format!(
                "select coalesce(sum(n), 0) from stat.city_cells({city}::smallint, current_date - 200, current_date)
                 where measure = 'contacts'"
            ),
        )
        .await;
        assert_eq!(vec![sum(&grid(&page)).to_string()], counted, "{username}");
        assert_ne!(counted, ["0"], "nothing is compared");
    }
}

/// Nothing in an address chooses the city, and a city sees nothing of what the committee is told.
#[tokio::test]
async fn no_address_leads_to_another_city() {
    let app = TestApp::new().await;
    tell(&app).await;
    let rabat = app.client("supervisor.rabat").reading(Lang::En);
    let own = grid(&rabat.get(&free()).await);
    for more in [
        "spot=sale",
        "city=sale",
        "territory=2",
        "territory_id=2",
        "spot=country",
    ] {
        let page = rabat.get(&format!("{}&{more}", free())).await;
        assert_eq!((page.status, grid(&page)), (OK, own.clone()), "{more}");
        assert!(!page.says(Lang::En, "report-published"));
    }
    let places = rabat.get(&format!("{NEW}?table=children&rows=place")).await;
    assert_eq!(places.status, BAD);
    // nor does one lead the committee to what is counted now: no day is free, and no city is live
    let steering = app.client("steering").reading(Lang::En);
    let day = steering
        .get(&format!(
            "{NEW}?table=contacts&rows=place&until={}",
            typed_day(-3)
        ))
        .await;
    assert_eq!(day.status, BAD);
    let told = steering
        .get(&format!("{NEW}?table=contacts&rows=place&spot=rabat"))
        .await;
    assert!(!told.says(Lang::En, "report-provisional"));
    assert_eq!(
        grid(&told)[1][1],
        "not told",
        "the release has no such cell: nothing is counted for it"
    );
}

#[tokio::test]
async fn days_of_a_city_are_free_and_are_days() {
    let app = TestApp::new().await;
    let rabat = app.client("worker1.rabat").reading(Lang::En);
    let ahead = typed_day(1);
    for (since, until, field) in [
        ("31/02/2026", "", "since"),
        ("03/12/2019", "", "since"),
        ("", ahead.as_str(), "until"),
        ("04/01/2026", "03/01/2026", "until"),
        ("04/12/2019", "", "since"),
        ("yesterday", "", "since"),
    ] {
        let page = rabat
            .get(&format!(
                "{NEW}?table=contacts&rows=month&since={since}&until={until}"
            ))
            .await;
        assert_eq!(page.status, BAD, "{since} {until}");
        assert!(
            page.body.contains(&format!("id=\"{field}-error\"")),
            "{since} {until}"
        );
        assert!(
            page.body.contains(&format!("value=\"{since}\"")),
            "{since} is lost"
        );
    }
    let today = typed_day(0);
    let one = rabat
        .get(&format!(
            "{NEW}?table=cases_by_state&rows=part&since={today}&until={today}"
        ))
        .await;
    assert_eq!(one.status, OK);
}
