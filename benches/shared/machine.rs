//! What processes use, as the kernel counts it.

use anyhow::Context;
use std::{fs, time::Duration};

/// Ticks of the kernel's clock in a second; 100 on every Linux that Rust's standard library supports.
const TICKS: u32 = 100;

/// Processor time of the program and of PostgreSQL.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// Of `sanad`.
    pub app: Duration,
    /// Of the postmaster and its children, those that ended included.
    pub database: Duration,
}

impl Usage {
    /// Up to now.
    pub fn of(app: u32, postmaster: u32) -> anyhow::Result<Self> {
        let mut database = Stat::of(postmaster)?.with_ended_children();
        for entry in fs::read_dir("/proc")? {
            let name = entry?.file_name();
            let Some(pid) = name.to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            // one that has just ended is counted by its parent
            if let Ok(stat) = Stat::of(pid)
                && stat.parent == postmaster
            {
                database += stat.own();
            }
        }
        Ok(Self {
            app: Stat::of(app)?.own(),
            database,
        })
    }

    /// What was used since.
    pub fn since(self, before: Self) -> Self {
        Self {
            app: self.app.saturating_sub(before.app),
            database: self.database.saturating_sub(before.database),
        }
    }
}

/// A line of `/proc/<pid>/stat`.
struct Stat {
    parent: u32,
    own: u32,
    children: u32,
}

impl Stat {
    fn of(pid: u32) -> anyhow::Result<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        // the name of the program stands in brackets and may hold anything
        let (_, rest) = text.rsplit_once(") ").context("stat")?;
        let field = |n: usize| -> anyhow::Result<u32> {
            Ok(rest.split(' ').nth(n - 3).context("stat")?.parse()?)
        };
        Ok(Self {
            parent: field(4)?,
            own: field(14)? + field(15)?,
            children: field(16)? + field(17)?,
        })
    }

    fn own(&self) -> Duration {
        Duration::from_secs(1) / TICKS * self.own
    }

    fn with_ended_children(&self) -> Duration {
        Duration::from_secs(1) / TICKS * (self.own + self.children)
    }
}

/// Memory that a process holds, in kB.
#[derive(Debug, Clone, Copy)]
pub struct Resident {
    /// At this moment.
    pub now: u32,
    /// The most so far.
    pub most: u32,
}

impl Resident {
    /// Of a process.
    pub fn of(pid: u32) -> anyhow::Result<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
        let field = |name: &str| -> anyhow::Result<u32> {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            let kilobytes = line.and_then(|line| line.split_whitespace().next());
            Ok(kilobytes.context("status")?.parse()?)
        };
        Ok(Self {
            now: field("VmRSS:")?,
            most: field("VmHWM:")?,
        })
    }
}

/// Processor, how many of them, memory, kernel.
pub fn description() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let value = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.split_once(':'));
        value.map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let processor = value(&read("/proc/cpuinfo"), "model name");
    let memory: u64 = value(&read("/proc/meminfo"), "MemTotal")
        .trim_end_matches(" kB")
        .parse()
        .unwrap_or(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{processor}, {cores} cores, {} GB of memory, Linux {}",
        memory.div_ceil(1024 * 1024),
        read("/proc/sys/kernel/osrelease").trim()
    )
}

/// The load of the last minute: other work on the machine makes figures worse.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}
