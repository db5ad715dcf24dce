//! A city's own people read their own city, exactly, for any days; nobody reads another's, and nobody reads facts.

use super::{run, settle, stage};
use crate::{
    seal::work,
    support::{
        TestDb,
        role::{code_of, reads},
        world::{self, session_of},
    },
};

const CELLS: &str = "select concat_ws(' ', measure, nullif(key, ''), nullif(sex, ''), n) from stat.city_cells({city}::smallint, current_date - 400, current_date)";
const MONTHS: &str = "select concat_ws(' ', measure, month, n) from stat.city_months({city}::smallint, current_date - 400, current_date)";

fn of(question: &str, city: i16) -> String {
    question.replace("{city}", &city.to_string())
}

async fn world() -> TestDb {
    let db = stage().await;
    world::build(&db).await;
    db
}

#[tokio::test]
async fn a_city_is_read_by_its_own_social_side_alone() {
    let db = world().await;
    settle(&db, &work(&db)).await;
    for question in [CELLS, MONTHS] {
        for who in ["worker1.rabat", "worker2.rabat", "supervisor.rabat"] {
            assert!(!reads(&db, who, &of(question, 1)).await.is_empty(), "{who}");
            assert!(reads(&db, who, &of(question, 2)).await.is_empty(), "{who}");
        }
        assert!(
            !reads(&db, "supervisor.sale", &of(question, 2))
                .await
                .is_empty()
        );
        for who in [
            "supervisor.sale",
            "steering",
            "admin",
            "dpo",
            "prosecutor.rabat",
            "registrar.rabat",
            "chief.rabat",
            "focal.rabat",
            "institution.rabat",
            "nobody",
        ] {
            assert!(reads(&db, who, &of(question, 1)).await.is_empty(), "{who}");
        }
    }
    // two files of Rabat's that are seen and one that is protected: exact, and all of them
    let cases = reads(&db, "worker1.rabat", &of(CELLS, 1)).await;
    assert!(
        cases.contains(&"cases assessment 3".to_owned()),
        "{cases:#?}"
    );
}

/// What stands behind the figures is nobody's: no role that signs in reads a fact, a kept count or a mark.
#[tokio::test]
async fn facts_and_kept_counts_are_read_by_no_role() {
    let db = world().await;
    let hidden = [
        "select count(*) from stat.fact",
        "select count(*) from stat.rollup",
        "select count(*) from stat.dirty",
        "select count(*) from stat.facts(1::smallint, current_date - 9, current_date)",
        "select count(*) from stat.month_cells(null, null, null, null)",
        "select count(*) from stat.cells(null, null, current_date, null)",
        "select count(*) from stat.count_anew(current_date)",
        "select stat.recount(null, null)",
        "select stat.mark_children('{}')",
        "insert into stat.dirty (territory_id, month) values (1, '2026-01-01')",
        "insert into stat.reconciliation (compared, differing) values (0, 0)",
        "delete from stat.rollup",
    ];
    for role in ["sanad_stat", "sanad_app", "sanad_audit", "sanad_job"] {
        let mut connection = db.connect(role).await;
        for sql in hidden {
            let error = sqlx::query(sql).execute(&mut connection).await.unwrap_err();
            // the role of the committee writes nothing at all
            assert!(
                ["42501", "25006"].contains(&code_of(&error).as_str()),
                "{role}: {sql}: {error}"
            );
        }
    }
    for (role, sql) in [
        (
            "sanad_stat",
            "select count(*) from stat.city_cells(1::smallint, current_date, current_date)",
        ),
        (
            "sanad_stat",
            "select count(*) from stat.city_months(1::smallint, current_date, current_date)",
        ),
        ("sanad_stat", "select count(*) from stat.reconciliation"),
        ("sanad_stat", "select stat.refresh()"),
        ("sanad_app", "select stat.refresh()"),
        ("sanad_app", "select stat.reconcile()"),
        ("sanad_app", "select stat.compare(current_date)"),
        (
            "sanad_job",
            "select count(*) from stat.city_cells(1::smallint, current_date, current_date)",
        ),
    ] {
        let mut connection = db.connect(role).await;
        let error = sqlx::query(sql).execute(&mut connection).await.unwrap_err();
        assert!(
            ["42501", "25006"].contains(&code_of(&error).as_str()),
            "{role}: {sql}: {error}"
        );
    }
}

/// Days that begin and end anywhere, with months that are kept, marked and in part: what is told is what the facts are.
#[tokio::test]
async fn any_days_of_a_city_are_the_facts_of_these_days() {
    let db = world().await;
    let work = work(&db);
    let mut connection = db.connect("postgres").await;
    run(&mut connection, "set session_replication_role = replica").await;
    for n in 0..90_u32 {
        let (what, a, b, c) = (n % 16, 4 * (n % 11), n * 37 % 256, n * 13 % 256);
        run(
            &mut connection,
            &format!("select public.happens({what}, {a}, {b}, {c})"),
        )
        .await;
        if n == 60 {
            settle(&db, &work).await;
        }
    }
    run(
        &mut connection,
        &format!(
            "reset session_replication_role; select set_config('app.session', '{}', false)",
            session_of("supervisor.rabat")
        ),
    )
    .await;
    for (from, until) in [
        (255, 0),
        (200, 100),
        (70, 64),
        (31, 31),
        (120, 30),
        (3000, 250),
        (10, 11),
    ] {
        let days = format!("current_date - {from}, current_date - {until}");
        let differing: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "with told as (select measure, key, sex, n from stat.city_cells(1::smallint, {days})),
             facts as (
                 select f.measure, f.key, f.sex, f.trait, f.other_trait, f.sign from stat.fact f
                 where f.territory_id = 1 and current_date - {from} <= current_date - {until} and f.day <= current_date - {until}
                   and (f.day >= current_date - {from} or f.measure in ('cases', 'adult_decisions'))),
             counted as (
                 select measure, key, sex, sum(sign)::integer as n from facts group by 1, 2, 3 having sum(sign) <> 0
                 union all select 'children_by_age', trait, '', sum(sign)::integer from facts where measure = 'children_protected' group by 2
                 union all select 'children_by_nationality', other_trait, '', sum(sign)::integer from facts
                           where measure = 'children_protected' group by 2
                 union all select 'child_decisions_by_kind', trait, '', sum(sign)::integer from facts
                           where measure = 'child_decisions' group by 2 having sum(sign) <> 0)
             (select concat_ws(' ', 'told', t.measure, t.key, t.sex, t.n) from told t
              except select concat_ws(' ', 'told', c.measure, c.key, c.sex, c.n) from counted c)
             union all
             (select concat_ws(' ', 'fact', c.measure, c.key, c.sex, c.n) from counted c
              except select concat_ws(' ', 'fact', t.measure, t.key, t.sex, t.n) from told t)
             union all
             -- the months of what happens add up to it
             select concat_ws(' ', 'months', x.measure, x.n, y.n)
             from (select measure, sum(n) as n from stat.city_months(1::smallint, {days}) group by 1) x
             full join (select measure, sum(n) as n from told
                        where measure not in ('cases', 'adult_decisions') and measure not like '%\\_by\\_%' group by 1) y
                 on y.measure = x.measure
             where coalesce(x.n, 0) <> coalesce(y.n, 0)"
        )))
        .fetch_all(&mut connection)
        .await
        .unwrap();
        assert!(differing.is_empty(), "{from} {until}: {differing:#?}");
    }
}
