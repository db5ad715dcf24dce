//! Posts: given, ended, looked at once a quarter.

use super::audited;
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::{clock::Clock, i18n::Lang};

#[tokio::test]
async fn a_post_is_given_with_its_place_its_time_and_its_letter() {
    let app = TestApp::new().await;
    let admin = app.client("admin");
    let path = format!("/admin/users/{}/posts", id("worker1.rabat"));
    let today = Clock::system().today().format("%d/%m/%Y").to_string();
    let new = id("a new post").to_string();
    let with = async |fields: &[(&str, &str)]| {
        let base = [
            ("id", new.as_str()),
            ("since", today.as_str()),
            ("designation", "رسالة 12/2026"),
        ];
        let kept = base
            .into_iter()
            .filter(|(name, _)| !fields.iter().any(|(n, _)| n == name));
        let all: Vec<_> = kept.chain(fields.iter().copied()).collect();
        admin.post(&path, &all).await
    };
    for (fields, field) in [
        (&[("role", "prosecutor")][..], "court"),
        (&[("role", "social_worker")], "territory"),
        (&[("role", "steering"), ("court", "11")], "court"),
        (
            &[
                ("role", "focal_point"),
                ("territory", "2"),
                ("organisation", "hospital_cell_rabat"),
            ],
            "organisation",
        ),
        (&[("role", "steering"), ("until", "01/01/2020")], "until"),
        (&[("role", "steering"), ("designation", "")], "designation"),
        (&[("role", "social_worker"), ("territory", "1")], "role"),
        (&[("role", "king")], "role"),
    ] {
        let answer = with(fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{fields:?}"
        );
        assert!(
            answer.body.contains(&format!("href=\"#{field}\"")),
            "{fields:?}"
        );
    }
    let given = with(&[("role", "supervisor"), ("territory", "2")]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    assert_eq!(
        with(&[("role", "supervisor"), ("territory", "2")])
            .await
            .status,
        StatusCode::SEE_OTHER,
        "pressed twice"
    );
    let letters = app
        .db
        .list("select designation from sec.role_assignment where designation is not null")
        .await;
    assert_eq!(letters, ["رسالة 12/2026"]);
    assert_eq!(audited(&app, "post.given").await, 1);
    // one that began today ends today, and leaves a page that can be read
    let end = format!("{path}/{new}/end");
    assert_eq!(admin.post(&end, &[]).await.status, StatusCode::SEE_OTHER);
    let page = admin
        .get(&format!("/admin/users/{}", id("worker1.rabat")))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("رسالة 12/2026"), "it never ran");
}

#[tokio::test]
async fn a_post_is_reviewed_once_a_quarter_by_somebody_else() {
    let app = TestApp::new().await;
    let dpo = app.client("dpo");
    for (post, marked) in [
        ("assignment worker1.rabat", 1),
        ("assignment worker1.rabat", 1),
        ("assignment dpo", 1),
    ] {
        dpo.post(&format!("/admin/review/{}", id(post)), &[]).await;
        assert_eq!(audited(&app, "post.reviewed").await, marked, "{post}");
    }
    let page = dpo.get("/admin/review").await;
    assert!(page.says(Lang::Ar, "review-own"));
}
