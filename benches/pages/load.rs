//! `wrk`, and what it tells.

use crate::{pages::Page, place::Server};
use anyhow::Context;
use serde::Deserialize;
use std::{fs, process::Command};

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
}

/// Asks a page for some seconds, over so many connections.
pub fn run(server: &Server, page: &Page, seconds: u32, connections: u32) -> anyhow::Result<Load> {
    let requests = server.scratch().join("requests.tsv");
    fs::write(&requests, page.requests())?;
    let output = Command::new("wrk")
        .args(["--threads", "2", "--timeout", "30s"])
        .args(["--connections", &connections.to_string()])
        .args(["--duration", &format!("{seconds}s")])
        .args([
            "--script",
            concat!(env!("CARGO_MANIFEST_DIR"), "/benches/pages/ask.lua"),
        ])
        .arg(format!("http://{}", server.address()))
        .env("BENCH_REQUESTS", &requests)
        .env("BENCH_STATUS", page.status.to_string())
        .env("BENCH_MARKER", page.marker)
        .output()
        .context("wrk: scripts/setup bench installs it")?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = told
        .lines()
        .find_map(|line| line.strip_prefix("bench: "))
        .with_context(|| format!("wrk: {told} {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok(serde_json::from_str(line)?)
}
