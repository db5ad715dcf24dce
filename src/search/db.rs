//! What is found, in one statement: by the people who were found under a name, by number, by telephone, by place.

use super::domain::Number;
use crate::{
    authz::Actor,
    cases::EpisodeState,
    db::Tx,
    error::AppError,
    ids::{CaseId, ContactId, PersonId},
    people::{Birth, Names},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// Names that a person can have in one row of the database, apart; `chr(31)` in SQL.
const BETWEEN: char = '\u{1f}';

/// What is asked for; one of the four.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// People found under their names: who, how near, and how near if they were seen in the place.
    pub(super) people: Vec<(PersonId, i64, i64)>,
    /// A number of a file.
    pub(super) number: Option<Number>,
    /// Where a telephone is found.
    pub(super) print: Option<[u8; 16]>,
    /// Code of a place. Without people, whose last sighting was there.
    pub(super) place: Option<String>,
}

impl Asked {
    /// What the trail says of it.
    fn by(&self) -> &'static str {
        match self {
            Self {
                number: Some(_), ..
            } => "number",
            Self { print: Some(_), .. } => "phone",
            Self { place: Some(_), .. } if self.people.is_empty() => "place",
            _ => "names",
        }
    }
}

/// The place of a row in what was found: how near, and who.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct After {
    score: i64,
    id: Uuid,
}

impl After {
    /// From a form; anything else starts at the top.
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

/// The file of a child, as a list shows it.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) id: CaseId,
    pub(super) number: String,
    pub(super) protected: bool,
    pub(super) state: Option<EpisodeState>,
    /// Where and when the child was seen last.
    pub(super) seen: Option<(String, DateTime<Utc>)>,
}

/// A child of somebody who was found.
#[derive(Clone, Deserialize)]
pub(super) struct Kin {
    case: Option<CaseId>,
    number: Option<String>,
    given_ar: Option<String>,
    family_ar: Option<String>,
    given_la: Option<String>,
    family_la: Option<String>,
}

impl std::fmt::Debug for Kin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kin(…)")
    }
}

impl Kin {
    /// The file, if there is one: its id and number.
    pub(super) fn file(&self) -> Option<(CaseId, &str)> {
        self.case.zip(self.number.as_deref())
    }

    /// The names.
    pub(super) fn names(&self) -> Names {
        let part = |text: &Option<String>| text.clone();
        Names::new(
            part(&self.given_ar),
            part(&self.family_ar),
            part(&self.given_la),
            part(&self.family_la),
        )
    }
}

/// Somebody who was found.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: PersonId,
    pub(super) sex: String,
    pub(super) birth: Option<Birth>,
    /// The civil one first, each with its kind; none of a protected child.
    pub(super) names: Vec<(String, Names)>,
    pub(super) file: Option<File>,
    /// Whether she has a page among the mothers.
    pub(super) is_mother: bool,
    pub(super) children: Vec<Kin>,
    /// Whether they were seen in the place that was named.
    pub(super) there: bool,
}

/// A contact in which a telephone was given.
#[derive(Debug, Clone)]
pub(super) struct Contact {
    pub(super) id: ContactId,
    pub(super) receipt: String,
    pub(super) place: String,
    pub(super) spot_kind: String,
    pub(super) at: DateTime<Utc>,
}

/// One thing that was found.
#[derive(Debug, Clone)]
pub(super) enum Hit {
    Person(Box<Person>),
    Contact(Contact),
}

/// What was found, the nearest first, and where the next page begins.
#[derive(Debug, Default)]
pub(super) struct Hits {
    pub(super) hits: Vec<Hit>,
    pub(super) next: Option<After>,
}

