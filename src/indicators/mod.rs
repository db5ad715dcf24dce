//! The indicators of the plan, I1 to I24 (domain §6, decision 0104): what each counts, in what unit, which way is good, what
//! it is held against, and where a committee finds it among published cells.
//!
//! The counting is done by the database, and there alone (`migrations/0062_indicators.sql`): the figures of one city, exact
//! and between any two days ([`of_city`]), and those of all cities for the release of a month come from the same functions.
//! `docs/indicators.md` states each definition, with a small example worked out that a test counts again.

mod catalogue;
mod db;
mod domain;
mod words;

pub use catalogue::ALL;
pub use db::{ToldMedian, medians, of_city};
pub use domain::{
    Good, Indicator, Kind, Mark, Measured, Of, Part, Parts, Source, Told, Unit, find,
};
pub use words::{about, mark, name, part, unit};
