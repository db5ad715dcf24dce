//! Questions about users and their posts, and changes. Each is a function of the database that asks who it is.

use super::form::SIZE;
use crate::{
    auth::session,
    db::Tx,
    error::AppError,
    ids::{AssignmentId, CourtId, RowId, TerritoryId, UserId},
    policy::{Role, Scope},
};
use chrono::{DateTime, NaiveDate, Utc};

/// A line of the list.
#[derive(Debug)]
pub(super) struct User {
    pub(super) id: UserId,
    pub(super) username: String,
    pub(super) name_ar: String,
    pub(super) name_la: String,
    pub(super) last_entered_at: Option<DateTime<Utc>>,
    pub(super) has_factor: bool,
    pub(super) has_password: bool,
    /// Codes of the roles held today.
    pub(super) posts: Vec<String>,
}

/// A page of users, and one more.
pub(super) async fn users(
    tx: &mut Tx,
    search: &str,
    is_active: bool,
    skip: i32,
) -> Result<Vec<User>, AppError> {
    let rows = sqlx::query_as!(
        User,
        r#"select id as "id!: UserId", username as "username!", name_ar as "name_ar!", name_la as "name_la!",
                  last_entered_at, has_factor as "has_factor!", has_password as "has_password!", posts as "posts!"
           from sec.users($1, $2, $3, $4)"#,
        search,
        is_active,
        skip,
        SIZE + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// How many are active, and how many are not any more.
#[derive(Debug)]
pub(super) struct Counts {
    pub(super) active: i64,
    pub(super) ended: i64,
}

/// See [`Counts`].
pub(super) async fn counts(tx: &mut Tx) -> Result<Counts, AppError> {
    let counts = sqlx::query_as!(
        Counts,
        r#"select active as "active!", ended as "ended!" from sec.user_counts()"#
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(counts)
}

/// What the page of a user says.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) username: String,
    pub(super) name_ar: String,
    pub(super) name_la: String,
    pub(super) active: bool,
    pub(super) created_at: DateTime<Utc>,
    pub(super) last_entered_at: Option<DateTime<Utc>>,
    pub(super) factor_since: Option<DateTime<Utc>>,
    pub(super) password_changed_at: Option<DateTime<Utc>>,
    /// A one-time code is good until then.
    pub(super) code_until: Option<DateTime<Utc>>,
    /// Somebody asked to take the lost factor away.
    pub(super) lift_id: Option<RowId>,
    pub(super) lift_ar: Option<String>,
    pub(super) lift_la: Option<String>,
    pub(super) lift_is_mine: Option<bool>,
    pub(super) is_me: bool,
}

/// The page of a user; [`AppError::NotFound`] if there is none.
pub(super) async fn card(tx: &mut Tx, id: UserId) -> Result<Card, AppError> {
    let card = sqlx::query_as!(
        Card,
        r#"select username as "username!", name_ar as "name_ar!", name_la as "name_la!", active as "active!",
                  created_at as "created_at!", last_entered_at, factor_since, password_changed_at, code_until,
                  lift_id as "lift_id: RowId", lift_ar, lift_la, lift_is_mine, is_me as "is_me!"
           from sec.user_card($1)"#,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(card)
}

/// A post, now, before or later.
#[derive(Debug)]
pub(super) struct Post {
    pub(super) id: AssignmentId,
    pub(super) role: String,
    territory_id: Option<TerritoryId>,
    court_id: Option<CourtId>,
    organisation_code: Option<String>,
    pub(super) since: NaiveDate,
    pub(super) until: Option<NaiveDate>,
    pub(super) designation: Option<String>,
    pub(super) is_live: bool,
}

impl Post {
    /// Its place.
    pub(super) fn scope(&self) -> Scope {
        session::scope(
            self.territory_id,
            self.court_id,
            self.organisation_code.clone(),
        )
    }

    /// Whether there is still something to end.
    pub(super) fn can_end(&self, today: NaiveDate) -> bool {
        self.until.is_none_or(|until| until >= today)
    }
}

/// The posts of a user, live ones first.
pub(super) async fn posts(tx: &mut Tx, id: UserId) -> Result<Vec<Post>, AppError> {
    let posts = sqlx::query_as!(
        Post,
        r#"select id as "id!: AssignmentId", role as "role!", territory_id as "territory_id: TerritoryId",
                  court_id as "court_id: CourtId", organisation_code, since as "since!", until, designation,
                  is_live as "is_live!"
           from sec.user_posts($1)"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(posts)
}

/// Somebody new.
#[derive(Debug)]
pub(super) struct NewUser {
    pub(super) id: UserId,
    pub(super) username: String,
    pub(super) name_ar: String,
    pub(super) name_la: String,
}

/// Adds somebody, who can do nothing yet.
pub(super) async fn add_user(tx: &mut Tx, new: &NewUser) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select sec.add_user($1, $2, $3, $4)",
        new.id.0,
        new.username,
        new.name_ar,
        new.name_la
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A post to give.
#[derive(Debug)]
pub(super) struct NewPost {
    pub(super) id: AssignmentId,
    pub(super) role: Role,
    pub(super) territory: Option<TerritoryId>,
    pub(super) court: Option<CourtId>,
    pub(super) organisation: Option<String>,
    pub(super) since: NaiveDate,
    /// The last day.
    pub(super) until: Option<NaiveDate>,
    pub(super) designation: String,
}

/// Gives it.
pub(super) async fn give_post(tx: &mut Tx, to: UserId, new: &NewPost) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select sec.give_post($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id.0,
        to.0,
        new.role.code(),
        new.territory.map(|id| id.0),
        new.court.map(|id| id.0),
        new.organisation,
        new.since,
        new.until,
        new.designation
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
