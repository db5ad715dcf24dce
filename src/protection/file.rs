//! The protection of one file: the mark, who is named, and how it ends.

use super::{
    db::{self, Named, NewProtection, Protection},
    domain,
};
use crate::{
    audit::{self, Event},
    authz::{Actor, Fresh, Grant, Recency, Require, Role, can},
    cases::{self, CasePath, Colleague, Head},
    clock::local_date,
    db::Tx,
    error::{AppError, violates},
    forms::{Form, Moment, parse_date},
    i18n::Msg,
    ids::{CaseId, RowId, UserId},
    jobs::{self, Kind},
    people::sealed,
    reference::List,
    routes::Routes,
    vault::{Field, Holder, SealedText},
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{Days, NaiveTime};
use serde::Deserialize;

/// The protection of a file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/protection", rejection(AppError))]
pub struct ProtectionPath {
    /// Which file.
    pub id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/protection/grants", rejection(AppError))]
struct GrantsPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/protection/grants/{grant}/end", rejection(AppError))]
struct EndGrantPath {
    id: CaseId,
    grant: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/protection/lift", rejection(AppError))]
struct LiftPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/protection/lift/finish", rejection(AppError))]
struct FinishPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(mark)
        .post(give)
        .post(end)
        .post(ask)
        .post(finish)
}

#[derive(Template)]
#[template(path = "protection/file.html")]
struct FilePage {
    ui: Ui,
    head: Head,
    protection: Option<Protection>,
    named: Vec<Named>,
    colleagues: Vec<Colleague>,
    form: Form,
}

impl FilePage {
    fn reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::ProtectionReason)
    }

    fn grant_reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::OpenReason)
    }

    fn people(&self, keep: impl Fn(&Colleague) -> bool) -> Vec<(String, String)> {
        let some = self.colleagues.iter().filter(|c| keep(c));
        some.map(|c| {
            let name = self.ui.name(&c.name_ar, &c.name_la).to_owned();
            (c.id.to_string(), name)
        })
        .collect()
    }

    fn keepers(&self) -> Vec<(String, String)> {
        self.people(|c| c.role == Role::Supervisor.code())
    }

    fn unnamed(&self) -> Vec<(String, String)> {
        self.people(|c| self.named.iter().all(|n| n.user != c.id))
    }

    /// Why somebody is named.
    fn why(&self, named: &Named) -> String {
        match named.reason.as_str() {
            "lead" => self.ui.t("case-lead"),
            "second" => self.ui.t("case-second"),
            code => self.ui.label(List::OpenReason, code),
        }
    }

    fn is_worker(&self) -> bool {
        self.ui
            .actor()
            .is_some_and(|a| a.role == Role::SocialWorker)
    }

    fn may_mark(&self) -> bool {
        self.ui.actor().is_some_and(|a| marks(a, &self.head))
    }

    /// Whether the form of the mark stands on the page.
    fn is_markable(&self) -> bool {
        self.protection.is_none() && self.may_mark()
    }

    fn may_keep(&self) -> bool {
        self.ui.may("grant_give")
    }
}

/// A supervisor, or the lead: it takes nothing away from who works on the file.
fn marks(actor: &Actor, head: &Head) -> bool {
    actor.role == Role::Supervisor || head.lead == Some(actor.user)
}

async fn show(path: ProtectionPath, me: Require<can::FileProtect>) -> Result<Response, AppError> {
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
    draw(path.id, me, form, StatusCode::OK).await
}

async fn draw<G: Grant, R: Recency>(
    id: CaseId,
    me: Require<G, R>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let mut head = cases::writable(&mut tx, &me.actor, id).await?;
    let protection = db::of_file(&mut tx, &me.actor, id).await?;
    // who is named matters once there is a protection; whom to name is a supervisor's to say then, and
    // before that the lead chooses who keeps it
    let named = match protection {
        Some(_) => db::named(&mut tx, &me.actor, id).await?,
        None => Vec::new(),
    };
    let colleagues = match protection {
        _ if !head.colleagues.is_empty() => std::mem::take(&mut head.colleagues),
        None => cases::colleagues(&mut tx).await?,
        Some(_) => Vec::new(),
    };
    let event = Event::on("protection.opened", "case", id.0).in_territory(me.actor.territory());
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    page(
        status,
        &FilePage {
            ui: me.ui,
            head,
            protection,
            named,
            colleagues,
            form,
        },
    )
}

