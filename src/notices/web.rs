//! The page of notices.

use crate::{
    authz::{Actor, Require, can},
    db::Tx,
    error::AppError,
    ids::CaseId,
    routes::Routes,
    web::{Ui, ok, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/notices")]
struct NoticesPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/notices/seen")]
struct SeenPath;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(list).post(seen)
}

/// One thing that happened to a file, as its recipient is told of it.
#[derive(Debug)]
struct Notice {
    kind: String,
    /// The file, unless it is about a colleague.
    case: Option<CaseId>,
    number: Option<String>,
    /// Whether the recipient sees the file now.
    is_open: bool,
    at: DateTime<Utc>,
    times: i32,
    is_new: bool,
    name_ar: String,
    name_la: String,
}

impl Notice {
    fn words(&self, ui: &Ui) -> String {
        ui.t(&format!("notice-{}", self.kind.replace('_', "-")))
    }

    /// How often, if more than once.
    fn repeated(&self, ui: &Ui) -> Option<String> {
        (self.times > 1).then(|| ui.n("notices-times", i64::from(self.times)))
    }

    fn icon(&self) -> &'static str {
        match self.kind.as_str() {
            "glass_broken" | "ran_away" | "child_unwell" => "siren",
            "protected_opened" => "eye",
            "service_answered" => "hand-heart",
            "task_handed" | "task_back" | "task_taken" => "list-checks",
            "grant_given" | "file_given" => "user-plus",
            "plan_approved"
            | "determination_approved"
            | "closing_granted"
            | "transfer_accepted" => "check",
            "plan_returned" | "determination_returned" | "closing_refused" | "transfer_refused" => {
                "repeat-2"
            }
            "transfer_asked" | "transfer_withdrawn" => "send",
            "colleague_away" | "colleague_back" | "stands_in" => "calendar",
            _ => "lock",
        }
    }

    fn color(&self) -> &'static str {
        if matches!(
            self.kind.as_str(),
            "glass_broken" | "ran_away" | "child_unwell"
        ) {
            "red"
        } else {
            ""
        }
    }

    /// Where its matter is dealt with.
    fn link(&self) -> Option<String> {
        let Some(case) = self.case else {
            let page = match self.kind.as_str() {
                "colleague_away" => "/team",
                _ => "/today",
            };
            return Some(page.to_owned());
        };
        match self.kind.as_str() {
            "glass_broken" | "lift_asked" => Some("/protection".to_owned()),
            "transfer_asked" | "transfer_withdrawn" => Some("/transfers".to_owned()),
            "task_handed" | "task_back" => Some("/today".to_owned()),
            "plan_approved" | "plan_returned" if self.is_open => {
                Some(format!("/cases/{case}/care-plan"))
            }
            "closing_granted" | "closing_refused" | "child_unwell" if self.is_open => {
                Some(format!("/cases/{case}/closure"))
            }
            "ran_away" if self.is_open => Some(format!("/cases/{case}/shelter")),
            _ if self.is_open => Some(format!("/cases/{case}")),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "notices/list.html")]
struct ListPage {
    ui: Ui,
    notices: Vec<Notice>,
}

async fn find(tx: &mut Tx, actor: &Actor) -> Result<Vec<Notice>, AppError> {
    Ok(sqlx::query_as!(
        Notice,
        r#"select t.kind, t.case_id as "case: CaseId", t.case_number as "number?", t.at, t.times, t.seen_at is null as "is_new!",
                  exists (select from app.case_file c where c.id = t.case_id and c.territory_id = $2) as "is_open!",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.notice t left join lateral app.name_of(t.actor) n on true
           where t.recipient = $1 order by t.at desc limit 100"#,
        actor.user.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn list(_: NoticesPath, me: Require<can::NoticeRead>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let notices = find(&mut tx, &me.actor).await?;
    tx.commit().await?;
    ok(&ListPage { ui: me.ui, notices })
}

async fn seen(_: SeenPath, me: Require<can::NoticeRead>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    sqlx::query!(
        "update app.notice set seen_at = $2 where recipient = $1 and seen_at is null",
        me.actor.user.0,
        me.clock.now()
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(see(&NoticesPath))
}
