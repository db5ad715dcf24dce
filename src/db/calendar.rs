//! Days are Moroccan: `current_date` and `::date` in the database, as [`crate::clock`] in the program.

use sqlx::{
    ConnectOptions, PgConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};

/// Said on each new connection: the driver asks for UTC as it connects, and the server obeys that over what
/// the options, the role or the database say. In UTC the day would begin an hour late, and what is written
/// in that hour be refused as of tomorrow.
const MOROCCAN: &str = "set timezone = 'Africa/Casablanca'";

/// A connection of its own, for a command or a test.
pub async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    let mut connection = options.connect().await?;
    sqlx::raw_sql(MOROCCAN).execute(&mut connection).await?;
    Ok(connection)
}

/// The beginning of a pool.
pub(super) fn pool() -> PgPoolOptions {
    PgPoolOptions::new().after_connect(|connection, _| {
        Box::pin(async move {
            sqlx::raw_sql(MOROCCAN).execute(connection).await?;
            Ok(())
        })
    })
}
