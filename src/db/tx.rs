//! A transaction with its context.

use super::sealing::Alert;
use crate::{
    error::AppError,
    policy::{Actor, SessionKey},
    vault::{Ring, Vault},
};
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Transaction};
use std::ops::{Deref, DerefMut};

/// One transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    pub(super) vault: Vault,
    pub(super) ring: Option<Ring>,
    pub(super) alerts: Vec<Alert>,
    pub(super) territory: Option<i16>,
}

impl Tx {
    /// Opens it and, for a session, tells the database the hash of the session: `true` ends the setting
    /// with the transaction, so the next borrower of the connection inherits nothing.
    #[expect(clippy::disallowed_methods, reason = "the one door")]
    pub(super) async fn begin(
        pool: &PgPool,
        vault: &Vault,
        context: Option<(&SessionKey, &str)>,
    ) -> Result<Self, AppError> {
        let inner = match context {
            None => pool.begin().await?,
            Some((session, request)) => pool.begin_with(told(session, request)).await?,
        };
        Ok(Self {
            inner,
            vault: vault.clone(),
            ring: None,
            alerts: Vec::new(),
            territory: None,
        })
    }

    /// Where the reader works, for the alerts of this transaction.
    pub(super) fn in_territory(mut self, actor: &Actor) -> Self {
        self.territory = Some(actor.territory().0).filter(|id| *id != 0);
        self
    }

    /// Makes it last, with an audit row for each text that did not open.
    pub async fn commit(mut self) -> Result<(), AppError> {
        self.write_alerts().await?;
        self.inner.commit().await.map_err(AppError::from)
    }
}

/// Begins and tells the context in one message instead of two. Such a message takes no values apart, so what is put
/// into it is hexadecimal digits and hyphens, whatever it was.
fn told(session: &SessionKey, request: &str) -> AssertSqlSafe<String> {
    let (session, request) = (bare(session.as_hex()), bare(request));
    AssertSqlSafe(format!(
        "begin; select set_config('app.session', '{session}', true), set_config('app.request', '{request}', true)"
    ))
}

fn bare(text: &str) -> String {
    let digits = text.chars().filter(|c| c.is_ascii_hexdigit() || *c == '-');
    digits.collect()
}

impl Deref for Tx {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.inner
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn nothing_but_digits_goes_into_what_begins_a_transaction() {
        let id = "0190f3a1-7c3b-7def-8000-000000000001";
        assert_eq!(bare(id), id);
        assert_eq!(bare("a'); drop table app.case_file; --"), "adabeacaefe--");
    }
}
