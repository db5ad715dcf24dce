//! The public lists of pairs of names (`tests/data/names`) and what the engine makes of each, beside the gates. The
//! benchmark prints it; a test of `tests/all` holds the engine to it.

use anyhow::Context;
use sanad::{
    authz::TerritoryId,
    names::{self, Verdict},
    people::{
        Names,
        keys::{self, Asked},
    },
};
use std::collections::BTreeSet;

/// The list the rules were corrected by, and two that were written later, each before the engine saw it.
const LISTS: [(&str, &str); 3] = [
    (
        "pairs.tsv",
        include_str!("../../tests/data/names/pairs.tsv"),
    ),
    (
        "second.tsv",
        include_str!("../../tests/data/names/second.tsv"),
    ),
    (
        "third.tsv",
        include_str!("../../tests/data/names/third.tsv"),
    ),
];
/// A prefecture; which one makes no difference.
const SOMEWHERE: TerritoryId = TerritoryId(1);
/// Of a hundred pairs that are one name, so many must be found.
const FOUND: usize = 97;
/// The same where the one is written in Arabic and the other in Latin letters.
const FOUND_ACROSS: usize = 95;

/// A list, judged. None is added to another: each says how much of it the engine had seen.
#[derive(Debug)]
pub struct List {
    /// The name of its file.
    pub name: &'static str,
    /// Its pairs.
    pub pairs: Vec<Pair>,
}

/// Two names of a list, and what the engine says of them.
#[derive(Debug)]
pub struct Pair {
    /// What kind of difference it is about.
    pub category: &'static str,
    /// A name.
    pub first: &'static str,
    /// The other.
    pub second: &'static str,
    /// Whether they are one name.
    pub same: bool,
    /// What the engine says.
    pub verdict: Verdict,
    /// Whether someone who bears the one is among the candidates when the other is searched for, both ways.
    reached: bool,
}

/// The lists, judged.
pub fn lists() -> anyhow::Result<Vec<List>> {
    let judged = |(name, text): (&'static str, &'static str)| -> anyhow::Result<List> {
        // whoever wrote a space or a mark at the end of a name meant it: nothing is trimmed
        let lines = text.split('\n').filter(|line| !line.is_empty());
        let lines = lines.filter(|line| !line.starts_with('#'));
        let pairs = lines.map(Pair::read).collect::<anyhow::Result<_>>()?;
        Ok(List { name, pairs })
    };
    LISTS.into_iter().map(judged).collect()
}

impl Pair {
    fn read(line: &'static str) -> anyhow::Result<Self> {
        let mut columns = line.split('\t');
        let mut column = || {
            columns
                .next()
                .with_context(|| format!("columns of {line:?}"))
        };
        let (category, first, second) = (column()?, column()?, column()?);
        let same = match column()? {
            "same" => true,
            "different" => false,
            other => anyhow::bail!("{other:?} is no verdict"),
        };
        Ok(Self {
            category,
            first,
            second,
            same,
            verdict: names::score(first, second).verdict,
            reached: reached(first, second) && reached(second, first),
        })
    }

    /// Found, if it is to be found, and not taken for one name, if it is two.
    pub fn is_right(&self) -> bool {
        if self.same {
            self.verdict != Verdict::Different && self.reached
        } else {
            self.verdict != Verdict::Same
        }
    }

    fn scripts(&self) -> &'static str {
        match (arabic(self.first), arabic(self.second)) {
            (true, true) => "both in Arabic",
            (false, false) => "both in Latin letters",
            _ => ACROSS,
        }
    }
}

const ACROSS: &str = "one in each script";

