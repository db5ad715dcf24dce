//! Passkeys (WebAuthn): a key that stays on its owner's device, unlocked there by a finger, a face or a PIN, and
//! bound to the name of this site, so that no false page can ask for it.
//!
//! Two locks, neither of which believes the other. Here a library reads what the browser brings: its shape, the
//! origin, the flags, the signature. The database draws each challenge, takes it back once, verifies the signature
//! with the key that it keeps, and only then opens a session (decision 0054).

#[cfg(feature = "passkeys")]
mod ceremony;
#[cfg(not(feature = "passkeys"))]
#[path = "without.rs"]
mod ceremony;
mod db;
mod shown;
mod site;

pub use ceremony::{Answer, New};
pub use db::{
    Added, Entered, Entry, OwnPasskey, add, ask, ask_new, ask_nobody, enter, own, prove, remove,
};
pub use shown::{Fields, Shown};
pub use site::{Offer, Passkeys};

use crate::{forms::Line, i18n::Msg};

/// What its owner calls a passkey.
pub fn name(text: &str) -> Result<Line, Msg> {
    const MAX: usize = 60;
    let line = Line::parse(text)?;
    let len = line.as_str().chars().count();
    if len > MAX {
        return Err(Msg::new("error-too-long").with("max", MAX).with("len", len));
    }
    Ok(line)
}
