//! Questions about the opening of a city: its steps, what was said of them, and what can prove one.

use crate::{
    authz::TerritoryId,
    db::Tx,
    error::AppError,
    ids::RowId,
    plan::{machine::StepState, words::written},
    reference::Label,
};
use chrono::NaiveDate;

/// A step of the opening of a city, and the last word about it.
#[derive(Debug)]
pub(super) struct Step {
    pub code: String,
    /// Before the city becomes active.
    pub required: bool,
    /// The letters that belong to it: whom they go to, or what they are for.
    pub party: Option<String>,
    pub purpose: Option<String>,
    /// How many of those there are.
    pub letters: i64,
    /// The last word.
    pub last: Option<RowId>,
    pub state: StepState,
    pub on_day: Option<NaiveDate>,
    pub letter: Option<RowId>,
    pub letter_ref: Option<String>,
    pub letter_on: Option<NaiveDate>,
    pub is_struck: bool,
    pub decision: Option<String>,
    pub decision_number: Option<String>,
    pub decision_on: Option<NaiveDate>,
    pub meeting_on: Option<NaiveDate>,
    pub note: Option<String>,
    pub by_role: Option<String>,
    pub by_territory: Option<TerritoryId>,
}

/// Every step, in order.
pub(super) async fn steps(tx: &mut Tx, slug: &str) -> Result<Vec<Step>, AppError> {
    Ok(sqlx::query_as!(
        Step,
        r#"select k.code as "code!", k.required as "required!", k.party, k.purpose,
                  (select count(*) from plan.correspondence l join plan.correspondence_city x on x.letter = l.id
                   where x.city = $1 and l.struck_at is null and (l.to_party = k.party or l.purpose = k.purpose)) as "letters!",
                  a.id as "last?: RowId", coalesce(a.state, 'open') as "state!: StepState", a.on_day as "on_day?",
                  a.letter as "letter?: RowId", l.reference as "letter_ref?", l.sent_on as "letter_on?",
                  l.struck_at is not null as "is_struck!", a.decision as "decision?", d.number as "decision_number?",
                  d.decided_on as "decision_on?", coalesce(m.held_on, h.held_on) as meeting_on, a.note as "note?",
                  a.by_role as "by_role?", a.by_territory as "by_territory?: TerritoryId"
           from ref.activation_step k
           left join plan.activation_now a on a.step = k.code and a.city = $1
           left join plan.correspondence l on l.id = a.letter
           left join plan.decision d on d.code = a.decision
           left join plan.meeting m on m.code = a.meeting
           left join plan.held_meetings($1) h on h.id = a.team_meeting
           where k.valid_to is null or k.valid_to > current_date or a.id is not null
           order by k.sort"#,
        slug
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A word about a step that was said before.
#[derive(Debug)]
pub(super) struct Word {
    pub state: StepState,
    pub on_day: NaiveDate,
    pub note: Option<String>,
    pub by_role: String,
    pub by_territory: Option<TerritoryId>,
}

/// What was said of a step, the newest first.
pub(super) async fn words(tx: &mut Tx, slug: &str, step: &str) -> Result<Vec<Word>, AppError> {
    Ok(sqlx::query_as!(
        Word,
        r#"select a.state as "state!: StepState", a.on_day as "on_day!", a.note, a.by_role as "by_role!",
                  a.by_territory as "by_territory: TerritoryId"
           from plan.activation_step a where a.city = $1 and a.step = $2 order by a.seq desc limit 20"#,
        slug,
        step
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A decision that names a city.
#[derive(Debug)]
pub(super) struct Decided {
    pub code: String,
    pub number: Option<String>,
    pub day: NaiveDate,
    pub text: Label,
}

/// Those of a city that still stand, the newest first.
pub(super) async fn decisions(tx: &mut Tx, slug: &str) -> Result<Vec<Decided>, AppError> {
    let rows = sqlx::query!(
        r#"select d.code, d.number, d.decided_on, d.ar, d.fr, d.en
           from plan.decision d join plan.decision_city x on x.decision = d.code
           where x.city = $1 and not exists (select from plan.decision n where n.replaces = d.code)
           order by d.decided_on desc, d.code limit 50"#,
        slug
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Decided {
            code: r.code,
            number: r.number,
            day: r.decided_on,
            text: written(r.ar, r.fr, r.en),
        })
        .collect())
}

/// Something that can prove a step: a letter, a decision, a meeting.
#[derive(Debug)]
pub(super) struct Proof {
    /// `letter`, `decision`, `meeting`, `team`.
    pub kind: String,
    pub id: String,
    pub day: NaiveDate,
    pub number: Option<String>,
    /// Purpose of a letter, kind of a meeting.
    pub code: Option<String>,
}

/// Everything of a city, the newest first.
pub(super) async fn proofs(tx: &mut Tx, slug: &str) -> Result<Vec<Proof>, AppError> {
    Ok(sqlx::query_as!(
        Proof,
        r#"select 'letter' as "kind!", l.id::text as "id!", l.sent_on as "day!", l.reference as "number?", l.purpose as "code?"
           from plan.correspondence l join plan.correspondence_city x on x.letter = l.id
           where x.city = $1 and l.struck_at is null
           union all
           select 'decision', d.code, d.decided_on, d.number, null
           from plan.decision d join plan.decision_city x on x.decision = d.code where x.city = $1
           union all
           select 'meeting', m.code, m.held_on, null, m.kind
           from plan.meeting m join plan.meeting_city x on x.meeting = m.code where x.city = $1
           union all
           select 'team', h.id::text, h.held_on, null, h.kind from plan.held_meetings($1) h
           order by 3 desc, 2 limit 200"#,
        slug
    )
    .fetch_all(&mut **tx)
    .await?)
}
