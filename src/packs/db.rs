//! Questions of the pages: asked as `sanad_stat`, which reads what was told and nothing else.

use super::domain::{Format, Kept, Month, Pack};
use crate::{db::Tx, error::AppError, ids::PackId};
use chrono::{DateTime, Utc};

/// Packs on the page, the newest first.
const MOST: i64 = 60;

/// The months that were told, the last one first.
pub(super) async fn months(tx: &mut Tx) -> Result<Vec<Month>, AppError> {
    Ok(sqlx::query_as!(
        Month,
        "select number as release, as_of from stat.release order by number desc"
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The packs there are.
pub(super) async fn packs(tx: &mut Tx) -> Result<Vec<Pack>, AppError> {
    Ok(sqlx::query_as!(
        Pack,
        r#"select p.id as "id: PackId", a.as_of as "from", z.as_of as "to", p.lang, p.step, p.made_at, p.failed_at
           from stat.pack p
           join stat.release a on a.number = p.from_release
           join stat.release z on z.number = p.to_release
           order by p.to_release desc, p.from_release desc, p.lang limit $1"#,
        MOST
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A pack, and its files once it is made.
pub(super) async fn pack(tx: &mut Tx, id: PackId) -> Result<Option<(Pack, Vec<Kept>)>, AppError> {
    let pack = sqlx::query_as!(
        Pack,
        r#"select p.id as "id: PackId", a.as_of as "from", z.as_of as "to", p.lang, p.step, p.made_at, p.failed_at
           from stat.pack p
           join stat.release a on a.number = p.from_release
           join stat.release z on z.number = p.to_release
           where p.id = $1"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(pack) = pack else { return Ok(None) };
    let mut files = sqlx::query_as!(
        Kept,
        r#"select format as "format: Format", blob, size, sha256 from stat.pack_file where pack = $1"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?;
    files.sort_by_key(|file| file.format);
    Ok(Some((pack, files)))
}

/// Asks for one, in the reader's own transaction: the one there is, or a new one.
pub(super) async fn ask(
    tx: &mut Tx,
    (from, to): (Month, Month),
    lang: &str,
    now: DateTime<Utc>,
) -> Result<PackId, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select stat.ask_pack($1, $2, $3, $4, $5) as "id!: PackId""#,
        PackId::new(now).0,
        from.release,
        to.release,
        lang,
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}
