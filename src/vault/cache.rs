//! The data keys opened lately: a few hundred, the oldest forgotten first, each wiped when it goes. A key is
//! found only by the very bytes that the database gave for it, so the cache shows nobody what the database
//! would not, and nothing of a holder whose key is erased.

use super::{Holder, Key, WrappedKey};
use std::collections::{HashMap, VecDeque};

/// As many as a busy minute of one prefecture opens.
const SIZE: usize = 512;

#[derive(Default)]
pub(super) struct Cache {
    keys: HashMap<WrappedKey, Key>,
    order: VecDeque<WrappedKey>,
}

impl Cache {
    pub(super) fn get(&self, holder: Holder, wrapped: &WrappedKey) -> Option<Key> {
        let key = self.keys.get(wrapped)?;
        (key.holder() == holder).then(|| key.clone())
    }

    pub(super) fn keep(&mut self, wrapped: WrappedKey, key: Key) {
        if self.keys.insert(wrapped.clone(), key).is_none() {
            self.order.push_back(wrapped);
        }
        while self.order.len() > SIZE {
            if let Some(oldest) = self.order.pop_front() {
                self.keys.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing, *};
    use crate::vault::HolderKind;

    fn wrapped(n: usize) -> WrappedKey {
        WrappedKey::from_bytes(n.to_be_bytes().to_vec())
    }

    #[test]
    fn the_oldest_is_forgotten_first_and_the_cache_stays_small() {
        let mut cache = Cache::default();
        let key = testing::key();
        for n in 0..=SIZE {
            cache.keep(wrapped(n), key.clone());
            cache.keep(wrapped(n), key.clone());
        }
        assert_eq!((cache.keys.len(), cache.order.len()), (SIZE, SIZE));
        assert!(cache.get(key.holder(), &wrapped(0)).is_none());
        assert!(cache.get(key.holder(), &wrapped(SIZE)).is_some());
    }

    #[test]
    fn a_key_is_found_for_its_holder_only() {
        let mut cache = Cache::default();
        cache.keep(wrapped(1), testing::key());
        let other = testing::key_of(HolderKind::Case).holder();
        assert!(cache.get(other, &wrapped(1)).is_none());
    }
}
