//! A child who comes after its hold ran out: received for three days, while a place is free and nobody else has it.

use super::{counts, free_all, more_files, request, send, sql, today};
use crate::support::{Answer, Client, TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Rabat's house, in which one place is not taken by others; the hold of a child ran out so long ago.
async fn with_one_place(ago: &str) -> (TestApp, Uuid, Uuid) {
    let app = TestApp::new().await;
    let (group, hold) = (id("group rabat.mine"), id("hold rabat.mine"));
    app.db
        .run(&format!(
            "update app.bed_group set capacity = 5, closed = 1, others = 3 where id = '{group}';
             update app.bed_hold set until = now() - interval '{ago}' where id = '{hold}'"
        ))
        .await;
    (app, group, hold)
}

/// The job has not run: the page says already what it will.
async fn receive(manager: &Client, hold: Uuid) -> Answer {
    let day = today();
    let fields = [
        ("move", "receive_late"),
        ("day", day.as_str()),
        ("version", "3"),
    ];
    manager
        .post(&format!("/shelter/holds/{hold}"), &fields)
        .await
}

#[tokio::test]
async fn a_child_who_comes_late_is_received() {
    let (app, group, hold) = with_one_place("2 days").await;
    let manager = app.client("institution.rabat").reading(Lang::En);
    let sheet = format!("/shelter/holds/{hold}");
    let desk = manager.get("/shelter/desk").await;
    assert!(desk.says(Lang::En, "desk-late") && desk.body.contains(&sheet));
    let page = manager.get(&sheet).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says(Lang::En, "bed-receive-late") && page.body.contains("CANARY-SHEET"));
    let received = receive(&manager, hold).await;
    assert_eq!(received.status, StatusCode::SEE_OTHER, "{}", received.body);
    assert_eq!(counts(&app, group).await, (0, 1));
    let owed: i64 = app
        .db
        .ask(sql(format!(
            "select count(*) from app.task where case_id = '{}' and rule = 'bed_again' and done_at is null",
            id("case rabat.mine")
        )))
        .await;
    assert_eq!(owed, 0, "no other place is sought");
}

#[tokio::test]
async fn who_comes_late_and_finds_the_place_taken_is_told_beside_the_field() {
    let (app, group, hold) = with_one_place("1 day").await;
    let manager = app.client("institution.rabat").reading(Lang::En);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let files = more_files(&app, 1).await;
    let path = format!("/cases/{}/shelter", files[0]);
    let taken = send(&worker, &path, &request(id("hold meanwhile"), group)).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let late = receive(&manager, hold).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let beside = late.body.split("move-error").nth(1).unwrap_or_default();
    assert!(beside.contains(&Lang::En.t("places-none-free")));
    assert!(late.body.contains(&today()), "what was typed is kept");
    assert!(
        late.body.contains("value=\"receive_late\" checked"),
        "what was chosen too"
    );
    assert_eq!(counts(&app, group).await, (1, 0));
    let state: String = app
        .db
        .ask(sql(format!(
            "select state from app.bed_hold where id = '{hold}'"
        )))
        .await;
    assert_eq!(state, "expired");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_late_child_and_those_who_ask_do_not_share_the_last_place() {
    const N: usize = 12;
    let (app, group, hold) = with_one_place("1 hour").await;
    let manager = app.client("institution.rabat").reading(Lang::En);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let mut asks = JoinSet::new();
    for (i, case) in more_files(&app, N).await.into_iter().enumerate() {
        let worker = worker.clone();
        asks.spawn(async move {
            let fields = request(id(&format!("hold more {i}")), group);
            send(&worker, &format!("/cases/{case}/shelter"), &fields).await
        });
        if i == N / 2 {
            let manager = manager.clone();
            asks.spawn(async move { receive(&manager, hold).await });
        }
    }
    let answers = asks.join_all().await;
    for answer in &answers {
        let status = answer.status.as_u16();
        assert!([303, 409, 422].contains(&status), "{status}");
    }
    let got = answers
        .iter()
        .filter(|answer| answer.status == StatusCode::SEE_OTHER);
    assert_eq!(got.count(), 1);
    let (held, admitted) = counts(&app, group).await;
    assert_eq!(held + admitted, 1);
}

#[tokio::test]
async fn after_three_days_or_with_another_place_the_sheet_is_closed() {
    let (app, group, hold) = with_one_place("73 hours").await;
    let manager = app.client("institution.rabat").reading(Lang::En);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let sheet = format!("/shelter/holds/{hold}");
    assert_eq!(manager.get(&sheet).await.status, StatusCode::NOT_FOUND);
    assert_eq!(receive(&manager, hold).await.status, StatusCode::NOT_FOUND);
    // and whoever goes past the page meets the database
    let mut direct = app.db.connect("postgres").await;
    let past = format!(
        "select app.lapse_beds('{group}', null);
         update app.bed_hold set state = 'admitted', state_since = now(), admitted_on = current_date where id = '{hold}'"
    );
    let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(past))
        .execute(&mut direct)
        .await;
    assert!(sanad::error::violates(
        &refused.unwrap_err(),
        "bed_hold_late"
    ));
    app.db
        .run(&format!(
            "update app.bed_hold set until = now() - interval '1 hour' where id = '{hold}'"
        ))
        .await;
    assert_eq!(manager.get(&sheet).await.status, StatusCode::OK);
    // the child has a place elsewhere: this house has no business with it any more
    let path = format!("/cases/{}/shelter", id("case rabat.mine"));
    let wanted = request(id("hold elsewhere"), id("group sale.mine"));
    let asked = send(&worker, &path, &wanted).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert_eq!(manager.get(&sheet).await.status, StatusCode::NOT_FOUND);
}

/// The cell receives the child where nobody signs in for the house, and asks for another place where it does not come.
#[tokio::test]
async fn the_cell_receives_a_late_child_in_the_place_of_the_house() {
    let app = TestApp::new().await;
    free_all(&app).await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (case, group, hold) = (
        id("case rabat.mine"),
        id("group rabat.colleague"),
        id("a hold that runs out"),
    );
    let page = format!("/cases/{case}/shelter");
    send(&worker, &page, &request(hold, group)).await;
    app.db
        .run(&format!(
            "update app.bed_hold set until = now() - interval '1 day' where id = '{hold}'"
        ))
        .await;
    let shown = worker.get(&page).await;
    assert!(shown.says(Lang::En, "bed-receive-late"));
    assert!(
        shown.body.contains("name=\"brought_by\""),
        "another place can be asked for"
    );
    let day = today();
    let fields = [
        ("move", "receive_late"),
        ("day", day.as_str()),
        ("version", "3"),
    ];
    let told = worker.post(&format!("{page}/{hold}/told"), &fields).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    assert_eq!(counts(&app, group).await, (0, 1));
}
