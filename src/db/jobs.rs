//! The connections of background work.

use super::{UnsafeRole, calendar, refuse_privileged};
use sqlx::{PgConnection, PgPool, Postgres, Transaction, postgres::PgConnectOptions};
use std::{
    ops::{Deref, DerefMut},
    time::Duration,
};

/// Connections: one listens, one looks for work, two work.
const SIZE: u32 = 4;

/// The pool of `sanad_job`. What runs on it has the context of its job, and no other role's rights.
#[derive(Debug, Clone)]
pub struct JobDb(PgPool);

impl JobDb {
    /// A pool that connects when first used.
    pub fn new(options: PgConnectOptions) -> Self {
        let pool = calendar::pool()
            .max_connections(SIZE)
            .acquire_timeout(Duration::from_secs(10))
            .connect_lazy_with(options);
        Self(pool)
    }

    /// Refuses a role with more rights than the jobs need.
    pub async fn refuse_privileged_role(&self) -> Result<(), UnsafeRole> {
        refuse_privileged(&self.0).await
    }

    /// A transaction of the job of that kind.
    #[expect(clippy::disallowed_methods, reason = "the one door of jobs")]
    pub async fn begin(&self, kind: &str) -> Result<JobTx, sqlx::Error> {
        let mut tx = self.0.begin().await?;
        sqlx::query!(
            "select set_config('app.session', '', true) as session, set_config('app.request', 'job ' || $1::text, true) as request",
            kind
        )
        .fetch_one(&mut *tx)
        .await?;
        Ok(JobTx(tx))
    }

    /// For the queue, whose tables belong to the role.
    pub fn pool(&self) -> PgPool {
        self.0.clone()
    }

    /// Closes it, after the last job.
    pub async fn close(&self) {
        self.0.close().await;
    }
}

/// A transaction of a job: nobody is signed in, the database gives no key but that of the job's own, and the trail says
/// which job it was.
#[derive(Debug)]
pub struct JobTx(Transaction<'static, Postgres>);

impl JobTx {
    /// Makes it last.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }
}

impl Deref for JobTx {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for JobTx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}
