//! The page of notices.

use crate::{
    authz::{Actor, Require, can},
    db::Tx,
    error::AppError,
    ids::{CaseId, DisclosureId, JudicialFileId},
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
    /// The file, unless it is about a colleague or of the judicial side.
    case: Option<CaseId>,
    number: Option<String>,
    /// Of the judicial side, whose readers see no file of a child.
    is_judicial: bool,
    /// The judicial file, while the reader's court has it.
    judicial: Option<JudicialFileId>,
    judicial_number: Option<String>,
    /// The urgent notice, likewise.
    urgent: Option<DisclosureId>,
    /// Whether the recipient sees the file now.
    is_open: bool,
    at: DateTime<Utc>,
    times: i32,
    is_new: bool,
    /// Nobody did it: a time ran out.
    is_clocks: bool,
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
            "glass_broken"
            | "ran_away"
            | "child_unwell"
            | "urgent_notice_arrived"
            | "urgent_notice_late"
            | "urgent_notice_unread" => "siren",
            "protected_opened" => "eye",
            "service_answered" => "hand-heart",
            "task_handed" | "task_back" | "task_taken" | "judicial_completed" => "list-checks",
            "grant_given" | "file_given" | "judicial_handed" => "user-plus",
            "plan_approved"
            | "determination_approved"
            | "closing_granted"
            | "transfer_accepted"
            | "identity_accepted"
            | "judicial_received" => "check",
            "plan_returned" | "determination_returned" | "closing_refused" | "transfer_refused" => {
                "repeat-2"
            }
            "transfer_asked"
            | "transfer_withdrawn"
            | "judicial_rerouted"
            | "urgent_notice_rerouted"
            | "identity_asked"
            | "identity_withdrawn" => "send",
            "identity_joined" | "mother_joined" => "users",
            "judicial_arrived" | "judicial_annex" => "folder-open",
            "judicial_returned"
            | "judicial_taken_back"
            | "identity_parted"
            | "identity_ended"
            | "mother_parted" => "undo-2",
            "judicial_closed" => "file-lock",
            "judicial_late" | "judicial_completion_late" | "judicial_question_late" => "clock",
            "judicial_question" | "judicial_answered" | "identity_refused" | "identity_unsure" => {
                "message-square"
            }
            "child_measure" | "juvenile_measure" => "gavel",
            "mother_effect" | "mother_outcome" => "scale",
            "colleague_away" | "colleague_back" | "stands_in" | "court_hearing" => "calendar",
            _ => "lock",
        }
    }

    fn color(&self) -> &'static str {
        match self.kind.as_str() {
            "glass_broken"
            | "ran_away"
            | "child_unwell"
            | "urgent_notice_arrived"
            | "urgent_notice_late"
            | "urgent_notice_unread" => "red",
            "judicial_late"
            | "judicial_completion_late"
            | "judicial_returned"
            | "judicial_question"
            | "judicial_question_late" => "amber",
            _ => "",
        }
    }

    /// Where its matter is dealt with.
    fn link(&self) -> Option<String> {
        if self.is_judicial {
            let file = self.judicial.map(|id| format!("/prosecution/{id}"));
            let notice = self.urgent.map(|id| format!("/prosecution/notices/{id}"));
            return file.or(notice);
        }
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
            "identity_accepted" | "identity_joined" | "identity_parted" | "identity_ended"
                if self.is_open =>
            {
                Some(format!("/cases/{case}/identity"))
            }
            // asked, taken back, or about a file that is not the reader's
            "identity_asked" | "identity_withdrawn" | "identity_ended" => {
                Some("/identity/requests".to_owned())
            }
            "identity_refused" | "identity_unsure" if self.is_open => {
                Some(format!("/cases/{case}/elsewhere"))
            }
            "task_handed" | "task_back" => Some("/today".to_owned()),
            "plan_approved" | "plan_returned" if self.is_open => {
                Some(format!("/cases/{case}/care-plan"))
            }
            "closing_granted" | "closing_refused" | "child_unwell" if self.is_open => {
                Some(format!("/cases/{case}/closure"))
            }
            "ran_away" if self.is_open => Some(format!("/cases/{case}/shelter")),
            "judicial_received"
            | "judicial_returned"
            | "judicial_taken_back"
            | "urgent_notice_unread"
            | "urgent_notice_rerouted"
            | "judicial_rerouted"
            | "judicial_closed"
            | "judicial_completion_late"
            | "judicial_question"
            | "judicial_question_late"
            | "child_measure"
            | "mother_effect"
                if self.is_open =>
            {
                Some(format!("/cases/{case}#judicial"))
            }
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
                  num_nonnulls(t.judicial_file_id, t.disclosure_id) > 0 as "is_judicial!",
                  j.id as "judicial?: JudicialFileId", j.number as "judicial_number?", d.id as "urgent?: DisclosureId",
                  t.actor is null as "is_clocks!",
                  exists (select from app.case_file c where c.id = t.case_id and c.territory_id = $2) as "is_open!",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.notice t
           left join app.judicial_file j on j.id = t.judicial_file_id and j.court_id = $3
           left join app.disclosure d on d.id = t.disclosure_id and d.to_court = $3
           left join lateral app.name_of(t.actor) n on true
           where t.recipient = $1 order by t.at desc limit 100"#,
        actor.user.0,
        actor.territory().0,
        actor.court().0
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
