//! What PostgreSQL itself knows about the walls.
//!
//! Each promise is a query in `catalogue/` that lists what breaks it. [`a_missing_wall_is_noticed`] takes
//! the walls away one by one and sees the query tell.

use crate::support::{TestDb, source};
use sanad::reference::List;
use sqlx::Connection;

/// A promise: the query of its faults, and statements that each take a piece of the wall away.
struct Wall {
    name: &'static str,
    faults: &'static str,
    breaches: &'static [&'static str],
}

macro_rules! walls {
    ($($name:literal: [$($breach:literal),+ $(,)?]),+ $(,)?) => {
        const WALLS: &[Wall] = &[$(Wall {
            name: $name,
            faults: include_str!(concat!("catalogue/", $name, ".sql")),
            breaches: &[$($breach),+],
        }),+];
    };
}
walls! {
    "row_security": [
        "alter table app.person disable row level security",
        "alter table app.case_file no force row level security",
        "create table app.forgotten (id uuid)",
        "alter table plan.member disable row level security",
        "alter table plan.designation no force row level security",
    ],
    "policies": [
        "drop policy edits on app.service",
        "create policy removes on app.person for delete to sanad_app using (true)",
        "create policy open on app.contact to public using (true)",
        "create policy reads_too on app.contact for select to sanad_app using (true)",
        "drop policy emergency_edits on app.service_beneficiary",
        "drop policy emergency_adds on app.contact_child",
    ],
    "initplan": [
        "alter policy reads on app.contact using (territory_id = any (app.my_territories()))",
        "alter policy reads on app.contact using (exists (select from app.person p where p.id = author))",
        "alter policy reads on plan.seat using (territory_id = any (app.team_cities()))",
    ],
    "views": [
        "alter view app.child set (security_invoker = false)",
        "create materialized view app.stored as select id from app.person",
    ],
    "deletion": [
        "grant delete on app.case_file to sanad_app",
        "grant truncate on audit.event to sanad_audit",
        "grant references on app.person to public",
    ],
    "polymorphic": ["alter table app.person add owner_type text, add owner_id uuid"],
    "foreign_keys": ["drop index app.person_sex_idx", "drop index app.service_beneficiary_case_id_idx"],
    "functions": [
        "alter function app.my_cases reset all",
        "alter function sec.me set search_path = app, pg_catalog",
        "grant execute on function stat.exact_cells to public",
        "alter function job.enqueue reset all",
    ],
    "owners": ["alter table app.person owner to postgres", "create function app.alien() returns int language sql as 'select 1'"],
    "committee": [
        "grant usage on schema app to sanad_stat",
        "grant select (sex) on app.person to sanad_stat",
        "grant execute on function app.my_cases to sanad_stat",
    ],
    "application": [
        "grant select on sec.session to sanad_app",
        "grant insert on audit.event to sanad_app",
        "grant create on schema app to sanad_app",
        "grant sanad_owner to sanad_audit",
    ],
    "territory": [
        "alter table app.service alter territory_id drop not null",
        "create table app.homeless (id uuid primary key)",
    ],
}

#[tokio::test]
async fn every_wall_stands() {
    let db = TestDb::new().await;
    for wall in WALLS {
        let faults = db.list(wall.faults).await;
        assert!(faults.is_empty(), "{}:\n{}", wall.name, faults.join("\n"));
    }
}

#[tokio::test]
async fn a_missing_wall_is_noticed() {
    let db = TestDb::new().await;
    let mut connection = db.connect("postgres").await;
    for wall in WALLS {
        for breach in wall.breaches {
            let mut tx = connection.begin().await.unwrap();
            sqlx::raw_sql(*breach).execute(&mut *tx).await.unwrap();
            let faults: Vec<String> = sqlx::query_scalar(wall.faults)
                .fetch_all(&mut *tx)
                .await
                .unwrap();
            assert!(
                !faults.is_empty(),
                "{}: nobody notices `{breach}`",
                wall.name
            );
            tx.rollback().await.unwrap();
        }
    }
}

