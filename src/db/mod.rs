//! The database, through one door. A handler gets a [`Tx`] that knows who asks, or nothing.

mod calendar;
mod jobs;
mod migrate;
mod sealing;
mod tx;

pub use calendar::connect;
pub use jobs::{JobDb, JobTx};
pub use migrate::{bootstrap, migrate, pending};
pub use tx::Tx;

use crate::{
    error::AppError,
    policy::{Actor, Role, SessionKey},
    vault::{
        RingRow, Vault,
        keeper::{self, KeeperError},
    },
};
use sqlx::{PgPool, postgres::PgConnectOptions};
use std::{collections::BTreeSet, time::Duration};

/// The schema of the queue of background work, which `sanad_job` owns.
pub const QUEUE: &str = "graphile_worker";

/// The application's two pools: `sanad_app`, whose rows row security chooses, and `sanad_stat`, which has
/// no right on any personal table.
#[derive(Debug, Clone)]
pub struct Db {
    app: PgPool,
    stat: PgPool,
    vault: Vault,
}

/// Why the server refuses to start on these connections.
#[derive(Debug, thiserror::Error)]
pub enum UnsafeRole {
    /// A role that row security does not hold.
    #[error("the role {0} is superuser, passes row security by, or owns tables: refuse to serve")]
    Privileged(String),
    /// No answer.
    #[error("the database does not answer: {0}")]
    Unreachable(#[from] sqlx::Error),
}

impl Db {
    /// Two pools that connect when first used. `size` is the number of connections for pages.
    pub fn new(app: PgConnectOptions, stat: PgConnectOptions, size: u32, vault: Vault) -> Self {
        let pool = |options: PgConnectOptions, size: u32| {
            calendar::pool()
                .max_connections(size)
                // less than the three seconds in which the 503 page is due
                .acquire_timeout(Duration::from_secs(2))
                .connect_lazy_with(options.options([
                    // what policies ask is opaque to the planner, so a plan of its own for each value is
                    // no better, and costs more than the page (decision 0051)
                    ("plan_cache_mode", "force_generic_plan"),
                    ("jit", "off"),
                ]))
        };
        Self {
            app: pool(app, size),
            stat: pool(stat, size.div_ceil(2)),
            vault,
        }
    }

    /// Refuses a role that could see around row security: superuser, BYPASSRLS, owner of a table, or the one
    /// that looks through it.
    pub async fn refuse_privileged_roles(&self) -> Result<(), UnsafeRole> {
        for pool in [&self.app, &self.stat] {
            refuse_privileged(pool).await?;
        }
        Ok(())
    }

    /// Refuses a master key that does not open the keys of the database, before the first page is written
    /// under keys that nobody will find again.
    pub async fn refuse_wrong_master_key(&self) -> Result<(), KeeperError> {
        let keys = sqlx::query_as!(
            RingRow,
            r#"select id as "id!", purpose as "purpose!", wrapped as "wrapped!" from app.vault_keys()"#
        )
        .fetch_all(&self.app)
        .await?;
        keeper::check(&self.vault, &keys)
    }

    /// The settings under which PostgreSQL would write rows into its own log; `migrate --bootstrap` sets them
    /// right.
    pub async fn settings_that_log_rows(&self) -> Result<Vec<String>, sqlx::Error> {
        let mut found = BTreeSet::new();
        for pool in [&self.app, &self.stat] {
            found.extend(settings_that_log_rows(pool).await?);
        }
        Ok(found.into_iter().collect())
    }

    /// A transaction in which row security knows who asks. The committee gets the other role.
    pub async fn begin(&self, actor: &Actor, request: &str) -> Result<Tx, AppError> {
        let pool = if actor.role == Role::Steering {
            &self.stat
        } else {
            &self.app
        };
        let tx = Tx::begin(pool, &self.vault, Some((&actor.session, request))).await?;
        Ok(tx.in_territory(actor))
    }

    /// A transaction of the role that reads figures, the plan and code lists.
    pub async fn begin_figures(&self) -> Result<Tx, AppError> {
        Tx::begin(&self.stat, &self.vault, None).await
    }

    /// A transaction for the audit trail of someone whose page runs elsewhere.
    pub async fn begin_audit(&self, actor: &Actor, request: &str) -> Result<Tx, AppError> {
        let tx = self.begin_held(&actor.session, request).await?;
        Ok(tx.in_territory(actor))
    }

    /// A transaction of a session that may not have a post yet: the steps of sign-in, and one's own account,
    /// by the functions of schema `sec` that ask whose session it is.
    pub async fn begin_held(&self, session: &SessionKey, request: &str) -> Result<Tx, AppError> {
        Tx::begin(&self.app, &self.vault, Some((session, request))).await
    }

    /// A transaction without anyone: sign-in and sessions, by the functions of schema `sec` only. Row
    /// security shows it no row.
    pub async fn begin_anonymous(&self) -> Result<Tx, AppError> {
        Tx::begin(&self.app, &self.vault, None).await
    }

    /// For one statement without anyone that is a transaction by itself: who is behind a token is asked for
    /// each page, and three messages more cost as much as the question.
    pub fn alone(&self) -> &PgPool {
        &self.app
    }

    /// The pool of the pages, for the health check.
    pub async fn answers(&self) -> Result<(), sqlx::Error> {
        sqlx::query!("select 1 as one")
            .fetch_one(&self.app)
            .await
            .map(|_| ())
    }

    /// Closes both pools, after the last request.
    pub async fn close(&self) {
        self.app.close().await;
        self.stat.close().await;
    }
}

/// Refuses one.
async fn refuse_privileged(pool: &PgPool) -> Result<(), UnsafeRole> {
    let found = sqlx::query!(
        r#"select current_user::text as "name!", (rolsuper or rolbypassrls
               or pg_has_role(current_user, 'sanad_definer', 'member') or exists (
               select from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname in ('app', 'sec', 'audit') and pg_has_role(current_user, c.relowner, 'member')
           )) as "unsafe!" from pg_roles where rolname = current_user"#
    )
    .fetch_one(pool)
    .await?;
    if found.r#unsafe {
        return Err(UnsafeRole::Privileged(found.name));
    }
    Ok(())
}

/// Those of one connection: the details of an error quote the row, and a statement comes with its values.
async fn settings_that_log_rows(pool: &PgPool) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select name as "name!" from pg_settings
           where (name = 'log_error_verbosity' and setting <> 'terse')
              or (name = 'log_min_error_statement' and setting not in ('log', 'fatal', 'panic'))
              or (name in ('log_parameter_max_length', 'log_parameter_max_length_on_error') and setting <> '0')"#
    )
    .fetch_all(pool)
    .await
}
