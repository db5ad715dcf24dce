//! What surrounds every request: who asks and in which language, the page of an error, the headers.

mod context;
mod headers;
mod uploads;

pub use context::{context, panicked};
pub use headers::{Sandbox, require_origin, security_headers};
pub use uploads::upload;
