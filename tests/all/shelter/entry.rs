//! A city adds its institutions, and keeps who they are.

use super::{send, sql};
use crate::support::{TestApp, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const NEW: &str = "/shelter/institutions/new";

fn house(more: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("id", id("a form of the city").to_string()),
        ("version", "0".to_owned()),
        ("name_ar", "دار الأمان".to_owned()),
        ("name_la", "Dar Al Amane".to_owned()),
        ("house_kind", "eps_abandoned".to_owned()),
        ("phone", "05 37 00 00 00".to_owned()),
        ("address", "CANARY-NEW-HOUSE".to_owned()),
        ("licence", "EPS-44".to_owned()),
        ("licensed_until", "31/12/2030".to_owned()),
        ("inspected_on", typed_day(-1)),
        ("standard-safety", "yes".to_owned()),
        ("standard-hygiene", "no".to_owned()),
        ("standard-staff", "unknown".to_owned()),
        ("standard-health", "unknown".to_owned()),
        ("standard-separation", "unknown".to_owned()),
        ("standard-night", "unknown".to_owned()),
        ("standard-accessibility", "unknown".to_owned()),
    ];
    for (field, value) in more {
        fields.retain(|(name, _)| name != field);
        fields.push((*field, (*value).to_owned()));
    }
    fields
}

#[tokio::test]
async fn a_city_adds_an_institution_that_is_found_under_its_name() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::Fr);
    let page = supervisor.get(NEW).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("value=\"shelter_with_mother\""));
    assert!(
        !page.body.contains("value=\"kafala\""),
        "a family is no house"
    );
    // pressed twice, added once
    let answers = house(&[]);
    let added = send(&supervisor, NEW, &answers).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let twice = send(&supervisor, NEW, &answers).await;
    assert_eq!(twice.location(), added.location());
    let shown = supervisor.get(added.location()).await;
    assert!(shown.body.contains("Dar Al Amane") && shown.body.contains("EPS-44"));
    assert!(
        !shown.body.contains("CANARY-NEW-HOUSE"),
        "masked as every address"
    );
    let kept: Vec<String> = app
        .db
        .list(
            "select concat_ws(' ', i.territory_id, i.kind, i.phone, i.standards, i.standards_unmet, o.type, o.territory_id)
             from app.institution i join ref.organisation o on o.code = i.organisation_code
             where i.address = 'CANARY-NEW-HOUSE'",
        )
        .await;
    assert_eq!(
        kept,
        ["1 eps_abandoned +212537000000 {safety} {hygiene} eps 1"]
    );
    let rows: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'institution.added'")
        .await;
    assert_eq!(rows, 1);
    // a place is added, and found
    let groups = format!("{}/groups/new", added.location());
    let places = [
        ("id", id("a form of the city").to_string()),
        ("version", "0".to_owned()),
        ("audience", "boys".to_owned()),
        ("age_from", "6".to_owned()),
        ("age_to", "12".to_owned()),
        ("capacity", "8".to_owned()),
        ("closed", "0".to_owned()),
        ("others", "3".to_owned()),
        ("reason", "opening".to_owned()),
    ];
    let grouped = send(&supervisor, &groups, &places).await;
    assert_eq!(grouped.status, StatusCode::SEE_OTHER, "{}", grouped.body);
    send(&supervisor, &groups, &places).await;
    let worker = app.client("worker1.sale").reading(Lang::Fr);
    let list = worker.get("/shelter?sex=M").await;
    assert_eq!(list.body.matches("Dar Al Amane").count(), 1);
}

#[tokio::test]
async fn what_is_wrong_with_an_institution_is_told_beside_its_field() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    for (field, value, key) in [
        ("name_ar", "", "error-required"),
        ("name_la", "", "error-required"),
        ("house_kind", "kafala", "error-choice"),
        ("phone", "12", "error-phone"),
        ("phone", "", "error-required"),
        ("licence", "", "keep-licence-number"),
        ("inspected_on", "", "keep-checked-when"),
        ("inspected_on", "01/01/2199", "error-date-future"),
        ("standard-night", "perhaps", "error-choice"),
        ("id", "x", "error-choice"),
    ] {
        let answer = send(&supervisor, NEW, &house(&[(field, value)])).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.says(Lang::En, key), "{field} {value}: {key}");
        assert!(answer.body.contains("CANARY-NEW-HOUSE"), "typed is kept");
    }
    let rows: i64 = app
        .db
        .ask("select count(*) from app.institution where address = 'CANARY-NEW-HOUSE'")
        .await;
    assert_eq!(rows, 0);
    let organisations: i64 = app
        .db
        .ask("select count(*) from ref.organisation where code like 'house%'")
        .await;
    assert_eq!(organisations, 0, "no name stays of what was refused");
}

#[tokio::test]
async fn a_name_of_before_keeps_its_dates_and_an_address_is_written_without_being_read() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::Fr);
    let house = format!("/shelter/institutions/{}", id("institution rabat.mine"));
    let edit = format!("{house}/edit");
    let page = supervisor.get(&edit).await;
    assert!(page.body.contains("+212500000000"));
    assert!(
        !page.body.contains("CANARY-HOUSE"),
        "the address is not shown"
    );
    let mut fields = vec![
        ("version", "1"),
        ("name_ar", "دار النور"),
        ("name_la", "Dar Annour"),
        ("house_kind", "emergency_shelter"),
        ("phone", "0522000000"),
        ("address", ""),
    ];
    let saved = supervisor.post(&edit, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(supervisor.get(&house).await.body.contains("Dar Annour"));
    let kept = |what: &str| {
        sql(format!(
            "select {what} from app.institution where id = '{}'",
            id("institution rabat.mine")
        ))
    };
    let address: String = app.db.ask(kept("address")).await;
    assert_eq!(address, "CANARY-HOUSE-rabat.mine");
    let names: i64 = app
        .db
        .ask(
            "select count(*) from ref.organisation_name
             where organisation_code = 'shelter_rabat' and lang in ('ar', 'fr')",
        )
        .await;
    assert_eq!(names, 4, "the names of before are there");
    fields.retain(|(name, _)| !["version", "address"].contains(name));
    fields.extend([("version", "2"), ("address", "CANARY-MOVED")]);
    let moved = supervisor.post(&edit, &fields).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    let address: String = app.db.ask(kept("address")).await;
    assert_eq!(address, "CANARY-MOVED");
    let trail: Vec<String> = app
        .db
        .list("select (fields -> 'fields')::text from audit.event where action = 'institution.changed' order by id")
        .await;
    assert_eq!(trail, [r#"["names", "phone"]"#, r#"["address"]"#]);
    let read: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'institution_address.revealed'")
        .await;
    assert_eq!(read, 0);
    let elsewhere = app.client("supervisor.sale");
    assert_eq!(
        elsewhere.get(&edit).await.status,
        StatusCode::NOT_FOUND,
        "another city's supervisor"
    );
}
