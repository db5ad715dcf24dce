//! After a closing: where nobody was met another try is owed, and that a child is not well is told.

use super::{FORM, page, put};
use crate::support::{Answer, Client, TestApp, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

/// The file of worker1, closed so many months ago, with its two visits owed.
async fn closed(app: &TestApp, months: u8) {
    put(
        app,
        &format!(
            "delete from app.after_closure where case_id = $case;
             update app.case_episode set state = 'closed', opened_at = now() - interval '9 months',
                 closed_at = now() - interval '{months} months', closure_reason = 'objectives_met',
                 closed_by = (select id from sec.app_user where username = 'supervisor.rabat') where case_id = $case"
        ),
    )
    .await;
    app.db
        .run(&format!(
            "select app.owe(r.rule, e.case_id, e.territory_id, e.closed_at + r.after, episode => e.id)
             from app.case_episode e, (values ('after_closure_3m', interval '3 months'),
                                              ('after_closure_6m', interval '6 months')) r (rule, after)
             where e.case_id = '{}'",
            id("case rabat.mine")
        ))
        .await;
}

/// The visits that are owed, and how near they are.
async fn owed(app: &TestApp) -> Vec<String> {
    app.db
        .list(format!(
            "select rule || case when due_at < now() then ' late'
                                 when due_at between now() + interval '12 days' and now() + interval '15 days' then ' in two weeks'
                                 else ' later' end
             from app.task where case_id = '{}' and done_at is null and rule like 'after\\_closure%' order by rule",
            id("case rabat.mine")
        ))
        .await
}

/// A visit of today: what it found of safety and begging; nothing where nobody was met.
async fn look(who: &Client, n: &str, months: &str, found: Option<(&str, &str)>) -> Answer {
    let (form, today) = (format!("{FORM}{n}"), typed_day(0));
    let mut fields = vec![
        ("id", form.as_str()),
        ("months", months),
        ("checked_on", &today),
        ("reached", if found.is_some() { "yes" } else { "no" }),
        ("after_words", "What I saw"),
    ];
    if let Some((safe, begging)) = found {
        fields.extend([
            ("safe", safe),
            ("schooled", "yes"),
            ("begging_again", begging),
        ]);
    }
    who.post(&page("rabat.mine", "/closure/after"), &fields)
        .await
}

/// Who was told that the child is not well.
async fn told(app: &TestApp) -> Vec<String> {
    app.db
        .list(
            "select u.username::text from app.notice n join sec.app_user u on u.id = n.recipient
             where n.kind = 'child_unwell' order by 1",
        )
        .await
}

#[tokio::test]
async fn where_nobody_was_met_another_try_is_owed() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    closed(&app, 4).await;
    assert_eq!(
        owed(&app).await,
        ["after_closure_3m late", "after_closure_6m later"]
    );
    let tried = look(&worker, "61", "3", None).await;
    assert_eq!(tried.status, StatusCode::SEE_OTHER, "{}", tried.body);
    assert_eq!(
        owed(&app).await,
        ["after_closure_3m in two weeks", "after_closure_6m later"]
    );
    let met = look(&worker, "62", "3", Some(("yes", "no"))).await;
    assert_eq!(met.status, StatusCode::SEE_OTHER, "{}", met.body);
    assert_eq!(owed(&app).await, ["after_closure_6m later"]);
    assert!(told(&app).await.is_empty(), "the child is well");
}

#[tokio::test]
async fn a_child_who_is_not_well_after_a_closing_is_told_to_who_opens_the_file_again() {
    for (safe, begging) in [("no", "no"), ("yes", "yes")] {
        let app = TestApp::new().await;
        closed(&app, 7).await;
        let worker = app.client("worker1.rabat");
        let met = look(&worker, "63", "6", Some((safe, begging))).await;
        assert_eq!(met.status, StatusCode::SEE_OTHER, "{}", met.body);
        assert!(owed(&app).await.is_empty(), "the earlier one is over too");
        assert_eq!(told(&app).await, ["supervisor.rabat"]);
        let supervisor = app.client("supervisor.rabat").reading(Lang::En);
        let notices = supervisor.get("/notices").await;
        assert!(notices.says(Lang::En, "notice-child-unwell"));
        let closure = page("rabat.mine", "/closure");
        assert!(notices.body.contains(&format!("href=\"{closure}\"")));
        let closed = supervisor.get(&closure).await;
        assert!(closed.says(Lang::En, "reopen-title"));
    }
}
