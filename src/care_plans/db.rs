//! Questions about plans. The scope stands in each.

use super::domain::{ActionText, Goal, Mark, PlanState, number};
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Head,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{EpisodeId, RowId, UserId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// A version of a plan.
#[derive(Debug)]
pub struct Plan {
    /// Which.
    pub id: RowId,
    /// Of which episode.
    pub episode: EpisodeId,
    /// Its number in the episode.
    pub seq: i16,
    /// Where it stands.
    pub state: PlanState,
    /// For the optimistic lock.
    pub version: i32,
    /// What a draft holds.
    pub draft: Option<Reading>,
    /// Who wrote its draft last, and submitted it: the database keeps it so. Another answers.
    pub author: UserId,
    /// In Arabic.
    pub author_ar: String,
    /// In Latin letters.
    pub author_la: String,
    /// When it was begun.
    pub drawn_up_at: DateTime<Utc>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who answered, in Arabic.
    pub answered_ar: String,
    /// Who answered, in Latin letters.
    pub answered_la: String,
    /// What the supervisor said.
    pub answer: Option<Reading>,
    /// When it is reviewed.
    pub review_due_at: Option<DateTime<Utc>>,
    /// Its goals, in their order.
    pub goals: Vec<ShownGoal>,
}

/// A goal as it is shown.
#[derive(Debug)]
pub struct ShownGoal {
    /// Code of `ref.assessment_domain`.
    pub domain: String,
    /// What should become true.
    pub text: Option<Reading>,
    /// What is done for it.
    pub actions: Vec<ShownAction>,
}

/// An action as it is shown.
#[derive(Debug)]
pub struct ShownAction {
    /// Which.
    pub id: RowId,
    /// Its number in the episode.
    pub number: i16,
    /// Its words; `None`: they do not open.
    pub text: Option<ActionText>,
    /// Code of `ref.organisation`.
    pub provider: Option<String>,
    /// Until when.
    pub due_on: NaiveDate,
    /// Code of `ref.bid_occasion`.
    pub occasion: Option<String>,
    /// `open`, `done`, `dropped`.
    pub state: String,
    /// When it was done or dropped.
    pub closed_on: Option<NaiveDate>,
    /// Why, or what came of it.
    pub why: Option<Reading>,
}

impl Plan {
    /// When it was submitted; of a draft, when it was begun.
    pub fn since(&self) -> DateTime<Utc> {
        self.submitted_at.unwrap_or(self.drawn_up_at)
    }

    /// Every action.
    pub fn actions(&self) -> impl Iterator<Item = &ShownAction> {
        self.goals.iter().flat_map(|goal| &goal.actions)
    }

    /// What tells its actions from those of another version.
    pub fn marks(&self) -> Vec<Mark<'_>> {
        self.actions().filter_map(ShownAction::mark).collect()
    }
}

impl ShownAction {
    fn mark(&self) -> Option<Mark<'_>> {
        let (provider, occasion) = (self.provider.as_deref(), self.occasion.as_deref());
        Some(Mark {
            number: self.number,
            content: (self.text.as_ref()?, provider, self.due_on, occasion),
        })
    }
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
    number: i16,
    text: SealedText,
    provider: Option<String>,
    due_on: NaiveDate,
    occasion: Option<String>,
    state: String,
    closed_on: Option<NaiveDate>,
    why: Option<SealedText>,
}

