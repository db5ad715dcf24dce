//! Assessments, plans and determinations of the story: each file has what its state says it must have, and every
//! state of a plan can be seen. Triggers run, so what is owed is owed as in life.

use super::rows::{Episode, Rows, bytea};
use crate::{
    ids::uuid_at,
    vault::{Field, Holder, HolderKind, Key, Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::HashMap;
use uuid::Uuid;

const INQUIRY: &str = "تعيش الأسرة في غرفة واحدة بدخل غير قار، والأم تتكفل وحدها بالأطفال. الطفل انقطع عن الدراسة منذ سنة.";
const NOTE: &str = "يحضر الطفل مواعيده بانتظام ويتجاوب مع الفريق.";
const RAISED: &str = "شوهد شخص يراقب الطفل عن بعد في آخر جولتين.";
const COMMENTS: &str = "الهدف الأول واضح. يرجى تحديد من يرافق الطفل إلى المدرسة، وتقريب أجل تسجيله.";
const VIEW: &str = "يريد البقاء مع أمه والعودة إلى المدرسة.";

/// Goals with an action each: domain, goal, what, success, days until due.
const GOALS: &[(&str, &str, &str, &str, i64)] = &[
    (
        "education",
        "عودة الطفل إلى المدرسة",
        "تسجيل الطفل في مدرسة الفرصة الثانية ومرافقته في اليوم الأول",
        "حضور منتظم لمدة شهر",
        20,
    ),
    (
        "family",
        "تقوية قدرة الأم على رعاية أطفالها",
        "حصص الوساطة الأسرية ومواكبة الأم",
        "حضور الأم ثلاث حصص",
        45,
    ),
    (
        "legal_identity",
        "تسجيل الطفل في الحالة المدنية",
        "إعداد ملف التصريح وإيداعه",
        "الحصول على عقد الازدياد",
        75,
    ),
];

/// The rows of each table, by its name.
#[derive(Default)]
struct Sheets(HashMap<&'static str, Vec<Value>>);

impl Sheets {
    fn add(&mut self, table: &'static str, row: Value) {
        self.0.entry(table).or_default().push(row);
    }

    async fn write(
        &mut self,
        connection: &mut PgConnection,
        table: &'static str,
    ) -> anyhow::Result<()> {
        let rows = self.0.remove(table).unwrap_or_default();
        let Some(Value::Object(first)) = rows.first() else {
            return Ok(());
        };
        let columns: Vec<&str> = first.keys().map(String::as_str).collect();
        let columns = columns.join(", ");
        // names of tables and columns are literals of this file
        let sql = format!(
            "insert into app.{table} ({columns}) select {columns} from jsonb_populate_recordset(null::app.{table}, $1)"
        );
        sqlx::query(AssertSqlSafe(sql))
            .bind(Value::Array(rows))
            .execute(connection)
            .await
            .context(table)?;
        Ok(())
    }
}

/// An episode, who works on it, and its key.
struct Stage<'a> {
    episode: &'a Episode,
    lead: Uuid,
    supervisor: Uuid,
    key: &'a Key,
    now: DateTime<Utc>,
}

impl Stage<'_> {
    fn seal(&self, field: Field, row: Uuid, text: &str) -> anyhow::Result<String> {
        Ok(bytea(self.key.seal(field, row, text)?.as_bytes()))
    }

    /// Chance that stays the same: a number of the episode.
    fn lot(&self) -> u8 {
        self.episode.id.as_bytes().last().copied().unwrap_or(0)
    }

    fn row(&self, id: Uuid) -> Value {
        json!({ "id": id, "case_id": self.episode.case_id, "territory_id": self.episode.territory_id })
    }
}

fn with(mut row: Value, more: Value) -> Value {
    if let (Value::Object(row), Value::Object(more)) = (&mut row, more) {
        row.extend(more);
    }
    row
}

/// Writes it all.
pub(super) async fn write(
    connection: &mut PgConnection,
    vault: &Vault,
    now: DateTime<Utc>,
    rows: &Rows,
    supervisors: &HashMap<i16, Uuid>,
) -> anyhow::Result<()> {
    let holder = |case| Holder::new(HolderKind::Case, case);
    let holders: Vec<Holder> = rows.cases.iter().map(|case| holder(case.id)).collect();
    let keys = keeper::data_keys(connection, vault, &holders).await?;
    let mut stages = Vec::new();
    for episode in &rows.episodes {
        let lead = rows
            .assignments
            .iter()
            .find(|one| one.case_id == episode.case_id);
        let (Some(lead), Some(supervisor)) = (lead, supervisors.get(&episode.territory_id)) else {
            continue;
        };
        stages.push(Stage {
            episode,
            lead: lead.user_id,
            supervisor: *supervisor,
            key: keys.get(&holder(episode.case_id)).context("no key")?,
            now,
        });
    }
    let mut next: HashMap<Uuid, i16> = HashMap::new();
    // a draft is completed before the next is begun
    for nth in 0..2 {
        assessments(connection, &stages, nth, &mut next).await?;
    }
    plans(connection, &stages).await
}

/// The first or the second assessment of each episode.
async fn assessments(
    connection: &mut PgConnection,
    stages: &[Stage<'_>],
    nth: i64,
    next: &mut HashMap<Uuid, i16>,
) -> anyhow::Result<()> {
    let (mut sheets, mut done) = (Sheets::default(), Vec::new());
    for stage in stages {
        let seq = next.entry(stage.episode.case_id).or_insert(1);
        assess(stage, nth, seq, &mut sheets, &mut done)?;
    }
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
                reasons = d.reasons, completed_by = a.begun_by, completed_at = a.begun_at, review_due_at = a.begun_at + interval '90 days'
         from jsonb_populate_recordset(null::app.assessment, $1) d where d.id = a.id",
        Value::Array(done)
    )
    .execute(&mut *connection)
    .await
    .context("completed assessments")?;
    sheets.write(connection, "risk_change").await
}

/// The plans of each episode, and their answers.
async fn plans(connection: &mut PgConnection, stages: &[Stage<'_>]) -> anyhow::Result<()> {
    let (mut sheets, mut moves) = (Sheets::default(), Vec::new());
    for stage in stages {
        plan(stage, &mut sheets, &mut moves)?;
    }
    for table in ["best_interests", "care_plan", "plan_goal", "plan_action"] {
        sheets.write(connection, table).await?;
    }
    sqlx::query!(
            "update app.care_plan p set state = d.state, answered_by = d.answered_by, answered_at = d.answered_at,
                    answer_enc = d.answer_enc, review_due_at = d.review_due_at
             from jsonb_populate_recordset(null::app.care_plan, $1) d where d.id = p.id",
            Value::Array(moves)
        )
        .execute(&mut *connection)
        .await
        .context("answered plans")?;
    Ok(())
}

/// One assessment where the state is past it, two where the file is followed up, a draft in some that are being assessed.
fn assess(
    stage: &Stage<'_>,
    nth: i64,
    seq: &mut i16,
    sheets: &mut Sheets,
    done: &mut Vec<Value>,
) -> anyhow::Result<()> {
    let episode = stage.episode;
    let count = match episode.state {
        "planning" | "implementation" | "closure_requested" | "closed" => 1,
        "monitoring" => 2,
        "assessment" if stage.lot().is_multiple_of(2) => 0,
        _ => return Ok(()),
    };
    let begun = (episode.opened_at + Duration::days(5)).min(stage.now - Duration::hours(3));
    if nth < count.max(1) {
        let id = uuid_at(stage.now);
        let at = (begun + Duration::days(75 * nth))
            .min(stage.now - Duration::hours(2) + Duration::minutes(nth));
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
        if count == 0 {
            return Ok(());
        }
        let high = episode.risk == "high" && nth == 0;
        score(stage, id, nth, high, sheets)?;
        let reasons = if high {
            json!([{ "score": ["exploitation", 3] }])
        } else {
            json!([{ "score": ["education", 3] }])
        };
        done.push(
            json!({ "id": id, "summary_enc": stage.seal(Field::ASSESSMENT_SUMMARY, id, INQUIRY)?,
                          "computed": if high { "high" } else { "medium" }, "reasons": reasons }),
        );
        // the computed level is not that of the file: somebody set it
        if nth + 1 == count && episode.risk != if high { "high" } else { "medium" } {
            let change = uuid_at(stage.now);
            sheets.add("risk_change", with(stage.row(change), json!({
                "assessment_id": id, "from_risk": if high { "high" } else { "medium" }, "to_risk": episode.risk,
                "why_enc": stage.seal(Field::RISK_REASON, change, if episode.risk == "high" { RAISED } else { NOTE })?,
                "by_user": stage.supervisor, "at": at + Duration::hours(1),
            })));
        }
    }
    Ok(())
}

fn score(
    stage: &Stage<'_>,
    id: Uuid,
    nth: i64,
    high: bool,
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    let later = u8::from(nth > 0);
    let domains = [
        ("safety", 2),
        ("health", 1 + stage.lot() % 2),
        ("psychological", 2),
        ("family", 2 - later),
        ("material", 2),
        ("education", if later == 0 || !high { 3 } else { 2 }),
        ("legal_identity", 1),
        ("exploitation", if high { 3 } else { 1 }),
    ];
    for (domain, score) in domains {
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
    if high {
        sheets.add(
            "assessment_indicator",
            with(of, json!({ "indicator": "takings_taken" })),
        );
    }
    Ok(())
}

/// A plan in force where it is carried out; in preparation a draft, one that waits, or one that came back.
fn plan(stage: &Stage<'_>, sheets: &mut Sheets, moves: &mut Vec<Value>) -> anyhow::Result<()> {
    let episode = stage.episode;
    let state = match (episode.state, stage.lot() % 4) {
        ("implementation" | "monitoring", _) => "approved",
        ("planning", 0) => "draft",
        ("planning", 1 | 2) => "submitted",
        ("planning", _) => "returned",
        _ => return Ok(()),
    };
    let id = uuid_at(stage.now);
    let begun = (episode.opened_at + Duration::days(9)).min(stage.now - Duration::hours(2));
    let draft = "goal-0-domain=education&goal-0-text=%D8%A7%D9%84%D8%AA%D9%85%D8%AF%D8%B1%D8%B3";
    let is_draft = state == "draft";
    sheets.add("care_plan", with(stage.row(id), json!({
        "episode_id": episode.id, "seq": 1, "state": if is_draft { "draft" } else { "submitted" },
        "draft_enc": if is_draft { json!(stage.seal(Field::PLAN_DRAFT, id, draft)?) } else { Value::Null },
        "author": stage.lead, "drawn_up_at": begun, "version": 1,
        "submitted_at": (!is_draft).then_some(begun), "answer_due_at": (!is_draft).then_some(begun + Duration::hours(72)),
    })));
    if is_draft {
        return Ok(());
    }
    let parts = episode.state == "planning" && stage.lot() % 4 == 2;
    for ((nth, goal), late) in (1..).zip(GOALS).zip([true, false, false]) {
        let (goal_id, action) = (uuid_at(stage.now), uuid_at(stage.now));
        let (domain, text, what, success, days) = *goal;
        sheets.add("plan_goal", with(stage.row(goal_id), json!({
            "plan_id": id, "nth": nth, "domain": domain, "text_enc": stage.seal(Field::GOAL_TEXT, goal_id, text)?,
        })));
        let words = json!({ "what": what, "success": success, "responsible": "المكلفة بالملف" })
            .to_string();
        let over = late && episode.state == "monitoring";
        let due = if late && stage.lot().is_multiple_of(5) {
            -2
        } else {
            days
        };
        let day = crate::clock::local_date(stage.now + Duration::days(due));
        sheets.add("plan_action", with(stage.row(action), json!({
            "goal_id": goal_id, "plan_id": id, "number": nth, "due_on": day,
            "text_enc": stage.seal(Field::ACTION_TEXT, action, &words)?,
            "occasion": (parts && nth == 2).then_some("separation"), "state": if over { "done" } else { "open" },
            "closed_on": over.then_some(crate::clock::local_date(stage.now - Duration::days(3))),
            "closed_by": over.then_some(stage.lead),
        })));
    }
    if parts {
        weigh(stage, sheets)?;
    }
    if state != "submitted" {
        let is_approved = state == "approved";
        let at = begun + Duration::hours(1);
        let words = if is_approved {
            Value::Null
        } else {
            json!(stage.seal(Field::PLAN_ANSWER, id, COMMENTS)?)
        };
        moves.push(json!({ "id": id, "state": state, "answered_by": stage.supervisor, "answered_at": at,
                           "answer_enc": words, "review_due_at": is_approved.then_some(at + Duration::days(90)) }));
    }
    Ok(())
}

/// What waits beside a plan that would part a child from its family.
fn weigh(stage: &Stage<'_>, sheets: &mut Sheets) -> anyhow::Result<()> {
    let id = uuid_at(stage.now);
    let option =
        |what: &str, pro: &str, contra: &str| json!({ "what": what, "pro": pro, "contra": contra });
    let words = json!({
        "options": [
            option("بقاء الطفل مع أمه مع مواكبة يومية", "استقرار الطفل وتعلقه بأمه", "السكن غير لائق"),
            option("إيواء الأم مع الطفل في مركز", "أمان فوري ووجبات منتظمة", "البعد عن المدرسة"),
        ],
        "child_view": VIEW, "participants": "المكلفة بالملف، والطبيبة، والأم", "conclusion": "إيواء الأم مع الطفل لمدة محددة",
    });
    let at = stage.now - Duration::hours(20);
    sheets.add("best_interests", with(stage.row(id), json!({
        "episode_id": stage.episode.id, "occasion": "separation", "state": "submitted",
        "met_on": crate::clock::local_date(at), "content_enc": stage.seal(Field::DETERMINATION, id, &words.to_string())?,
        "author": stage.lead, "submitted_at": at, "answer_due_at": at + Duration::hours(72), "version": 1,
    })));
    Ok(())
}
