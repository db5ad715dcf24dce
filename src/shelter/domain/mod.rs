//! Places and what becomes of them. Knows neither HTTP nor SQL.

mod entry;
mod places;
mod state;

pub use entry::{House, MAX_AGE, MAX_PLACES, Overfull};
pub use places::{Audience, HELD_FOR, LATE_FOR, Misfit, Places, fits, is_stale};
pub use state::{BedMove, BedState, BedStep, By};
