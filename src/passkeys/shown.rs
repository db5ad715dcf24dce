//! A second factor as a form brings it: a code that was typed, or the answer of a passkey.

use super::{Answer, Passkeys, db};
use crate::{
    db::Tx,
    error::AppError,
    factor::{self, Given},
    forms::Form,
    i18n::Msg,
};
use chrono::{DateTime, Utc};

/// What somebody showed.
#[derive(Debug)]
pub enum Shown {
    /// Six digits, or a backup code.
    Code(String),
    /// A signature.
    Passkey(Box<Answer>),
}

/// The two fields of a form that asks for a factor.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Of the code.
    pub code: &'static str,
    /// Of the answer; hidden, and empty unless a script filled it.
    pub passkey: &'static str,
}

impl Fields {
    /// Reads one of the two, and forgets both: neither is shown back.
    pub fn read(self, form: &mut Form) -> Option<Shown> {
        let shown = if form.text(self.passkey).is_empty() {
            form.required(self.code, |code| Ok(Shown::Code(code.to_owned())))
        } else {
            form.required(self.passkey, |text| {
                Answer::parse(text).map(|answer| Shown::Passkey(Box::new(answer)))
            })
        };
        form.forget(|field| field == self.code || field == self.passkey);
        shown
    }

    /// Says beside its field that it was not accepted.
    pub fn fail(self, form: &mut Form, shown: &Shown, msg: impl FnOnce(&'static str) -> Msg) {
        match shown {
            Shown::Code(_) => form.fail(self.code, msg("factor-wrong")),
            Shown::Passkey(_) => form.fail(self.passkey, msg("passkey-refused")),
        }
    }
}

impl Shown {
    /// Gives it to the session of the transaction; right, the session has the new token.
    pub async fn give(
        &self,
        tx: &mut Tx,
        passkeys: &Passkeys,
        now: DateTime<Utc>,
        token: &[u8],
    ) -> Result<Given, AppError> {
        match self {
            Self::Code(code) => factor::give(tx, code, now, token).await,
            Self::Passkey(answer) => db::prove(tx, passkeys.site()?, answer, token).await,
        }
    }
}
