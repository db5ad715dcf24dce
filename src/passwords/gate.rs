//! The gate before a password check: not too many at once, and a growing wait after wrong ones.

use super::hash::{self, Derived, Memory};
use crate::error::AppError;
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
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

/// From where somebody tries.
#[derive(Debug, Clone, Copy)]
pub enum Place<'a> {
    /// An address and, if the browser has one, the mark of a device. A device that this account used before
    /// is counted apart: whoever guesses from the same address does not make its owner wait.
    Browser(&'a str, Option<&'a str>),
    /// Past the password: the second factor is counted by account alone, for only who has the password
    /// comes here, and many addresses must not mean many tries.
    SecondFactor,
}

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
    devices: Arc<Mutex<HashSet<(String, String)>>>,
    work: Arc<AtomicU64>,
    /// As many as there are checks at once.
    memory: Arc<Mutex<Vec<Memory>>>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            checks: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(QUEUE)),
            failures: Arc::default(),
            devices: Arc::default(),
            work: Arc::default(),
            memory: Arc::default(),
        }
    }
}

impl Gate {
    /// Begins a try, or says how many seconds this account must still wait at this place. A try counts as wrong
    /// from here until it has [`Gate::passed`]: of many at once, each sees those before it.
    pub fn begin(&self, account: &str, place: Place<'_>, now: DateTime<Utc>) -> Result<(), i64> {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, f| now - f.last < MEMORY);
        let entry = failures
            .entry(self.key(account, place))
            .or_insert(Failures {
                count: 0,
                last: now,
            });
        let left = (entry.last + entry.wait() - now).num_milliseconds();
        if left > 0 {
            return Err((left + 999) / 1000);
        }
        entry.count = entry.count.saturating_add(1);
        entry.last = now;
        if entry.count == 25 {
            tracing::warn!(tries = entry.count, "session.many_wrong_passwords");
        }
        Ok(())
    }

    /// Takes back a try that nobody judged, for the machine was busy.
    pub fn unjudged(&self, account: &str, place: Place<'_>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = failures.get_mut(&self.key(account, place)) {
            known.count = known.count.saturating_sub(1);
        }
    }

    /// Forgets the tries of an account that entered.
    pub fn passed(&self, account: &str, place: Place<'_>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&self.key(account, place));
        if let Place::Browser(_, Some(device)) = place {
            let mut devices = self.devices.lock().unwrap_or_else(PoisonError::into_inner);
            devices.insert((account.to_owned(), device.to_owned()));
        }
    }

    /// Derives, off the threads that serve pages.
    pub async fn derive(&self, password: String, salt: String) -> Result<Derived, AppError> {
        let place = Arc::clone(&self.queue)
            .try_acquire_owned()
            .map_err(|_| AppError::Busy(COME_BACK))?;
        let check = Arc::clone(&self.checks)
            .acquire_owned()
            .await
            .map_err(AppError::internal)?;
        self.work.fetch_add(1, Ordering::Relaxed);
        let shelf = Arc::clone(&self.memory);
        tokio::task::spawn_blocking(move || {
            // held to the end of the work, also when whoever asked has gone
            let _permits = (place, check);
            let shelf = || shelf.lock().unwrap_or_else(PoisonError::into_inner);
            let mut memory = shelf().pop().unwrap_or_default();
            let derived = hash::derive_in(&mut memory, &password, &salt);
            shelf().push(memory);
            derived
        })
        .await
        .map_err(AppError::internal)?
    }

    /// How many derivations there were: a test compares the work that known and unknown names cost.
    pub fn work(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }

    fn key(&self, account: &str, place: Place<'_>) -> (String, String) {
        let place = match place {
            Place::SecondFactor => "second factor".to_owned(),
            Place::Browser(address, None) => address.to_owned(),
            Place::Browser(address, Some(device)) => {
                let devices = self.devices.lock().unwrap_or_else(PoisonError::into_inner);
                if devices.contains(&(account.to_owned(), device.to_owned())) {
                    format!("device {device}")
                } else {
                    address.to_owned()
                }
            }
        };
        (account.to_owned(), place)
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
        let derive = || gate.derive("x".to_owned(), hash::new_salt());
        let refused = derive().await.unwrap_err();
        let answer = refused.into_response();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()[header::RETRY_AFTER], "2");
        drop(waiting);
        assert!(derive().await.is_ok());
    }

    const HERE: Place<'_> = Place::Browser("10.0.0.1", None);
    const THERE: Place<'_> = Place::Browser("10.0.0.2", None);

    #[test]
    fn wrong_tries_wait_longer_and_only_at_their_own_place() {
        let gate = Gate::default();
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..3 {
            assert_eq!(gate.begin("a", HERE, now), Ok(()));
        }
        assert_eq!(gate.begin("a", HERE, now), Err(3));
        assert_eq!(gate.begin("a", THERE, now), Ok(()));
        assert_eq!(gate.begin("a", Place::SecondFactor, now), Ok(()));
        let later = now + TimeDelta::seconds(3);
        assert_eq!(gate.begin("a", HERE, later), Ok(()));
        assert_eq!(gate.begin("a", HERE, later), Err(3), "one more, and again");
        gate.passed("a", HERE);
        assert_eq!(gate.begin("a", HERE, later), Ok(()));
        for _ in 0..9 {
            gate.unjudged("a", HERE);
            assert_eq!(gate.begin("a", HERE, later), Ok(()), "busy is not wrong");
        }
    }

    /// Nobody is answered before the last has begun: only what is counted at the beginning holds them.
    #[test]
    fn of_many_tries_at_once_three_begin() {
        let gate = Gate::default();
        let tries: Vec<_> = (0..50)
            .map(|_| {
                let gate = gate.clone();
                std::thread::spawn(move || {
                    gate.begin("a", Place::SecondFactor, DateTime::UNIX_EPOCH)
                        .is_ok()
                })
            })
            .collect();
        let begun = tries.into_iter().map(|one| one.join().unwrap());
        assert_eq!(begun.filter(|begun| *begun).count(), 3);
    }

    #[test]
    fn the_schedule_grows_and_never_locks() {
        let mut waits = Vec::new();
        for count in [2, 3, 9, 25, 100, 1_000_000] {
            let last = DateTime::UNIX_EPOCH;
            waits.push(Failures { count, last }.wait().num_seconds());
        }
        assert_eq!(waits, [0, 3, 5, 10, 60, 60]);
    }

    #[test]
    fn who_guesses_from_the_same_address_does_not_slow_a_known_device() {
        let gate = Gate::default();
        let now = DateTime::UNIX_EPOCH;
        let own = Place::Browser("10.0.0.1", Some("phone"));
        let foreign = Place::Browser("10.0.0.1", Some("made up"));
        gate.passed("a", own);
        for _ in 0..3 {
            assert_eq!(gate.begin("a", HERE, now), Ok(()));
        }
        assert_eq!(gate.begin("a", HERE, now), Err(3));
        assert_eq!(
            gate.begin("a", foreign, now),
            Err(3),
            "a mark of one's own making"
        );
        assert_eq!(gate.begin("a", own, now), Ok(()));
        assert_eq!(gate.begin("b", own, now), Ok(()));
    }
}
