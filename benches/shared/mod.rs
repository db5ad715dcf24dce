//! What both benches stand on: a scratch cluster, the program that serves it, people who sign in, `wrk`, and what
//! the kernel counts. All of it is used by each of them; what only one needs lies in its own folder.

pub mod http;
pub mod load;
pub mod machine;
pub mod place;
pub mod request;
