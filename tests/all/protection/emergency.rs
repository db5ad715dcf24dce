//! The glass that is broken for an hour.

use super::{WHY, fresh, number};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn an_emergency_is_read_only_short_told_and_reviewed_by_another() {
    let app = TestApp::new().await;
    let stranger = app.client("worker1.rabat");
    let number = number(&app, "rabat.protected").await;
    let case = format!("/cases/{}", id("case rabat.protected"));
    let glass = async |number: &str, text: &str| {
        let fields = [
            ("id", &*fresh()),
            ("number", number),
            ("reason", "danger_now"),
            ("text", text),
        ];
        stranger.post("/protection/emergency", &fields).await
    };
    let short = glass(&number, "خطر").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sale = self::number(&app, "sale.mine").await;
    let mine = self::number(&app, "rabat.mine").await;
    for wrong in ["RAB-2026-99999-A", &sale, &mine] {
        let answer = glass(wrong, WHY).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(
            answer.says(Lang::Ar, "emergency-no-file"),
            "one answer for all"
        );
    }
    let tried = "select count(*)::text from audit.event where action = 'emergency.not_begun'";
    assert_eq!(app.db.list(tried).await, ["3"], "each try is written down");

    assert_eq!(stranger.get(&case).await.status, StatusCode::NOT_FOUND);
    let answer = glass(&number, WHY).await;
    assert_eq!(answer.location(), case);
    let page = stranger.get(&case).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("CANARY-child-rabat.protected"),
        "the name opens"
    );
    assert!(!page.body.contains("name=\"to\""), "no move is offered");
    for path in ["/cases", "/contacts", "/plan", "/notices"] {
        let other = stranger.get(path).await;
        assert!(other.says(Lang::Ar, "emergency-banner"), "{path}");
    }
    for (path, fields) in [
        (format!("{case}/state"), vec![("move", "draw_up_plan")]),
        (
            format!("{case}/protection"),
            vec![("reason", "threat"), ("text", WHY)],
        ),
        (format!("{case}/clinical"), vec![]),
        (
            format!("/children/{}/family/new", id("child rabat.protected")),
            vec![("who", "new"), ("kind", "father")],
        ),
    ] {
        let status = stranger.post(&path, &fields).await.status;
        assert!(
            [StatusCode::FORBIDDEN, StatusCode::UNPROCESSABLE_ENTITY].contains(&status),
            "{path}: {status}"
        );
    }
    let open = "select id::text from app.emergency_access where ended_at is null";
    let emergency = app.db.list(open).await.remove(0);
    let review = format!("/protection/emergency/{emergency}/review");
    let verdict = [("verdict", "justified"), ("text", WHY)];
    let dpo = app.client("dpo");
    assert_eq!(
        dpo.post(&review, &verdict).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "still open"
    );
    let end = format!("/protection/emergency/{emergency}/end");
    assert_eq!(stranger.post(&end, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stranger.get(&case).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&review).await.status, StatusCode::FORBIDDEN);
    let page = dpo.get(&review).await;
    assert!(page.body.contains(WHY), "who reviews reads the reason");
    assert!(!page.body.contains("CANARY-child"), "and not the child");
    let short = [("verdict", "justified"), ("text", "نعم")];
    assert_eq!(
        dpo.post(&review, &short).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        dpo.post(&review, &verdict).await.status,
        StatusCode::SEE_OTHER
    );
    let twice = dpo.post(&review, &verdict).await;
    assert_eq!(twice.status, StatusCode::SEE_OTHER, "pressed twice");
    let amended = format!("{WHY}: AMENDED");
    let other = [("verdict", "unjustified"), ("text", amended.as_str())];
    let told = dpo.post(&review, &other).await;
    assert_eq!(told.status, StatusCode::CONFLICT, "once");
    assert!(told.body.contains("AMENDED"), "what was typed is kept");
    let told = format!(
        "select 'x' from app.notice where kind = 'glass_reviewed' and recipient = '{}'",
        id("worker1.rabat")
    );
    assert_eq!(app.db.list(&told).await.len(), 1);
}
