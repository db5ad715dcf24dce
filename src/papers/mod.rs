//! Papers of the judicial side: the extract that was sent, and the notice of a decision, set in Arabic (in French on
//! request) as PDF; and the page where whoever holds one asks whether it is true.
//!
//! Every copy says who printed it and when, and so no two are alike: what is verified is not the file but its content.
//! A paper carries the hash of what was frozen and a code of 128 random bits, the same on every copy of one content;
//! `/verify/{code}` opens the content anew, hashes it, and answers "valid" or "unknown" and nothing else (decision 0093).
//!
//! A paper of many pages is made by background work ([`waiting`]); an annex that was sent has one of its own.
//!
//! What people wrote is data to the typesetter and never a text of its language ([`sheet`], `paper.typ`).

mod annex;
mod code;
mod db;
mod dossier;
mod kept;
mod notice;
mod out;
mod qr;
mod verify;
mod waiting;
mod web;

#[cfg(feature = "pdf")]
mod setting;
#[cfg(not(feature = "pdf"))]
#[path = "without.rs"]
mod setting;
mod sheet;

use crate::routes::Routes;

pub use setting::{IS_BUILT, set_report};
pub use waiting::set_waiting;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes().merge(verify::routes())
}
