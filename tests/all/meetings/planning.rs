//! Planning a meeting, changing it, and reading of it.

use super::{BAD, DONE, LIST, NEW, count, meeting, plan, planned, send, with};
use crate::support::{TestApp, html::forms, typed_day as day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_meeting_is_planned_once_and_read_in_its_city() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let page = plan(&supervisor, &planned(4)).await;
    // pressed twice
    assert_eq!(plan(&supervisor, &planned(4)).await, page);
    assert_eq!(
        count(&app, "audit.event where action = 'meeting.planned'").await,
        1
    );
    for (username, status) in [
        ("supervisor.rabat", 200),
        ("worker1.rabat", 200),
        ("focal.rabat", 200),
        ("prosecutor.rabat", 200),
        ("steering", 200),
        ("worker1.sale", 404),
        ("supervisor.sale", 404),
        ("prosecutor.sale", 404),
        ("institution.rabat", 403),
        ("admin", 403),
    ] {
        let reader = app.client(username).reading(Lang::En);
        let answer = reader.get(&page).await;
        assert_eq!(answer.status.as_u16(), status, "{username}");
        let listed = reader.get(LIST).await.body.contains(&page);
        assert_eq!(listed, status == 200, "{username}");
        if status == 200 {
            assert!(answer.body.contains("نقطة ثانية"), "{username}");
            assert!(answer.says(Lang::En, "meeting-no-names"));
        }
    }
}

#[tokio::test]
async fn a_meeting_that_cannot_be_is_told_beside_the_field_and_nothing_is_lost() {
    let app = TestApp::new().await;
    let far = day(800);
    for (field, typed, key) in [
        ("day", "03/12/2019", "team-before-plan"),
        ("day", "31/02/2026", "error-date-none"),
        ("day", far.as_str(), "team-too-far"),
        ("hour", "25:00", "error-time"),
        ("meeting_kind", "steering", "error-choice"),
        ("meeting_kind", "", "error-required"),
        ("meeting_how", "by_letter", "error-choice"),
        ("meeting_place", "", "error-required"),
    ] {
        for lang in Lang::ALL {
            let supervisor = app.client("supervisor.rabat").reading(lang);
            let answer = send(&supervisor, NEW, &with(planned(4), &[(field, typed)])).await;
            assert_eq!(answer.status, BAD, "{field} {typed}");
            assert!(answer.says(lang, key), "{field} {typed} {lang:?}");
            assert!(answer.body.contains("نقطة ثانية"), "nothing typed is lost");
        }
    }
    let long = (0..31)
        .map(|n| n.to_string())
        .collect::<Vec<_>>()
        .join("\n");
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let answer = send(&supervisor, NEW, &with(planned(4), &[("agenda", &long)])).await;
    assert_eq!(answer.status, BAD);
    assert!(answer.body.contains("id=\"agenda-error\""));
    assert_eq!(count(&app, "plan.team_meeting").await, 8);
}

#[tokio::test]
async fn nobody_meets_about_a_city_in_which_the_plan_does_not_run() {
    let app = TestApp::new().await;
    // this process learns of it later: the database knows it now
    app.db
        .run("update plan.city set status = 'suspended' where slug = 'rabat'")
        .await;
    for lang in Lang::ALL {
        let supervisor = app.client("supervisor.rabat").reading(lang);
        let answer = send(&supervisor, NEW, &planned(4)).await;
        assert_eq!(answer.status, BAD);
        assert!(answer.says(lang, "meeting-city-inactive"), "{lang:?}");
        assert!(answer.body.contains("قاعة مختلقة جدا"));
    }
    let steering = app.client("steering").reading(Lang::En);
    let committee = with(
        planned(4),
        &[("meeting_kind", "steering"), ("meeting_city", "1")],
    );
    let answer = send(&steering, NEW, &committee).await;
    assert_eq!(answer.status, BAD);
    assert!(answer.says(Lang::En, "meeting-city-inactive"));
    for (typed, key) in [
        (("meeting_city", ""), "error-required"),
        (("meeting_city", "999"), "meeting-city-inactive"),
        (("meeting_city", "x"), "error-choice"),
        (("meeting_kind", "periodic"), "error-choice"),
    ] {
        let answer = send(&steering, NEW, &with(committee.clone(), &[typed])).await;
        assert_eq!(answer.status, BAD, "{typed:?}");
        assert!(answer.says(Lang::En, key), "{typed:?}: {}", answer.body);
    }
    assert_eq!(count(&app, "plan.team_meeting").await, 8);
}

