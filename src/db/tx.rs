//! A transaction with its context.

use crate::{error::AppError, policy::Actor};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use std::ops::{Deref, DerefMut};

/// One transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Tx(Transaction<'static, Postgres>);

impl Tx {
    /// Opens it and, for an actor, tells the database the hash of the session: `true` ends the setting
    /// with the transaction, so the next borrower of the connection inherits nothing.
    #[expect(clippy::disallowed_methods, reason = "the one door")]
    pub(super) async fn begin(
        pool: &PgPool,
        context: Option<(&Actor, &str)>,
    ) -> Result<Self, AppError> {
        let mut tx = pool.begin().await?;
        if let Some((actor, request)) = context {
            sqlx::query!(
                "select set_config('app.session', $1, true) as session, set_config('app.request', $2, true) as request",
                actor.session.as_hex(),
                request
            )
            .fetch_one(&mut *tx)
            .await?;
        }
        Ok(Self(tx))
    }

    /// One of background work: nobody is signed in, and the trail says which job it was.
    #[expect(clippy::disallowed_methods, reason = "the one door")]
    pub(super) async fn begin_job(pool: &PgPool, kind: &str) -> Result<Self, AppError> {
        let mut tx = pool.begin().await?;
        sqlx::query!(
            "select set_config('app.session', '', true) as session, set_config('app.request', 'job ' || $1::text, true) as request",
            kind
        )
        .fetch_one(&mut *tx)
        .await?;
        Ok(Self(tx))
    }

    /// Makes it last.
    pub async fn commit(self) -> Result<(), AppError> {
        self.0.commit().await.map_err(AppError::from)
    }
}

impl Deref for Tx {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}
