//! Posts: given, ended, looked at once a quarter.

use super::audited;
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use chrono::Datelike;
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

/// What a review left behind: who found right, who took away and when; to read, by the same people.
#[tokio::test]
async fn a_past_quarter_shows_who_found_right_and_who_took_away() {
    let app = TestApp::new().await;
    let dpo = app.client("dpo").reading(Lang::En);
    let today = Clock::system().today();
    let (year, number) = match today.month0() / 3 {
        0 => (today.year() - 1, 4),
        before => (today.year(), before),
    };
    let page = dpo.get("/admin/review").await;
    assert!(
        page.body
            .contains(&format!("href=\"/admin/review/{year}/{number}\"")),
        "the last quarter is one press away"
    );

    // what the administrator does is kept with who did it; put back into the quarter that is looked at
    let admin = app.client("admin");
    for (username, path) in [
        ("worker2.sale", "end".to_owned()),
        (
            "worker2.rabat",
            format!("posts/{}/end", id("assignment worker2.rabat")),
        ),
    ] {
        let path = format!("/admin/users/{}/{path}", id(username));
        let answer = admin.post(&path, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
    }
    let kept = app
        .db
        .list(
            "select 'account ' || c.username from sec.app_user u join sec.app_user c on c.id = u.closed_by
             where u.username = 'worker2.sale' and u.closed_at > now() - interval '1 minute'
             union all
             select 'post ' || e.username from sec.role_assignment a join sec.app_user e on e.id = a.ended_by
             join sec.app_user u on u.id = a.user_id
             where u.username = 'worker2.rabat' and a.ended_at > now() - interval '1 minute'",
        )
        .await;
    assert_eq!(kept, ["account admin", "post admin"]);
    app.db
        .run(
            "update sec.role_assignment a set valid = daterange('2024-02-01', upper(a.valid))
                 from sec.app_user u where u.id = a.user_id and u.username like 'worker2.%';
             update sec.app_user set closed_at = '2024-06-20 10:00Z' where closed_at is not null",
        )
        .await;

    let page = dpo.get("/admin/review/2024/2").await;
    assert_eq!(page.status, StatusCode::OK);
    for word in [
        "former.right",
        "Invented dpo",
        "former.taken",
        "Invented admin",
        "worker2.sale",
        "2024-04-03T10:00:00",
        "2024-05-06T10:00:00",
        "2024-06-20T10:00:00",
    ] {
        assert!(page.body.contains(word), "{word}");
    }
    for key in [
        "review-done",
        "review-past-removed",
        "review-past-closed",
        "review-past-none",
    ] {
        assert!(page.says(Lang::En, key), "{key}");
    }
    let bare = page.body.replace(['\u{2068}', '\u{2069}'], "");
    assert!(bare.contains("1 of 4 reviewed"), "of all that ran");
    assert!(!page.body.contains("action=\"/admin"), "to read only");
    assert!(page.body.contains("href=\"/admin/review/2024/1\""));
    let first = dpo.get("/admin/review/2024/1").await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(!first.body.contains("href=\"/admin/review/2023/4\""));
    let after = dpo.get("/admin/review/2024/3").await;
    assert!(!after.body.contains("worker2.sale"), "closed before");
    assert!(after.body.contains("worker2.rabat"), "ran still");
}

#[tokio::test]
async fn a_quarter_that_is_not_past_has_no_page() {
    let app = TestApp::new().await;
    let dpo = app.client("dpo");
    let today = Clock::system().today();
    let running = format!("{}/{}", today.year(), today.month0() / 3 + 1);
    let answer = dpo.get(&format!("/admin/review/{running}")).await;
    assert_eq!(answer.location(), "/admin/review");
    let next_year = format!("{}/1", today.year() + 1);
    for quarter in [
        next_year.as_str(),
        "2024/0",
        "2024/5",
        "2024/-1",
        "2024/x",
        "x/1",
        "2023/4",
        "1999/4",
        "-4713/1",
        "2147483647/4",
        "99999999999/1",
    ] {
        let answer = dpo.get(&format!("/admin/review/{quarter}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{quarter}");
    }
}
