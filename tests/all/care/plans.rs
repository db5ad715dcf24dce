//! The plan, and its answer.

use super::{BAD, OK, Place, plain};
use crate::support::{id, typed_day as day, world};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

#[tokio::test]
async fn a_plan_is_answered_by_another_and_carries_the_file_on() {
    let place = Place::new().await;
    let (worker, supervisor) = (place.worker(), place.supervisor());
    assert_eq!(
        place.submit("early", &[]).await.0,
        BAD,
        "the file is being assessed"
    );
    assert_eq!(place.assess(&worker, "first", "education", "3").await.0, OK);
    assert_eq!(
        place
            .post(&worker, "/state", &[("move", "draw_up_plan")])
            .await
            .0,
        OK
    );
    let yesterday = day(-1);
    for (what, more) in [
        ("the past", ("goal-0-a0-due", yesterday.as_str())),
        ("no domain of the list", ("goal-0-domain", "magic")),
        ("no provider", ("goal-0-a0-responsible", "")),
        ("no occasion of the list", ("goal-0-a0-occasion", "holiday")),
        ("nothing to do", ("goal-0-a0-what", "")),
    ] {
        let (status, body) = place.submit("plan", &[more]).await;
        assert_eq!(status, BAD, "{what}");
        assert!(
            body.contains("Back to school"),
            "{what}: what was typed is kept"
        );
    }
    assert_eq!(
        place.rows("care_plan").await + place.rows("plan_goal").await,
        0
    );
    assert_eq!(
        place
            .submit("plan", &[("goal-0-a0-occasion", "separation")])
            .await
            .0,
        OK
    );
    assert_eq!(place.owes().await, ["plan_answer 1", "reassess 1"]);
    let plan = format!("/care-plan/{}/answer", id("plan"));
    let approve = [("answer", "approve")];
    assert_eq!(
        place.post(&worker, &plan, &approve).await.0,
        StatusCode::FORBIDDEN
    );
    let (status, body) = place.post(&supervisor, &plan, &approve).await;
    assert_eq!(status, BAD, "no determination");
    assert!(body.contains("/best-interests?occasion=separation"));
    // two options at least, the child's view, and somebody else's answer
    let (form, met) = (id("determination").to_string(), day(0));
    let mut weighed = vec![
        ("id", form.as_str()),
        ("occasion", "separation"),
        ("met_on", met.as_str()),
    ];
    for field in [
        "option-0-what",
        "option-0-pro",
        "option-0-contra",
        "option-1-what",
        "option-1-pro",
        "child_view",
        "participants",
        "conclusion",
    ] {
        weighed.push((field, "words"));
    }
    assert_eq!(
        place.post(&worker, "/best-interests", &weighed).await.0,
        BAD
    );
    weighed.push(("option-1-contra", "words"));
    assert_eq!(place.post(&worker, "/best-interests", &weighed).await.0, OK);
    let one = format!("/best-interests/{form}/answer");
    assert_eq!(place.post(&supervisor, &one, &approve).await.0, OK);
    assert_eq!(
        place.post(&supervisor, &one, &approve).await.0,
        StatusCode::CONFLICT
    );
    // of two approvals at once one wins
    let path = format!("{}{plan}", place.case);
    let (a, b) = tokio::join!(
        supervisor.post(&path, &approve),
        supervisor.post(&path, &approve)
    );
    let mut both = [a.status.as_u16(), b.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    assert_eq!(place.episode().await, "implementation medium");
    assert_eq!(
        place.owes().await,
        ["plan_action 1", "plan_review 1", "reassess 1"]
    );
    // the next version is returned: words are needed, and the first stays in force
    assert_eq!(
        place
            .submit(
                "later",
                &[("goal-0-a0-number", "1"), ("goal-0-a0-what", "Enrol both")]
            )
            .await
            .0,
        OK
    );
    let later = format!("/care-plan/{}/answer", id("later"));
    assert_eq!(
        place
            .post(&supervisor, &later, &[("answer", "return")])
            .await
            .0,
        BAD
    );
    let back = [("answer", "return"), ("comments", "Say who goes along")];
    assert_eq!(place.post(&supervisor, &later, &back).await.0, OK);
    assert_eq!(
        place.owes().await,
        [
            "plan_action 1",
            "plan_returned 2",
            "plan_review 1",
            "reassess 1"
        ]
    );
    let page = worker.get(&format!("{}/care-plan", place.case)).await;
    assert!(page.body.contains("Say who goes along") && page.body.contains("Enrol the child"));
    let page = worker.get(&format!("{}/care-plan/form", place.case)).await;
    assert!(
        page.body.contains("Enrol both"),
        "the next begins with what was returned"
    );
    // and the third comes into force, with the same action under the same number
    assert_eq!(
        place
            .submit(
                "third",
                &[("goal-0-a0-number", "1"), ("goal-0-a0-what", "Enrol both")]
            )
            .await
            .0,
        OK
    );
    let page = supervisor
        .get(&format!("{}/care-plan/{}", place.case, id("third")))
        .await;
    assert!(plain(&page.body).contains("Version 3"));
    assert_eq!(
        place
            .post(
                &supervisor,
                &format!("/care-plan/{}/answer", id("third")),
                &approve
            )
            .await
            .0,
        OK
    );
    assert_eq!(
        place.owes().await,
        ["plan_action 1", "plan_review 1", "reassess 1"]
    );
    let action: String = place
        .app
        .db
        .list(&format!(
            "select a.id::text from app.plan_action a where a.plan_id = '{}'",
            id("third")
        ))
        .await
        .remove(0);
    let close = format!("/plan-actions/{action}");
    assert_eq!(
        place.post(&worker, &close, &[("state", "dropped")]).await.0,
        BAD,
        "why?"
    );
    assert_eq!(
        place.post(&worker, &close, &[("state", "done")]).await.0,
        OK
    );
    assert_eq!(place.owes().await, ["plan_review 1", "reassess 1"]);
}

#[tokio::test]
async fn who_drew_a_plan_up_does_not_answer_it_and_a_closed_file_has_none() {
    let place = Place::new().await;
    let supervisor = place.supervisor();
    place
        .app
        .db
        .run("set session_replication_role = replica; update app.case_episode set state = 'planning'")
        .await;
    let (form, due) = (id("own").to_string(), day(3));
    let fields = [
        ("id", form.as_str()),
        ("version", "0"),
        ("act", "submit"),
        ("goal-0-domain", "safety"),
        ("goal-0-text", "Safe"),
        ("goal-0-a0-what", "Stay"),
        ("goal-0-a0-success", "Safe"),
        ("goal-0-a0-responsible", "Me"),
        ("goal-0-a0-due", due.as_str()),
    ];
    assert_eq!(
        place.post(&supervisor, "/care-plan/form", &fields).await.0,
        OK
    );
    let answer = format!("/care-plan/{form}/answer");
    let (status, body) = place
        .post(&supervisor, &answer, &[("answer", "approve")])
        .await;
    assert_eq!(status, BAD);
    assert!(body.contains(&Lang::En.t("care-plan-four-eyes")));
    let approved = "select count(*)::text from app.care_plan where state = 'approved' and id = ";
    let approved = place.app.db.list(&format!("{approved}'{form}'")).await;
    assert_eq!(approved, ["0"]);
    place
        .app
        .db
        .run("set session_replication_role = replica;
              update app.case_episode set state = 'closed', closed_at = now(), closed_by = opened_by,
                     closure_reason = (select code from ref.closure_reason order by sort limit 1)
              from (select id as file, opened_by from app.case_file) f where f.file = case_id")
        .await;
    let another = id("another").to_string();
    let mut fields = fields.to_vec();
    fields.retain(|(name, _)| *name != "id");
    fields.push(("id", &another));
    let (status, body) = place.post(&supervisor, "/care-plan/form", &fields).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(body.contains(&Lang::En.t("care-plan-file-closed")));
    assert_eq!(
        place.assess(&supervisor, "late", "safety", "1").await.0,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn who_rewrites_the_draft_of_another_and_submits_it_does_not_answer_it() {
    let place = Place::new().await;
    let supervisor = place.supervisor();
    place
        .app
        .db
        .run("set session_replication_role = replica; update app.case_episode set state = 'planning'")
        .await;
    assert_eq!(place.submit("shared", &[("act", "save")]).await.0, OK);
    let (form, due) = (id("shared").to_string(), day(20));
    let fields = [
        ("id", form.as_str()),
        ("version", "1"),
        ("act", "submit"),
        ("goal-0-domain", "safety"),
        ("goal-0-text", "Rewritten"),
        ("goal-0-a0-what", "Stay"),
        ("goal-0-a0-success", "Safe"),
        ("goal-0-a0-responsible", "Me"),
        ("goal-0-a0-due", due.as_str()),
    ];
    assert_eq!(
        place.post(&supervisor, "/care-plan/form", &fields).await.0,
        OK
    );
    let answer = format!("/care-plan/{form}/answer");
    let approve = [("answer", "approve")];
    let (status, body) = place.post(&supervisor, &answer, &approve).await;
    assert_eq!(status, BAD);
    assert!(body.contains(&Lang::En.t("care-plan-four-eyes")));
    // the database holds the same rule
    let raw = format!(
        "update app.care_plan set state = 'approved', answered_by = '{}', answered_at = now(), review_due_at = now()
         where id = '{form}'",
        id("supervisor.rabat")
    );
    let mut owner = place.app.db.connect("postgres").await;
    let raw = sqlx::raw_sql(sqlx::AssertSqlSafe(raw));
    assert!(raw.execute(&mut owner).await.is_err());
    let rabat = world::Place::Prefecture(world::RABAT);
    let other = place.app.as_role(Role::Supervisor, rabat).await;
    assert_eq!(place.post(&other, &answer, &approve).await.0, OK);
}
