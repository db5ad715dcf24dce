//! A file goes to another court, or into another procedure, with all that hangs on it (decision 0087).

use super::custody::{done, make, of_mine, path, send, shown, steps};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const SALE: &str = "12";

#[tokio::test]
async fn a_file_sent_to_another_court_takes_everything_along() {
    let app = TestApp::new().await;
    // the other court has an act of the same number and year
    app.db
        .run("update app.court_act set number = 'CANARY-ACT-1'")
        .await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let form = shown(&prosecutor, &path("rabat.mine"), "reroute").await;
    let form = form.unwrap();
    for (fields, wanted) in [
        (
            vec![("to_court", "11"), ("to_court_reason", "wrong_proposal")],
            "judicial-same-court",
        ),
        (
            vec![("to_court", "999"), ("to_court_reason", "wrong_proposal")],
            "error-choice",
        ),
        (vec![("to_court", SALE)], "error-required"),
        (
            vec![("to_court", SALE), ("to_court_reason", "other")],
            "judicial-court-note-needed",
        ),
    ] {
        let refused = send(&prosecutor, &form, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wanted}");
        assert!(refused.says(Lang::En, wanted), "{wanted}");
    }
    let fields = [
        ("to_court", SALE),
        ("to_court_reason", "family_residence"),
        ("reroute_words", "THEY-LIVE-THERE"),
    ];
    for _ in 0..2 {
        let gone = send(&prosecutor, &form, &fields).await;
        done(&gone);
        assert_eq!(gone.location(), "/prosecution");
    }
    assert_eq!(steps(&app, "reroute").await, 1);

    for username in ["prosecutor.rabat", "chief.rabat", "registrar.rabat"] {
        let old = app.client(username).get(&path("rabat.mine")).await;
        assert_eq!(old.status, StatusCode::NOT_FOUND, "{username}");
    }
    let there = app.client("prosecutor.sale").reading(Lang::En);
    let page = there.get(&path("rabat.mine")).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["THEY-LIVE-THERE", "CANARY-SUMMARY", "CANARY-MOTIVES"] {
        assert!(page.body.contains(words), "{words}");
    }
    assert!(page.says(Lang::En, "judicial-path-came-from"));
    let cell = app.client("worker1.rabat").get(&path("rabat.mine")).await;
    assert_eq!(cell.status, StatusCode::OK);

    let kept: String = app
        .db
        .ask(format!(
            "select concat_ws(' ', a.court_id, a.signed_at_court, d.court_id, d.taken_at_court, t.court_id, o.court_id, e.to_court, f.state)
             from app.judicial_file f join app.court_act a on a.file_id = f.id join app.adult_decision d on d.file_id = f.id
             join app.adult_decision_text t on t.decision_id = d.id
             join app.adult_decision_offence o on o.decision_id = d.id join app.disclosure e on e.id = f.disclosure_id
             where f.id = '{}'",
            id("judicial rabat.mine")
        ))
        .await;
    assert_eq!(kept, "12 11 12 11 12 12 12 transmitted");
    done(&make(&there, "rabat.mine", "take", &[]).await);
}

#[tokio::test]
async fn the_cell_corrects_a_wrong_court_too() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let fields = [("to_court", SALE), ("to_court_reason", "wrong_proposal")];
    done(&make(&supervisor, "rabat.mine", "reroute-from-cell", &fields).await);
    let old = app
        .client("prosecutor.rabat")
        .get(&path("rabat.mine"))
        .await;
    assert_eq!(old.status, StatusCode::NOT_FOUND);
    // once the court has it in hand, it is for the court to say
    done(&make(&app.client("prosecutor.sale"), "rabat.mine", "take", &[]).await);
    let form = shown(&supervisor, &path("rabat.mine"), "reroute-from-cell").await;
    assert!(form.is_none());
}

#[tokio::test]
async fn the_people_of_a_joined_file_are_decided_on_in_the_other() {
    let app = TestApp::new().await;
    let (mother, other) = (id("mother rabat.mine"), id("judicial rabat.protected"));
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             delete from app.adult_decision_text; delete from app.adult_decision where person_id = '{mother}'"
        ))
        .await;
    let number = async |file: &str| -> String {
        let sql = format!(
            "select number from app.judicial_file where id = '{}'",
            id(file)
        );
        app.db.ask(sql).await
    };
    let elsewhere = number("judicial sale.mine").await;
    let own = number("judicial rabat.mine").await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    for wrong in ["J-NONE-2026-00001-A", &*elsewhere, &*own] {
        let refused = make(&prosecutor, "rabat.mine", "join", &[("other_file", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(refused.says(Lang::En, "judicial-no-such-file") && refused.body.contains(wrong));
    }
    let right = number("judicial rabat.protected").await.to_lowercase();
    done(&make(&prosecutor, "rabat.mine", "join", &[("other_file", &right)]).await);
    assert_eq!(
        of_mine(&app, "f.state || ' ' || f.joined_to").await,
        format!("closed {other}")
    );
    // where they are parties now, and shown
    let page = prosecutor.get(&path("rabat.protected")).await;
    for name in ["CANARY-child-rabat.mine", "CANARY-child-rabat.protected"] {
        assert!(page.body.contains(name), "{name}");
    }
    let effect = format!("select effect from app.mother_effect where person_id = '{mother}'");
    assert_eq!(app.db.ask::<String>(&effect).await, "pending");
    app.db
        .run(&format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on, recorded_by)
             select gen_random_uuid(), k.file_id, k.case_id, k.territory_id, k.court_id, k.person_id, 'treated_as_victim',
                    'not_prosecuted', current_date, '{}' from app.judicial_adult k
             where k.file_id = '{other}' and k.person_id = '{mother}'",
            id("prosecutor.rabat")
        ))
        .await;
    assert_eq!(app.db.ask::<String>(&effect).await, "not_prosecuted");
    // and what was joined goes along to another court
    let fields = [("to_court", SALE), ("to_court_reason", "wrong_proposal")];
    done(&make(&prosecutor, "rabat.protected", "reroute", &fields).await);
    for file in ["rabat.mine", "rabat.protected"] {
        let old = prosecutor.get(&path(file)).await;
        assert_eq!(old.status, StatusCode::NOT_FOUND, "{file}");
    }
    let there = app.client("prosecutor.sale");
    let page = there.get(&path("rabat.protected")).await;
    assert!(page.body.contains("CANARY-child-rabat.mine"));
}
