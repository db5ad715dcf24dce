//! What the children of the story are owed beside help: a basis for sharing, their own words, an answer to those who
//! complained; also what was refused, what was taken back, who could not be heard and why.

use super::stage::{Sheets, Stage, with};
use crate::{clock::local_date, ids::uuid_at, vault::Field};
use chrono::{DateTime, Days, Duration, Utc};
use serde_json::{Value, json};
use sqlx::PgConnection;
use std::collections::HashMap;

const REFUSED: &str = "رفضت الأم إطلاع المدرسة على الملف، وشُرح لها ما سيُتبادل ومع من.";
const WORDS: &[&str] = &[
    "بغيت نرجع للمدرسة مع صحابي، وما نبقاش نوقف فالضو الأحمر.",
    "كنخاف نرجع بوحدي فالليل. بغيت نبقى مع ماما.",
    "المربية مزيانة معايا، وكيعجبني الرسم.",
    "بغيت نتعلم الصنعة ونعاون الوالدة.",
    "Je veux rester avec ma petite sœur (paroles fictives).",
];
const COMPLAINTS: &[(&str, &str, &str)] = &[
    (
        "parent",
        "service",
        "انتظرت الأم ثلاثة أسابيع دون أن يتصل بها أحد بخصوص موعد التسجيل في المدرسة.",
    ),
    (
        "child",
        "institution",
        "قال الطفل إن باب الحمام لا يُغلق من الداخل، وإنه يخجل.",
    ),
    (
        "other",
        "worker",
        "تقول الجدة إن المكلف بالملف رفع صوته عليها في الزيارة الأخيرة.",
    ),
];
const ANSWER: &str = "تم الاتصال بالأسرة وتحديد موعد في اليوم نفسه، وقُدم لها اعتذار الخلية.";

