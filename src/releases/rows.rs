//! The rows of a release, and their fingerprint.

use super::{
    history::{Step, Told},
    month::Month,
};
use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A cell, as it is written.
#[derive(Debug, Serialize)]
pub(super) struct CellRow {
    pub table_code: String,
    pub territory_id: Option<i16>,
    pub part: String,
    pub mark: Told,
    pub n: Option<i64>,
}

/// A median, as it is counted and written.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MedianRow {
    pub indicator: String,
    pub territory_id: Option<i16>,
    pub part: String,
    pub n_mark: String,
    pub median_days: i32,
    pub p90_days: Option<i32>,
}

/// A correction, as it is written.
#[derive(Debug, Serialize)]
pub(super) struct CorrectionRow {
    pub release: i32,
    pub table_code: String,
    pub territory_id: Option<i16>,
    pub part: String,
    pub was: i64,
    pub becomes: i64,
}

/// An exact count, as it is kept.
#[derive(Debug, Serialize)]
pub(super) struct CountRow {
    pub release: i32,
    pub table_code: String,
    pub territory_id: Option<i16>,
    pub part: String,
    pub n: i64,
}

/// What became of a proof.
#[derive(Debug, Serialize)]
pub(super) struct ProofRow {
    pub system: &'static str,
    pub proof: i32,
    pub steps: Option<Vec<Step>>,
}

impl Month {
    /// The release as text, a line each, and its SHA-256: what anybody can write again from what is published.
    pub fn sha256(&self, as_of: NaiveDate, method: i16) -> [u8; 32] {
        let mut lines = BTreeSet::new();
        let place = |id: Option<i16>| id.map_or_else(|| "*".to_owned(), |id| id.to_string());
        for cell in &self.cells {
            let told = match (cell.mark, cell.n) {
                (Told::Few, _) => "few".to_owned(),
                (Told::Shown, Some(n)) => n.to_string(),
                (Told::Shown | Told::Withheld, _) => "withheld".to_owned(),
            };
            let place = place(cell.territory_id);
            lines.insert(format!(
                "cell\t{}\t{place}\t{}\t{told}",
                cell.table_code, cell.part
            ));
        }
        for m in &self.medians {
            let place = place(m.territory_id);
            let p90 = m.p90_days.map_or_else(String::new, |days| days.to_string());
            lines.insert(format!(
                "median\t{}\t{place}\t{}\t{}\t{}\t{p90}",
                m.indicator, m.part, m.n_mark, m.median_days
            ));
        }
        for c in &self.corrections {
            let place = place(c.territory_id);
            lines.insert(format!(
                "correction\t{}\t{}\t{place}\t{}\t{}\t{}",
                c.release, c.table_code, c.part, c.was, c.becomes
            ));
        }
        let mut hash = Sha256::new();
        hash.update(format!("release\t{as_of}\t{method}\n"));
        for line in lines {
            hash.update(line);
            hash.update("\n");
        }
        hash.finalize().into()
    }
}
