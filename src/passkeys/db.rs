//! What the database is asked. Whose passkey it is, the session of the transaction says, or the signature.

use super::ceremony::{Answer, New, Site};
use crate::{
    db::Tx,
    error::AppError,
    factor::{self, Code, Given},
    forms::Line,
    ids::RowId,
};
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// A passkey of one's own.
#[derive(Debug)]
pub struct OwnPasskey {
    /// Its key.
    pub id: RowId,
    /// What its owner calls it.
    pub name: String,
    /// How the device knows it.
    pub credential_id: Vec<u8>,
    /// When it was made.
    pub added_at: DateTime<Utc>,
    /// When it last signed something.
    pub used_at: Option<DateTime<Utc>>,
}

/// One's own, the oldest first.
pub async fn own(tx: &mut Tx) -> Result<Vec<OwnPasskey>, AppError> {
    let own = sqlx::query_as!(
        OwnPasskey,
        r#"select id as "id!: RowId", name as "name!", credential_id as "credential_id!",
                  added_at as "added_at!", used_at
           from sec.own_passkeys()"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(own)
}

async fn known(tx: &mut Tx) -> Result<Vec<Vec<u8>>, AppError> {
    let own = own(tx).await?;
    Ok(own.into_iter().map(|one| one.credential_id).collect())
}

async fn challenge(tx: &mut Tx, wanted: &str, browser: Option<&[u8]>) -> Result<Vec<u8>, AppError> {
    let drawn = sqlx::query_scalar!(
        r#"select sec.begin_passkey($1, $2) as "challenge!""#,
        wanted,
        browser
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(drawn)
}

/// The options with which a browser makes a passkey for the holder of this session.
pub async fn ask_new(tx: &mut Tx, site: &Site, user: Uuid) -> Result<Value, AppError> {
    let drawn = challenge(tx, "add", None).await?;
    let names = sqlx::query!(
        r#"select username as "username!", name_la as "name_la!" from sec.own_account()"#
    )
    .fetch_one(&mut **tx)
    .await?;
    let has = known(tx).await?;
    site.ask_new(user, (&names.username, &names.name_la), has, &drawn)
}

/// The options with which the holder of this session shows a passkey of theirs.
pub async fn ask(tx: &mut Tx, site: &Site) -> Result<Value, AppError> {
    let drawn = challenge(tx, "prove", None).await?;
    let has = known(tx).await?;
    Ok(site.ask(&has, &drawn))
}

/// The options with which nobody yet shows a passkey; the answer must come from the browser with that mark.
pub async fn ask_nobody(tx: &mut Tx, site: &Site, browser: &[u8]) -> Result<Value, AppError> {
    let drawn = challenge(tx, "enter", Some(browser)).await?;
    Ok(site.ask(&[], &drawn))
}

/// What became of a new passkey.
#[derive(Debug)]
pub enum Added {
    /// It is kept; the session has the new token. With the first factor of an account, its backup codes.
    Kept(Vec<Code>),
    /// Made elsewhere, for another challenge, of a kind that we do not know, or known already.
    Refused,
}

/// Keeps a new passkey for the holder of this session.
pub async fn add(
    tx: &mut Tx,
    site: &Site,
    (user, new, name): (Uuid, &New, &Line),
    now: DateTime<Utc>,
    token: &[u8],
) -> Result<Added, AppError> {
    let has = known(tx).await?;
    let Some(key) = site.read_new(new, user, has) else {
        return Ok(Added::Refused);
    };
    let place = site.sha256();
    let codes = factor::backup_codes();
    let hashed: Vec<Vec<u8>> = codes.iter().map(|code| code.as_bytes().to_vec()).collect();
    let done = sqlx::query_scalar!(
        r#"select sec.add_passkey($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as "done!""#,
        RowId::new(now).0,
        name.as_str(),
        new.challenge(),
        key.credential,
        key.algorithm,
        key.public,
        place.as_slice(),
        key.counter,
        key.kept,
        &hashed as &[Vec<u8>],
        token
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(match done.as_str() {
        "codes" => Added::Kept(codes),
        "added" => Added::Kept(Vec::new()),
        _ => Added::Refused,
    })
}

/// Removes one; `false` if it is not one's own. Somebody in a `strict` role whose last factor it was enrols another
/// before anything else.
pub async fn remove(
    tx: &mut Tx,
    which: RowId,
    token: &[u8],
    strict: &[String],
) -> Result<bool, AppError> {
    let done = sqlx::query_scalar!(
        r#"select sec.remove_passkey($1, $2, $3) as "done!""#,
        which.0,
        token,
        strict
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(done)
}

/// What the library says; refused, the challenge is spent and the try is written down.
async fn holds(
    tx: &mut Tx,
    site: &Site,
    answer: &Answer,
    (wanted, browser): (&str, Option<&[u8]>),
) -> Result<bool, AppError> {
    let found = sqlx::query!(
        r#"select user_id as "user_id!", kept as "kept!" from sec.passkey_of($1)"#,
        answer.credential()
    )
    .fetch_optional(&mut **tx)
    .await?;
    if found.is_some_and(|key| site.holds(answer, key.user_id, key.kept)) {
        return Ok(true);
    }
    sqlx::query!(
        "select sec.refuse_passkey($1, $2, $3, $4)",
        wanted,
        browser,
        answer.challenge(),
        answer.credential()
    )
    .execute(&mut **tx)
    .await?;
    Ok(false)
}

/// A device that counted backwards is one of two: somebody looks at once.
fn tell(verdict: &str) {
    if verdict == "copied" {
        tracing::error!("passkey.copied");
    }
}

/// A passkey after the password, or to confirm oneself again.
pub async fn prove(
    tx: &mut Tx,
    site: &Site,
    answer: &Answer,
    token: &[u8],
) -> Result<Given, AppError> {
    if !holds(tx, site, answer, ("prove", None)).await? {
        return Ok(Given::Wrong);
    }
    let verdict = sqlx::query_scalar!(
        r#"select sec.prove_passkey($1, $2, $3, $4, $5) as "verdict!""#,
        answer.credential(),
        answer.authenticator(),
        answer.client(),
        answer.signature(),
        token
    )
    .fetch_one(&mut **tx)
    .await?;
    tell(&verdict);
    Ok(if verdict == "passed" {
        Given::Right
    } else {
        Given::Wrong
    })
}

/// What the session of somebody who enters is given.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The mark of the browser that was asked.
    pub browser: &'a [u8],
    /// The hash of the new token.
    pub token: &'a [u8],
    /// How long it lives without a request.
    pub idle: Duration,
    /// How long it lives in any case.
    pub life: Duration,
    /// What the browser calls itself.
    pub device: &'a str,
}

/// What a passkey opened.
#[derive(Debug)]
pub struct Entered {
    /// The language of last time.
    pub locale: String,
    /// Posts to choose from; with none there is no session.
    pub posts: i32,
    /// The role of the only post.
    pub role: Option<String>,
}

/// A passkey alone opens a session for its owner.
pub async fn enter(
    tx: &mut Tx,
    site: &Site,
    answer: &Answer,
    entry: Entry<'_>,
) -> Result<Option<Entered>, AppError> {
    if !holds(tx, site, answer, ("enter", Some(entry.browser))).await? {
        return Ok(None);
    }
    let row = sqlx::query!(
        r#"select locale, posts as "posts!", role, verdict as "verdict!"
           from sec.enter_by_passkey($1, $2, $3, $4, $5, $6, make_interval(secs => $7),
                                     make_interval(secs => $8), $9)"#,
        entry.browser,
        answer.credential(),
        answer.authenticator(),
        answer.client(),
        answer.signature(),
        entry.token,
        entry.idle.as_secs_f64(),
        entry.life.as_secs_f64(),
        entry.device
    )
    .fetch_one(&mut **tx)
    .await?;
    tell(&row.verdict);
    Ok(row.locale.map(|locale| Entered {
        locale,
        posts: row.posts,
        role: row.role,
    }))
}
