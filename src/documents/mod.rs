//! Documents of a child's file.

mod domain;
mod inspect;
