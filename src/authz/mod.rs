//! The permission of a handler, as its type: [`Require`]. What the permissions are, and who has them, is
//! [`crate::policy`], given on here under one roof.

mod require;

pub use crate::{
    ids::{CourtId, TerritoryId},
    policy::{Actor, Permission, Role, Scope, SessionKey},
};
pub use require::{Any, Fresh, Grant, Recency, Require, can};
