//! Chance that falls alike at every start, so that what was seen yesterday is there today.

use uuid::{Builder, Uuid};

use chrono::{DateTime, Utc};

/// `SplitMix64`: small, even enough for a story, of no use for secrets.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The chance that has this name: it falls alike whatever else has fallen before, so that what one day changes for
    /// one family changes nothing for another.
    pub(super) fn of(name: &str) -> Self {
        // FNV-1a
        Self(name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included. A little more room moves the answer by a little: a closing lies where it lay
    /// the day before.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        let width = u64::from(high.saturating_sub(low)) + 1;
        let share = (u128::from(self.next()) * u128::from(width)) >> 64;
        low + u32::try_from(share).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of them.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let last = u32::try_from(list.len()).unwrap_or(1).saturating_sub(1);
        #[expect(
            clippy::indexing_slicing,
            reason = "inside, as no list of the story is empty"
        )]
        list[self.between(0, last) as usize]
    }

    /// One of them, each as often as its weight.
    pub(super) fn weighted<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let mut left = self.between(1, list.iter().map(|(_, weight)| weight).sum());
        let chosen = list.iter().position(|(_, weight)| {
            let here = left <= *weight;
            left = left.saturating_sub(*weight);
            here
        });
        #[expect(
            clippy::indexing_slicing,
            reason = "the position was found in the list"
        )]
        list[chosen.unwrap_or(0)].0
    }

    /// A UUIDv7 of that moment.
    pub(super) fn uuid(&mut self, at: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        let mut random = [0; 10];
        for byte in &mut random {
            *byte = self.next().to_le_bytes()[0];
        }
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_alike_and_weights_count() {
        let (mut one, mut two) = (Dice::new(7), Dice::new(7));
        let mut heavy = 0;
        for _ in 0..1000 {
            let fell = one.weighted(&[("light", 1), ("heavy", 9)]);
            assert_eq!(fell, two.weighted(&[("light", 1), ("heavy", 9)]));
            heavy += u32::from(fell == "heavy");
        }
        assert!((850..950).contains(&heavy), "{heavy}");
    }

    #[test]
    fn a_name_has_its_own_chance_and_more_room_moves_it_little() {
        let fall = |name: &str, high| Dice::of(name).between(0, high);
        assert_eq!(fall("one", 1000), fall("one", 1000));
        assert_ne!(fall("one", 1000), fall("two", 1000));
        assert!(fall("one", 400).abs_diff(fall("one", 401)) <= 1);
        let mut dice = Dice::of("all of them");
        let fell: std::collections::BTreeSet<_> = (0..200).map(|_| dice.between(3, 7)).collect();
        assert_eq!(fell, (3..=7).collect());
    }
}
