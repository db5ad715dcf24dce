//! People: names, sex, age, kinship. Child, mother and accompanying adult are roles of one table
//! (schema D3); the slices `children`, `mothers`, `services`, `contacts` and `cases` stand on this one.

mod alike;
mod birth;
pub mod db;
mod family;
mod files;
mod found;
mod keying;
pub mod keys;
mod kinship;
mod names;
pub mod sealed;
mod signs;
mod term;

pub use alike::{Level, Reason};
pub use birth::{Age, Birth};
pub use family::{Relative, family_of};
pub use files::{ChildFile, file_of, touch};
pub use found::{Found, found};
pub use keying::{key_names, key_names_within};
pub use kinship::{Claim, proven_kind, proves};
pub use names::Names;
pub use signs::{Sign, Signs};
pub use term::Term;
