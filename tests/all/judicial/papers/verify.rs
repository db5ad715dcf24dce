//! What the page of a code answers, to whom, and how often.

use super::*;

#[tokio::test]
async fn a_code_is_valid_or_unknown_and_the_page_says_nothing_else() {
    let app = TestApp::new().await;
    let code = code_on(
        &print(&app.client("prosecutor.rabat"), &paper_of("rabat.mine"))
            .await
            .text(),
    );
    let (valid, unknown) = (verify(&app, &code).await, verify(&app, UNKNOWN).await);
    assert_eq!(
        (valid.status, unknown.status),
        (StatusCode::OK, StatusCode::OK)
    );
    let word = |key: &str| format!("<b>{}</b>", Lang::Ar.t(key));
    let same = valid.body.replace(&code, UNKNOWN);
    let same = same.replace(&word("paper-verify-valid"), &word("paper-verify-unknown"));
    assert_eq!(same, unknown.body);
    for words in [
        "CANARY",
        "زينب",
        "rabat",
        &id("judicial rabat.mine").to_string(),
    ] {
        assert!(!valid.body.contains(words), "{words}");
    }
    let trail = app
        .db
        .list("select concat_ws(' ', actor, fields->>'valid', object_id, territory_id) from audit.event where action = 'paper.verified' order by id")
        .await;
    let known = format!("true {} 1", id("judicial rabat.mine"));
    assert_eq!(trail, [known, "false".to_owned()]);
    // as people type it
    let typed = format!("/verify?code={}-{}", code[..5].to_lowercase(), &code[5..]);
    let sent = app.anonymous().get(&typed).await;
    assert_eq!(sent.location(), format!("/verify/{code}"));
    let refused = app.anonymous().get("/verify?code=not-a-code").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::Ar, "paper-code-shape") && refused.body.contains("not-a-code"));
}

#[tokio::test]
async fn what_changed_is_unknown() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat");
    let dossier = code_on(&print(&prosecutor, &paper_of("rabat.mine")).await.text());
    let notice = code_on(&print(&prosecutor, &adult_notice("rabat.mine")).await.text());
    assert!(said(&app, &dossier).await && said(&app, &notice).await);
    let whole = extract_of(&app, "rabat.mine").await;
    let mut other = whole.clone();
    other["children"][0]["names"]["given_ar"] = json!("سلمى");
    put(&app, "rabat.mine", &other, false).await;
    assert!(
        !said(&app, &dossier).await,
        "the text is not the one that was hashed"
    );
    let answer = prosecutor.get(&paper_of("rabat.mine")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::Ar, "judicial-paper-unreadable"));
    put(&app, "rabat.mine", &other, true).await;
    assert!(!said(&app, &dossier).await, "nor with a hash of its own");
    put(&app, "rabat.mine", &whole, true).await;
    assert!(said(&app, &notice).await);
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.adult_decision set decided_on = decided_on - 1 where id = '{}'",
            id("decision adult rabat.mine")
        ))
        .await;
    assert!(!said(&app, &notice).await, "the day of the decision");
}

#[tokio::test]
async fn what_was_not_sent_is_unknown() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let path = format!("{}?lang=fr", paper_of("rabat.colleague"));
    let text = print(&supervisor, &path).await.text();
    assert!(text.contains(&Lang::Fr.t("judicial-paper-draft")), "{text}");
    assert!(!said(&app, &code_on(&text)).await);
}

/// A correction is a new decision, and the one before is never changed: its paper stays true, and the page tells nobody that
/// there was a correction. No further paper of it is made.
#[tokio::test]
async fn the_paper_of_what_was_corrected_stays_a_true_one() {
    let app = TestApp::new().await;
    for (reader, path, table, decision, effect) in [
        (
            "prosecutor.rabat",
            adult_notice("rabat.mine"),
            "adult_decision",
            id("decision adult rabat.mine"),
            "effect, ",
        ),
        (
            "prosecutor.sale",
            child_notice("sale.mine"),
            "child_decision",
            id("decision child sale.mine"),
            "",
        ),
    ] {
        let prosecutor = app.client(reader);
        let code = code_on(&print(&prosecutor, &path).await.text());
        let before = verify(&app, &code).await;
        app.db
            .run(&format!(
                "set session_replication_role = replica;
                 insert into app.{table} (id, file_id, case_id, territory_id, court_id, person_id, kind, {effect}decided_on,
                                          recorded_by, supersedes_id)
                 select gen_random_uuid(), d.file_id, d.case_id, d.territory_id, d.court_id, d.person_id, d.kind, {effect}decided_on,
                        d.recorded_by, d.id
                 from app.{table} d where d.id = '{decision}'"
            ))
            .await;
        assert!(said(&app, &code).await, "{table}");
        let after = verify(&app, &code).await;
        assert_eq!(before.body, after.body, "{table}: valid, and nothing else");
        assert_eq!(prosecutor.get(&path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn who_guesses_waits_and_who_verifies_papers_does_not() {
    let app = TestApp::new().await;
    let code = code_on(
        &print(&app.client("prosecutor.rabat"), &paper_of("rabat.mine"))
            .await
            .text(),
    );
    for _ in 0..8 {
        assert!(said(&app, &code).await);
    }
    for _ in 0..3 {
        assert!(!said(&app, UNKNOWN).await);
    }
    for code in [UNKNOWN, code.as_str()] {
        let answer = verify(&app, code).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.header(header::RETRY_AFTER), "3");
        let valid = format!("<b>{}</b>", Lang::Ar.t("paper-verify-valid"));
        assert!(!answer.body.contains(&valid));
    }
}

#[tokio::test]
async fn printing_asks_for_a_fresh_factor() {
    let app = TestApp::new().await;
    session::age(&app.db, "prosecutor.rabat").await;
    let prosecutor = app.client("prosecutor.rabat");
    for path in [paper_of("rabat.mine"), adult_notice("rabat.mine")] {
        let answer = prosecutor.get(&path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/account/confirm?next="));
    }
    // as a part of another page it is nobody's
    let request = app
        .client("chief.rabat")
        .request(Method::GET, &paper_of("rabat.mine"))
        .header("sec-fetch-dest", "iframe");
    let request = request.body(Body::empty()).unwrap();
    let answer = app.client("chief.rabat").send(request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let printed: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'judicial_paper.printed'")
        .await;
    assert_eq!(printed, 0);
}

#[tokio::test]
async fn the_same_button_makes_one_code_whoever_presses_it_at_once() {
    let app = TestApp::new().await;
    app.db
        .run("set session_replication_role = replica; delete from app.paper")
        .await;
    let [one, two] = ["prosecutor.rabat", "chief.rabat"].map(|name| app.client(name));
    let path = paper_of("rabat.mine");
    let (one, two) = tokio::join!(print(&one, &path), print(&two, &path));
    assert_eq!(code_on(&one.text()), code_on(&two.text()));
    let papers: i64 = app.db.ask("select count(*) from app.paper").await;
    assert_eq!(papers, 1);
}
