//! The table, and the page of the documentation that holds it.

use crate::{
    Size,
    pages::{Bytes, Page},
    shared::{
        load::Load,
        machine::{self, Usage},
    },
};
use std::{fmt::Write as _, fs, time::Duration};

/// A page as measured.
#[derive(Debug)]
pub struct Line {
    name: &'static str,
    target: Option<f64>,
    share: Option<f64>,
    load: Load,
    used: Usage,
    statements: usize,
    /// Its weight.
    pub bytes: Bytes,
    /// How often a second PostgreSQL alone runs its statements.
    pub alone: Option<f64>,
}

/// Memory of the program in kB.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// Before the first page.
    pub idle: u32,
    /// The most while pages were asked for.
    pub pages: u32,
    /// The most while many signed in.
    pub entering: u32,
}

/// All that was measured.
#[derive(Debug)]
pub struct Report {
    pub size: Size,
    pub start: Duration,
    pub filled: Duration,
    pub memory: Memory,
    pub lines: Vec<Line>,
    pub entrance: Line,
    pub crowd: Load,
    pub database: String,
    pub settings: String,
}

impl Line {
    /// From a run.
    pub fn new(page: &Page, load: Load, used: Usage) -> Self {
        Self {
            name: page.name,
            target: page.target,
            share: page.share,
            load,
            used,
            statements: page.statements(),
            bytes: Bytes::default(),
            alone: None,
        }
    }

    fn cost(&self) -> f64 {
        self.load.each(self.used.app) + self.load.each(self.used.database)
    }

    /// For the terminal, while the rest still runs.
    pub fn told(&self) -> String {
        format!(
            "{:<28} {:>6.0}/s  p50 {:>6.1} ms  p99 {:>6.1} ms  CPU {:.2} + {:.2} ms  {} statements  {}",
            self.name,
            self.load.rate(),
            self.load.p50,
            self.load.p99,
            self.load.each(self.used.app),
            self.load.each(self.used.database),
            self.statements,
            self.share_of_alone(),
        )
    }

    fn share_of_alone(&self) -> String {
        let Some(alone) = self.alone else {
            return "–".to_owned();
        };
        let share = 100.0 * self.load.rate() / alone;
        let judged = self.share.map(|at_least| mark(share >= at_least));
        format!("{share:.0} % of {alone:.0}{}", judged.unwrap_or_default())
    }

    fn row(&self, pace: f64) -> String {
        let cost = self.cost();
        let even = cost / pace;
        let target = self.target.map_or_else(
            || "–".to_owned(),
            |target| format!("{target:.0} ms{}", mark(even <= target)),
        );
        format!(
            "| {} | {:.0} | {:.1} | {:.1} | {:.2} + {:.2} | {cost:.2} ms | **{even:.2} ms** | {target} | {} | {} | {} → {} |\n",
            self.name,
            self.load.rate(),
            self.load.p50,
            self.load.p99,
            self.load.each(self.used.app),
            self.load.each(self.used.database),
            self.share_of_alone(),
            self.statements,
            kilobytes(self.bytes.raw),
            kilobytes(self.bytes.compressed),
        )
    }
}

fn mark(reached: bool) -> &'static str {
    if reached { " ✓" } else { " ✗" }
}

fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

fn megabytes(kilobytes: u32) -> u32 {
    kilobytes.div_ceil(1024)
}

impl Report {
    /// As it stands in the documentation.
    pub fn told(&self) -> String {
        let mut text = String::from(HEAD);
        let day = sanad::clock::local_date(sanad::clock::Clock::system().now());
        let pace = self.entrance.cost() / ENTRANCE;
        let _ = write!(
            text,
            "Measured on {day}, on {}. {}. {} files, {} of data, made in {} s. {} connections, {} s a page; the load of the\n\
             machine at the end of the run was {}. Its pace: {pace:.2}.\n\n{COLUMNS}",
            machine::description(),
            self.settings,
            self.size.cases,
            self.database,
            self.filled.as_secs(),
            self.size.effort.connections,
            self.size.effort.seconds,
            machine::load(),
        );
        for line in &self.lines {
            text.push_str(&line.row(pace));
        }
        text.push_str(&self.rest());
        text
    }

