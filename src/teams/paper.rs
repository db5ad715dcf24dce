//! Letters of designation and minutes: the bytes lie where those of documents lie, sealed with a key of their own; here are
//! their rows.

use crate::{
    audit::{self, Event},
    authz::{Grant, Recency, Require, TerritoryId},
    db::Tx,
    documents::{self, Checked, Fault, Media, Stored},
    error::AppError,
    i18n::Msg,
    ids::{AttachmentId, RowId},
    state::AppState,
    vault::WrappedKey,
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// What a paper belongs to.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// The letter that designates somebody, in a city.
    Designation(RowId, TerritoryId),
    /// The minutes of a meeting of a city's team, or of the committee.
    Meeting(RowId, Option<TerritoryId>),
}

impl About {
    const fn designation(self) -> Option<Uuid> {
        match self {
            Self::Designation(id, _) => Some(id.0),
            Self::Meeting(..) => None,
        }
    }

    const fn meeting(self) -> Option<Uuid> {
        match self {
            Self::Meeting(id, _) => Some(id.0),
            Self::Designation(..) => None,
        }
    }

    const fn territory(self) -> Option<TerritoryId> {
        match self {
            Self::Designation(_, place) => Some(place),
            Self::Meeting(_, place) => place,
        }
    }

    /// The row in the trail that says it was brought in.
    fn added(self) -> Event {
        let event = match self {
            Self::Designation(id, _) => Event::on("letter.added", "designation", id.0),
            Self::Meeting(id, _) => Event::on("minutes.added", "meeting", id.0),
        };
        match self.territory() {
            Some(place) => event.in_territory(place),
            None => event,
        }
    }
}

