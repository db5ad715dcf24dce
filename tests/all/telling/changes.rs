//! What changed since one looked.

use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

/// Where a line of the list says what changed.
const MARK: &str = "<p class=\"xs\">";

/// The supervisor recorded a visit and a document came, a day after the lead looked.
async fn changed(app: &TestApp) {
    let case = id("case rabat.mine");
    app.db
        .run(&format!(
            "insert into app.case_seen (user_id, case_id, territory_id, seen_at)
             select u, '{case}', 1, now() - interval '2 days' from unnest(array['{lead}', '{other}']::uuid[]) u
             on conflict (user_id, case_id) do update set seen_at = excluded.seen_at;
             update app.visit set done_on = current_date, refound = 'no', safe = 'yes', findings_enc = 'x',
                    recorded_by = '{other}', recorded_at = now() - interval '1 day' where id = '{visit}';
             update app.case_file set changed_at = now() - interval '1 day', changed_by = '{other}' where id = '{case}'",
            lead = id("worker1.rabat"),
            other = id("supervisor.rabat"),
            visit = id("visit rabat.mine"),
        ))
        .await;
}

#[tokio::test]
async fn the_list_and_the_file_say_what_others_did() {
    let app = TestApp::new().await;
    changed(&app).await;
    let case = format!("/cases/{}", id("case rabat.mine"));
    let lead = app.client("worker1.rabat").reading(Lang::En);
    let list = lead.get("/cases?filter=changed").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains(&case), "{}", list.body);
    let said = list.body.split(MARK).nth(1).expect("a line of changes");
    let said = said.split("</p>").next().unwrap();
    assert!(said.contains(&Lang::En.t("change-visit")), "{said}");

    let page = lead.get(&case).await;
    let (_, line) = page.body.split_once("Since you looked").expect("the line");
    let line = line.split("</p>").next().unwrap();
    assert!(line.contains(&format!("href=\"{case}/visits\"")), "{line}");
    // looked at, it is news no more
    let page = lead.get(&case).await;
    assert!(!page.body.contains("Since you looked"));
    let list = lead.get("/cases?filter=changed").await;
    assert!(!list.body.contains(&case));
}

#[tokio::test]
async fn ones_own_doing_is_no_news_and_a_strangers_file_tells_nothing() {
    let app = TestApp::new().await;
    changed(&app).await;
    let case = format!("/cases/{}", id("case rabat.mine"));
    let author = app.client("supervisor.rabat").reading(Lang::En);
    let page = author.get(&case).await.body;
    let line = page.split("Since you looked").nth(1).unwrap_or_default();
    let line = line.split("</p>").next().unwrap();
    assert!(!line.contains(&format!("{case}/visits")), "{line}");
    // a colleague who looked by an hour's reason is told nothing of what came later
    app.db
        .run(&format!(
            "insert into app.case_seen (user_id, case_id, territory_id, seen_at)
             values ('{}', '{}', 1, now() - interval '2 days')",
            id("worker2.rabat"),
            id("case rabat.mine")
        ))
        .await;
    let list = app
        .client("worker2.rabat")
        .reading(Lang::En)
        .get("/cases?filter=open")
        .await;
    assert!(list.body.contains(&case));
    assert!(!list.body.contains(MARK), "{}", list.body);
}
