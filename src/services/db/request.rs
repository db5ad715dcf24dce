//! The frozen extract that a provider gets.

use super::step::{self, Mover, NewStep};
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::DisclosureId,
    prosecution::{
        frozen,
        seal::{self, SCHEMA_VERSION, Sealed},
    },
    services::domain::{Act, Slip},
    vault::{Field, Holder, SealedText, WrappedKey},
};
use chrono::{DateTime, TimeDelta, Utc};

/// How long a recipient reads it.
const DAYS: i64 = 180;

/// Freezes the extract, sends it, and moves the act.
pub async fn send(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (act, slip): (&Act, &Slip),
    (mover, step): (Mover, NewStep),
) -> Result<(), AppError> {
    let id = DisclosureId::new(now);
    let salt = tx.ring().await?.salt(id.0);
    let sealed = Sealed::salted(slip, &salt).map_err(AppError::internal)?;
    let key = tx.key_for(Holder::disclosure(id)).await?;
    let text = key.seal(Field::DISCLOSURE_SNAPSHOT, id.0, &sealed.text)?;
    // of several files the most guarded one holds it
    let case = act
        .whom
        .people()
        .find(|one| one.is_protected)
        .or_else(|| act.whom.people().next())
        .ok_or(AppError::NotFound)?
        .case;
    sqlx::query!(
        "insert into app.disclosure (id, kind, case_id, territory_id, to_org, service_id, expires_at, legal_basis,
             schema_version, snapshot_enc, sha256, composed_by, composed_at, sent_by, sent_at)
         values ($1, 'service', $2, $3, $4, $5, $6, 'service_request', $7, $8, $9, $10, $11, $10, $11)
         on conflict (service_id) do nothing",
        id.0,
        case.0,
        actor.territory().0,
        act.provider,
        act.id.0,
        now + TimeDelta::days(DAYS),
        SCHEMA_VERSION,
        text.as_bytes(),
        sealed.sha256.as_slice(),
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    step::make(tx, actor, now, mover, std::slice::from_ref(&step)).await?;
    let event = Event::on("service.sent", "service", act.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "disclosure": id, "provider": act.provider, "kind": act.kind }));
    audit::record(tx, event).await
}

/// An extract as it was sent.
#[derive(Debug)]
pub struct Sent {
    /// Its words; none if they do not open or are not those that were hashed.
    pub slip: Option<Slip>,
    /// Its hash.
    pub sha256: Vec<u8>,
    /// Version of its shape.
    pub schema_version: i16,
    /// When.
    pub at: DateTime<Utc>,
    /// Until when its recipient reads it.
    pub until: DateTime<Utc>,
}

/// The extract of a request that the reader may see.
pub async fn sent(tx: &mut Tx, actor: &Actor, id: DisclosureId) -> Result<Sent, AppError> {
    let row = sqlx::query!(
        r#"select d.snapshot_enc as "sealed: SealedText", app.key_of('disclosure', d.id) as "key: WrappedKey",
                  d.sha256, d.schema_version, d.sent_at as "at!", d.expires_at as "until!"
           from app.disclosure d
           where d.id = $1 and $2 in (d.territory_id, d.asked_in) and d.kind = 'service' and d.sent_at is not null"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let text = frozen(tx, id, row.key.as_ref(), &row.sealed, &row.sha256);
    let slip = text.map(|text| seal::open(row.schema_version, &text));
    Ok(Sent {
        slip: slip.transpose().map_err(AppError::internal)?,
        sha256: row.sha256,
        schema_version: row.schema_version,
        at: row.at,
        until: row.until,
    })
}
