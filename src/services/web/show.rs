//! The page of one act: where it stands, what happened to it, what comes next.

use super::ServicePath;
use crate::{
    authz::{Grant, Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{RowId, ServiceId},
    reference::List,
    routes::Routes,
    services::{
        answer::{self, Choice},
        db::{
            act::{self, Made},
            request::{self, Sent},
            step::{self, Mover},
        },
        domain::{Act, Person, ServiceState, Side},
    },
    web::{Ui, ok, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/services/{id}/step", rejection(AppError))]
struct StepPath {
    id: ServiceId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(advance)
}

#[derive(Template)]
#[template(path = "services/show.html")]
struct ActPage {
    ui: Ui,
    form: Form,
    act: Act,
    steps: Vec<Made>,
    sent: Option<Sent>,
}

async fn show(path: ServicePath, me: Require<can::ServiceRecord>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let act = act::find(&mut tx, &me.actor, path.id).await?;
    let steps = act::steps(&mut tx, &me.actor, path.id).await?;
    let sent = match act.request {
        Some(request) => Some(request::sent(&mut tx, &me.actor, request).await?),
        None => None,
    };
    act::opened(&mut tx, &me.actor, &act).await?;
    tx.commit().await?;
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("version", act.version.to_string());
    ok(&ActPage {
        ui: me.ui,
        form,
        act,
        steps,
        sent,
    })
}

async fn advance(
    path: StepPath,
    me: Require<can::ServiceRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let act = act::find(&mut tx, &me.actor, path.id).await?;
    let mover = answer::hidden(&mut form).map(|(form, version)| Mover {
        form,
        service: act.id,
        request: act.request,
        version,
        side: Side::Cell,
    });
    if let Some(mover) = mover.filter(|mover| mover.version != act.version) {
        // pressed twice, or somebody was quicker
        if step::is_made(&mut tx, &me.actor, mover).await? {
            return Ok(see(&ServicePath { id: path.id }));
        }
        drop(tx);
        return meanwhile(path, me, form, Msg::new("service-moved-meanwhile")).await;
    }
    let asked = answer::Asked {
        standing: act.standing,
        side: Side::Cell,
        whom: Some(&act.whom),
        urgent: act.urgent,
        has_alternative: act.replaced_by.is_some(),
        since: None,
    };
    let steps = answer::parse(&mut form, me.ui.catalogue(), me.ui.today(), asked);
    let (true, Some(mover)) = (form.is_valid(), mover) else {
        drop(tx);
        return again(path, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match step::make(&mut tx, &me.actor, me.clock.now(), mover, &steps).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            return meanwhile(path, me, form, msg).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&ServicePath { id: path.id }))
}

/// Somebody was quicker: the act as it is now, with what was typed, to be sent from there or not.
async fn meanwhile<G: Grant>(
    path: StepPath,
    me: Require<G>,
    mut form: Form,
    msg: Msg,
) -> Result<Response, AppError> {
    form.fail("words", msg);
    again(path, me, form, StatusCode::CONFLICT).await
}

/// The page with a form that was not taken; it goes on from where the act is now.
async fn again<G: Grant>(
    path: StepPath,
    me: Require<G>,
    mut form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let act = act::find(&mut tx, &me.actor, path.id).await?;
    let steps = act::steps(&mut tx, &me.actor, path.id).await?;
    let sent = match act.request {
        Some(request) => Some(request::sent(&mut tx, &me.actor, request).await?),
        None => None,
    };
    tx.commit().await?;
    form.set("version", act.version.to_string());
    let drawn = ActPage {
        ui: me.ui,
        form,
        act,
        steps,
        sent,
    };
    page(status, &drawn)
}

impl ActPage {
    fn choices(&self) -> Vec<Choice> {
        answer::choices(&self.ui, self.act.standing, Side::Cell)
    }

    fn outcomes(&self) -> Vec<(String, String)> {
        self.ui.options(List::ServiceOutcome)
    }

    fn action(&self) -> String {
        StepPath { id: self.act.id }.to_string()
    }

    fn can_send(&self) -> bool {
        self.act.standing.state == ServiceState::Proposed
            && self.act.is_open
            && self.act.whom.allows(self.act.urgent, self.ui.today())
    }

    /// Where an alternative to a refusal is recorded.
    fn alternative(&self) -> Option<String> {
        let is_needed = self.act.standing.state == ServiceState::Refused
            && self.act.replaced_by.is_none()
            && !self.act.standing.is_closed
            && self.act.is_open;
        let of = self.act.whom.query()?;
        is_needed.then(|| format!("/services/new?{of}&replaces={}", self.act.id))
    }

    /// As what it counts for somebody who is not of the side of its kind.
    fn counts_as(&self, one: &Person) -> Option<&str> {
        let counterpart = self.act.counterpart.as_deref();
        counterpart.filter(|_| self.act.whom.is_beside(one.id))
    }

    fn reference(&self) -> String {
        crate::services::domain::reference(self.act.id)
    }

    /// Four digits and four: to be compared by eye.
    fn hash(&self) -> String {
        self.sent.as_ref().map_or_else(String::new, |sent| {
            crate::prosecution::grouped(&sent.sha256)
        })
    }
}
