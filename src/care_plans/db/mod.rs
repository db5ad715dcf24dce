//! Questions about plans. The scope stands in each.

mod reviews;
mod write;

pub use reviews::{NewReview, ShownReview, review};
pub use write::{answer, close_action, save, submit};

use super::domain::{ActionText, Mark, PlanState};
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Head,
    db::Tx,
    error::AppError,
    ids::{EpisodeId, RowId, UserId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};
use reviews::ReviewRow;
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
    /// When it was looked at and stayed as it is, the latest first.
    pub reviews: Vec<ShownReview>,
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

impl GoalRow {
    fn open(self, tx: &mut Tx, holder: Holder, key: Option<&WrappedKey>) -> ShownGoal {
        let actions = self.actions.into_iter();
        ShownGoal {
            text: tx.open(holder, key, (Field::GOAL_TEXT, self.id), Some(&self.text)),
            domain: self.domain,
            actions: actions.map(|one| one.open(tx, holder, key)).collect(),
        }
    }
}

impl ActionRow {
    fn open(self, tx: &mut Tx, holder: Holder, key: Option<&WrappedKey>) -> ShownAction {
        let text = tx.open(holder, key, (Field::ACTION_TEXT, self.id), Some(&self.text));
        let text = text.and_then(Reading::into_text);
        let why = (Field::ACTION_REASON, self.id);
        ShownAction {
            text: text.and_then(|text| serde_json::from_str(&text).ok()),
            why: tx.open(holder, key, why, self.why.as_ref()),
            id: RowId(self.id),
            number: self.number,
            provider: self.provider,
            due_on: self.due_on,
            occasion: self.occasion,
            state: self.state,
            closed_on: self.closed_on,
        }
    }
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
                  (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'view', r.view_enc, 'why_not', r.why_not, 'note', r.note_enc,
                       'at', r.reviewed_at, 'name_ar', coalesce(w.name_ar, ''), 'name_la', coalesce(w.name_la, ''))
                       order by r.reviewed_at desc), '[]')
                   from app.plan_review r left join lateral app.name_of(r.reviewed_by) w on true
                   where r.plan_id = p.id) as "reviews!: Json<Vec<ReviewRow>>",
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
            let goals = r.goals.0.into_iter();
            let reviews = r.reviews.0.into_iter();
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
                goals: goals.map(|goal| goal.open(tx, holder, key)).collect(),
                reviews: reviews.map(|one| one.open(tx, holder, key)).collect(),
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
