//! What becomes of an urgent notice: received, read, sent on to another court, and followed by a file; and silence that is
//! told each day (decision 0088).

use super::{
    custody::done,
    desk::{moves, on_duty, run_out, told, told_late},
};
use crate::{
    seal::work,
    support::{
        Answer, TestApp, id,
        role::{reads, refused_by, tries},
    },
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FORM: &str = "018f0000-0000-7000-8000-0000000000a1";
const SALE: &str = "12";
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn page(of: &str) -> String {
    format!("/prosecution/notices/{}", id(&format!("notice {of}")))
}

async fn look(app: &TestApp, username: &str, path: &str) -> Answer {
    app.client(username).reading(Lang::En).get(path).await
}

/// Something of the notice about that child.
async fn of(app: &TestApp, child: &str, column: &str) -> String {
    app.db
        .ask(format!(
            "select coalesce(({column})::text, 'none') from app.disclosure d where d.id = '{}'",
            id(&format!("notice {child}"))
        ))
        .await
}

/// As if that long had passed since the last time that silence was told.
async fn a_day_passes(app: &TestApp) {
    app.db
        .run(
            "update app.judicial_file set escalated_at = escalated_at - interval '25 hours';
             update app.disclosure set escalated_at = escalated_at - interval '25 hours';
             update app.judicial_question set escalated_at = escalated_at - interval '25 hours'",
        )
        .await;
}

#[tokio::test]
async fn a_notice_at_the_wrong_court_is_sent_on_once_and_read_there_alone() {
    let app = TestApp::new().await;
    on_duty(&app, "prosecutor.rabat").await;
    let registrar = app.client("registrar.rabat").reading(Lang::En);
    done(
        &registrar
            .post(&format!("{}/acknowledge", page("rabat.mine")), &[])
            .await,
    );
    let send_on = format!("{}/send-on", page("rabat.mine"));
    for (court, reason, wanted) in [
        ("11", "wrong_proposal", "judicial-same-court"),
        ("999", "wrong_proposal", "error-choice"),
        // it asks for words, and none is typed here
        (SALE, "other", "error-choice"),
        (SALE, "", "error-required"),
    ] {
        let fields = [
            ("id", FORM),
            ("to_court", court),
            ("to_court_reason", reason),
        ];
        let refused = registrar.post(&send_on, &fields).await;
        assert_eq!(refused.status, REFUSED, "{wanted}: {}", refused.body);
        assert!(refused.says(Lang::En, wanted), "{wanted}");
    }
    let fields = [
        ("id", FORM),
        ("to_court", SALE),
        ("to_court_reason", "family_residence"),
    ];
    for _ in 0..2 {
        let gone = registrar.post(&send_on, &fields).await;
        done(&gone);
        assert_eq!(gone.location(), "/prosecution");
    }
    // the other one is of the world
    let path = format!(
        "select count(*) from app.notice_step where disclosure_id = '{}'",
        id("notice rabat.mine")
    );
    assert_eq!(app.db.ask::<i64>(path.as_str()).await, 2);

    // the first court keeps a line, and reads no more of it
    for username in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        let old = look(&app, username, &page("rabat.mine")).await;
        assert_eq!(old.status, StatusCode::NOT_FOUND, "{username}");
        assert_eq!(reads(&app.db, username, &path).await, ["0"], "{username}");
        let inbox = look(&app, username, "/prosecution").await;
        assert!(inbox.says(Lang::En, "notice-sent-on"), "{username}");
        assert!(inbox.body.contains("Invented registrar.rabat"));
        assert!(!inbox.body.contains(&page("rabat.mine")), "{username}");
    }
    // there it is new
    assert_eq!(
        told(&app, "urgent_notice_arrived").await,
        ["prosecutor.sale"]
    );
    let there = look(&app, "prosecutor.sale", &page("rabat.mine")).await;
    assert_eq!(there.status, StatusCode::OK);
    assert!(there.says(Lang::En, "notice-waiting") && there.says(Lang::En, "notice-sent-on"));
    assert!(!there.says(Lang::En, "notice-registered"));
    // and the cell is told where it went
    assert_eq!(
        told(&app, "urgent_notice_rerouted").await,
        ["supervisor.rabat", "worker1.rabat"]
    );
    let cell = look(&app, "worker1.rabat", &page("rabat.mine")).await;
    assert!(cell.says(Lang::En, "notice-sent-on"));
    assert!(cell.body.contains("Invented registrar.rabat"));
    let trail = app
        .db
        .list(
            "select concat_ws(' ', actor, fields->>'from_court', fields->>'court', fields->>'reason')
             from audit.event where action = 'urgent_notice.rerouted'",
        )
        .await;
    let wanted = format!("{} 11 12 family_residence", id("registrar.rabat"));
    assert_eq!(trail, [wanted]);
}

