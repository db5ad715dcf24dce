//! Read a page at a time, in order, by kind.

use super::{FILE, NOTE, WORDS, case, more, write};
use crate::support::{Client, TestApp, id, statements, typed_day};
use axum::http::StatusCode;
use chrono::TimeDelta;
use sanad::{clock::Clock, forms::Form, i18n::Lang, router};

const SAVED: StatusCode = StatusCode::SEE_OTHER;

/// Many moves, three in each instant, and visits that were missed, two on each day.
async fn long_history(app: &TestApp) {
    let (case, episode, by) = (
        id(&format!("case {FILE}")),
        id(&format!("episode {FILE}")),
        id("worker1.rabat"),
    );
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             insert into app.case_transition (id, episode_id, case_id, territory_id, from_state, to_state, by_user, role, at)
             select gen_random_uuid(), '{episode}', '{case}', 1, 'assessment', 'planning', '{by}', 'social_worker',
                    date_trunc('hour', now()) - interval '1 hour' * (n / 3) from generate_series(1, 80) n;
             insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on, missed_on,
                                    missed_reason, recorded_by, recorded_at)
             select gen_random_uuid(), '{case}', '{episode}', 1, 1, 10 + n, 'home_visit', current_date - n / 2, current_date - n / 2,
                    'nobody_there', '{by}', now() from generate_series(1, 25) n"
        ))
        .await;
}

/// The places of the entries of a page: time, kind, id.
fn places(page: &str) -> Vec<(i64, i16, String)> {
    let marks = page.split("<li class=\"ev\" id=\"e").skip(1);
    marks
        .map(|part| {
            let place = part.split('"').next().unwrap();
            let mut parts = place.splitn(3, '.');
            let (at, rank) = (parts.next().unwrap(), parts.next().unwrap());
            let id = parts.next().unwrap().to_owned();
            (at.parse().unwrap(), rank.parse().unwrap(), id)
        })
        .collect()
}

async fn walk(reader: &Client, from: &str) -> Vec<Vec<(i64, i16, String)>> {
    let mut pages = Vec::new();
    let mut next = Some(from.to_owned());
    while let Some(address) = next {
        let answer = reader.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        pages.push(places(&answer.body));
        next = more(&answer.body);
        assert!(pages.len() < 20, "no end");
    }
    pages
}

#[tokio::test]
async fn a_long_history_is_read_without_a_gap_or_a_repeat() {
    let app = TestApp::new().await;
    long_history(&app).await;
    let worker = app.client("worker1.rabat");
    for from in [case(), format!("{}/history", case())] {
        let pages = walk(&worker, &from).await;
        let (last, full) = pages.split_last().unwrap();
        assert!(pages.len() > 3 && full.iter().all(|page| page.len() == 30));
        assert!(!last.is_empty());
        let all: Vec<_> = pages.concat();
        for pair in all.windows(2) {
            assert!(
                pair[0].0 >= pair[1].0 && pair[0] != pair[1],
                "{pair:?} in order"
            );
        }
        for (table, rank) in [("case_transition", 2), ("visit", 4)] {
            let mut shown: Vec<String> = all
                .iter()
                .filter(|(_, kind, _)| *kind == rank)
                .map(|(.., id)| id.clone())
                .collect();
            shown.sort();
            let sql = format!(
                "select id::text from app.{table} where case_id = '{}' {} order by id::text collate \"C\"",
                id(&format!("case {FILE}")),
                if rank == 4 {
                    "and recorded_at is not null"
                } else {
                    ""
                }
            );
            assert_eq!(shown, app.db.list(&sql).await, "{from} {table}");
        }
    }
}

