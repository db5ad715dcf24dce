//! What a city keeps of its own: the standing of its institutions, the rhythm of its visits; numbers that are masked;
//! and what is refused beside its field.

use crate::support::{Client, TestApp, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const BAD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const DONE: StatusCode = StatusCode::SEE_OTHER;

/// A supervisor keeps the institutions of the city; a form as the page has it.
async fn supervisor() -> (TestApp, Client, String) {
    let app = TestApp::new().await;
    let client = app.client("supervisor.rabat").reading(Lang::En);
    let keep = format!(
        "/shelter/institutions/{}/keep",
        id("institution rabat.mine")
    );
    (app, client, keep)
}

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

#[tokio::test]
async fn a_city_sets_its_rhythm_and_the_next_visit_keeps_it() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let path = "/visits/rhythm";
    assert_eq!(
        app.client("worker1.rabat").get(path).await.status,
        StatusCode::FORBIDDEN
    );
    let page = supervisor.get(path).await;
    assert!(page.body.contains("value=\"10\""), "the city's own");
    let days = |high, medium, low| {
        [
            ("days-high", high),
            ("days-medium", medium),
            ("days-low", low),
            ("shown", "0-1-0"),
        ]
    };
    for (fields, key) in [
        (days("0", "10", "30"), "days-high-error"),
        (days("7", "soon", "30"), "days-medium-error"),
        (days("7", "10", "181"), "days-low-error"),
        (days("20", "10", "30"), "days-high-error"),
    ] {
        let refused = supervisor.post(path, &fields).await;
        assert_eq!(refused.status, BAD, "{fields:?}");
        assert!(refused.body.contains(key), "{fields:?}");
    }
    let set = days("5", "9", "30");
    assert_eq!(supervisor.post(path, &set).await.status, DONE);
    // somebody looked before that
    assert_eq!(
        supervisor.post(path, &days("6", "9", "30")).await.status,
        StatusCode::CONFLICT
    );
    let trail = app
        .db
        .list("select fields ->> 'risk' || ' ' || (fields ->> 'from') || ' ' || (fields ->> 'to') from audit.event
               where action = 'rhythm.set' order by 1")
        .await;
    assert_eq!(trail, ["high 7 5", "medium 10 9"]);
    // the page of a file proposes it, and so does the database when the follow-up begins
    app.db
        .run("set session_replication_role = replica; update app.case_episode set risk = 'high'")
        .await;
    let visits = format!("/cases/{}/visits", id("case rabat.mine"));
    let proposed = supervisor.get(&visits).await;
    assert!(proposed.body.contains(&typed_day(5)), "in five days");
    let owed: i32 = app
        .db
        .ask("select app.visit_days(1::smallint, 'high')")
        .await;
    let elsewhere: i32 = app
        .db
        .ask("select app.visit_days(2::smallint, 'high')")
        .await;
    assert_eq!((owed, elsewhere), (5, 7));
}

#[tokio::test]
async fn a_number_is_masked_until_it_is_asked_for_and_the_asking_is_written_down() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let contact = format!("/contacts/{}", id("contact rabat.mine"));
    let page = worker.get(&contact).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("+212600000000"));
    assert!(page.body.contains("06 •• •• •• 00"));
    let shown = worker.post(&format!("{contact}/phone/reveal"), &[]).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("+212600000000"));
    let written: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'contact_phone.revealed'")
        .await;
    assert_eq!(written, 1);
    // asked for again, masked again
    assert!(!worker.get(&contact).await.body.contains("+212600000000"));
    // the court has no way to it
    for who in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        let court = app.client(who);
        let answer = court.post(&format!("{contact}/phone/reveal"), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}");
    }
    app.db
        .run("update app.contact_adult set phone_enc = null")
        .await;
    let none = worker.post(&format!("{contact}/phone/reveal"), &[]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "nothing to show");
}

