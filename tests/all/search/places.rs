//! By telephone and by place.

use super::{look, named, shows};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const CONTACT: &str = "0198c0de-0000-7000-8000-00000000f0e1";

/// A contact with a telephone; the child in it is the one of a file.
async fn call(app: &TestApp) {
    let fields = [
        ("id", CONTACT),
        ("place", "044210107"),
        ("place_kind", "mosque"),
        ("when", "now"),
        ("children", "1"),
        ("child-0-sex", "F"),
        ("child-0-years", "6"),
        ("adult", "mother"),
        ("adult_phone", "0661739204"),
        ("circumstance", "with_mother"),
        ("action", "awareness"),
    ];
    let logged = app.client("worker1.rabat").post("/contacts", &fields).await;
    assert_eq!(logged.status, StatusCode::SEE_OTHER, "{}", logged.body);
    app.db
        .run(&format!(
            "insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user)
             select k.id, 1, 'linked_to_case', '{}', '{}' from app.contact_child k where k.contact_id = '{CONTACT}'",
            id("case rabat.mine"),
            id("supervisor.rabat")
        ))
        .await;
}

#[tokio::test]
async fn a_telephone_finds_its_contacts_and_their_children_in_any_form() {
    let app = named().await;
    call(&app).await;
    let link = format!("href=\"/contacts/{CONTACT}\"");
    for typed in [
        "0661739204",
        "06 61 73 92 04",
        "06-61-73-92-04",
        "+212661739204",
        "+212 661-739204",
        "00212661739204",
        "661739204",
        "٠٦٦١٧٣٩٢٠٤",
    ] {
        let answer = look(&app.client("worker2.rabat"), typed).await;
        assert!(answer.body.contains(&link), "{typed}: {}", answer.body);
        assert!(shows(&answer, "rabat.mine"), "{typed}");
        assert!(!answer.body.contains("/search?"), "{typed}");
    }
    for (username, typed) in [
        ("worker1.sale", "0661739204"),
        ("worker2.rabat", "0661739205"),
    ] {
        let answer = look(&app.client(username), typed).await;
        assert!(answer.says(Lang::Ar, "search-none"), "{username} {typed}");
    }
    let prints: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.phone_print where contact_id = '{CONTACT}'"
        ))
        .await;
    assert_eq!(prints, 1);
}

#[tokio::test]
async fn a_place_lists_the_children_who_were_seen_there_last() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    let place: String = app
        .db
        .ask("select ar from ref.place where code = '044210107'")
        .await;
    let french: String = app
        .db
        .ask("select fr from ref.place where code = '044210107'")
        .await;
    for typed in [&place, &french] {
        let answer = look(&worker, typed).await;
        assert!(
            shows(&answer, "rabat.mine") && shows(&answer, "rabat.colleague"),
            "{typed}"
        );
        assert!(!shows(&answer, "rabat.protected") && !shows(&answer, "sale.mine"));
    }
    // a child who was seen elsewhere since is not there any more
    let other: String = app
        .db
        .ask("select code from ref.place where territory_id = 1 and selectable and code <> '044210107' limit 1")
        .await;
    app.db
        .run(&format!(
            "update app.contact set place_code = '{other}' where id = '{}'",
            id("contact rabat.colleague")
        ))
        .await;
    let answer = look(&worker, &place).await;
    assert!(shows(&answer, "rabat.mine") && !shows(&answer, "rabat.colleague"));
}

#[tokio::test]
async fn a_place_beside_a_name_puts_those_first_who_were_seen_there() {
    let app = named().await;
    let worker = app.client("worker1.rabat").reading(Lang::Fr);
    let place: String = app
        .db
        .ask("select fr from ref.place where code = '044210107'")
        .await;
    let answer = look(&worker, &format!("Maryam {place}")).await;
    assert!(shows(&answer, "rabat.mine") && !shows(&answer, "rabat.colleague"));
    assert!(answer.says(Lang::Fr, "search-how-place"));
    let answer = look(&worker, &format!("Xzqkwv {place}")).await;
    assert!(answer.says(Lang::Fr, "search-none"));
}