fn arabic(name: &str) -> bool {
    let letter = |sign: char| matches!(sign, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    name.chars().any(letter)
}

/// Whether the keys that the database keeps beside the one are asked for by the other.
fn reached(kept: &str, typed: &str) -> bool {
    let mut names = Names::default();
    if arabic(kept) {
        kept.clone_into(&mut names.given_ar);
    } else {
        kept.clone_into(&mut names.given_la);
    }
    let kept: BTreeSet<String> = keys::kept(SOMEWHERE, &names)
        .iter()
        .filter_map(|key| key.split_once(':'))
        .map(|(_, key)| key.to_owned())
        .collect();
    let asked = Asked::of(typed);
    let has = |group: &Vec<String>| group.iter().any(|key| kept.contains(key));
    let all = |groups: &[Vec<String>]| {
        let mut groups = groups.iter().filter(|group| !group.is_empty()).peekable();
        groups.peek().is_some() && groups.all(has)
    };
    // as `people::found` asks: every part, every part with a letter wrong, any part
    all(&asked.exact) || all(&asked.near) || asked.exact.iter().any(has)
}

/// What became of the pairs of one kind.
#[derive(Debug)]
pub struct Tally {
    /// Which.
    pub name: &'static str,
    at_least: usize,
    same: usize,
    found: usize,
    reached: usize,
    exact: usize,
    different: usize,
    wrong: usize,
}

/// All of them, then by category, then by script.
pub fn tallies(pairs: &[Pair]) -> Vec<Tally> {
    let mut tallies = vec![Tally::of("all", pairs.iter())];
    let mut kinds: Vec<&'static str> = Vec::new();
    for kind in pairs
        .iter()
        .map(|pair| pair.category)
        .chain(pairs.iter().map(Pair::scripts))
    {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    for kind in kinds {
        let of_kind = |pair: &&Pair| pair.category == kind || pair.scripts() == kind;
        tallies.push(Tally::of(kind, pairs.iter().filter(of_kind)));
    }
    tallies
}

impl Tally {
    fn of<'a>(name: &'static str, pairs: impl Iterator<Item = &'a Pair>) -> Self {
        let mut tally = Self {
            name,
            at_least: if ["cross", ACROSS].contains(&name) {
                FOUND_ACROSS
            } else {
                FOUND
            },
            same: 0,
            found: 0,
            reached: 0,
            exact: 0,
            different: 0,
            wrong: 0,
        };
        for pair in pairs {
            if pair.same {
                tally.same += 1;
                tally.found += usize::from(pair.verdict != Verdict::Different);
                tally.exact += usize::from(pair.verdict == Verdict::Same);
                tally.reached += usize::from(pair.reached);
            } else {
                tally.different += 1;
                tally.wrong += usize::from(pair.verdict == Verdict::Same);
            }
        }
        tally
    }

    /// Whether enough of what is one name is found, with so many pairs forgiven.
    pub fn finds(&self, forgiven: usize) -> bool {
        (self.found + forgiven) * 100 >= self.at_least * self.same
    }

    /// Whether as many of them are candidates of a search.
    pub fn reaches(&self, forgiven: usize) -> bool {
        (self.reached + forgiven) * 100 >= self.at_least * self.same
    }

    /// Whether fewer than one in a hundred of what is two names is taken for one.
    pub fn tells_apart(&self, forgiven: usize) -> bool {
        let wrong = self.wrong.saturating_sub(forgiven);
        wrong == 0 || wrong * 100 < self.different
    }

    /// A row of the table.
    pub fn row(&self) -> String {
        let share = |part: usize, mark: &str| match self.same {
            0 => "–".to_owned(),
            all => format!("{part} of {all}, {}{mark}", percent(part, all)),
        };
        let wrong = match self.different {
            0 => "–".to_owned(),
            all => format!(
                "{} of {all}, {}{}",
                self.wrong,
                percent(self.wrong, all),
                mark(self.tells_apart(0))
            ),
        };
        format!(
            "| {} | {} | {} | {} | {wrong} |\n",
            self.name,
            share(self.found, mark(self.finds(0))),
            share(self.exact, ""),
            share(self.reached, mark(self.reaches(0))),
        )
    }
}

/// After a figure that has something to reach.
pub fn mark(reached: bool) -> &'static str {
    if reached { " ✓" } else { " ✗" }
}

/// With a decimal, cut and not rounded: what is short of a gate does not look as if it had reached it.
fn percent(part: usize, all: usize) -> String {
    let thousandths = part * 1000 / all.max(1);
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}
