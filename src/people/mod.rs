//! People: names, sex, age, kinship. Child, mother and accompanying adult are roles of one table
//! (schema D3); the slices `children`, `mothers`, `contacts` and `cases` stand on this one.

mod birth;
pub mod db;
mod names;

pub use birth::{Age, Birth};
pub use names::Names;
