//! The worker: starts with the server, begins again when the database was away, ends before the pools close.

use super::{
    schedule,
    work::{self, Work},
};
use crate::db::QUEUE;
use graphile_worker::{Worker, WorkerOptions};
use std::time::Duration;
use tokio::{sync::watch, task::JoinHandle};

/// Jobs at once.
const CONCURRENCY: usize = 2;
/// The queue tells of new work at once; this is for what it could not tell.
const POLL: Duration = Duration::from_secs(10);
/// For what is under way when the server stops.
const GRACE: Duration = Duration::from_secs(5);
/// Before the worker tries again.
const PAUSE: Duration = Duration::from_secs(5);

/// A worker that runs.
#[derive(Debug)]
pub struct Running {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    work: Work,
}

/// Starts it.
pub fn start(work: Work) -> Running {
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(keep_working(work.clone(), stopped));
    Running { stop, task, work }
}

impl Running {
    /// Lets it finish what is under way.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if tokio::time::timeout(2 * GRACE, &mut self.task)
            .await
            .is_err()
        {
            tracing::warn!("jobs.cut_off");
            self.task.abort();
        }
        // what was cut off may hold a connection still
        let _ = tokio::time::timeout(GRACE, self.work.db.close()).await;
    }
}

async fn keep_working(work: Work, mut stopped: watch::Receiver<bool>) {
    loop {
        match worker(&work, stopped.clone()).await {
            Ok(worker) => {
                if let Err(error) = worker.run().await {
                    tracing::warn!(%error, "jobs.interrupted");
                }
            }
            Err(error) => tracing::warn!(%error, "jobs.not_started"),
        }
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn worker(
    work: &Work,
    mut stopped: watch::Receiver<bool>,
) -> Result<Worker, Box<dyn std::error::Error + Send + Sync>> {
    let options = WorkerOptions::default()
        .schema(QUEUE.to_owned())
        .pg_pool(work.db.pool())
        .concurrency(CONCURRENCY)
        .poll_interval(POLL)
        // a job whose process was killed is taken over after five minutes
        .sweep_interval(Duration::from_mins(1))
        .listen_os_shutdown_signals(false)
        .shutdown_grace_period(GRACE)
        .shutdown_signal(async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        })
        .add_extension(work.clone())
        .with_crons(schedule::by_the_clock()?);
    Ok(work::define(options).init().await?)
}
