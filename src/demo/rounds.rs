//! Visits of the story: made or missed at the rhythm of the risk since the follow-up began, and the one that comes
//! next; in each city one is late and one is due today. Who was found begging again or not safe was assessed again
//! since, but for what is of these days.

use super::{
    care,
    stage::{Sheets, Stage, with},
};
use crate::{
    authz::TerritoryId, clock::local_date, ids::uuid_at, reference::Catalogue, vault::Field,
    visits::next_day,
};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use sqlx::PgConnection;
use std::collections::HashMap;

const FINDINGS: &[&str] = &[
    "استقبلت الأسرة الزيارة في جو هادئ، والطفل يذهب إلى المدرسة بانتظام.",
    "السكن غرفة واحدة تتقاسمها ثلاث أسر. يُقترح ملف السكن.",
    "تحسن واضح في النوم والأكل حسب الأم.",
    "غاب الطفل يومين هذا الأسبوع. اتصال مع المعلمة لفهم السبب.",
];
const KINDS: &[&str] = &["home_visit", "school_visit", "phone_follow_up"];
/// Codes of `ref.missed_reason` that a worker chooses.
const MISSED: &[&str] = &[
    "nobody_there",
    "moved_away",
    "child_absent",
    "no_means",
    "visit_refused",
    "worker_absent",
    "place_unsafe",
];
/// How many days ago a visit that calls for an assessment was made at most, where nobody has assessed since.
const FRESH: i64 = 4;
/// As many as one file has, at most.
const MOST: i32 = 16;
/// What becomes of the visit that the database planned by itself.
const REPLACES: &str = "on conflict on constraint visit_seq do update set
    kind = excluded.kind, due_on = excluded.due_on, done_on = excluded.done_on, missed_on = excluded.missed_on,
    missed_reason = excluded.missed_reason, education = excluded.education, refound = excluded.refound,
    safe = excluded.safe, findings_enc = excluded.findings_enc, recorded_by = excluded.recorded_by,
    recorded_at = excluded.recorded_at";

/// How one ended.
enum End {
    Made(NaiveDate),
    Missed(&'static str),
    Owed,
}

/// Writes them.
pub(super) async fn write(
    connection: &mut PgConnection,
    words: &Catalogue,
    stages: &[Stage<'_>],
) -> anyhow::Result<()> {
    let mut sheets = Sheets::default();
    let mut open: HashMap<i16, usize> = HashMap::new();
    for stage in stages {
        let Some(since) = stage.reached("monitoring") else {
            continue;
        };
        let until = stage.reached("closure_requested").unwrap_or(stage.now);
        let (seq, due) = past(stage, words, (since, until), &mut sheets)?;
        if stage.episode.state == "monitoring" {
            let nth = open.entry(stage.episode.territory_id).or_insert(0);
            let today = local_date(stage.now);
            let day = match *nth {
                0 => today,
                1 => today - Days::new(3),
                2 => today + Days::new(2),
                _ => due.max(today + Days::new(1)),
            };
            *nth += 1;
            add(stage, (seq, day), &End::Owed, &mut sheets)?;
        } else if stage.episode.state == "closed" && stage.turn.is_multiple_of(4) {
            add(stage, (seq, due), &End::Missed("file_closed"), &mut sheets)?;
        }
    }
    sheets.write_or(connection, "visit", REPLACES).await
}

/// The visits whose day has passed; the number and the day of the next.
fn past(
    stage: &Stage<'_>,
    words: &Catalogue,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
    sheets: &mut Sheets,
) -> anyhow::Result<(i32, NaiveDate)> {
    let risk = match stage.episode.risk {
        "none" => "low",
        risk => risk,
    };
    let place = TerritoryId(stage.episode.territory_id);
    let hours = words.target_hours(place, "monitoring", risk);
    let end = local_date(until) - Days::new(1);
    let (mut seq, mut due) = (1, next_day(local_date(since), hours));
    while due < end && seq < MOST {
        let lot = u64::from(stage.lot()) + u64::from(seq.unsigned_abs());
        let reason = MISSED.get(usize::try_from(lot)? / 7 % MISSED.len());
        let done = match reason {
            Some(reason) if lot % 7 == 3 => End::Missed(reason),
            _ => End::Made((due + Days::new(lot % 2)).min(end)),
        };
        add(stage, (seq, due), &done, sheets)?;
        due = match done {
            End::Made(on) => next_day(on, hours),
            _ => due + Days::new(3),
        };
        seq += 1;
    }
    Ok((seq, due))
}

fn add(
    stage: &Stage<'_>,
    (seq, due): (i32, NaiveDate),
    end: &End,
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    let lot = usize::from(stage.lot()) + usize::try_from(seq)?;
    let on = match end {
        End::Made(on) => *on,
        End::Missed("file_closed") => stage.episode.closed_at.map_or(due, local_date),
        End::Missed(_) | End::Owed => due,
    };
    let at = on
        .and_hms_opt(15, 30, 0)
        .map_or(stage.now, |at| at.and_utc());
    let at = at.min(stage.now);
    let id = uuid_at(at);
    let made = match end {
        End::Made(on) => Some(*on),
        _ => None,
    };
    let missed = match end {
        End::Missed(reason) => Some(*reason),
        _ => None,
    };
    let findings = match (made, FINDINGS.get(lot % FINDINGS.len())) {
        (Some(_), Some(text)) => json!(stage.seal(Field::VISIT_FINDINGS, id, text)?),
        _ => Value::Null,
    };
    let recorded = !matches!(end, End::Owed);
    let may_alarm = !stage.is_open()
        || care::last(stage).is_some_and(|last| last > at)
        || local_date(stage.now) - on <= TimeDelta::days(FRESH);
    let refound = match lot % 11 {
        5 if may_alarm => "yes",
        _ => "no",
    };
    let safe = match lot % 10 {
        4 => "unknown",
        7 if may_alarm => "no",
        _ => "yes",
    };
    let education = if lot % 9 == 2 {
        "dropped_out"
    } else {
        "primary"
    };
    let of_age = matches!(stage.years(on), Some(6..));
    sheets.add("visit", with(stage.row(id), json!({
        "episode_id": stage.episode.id, "territory_at": stage.episode.territory_id, "seq": seq,
        "kind": KINDS.get(lot % KINDS.len()), "due_on": due, "done_on": made,
        "missed_on": missed.map(|_| on.min(local_date(stage.now))), "missed_reason": missed,
        "education": (made.is_some() && of_age).then_some(education),
        "refound": made.map(|_| if lot % 23 == 9 { "unknown" } else { refound }), "safe": made.map(|_| safe),
        "findings_enc": findings, "recorded_by": recorded.then_some(stage.lead),
        "recorded_at": recorded.then_some(at), "version": 1,
    })));
    Ok(())
}
