//! Help given: five families of services for a child (R4–R8), four for a mother (R24–R27). One act may serve
//! several people, and always has a provider. A service is not a judicial referral; that is `prosecution`.
//!
//! A child's services depend on nobody's decision; a mother's on the rule of `mothers`.

pub mod answer;
mod db;
mod domain;
mod form;
mod web;

pub use db::{
    act::{Made, steps},
    request::{Sent, sent},
    step::{Mover, is_made as step_is_made, make},
};
pub use domain::{
    About, Asked, Day, Naming, Person, ServiceMove, ServiceState, Side, Slip, Standing, Step, Who,
    Whom, icon_of,
};
pub use web::routes;
