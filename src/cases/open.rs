//! Opening a file, and what other slices ask of files.

use super::domain::{EpisodeState, due};
use crate::{
    audit::{self, Event},
    authz::Actor,
    clock::local_date,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, ContactId, EpisodeId, PersonId, RowId, UserId},
    people,
    vault::{Field, Holder, SealedText},
    web::Ui,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A file to open.
#[derive(Debug, Clone)]
pub struct NewCase<'a> {
    /// The child.
    pub child: PersonId,
    /// Code of `ref.risk_level`.
    pub risk: &'a str,
    /// Who leads it.
    pub lead: UserId,
    /// The contact it comes from.
    pub source: Option<ContactId>,
}

/// A file to open again.
#[derive(Debug, Clone)]
pub struct Again<'a> {
    /// Which.
    pub case: CaseId,
    /// Code of `ref.risk_level`.
    pub risk: &'a str,
    /// Why, in words.
    pub why: Option<&'a str>,
    /// The contact it comes from.
    pub source: Option<ContactId>,
}

/// Opens the file of a child with its first episode, number, lead and first transition.
pub async fn open(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    new: &NewCase<'_>,
) -> Result<CaseId, AppError> {
    let id = CaseId::new(now);
    let territory = actor.territory();
    sqlx::query!(
        "insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_at, opened_by, changed_at, changed_by)
         values ($1, ref.next_number('case', $2, $3), $2, $2, $4, $5, $6, $5, $6)",
        id.0,
        territory.0,
        local_date(now),
        new.child.0,
        now,
        actor.user.0
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "case_file_one_live") {
            AppError::Conflict(Msg::new("case-already-open"))
        } else {
            error.into()
        }
    })?;
    let state = EpisodeState::Identified;
    let episode = EpisodeId::new(now);
    sqlx::query!(
        "insert into app.case_episode (id, case_id, territory_id, seq, state, state_since, risk, due_at, source_contact_id, opened_at)
         values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $5)",
        episode.0,
        id.0,
        territory.0,
        state.code(),
        now,
        new.risk,
        due(now, ui.catalogue().target_hours(territory, state.code(), new.risk)),
        new.source.map(|c| c.0)
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since) values ($1, $2, $3, $4, 'lead', $5)",
        RowId::new(now).0,
        id.0,
        territory.0,
        new.lead.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into app.case_transition (id, episode_id, case_id, territory_id, to_state, by_user, role, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        RowId::new(now).0,
        episode.0,
        id.0,
        territory.0,
        state.code(),
        actor.user.0,
        actor.role.code(),
        now
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("case.added", "case", id.0)
        .in_territory(territory)
        .with(serde_json::json!({ "risk": new.risk, "lead": new.lead }));
    audit::record(tx, event).await?;
    Ok(id)
}

/// Opens a closed file again: a new episode, its counters from the start, the history before it in place.
/// Returns false, and changes nothing, if it is open.
pub async fn reopen(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    again: &Again<'_>,
) -> Result<bool, AppError> {
    let state = EpisodeState::Identified;
    let episode = EpisodeId::new(now);
    let added = sqlx::query!(
        "insert into app.case_episode (id, case_id, territory_id, seq, state, state_since, risk, due_at, source_contact_id, opened_at)
         select $1, c.id, c.territory_id, max(e.seq) + 1, $4, $5, $6, $7, $8, $5
         from app.case_file c join app.case_episode e on e.case_id = c.id
         where c.id = $2 and c.territory_id = $3 and c.void is null
         group by c.id, c.territory_id having bool_and(e.state = 'closed')",
        episode.0,
        again.case.0,
        actor.territory().0,
        state.code(),
        now,
        again.risk,
        due(now, ui.catalogue().target_hours(actor.territory(), state.code(), again.risk)),
        again.source.map(|contact| contact.0)
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "case_episode_one_open") || violates(&error, "case_episode_seq") {
            AppError::Conflict(Msg::new("case-already-open"))
        } else {
            error.into()
        }
    })?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    let id = RowId::new(now).0;
    let holder = Holder::case(again.case);
    let why = tx
        .seal(holder, Field::TRANSITION_REASON, id, again.why)
        .await?;
    sqlx::query!(
        "insert into app.case_transition (id, episode_id, case_id, territory_id, to_state, by_user, role, reason_enc, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        episode.0,
        again.case.0,
        actor.territory().0,
        state.code(),
        actor.user.0,
        actor.role.code(),
        why as Option<SealedText>,
        now
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("case.reopened", "case", again.case.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "risk": again.risk, "source": again.source }));
    audit::record(tx, event).await?;
    people::touch(tx, actor, now, &[again.case]).await?;
    Ok(true)
}

/// Someone of one's own prefecture who can take a file.
#[derive(Debug, Clone, Deserialize)]
pub struct Colleague {
    /// Who.
    pub id: UserId,
    /// `social_worker` or `supervisor`.
    pub role: String,
    /// Name in Arabic.
    pub name_ar: String,
    /// Name in Latin letters.
    pub name_la: String,
}

/// The workers and supervisors of one's own prefecture.
pub async fn colleagues(tx: &mut Tx) -> Result<Vec<Colleague>, AppError> {
    Ok(sqlx::query_as!(
        Colleague,
        r#"select id as "id!: UserId", role as "role!", name_ar as "name_ar!", name_la as "name_la!"
           from app.colleagues() order by role, name_la"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The live file of that number in one's own prefecture, and whether it is open.
pub async fn by_number(
    tx: &mut Tx,
    actor: &Actor,
    number: &str,
) -> Result<Option<(CaseId, bool)>, AppError> {
    let found = sqlx::query!(
        r#"select c.id as "id: CaseId",
                  exists (select from app.case_episode e where e.case_id = c.id and e.territory_id = $2 and e.state <> 'closed') as "open!"
           from app.case_file c where c.number = $1 and c.territory_id = $2 and c.void is null"#,
        number,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.id, row.open)))
}
