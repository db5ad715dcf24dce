//! Who reads what of a measure, and who writes what; and what a mother's page says.

use super::{FILE, decide, family, instruct, owed, page, sees, tries};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use uuid::Uuid;

#[tokio::test]
async fn the_worker_of_a_sibling_sees_the_childs_measure_and_nothing_else_of_the_file() {
    let app = TestApp::new().await;
    family(&app).await;
    let theirs = decide(&app, "rabat.colleague", "child_hearing", None).await;
    instruct(&app, theirs, "INSTRUCTIONS-FOR-THE-SIBLING").await;
    let other = decide(&app, "rabat.mine", "identity_check", None).await;
    instruct(&app, other, "INSTRUCTIONS-FOR-THE-OTHER").await;
    let file = format!("/prosecution/{}", id(FILE));
    let number: String = app
        .db
        .ask(format!(
            "select number from app.judicial_file where id = '{}'",
            id(FILE)
        ))
        .await;
    let worker = app.client("worker2.rabat").reading(Lang::En);
    let shown = page(&worker, &format!("/cases/{}", id("case rabat.colleague"))).await;
    assert!(shown.body.contains(&number), "the header of the procedure");
    assert!(shown.body.contains("INSTRUCTIONS-FOR-THE-SIBLING"));
    assert!(shown.says(Lang::En, "judicial-panel-of-family"));
    assert!(!shown.body.contains("INSTRUCTIONS-FOR-THE-OTHER"));
    assert!(!shown.body.contains(&file), "no way to the extract");
    assert_eq!(worker.get(&file).await.status, StatusCode::NOT_FOUND);
    let rows = |table: &str, key: &str, thing: &str| {
        format!(
            "select count(*) from app.{table} where {key} = '{}'",
            id(thing)
        )
    };
    for (username, measures, parties) in [
        ("worker1.rabat", 2, 2),
        ("worker2.rabat", 1, 1),
        ("worker1.sale", 0, 0),
        ("supervisor.sale", 0, 0),
    ] {
        let found = sees(&app, username, &rows("child_decision", "file_id", FILE)).await;
        assert_eq!(found, measures, "{username}");
        let found = sees(&app, username, &rows("judicial_child", "file_id", FILE)).await;
        assert_eq!(found, parties, "{username}");
    }
    for (table, key, thing) in [
        ("judicial_file", "id", FILE),
        ("judicial_adult", "file_id", FILE),
        ("adult_decision", "file_id", FILE),
        ("disclosure", "id", "disclosure rabat.mine"),
    ] {
        let found = sees(&app, "worker2.rabat", &rows(table, key, thing)).await;
        assert_eq!(found, 0, "{table}");
    }
    let elsewhere = app.client("worker1.sale");
    let answer = elsewhere
        .get(&format!("/cases/{}", id("case rabat.colleague")))
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let key = format!(
        "select count(app.key_of('disclosure', '{}'))",
        id("disclosure rabat.mine")
    );
    assert_eq!(sees(&app, "worker2.rabat", &key).await, 1);
    assert_eq!(sees(&app, "worker1.sale", &key).await, 0);
}

#[tokio::test]
async fn what_the_cell_did_strikes_the_task_out_and_is_read_by_the_court() {
    let app = TestApp::new().await;
    family(&app).await;
    let hearing = decide(&app, "rabat.colleague", "child_hearing", None).await;
    let case = id("case rabat.colleague");
    let task: Uuid = app
        .db
        .ask(format!(
            "select id from app.task where decision_id = '{hearing}'"
        ))
        .await;
    let (task, done) = (task.to_string(), format!("/cases/{case}/prosecution/done"));
    let form = "018f0000-0000-7000-8000-0000000000aa";
    let fields = |words: &'static str| {
        [
            ("id", form),
            ("task", task.as_str()),
            ("measure_done", words),
        ]
    };
    let worker = app.client("worker2.rabat").reading(Lang::En);
    assert!(
        page(&worker, &format!("/cases/{case}"))
            .await
            .body
            .contains(&task)
    );
    let empty = worker.post(&done, &fields("")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.says(Lang::En, "error-required"));
    assert!(empty.body.contains(&task));
    // another's file, and another city's: not there
    for username in ["worker1.rabat", "worker1.sale"] {
        let refused = app.client(username).post(&done, &fields("HEARD")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{username}");
    }
    for _ in 0..2 {
        let told = worker.post(&done, &fields("HEARD-IN-HALF-AN-HOUR")).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    }
    let written: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.measure_report where decision_id = '{hearing}'"
        ))
        .await;
    assert_eq!(written, 1, "sent twice, it is one");
    assert_eq!(owed(&app, hearing).await, ["judicial_hearing done"]);
    let late = worker.post(&done, &fields("SOMETHING-ELSE")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says(Lang::En, "judicial-done-already"));
    assert!(
        late.body.contains("SOMETHING-ELSE"),
        "nothing typed is lost"
    );
    let court = app.client("prosecutor.rabat").reading(Lang::En);
    let read = page(&court, &format!("/prosecution/{}", id(FILE))).await;
    assert!(read.body.contains("HEARD-IN-HALF-AN-HOUR"));
    let elsewhere =
        format!("select count(*) from app.measure_report where decision_id = '{hearing}'");
    for (username, wanted) in [
        ("worker2.rabat", 1),
        ("supervisor.rabat", 1),
        ("prosecutor.rabat", 1),
        ("worker1.sale", 0),
        ("prosecutor.sale", 0),
    ] {
        assert_eq!(sees(&app, username, &elsewhere).await, wanted, "{username}");
    }
    // nobody reports in another's name, or from the court
    let forged = |who: &str| {
        format!(
            "insert into app.measure_report (id, decision_id, text_enc, by_user) values (gen_random_uuid(), '{hearing}', '', '{}')",
            id(who)
        )
    };
    for (username, who) in [
        ("worker2.rabat", "worker1.rabat"),
        ("prosecutor.rabat", "prosecutor.rabat"),
        ("worker1.sale", "worker1.sale"),
    ] {
        let refused = tries(&app.db, username, &forged(who)).await;
        assert_eq!(refused, Err("42501".to_owned()), "{username}");
    }
}