#[tokio::test]
async fn a_notice_is_sent_on_by_its_own_court_alone() {
    let app = TestApp::new().await;
    let call = |court: &str, why: &str| {
        format!(
            "select app.send_notice_on(gen_random_uuid(), '{}', {court}, {why})",
            id("notice rabat.mine")
        )
    };
    let good = call("12::smallint", "'wrong_proposal'");
    for username in ["prosecutor.sale", "worker1.rabat", "supervisor.rabat"] {
        let refused = refused_by(&app.db, username, &good).await;
        assert_eq!(refused, "42501", "{username}");
    }
    for sql in [
        call("11::smallint", "'wrong_proposal'"),
        call("null", "'wrong_proposal'"),
        call("12::smallint", "null"),
    ] {
        let refused = refused_by(&app.db, "prosecutor.rabat", &sql).await;
        assert_eq!(refused, "judicial_court", "{sql}");
    }
    let behind = "update app.disclosure set to_court = 12";
    let refused = refused_by(&app.db, "prosecutor.rabat", behind).await;
    assert_eq!(refused, "42501");
    assert_eq!(of(&app, "rabat.mine", "to_court").await, "11");
    tries(&app.db, "prosecutor.rabat", &good).await.unwrap();
    assert_eq!(of(&app, "rabat.mine", "to_court").await, "12");
}

#[tokio::test]
async fn that_the_registry_has_it_is_no_reading() {
    let app = TestApp::new().await;
    on_duty(&app, "prosecutor.rabat").await;
    let seen = format!("{}/acknowledge", page("rabat.mine"));
    let registrar = app.client("registrar.rabat").reading(Lang::En);
    for _ in 0..2 {
        done(&registrar.post(&seen, &[]).await);
    }
    assert_eq!(of(&app, "rabat.mine", "acknowledged_by").await, "none");
    let who = id("registrar.rabat").to_string();
    assert_eq!(of(&app, "rabat.mine", "registered_by").await, who);
    for username in ["prosecutor.rabat", "worker1.rabat"] {
        let read = look(&app, username, &page("rabat.mine")).await;
        assert!(read.says(Lang::En, "notice-registered"), "{username}");
        assert!(!read.says(Lang::En, "notice-acknowledged"), "{username}");
    }
    let late = format!(
        "select count(*) from app.notice where kind = 'urgent_notice_late' and disclosure_id = '{}'",
        id("notice rabat.mine")
    );
    work(&app.db).escalate().await.unwrap();
    assert_eq!(app.db.ask::<i64>(late.as_str()).await, 2, "chief and duty");

    // nobody says for a prosecutor that it was read
    for (username, column, who) in [
        ("registrar.rabat", "acknowledged", "registrar.rabat"),
        ("registrar.rabat", "acknowledged", "prosecutor.rabat"),
        ("worker1.rabat", "acknowledged", "worker1.rabat"),
        ("chief.rabat", "acknowledged", "prosecutor.rabat"),
    ] {
        let sql = format!(
            "update app.disclosure set {column}_by = '{}', {column}_at = now() where id = '{}'",
            id(who),
            id("notice rabat.mine")
        );
        let refused = refused_by(&app.db, username, &sql).await;
        assert_eq!(refused, "42501", "{username}: {sql}");
    }
    done(&app.client("prosecutor.rabat").post(&seen, &[]).await);
    let who = id("prosecutor.rabat").to_string();
    assert_eq!(of(&app, "rabat.mine", "acknowledged_by").await, who);
    let take_back = format!(
        "update app.disclosure set acknowledged_by = null, acknowledged_at = null where id = '{}'",
        id("notice rabat.mine")
    );
    let refused = refused_by(&app.db, "prosecutor.rabat", &take_back).await;
    assert_eq!(refused, "urgent_seen_once");
    let trail = app
        .db
        .list(
            "select action from audit.event where action in ('urgent_notice.registered', 'urgent_notice.acknowledged') order by 1",
        )
        .await;
    assert_eq!(
        trail,
        ["urgent_notice.acknowledged", "urgent_notice.registered"]
    );
}

