//! The groups of places of a city: changed, closed, and never more children than places.

use super::{counts, free_all, more_files, request, send, sql};
use crate::support::{Client, TestApp, html::forms, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use tokio::task::JoinSet;

fn path() -> String {
    format!(
        "/shelter/institutions/{}/groups/{}",
        id("institution rabat.mine"),
        id("group rabat.mine")
    )
}

/// The form of the group as it is shown, with other answers.
async fn sheet(who: &Client, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = who.get(&path()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let form = forms(&page.body, "")
        .into_iter()
        .find(|form| form.names().contains(&"capacity"))
        .unwrap();
    let mut fields: Vec<(String, String)> = form
        .pairs()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    for (name, value) in typed {
        fields.retain(|(field, _)| field != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

async fn save(who: &Client, fields: &[(String, String)]) -> crate::support::Answer {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    who.post(&path(), &fields).await
}

#[tokio::test]
async fn places_that_children_have_are_not_taken_from_under_them() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    for (mut typed, field) in [
        (vec![("capacity", "0")], "capacity"),
        (vec![("capacity", "4")], "closed"),
        (vec![("audience", "boys")], "audience"),
        (vec![("age_from", "21")], "age_from"),
        (vec![("age_from", "9"), ("age_to", "8")], "age_to"),
        (vec![("shut_on", "01/01/2199")], "shut_on"),
        (vec![("reason", "none")], "reason"),
    ] {
        typed.push(("others", "4"));
        let fields = sheet(&supervisor, &typed).await;
        let answer = save(&supervisor, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.body.contains(&format!("{field}-error")), "{field}");
        assert!(
            answer.body.contains("name=\"others\" value=\"4\""),
            "{field}"
        );
    }
    let fields = sheet(&supervisor, &[("capacity", "12"), ("age_to", "14")]).await;
    let saved = save(&supervisor, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let kept: String = app
        .db
        .ask(sql(format!(
            "select concat_ws(' ', capacity, age_max, held, version, confirmed_by = '{}') from app.bed_group where id = '{}'",
            id("supervisor.rabat"),
            id("group rabat.mine")
        )))
        .await;
    assert_eq!(kept, "12 14 1 2 t");
}

#[tokio::test]
async fn a_group_that_closed_is_not_offered_and_keeps_who_is_there() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let worker = app.client("worker2.rabat").reading(Lang::En);
    let (group, hold) = (id("group rabat.mine"), id("hold rabat.mine"));
    app.db
        .run(&format!(
            "update app.bed_hold set state = 'admitted', admitted_on = current_date where id = '{hold}'"
        ))
        .await;
    let place = format!("/cases/{}/shelter", id("case rabat.colleague"));
    let choice = format!("value=\"{group}\"");
    assert!(worker.get(&place).await.body.contains(&choice));
    let today = super::today();
    let fields = sheet(&supervisor, &[("shut_on", today.as_str())]).await;
    let saved = save(&supervisor, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(!worker.get(&place).await.body.contains(&choice));
    // a page that was open before
    let late = send(&worker, &place, &request(id("too late"), group)).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.says(Lang::En, "shelter-institution-closed"));
    assert!(late.body.contains("CANARY-ALERT"), "typed text is kept");
    // the child lives there until the stay is over, and the line is shown as long
    assert_eq!(counts(&app, group).await, (0, 1));
    assert!(worker.get("/shelter").await.body.contains("Closed since"));
    let manager = app.client("institution.rabat").reading(Lang::En);
    let leaves = [("move", "leave"), ("day", today.as_str()), ("version", "2")];
    let left = manager
        .post(&format!("/shelter/holds/{hold}"), &leaves)
        .await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
}

#[tokio::test]
async fn free_places_are_listed_before_full_ones() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    app.db
        .run(&format!(
            "update app.bed_group set others = capacity - closed - held where id = '{}';
             update app.bed_group set confirmed_at = now() - interval '8 days' where id = '{}'",
            id("group rabat.mine"),
            id("group sale.mine")
        ))
        .await;
    let list = worker.get("/shelter").await;
    let at = |house: &str| {
        let link = format!(
            "href=\"/shelter/institutions/{}\"",
            id(&format!("institution {house}"))
        );
        list.body.find(&link).unwrap()
    };
    assert!(
        at("rabat.colleague") < at("sale.mine"),
        "one's own city first"
    );
    assert!(
        at("sale.mine") < at("rabat.mine"),
        "a full house comes last"
    );
    assert!(list.body.contains("Not updated since"), "stale is said");
}

/// The capacity goes up and down while beds are held and given back.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn never_more_children_than_places_while_the_capacity_changes() {
    const N: usize = 16;
    let app = TestApp::new().await;
    free_all(&app).await;
    let group = id("group rabat.mine");
    app.db
        .run(&format!(
            "update app.bed_group set capacity = 4, closed = 0, others = 0 where id = '{group}'"
        ))
        .await;
    let files = more_files(&app, N).await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let supervisors = [
        app.client("supervisor.rabat").reading(Lang::En),
        app.client("supervisor.rabat").reading(Lang::Fr),
    ];
    let mut all = JoinSet::new();
    for (i, case) in files.into_iter().enumerate() {
        let worker = worker.clone();
        all.spawn(async move {
            let fields = request(id(&format!("hold more {i}")), group);
            send(&worker, &format!("/cases/{case}/shelter"), &fields)
                .await
                .status
        });
    }
    for supervisor in supervisors {
        for capacity in ["2", "7", "1", "5"] {
            let supervisor = supervisor.clone();
            all.spawn(async move {
                let fields = sheet(&supervisor, &[("capacity", capacity)]).await;
                save(&supervisor, &fields).await.status
            });
        }
    }
    for status in all.join_all().await {
        assert!([303, 409, 422].contains(&status.as_u16()), "{status}");
    }
    let fits: bool = app
        .db
        .ask(sql(format!(
            "select g.held <= g.capacity
                and g.held = (select count(*) from app.bed_hold h where h.group_id = g.id and h.state = 'held')
             from app.bed_group g where g.id = '{group}'"
        )))
        .await;
    assert!(fits);
}
