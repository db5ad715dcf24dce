//! The connections of background work.

use super::{Tx, UnsafeRole, refuse_privileged};
use crate::error::AppError;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::Duration;

/// Connections: one listens, one looks for work, two work.
const SIZE: u32 = 4;

/// The pool of `sanad_job`. What runs on it has the context of its job, and no other role's rights.
#[derive(Debug, Clone)]
pub struct JobDb(PgPool);

impl JobDb {
    /// A pool that connects when first used.
    pub fn new(options: PgConnectOptions) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(SIZE)
            .acquire_timeout(Duration::from_secs(10))
            .connect_lazy_with(options.options([("timezone", "Africa/Casablanca")]));
        Self(pool)
    }

    /// Refuses a role with more rights than the jobs need.
    pub async fn refuse_privileged_role(&self) -> Result<(), UnsafeRole> {
        refuse_privileged(&self.0).await
    }

    /// A transaction of the job of that kind.
    pub async fn begin(&self, kind: &str) -> Result<Tx, AppError> {
        Tx::begin_job(&self.0, kind).await
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