#[tokio::test]
async fn a_notice_and_the_file_that_followed_it_show_each_other() {
    let app = TestApp::new().await;
    let file = format!("/prosecution/{}", id("judicial rabat.mine"));
    let number: String = app
        .db
        .ask(format!(
            "select number from app.judicial_file where id = '{}'",
            id("judicial rabat.mine")
        ))
        .await;
    for username in ["prosecutor.rabat", "registrar.rabat", "worker1.rabat"] {
        let notice = look(&app, username, &page("rabat.mine")).await;
        assert!(notice.says(Lang::En, "notice-led-to"), "{username}");
        assert!(notice.body.contains(&number), "{username}");
        assert!(notice.body.contains(&format!("href=\"{file}\"")));
        let shown = look(&app, username, &file).await;
        assert!(shown.says(Lang::En, "notice-before"), "{username}");
        let link = format!("href=\"{}\"", page("rabat.mine"));
        assert!(shown.body.contains(&link), "{username}");
    }
    // a draft was sent to nobody
    let draft = look(&app, "prosecutor.rabat", &page("rabat.colleague")).await;
    assert_eq!(draft.status, StatusCode::OK);
    assert!(!draft.says(Lang::En, "notice-led-to"));
    // nor does a file follow what was sent after it
    app.db
        .run("update app.judicial_file set transmitted_at = transmitted_at - interval '9 days' where transmitted_at is not null")
        .await;
    let later = look(&app, "prosecutor.rabat", &page("rabat.mine")).await;
    assert!(!later.says(Lang::En, "notice-led-to"));
    let before = look(&app, "prosecutor.rabat", &file).await;
    assert!(!before.says(Lang::En, "notice-before"));
}

#[tokio::test]
async fn who_takes_the_file_has_read_the_notice_before_it() {
    let app = TestApp::new().await;
    // the registry's receipt of the file reads nothing either
    moves(&app, "registrar.rabat", "rabat.mine", "receive", None).await;
    assert_eq!(of(&app, "rabat.mine", "acknowledged_by").await, "none");
    moves(&app, "chief.rabat", "rabat.mine", "take", None).await;
    let who = id("chief.rabat").to_string();
    assert_eq!(of(&app, "rabat.mine", "acknowledged_by").await, who);
    assert_eq!(
        of(&app, "rabat.protected", "acknowledged_by").await,
        "none",
        "of another child"
    );
    work(&app.db).escalate().await.unwrap();
    let late: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.notice where disclosure_id = '{}'",
            id("notice rabat.mine")
        ))
        .await;
    assert_eq!(late, 0);
}

#[tokio::test]
async fn silence_is_told_each_day_to_who_is_on_duty_then() {
    let app = TestApp::new().await;
    let file = "rabat.mine";
    moves(&app, "chief.rabat", file, "take", None).await;
    run_out(&app, file).await;
    let work = work(&app.db);
    work.escalate().await.unwrap();
    assert_eq!(told_late(&app, file).await, ["chief.rabat 1"]);
    on_duty(&app, "prosecutor.rabat").await;
    // the new turn is told what waits, and of the file nothing more
    work.escalate().await.unwrap();
    assert_eq!(work.escalate().await.unwrap(), 0, "nothing within a day");
    assert_eq!(told_late(&app, file).await, ["chief.rabat 1"]);

    a_day_passes(&app).await;
    assert!(work.escalate().await.unwrap() > 0);
    let both = ["chief.rabat 2", "prosecutor.rabat 1"];
    assert_eq!(told_late(&app, file).await, both);
    assert_eq!(work.escalate().await.unwrap(), 0, "once a day");
    // of the notices that nobody read, likewise
    let unread = format!(
        "select u.username || ' ' || n.times from app.notice n join sec.app_user u on u.id = n.recipient
         where n.kind = 'urgent_notice_late' and n.disclosure_id = '{}' order by 1",
        id("notice rabat.protected")
    );
    let twice = ["chief.rabat 2", "prosecutor.rabat 2"];
    assert_eq!(app.db.list(unread.as_str()).await, twice);

    // an answer ends it
    moves(&app, "prosecutor.rabat", file, "return", None).await;
    a_day_passes(&app).await;
    work.escalate().await.unwrap();
    assert_eq!(told_late(&app, file).await, both);
}

