//! Questions about acts of help. One function a question.

pub mod act;
pub mod record;
pub mod request;
pub mod step;
pub mod whom;
