//! The gate before a password check: not too many at once, and a growing wait after wrong ones.

use super::hash;
use crate::error::AppError;
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Semaphore;

/// Checks at once: each takes 19 MiB.
const AT_ONCE: usize = 2;
/// Checks that run or wait; the next is told to come back.
const QUEUE: usize = 50;
/// In so many seconds: by then the fifty are through.
const COME_BACK: u8 = 2;
/// Wrong tries are forgotten after this long.
const MEMORY: TimeDelta = TimeDelta::hours(12);

/// Wrong tries of one account from one place.
#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: DateTime<Utc>,
}

impl Failures {
    /// The wait grows with the count and never becomes a lock (kanidm's schedule): a right password after
    /// the wait always enters, so nobody can shut a colleague out.
    fn wait(self) -> TimeDelta {
        TimeDelta::seconds(match self.count {
            0..3 => 0,
            3..9 => 3,
            9..25 => 5,
            25..100 => 10,
            _ => 60,
        })
    }
}

/// Shared by all sign-ins of this process.
#[derive(Debug, Clone)]
pub struct Gate {
    checks: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    failures: Arc<Mutex<HashMap<(String, String), Failures>>>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            checks: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(QUEUE)),
            failures: Arc::default(),
        }
    }
}

impl Gate {
    /// Seconds that this account must still wait at this place.
    pub fn wait(&self, account: &str, place: &str, now: DateTime<Utc>) -> Option<i64> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let known = failures.get(&(account.to_owned(), place.to_owned()))?;
        let left = (known.last + known.wait() - now).num_milliseconds();
        (left > 0).then(|| (left + 999) / 1000)
    }

    /// Remembers a wrong try.
    pub fn failed(&self, account: &str, place: &str, now: DateTime<Utc>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, f| now - f.last < MEMORY);
        let entry = failures
            .entry((account.to_owned(), place.to_owned()))
            .or_insert(Failures {
                count: 0,
                last: now,
            });
        entry.count = entry.count.saturating_add(1);
        entry.last = now;
        if entry.count == 25 {
            tracing::warn!(tries = entry.count, "session.many_wrong_passwords");
        }
    }

    /// Forgets the wrong tries of an account that entered.
    pub fn passed(&self, account: &str, place: &str) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&(account.to_owned(), place.to_owned()));
    }

    /// Compares, off the threads that serve pages.
    pub async fn verify(&self, password: String, phc: Option<String>) -> Result<bool, AppError> {
        let _place = self
            .queue
            .try_acquire()
            .map_err(|_| AppError::Busy(COME_BACK))?;
        let _check = self.checks.acquire().await.map_err(AppError::internal)?;
        tokio::task::spawn_blocking(move || hash::verify(&password, phc.as_deref()))
            .await
            .map_err(AppError::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{
        http::{StatusCode, header},
        response::IntoResponse,
    };

    #[tokio::test]
    async fn who_comes_when_the_queue_is_full_is_told_to_come_back() {
        let gate = Gate::default();
        let full = u32::try_from(QUEUE).unwrap();
        let waiting = gate.queue.try_acquire_many(full).unwrap();
        let refused = gate.verify("x".into(), None).await.unwrap_err();
        let answer = refused.into_response();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()[header::RETRY_AFTER], "2");
        drop(waiting);
        assert!(!gate.verify("x".into(), None).await.unwrap());
    }

    #[test]
    fn wrong_tries_wait_longer_and_only_at_their_own_place() {
        let gate = Gate::default();
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..3 {
            assert_eq!(gate.wait("a", "10.0.0.1", now), None);
            gate.failed("a", "10.0.0.1", now);
        }
        assert_eq!(gate.wait("a", "10.0.0.1", now), Some(3));
        assert_eq!(gate.wait("a", "10.0.0.2", now), None);
        assert_eq!(
            gate.wait("a", "10.0.0.1", now + TimeDelta::seconds(3)),
            None
        );
        gate.passed("a", "10.0.0.1");
        assert_eq!(gate.wait("a", "10.0.0.1", now), None);
    }
}
