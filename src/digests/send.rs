//! Sending, as background work. A day is taken before its letter leaves, so that no second one can; it is given
//! back only if the server said that it did not take the letter.

use super::{Asked, Counts, code_letter, daily_letter, open};
use crate::{
    clock::local_date,
    db::{JobDb, JobTx},
    i18n::Lang,
    ids::UserId,
    mail::{Mailer, Undelivered},
    vault::{Ring, RingRow, Vault},
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Africa::Casablanca;
use std::ops::Range;
use uuid::Uuid;

/// The hours in which a letter of the day may come: a retry at night would wake people.
const HOURS: Range<u32> = 6..20;

/// What became of a day's letters.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Letters that left.
    pub sent: usize,
    /// People who owe nothing that day: no letter.
    pub nothing: usize,
    /// Letters that the server did not take: tried again.
    pub refused: usize,
    /// Letters that may have left: not tried again.
    pub unknown: usize,
    /// The server's last refusal.
    pub why: Option<Undelivered>,
}

/// What letters need beside connections.
#[derive(Debug, Clone)]
pub struct Means {
    /// Opens addresses.
    pub vault: Vault,
    /// The mail server.
    pub mailer: Mailer,
}

/// All that sending needs.
#[derive(Debug, Clone, Copy)]
pub struct Post<'a> {
    /// Connections of the job.
    pub db: &'a JobDb,
    /// The rest.
    pub means: &'a Means,
}

async fn ring(
    tx: &mut JobTx,
    vault: &Vault,
) -> Result<Ring, Box<dyn std::error::Error + Send + Sync>> {
    let rows = sqlx::query_as!(
        RingRow,
        r#"select id as "id!", purpose as "purpose!", wrapped as "wrapped!" from app.key_ring()"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(vault.ring(&rows)?)
}

/// Sends the code to an address that waits for it. One that waits no more is nothing to do.
pub async fn send_code(
    kind: &str,
    post: Post<'_>,
    who: Uuid,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut tx = post.db.begin(kind).await?;
    let found = sqlx::query!(
        r#"select asked_enc as "asked!", locale as "locale!" from sec.digest_code($1)"#,
        who
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(found) = found else { return Ok(()) };
    let ring = ring(&mut tx, &post.means.vault).await?;
    tx.commit().await?;
    let Some(Asked {
        address,
        code: Some(code),
    }) = open(&ring, UserId(who), &found.asked)
    else {
        return Err("an address does not open".into());
    };
    let letter = code_letter(lang(&found.locale), &code)?;
    post.means.mailer.send(&address, letter).await?;
    Ok(())
}

fn lang(code: &str) -> Lang {
    Lang::from_code(code).unwrap_or_default()
}

/// The end of a Moroccan day.
fn midnight_after(day: NaiveDate) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let local = Casablanca.from_local_datetime(&next.and_time(NaiveTime::MIN));
    local
        .earliest()
        .map_or_else(|| next.and_time(NaiveTime::MIN).and_utc(), |at| at.to_utc())
}

/// Sends the letters of the day to all who wait for one.
pub async fn send_daily(
    kind: &str,
    post: Post<'_>,
    now: DateTime<Utc>,
) -> Result<Outcome, Box<dyn std::error::Error + Send + Sync>> {
    let mut outcome = Outcome::default();
    let day = local_date(now);
    if !HOURS.contains(&now.with_timezone(&Casablanca).hour()) {
        return Ok(outcome);
    }
    let mut tx = post.db.begin(kind).await?;
    let waiting = sqlx::query_scalar!(
        r#"select who as "who!" from sec.digests_waiting($1) as t (who)"#,
        day
    )
    .fetch_all(&mut *tx)
    .await?;
    if waiting.is_empty() {
        return Ok(outcome);
    }
    let ring = ring(&mut tx, &post.means.vault).await?;
    tx.commit().await?;
    if !post.means.mailer.is_reachable().await {
        return Err("the mail server does not answer".into());
    }
    for who in waiting {
        one(kind, post, &ring, (who, day, now), &mut outcome).await?;
    }
    Ok(outcome)
}

/// One letter, or none.
async fn one(
    kind: &str,
    post: Post<'_>,
    ring: &Ring,
    (who, day, now): (Uuid, NaiveDate, DateTime<Utc>),
    outcome: &mut Outcome,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut tx = post.db.begin(kind).await?;
    let taken = sqlx::query!(
        r#"select d.address_enc as "address!", d.locale as "locale!", c.late as "late!", c.today as "today!"
           from sec.claim_digest($1, $2) d cross join lateral app.count_owed($1, $3, $4) c"#,
        who,
        day,
        now,
        midnight_after(day)
    )
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await?;
    let Some(taken) = taken else { return Ok(()) };
    let counts = Counts {
        late: taken.late,
        today: taken.today,
    };
    if counts.is_nothing() {
        outcome.nothing += 1;
        return Ok(());
    }
    let Some(asked) = open(ring, UserId(who), &taken.address) else {
        tracing::error!(%who, "digest.unreadable");
        outcome.unknown += 1;
        return Ok(());
    };
    let letter = daily_letter(
        lang(&taken.locale),
        counts,
        &post.means.mailer.link("/today"),
    )?;
    match post.means.mailer.send(&asked.address, letter).await {
        Ok(()) => outcome.sent += 1,
        Err(why @ Undelivered::Refused(_)) => {
            outcome.refused += 1;
            outcome.why = Some(why);
            let mut tx = post.db.begin(kind).await?;
            sqlx::query!("select sec.unclaim_digest($1, $2)", who, day)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
        }
        Err(why) => {
            outcome.unknown += 1;
            outcome.why = Some(why);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_its_midnight() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        // Morocco is an hour ahead, but in Ramadan
        assert_eq!(
            midnight_after(day).to_rfc3339(),
            "2026-11-23T23:00:00+00:00"
        );
        let ramadan = NaiveDate::from_ymd_opt(2026, 2, 25).unwrap();
        assert_eq!(
            midnight_after(ramadan).to_rfc3339(),
            "2026-02-26T00:00:00+00:00"
        );
    }
}
