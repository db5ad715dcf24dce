//! What is kept of a second factor. Whose it is, the session of the transaction says.

use super::{
    codes::Code,
    seal,
    totp::{Setup, TotpSecret},
};
use crate::{db::Tx, error::AppError, forms::western_digits, ids::UserId};
use chrono::{DateTime, Utc};

/// Backup codes of one account.
const BACKUP_CODES: usize = 10;

/// What became of a code that somebody gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Right: the session has the new token.
    Right,
    /// Wrong, or used before; the refusal is written down.
    Wrong,
}

/// A secret to try: it counts from the first right code.
pub async fn begin(tx: &mut Tx, user: UserId) -> Result<(), AppError> {
    let ring = tx.ring().await?;
    let sealed = seal::seal(&ring, user, &TotpSecret::random())?;
    sqlx::query!("select sec.begin_factor($1)", sealed)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The secret that waits for its first code.
pub async fn setup(tx: &mut Tx) -> Result<Option<Setup>, AppError> {
    match secret(tx, false).await? {
        Some(secret) => secret.setup().map(Some),
        None => Ok(None),
    }
}

/// The first code: from now on the factor is asked for. Gives the backup codes, this once.
pub async fn finish(
    tx: &mut Tx,
    code: &str,
    now: DateTime<Utc>,
    token: &[u8],
) -> Result<Option<Vec<Code>>, AppError> {
    let step = secret(tx, false)
        .await?
        .and_then(|secret| secret.step_of(&digits(code), now));
    let Some(step) = step else {
        return Ok(None);
    };
    let codes = backup_codes();
    let done = sqlx::query_scalar!(
        r#"select sec.finish_factor($1, $2, $3) as "done!""#,
        step,
        &bytes(&codes) as &[Vec<u8>],
        token
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(done.then_some(codes))
}

/// A code at sign-in or to confirm oneself: six digits of the authenticator, or a backup code.
pub async fn give(
    tx: &mut Tx,
    code: &str,
    now: DateTime<Utc>,
    token: &[u8],
) -> Result<Given, AppError> {
    let right = if let Some(backup) = Code::parse(code) {
        sqlx::query_scalar!(
            r#"select sec.pass_backup_code($1, $2) as "right!""#,
            backup.as_bytes(),
            token
        )
        .fetch_one(&mut **tx)
        .await?
    } else {
        let step = secret(tx, true)
            .await?
            .and_then(|secret| secret.step_of(&digits(code), now));
        match step {
            None => false,
            Some(step) => {
                sqlx::query_scalar!(r#"select sec.pass_factor($1, $2) as "right!""#, step, token)
                    .fetch_one(&mut **tx)
                    .await?
            }
        }
    };
    if right {
        return Ok(Given::Right);
    }
    sqlx::query!("select sec.refuse_factor()")
        .execute(&mut **tx)
        .await?;
    Ok(Given::Wrong)
}

/// New backup codes; the old ones end.
pub async fn renew(tx: &mut Tx) -> Result<Vec<Code>, AppError> {
    let codes = backup_codes();
    sqlx::query!(
        "select sec.renew_backup_codes($1)",
        &bytes(&codes) as &[Vec<u8>]
    )
    .execute(&mut **tx)
    .await?;
    Ok(codes)
}

async fn secret(tx: &mut Tx, confirmed: bool) -> Result<Option<TotpSecret>, AppError> {
    let found = sqlx::query!(
        r#"select f.user_id as "user_id!: UserId", f.secret_enc as "secret_enc!", a.username as "username!"
           from sec.own_factor() f, sec.own_account() a where f.confirmed = $1"#,
        confirmed
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let ring = tx.ring().await?;
    let secret = seal::open(&ring, found.user_id, &found.secret_enc)
        .ok_or_else(|| AppError::internal("the secret of a second factor does not open"))?;
    TotpSecret::of(&secret, &found.username).map(Some)
}

/// Backup codes for an account that has none.
pub fn backup_codes() -> Vec<Code> {
    std::iter::repeat_with(Code::backup)
        .take(BACKUP_CODES)
        .collect()
}

fn bytes(codes: &[Code]) -> Vec<Vec<u8>> {
    codes.iter().map(|code| code.as_bytes().to_vec()).collect()
}

/// As an authenticator shows it, `123 456`, on any keyboard.
fn digits(code: &str) -> String {
    western_digits(code)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}
