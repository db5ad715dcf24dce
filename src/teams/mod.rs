//! The field teams of the plan (فريق العمل الميداني متعدد التخصصات, R18): the seats of a city by sector, who was designated to
//! each by which letter, and until when (decision 0101).
//!
//! Members are staff: a name, a function, a telephone at work. How many seats a team has is its city's choice; what was
//! published is one total over four teams, and no number of a team of the past is shown as a fact. An account rests on a
//! designation by an act of the administration, and ends with it (`migrations/0058_teams.sql`).

mod db;
mod domain;
mod form;
mod web;

pub use db::{City, city};
pub use domain::{BEGAN, Body, Kind, Paper};
pub use web::{TeamPath, routes};
