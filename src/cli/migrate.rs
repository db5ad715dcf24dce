//! `sanad migrate`: roles, migrations, reference data.

#![expect(clippy::doc_markdown, reason = "clap shows these comments as they are")]

use super::{Failure, env, owner};
use crate::{db, reference};
use anyhow::Context;
use sqlx::{AssertSqlSafe, Connection, postgres::PgConnectOptions};

/// Arguments of `sanad migrate`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// First create the roles and the database (needs a superuser); gives sanad_app, sanad_stat,
    /// sanad_job and sanad_audit the passwords of their addresses
    #[arg(long)]
    bootstrap: bool,
}

pub(super) async fn run(args: &Args) -> Result<(), Failure> {
    let owner = owner()?;
    if args.bootstrap {
        let name = owner.get_database().unwrap_or("sanad").to_owned();
        db::bootstrap(&owner.clone().database("postgres"), &name)
            .await
            .context("bootstrap")?;
        for setting in [
            "DATABASE_URL",
            "SANAD_STAT_DATABASE_URL",
            "SANAD_JOB_DATABASE_URL",
            "SANAD_AUDIT_DATABASE_URL",
        ] {
            if let Some(url) = env(setting) {
                set_password(&owner, &url)
                    .await
                    .with_context(|| format!("password of {setting}"))?;
            }
        }
    }
    prepare(&owner).await?;
    Ok(())
}

/// Migrations and reference data, on a database whose roles exist.
pub(super) async fn prepare(owner: &PgConnectOptions) -> anyhow::Result<()> {
    db::migrate(owner).await.context("migrations")?;
    let mut connection = db::connect(owner).await?;
    sqlx::raw_sql("set role sanad_owner")
        .execute(&mut connection)
        .await?;
    sqlx::raw_sql("call audit.ensure_months(current_date, 24)")
        .execute(&mut connection)
        .await?;
    reference::load(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Gives the role of that address the password of that address.
async fn set_password(owner: &PgConnectOptions, url: &str) -> anyhow::Result<()> {
    let role: PgConnectOptions = url.parse()?;
    let password = url::password(url);
    let (Some(password), name) = (password, role.get_username().to_owned()) else {
        return Ok(());
    };
    anyhow::ensure!(
        ["sanad_app", "sanad_stat", "sanad_job", "sanad_audit"].contains(&name.as_str()),
        "the role is {name}, not one of ours"
    );
    let mut connection = db::connect(owner).await?;
    // ALTER ROLE takes no bound values: PostgreSQL quotes them itself
    let alter: String =
        sqlx::query_scalar("select format('alter role %I password %L', $1::text, $2::text)")
            .bind(name)
            .bind(password)
            .fetch_one(&mut connection)
            .await?;
    sqlx::raw_sql(AssertSqlSafe(alter))
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

mod url {
    /// The password of `scheme://user:password@host/…`, percent-decoded.
    pub(super) fn password(url: &str) -> Option<String> {
        let (_, rest) = url.split_once("://")?;
        let (user_info, _) = rest.rsplit_once('@')?;
        let (_, password) = user_info.split_once(':')?;
        let encoded = format!("p={}", password.replace('+', "%2B"));
        form_urlencoded::parse(encoded.as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
    }

    #[test]
    fn passwords_are_decoded() {
        assert_eq!(
            password("postgres://a:p%40ss+1@h/d").as_deref(),
            Some("p@ss+1")
        );
        assert_eq!(password("postgres://a@h/d"), None);
    }
}
