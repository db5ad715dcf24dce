//! A further decision stands beside those before it, a correction takes the place of one; what is refused loses nothing; and
//! the database holds the same rules (decision 0090).

use crate::support::{
    Answer, Client, TestApp,
    html::{Form, forms},
    id,
    role::refused_by,
    typed_day,
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const SAVED: StatusCode = StatusCode::SEE_OTHER;

/// Ids of forms, in the order in which they are sent.
pub(super) fn form_id(n: u8) -> String {
    format!("018f0000-0000-7000-8000-0000000000{n:02x}")
}

pub(super) fn file() -> String {
    format!("/prosecution/{}", id("judicial rabat.mine"))
}

fn on_child() -> String {
    format!("{}/children/{}/decision", file(), id("child rabat.mine"))
}

pub(super) fn on_adult() -> String {
    format!("{}/adults/{}/decision", file(), id("mother rabat.mine"))
}

/// A measure: its number, the one that was seen, the one that it corrects, its kind and its words.
pub(super) async fn measure(
    client: &Client,
    (n, seen, corrects): (u8, u8, u8),
    (kind, act, words): (&str, &str, &str),
) -> Answer {
    let known = |n: u8| if n == 0 { String::new() } else { form_id(n) };
    let (id, seen, corrects, day) = (form_id(n), known(seen), known(corrects), typed_day(0));
    let fields = [
        ("id", id.as_str()),
        ("seen", seen.as_str()),
        ("corrects", corrects.as_str()),
        ("kind", kind),
        ("instructions", words),
        ("decided_on", day.as_str()),
        ("act", act),
    ];
    client.post(&on_child(), &fields).await
}

/// What was recorded on the child: the number of each, and of the one that it corrects.
async fn measures(app: &TestApp) -> Vec<String> {
    app.db
        .list(format!(
            "select concat_ws(' corrects ', right(d.id::text, 2), right(d.supersedes_id::text, 2)) from app.child_decision d
             where d.person_id = '{}' order by 1",
            id("child rabat.mine")
        ))
        .await
}

/// The forms of a page that are sent there.
fn sent_to(answer: &Answer, path: &str) -> Vec<Form> {
    let mut all = forms(&answer.body, path);
    all.retain(|form| form.action == path);
    all
}

fn value<'a>(form: &'a Form, name: &str) -> &'a str {
    let pairs = form.pairs();
    let pair = pairs.iter().find(|(field, _)| *field == name);
    pair.map_or("", |pair| pair.1)
}

#[tokio::test]
async fn a_further_measure_stands_beside_the_first_and_a_correction_takes_the_place_of_one() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    for (numbers, kind) in [
        ((1, 0, 0), "emergency_placement"),
        ((2, 1, 0), "social_inquiry"),
    ] {
        let answer = measure(&prosecutor, numbers, (kind, "", "")).await;
        assert_eq!(answer.status, SAVED, "{kind}: {}", answer.body);
    }
    let shown = prosecutor.get(&file()).await;
    assert_eq!(shown.status, StatusCode::OK);
    // the placement lasts, the inquiry accompanies it
    let in_force = format!("{}</span>", Lang::En.t("judicial-measure-in-force"));
    assert_eq!(shown.body.matches(&in_force).count(), 1);
    let all = sent_to(&shown, &on_child());
    let corrections: Vec<String> = all
        .iter()
        .map(|form| value(form, "corrects").to_owned())
        .collect();
    assert_eq!(corrections, [form_id(2), form_id(1), String::new()]);
    assert_eq!(
        value(&all[1], "kind"),
        "emergency_placement",
        "begins with its answers"
    );

    let corrected = measure(&prosecutor, (3, 2, 1), ("expertise", "", "")).await;
    assert_eq!(corrected.status, SAVED, "{}", corrected.body);
    assert_eq!(measures(&app).await, ["01", "02", "03 corrects 01"]);
    // what was corrected lasts no more
    let shown = prosecutor.get(&file()).await;
    assert!(!shown.body.contains(&in_force));
    let ended: bool = app
        .db
        .ask(format!(
            "select measure_ended from app.case_facts where case_id = '{}'",
            id("case rabat.mine")
        ))
        .await;
    assert!(ended);

    // the first was corrected once; who would do it again is told, and corrects what stands in its place
    let again = measure(
        &prosecutor,
        (4, 3, 1),
        ("identity_check", "", "WORDS-THAT-STAY"),
    )
    .await;
    assert_eq!(again.status, REFUSED);
    assert!(again.says(Lang::En, "decision-moved") && again.body.contains("WORDS-THAT-STAY"));
    let given = sent_to(&again, &on_child());
    let given = given
        .iter()
        .find(|form| value(form, "instructions") == "WORDS-THAT-STAY");
    let given = given.map(|form| (value(form, "corrects"), value(form, "seen")));
    assert_eq!(given, Some((form_id(3).as_str(), form_id(3).as_str())));
    assert_eq!(measures(&app).await.len(), 3);

    // one of somebody else, or of nobody, is corrected by nobody
    let stray = measure(&prosecutor, (5, 3, 99), ("expertise", "", "")).await;
    assert_eq!(stray.status, StatusCode::NOT_FOUND);
    let trail: i64 = app
        .db
        .ask(format!(
            "select count(*) from audit.event where action = 'child_decision.recorded' and fields->>'kind' = 'expertise'
                 and fields->>'corrects' = '{}'",
            form_id(1)
        ))
        .await;
    assert_eq!(trail, 1);
}

