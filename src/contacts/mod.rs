//! Street contacts (تدخل ميداني): what was seen, before anyone has a name or a file (schema D6), and what
//! the supervisor makes of each (domain §3.1).
//!
//! A contact is not a case: it may stay anonymous for ever, and counts as a contact.

mod db;
mod domain;
mod form;
mod met;
mod new;
mod triage;
mod web;

pub use db::PHONE;
pub use domain::{parse_phone, triage_due};
pub use web::{ContactPath, ContactsPath, routes};
