//! Where an institution has no account, the cell tells what becomes of the child; where it has one, it does itself.

use super::{counts, free_all, request, send, sql, today};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn the_cell_tells_what_an_institution_without_an_account_cannot() {
    let app = TestApp::new().await;
    free_all(&app).await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (case, group, hold) = (
        id("case rabat.mine"),
        id("group rabat.colleague"),
        id("a hold by telephone"),
    );
    let page = format!("/cases/{case}/shelter");
    let asked = send(&worker, &page, &request(hold, group)).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert!(
        worker
            .get(&page)
            .await
            .says(Lang::En, "placement-told-hint-cell")
    );
    let told = format!("{page}/{hold}/told");
    // what is wrong is told beside its field, with what was typed
    let ahead = [("move", "admit"), ("day", "01/01/2199"), ("version", "2")];
    let wrong = worker.post(&told, &ahead).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says(Lang::En, "error-date-future") && wrong.body.contains("01/01/2199"));
    // a page that is late
    let day = today();
    let stale = [("move", "admit"), ("day", day.as_str()), ("version", "1")];
    let late = worker.post(&told, &stale).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says(Lang::En, "shelter-moved") && late.body.contains("move-error"));
    let mut version = 2;
    let mut step = async |made: &str, more: &[(&str, &str)]| {
        let (day, now) = (today(), version.to_string());
        let mut fields = vec![("move", made), ("day", day.as_str()), ("version", &now)];
        fields.extend(more);
        let answer = worker.post(&told, &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{made}: {}",
            answer.body
        );
        version += 1;
    };
    step("admit", &[]).await;
    assert_eq!(counts(&app, group).await, (0, 1));
    step("leave", &[]).await;
    step("run_away", &[]).await;
    step("return", &[]).await;
    step("discharge", &[("destination", "extended_family")]).await;
    assert_eq!(counts(&app, group).await, (0, 0));
    let written: String = app
        .db
        .ask(sql(format!(
            "select string_agg(to_state || case when by_cell then '!' else '' end, ' ' order by at)
             from app.bed_move where hold_id = '{hold}' and from_state is not null"
        )))
        .await;
    assert_eq!(
        written,
        "held admitted! left! ran_away! admitted! discharged!"
    );
    let log = app.client("dpo").reading(Lang::En).get("/audit").await;
    assert!(log.says(Lang::En, "audit-by-cell-true"));
    assert!(log.says(Lang::En, "bed-state-ran-away"));
}

#[tokio::test]
async fn an_institution_that_has_an_account_tells_it_itself() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (case, hold) = (id("case rabat.mine"), id("hold rabat.mine"));
    let page = format!("/cases/{case}/shelter");
    assert!(
        !worker
            .get(&page)
            .await
            .says(Lang::En, "placement-told-hint-cell")
    );
    let day = today();
    let admits = [("move", "admit"), ("day", day.as_str()), ("version", "2")];
    let told = worker.post(&format!("{page}/{hold}/told"), &admits).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.says(Lang::En, "placement-told-by-desk"));
    let state: String = app
        .db
        .ask(sql(format!(
            "select state from app.bed_hold where id = '{hold}'"
        )))
        .await;
    assert_eq!(state, "held");
    let manager = app.client("institution.rabat").reading(Lang::En);
    let desk = manager
        .post(&format!("/shelter/holds/{hold}"), &admits)
        .await;
    assert_eq!(desk.status, StatusCode::SEE_OTHER, "{}", desk.body);
    let by_cell: bool = app
        .db
        .ask(sql(format!(
            "select by_cell from app.bed_move where hold_id = '{hold}' and to_state = 'admitted'"
        )))
        .await;
    assert!(!by_cell);
    let log = app.client("dpo").reading(Lang::En).get("/audit").await;
    assert!(log.says(Lang::En, "audit-by-cell-false"));
}