/// The lists of the code and those of the database are the same, of one shape (schema D11).
#[tokio::test]
async fn every_list_has_the_common_shape() {
    let db = TestDb::new().await;
    let mut found = db
        .list(
            "select c.relname::text from pg_class c
             where c.relnamespace = 'ref'::regnamespace and c.relkind = 'r'
               and (select array_agg(a.attname::text || ' ' || format_type(a.atttypid, a.atttypmod)
                                     || case when a.attnotnull then '!' else '' end order by a.attnum)
                    from pg_attribute a where a.attrelid = c.oid and a.attnum between 1 and 8)
                 = '{code text!,ar text!,fr text!,en text!,sort smallint!,valid_from date,valid_to date,is_missing boolean!}'
               and exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and k.conkey = '{1}')",
        )
        .await;
    found.sort();
    let mut wanted: Vec<&str> = List::ALL.iter().map(|list| list.table()).collect();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

/// A table of the catalogue that nothing fills would make a form without choices.
#[tokio::test]
async fn no_list_is_empty_or_holds_a_code_without_words() {
    let db = TestDb::new().await;
    for list in List::ALL {
        let sql = format!(
            "select code from ref.{0} where trim(ar) = '' or trim(fr) = '' or trim(en) = ''
             union all select 'no row' where not exists (select from ref.{0})",
            list.table()
        );
        let faults: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_all(&mut db.connect("sanad_stat").await)
            .await
            .unwrap();
        assert!(faults.is_empty(), "{}: {faults:?}", list.table());
    }
}

/// Each column of a personal schema has one class, decided by a person: see `docs/data-classes.tsv`.
#[tokio::test]
async fn every_column_is_classified() {
    const CLASSES: [&str; 5] = ["open", "internal", "personal", "sensitive", "secret"];
    let db = TestDb::new().await;
    let columns = db
        .list(
            "select n.nspname || '.' || c.relname || '.' || a.attname
             from pg_class c join pg_namespace n on n.oid = c.relnamespace
             join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where (n.nspname in ('app', 'sec', 'audit') or (n.nspname = 'plan' and c.relrowsecurity))
               and c.relkind in ('r', 'p') and not c.relispartition
             order by n.nspname, c.relname, a.attnum",
        )
        .await;
    let text = source::file("docs/data-classes.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let classified: Vec<(&str, &str)> = lines
        .map(|line| line.split_once('\t').unwrap_or((line, "")))
        .collect();
    for (column, class) in &classified {
        assert!(
            CLASSES.contains(class),
            "docs/data-classes.tsv: {column} has the class {class:?}"
        );
    }
    let missing: Vec<_> = columns
        .iter()
        .filter(|c| !classified.iter().any(|(name, _)| name == c))
        .collect();
    let gone: Vec<_> = classified
        .iter()
        .filter(|(name, _)| !columns.iter().any(|c| c == name))
        .collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "docs/data-classes.tsv: missing {missing:#?}, gone {gone:#?}"
    );
    assert_eq!(
        classified.len(),
        columns.len(),
        "docs/data-classes.tsv: a column stands there twice"
    );
    // the register of processing says why each table is kept, and how long
    let words = source::file("locales/ar/audit.ftl");
    let purposes = source::file("docs/data-purposes.tsv");
    let told: Vec<Vec<&str>> = purposes
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    let mut tables: Vec<&str> = classified
        .iter()
        .filter_map(|(column, _)| column.rsplit_once('.').map(|(table, _)| table))
        .collect();
    tables.sort_unstable();
    tables.dedup();
    let named: Vec<&str> = told.iter().map(|line| line[0]).collect();
    assert_eq!(named, tables, "docs/data-purposes.tsv, by name");
    for line in &told {
        for key in [
            format!("purpose-{} =", line[1]),
            format!("retention-{} =", line[2]),
        ] {
            assert!(words.contains(&key), "{}: no words for {key}", line[0]);
        }
    }
}
