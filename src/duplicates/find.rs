//! Who is found: three statements for a child with a file, two for what somebody types, however many are found.

use super::{
    domain::{Candidate, Said, Verdict},
    facts::{Called, Facts, Traits},
    score::{Record, Score, window},
};
use crate::{
    authz::Actor, cases::Head, db::Tx, error::AppError, ids::PersonId, people::keys::Asked,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::types::Json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Candidates that a page shows.
const SHOWN: usize = 8;
/// Questions about one child: a name in two scripts, three kinds of it, a mother.
const QUESTIONS: usize = 12;

/// A question of `app.children_alike`, or of `app.adults_alike`.
#[derive(Debug, Serialize)]
pub(super) struct Question {
    nth: usize,
    whose: &'static str,
    whole: bool,
    mothers: Vec<PersonId>,
    children: Vec<PersonId>,
    phones: Vec<String>,
    sex: String,
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    a: Option<Vec<String>>,
    b: Option<Vec<String>>,
    c: Option<Vec<String>>,
    d: Option<Vec<String>>,
}

/// What to ask about that child: every part of a name with a letter wrong, then any part of it; the mother's record; her
/// name. About an adult: the children of whom she is said to be the mother and the telephones that she told; her names.
pub(super) fn questions(nth: usize, traits: &Traits, today: NaiveDate) -> Vec<Question> {
    let (earliest, latest) = window(traits, today).unzip();
    let ask = |whose, whole, groups: &[Vec<String>]| {
        let mut groups = groups.iter().filter(|group| !group.is_empty()).cloned();
        Question {
            nth,
            whose,
            whole,
            mothers: Vec::new(),
            children: Vec::new(),
            phones: Vec::new(),
            sex: traits.sex.clone(),
            earliest,
            latest,
            a: groups.next(),
            b: groups.next(),
            c: groups.next(),
            d: groups.next(),
        }
    };
    let mut all = Vec::new();
    let own = if traits.is_adult() {
        let children = traits.children.iter().filter(|one| one.is_hers());
        let mut around = ask("around", true, &[]);
        around.children = children.map(|one| one.person).collect();
        around.phones.clone_from(&traits.phones);
        all.push(around);
        "adult"
    } else {
        "child"
    };
    let mothers: Vec<_> = traits.mothers.iter().filter_map(|one| one.person).collect();
    if !mothers.is_empty() {
        let mut of_record = ask("record", true, &[]);
        of_record.mothers = mothers;
        all.push(of_record);
    }
    for asked in keys_of(&traits.names) {
        all.push(ask(own, true, &asked.near));
        // all of it as it was typed, or of two parts one
        all.push(ask(own, asked.exact.len() < 2, &asked.exact));
    }
    for mother in &traits.mothers {
        for asked in keys_of(&mother.names) {
            all.push(ask("mother", true, &asked.near));
        }
    }
    all.truncate(QUESTIONS);
    all
}

/// The keys of some names, each once: the spellings of a name in two scripts mostly have the same.
fn keys_of(names: &[Called]) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    for text in names.iter().flat_map(Called::whole) {
        let asked = Asked::of(&text);
        if !asked.is_empty() && !all.contains(&asked) {
            all.push(asked);
        }
    }
    all
}

