//! `sanad release`: the figures of months that are over.

use super::{Failure, env, serve};
use crate::{blobs::Blobs, config::JobSettings, releases::Released};
use anyhow::Context;
use chrono::NaiveDate;
use std::io::Write;

/// Arguments of `sanad release`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The first month that is told, as 2026-01; without it the last one that is over. Once a month was told, the next one
    /// follows it
    #[arg(long, value_parser = month)]
    from: Option<NaiveDate>,
}

fn month(text: &str) -> Result<NaiveDate, String> {
    format!("{text}-01")
        .parse()
        .map_err(|_| "not a month, as 2026-01".to_owned())
}

pub(super) async fn run(args: &Args) -> Result<(), Failure> {
    // it counts, and touches no document
    let work = serve::work(&JobSettings::required(&env)?, 0, Blobs::in_memory()).await?;
    let told = work.release(args.from).await.context("release")?;
    let mut out = std::io::stdout().lock();
    for month in &told {
        writeln!(out, "{}", line(month)).context("standard output")?;
    }
    if told.is_empty() {
        writeln!(out, "no month is to be told").context("standard output")?;
    }
    Ok(())
}

fn line(month: &Released) -> String {
    let untold = if month.untold.is_empty() {
        String::new()
    } else {
        format!(", not told: {}", month.untold.join(" "))
    };
    format!(
        "{}: {} figures told, {} withheld, {} corrections{untold}",
        month.as_of, month.shown, month.withheld, month.corrections
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_its_first_day() {
        assert_eq!(
            month("2026-01"),
            Ok(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap())
        );
        for wrong in ["2026", "2026-13", "2026-01-01", "January"] {
            assert!(month(wrong).is_err(), "{wrong}");
        }
    }
}