/// The versions of the plans of a file, the latest first.
pub async fn all(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<Vec<Plan>, AppError> {
    let rows = sqlx::query!(
        r#"select p.id, p.episode_id as "episode: EpisodeId", p.seq, p.state, p.version, p.author as "author: UserId",
                  p.drawn_up_at, p.submitted_at, p.answered_at, p.review_due_at,
                  p.draft_enc as "draft: SealedText", p.answer_enc as "answer: SealedText",
                  coalesce(n.name_ar, '') as "author_ar!", coalesce(n.name_la, '') as "author_la!",
                  coalesce(m.name_ar, '') as "answered_ar!", coalesce(m.name_la, '') as "answered_la!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'domain', g.domain, 'text', g.text_enc, 'actions',
                       (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'number', a.number, 'text', a.text_enc,
                            'provider', a.provider, 'due_on', a.due_on, 'occasion', a.occasion, 'state', a.state,
                            'closed_on', a.closed_on, 'why', a.why_enc) order by a.number), '[]')
                        from app.plan_action a where a.goal_id = g.id)) order by g.nth), '[]')
                   from app.plan_goal g where g.plan_id = p.id) as "goals!: Json<Vec<GoalRow>>",
                  (select app.key_of('case', $1)) as "key: WrappedKey"
           from app.care_plan p
           left join lateral app.name_of(p.author) n on true
           left join lateral app.name_of(p.answered_by) m on true
           where p.case_id = $1 and p.territory_id = $2 order by p.drawn_up_at desc, p.seq desc limit 30"#,
        head.id.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let holder = Holder::case(head.id);
    rows.into_iter()
        .map(|r| {
            let key = r.key.as_ref();
            let mut goals = Vec::new();
            for goal in r.goals.0 {
                let mut actions = Vec::new();
                for a in goal.actions {
                    let text = tx.open(holder, key, (Field::ACTION_TEXT, a.id), Some(&a.text));
                    let text = text.and_then(Reading::into_text);
                    actions.push(ShownAction {
                        text: text.and_then(|text| serde_json::from_str(&text).ok()),
                        why: tx.open(holder, key, (Field::ACTION_REASON, a.id), a.why.as_ref()),
                        id: RowId(a.id),
                        number: a.number,
                        provider: a.provider,
                        due_on: a.due_on,
                        occasion: a.occasion,
                        state: a.state,
                        closed_on: a.closed_on,
                    });
                }
                goals.push(ShownGoal {
                    text: tx.open(holder, key, (Field::GOAL_TEXT, goal.id), Some(&goal.text)),
                    domain: goal.domain,
                    actions,
                });
            }
            Ok(Plan {
                draft: tx.open(holder, key, (Field::PLAN_DRAFT, r.id), r.draft.as_ref()),
                answer: tx.open(holder, key, (Field::PLAN_ANSWER, r.id), r.answer.as_ref()),
                id: RowId(r.id),
                episode: r.episode,
                seq: r.seq,
                state: PlanState::from_code(&r.state)
                    .ok_or_else(|| AppError::internal("unknown plan state"))?,
                version: r.version,
                author: r.author,
                author_ar: r.author_ar,
                author_la: r.author_la,
                drawn_up_at: r.drawn_up_at,
                submitted_at: r.submitted_at,
                answered_at: r.answered_at,
                answered_ar: r.answered_ar,
                answered_la: r.answered_la,
                review_due_at: r.review_due_at,
                goals,
            })
        })
        .collect()
}

/// Writes down that the plan of the file was read.
pub async fn opened(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<(), AppError> {
    let event = Event::on("care_plan.opened", "case", head.id.0).in_territory(actor.territory());
    audit::record(tx, event).await
}

fn event(action: &'static str, actor: &Actor, head: &Head, plan: RowId) -> Event {
    Event::on(action, "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "plan": plan }))
}

/// Writes a draft: a new version, or over what the form was shown with.
pub async fn save(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    (id, version): (RowId, i32),
    draft: &str,
) -> Result<(), AppError> {
    let text = tx
        .seal(Holder::case(head.id), Field::PLAN_DRAFT, id.0, Some(draft))
        .await?;
    let done = sqlx::query!(
        "insert into app.care_plan as p (id, case_id, territory_id, episode_id, seq, state, draft_enc, author, drawn_up_at)
         select $1::uuid, $2::uuid, $3::smallint, $4::uuid, coalesce(max(x.seq), 0) + 1, 'draft', $5::bytea, $6::uuid, $7::timestamptz
         from app.care_plan x where x.episode_id = $4 and x.territory_id = $3
         on conflict (id) do update set draft_enc = excluded.draft_enc, version = p.version + 1
             where p.state = 'draft' and p.version = $8 and p.case_id = $2 and p.territory_id = $3",
        id.0,
        head.id.0,
        actor.territory().0,
        head.episode.0,
        text as Option<SealedText>,
        actor.user.0,
        now,
        version
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "care_plan_one_at_work") || violates(&error, "care_plan_seq") {
            AppError::Conflict(Msg::new("care-plan-other-draft"))
        } else {
            error.into()
        }
    })?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    audit::record(tx, event("care_plan.saved", actor, head, id)).await
}

