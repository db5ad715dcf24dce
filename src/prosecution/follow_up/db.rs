//! What is asked of the database: one event written, the events of a file, the hearings of a court.

use super::domain::{About, EventKind};
use crate::{
    audit::{self, Event},
    authz::{Actor, CourtId},
    db::Tx,
    error::AppError,
    forms::Paragraph,
    i18n::Msg,
    ids::{JudicialFileId, RowId},
    prosecution::{
        custody::{Custody, HeldFile},
        db::{court_act, custody},
        domain::ActNumber,
    },
    vault::{Field, Holder, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// An event about to be written.
#[derive(Debug)]
pub struct NewEvent {
    /// Of the form and its answers: sent again, it is the same.
    pub id: RowId,
    /// What happened.
    pub kind: EventKind,
    /// To whom.
    pub about: About,
    /// Its day.
    pub held_on: NaiveDate,
    /// Its hour, or the beginning of its day.
    pub held_at: DateTime<Utc>,
    /// Code of `ref.court_venue`.
    pub venue: Option<String>,
    /// Code of `ref.court_outcome`.
    pub outcome: Option<String>,
    /// Code of `ref.juvenile_measure`.
    pub measure: Option<String>,
    /// Number of the signed act.
    pub act: Option<ActNumber>,
    /// Read by the court alone.
    pub text: Option<Paragraph>,
    /// The event that it takes the place of.
    pub replaces: Option<RowId>,
}

/// Why an event was not written.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// What can be mended in one field of the form.
    #[error("refused: {0}")]
    Field(&'static str, Msg),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] AppError),
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Other(error.into())
    }
}

/// Writes an event of a file of this court; once, however often it is sent. The first act on a file that nobody
/// acknowledged also acknowledges it.
pub async fn record(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    file: &HeldFile,
    new: &NewEvent,
) -> Result<(), Refusal> {
    if is_known(tx, file, new).await? {
        return Ok(());
    }
    let act = match &new.act {
        None => None,
        Some(number) => {
            let opened = court_act::open(tx, now, file, (new.held_on, number)).await?;
            let taken = || Refusal::Field("act", Msg::new("decision-act-taken"));
            Some(opened.ok_or_else(taken)?)
        }
    };
    if file.state == Custody::Transmitted {
        custody::receive(tx, now, file).await?;
    }
    let written = sqlx::query!(
        "insert into app.court_event (id, file_id, case_id, territory_id, court_id, kind, child_id, adult_id, held_at,
             venue, outcome, measure, act_id, supersedes_id, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (id) do nothing",
        new.id.0,
        file.id.0,
        file.case_id.0,
        file.territory_id.0,
        file.court_id.0,
        new.kind.code(),
        new.about.child(),
        new.about.adult(),
        new.held_at,
        new.venue.as_deref(),
        new.outcome.as_deref(),
        new.measure.as_deref(),
        act,
        new.replaces.map(|id| id.0),
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if written.rows_affected() == 0 {
        // another court's, under the same number: not ours to see
        let told = AppError::Conflict(Msg::new("decision-sent-otherwise"));
        return Err(Refusal::Other(told));
    }
    write_text(tx, file, new).await?;
    let fields = serde_json::json!({
        "event": new.id, "kind": new.kind.code(), "person": new.about.child().or_else(|| new.about.adult()),
    });
    let event = Event::on("court_event.recorded", "judicial_file", file.id.0);
    audit::record(tx, event.in_territory(file.territory_id).with(fields)).await?;
    Ok(())
}

/// Whether this very event is there already. Of somebody who is no party, there is nothing here.
async fn is_known(tx: &mut Tx, file: &HeldFile, new: &NewEvent) -> Result<bool, Refusal> {
    let row = sqlx::query!(
        r#"select exists (select from app.court_event e where e.id = $3 and e.file_id = $1) as "known!",
                  ($4::uuid is null or exists (
                      select from app.judicial_child k where k.file_id = $1 and k.person_id = $4)) as "child!",
                  ($5::uuid is null or exists (
                      select from app.judicial_adult k where k.file_id = $1 and k.person_id = $5)) as "adult!",
                  (select e.child_id is not distinct from $4 and e.adult_id is not distinct from $5
                   from app.court_event e where e.id = $6 and e.file_id = $1 and e.court_id = $2) as "same?",
                  exists (select from app.court_event later where later.supersedes_id = $6 and later.court_id = $2) as "gone!""#,
        file.id.0,
        file.court_id.0,
        new.id.0,
        new.about.child(),
        new.about.adult(),
        new.replaces.map(|id| id.0)
    )
    .fetch_one(&mut **tx)
    .await?;
    if !row.child || !row.adult {
        return Err(Refusal::Other(AppError::NotFound));
    }
    if row.known {
        return Ok(true);
    }
    let refused = |key| Err(Refusal::Field("replaces", Msg::new(key)));
    match (new.replaces, row.same) {
        (Some(_), None) => refused("error-choice"),
        (Some(_), Some(_)) if row.gone => refused("judicial-event-moved"),
        (Some(_), Some(false)) => refused("judicial-event-of-another"),
        (None, _) | (Some(_), Some(true)) => Ok(false),
    }
}

/// Its words, where only the court reads.
async fn write_text(tx: &mut Tx, file: &HeldFile, new: &NewEvent) -> Result<(), AppError> {
    let Some(text) = &new.text else {
        return Ok(());
    };
    let key = tx.key_for(Holder::judicial_file(file.id)).await?;
    let text = key.seal(Field::COURT_EVENT_TEXT, new.id.0, text.as_str())?;
    sqlx::query!(
        "insert into app.court_event_text (id, territory_id, court_id, text_enc) values ($1, $2, $3, $4)",
        new.id.0,
        file.territory_id.0,
        file.court_id.0,
        text.as_bytes()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An event of a file as it lies in the database.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// The event.
    pub id: RowId,
    /// What happened.
    pub kind: EventKind,
    /// The child that it is about.
    pub child: Option<Uuid>,
    /// The adult that it is about.
    pub adult: Option<Uuid>,
    /// When.
    pub held_at: DateTime<Utc>,
    /// Code of `ref.court_venue`.
    pub venue: Option<String>,
    /// Code of `ref.court_outcome`.
    pub outcome: Option<String>,
    /// Code of `ref.juvenile_measure`.
    pub measure: Option<String>,
    /// Number of the signed act.
    pub act: Option<String>,
    /// The words of the court; the cell never gets any.
    pub text: Option<SealedText>,
    /// Another took its place.
    pub superseded: bool,
    /// When it was entered.
    pub recorded_at: DateTime<Utc>,
    /// By whom, in Arabic.
    pub name_ar: Option<String>,
    /// By whom, in Latin letters.
    pub name_la: Option<String>,
}

/// What a reader may see of a file at the court.
#[derive(Debug)]
pub struct Story {
    /// Its events, the newest first.
    pub events: Vec<Row>,
    /// Its children.
    pub children: Vec<Uuid>,
    /// Its adults.
    pub adults: Vec<Uuid>,
    /// Kinds of the measures for its children.
    pub child_kinds: Vec<String>,
    /// Kinds of the decisions in force on its adults, for the court alone.
    pub adult_kinds: Vec<String>,
    /// Key of the words of the court.
    pub key: Option<WrappedKey>,
}

/// The story of a file, in one statement. The cell is given what is about a child.
pub async fn story(tx: &mut Tx, actor: &Actor, file: JudicialFileId) -> Result<Story, AppError> {
    let row = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'child', e.child_id,
                              'adult', e.adult_id, 'held_at', e.held_at, 'venue', e.venue, 'outcome', e.outcome,
                              'measure', e.measure, 'act', a.number, 'text', t.text_enc, 'recorded_at', e.recorded_at,
                              'name_ar', n.name_ar, 'name_la', n.name_la, 'superseded', exists (
                                  select from app.court_event later where later.supersedes_id = e.id))
                          order by e.held_at desc, e.id desc), '[]')
                   from app.court_event e
                   left join app.court_act a on a.id = e.act_id
                   left join app.court_event_text t on t.id = e.id and t.court_id = $2
                   left join lateral app.name_of(e.recorded_by) n on true
                   where e.file_id = $1 and (e.court_id = $2 or (e.territory_id = $3 and e.child_id is not null))
                  ) as "events!: Json<Vec<Row>>",
                  array(select k.person_id from app.judicial_child k
                        where k.file_id = $1 order by k.person_id) as "children!",
                  array(select k.person_id from app.judicial_adult k
                        where k.file_id = $1 order by k.person_id) as "adults!",
                  array(select d.kind from app.child_decision d
                        where d.file_id = $1 and (d.court_id = $2 or d.territory_id = $3)
                          and not exists (select from app.child_decision later where later.supersedes_id = d.id)) as "child_kinds!",
                  array(select distinct on (d.person_id) d.kind from app.adult_decision d
                        where d.file_id = $1 and d.court_id = $2
                          and not exists (select from app.adult_decision later where later.supersedes_id = d.id)
                        order by d.person_id, d.decided_on desc, d.recorded_at desc, d.id desc) as "adult_kinds!",
                  (select app.key_of('judicial_file', f.id) from app.judicial_file f
                   where f.id = $1 and f.court_id = $2) as "key: WrappedKey""#,
        file.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Story {
        events: row.events.0,
        children: row.children,
        adults: row.adults,
        child_kinds: row.child_kinds,
        adult_kinds: row.adult_kinds,
        key: row.key,
    })
}

