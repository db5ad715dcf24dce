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

/// The line of the list of what changed, of one file, if it is in it.
async fn said(app: &TestApp, who: &str, case: &str) -> Option<String> {
    let list = app
        .client(who)
        .reading(Lang::En)
        .get("/cases?filter=changed")
        .await;
    let (_, row) = list.body.split_once(&format!("href=\"{case}\""))?;
    let line = row.split(MARK).nth(1).unwrap_or_default();
    Some(line.split("</p>").next().unwrap().to_owned())
}

/// Notes, risk, the child's view, consents: each alone is news, and is named.
#[tokio::test]
async fn each_kind_of_change_is_listed_and_named_by_itself() {
    let app = TestApp::new().await;
    let (lead, other) = (id("worker1.rabat"), id("supervisor.rabat"));
    let (file, episode) = (id("case rabat.mine"), id("episode rabat.mine"));
    let case = format!("/cases/{file}");
    for (key, change) in [
        (
            "change-note",
            format!(
                "insert into app.case_note (id, case_id, territory_id, text_enc, author, at)
                 values (gen_random_uuid(), '{file}', 1, 'x', '{other}', now() - interval '1 hour')"
            ),
        ),
        (
            "change-risk",
            format!(
                "insert into app.risk_change (id, assessment_id, case_id, territory_id, from_risk, to_risk, why_enc, by_user, at)
                 select gen_random_uuid(), a.id, a.case_id, 1, 'medium', 'high', 'x', '{other}', now() - interval '1 hour'
                 from app.assessment a where a.case_id = '{file}' and a.state = 'completed' limit 1"
            ),
        ),
        (
            "change-view",
            format!(
                "insert into app.child_view (id, case_id, territory_id, episode_id, occasion, heard_on, why_not, recorded_by, recorded_at)
                 values (gen_random_uuid(), '{file}', 1, '{episode}', 'plan', current_date, 'refused', '{other}', now() - interval '1 hour')"
            ),
        ),
        (
            "change-consent",
            format!(
                "update app.case_consent set withdrawn_on = current_date, withdrawn_by = '{other}'
                 where id = (select id from app.case_consent where case_id = '{file}' and withdrawn_on is null limit 1)"
            ),
        ),
    ] {
        // looked at since all that lies there, and then the one change alone
        app.db
            .run(&format!(
                "delete from app.case_seen where case_id = '{file}';
                 insert into app.case_seen (user_id, case_id, territory_id, seen_at)
                 values ('{lead}', '{file}', 1, now() + interval '1 minute');
                 {change};
                 update app.case_seen set seen_at = now() - interval '2 hours' where case_id = '{file}';
                 update app.case_file set changed_at = now() - interval '1 hour', changed_by = '{other}' where id = '{file}'"
            ))
            .await;
        let line = said(&app, "worker1.rabat", &case).await.expect(key);
        let word = Lang::En.t(key).replace('\'', "&#39;");
        assert!(line.contains(&word), "{key}: {line}");
    }
}

/// An answered complaint is news to who received it, and to nobody whom it is about; it changes no file.
#[tokio::test]
async fn a_complaint_alone_is_listed_for_who_reads_it() {
    let app = TestApp::new().await;
    let (lead, other) = (id("worker1.rabat"), id("supervisor.rabat"));
    let file = id("case rabat.mine");
    let case = format!("/cases/{file}");
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             delete from app.case_seen where case_id = '{file}';
             insert into app.case_seen (user_id, case_id, territory_id, seen_at)
             values ('{lead}', '{file}', 1, now() - interval '2 hours');
             update app.case_file set changed_at = now() - interval '9 days', changed_by = '{other}' where id = '{file}';
             update app.complaint set received_by = '{lead}', against = null, recorded_at = now() - interval '1 day',
                    answered_by = null, answered_at = null, answer_enc = null where case_id = '{file}'"
        ))
        .await;
    assert!(
        said(&app, "worker1.rabat", &case).await.is_none(),
        "nothing is new"
    );
    let answer = format!(
        "update app.complaint set answered_by = '{other}', answered_at = now(), answer_enc = 'x' where case_id = '{file}'"
    );
    app.db.run(&answer).await;
    let line = said(&app, "worker1.rabat", &case)
        .await
        .expect("the answer is news");
    assert!(line.contains(&Lang::En.t("change-complaint")), "{line}");
    // of one that is about the reader nothing is told
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.complaint set received_by = '{}', against = '{lead}' where case_id = '{file}'",
            id("worker2.rabat")
        ))
        .await;
    assert!(said(&app, "worker1.rabat", &case).await.is_none());
}
