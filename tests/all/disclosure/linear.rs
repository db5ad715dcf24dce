//! What follows from the sums alone: elimination over exact fractions.

use super::attacker::Riddle;

/// A fraction in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fraction(i128, i128);

impl Fraction {
    fn new(over: i128, under: i128) -> Self {
        let common = gcd(over.abs(), under.abs()).max(1) * under.signum();
        Self(over / common, under / common)
    }

    fn is_zero(self) -> bool {
        self.0 == 0
    }

    fn minus_times(self, factor: Self, other: Self) -> Self {
        let (over, under) = (factor.0 * other.0, factor.1 * other.1);
        Self::new(self.0 * under - over * self.1, self.1 * under)
    }

    fn divided(self, by: Self) -> Self {
        Self::new(self.0 * by.1, self.1 * by.0)
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The sums in their reduced form: each row begins with an unknown that stands in no other.
pub(crate) struct Reduced {
    rows: Vec<(usize, Vec<Fraction>)>,
    unknowns: usize,
}

impl Reduced {
    pub fn new(riddle: &Riddle) -> Self {
        let unknowns = riddle.unknown.len();
        let mut rows: Vec<Vec<Fraction>> = riddle
            .sums
            .iter()
            .map(|(terms, rest)| {
                let mut row = vec![Fraction(0, 1); unknowns + 1];
                for (at, sign) in terms {
                    row[*at] = Fraction(i128::from(*sign), 1);
                }
                row[unknowns] = Fraction(i128::from(*rest), 1);
                row
            })
            .collect();
        let mut done = Vec::new();
        for lead in 0..unknowns {
            let Some(at) = rows.iter().position(|row| !row[lead].is_zero()) else {
                continue;
            };
            let mut row = rows.swap_remove(at);
            let first = row[lead];
            for value in &mut row {
                *value = value.divided(first);
            }
            for other in rows.iter_mut().chain(done.iter_mut().map(|(_, row)| row)) {
                subtract(other, &row, lead);
            }
            done.push((lead, row));
        }
        Self {
            rows: done,
            unknowns,
        }
    }

    /// The value of a sum of unknowns, if it follows.
    pub fn value(&self, terms: &[(usize, i64)]) -> Option<i64> {
        let mut left = vec![Fraction(0, 1); self.unknowns + 1];
        for (at, sign) in terms {
            left[*at] = Fraction(i128::from(*sign), 1);
        }
        for (lead, row) in &self.rows {
            subtract(&mut left, row, *lead);
        }
        let (rest, unknown) = left.split_last().unwrap();
        unknown
            .iter()
            .all(|value| value.is_zero())
            .then(|| i64::try_from(-rest.0 / rest.1).unwrap())
    }
}

/// Takes a row away so often that the unknown it begins with is gone.
fn subtract(from: &mut [Fraction], row: &[Fraction], lead: usize) {
    let factor = from[lead];
    if !factor.is_zero() {
        for (value, other) in from.iter_mut().zip(row) {
            *value = value.minus_times(factor, *other);
        }
    }
}
