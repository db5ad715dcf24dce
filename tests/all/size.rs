//! The lists over many files: right rows in the right order, few statements. The people are those of
//! `make bench`; here nothing is timed.

use crate::support::{Client, TestApp, TestDb, app, id, statements};
use axum::http::StatusCode;
use sqlx::{AssertSqlSafe, Connection};
use uuid::Uuid;

/// Five thousand files in seven cities, and these people signed in.
async fn crowd() -> TestApp {
    let db = TestDb::new().await;
    let people = include_str!("../../benches/people.sql");
    db.run(&format!(
        "set bench.cases = '5000'; set session_replication_role = replica; {people}; reset session_replication_role;
         insert into sec.session (token_sha256, user_id, assignment_id, epoch, idle_until, expires_at)
         select sha256(convert_to(u.username, 'UTF8')), u.id, a.id, 1, now() + interval '1 hour', now() + interval '1 hour'
         from sec.app_user u join sec.role_assignment a on a.user_id = u.id
         where u.username in ('worker1.rabat', 'supervisor.rabat', 'prosecutor.rabat', 'steering');
         analyze"
    ))
    .await;
    TestApp::over(db, app::config()).await
}

/// The ids that the links of a page lead to, in its order, each once.
fn linked(page: &str, path: &str) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for part in page.split(&format!("href=\"{path}/")).skip(1) {
        if let Some(id) = part.get(..36).and_then(|text| text.parse().ok())
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    ids
}

/// A page that is what it should be, and how many statements it took.
async fn asked(client: &Client, path: &str, most: usize) -> String {
    client.get(path).await; // the first answer of a connection also prepares
    statements::count();
    let answer = client.get(path).await;
    let seen = statements::take();
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    assert!(seen.len() <= most, "{path}: {seen:#?}");
    answer.body
}

async fn ids(db: &TestDb, sql: &'static str) -> Vec<Uuid> {
    sqlx::query_scalar(sql)
        .fetch_all(&mut db.connect("postgres").await)
        .await
        .unwrap()
}

#[tokio::test]
async fn lists_over_thousands_of_files_show_the_right_ones() {
    let app = crowd().await;
    let [worker, supervisor, prosecutor] =
        ["worker1.rabat", "supervisor.rabat", "prosecutor.rabat"].map(|name| app.client(name));

    let contacts = asked(&worker, "/contacts", 5).await;
    let newest = ids(
        &app.db,
        "select id from app.contact where territory_id = 1 order by observed_at desc, id desc limit 25",
    );
    assert_eq!(linked(&contacts, "/contacts"), newest.await);

    let own = asked(&worker, "/cases", 5).await;
    let mine = ids(
        &app.db,
        "select c.id from app.case_file c join app.case_episode e on e.case_id = c.id and e.state <> 'closed'
         join app.case_assignment a on a.case_id = c.id and a.until is null join sec.app_user u on u.id = a.user_id
         where u.username = 'worker1.rabat' order by c.changed_at desc, c.id desc limit 25",
    )
    .await;
    assert!(mine.len() > 5);
    assert_eq!(linked(&own, "/cases"), mine);

    // a supervisor leads none of them, so the protected ones are not on these lists
    let visible = |filter: &str| {
        format!(
            "from app.case_file c join app.case_episode e on e.case_id = c.id
             where c.territory_id = 1 and not c.protected and {filter}"
        )
    };
    for (filter, truth) in [
        ("open", "e.state <> 'closed'"),
        ("urgent", "e.state <> 'closed' and e.risk = 'high'"),
        ("late", "e.state <> 'closed' and e.due_at < now()"),
        ("closed", "e.state = 'closed'"),
    ] {
        let page = asked(&supervisor, &format!("/cases?filter={filter}"), 5).await;
        let rows: Vec<Uuid> = sqlx::query_scalar(AssertSqlSafe(format!(
            "select c.id {} order by c.changed_at desc, c.id desc limit 25",
            visible(truth)
        )))
        .fetch_all(&mut app.db.connect("postgres").await)
        .await
        .unwrap();
        assert_eq!(linked(&page, "/cases"), rows, "{filter}");
        let n: i64 =
            sqlx::query_scalar(AssertSqlSafe(format!("select count(*) {}", visible(truth))))
                .fetch_one(&mut app.db.connect("postgres").await)
                .await
                .unwrap();
        let chip = |n: &str| page.contains(&format!("<span>{n}</span>"));
        let whole = n.to_string();
        if filter == "closed" {
            assert!(!chip(&whole), "closed files are not counted");
        } else {
            assert!(chip(if n < 100 { &whole } else { "+99" }), "{filter}: {n}");
        }
    }

    asked(&worker, &format!("/cases/{}", mine[0]), 6).await;
    asked(&worker, "/today", 3).await;
    asked(&supervisor, "/today", 3).await;

    let inbox = asked(&prosecutor, "/prosecution", 4).await;
    let pressing = ids(
        &app.db,
        "select f.id from app.judicial_file f where f.court_id = 11 and f.state not in ('draft', 'withdrawn')
         order by f.urgent and exists (
                 select from app.judicial_child c where c.file_id = f.id and not exists (
                     select from app.child_decision d where d.file_id = c.file_id and d.person_id = c.person_id)) desc,
             f.transmitted_at desc, f.id desc limit 25",
    );
    assert_eq!(linked(&inbox, "/prosecution"), pressing.await);

    asked(&app.client("steering"), "/dashboard", 5).await;
}

