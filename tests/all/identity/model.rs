//! What the sequences of decisions are compared with: who is under which identity, and by which decisions each came there.

use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Three in Rabat, three in Salé.
pub(super) const CHILDREN: usize = 6;

pub(super) fn city(child: usize) -> i16 {
    if child < CHILDREN / 2 { 1 } else { 2 }
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
            identity: (0..CHILDREN).collect(),
            stack: vec![Vec::new(); CHILDREN],
            acts: Vec::new(),
        }
    }

    pub(super) fn put_under(&mut self, gone: usize, kept: usize, act: Act) {
        let (gone, kept) = (self.identity[gone], self.identity[kept]);
        let moved = (0..CHILDREN).filter(|child| self.identity[*child] == gone);
        for child in moved.collect::<Vec<_>>() {
            self.stack[child].push((self.acts.len(), gone));
            self.identity[child] = kept;
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
        let moved = (0..CHILDREN).filter(|child| by_it(&self.stack[*child]));
        for child in moved.collect::<Vec<_>>() {
            self.identity[child] = self.stack[child].pop().unwrap().1;
        }
        self.acts[act].is_undone = true;
    }

    /// Human beings, each in the city of the first of its records.
    pub(super) fn humans(&self) -> BTreeMap<i16, usize> {
        let mut seen = BTreeSet::new();
        let mut counts = BTreeMap::new();
        for (child, identity) in self.identity.iter().enumerate() {
            if seen.insert(identity) {
                *counts.entry(city(child)).or_default() += 1;
            }
        }
        counts
    }
}