/// Submits a draft that was just saved: its rows, and who is to answer until when. `known` are the numbers of the
/// version in force.
pub async fn submit(
    tx: &mut Tx,
    (actor, ui): (&Actor, &Ui),
    now: DateTime<Utc>,
    head: &Head,
    id: RowId,
    (goals, known): (&[Goal], &[i16]),
) -> Result<(), AppError> {
    let last = sqlx::query_scalar!(
        r#"select coalesce(max(a.number), 0::smallint) as "last!" from app.plan_action a join app.care_plan p on p.id = a.plan_id
           where p.episode_id = $1 and p.territory_id = $2"#,
        head.episode.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    for ((nth, goal), numbers) in (1..).zip(goals).zip(number(goals, known, last)) {
        write_goal(tx, actor, now, head, id, (nth, goal, &numbers)).await?;
    }
    let due = now + ui.catalogue().term("plan_answer").unwrap_or_default();
    sqlx::query!(
        "update app.care_plan set state = 'submitted', draft_enc = null, submitted_at = $3, answer_due_at = $4,
                version = version + 1 where id = $1 and territory_id = $2",
        id.0,
        actor.territory().0,
        now,
        due
    )
    .execute(&mut **tx)
    .await?;
    audit::record(tx, event("care_plan.submitted", actor, head, id)).await
}

async fn write_goal(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    plan: RowId,
    (nth, goal, numbers): (i16, &Goal, &[i16]),
) -> Result<(), AppError> {
    let (id, holder) = (RowId::new(now).0, Holder::case(head.id));
    let text = tx
        .seal(holder, Field::GOAL_TEXT, id, Some(&goal.text))
        .await?;
    sqlx::query!(
        "insert into app.plan_goal (id, plan_id, case_id, territory_id, nth, domain, text_enc)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        plan.0,
        head.id.0,
        actor.territory().0,
        nth,
        goal.domain,
        text as Option<SealedText>
    )
    .execute(&mut **tx)
    .await?;
    for (action, number) in goal.actions.iter().zip(numbers) {
        let row = RowId::new(now).0;
        let text = serde_json::to_string(&action.text).map_err(AppError::internal)?;
        let text = tx
            .seal(holder, Field::ACTION_TEXT, row, Some(&text))
            .await?;
        sqlx::query!(
            "insert into app.plan_action (id, goal_id, plan_id, case_id, territory_id, number, text_enc, provider, due_on, occasion)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            row,
            id,
            plan.0,
            head.id.0,
            actor.territory().0,
            number,
            text as Option<SealedText>,
            action.provider,
            action.due_on,
            action.occasion
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Approves a submitted version, in place of the one in force; or returns it. Of two who answer at once, the second
/// is told.
pub async fn answer(
    tx: &mut Tx,
    (actor, ui): (&Actor, &Ui),
    now: DateTime<Utc>,
    head: &Head,
    plan: &Plan,
    (is_approved, comments): (bool, Option<&str>),
) -> Result<(), AppError> {
    let comments = tx
        .seal(
            Holder::case(head.id),
            Field::PLAN_ANSWER,
            plan.id.0,
            comments,
        )
        .await?;
    if is_approved {
        sqlx::query!(
            "update app.care_plan set state = 'superseded', version = version + 1
             where episode_id = $1 and territory_id = $2 and state = 'approved'",
            head.episode.0,
            actor.territory().0
        )
        .execute(&mut **tx)
        .await?;
    }
    let review = now + ui.catalogue().term("plan_review").unwrap_or_default();
    let answered = sqlx::query!(
        "update app.care_plan set state = $4, answered_by = $5, answered_at = $6, answer_enc = $7, review_due_at = $8,
                version = version + 1
         where id = $1 and territory_id = $2 and version = $3 and state = 'submitted'",
        plan.id.0,
        actor.territory().0,
        plan.version,
        if is_approved { "approved" } else { "returned" },
        actor.user.0,
        now,
        comments as Option<SealedText>,
        is_approved.then_some(review)
    )
    .execute(&mut **tx)
    .await?;
    if answered.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("care-plan-answered")));
    }
    let action = if is_approved {
        "care_plan.approved"
    } else {
        "care_plan.returned"
    };
    audit::record(tx, event(action, actor, head, plan.id)).await
}

/// Says that an action is done or dropped; `false`: it was already.
pub async fn close_action(
    tx: &mut Tx,
    actor: &Actor,
    head: &Head,
    id: RowId,
    (state, on, why): (&str, NaiveDate, Option<&str>),
) -> Result<bool, AppError> {
    let why = tx
        .seal(Holder::case(head.id), Field::ACTION_REASON, id.0, why)
        .await?;
    let done = sqlx::query!(
        "update app.plan_action set state = $4, closed_on = $5, closed_by = $6, why_enc = $7
         where id = $1 and case_id = $2 and territory_id = $3 and state = 'open'",
        id.0,
        head.id.0,
        actor.territory().0,
        state,
        on,
        actor.user.0,
        why as Option<SealedText>
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("care_plan.action_closed", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "action": id, "state": state }));
    audit::record(tx, event).await?;
    Ok(done.rows_affected() > 0)
}
