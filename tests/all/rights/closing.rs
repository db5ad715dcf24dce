//! The end of a file, and what comes after it.

use super::{FORM, mv, page, put, refused_at, state};
use crate::support::{Answer, Client, TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_file_is_closed_by_two_people_looked_at_again_and_opened_again() {
    let app = TestApp::new().await;
    let (worker, supervisor) = (
        app.client("worker1.rabat").reading(Lang::En),
        app.client("supervisor.rabat").reading(Lang::En),
    );
    let closure = page("rabat.mine", "/closure");
    put(&app, "update app.case_episode set state = 'monitoring' where case_id = $case;
               delete from app.closing_report where case_id = $case; delete from app.after_closure where case_id = $case;
               update app.service set state = 'cancelled', delivered_on = null where state = 'planned';
               update app.judicial_file set state = 'closed' where case_id = $case").await;
    assert_eq!(
        mv(&worker, "ask_closure", &[("reason", "done")]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let (view, report) = (format!("{FORM}21"), format!("{FORM}22"));
    let fields = [
        ("id", view.as_str()),
        ("occasion", "closure"),
        ("heard_on", "20/11/2026"),
        ("heard", "yes"),
        ("language", "tachelhit"),
        ("words", "WORDS"),
        ("script_language", "tachelhit"),
    ];
    refused_at(
        &worker
            .post(&page("rabat.mine", "/rights/views"), &fields)
            .await,
        "script_language",
    );
    let mut with = fields.to_vec();
    with.push(("interpreter", "yes"));
    assert_eq!(
        worker
            .post(&page("rabat.mine", "/rights/views"), &with)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let mut fields = vec![
        ("id", report.as_str()),
        ("version", "0"),
        ("closing_reason", "stable_in_family"),
        ("placement", "one_parent"),
        ("education", "primary"),
        ("report_entry", "REPORT-ENTRY"),
        ("report_done", "b"),
    ];
    refused_at(&worker.post(&closure, &fields).await, "report_now");
    fields.push(("report_now", "c"));
    assert_eq!(
        worker.post(&closure, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    // pressed twice it is the same; a report written over one that was not seen is asked about
    assert_eq!(
        worker.post(&closure, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let mut other = fields.clone();
    other.retain(|(name, _)| *name != "report_now");
    other.push(("report_now", "d"));
    let asked = worker.post(&closure, &other).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.body.contains("pick-report_now"));
    assert_eq!(
        mv(&worker, "ask_closure", &[("reason", "done")]).await,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        worker.post(&closure, &fields).await.status,
        StatusCode::CONFLICT,
        "frozen"
    );
    let close = [("closure_reason", "stable_in_family")];
    assert_eq!(
        mv(&worker, "close", &close).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let shown = supervisor.get(&closure).await;
    assert!(shown.body.contains("REPORT-ENTRY") && shown.body.contains("value=\"close\""));
    assert_eq!(
        mv(&supervisor, "close", &close).await,
        StatusCode::SEE_OTHER
    );
    let owed = "select string_agg(rule, ' ' order by rule) from app.task where done_at is null and rule like 'after\\_closure%'";
    assert_eq!(
        app.db.ask::<String>(owed).await,
        "after_closure_3m after_closure_6m"
    );
    let after = page("rabat.mine", "/closure/after");
    let check = format!("{FORM}23");
    let today = crate::support::typed_day(0);
    let mut fields = vec![
        ("id", check.as_str()),
        ("months", "3"),
        ("checked_on", "01/01/2026"),
        ("reached", "yes"),
        ("after_words", "AFTER-WORDS"),
    ];
    let refused = worker.post(&after, &fields).await;
    refused_at(&refused, "checked_on");
    refused_at(&refused, "safe");
    // on the day of the closing nobody can know how the child is after three months
    fields[2] = ("checked_on", &today);
    refused_at(&worker.post(&after, &fields).await, "checked_on");
    app.db
        .run(
            "set session_replication_role = replica;
             update app.case_episode set opened_at = opened_at - interval '3 months', closed_at = closed_at - interval '3 months'
             where id = (select id from app.case_episode where closed_at is not null order by closed_at desc limit 1)",
        )
        .await;
    fields.extend([
        ("safe", "yes"),
        ("schooled", "yes"),
        ("begging_again", "no"),
    ]);
    assert_eq!(
        worker.post(&after, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(app.db.ask::<String>(owed).await, "after_closure_6m");
    let again = [("risk", "high"), ("reopen_why", "Seen again at the market")];
    assert_eq!(
        worker
            .post(&page("rabat.mine", "/reopen"), &again)
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        supervisor
            .post(&page("rabat.mine", "/reopen"), &again)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(state(&app).await, "identified");
    assert_eq!(
        supervisor
            .post(&page("rabat.mine", "/reopen"), &again)
            .await
            .status,
        StatusCode::CONFLICT
    );
    let left: i64 = app
        .db
        .ask("select count(*) from app.task where done_at is null and rule like 'after\\_closure%'")
        .await;
    assert_eq!(left, 0, "the visits after a closing end with the opening");
    let page = worker.get(&page("rabat.mine", "")).await;
    assert!(
        page.body.contains("Seen again at the market"),
        "the history of before and why"
    );
}

/// A check three months after, as somebody sends it.
async fn check(who: &Client, n: &str, reached: &str, words: &str) -> Answer {
    let (form, today) = (format!("{FORM}{n}"), crate::support::typed_day(0));
    let mut fields = vec![
        ("id", form.as_str()),
        ("months", "3"),
        ("checked_on", &today),
        ("reached", reached),
        ("after_words", words),
    ];
    if reached == "yes" {
        fields.extend([
            ("safe", "yes"),
            ("schooled", "yes"),
            ("begging_again", "no"),
        ]);
    }
    who.post(&page("rabat.mine", "/closure/after"), &fields)
        .await
}

#[tokio::test]
async fn a_check_after_a_closing_is_made_once_and_a_try_uses_nothing_up() {
    let app = TestApp::new().await;
    let (lead, supervisor) = (
        app.client("worker1.rabat").reading(Lang::En),
        app.client("supervisor.rabat").reading(Lang::En),
    );
    put(&app, "delete from app.after_closure where case_id = $case;
               update app.case_episode set state = 'closed', opened_at = now() - interval '6 months', closed_at = now() - interval '4 months',
               closed_by = (select id from sec.app_user where username = 'supervisor.rabat'), closure_reason = 'objectives_met' where case_id = $case").await;
    let made = "select count(*) || ' ' || count(*) filter (where reached) from app.after_closure
                where case_id = substr(encode(sha256('case rabat.mine'), 'hex'), 1, 32)::uuid";
    let offers_it = async || {
        let shown = lead.get(&page("rabat.mine", "/closure")).await;
        shown.body.contains("<option value=\"3\"")
    };
    // nobody was met: sent twice it is one try, and another may follow
    for _ in 0..2 {
        let tried = check(&lead, "41", "no", "Nobody at home").await;
        assert_eq!(tried.status, StatusCode::SEE_OTHER, "{}", tried.body);
    }
    assert_eq!(app.db.ask::<String>(made).await, "1 0");
    assert!(offers_it().await);
    // two who met the child: the second is told, at once or by the form
    let (one, other) = tokio::join!(
        check(&lead, "42", "yes", "SEEN-BY-LEAD"),
        check(&supervisor, "43", "yes", "SEEN-BY-SUPERVISOR")
    );
    let mut both = [one.status, other.status];
    both.sort_unstable();
    assert_eq!(both[0], StatusCode::SEE_OTHER);
    let told = [StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY];
    assert!(told.contains(&both[1]), "{both:?}");
    assert_eq!(app.db.ask::<String>(made).await, "2 1");
    assert!(!offers_it().await);
    let refused = check(&supervisor, "44", "yes", "SEEN-LATER").await;
    refused_at(&refused, "months");
    assert!(refused.says(Lang::En, "after-made-already") && refused.body.contains("SEEN-LATER"));
    assert!(refused.body.contains("<option value=\"3\" selected"));
    // pressed twice it is the same
    let (who, n, words) = if one.status == StatusCode::SEE_OTHER {
        (&lead, "42", "SEEN-BY-LEAD")
    } else {
        (&supervisor, "43", "SEEN-BY-SUPERVISOR")
    };
    let again = check(who, n, "yes", words).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let amended = check(who, n, "yes", "Other words").await;
    refused_at(&amended, "months");
    assert_eq!(app.db.ask::<String>(made).await, "2 1");
}

#[tokio::test]
async fn a_file_that_is_none_leaves_the_lists_and_is_changed_no_more() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let listed = page("rabat.mine", "\"");
    assert!(supervisor.get("/cases").await.body.contains(&listed));
    refused_at(
        &supervisor.post(&page("rabat.mine", "/void"), &[]).await,
        "void_why",
    );
    let done = supervisor
        .post(
            &page("rabat.mine", "/void"),
            &[("void_why", "Opened twice")],
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(!supervisor.get("/cases").await.body.contains(&listed));
    assert_eq!(
        mv(&supervisor, "draw_up_plan", &[]).await,
        StatusCode::CONFLICT
    );
    let kept: i64 = app.db.ask("select count(*) from app.case_file where void = 'invalid' and void_why_enc is not null").await;
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn turning_eighteen_is_owed_and_moves_with_the_birth() {
    let app = TestApp::new().await;
    let child = id("child rabat.mine");
    app.db
        .run(&format!("update app.person set birth_earliest = '2010-01-01', birth_latest = '2010-03-05', birth_basis = 'estimated' where id = '{child}'"))
        .await;
    let due: String = app.db.ask("select (due_at at time zone 'UTC')::date::text from app.task where rule = 'aftercare_18' and done_at is null and due_at < '2029-01-01'").await;
    assert_eq!(due, "2028-03-05");
    // prepared once a programme takes it up
    app.db
        .run(&format!(
            "update app.service set kind = 'programme_after_care' where id = '{service}';
             insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, by_user, role)
             values (gen_random_uuid(), '{service}', 1, 2, 'sent', 'accepted', '{}', 'social_worker')",
            id("worker1.rabat"),
            service = id("service sent rabat.mine")
        ))
        .await;
    let owed: i64 = app.db.ask(format!("select count(*) from app.task t join app.case_file c on c.id = t.case_id and c.child_id = '{child}' where t.rule = 'aftercare_18' and t.done_at is null")).await;
    assert_eq!(owed, 0);
}

#[tokio::test]
async fn a_contact_with_the_child_of_a_closed_file_offers_to_open_it_again() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    put(&app, "update app.case_episode set state = 'closed', closed_at = now(), closed_by = (select id from sec.app_user where username = 'supervisor.rabat'),
               closure_reason = 'objectives_met' where case_id = $case").await;
    let number: String = app.db.ask("select number from app.case_file where id = substr(encode(sha256('case rabat.mine'), 'hex'), 1, 32)::uuid").await;
    let triage = format!("/contacts/{}/triage", id("contact fresh rabat.mine"));
    let mut fields = vec![
        ("outcome-0", "linked_to_case"),
        ("number-0", number.as_str()),
    ];
    refused_at(&supervisor.post(&triage, &fields).await, "reopen-0");
    fields.push(("reopen-0", "yes"));
    refused_at(&supervisor.post(&triage, &fields).await, "risk-0");
    fields.push(("risk-0", "high"));
    assert_eq!(
        supervisor.post(&triage, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(state(&app).await, "identified");
}

/// All is there for a closing, but what a test then takes away.
const READY: &str = "update app.case_episode set state = 'monitoring' where case_id = $case;
     update app.judicial_file set state = 'closed' where case_id = $case;
     update app.child_view set occasion = 'closure' where case_id = $case";

#[tokio::test]
async fn urgent_help_shared_with_a_protected_sibling_is_waited_for() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let shared = id("service sent rabat.mine");
    put(&app, READY).await;
    let sibling = format!(
        "update app.service set urgent = true, near_protected = true where id = '{shared}';
         insert into app.service_beneficiary (service_id, person_id, case_id, territory_id)
         values ('{shared}', '{}', '{}', 1)",
        id("child rabat.protected"),
        id("case rabat.protected")
    );
    put(&app, &sibling).await;
    let hidden = worker.get(&format!("/services/{shared}")).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    // the two pages and the move say the same
    let mend = format!("href=\"{}\"", page("rabat.mine", "#services"));
    let closure = worker.get(&page("rabat.mine", "/closure")).await;
    assert!(closure.body.contains(&mend), "{}", closure.body);
    assert!(
        worker
            .get(&page("rabat.mine", ""))
            .await
            .says(Lang::En, "lack-emergency-delivered")
    );
    let ask = [("reason", "done")];
    assert_eq!(
        mv(&worker, "ask_closure", &ask).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let given = format!(
        "update app.service set state = 'delivered', delivered_on = current_date where id = '{shared}'"
    );
    put(&app, &given).await;
    assert_eq!(
        mv(&worker, "ask_closure", &ask).await,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_closing_by_kafala_waits_for_its_determination() {
    let app = TestApp::new().await;
    let (worker, supervisor) = (
        app.client("worker1.rabat").reading(Lang::En),
        app.client("supervisor.rabat").reading(Lang::En),
    );
    let proposed = |reason: &str| {
        format!("update app.closing_report set reason = '{reason}' where case_id = $case")
    };
    put(&app, READY).await;
    put(&app, &proposed("kafala_pronounced")).await;
    let mend = format!("href=\"{}\"", page("rabat.mine", "/care-plan"));
    let closure = worker.get(&page("rabat.mine", "/closure")).await;
    assert!(closure.says(Lang::En, "lack-determination") && closure.body.contains(&mend));
    let ask = [("reason", "done")];
    assert_eq!(
        mv(&worker, "ask_closure", &ask).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    // proposed for another reason, and granted for this one
    put(&app, &proposed("objectives_met")).await;
    assert_eq!(
        mv(&worker, "ask_closure", &ask).await,
        StatusCode::SEE_OTHER
    );
    let close = [("move", "close"), ("closure_reason", "kafala_pronounced")];
    let refused = supervisor.post(&page("rabat.mine", "/state"), &close).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::En, "lack-determination") && refused.body.contains(&mend));
    assert_eq!(state(&app).await, "closure_requested");
    put(&app, "update app.best_interests set state = 'approved' where case_id = $case and occasion = 'kafala'").await;
    assert_eq!(
        mv(&supervisor, "close", &close[1..]).await,
        StatusCode::SEE_OTHER
    );
}
