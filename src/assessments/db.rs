//! Questions about assessments. The scope stands in each.

use super::form::Answers;
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::{self, Head},
    conflicts::Author,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{EpisodeId, RowId, UserId},
    risk::{Facts, Level, Reason, Score, weigh},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
    web::Ui,
};
use chrono::{DateTime, Months, Utc};
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

/// Another level than the computed one.
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
                  coalesce(a.completed_by, a.begun_by) as "by!: UserId",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'domain', s.domain, 'score', s.score, 'note', s.note_enc)
                                             order by d.sort), '[]')
                   from app.assessment_score s join ref.assessment_domain d on d.code = s.domain
                   where s.assessment_id = a.id) as "scores!: Json<Vec<ScoreRow>>",
                  array(select x.need from app.assessment_need x where x.assessment_id = a.id order by 1) as "needs!",
                  array(select x.indicator from app.assessment_indicator x where x.assessment_id = a.id order by 1) as "signs!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'from', r.from_risk, 'to', r.to_risk, 'why', r.why_enc, 'at', r.at)
                                             order by r.at), '[]')
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

/// What the contacts of the file tell of its risk: those since the last assessment, and ninety days at least.
async fn facts(tx: &mut Tx, actor: &Actor, ui: &Ui, head: &Head) -> Result<Facts, AppError> {
    let seen = sqlx::query!(
        r#"with since as (
               select least(now() - interval '90 days', coalesce(
                   (select max(a.completed_at) from app.assessment a where a.episode_id = $3),
                   (select e.opened_at - interval '30 days' from app.case_episode e where e.id = $3))) as day
           ), seen as (
               select s.id as child, k.id as contact, k.observed_at
               from app.contact_outcome o
               join app.contact_child s on s.id = o.contact_child_id
               join app.contact k on k.id = s.contact_id
               where o.case_id = $1 and o.territory_id = $2 and k.observed_at >= (select day from since))
           select array(select distinct f.flag from seen join app.contact_child_flag f on f.contact_child_id = seen.child order by 1) as "flags!",
                  exists (select from seen join app.contact_adult a on a.contact_id = seen.contact
                          where a.relation_claimed = 'unrelated') as "unrelated!",
                  (select count(*) from seen where observed_at >= now() - interval '90 days') as "contacts!""#,
        head.id.0,
        actor.territory().0,
        head.episode.0
    )
    .fetch_one(&mut **tx)
    .await?;
    // as young as the child may be
    let year_ago = ui.today().checked_sub_months(Months::new(12));
    let infant = head.birth.as_ref().zip(year_ago);
    Ok(Facts {
        flags: seen.flags,
        infant: infant.map(|(birth, day)| birth.latest > day),
        unrelated_adult: seen.unrelated,
        contacts: u32::try_from(seen.contacts).unwrap_or(u32::MAX),
        ..Facts::default()
    })
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

/// Completes a draft that was just saved: its rows, the risk of the episode, and what is due next.
pub async fn complete(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    head: &Head,
    id: RowId,
    answers: Answers,
) -> Result<Result<Level, Msg>, AppError> {
    let mut facts = facts(tx, actor, ui, head).await?;
    facts.scores = answers.scores.iter().map(|(s, _)| s.clone()).collect();
    facts.signs.clone_from(&answers.signs);
    let (computed, reasons) = weigh(&facts);
    if answers
        .raised
        .as_ref()
        .is_some_and(|(level, _)| *level <= computed)
    {
        return Ok(Err(Msg::new("assessment-raise-higher")));
    }
    let holder = Holder::case(head.id);
    for (scored, note) in &answers.scores {
        let row = RowId::new(now).0;
        let note = tx
            .seal(holder, Field::SCORE_NOTE, row, note.as_deref())
            .await?;
        sqlx::query!(
            "insert into app.assessment_score (id, assessment_id, case_id, territory_id, domain, score, note_enc)
             values ($1, $2, $3, $4, $5, $6, $7)",
            row,
            id.0,
            head.id.0,
            actor.territory().0,
            scored.domain,
            i16::from(scored.score.get()),
            note as Option<SealedText>
        )
        .execute(&mut **tx)
        .await?;
    }
    sqlx::query!(
        "with needs as (
             insert into app.assessment_need (assessment_id, case_id, territory_id, need)
             select $1, $2, $3, code from unnest($4::text[]) as code)
         insert into app.assessment_indicator (assessment_id, case_id, territory_id, indicator)
         select $1, $2, $3, code from unnest($5::text[]) as code",
        id.0,
        head.id.0,
        actor.territory().0,
        &answers.needs,
        &answers.signs
    )
    .execute(&mut **tx)
    .await?;
    let summary = tx
        .seal(
            holder,
            Field::ASSESSMENT_SUMMARY,
            id.0,
            answers.summary.as_deref(),
        )
        .await?;
    let due = now + ui.catalogue().term("reassess").unwrap_or_default();
    sqlx::query!(
        "update app.assessment set state = 'completed', draft_enc = null, summary_enc = $3, computed = $4, reasons = $5,
                completed_by = $6, completed_at = $7, review_due_at = $8, version = version + 1
         where id = $1 and territory_id = $2",
        id.0,
        actor.territory().0,
        summary as Option<SealedText>,
        computed.code(),
        serde_json::to_value(&reasons).map_err(AppError::internal)?,
        actor.user.0,
        now,
        due
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("assessment.completed", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "assessment": id, "computed": computed.code(), "reasons": reasons }));
    audit::record(tx, event).await?;
    let mut level = computed;
    if let Some((raised, why)) = &answers.raised {
        level = *raised;
        change(tx, actor, now, head, id, (computed.code(), *raised, why)).await?;
    }
    cases::owe_anew(tx, actor, ui, now, head, level.code()).await?;
    Ok(Ok(level))
}

/// Writes that the risk is another than it was, and why.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    assessment: RowId,
    (from, to, why): (&str, Level, &str),
) -> Result<(), AppError> {
    let id = RowId::new(now).0;
    let why = tx
        .seal(Holder::case(head.id), Field::RISK_REASON, id, Some(why))
        .await?;
    sqlx::query!(
        "insert into app.risk_change (id, assessment_id, case_id, territory_id, from_risk, to_risk, why_enc, by_user, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        assessment.0,
        head.id.0,
        actor.territory().0,
        from,
        to.code(),
        why as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("case.risk_changed", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "from": from, "to": to.code() }));
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