/// Decision 0052: the numbers on a judicial file are those of its parties, whatever was written in which order.
#[tokio::test]
async fn a_judicial_file_knows_who_waits() {
    let app = TestApp::new().await;
    let told: Vec<String> = app
        .db
        .list(
            "select concat_ws(' ', state, children, children_waiting, adults, adults_waiting)
             from app.judicial_file order by state",
        )
        .await;
    assert_eq!(
        told,
        [
            "draft 1 1 1 1",
            "received 1 1 1 1",
            "transmitted 1 1 1 0",
            "under_study 1 0 1 0"
        ]
    );
    app.db
        .run(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect,
                                             decided_on, recorded_by, supersedes_id)
             select gen_random_uuid(), d.file_id, d.case_id, d.territory_id, d.court_id, d.person_id, 'further_inquiry', 'pending',
                    current_date, d.recorded_by, d.id
             from app.adult_decision d join app.judicial_file f on f.id = d.file_id and f.state = 'under_study'",
        )
        .await;
    let waits: i16 = app
        .db
        .ask("select adults_waiting from app.judicial_file where state = 'under_study'")
        .await;
    assert_eq!(waits, 1, "a decision taken back waits again");
}

/// Decision 0056: a file that is closed leaves its worker's list and comes back when it is opened again, and one
/// that is given away is in the list of who takes it.
#[tokio::test]
async fn an_assignment_knows_whether_its_file_is_open() {
    let app = TestApp::new().await;
    let right = async |open: i64| {
        let wrong: i64 = app
            .db
            .ask(
                "select count(*) from app.case_assignment a
                 where a.is_open <> exists (select from app.case_episode e where e.case_id = a.case_id and e.state <> 'closed')",
            )
            .await;
        assert_eq!(wrong, 0);
        let n: i64 = app
            .db
            .ask("select count(*) from app.case_assignment where is_open")
            .await;
        assert_eq!(n, open);
    };
    let all: i64 = app
        .db
        .ask("select count(*) from app.case_assignment where is_open")
        .await;
    right(all).await;
    // the moves before it are another test's
    let close = "alter table app.case_episode disable trigger episode_moves;
                 update app.case_episode set state = 'closed', closed_at = now(),
                     closure_reason = 'objectives_met',
                     closed_by = (select min(id::text)::uuid from sec.app_user)
                 where case_id = (select id from app.case_file order by number limit 1)";
    app.db.run(close).await;
    right(all - 1).await;
    app.db
        .run(
            "update app.case_assignment set until = now() where not is_open;
             insert into app.case_assignment (id, case_id, territory_id, user_id, kind)
             select gen_random_uuid(), case_id, territory_id, user_id, kind from app.case_assignment where until is not null",
        )
        .await;
    right(all - 1).await;
    app.db
        .run(
            "insert into app.case_episode (id, case_id, territory_id, seq, state, risk)
             select gen_random_uuid(), case_id, territory_id, seq + 1, 'identified', risk
             from app.case_episode where state = 'closed'",
        )
        .await;
    // the old post and the new one
    right(all + 1).await;
}

