//! The standing of an institution, and its beds.

use super::{BAD, DONE, supervisor};
use crate::support::{TestApp, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

fn standing<'a>(version: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("licence", "EPS-9"),
        ("licensed_until", "31/12/2030"),
        ("version", version),
    ];
    for standard in [
        "safety",
        "hygiene",
        "staff",
        "health",
        "separation",
        "night",
        "accessibility",
    ] {
        let field: &'static str = format!("standard-{standard}").leak();
        fields.push((field, "unknown"));
    }
    for (field, value) in more {
        fields.retain(|(name, _)| name != field);
        fields.push((*field, *value));
    }
    fields
}

#[tokio::test]
async fn the_standing_of_an_institution_is_kept_with_what_was_before() {
    let (app, supervisor, keep) = supervisor().await;
    let page = supervisor.get(&keep).await;
    assert_eq!(page.status, StatusCode::OK);
    let day = typed_day(-3);
    let more = [
        ("standard-safety", "no"),
        ("standard-staff", "yes"),
        ("inspected_on", day.as_str()),
    ];
    let saved = supervisor.post(&keep, &standing("1", &more)).await;
    assert_eq!(saved.status, DONE, "{}", saved.body);
    let shown = supervisor.get(saved.location()).await;
    assert!(shown.body.contains("EPS-9") && shown.says(Lang::En, "keep-answer-no"));
    // whoever looked before it is told, and nothing is written over
    let mut other = more.to_vec();
    other.push(("licence", "EPS-10"));
    let stale = supervisor.post(&keep, &standing("1", &other)).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    // pressed twice it is the same, and is not written again
    let twice = supervisor.post(&keep, &standing("1", &more)).await;
    assert_eq!(twice.status, DONE);
    let trail: Vec<String> = app
        .db
        .list("select (fields -> 'unmet')::text || (fields -> 'met')::text from audit.event where action = 'institution.kept'")
        .await;
    assert_eq!(
        trail,
        [r#"[[], ["safety"]][["safety", "staff"], ["staff"]]"#]
    );
    // a worker reads it, another city's supervisor does not keep it
    let worker = app.client("worker1.rabat");
    assert_eq!(worker.get(&keep).await.status, StatusCode::FORBIDDEN);
    let elsewhere = app.client("supervisor.sale");
    let other = elsewhere.post(&keep, &standing("2", &[])).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_with_a_standing_is_told_beside_its_field_and_nothing_is_kept() {
    let (app, supervisor, keep) = supervisor().await;
    for (field, value, key) in [
        ("inspected_on", "01/01/2199", "error-date-future"),
        ("shut_on", "01/01/2199", "error-date-future"),
        ("standard-safety", "perhaps", "error-choice"),
        ("standard-safety", "yes", "keep-checked-when"),
        ("licence", "", "keep-licence-number"),
    ] {
        let answer = supervisor
            .post(&keep, &standing("1", &[(field, value)]))
            .await;
        assert_eq!(answer.status, BAD, "{field} {value}");
        assert!(answer.says(Lang::En, key), "{field}: {key}");
        assert!(answer.body.contains("31/12/2030"), "what was typed is kept");
    }
    let kept: i64 = app
        .db
        .ask("select count(*) from app.institution where version > 1")
        .await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn an_institution_that_closed_takes_no_more_requests_and_an_expired_licence_is_told() {
    let (app, supervisor, keep) = supervisor().await;
    app.db
        .run(
            "update app.bed_hold set state = 'cancelled' where state = 'held';
              update app.institution set licensed_until = current_date - 1",
        )
        .await;
    let place = format!("/cases/{}/shelter", id("case rabat.mine"));
    let (group, hold) = (
        id("group rabat.mine").to_string(),
        id("too late").to_string(),
    );
    let choice = format!("value=\"{group}\"");
    let before = supervisor.get(&place).await;
    assert!(before.body.contains(&choice));
    assert!(before.says(Lang::En, "shelter-licence-over"));
    let today = typed_day(0);
    let closing = standing("1", &[("shut_on", today.as_str())]);
    assert_eq!(supervisor.post(&keep, &closing).await.status, DONE);
    let after = supervisor.get(&place).await;
    assert!(!after.body.contains(&choice));
    // a page that was open before
    let wanted = [
        ("id", hold.as_str()),
        ("group", group.as_str()),
        ("brought_by", "TYPED-WORDS"),
    ];
    let late = supervisor.post(&place, &wanted).await;
    assert_eq!(late.status, BAD);
    assert!(late.says(Lang::En, "shelter-institution-closed"));
    assert!(late.body.contains("TYPED-WORDS"), "what was typed is kept");
    // and whoever goes past the page meets the database
    let mut direct = app.db.connect("postgres").await;
    let asked = sqlx::query(
        "insert into app.bed_hold select (jsonb_populate_record(h, jsonb_build_object(
             'id', gen_random_uuid(), 'seq', 99, 'state', 'requested', 'requested_at', now()))).*
         from app.bed_hold h where h.institution_id = $1 limit 1",
    )
    .bind(id("institution rabat.mine"))
    .execute(&mut direct)
    .await;
    let refusal = asked.unwrap_err().to_string();
    assert!(refusal.contains("the institution has closed"), "{refusal}");
    let list = supervisor.get("/shelter").await;
    assert!(list.body.contains("Closed since"));
}

/// The worker gives a place back while the institution admits the child: one of them is told, and the places are
/// counted right.
#[tokio::test]
async fn a_bed_that_is_freed_while_it_is_held_goes_one_way() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let manager = app.client("institution.rabat").reading(Lang::En);
    let (case, hold) = (id("case rabat.mine"), id("hold rabat.mine"));
    let version: i32 = app
        .db
        .ask(format!(
            "select version from app.bed_hold where id = '{hold}'"
        ))
        .await;
    let (version, today) = (version.to_string(), typed_day(0));
    let (cancel, sheet) = (
        format!("/cases/{case}/shelter/{hold}/cancel"),
        format!("/shelter/holds/{hold}"),
    );
    let freed = [("version", version.as_str())];
    let admits = [
        ("move", "admit"),
        ("day", today.as_str()),
        ("version", version.as_str()),
    ];
    let (one, other) = tokio::join!(worker.post(&cancel, &freed), manager.post(&sheet, &admits));
    let won = [&one, &other]
        .into_iter()
        .filter(|answer| answer.status == DONE);
    assert_eq!(won.count(), 1, "{} {}", one.status, other.status);
    let lost = if one.status == DONE { &other } else { &one };
    // it is told on a page that says what happened; a hold that is over is not the institution's any more
    assert!(
        [409, 404, 422].contains(&lost.status.as_u16()),
        "{}",
        lost.status
    );
    let counted: bool = app
        .db
        .ask(format!(
            "select g.held = (select count(*) from app.bed_hold h where h.group_id = g.id and h.state = 'held')
                and g.admitted = (select count(*) from app.bed_hold h where h.group_id = g.id
                                  and h.state in ('admitted', 'left', 'ran_away'))
             from app.bed_group g join app.bed_hold h on h.group_id = g.id where h.id = '{hold}'"
        ))
        .await;
    assert!(counted, "the places are those of the holds");
    // the second press of the loser's button, after the page was opened again, changes nothing
    let again = worker.post(&cancel, &freed).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.says(Lang::En, "shelter-moved"));
}