/// A page of what was found, with its line in the trail: by what, and how much; never what was typed.
pub(super) async fn find(
    tx: &mut Tx,
    actor: &Actor,
    asked: &Asked,
    (after, most): (Option<After>, usize),
) -> Result<Hits, AppError> {
    let ids: Vec<Uuid> = asked.people.iter().map(|(id, ..)| id.0).collect();
    let scores: Vec<i64> = asked.people.iter().map(|(_, score, _)| *score).collect();
    let there: Vec<i64> = asked.people.iter().map(|(.., there)| *there).collect();
    let number = asked.number.as_ref();
    let by_place = asked.place.as_deref().filter(|_| asked.by() == "place");
    let rows = sqlx::query_file!(
        "src/search/sql/found.sql",
        actor.territory().0,
        &ids,
        &scores,
        &there,
        asked.place.as_deref(),
        number.map(|number| number.tail.as_str()),
        number.and_then(|number| number.prefix.as_deref()),
        number.and_then(|number| number.year.as_deref()),
        number.and_then(|number| number.letter.as_deref()),
        asked.print.as_ref().map(<[u8; 16]>::as_slice),
        by_place,
        after.and_then(|after| DateTime::from_timestamp_micros(after.score)),
        after.map(|after| after.id),
        i64::try_from(most + 1).unwrap_or(i64::MAX),
        after.map(|after| after.score),
        asked.by()
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut hits = Hits::default();
    let has_more = rows.len() > most;
    for row in rows.into_iter().take(most) {
        if let (Some(score), Some(id)) = (
            row.score,
            row.person.map(|id| id.0).or(row.contact.map(|id| id.0)),
        ) {
            hits.next = Some(After { score, id });
        }
        let found = match (row.person, row.sex, row.contact) {
            (Some(id), Some(sex), _) => {
                let seen = row.seen_place.zip(row.seen_at);
                let state = row.state.as_deref().and_then(EpisodeState::from_code);
                let file = row.case.zip(row.number).map(|(id, number)| File {
                    id,
                    number,
                    protected: row.protected.unwrap_or(true),
                    state,
                    seen,
                });
                Some(Hit::Person(Box::new(Person {
                    id,
                    sex,
                    birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
                    names: row
                        .names
                        .unwrap_or_default()
                        .iter()
                        .map(|text| named(text))
                        .collect(),
                    file,
                    is_mother: row.is_mother.unwrap_or_default(),
                    children: row.children.map(|found| found.0).unwrap_or_default(),
                    there: row.there.unwrap_or_default(),
                })))
            }
            (_, _, Some(id)) => contact(id, row.receipt, (row.place, row.spot_kind), row.at),
            _ => None,
        };
        hits.hits.extend(found);
    }
    hits.next = hits.next.filter(|_| has_more);
    Ok(hits)
}

fn contact(
    id: ContactId,
    receipt: Option<String>,
    (place, spot_kind): (Option<String>, Option<String>),
    at: Option<DateTime<Utc>>,
) -> Option<Hit> {
    Some(Hit::Contact(Contact {
        id,
        receipt: receipt?,
        place: place?,
        spot_kind: spot_kind?,
        at: at?,
    }))
}

/// A kind and four parts.
fn named(text: &str) -> (String, Names) {
    let mut parts = text.split(BETWEEN).map(str::to_owned);
    let kind = parts.next().unwrap_or_default();
    let names = Names::new(parts.next(), parts.next(), parts.next(), parts.next());
    (kind, names)
}

/// A file that the reader looked at.
#[derive(Debug)]
pub(super) struct Recent {
    pub(super) id: CaseId,
    pub(super) number: String,
    pub(super) protected: bool,
    pub(super) names: Names,
    pub(super) state: Option<EpisodeState>,
    pub(super) seen_at: DateTime<Utc>,
}

/// The files that the reader looked at last.
pub(super) async fn recent(tx: &mut Tx, actor: &Actor) -> Result<Vec<Recent>, AppError> {
    let rows = sqlx::query!(
        r#"select c.id as "id: CaseId", c.number, c.protected, s.seen_at, e.state as "state?",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?"
           from app.case_seen s
           join app.case_file c on c.id = s.case_id and c.territory_id = $1 and c.void is null
           left join lateral (
               select x.state from app.case_episode x
               where x.case_id = c.id and x.territory_id = $1 order by x.seq desc limit 1) e on true
           left join lateral (
               select y.given_ar, y.family_ar, y.given_la, y.family_la from app.person_name y
               where y.person_id = c.child_id and y.territory_id = $1
               order by array_position(array['civil', 'alias', 'street'], y.kind) limit 1) n on true
           where s.user_id = $2 and s.territory_id = $1
           order by s.seen_at desc
           limit 8"#,
        actor.territory().0,
        actor.user.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let recent = rows.into_iter().map(|row| Recent {
        id: row.id,
        number: row.number,
        protected: row.protected,
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        state: row.state.as_deref().and_then(EpisodeState::from_code),
        seen_at: row.seen_at,
    });
    Ok(recent.collect())
}
