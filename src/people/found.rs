//! Who is found under the keys of a name.

use super::{Birth, Names, keys::Asked};
use crate::{db::Tx, error::AppError, ids::PersonId};

/// Candidates a search reads, three pages of them; what is shown are the best.
const AT_MOST: i32 = 60;
/// With fewer than this many, a search asks also with a letter wrong, then for any part.
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

/// People of the reader's prefecture whose name may be the one asked for: those with each part of it; while there is room,
/// those in whom each part begins as it sounds; if there are few, those with a letter wrong; if there are few still, those
/// with any part. Three statements at most.
pub async fn found(tx: &mut Tx, asked: &Asked) -> Result<Vec<Found>, AppError> {
    let (mut people, _) = ask(tx, (&asked.exact, true), &[]).await?;
    let has_room = i32::try_from(people.len()).is_ok_and(|many| many < AT_MOST);
    let begun: &[_] = if has_room { &asked.begun } else { &[] };
    let near: &[_] = if people.len() < ENOUGH {
        &asked.near
    } else {
        &[]
    };
    let (near, begun) = ask(tx, (near, true), begun).await?;
    add(&mut people, near);
    let is_few = people.len() < ENOUGH;
    // most of them turn out to be of another name: they are nobody's reason to stop here
    add(&mut people, begun);
    if is_few && asked.exact.len() > 1 {
        add(&mut people, ask(tx, (&asked.exact, false), &[]).await?.0);
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

/// Those with a key of every group, or of any; and apart from them those with one of every group of others. At most so many
/// of either, in one statement; none, where no group is asked for.
async fn ask(
    tx: &mut Tx,
    (groups, every): (&[Vec<String>], bool),
    others: &[Vec<String>],
) -> Result<(Vec<Found>, Vec<Found>), AppError> {
    let mut groups = groups.iter().filter(|group| !group.is_empty());
    let mut others = others.iter().filter(|group| !group.is_empty());
    let (first, other) = (groups.next(), others.next());
    if first.is_none() && other.is_none() {
        return Ok((Vec::new(), Vec::new()));
    }
    let rows = sqlx::query!(
        r#"select person_id as "person!: PersonId", sex as "sex!", birth_earliest, birth_latest, birth_basis, names,
                  false as "is_other!"
           from app.people_found($1, $2, $3, $4, $5, $6) where $1::text[] is not null
           union all
           select person_id, sex, birth_earliest, birth_latest, birth_basis, names, true
           from app.people_found($7, $8, $9, $10, true, $6) where $7::text[] is not null"#,
        first.map(Vec::as_slice),
        groups.next().map(Vec::as_slice),
        groups.next().map(Vec::as_slice),
        groups.next().map(Vec::as_slice),
        every,
        AT_MOST,
        other.map(Vec::as_slice),
        others.next().map(Vec::as_slice),
        others.next().map(Vec::as_slice),
        others.next().map(Vec::as_slice)
    )
    .fetch_all(&mut **tx)
    .await?;
    let (mut found, mut apart) = (Vec::new(), Vec::new());
    for row in rows {
        let one = Found {
            person: row.person,
            sex: row.sex,
            birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
            names: row
                .names
                .unwrap_or_default()
                .iter()
                .map(|text| named(text))
                .collect(),
        };
        if row.is_other {
            apart.push(one);
        } else {
            found.push(one);
        }
    }
    Ok((found, apart))
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
