//! When work comes by the clock.

use super::work::{
    EscalateSilence, KeepHouse, KeyNames, LapseBeds, ReconcileRollups, RefreshRollups,
    ReleaseFigures, SealAudit, SendDigests, SweepDocuments, SweepDuplicates, WatchReading,
};
use graphile_worker::{Cron, Crontab};

/// What comes by the clock. A key keeps one of each in the queue, however long the worker was away.
pub(super) fn by_the_clock() -> Result<Vec<Crontab>, Box<dyn std::error::Error + Send + Sync>> {
    Ok(vec![
        Cron::every_minute::<SealAudit>()
            .job_key("seal_audit")
            .payload(SealAudit { id: None })?
            .into(),
        Cron::every_n_minutes::<WatchReading>(5)?
            .job_key("watch_reading")
            .payload(WatchReading { id: None })?
            .into(),
        Cron::hourly_at::<KeepHouse>(7)?
            .job_key("keep_house")
            .payload(KeepHouse { id: None })?
            .into(),
        Cron::every_minute::<LapseBeds>()
            .job_key("lapse_beds")
            .payload(LapseBeds { id: None })?
            .into(),
        Cron::every_n_minutes::<EscalateSilence>(5)?
            .job_key("escalate_silence")
            .payload(EscalateSilence { id: None })?
            .into(),
        Cron::every_minute::<KeyNames>()
            .job_key("key_names")
            .payload(KeyNames { id: None })?
            .into(),
        Cron::daily_at::<SweepDuplicates>(2, 40)?
            .job_key("sweep_duplicates")
            .payload(SweepDuplicates { id: None })?
            .into(),
        Cron::daily_at::<SweepDocuments>(3, 20)?
            .job_key("sweep_documents")
            .payload(SweepDocuments { id: None })?
            .into(),
        Cron::every_n_minutes::<RefreshRollups>(5)?
            .job_key("refresh_rollups")
            .payload(RefreshRollups { id: None })?
            .into(),
        Cron::daily_at::<ReconcileRollups>(3, 52)?
            .job_key("reconcile_rollups")
            .payload(ReconcileRollups { id: None })?
            .into(),
        // each day, so that a month is told on its day also if the server was away: mostly there is nothing to do
        Cron::daily_at::<ReleaseFigures>(4, 10)?
            .job_key("release_figures")
            .payload(ReleaseFigures { id: None })?
            .into(),
        // half past seven, and an hour earlier in Ramadan
        Cron::daily_at::<SendDigests>(6, 30)?
            .job_key("send_digests")
            .payload(SendDigests { id: None })?
            .into(),
    ])
}