/// Writes them all.
pub(super) async fn write(
    connection: &mut PgConnection,
    stages: &[Stage<'_>],
) -> anyhow::Result<()> {
    let mut sheets = Sheets::default();
    let mut complaints: HashMap<i16, usize> = HashMap::new();
    for stage in stages {
        consents(stage, &mut sheets)?;
        views(stage, &mut sheets)?;
        // long enough under way that thirty days can be over
        let long_ago = stage.now - Duration::days(40);
        let since = stage.reached("implementation");
        let answered_for =
            stage.is_open() && !stage.protected && since.is_some_and(|since| since < long_ago);
        if answered_for {
            let nth = complaints.entry(stage.episode.territory_id).or_insert(0);
            complaint(stage, *nth, &mut sheets)?;
            *nth += 1;
        }
    }
    for table in ["case_consent", "child_view", "complaint"] {
        sheets.write(connection, table).await?;
    }
    Ok(())
}

/// A basis for whoever is past the registration; in some files one that was taken back and replaced, or a refusal.
fn consents(stage: &Stage<'_>, sheets: &mut Sheets) -> anyhow::Result<()> {
    let lot = stage.lot();
    let Some(at) = stage.reached("registered") else {
        return Ok(());
    };
    let is_settled = stage.reached("assessment").is_some();
    let (basis, giver) = match lot % 5 {
        0 | 1 => ("guardian_consent", "mother"),
        2 => ("legal_mission", "prosecution"),
        3 => ("vital_interest", "nobody"),
        _ => ("child_assent", "child"),
    };
    if is_settled || lot.is_multiple_of(3) {
        consent(stage, ("sharing", basis, giver), (at, false), sheets)?;
    }
    if is_settled && lot % 9 == 4 {
        // shared until it was taken back; what came instead is the row above
        consent(
            stage,
            ("sharing", "adult_consent", "mother"),
            (at, true),
            sheets,
        )?;
    }
    if !is_settled && lot % 3 == 1 || is_settled && lot % 11 == 3 {
        consent(
            stage,
            ("care", "refusal_recorded", "mother"),
            (at, false),
            sheets,
        )?;
    } else if stage.reached("implementation").is_some() && lot.is_multiple_of(2) {
        consent(
            stage,
            ("care", "guardian_consent", "mother"),
            (at, false),
            sheets,
        )?;
    }
    Ok(())
}

fn consent(
    stage: &Stage<'_>,
    (purpose, basis, given_by): (&str, &str, &str),
    (at, taken_back): (DateTime<Utc>, bool),
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    let id = uuid_at(at);
    let note = if basis == "refusal_recorded" {
        json!(stage.seal(Field::CONSENT_NOTE, id, REFUSED)?)
    } else {
        Value::Null
    };
    let day = local_date(at);
    let back = (day + Days::new(2)).min(local_date(stage.now));
    sheets.add("case_consent", with(stage.row(id), json!({
        "purpose": purpose, "basis": basis, "given_by": given_by, "given_on": day, "note_enc": note,
        "recorded_by": stage.lead, "recorded_at": at,
        "withdrawn_on": taken_back.then_some(back), "withdrawn_by": taken_back.then_some(stage.lead),
    })));
    Ok(())
}

/// Heard on each occasion that the file has come to.
fn views(stage: &Stage<'_>, sheets: &mut Sheets) -> anyhow::Result<()> {
    let lot = stage.lot();
    let occasions = [
        ("assessment", "planning", true),
        ("plan", "implementation", true),
        ("placement", "implementation", lot % 7 == 2),
        ("decision", "monitoring", lot % 4 == 1),
        ("closure", "closure_requested", true),
    ];
    for (nth, (occasion, state, is_so)) in (0..).zip(occasions) {
        if let Some(at) = stage.reached(state).filter(|_| is_so) {
            view(stage, (occasion, nth), at - Duration::minutes(25), sheets)?;
        }
    }
    Ok(())
}

fn view(
    stage: &Stage<'_>,
    (occasion, nth): (&str, u8),
    at: DateTime<Utc>,
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    let (id, lot) = (uuid_at(at), stage.lot().wrapping_add(nth));
    let why_not = match stage.years(local_date(at)) {
        Some(0..=3) => Some("infant"),
        _ if lot % 13 == 5 => Some("refused"),
        _ if lot % 17 == 6 => Some("absent"),
        _ => None,
    };
    let words = match why_not {
        None => {
            let text = WORDS.get(usize::from(lot) % WORDS.len()).unwrap_or(&"");
            json!(stage.seal(Field::CHILD_WORDS, id, text)?)
        }
        Some(_) => Value::Null,
    };
    let is_french = usize::from(lot) % WORDS.len() == 4;
    let language = if is_french { "french" } else { "darija" };
    sheets.add("child_view", with(stage.row(id), json!({
        "episode_id": stage.episode.id, "occasion": occasion, "heard_on": local_date(at), "why_not": why_not,
        "language": why_not.is_none().then_some(language), "interpreter": false,
        "script_language": why_not.is_none().then_some(language), "words_enc": words,
        "recorded_by": stage.lead, "recorded_at": at,
    })));
    Ok(())
}

/// Three in each city: one answered, one that waits, one whose thirty days are over.
fn complaint(stage: &Stage<'_>, nth: usize, sheets: &mut Sheets) -> anyhow::Result<()> {
    let Some((source, subject, text)) = COMPLAINTS.get(nth) else {
        return Ok(());
    };
    let days = [20, 5, 34].get(nth).copied().unwrap_or(5);
    let since = stage.reached("implementation").unwrap_or(stage.now);
    let at = (stage.now - Duration::days(days)).max(since);
    let id = uuid_at(at);
    let is_against = *subject == "worker";
    let answered = (nth == 0).then(|| (at + Duration::days(6)).min(stage.now));
    let answer = match answered {
        Some(_) => json!(stage.seal(Field::COMPLAINT_ANSWER, id, ANSWER)?),
        None => Value::Null,
    };
    sheets.add("complaint", with(stage.row(id), json!({
        "episode_id": stage.episode.id, "source": source, "subject": subject,
        "against": is_against.then_some(stage.lead), "text_enc": stage.seal(Field::COMPLAINT_TEXT, id, text)?,
        "received_on": local_date(at),
        "received_by": if is_against { stage.colleague() } else { stage.lead }, "recorded_at": at,
        "answer_enc": answer, "answered_by": answered.map(|_| stage.supervisor), "answered_at": answered,
    })));
    Ok(())
}