/// Bytes that the reader brought in since yesterday, of whatever kind; nobody's are none. A session can end while a file is
/// on its way: asked again before it is kept.
pub async fn brought(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, AppError> {
    let row = sqlx::query!(
        r#"select (select app.my_user()) is not null as "is_signed_in!", app.brought_since($1) as "brought!""#,
        now - TimeDelta::hours(24)
    )
    .fetch_one(&mut **tx)
    .await?;
    if !row.is_signed_in {
        return Err(AppError::SignIn("/".to_owned()));
    }
    Ok(row.brought.unsigned_abs())
}

/// Keeps a file that may come in: its bytes are laid down, then its row. The same one sent twice is kept once; why it was not
/// kept, for the field of the file.
pub async fn keep<G: Grant, R: Recency>(
    me: &Require<G, R>,
    state: &AppState,
    about: About,
    (id, checked): (AttachmentId, &Checked),
) -> Result<Result<(), Msg>, AppError> {
    let _turn = documents::turn().await?;
    let mut tx = me.begin_register().await?;
    let whole =
        brought(&mut tx, me.clock.now()).await? + u64::from(checked.received_size.unsigned_abs());
    if whole > state.config.upload_quota {
        let max = (state.config.upload_quota / 1024 / 1024).to_string();
        return Ok(Err(Msg::new("document-quota").with("max", max)));
    }
    if let Some(is_same) = is_kept(&mut tx, about, (id, checked)).await? {
        return Ok(once(is_same));
    }
    let blob = documents::put(&mut tx, state, id, &checked.inspected.bytes).await?;
    if write(&mut tx, me.actor.user.0, about, (id, checked, blob)).await? {
        tx.commit().await?;
        return Ok(Ok(()));
    }
    // a second press of the button came in between: these bytes are nobody's
    let is_same = is_kept(&mut tx, about, (id, checked)).await?;
    tx.commit().await?;
    documents::take_back(state, blob).await;
    Ok(once(is_same.unwrap_or(false)))
}

fn once(is_same: bool) -> Result<(), Msg> {
    if is_same {
        Ok(())
    } else {
        Err(Msg::new("document-sent-before"))
    }
}

/// Whether this very file is there already; `None` if its id is new.
async fn is_kept(
    tx: &mut Tx,
    about: About,
    (id, checked): (AttachmentId, &Checked),
) -> Result<Option<bool>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select (p.received_sha256 = $2 and p.designation_id is not distinct from $3
                   and p.meeting_id is not distinct from $4) as "same!"
           from plan.paper p where p.id = $1"#,
        id.0,
        checked.received_sha256.as_slice(),
        about.designation(),
        about.meeting()
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Writes its row; false if its id was taken meanwhile.
async fn write(
    tx: &mut Tx,
    who: Uuid,
    about: About,
    (id, checked, blob): (AttachmentId, &Checked, Uuid),
) -> Result<bool, AppError> {
    let inspected = &checked.inspected;
    let size = i32::try_from(inspected.bytes.len()).map_err(AppError::internal)?;
    let done = sqlx::query!(
        "insert into plan.paper (id, territory_id, designation_id, meeting_id, media, blob, size, sha256, received_size,
                                 received_sha256, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing",
        id.0,
        about.territory().map(|place| place.0),
        about.designation(),
        about.meeting(),
        inspected.media.code(),
        blob,
        size,
        inspected.sha256.as_slice(),
        checked.received_size,
        checked.received_sha256.as_slice(),
        who
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let event = about.added().with(serde_json::json!({
        "document": id, "media": inspected.media.extension(), "size": size,
        "sha256": hex::encode(inspected.sha256), "received_sha256": hex::encode(checked.received_sha256),
    }));
    audit::record(tx, event).await?;
    Ok(true)
}

/// A paper about to be read.
#[derive(Debug)]
pub(super) struct Found {
    /// Where its bytes lie, and what they should be.
    pub stored: Stored,
    /// Whether it is a letter of designation; minutes else.
    pub is_letter: bool,
    territory: Option<TerritoryId>,
}

/// A paper of a team or of a meeting that the reader looks at.
pub(super) async fn found(tx: &mut Tx, id: AttachmentId) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"select p.media as "media: Media", p.size, p.sha256, p.blob, p.fault as "fault: Fault",
                  p.designation_id is not null as "is_letter!", p.territory_id as "territory: TerritoryId",
                  app.key_of('document', p.id) as "key: WrappedKey"
           from plan.paper p
           where p.id = $1 and (p.territory_id = any ((select app.team_cities())::smallint[])
                                or p.meeting_id = any ((select app.my_meetings())::uuid[]))"#,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Found {
        stored: Stored {
            id,
            kind: String::new(),
            is_clinical: false,
            title: None,
            media: row.media,
            size: row.size,
            sha256: row.sha256,
            blob: row.blob,
            key: row.key,
            fault: row.fault,
            cases: Vec::new(),
        },
        is_letter: row.is_letter,
        territory: row.territory,
    })
}

/// Writes down that somebody took it, before the first byte leaves; bytes that are whole again are said to be.
pub(super) async fn taken(tx: &mut Tx, found: &Found) -> Result<(), AppError> {
    if found.stored.fault.is_some() {
        set_fault(tx, found, None).await?;
    }
    let event = Event::on("plan_paper.fetched", "document", found.stored.id.0);
    audit::record(tx, placed(event, found)).await
}

/// Writes down that the bytes are gone or not those that were written.
pub(super) async fn unreadable(tx: &mut Tx, found: &Found, fault: Fault) -> Result<(), AppError> {
    set_fault(tx, found, Some(fault)).await?;
    let event = Event::on("plan_paper.unreadable", "document", found.stored.id.0);
    let fields = serde_json::json!({ "fault": fault.code() });
    audit::record(tx, placed(event.with(fields), found)).await
}

fn placed(event: Event, found: &Found) -> Event {
    match found.territory {
        Some(place) => event.in_territory(place),
        None => event,
    }
}

async fn set_fault(tx: &mut Tx, found: &Found, fault: Option<Fault>) -> Result<(), AppError> {
    sqlx::query!(
        "update plan.paper set fault = $2 where id = $1",
        found.stored.id.0,
        fault.map(Fault::code)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
