//! What a printed file says beside its history: how the child was assessed, and what is planned.

use super::head::Head;
use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    risk::{Reason, Score},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// As the database tells it.
#[derive(Debug, Deserialize)]
struct Row {
    assessed: Option<AssessedRow>,
    plan: Option<PlanRow>,
}

#[derive(Debug, Deserialize)]
struct AssessedRow {
    id: Uuid,
    at: DateTime<Utc>,
    computed: String,
    reasons: Vec<Reason>,
    summary: Option<SealedText>,
    scores: Vec<ScoreRow>,
}

#[derive(Debug, Deserialize)]
struct ScoreRow {
    id: Uuid,
    domain: String,
    score: Score,
    note: Option<SealedText>,
}

#[derive(Debug, Deserialize)]
struct PlanRow {
    seq: i16,
    state: String,
    goals: Vec<GoalRow>,
}

#[derive(Debug, Deserialize)]
struct GoalRow {
    id: Uuid,
    domain: String,
    text: SealedText,
    actions: Vec<ActionRow>,
}

#[derive(Debug, Deserialize)]
struct ActionRow {
    id: Uuid,
    text: SealedText,
    provider: Option<String>,
    due_on: NaiveDate,
    state: String,
}

/// The last assessment.
#[derive(Debug)]
pub(super) struct Assessed {
    pub at: DateTime<Utc>,
    pub computed: String,
    pub reasons: Vec<Reason>,
    pub summary: Option<Reading>,
    /// Domain, score, what was found.
    pub scores: Vec<(String, Score, Option<Reading>)>,
}

/// The plan in force; if none is, the last that was submitted.
#[derive(Debug)]
pub(super) struct Plan {
    pub seq: i16,
    pub state: String,
    pub goals: Vec<Goal>,
}

/// What should become true, and what is done for it.
#[derive(Debug)]
pub(super) struct Goal {
    pub domain: String,
    pub text: Option<Reading>,
    pub actions: Vec<Action>,
}

/// What is done.
#[derive(Debug)]
pub(super) struct Action {
    pub what: Option<Reading>,
    pub provider: Option<String>,
    pub due_on: NaiveDate,
    pub state: String,
}

/// The part of an action's words that is printed.
#[derive(Deserialize)]
struct What {
    what: String,
}

/// Reads it, and writes down that the file was printed. On paper it stays when an hour's opening is over: it is
/// for those who care for the child.
pub(super) async fn printed(
    tx: &mut Tx,
    actor: &Actor,
    head: &Head,
) -> Result<(Option<Assessed>, Option<Plan>), AppError> {
    let row = sqlx::query!(
        r#"select jsonb_build_object(
                      'assessed', (select jsonb_build_object('id', a.id, 'at', a.completed_at, 'computed', a.computed, 'reasons', a.reasons,
                              'summary', a.summary_enc,
                              'scores', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'domain', s.domain, 'score', s.score,
                                                                                      'note', s.note_enc) order by d.sort), '[]')
                                         from app.assessment_score s join ref.assessment_domain d on d.code = s.domain
                                         where s.assessment_id = a.id))
                          from app.assessment a where a.case_id = $1 and a.territory_id = $2 and a.state = 'completed'
                          order by a.seq desc limit 1),
                      'plan', (select jsonb_build_object('seq', p.seq, 'state', p.state,
                              'goals', (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'domain', g.domain, 'text', g.text_enc,
                                      'actions', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'text', c.text_enc,
                                              'provider', c.provider, 'due_on', c.due_on, 'state', c.state) order by c.number), '[]')
                                          from app.plan_action c where c.goal_id = g.id)) order by g.nth), '[]')
                                  from app.plan_goal g where g.plan_id = p.id))
                          from app.care_plan p where p.case_id = $1 and p.territory_id = $2 and p.state <> 'draft'
                          order by p.state = 'approved' desc, p.drawn_up_at desc limit 1)
                  ) as "told!: Json<Row>", app.key_of('case', $1) as "key: WrappedKey",
                  app.cares_for($1) as "cares!", audit.record('case.printed', 'case', $1, $2, '{}', null)::text as written"#,
        head.id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    if !row.cares {
        return Err(AppError::Forbidden);
    }
    let key = row.key.as_ref();
    let told = row.told.0;
    let mut open = |field: Field, id: Uuid, text: Option<&SealedText>| {
        tx.open(Holder::case(head.id), key, (field, id), text)
    };
    let assessed = told.assessed.map(|a| Assessed {
        summary: open(Field::ASSESSMENT_SUMMARY, a.id, a.summary.as_ref()),
        scores: a
            .scores
            .into_iter()
            .map(|s| {
                let note = open(Field::SCORE_NOTE, s.id, s.note.as_ref());
                (s.domain, s.score, note)
            })
            .collect(),
        at: a.at,
        computed: a.computed,
        reasons: a.reasons,
    });
    let plan = told.plan.map(|p| Plan {
        seq: p.seq,
        state: p.state,
        goals: p.goals.into_iter().map(|g| goal(&mut open, g)).collect(),
    });
    Ok((assessed, plan))
}

fn goal(
    open: &mut impl FnMut(Field, Uuid, Option<&SealedText>) -> Option<Reading>,
    row: GoalRow,
) -> Goal {
    Goal {
        text: open(Field::GOAL_TEXT, row.id, Some(&row.text)),
        domain: row.domain,
        actions: row
            .actions
            .into_iter()
            .map(|a| Action {
                what: open(Field::ACTION_TEXT, a.id, Some(&a.text)).map(what),
                provider: a.provider,
                due_on: a.due_on,
                state: a.state,
            })
            .collect(),
    }
}

/// What is done, of the words of an action.
pub(super) fn what(reading: Reading) -> Reading {
    match reading {
        Reading::Text(text) => serde_json::from_str(&text)
            .map_or(Reading::Unreadable, |found: What| Reading::Text(found.what)),
        Reading::Unreadable => Reading::Unreadable,
    }
}
