//! The axis of values.

/// From nothing to a round number, in at most four equal steps: bars and lines that begin elsewhere lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    step: i64,
    top: i64,
}

impl Scale {
    /// Holds values up to `max`. Steps are 1, 2 or 5 times a power of ten.
    pub fn up_to(max: i64) -> Self {
        let max = max.max(1);
        let mut unit = 1;
        loop {
            for step in [unit, 2 * unit, 5 * unit] {
                if step * 4 >= max {
                    return Self {
                        step,
                        top: (max + step - 1) / step * step,
                    };
                }
            }
            unit *= 10;
        }
    }

    /// The round values, nothing included.
    pub fn ticks(self) -> impl Iterator<Item = i64> {
        (0..=self.top / self.step).map(move |i| i * self.step)
    }

    /// How far along an axis of that length a value stands.
    pub fn length(self, value: i64, axis: i64) -> i64 {
        value.clamp(0, self.top) * axis / self.top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tops_are_round_and_near() {
        for (max, ticks) in [
            (0, vec![0, 1]),
            (4, vec![0, 1, 2, 3, 4]),
            (35, vec![0, 10, 20, 30, 40]),
            (142, vec![0, 50, 100, 150]),
            (985, vec![0, 500, 1000]),
        ] {
            assert_eq!(
                Scale::up_to(max).ticks().collect::<Vec<_>>(),
                ticks,
                "{max}"
            );
        }
    }

    #[test]
    fn lengths_are_in_proportion_and_stay_inside() {
        let scale = Scale::up_to(142);
        assert_eq!(scale.length(75, 300), 150);
        assert_eq!(scale.length(0, 300), 0);
        assert_eq!(scale.length(900, 300), 300);
    }
}
