//! Questions about requests: extracts to the reader's organisation, and the steps made on them.

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{DisclosureId, ServiceId},
    policy::Scope,
    prosecution::{frozen, seal},
    services::{ServiceState, Slip, Standing},
    vault::{SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};

/// The organisation of a focal point; for anybody else a name that no organisation has.
fn organisation(actor: &Actor) -> &str {
    match &actor.scope {
        Scope::Organisation(_, code) => code,
        _ => "",
    }
}

/// Requests and answers on a list, at most.
const LIST: i64 = 60;

/// A line of the list.
#[derive(Debug)]
pub struct Line {
    /// The extract.
    pub id: DisclosureId,
    /// Its words, if they open.
    pub slip: Option<Slip>,
    /// Where the request stands.
    pub state: ServiceState,
    /// The day agreed on, or of the help.
    pub on: Option<NaiveDate>,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
}

/// What the organisation was asked for: what waits first, the latest first. `is_done` lists what is over.
pub async fn list(tx: &mut Tx, actor: &Actor, is_done: bool) -> Result<Vec<Line>, AppError> {
    let rows = sqlx::query!(
        r#"select d.id as "id: DisclosureId", d.snapshot_enc as "sealed: SealedText", app.key_of('disclosure', d.id) as "key: WrappedKey",
                  d.sha256, d.schema_version, d.sent_at as "sent_at!", last.to_state, last.on_day
           from app.disclosure d
           join lateral (
               select t.to_state, t.on_day from app.service_step t
               where t.service_id = d.service_id and t.territory_id = d.territory_id and t.to_org = $2
               order by t.seq desc limit 1) last on true
           where d.asked_in = $1 and d.to_org = $2 and d.kind = 'service' and d.sent_at is not null
             and (last.to_state in ('sent', 'accepted', 'scheduled', 'no_show')) <> $3
           order by last.to_state = 'sent' desc, d.sent_at desc limit $4"#,
        actor.territory().0,
        organisation(actor),
        is_done,
        LIST
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let text = frozen(tx, row.id, row.key.as_ref(), &row.sealed, &row.sha256);
            let slip = text.map(|text| seal::open(row.schema_version, &text));
            Ok(Line {
                id: row.id,
                slip: slip.transpose().map_err(AppError::internal)?,
                state: ServiceState::from_code(&row.to_state)
                    .ok_or_else(|| AppError::internal("state of a request"))?,
                on: row.on_day,
                sent_at: row.sent_at,
            })
        })
        .collect()
}

/// Where a request stands, as its recipient knows it.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// The extract.
    pub id: DisclosureId,
    /// The act behind it: a number, of which the recipient reads the steps alone.
    pub service: ServiceId,
    /// Where it stands.
    pub standing: Standing,
    /// For the optimistic lock.
    pub version: i32,
    /// The day it was sent.
    pub sent_at: DateTime<Utc>,
}

/// A request to the reader's organisation.
pub async fn find(tx: &mut Tx, actor: &Actor, id: DisclosureId) -> Result<Request, AppError> {
    let row = sqlx::query!(
        r#"select d.service_id as "service!: ServiceId", d.sent_at as "sent_at!", last.seq, last.to_state,
                  last.to_state = 'cancelled' as "is_closed!"
           from app.disclosure d
           join lateral (
               select t.seq, t.to_state from app.service_step t
               where t.service_id = d.service_id and t.territory_id = d.territory_id and t.to_org = $3
               order by t.seq desc limit 1) last on true
           where d.id = $1 and d.asked_in = $2 and d.to_org = $3 and d.kind = 'service' and d.sent_at is not null"#,
        id.0,
        actor.territory().0,
        organisation(actor)
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let state = ServiceState::from_code(&row.to_state)
        .ok_or_else(|| AppError::internal("state of a request"))?;
    Ok(Request {
        id,
        service: row.service,
        standing: Standing {
            state,
            is_closed: row.is_closed,
        },
        version: row.seq + 1,
        sent_at: row.sent_at,
    })
}

/// Writes down that it was read.
pub async fn opened(tx: &mut Tx, actor: &Actor, id: DisclosureId) -> Result<(), AppError> {
    let event = Event::on("request.opened", "disclosure", id.0).in_territory(actor.territory());
    audit::record(tx, event).await
}

/// Somebody of the organisation, or the cell, was quicker.
pub fn meanwhile() -> Msg {
    Msg::new("service-moved-meanwhile")
}
