//! `sanad serve`, and the serving that the demonstration shares.

use super::{
    Failure, documents, env,
    keys::{keeper, master_keys},
    log_to_stdout,
};
use crate::{
    blobs::Blobs,
    clock::Clock,
    config::{Config, JobSettings},
    db::{Db, JobDb},
    digests::Means,
    jobs::{self, Work},
    mail::Mailer,
    passkeys::Passkeys,
    passwords::Gate,
    reference::Shelf,
    releases::Kept,
    router,
    seal::SealKey,
    state::AppState,
    vault::Vault,
};
use anyhow::Context;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::oneshot,
    time::timeout,
};

/// Whether the server answers, and so stops by itself.
static READY: AtomicBool = AtomicBool::new(false);

/// Between two looks at the code lists: a city opened elsewhere is seen within this time.
const REFRESH: Duration = Duration::from_mins(1);

/// After a signal, on top of what one request may take; and for the pools to close. systemd kills after 90
/// seconds.
const GRACE: Duration = Duration::from_secs(5);

/// Serves an existing database.
pub(super) async fn run() -> Result<(), Failure> {
    let (config, databases) = Config::serve(&env)?;
    let vault = Vault::new(master_keys()?);
    let blobs = documents::blobs()?;
    log_to_stdout();
    let app = databases.app.parse().context("DATABASE_URL")?;
    let stat = databases.stat.parse().context("SANAD_STAT_DATABASE_URL")?;
    let db = Db::new(app, stat, config.pool_size, vault.clone());
    db.refuse_privileged_roles()
        .await
        .map_err(anyhow::Error::from)?;
    db.refuse_wrong_master_key().await.map_err(keeper)?;
    let telling = db.settings_that_log_rows().await;
    let telling = telling.context("settings of the database")?;
    if !telling.is_empty() {
        tracing::warn!(settings = telling.join(", "), "database.rows_in_log");
    }
    let mut means = None;
    if let Some(settings) = &databases.jobs {
        means = Some(Work {
            letters: letters(&config, &vault)?,
            papers: Some(vault.clone()),
            ..work(settings, config.openings_per_hour, blobs.clone()).await?
        });
    } else {
        // one line, for this is a choice
        tracing::warn!(missing = "SANAD_JOB_DATABASE_URL", "jobs.off");
    }
    let listener = listen(&config).await?;
    serve(listener, config, db, blobs, means).await?;
    Ok(())
}

/// The means of background work, or the one line that says what is wrong with its key.
pub(super) async fn work(
    settings: &JobSettings,
    openings_per_hour: i32,
    blobs: Blobs,
) -> Result<Work, Failure> {
    let key = SealKey::read(&settings.seal_key).map_err(|error| {
        let file = settings.seal_key.display();
        vec![format!("SANAD_SEAL_KEY_FILE: {file}: {error}")]
    })?;
    let options = settings
        .database
        .parse()
        .context("SANAD_JOB_DATABASE_URL")?;
    let db = JobDb::new(options);
    db.refuse_privileged_role()
        .await
        .map_err(anyhow::Error::from)?;
    Ok(Work {
        db,
        key: Arc::new(key),
        openings_per_hour,
        blobs,
        letters: None,
        papers: None,
        clock: Clock::system(),
    })
}

/// What letters need, if a mail server is set.
pub(super) fn letters(config: &Config, vault: &Vault) -> Result<Option<Means>, Failure> {
    let Some(settings) = &config.mail else {
        return Ok(None);
    };
    let mailer = Mailer::new(settings, &config.public_url)
        .map_err(|_| vec!["SANAD_SMTP_URL: not the address of a mail server".to_owned()])?;
    Ok(Some(Means {
        vault: vault.clone(),
        mailer,
    }))
}

/// Takes the address, or says who cannot have it.
pub(super) async fn listen(config: &Config) -> Result<TcpListener, Failure> {
    TcpListener::bind(config.listen).await.map_err(|error| {
        vec![format!(
            "SANAD_LISTEN: cannot listen on {}: {error}",
            config.listen
        )]
        .into()
    })
}

/// Answers until a signal, then finishes what is under way.
pub(super) async fn serve(
    listener: TcpListener,
    config: Config,
    db: Db,
    blobs: Blobs,
    work: Option<Work>,
) -> anyhow::Result<()> {
    // before the first answer: whoever got one may ask for the end
    let stop = StopSignal::listen();
    let grace = config.request_timeout + GRACE;
    let shelf = Shelf::default();
    shelf
        .refresh(&db)
        .await
        .map_err(|error| anyhow::anyhow!("reference data: {error}"))?;
    let clock = Clock::system();
    let state = AppState {
        db: db.clone(),
        shelf,
        kept: Kept::default(),
        clock,
        passkeys: Passkeys::of(&config),
        config: Arc::new(config),
        gate: Gate::default(),
        blobs,
    };
    let refresher = tokio::spawn(keep_fresh(state.clone()));
    let worker = work.map(jobs::start);
    READY.store(true, Ordering::Relaxed);
    tracing::info!(address = %listener.local_addr()?, "server.ready");
    let app = router::app(state).into_make_service_with_connect_info::<SocketAddr>();
    let (asked, was_asked) = oneshot::channel();
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
        stop.heard().await;
        let _ = asked.send(());
    });
    tokio::select! {
        done = server.into_future() => done?,
        () = late(was_asked, grace) => tracing::warn!("server.cut_off"),
    }
    refresher.abort();
    if let Some(worker) = worker {
        worker.stop().await;
    }
    // what was cut off may hold a connection still
    let _ = timeout(GRACE, db.close()).await;
    tracing::info!("server.stopped");
    Ok(())
}

/// When what is under way has had its time since the signal: one slow upload, one half of a request, and the
/// server would never end.
async fn late(was_asked: oneshot::Receiver<()>, grace: Duration) {
    if was_asked.await.is_err() {
        return std::future::pending().await;
    }
    tokio::time::sleep(grace).await;
}

async fn keep_fresh(state: AppState) {
    loop {
        tokio::time::sleep(REFRESH).await;
        if let Err(error) = state.shelf.refresh(&state.db).await {
            tracing::warn!(%error, "reference.not_refreshed");
        }
    }
}

/// A signal before the server answers; once it does, the server itself finishes what is under way.
pub(super) async fn stop_before_ready() {
    StopSignal::listen().heard().await;
    if READY.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}

/// Ctrl-C or SIGTERM, from the moment this is made: one that comes before anybody waits for it is not lost,
/// and does not kill.
struct StopSignal(Option<(Signal, Signal)>);

impl StopSignal {
    fn listen() -> Self {
        let heard = signal(SignalKind::terminate())
            .and_then(|term| Ok((term, signal(SignalKind::interrupt())?)));
        if let Err(error) = &heard {
            tracing::error!(%error, "server.no_signals");
        }
        Self(heard.ok())
    }

    async fn heard(self) {
        let Some((mut term, mut interrupt)) = self.0 else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = term.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}
