//! Places and what becomes of them. Knows neither HTTP nor SQL.

mod places;
mod state;

pub use places::{Audience, HELD_FOR, Misfit, Places, fits, is_stale};
pub use state::{BedMove, BedState, BedStep, By};
