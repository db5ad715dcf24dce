//! Questions about places, one function a question.

mod desk;
mod hold;
mod keep;
mod register;

pub use desk::{Arrival, Desk, Opened, desk, opened, step};
pub use hold::{Asked, Hold, NewHold, Past, ask, cancel, name_body, of_case};
pub use keep::{author, keep, own};
pub use register::{
    City, Group, Institution, address, confirm, figures, groups, institution, update,
};
