//! Scans of the plan: letters and decisions of the register, letters of designation, minutes. One table, one way to lay a
//! scan down with what it belongs to, one way to open it (decision 0110). Their bytes lie where those of documents of files
//! lie, each sealed with its own key.

mod db;
mod open;

pub(super) use open::routes;

use crate::{
    audit::{self, Event},
    authz::{Grant, Recency, Require, TerritoryId},
    db::Tx,
    documents::{self, Checked, Received},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{AttachmentId, RowId},
    state::AppState,
};

/// What a scan is of: who may read it hangs on that.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// A letter or a decision of the register, which names its scan.
    Register,
    /// The letter that designates somebody, in a city.
    Designation(RowId, TerritoryId),
    /// The minutes of a meeting of a city's team, or of the committee.
    Meeting(RowId, Option<TerritoryId>),
}

impl About {
    const fn designation(self) -> Option<RowId> {
        match self {
            Self::Designation(id, _) => Some(id),
            Self::Register | Self::Meeting(..) => None,
        }
    }

    const fn meeting(self) -> Option<RowId> {
        match self {
            Self::Meeting(id, _) => Some(id),
            Self::Register | Self::Designation(..) => None,
        }
    }

    const fn territory(self) -> Option<TerritoryId> {
        match self {
            Self::Register => None,
            Self::Designation(_, place) => Some(place),
            Self::Meeting(_, place) => place,
        }
    }

    /// A row of the trail, where it is.
    fn placed(self, event: Event) -> Event {
        match self.territory() {
            Some(place) => event.in_territory(place),
            None => event,
        }
    }
}

/// A scan that may come in, and under which id.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'a> {
    /// Its id: the form's, so that the same one sent twice is one.
    pub id: AttachmentId,
    /// What it is of.
    pub about: About,
    /// The file.
    pub checked: &'a Checked,
}

/// What is written together with its scan: both, or neither.
pub trait Record {
    /// Whether this very one is there already, with the same scan; `None` if it is new.
    fn is_kept(
        &self,
        tx: &mut Tx,
        scan: Option<&Scan<'_>>,
    ) -> impl Future<Output = Result<Option<bool>, AppError>> + Send;

    /// Writes it, after the row of its scan.
    fn write(
        &self,
        tx: &mut Tx,
        scan: Option<&Scan<'_>>,
    ) -> impl Future<Output = Result<Written, AppError>> + Send;
}

/// What became of a record that was to be written.
#[derive(Debug)]
pub enum Written {
    /// It is there.
    New,
    /// Its id was taken meanwhile.
    Taken,
    /// What is wrong with it, and in which field.
    Refused(&'static str, Msg),
}

/// A letter of designation, and minutes, are nothing but their scan, and a row of the trail.
impl Record for About {
    async fn is_kept(
        &self,
        tx: &mut Tx,
        scan: Option<&Scan<'_>>,
    ) -> Result<Option<bool>, AppError> {
        match scan {
            Some(scan) => db::is_kept(tx, scan).await,
            None => Ok(None),
        }
    }

    async fn write(&self, tx: &mut Tx, scan: Option<&Scan<'_>>) -> Result<Written, AppError> {
        let event = match self {
            Self::Register => None,
            Self::Designation(id, _) => Some(Event::on("letter.added", "designation", id.0)),
            Self::Meeting(id, _) => Some(Event::on("minutes.added", "meeting", id.0)),
        };
        if let (Some(event), Some(scan)) = (event, scan) {
            let inspected = &scan.checked.inspected;
            let event = self.placed(event).with(serde_json::json!({
                "document": scan.id, "media": inspected.media.extension(), "size": inspected.bytes.len(),
                "sha256": hex::encode(inspected.sha256),
                "received_sha256": hex::encode(scan.checked.received_sha256),
            }));
            audit::record(tx, event).await?;
        }
        Ok(Written::New)
    }
}

/// The file of a form that may come without one: what is wrong with it is said beside it.
pub(super) async fn read(
    form: &mut Form,
    file: Option<Received>,
) -> Result<Option<Checked>, AppError> {
    match file {
        Some(_) => documents::checked(form, file).await,
        None => Ok(None),
    }
}

/// Lays a scan down and writes it with its record. The same one sent twice is kept once; why it was not kept, and for which
/// field.
pub async fn keep<G: Grant, R: Recency>(
    me: &Require<G, R>,
    state: &AppState,
    record: &impl Record,
    scan: Option<Scan<'_>>,
) -> Result<Result<(), (&'static str, Msg)>, AppError> {
    let scan = scan.as_ref();
    let _turn = match scan {
        Some(_) => Some(documents::turn().await?),
        None => None,
    };
    let mut tx = me.begin_register().await?;
    if let Some(is_same) = record.is_kept(&mut tx, scan).await? {
        return Ok(once(is_same));
    }
    let (mut laid, mut written) = (None, Written::New);
    if let Some(scan) = scan {
        if let Some(why) = too_much(me, &mut tx, state, scan.checked).await? {
            return Ok(Err(("file", why)));
        }
        let blob = documents::put(&mut tx, state, scan.id, &scan.checked.inspected.bytes).await?;
        laid = Some(blob);
        if !db::write(&mut tx, me.actor.user, scan, blob).await? {
            written = Written::Taken;
        }
    }
    if matches!(written, Written::New) {
        written = record.write(&mut tx, scan).await?;
    }
    if matches!(written, Written::New) {
        tx.commit().await?;
        return Ok(Ok(()));
    }
    // these bytes are nobody's
    drop(tx);
    if let Some(blob) = laid {
        documents::take_back(state, blob).await;
    }
    if let Written::Refused(field, why) = written {
        return Ok(Err((field, why)));
    }
    // a second press of the button came in between
    let mut tx = me.begin_register().await?;
    let is_same = record.is_kept(&mut tx, scan).await?;
    tx.commit().await?;
    Ok(once(is_same == Some(true)))
}

/// The same again is kept already; anything else under its id is not taken.
fn once(is_same: bool) -> Result<(), (&'static str, Msg)> {
    if is_same {
        Ok(())
    } else {
        Err(("file", Msg::new("document-sent-before")))
    }
}

/// Why a good file is not taken: its sender has brought enough for a day. A session can end while a file is on its way:
/// asked again before it is kept.
async fn too_much<G: Grant, R: Recency>(
    me: &Require<G, R>,
    tx: &mut Tx,
    state: &AppState,
    checked: &Checked,
) -> Result<Option<Msg>, AppError> {
    let brought = db::brought(tx, me.clock.now()).await?;
    let whole = brought + u64::from(checked.received_size.unsigned_abs());
    let quota = state.config.upload_quota;
    let max = (quota / 1024 / 1024).to_string();
    Ok((whole > quota).then(|| Msg::new("document-quota").with("max", max)))
}
