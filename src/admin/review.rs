//! Who has what since when, once a quarter: each post is found right, or ended.

use super::{
    form::{self, SIZE},
    past::Quarter,
};
use crate::{
    audit::{self, Event},
    auth::session,
    authz::{Require, can},
    error::AppError,
    forms::Form,
    ids::{AssignmentId, CourtId, TerritoryId, UserId},
    policy::Role,
    routes::Routes,
    web::{Ui, ok, role_key, see},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/review")]
struct ReviewPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/review/{id}", rejection(AppError))]
struct MarkPath {
    id: AssignmentId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(mark)
}

/// A live post.
#[derive(Debug)]
struct Held {
    id: AssignmentId,
    user_id: UserId,
    username: String,
    name_ar: String,
    name_la: String,
    role: String,
    territory_id: Option<TerritoryId>,
    court_id: Option<CourtId>,
    organisation_code: Option<String>,
    since: NaiveDate,
    until: Option<NaiveDate>,
    designation: Option<String>,
    last_entered_at: Option<DateTime<Utc>>,
    has_factor: bool,
    reviewed_at: Option<DateTime<Utc>>,
    by_ar: Option<String>,
    by_la: Option<String>,
}

/// A lost factor that waits for a second voice.
#[derive(Debug)]
struct Lift {
    user_id: UserId,
    name_ar: String,
    name_la: String,
    asked_at: DateTime<Utc>,
    by_ar: String,
    by_la: String,
}

#[derive(Template)]
#[template(path = "admin/review.html")]
struct ReviewPage {
    ui: Ui,
    rows: Vec<Held>,
    lifts: Vec<Lift>,
    live: i64,
    reviewed: i64,
    /// There is a quarter to look back at.
    earlier: bool,
    skip: i32,
    next: Option<i32>,
}

impl ReviewPage {
    fn quarter(&self) -> Quarter {
        Quarter::of(self.ui.today())
    }

    fn progress(&self) -> String {
        let (done, all) = (("done", self.reviewed), ("all", self.live));
        self.ui.t2("review-progress", done, all)
    }

    fn role(&self, post: &Held) -> String {
        Role::from_code(&post.role).map_or_else(String::new, |role| self.ui.t(role_key(role)))
    }

    fn place(&self, post: &Held) -> String {
        let organisation = post.organisation_code.clone();
        let scope = session::scope(post.territory_id, post.court_id, organisation);
        self.ui.scope(&scope)
    }

    fn lacks_factor(&self, post: &Held) -> bool {
        !post.has_factor && Role::from_code(&post.role).is_some_and(Role::needs_second_factor)
    }

    fn is_mine(&self, post: &Held) -> bool {
        self.ui
            .actor()
            .is_some_and(|actor| actor.user == post.user_id)
    }
}

async fn show(
    _: ReviewPath,
    me: Require<can::AccessReview>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let skip = asked.text("skip").parse().unwrap_or(0).clamp(0, 1_000_000);
    let mut tx = me.begin().await?;
    let mut rows = sqlx::query_as!(
        Held,
        r#"select id as "id!: AssignmentId", user_id as "user_id!: UserId", username as "username!",
                  name_ar as "name_ar!", name_la as "name_la!", role as "role!",
                  territory_id as "territory_id: TerritoryId", court_id as "court_id: CourtId", organisation_code,
                  since as "since!", until, designation, last_entered_at, has_factor as "has_factor!", reviewed_at,
                  by_ar, by_la
           from sec.review($1, $2)"#,
        skip,
        SIZE + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    let lifts = sqlx::query_as!(
        Lift,
        r#"select user_id as "user_id!: UserId", name_ar as "name_ar!", name_la as "name_la!", asked_at as "asked_at!",
                  by_ar as "by_ar!", by_la as "by_la!"
           from sec.waiting_lifts()"#
    )
    .fetch_all(&mut *tx)
    .await?;
    let counts = sqlx::query!(
        r#"select live as "live!", reviewed as "reviewed!", earlier as "earlier!" from sec.review_counts()"#
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    let next = form::cut(&mut rows, skip);
    ok(&ReviewPage {
        ui: me.ui,
        rows,
        lifts,
        live: counts.live,
        reviewed: counts.reviewed,
        earlier: counts.earlier,
        skip,
        next,
    })
}

async fn mark(
    path: MarkPath,
    me: Require<can::AccessReview>,
    form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let marked = sqlx::query_scalar!(r#"select sec.mark_reviewed($1) as "marked!""#, path.id.0)
        .fetch_one(&mut *tx)
        .await?;
    if marked {
        let event = Event::on("post.reviewed", "assignment", path.id.0);
        audit::record(&mut tx, event).await?;
    }
    tx.commit().await?;
    let skip: u32 = form.text("skip").parse().unwrap_or(0);
    Ok(see(&format!("/admin/review?skip={skip}#p-{}", path.id)))
}
