//! The page of one act: where it stands, what happened to it, what comes next.

use super::ServicePath;
use crate::{
    authz::{Require, can},
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
        domain::{Act, ServiceState, Side, Whom},
    },
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
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
        return if step::is_made(&mut tx, &me.actor, mover).await? {
            Ok(see(&ServicePath { id: path.id }))
        } else {
            Err(AppError::Conflict(Msg::new("service-moved-meanwhile")))
        };
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
        let steps = act::steps(&mut tx, &me.actor, path.id).await?;
        let sent = match act.request {
            Some(request) => Some(request::sent(&mut tx, &me.actor, request).await?),
            None => None,
        };
        tx.commit().await?;
        return refused(&ActPage {
            ui: me.ui,
            form,
            act,
            steps,
            sent,
        });
    };
    step::make(&mut tx, &me.actor, me.clock.now(), mover, &steps).await?;
    tx.commit().await?;
    Ok(see(&ServicePath { id: path.id }))
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
        let of = match &self.act.whom {
            Whom::Children(people) => format!("case={}", people.first()?.case),
            Whom::Mother(person, _) => format!("mother={}", person.id),
        };
        is_needed.then(|| format!("/services/new?{of}&replaces={}", self.act.id))
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
