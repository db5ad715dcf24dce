//! Listens to what the program logs: counts what sqlx sends to the database, and keeps every word of it.
//!
//! One subscriber for the process, as tracing forgets call sites that another thread meets first; it
//! writes to the thread of the event, and a test is one thread.

use std::{cell::RefCell, fmt::Write as _, sync::Once};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id},
};
use tracing_subscriber::{Layer, Registry, layer::Context, layer::SubscriberExt};

thread_local! {
    static SEEN: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Registry::default().with(Ear)).unwrap();
    });
}

/// Starts counting on this thread.
pub fn count() {
    listen();
    SEEN.set(Some(Vec::new()));
}

/// The statements since the last call, by their first words, but for those that begin and end
/// transactions or a connection.
pub fn take() -> Vec<String> {
    // None: count() was not called
    SEEN.replace(Some(Vec::new())).unwrap()
}

/// Starts to keep what is logged on this thread, down to `debug`, from every module.
pub fn record_log() {
    listen();
    SAID.set(Some(String::new()));
}

/// All of it.
pub fn log() -> String {
    SAID.replace(None).unwrap()
}

struct Ear;

impl<S: Subscriber> Layer<S> for Ear {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        if *attributes.metadata().level() <= Level::DEBUG {
            say(|words| attributes.record(words));
        }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() <= Level::DEBUG {
            say(|words| event.record(words));
        }
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        let mut summary = Summary::default();
        event.record(&mut summary);
        // a new connection says its zone once: no page's doing
        let is_pages = !summary.0.starts_with("set timezone");
        if is_pages && !["BEGIN", "COMMIT", "ROLLBACK"].contains(&summary.0.as_str()) {
            SEEN.with_borrow_mut(|seen| {
                if let Some(seen) = seen {
                    seen.push(summary.0);
                }
            });
        }
    }
}

fn say(record: impl FnOnce(&mut Words)) {
    SAID.with_borrow_mut(|said| {
        if let Some(said) = said {
            let mut words = Words(std::mem::take(said));
            record(&mut words);
            words.0.push('\n');
            *said = words.0;
        }
    });
}

/// Every field, as it would be printed.
struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}

#[derive(Default)]
struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
