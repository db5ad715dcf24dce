//! `sanad demo`: everything on this machine, with invented people.

use super::{Failure, env, log_to_stdout, migrate, serve};
use crate::{
    blobs::Blobs,
    clock::Clock,
    config::Config,
    db::{self, Db, JobDb},
    demo,
    embedded::{Cluster, Settings},
    jobs::Work,
    seal::SealKey,
    vault::{MasterKeys, Vault, keeper},
};
use anyhow::Context;
use sqlx::{Connection, migrate::MigrateError, postgres::PgConnectOptions};
use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Name of the demonstration's database.
const DATABASE: &str = "sanad";

pub(super) async fn run() -> Result<(), Failure> {
    let config = Config::demo(&env)?;
    // first the address: a second start must not disturb the first one's database
    let listener = serve::listen(&config).await?;
    log_to_stdout();
    let here = std::env::current_dir().context("current folder")?;
    let settings = Settings::demo(&here);
    let cluster = Cluster::start(&settings)
        .await
        .map_err(anyhow::Error::from)?;
    let served = async {
        let owner = cluster.connect_options("postgres", DATABASE);
        db::bootstrap(&cluster.connect_options("postgres", "postgres"), DATABASE)
            .await
            .context("roles")?;
        migrate::prepare(&owner)
            .await
            .map_err(|error| of_another_version(error, &settings.data_dir))?;
        let vault = vault(&owner, &folder(&here)).await?;
        let blobs = Blobs::in_folder(&folder(&here).join("files")).context("files")?;
        fill(&owner, (&vault, &blobs)).await.context("demo data")?;
        let db = Db::new(
            cluster.connect_options("sanad_app", DATABASE),
            cluster.connect_options("sanad_stat", DATABASE),
            config.pool_size,
            vault.clone(),
        );
        db.refuse_privileged_roles().await?;
        let work = Work {
            db: JobDb::new(cluster.connect_options("sanad_job", DATABASE)),
            key: Arc::new(seal_key(&here).context("key of the seal")?),
            openings_per_hour: config.openings_per_hour,
            blobs: blobs.clone(),
            letters: serve::letters(&config, &vault)
                .map_err(|_| anyhow::anyhow!("SANAD_SMTP_URL"))?,
            papers: Some(vault.clone()),
            clock: Clock::system(),
        };
        demo::tell(&work).await.context("months that are over")?;
        welcome(&config.public_url, &here).context("demo accounts")?;
        serve::serve(listener, config, db, blobs, Some(work)).await
    };
    // a signal while it starts ends it, too, with its database
    let outcome = tokio::select! {
        outcome = served => outcome,
        () = serve::stop_before_ready() => Ok(()),
    };
    cluster.stop().await.map_err(anyhow::Error::from)?;
    Ok(outcome?)
}

/// What to do about a demonstration whose tables are not those of this program.
fn of_another_version(error: anyhow::Error, folder: &Path) -> anyhow::Error {
    match error.downcast_ref() {
        Some(MigrateError::VersionMismatch(_) | MigrateError::VersionMissing(_)) => {
            let folder = folder.display();
            error.context(format!(
                "another version of Sanad made this demonstration; remove {folder} to begin anew"
            ))
        }
        _ => error,
    }
}

/// Invented people, once.
async fn fill(owner: &PgConnectOptions, stores: (&Vault, &Blobs)) -> anyhow::Result<()> {
    let mut connection = db::connect(owner).await?;
    demo::fill(&mut connection, &Clock::system(), stores).await?;
    connection.close().await?;
    Ok(())
}

/// Where the demonstration keeps what is not PostgreSQL's.
fn folder(here: &Path) -> PathBuf {
    let named = env("SANAD_DATA_DIR").filter(|folder| !folder.is_empty());
    named.map_or_else(|| here.join("var"), PathBuf::from)
}

/// The key that seals the demonstration's audit trail, made at its first start.
fn seal_key(here: &Path) -> anyhow::Result<SealKey> {
    let folder = folder(here);
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("demo-seal.key");
    if file.exists() {
        return Ok(SealKey::read(&file)?);
    }
    Ok(SealKey::create(&file, "demo.sanad.example/audit")?)
}

/// The master key of the demonstration, made at its first start: beside the accounts, and not in the folder
/// of the database, whose copy alone must tell nothing.
async fn vault(owner: &PgConnectOptions, folder: &Path) -> anyhow::Result<Vault> {
    let file = folder.join("demo-master-key");
    std::fs::create_dir_all(folder)?;
    let masters = if file.exists() {
        MasterKeys::read(&file).map_err(anyhow::Error::msg)?
    } else {
        MasterKeys::create(&file)?
    };
    let vault = Vault::new(masters);
    let mut connection = db::connect(owner).await?;
    sqlx::raw_sql("set role sanad_owner")
        .execute(&mut connection)
        .await?;
    keeper::init(&mut connection, &vault)
        .await
        .with_context(|| format!("{}", file.display()))?;
    connection.close().await?;
    Ok(vault)
}

/// Writes the accounts to their file, and tells a person where to go and as whom.
fn welcome(address: &str, here: &Path) -> anyhow::Result<()> {
    let folder = folder(here);
    let file = folder.join("demo-accounts.tsv");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(&file, demo::accounts_file())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nSanad is ready: {address}\n")?;
    writeln!(
        out,
        "All people are invented. The password of every account: {}\n",
        demo::PASSWORD
    )?;
    writeln!(out, "{}", demo::accounts_table())?;
    writeln!(
        out,
        "All accounts: {}\nCtrl-C stops everything.\n",
        file.display()
    )?;
    out.flush()?;
    Ok(())
}
