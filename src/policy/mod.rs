//! Who may do what: ten roles, their permissions ([`Role::permissions`]), and someone who acts under one.
//!
//! The table says which role may use a route at all. Which rows it then finds is not decided here but by
//! the scope in each query and by row security in the database.

mod actor;
mod roles;

pub use actor::{Actor, Emergency, Scope, SessionKey, Signals};
pub use roles::{Permission, Role};