#[tokio::test]
async fn a_prosecutor_changes_no_social_record() {
    let app = TestApp::new().await;
    let (case, episode) = (id("case rabat.mine"), id("episode rabat.mine"));
    let prosecutor = id("prosecutor.rabat");
    for sql in [
        format!(
            "insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, recorded_by, payload_mac)
             values (gen_random_uuid(), 1, 1, 'food_clothes', 'en_cell_rabat', 'planned', current_date, '{prosecutor}', '')"
        ),
        format!(
            "insert into app.task (territory_id, rule, queue, case_id, episode_id, due_at)
             values (1, 'judicial_hearing', 'lead', '{case}', '{episode}', now())"
        ),
        format!(
            "insert into app.case_episode (id, case_id, territory_id, seq, state, risk)
             values (gen_random_uuid(), '{case}', 1, 9, 'registered', 'low')"
        ),
        format!(
            "insert into app.case_note (id, case_id, territory_id, text_enc, author)
             values (gen_random_uuid(), '{case}', 1, '', '{prosecutor}')"
        ),
        format!("select app.owe('judicial_hearing', '{case}', 1::smallint, now(), episode => '{episode}')"),
        format!("select app.settle('step_assessment', '{episode}')"),
        format!("select app.unask('{}')", id("decision child sale.mine")),
    ] {
        let refused = tries(&app.db, "prosecutor.rabat", &sql).await;
        assert_eq!(refused, Err("42501".to_owned()), "{sql}");
    }
    let moved = format!("update app.case_episode set risk = 'low' where case_id = '{case}'");
    assert_eq!(tries(&app.db, "prosecutor.rabat", &moved).await, Ok(0));
}

#[tokio::test]
async fn a_mothers_page_says_what_a_pending_decision_waits_for_and_why_a_prosecution_is_overridden()
{
    let app = TestApp::new().await;
    let mother = id("mother rabat.mine");
    let her_page = format!("/mothers/{mother}");
    let decision = |kind: &str, effect: &str, nth: u32| {
        format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, offence, decided_on,
                 recorded_at, recorded_by)
             select gen_random_uuid(), a.file_id, a.case_id, a.territory_id, a.court_id, a.person_id, '{kind}', '{effect}',
                    case '{effect}' when 'prosecuted' then (select code from ref.offence order by sort limit 1) end,
                    (now() at time zone 'Africa/Casablanca')::date, now() + interval '{nth} seconds', '{}'
             from app.judicial_adult a where a.file_id = '{}' and a.person_id = '{mother}'",
            id("prosecutor.rabat"),
            id(FILE)
        )
    };
    let worker = app.client("worker1.rabat").reading(Lang::En);
    for (nth, (kind, words)) in [
        (
            "further_inquiry",
            "Returned to the judicial police for further inquiry",
        ),
        (
            "competence_transfer",
            "Referral for competence to the general prosecutor",
        ),
        ("joinder", "Joinder"),
    ]
    .into_iter()
    .enumerate()
    {
        let nth = u32::try_from(nth).unwrap();
        app.db.run(&decision(kind, "pending", nth)).await;
        let shown = page(&worker, &her_page).await;
        assert!(
            shown.says(Lang::En, "decision-mother-why-pending"),
            "{kind}"
        );
        assert!(shown.body.contains(words), "{kind}");
    }
    app.db
        .run(&decision("prosecution_at_liberty", "prosecuted", 9))
        .await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let shown = page(&supervisor, &her_page).await;
    for code in ["acquitted", "suspended_sentence", "breastfeeding", "other"] {
        assert!(shown.body.contains(&format!("value=\"{code}\"")), "{code}");
    }
    assert!(!shown.body.contains("value=\"not_present\""));
}
