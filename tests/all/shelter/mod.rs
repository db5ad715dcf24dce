//! Places in institutions: asked for, held, taken, given back; and never two children in the last one.

mod entry;
mod groups;
mod late;
mod told;

use crate::{
    seal,
    support::{Answer, Client, TestApp, id, typed_day},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Answers of a request for a place; ids are made by the server, and sent back.
fn request(id: Uuid, group: Uuid) -> Vec<(&'static str, String)> {
    vec![
        ("id", id.to_string()),
        ("group", group.to_string()),
        ("brought_by", "المساعدة الاجتماعية، 22:00".to_owned()),
        ("needs", "ملابس دافئة".to_owned()),
        ("health", "CANARY-ALERT".to_owned()),
    ]
}

async fn send(client: &Client, path: &str, fields: &[(&str, String)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    client.post(path, &fields).await
}

fn sql(text: String) -> &'static str {
    text.leak()
}

async fn counts(app: &TestApp, group: Uuid) -> (i16, i16) {
    let both: String = app
        .db
        .ask(sql(format!(
            "select held || ' ' || admitted from app.bed_group where id = '{group}'"
        )))
        .await;
    let (held, admitted) = both.split_once(' ').unwrap();
    (held.parse().unwrap(), admitted.parse().unwrap())
}

/// Gives back every place of the world.
async fn free_all(app: &TestApp) {
    app.db
        .run("update app.bed_hold set state = 'cancelled' where state = 'held'")
        .await;
}

fn today() -> String {
    crate::support::typed_day(0)
}

#[tokio::test]
async fn a_child_finds_a_place_and_the_institution_reads_its_sheet_alone() {
    let app = TestApp::new().await;
    free_all(&app).await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let manager = app.client("institution.rabat").reading(Lang::En);
    let (case, group, hold) = (
        id("case rabat.mine"),
        id("group rabat.mine"),
        id("a new hold"),
    );
    let page = format!("/cases/{case}/shelter");
    // the first measure will be this one
    app.db
        .run("update app.case_file set protected_measure_on = null, protected_measure_kind = null")
        .await;
    // the preview sends nothing
    let mut fields = request(hold, group);
    fields.push(("preview", "1".to_owned()));
    let preview = send(&worker, &page, &fields).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.says(Lang::En, "sheet-preview-hint") && preview.body.contains("CANARY-ALERT"));
    assert_eq!(counts(&app, group).await, (0, 0));
    // sent twice, held once
    for _ in 0..2 {
        let answer = send(&worker, &page, &request(hold, group)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    assert_eq!(counts(&app, group).await, (1, 0));
    let mut other = request(hold, group);
    other[2].1 = "someone else".to_owned();
    assert_eq!(
        send(&worker, &page, &other).await.status,
        StatusCode::CONFLICT
    );
    // a child has one place
    let again = send(&worker, &page, &request(id("another hold"), group)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.says(Lang::En, "shelter-already"));

    let desk = manager.get("/shelter/desk").await;
    assert!(desk.body.contains("زينب") || desk.body.contains("Zineb"));
    let sheet = format!("/shelter/holds/{hold}");
    let read = manager.get(&sheet).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(read.body.contains("CANARY-ALERT"));
    assert!(!read.body.contains("CANARY-child"), "no family name");
    assert_eq!(manager.get(&page).await.status, StatusCode::FORBIDDEN);

    let mut version = 2;
    let mut step = async |made: &str, more: &[(&str, &str)]| {
        let (day, now) = (today(), version.to_string());
        let mut fields = vec![("move", made), ("day", day.as_str()), ("version", &now)];
        fields.extend(more);
        let answer = manager.post(&sheet, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{made}");
        version += 1;
    };
    step("admit", &[]).await;
    assert_eq!(counts(&app, group).await, (0, 1));
    let kept: String = app
        .db
        .ask(sql(format!(
            "select protected_measure_kind || ' ' || (select string_agg(rule, ' ' order by rule) from app.task
             where case_id = '{case}' and done_at is null and rule in ('placement_review', 'hold_expires'))
             from app.case_file where id = '{case}'"
        )))
        .await;
    assert_eq!(kept, "shelter placement_review");
    step("run_away", &[]).await;
    let owed: String = app
        .db
        .ask(sql(format!(
            "select string_agg(rule, ' ' order by rule) from app.task
             where case_id = '{case}' and done_at is null and rule like 'ran_away%'"
        )))
        .await;
    assert_eq!(owed, "ran_away ran_away_supervisor");
    for who in ["worker1.rabat", "supervisor.rabat"] {
        let notices = app.client(who).reading(Lang::En).get("/notices").await;
        assert!(notices.says(Lang::En, "notice-ran-away"), "{who}");
    }
    step("return", &[]).await;
    step("discharge", &[("destination", "extended_family")]).await;
    assert_eq!(counts(&app, group).await, (0, 0));
    // the stay is over: the sheet is closed, the file tells the story
    assert_eq!(manager.get(&sheet).await.status, StatusCode::NOT_FOUND);
    let story = worker.get(&format!("/cases/{case}")).await;
    assert!(
        story.says(Lang::En, "bed-state-ran-away") && story.says(Lang::En, "bed-state-discharged")
    );
    let moves: i64 = app
        .db
        .ask(sql(format!(
            "select count(*) from app.bed_move where hold_id = '{hold}'"
        )))
        .await;
    assert_eq!(moves, 6);
}

/// As many more files of Rabat, each with a child of its own, led by worker1.
async fn more_files(app: &TestApp, n: usize) -> Vec<Uuid> {
    let of = |what: &str, i: usize| id(&format!("{what} more {i}"));
    for i in 0..n {
        let (person, case, episode) = (of("child", i), of("case", i), of("episode", i));
        app.db
            .run(&format!(
                "insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, created_by)
                 values ('{person}', 1, 'F', current_date - 3000, current_date - 2900, 'estimated', '{lead}');
                 insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_by, changed_by, opened_at, changed_at)
                 values ('{case}', ref.next_number('case', 1::smallint, current_date), 1, 1, '{person}', '{lead}', '{lead}', now(), now());
                 insert into app.case_episode (id, case_id, territory_id, seq, state, risk)
                 values ('{episode}', '{case}', 1, 1, 'identified', 'high');
                 insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since)
                 values (gen_random_uuid(), '{case}', 1, '{lead}', 'lead', now())",
                lead = id("worker1.rabat")
            ))
            .await;
    }
    (0..n).map(|i| of("case", i)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_ask_for_the_last_place_and_one_gets_it() {
    const N: usize = 50;
    let app = TestApp::new().await;
    free_all(&app).await;
    let files = more_files(&app, N).await;
    let group = id("group rabat.mine");
    app.db
        .run(&format!(
            "update app.bed_group set capacity = 5, closed = 1, others = 3 where id = '{group}'"
        ))
        .await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let mut asks = JoinSet::new();
    for (i, case) in files.into_iter().enumerate() {
        let worker = worker.clone();
        asks.spawn(async move {
            let fields = request(id(&format!("hold more {i}")), group);
            send(&worker, &format!("/cases/{case}/shelter"), &fields).await
        });
    }
    let answers = asks.join_all().await;
    let got = answers
        .iter()
        .filter(|answer| answer.status == StatusCode::SEE_OTHER)
        .count();
    assert_eq!(got, 1);
    let elsewhere = id("group sale.mine").to_string();
    for answer in answers
        .iter()
        .filter(|answer| answer.status != StatusCode::SEE_OTHER)
    {
        // the place was gone when it was read, or went between the reading and the taking
        assert!(
            [422, 409].contains(&answer.status.as_u16()),
            "{}",
            answer.status
        );
        assert!(answer.says(Lang::En, "shelter-full"));
        assert!(answer.body.contains("CANARY-ALERT"), "typed text is kept");
        assert!(
            answer.body.contains(&elsewhere),
            "other places are proposed"
        );
    }
    assert_eq!(counts(&app, group).await, (1, 0));
    let left: i64 = app
        .db
        .ask("select count(*) from app.disclosure where kind = 'placement' and id not in (select disclosure_id from app.bed_hold)")
        .await;
    assert_eq!(left, 0, "nothing stays of a request that lost");
}

#[tokio::test]
async fn a_hold_that_ran_out_takes_no_place_whether_or_not_the_job_has_run() {
    let app = TestApp::new().await;
    let (group, hold) = (id("group rabat.mine"), id("hold rabat.mine"));
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let manager = app.client("institution.rabat").reading(Lang::En);
    app.db
        .run(&format!(
            "update app.bed_group set capacity = 5 where id = '{group}';
             update app.bed_hold set until = now() - interval '4 days' where id = '{hold}'"
        ))
        .await;
    let house = format!("/shelter/institutions/{}", id("institution rabat.mine"));
    let places = worker.get(&house).await.body;
    assert!(places.contains("class=\"pill brand\""), "late job");
    let sheet = format!("/shelter/holds/{hold}");
    assert_eq!(manager.get(&sheet).await.status, StatusCode::NOT_FOUND);
    // who comes ends it, and takes the place
    let files = more_files(&app, 1).await;
    let path = format!("/cases/{}/shelter", files[0]);
    let fields = request(id("hold next"), group);
    assert_eq!(
        send(&worker, &path, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(counts(&app, group).await, (1, 0));
    // and the job ends what nobody touched
    app.db
        .run("update app.bed_hold set until = now() - interval '1 minute' where state = 'held'")
        .await;
    seal::work(&app.db).lapse().await.unwrap();
    assert_eq!(counts(&app, group).await, (0, 0));
    let rows: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'bed.expired'")
        .await;
    assert_eq!(rows, 4);
}

#[tokio::test]
async fn what_does_not_fit_is_told_beside_the_field() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let manager = app.client("institution.rabat").reading(Lang::En);
    let (case, group) = (id("case rabat.colleague"), id("group rabat.mine"));
    let path = format!("/cases/{case}/shelter");
    let refused = async |change: &str, key: &str| {
        app.db.run(change).await;
        let answer = send(&supervisor, &path, &request(id("no hold"), group)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        let words = match key {
            // with its ages, which are not known here
            "shelter-other-age" => "These places are for ages".to_owned(),
            key => Lang::En.t(key),
        };
        let words = words.split('{').next().unwrap().trim();
        let beside = answer.body.split("group-error").nth(1).unwrap_or_default();
        let said = words.split('\u{2068}').next().unwrap();
        let said = said.replace('\'', "&#39;");
        assert!(
            beside.contains(&said),
            "{key}: {said:?} in {}",
            &beside[..beside.len().min(400)]
        );
        assert!(answer.body.contains("CANARY-ALERT"), "typed text is kept");
    };
    refused(
        "update app.bed_group set audience = 'boys'",
        "shelter-other-sex",
    )
    .await;
    refused(
        "update app.bed_group set audience = 'girls', age_min = 12",
        "shelter-other-age",
    )
    .await;
    refused(
        "update app.bed_group set age_min = 0, closed = 6, others = 3",
        "shelter-full",
    )
    .await;
    // closed at once, past the moves that lead there: no form is left to stand beside
    app.db
        .run(&format!(
            "update app.bed_group set closed = 0;
             set session_replication_role = replica;
             update app.case_episode set state = 'closed', closed_at = now(), closed_by = '{}', closure_reason =
                 (select code from ref.closure_reason order by sort limit 1) where case_id = '{case}'",
            id("supervisor.rabat")
        ))
        .await;
    let answer = send(&supervisor, &path, &request(id("no hold"), group)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says(Lang::En, "shelter-case-closed"));
    // an institution's figures leave room for the children who are there or coming
    let places = format!("/shelter/groups/{group}");
    let figures = |capacity: &'static str, closed: &'static str| {
        [
            ("capacity", capacity),
            ("closed", closed),
            ("others", "0"),
            ("reason", "count"),
            ("version", "1"),
        ]
    };
    let low = manager.post(&places, &figures("0", "0")).await;
    assert_eq!(low.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(low.body.contains("capacity-error"));
    let much = manager.post(&places, &figures("5", "5")).await;
    assert!(much.body.contains("closed-error"));
    // a day that has not come
    let sheet = format!("/shelter/holds/{}", id("hold rabat.mine"));
    let ahead = manager
        .post(
            &sheet,
            &[("move", "admit"), ("day", "01/01/2199"), ("version", "2")],
        )
        .await;
    assert!(ahead.says(Lang::En, "error-date-future"));
    let before = typed_day(-2);
    let ago = [
        ("move", "admit"),
        ("day", before.as_str()),
        ("version", "2"),
    ];
    let ago = manager.post(&sheet, &ago).await;
    assert_eq!(ago.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ago.says(Lang::En, "shelter-day-before-hold") && ago.body.contains(&before));
    let silent = manager
        .post(&sheet, &[("move", "refuse"), ("version", "2")])
        .await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("refusal-error"));
    // a discharge of a child who is not there
    let early = manager
        .post(&sheet, &[("move", "discharge"), ("version", "2")])
        .await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_file_does_not_close_over_a_child_for_whom_nobody_answers() {
    let app = TestApp::new().await;
    let (case, hold) = (id("case rabat.mine"), id("hold rabat.mine"));
    app.db
        .run(&format!(
            "update app.bed_hold set state = 'admitted', admitted_on = current_date where id = '{hold}'"
        ))
        .await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let page = format!("/cases/{case}");
    assert!(
        worker
            .get(&page)
            .await
            .says(Lang::En, "lack-placement-body")
    );
    let named = worker
        .post(
            &format!("{page}/shelter/{hold}/body"),
            &[("responsible", "en_cell_rabat")],
        )
        .await;
    assert_eq!(named.status, StatusCode::SEE_OTHER);
    assert!(
        !worker
            .get(&page)
            .await
            .says(Lang::En, "lack-placement-body")
    );
}

#[tokio::test]
async fn an_address_is_shown_on_request_and_written_down() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.sale").reading(Lang::En);
    let house = format!("/shelter/institutions/{}", id("institution rabat.mine"));
    assert!(!worker.get(&house).await.body.contains("CANARY-HOUSE"));
    let shown = worker.post(&format!("{house}/reveal"), &[]).await;
    assert!(shown.body.contains("CANARY-HOUSE-rabat.mine"));
    let rows: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'institution_address.revealed'")
        .await;
    assert_eq!(rows, 1);
}
