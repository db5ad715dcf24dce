//! Several offences of one prosecution, and the legal basis of a measure: typed, kept, corrected, shown, and for whom.

use super::decisions::{file, form_id, measure, on_adult};
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

/// A prosecution of the mother for article 326 and what stands beside it: its number, the newest that was seen, the one
/// that it corrects.
async fn prosecuted(
    client: &Client,
    (n, seen, corrects): (u8, &str, &str),
    further: &[&str],
) -> Answer {
    let (id, day) = (form_id(n), typed_day(0));
    let mut fields = vec![
        ("id", id.as_str()),
        ("seen", seen),
        ("corrects", corrects),
        ("effect", "prosecuted"),
        ("kind_prosecuted", "prosecution_at_liberty"),
        ("offence", "pc_326"),
        ("decided_on", day.as_str()),
        ("act", ""),
        ("text", "WORDS-THAT-STAY"),
    ];
    fields.extend(further.iter().map(|code| ("further", *code)));
    client.post(&on_adult(), &fields).await
}

/// What is ticked in the form that corrects this decision, or in the one for a further decision.
fn ticked(answer: &Answer, corrects: &str) -> Vec<String> {
    let is_it =
        |form: &Form| form.action == on_adult() && form.pairs().contains(&("corrects", corrects));
    let all = forms(&answer.body, &on_adult());
    let form = all.iter().find(|form| is_it(form)).unwrap();
    let pairs = form.pairs();
    let ticked = pairs.iter().filter(|(name, _)| *name == "further");
    ticked.map(|(_, code)| (*code).to_owned()).collect()
}

/// A page without the marks that keep the direction of what is put into a sentence.
fn plain(answer: &Answer) -> String {
    answer.body.replace(['\u{2068}', '\u{2069}'], "")
}

async fn beside(app: &TestApp, n: u8) -> Vec<String> {
    app.db
        .list(format!(
            "select offence from app.adult_decision_offence where decision_id = '{}' and court_id = 11 order by seq",
            form_id(n)
        ))
        .await
}

#[tokio::test]
async fn a_prosecution_names_several_offences_and_its_correction_others() {
    const TRAFFICKING: &str =
        "<br>Penal Code 448-1: Human trafficking: exploitation of a child in begging";
    // its wording waits for a jurist
    const VAGRANCY: &str = "<br>Penal Code 329: Vagrancy (to be confirmed by a jurist)";
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let seen = id("decision adult rabat.mine").to_string();
    // the same press twice is one
    for _ in 0..2 {
        let codes = ["pc_448_1", "pc_326", "pc_329"];
        let answer = prosecuted(&prosecutor, (1, &seen, ""), &codes).await;
        assert_eq!(answer.status, SAVED, "{}", answer.body);
    }
    assert_eq!(beside(&app, 1).await, ["pc_448_1", "pc_329"]);
    // the same number with other offences is another decision
    let other = prosecuted(&prosecutor, (1, &seen, ""), &["pc_448_1"]).await;
    assert_eq!(other.status, REFUSED);
    assert!(other.says(Lang::En, "decision-sent-otherwise"));

    let shown = prosecutor.get(&file()).await;
    let body = plain(&shown);
    assert!(
        body.contains(TRAFFICKING) && body.contains(VAGRANCY),
        "{body}"
    );
    assert_eq!(ticked(&shown, &form_id(1)), ["pc_329", "pc_448_1"]);
    for cell in ["worker1.rabat", "supervisor.rabat"] {
        let shown = app.client(cell).reading(Lang::En).get(&file()).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(!plain(&shown).contains("Penal Code 448-1"), "{cell}");
    }

    let (first, second) = (form_id(1), form_id(2));
    let corrected = prosecuted(&prosecutor, (2, &first, &first), &["pc_467_2"]).await;
    assert_eq!(corrected.status, SAVED, "{}", corrected.body);
    assert_eq!(beside(&app, 2).await, ["pc_467_2"]);
    assert_eq!(beside(&app, 1).await.len(), 2, "what was corrected stays");
    assert_eq!(
        ticked(&prosecutor.get(&file()).await, &second),
        ["pc_467_2"]
    );
}

