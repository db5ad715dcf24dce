//! `make bench`, second part: names. What the engine makes of the public lists of pairs, how long it thinks about a name,
//! and what a search costs among half a million people, half of them in one prefecture. Prints it and writes
//! `docs/performance-names.md`.
//!
//! The same scratch cluster and the same program of the release build as for the pages. A tenth of the people comes
//! first: what a search costs must hardly grow with them.
//!
//! `BENCH_PEOPLE` (500000), `BENCH_SECONDS` (8) and `BENCH_CONNECTIONS` (8) make it smaller; with `BENCH_PEOPLE=0` only
//! the lists are judged, and nothing written.

#![expect(clippy::print_stdout, reason = "a program for a terminal")]

mod engine;
mod list;
mod report;
mod search;
#[path = "../shared/mod.rs"]
mod shared;
mod world;

use anyhow::Context;
use list::List;
use report::{Report, Stage};
use search::Queries;
use shared::{load::Effort, place::Place};
use std::ops::Range;

/// How large and how long.
#[derive(Debug, Clone, Copy)]
struct Size {
    people: u32,
    effort: Effort,
}

impl Size {
    fn from_environment() -> anyhow::Result<Self> {
        let read = |name: &str, default: u32| match std::env::var(name) {
            Ok(text) => text
                .parse()
                .with_context(|| format!("{name}: \"{text}\" is not a number")),
            Err(_) => Ok(default),
        };
        let size = Self {
            people: read("BENCH_PEOPLE", 500_000)?,
            effort: Effort {
                seconds: read("BENCH_SECONDS", 8)?,
                connections: read("BENCH_CONNECTIONS", 8)?,
                pause: 0,
            },
        };
        anyhow::ensure!(
            size.people == 0 || size.people >= 10_000,
            "BENCH_PEOPLE: fewer than 10000 are no country"
        );
        Ok(size)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let size = Size::from_environment()?;
    let lists = list::lists()?;
    let longest = lists.iter().max_by_key(|list| list.pairs.len());
    let times = engine::times(&longest.context("no list")?.pairs);
    let engine = report::engine(&lists, times);
    println!("{engine}");
    if size.people == 0 {
        wrong(&lists);
        return Ok(());
    }
    let place = Place::start().await?;
    let told = run(&place, size).await;
    place.stop().await?;
    let told = told?.told(&engine);
    println!("\n{told}");
    wrong(&lists);
    report::write(&told)
}

/// The pairs that the engine gets wrong, for whoever works on it.
fn wrong(lists: &[List]) {
    println!("Pairs that are not as the lists say:");
    for List { name, pairs } in lists {
        for pair in pairs.iter().filter(|pair| !pair.is_right()) {
            println!(
                "{name}\t{}\t{}\t{}\t{}, taken for {}",
                pair.category,
                pair.first,
                pair.second,
                if pair.same { "same" } else { "different" },
                pair.verdict.code(),
            );
        }
    }
}

async fn run(place: &Place, size: Size) -> anyhow::Result<Report> {
    world::begin(place).await?;
    let tenth = size.people / 10;
    let mut queries = None;
    let small = stage(place, size, 0..tenth, &mut queries).await?;
    let large = stage(place, size, tenth..size.people, &mut queries).await?;
    let disk = world::disk(place).await?;
    let insert = world::insert(place).await?;
    Ok(Report {
        effort: size.effort,
        small,
        large,
        disk,
        insert,
        database: place.size().await?,
        settings: place.settings().await?,
    })
}

/// So many people more, their keys, and searches among all that there are. The queries are made at the first stage.
async fn stage(
    place: &Place,
    size: Size,
    people: Range<u32>,
    queries: &mut Option<Queries>,
) -> anyhow::Result<Stage> {
    let whole = people.end == size.people;
    let until = people.end;
    println!("{until} people…");
    let filled = world::grow(place, people).await?;
    let keyed = world::index(place).await?;
    place.open().await?;
    println!(
        "filled in {} s, {} names given their keys in {} s",
        filled.as_secs(),
        keyed.names,
        keyed.took.as_secs()
    );
    if queries.is_none() {
        *queries = Some(search::queries(place).await?);
    }
    let queries = queries.as_deref().unwrap_or_default();
    let searched = search::measure(place, queries, size.effort, whole).await?;
    println!(
        "the program answered after {} ms",
        searched.start.as_millis()
    );
    Ok(Stage {
        people: until,
        filled,
        keyed,
        searched,
    })
}