/// The facts of one child of the prefecture with a file.
pub(super) async fn facts_of(
    tx: &mut Tx,
    actor: &Actor,
    child: PersonId,
) -> Result<Option<Facts>, AppError> {
    let facts = sqlx::query_scalar!(
        r#"select facts as "facts!: Json<Facts>" from app.child_facts($1, array[$2::uuid])"#,
        actor.territory().0,
        child.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(facts.map(|facts| facts.0))
}

/// The files that may be about the child of this one, best first; with what was said of each.
pub async fn candidates(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    head: &Head,
) -> Result<Vec<Candidate>, AppError> {
    let Some(subject) = facts_of(tx, actor, head.child).await? else {
        return Ok(Vec::new());
    };
    let asked = questions(0, &subject.traits, today);
    let people = sqlx::query_scalar!(
        r#"select child_id as "child!" from app.children_found($1, $2) where child_id <> $3
           union
           -- what was said is shown, found or not
           select o.person_id from app.identity_link v
           join app.identity_link o on o.identity_id = v.identity_id and o.verdict = 'same' and o.live and o.territory_id = $1
           where v.person_id = $3 and v.live and v.territory_id = $1 and o.person_id <> $3"#,
        actor.territory().0,
        serde_json::json!(asked),
        head.child.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let found = hydrate(tx, actor, &people, Some(head.child)).await?;
    let record = Record::new(&subject.traits);
    let mut all: Vec<Candidate> = found
        .into_iter()
        .filter_map(|one| one.beside(&record, &subject.traits, today))
        .filter(Candidate::is_shown)
        .collect();
    rank(&mut all);
    all.truncate(SHOWN);
    Ok(all)
}

/// One child beside another, as [`candidates`] shows it; `None` if it cannot be the same one, or is not there.
pub(super) async fn beside(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    (subject, other): (&Facts, PersonId),
) -> Result<Option<Candidate>, AppError> {
    let found = hydrate(tx, actor, &[other.0], Some(subject.person)).await?;
    let record = Record::new(&subject.traits);
    let one = found.into_iter().next();
    Ok(one.and_then(|one| one.beside(&record, &subject.traits, today)))
}

/// The files that may be about the children somebody is typing of, or met: the place of each in what was asked, and the
/// file, best first. Two statements, however many children.
pub async fn alike(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    children: &[Traits],
) -> Result<Vec<(usize, Candidate)>, AppError> {
    among(tx, actor, today, (children, None)).await
}

/// The same for one of them who has a file already.
pub(super) async fn among(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    (children, own): (&[Traits], Option<PersonId>),
) -> Result<Vec<(usize, Candidate)>, AppError> {
    let mut asked = Vec::new();
    for (nth, traits) in children.iter().enumerate() {
        asked.extend(questions(nth, traits, today));
    }
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let people = sqlx::query_scalar!(
        r#"select distinct child_id as "child!" from app.children_found($1, $2) where child_id is distinct from $3"#,
        actor.territory().0,
        serde_json::json!(asked),
        own.map(|own| own.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let found = hydrate(tx, actor, &people, own).await?;
    let mut all = Vec::new();
    for (nth, traits) in children.iter().enumerate() {
        let record = Record::new(traits);
        let near = found
            .iter()
            .filter_map(|one| one.clone().beside(&record, traits, today));
        let mut near: Vec<Candidate> = near.filter(Candidate::is_proposed).collect();
        rank(&mut near);
        near.truncate(SHOWN);
        all.extend(near.into_iter().map(|one| (nth, one)));
    }
    Ok(all)
}

/// "The same" first, then by points; of equals the one that is called first by number.
fn rank(all: &mut [Candidate]) {
    all.sort_by(|a, b| {
        let same = |one: &Candidate| one.verdict() == Some(Verdict::Same);
        (same(b), b.score.points)
            .cmp(&(same(a), a.score.points))
            .then_with(|| a.number.cmp(&b.number))
    });
}

/// Somebody who was found.
#[derive(Debug, Clone)]
struct Found {
    facts: Facts,
    lead_ar: String,
    lead_la: String,
    said: Option<Said>,
}

impl Found {
    fn beside(self, record: &Record<'_>, traits: &Traits, today: NaiveDate) -> Option<Candidate> {
        let score = match record.compare(&Record::new(&self.facts.traits), today) {
            Some(score) => score,
            // a word once said is shown, even if no two records of one child look like this any more
            None if self.said.is_some() => Score::default(),
            None => return None,
        };
        Some(Candidate {
            person: self.facts.person,
            case: self.facts.case?,
            identity: self.facts.identity?,
            names: self.facts.traits.called(),
            birth: self.facts.traits.birth(),
            named_at: traits.named_at.max(self.facts.traits.named_at),
            sex: self.facts.traits.sex,
            number: self.facts.number?,
            lead_ar: self.lead_ar,
            lead_la: self.lead_la,
            score,
            said: self.said,
        })
    }
}

/// What is known of them, and what was said of each beside one child.
async fn hydrate(
    tx: &mut Tx,
    actor: &Actor,
    people: &[Uuid],
    about: Option<PersonId>,
) -> Result<Vec<Found>, AppError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let distinct: Vec<Uuid> = people
        .iter()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let rows = sqlx::query!(
        r#"select f.facts as "facts!: Json<Facts>",
                  coalesce(w.name_ar, '') as "lead_ar!", coalesce(w.name_la, '') as "lead_la!",
                  s.verdict as "verdict?", s.at as "at?: DateTime<Utc>",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.child_facts($1, $2) f
           join app.case_file c on c.child_id = f.person_id and c.territory_id = $1 and c.void is null and not c.protected
           left join app.case_assignment a on a.case_id = c.id and a.kind = 'lead' and a.until is null and a.territory_id = $1
           left join lateral app.name_of(a.user_id) w on true
           left join lateral app.said_of($3, f.person_id) s on true
           left join lateral app.name_of(s.said_by) n on true"#,
        actor.territory().0,
        &distinct,
        about.map(|about| about.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let found = rows.into_iter().map(|row| Found {
        facts: row.facts.0,
        lead_ar: row.lead_ar,
        lead_la: row.lead_la,
        said: row
            .verdict
            .as_deref()
            .and_then(Verdict::from_code)
            .zip(row.at)
            .map(|(verdict, at)| Said {
                verdict,
                at,
                name_ar: row.name_ar,
                name_la: row.name_la,
            }),
    });
    Ok(found.collect())
}
