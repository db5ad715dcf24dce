//! Plans and determinations of the story, in every state that they can have: a plan in force where it is carried
//! out, with the version before it in some; in preparation a draft, one that waits, or one that came back.

use super::stage::{Sheets, Stage, with};
use crate::{clock::local_date, ids::uuid_at, vault::Field};
use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

const COMMENTS: &str = "الهدف الأول واضح. يرجى تحديد من يرافق الطفل إلى المدرسة، وتقريب أجل تسجيله.";
const TOO_SHORT: &str = "لم يُسمع رأي الطفل في خيار الإيواء. يرجى الاستماع إليه ثم إعادة العرض.";
const VIEW: &str = "يريد البقاء مع أمه والعودة إلى المدرسة.";
const DROPPED: &str = "حصلت الأسرة على الوثيقة قبل بدء الإجراء، ولم يعد له داع.";
const UNCHANGED: &str = "الأهداف ما زالت مناسبة والإجراءات تسير في آجالها.";
const DONE: &str = "تم الإجراء بحضور المكلفة بالملف.";

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

/// A version of a plan: its number, where it stands, when it was sent, whether it would part the child from its
/// family, when another took its place.
struct Version {
    seq: i16,
    state: &'static str,
    sent: DateTime<Utc>,
    answered: DateTime<Utc>,
    parts: bool,
    replaced: Option<DateTime<Utc>>,
}

/// How many days pass between two versions.
const EVERY: i64 = 82;

