//! `sanad demo`: everything on this machine, with invented people.

use super::{Failure, env, log_to_stdout, migrate, serve};
use crate::{
    config::Config,
    db::{self, Db},
    embedded::{Cluster, Settings},
};
use anyhow::Context;

/// Name of the demonstration's database.
const DATABASE: &str = "sanad";

pub(super) async fn run() -> Result<(), Failure> {
    let config = Config::demo(&env)?;
    // first the address: a second start must not disturb the first one's database
    let listener = serve::listen(&config).await?;
    log_to_stdout();
    let here = std::env::current_dir().context("current folder")?;
    let cluster = Cluster::start(&Settings::demo(&here)).await.map_err(anyhow::Error::from)?;
    let served = async {
        let owner = cluster.connect_options("postgres", DATABASE);
        db::bootstrap(&cluster.connect_options("postgres", "postgres"), DATABASE).await.context("roles")?;
        migrate::prepare(&owner).await?;
        let db = Db::new(
            cluster.connect_options("sanad_app", DATABASE),
            cluster.connect_options("sanad_stat", DATABASE),
            config.pool_size,
        );
        db.refuse_privileged_roles().await?;
        serve::serve(listener, config, db).await
    };
    let outcome = served.await;
    cluster.stop().await.map_err(anyhow::Error::from)?;
    Ok(outcome?)
}