#[tokio::test]
async fn the_committee_keeps_its_own_meetings_and_reads_those_of_the_teams() {
    let app = TestApp::new().await;
    let steering = app.client("steering").reading(Lang::En);
    let about = [("meeting_kind", "steering"), ("meeting_city", "1")];
    let fields = with(planned(0), &about);
    let page = plan(&steering, &fields).await;
    for (username, status) in [
        ("supervisor.rabat", 200),
        ("worker1.rabat", 200),
        ("supervisor.sale", 404),
    ] {
        let answer = app.client(username).get(&page).await;
        assert_eq!(answer.status.as_u16(), status, "{username}");
    }
    // who reads of it says nothing of it
    for username in ["supervisor.rabat", "worker1.rabat"] {
        let answer = app
            .client(username)
            .post(&format!("{page}/held"), &[])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{username}");
    }
    let team = meeting("rabat.mine");
    assert_eq!(steering.get(&team).await.status, StatusCode::OK);
    for act in ["held", "cancel", "attendance", "points", "edit"] {
        let answer = steering.post(&format!("{team}/{act}"), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{act}");
    }
    // of the bodies that are called to it one says who came
    assert_eq!(
        steering.post(&format!("{page}/held"), &[]).await.status,
        DONE
    );
    let shown = steering.get(&page).await;
    let sheet = forms(&shown.body, &page)
        .into_iter()
        .find(|form| form.action.ends_with("/attendance"))
        .unwrap();
    let first = sheet.names()[0].to_owned();
    assert!(first.starts_with("body-"), "{first}");
    let answer = steering
        .post(&sheet.action, &[(first.as_str(), "excused")])
        .await;
    assert_eq!(answer.status, DONE);
    let answer = steering
        .post(&sheet.action, &[(first.as_str(), "alternate")])
        .await;
    assert_eq!(answer.status, BAD);
    assert_eq!(
        count(
            &app,
            "plan.attendance where organisation_code is not null and state = 'excused'"
        )
        .await,
        1
    );
}

#[tokio::test]
async fn what_was_published_stands_in_the_lists_as_it_was() {
    let app = TestApp::new().await;
    for (username, published) in [
        ("steering", 6),
        ("worker1.rabat", 2),
        ("prosecutor.sale", 2),
    ] {
        let reader = app.client(username).reading(Lang::En);
        let page = reader.get(LIST).await;
        let found = page.body.matches(&Lang::En.t("plan-sourced")).count();
        assert_eq!(found, published, "{username}");
    }
    let steering = app.client("steering").reading(Lang::En);
    for (query, published) in [
        ("kind=first", 4),
        ("kind=first&city=tanger", 1),
        ("kind=steering", 1),
        ("state=planned", 0),
        ("state=held&city=sale", 2),
        ("kind=none&city=none&state=none", 6),
    ] {
        let page = steering.get(&format!("{LIST}?{query}")).await;
        let found = page.body.matches(&Lang::En.t("plan-sourced")).count();
        assert_eq!(found, published, "{query}");
    }
    // the briefing of February 2021 was held from afar
    let page = steering.get(&format!("{LIST}?kind=coordination")).await;
    assert!(page.says(Lang::En, "meeting-remote"));
}

#[tokio::test]
async fn a_meeting_that_is_planned_can_be_changed_and_two_are_not_one() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let page = plan(&supervisor, &planned(4)).await;
    let shown = supervisor.get(&page).await;
    let sheet = forms(&shown.body, &page)
        .into_iter()
        .find(|form| form.action.ends_with("/edit"))
        .unwrap();
    let changed = |place: &'static str| {
        let mut pairs = sheet.pairs();
        pairs.retain(|(name, _)| *name != "meeting_place");
        pairs.push(("meeting_place", place));
        pairs
    };
    // pressed twice
    for _ in 0..2 {
        let answer = supervisor.post(&sheet.action, &changed("مكان آخر")).await;
        assert_eq!(answer.status, DONE, "{}", answer.body);
    }
    let trail = app
        .db
        .list("select fields->>'fields' from audit.event where action = 'meeting.changed'")
        .await;
    assert_eq!(trail, ["[\"place\"]"]);
    let asked = supervisor.post(&sheet.action, &changed("مكان ثالث")).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.body.contains("مكان آخر") && asked.body.contains("مكان ثالث"));
}
