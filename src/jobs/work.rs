//! The kinds of work, and what each does.

use crate::{
    blobs::Blobs,
    clock::Clock,
    db::{JobDb, JobTx},
    digests::{self, Means, Post},
    documents, drafts, duplicates, packs, papers, people,
    releases::{self, ReleaseError, Released},
    rollups,
    seal::{self, SealError, SealKey, Sealed},
    vault::Vault,
};
use chrono::NaiveDate;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext, WorkerOptions};
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};
use uuid::Uuid;

/// What jobs need: their connections, the key of the seal, the budget of openings, the store of documents.
#[derive(Debug, Clone)]
pub struct Work {
    /// The pool of `sanad_job`.
    pub db: JobDb,
    /// The key that signs the checkpoints of the audit trail.
    pub key: Arc<SealKey>,
    /// Openings of files in one hour, by one person, that nobody has to explain.
    pub openings_per_hour: i32,
    /// The bytes of documents.
    pub blobs: Blobs,
    /// What letters need, if a mail server is set.
    pub letters: Option<Means>,
    /// Opens what waits to be set on paper, and nothing else: the database gives a job no other key. Without it, no paper
    /// is set.
    pub papers: Option<Vault>,
    /// The clock.
    pub clock: Clock,
}

/// Why a job did not do its work. Kept in the queue and shown to administrators: no value of a row.
struct Failed(String);

impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal => $run:ident),+ $(,)?) => {
        /// A kind of work.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($(#[$doc])* $name),+ }

        impl Kind {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// As the queue names it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }

        $(
            /// The payload: an id, or nothing when the clock asks.
            #[derive(Debug, Serialize, Deserialize)]
            pub(super) struct $name {
                #[serde(default)]
                pub(super) id: Option<Uuid>,
            }

            impl TaskHandler for $name {
                const IDENTIFIER: &'static str = $code;

                async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
                    let work = context
                        .get_ext::<Work>()
                        .ok_or_else(|| Failed("the worker has no means".to_owned()))?;
                    let done = work.$run(self.id).await;
                    if let Err(error) = &done {
                        tracing::warn!(kind = $code, ?error, "job.failed");
                    }
                    done
                }
            }
        )+

        /// Tells the worker of each.
        pub(super) fn define(options: WorkerOptions) -> WorkerOptions {
            options$(.define_job::<$name>())+
        }
    };
}
kinds! {
    /// The audit trail is sealed.
    SealAudit = "seal_audit" => seal_all,
    /// Who opened more files in an hour than usual is written to the trail.
    WatchReading = "watch_reading" => watch,
    /// Partitions ahead, ended sessions and old drafts away, nobody stands in longer than was said.
    KeepHouse = "keep_house" => keep_house,
    /// Places that were kept for a day and not taken are free again.
    LapseBeds = "lapse_beds" => lapse_beds,
    /// What a court or a cell does not answer in time is told one step higher.
    EscalateSilence = "escalate_silence" => escalate_silence,
    /// Names whose keys are missing or old get theirs.
    KeyNames = "key_names" => key_names,
    /// Files that may be about one child are found, of those that changed.
    SweepDuplicates = "sweep_duplicates" => sweep_duplicates,
    /// Bytes that belong to no document are removed, and documents without bytes told.
    SweepDocuments = "sweep_documents" => sweep_documents,
    /// Who asked for it is told how much is late and due today.
    SendDigests = "send_digests" => send_digests,
    /// A code goes to an address that somebody wants letters at.
    SendCode = "send_code" => send_code,
    /// A paper of many pages is set for whoever waits for it.
    SetPaper = "set_paper" => set_paper,
    /// The figures of a month that is over are told, once.
    ReleaseFigures = "release_figures" => release_figures,
    /// The published figures of a period as a document, a workbook and open data.
    MakePack = "make_pack" => make_pack,
    /// Months in which something was written are counted again.
    RefreshRollups = "refresh_rollups" => refresh_rollups,
    /// What is kept of all months is compared with all facts.
    ReconcileRollups = "reconcile_rollups" => reconcile_rollups,
}

impl Work {
    /// Seals until nothing waits; the number of rows.
    pub async fn seal(&self) -> Result<usize, SealError> {
        let mut rows = 0;
        while let Some(sealed) = self.seal_once().await? {
            tracing::info!(
                rows = sealed.rows,
                size = sealed.size,
                root = sealed.root,
                "audit.sealed"
            );
            rows += sealed.rows;
            if !sealed.more {
                break;
            }
        }
        Ok(rows)
    }

    async fn seal_once(&self) -> Result<Option<Sealed>, SealError> {
        let mut tx = self.begin(Kind::SealAudit).await?;
        let sealed = seal::seal(&mut tx, &self.key, self.clock.now()).await?;
        tx.commit().await?;
        Ok(sealed)
    }

    async fn begin(&self, kind: Kind) -> Result<JobTx, SealError> {
        Ok(self.db.begin(kind.code()).await?)
    }

