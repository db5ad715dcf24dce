//! What the database refuses of the register, whoever writes the statement; and that a reload of the reference moves nothing.

use super::{committee, decide, done, is_done, moved, preparing, settle, status};
use crate::support::{
    TestApp, TestDb, id,
    role::{reads, refused_by, tries},
};
use sanad::reference;
use sqlx::AssertSqlSafe;

/// Insufficient privilege.
const DENIED: &str = "42501";

/// The constraint, or the code, that refuses a statement of the superuser.
async fn stopped_by(db: &TestDb, sql: &str) -> String {
    let mut admin = db.connect("postgres").await;
    let error = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut admin)
        .await
        .unwrap_err();
    let told = error.as_database_error().unwrap();
    told.constraint().unwrap_or("none").to_owned()
}

#[tokio::test]
async fn nobody_writes_the_register_but_by_its_functions() {
    let (app, _) = committee().await;
    for sql in [
        "update plan.city set status = 'suspended' where slug = 'rabat'",
        "insert into plan.city (slug, territory_id, phase, ar, fr, en, status)
         values ('fes', 25, 'generalisation', 'x', 'x', 'x', 'active')",
        "delete from plan.city_step",
        "insert into plan.decision (code, decided_on, ar) values ('x', current_date, 'x')",
        "update plan.decision set ar = 'x'",
        "delete from plan.decision_city",
        "update plan.correspondence set subject = 'x'",
        "delete from plan.correspondence",
        "update plan.partner set until = current_date",
        "insert into plan.readiness (id, city, criterion, answer, on_day, source, by_role)
         values (gen_random_uuid(), 'rabat', 'training', 'met', current_date, 'x', 'steering')",
        "insert into plan.activation_step (id, city, step, state, on_day, note, by_role)
         values (gen_random_uuid(), 'rabat', 'team', 'done', current_date, 'x', 'steering')",
        "delete from plan.scan",
        "insert into plan.phase (code, ar, fr, en, sort) values ('x', 'x', 'x', 'x', 9)",
        "update ref.organisation_name set name = 'x'",
    ] {
        for username in ["steering", "supervisor.rabat", "admin"] {
            assert_eq!(
                tries(&app.db, username, sql).await,
                Err(DENIED.to_owned()),
                "{username}: {sql}"
            );
        }
    }
}

/// The functions ask who it is.
#[tokio::test]
async fn the_functions_ask_who_writes() {
    let (app, _) = committee().await;
    let letter = |city: &str| {
        format!(
            "select plan.add_letter(gen_random_uuid(), current_date, 'team', null, null, 'authority', null, null, null, 'x',
                 'reports', null, null, '{city}')"
        )
    };
    let decision =
        "select plan.add_decision('x', null, current_date, 'x', null, null, null, null, '{}')";
    let moves = "select plan.move_city(gen_random_uuid(), 'rabat', 'suspend', current_date, null, 'x', null, 1)";
    let city = "select plan.add_city(gen_random_uuid(), 25::smallint, 'generalisation', 'x', 'x', 'x', null)";
    let strike = format!(
        "select plan.strike_letter('{}', 'x')",
        id("letter rabat.mine")
    );
    let partner = "select plan.add_partner(gen_random_uuid(), 'onde', 'other', null, null, null)";
    let step = "select plan.record_step(gen_random_uuid(), 'rabat', 'team', 'done', current_date, null, null, null, null, 'x', null)";
    for (sql, writers) in [
        (&*letter("{rabat}"), &["supervisor.rabat", "steering"][..]),
        (&*letter("{rabat,sale}"), &["steering"][..]),
        (&*letter("{}"), &["steering"][..]),
        (decision, &["steering"][..]),
        (moves, &["steering"][..]),
        (city, &["steering"][..]),
        (&*strike, &["steering"][..]),
        (partner, &["steering"][..]),
        (step, &["supervisor.rabat", "steering"][..]),
    ] {
        for username in [
            "worker1.rabat",
            "supervisor.sale",
            "supervisor.rabat",
            "prosecutor.rabat",
            "admin",
            "dpo",
            "steering",
        ] {
            let refused = refused_by(&app.db, username, sql).await;
            let is_refused = refused == DENIED;
            assert_eq!(
                is_refused,
                !writers.contains(&username),
                "{username} {refused}: {sql}"
            );
        }
    }
}

