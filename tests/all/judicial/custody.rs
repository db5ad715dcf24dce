//! A file moves: by whom and from where, once, and with all that hangs on it (decision 0087).

use crate::support::{
    Answer, Client, TestApp,
    html::{Form, forms},
    id,
    role::refused_by,
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

pub(super) fn path(of: &str) -> String {
    format!("/prosecution/{}", id(&format!("judicial {of}")))
}

/// Something of the file of Rabat that was sent.
pub(super) async fn of_mine(app: &TestApp, column: &str) -> String {
    app.db
        .ask(format!(
            "select coalesce(({column})::text, 'none') from app.judicial_file f where f.id = '{}'",
            id("judicial rabat.mine")
        ))
        .await
}

pub(super) async fn steps(app: &TestApp, made: &str) -> i64 {
    app.db
        .ask(format!(
            "select count(*) from app.judicial_step where file_id = '{}' and move = '{made}'",
            id("judicial rabat.mine")
        ))
        .await
}

/// The form of a move as the page shows it, if it does.
pub(super) async fn shown(client: &Client, path: &str, tail: &str) -> Option<Form> {
    let answer = client.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    let action = format!("{path}/{tail}");
    let mut all = forms(&answer.body, path).into_iter();
    all.find(|form| form.action == action)
}

/// Sends a form with some more answers.
pub(super) async fn send(client: &Client, form: &Form, more: &[(&str, &str)]) -> Answer {
    let mut fields = form.pairs();
    fields.retain(|(name, _)| !more.iter().any(|(field, _)| field == name));
    fields.extend(more);
    client.post(&form.action, &fields).await
}

/// Opens the page, fills the form of a move and sends it.
pub(super) async fn make(client: &Client, of: &str, tail: &str, more: &[(&str, &str)]) -> Answer {
    let form = shown(client, &path(of), tail).await;
    let form = form.unwrap_or_else(|| panic!("{tail} is not offered"));
    send(client, &form, more).await
}

pub(super) fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn each_side_makes_its_own_moves_and_nobody_else() {
    let app = TestApp::new().await;
    let court = [
        "take",
        "hand-over",
        "return",
        "close",
        "reopen",
        "reroute",
        "join",
    ];
    let cell = ["complete", "reroute-from-cell"];
    let asks = async |username: &str, tail: &str| {
        let path = format!("{}/{tail}", path("rabat.mine"));
        app.client(username).post(&path, &[]).await.status.as_u16()
    };
    for tail in court {
        for username in ["worker1.rabat", "supervisor.rabat", "registrar.rabat"] {
            assert_eq!(asks(username, tail).await, 403, "{username} {tail}");
        }
        assert_eq!(asks("prosecutor.sale", tail).await, 404, "{tail}");
    }
    for tail in cell {
        for username in ["worker1.rabat", "prosecutor.rabat"] {
            assert_eq!(asks(username, tail).await, 403, "{username} {tail}");
        }
        assert_eq!(asks("supervisor.sale", tail).await, 404, "{tail}");
    }
    assert_eq!(of_mine(&app, "f.state").await, "transmitted");
}

/// Calls of the one function that moves a file, one after the other: `'take'|'close'`.
fn calls(moves: &str) -> String {
    let moves = moves
        .replace("{sale}", &id("prosecutor.sale").to_string())
        .replace("{chief}", &id("chief.rabat").to_string())
        .replace("{registrar}", &id("registrar.rabat").to_string())
        .replace("{file of sale}", &id("judicial sale.mine").to_string());
    let file = id("judicial rabat.mine");
    let call = |made| format!("select app.move_judicial(gen_random_uuid(), '{file}', {made});");
    moves.split('|').map(call).collect()
}

#[tokio::test]
async fn the_database_holds_the_order_of_the_moves() {
    let app = TestApp::new().await;
    for (moves, wanted) in [
        ("'close'", "judicial_moves"),
        ("'reopen'", "judicial_moves"),
        ("'hand_over', heir => '{chief}'", "judicial_moves"),
        ("'receive'|'receive'", "judicial_moves"),
        ("'return'", "judicial_step_words"),
        ("'take'|'close'", "judicial_waits"),
        ("'take'|'hand_over', heir => '{sale}'", "judicial_heir"),
        ("'take'|'hand_over', heir => '{registrar}'", "judicial_heir"),
        (
            "'reroute', court => 11::smallint, why => 'other'",
            "judicial_court",
        ),
        ("'reroute', court => 12::smallint", "judicial_court"),
        ("'join', other => '{file of sale}'", "judicial_join"),
        ("'join'", "judicial_join"),
        ("'complete'", "42501"),
        ("'transmit'", "42501"),
    ] {
        let refused = refused_by(&app.db, "prosecutor.rabat", &calls(moves)).await;
        assert_eq!(refused, wanted, "{moves}");
    }
    for moves in ["'complete'", "'transmit'"] {
        let refused = refused_by(&app.db, "supervisor.rabat", &calls(moves)).await;
        assert_eq!(refused, "judicial_moves", "{moves}");
    }
    assert_eq!(of_mine(&app, "f.state").await, "transmitted");
}

#[tokio::test]
async fn the_database_asks_who_moves_and_knows_no_other_way() {
    let app = TestApp::new().await;
    let file = id("judicial rabat.mine");
    for (username, sql) in [
        ("registrar.rabat", calls("'take'")),
        ("supervisor.rabat", calls("'take'")),
        ("prosecutor.sale", calls("'take'")),
        ("worker1.rabat", calls("'complete'")),
        ("supervisor.sale", calls("'complete'")),
        (
            "prosecutor.rabat",
            format!("update app.judicial_file set state = 'closed' where id = '{file}'"),
        ),
        (
            "prosecutor.rabat",
            format!("update app.judicial_file set held_by = null where id = '{file}'"),
        ),
        (
            "prosecutor.rabat",
            "insert into app.judicial_step (id) values (gen_random_uuid())".to_owned(),
        ),
    ] {
        let refused = refused_by(&app.db, username, &sql).await;
        assert_eq!(refused, "42501", "{username}: {sql}");
    }
    assert_eq!(of_mine(&app, "f.state").await, "transmitted");
}

#[tokio::test]
async fn of_two_who_take_it_at_once_one_has_it() {
    let app = TestApp::new().await;
    let (first, second) = (
        app.client("prosecutor.rabat"),
        app.client("chief.rabat").reading(Lang::En),
    );
    let file = path("rabat.mine");
    let one = shown(&first, &file, "take").await.unwrap();
    let other = shown(&second, &file, "take").await.unwrap();
    // pressed twice, it is one move
    for _ in 0..2 {
        done(&send(&first, &one, &[]).await);
    }
    let told = send(&second, &other, &[]).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.says(Lang::En, "judicial-moved") && told.says(Lang::En, "judicial-path-holder"));
    assert_eq!(steps(&app, "take").await, 1);
    let holder = id("prosecutor.rabat").to_string();
    assert_eq!(of_mine(&app, "f.held_by").await, holder);
    assert_eq!(of_mine(&app, "f.received_by").await, holder);
    // who sees that may still take it: nobody's absence holds a file
    done(&make(&second, "rabat.mine", "take", &[]).await);
    assert_eq!(
        of_mine(&app, "f.held_by").await,
        id("chief.rabat").to_string()
    );
}

