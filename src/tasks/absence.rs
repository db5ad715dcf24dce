//! Absences: who is away from when to when, and who stands in. The scope stands in each question; who may stand in
//! for whom, and that nobody is away twice, is the database's (`migrations/0028_stand_in.sql`).

use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Colleague,
    db::Tx,
    error::{AppError, violates},
    forms::parse_date,
    i18n::Msg,
    ids::{RowId, UserId},
};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// How long somebody may stand in before the files are given for good.
const LONGEST: Days = Days::new(183);

/// An absence that runs or is to come.
#[derive(Debug)]
pub struct Absence {
    /// Which.
    pub id: RowId,
    /// Its first day.
    pub since: NaiveDate,
    /// Its last.
    pub until: NaiveDate,
    /// Whether somebody is named who stands in.
    pub is_covered: bool,
    /// Who, in Arabic.
    pub name_ar: String,
    /// Who, in Latin letters.
    pub name_la: String,
}

/// An absence to write down.
#[derive(Debug, Clone, Copy)]
pub struct NewAbsence {
    /// Made of the form and its answers.
    pub id: RowId,
    /// Who is away.
    pub absent: UserId,
    /// Who stands in; nobody: a supervisor chooses.
    pub colleague: Option<UserId>,
    /// The first day.
    pub since: NaiveDate,
    /// The last.
    pub until: NaiveDate,
}

/// Why the database did not take one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Another absence of the same person has a day of it.
    Overlaps,
    /// Who should stand in is away then.
    ColleagueAway,
    /// Who should stand in has no post there any more.
    NoColleague,
}

impl Refusal {
    /// What is wrong with the answer.
    pub const fn msg(self) -> Msg {
        Msg::new(match self {
            Self::Overlaps => "away-overlaps",
            Self::ColleagueAway => "away-colleague-away",
            Self::NoColleague => "error-choice",
        })
    }

    /// Beside which field it is said.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Overlaps => "since",
            Self::ColleagueAway | Self::NoColleague => "colleague",
        }
    }

    fn of(error: sqlx::Error) -> Result<Self, AppError> {
        for (constraint, refusal) in [
            ("stand_in_one", Self::Overlaps),
            ("stand_in_present", Self::ColleagueAway),
            ("stand_in_colleagues", Self::NoColleague),
        ] {
            if violates(&error, constraint) {
                return Ok(refusal);
            }
        }
        Err(error.into())
    }
}

/// A day not before `earliest`, whose message that is, and within half a year of it.
pub fn day(text: &str, (earliest, too_early): (NaiveDate, &'static str)) -> Result<NaiveDate, Msg> {
    let day = parse_date(text)?;
    if day < earliest {
        return Err(Msg::new(too_early));
    }
    if earliest
        .checked_add_days(LONGEST)
        .is_some_and(|furthest| day > furthest)
    {
        return Err(Msg::new("away-range"));
    }
    Ok(day)
}

/// A colleague of the team, and not the one who is away.
pub fn colleague(text: &str, team: &[Colleague], absent: Option<UserId>) -> Result<UserId, Msg> {
    match text.parse() {
        Ok(id) if Some(id) == absent => Err(Msg::new("away-another")),
        Ok(id) if team.iter().any(|one| one.id == id) => Ok(id),
        _ => Err(Msg::new("error-choice")),
    }
}

/// The absences of the reader that are not over.
pub async fn own(tx: &mut Tx, actor: &Actor, today: NaiveDate) -> Result<Vec<Absence>, AppError> {
    Ok(sqlx::query_as!(
        Absence,
        r#"select s.id as "id: RowId", s.since, s.until, s.colleague is not null as "is_covered!",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.stand_in s left join lateral app.name_of(s.colleague) n on true
           where s.absent = $1 and s.territory_id = $2 and s.ended_at is null and s.until >= $3
           order by s.since"#,
        actor.user.0,
        actor.territory().0,
        today
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Writes an absence down; the same form again writes nothing. After a refusal the transaction is spent.
pub async fn add(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    new: NewAbsence,
) -> Result<Result<(), Refusal>, AppError> {
    let done = sqlx::query!(
        "insert into app.stand_in (id, territory_id, absent, colleague, since, until, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
        new.id.0,
        actor.territory().0,
        new.absent.0,
        new.colleague.map(|one| one.0),
        new.since,
        new.until,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await;
    let done = match done {
        Ok(done) => done,
        Err(error) => return Refusal::of(error).map(Err),
    };
    if done.rows_affected() > 0 {
        let event = Event::on("stand_in.begun", "user", new.absent.0)
            .in_territory(actor.territory())
            .with(serde_json::json!({
                "colleague": new.colleague, "since": new.since, "until": new.until,
            }));
        audit::record(tx, event).await?;
    }
    Ok(Ok(()))
}

/// Names who stands in where nobody does yet.
pub async fn name(
    tx: &mut Tx,
    actor: &Actor,
    id: RowId,
    colleague: UserId,
) -> Result<Result<(), Refusal>, AppError> {
    let absent = sqlx::query_scalar!(
        r#"update app.stand_in set colleague = $3
           where id = $1 and territory_id = $2 and ended_at is null and colleague is null
           returning absent as "absent: UserId""#,
        id.0,
        actor.territory().0,
        colleague.0
    )
    .fetch_optional(&mut **tx)
    .await;
    let absent = match absent {
        Ok(absent) => absent.ok_or(AppError::Conflict(Msg::new("away-named")))?,
        Err(error) => return Refusal::of(error).map(Err),
    };
    let event = Event::on("stand_in.named", "user", absent.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "colleague": colleague }));
    audit::record(tx, event).await?;
    Ok(Ok(()))
}

/// Ends an absence: that of `whose`, or of whomever.
pub async fn end(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (id, whose): (RowId, Option<UserId>),
) -> Result<(), AppError> {
    let absent = sqlx::query_scalar!(
        r#"update app.stand_in set ended_at = $3
           where id = $1 and territory_id = $2 and ended_at is null and ($4::uuid is null or absent = $4)
           returning absent as "absent: UserId""#,
        id.0,
        actor.territory().0,
        now,
        whose.map(|one| one.0)
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::Conflict(Msg::new("away-over")))?;
    let event = Event::on("stand_in.ended", "user", absent.0).in_territory(actor.territory());
    audit::record(tx, event).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_stands_in_for_half_a_year_at_most() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let from = |text| day(text, (today, "away-past")).map_err(|msg| msg.key());
        assert!(from("23/11/2026").is_ok());
        assert_eq!(from("22/11/2026"), Err("away-past"));
        assert_eq!(from("01/06/2027"), Err("away-range"));
        assert_eq!(from("soon"), Err("error-date"));
    }
}
