//! The access review of a quarter that is past: who found each post right then, who took it away, and when.
//! Nothing is changed here.

use super::form::{self, SIZE};
use crate::{
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
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Deserialize;
use std::fmt;

/// Nobody had a post before, and further back a date would only be nonsense.
const FIRST_YEAR: i32 = 2000;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/review/{year}/{quarter}", rejection(AppError))]
struct PastPath {
    year: i32,
    quarter: u32,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

/// Three months of a year, numbered from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Quarter {
    year: i32,
    number: u32,
}

/// `4/2026`: the quarter as officials write it.
impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.year)
    }
}

impl Quarter {
    /// That of a day.
    pub(super) fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            number: day.month0() / 3 + 1,
        }
    }

    /// The one before.
    pub(super) fn before(self) -> Self {
        if self.number > 1 {
            return Self {
                number: self.number - 1,
                ..self
            };
        }
        Self {
            year: self.year - 1,
            number: 4,
        }
    }

    /// Where its page is, once it is past.
    pub(super) fn href(self) -> String {
        PastPath {
            year: self.year,
            quarter: self.number,
        }
        .to_string()
    }

    /// Its first day, if there is such a quarter.
    fn begins(self) -> Option<NaiveDate> {
        let month = match self.number {
            1..=4 => self.number * 3 - 2,
            _ => return None,
        };
        NaiveDate::from_ymd_opt(self.year, month, 1).filter(|day| day.year() >= FIRST_YEAR)
    }
}

/// A post that ran in the quarter.
#[derive(Debug)]
struct Ran {
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
    reviewed_at: Option<DateTime<Utc>>,
    by_ar: Option<String>,
    by_la: Option<String>,
    ended_at: Option<DateTime<Utc>>,
    ender_ar: Option<String>,
    ender_la: Option<String>,
    /// The whole account was closed.
    with_account: Option<bool>,
    posts: i64,
    reviewed: i64,
    ended: i64,
    earlier: bool,
}

#[derive(Template)]
#[template(path = "admin/review_past.html")]
struct PastPage {
    ui: Ui,
    quarter: Quarter,
    rows: Vec<Ran>,
    posts: i64,
    reviewed: i64,
    ended: i64,
    earlier: Option<String>,
    next: Option<String>,
}

impl PastPage {
    fn progress(&self) -> String {
        let (done, all) = (("done", self.reviewed), ("all", self.posts));
        self.ui.t2("review-progress", done, all)
    }

    fn role(&self, post: &Ran) -> String {
        Role::from_code(&post.role).map_or_else(String::new, |role| self.ui.t(role_key(role)))
    }

    fn place(&self, post: &Ran) -> String {
        let organisation = post.organisation_code.clone();
        let scope = session::scope(post.territory_id, post.court_id, organisation);
        self.ui.scope(&scope)
    }

    fn reviewer<'a>(&self, post: &'a Ran) -> &'a str {
        let (ar, la) = (post.by_ar.as_deref(), post.by_la.as_deref());
        self.ui.name(ar.unwrap_or_default(), la.unwrap_or_default())
    }

    fn ender<'a>(&self, post: &'a Ran) -> &'a str {
        let (ar, la) = (post.ender_ar.as_deref(), post.ender_la.as_deref());
        self.ui.name(ar.unwrap_or_default(), la.unwrap_or_default())
    }
}

async fn show(
    path: PastPath,
    me: Require<can::AccessReview>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let quarter = Quarter {
        year: path.year,
        number: path.quarter,
    };
    let begins = quarter.begins().ok_or(AppError::NotFound)?;
    let running = Quarter::of(me.ui.today());
    if quarter == running {
        return Ok(see(&"/admin/review"));
    }
    if quarter > running {
        return Err(AppError::NotFound);
    }
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let skip = asked.text("skip").parse().unwrap_or(0).clamp(0, 1_000_000);
    let mut tx = me.begin().await?;
    let mut rows = sqlx::query_as!(
        Ran,
        r#"select id as "id!: AssignmentId", user_id as "user_id!: UserId", username as "username!",
                  name_ar as "name_ar!", name_la as "name_la!", role as "role!",
                  territory_id as "territory_id: TerritoryId", court_id as "court_id: CourtId", organisation_code,
                  since as "since!", until, designation, reviewed_at, by_ar, by_la, ended_at, ender_ar, ender_la,
                  with_account, posts as "posts!", reviewed as "reviewed!", ended as "ended!", earlier as "earlier!"
           from sec.review_past($1, $2, $3)"#,
        begins,
        skip,
        SIZE + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    // a quarter in which nobody had a post is none of Sanad's
    let first = rows.first().ok_or(AppError::NotFound)?;
    let (posts, reviewed, ended) = (first.posts, first.reviewed, first.ended);
    let earlier = first.earlier.then(|| quarter.before().href());
    let next = form::cut(&mut rows, skip);
    ok(&PastPage {
        ui: me.ui,
        quarter,
        rows,
        posts,
        reviewed,
        ended,
        earlier,
        next: next.map(|skip| format!("{path}?skip={skip}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(year: i32, number: u32) -> Quarter {
        Quarter { year, number }
    }

    #[test]
    fn a_year_has_four_quarters_and_one_follows_the_other() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(Quarter::of(day("2026-12-31")), quarter(2026, 4));
        assert_eq!(quarter(2026, 4).begins(), Some(day("2026-10-01")));
        assert_eq!(quarter(2026, 1).before(), quarter(2025, 4));
        assert!(quarter(2025, 4) < quarter(2026, 1));
        assert_eq!(quarter(2025, 4).href(), "/admin/review/2025/4");
        for (year, number) in [
            (2026, 0),
            (2026, 5),
            (2026, u32::MAX),
            (-4, 1),
            (i32::MAX, 1),
        ] {
            assert_eq!(quarter(year, number).begins(), None, "{year}/{number}");
        }
    }
}
