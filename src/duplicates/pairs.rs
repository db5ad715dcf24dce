//! Questions about the pairs that the sweep found, of children and of adults. Row security shows them to the supervisor of
//! the prefecture, and only while both people are seen.

use super::facts::Facts;
use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::RowId,
    people::{Level, Reason},
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

/// Two people who may be one.
#[derive(Debug)]
pub(super) struct Pair {
    /// Which.
    pub(super) id: RowId,
    /// 0 to 100.
    pub(super) score: i16,
    /// What speaks for it, and against.
    pub(super) reasons: Vec<Reason>,
    /// When it was found.
    pub(super) found_at: DateTime<Utc>,
    /// Whether somebody said something.
    pub(super) is_answered: bool,
    /// Two adults, and no files.
    pub(super) is_of_adults: bool,
    /// One of the two …
    pub(super) one: Facts,
    /// … and the other.
    pub(super) other: Facts,
}

impl Pair {
    /// Side by side.
    pub(super) fn both(&self) -> [&Facts; 2] {
        let (later, earlier) = self.later();
        [earlier, later]
    }

    /// The id of its heading.
    pub(super) fn heading(&self) -> String {
        format!("pair-{}", self.id)
    }

    /// What its points mean.
    pub(super) fn level(&self) -> Level {
        Level::of(u8::try_from(self.score).unwrap_or(0))
    }

    /// The later of the two files or records, whose child or adult would be known already, and the earlier one.
    pub(super) fn later(&self) -> (&Facts, &Facts) {
        let place = |facts: &Facts| (facts.opened_at, facts.person);
        if place(&self.one) > place(&self.other) {
            (&self.one, &self.other)
        } else {
            (&self.other, &self.one)
        }
    }
}

/// A place in the list: points, then which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct After {
    score: i16,
    id: Uuid,
}

impl After {
    /// From the query string; anything else starts at the top.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (score, id) = text.split_once('.')?;
        Some(Self {
            score: score.parse().ok()?,
            id: id.parse().ok()?,
        })
    }
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.score, self.id)
    }
}

/// Rows on one page.
pub(super) const SIZE: usize = 25;

/// What waits, the strongest first, and where the next page begins.
pub(super) async fn open(
    tx: &mut Tx,
    actor: &Actor,
    after: Option<After>,
) -> Result<(Vec<Pair>, Option<After>), AppError> {
    let rows = sqlx::query!(
        r#"select d.id as "id: RowId", d.score, d.reasons, d.found_at, f.of_adults as "of_adults!",
                  f.one as "one!: Json<Facts>", f.other as "other!: Json<Facts>"
           from app.duplicate_pair d
           join lateral app.pair_facts($1, d.one_person, d.other_person) f on true
           where d.territory_id = $1 and d.state = 'open'
             and ($2::smallint is null or (d.score, d.id) < ($2, $3))
           order by d.score desc, d.id desc
           limit 26"#,
        actor.territory().0,
        after.map(|after| after.score),
        after.map(|after| after.id)
    )
    .fetch_all(&mut **tx)
    .await?;
    let pairs = rows.into_iter().map(|row| Pair {
        id: row.id,
        score: row.score,
        reasons: known(&row.reasons),
        found_at: row.found_at,
        is_answered: false,
        is_of_adults: row.of_adults,
        one: row.one.0,
        other: row.other.0,
    });
    let mut pairs: Vec<Pair> = pairs.collect();
    let has_more = pairs.len() > SIZE;
    pairs.truncate(SIZE);
    let last = pairs.last().filter(|_| has_more).map(|last| After {
        score: last.score,
        id: last.id.0,
    });
    Ok((pairs, last))
}

/// How many wait.
pub(super) async fn count(tx: &mut Tx, actor: &Actor) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "n!" from app.duplicate_pair d
           where d.territory_id = $1 and d.state = 'open'
             and exists (select from app.pair_facts($1, d.one_person, d.other_person))"#,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// One of them, answered or not.
pub(super) async fn find(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Pair, AppError> {
    let row = sqlx::query!(
        r#"select d.id as "id: RowId", d.score, d.reasons, d.found_at, d.state = 'answered' as "is_answered!",
                  f.of_adults as "of_adults!", f.one as "one!: Json<Facts>", f.other as "other!: Json<Facts>"
           from app.duplicate_pair d
           join lateral app.pair_facts($2, d.one_person, d.other_person) f on true
           where d.id = $1 and d.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Pair {
        id: row.id,
        score: row.score,
        reasons: known(&row.reasons),
        found_at: row.found_at,
        is_answered: row.is_answered,
        is_of_adults: row.of_adults,
        one: row.one.0,
        other: row.other.0,
    })
}

/// Those that this program knows.
fn known(codes: &[String]) -> Vec<Reason> {
    codes
        .iter()
        .filter_map(|code| Reason::from_code(code))
        .collect()
}
