//! `sanad audit`: the seal on the audit trail.

#![expect(clippy::doc_markdown, reason = "clap shows these comments as they are")]

use super::{Failure, env, serve};
use crate::{
    blobs::Blobs,
    config::JobSettings,
    db,
    seal::{self, Report, SealKey, TrustedKey},
};
use anyhow::Context;
use clap::Subcommand;
use sqlx::{Connection, postgres::PgConnectOptions};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// Faults that are told one by one.
const TOLD: usize = 50;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Make the key that signs, in a file of its owner's; prints the public key, to be kept elsewhere
    Key {
        /// The file, which must not be there yet
        file: PathBuf,
        /// Name of the trail, as sanad.example/audit
        #[arg(long)]
        name: String,
    },
    /// Seal what waits, now (SANAD_JOB_DATABASE_URL, SANAD_SEAL_KEY_FILE)
    Seal,
    /// Read the whole trail and tell what was edited, deleted, inserted, reordered, cut or rolled back;
    /// exit code 1 if anything was (SANAD_AUDIT_DATABASE_URL)
    Verify {
        /// Public keys whose signatures count, one a line; without it signatures are not looked at
        #[arg(long)]
        key: Option<PathBuf>,
        /// A checkpoint that was kept outside, as the page of the daily root shows it
        #[arg(long)]
        checkpoint: Option<PathBuf>,
    },
}

pub(super) async fn run(action: &Action) -> Result<(), Failure> {
    match action {
        Action::Key { file, name } => {
            let key = SealKey::create(file, name)
                .map_err(|error| vec![format!("audit key: {}: {error}", file.display())])?;
            tell(&format!("{}\n", key.public()))?;
        }
        Action::Seal => {
            // it seals, and sweeps nothing
            let blobs = Blobs::in_memory();
            let work = serve::work(&JobSettings::required(&env)?, 0, blobs).await?;
            let rows = work.seal().await.context("seal")?;
            tell(&format!("sealed {rows} rows\n"))?;
        }
        Action::Verify { key, checkpoint } => verify(key.as_deref(), checkpoint.as_deref()).await?,
    }
    Ok(())
}

async fn verify(key: Option<&Path>, checkpoint: Option<&Path>) -> Result<(), Failure> {
    let Some(url) = env("SANAD_AUDIT_DATABASE_URL") else {
        return Err(vec![
            "SANAD_AUDIT_DATABASE_URL: missing (postgres://sanad_audit:…@host/sanad)".to_owned(),
        ]
        .into());
    };
    let options: PgConnectOptions = url
        .parse()
        .map_err(|_| vec!["SANAD_AUDIT_DATABASE_URL: not a PostgreSQL address".to_owned()])?;
    let text = |path: &Path| {
        std::fs::read_to_string(path).map_err(|error| vec![format!("{}: {error}", path.display())])
    };
    let trusted = match key {
        None => Vec::new(),
        Some(path) => TrustedKey::read_all(&text(path)?)
            .map_err(|error| vec![format!("{}: {error}", path.display())])?,
    };
    let outside = checkpoint.map(text).transpose()?;
    let mut connection = db::connect(&options).await.context("database")?;
    // one moment for all its questions, though sealing goes on meanwhile
    sqlx::raw_sql("begin transaction isolation level repeatable read read only")
        .execute(&mut connection)
        .await
        .context("database")?;
    let report = seal::verify(&mut connection, &trusted, outside.as_deref())
        .await
        .context("verify")?;
    connection.close().await.context("database")?;
    tell(&told(&report, trusted.is_empty()))?;
    match report.faults.len() {
        0 => Ok(()),
        n => Err(anyhow::anyhow!("the audit trail does not verify: {n} faults").into()),
    }
}

fn told(report: &Report, unsigned: bool) -> String {
    let mut lines = Vec::new();
    lines.push(format!("leaves       {}", report.leaves));
    lines.push(format!("checkpoints  {}", report.checkpoints));
    if let Some((root, at)) = &report.last {
        lines.push(format!("last root    {root}"));
        lines.push(format!("signed at    {}", at.to_rfc3339()));
    }
    let since = report
        .tail_since
        .map_or_else(String::new, |at| format!(", since {}", at.to_rfc3339()));
    lines.push(format!("not sealed   {} rows{since}", report.tail));
    if unsigned {
        lines.push("signatures   not looked at: give --key".to_owned());
    }
    lines.extend(
        report
            .faults
            .iter()
            .take(TOLD)
            .map(|fault| format!("FAULT        {fault}")),
    );
    if report.faults.len() > TOLD {
        lines.push(format!(
            "FAULT        and {} more",
            report.faults.len() - TOLD
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn tell(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
