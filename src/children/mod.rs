//! The child as a person: identity, names in two scripts, and the people around. Not the file: what is done
//! for the child, and by whom, is in `cases`. The child is a victim; nothing here says otherwise (R1).

mod condition;
mod db;
mod domain;
mod form;
mod identifier;
mod meeting;
mod signs;
mod web;

pub use web::routes;
