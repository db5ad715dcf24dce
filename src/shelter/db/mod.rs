//! Questions about places, one function a question.

mod desk;
mod entry;
mod hold;
mod keep;
mod register;
mod told;

pub use desk::{Arrival, Desk, Moved, Opened, desk, lock, opened, step};
pub use entry::{HouseNames, add, add_group, change, change_group, hold_house, lock_group, names};
pub use hold::{Asked, Hold, NewHold, Past, ask, cancel, name_body, of_case};
pub use keep::{author, keep, own};
pub use register::{
    City, Group, Institution, address, confirm, figures, groups, institution, update,
};
pub use told::{locked, tell};
