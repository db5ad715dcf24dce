//! An assessment is completed: its rows, and what follows for the risk of the file.

use super::form::Answers;
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::{self, Head},
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::RowId,
    risk::{Facts, Level, weigh},
    vault::{Field, Holder, SealedText},
    web::Ui,
};
use chrono::{DateTime, Months, Utc};

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
    Ok(Facts {
        flags: seen.flags,
        infant: infant(ui, head),
        unrelated_adult: seen.unrelated,
        contacts: u32::try_from(seen.contacts).unwrap_or(u32::MAX),
        ..Facts::default()
    })
}

/// Whether the child is under one year, as young as it may be; `None`: no age is known.
pub fn infant(ui: &Ui, head: &Head) -> Option<bool> {
    let year_ago = ui.today().checked_sub_months(Months::new(12));
    let birth = head.birth.as_ref().zip(year_ago);
    birth.map(|(birth, day)| birth.latest > day)
}

/// Completes a draft that was just saved: its rows, the risk of the episode, and what is due next. A risk that comes
/// out lower than the file has it is asked of a supervisor, and until the answer the file keeps its own.
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
    let raised = answers.raised.as_ref();
    if raised.is_some_and(|(level, _)| *level <= computed) {
        return Ok(Err(Msg::new("assessment-raise-higher")));
    }
    let found = raised.map_or(computed, |(level, _)| *level);
    let present = Level::from_code(&head.risk);
    let asks = Some(found).filter(|found| Some(*found) < present);
    write_found(tx, actor, now, head, id, &answers).await?;
    let summary = tx
        .seal(
            Holder::case(head.id),
            Field::ASSESSMENT_SUMMARY,
            id.0,
            answers.summary.as_deref(),
        )
        .await?;
    let due = now + ui.catalogue().term("reassess").unwrap_or_default();
    sqlx::query!(
        "update app.assessment set state = 'completed', draft_enc = null, summary_enc = $3, computed = $4, reasons = $5,
                completed_by = $6, completed_at = $7, review_due_at = $8, asks = $9, version = version + 1
         where id = $1 and territory_id = $2",
        id.0,
        actor.territory().0,
        summary as Option<SealedText>,
        computed.code(),
        serde_json::to_value(&reasons).map_err(AppError::internal)?,
        actor.user.0,
        now,
        due,
        asks.map(Level::code)
    )
    .execute(&mut **tx)
    .await?;
    // the facts stand in the file: the trail is read by those who read no file
    let event = Event::on("assessment.completed", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "assessment": id, "computed": computed.code() }));
    audit::record(tx, event).await?;
    if let Some((raised, why)) = raised {
        let raised = NewChange {
            assessment: id,
            from: computed.code(),
            to: *raised,
            why,
            answers: false,
        };
        change(tx, actor, now, head, &raised).await?;
    }
    let level = present.map_or(found, |present| present.max(found));
    cases::owe_anew(tx, actor, ui, now, head, level.code()).await?;
    Ok(Ok(level))
}

/// The scores with their notes, the needs and the signs.
async fn write_found(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    id: RowId,
    answers: &Answers,
) -> Result<(), AppError> {
    for (scored, note) in &answers.scores {
        let row = RowId::new(now).0;
        let note = tx
            .seal(
                Holder::case(head.id),
                Field::SCORE_NOTE,
                row,
                note.as_deref(),
            )
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
    Ok(())
}

/// What somebody says of the risk that an assessment came to.
#[derive(Clone, Copy)]
pub struct NewChange<'a> {
    /// Which assessment.
    pub assessment: RowId,
    /// The level as it is.
    pub from: &'a str,
    /// As it shall be; the same, where a supervisor keeps it.
    pub to: Level,
    /// Why.
    pub why: &'a str,
    /// Whether a supervisor was asked.
    pub answers: bool,
}

/// Writes that the risk is another than it was, or that it is kept, and why. The file itself is changed after it.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    new: &NewChange<'_>,
) -> Result<(), AppError> {
    let id = RowId::new(now).0;
    let holder = Holder::case(head.id);
    let why = tx
        .seal(holder, Field::RISK_REASON, id, Some(new.why))
        .await?;
    sqlx::query!(
        "insert into app.risk_change (id, assessment_id, case_id, territory_id, of_version, from_risk, to_risk, answers, why_enc, by_user, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id,
        new.assessment.0,
        head.id.0,
        actor.territory().0,
        head.version,
        new.from,
        new.to.code(),
        new.answers,
        why as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "risk_change_one_answer") {
            AppError::Conflict(Msg::new("assessment-risk-answered"))
        } else {
            error.into()
        }
    })?;
    let action = if new.from == new.to.code() {
        "case.risk_kept"
    } else {
        "case.risk_changed"
    };
    let event = Event::on(action, "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "from": new.from, "to": new.to.code() }));
    audit::record(tx, event).await
}
