//! Makes a pack: reads what was told, sets the document, writes the workbook and the open data, lays the bytes down, and
//! writes their hashes. Cut off, it begins again; what it had laid down by then belongs to nothing, and is swept.

use super::{book::Book, data, document, domain::Format, material::Material, workbook};
use crate::{
    blobs::Blobs,
    clock::Clock,
    db::JobDb,
    error::AppError,
    i18n::Lang,
    papers,
    reference::Catalogue,
    web::{Reader, Ui},
};
use axum::body::Bytes;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::{sync::Arc, time::Instant};
use uuid::Uuid;

/// Why a pack was not made.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// What the work needs.
#[derive(Debug, Clone, Copy)]
pub struct Bench<'a> {
    /// The job, as the queue names it.
    pub kind: &'a str,
    /// Its connections.
    pub db: &'a JobDb,
    /// Where the bytes go.
    pub blobs: &'a Blobs,
    /// The clock.
    pub clock: &'a Clock,
}

/// A file whose bytes lie there.
#[derive(Debug)]
struct Laid {
    format: Format,
    blob: Uuid,
    size: usize,
    sha256: [u8; 32],
}

/// What one is to hold.
#[derive(Debug)]
struct Asked {
    from: i32,
    to: i32,
    lang: Lang,
}

/// Asks for the packs of the month that was told last, if nobody has; how many.
pub async fn ask_due(bench: Bench<'_>) -> Result<i64, sqlx::Error> {
    let mut tx = bench.db.begin(bench.kind).await?;
    let now = bench.clock.now();
    let asked = sqlx::query_scalar!(r#"select stat.due_packs($1) as "asked!""#, now)
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(asked)
}

/// Makes the pack of that id. One that is made is nothing to do; one that cannot be made is told to who asked, and tried
/// again by the queue.
pub async fn make(bench: Bench<'_>, id: Uuid) -> Result<(), Fault> {
    let mut tx = bench.db.begin(bench.kind).await?;
    let begun = sqlx::query!(
        r#"select from_release as "from!", to_release as "to!", lang as "lang!" from stat.begin_pack($1, $2)"#,
        id,
        bench.clock.now()
    )
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await?;
    let Some(begun) = begun else { return Ok(()) };
    let asked = Asked {
        from: begun.from,
        to: begun.to,
        lang: Lang::from_code(&begun.lang).unwrap_or_default(),
    };
    let made = made(bench, id, &asked).await;
    let mut tx = bench.db.begin(bench.kind).await?;
    match &made {
        Ok(files) => {
            let kept = sqlx::query_scalar!(
                r#"select stat.keep_pack($1, $2, $3) as "kept!""#,
                id,
                listed(files),
                bench.clock.now()
            )
            .fetch_one(&mut *tx)
            .await?;
            tracing::info!(pack = %id, files = files.len(), kept, "pack.made");
        }
        Err(_) => {
            sqlx::query!("select stat.fail_pack($1, $2)", id, bench.clock.now())
                .execute(&mut *tx)
                .await?;
        }
    }
    tx.commit().await?;
    made.map(|_| ())
}

/// The files as the database takes them.
fn listed(files: &[Laid]) -> serde_json::Value {
    let files = files.iter().map(|file| {
        serde_json::json!({
            "format": file.format.code(), "blob": file.blob, "size": file.size, "sha256": hex::encode(file.sha256),
        })
    });
    files.collect()
}

async fn made(bench: Bench<'_>, id: Uuid, asked: &Asked) -> Result<Vec<Laid>, Fault> {
    let mut tx = bench.db.begin(bench.kind).await?;
    let material = Material::read(&mut tx, (asked.from, asked.to)).await?;
    let catalogue = Arc::new(Catalogue::read(&mut tx).await?);
    tx.commit().await?;
    // what was told is the same on any day: the document is dated by the release, not by the moment of its making
    let moment = material.last.computed_at;
    let reader = |lang| reader(lang, &catalogue, moment);
    let ui = reader(asked.lang);
    let book = Arc::new(Book::new(&ui, &material));
    let mut laid = Vec::new();
    if papers::IS_BUILT {
        step(bench, id, "pdf").await?;
        let since = Instant::now();
        let bytes = document::set(&ui, &book).await?;
        laid.push(lay(bench.blobs, Format::Pdf, (bytes, since)).await?);
    }
    step(bench, id, "xlsx").await?;
    let since = Instant::now();
    let (to_write, its_reader) = (Arc::clone(&book), ui.clone());
    let bytes = apart(move || workbook::write(&its_reader, &to_write, moment)).await?;
    laid.push(lay(bench.blobs, Format::Xlsx, (bytes, since)).await?);
    step(bench, id, "data").await?;
    let since = Instant::now();
    let readers = Lang::ALL.map(reader);
    let bytes = apart(move || {
        let [ar, fr, en] = &readers;
        data::archive([ar, fr, en], &material)
    })
    .await?;
    laid.push(lay(bench.blobs, Format::Zip, (bytes, since)).await?);
    Ok(laid)
}

/// A reader of that language who is nobody: a pack has no author.
fn reader(lang: Lang, catalogue: &Arc<Catalogue>, now: DateTime<Utc>) -> Ui {
    Ui::new(Reader {
        lang,
        actor: None,
        path: String::new(),
        back: None,
        request_id: String::new(),
        demo: false,
        catalogue: Arc::clone(catalogue),
        now,
    })
}

/// Work of a moment, off the threads that serve pages.
async fn apart(
    work: impl FnOnce() -> Result<Vec<u8>, AppError> + Send + 'static,
) -> Result<Vec<u8>, Fault> {
    Ok(tokio::task::spawn_blocking(work).await??)
}

async fn step(bench: Bench<'_>, id: Uuid, step: &str) -> Result<(), Fault> {
    let mut tx = bench.db.begin(bench.kind).await?;
    sqlx::query!("select stat.step_pack($1, $2)", id, step)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Lays the bytes down under a name that says nothing.
async fn lay(
    blobs: &Blobs,
    format: Format,
    (bytes, since): (Vec<u8>, Instant),
) -> Result<Laid, Fault> {
    let taken = since.elapsed().as_millis();
    tracing::debug!(
        format = format.code(),
        bytes = bytes.len(),
        milliseconds = taken,
        "pack.written"
    );
    let laid = Laid {
        format,
        blob: Uuid::new_v4(),
        size: bytes.len(),
        sha256: Sha256::digest(&bytes).into(),
    };
    blobs.put(laid.blob, vec![Bytes::from(bytes)]).await?;
    Ok(laid)
}
