//! Routes and pages.

mod annexes;
mod compose;
mod custody;
mod decide;
mod desk;
mod documents;
mod done;
mod events;
mod file;
mod notice;
mod roster;
mod steps;
mod thread;
mod view;

pub use view::grouped;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get(desk::list)
        .get(roster::show)
        .post(roster::enter)
        .post(roster::cancel)
        .get(compose::new)
        .post(compose::create)
        .post(compose::urgent)
        .post(done::record)
        .get(file::show)
        .post(file::transmit)
        .get(documents::download)
        .get(annexes::new)
        .post(annexes::create)
        .post(annexes::send)
        .post(file::receive)
        .post(steps::take)
        .post(steps::hand_over)
        .post(steps::give_back)
        .post(steps::complete)
        .post(steps::close)
        .post(steps::reopen)
        .post(steps::reroute)
        .post(steps::reroute_from_cell)
        .post(steps::join)
        .post(decide::child)
        .post(decide::adult)
        .upload(decide::attach)
        .get(decide::document)
        .post(file::note)
        .post(events::record)
        .post(thread::ask)
        .post(thread::answer)
        .post(thread::follow_up)
        .post(thread::close)
        .get(notice::show)
        .post(notice::acknowledge)
        .post(notice::send_on)
        .merge(crate::prosecution::follow_up::routes())
}
