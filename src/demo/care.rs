//! Assessments of the story: each file has those that its state says it must have. Triggers run, so what is owed is
//! owed as in life.

use super::stage::{Sheets, Stage, with};
use crate::{
    clock::local_date,
    ids::uuid_at,
    prosecution::material::{KnownAssessment, KnownScore},
    vault::Field,
};
use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

const INQUIRY: &str = "تعيش الأسرة في غرفة واحدة بدخل غير قار، والأم تتكفل وحدها بالأطفال. الطفل انقطع عن الدراسة منذ سنة.";
const NOTE: &str = "يحضر الطفل مواعيده بانتظام ويتجاوب مع الفريق.";
const RAISED: &str = "شوهد شخص يراقب الطفل عن بعد في آخر جولتين.";

/// Signs of exploitation that the first assessment of a file at high risk finds.
const SIGNS: &[&str] = &["takings_taken"];

/// An assessment of the story that was completed, as a dossier of a later day knows it.
pub(super) struct Assessed {
    pub(super) episode: Uuid,
    pub(super) at: DateTime<Utc>,
    risk: &'static str,
    scores: [(&'static str, u8); 8],
    indicators: &'static [&'static str],
}

impl Assessed {
    /// In codes.
    pub(super) fn known(&self) -> KnownAssessment {
        let score = |(domain, score): &(&str, u8)| KnownScore {
            domain: (*domain).to_owned(),
            score: i16::from(*score),
        };
        KnownAssessment {
            completed_on: local_date(self.at),
            risk: self.risk.to_owned(),
            scores: self.scores.iter().map(score).collect(),
            indicators: self
                .indicators
                .iter()
                .map(|&sign| sign.to_owned())
                .collect(),
        }
    }
}

/// Those of all episodes: what `write` writes.
pub(super) fn assessed(stages: &[Stage<'_>]) -> Vec<Assessed> {
    let mut all = Vec::new();
    for stage in stages {
        if least(stage).is_none_or(|least| least == 0) {
            continue;
        }
        for (nth, at) in times(stage).into_iter().enumerate() {
            let high = is_high(stage, nth);
            all.push(Assessed {
                episode: stage.episode.id,
                at,
                risk: stage.episode.risk,
                scores: domains(stage, nth, high),
                indicators: if high { SIGNS } else { &[] },
            });
        }
    }
    all
}

/// Writes it all.
pub(super) async fn write(
    connection: &mut PgConnection,
    stages: &[Stage<'_>],
) -> anyhow::Result<()> {
    let mut next: HashMap<Uuid, i16> = HashMap::new();
    // a draft is completed before the next is begun
    let mut nth = 0;
    while assessments(connection, stages, nth, &mut next).await? {
        nth += 1;
    }
    Ok(())
}

/// The first, the second … assessment of each episode; whether any has one of that number.
async fn assessments(
    connection: &mut PgConnection,
    stages: &[Stage<'_>],
    nth: usize,
    next: &mut HashMap<Uuid, i16>,
) -> anyhow::Result<bool> {
    let (mut sheets, mut done) = (Sheets::default(), Vec::new());
    for stage in stages {
        let seq = next.entry(stage.episode.case_id).or_insert(1);
        assess(stage, nth, seq, &mut sheets, &mut done)?;
    }
    let any = !sheets.is_empty("assessment");
    for table in [
        "assessment",
        "assessment_score",
        "assessment_need",
        "assessment_indicator",
    ] {
        sheets.write(connection, table).await?;
    }
    sqlx::query!(
        "update app.assessment a set state = 'completed', draft_enc = null, summary_enc = d.summary_enc, computed = d.computed,
                reasons = d.reasons, asks = d.asks, completed_by = a.begun_by, completed_at = a.begun_at, review_due_at = a.begun_at + interval '90 days'
         from jsonb_populate_recordset(null::app.assessment, $1) d where d.id = a.id",
        Value::Array(done)
    )
    .execute(&mut *connection)
    .await
    .context("completed assessments")?;
    sheets.write(connection, "risk_change").await?;
    Ok(any)
}

/// How many days pass between two assessments.
const EVERY: i64 = 80;

/// How many an episode has at least, by its state; `None`: none is begun.
fn least(stage: &Stage<'_>) -> Option<usize> {
    match stage.episode.state {
        "planning" | "implementation" | "closure_requested" | "closed" => Some(1),
        "monitoring" => Some(2),
        "assessment" if stage.turn.is_multiple_of(2) => Some(0),
        _ => None,
    }
}

/// When the situation was assessed, or a draft begun: one where the state is past it and another every three months.
fn times(stage: &Stage<'_>) -> Vec<DateTime<Utc>> {
    let Some(least) = least(stage) else {
        return Vec::new();
    };
    // done before the plan is drawn up, whatever the pace of the file
    let usual = (stage.episode.opened_at + Duration::days(5)).min(stage.now - Duration::hours(3));
    let begun = stage
        .reached("planning")
        .map_or(usual, |at| at - Duration::minutes(40));
    let mut times = match least {
        0 => vec![begun],
        _ => stage.again(begun, EVERY),
    };
    // some were looked at again today, and what came out is not answered yet
    let today = stage.episode.state == "monitoring" && stage.turn.is_multiple_of(3);
    if times.len() < least || today {
        times.push(stage.now - Duration::hours(2));
    }
    times
}

/// When the situation was assessed for the last time, if it was.
pub(super) fn last(stage: &Stage<'_>) -> Option<DateTime<Utc>> {
    let is_assessed = least(stage).is_some_and(|least| least > 0);
    times(stage).last().copied().filter(|_| is_assessed)
}

/// One assessment of those, or the draft. The second and later ones of a file at high risk come out lower: the
/// supervisor keeps the level each time, and in some has not answered yet.
fn assess(
    stage: &Stage<'_>,
    nth: usize,
    seq: &mut i16,
    sheets: &mut Sheets,
    done: &mut Vec<Value>,
) -> anyhow::Result<()> {
    let (episode, times) = (stage.episode, times(stage));
    if let Some(at) = times.get(nth).copied() {
        let id = uuid_at(stage.now);
        let draft = stage.seal(
            Field::ASSESSMENT_DRAFT,
            id,
            "score-safety=2&score-health=1&needs=dropped_out",
        )?;
        sheets.add(
            "assessment",
            with(
                stage.row(id),
                json!({
                    "episode_id": episode.id, "seq": *seq, "state": "draft", "draft_enc": draft,
                    "begun_by": stage.lead, "begun_at": at, "version": 1,
                }),
            ),
        );
        *seq += 1;
        if least(stage) == Some(0) {
            return Ok(());
        }
        let high = is_high(stage, nth);
        score(stage, id, nth, high, sheets)?;
        let reasons = if high {
            json!([{ "score": ["exploitation", 3] }])
        } else {
            json!([{ "score": ["education", 3] }])
        };
        let asks = episode.risk == "high" && !high;
        done.push(
            json!({ "id": id, "summary_enc": stage.seal(Field::ASSESSMENT_SUMMARY, id, INQUIRY)?,
                    "computed": if high { "high" } else { "medium" }, "asks": asks.then_some("medium"),
                    "reasons": reasons }),
        );
        let waits = at > stage.now - Duration::days(1);
        let lowered = episode.risk == "low" && nth + 1 == times.len();
        if lowered || (asks && !waits) {
            let change = uuid_at(stage.now);
            let why = if asks { RAISED } else { NOTE };
            sheets.add("risk_change", with(stage.row(change), json!({
                "assessment_id": id, "from_risk": if asks { "high" } else { "medium" }, "to_risk": episode.risk,
                "answers": asks, "why_enc": stage.seal(Field::RISK_REASON, change, why)?,
                "by_user": stage.supervisor, "at": at + Duration::hours(1),
            })));
        }
    }
    Ok(())
}

/// Whether that assessment of an episode comes out high.
fn is_high(stage: &Stage<'_>, nth: usize) -> bool {
    stage.episode.risk == "high" && nth == 0
}

/// What it finds, domain by domain, in the order of the list.
fn domains(stage: &Stage<'_>, nth: usize, high: bool) -> [(&'static str, u8); 8] {
    let later = u8::from(nth > 0);
    [
        ("safety", 2),
        ("health", 1 + stage.lot() % 2),
        ("psychological", 2),
        ("family", 2 - later),
        ("material", 2),
        ("education", if later == 0 || !high { 3 } else { 2 }),
        ("legal_identity", 1),
        ("exploitation", if high { 3 } else { 1 }),
    ]
}

fn score(
    stage: &Stage<'_>,
    id: Uuid,
    nth: usize,
    high: bool,
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    for (domain, score) in domains(stage, nth, high) {
        let row = uuid_at(stage.now);
        let note = if domain == "family" {
            json!(stage.seal(Field::SCORE_NOTE, row, NOTE)?)
        } else {
            Value::Null
        };
        sheets.add(
            "assessment_score",
            with(
                stage.row(row),
                json!({
                    "assessment_id": id, "domain": domain, "score": score, "note_enc": note,
                }),
            ),
        );
    }
    let of = json!({ "assessment_id": id, "case_id": stage.episode.case_id, "territory_id": stage.episode.territory_id });
    for need in ["dropped_out", "lone_mother_household"] {
        sheets.add("assessment_need", with(of.clone(), json!({ "need": need })));
    }
    for sign in SIGNS.iter().filter(|_| high) {
        sheets.add(
            "assessment_indicator",
            with(of.clone(), json!({ "indicator": sign })),
        );
    }
    Ok(())
}
