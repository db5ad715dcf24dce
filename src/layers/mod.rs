//! What surrounds every request: who asks and in which language, the page of an error, the headers.

mod context;
mod headers;

pub use context::{context, panicked};
pub use headers::{require_origin, security_headers};
