//! `wrk`, and what it tells.

use super::{
    machine::Usage,
    place::{Place, Server},
    request::{self, Request},
};
use anyhow::Context;
use serde::Deserialize;
use std::{fs, process::Command, time::Duration};

/// What `wrk` asks for in turn, and what a right answer is.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its name, for the message when an answer is wrong.
    pub name: &'a str,
    /// The requests.
    pub requests: &'a [Request],
    /// Status of a right answer.
    pub status: u16,
    /// What stands in a right answer; "-" for nothing.
    pub marker: &'a str,
}

/// How long and over how many connections.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Seconds.
    pub seconds: u32,
    /// Connections at once.
    pub connections: u32,
    /// Milliseconds for which an answer is looked at before the next question, half of it more or less.
    pub pause: u32,
}

/// What many browsers at once met.
#[derive(Debug, Clone, Deserialize)]
pub struct Load {
    /// Answers.
    pub requests: u64,
    /// In how many seconds.
    pub seconds: f64,
    /// Half of the answers came within so many milliseconds.
    pub p50: f64,
    /// All but one in a hundred.
    pub p99: f64,
    /// Answers that were not what was asked for, time-outs and broken connections included.
    pub wrong: u64,
    /// The first of them.
    pub first_wrong: String,
    /// Answers 503 with `Retry-After`.
    pub later: u64,
    /// Answers 503 without it.
    pub rude: u64,
}

impl Load {
    /// Requests in a second.
    pub fn rate(&self) -> f64 {
        self.requests_as_float() / self.seconds
    }

    /// How many, for a division.
    pub fn requests_as_float(&self) -> f64 {
        u32::try_from(self.requests).map_or(f64::INFINITY, f64::from)
    }

    /// Milliseconds of processor time for one request.
    pub fn each(&self, used: Duration) -> f64 {
        used.as_secs_f64() * 1000.0 / self.requests_as_float()
    }
}

/// Asks for some seconds.
pub fn run(server: &Server, asked: &Asked<'_>, effort: Effort) -> anyhow::Result<Load> {
    let requests = server.scratch().join("requests.tsv");
    fs::write(&requests, request::lines(asked.requests))?;
    let output = Command::new("wrk")
        .args(["--threads", "2", "--timeout", "30s"])
        .args(["--connections", &effort.connections.to_string()])
        .args(["--duration", &format!("{}s", effort.seconds)])
        .args([
            "--script",
            concat!(env!("CARGO_MANIFEST_DIR"), "/benches/shared/ask.lua"),
        ])
        .arg(format!("http://{}", server.address()))
        .env("BENCH_REQUESTS", &requests)
        .env("BENCH_STATUS", asked.status.to_string())
        .env("BENCH_MARKER", asked.marker)
        .env("BENCH_PAUSE", effort.pause.to_string())
        .output()
        .context("wrk: scripts/setup bench installs it")?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = told
        .lines()
        .find_map(|line| line.strip_prefix("bench: "))
        .with_context(|| format!("wrk: {told} {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok(serde_json::from_str(line)?)
}

/// The same once connections, plans and caches are warm, with the processor time that it took. A wrong answer ends
/// the run: no figure counts errors.
pub fn measure(
    place: &Place,
    server: &Server,
    asked: &Asked<'_>,
    effort: Effort,
) -> anyhow::Result<(Load, Usage)> {
    let warm = Effort {
        seconds: 2,
        ..effort
    };
    run(server, asked, warm)?;
    let before = Usage::of(server.pid(), place.postmaster()?)?;
    let load = run(server, asked, effort)?;
    // what is committed is written back a moment later
    std::thread::sleep(Duration::from_millis(100));
    let used = Usage::of(server.pid(), place.postmaster()?)?.since(before);
    anyhow::ensure!(
        load.wrong == 0,
        "{}: {} of {} answers were not what was asked for ({} said to come later, {} only 503); the first: {}",
        asked.name,
        load.wrong,
        load.requests,
        load.later,
        load.rude,
        load.first_wrong
    );
    Ok((load, used))
}