#[tokio::test]
async fn it_is_looked_through_by_kind() {
    let app = TestApp::new().await;
    long_history(&app).await;
    let worker = app.client("worker1.rabat");
    let all = walk(&worker, &format!("{}/history", case())).await.concat();
    let mut told = 0;
    for (kind, ranks) in [
        ("notes", vec![15]),
        ("moves", vec![2, 14, 20]),
        ("contacts", vec![1]),
        ("care", vec![8, 9, 10, 11, 12, 17, 18, 21]),
        ("services", vec![3, 13]),
        ("visits", vec![4, 19]),
        ("justice", vec![5, 6, 7, 22]),
        ("documents", vec![16]),
    ] {
        let some = walk(&worker, &format!("{}/history?kind={kind}", case()))
            .await
            .concat();
        let wanted: Vec<_> = all
            .iter()
            .filter(|(_, rank, _)| ranks.contains(rank))
            .cloned()
            .collect();
        assert!(!wanted.is_empty(), "the world has {kind}");
        assert_eq!(some, wanted, "{kind}");
        told += some.len();
    }
    assert_eq!(told, all.len(), "every entry is of one kind");
    // nonsense in the address is no fault
    let page = worker
        .get(&format!("{}/history?kind=x&before=-9.9.9&seen=x", case()))
        .await;
    assert_eq!(places(&page.body).len(), 30);
}

#[tokio::test]
async fn however_long_it_is_it_costs_the_same() {
    let app = TestApp::new().await;
    long_history(&app).await;
    let worker = app.client("worker1.rabat");
    for path in [
        case(),
        format!("{}/history", case()),
        format!("{}/history?kind=visits", case()),
        format!("{}/print", case()),
    ] {
        worker.get(&path).await;
        statements::count();
        let answer = worker.get(&path).await;
        let asked = statements::take();
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(asked.len() <= 6, "{path}: {asked:#?}");
    }
}

/// An act that is dated by its day alone stands where it was written down, if that was the same day; what was done two
/// days ago is two days ago, whenever that was written down.
#[tokio::test]
async fn what_was_done_today_stands_in_the_order_it_was_written() {
    let app = TestApp::new().await;
    let mut worker = app.client("worker1.rabat").reading(Lang::Ar);
    let [today, after, earlier] =
        ["41", "42", "43"].map(|n| format!("0198c0de-0000-7000-8000-0000000000{n}"));
    let earlier = heard(&worker, &earlier, &typed_day(-2)).await;
    assert_eq!(write(&worker, NOTE, WORDS).await.status, SAVED);
    let today = heard(&worker, &today, &typed_day(0)).await;
    // the rank of a kind parts what has the same moment: the last note is a moment later
    let mut state = app.state.clone();
    state.clock = Clock::fixed(state.clock.now() + TimeDelta::milliseconds(20));
    worker.turn_to(router::app(state));
    assert_eq!(write(&worker, &after, WORDS).await.status, SAVED);
    let page = worker.get(&format!("{}/history", case())).await.body;
    let [after, note] = [after.as_str(), NOTE].map(|id| {
        let fields = [("note_id", id), ("case_note", WORDS)];
        row(&fields, "note_id")
    });
    let written = [after.as_str(), &today, &note, &earlier];
    let shown = places(&page).into_iter().map(|(_, _, id)| id);
    let shown: Vec<String> = shown.filter(|id| written.contains(&id.as_str())).collect();
    assert_eq!(shown, written);
}

/// The id of the row that these answers make.
fn row(fields: &[(&str, &str)], id: &str) -> String {
    let mut form = Form::new();
    for (name, value) in fields {
        form.receive(name, value);
    }
    form.id_of_answers(id).unwrap().to_string()
}

/// The child was heard on that day.
async fn heard(client: &Client, id: &str, day: &str) -> String {
    let view = [
        ("id", id),
        ("occasion", "plan"),
        ("heard_on", day),
        ("heard", "yes"),
        ("language", "darija"),
        ("words", "يريد العودة إلى المدرسة"),
    ];
    let heard = client
        .post(&format!("{}/rights/views", case()), &view)
        .await;
    assert_eq!(heard.status, SAVED, "{}", heard.body);
    row(&view, "id")
}