#[tokio::test]
async fn a_further_offence_that_is_none_of_that_day_is_told_beside_it() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let seen = id("decision adult rabat.mine").to_string();
    let refused = prosecuted(&prosecutor, (1, &seen, ""), &["pc_448_1", "none"]).await;
    assert_eq!(refused.status, REFUSED);
    assert!(refused.body.contains("further-error") && refused.body.contains("WORDS-THAT-STAY"));
    assert_eq!(ticked(&refused, ""), ["pc_448_1"]);
    // one that ended before, which only the database knows yet
    app.db
        .run("update ref.offence set valid_to = current_date where code = 'pc_329'")
        .await;
    let ended = prosecuted(&prosecutor, (1, &seen, ""), &["pc_448_1", "pc_329"]).await;
    assert_eq!(ended.status, REFUSED);
    assert!(ended.body.contains("further-error"));
    assert_eq!(ticked(&ended, ""), ["pc_329", "pc_448_1"]);
    let written: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.adult_decision where id = '{}'",
            form_id(1)
        ))
        .await;
    assert_eq!(written, 0, "neither or both");
}

#[tokio::test]
async fn the_database_keeps_offences_to_their_decision() {
    let app = TestApp::new().await;
    let decision = |n: u8, answers: &str| {
        format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, recorded_by, kind, effect,
                                             offence, reason, decided_on)
             values ('{}', '{}', '{}', 1, 11, '{}', '{}', {answers}, current_date);",
            form_id(n),
            id("judicial rabat.mine"),
            id("case rabat.mine"),
            id("mother rabat.mine"),
            id("prosecutor.rabat")
        )
    };
    let offence = |n: u8, code: &str, seq: u8| {
        format!(
            "insert into app.adult_decision_offence (decision_id, offence, seq, file_id, case_id, territory_id, court_id)
             values ('{}', '{code}', {seq}, '{}', '{}', 1, 11);",
            form_id(n),
            id("judicial rabat.mine"),
            id("case rabat.mine")
        )
    };
    let main = "'prosecution_at_liberty', 'prosecuted', 'pc_326', null";
    let filed = "'filed', 'not_prosecuted', null, 'opportunity'";
    let whole = |n, answers, code| decision(n, answers) + &offence(n, code, 1);
    for (who, sql, wanted) in [
        ("prosecutor.rabat", whole(1, main, "pc_448_1"), "taken"),
        (
            "prosecutor.rabat",
            whole(2, main, "pc_326"),
            "decision_further",
        ),
        (
            "prosecutor.rabat",
            whole(3, filed, "pc_448_1"),
            "decision_further",
        ),
        // what was decided is corrected, not added to
        (
            "prosecutor.rabat",
            offence(1, "pc_329", 2),
            "decision_further",
        ),
        ("worker1.rabat", offence(1, "pc_329", 2), "42501"),
        ("supervisor.rabat", offence(1, "pc_329", 2), "42501"),
        ("prosecutor.sale", offence(1, "pc_329", 2), "42501"),
    ] {
        assert_eq!(refused_by(&app.db, who, &sql).await, wanted, "{who}: {sql}");
    }
    for sql in [
        "update app.adult_decision_offence set offence = 'pc_329'",
        "delete from app.adult_decision_offence",
    ] {
        for who in ["prosecutor.rabat", "worker1.rabat"] {
            assert_eq!(refused_by(&app.db, who, sql).await, "42501", "{who}: {sql}");
        }
    }
}

#[tokio::test]
async fn a_measure_says_on_what_it_rests_and_what_a_jurist_has_still_to_confirm() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    // in the list that it is chosen from, before it is
    let before = plain(&prosecutor.get(&file()).await);
    for words in [
        "· Code of Criminal Procedure 510 (to be confirmed by a jurist)</option>",
        "· Law 15-01 on the care of abandoned children</option>",
        ">Social inquiry</option>",
    ] {
        assert!(before.contains(words), "{words}: {before}");
    }
    let basis = "<br>Legal basis: Code of Criminal Procedure 510 (to be confirmed by a jurist)";
    assert!(!before.contains(basis));
    for (numbers, kind) in [
        ((1, 0, 0), "motion_victim"),
        ((2, 1, 0), "abandonment_petition"),
    ] {
        let answer = measure(&prosecutor, numbers, (kind, "", "")).await;
        assert_eq!(answer.status, SAVED, "{kind}: {}", answer.body);
    }
    for reader in ["prosecutor.rabat", "worker1.rabat"] {
        let page = app.client(reader).reading(Lang::En).get(&file()).await;
        let body = plain(&page);
        for words in [
            basis,
            "<br>Legal basis: Law 15-01 on the care of abandoned children</p>",
        ] {
            assert!(body.contains(words), "{reader} {words}: {body}");
        }
    }
}
