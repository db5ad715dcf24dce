//! The second factor: codes of an authenticator (TOTP), backup codes, one-time codes handed over in person.
//!
//! A code works once: the database takes the step of an accepted code only if it is later than the last one,
//! in one statement. Backup codes and one-time codes are random enough to be kept as a plain SHA-256.

mod codes;
mod db;
mod seal;
mod totp;

pub use codes::Code;
pub use db::{Given, backup_codes, begin, finish, give, renew, setup};
pub use seal::{open_as, seal, seal_as};
pub use totp::{Setup, TotpSecret};
