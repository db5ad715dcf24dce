//! Questions about assessments. The scope stands in each.

use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Head,
    conflicts::Author,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{EpisodeId, RowId, UserId},
    risk::{Reason, Score},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// An assessment of a file.
#[derive(Debug)]
pub struct Assessment {
    /// Which.
    pub id: RowId,
    /// Of which episode.
    pub episode: EpisodeId,
    /// Its number in the file.
    pub seq: i16,
    /// Its version, while it is a draft.
    pub version: i32,
    /// What a draft holds.
    pub draft: Option<Reading>,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// The level that the rules came to; `None`: a draft.
    pub computed: Option<String>,
    /// The facts they came from.
    pub reasons: Vec<Reason>,
    /// A lower level than the file has, while a supervisor has not answered.
    pub asks: Option<String>,
    /// The social inquiry in short.
    pub summary: Option<Reading>,
    /// When it was completed.
    pub completed_at: Option<DateTime<Utc>>,
    /// When the next one is due.
    pub review_due_at: Option<DateTime<Utc>>,
    /// Who completed it, or began the draft.
    pub by: UserId,
    /// In Arabic.
    pub name_ar: String,
    /// In Latin letters.
    pub name_la: String,
    /// The domains, in the order of the list.
    pub scores: Vec<Found>,
    /// Codes of `ref.need`.
    pub needs: Vec<String>,
    /// Codes of `ref.exploitation_indicator`.
    pub signs: Vec<String>,
    /// What was changed of its risk, first to last.
    pub changes: Vec<Change>,
}

/// What was found in a domain.
#[derive(Debug)]
pub struct Found {
    /// Code of `ref.assessment_domain`.
    pub domain: String,
    /// From 1 to 4.
    pub score: Score,
    /// In the worker's words.
    pub note: Option<Reading>,
}

/// Another level than the computed one, or the answer to one that came out lower.
#[derive(Debug)]
pub struct Change {
    /// From which level.
    pub from: String,
    /// To which.
    pub to: String,
    /// Why.
    pub why: Option<Reading>,
    /// When.
    pub at: DateTime<Utc>,
}

#[derive(Debug, Deserialize)]
struct ScoreRow {
    id: Uuid,
    domain: String,
    score: Score,
    note: Option<SealedText>,
}

#[derive(Debug, Deserialize)]
struct ChangeRow {
    id: Uuid,
    from: String,
    to: String,
    why: Option<SealedText>,
    at: DateTime<Utc>,
}

/// The assessments of a file, the latest first.
pub async fn all(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<Vec<Assessment>, AppError> {
    let rows = sqlx::query!(
        r#"select a.id, a.episode_id as "episode: EpisodeId", a.seq, a.version, a.computed, a.begun_at, a.completed_at, a.review_due_at,
                  a.draft_enc as "draft: SealedText", a.summary_enc as "summary: SealedText",
                  coalesce(a.reasons, '[]') as "reasons!: Json<Vec<Reason>>",
                  case when not exists (select from app.risk_change r where r.assessment_id = a.id and r.answers) then a.asks end as asks,
                  coalesce(a.completed_by, a.begun_by) as "by!: UserId",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'domain', s.domain, 'score', s.score, 'note', s.note_enc)
                                             order by d.sort), '[]')
                   from app.assessment_score s join ref.assessment_domain d on d.code = s.domain
                   where s.assessment_id = a.id) as "scores!: Json<Vec<ScoreRow>>",
                  array(select x.need from app.assessment_need x where x.assessment_id = a.id order by 1) as "needs!",
                  array(select x.indicator from app.assessment_indicator x where x.assessment_id = a.id order by 1) as "signs!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'from', r.from_risk, 'to', r.to_risk, 'why', r.why_enc, 'at', r.at)
                                             order by r.at, r.id), '[]')
                   from app.risk_change r where r.assessment_id = a.id) as "changes!: Json<Vec<ChangeRow>>",
                  (select app.key_of('case', $1)) as "key: WrappedKey"
           from app.assessment a
           left join lateral app.name_of(coalesce(a.completed_by, a.begun_by)) n on true
           where a.case_id = $1 and a.territory_id = $2 order by a.seq desc limit 30"#,
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
            Assessment {
                draft: tx.open(
                    holder,
                    key,
                    (Field::ASSESSMENT_DRAFT, r.id),
                    r.draft.as_ref(),
                ),
                summary: tx.open(
                    holder,
                    key,
                    (Field::ASSESSMENT_SUMMARY, r.id),
                    r.summary.as_ref(),
                ),
                scores: r
                    .scores
                    .0
                    .into_iter()
                    .map(|s| Found {
                        note: tx.open(holder, key, (Field::SCORE_NOTE, s.id), s.note.as_ref()),
                        domain: s.domain,
                        score: s.score,
                    })
                    .collect(),
                changes: r
                    .changes
                    .0
                    .into_iter()
                    .map(|c| Change {
                        why: tx.open(holder, key, (Field::RISK_REASON, c.id), c.why.as_ref()),
                        from: c.from,
                        to: c.to,
                        at: c.at,
                    })
                    .collect(),
                id: RowId(r.id),
                episode: r.episode,
                seq: r.seq,
                version: r.version,
                begun_at: r.begun_at,
                computed: r.computed,
                reasons: r.reasons.0,
                asks: r.asks,
                completed_at: r.completed_at,
                review_due_at: r.review_due_at,
                by: r.by,
                name_ar: r.name_ar,
                name_la: r.name_la,
                needs: r.needs,
                signs: r.signs,
            }
        })
        .collect())
}

/// Writes down that the assessments of the file were read.
pub async fn opened(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<(), AppError> {
    let event = Event::on("assessments.opened", "case", head.id.0).in_territory(actor.territory());
    audit::record(tx, event).await
}

/// Writes a draft: new, or over the version that the form was shown with.
pub async fn save(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    (id, version): (RowId, i32),
    draft: &str,
) -> Result<(), AppError> {
    let text = tx
        .seal(
            Holder::case(head.id),
            Field::ASSESSMENT_DRAFT,
            id.0,
            Some(draft),
        )
        .await?;
    let done = sqlx::query!(
        "insert into app.assessment as a (id, case_id, territory_id, episode_id, seq, state, draft_enc, begun_by, begun_at)
         select $1::uuid, $2::uuid, $3::smallint, $4::uuid, coalesce(max(x.seq), 0) + 1, 'draft', $5::bytea, $6::uuid, $7::timestamptz
         from app.assessment x where x.case_id = $2
         on conflict (id) do update set draft_enc = excluded.draft_enc, version = a.version + 1
             where a.state = 'draft' and a.version = $8 and a.case_id = $2 and a.territory_id = $3",
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
        if violates(&error, "assessment_one_draft") || violates(&error, "assessment_seq") {
            AppError::Conflict(Msg::new("assessment-other-draft"))
        } else {
            error.into()
        }
    })?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    let event = Event::on("assessment.saved", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "assessment": id }));
    audit::record(tx, event).await
}

/// Who wrote it last.
pub async fn author(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Author, AppError> {
    Ok(sqlx::query_as!(
        Author,
        r#"select coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  coalesce(a.changed_at, a.completed_at, a.begun_at) as at
           from app.assessment a
           left join lateral app.name_of(coalesce(a.changed_by, a.completed_by, a.begun_by)) n on true
           where a.id = $1 and a.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}