#[tokio::test]
async fn who_begins_a_turn_is_told_of_what_waits_once() {
    let app = TestApp::new().await;
    let tell = "select app.tell_turns()";
    assert_eq!(app.db.ask::<i64>(tell).await, 0, "nobody is on duty");
    on_duty(&app, "prosecutor.rabat").await;
    // the file that waits is late, and told by the other way
    assert_eq!(app.db.ask::<i64>(tell).await, 3, "the three notices");
    assert_eq!(
        told(&app, "urgent_notice_arrived").await,
        ["prosecutor.rabat"]
    );
    assert_eq!(app.db.ask::<i64>(tell).await, 0, "once");
    app.db
        .run(&format!(
            "update app.judicial_file set due_at = now() + interval '1 hour' where id = '{}'",
            id("judicial rabat.mine")
        ))
        .await;
    assert_eq!(app.db.ask::<i64>(tell).await, 1, "a file in time");
    let read = look(&app, "prosecutor.rabat", "/notices").await;
    assert!(
        read.body
            .contains(&format!("href=\"{}\"", page("rabat.mine")))
    );
    // a colleague who comes to the same night finds it too
    on_duty(&app, "chief.rabat").await;
    assert_eq!(app.db.ask::<i64>(tell).await, 4);
    let refused = refused_by(&app.db, "prosecutor.rabat", tell).await;
    assert_eq!(refused, "42501", "the clock's alone");
}

#[tokio::test]
async fn a_court_has_hours_of_its_own_from_a_day_on() {
    let app = TestApp::new().await;
    let hours = async |court: i16, is_urgent: bool| -> String {
        app.db
            .ask(format!(
                "select app.judicial_hours('receipt', {is_urgent}, {court}::smallint)::text"
            ))
            .await
    };
    assert_eq!(hours(11, false).await, "24:00:00");
    app.db
        .run(
            "insert into ref.court_target (court_id, code, hours, urgent_hours, valid_from, valid_to) values
                 (11, 'receipt', 10, 1, null, null),
                 (11, 'receipt', 6, 2, current_date - 30, null),
                 (11, 'receipt', 5, 5, current_date - 20, current_date),
                 (11, 'receipt', 7, 7, current_date + 1, null),
                 (11, 'completion', 9, 9, null, null)",
        )
        .await;
    assert_eq!(hours(11, false).await, "06:00:00");
    assert_eq!(hours(11, true).await, "02:00:00");
    assert_eq!(hours(12, false).await, "24:00:00", "the country's");
    let due = async || -> String {
        app.db
            .ask(format!(
                "select (extract(epoch from due_at - coalesce(sent_again_at, transmitted_at)) / 3600)::integer::text
                 from app.judicial_file where id = '{}'",
                id("judicial rabat.colleague")
            ))
            .await
    };
    let file = "rabat.colleague";
    moves(&app, "supervisor.rabat", file, "transmit", None).await;
    assert_eq!(due().await, "6");
    // at another court, its hours
    tries(
        &app.db,
        "prosecutor.rabat",
        &format!(
            "select app.move_judicial(gen_random_uuid(), '{}', 'reroute', court => 12::smallint, why => 'wrong_proposal')",
            id("judicial rabat.colleague")
        ),
    )
    .await
    .unwrap();
    assert_eq!(due().await, "24");
}
