//! Whose figures: those of the prefecture of the session, and of no other.

use super::{SALE, empty, protect, read, supervisor};
use crate::support::{TestApp, statements, world, world::RABAT};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

#[tokio::test]
async fn each_city_sees_its_own_and_nothing_of_the_other() {
    let app = empty().await;
    protect(&app, RABAT, 3, 3, 2).await;
    protect(&app, SALE, 3, 317, 0).await;
    let rabat = supervisor(&app, RABAT).await;
    let sale = supervisor(&app, SALE).await;
    let period = "?from=2019-12-04";
    let path = format!("/figures{period}");
    let (_, page) = read(&rabat, "/figures").await;
    assert!(page.contains("Rabat"), "{page}");
    let (status, page) = read(&rabat, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Children protected 5"), "{page}");
    assert!(!page.contains("317") && !page.contains("322"), "{page}");
    let (_, page) = read(&sale, &path).await;
    assert!(page.contains("Children protected 317"), "{page}");
    assert!(page.contains("Girls: 317, boys: 0"), "{page}");
    // a city in the address is no question that is asked
    let (_, same) = read(&rabat, &format!("{path}&city=sale&territory=2")).await;
    assert!(same.contains("Children protected 5"), "{same}");
}

#[tokio::test]
async fn who_has_no_city_has_no_such_page() {
    let app = TestApp::new().await;
    for role in Role::ALL {
        let client = app.as_role(*role, world::place_of(*role)).await;
        let may = matches!(role, Role::SocialWorker | Role::Supervisor);
        let wanted = if may {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        for page in ["/figures", "/figures/indicators"] {
            assert_eq!(client.get(page).await.status, wanted, "{page} {role:?}");
        }
        // the way there stands in the menu of those alone who may go it
        let home = client.get("/plan").await;
        assert_eq!(home.body.contains("href=\"/figures\""), may, "{role:?}");
    }
}

#[tokio::test]
async fn a_page_takes_the_same_few_statements_whatever_there_is() {
    let app = empty().await;
    let client = supervisor(&app, RABAT).await;
    statements::count();
    let mut counts = Vec::new();
    for children in [0, 30] {
        protect(&app, RABAT, 5 + children, children, children).await;
        for page in ["/figures", "/figures/indicators"] {
            let path = format!("{page}?from=2019-12-04");
            client.get(&path).await; // what is asked once a connection
            statements::take();
            let answer = client.get(&path).await;
            let asked = statements::take();
            assert_eq!(answer.status, StatusCode::OK);
            assert!(asked.len() <= 6, "{page}: {asked:#?}");
            counts.push(asked.len());
        }
    }
    assert_eq!(counts[..2], counts[2..]);
}

#[tokio::test]
async fn the_pages_say_that_their_figures_stay_here() {
    let app = TestApp::new().await;
    for lang in Lang::ALL {
        let worker = app.client("worker1.rabat").reading(lang);
        for page in ["/figures", "/figures/indicators"] {
            let answer = worker.get(page).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.says(lang, "figures-own"), "{page} {lang:?}");
            let stamp = lang.t_with("figures-stamp", &[("time", "".into())]);
            let words = stamp
                .split(['\u{2068}', '('])
                .next()
                .unwrap()
                .replace('\'', "&#39;");
            assert!(
                answer.body.contains(words.trim()),
                "{page} {lang:?}: {words}"
            );
        }
    }
}
