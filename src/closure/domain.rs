//! The final report, and how a child is afterwards.

use crate::ids::RowId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The words of a report: one sealed text.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The situation when the file was opened.
    pub entry: String,
    /// What was done, beside the services that are counted.
    pub done: String,
    /// The situation now.
    pub now: String,
    /// What remains to be watched.
    pub watch: String,
}

/// Prints none of them.
impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(…)")
    }
}

/// A report to write.
#[derive(Debug)]
pub struct NewReport {
    /// Made by the server when the form was shown.
    pub id: RowId,
    /// The version that the writer saw; 0 for none.
    pub version: i32,
    /// Code of `ref.closure_reason`, as proposed.
    pub reason: String,
    /// Code of `ref.placement_type`: where the child lives.
    pub placement: String,
    /// Code of `ref.education_status`.
    pub education: String,
    /// The words.
    pub words: Words,
}

/// Who was met after a closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// The child, or who lives with the child.
    Yes {
        /// Is safe.
        safe: bool,
        /// Goes to school or training.
        schooled: bool,
        /// Was found begging again.
        begging_again: bool,
    },
    /// Nobody.
    No,
}

/// A check after a closing.
#[derive(Debug)]
pub struct NewCheck {
    /// Made of the form and its answers.
    pub id: RowId,
    /// 3 or 6 months after.
    pub months: i16,
    /// When.
    pub on: NaiveDate,
    /// What came of it.
    pub reached: Reached,
    /// What was found, or why nobody was.
    pub words: String,
}

/// The checks there are, in months.
pub const CHECKS: [i16; 2] = [3, 6];
