//! The tables, and the page of the documentation that holds them.

use crate::{
    engine::Times,
    list::{self, List, mark},
    search::{Line, Searched},
    shared::{load::Effort, machine},
    world::{Disk, INSERTED, Insert, Keyed},
};
use std::{fmt::Write as _, fs, time::Duration};

/// Microseconds that the keys of a name may take.
const KEYS: f64 = 20.0;
/// Milliseconds within which all searches but one in a hundred are answered.
const SEARCH: f64 = 50.0;
/// The same of the page of candidates.
const CANDIDATES: f64 = 100.0;
/// How many times more a search may cost among ten times as many people.
const GROWTH: f64 = 1.5;

/// What was measured at one size.
#[derive(Debug)]
pub struct Stage {
    /// How many people there were.
    pub people: u32,
    /// How long it took to make those who were added.
    pub filled: Duration,
    /// Their names, given their keys.
    pub keyed: Keyed,
    /// The searches.
    pub searched: Searched,
}

/// All that was measured among people.
#[derive(Debug)]
pub struct Report {
    pub effort: Effort,
    pub small: Stage,
    pub large: Stage,
    pub disk: Disk,
    pub insert: Insert,
    pub database: String,
    pub settings: String,
}

/// The lists, each for itself, and the times of the engine.
pub fn engine(lists: &[List], times: Times) -> String {
    let mut text = String::from(LISTS);
    for List { name, pairs } in lists {
        let _ = write!(text, "\n### {name}\n\n{PAIRS}");
        for tally in list::tallies(pairs) {
            text.push_str(&tally.row());
        }
    }
    let Times {
        keys,
        slowest,
        kept,
        score,
    } = times;
    let _ = write!(
        text,
        "\n## The time of one name\n\n| | µs | to reach |\n|---|---|---|\n\
         | keys of a name | {keys:.1} | {KEYS:.0}{} |\n\
         | of the slowest name of the longest list | {slowest:.1} | |\n\
         | all that is kept beside a name: keys, beginnings, a letter wrong | {kept:.1} | |\n\
         | score of two names, their keys included | {score:.1} | |\n",
        mark(keys <= KEYS),
    );
    text
}

impl Report {
    /// As it stands in the documentation, after the engine.
    pub fn told(&self, engine: &str) -> String {
        let day = sanad::clock::local_date(sanad::clock::Clock::system().now());
        let Effort {
            seconds,
            connections,
            ..
        } = self.effort;
        format!(
            "{HEAD}{engine}\n## Searching\n\nMeasured on {day}, on {}. {}. {} of data. {connections} connections, {seconds} s a\n\
             line; the load of the machine at the end of the run was {}. Each of them asks again half a second after an answer, or without\n\
             a pause: then they ask as much as the machine can give, and wait for each other.\n\n{}{}{}{}",
            machine::description(),
            self.settings,
            self.database,
            machine::load(),
            self.gates(),
            self.lines(),
            self.keeping(),
            self.memory(),
        )
    }

    /// The mixed searches and the candidates, at both sizes.
    fn gates(&self) -> String {
        let (small, large) = (&self.small.searched, &self.large.searched);
        let mut text = format!(
            "| | {} people | {} people | times more | to reach |\n|---|---|---|---|---|\n",
            self.small.people, self.large.people
        );
        let [small_search, small_candidates] = &small.at_ease;
        let [large_search, large_candidates] = &large.at_ease;
        for (name, small, large, gate) in [
            ("a search", small_search, large_search, SEARCH),
            (
                "candidates of a file",
                small_candidates,
                large_candidates,
                CANDIDATES,
            ),
        ] {
            let _ = write!(
                text,
                "| {name}, p50 ms | {:.1} | {:.1} | {:.1} | |\n\
                 | {name}, p99 ms | {:.1} | {:.1}{} | {:.1} | {gate:.0} ms |\n",
                small.p50(),
                large.p50(),
                large.p50() / small.p50(),
                small.p99(),
                large.p99(),
                mark(large.p99() <= gate),
                large.p99() / small.p99(),
            );
        }
        for (name, small, large) in [
            ("a search without a pause", &small.all, &large.all),
            (
                "candidates without a pause",
                &small.duplicates,
                &large.duplicates,
            ),
        ] {
            let _ = write!(
                text,
                "| {name}, a second | {:.0} | {:.0} | | |\n\
                 | {name}, p50 ms | {:.1} | {:.1} | {:.1} | |\n\
                 | {name}, p99 ms | {:.1} | {:.1} | {:.1} | |\n",
                small.rate(),
                large.rate(),
                small.p50(),
                large.p50(),
                large.p50() / small.p50(),
                small.p99(),
                large.p99(),
                large.p99() / small.p99(),
            );
            let (before, after) = (together(small), together(large));
            let grown = after / before;
            let _ = writeln!(
                text,
                "| {name}, processor ms | {before:.2} | {after:.2} | {grown:.2}{} | {GROWTH} times |",
                mark(grown <= GROWTH),
            );
        }
        text
    }

