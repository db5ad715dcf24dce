//! Roles, migrations, reference data: what must be there before the first page.

use super::connect;
use graphile_worker::WorkerUtils;
use sqlx::{
    Connection, PgConnection,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};

static MIGRATOR: Migrator = sqlx::migrate!();

/// Creates the roles of the cluster and, if missing, the database, owned by `sanad_owner`.
///
/// `admin` is a superuser's connection to any database of the cluster. Idempotent.
pub async fn bootstrap(admin: &PgConnectOptions, database: &str) -> Result<(), sqlx::Error> {
    let mut connection = connect(admin).await?;
    sqlx::raw_sql(include_str!("bootstrap.sql"))
        .execute(&mut connection)
        .await?;
    let exists = sqlx::query_scalar!(
        r#"select exists (select from pg_database where datname = $1) as "exists!""#,
        database
    )
    .fetch_one(&mut connection)
    .await?;
    if !exists {
        let name = database.replace('"', "\"\"");
        let create = format!(
            "create database \"{name}\" owner sanad_owner encoding 'UTF8' template template0"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(create))
            .execute(&mut connection)
            .await?;
    }
    connection.close().await?;
    let mut connection = connect(&admin.clone().database(database)).await?;
    sqlx::raw_sql(include_str!("bootstrap_database.sql"))
        .execute(&mut connection)
        .await?;
    connection.close().await
}

/// Applies what is missing, as `sanad_owner`: objects belong to a role nobody signs in as.
pub async fn migrate(owner: &PgConnectOptions) -> Result<(), MigrateError> {
    let mut connection = connect(owner).await?;
    sqlx::raw_sql("set role sanad_owner")
        .execute(&mut connection)
        .await?;
    MIGRATOR.run_direct(None, &mut connection, false).await?;
    connection.close().await?;
    migrate_queue(owner).await
}

/// The tables of the queue come with its library; they belong to `sanad_job`, so they are made as that role.
async fn migrate_queue(owner: &PgConnectOptions) -> Result<(), MigrateError> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(owner.clone().options([("role", "sanad_job")]))
        .await?;
    let done = WorkerUtils::new(pool.clone(), super::QUEUE.to_owned())
        .migrate()
        .await;
    pool.close().await;
    done.map_err(|error| MigrateError::Source(Box::new(error)))
}

/// The number of migrations of this program that the database lacks; not readable by the application
/// role, so it is a function of the schema `sec`.
pub async fn pending(connection: &mut PgConnection) -> Result<usize, sqlx::Error> {
    let newest = sqlx::query_scalar!("select sec.schema_version()")
        .fetch_one(connection)
        .await?;
    let newest = newest.unwrap_or(0);
    Ok(MIGRATOR.iter().filter(|m| m.version > newest).count())
}