/// Decision 0077: the milestones on a list are what the history of the last episode says.
#[tokio::test]
async fn a_file_knows_how_far_it_has_come() {
    let app = TestApp::new().await;
    let facts = "select c.id, exists (select from app.judicial_file j where j.case_id = c.id and j.transmitted_at >= e.since) as referred,
            exists (select from app.service_beneficiary b join app.service s on s.id = b.service_id
                    where b.case_id = c.id and b.mother_effect is null and s.state in ('delivered', 'partial')
                      and s.delivered_on >= e.since::date) as in_care
        from app.case_file c
        join lateral (select case when x.seq = 1 then '-infinity' else x.opened_at end as since
                      from app.case_episode x where x.case_id = c.id order by x.seq desc limit 1) e on true";
    let right = async || {
        let wrong: i64 = app
            .db
            .ask(&format!(
                "select count(*) from ({facts}) f left join app.case_reach r on r.case_id = f.id
                 where (coalesce(r.referred, false), coalesce(r.in_care, false)) <> (f.referred, f.in_care)"
            ))
            .await;
        assert_eq!(wrong, 0);
        let reached: i64 = app
            .db
            .ask("select count(*) from app.case_reach where in_care")
            .await;
        reached
    };
    let before = right().await;
    assert!(before > 0);
    // opened again, a file begins anew
    app.db
        .run(
            "alter table app.case_episode disable trigger episode_moves;
             update app.case_episode set state = 'closed', closed_at = now(),
                 closure_reason = 'objectives_met',
                 closed_by = (select min(id::text)::uuid from sec.app_user)
             where case_id in (select case_id from app.case_reach where in_care);
             insert into app.case_episode (id, case_id, territory_id, seq, state, risk, opened_at)
             select gen_random_uuid(), e.case_id, e.territory_id, e.seq + 1, 'identified', e.risk, now() + interval '1 day'
             from app.case_episode e join app.case_reach r on r.case_id = e.case_id and r.in_care",
        )
        .await;
    assert_eq!(right().await, 0);
}

/// Decision 0077: an episode follows its file under protection and out of it, and one that begins meanwhile too.
#[tokio::test]
async fn an_episode_knows_whether_its_file_is_protected() {
    let app = TestApp::new().await;
    let right = async || {
        let wrong: i64 = app
            .db
            .ask(
                "select count(*) from app.case_episode e join app.case_file c on c.id = e.case_id
                 where e.protected <> c.protected",
            )
            .await;
        assert_eq!(wrong, 0);
        let n: i64 = app
            .db
            .ask("select count(*) from app.case_episode where protected")
            .await;
        n
    };
    let before = right().await;
    app.db
        .run("update app.case_file set protected = true where not protected")
        .await;
    let all: i64 = app.db.ask("select count(*) from app.case_episode").await;
    assert!(before < all);
    assert_eq!(right().await, all);
    app.db
        .run("update app.case_file set protected = false")
        .await;
    assert_eq!(right().await, 0);
}

/// Decision 0077: of two who give help to one child at once, neither makes the list forget the other's.
#[tokio::test]
async fn two_who_help_at_once_are_both_counted() {
    let app = TestApp::new().await;
    let service = |what: &str| id(&format!("service {what} rabat.mine"));
    let (school, other, child) = (service("asked"), service("sent"), service("child"));
    app.db
        .run(&format!(
            "update app.service set state = 'planned', delivered_on = null, closed_at = null where id = '{child}';
             update app.service set kind = 'school_enrolment' where id = '{school}';
             select app.count_reach(array['{}'::uuid])",
            id("case rabat.mine")
        ))
        .await;
    let reached = async || -> String {
        let case = id("case rabat.mine");
        app.db
            .ask(format!("select concat_ws(' ', in_care, reintegrated) from app.case_reach where case_id = '{case}'"))
            .await
    };
    assert_eq!(reached().await, "f f");
    // the trigger's own call without the other triggers, some of which would make the second wait before it counts
    let give = |service| {
        AssertSqlSafe(format!(
            "set local session_replication_role = replica;
             update app.service set state = 'delivered', delivered_on = current_date, closed_at = now() where id = '{service}';
             select app.count_reach(array['{}'::uuid])",
            id("case rabat.mine")
        ))
    };
    let mut first = app.db.connect("postgres").await;
    let mut second = app.db.connect("postgres").await;
    let mut earlier = first.begin().await.unwrap();
    sqlx::raw_sql(give(school))
        .execute(&mut *earlier)
        .await
        .unwrap();
    let later = tokio::spawn(async move {
        let mut tx = second.begin().await.unwrap();
        sqlx::raw_sql(give(other)).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    });
    let waits = "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
    while !app.db.ask::<bool>(waits).await {
        tokio::task::yield_now().await;
    }
    earlier.commit().await.unwrap();
    later.await.unwrap();
    assert_eq!(reached().await, "t t");
}
