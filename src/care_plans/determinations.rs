//! Questions about best-interests determinations. The scope stands in each.

use super::domain::Weighed;
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Head,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{EpisodeId, RowId, UserId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};

/// A determination.
#[derive(Debug)]
pub struct Determination {
    /// Which.
    pub id: RowId,
    /// Of which episode.
    pub episode: EpisodeId,
    /// Code of `ref.bid_occasion`.
    pub occasion: String,
    /// `submitted`, `approved`, `returned`.
    pub state: String,
    /// For the optimistic lock.
    pub version: i32,
    /// The day of the meeting.
    pub met_on: NaiveDate,
    /// Its words; `None`: they do not open.
    pub words: Option<Weighed>,
    /// Who wrote it.
    pub author: UserId,
    /// In Arabic.
    pub author_ar: String,
    /// In Latin letters.
    pub author_la: String,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// What the supervisor said.
    pub answer: Option<Reading>,
}

impl Determination {
    /// Key of the words of its state.
    pub fn state_key(&self) -> &'static str {
        match self.state.as_str() {
            "approved" => "care-plan-state-approved",
            "returned" => "care-plan-state-returned",
            _ => "care-plan-state-submitted",
        }
    }
}

/// The determinations of a file, the latest first.
pub async fn all(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<Vec<Determination>, AppError> {
    let rows = sqlx::query!(
        r#"select b.id, b.episode_id as "episode: EpisodeId", b.occasion, b.state, b.version, b.met_on,
                  b.author as "author: UserId", b.submitted_at, b.answered_at,
                  b.content_enc as "content: SealedText", b.answer_enc as "answer: SealedText",
                  coalesce(n.name_ar, '') as "author_ar!", coalesce(n.name_la, '') as "author_la!",
                  (select app.key_of('case', $1)) as "key: WrappedKey"
           from app.best_interests b left join lateral app.name_of(b.author) n on true
           where b.case_id = $1 and b.territory_id = $2 order by b.submitted_at desc limit 30"#,
        head.id.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let holder = Holder::case(head.id);
    Ok(rows
        .into_iter()
        .map(|r| {
            let key = r.key.as_ref();
            let words = tx.open(holder, key, (Field::DETERMINATION, r.id), Some(&r.content));
            let words = words.and_then(Reading::into_text);
            Determination {
                words: words.and_then(|text| serde_json::from_str(&text).ok()),
                answer: tx.open(
                    holder,
                    key,
                    (Field::DETERMINATION_ANSWER, r.id),
                    r.answer.as_ref(),
                ),
                id: RowId(r.id),
                episode: r.episode,
                occasion: r.occasion,
                state: r.state,
                version: r.version,
                met_on: r.met_on,
                author: r.author,
                author_ar: r.author_ar,
                author_la: r.author_la,
                submitted_at: r.submitted_at,
                answered_at: r.answered_at,
            }
        })
        .collect())
}

fn event(action: &'static str, actor: &Actor, head: &Head, id: RowId) -> Event {
    Event::on(action, "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "determination": id }))
}

/// Writes down that one was read.
pub async fn opened(tx: &mut Tx, actor: &Actor, head: &Head, id: RowId) -> Result<(), AppError> {
    audit::record(tx, event("determination.opened", actor, head, id)).await
}

/// Submits one; the same form again writes nothing. With other answers it is told: what was submitted is answered,
/// and not written over.
pub async fn submit(
    tx: &mut Tx,
    (actor, ui): (&Actor, &Ui),
    now: DateTime<Utc>,
    head: &Head,
    id: RowId,
    (occasion, met_on, weighed): (&str, NaiveDate, &Weighed),
) -> Result<(), AppError> {
    let text = serde_json::to_string(weighed).map_err(AppError::internal)?;
    let text = tx
        .seal(
            Holder::case(head.id),
            Field::DETERMINATION,
            id.0,
            Some(&text),
        )
        .await?;
    let done = sqlx::query!(
        "insert into app.best_interests (id, case_id, territory_id, episode_id, occasion, state, met_on, content_enc, author,
                                         submitted_at, answer_due_at)
         values ($1, $2, $3, $4, $5, 'submitted', $6, $7, $8, $9, $10) on conflict (id) do nothing",
        id.0,
        head.id.0,
        actor.territory().0,
        head.episode.0,
        occasion,
        met_on,
        text as Option<SealedText>,
        actor.user.0,
        now,
        now + ui.catalogue().term("plan_answer").unwrap_or_default()
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        let is_same = |one: &Determination| {
            let content = (one.occasion.as_str(), one.met_on, one.words.as_ref());
            (one.id, one.author) == (id, actor.user) && content == (occasion, met_on, Some(weighed))
        };
        let known = all(tx, actor, head).await?;
        if known.iter().any(is_same) {
            return Ok(());
        }
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    audit::record(tx, event("determination.submitted", actor, head, id)).await
}

/// Approves or returns one. Of two who answer at once, the second is told.
pub async fn answer(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    one: &Determination,
    (is_approved, comments): (bool, Option<&str>),
) -> Result<(), AppError> {
    let comments = tx
        .seal(
            Holder::case(head.id),
            Field::DETERMINATION_ANSWER,
            one.id.0,
            comments,
        )
        .await?;
    let answered = sqlx::query!(
        "update app.best_interests set state = $4, answered_by = $5, answered_at = $6, answer_enc = $7, version = version + 1
         where id = $1 and territory_id = $2 and version = $3 and state = 'submitted'",
        one.id.0,
        actor.territory().0,
        one.version,
        if is_approved { "approved" } else { "returned" },
        actor.user.0,
        now,
        comments as Option<SealedText>
    )
    .execute(&mut **tx)
    .await?;
    if answered.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("care-plan-answered")));
    }
    let action = if is_approved {
        "determination.approved"
    } else {
        "determination.returned"
    };
    audit::record(tx, event(action, actor, head, one.id)).await
}
