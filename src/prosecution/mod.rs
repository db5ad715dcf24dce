//! The judicial referral (إحالة) and the prosecution's answer.
//!
//! The prosecution never reads a living case. A worker composes an extract, which is frozen as text and
//! sealed by its hash ([`snapshot`], [`seal`]); a supervisor transmits it; the court reads that text, acknowledges
//! receipt, and records decisions on each child and each adult, apart: a further one beside those before it, a
//! correction in the place of one, none ever edited. An urgent notice is the same mechanism with less in it and at once.
//!
//! What is not here: the effect of a decision on a mother's services, which is a view over all procedures
//! (schema D19) and belongs to her page. No decision on an adult is shown on a child's page.

mod act_number;
mod coded;
mod completeness;
mod composed;
mod custody;
mod db;
mod domain;
pub mod family;
mod follow_up;
mod form;
mod legal;
pub mod material;
mod panel;
pub mod seal;
pub mod snapshot;
mod thread;
mod web;

pub use custody::{Custody, Move, Mover};
pub use db::frozen;
pub use domain::{Effect, LegalBasis};
pub use legal::{measure_basis, offences};
pub use panel::CasePanel;
pub use thread::Voice;
pub use web::grouped;
pub use web::routes;