#[tokio::test]
async fn of_two_who_decide_at_once_the_second_reads_the_first_and_loses_nothing() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let chief = app.client("chief.rabat").reading(Lang::En);
    for _ in 0..2 {
        // the same press twice is one
        let first = measure(
            &prosecutor,
            (1, 0, 0),
            ("expertise", "", "WORDS-OF-THE-FIRST"),
        )
        .await;
        assert_eq!(first.status, SAVED, "{}", first.body);
    }
    assert_eq!(measures(&app).await, ["01"]);
    let second = measure(
        &chief,
        (2, 0, 0),
        ("social_inquiry", "", "WORDS-OF-THE-SECOND"),
    )
    .await;
    assert_eq!(second.status, REFUSED);
    assert!(second.says(Lang::En, "decision-moved"));
    assert!(
        second.body.contains("WORDS-OF-THE-FIRST"),
        "what came meanwhile"
    );
    let given = sent_to(&second, &on_child());
    let given = given
        .iter()
        .find(|form| value(form, "instructions") == "WORDS-OF-THE-SECOND");
    let given = given.map(|form| (value(form, "kind"), value(form, "seen")));
    assert_eq!(given, Some(("social_inquiry", form_id(1).as_str())));
    assert_eq!(measures(&app).await, ["01"]);
    // what was read can be pressed
    let pressed = measure(
        &chief,
        (2, 1, 0),
        ("social_inquiry", "", "WORDS-OF-THE-SECOND"),
    )
    .await;
    assert_eq!(pressed.status, SAVED, "{}", pressed.body);
    // and the same number with another content is told on the page
    let other = measure(
        &chief,
        (2, 2, 0),
        ("child_hearing", "", "WORDS-OF-THE-THIRD"),
    )
    .await;
    assert_eq!(other.status, REFUSED);
    assert!(
        other.says(Lang::En, "decision-sent-otherwise")
            && other.body.contains("WORDS-OF-THE-THIRD")
    );
    assert_eq!(measures(&app).await, ["01", "02"]);
}

#[tokio::test]
async fn a_decision_on_who_is_not_in_the_file_is_not_found() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat");
    let (form, day) = (form_id(1), typed_day(0));
    for person in ["mother sale.mine", "child rabat.mine", "nobody"] {
        let path = format!("{}/adults/{}/decision", file(), id(person));
        for kind in ["filed", ""] {
            let fields = [
                ("id", form.as_str()),
                ("seen", ""),
                ("corrects", ""),
                ("effect", "not_prosecuted"),
                ("kind_not_prosecuted", kind),
                ("reason", "opportunity"),
                ("decided_on", day.as_str()),
                ("act", ""),
            ];
            let answer = prosecutor.post(&path, &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{person} {kind}");
        }
    }
    let state: String = app
        .db
        .ask(format!(
            "select state from app.judicial_file where id = '{}'",
            id("judicial rabat.mine")
        ))
        .await;
    assert_eq!(state, "transmitted");
}

#[tokio::test]
async fn a_day_before_the_file_came_or_after_today_is_told_beside_it() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let form = form_id(1);
    for (ahead, key) in [
        (-9, "decision-before-transmission"),
        (2, "error-date-future"),
    ] {
        let day = typed_day(ahead);
        let fields = [
            ("id", form.as_str()),
            ("seen", ""),
            ("corrects", ""),
            ("kind", "expertise"),
            ("instructions", "WORDS-THAT-STAY"),
            ("decided_on", day.as_str()),
            ("act", "118/2026"),
        ];
        let answer = prosecutor.post(&on_child(), &fields).await;
        assert_eq!(answer.status, REFUSED);
        assert!(answer.says(Lang::En, key), "{key}");
        for kept in ["WORDS-THAT-STAY", day.as_str(), "118/2026"] {
            assert!(answer.body.contains(kept), "{kept}");
        }
    }
    assert!(measures(&app).await.is_empty());
}

#[tokio::test]
async fn a_registrar_enters_the_number_of_the_act() {
    let app = TestApp::new().await;
    let registrar = app.client("registrar.rabat").reading(Lang::En);
    let without = measure(&registrar, (1, 0, 0), ("expertise", "", "WORDS-THAT-STAY")).await;
    assert_eq!(without.status, REFUSED);
    assert!(without.says(Lang::En, "error-required") && without.body.contains("WORDS-THAT-STAY"));
    let with = measure(&registrar, (1, 0, 0), ("expertise", "77/2026", "")).await;
    assert_eq!(with.status, SAVED, "{}", with.body);
}