    fn rest(&self) -> String {
        let Memory {
            idle,
            pages,
            entering,
        } = self.memory;
        let (outside, with) = (megabytes(pages), megabytes(entering));
        let crowd = &self.crowd;
        format!(
            "\n## The program itself\n\n| | | to reach |\n|---|---|---|\n\
             | from its start to the first answer | {} ms | 1000 ms{} |\n\
             | memory before the first page | {} MB | |\n\
             | the most while pages were asked for | {outside} MB | 60 MB{} |\n\
             | the most while many signed in | {with} MB | 100 MB{} |\n\
             | sign-ins a second | {:.0}, {:.0} ms of processor time each, p99 {:.0} ms | |\n\
             | 100 at once, again and again | {} let in, {} told to come back (`Retry-After`), {} refused without a word | 0 without{} |\n",
            self.start.as_millis(),
            mark(self.start <= Duration::from_secs(1)),
            megabytes(idle),
            mark(outside <= 60),
            mark(with <= 100),
            self.entrance.load.rate(),
            self.entrance.cost(),
            self.entrance.load.p99,
            crowd.requests.saturating_sub(crowd.later + crowd.rude),
            crowd.later,
            crowd.rude,
            mark(crowd.rude == 0 && crowd.later > 0),
        )
    }
}

/// What a sign-in took on the machine that the budgets were set on, in ms of processor time (26 November 2026).
const ENTRANCE: f64 = 19.0;

const COLUMNS: &str = "\
| page | a second | p50 ms | p99 ms | program + PostgreSQL, ms | together | at pace 1 | to reach | of PostgreSQL alone | statements | bytes |
|---|---|---|---|---|---|---|---|---|---|---|
";

const HEAD: &str = "\
# Performance

Written by `make bench`; do not edit it by hand.

How to read it. A scratch PostgreSQL with the settings of production holds invented people at the size of the
plan: seven cities with forty workers each, five services and seven moves a file. Users sign in with a password;
`wrk` then asks for a page as their browsers do, compressed, over several connections. An answer that is not the
page, such as the way to the sign-in, ends the run: no figure counts errors.

**Together** is the processor time of one request, program and PostgreSQL, as the kernel counts it: it says how
many such pages a machine can give, and hardly moves when other work runs beside. Requests a second and p99 do
move: read them on a machine that is otherwise idle, where `wrk` itself takes a part of the same processors.

**At pace 1** is the same on the machine that the budgets were set on. What a sign-in takes of the processor, nearly
all of it one hash of a password, is always the same work: there it was 19 ms, and the pace of a machine is how
many times that it needs.

**Of PostgreSQL alone**: the statements of the page, written down as the program sent them (transactions, context
of the session and audit rows included), run by `pgbench` over the same socket with the same settings. Nothing can
be faster with these statements; the rest is the program: HTTP, templates, compression. To reach: 40 % for pages
that are read. The dashboards are not judged by it: a month that was told is read once and kept (decision 0105),
so their statements cost next to nothing, and what the share would measure is how long charts take to draw and to
compress. Their budget is the processor time. Their look-up of the session is left out, for it is another role's.

Where a mark is missed, [decision 0080](decisions/0080-what-a-page-costs.md) says where the time goes and what it would
cost to save it.

For scale: the case list of a national system for child protection, measured on such a machine with 20,000 files,
takes 213 ms of processor time and 141 statements.

";

/// Where the documentation has it.
pub fn write(text: &str) -> anyhow::Result<()> {
    fs::write(
        concat!(env!("CARGO_MANIFEST_DIR"), "/docs/performance.md"),
        text,
    )?;
    Ok(())
}
