//! Partners: in what capacity, from when to when, and what they were called then.

use super::{committee, is_done, is_refused, send, shown, with};
use crate::support::typed_day;
use axum::http::StatusCode;
use sanad::i18n::Lang;

/// The ministry changed its name; a page of a past day calls it what it was called.
#[tokio::test]
async fn a_page_of_a_past_day_shows_the_names_of_that_day() {
    let (app, _) = committee().await;
    let reader = app.client("worker1.rabat").reading(Lang::En);
    let now = "Ministry of Solidarity, Social Inclusion and Family";
    let then = "Ministry of Solidarity, Social Development, Equality and Family";
    let page = reader.get("/plan/partners").await.body;
    assert!(page.contains(now) && !page.contains(then), "{page}");
    let page = reader.get("/plan/partners?on=01/01/2021").await.body;
    assert!(page.contains(then) && !page.contains(now), "{page}");
    // the day it became a partner, and the day before
    assert!(
        reader
            .get("/plan/partners?on=04/12/2019")
            .await
            .body
            .contains(then)
    );
    assert!(
        !reader
            .get("/plan/partners?on=03/12/2019")
            .await
            .body
            .contains(then)
    );
    for day in ["31/10/2019", "31/02/2024", &typed_day(1)] {
        let asked = reader.get(&format!("/plan/partners?on={day}")).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
    }
}

#[tokio::test]
async fn a_partner_is_entered_renamed_and_ended() {
    let (app, steering) = committee().await;
    let typed = [
        ("org_type", "association"),
        ("name_ar", "جمعية مختلقة"),
        ("name_la", "Association inventée"),
        ("partner_role", "association"),
        ("city", "rabat"),
        ("since", "01/03/2022"),
    ];
    let sent = send(&steering, "/plan/partners/new", &typed).await;
    let partner = is_done(&sent).to_owned();
    // a letter can be addressed to it at once
    let blank = steering.get("/plan/letters/new").await;
    assert!(blank.body.contains("Association inventée"));

    let name = format!("{partner}/name");
    let fields = shown(&steering, &partner, &name).await;
    let renamed = [
        ("named_from", "01/06/2023"),
        ("name_ar", "جمعية مختلقة جديدة"),
        ("name_la", "Association renommée"),
    ];
    let fields = with(&fields, &renamed);
    let answer = super::post(&steering, &name, &fields).await;
    assert_eq!(is_done(&answer), partner);
    is_done(&super::post(&steering, &name, &fields).await);
    let reader = app.client("worker1.rabat").reading(Lang::Fr);
    for (day, known) in [
        ("28/02/2022", None),
        ("01/03/2022", Some("Association inventée")),
        ("31/05/2023", Some("Association inventée")),
        ("01/06/2023", Some("Association renommée")),
    ] {
        let page = reader.get(&format!("/plan/partners?on={day}")).await.body;
        for name in ["Association inventée", "Association renommée"] {
            assert_eq!(page.contains(name), known == Some(name), "{day} {name}");
        }
    }
    let earlier = with(&fields, &[("named_from", "01/05/2023")]);
    is_refused(&super::post(&steering, &name, &earlier).await, "named_from");

    let end = format!("{partner}/end");
    is_refused(
        &steering.post(&end, &[("until", "28/02/2022")]).await,
        "until",
    );
    is_done(&steering.post(&end, &[("until", "31/12/2023")]).await);
    is_done(&steering.post(&end, &[("until", "31/12/2024")]).await);
    for (day, is_there) in [("31/12/2023", true), ("01/01/2024", false)] {
        let page = reader.get(&format!("/plan/partners?on={day}")).await.body;
        assert_eq!(page.contains("Association renommée"), is_there, "{day}");
    }
    let acts = app
        .db
        .list("select action from audit.event where action like 'plan\\_partner%' order by id")
        .await;
    assert_eq!(
        acts,
        [
            "plan_partner.added",
            "plan_partner.named",
            "plan_partner.ended"
        ]
    );
    // readers change nothing
    for (path, fields) in [(&name, renamed[0]), (&end, ("until", "01/01/2024"))] {
        let refused = app.client("supervisor.rabat").post(path, &[fields]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_partner_is_one_once_in_a_capacity() {
    let (_app, steering) = committee().await;
    let typed = [
        ("organisation", "ministry_solidarity"),
        ("partner_role", "co_owner"),
    ];
    let known = send(&steering, "/plan/partners/new", &typed).await;
    is_refused(&known, "organisation");
    assert!(known.says(Lang::En, "plan-partner-known"));
    let other = [
        ("organisation", "ministry_solidarity"),
        ("partner_role", "department"),
    ];
    is_done(&send(&steering, "/plan/partners/new", &other).await);
    // neither one of the list nor a new one
    let nobody = [("partner_role", "department")];
    let sent = send(&steering, "/plan/partners/new", &nobody).await;
    for field in ["org_type", "name_ar", "name_la"] {
        is_refused(&sent, field);
    }
}