/// A hearing as a calendar shows it: nobody is named.
#[derive(Debug, Deserialize)]
pub struct Hearing {
    /// The event.
    pub id: RowId,
    /// Its file.
    pub file: JudicialFileId,
    /// Number of the file.
    pub number: String,
    /// Code of `ref.court_venue`.
    pub venue: Option<String>,
    /// Code of `ref.court_outcome`.
    pub outcome: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// When it was entered.
    pub recorded_at: DateTime<Utc>,
}

/// The hearings of the reader's court from one moment to before another, in their order.
pub async fn hearings(
    tx: &mut Tx,
    actor: &Actor,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Hearing>, AppError> {
    Ok(sqlx::query_as!(
        Hearing,
        r#"select e.id as "id: RowId", e.file_id as "file: JudicialFileId", f.number, e.venue, e.outcome,
                  e.held_at as at, e.recorded_at
           from app.court_event e join app.judicial_file f on f.id = e.file_id
           where e.court_id = $1 and e.at_court is null and e.kind = 'hearing' and e.held_at >= $2 and e.held_at < $3
             and not exists (select from app.court_event later where later.supersedes_id = e.id)
           order by e.held_at, e.id"#,
        actor.court().0,
        since,
        until
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What an address of a calendar opens.
#[derive(Debug)]
pub struct Feed {
    /// Language of its user.
    pub locale: String,
    /// Its court.
    pub court: CourtId,
    /// The hearings.
    pub hearings: Json<Vec<Hearing>>,
}

/// The hearings behind the address of a calendar; nothing for an unknown or ended one. That it was fetched is written down.
pub async fn feed(
    tx: &mut Tx,
    token: &[u8],
    (since, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<Feed>, AppError> {
    Ok(sqlx::query_as!(
        Feed,
        r#"select locale as "locale!", court_id as "court!: CourtId", hearings as "hearings!: Json<Vec<Hearing>>"
           from app.calendar_of($1, $2, $3)"#,
        token,
        since,
        until
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Since when the reader's post has an address of its own.
pub async fn feed_since(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(
        sqlx::query_scalar!(r#"select sec.own_calendar() as "since""#)
            .fetch_one(&mut **tx)
            .await?,
    )
}

/// Makes an address in place of the one before.
pub async fn make_feed(tx: &mut Tx, token: &[u8]) -> Result<(), AppError> {
    sqlx::query!("select sec.make_calendar($1)", token)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends it.
pub async fn end_feed(tx: &mut Tx) -> Result<(), AppError> {
    sqlx::query!("select sec.end_calendar()")
        .execute(&mut **tx)
        .await?;
    Ok(())
}
