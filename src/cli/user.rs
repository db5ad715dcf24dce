//! `sanad user`: the first accounts of a new place, before anyone can sign in.

#![expect(clippy::doc_markdown, reason = "clap shows these comments as they are")]

use super::{Failure, owner};
use crate::{clock::Clock, db, i18n::Lang, ids, passwords, policy::Role};
use anyhow::Context;
use clap::Subcommand;
use sqlx::{Connection, PgConnection};
use std::io::BufRead;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Create a user with one assignment; the password is read from standard input, one line
    Create(Create),
}

/// Arguments of `sanad user create`.
#[derive(Debug, clap::Args)]
pub(super) struct Create {
    /// Name to sign in with
    username: String,
    /// Name in Arabic letters
    #[arg(long)]
    name_ar: String,
    /// Name in Latin letters
    #[arg(long)]
    name_la: String,
    /// Role: social_worker, supervisor, focal_point, institution_manager, prosecutor, court_registrar,
    /// chief_prosecutor, steering, admin, dpo
    #[arg(long, value_parser = |code: &str| Role::from_code(code).ok_or("not a role"))]
    role: Role,
    /// HCP code of the prefecture, as 04.421, for the roles of a prefecture
    #[arg(long)]
    territory: Option<String>,
    /// Number of the court, for the roles of a court
    #[arg(long)]
    court: Option<i16>,
    /// Code of the organisation, for focal points and institutions
    #[arg(long)]
    organisation: Option<String>,
}

pub(super) async fn run(action: &Action) -> Result<(), Failure> {
    let Action::Create(new) = action;
    let owner = owner()?;
    let mut password = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut password)
        .context("password")?;
    let password = password.trim_end_matches(['\r', '\n']);
    passwords::judge(password, &[&new.username, &new.name_ar, &new.name_la]).map_err(|msg| {
        vec![format!(
            "password, on standard input: {}",
            Lang::En.msg(&msg)
        )]
    })?;
    let salt = passwords::new_salt();
    let derived = passwords::derive(password, &salt).map_err(anyhow::Error::from)?;
    let mut connection = db::connect(&owner).await.context("database")?;
    create(&mut connection, new, &salt, &passwords::verifier(&derived)).await?;
    connection.close().await.context("database")?;
    Ok(())
}

async fn create(
    connection: &mut PgConnection,
    new: &Create,
    salt: &str,
    verifier: &[u8],
) -> anyhow::Result<()> {
    let mut tx = connection.begin().await?;
    let clock = Clock::system();
    let user = ids::UserId::new(clock.now());
    sqlx::query!(
        "insert into sec.app_user (id, username, name_ar, name_la) values ($1, $2, $3, $4)",
        user.0,
        new.username,
        new.name_ar,
        new.name_la
    )
    .execute(&mut *tx)
    .await
    .context("user")?;
    sqlx::query!(
        "insert into sec.credential (user_id, salt, verifier) values ($1, $2, $3)",
        user.0,
        salt,
        verifier
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into sec.role_assignment (id, user_id, role, territory_id, court_id, organisation_code)
         values ($1, $2, $3, (select id from ref.territory where hcp_code = $4), $5, $6)",
        ids::AssignmentId::new(clock.now()).0,
        user.0,
        new.role.code(),
        new.territory,
        new.court,
        new.organisation
    )
    .execute(&mut *tx)
    .await
    .context("assignment: does the role have the place it needs (--territory, --court, --organisation)?")?;
    sqlx::query!(
        "select audit.record('user.created', 'user', $1, null::smallint, $2, null)",
        user.0,
        serde_json::json!({ "role": new.role.code() })
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}