/// The id of what the answers make: sent again as they were, they are the same row; amended, another, and none is
/// dropped as if it were saved (decision 0034).
fn id_of(form: &Form) -> Result<RowId, AppError> {
    let id = form.id_of_answers("id").map(RowId);
    id.ok_or(AppError::BadRequest)
}

/// It cannot be saved any more: told beside what was typed.
async fn told<G: Grant, R: Recency>(
    id: CaseId,
    me: Require<G, R>,
    mut form: Form,
    (field, msg): (&'static str, Msg),
) -> Result<Response, AppError> {
    form.fail(field, msg);
    draw(id, me, form, StatusCode::CONFLICT).await
}

async fn mark(
    path: ProtectionPath,
    me: Require<can::FileProtect, Fresh>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    if !marks(&me.actor, &head) {
        return Err(AppError::Forbidden);
    }
    let reason = form.required("reason", |code| {
        let catalogue = me.ui.catalogue();
        catalogue.parse(List::ProtectionReason, code, me.ui.today())
    });
    let text = form.required("text", domain::words);
    let keeper = if me.actor.role == Role::Supervisor {
        Some(me.actor.user)
    } else {
        let known = cases::colleagues(&mut tx).await?;
        form.required("keeper", |id| {
            let one = known.iter().find(|c| c.id.to_string() == id);
            one.filter(|c| c.role == Role::Supervisor.code())
                .map(|c| c.id)
                .ok_or(Msg::new("error-choice"))
        })
    };
    let (Some(reason), Some(text), Some(keeper), true) = (reason, text, keeper, form.is_valid())
    else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let new = NewProtection {
        id: id_of(&form)?,
        case: path.id,
        child: head.child,
        reason: &reason,
        text: &text,
        keeper,
    };
    let marked = match db::mark(&mut tx, &me.actor, me.clock.now(), &new).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            return told(path.id, me, form, ("text", msg)).await;
        }
        done => done?,
    };
    if marked {
        let event = Event::on("protection.marked", "case", path.id.0)
            .in_territory(me.actor.territory())
            .with(serde_json::json!({ "keeper": keeper }))
            .because(reason);
        audit::record(&mut tx, event).await?;
        jobs::enqueue(&mut tx, Kind::SealAudit, None).await?;
    }
    tx.commit().await?;
    Ok(see(&path))
}

async fn give(
    path: GrantsPath,
    me: Require<can::GrantGive, Fresh>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    if !head.protected {
        return Err(AppError::Conflict(Msg::new("protection-none")));
    }
    let known = cases::colleagues(&mut tx).await?;
    let today = me.ui.today();
    let user = form.required("user", |id| {
        let id = id.parse::<UserId>().map_err(|_| Msg::new("error-choice"))?;
        let is_known = known.iter().any(|c| c.id == id);
        is_known.then_some(id).ok_or(Msg::new("error-choice"))
    });
    let until = form.required("last_day", |text| {
        domain::last_day(parse_date(text)?, today)
    });
    let reason = form.required("grant_reason", |code| {
        me.ui.catalogue().parse(List::OpenReason, code, today)
    });
    let (Some(user), Some(until), Some(reason), true) = (user, until, reason, form.is_valid())
    else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let day_after = until.checked_add_days(Days::new(1)).unwrap_or(until);
    let end = Moment::local(day_after, NaiveTime::MIN)
        .map_err(|_| AppError::internal("a day without a midnight"))?;
    let done = sqlx::query!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, kind, reason, granted_by, granted_at, until)
         values ($1, $2, $3, $4, 'named', $5, $6, $7, $8) on conflict (id) do nothing",
        id_of(&form)?.0,
        path.id.0,
        me.actor.territory().0,
        user.0,
        reason,
        me.actor.user.0,
        me.clock.now(),
        end.0
    )
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() > 0 {
        let event = Event::on("grant.given", "case", path.id.0)
            .in_territory(me.actor.territory())
            .with(serde_json::json!({ "user": user, "until": until }))
            .because(reason);
        audit::record(&mut tx, event).await?;
        jobs::enqueue(&mut tx, Kind::SealAudit, None).await?;
    }
    tx.commit().await?;
    Ok(see(&ProtectionPath { id: path.id }))
}

