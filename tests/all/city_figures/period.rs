//! Periods: what cannot be is told beside its field, and what was typed stays.

use super::{empty, read, supervisor};
use crate::support::{typed_day, world::RABAT};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const PAGES: [&str; 2] = ["/figures", "/figures/indicators"];

#[tokio::test]
async fn what_is_no_period_is_refused_and_kept() {
    let app = empty().await;
    let client = supervisor(&app, RABAT).await;
    let next = typed_day(1);
    let tomorrow = next.as_str();
    for page in PAGES {
        for (from, until, field, word) in [
            ("31/02/2026", "", "from", "error-date-none"),
            ("hier", "", "from", "error-date"),
            ("", "99/99/9999", "until", "error-date-none"),
            ("03/12/2019", "31/12/2019", "from", "team-before-plan"),
            ("02/02/2025", "01/02/2025", "until", "figures-backwards"),
            ("", tomorrow, "until", "error-date-future"),
            (tomorrow, "", "from", "error-date-future"),
        ] {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("from", from)
                .append_pair("until", until)
                .finish();
            let answer = client.get(&format!("{page}?{query}")).await;
            let at = format!("{page} {from} {until}");
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{at}");
            assert!(answer.says(Lang::En, word), "{at}: {word}");
            let marked = format!("id=\"{field}-error\"");
            assert!(answer.body.contains(&marked), "{at}");
            for typed in [from, until] {
                assert!(answer.body.contains(&format!("value=\"{typed}\"")), "{at}");
            }
            // no figure of another period stands there instead
            assert!(!answer.says(Lang::En, "figures-by-age"), "{at}");
            assert!(!answer.says(Lang::En, "figures-about-work"), "{at}");
        }
    }
}

#[tokio::test]
async fn the_usual_periods_are_links_that_answer() {
    let app = empty().await;
    let client = supervisor(&app, RABAT).await;
    for page in PAGES {
        let answer = client.get(page).await;
        assert_eq!(answer.status, StatusCode::OK);
        let prefix = format!("href=\"{page}?from=");
        let links: Vec<&str> = answer
            .body
            .match_indices(&prefix)
            .filter_map(|(at, _)| answer.body[at + 6..].split('"').next())
            .collect();
        // five periods, and the page itself among its like
        assert_eq!(links.len(), 6, "{links:?}");
        assert!(answer.body.contains("aria-current=\"true\""), "this year");
        for link in links {
            let address = link.replace("&amp;", "&").replace("&#38;", "&");
            let (status, _) = read(&client, &address).await;
            assert_eq!(status, StatusCode::OK, "{address}");
        }
    }
}
