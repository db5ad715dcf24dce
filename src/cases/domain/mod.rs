//! The state of an episode, the moves there are, what each needs, and the path that the screens show.

mod guard;
mod path;
mod state;

pub use guard::{Facts, Lack};
pub use path::{Milestone, Reached, due};
pub use state::{EpisodeState, Move, Refusal, Standing, Step, Who};