/// No page of the court, and no extract that it reads, has a telephone or an address of the care side.
#[tokio::test]
async fn the_court_reads_no_number_and_no_address() {
    let app = TestApp::new().await;
    let seen = [
        "+212600000000",
        "06 •• ••",
        "CANARY-ADDRESS",
        "CANARY-HOUSE",
    ];
    for who in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        let court = app.client(who);
        for line in crate::paths::LINES
            .iter()
            .filter(|line| line.method == "GET")
        {
            for file in ["rabat.mine", "rabat.colleague", "rabat.protected"] {
                let answer = court.get(&line.path(file)).await;
                for words in seen {
                    assert!(
                        !answer.body.contains(words),
                        "{who} {}: {words}",
                        line.route
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn a_child_is_not_its_own_mother() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let child = id("child rabat.mine").to_string();
    let path = format!("/children/{child}/family/new");
    for own in [
        vec![("who", child.as_str())],
        vec![("who", "new"), ("id", child.as_str()), ("sex", "F")],
    ] {
        let mut fields = vec![("kind", "mother"), ("given_la", "TYPED-NAME")];
        fields.extend(own);
        let answer = worker.post(&path, &fields).await;
        assert_eq!(answer.status, BAD);
        assert!(answer.body.contains("kind-error"));
        assert!(answer.says(Lang::En, "relative-self"));
        assert!(answer.body.contains("TYPED-NAME"), "what was typed is kept");
    }
    let kept: i64 = app
        .db
        .ask("select count(*) from app.relationship where from_person = to_person")
        .await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn an_age_a_date_and_a_code_that_cannot_be_are_told_beside_the_field() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let edit = format!("/children/{}/edit", id("child rabat.mine"));
    let before: String = app
        .db
        .ask("select string_agg(p::text, ' ' order by id) from app.person p")
        .await;
    for (fields, field) in [
        (vec![("sex", "X")], "sex-error"),
        (
            vec![
                ("birth", "date"),
                ("birth_date", "01/01/2199"),
                ("birth_basis", "declared"),
            ],
            "birth_date-error",
        ),
        (
            vec![
                ("birth", "date"),
                ("birth_date", "31/02/2020"),
                ("birth_basis", "declared"),
            ],
            "birth_date-error",
        ),
        (
            vec![
                ("birth", "date"),
                ("birth_date", "01/01/1980"),
                ("birth_basis", "declared"),
            ],
            "birth_date-error",
        ),
        (
            vec![("birth", "age"), ("age_from", "9"), ("age_to", "4")],
            "age_to-error",
        ),
        (vec![("birth", "age"), ("age_from", "44")], "age_from-error"),
        (vec![("nationality", "??")], "nationality-error"),
    ] {
        let mut all = vec![("version", "1"), ("given_la", "TYPED-NAME")];
        if !fields.iter().any(|(name, _)| *name == "sex") {
            all.push(("sex", "F"));
        }
        all.extend(fields);
        let answer = worker.post(&edit, &all).await;
        assert_eq!(answer.status, BAD, "{all:?}");
        assert!(answer.body.contains(field), "{all:?}: {field}");
        assert!(answer.body.contains("TYPED-NAME"));
    }
    let after: String = app
        .db
        .ask("select string_agg(p::text, ' ' order by id) from app.person p")
        .await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn nothing_is_given_on_a_closed_file() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let case = id("case rabat.mine");
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_episode set state = 'closed', closed_at = now(), closed_by = opened.by, closure_reason =
                 (select code from ref.closure_reason order by sort limit 1)
             from (select opened_by as by from app.case_file where id = '{case}') opened where case_id = '{case}'"
        ))
        .await;
    let before: i64 = app.db.ask("select count(*) from app.service").await;
    let service = id("too late").to_string();
    let (file, child, today) = (
        case.to_string(),
        id("child rabat.mine").to_string(),
        typed_day(0),
    );
    let fields = [
        ("id", service.as_str()),
        ("case", file.as_str()),
        ("for", child.as_str()),
        ("kind", "medical_consultation"),
        ("state", "delivered"),
        ("date", today.as_str()),
    ];
    let answer = worker.post("/services", &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::En, "service-case-closed"));
    let after: i64 = app.db.ask("select count(*) from app.service").await;
    assert_eq!(before, after);
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
