//! `sanad keys`: the keys of what lies encrypted in the database.

#![expect(clippy::doc_markdown, reason = "clap shows these comments as they are")]

use super::{Failure, env, owner};
use crate::{
    db,
    vault::{
        MasterKeys, Vault,
        keeper::{self, KeeperError, Status},
    },
};
use anyhow::Context;
use clap::Subcommand;
use sqlx::Connection;
use std::io::{self, Write};

/// What to do.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Action {
    /// Make the first keys; and the master key, if SANAD_MASTER_KEY_FILE names a file that is not there
    Init,
    /// Make a new key and wrap every data key under it; takes up a rotation that was interrupted. Wraps
    /// under the first line of the master key's file, so it also ends a change of the master key
    Rotate,
    /// Show which keys there are and how old they are
    Status,
}

/// The master keys that the settings name; or one line, and exit 2.
pub(super) fn master_keys() -> Result<MasterKeys, Failure> {
    let read = || MasterKeys::read(&MasterKeys::path(&env)?);
    read().map_err(|line| vec![line].into())
}

/// What an operator can mend is a setting.
pub(super) fn keeper(error: KeeperError) -> Failure {
    match error {
        KeeperError::NoKeys | KeeperError::WrongMaster { .. } => vec![error.to_string()].into(),
        other => anyhow::Error::from(other).into(),
    }
}

pub(super) async fn run(action: &Action) -> Result<(), Failure> {
    let owner = owner()?;
    let masters = match action {
        Action::Init => first_master_keys()?,
        Action::Rotate | Action::Status => master_keys()?,
    };
    let vault = Vault::new(masters);
    let mut connection = db::connect(&owner).await.context("database")?;
    sqlx::raw_sql("set role sanad_owner")
        .execute(&mut connection)
        .await
        .context("role sanad_owner")?;
    let told = match action {
        Action::Init
            if keeper::init(&mut connection, &vault)
                .await
                .map_err(keeper)? =>
        {
            "The keys are made.".to_owned()
        }
        Action::Init => "The keys are there already, and open.".to_owned(),
        Action::Rotate => {
            let (rotation, done) = keeper::rotate(&mut connection, &vault)
                .await
                .map_err(keeper)?;
            format!(
                "Key {} wraps every data key now ({done} wrapped in this run).",
                rotation.vault_key
            )
        }
        Action::Status => table(
            &keeper::status(&mut connection, &vault)
                .await
                .map_err(keeper)?,
        ),
    };
    connection.close().await.context("database")?;
    writeln!(io::stdout().lock(), "{told}").context("output")?;
    Ok(())
}

/// Reads the master key, or makes it where the setting says.
fn first_master_keys() -> Result<MasterKeys, Failure> {
    let path = MasterKeys::path(&env).map_err(|line| vec![line])?;
    if path.exists() {
        return master_keys();
    }
    let made = MasterKeys::create(&path).map_err(|error| {
        vec![format!(
            "SANAD_MASTER_KEY_FILE: {}: {error}",
            path.display()
        )]
    })?;
    writeln!(
        io::stdout().lock(),
        "Master key made: {} (fingerprint {}).\n\
         Copy its line on paper now and keep it apart from every copy of the database: without it\n\
         nobody reads what the database holds encrypted.",
        path.display(),
        made.fingerprint()
    )
    .context("output")?;
    Ok(made)
}

fn table(status: &Status) -> String {
    let mut lines = vec![format!("master key  {}", status.master)];
    for key in &status.keys {
        let state = match (key.opens, key.opens_with_first, key.retired_at) {
            (false, ..) => "does not open".to_owned(),
            (true, false, _) => "opens with the old master key: run `sanad keys rotate`".to_owned(),
            (true, true, Some(at)) => format!("retired {}", at.format("%Y-%m-%d")),
            (true, true, None) => "in use".to_owned(),
        };
        lines.push(format!(
            "key {:<7} {:<6} made {}  {:>8} data keys  {state}",
            key.id,
            key.purpose,
            key.made_at.format("%Y-%m-%d"),
            key.data_keys
        ));
    }
    if let Some(done) = status.rotation {
        lines.push(format!(
            "a rotation was interrupted after {done} data keys: run `sanad keys rotate`"
        ));
    }
    lines.join("\n")
}
