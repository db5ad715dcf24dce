//! `sanad names`: why two names are or are not taken for one (docs/names.md), and the keys they are found under.

#![expect(clippy::doc_markdown, reason = "clap shows these comments as they are")]

use super::{Failure, env, serve};
use crate::{blobs::Blobs, config::JobSettings, names, people};
use anyhow::Context;
use clap::{ArgGroup, Args, Subcommand};
use std::io::{BufRead, Write};

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Compare two names; prints, with tabs between them, the keys of both, the score from 0 to 1 and the verdict:
    /// same, likely or different
    Score(Pair),
    /// Give every name the keys of this version, now (SANAD_JOB_DATABASE_URL, SANAD_SEAL_KEY_FILE); the server does it
    /// by itself within minutes
    Index,
}

/// Two names, or many pairs.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["first", "tsv"])))]
pub(super) struct Pair {
    /// A name, in either script
    #[arg(requires = "second")]
    first: Option<String>,
    /// The other
    second: Option<String>,
    /// Read pairs from standard input, one a line, a tab between the two
    #[arg(long)]
    tsv: bool,
}

pub(super) async fn run(action: &Action) -> Result<(), Failure> {
    match action {
        Action::Score(pair) => Ok(score(pair)?),
        Action::Index => {
            // it writes keys, and touches no document
            let work = serve::work(&JobSettings::required(&env)?, 0, Blobs::in_memory()).await?;
            let keyed = people::key_names(&work.db, "key_names")
                .await
                .context("names")?;
            writeln!(std::io::stdout(), "{keyed} names").context("standard output")?;
            Ok(())
        }
    }
}

fn score(pair: &Pair) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if let (Some(first), Some(second)) = (&pair.first, &pair.second) {
        writeln!(out, "{}", names::line(first, second))?;
    }
    if pair.tsv {
        for (nth, line) in std::io::stdin().lock().split(b'\n').enumerate() {
            let line = line.context("standard input")?;
            let line = String::from_utf8_lossy(&line);
            let line = line.strip_suffix('\r').unwrap_or(&line);
            if line.is_empty() {
                continue;
            }
            let (first, second) = line
                .split_once('\t')
                .with_context(|| format!("line {}: no tab between two names", nth + 1))?;
            // a third column, as a list of pairs has it, is not a name
            let second = second.split('\t').next().unwrap_or_default();
            writeln!(out, "{}", names::line(first, second))?;
        }
    }
    out.flush().context("standard output")
}
