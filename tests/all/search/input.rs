//! What nobody should type, and what somebody does.

use super::{look, named};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn what_cannot_be_looked_for_is_explained() {
    let app = named().await;
    let worker = app.client("worker1.rabat").reading(Lang::Fr);
    for (typed, key) in [
        ("", "search-why-empty"),
        ("   \n\t", "search-why-empty"),
        ("\u{202e}\u{200f}", "search-why-empty"),
        ("م", "search-why-short"),
        ("a", "search-why-short"),
        ("7", "search-why-short"),
        ("%", "search-why-marks"),
        ("_%_%", "search-why-marks"),
        ("… - ! ؟", "search-why-marks"),
        ("🙂🙂", "search-why-marks"),
        ("12", "search-why-digits"),
        ("99999999999999999999", "search-why-digits"),
        ("R-RAB-2026-00001-B", "search-why-receipt"),
    ] {
        for path in ["/search", "/search/suggest"] {
            let answer = worker.post(path, &[("q", typed)]).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} {typed:?}");
            assert!(answer.says(Lang::Fr, key), "{path} {typed:?}");
        }
    }
    // none of this reached the database
    let searches: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'search.made'")
        .await;
    assert_eq!(searches, 0);
}

#[tokio::test]
async fn a_text_that_is_too_long_is_told_beside_its_field() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    for letter in ["ا", "a", "7", "%", "\u{301}"] {
        let typed = letter.repeat(10_000);
        let answer = worker.post("/search", &[("q", &typed)]).await;
        let (status, body) = (answer.status, &answer.body);
        // of a flood of marks nothing is left that is too long
        if letter == "\u{301}" {
            assert_eq!(status, StatusCode::OK);
            continue;
        }
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{letter}");
        assert!(body.contains("role=\"alert\"") && body.contains("q-error"));
        assert!(body.contains(&letter.repeat(200)) && !body.contains(&letter.repeat(201)));
    }
    let answer = worker.post("/search", &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "no field");
}

/// Mixed scripts, signs that turn a text round, wildcards, what breaks a statement: names of nobody, or of somebody.
#[tokio::test]
async fn strange_texts_are_answered() {
    let app = named().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    for typed in [
        "mريم",
        "مريmيام",
        "' or 1=1 --",
        "\\",
        "a\0b",
        "%مريم%",
        "M_ryam",
        "Maryam; drop table app.person",
        "<script>alert(1)</script>",
        "ﷲ ﷺ",
        "𐎠𐎡𐎢",
        "ⵎⴰⵔⵢⴰⵎ",
        "a b c d e f g h i j k l m n o p",
    ] {
        for path in ["/search", "/search/suggest"] {
            let answer = worker.post(path, &[("q", typed)]).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} {typed:?}");
            assert!(!answer.body.contains("<script>alert"), "{path}");
        }
    }
    for typed in ["\u{202e}مريم\u{202c}", "مريم🙂", "مريم %"] {
        assert!(
            super::shows(&look(&worker, typed).await, "rabat.mine"),
            "{typed:?}"
        );
    }
    for (field, value) in [
        ("after", "x"),
        ("after", "1.x"),
        ("after", "9.00000000-0000-0000-0000-000000000000"),
        ("place", "'"),
    ] {
        let answer = worker
            .post("/search", &[("q", "مريم"), (field, value)])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{field} {value}");
    }
}

#[tokio::test]
async fn nothing_found_says_so_and_offers_a_new_contact() {
    let app = named().await;
    let worker = app.client("worker1.rabat").reading(Lang::Fr);
    let answer = look(&worker, "Xzqkwv").await;
    assert!(answer.says(Lang::Fr, "search-none") && answer.says(Lang::Fr, "search-none-hint"));
    assert!(answer.body.contains("href=\"/contacts/new\""));
    assert!(
        answer.body.contains("value=\"Xzqkwv\""),
        "what was typed stays"
    );
}
