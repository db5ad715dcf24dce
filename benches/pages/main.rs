//! `make bench`: what a page costs at the size of the country's plan, and how far that is from PostgreSQL
//! alone. Prints a table and writes `docs/performance.md`.
//!
//! A scratch cluster with the settings of production, the real migrations and reference data, the people of
//! `benches/people.sql`; the program of the release build; users who sign in as users do. Each page is asked
//! by `wrk`, each answer is checked. Then the very statements that the page sent are run by `pgbench`.
//!
//! `BENCH_CASES` (100000), `BENCH_SECONDS` (8) and `BENCH_CONNECTIONS` (8) make it smaller.

#![expect(clippy::print_stdout, reason = "a program for a terminal")]

mod captured;
mod pages;
mod report;
#[path = "../shared/mod.rs"]
mod shared;
mod world;

use anyhow::Context;
use pages::Page;
use report::Line;
use shared::{
    load::{self, Effort},
    place::{Place, Server},
};

/// How large and how long.
#[derive(Debug, Clone, Copy)]
struct Size {
    cases: u32,
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
        Ok(Self {
            cases: read("BENCH_CASES", 100_000)?,
            effort: Effort {
                seconds: read("BENCH_SECONDS", 8)?,
                connections: read("BENCH_CONNECTIONS", 8)?,
                pause: 0,
            },
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let size = Size::from_environment()?;
    let place = Place::start().await?;
    let told = run(&place, size).await;
    place.stop().await?;
    let told = told?;
    println!("\n{told}");
    report::write(&told)
}

async fn run(place: &Place, size: Size) -> anyhow::Result<String> {
    println!("{} files and their people…", size.cases);
    let filled = world::fill(place, size.cases).await?;
    println!("filled in {} s", filled.as_secs());

    // a first server whose statements are written down
    world::log_statements(place, true).await?;
    let server = Server::start(place)?;
    let people = pages::sign_in(place, &server).await?;
    let mut pages = pages::all(place, &people).await?;
    for page in &mut pages {
        page.capture(place, &server)?;
    }
    server.stop()?;
    world::log_statements(place, false).await?;

    let server = Server::start(place)?;
    let start = server.started_in;
    let idle = server.memory()?.now;
    let mut lines = Vec::new();
    for page in &pages {
        lines.push(measure(place, &server, page, size.effort)?);
        println!("{}", lines.last().map(Line::told).unwrap_or_default());
    }
    let pages_memory = server.memory()?.most;
    let entering = pages::entering(place).await?;
    let entrance = ask(place, &server, &entering, size.effort)?;
    let hundred = Effort {
        connections: 100,
        ..size.effort
    };
    let crowd = load::run(&server, &entering.asked(), hundred)?;
    let memory = report::Memory {
        idle,
        pages: pages_memory,
        entering: server.memory()?.most,
    };
    server.stop()?;
    let report = report::Report {
        size,
        start,
        filled,
        memory,
        lines,
        entrance,
        crowd,
        database: place.size().await?,
        settings: place.settings().await?,
    };
    Ok(report.told())
}

/// A page by `wrk`, then its statements by `pgbench`.
fn measure(place: &Place, server: &Server, page: &Page, effort: Effort) -> anyhow::Result<Line> {
    // also the first answer, which may count what is kept for the next ones
    let bytes = page.bytes(server)?;
    let mut line = ask(place, server, page, effort)?;
    line.bytes = bytes;
    line.alone = Some(page.alone(place, effort)?);
    Ok(line)
}

fn ask(place: &Place, server: &Server, page: &Page, effort: Effort) -> anyhow::Result<Line> {
    let (load, used) = load::measure(place, server, &page.asked(), effort)?;
    Ok(Line::new(page, load, used))
}