/// Writes them. The second version of a plan is drawn up when the first is in force.
pub(super) async fn write(
    connection: &mut PgConnection,
    stages: &[Stage<'_>],
) -> anyhow::Result<()> {
    for seq in 1.. {
        let (mut sheets, mut moves) = (Sheets::default(), Vec::new());
        for stage in stages {
            if let Some(version) = version(stage, seq) {
                weigh(stage, &version, &mut sheets)?;
                plan(stage, &version, &mut sheets, &mut moves)?;
            }
        }
        if sheets.is_empty("care_plan") {
            break;
        }
        for table in ["best_interests", "care_plan", "plan_goal", "plan_action"] {
            sheets.write(connection, table).await?;
        }
        answer(connection, moves).await?;
        // a plan that is in force by now
        sheets.write(connection, "plan_review").await?;
    }
    // a closed file owes nothing of its plan, however late it is told
    sqlx::query!(
        "update app.task t set done_at = e.closed_at from app.case_episode e
         where e.id = t.episode_id and e.state = 'closed' and t.done_at is null
           and (t.rule like 'plan\\_%' or t.rule in ('determination_answer', 'reassess'))"
    )
    .execute(connection)
    .await
    .context("plans of closed files")?;
    Ok(())
}

/// What is answered, and what the answer puts out of force.
async fn answer(connection: &mut PgConnection, moves: Vec<Value>) -> anyhow::Result<()> {
    let moves = Value::Array(moves);
    sqlx::query!(
        "update app.care_plan p set state = 'superseded'
         from jsonb_populate_recordset(null::app.care_plan, $1) d
         where d.state = 'approved' and p.episode_id = d.episode_id and p.state = 'approved' and p.id <> d.id",
        &moves
    )
    .execute(&mut *connection)
    .await
    .context("plans that were replaced")?;
    sqlx::query!(
        "update app.care_plan p set state = d.state, answered_by = d.answered_by, answered_at = d.answered_at,
                answer_enc = d.answer_enc, review_due_at = d.review_due_at
         from jsonb_populate_recordset(null::app.care_plan, $1) d where d.id = p.id",
        &moves
    )
    .execute(&mut *connection)
    .await
    .context("answered plans")?;
    Ok(())
}

/// When later versions of the plan of an episode were sent: in some files when the follow-up begins, and in all of
/// them before the review is due.
fn later(stage: &Stage<'_>) -> Vec<DateTime<Utc>> {
    let Some(first) = stage.reached("implementation") else {
        return Vec::new();
    };
    let follow_up = stage
        .reached("monitoring")
        .filter(|_| stage.turn.is_multiple_of(3));
    let from = follow_up.map_or(first, |at| at + Duration::minutes(20));
    let skipped = usize::from(follow_up.is_none());
    stage.again(from, EVERY).split_off(skipped)
}

/// The version that an episode has, if it has one of that number.
fn version(stage: &Stage<'_>, seq: i16) -> Option<Version> {
    let carried_out = stage.reached("implementation");
    // of those in preparation each stands where the fourth before it does
    let lot = match carried_out {
        Some(_) => usize::from(stage.lot()),
        None => stage.turn,
    };
    let drawn_up = stage.reached("planning")?;
    let later = later(stage);
    let sent = |nth: i16| later.get(usize::try_from(nth - 2).ok()?).copied();
    let replaced = sent(seq + 1);
    if seq > 1 {
        let sent = sent(seq)?;
        return Some(Version {
            seq,
            state: "approved",
            sent,
            answered: sent + Duration::minutes(25),
            parts: false,
            replaced,
        });
    }
    let state = match (carried_out, lot % 4) {
        (Some(_), _) => "approved",
        (None, 0) => "draft",
        (None, 1 | 2) => "submitted",
        (None, _) => "returned",
    };
    let sent = (drawn_up + Duration::minutes(4)).min(stage.now - Duration::minutes(30));
    Some(Version {
        seq,
        state,
        sent,
        // the supervisor's approval is what carries it out
        answered: carried_out.unwrap_or((sent + Duration::hours(1)).min(stage.now)),
        parts: lot % 4 == 2 || (carried_out.is_none() && lot % 4 == 3),
        replaced,
    })
}

fn plan(
    stage: &Stage<'_>,
    version: &Version,
    sheets: &mut Sheets,
    moves: &mut Vec<Value>,
) -> anyhow::Result<()> {
    let id = uuid_at(version.sent);
    let draft = "goal-0-domain=education&goal-0-text=%D8%A7%D9%84%D8%AA%D9%85%D8%AF%D8%B1%D8%B3";
    let is_draft = version.state == "draft";
    sheets.add("care_plan", with(stage.row(id), json!({
        "episode_id": stage.episode.id, "seq": version.seq, "state": if is_draft { "draft" } else { "submitted" },
        "draft_enc": if is_draft { json!(stage.seal(Field::PLAN_DRAFT, id, draft)?) } else { Value::Null },
        "author": stage.lead, "drawn_up_at": version.sent, "version": 1,
        "submitted_at": (!is_draft).then_some(version.sent),
        "answer_due_at": (!is_draft).then_some(version.sent + Duration::hours(72)),
    })));
    if is_draft {
        return Ok(());
    }
    for (nth, goal) in (1..).zip(GOALS) {
        let goal_id = uuid_at(version.sent);
        sheets.add("plan_goal", with(stage.row(goal_id), json!({
            "plan_id": id, "nth": nth, "domain": goal.0, "text_enc": stage.seal(Field::GOAL_TEXT, goal_id, goal.1)?,
        })));
        action(stage, version, (id, goal_id, nth), sheets)?;
    }
    if version.state != "submitted" {
        let is_approved = version.state == "approved";
        let words = if is_approved {
            Value::Null
        } else {
            json!(stage.seal(Field::PLAN_ANSWER, id, COMMENTS)?)
        };
        moves.push(
            json!({ "id": id, "episode_id": stage.episode.id, "state": version.state,
                    "answered_by": stage.supervisor, "answered_at": version.answered, "answer_enc": words,
                    "review_due_at": is_approved.then_some(version.answered + Duration::days(90)) }),
        );
        if is_approved {
            review(stage, version, id, sheets)?;
        }
    }
    Ok(())
}

/// In some files the plan in force was looked at, and stays as it is.
fn review(
    stage: &Stage<'_>,
    version: &Version,
    plan: Uuid,
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    let at = (version.answered + Duration::days(45)).min(stage.now - Duration::hours(2));
    let is_new = at < version.answered + Duration::days(2);
    if version.replaced.is_some() || !stage.is_open() || is_new || !stage.lot().is_multiple_of(4) {
        return Ok(());
    }
    let id = uuid_at(at);
    sheets.add("plan_review", with(stage.row(id), json!({
        "plan_id": plan, "view_enc": stage.seal(Field::PLAN_REVIEW_VIEW, id, VIEW)?,
        "note_enc": stage.seal(Field::PLAN_REVIEW_NOTE, id, UNCHANGED)?, "reviewed_by": stage.lead,
        "reviewed_at": at, "next_due_at": at + Duration::days(60),
    })));
    Ok(())
}

/// One action of a goal: done where the file is followed up or closed, dropped in some, late in some.
fn action(
    stage: &Stage<'_>,
    version: &Version,
    (plan, goal, nth): (Uuid, Uuid, i16),
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    let Some((_, _, what, success, days)) =
        usize::try_from(nth - 1).ok().and_then(|n| GOALS.get(n))
    else {
        return Ok(());
    };
    let (lot, id) = (stage.lot(), uuid_at(version.sent));
    let words =
        json!({ "what": what, "success": success, "responsible": "المكلفة بالملف" }).to_string();
    let left = match stage.reached("monitoring") {
        _ if version.state != "approved" => "open",
        Some(_) if nth == 3 && lot.is_multiple_of(2) => "dropped",
        Some(_) if nth == 1 || !stage.is_open() => "done",
        _ => "open",
    };
    let end = stage.reached("closure_requested").unwrap_or(stage.now);
    let over = (version.replaced.unwrap_or(end) - Duration::days(3)).max(version.answered);
    let due = match (left, nth) {
        ("open", _) if version.replaced.is_some() => version.answered + Duration::days(*days),
        ("open", 1) if lot.is_multiple_of(5) => stage.now - Duration::days(2),
        ("open", _) => stage.now + Duration::days(*days),
        _ => over,
    };
    let why = match left {
        "dropped" => json!(stage.seal(Field::ACTION_REASON, id, DROPPED)?),
        "done" => json!(stage.seal(Field::ACTION_REASON, id, DONE)?),
        _ => Value::Null,
    };
    let closed = left != "open";
    sheets.add("plan_action", with(stage.row(id), json!({
        "goal_id": goal, "plan_id": plan, "number": nth, "due_on": local_date(due),
        "text_enc": stage.seal(Field::ACTION_TEXT, id, &words)?,
        "occasion": (version.parts && nth == 2).then_some("separation"), "state": left,
        "closed_on": closed.then_some(local_date(over)), "closed_by": closed.then_some(stage.lead), "why_enc": why,
    })));
    Ok(())
}

/// What is decided before a plan that would part a child from its family; it waits, or came back, where the plan does.
fn weigh(stage: &Stage<'_>, version: &Version, sheets: &mut Sheets) -> anyhow::Result<()> {
    if !version.parts {
        return Ok(());
    }
    let at = version.sent - Duration::minutes(2);
    let id = uuid_at(at);
    let option =
        |what: &str, pro: &str, contra: &str| json!({ "what": what, "pro": pro, "contra": contra });
    let words = json!({
        "options": [
            option("بقاء الطفل مع أمه مع مواكبة يومية", "استقرار الطفل وتعلقه بأمه", "السكن غير لائق"),
            option("إيواء الأم مع الطفل في مركز", "أمان فوري ووجبات منتظمة", "البعد عن المدرسة"),
        ],
        "child_view": VIEW, "participants": "المكلفة بالملف، والطبيبة، والأم", "conclusion": "إيواء الأم مع الطفل لمدة محددة",
    });
    let answered = match version.state {
        "submitted" | "draft" => None,
        "returned" => Some(version.answered),
        _ => Some(version.sent),
    };
    let is_returned = version.state == "returned";
    let answer = if is_returned {
        json!(stage.seal(Field::DETERMINATION_ANSWER, id, TOO_SHORT)?)
    } else {
        Value::Null
    };
    let state = match answered {
        None => "submitted",
        Some(_) if is_returned => "returned",
        Some(_) => "approved",
    };
    sheets.add("best_interests", with(stage.row(id), json!({
        "episode_id": stage.episode.id, "occasion": "separation", "state": state,
        "met_on": local_date(at), "content_enc": stage.seal(Field::DETERMINATION, id, &words.to_string())?,
        "author": stage.lead, "submitted_at": at, "answer_due_at": at + Duration::hours(72), "version": 1,
        "answered_by": answered.map(|_| stage.supervisor), "answered_at": answered, "answer_enc": answer,
    })));
    Ok(())
}
