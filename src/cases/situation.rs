//! Where the care of a child stands, in short: what the page of a file says of its assessment and its plan.

use super::paper;
use crate::{
    db::Tx,
    ids::CaseId,
    risk::Reason,
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// As the database tells it.
#[derive(Debug, Default, Deserialize)]
pub struct Situation {
    /// The last assessment.
    pub assessed: Option<Assessed>,
    /// The last version of the plan.
    pub plan: Option<PlanNow>,
    /// What is due next of the plan in force.
    pub next: Option<NextAction>,
    /// The place that is held for the child, or where it lives.
    pub shelter: Option<Shelter>,
    /// How far the episode has come, by days.
    pub path: Path,
    /// Help that is still expected, the latest first.
    pub awaited: Vec<Awaited>,
    /// Whether the reader cares for the child, and so writes notes.
    pub cares: bool,
    /// How many people opened the file this month, the reader among them.
    pub readers: Option<i64>,
}

/// When the steps of the episode were reached, if they were.
#[derive(Debug, Default, Deserialize)]
pub struct Path {
    /// The plan could be drawn up.
    pub planned: Option<DateTime<Utc>>,
    /// The file went to the prosecution.
    pub referred: Option<DateTime<Utc>>,
    /// Help was given for the first time.
    pub helped: Option<NaiveDate>,
    /// Help towards school or training.
    pub schooled: Option<NaiveDate>,
    /// Following up began.
    pub monitored: Option<DateTime<Utc>>,
}

/// An act of help that is still expected.
#[derive(Debug, Deserialize)]
pub struct Awaited {
    /// Which.
    pub id: Uuid,
    /// Code of `ref.service_kind`.
    pub kind: String,
    /// Its state.
    pub state: String,
    /// The day agreed on, or wished for.
    pub on: NaiveDate,
}

/// A place in an institution.
#[derive(Debug, Deserialize)]
pub struct Shelter {
    /// Code of its state.
    pub state: String,
    /// The institution's organisation.
    pub organisation: String,
    /// Until when it is held.
    pub until: Option<DateTime<Utc>>,
}

/// The last assessment.
#[derive(Debug, Deserialize)]
pub struct Assessed {
    /// When it was completed.
    pub at: DateTime<Utc>,
    /// Code of `ref.risk_level`.
    pub computed: String,
    /// The facts it comes from.
    pub reasons: Vec<Reason>,
    /// A lower level than the file has, while a supervisor has not answered.
    pub asks: Option<String>,
}

/// The last version of the plan.
#[derive(Debug, Deserialize)]
pub struct PlanNow {
    /// Its number.
    pub seq: i16,
    /// Its state.
    pub state: String,
}

/// An action of the plan in force.
#[derive(Debug, Deserialize)]
pub struct NextAction {
    id: Uuid,
    /// Until when.
    pub due_on: NaiveDate,
    text: SealedText,
    /// What is done.
    #[serde(skip)]
    pub what: Option<Reading>,
}

impl Situation {
    /// Opens its words.
    pub(super) fn opened(mut self, tx: &mut Tx, case: CaseId, key: Option<&WrappedKey>) -> Self {
        if let Some(next) = &mut self.next {
            let place = (Field::ACTION_TEXT, next.id);
            let reading = tx.open(Holder::case(case), key, place, Some(&next.text));
            next.what = reading.map(paper::what);
        }
        self
    }
}
