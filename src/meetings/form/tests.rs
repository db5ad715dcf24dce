//! Tests of the forms.

use super::*;
use uuid::Uuid;

fn catalogue() -> Catalogue {
    let row = |code: &str| {
        serde_json::json!({ "code": code, "ar": "x", "fr": "x", "en": "x", "sort": 1,
            "valid_from": null, "valid_to": null, "is_missing": false })
    };
    let rows = ["periodic", "steering", "coordination"].map(row);
    Catalogue::default().with(List::MeetingKind, serde_json::json!(rows))
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn filled() -> Form {
    Form::new()
        .with("id", "0198c0de-0000-7000-8000-000000000031")
        .with("meeting_kind", "periodic")
        .with("day", "01/12/2026")
        .with("hour", "10:00")
        .with("meeting_how", "in_person")
        .with("meeting_place", "قاعة الاجتماعات")
        .with("agenda", "a\n\n  b  \n")
}

#[test]
fn a_meeting_has_a_day_of_the_plan_and_a_place() {
    let catalogue = catalogue();
    let desk = Desk {
        catalogue: &catalogue,
        today: today(),
        city: Some(TerritoryId(1)),
    };
    let read = plan(&mut filled(), desk).unwrap();
    assert_eq!(read.agenda, ["a", "b"]);
    assert_eq!(read.at.to_rfc3339(), "2026-12-01T09:00:00+00:00");
    for (field, typed, key) in [
        ("day", "03/12/2019", "team-before-plan"),
        ("day", "25/11/2028", "team-too-far"),
        ("day", "31/02/2026", "error-date-none"),
        ("hour", "25:00", "error-time"),
        ("meeting_place", "", "error-required"),
        ("meeting_kind", "steering", "error-choice"),
        ("meeting_how", "x", "error-choice"),
    ] {
        let mut form = filled();
        form.set(field, typed);
        assert_eq!(plan(&mut form, desk), None, "{field} {typed}");
        assert_eq!(form.error(field), Some(&Msg::new(key)), "{field} {typed}");
    }
    let mut afar = filled();
    afar.set("meeting_how", "remote");
    afar.set("meeting_place", "");
    assert!(plan(&mut afar, desk).unwrap().remote);
}

#[test]
fn a_city_that_the_plan_does_not_run_in_does_not_meet() {
    let catalogue = catalogue();
    for city in [Some(TerritoryId(1)), None] {
        let desk = Desk {
            catalogue: &catalogue,
            today: today(),
            city,
        };
        let mut form = filled().with("meeting_city", "1");
        form.set("meeting_kind", "coordination");
        assert!(new_meeting(&mut form, desk).is_none());
        let said = Msg::new("meeting-city-inactive");
        assert_eq!(form.error("meeting_city"), Some(&said), "{city:?}");
    }
}

#[test]
fn nobody_comes_in_the_place_of_a_member_without_an_alternate() {
    let seat = RowId(Uuid::from_u128(1));
    let place = Place {
        seat,
        sector: "health".into(),
        body: crate::teams::Body::Named("x".into()),
        holder: None,
        alternate: None,
        state: None,
    };
    let note = |code: &str| {
        let mut form = Form::new().with(&seat_field(seat), code);
        attendance(&mut form, std::slice::from_ref(&place), &[]).map(|noted| noted.seats)
    };
    assert_eq!(note("present"), Some(vec![(seat, Attended::Present)]));
    assert_eq!(note(""), Some(Vec::new()));
    assert_eq!(note("alternate"), None);
    assert_eq!(note("late"), None);
}

#[test]
fn what_is_agreed_on_is_done_by_somebody_of_the_meeting_and_after_it() {
    let user = Somebody {
        id: crate::ids::UserId(Uuid::from_u128(3)),
        role: "social_worker".into(),
        name_ar: "x".into(),
        name_la: "x".into(),
    };
    let met_on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let read = |owner: &str, due: &str| {
        let mut form = Form::new()
            .with("id", "0198c0de-0000-7000-8000-000000000031")
            .with("point_text", "x")
            .with("owner", owner)
            .with("due_on", due);
        let people = std::slice::from_ref(&user);
        point(&mut form, (&[], people), (met_on, today())).is_some()
    };
    let known = Owner::User(user.id).code();
    assert!(read(&known, "20/11/2026"));
    assert!(!read(&known, "19/11/2026"));
    assert!(!read(
        &Owner::Seat(RowId(Uuid::from_u128(3))).code(),
        "24/11/2026"
    ));
}

#[test]
fn a_refusal_calls_who_came_by_one_name() {
    for field in [
        seat_field(RowId(Uuid::from_u128(7))),
        body_field("entraide_nationale"),
    ] {
        let mut form = Form::new();
        form.fail(&field, Msg::new("error-choice"));
        let stems: Vec<String> = form.errors().iter().map(|error| error.stem().0).collect();
        assert!(stems == ["seat"] || stems == ["body"], "{stems:?}");
    }
}
