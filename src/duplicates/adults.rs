//! Records of adults of one prefecture that may be of one woman, and what is said of two (decision 0098). The supervisor's
//! alone: row security and the functions of 0055 ask again.

use super::{
    db::{self, Other},
    domain::{Said, Verdict},
    facts::Facts,
    find::questions,
    score::{Record, Score},
};
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::PersonId,
    people::{Level, Reason},
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use uuid::Uuid;

/// Candidates that a page shows.
const SHOWN: usize = 8;

/// Another record that may be of the same woman, and why.
#[derive(Debug)]
pub(super) struct Alike {
    /// What is known of her there.
    pub(super) facts: Facts,
    /// How far both speak of one woman.
    pub(super) score: Score,
    /// What was said before.
    pub(super) said: Option<Said>,
}

impl Alike {
    /// What was said before.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        self.said.as_ref().map(|said| said.verdict)
    }

    /// Whether her page shows it: what somebody should look at, whoever is said to be the mother of the same child, and
    /// whatever was said before.
    fn is_shown(&self) -> bool {
        self.score.level() >= Level::Possible
            || self.score.has(Reason::Child)
            || self.said.is_some()
    }
}

/// What is known of an adult of the prefecture; nothing of a man, and of nobody without a child around who has an ordinary
/// file.
pub(super) async fn facts_of(
    tx: &mut Tx,
    actor: &Actor,
    adult: PersonId,
) -> Result<Option<Facts>, AppError> {
    let facts = sqlx::query_scalar!(
        r#"select facts as "facts!: Json<Facts>" from app.adult_facts($1, array[$2::uuid])"#,
        actor.territory().0,
        adult.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(facts.map(|facts| facts.0))
}

/// The records that may be of this woman: those that are hers already first, then best first.
pub(super) async fn candidates(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    subject: &Facts,
) -> Result<Vec<Alike>, AppError> {
    let people = sqlx::query_scalar!(
        r#"select n.person_id as "person!" from (
               select x.person_id from app.adults_found($1, $2) x
               union
               -- what was said is shown, found or not, of whichever of the two it was said
               select o.person_id from app.identity_link v
               join app.identity_link o on o.identity_id = v.identity_id and o.verdict = 'same' and o.live and o.territory_id = $1
               where v.person_id = $3 and v.live and v.territory_id = $1
               union
               select v.person_id from app.identity_link o
               join app.identity_link v on v.identity_id = o.identity_id and v.live and v.territory_id = $1
               where o.person_id = $3 and o.verdict = 'same' and o.live and o.territory_id = $1) n
           where n.person_id <> $3"#,
        actor.territory().0,
        serde_json::json!(questions(0, &subject.traits, today)),
        subject.person.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut all = compared(tx, actor, today, (subject, &people)).await?;
    all.retain(Alike::is_shown);
    all.sort_by(|a, b| {
        let place = |one: &Alike| (one.verdict() == Some(Verdict::Same), one.score.points);
        place(b)
            .cmp(&place(a))
            .then_with(|| a.facts.person.cmp(&b.facts.person))
    });
    all.truncate(SHOWN);
    Ok(all)
}

/// One record beside another, as [`candidates`] shows it; `None` if it cannot be the same woman's, or is not there.
pub(super) async fn beside(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    (subject, other): (&Facts, PersonId),
) -> Result<Option<Alike>, AppError> {
    let found = compared(tx, actor, today, (subject, &[other.0])).await?;
    Ok(found.into_iter().next())
}

/// What is known of these people and was said of each beside one woman, as far as they can be the same.
async fn compared(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    (subject, people): (&Facts, &[Uuid]),
) -> Result<Vec<Alike>, AppError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select f.facts as "facts!: Json<Facts>", s.verdict as "verdict?", s.at as "at?: DateTime<Utc>",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.adult_facts($1, $2) f
           left join lateral app.said_of($3, f.person_id) s on true
           left join lateral app.name_of(s.said_by) n on true"#,
        actor.territory().0,
        people,
        subject.person.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let record = Record::new(&subject.traits);
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let facts = row.facts.0;
        let verdict = row.verdict.as_deref().and_then(Verdict::from_code);
        let said = verdict.zip(row.at).map(|(verdict, at)| Said {
            verdict,
            at,
            name_ar: row.name_ar,
            name_la: row.name_la,
        });
        let score = record
            .compare(&Record::new(&facts.traits), today)
            .filter(|_| subject.pairs_with(&facts));
        let score = match score {
            Some(score) => score,
            // a word once said is shown, even if no two records of one woman look like this any more
            None if said.is_some() => Score::default(),
            None => continue,
        };
        all.push(Alike { facts, score, said });
    }
    Ok(all)
}

/// A verdict on two records of adults. What was joined is taken apart with a reason, on the page of her records.
pub(super) async fn say(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    subject: PersonId,
    (one, verdict): (&Alike, Verdict),
) -> Result<(), AppError> {
    if one.verdict() == Some(Verdict::Same) && verdict != Verdict::Same {
        return Err(AppError::Conflict(Msg::new("records-joined-already")));
    }
    let other = Other {
        person: one.facts.person,
        identity: one.facts.identity.ok_or(AppError::NotFound)?,
        said: one.verdict(),
    };
    db::link(tx, actor, now, (subject, other), verdict).await?;
    let told = serde_json::json!([{ "person": other.person, "verdict": verdict.code() }]);
    let event = Event::on("duplicates.checked", "person", subject.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "verdicts": told }));
    audit::record(tx, event).await
}
