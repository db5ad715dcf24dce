//! What a reader sees on the way of a file, page by page: the steps lit, the child named in a refusal, the
//! place that a change of language comes back to.

use crate::{
    paths::{LINES, Reach},
    support::{TestApp, id},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

/// The words of the step where the page says the child stands.
fn current_step(body: &str) -> &str {
    let (_, step) = body.split_once("aria-current=\"step\"><b>").unwrap();
    let (step, _) = step.split_once("</b>").unwrap();
    step.rsplit('>').next().unwrap()
}

/// How many steps are lit in the line of a file.
fn lit(list: &str, file: &str) -> usize {
    let (_, row) = list.split_once(file).unwrap();
    let (row, _) = row.split_once("</li>").unwrap();
    row.matches("<i class=").count()
}

#[tokio::test]
async fn what_was_reached_before_a_file_was_opened_again_lights_no_step() {
    let app = TestApp::new().await;
    let (worker, file) = (
        app.client("worker1.rabat").reading(Lang::En),
        id("case rabat.mine"),
    );
    let page = format!("/cases/{file}");
    // one service was delivered, and the file went to the prosecution
    let before = worker.get(&page).await;
    assert_eq!(current_step(&before.body), Lang::En.t("step-in-care"));
    // met, sent to the prosecution, helped: the assessment is still running
    assert_eq!(lit(&worker.get("/cases?filter=mine").await.body, &page), 3);

    app.db
        .run(&format!(
            "update app.case_episode set state = 'closure_requested', closure_asked_by = '{asked_by}',
                 closure_asked_from = state where case_id = '{file}';
             update app.case_episode set state = 'closed', closed_at = now(), closed_by = '{granted_by}', closure_reason =
                 (select code from ref.closure_reason order by sort limit 1) where case_id = '{file}';
             insert into app.case_episode (id, case_id, territory_id, seq, state, risk, opened_at)
             values (gen_random_uuid(), '{file}', 1, 2, 'identified', 'medium', now())",
            asked_by = id("worker1.rabat"),
            granted_by = id("supervisor.rabat"),
        ))
        .await;

    let after = worker.get(&page).await;
    assert_eq!(current_step(&after.body), Lang::En.t("step-identified"));
    assert_eq!(lit(&worker.get("/cases?filter=mine").await.body, &page), 1);
}

#[tokio::test]
async fn a_refused_triage_says_which_child() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let contact = id("contact fresh rabat.mine");
    let answer = supervisor
        .post(&format!("/contacts/{contact}/triage"), &[])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, summary) = answer.body.split_once("role=\"alert\"").unwrap();
    let (summary, _) = summary.split_once("</ul>").unwrap();
    assert!(summary.contains("href=\"#outcome-0\""), "{summary}");
    let child = Lang::En.t_with("contact-child-n", &[("n", 1.into())]);
    assert!(summary.contains(&child), "{summary}");
}

#[tokio::test]
async fn a_change_of_language_keeps_the_filter_and_a_refused_form_shows_no_switch() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let list = worker.get("/cases?filter=late").await;
    assert!(
        list.body
            .contains("name=\"back\" value=\"/cases?filter=late\"")
    );
    let moved = worker
        .post(
            "/language",
            &[("lang", "fr"), ("back", "/cases?filter=late")],
        )
        .await;
    assert_eq!(moved.location(), "/cases?filter=late");
    // the switch would ask for the page again, without what was typed
    let refused = worker.post("/contacts", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.body.contains("action=\"/language\""));
}

#[tokio::test]
async fn who_must_sign_in_comes_back_to_the_page_and_its_filter() {
    let app = TestApp::new().await;
    let stranger = app.anonymous();
    let asked = stranger.get("/cases?filter=late").await;
    assert_eq!(asked.location(), "/login?next=%2Fcases%3Ffilter%3Dlate");
    // the answer to a form cannot be asked for again
    let sent = stranger.post("/contacts", &[]).await;
    assert_eq!(sent.location(), "/login?next=%2F");
}

/// All rows of `app`, as one text. Who looked at a file when is known of the reading itself, and so is the code of what
/// was printed.
async fn everything(app: &TestApp) -> String {
    let rows = "select string_agg(query_to_xml(format('select t::text from app.%I t order by 1', tablename),
                                               true, false, '')::text, '' order by tablename)
                from pg_tables where schemaname = 'app' and tablename not in ('case_seen', 'paper')";
    app.db.ask(rows).await
}

#[tokio::test]
async fn reading_changes_nothing() {
    let app = TestApp::new().await;
    let before = everything(&app).await;
    assert!(before.contains("CANARY-mother"), "nothing is compared");
    let pages = LINES
        .iter()
        .filter(|line| line.method == "GET" && line.reach != Reach::Public);
    for line in pages {
        for username in [
            "worker1.rabat",
            "supervisor.rabat",
            "prosecutor.rabat",
            "steering",
        ] {
            app.client(username).get(&line.path("rabat.mine")).await;
        }
    }
    assert!(everything(&app).await == before, "a page wrote something");
}
