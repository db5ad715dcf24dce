//! Counts what sqlx sends to the database, from the events that it logs.
//!
//! One subscriber for the process, as tracing forgets call sites that another thread meets first; it
//! writes to the thread of the event, and a test is one thread.

use std::{cell::RefCell, sync::Once};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, Registry, layer::Context, layer::SubscriberExt};

thread_local! {
    static SEEN: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Starts counting on this thread.
pub fn count() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Registry::default().with(Counter)).unwrap();
    });
    SEEN.set(Some(Vec::new()));
}

/// The statements since the last call, by their first words, but for those that begin and end
/// transactions.
pub fn take() -> Vec<String> {
    // None: count() was not called
    SEEN.replace(Some(Vec::new())).unwrap()
}

struct Counter;

impl<S: Subscriber> Layer<S> for Counter {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut summary = Summary::default();
        event.record(&mut summary);
        if !["BEGIN", "COMMIT", "ROLLBACK"].contains(&summary.0.as_str()) {
            SEEN.with_borrow_mut(|seen| {
                if let Some(seen) = seen {
                    seen.push(summary.0);
                }
            });
        }
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
