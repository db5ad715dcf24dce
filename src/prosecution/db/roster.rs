//! Who is on duty at a court, and when. Whose turn it can be, who may write it, and that nobody has two at once is the
//! database's (`migrations/0036_custody.sql`).

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{RowId, UserId},
};
use chrono::{DateTime, Utc};

/// More than anybody plans ahead.
const SHOWN: i64 = 100;

/// Somebody who decides at the reader's court.
#[derive(Debug)]
pub struct Officer {
    /// Who.
    pub id: UserId,
    /// In Arabic.
    pub name_ar: String,
    /// In Latin letters.
    pub name_la: String,
}

/// A turn that runs or is to come.
#[derive(Debug)]
pub struct Turn {
    /// Which.
    pub id: RowId,
    /// Whose.
    pub officer: UserId,
    /// Its beginning.
    pub from: DateTime<Utc>,
    /// Its end.
    pub until: DateTime<Utc>,
    /// Whose, in Arabic.
    pub name_ar: String,
    /// Whose, in Latin letters.
    pub name_la: String,
}

/// A turn to write down.
#[derive(Debug, Clone, Copy)]
pub struct NewTurn {
    /// Made of the form and its answers.
    pub id: RowId,
    /// Whose.
    pub officer: UserId,
    /// Its beginning.
    pub from: DateTime<Utc>,
    /// Its end.
    pub until: DateTime<Utc>,
}

/// Why the database did not take one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The same person is on duty at some of these hours already.
    Overlaps,
    /// Has no post there any more.
    NotTheirs,
}

impl Refusal {
    /// What is wrong with the answer.
    pub const fn msg(self) -> Msg {
        Msg::new(match self {
            Self::Overlaps => "duty-overlaps",
            Self::NotTheirs => "error-choice",
        })
    }

    /// Beside which field it is said.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Overlaps => "from_day",
            Self::NotTheirs => "officer",
        }
    }

    fn of(error: sqlx::Error) -> Result<Self, AppError> {
        if violates(&error, "duty_turn_once") {
            Ok(Self::Overlaps)
        } else if violates(&error, "duty_turn_theirs") {
            Ok(Self::NotTheirs)
        } else {
            Err(error.into())
        }
    }
}

/// Those who decide at the reader's court.
pub async fn officers(tx: &mut Tx) -> Result<Vec<Officer>, AppError> {
    Ok(sqlx::query_as!(
        Officer,
        r#"select id as "id!: UserId", name_ar as "name_ar!", name_la as "name_la!"
           from app.my_bench() order by name_la, id"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The turns of the reader's court that are not over, the nearest first.
pub async fn turns(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Turn>, AppError> {
    Ok(sqlx::query_as!(
        Turn,
        r#"select d.id as "id: RowId", d.user_id as "officer: UserId", lower(d.period) as "from!", upper(d.period) as "until!",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.duty_turn d left join lateral app.name_of(d.user_id) n on true
           where d.court_id = $1 and d.period && tstzrange($2::timestamptz, null) and d.cancelled_at is null
           order by lower(d.period), d.id limit $3"#,
        actor.court().0,
        now,
        SHOWN
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Writes a turn down; the same form again writes nothing. After a refusal the transaction is spent.
pub async fn enter(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    new: NewTurn,
) -> Result<Result<(), Refusal>, AppError> {
    let done = sqlx::query!(
        "insert into app.duty_turn (id, court_id, user_id, period, entered_by, entered_at)
         values ($1, $2, $3, tstzrange($4::timestamptz, $5::timestamptz), $6, $7) on conflict (id) do nothing",
        new.id.0,
        actor.court().0,
        new.officer.0,
        new.from,
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
        let event = Event::on("duty_turn.entered", "duty_turn", new.id.0).with(serde_json::json!({
            "court": actor.court(), "person": new.officer, "since": new.from, "until": new.until,
        }));
        audit::record(tx, event).await?;
    }
    Ok(Ok(()))
}

/// Takes a turn off the roster. One that is off already, or over, stays as it is.
pub async fn cancel(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: RowId,
) -> Result<(), AppError> {
    let officer = sqlx::query_scalar!(
        r#"update app.duty_turn set cancelled_by = $3, cancelled_at = $4
           where id = $1 and court_id = $2 and cancelled_at is null and upper(period) > $4
           returning user_id as "officer: UserId""#,
        id.0,
        actor.court().0,
        actor.user.0,
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(officer) = officer else {
        return known(tx, actor, id).await;
    };
    let event = Event::on("duty_turn.cancelled", "duty_turn", id.0)
        .with(serde_json::json!({ "court": actor.court(), "person": officer }));
    audit::record(tx, event).await
}

/// Whether the court has such a turn at all.
async fn known(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<(), AppError> {
    let is_known = sqlx::query_scalar!(
        r#"select exists (select from app.duty_turn where id = $1 and court_id = $2) as "known!""#,
        id.0,
        actor.court().0
    )
    .fetch_one(&mut **tx)
    .await?;
    if is_known {
        Ok(())
    } else {
        Err(AppError::NotFound)
    }
}
