//! Papers of many pages: asked for at a page, set by background work, and kept sealed for an hour for whoever asked. They
//! name their reader and their moment, so nobody else is ever given one.
//!
//! Asked for twice, a paper is made once, as long as nothing on it changed. A job that was cut off sets it again.

use super::{
    db::{Extract, Head},
    setting,
    sheet::Sheet,
};
use crate::{
    authz::Actor,
    clock::Clock,
    db::{JobDb, Tx},
    error::AppError,
    ids::{DisclosureId, RowId},
    vault::{Field, Holder, Reading, SealedText, Vault, WrappedKey},
};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// How long a paper is kept for its reader.
const KEPT: TimeDelta = TimeDelta::hours(1);
/// The job, as the queue names it.
const JOB: &str = "set_paper";

/// How far a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Its turn has not come.
    Waiting,
    /// It is being set.
    Setting,
    /// Its reader can have it.
    Ready,
    /// It could not be set.
    Failed,
}

/// A paper that somebody waits for.
pub(super) struct Waiting {
    id: RowId,
    pub stage: Stage,
    /// When it will be gone.
    pub until: DateTime<Utc>,
    /// Asked for just now.
    pub is_new: bool,
    /// Its hour has passed, and the job that takes it away has not come.
    is_over: bool,
    content: Option<SealedText>,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub head: &'a Head,
    pub extract: &'a Extract,
    pub sheet: &'a Sheet,
    /// One that could not be set is asked for again.
    pub again: bool,
}

/// The paper that this reader waits for: asked for before, or now.
pub(super) async fn ask(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    wanted: Wanted<'_>,
) -> Result<Waiting, AppError> {
    let shared = wanted.sheet.shared()?;
    let ring = tx.ring().await?;
    let print = ring.print(wanted.extract.id.0, shared.as_bytes());
    if let Some(found) = found(tx, actor, now, &print).await? {
        let is_over = found.is_over || (wanted.again && found.stage == Stage::Failed);
        if !is_over {
            return Ok(found);
        }
        sqlx::query_scalar!("select app.drop_paper($1, $2)", found.id.0, now)
            .fetch_one(&mut **tx)
            .await?;
    }
    let is_new = add(tx, actor, now, wanted, &print).await?;
    // another press of the same button may have been quicker
    let found = found(tx, actor, now, &print).await?;
    let found = found.ok_or_else(|| AppError::internal("a paper that nobody asked for"))?;
    Ok(Waiting { is_new, ..found })
}

async fn found(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    print: &[u8],
) -> Result<Option<Waiting>, AppError> {
    let row = sqlx::query!(
        r#"select id as "id: RowId", begun_at, set_at, failed_at, expires_at,
                  case when set_at is not null then content_enc end as "content: SealedText"
           from app.paper_job
           where asked_by = $1 and print = $2 and (court_id = $3 or territory_id = $4)"#,
        actor.user.0,
        print,
        actor.court().0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Waiting {
        id: row.id,
        stage: match (row.set_at, row.failed_at, row.begun_at) {
            (Some(_), ..) => Stage::Ready,
            (None, Some(_), _) => Stage::Failed,
            (None, None, Some(_)) => Stage::Setting,
            (None, None, None) => Stage::Waiting,
        },
        until: row.expires_at,
        is_new: false,
        is_over: row.expires_at <= now,
        content: row.content,
    }))
}

/// Writes down what is to be set, and asks for the work. False if it is written already.
async fn add(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    wanted: Wanted<'_>,
    print: &[u8],
) -> Result<bool, AppError> {
    let (id, head) = (RowId::new(now), wanted.head);
    let content = wanted.sheet.content()?;
    let holder = Holder::disclosure(wanted.extract.id);
    let content = tx
        .key_for(holder)
        .await?
        .seal(Field::PAPER_CONTENT, id.0, &content)?;
    let added = sqlx::query!(
        "insert into app.paper_job (id, asked_by, file_id, case_id, territory_id, court_id, disclosure_id, print, content_enc,
             asked_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict on constraint paper_job_once do nothing",
        id.0,
        actor.user.0,
        head.id.0,
        head.case_id.0,
        head.territory.0,
        head.court.0,
        wanted.extract.id.0,
        print,
        content.as_bytes(),
        now,
        now + KEPT
    )
    .execute(&mut **tx)
    .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!("select job.enqueue($1, $2)", JOB, id.0)
        .execute(&mut **tx)
        .await?;
    Ok(true)
}

/// The paper, if it is ready and opens.
pub(super) fn open(tx: &mut Tx, waiting: &Waiting, extract: &Extract) -> Option<Vec<u8>> {
    let content = waiting.content.as_ref();
    let place = (Field::PAPER_CONTENT, waiting.id.0);
    let holder = Holder::disclosure(extract.id);
    let text = tx.open(holder, extract.key.as_ref(), place, content)?;
    BASE64.decode(text.into_text()?).ok()
}

/// Why a paper was not set.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Sets the paper of that id, in a job of that kind. One that is set, or that nobody waits for any more, is nothing to do;
/// one that cannot be set is told to its reader, and tried again by the queue.
pub async fn set_waiting(
    kind: &str,
    (db, vault): (&JobDb, &Vault),
    clock: &Clock,
    id: Uuid,
) -> Result<(), Fault> {
    let mut tx = db.begin(kind).await?;
    let begun = sqlx::query!(
        r#"select disclosure_id as "extract!: DisclosureId", content as "content!: SealedText", key as "key!: WrappedKey"
           from app.begin_paper($1, $2)"#,
        id,
        clock.now()
    )
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await?;
    let Some(begun) = begun else { return Ok(()) };
    let holder = Holder::disclosure(begun.extract);
    let made = made(vault, holder, (&begun.key, &begun.content), id).await;
    let mut tx = db.begin(kind).await?;
    if let Ok(paper) = &made {
        let paper = paper.as_bytes();
        sqlx::query_scalar!("select app.keep_paper($1, $2, $3)", id, paper, clock.now())
            .fetch_one(&mut *tx)
            .await?;
    } else {
        sqlx::query_scalar!("select app.fail_paper($1, $2)", id, clock.now())
            .fetch_one(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    made.map(|_| ())
}

/// Opens what is to be set, sets it, and seals it in the place where it was.
async fn made(
    vault: &Vault,
    holder: Holder,
    (key, content): (&WrappedKey, &SealedText),
    id: Uuid,
) -> Result<SealedText, Fault> {
    let key = vault.unwrap(holder, key)?;
    let Reading::Text(content) = key.open(Field::PAPER_CONTENT, id, content)? else {
        return Err("what is to be set cannot be read".into());
    };
    let paper = setting::set_in_turn(content).await?;
    Ok(key.seal(Field::PAPER_CONTENT, id, &BASE64.encode(paper))?)
}