    async fn seal_all(&self, _: Option<Uuid>) -> Result<(), Failed> {
        self.seal().await?;
        Ok(())
    }

    async fn watch(&self, _: Option<Uuid>) -> Result<(), Failed> {
        let mut tx = self.begin(Kind::WatchReading).await?;
        let found = sqlx::query_scalar!(
            r#"select audit.watch_reading($1) as "found!""#,
            self.openings_per_hour
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        if found > 0 {
            tracing::warn!(found, "reading.unusual");
        }
        Ok(())
    }

    /// Ends the holds that have run out; how many.
    pub async fn lapse(&self) -> Result<i32, sqlx::Error> {
        let mut tx = self.db.begin(Kind::LapseBeds.code()).await?;
        let lapsed = sqlx::query_scalar!(r#"select app.lapse_beds(null, null) as "lapsed!""#)
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(lapsed)
    }

    async fn lapse_beds(&self, _: Option<Uuid>) -> Result<(), Failed> {
        let lapsed = self.lapse().await?;
        tracing::debug!(lapsed, "beds.lapsed");
        Ok(())
    }

    /// Tells what is late at a court or waits for a cell, questions without an answer, and urgent notices that nobody has
    /// read; how many.
    pub async fn escalate(&self) -> Result<i64, sqlx::Error> {
        let mut tx = self.db.begin(Kind::EscalateSilence.code()).await?;
        let told = sqlx::query_scalar!(
            r#"select app.escalate_silence() + app.escalate_questions() as "told!""#
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(told)
    }

    async fn escalate_silence(&self, _: Option<Uuid>) -> Result<(), Failed> {
        let told = self.escalate().await?;
        tracing::debug!(told, "silence.escalated");
        Ok(())
    }

    async fn key_names(&self, _: Option<Uuid>) -> Result<(), Failed> {
        let keyed = people::key_names(&self.db, Kind::KeyNames.code()).await?;
        tracing::debug!(keyed, "names.keyed");
        Ok(())
    }

    /// Looks for files that may be about one child; how many pairs are new.
    pub async fn compare_files(&self) -> Result<i64, sqlx::Error> {
        let kind = Kind::SweepDuplicates.code();
        duplicates::sweep(&self.db, kind, self.clock.now()).await
    }

    async fn sweep_duplicates(&self, _: Option<Uuid>) -> Result<(), Failed> {
        let found = self.compare_files().await?;
        tracing::debug!(found, "duplicates.swept");
        Ok(())
    }

    /// Tells the months that are over, one after the other; the first of all may be chosen.
    pub async fn release(&self, first: Option<NaiveDate>) -> Result<Vec<Released>, ReleaseError> {
        let kind = Kind::ReleaseFigures.code();
        let mut told = Vec::new();
        while let Some(month) = releases::publish(&self.db, kind, self.clock.now(), first).await? {
            tracing::info!(
                as_of = %month.as_of,
                shown = month.shown,
                withheld = month.withheld,
                corrections = month.corrections,
                "figures.released"
            );
            if !month.untold.is_empty() {
                tracing::warn!(as_of = %month.as_of, untold = ?month.untold, "figures.untold");
            }
            told.push(month);
        }
        Ok(told)
    }

    async fn release_figures(&self, _: Option<Uuid>) -> Result<(), Failed> {
        self.release(None).await?;
        let asked = self.ask_packs().await?;
        tracing::debug!(asked, "packs.asked");
        Ok(())
    }

    fn bench(&self, kind: Kind) -> packs::Bench<'_> {
        packs::Bench {
            kind: kind.code(),
            db: &self.db,
            blobs: &self.blobs,
            clock: &self.clock,
        }
    }

    /// Asks for the packs of the month that was told last; how many nobody had asked for.
    pub async fn ask_packs(&self) -> Result<i64, sqlx::Error> {
        packs::ask_due(self.bench(Kind::ReleaseFigures)).await
    }

    /// Makes a pack. One that is made already is nothing to do: a job that was cut off runs again.
    pub async fn pack(&self, id: Uuid) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        packs::make(self.bench(Kind::MakePack), id).await
    }

    async fn make_pack(&self, id: Option<Uuid>) -> Result<(), Failed> {
        let Some(id) = id else { return Ok(()) };
        self.pack(id)
            .await
            .map_err(|error| Failed(error.to_string()))
    }

    /// Counts again what is marked; how many cells changed.
    pub async fn refresh_figures(&self) -> Result<i64, sqlx::Error> {
        let mut tx = self.db.begin(Kind::RefreshRollups.code()).await?;
        let changed = rollups::refresh(&mut tx).await?;
        tx.commit().await?;
        Ok(changed)
    }

    async fn refresh_rollups(&self, _: Option<Uuid>) -> Result<(), Failed> {
        let changed = self.refresh_figures().await?;
        tracing::debug!(changed, "figures.refreshed");
        Ok(())
    }

    /// Compares what is kept with all facts; how many cells differed, and are right now.
    pub async fn reconcile(&self) -> Result<i64, sqlx::Error> {
        let differing = rollups::reconcile(&self.db, Kind::ReconcileRollups.code()).await?;
        if differing > 0 {
            tracing::error!(cells = differing, "figures.differed");
        }
        Ok(differing)
    }

    async fn reconcile_rollups(&self, _: Option<Uuid>) -> Result<(), Failed> {
        self.reconcile().await?;
        Ok(())
    }

    async fn keep_house(&self, _: Option<Uuid>) -> Result<(), Failed> {
        let mut tx = self.begin(Kind::KeepHouse).await?;
        sqlx::query!("call audit.ensure_months(current_date, 24)")
            .execute(&mut *tx)
            .await?;
        let swept = sqlx::query_scalar!(r#"select sec.sweep_sessions() as "swept!""#)
            .fetch_one(&mut *tx)
            .await?;
        let ended = sqlx::query_scalar!(r#"select app.end_stand_ins() as "ended!""#)
            .fetch_one(&mut *tx)
            .await?;
        let begun = sqlx::query_scalar!(r#"select app.begin_stand_ins() as "begun!""#)
            .fetch_one(&mut *tx)
            .await?;
        let handed = sqlx::query_scalar!(
            r#"select app.end_handovers(null, interval '1 hour') as "handed!""#
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        let drafts = self.sweep_drafts().await?;
        let papers = self.sweep_papers().await?;
        tracing::debug!(swept, ended, begun, handed, drafts, papers, "house.kept");
        Ok(())
    }

    /// Removes the papers that were made for somebody and whose hour has passed; how many.
    pub async fn sweep_papers(&self) -> Result<i64, sqlx::Error> {
        let mut tx = self.db.begin(Kind::KeepHouse.code()).await?;
        let now = self.clock.now();
        let swept = sqlx::query_scalar!(r#"select app.sweep_papers($1) as "swept!""#, now)
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(swept)
    }

    /// Removes the drafts that nobody took up, and those whose author has lost the file or the post; how many.
    pub async fn sweep_drafts(&self) -> Result<i64, sqlx::Error> {
        let mut tx = self.db.begin(Kind::KeepHouse.code()).await?;
        let older = self.clock.now() - drafts::EXPIRES;
        let swept = sqlx::query_scalar!(r#"select app.sweep_drafts($1) as "swept!""#, older)
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(swept)
    }

    fn post(&self) -> Option<Post<'_>> {
        self.letters.as_ref().map(|means| Post {
            db: &self.db,
            means,
        })
    }

    /// Sends the letters of today; what became of them. Nothing where no mail server is set.
    pub async fn digest(
        &self,
    ) -> Result<digests::Outcome, Box<dyn std::error::Error + Send + Sync>> {
        match self.post() {
            Some(post) => {
                digests::send_daily(Kind::SendDigests.code(), post, self.clock.now()).await
            }
            None => Ok(digests::Outcome::default()),
        }
    }

    /// What the server did not take is tried again by the queue, and seen on the page.
    async fn send_digests(&self, _: Option<Uuid>) -> Result<(), Failed> {
        let done = self
            .digest()
            .await
            .map_err(|error| Failed(error.to_string()))?;
        tracing::info!(
            sent = done.sent,
            nothing = done.nothing,
            refused = done.refused,
            unknown = done.unknown,
            "digests.sent"
        );
        match done.why {
            Some(why) => Err(Failed(format!(
                "{} letters refused, {} uncertain: {why}",
                done.refused, done.unknown
            ))),
            None => Ok(()),
        }
    }

    /// Sends the code to the address that waits for it.
    async fn send_code(&self, who: Option<Uuid>) -> Result<(), Failed> {
        let Some((who, post)) = who.zip(self.post()) else {
            return Ok(());
        };
        digests::send_code(Kind::SendCode.code(), post, who)
            .await
            .map_err(|error| Failed(error.to_string()))
    }

    /// Sets a paper that somebody waits for. One that is set already, or is waited for no more, is nothing to do: a job that
    /// was cut off runs again.
    pub async fn paper(&self, id: Uuid) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        match &self.papers {
            Some(vault) => {
                papers::set_waiting(Kind::SetPaper.code(), (&self.db, vault), &self.clock, id).await
            }
            None => Err("nothing here opens what is to be set".into()),
        }
    }

    async fn set_paper(&self, id: Option<Uuid>) -> Result<(), Failed> {
        let Some(id) = id else { return Ok(()) };
        self.paper(id)
            .await
            .map_err(|error| Failed(error.to_string()))
    }

    /// What it found is in the log; a store that is not this database's fails, and is seen on the page.
    async fn sweep_documents(&self, _: Option<Uuid>) -> Result<(), Failed> {
        let mut tx = self.begin(Kind::SweepDocuments).await?;
        documents::sweep(&mut tx, &self.blobs, self.clock.now(), false).await?;
        tx.commit().await?;
        Ok(())
    }
}
