//! `sanad admin`: a way back in when no administrator can help another.

use super::{Failure, owner};
use crate::{clock::Clock, db, factor::Code, ids::RowId, policy::Role};
use anyhow::Context;
use clap::Subcommand;
use sqlx::{Connection, PgConnection};
use std::io::Write;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Give an administrator who cannot sign in a one-time code, good for 15 minutes at /login/code; written
    /// to the audit trail
    Recover(Recover),
}

/// Arguments of `sanad admin recover`.
#[derive(Debug, clap::Args)]
pub(super) struct Recover {
    /// Name to sign in with
    username: String,
    /// Take the second factor away, too
    #[arg(long)]
    factor: bool,
}

pub(super) async fn run(action: &Action) -> Result<(), Failure> {
    let Action::Recover(asked) = action;
    let owner = owner()?;
    let mut connection = db::connect(&owner).await.context("database")?;
    let code = recover(&mut connection, asked, &Clock::system()).await?;
    connection.close().await.context("database")?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "One-time code of {}, for 15 minutes, at /login/code: {code}",
        asked.username
    )
    .context("terminal")?;
    Ok(())
}

/// Opens the account again, with a code; every session of it ends.
async fn recover(
    connection: &mut PgConnection,
    asked: &Recover,
    clock: &Clock,
) -> anyhow::Result<Code> {
    let mut tx = connection.begin().await?;
    let user = sqlx::query_scalar!(
        "update sec.app_user u set active = true, epoch = epoch + 1
         where username = $1 and exists (select from sec.role_assignment a
             where a.user_id = u.id and a.role = $2 and a.valid @> current_date)
         returning id",
        asked.username,
        Role::Admin.code()
    )
    .fetch_optional(&mut *tx)
    .await?
    .with_context(|| {
        format!(
            "{}: not an administrator with a running post",
            asked.username
        )
    })?;
    if asked.factor {
        sqlx::query!("select sec.forget_factors($1)", user)
            .execute(&mut *tx)
            .await?;
    }
    let code = Code::one_time();
    sqlx::query!(
        "insert into sec.access_code (id, user_id, code_sha256, expires_at)
         values ($1, $2, sha256($3), now() + interval '15 minutes')",
        RowId::new(clock.now()).0,
        user,
        code.as_bytes()
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "select audit.record('user.recovered', 'user', $1, null::smallint, $2, null)",
        user,
        serde_json::json!({ "factor": asked.factor })
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(code)
}
