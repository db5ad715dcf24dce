//! Asking a provider: what is said is chosen, shown as it will be read, and frozen.

use super::ServicePath;
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::{Form, Paragraph, parse_date},
    i18n::Msg,
    ids::{RowId, ServiceId},
    prosecution::seal::Sealed,
    reference::List,
    routes::Routes,
    services::{
        answer,
        db::{
            act, request,
            step::{self, Mover, NewStep},
        },
        domain::{About, Act, Asked, Naming, ServiceMove, Side, Slip},
        form::refusal,
    },
    vault::Salt,
    web::{Ui, ok, page, refused, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::Months;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/services/{id}/request", rejection(AppError))]
struct SendPath {
    id: ServiceId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(compose).post(send)
}

#[derive(Template)]
#[template(path = "services/send.html")]
struct SendPage {
    ui: Ui,
    form: Form,
    act: Act,
    /// What will leave, word for word, once the form is whole.
    preview: Option<Slip>,
}

/// What holds an act back from being sent, if anything does: a closed file, or where a mother stands.
fn obstacle(act: &Act, ui: &Ui) -> Option<Msg> {
    let today = ui.today();
    if !act.is_open {
        Some(Msg::new("service-case-closed"))
    } else if !act.whom.allows(act.urgent, today) {
        Some(refusal(act.whom.access(today)))
    } else {
        None
    }
}

async fn compose(path: SendPath, me: Require<can::ServiceRecord>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let act = act::find(&mut tx, &me.actor, path.id).await?;
    if act.standing.step(ServiceMove::Send, Side::Cell).is_none() {
        return Ok(see(&ServicePath { id: path.id }));
    }
    if let Some(msg) = obstacle(&act, &me.ui) {
        return Err(AppError::Conflict(msg));
    }
    act::opened(&mut tx, &me.actor, &act).await?;
    tx.commit().await?;
    let day = act.agreed_on.max(me.ui.today());
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("version", act.version.to_string())
        .with("naming", Naming::Given.code())
        .with("by", day.format("%d/%m/%Y").to_string());
    ok(&SendPage {
        ui: me.ui,
        form,
        act,
        preview: None,
    })
}

async fn send(
    path: SendPath,
    me: Require<can::ServiceRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let act = act::find(&mut tx, &me.actor, path.id).await?;
    let mover = answer::hidden(&mut form).map(|(form, version)| Mover {
        form,
        service: act.id,
        request: None,
        version,
        side: Side::Cell,
    });
    let Some(step) = act.standing.step(ServiceMove::Send, Side::Cell) else {
        // pressed twice, or somebody was quicker
        let is_made = match mover {
            Some(mover) => step::is_made(&mut tx, &me.actor, mover).await?,
            None => false,
        };
        return if is_made {
            Ok(see(&ServicePath { id: path.id }))
        } else {
            meanwhile(me.ui, form, act, Msg::new("service-moved-meanwhile"))
        };
    };
    let asked = asked(&mut form, &me.ui);
    if let Some(msg) = obstacle(&act, &me.ui) {
        form.fail("closed_file", msg);
    }
    if act.lacks_basis().is_some() {
        form.fail("may_share", Msg::new("request-no-basis"));
    }
    let (Some(asked), Some(mover), true) = (asked, mover, form.is_valid()) else {
        return refused(&SendPage {
            ui: me.ui,
            form,
            act,
            preview: None,
        });
    };
    let about = About {
        id: act.id,
        kind: &act.kind,
        provider: &act.provider,
        urgent: act.urgent,
        whom: &act.whom,
    };
    let slip = Slip::freeze(
        about,
        &asked,
        me.actor.territory(),
        me.ui.today(),
        me.ui.catalogue(),
    );
    // what was shown is what is sent: a name that changed in between is shown again
    let print = Sealed::salted(&slip, &Salt(String::new())).map_err(AppError::internal)?;
    let print = hex::encode(print.sha256);
    if form.text("confirmed") != print {
        form.set("confirmed", print);
        return ok(&SendPage {
            ui: me.ui,
            form,
            act,
            preview: Some(slip),
        });
    }
    let step = NewStep {
        step,
        on: Some(asked.by),
        reason: None,
        outcome: None,
        words: None,
    };
    let sent = request::send(
        &mut tx,
        &me.actor,
        me.clock.now(),
        (&act, &slip),
        (mover, step),
    );
    match sent.await {
        Err(AppError::Conflict(msg)) => return meanwhile(me.ui, form, act, msg),
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&ServicePath { id: path.id }))
}

/// It was sent, or called off, meanwhile: told beside what was typed.
fn meanwhile(ui: Ui, mut form: Form, act: Act, msg: Msg) -> Result<Response, AppError> {
    form.fail("ask", msg);
    let drawn = SendPage {
        ui,
        form,
        act,
        preview: None,
    };
    page(StatusCode::CONFLICT, &drawn)
}

fn asked(form: &mut Form, ui: &Ui) -> Option<Asked> {
    let today = ui.today();
    let naming = form.required("naming", |code| {
        Naming::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let by = form.required("by", |text| {
        let day = parse_date(text)?;
        if day < today {
            Err(Msg::new("service-date-past"))
        } else if today
            .checked_add_months(Months::new(24))
            .is_some_and(|latest| day > latest)
        {
            Err(Msg::new("service-date-far"))
        } else {
            Ok(day)
        }
    });
    let ask = form.required("ask", Paragraph::parse);
    let practical = form.optional("practical", Paragraph::parse);
    if !form.is_valid() {
        return None;
    }
    Some(Asked {
        naming: naming?,
        by: by?,
        ask: ask?.into_string(),
        practical: practical.map(Paragraph::into_string),
    })
}

impl SendPage {
    fn namings(&self) -> Vec<(String, String)> {
        Naming::ALL
            .map(|one| (one.code().to_owned(), self.ui.t(one.key())))
            .to_vec()
    }

    fn is_protected(&self) -> bool {
        self.act.whom.people().any(|one| one.is_protected)
    }
}
