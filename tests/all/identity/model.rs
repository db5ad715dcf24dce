//! What the sequences of decisions are compared with: who is under which identity, and by which decisions each came there.

use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Three in Rabat, three in Salé.
pub(super) const CHILDREN: usize = 6;
/// … and two women in each, after them.
pub(super) const RECORDS: usize = 10;

pub(super) fn is_woman(record: usize) -> bool {
    record >= CHILDREN
}

pub(super) fn city(record: usize) -> i16 {
    if record < CHILDREN / 2 || (CHILDREN..CHILDREN + 2).contains(&record) {
        1
    } else {
        2
    }
}

/// The child of whom a woman is said to be the mother: the first and the second of her city.
pub(super) fn child_of(woman: usize) -> usize {
    let nth = (woman - CHILDREN) % 2;
    if city(woman) == 1 {
        nth
    } else {
        CHILDREN / 2 + nth
    }
}

/// A decision that put records together, in each world.
#[derive(Debug)]
pub(super) struct Act {
    pub(super) ids: Vec<Uuid>,
    pub(super) pair: (usize, usize),
    pub(super) is_undone: bool,
}

/// Who is under which identity, and by which decisions each came there.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) identity: Vec<usize>,
    stack: Vec<Vec<(usize, usize)>>,
    pub(super) acts: Vec<Act>,
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            identity: (0..RECORDS).collect(),
            stack: vec![Vec::new(); RECORDS],
            acts: Vec::new(),
        }
    }

    pub(super) fn put_under(&mut self, gone: usize, kept: usize, act: Act) {
        let (gone, kept) = (self.identity[gone], self.identity[kept]);
        let moved = (0..RECORDS).filter(|record| self.identity[*record] == gone);
        for record in moved.collect::<Vec<_>>() {
            self.stack[record].push((self.acts.len(), gone));
            self.identity[record] = kept;
        }
        self.acts.push(act);
    }

    /// Whether nothing builds on it: each record that it moved was moved by nothing since.
    pub(super) fn is_last(&self, act: usize) -> bool {
        self.stack.iter().all(|moves| {
            let by_it = moves.iter().any(|(by, _)| *by == act);
            !by_it || moves.last().is_some_and(|(by, _)| *by == act)
        })
    }

    pub(super) fn undo(&mut self, act: usize) {
        let by_it = |moves: &Vec<(usize, usize)>| moves.last().is_some_and(|(by, _)| *by == act);
        let moved = (0..RECORDS).filter(|record| by_it(&self.stack[*record]));
        for record in moved.collect::<Vec<_>>() {
            self.identity[record] = self.stack[record].pop().unwrap().1;
        }
        self.acts[act].is_undone = true;
    }

    /// The identities of the children.
    pub(super) fn children(&self) -> &[usize] {
        &self.identity[..CHILDREN]
    }

    /// Children, as human beings, each in the city of the first of its records.
    pub(super) fn humans(&self) -> BTreeMap<i16, usize> {
        let mut seen = BTreeSet::new();
        let mut counts = BTreeMap::new();
        for (child, identity) in self.children().iter().enumerate() {
            if seen.insert(identity) {
                *counts.entry(city(child)).or_default() += 1;
            }
        }
        counts
    }
}
