//! Documents of a child's file: papers of civil status, of school, of a court, photographs. What may come in is
//! decided by its content ([`inspect`]); the bytes are kept sealed outside the database ([`crate::blobs`]), and
//! each opening is written down before the first byte leaves (schema D14, decisions 0044 and 0045).
//!
//! Clinical documents are not among them: they belong to the clinical record.

mod answer;
mod bytes;
mod clinical;
mod db;
mod domain;
mod form;
mod inspect;
mod panel;
mod sweep;
mod upload;
mod web;

pub use answer::{Whole, sent, verified};
pub use bytes::{put, take_back, turn};
pub use db::Stored;
pub use domain::{Fault, Media};
pub use form::{Checked, checked};
pub use inspect::{Inspected, MAX_BYTES, Refusal, inspect};
pub use panel::{Latest, Panel};
pub use sweep::{SweepError, Swept, sweep};
pub use upload::{Received, Upload};
pub use web::routes;
