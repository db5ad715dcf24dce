//! What follows from counts being whole, not negative, under five where that is said, and growing: bounds are narrowed until
//! nothing changes, and where that does not tell, a value is tried.

use super::attacker::Riddle;
/// Trials in one search; after that the attacker gives up.
const PATIENCE: usize = 4000;

/// What an attacker finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// It can be nothing else.
    Determined,
    /// It can be something else.
    Open,
    /// Too much to try.
    GaveUp,
}

/// The unknowns, and how they hang together.
pub(crate) struct Trial<'a> {
    riddle: &'a Riddle,
    sums_of: Vec<Vec<usize>>,
    order_of: Vec<Vec<usize>>,
    bounds: Vec<(i64, i64)>,
    /// For each, two worlds in which it differs are known.
    open: Vec<bool>,
    /// The worlds that were found.
    worlds: Vec<Vec<i64>>,
}

impl<'a> Trial<'a> {
    pub fn new(riddle: &'a Riddle) -> Self {
        let mut trial = Self {
            sums_of: vec![Vec::new(); riddle.unknown.len()],
            order_of: vec![Vec::new(); riddle.unknown.len()],
            bounds: riddle.bounds.clone(),
            open: vec![false; riddle.unknown.len()],
            worlds: vec![riddle.truth.clone()],
            riddle,
        };
        for (at, (terms, _)) in riddle.sums.iter().enumerate() {
            for (unknown, _) in terms {
                trial.sums_of[*unknown].push(at);
            }
        }
        for (at, (less, more)) in riddle.order.iter().enumerate() {
            trial.order_of[*less].push(at);
            trial.order_of[*more].push(at);
        }
        let mut bounds = trial.bounds.clone();
        assert!(trial.narrow(&mut bounds, (0..riddle.unknown.len()).collect(), None));
        trial.bounds = bounds;
        trial
    }

    /// Whether an unknown can be but one number.
    pub fn alone(&mut self, unknown: usize) -> Found {
        if self.open[unknown] {
            return Found::Open;
        }
        self.decide(&[(unknown, 1)])
    }

    /// Whether the difference of two unknowns can be but one number.
    pub fn difference(&mut self, one: usize, other: usize) -> Found {
        self.decide(&[(one, 1), (other, -1)])
    }

    fn decide(&mut self, terms: &[(usize, i64)]) -> Found {
        let value = |world: &[i64]| {
            terms
                .iter()
                .map(|(at, sign)| sign * world[*at])
                .sum::<i64>()
        };
        let true_value = value(&self.riddle.truth);
        if self.worlds.iter().any(|world| value(world) != true_value) {
            return Found::Open;
        }
        let mut gave_up = false;
        for (sign, rest) in [(1, true_value - 1), (-1, -true_value - 1)] {
            // terms at most `rest`, with the sign
            let wish: Vec<(usize, i64)> = terms.iter().map(|(at, s)| (*at, sign * s)).collect();
            let mut bounds = self.bounds.clone();
            let all = (0..bounds.len()).collect();
            if !self.narrow(&mut bounds, all, Some((&wish, rest))) {
                continue;
            }
            let mut patience = PATIENCE;
            match self.search(bounds, (&wish, rest), &mut patience) {
                Some(world) => {
                    assert!(self.fits(&world));
                    for (at, value) in world.iter().enumerate() {
                        self.open[at] |= *value != self.riddle.truth[at];
                    }
                    self.worlds.push(world);
                    return Found::Open;
                }
                None => gave_up |= patience == 0,
            }
        }
        if gave_up {
            Found::GaveUp
        } else {
            Found::Determined
        }
    }

    fn fits(&self, world: &[i64]) -> bool {
        let sums = self.riddle.sums.iter();
        let sum = |terms: &[(usize, i64)]| terms.iter().map(|(at, s)| s * world[*at]).sum::<i64>();
        sums.clone().all(|(terms, rest)| sum(terms) == *rest)
            && self
                .riddle
                .order
                .iter()
                .all(|(less, more)| world[*less] <= world[*more])
            && self
                .riddle
                .bounds
                .iter()
                .zip(world)
                .all(|((least, most), n)| (least..=most).contains(&n))
    }

    /// Narrows until nothing changes; false, if nothing is left.
    fn narrow(
        &self,
        bounds: &mut [(i64, i64)],
        mut changed: Vec<usize>,
        wish: Option<(&[(usize, i64)], i64)>,
    ) -> bool {
        let mut rounds = 0;
        while let Some(at) = changed.pop() {
            rounds += 1;
            if rounds > 20_000 {
                return true;
            }
            for sum in &self.sums_of[at] {
                let (terms, rest) = &self.riddle.sums[*sum];
                if !at_most(bounds, terms, *rest, &mut changed) {
                    return false;
                }
                let negative: Vec<(usize, i64)> = terms.iter().map(|(at, s)| (*at, -s)).collect();
                if !at_most(bounds, &negative, -rest, &mut changed) {
                    return false;
                }
            }
            for order in &self.order_of[at] {
                let (less, more) = self.riddle.order[*order];
                if !at_most(bounds, &[(less, 1), (more, -1)], 0, &mut changed) {
                    return false;
                }
            }
            if let Some((terms, rest)) = wish
                && !at_most(bounds, terms, rest, &mut changed)
            {
                return false;
            }
        }
        true
    }

    /// One world within bounds, each value tried near the truth first.
    fn search(
        &self,
        bounds: Vec<(i64, i64)>,
        wish: (&[(usize, i64)], i64),
        patience: &mut usize,
    ) -> Option<Vec<i64>> {
        let open = (0..bounds.len()).filter(|at| bounds[*at].0 < bounds[*at].1);
        let Some(at) = open.min_by_key(|at| (bounds[*at].1 - bounds[*at].0, *at)) else {
            return Some(bounds.into_iter().map(|(least, _)| least).collect());
        };
        let (least, most) = bounds[at];
        let near = self.riddle.truth[at].clamp(least, most);
        // the value itself, or one less, or one more: each half is tried whole
        for (from, to) in [(near, near), (least, near - 1), (near + 1, most)] {
            if from > to {
                continue;
            }
            *patience = patience.saturating_sub(1);
            if *patience == 0 {
                return None;
            }
            let mut tried = bounds.clone();
            tried[at] = (from, to);
            if self.narrow(&mut tried, vec![at], Some(wish))
                && let Some(world) = self.search(tried, wish, patience)
            {
                return Some(world);
            }
        }
        None
    }
}

/// Narrows so that a sum is at most so much; false, if it cannot be.
fn at_most(
    bounds: &mut [(i64, i64)],
    terms: &[(usize, i64)],
    rest: i64,
    changed: &mut Vec<usize>,
) -> bool {
    let least = |bounds: &[(i64, i64)], (at, sign): (usize, i64)| {
        if sign > 0 {
            bounds[at].0
        } else {
            -bounds[at].1
        }
    };
    let sum: i64 = terms.iter().map(|term| least(bounds, *term)).sum();
    for (at, sign) in terms {
        let room = rest - (sum - least(bounds, (*at, *sign)));
        let (lower, upper) = bounds[*at];
        let narrowed = if *sign > 0 {
            (lower, upper.min(room))
        } else {
            (lower.max(-room), upper)
        };
        if narrowed.0 > narrowed.1 {
            return false;
        }
        if narrowed != (lower, upper) {
            bounds[*at] = narrowed;
            changed.push(*at);
        }
    }
    true
}