#[tokio::test]
async fn the_database_holds_what_the_page_says() {
    const COLUMNS: &str = "id, file_id, case_id, territory_id, court_id, person_id, recorded_by, kind, effect, offence, reason, decided_on, supersedes_id";
    let app = TestApp::new().await;
    let write = |author: &str, answers: &str| {
        format!(
            "insert into app.adult_decision ({COLUMNS}) values (gen_random_uuid(), '{}', '{}', 1, 11, '{}', '{}', {answers})",
            id("judicial rabat.mine"),
            id("case rabat.mine"),
            id("mother rabat.mine"),
            id(author)
        )
    };
    let other = id("decision adult sale.mine");
    let foreign =
        format!("'filed', 'not_prosecuted', null, 'opportunity', current_date, '{other}'");
    let filed = "'filed', 'not_prosecuted', null, 'opportunity', current_date, null";
    for (author, answers, wanted) in [
        ("prosecutor.rabat", filed, "taken"),
        (
            "prosecutor.rabat",
            "'prosecution_at_liberty', 'prosecuted', 'pc_326', null, current_date, null",
            "taken",
        ),
        (
            "prosecutor.rabat",
            "'prosecution_at_liberty', 'prosecuted', null, null, current_date, null",
            "adult_decision_offence_when_prosecuted",
        ),
        (
            "prosecutor.rabat",
            "'filed', 'not_prosecuted', 'pc_326', 'opportunity', current_date, null",
            "decision_offence",
        ),
        (
            "prosecutor.rabat",
            "'filed', 'not_prosecuted', null, null, current_date, null",
            "decision_reason",
        ),
        (
            "prosecutor.rabat",
            "'further_inquiry', 'pending', null, 'opportunity', current_date, null",
            "decision_reason",
        ),
        (
            "prosecutor.rabat",
            "'filed', 'pending', null, null, current_date, null",
            "decision_kind",
        ),
        (
            "prosecutor.rabat",
            "'filed', 'not_prosecuted', null, 'opportunity', current_date - 9, null",
            "decision_day",
        ),
        (
            "prosecutor.rabat",
            "'filed', 'not_prosecuted', null, 'opportunity', current_date + 2, null",
            "decision_day",
        ),
        ("prosecutor.rabat", foreign.as_str(), "decision_corrects"),
        ("registrar.rabat", filed, "decision_act"),
        ("worker1.rabat", filed, "42501"),
        ("supervisor.rabat", filed, "42501"),
        ("prosecutor.sale", filed, "42501"),
    ] {
        let got = refused_by(&app.db, author, &write(author, answers)).await;
        assert_eq!(got, wanted, "{author}: {answers}");
    }
    let in_another_s_name =
        refused_by(&app.db, "prosecutor.rabat", &write("chief.rabat", filed)).await;
    assert_eq!(in_another_s_name, "decision_author");
    for sql in [
        "update app.adult_decision set effect = 'pending'",
        "update app.child_decision set supersedes_id = null",
        "delete from app.adult_decision",
    ] {
        for who in ["prosecutor.rabat", "worker1.rabat"] {
            assert_eq!(refused_by(&app.db, who, sql).await, "42501", "{who}: {sql}");
        }
    }
    app.db
        .run("set session_replication_role = replica; update app.judicial_file set state = 'closed' where state = 'transmitted'")
        .await;
    let closed = refused_by(
        &app.db,
        "prosecutor.rabat",
        &write("prosecutor.rabat", filed),
    )
    .await;
    assert_eq!(closed, "decision_at_court");
    // and the page keeps what was typed
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let left = measure(&prosecutor, (1, 0, 0), ("expertise", "", "WORDS-THAT-STAY")).await;
    assert_eq!(left.status, REFUSED);
    assert!(left.says(Lang::En, "decision-file-left") && left.body.contains("WORDS-THAT-STAY"));
}

#[tokio::test]
async fn a_transfer_of_competence_says_what_has_still_to_be_done() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let (form, seen, day) = (
        form_id(1),
        id("decision adult rabat.mine").to_string(),
        typed_day(0),
    );
    let fields = [
        ("id", form.as_str()),
        ("seen", seen.as_str()),
        ("corrects", ""),
        ("effect", "pending"),
        ("kind_pending", "competence_transfer"),
        ("decided_on", day.as_str()),
        ("act", ""),
    ];
    let answer = prosecutor.post(&on_adult(), &fields).await;
    assert_eq!(answer.status, SAVED, "{}", answer.body);
    let shown = prosecutor.get(&file()).await;
    assert!(
        shown.says(Lang::En, "decision-next-transfer") && shown.body.contains("href=\"#custody\"")
    );
    // beside the one before it, not in its place
    let live: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.adult_decision d where d.person_id = '{}' and d.supersedes_id is null",
            id("mother rabat.mine")
        ))
        .await;
    assert_eq!(live, 2);
}