/// What the functions keep holds for whoever else writes.
#[tokio::test]
async fn the_machine_holds_for_the_superuser_too() {
    let (app, _) = committee().await;
    for (sql, constraint) in [
        (
            "update plan.city set status = 'candidate' where slug = 'rabat'",
            "city_moves",
        ),
        (
            "update plan.city set status = 'set_aside' where slug = 'rabat'",
            "city_moves",
        ),
        (
            "update plan.city set status = 'open' where slug = 'rabat'",
            "city_moves",
        ),
        (
            "insert into plan.activation_step (id, city, step, state, on_day, by_role)
             values (gen_random_uuid(), 'rabat', 'team', 'done', current_date, 'steering')",
            "activation_step_proved",
        ),
        (
            "insert into plan.decision (code, decided_on, ar) values ('x', '2019-10-31', 'x')",
            "decision_day_check",
        ),
        (
            "insert into plan.correspondence (id, sent_on, from_party, to_party, subject, purpose, by_role)
             values (gen_random_uuid(), '2019-10-31', 'team', 'team', 'x', 'reports', 'steering')",
            "correspondence_day_check",
        ),
        (
            "update plan.correspondence set struck_at = now()",
            "correspondence_struck_whole",
        ),
        (
            "insert into plan.partner (id, organisation, role, city)
             select gen_random_uuid(), organisation, role, city from plan.partner",
            "partner_once",
        ),
    ] {
        assert_eq!(stopped_by(&app.db, sql).await, constraint, "{sql}");
    }
}

/// The committee's own pool knows neither who brought a scan nor a person.
#[tokio::test]
async fn the_pool_of_figures_does_not_know_who_brought_a_scan() {
    let (app, _) = committee().await;
    let mut stat = app.db.connect("sanad_stat").await;
    for (sql, may) in [
        ("select id from plan.scan", false),
        ("select added_by from plan.scan", false),
        ("select id from plan.correspondence", true),
    ] {
        let asked = sqlx::raw_sql(sql).execute(&mut stat).await;
        assert_eq!(asked.is_ok(), may, "{sql}");
    }
}

/// Loading the reference again, as each start may, moves no city and forgets no name.
#[tokio::test]
async fn a_reload_of_the_reference_moves_no_city() {
    let (app, steering) = committee().await;
    let decision = preparing(&steering).await;
    settle(&steering, &decision).await;
    is_done(&moved(&steering, "activate", &decision).await);
    is_done(&done(&steering, "operating", &format!("decision:{decision}")).await);
    let hold = decide(&steering, "rabat", "قرار مختلق: تعليق الرباط").await;
    let page = "/plan/cities/rabat/move";
    let typed = [("city_move", "suspend"), ("decision", &*hold)];
    is_done(&super::send(&steering, page, &typed).await);
    let before = prints(&app).await;
    let mut owner = app.db.connect("postgres").await;
    sqlx::raw_sql("set role sanad_owner")
        .execute(&mut owner)
        .await
        .unwrap();
    reference::load(&mut owner).await.unwrap();
    assert_eq!(prints(&app).await, before);
    assert_eq!(status(&app).await, "active");
    let rabat = "select status from plan.city where slug = 'rabat'";
    assert_eq!(reads(&app.db, "steering", rabat).await, ["suspended"]);
}

async fn prints(app: &TestApp) -> Vec<String> {
    let mut prints = Vec::new();
    for table in [
        "plan.city",
        "plan.decision",
        "plan.decision_city",
        "plan.partner",
        "plan.phase",
        "ref.organisation_name",
    ] {
        let sql = format!(
            "select '{table} ' || md5(string_agg(t::text, ',' order by t::text)) from {table} t"
        );
        prints.push(app.db.ask(sql).await);
    }
    prints
}
