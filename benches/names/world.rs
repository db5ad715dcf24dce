//! Half a million people, and what it costs to keep their names to be found.

use crate::shared::place::{DATABASE, Place};
use anyhow::Context;
use sanad::{db::JobDb, people};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    ops::Range,
    time::{Duration, Instant},
};

/// People of a household.
const HOUSEHOLD: u32 = 4;
/// Names that are inserted at once, to see what it takes.
pub const INSERTED: u32 = 1000;
/// How often; the middle one counts.
const ROUNDS: usize = 9;

/// Migrations, reference data, lists of names, workers.
pub async fn begin(place: &Place) -> anyhow::Result<()> {
    place.bootstrap()?;
    place
        .run(concat!(
            "set session_replication_role = replica; ",
            include_str!("world.sql")
        ))
        .await
}

/// From so many people to so many, rounded to whole households.
pub async fn grow(place: &Place, people: Range<u32>) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let (from, until) = (people.start / HOUSEHOLD, people.end / HOUSEHOLD);
    let people = include_str!("people.sql");
    let mut connection = place.connect().await?;
    sqlx::raw_sql(AssertSqlSafe(format!(
        "set bench.first = '{from}'; set bench.until = '{until}'; set session_replication_role = replica; {people}"
    )))
    .execute(&mut connection)
    .await?;
    connection.close().await?;
    Ok(begun.elapsed())
}

/// Gives every name its keys, as the job does.
pub async fn index(place: &Place) -> anyhow::Result<Keyed> {
    let db = JobDb::new(place.cluster.connect_options("sanad_job", DATABASE));
    let begun = Instant::now();
    let names = people::key_names(&db, "key_names").await?;
    let took = begun.elapsed();
    db.close().await;
    anyhow::ensure!(names > 0, "no name was given its keys");
    Ok(Keyed {
        names: u32::try_from(names)?,
        took,
    })
}

/// Names that were given their keys.
#[derive(Debug, Clone, Copy)]
pub struct Keyed {
    /// How many.
    pub names: u32,
    /// In what time.
    pub took: Duration,
}

impl Keyed {
    /// In a second.
    pub fn rate(self) -> f64 {
        f64::from(self.names) / self.took.as_secs_f64()
    }
}

/// What keys take on the disk, as words.
#[derive(Debug)]
pub struct Disk {
    /// The index.
    pub index: String,
    /// Of it, for a name.
    pub index_of_one: String,
    /// The table of names without its indexes.
    pub table: String,
    /// Keys of a name, how many.
    pub keys: String,
    /// Their bytes in the row.
    pub bytes: String,
}

/// Looks at the disk.
pub async fn disk(place: &Place) -> anyhow::Result<Disk> {
    let told = place
        .ask(
            "select concat_ws('|', pg_size_pretty(pg_relation_size('app.person_name_found')),
                              (pg_relation_size('app.person_name_found') / count(*)) || ' bytes',
                              pg_size_pretty(pg_table_size('app.person_name')),
                              round(avg(cardinality(keys)), 1), round(avg(pg_column_size(keys))) || ' bytes')
             from app.person_name where keys <> '{}'",
        )
        .await?;
    let mut parts = told.split('|').map(str::to_owned);
    let mut part = || parts.next().context("sizes");
    Ok(Disk {
        index: part()?,
        index_of_one: part()?,
        table: part()?,
        keys: part()?,
        bytes: part()?,
    })
}

/// What it takes to insert a thousand names more.
#[derive(Debug, Clone, Copy)]
pub struct Insert {
    /// Without keys.
    pub bare: Duration,
    /// With them.
    pub keyed: Duration,
}

/// As second names of people who have one, in one statement; each time taken back.
pub async fn insert(place: &Place) -> anyhow::Result<Insert> {
    let mut connection = place.connect().await?;
    sqlx::raw_sql(AssertSqlSafe(format!(
        "create temp table sample as select * from app.person_name where keys <> '{{}}' order by md5(id::text) limit {INSERTED}"
    )))
    .execute(&mut connection)
    .await?;
    let (mut bare, mut keyed) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(
            timed(
                &mut connection,
                "insert into app.person_name (id, person_id, territory_id, kind, given_ar, family_ar, given_la, family_la, keys, method)
                 select gen_random_uuid(), person_id, territory_id, 'alias', given_ar, family_ar, given_la, family_la, '{}', 0 from pg_temp.sample",
            )
            .await?,
        );
        keyed.push(
            timed(
                &mut connection,
                "insert into app.person_name (id, person_id, territory_id, kind, given_ar, family_ar, given_la, family_la, keys, method)
                 select gen_random_uuid(), person_id, territory_id, 'alias', given_ar, family_ar, given_la, family_la, keys, method from pg_temp.sample",
            )
            .await?,
        );
    }
    connection.close().await?;
    Ok(Insert {
        bare: middle(bare)?,
        keyed: middle(keyed)?,
    })
}

async fn timed(connection: &mut PgConnection, sql: &'static str) -> anyhow::Result<Duration> {
    sqlx::raw_sql("begin").execute(&mut *connection).await?;
    let begun = Instant::now();
    sqlx::raw_sql(sql).execute(&mut *connection).await?;
    let took = begun.elapsed();
    sqlx::raw_sql("rollback").execute(&mut *connection).await?;
    Ok(took)
}

fn middle(mut times: Vec<Duration>) -> anyhow::Result<Duration> {
    times.sort_unstable();
    times.get(times.len() / 2).copied().context("no time")
}
