//! The prosecution's space: custody of a file, its dossier, decisions and what they do.

mod acts;
mod calendar;
mod courts;
mod custody;
mod decisions;
mod desk;
mod dossier;
mod effects;
mod hearings;
mod notices;
mod offences;
mod outcomes;
pub mod papers;
mod questions;
mod roster;