    /// Each kind of search among all people.
    fn lines(&self) -> String {
        let searched = &self.large.searched;
        let mut text = format!(
            "\nEach kind of search for itself, among {} people:\n\n{COLUMNS}",
            self.large.people
        );
        for line in searched
            .kinds
            .iter()
            .chain([&searched.all, &searched.duplicates])
        {
            let (app, database) = line.cost();
            let _ = writeln!(
                text,
                "| {} | {} | {} | {:.0} | {:.1} | {:.1} | {app:.2} + {database:.2} |",
                line.name,
                line.queries,
                line.found,
                line.rate(),
                line.p50(),
                line.p99(),
            );
        }
        text
    }

    /// What it costs to have names found.
    fn keeping(&self) -> String {
        let Disk {
            index,
            index_of_one,
            table,
            keys,
            bytes,
        } = &self.disk;
        let Insert { bare, keyed } = self.insert;
        let each = |took: Duration| took.as_secs_f64() * 1000.0;
        let mut text = format!(
            "\n## Keeping\n\n| | |\n|---|---|\n\
             | keys of a name | {keys}, {bytes} in its row |\n\
             | index of the keys | {index}, {index_of_one} a name |\n\
             | table of names, for comparison | {table} |\n\
             | {INSERTED} names more, without keys | {:.0} ms |\n\
             | {INSERTED} names more, with keys | {:.0} ms |\n",
            each(bare),
            each(keyed),
        );
        for stage in [&self.small, &self.large] {
            let _ = writeln!(
                text,
                "| up to {} people: {} names given their keys anew | {} s, {:.0} a second (the people were made in {} s) |",
                stage.people,
                stage.keyed.names,
                stage.keyed.took.as_secs(),
                stage.keyed.rate(),
                stage.filled.as_secs(),
            );
        }
        text
    }

    fn memory(&self) -> String {
        let memory = self.large.searched.memory;
        format!(
            "| memory of the program before the first search | {} MB |\n| the most while many searched | {} MB |\n",
            memory.now.div_ceil(1024),
            memory.most.div_ceil(1024),
        )
    }
}

fn together(line: &Line) -> f64 {
    let (app, database) = line.cost();
    app + database
}

const COLUMNS: &str = "\
| searched for | how many | answers that show somebody | a second | p50 ms | p99 ms | program + PostgreSQL, ms |
|---|---|---|---|---|---|---|
";

const HEAD: &str = "\
# Performance of names

Written by `make bench`; do not edit it by hand. How names are compared and found: [names.md](names.md).

";

const LISTS: &str = "\
## The public lists

The lists in `tests/data/names` say of pairs of names whether they are one name or two. `pairs.tsv` is the one by which the
rules were corrected; the others were written later, each before the engine saw it, and what they found was corrected too
([names.md](names.md) has the figures at first sight). *Found* is a pair of one name that is judged `same` or `likely`;
*within reach* is one where a search for the one, in a database that holds the other, has it among its candidates, both ways.
A *false match* is a pair of two names that is judged `same`. To reach, in each list: 97 in a hundred found, 95 where the
names are in different scripts, fewer than one false match in a hundred. A mark stands in every row; what has to be reached is
the first one and `cross`.
";

const PAIRS: &str = "\
| pairs | found | judged `same` | within reach | false matches |
|---|---|---|---|---|
";

/// Where the documentation has it.
pub fn write(text: &str) -> anyhow::Result<()> {
    fs::write(
        concat!(env!("CARGO_MANIFEST_DIR"), "/docs/performance-names.md"),
        text,
    )?;
    Ok(())
}