#[tokio::test]
async fn a_file_is_handed_to_a_colleague_of_the_court_or_back_to_it() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    done(&make(&prosecutor, "rabat.mine", "take", &[]).await);
    let stranger = id("prosecutor.sale").to_string();
    let refused = make(
        &prosecutor,
        "rabat.mine",
        "hand-over",
        &[("heir", &stranger)],
    )
    .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::En, "judicial-no-such-colleague"));
    let chief = id("chief.rabat").to_string();
    let form = shown(&prosecutor, &path("rabat.mine"), "hand-over").await;
    for _ in 0..2 {
        done(&send(&prosecutor, form.as_ref().unwrap(), &[("heir", &chief)]).await);
    }
    assert_eq!(of_mine(&app, "f.held_by").await, chief);
    assert_eq!(steps(&app, "hand_over").await, 1);
    let told: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.notice where kind = 'judicial_handed' and recipient = '{chief}'"
        ))
        .await;
    assert_eq!(told, 1);
    done(
        &make(
            &app.client("chief.rabat"),
            "rabat.mine",
            "hand-over",
            &[("heir", "")],
        )
        .await,
    );
    assert_eq!(of_mine(&app, "f.held_by").await, "none");
    // the court has it already: then somebody is named
    let nobody = make(&prosecutor, "rabat.mine", "hand-over", &[("heir", "")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_file_given_back_waits_for_the_words_of_the_cell() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let mute = make(&prosecutor, "rabat.mine", "return", &[]).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(mute.says(Lang::En, "error-required"));
    let asked = [("return_words", "QUESTION-OF-THE-COURT")];
    done(&make(&prosecutor, "rabat.mine", "return", &asked).await);
    assert_eq!(
        of_mine(&app, "f.state || ' ' || f.awaits").await,
        "returned completion"
    );

    let worker = app.client("worker1.rabat").reading(Lang::En);
    let page = worker.get(&path("rabat.mine")).await;
    assert!(page.body.contains("QUESTION-OF-THE-COURT"));
    assert!(page.says(Lang::En, "judicial-path-completion"));
    assert!(
        shown(&worker, &path("rabat.mine"), "complete")
            .await
            .is_none()
    );
    // nothing is decided meanwhile, and a form of before loses no word
    let key = id("a form").to_string();
    let late = [
        ("id", key.as_str()),
        ("seen", "1"),
        ("return_words", "LATE-WORDS"),
    ];
    let told = prosecutor
        .post(&format!("{}/return", path("rabat.mine")), &late)
        .await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.body.contains("LATE-WORDS"));

    let mute = make(&supervisor, "rabat.mine", "complete", &[]).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = shown(&supervisor, &path("rabat.mine"), "complete").await;
    for _ in 0..2 {
        let words = [("complete_words", "ANSWER-OF-THE-CELL")];
        done(&send(&supervisor, form.as_ref().unwrap(), &words).await);
    }
    assert_eq!(
        of_mine(&app, "f.state || ' ' || f.awaits").await,
        "transmitted receipt"
    );
    let page = prosecutor.get(&path("rabat.mine")).await;
    assert!(page.body.contains("ANSWER-OF-THE-CELL"));
    let open: i64 = app
        .db
        .ask("select count(*) from app.judicial_step s where s::text like '%ANSWER-OF-THE-CELL%'")
        .await;
    assert_eq!(open, 0, "sealed");
}