/// Ends a grant now. One's own last grant can be ended too: then the file is somebody else's to keep.
async fn end(path: EndGrantPath, me: Require<can::GrantGive, Fresh>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    let ended = sqlx::query_scalar!(
        r#"update app.case_grant set until = greatest(granted_at, now())
           where id = $1 and case_id = $2 and territory_id = $3 and kind = 'named' and until > now()
           returning user_id as "user: UserId""#,
        path.grant.0,
        path.id.0,
        me.actor.territory().0
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(user) = ended {
        let event = Event::on("grant.ended", "case", path.id.0)
            .in_territory(me.actor.territory())
            .with(serde_json::json!({ "user": user }));
        audit::record(&mut tx, event).await?;
    }
    tx.commit().await?;
    Ok(if ended == Some(me.actor.user) {
        see(&cases::CasesPath)
    } else {
        see(&ProtectionPath { id: path.id })
    })
}

async fn ask(
    path: LiftPath,
    me: Require<can::GrantGive, Fresh>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let Some(protection) = db::of_file(&mut tx, &me.actor, path.id).await? else {
        drop(tx);
        let msg = Msg::new("protection-none");
        return told(path.id, me, form, ("lift_text", msg)).await;
    };
    let Some(text) = form.required("lift_text", domain::words) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = id_of(&form)?;
    let text = tx
        .seal(lift_holder(id), Field::LIFT_TEXT, id.0, Some(&text))
        .await?;
    let done = sqlx::query!(
        "insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
        id.0,
        protection.id.0,
        path.id.0,
        me.actor.territory().0,
        head.number,
        text as Option<SealedText>,
        me.actor.user.0,
        me.clock.now()
    )
    .execute(&mut *tx)
    .await;
    let done = match done {
        Err(error) if violates(&error, "protection_lift_one_open") => {
            drop(tx);
            let msg = Msg::new("unprotect-already-asked");
            return told(path.id, me, form, ("lift_text", msg)).await;
        }
        done => done?,
    };
    if done.rows_affected() > 0 {
        let event = Event::on("lift.asked", "case", path.id.0).in_territory(me.actor.territory());
        audit::record(&mut tx, event).await?;
    }
    tx.commit().await?;
    Ok(see(&ProtectionPath { id: path.id }))
}

/// The holder of the words of a request to lift.
pub(super) fn lift_holder(id: RowId) -> Holder {
    Holder::new(crate::vault::HolderKind::Lift, id.0)
}

/// Carries out what two people agreed on: the names come back, and with them the file to its prefecture.
async fn finish(
    path: FinishPath,
    me: Require<can::GrantGive, Fresh>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    if !head.protected {
        return Ok(see(&CasePath { id: path.id }));
    }
    let agreed = db::of_file(&mut tx, &me.actor, path.id)
        .await?
        .and_then(|protection| protection.lift?.granted);
    if agreed != Some(true) {
        return Err(AppError::Conflict(Msg::new("unprotect-not-agreed")));
    }
    let whole = sealed::unseal_all(&mut tx, &me.actor, path.id, head.child).await?;
    if !(whole && carry_out(&mut tx, path.id).await?) {
        return Err(AppError::Conflict(Msg::new("unprotect-not-agreed")));
    }
    let event = Event::on("protection.lifted", "case", path.id.0)
        .in_territory(me.actor.territory())
        .with(serde_json::json!({ "on": local_date(me.clock.now()) }));
    audit::record(&mut tx, event).await?;
    jobs::enqueue(&mut tx, Kind::SealAudit, None).await?;
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}

async fn carry_out(tx: &mut Tx, case: CaseId) -> Result<bool, AppError> {
    let done = sqlx::query_scalar!(r#"select app.lift_protection($1) as "done!""#, case.0)
        .fetch_one(&mut **tx)
        .await?;
    Ok(done)
}
