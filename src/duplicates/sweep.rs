//! The nightly sweep: every file that changed is compared with those of its prefecture, and the adults around its child with
//! the others there; what somebody should look at waits for the supervisor. The job reads through functions of the database, which leave protected files out, and sees
//! nobody's session. Run twice, it finds nothing new.

use super::{
    facts::Facts,
    find::{Question, questions},
    score::{Record, Score},
};
use crate::{clock::local_date, db::JobDb, people::Reason};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Children in one transaction: short, so that who writes a file does not wait.
const AT_ONCE: i32 = 50;
/// Pairs of one person; more of them would be asked of somebody in vain.
const OF_ONE: usize = 5;

/// A prefecture, and since when its files are to be looked at.
#[derive(Debug, Clone, Copy)]
struct Place {
    territory: i16,
    since: Option<DateTime<Utc>>,
}

/// The last file that was looked at.
type Last = (DateTime<Utc>, Uuid);

/// A pair, as the database takes it.
#[derive(Debug, Serialize)]
struct Kept {
    one: Uuid,
    other: Uuid,
    score: u8,
    reasons: Vec<&'static str>,
    named_at: DateTime<Utc>,
}

/// Looks through every prefecture; how many pairs are new, or not what they were.
pub async fn sweep(db: &JobDb, job: &str, now: DateTime<Utc>) -> Result<i64, sqlx::Error> {
    let mut tx = db.begin(job).await?;
    let places = places(&mut tx).await?;
    tx.commit().await?;
    let mut kept = 0;
    for place in places {
        let mut last = None;
        loop {
            let mut tx = db.begin(job).await?;
            let (next, new) = some(&mut tx, place, last, now).await?;
            if next.is_none() {
                done(&mut tx, place, now).await?;
            }
            tx.commit().await?;
            kept += i64::from(new);
            match next {
                Some(_) => last = next,
                None => break,
            }
        }
    }
    Ok(kept)
}

/// The same on a connection of the caller's, in one transaction: for the data of the demonstration.
pub async fn sweep_within(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
) -> Result<i64, sqlx::Error> {
    let mut kept = 0;
    for place in places(&mut *connection).await? {
        let mut last = None;
        loop {
            let (next, new) = some(&mut *connection, place, last, now).await?;
            kept += i64::from(new);
            match next {
                Some(_) => last = next,
                None => break,
            }
        }
        done(&mut *connection, place, now).await?;
    }
    Ok(kept)
}

async fn places(connection: &mut PgConnection) -> Result<Vec<Place>, sqlx::Error> {
    sqlx::query_as!(
        Place,
        r#"select territory_id as "territory!", since as "since?" from app.sweep_places()"#
    )
    .fetch_all(connection)
    .await
}

async fn done(
    connection: &mut PgConnection,
    place: Place,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!("select app.sweep_done($1, $2)", place.territory, now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Some of the children of a prefecture: where to go on, if there are more, and how many pairs are new.
async fn some(
    connection: &mut PgConnection,
    place: Place,
    last: Option<Last>,
    now: DateTime<Utc>,
) -> Result<(Option<Last>, i32), sqlx::Error> {
    let rows = sqlx::query!(
        r#"select changed_at as "changed_at!", case_id as "case!", facts as "facts!: Json<Facts>"
           from app.sweep_children($1, $2, $3, $4, $5)"#,
        place.territory,
        place.since,
        last.map(|(at, _)| at),
        last.map(|(_, case)| case),
        AT_ONCE
    )
    .fetch_all(&mut *connection)
    .await?;
    let next = rows.last().map(|row| (row.changed_at, row.case));
    let subjects: Vec<Facts> = rows.into_iter().map(|row| row.facts.0).collect();
    if subjects.is_empty() {
        return Ok((None, 0));
    }
    let today = local_date(now);
    let found = sqlx::query!(
        r#"select nth as "nth!", facts as "facts!: Json<Facts>" from app.sweep_found($1, $2)"#,
        place.territory,
        serde_json::json!(asked(&subjects, today))
    )
    .fetch_all(&mut *connection)
    .await?;
    let found = found
        .into_iter()
        .filter_map(|row| Some((usize::try_from(row.nth).ok()?, row.facts.0)));
    let mut kept = pairs(&subjects, &found.collect::<Vec<_>>(), today);
    kept.extend(of_adults(&mut *connection, place, &subjects, today).await?);
    let new = sqlx::query_scalar!(
        r#"select app.keep_pairs($1, $2, $3) as "new!""#,
        place.territory,
        serde_json::json!(kept),
        now
    )
    .fetch_one(connection)
    .await?;
    Ok((next, new))
}

/// What is to be asked about them.
fn asked(subjects: &[Facts], today: NaiveDate) -> Vec<Question> {
    let all = subjects.iter().enumerate();
    all.flat_map(|(nth, one)| questions(nth, &one.traits, today))
        .collect()
}

/// The pairs of the adults around those children.
async fn of_adults(
    connection: &mut PgConnection,
    place: Place,
    children: &[Facts],
    today: NaiveDate,
) -> Result<Vec<Kept>, sqlx::Error> {
    let children: Vec<Uuid> = children.iter().map(|one| one.person.0).collect();
    let rows = sqlx::query!(
        r#"select facts as "facts!: Json<Facts>" from app.sweep_adults($1, $2)"#,
        place.territory,
        &children
    )
    .fetch_all(&mut *connection)
    .await?;
    let subjects: Vec<Facts> = rows.into_iter().map(|row| row.facts.0).collect();
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let found = sqlx::query!(
        r#"select nth as "nth!", facts as "facts!: Json<Facts>" from app.sweep_adults_found($1, $2)"#,
        place.territory,
        serde_json::json!(asked(&subjects, today))
    )
    .fetch_all(connection)
    .await?;
    let found = found
        .into_iter()
        .filter_map(|row| Some((usize::try_from(row.nth).ok()?, row.facts.0)));
    Ok(pairs(&subjects, &found.collect::<Vec<_>>(), today))
}

/// What is worth a question, the strongest of each of them.
fn pairs(subjects: &[Facts], found: &[(usize, Facts)], today: NaiveDate) -> Vec<Kept> {
    let mut all = Vec::new();
    for (nth, subject) in subjects.iter().enumerate() {
        let record = Record::new(&subject.traits);
        let near = found
            .iter()
            .filter(|(of, other)| *of == nth && other.person != subject.person)
            .filter(|(_, other)| subject.pairs_with(other));
        let scored = near.filter_map(|(_, other)| {
            let score = record.compare(&Record::new(&other.traits), today)?;
            score.is_asked().then_some((score, other))
        });
        let mut scored: Vec<(Score, &Facts)> = scored.collect();
        scored.sort_by(|(a, one), (b, two)| (b.points, one.person).cmp(&(a.points, two.person)));
        let best = scored.into_iter().take(OF_ONE);
        all.extend(best.map(|(score, other)| Kept {
            one: subject.person.0,
            other: other.person.0,
            score: score.points,
            reasons: score.reasons.iter().map(|one| Reason::code(*one)).collect(),
            named_at: subject.traits.named_at.max(other.traits.named_at),
        }));
    }
    all
}
