//! What only this bench asks of its place: the people of `benches/people.sql`, the log of the statements, and
//! PostgreSQL alone.

use crate::{
    captured::Script,
    shared::place::{DATABASE, Place},
};
use anyhow::Context;
use sanad::{
    ids::DisclosureId,
    vault::{Field, Holder, MasterKeys, Vault, keeper},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Migrations, reference data, people, and the statistics of the planner.
pub async fn fill(place: &Place, cases: u32) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    place.bootstrap()?;
    let people = include_str!("../people.sql");
    let mut connection = place.connect().await?;
    sqlx::raw_sql(AssertSqlSafe(format!(
        "create extension pg_stat_statements;
         set bench.cases = '{cases}'; set session_replication_role = replica; {people}"
    )))
    .execute(&mut connection)
    .await?;
    seal_notices(place, &mut connection).await?;
    // counted, and counted once more when what marked it has ended
    for _ in 0..2 {
        sqlx::raw_sql("select stat.refresh()")
            .execute(&mut connection)
            .await?;
    }
    connection.close().await?;
    place.open().await?;
    Ok(begun.elapsed())
}

/// As the program would have sealed them.
async fn seal_notices(place: &Place, connection: &mut PgConnection) -> anyhow::Result<()> {
    let vault = Vault::new(MasterKeys::read(&place.master_key()).map_err(anyhow::Error::msg)?);
    let notices: Vec<(Uuid, String)> = sqlx::query_as("select id, snapshot from pg_temp.notice")
        .fetch_all(&mut *connection)
        .await?;
    let holder = |id: Uuid| Holder::disclosure(DisclosureId(id));
    let holders: Vec<Holder> = notices.iter().map(|(id, _)| holder(*id)).collect();
    let keys = keeper::data_keys(&mut *connection, &vault, &holders).await?;
    for (id, text) in notices {
        let key = keys.get(&holder(id)).context("a notice without a key")?;
        let sealed = key.seal(Field::DISCLOSURE_SNAPSHOT, id, &text)?;
        sqlx::query("update app.disclosure set snapshot_enc = $1 where id = $2")
            .bind(sealed.as_bytes())
            .bind(id)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Whether new connections of the program have their statements written to the log, values included.
pub async fn log_statements(place: &Place, on: bool) -> anyhow::Result<()> {
    for role in ["sanad_app", "sanad_stat"] {
        place.run(&if on {
            format!("alter role {role} set log_statement = 'all'; alter role {role} set log_error_verbosity = 'default'; alter role {role} set log_parameter_max_length = -1")
        } else {
            format!("alter role {role} reset log_statement; alter role {role} reset log_error_verbosity; alter role {role} reset log_parameter_max_length")
        })
        .await?;
    }
    Ok(())
}

/// The log, as one JSON object a line.
pub fn log(place: &Place) -> PathBuf {
    place.data_dir.join("cluster/log/bench.json")
}

/// `pgbench` for some seconds with these scripts in turn; how often a second.
pub fn pgbench(
    place: &Place,
    role: &str,
    scripts: &[Script],
    seconds: u32,
    connections: u32,
) -> anyhow::Result<f64> {
    let scratch = place.scratch()?;
    let mut files = Vec::new();
    for (n, script) in scripts.iter().enumerate() {
        files.push(scratch.join(format!("{n}.sql")));
        fs::write(scratch.join(format!("{n}.sql")), &script.text)?;
    }
    let variables = scripts.iter().flat_map(|script| &script.variables);
    let output = Command::new(program())
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
        .arg(format!("--time={seconds}"))
        .arg(format!("--client={connections}"))
        .arg(format!("--username={role}"))
        .arg(format!("--host={}", place.cluster.socket_dir().display()))
        .args(variables.map(|(name, value)| format!("--define={name}={value}")))
        .args(
            files
                .iter()
                .map(|file| format!("--file={}", file.display())),
        )
        .arg(DATABASE)
        // as the program's connections have them (`Db::new`)
        .env(
            "PGOPTIONS",
            "-c timezone=Africa/Casablanca -c plan_cache_mode=force_generic_plan -c jit=off",
        )
        .output()
        .context("pgbench: scripts/setup bench installs it")?;
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "pgbench: {errors}");
    let rate = told.lines().find_map(|line| line.strip_prefix("tps = "));
    let rate = rate.and_then(|line| line.split(' ').next());
    Ok(rate
        .with_context(|| format!("pgbench: {told} {errors}"))?
        .parse()?)
}

/// Debian keeps it beside the server, and a link to the newest in the path.
fn program() -> PathBuf {
    std::env::var_os("SANAD_PG_BIN").map_or_else(
        || PathBuf::from("pgbench"),
        |bin| Path::new(&bin).join("pgbench"),
    )
}
