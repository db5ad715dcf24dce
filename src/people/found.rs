//! Who is found under the keys of a name.

use super::{Birth, Names, keys::Asked};
use crate::{db::Tx, error::AppError, ids::PersonId};

/// Candidates a search reads; the best of them are shown.
const AT_MOST: i32 = 150;
/// With fewer than this many, a search asks again with a letter wrong, then for any part.
const ENOUGH: usize = 5;

/// Someone with a name that has what was asked for.
#[derive(Debug, Clone)]
pub struct Found {
    /// Who.
    pub person: PersonId,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// When born, as far as known.
    pub birth: Option<Birth>,
    /// Their names that lie in clear, the civil one first, each with its kind.
    pub names: Vec<(String, Names)>,
}

/// People of the reader's prefecture whose name may be the one asked for: those with each part of it; if they are few,
/// those with a letter wrong; if they are few still, those with any part. One statement each; at most three.
pub async fn found(tx: &mut Tx, asked: &Asked) -> Result<Vec<Found>, AppError> {
    let mut people = ask(tx, &asked.exact, true).await?;
    if people.len() < ENOUGH {
        add(&mut people, ask(tx, &asked.near, true).await?);
    }
    if people.len() < ENOUGH && asked.exact.len() > 1 {
        add(&mut people, ask(tx, &asked.exact, false).await?);
    }
    Ok(people)
}

fn add(people: &mut Vec<Found>, more: Vec<Found>) {
    for one in more {
        if people.iter().all(|known| known.person != one.person) {
            people.push(one);
        }
    }
}

async fn ask(tx: &mut Tx, groups: &[Vec<String>], every: bool) -> Result<Vec<Found>, AppError> {
    let mut groups = groups.iter().filter(|group| !group.is_empty());
    let Some(first) = groups.next() else {
        return Ok(Vec::new());
    };
    let rows = sqlx::query!(
        r#"select person_id as "person!: PersonId", sex as "sex!", birth_earliest, birth_latest, birth_basis, names
           from app.people_found($1, $2, $3, $4, $5, $6)"#,
        first,
        groups.next().map(Vec::as_slice),
        groups.next().map(Vec::as_slice),
        groups.next().map(Vec::as_slice),
        every,
        AT_MOST
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Found {
            person: row.person,
            sex: row.sex,
            birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
            names: row
                .names
                .unwrap_or_default()
                .iter()
                .map(|text| named(text))
                .collect(),
        })
        .collect())
}

/// A kind and four parts, as `app.people_found` joins them.
fn named(text: &str) -> (String, Names) {
    let mut parts = text.split('\u{1f}').map(str::to_owned);
    let kind = parts.next().unwrap_or_default();
    (
        kind,
        Names::new(parts.next(), parts.next(), parts.next(), parts.next()),
    )
}