/// A measure for the child of that file, which had none.
async fn measure(app: &TestApp, of: &str) {
    app.db
        .run(&format!(
            "insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on, recorded_by)
             select gen_random_uuid(), k.file_id, k.case_id, k.territory_id, k.court_id, k.person_id, 'return_to_parents',
                    current_date, '{}' from app.judicial_child k where k.file_id = '{}'",
            id("prosecutor.rabat"),
            id(&format!("judicial {of}"))
        ))
        .await;
}

#[tokio::test]
async fn a_file_in_which_somebody_waits_is_not_closed() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    done(&make(&prosecutor, "rabat.mine", "take", &[]).await);
    assert!(
        shown(&prosecutor, &path("rabat.mine"), "close")
            .await
            .is_none()
    );
    let (key, version) = (id("a form").to_string(), of_mine(&app, "f.version").await);
    let form = [("id", key.as_str()), ("seen", version.as_str())];
    let refused = prosecutor
        .post(&format!("{}/close", path("rabat.mine")), &form)
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.says(Lang::En, "judicial-somebody-waits"));
    assert_eq!(of_mine(&app, "f.state").await, "under_study");

    measure(&app, "rabat.mine").await;
    done(&make(&prosecutor, "rabat.mine", "close", &[]).await);
    assert_eq!(of_mine(&app, "f.state").await, "closed");
    let mute = make(&prosecutor, "rabat.mine", "reopen", &[]).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(
        &make(
            &prosecutor,
            "rabat.mine",
            "reopen",
            &[("reopen_words", "NEW-FACTS")],
        )
        .await,
    );
    assert_eq!(of_mine(&app, "f.state").await, "under_study");
}

#[tokio::test]
async fn a_receipt_given_twice_is_told_on_the_page() {
    let app = TestApp::new().await;
    let registrar = app.client("registrar.rabat").reading(Lang::En);
    let receive = format!("{}/receive", path("rabat.mine"));
    done(&registrar.post(&receive, &[]).await);
    let told = registrar.post(&receive, &[]).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.says(Lang::En, "judicial-moved") && told.body.contains("CANARY-SUMMARY"));
    // the head of a file tells what was done before moves were written down
    app.db
        .run("set session_replication_role = replica; delete from app.judicial_step")
        .await;
    let page = registrar.get(&path("rabat.mine")).await;
    for key in [
        "judicial-step-composed",
        "judicial-step-transmitted",
        "judicial-step-received",
    ] {
        assert!(page.says(Lang::En, key), "{key}");
    }
}

/// A cell that does not answer keeps nobody from deciding.
#[tokio::test]
async fn a_returned_file_is_taken_back_and_decided() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let words = [("return_words", "WHO IS SHE")];
    done(&make(&prosecutor, "rabat.mine", "return", &words).await);
    assert_eq!(of_mine(&app, "f.awaits").await, "completion");
    let owed =
        "select count(*) from app.task where rule = 'judicial_completion' and done_at is null";
    assert_eq!(app.db.ask::<i64>(owed).await, 1);
    done(&make(&prosecutor, "rabat.mine", "take", &[]).await);
    assert_eq!(of_mine(&app, "f.state").await, "under_study");
    assert_eq!(app.db.ask::<i64>(owed).await, 0, "nobody waits for it now");
    let told = "select count(*) from app.notice where kind = 'judicial_taken_back'";
    assert!(app.db.ask::<i64>(told).await > 0);
    let page = prosecutor.get(&path("rabat.mine")).await;
    assert!(page.body.contains("/children/"), "a measure can be taken");
}
