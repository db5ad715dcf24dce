//! Whether another city may know a child, and the question to its supervisor.

use super::{
    asked::RequestPath,
    asking::{self, Asked, Look},
    domain::{Card, Looked, State},
    history::place,
};
use crate::{
    authz::{Grant, Require, TerritoryId, can},
    cases::{self, Head},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId},
    people::Names,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/elsewhere", rejection(AppError))]
struct ElsewherePath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/elsewhere/ask", rejection(AppError))]
struct AskPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(look).post(ask)
}

#[derive(Template)]
#[template(path = "identity/elsewhere.html")]
struct ElsewherePage {
    ui: Ui,
    head: Head,
    look: Option<Look>,
    requests: Vec<Asked>,
    form: Form,
}

impl ElsewherePage {
    fn place(&self, id: &TerritoryId) -> String {
        place(&self.ui, *id)
    }

    /// Whether a look may be taken and a question asked.
    fn is_askable(&self) -> bool {
        !self.head.protected && !self.head.in_emergency && !self.head.void
    }

    /// Cities that were named and that no question waits in, as a menu has them.
    fn cities(&self) -> Vec<(String, String)> {
        let named = self.look.iter().flat_map(|look| &look.cities);
        let waits = |city: &TerritoryId| {
            let mut asked = self.requests.iter();
            asked.any(|one| one.to == *city && one.state == State::Requested)
        };
        named
            .filter(|city| !waits(city))
            .map(|city| (city.0.to_string(), self.place(city)))
            .collect()
    }

    /// The other city of a question of this file, from either side.
    fn other(&self, one: &Asked) -> String {
        let here = self.ui.actor().map(|me| me.territory());
        self.place(if here == Some(one.to) {
            &one.from
        } else {
            &one.to
        })
    }
}

async fn show(path: ElsewherePath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
    draw(path.id, me, form, StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::head_of(&mut tx, &me.actor, id).await?;
    if !head.openable {
        return Err(AppError::NotFound);
    }
    let look = asking::last_look(&mut tx, &me.actor, &head).await?;
    let requests = asking::list(&mut tx, &me.actor, Some(id)).await?;
    tx.commit().await?;
    let page_of = ElsewherePage {
        ui: me.ui,
        head,
        look,
        requests,
        form,
    };
    page(status, &page_of)
}

async fn look(
    path: ElsewherePath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let id: Option<RowId> = form.text("id").parse().ok();
    let refusal = match id {
        _ if head.protected => Some(Msg::new("elsewhere-protected")),
        None => Some(Msg::new("error-choice")),
        Some(id) => match asking::look(&mut tx, &me.actor, (id, &head)).await? {
            Looked::Done => None,
            Looked::Bound => Some(Msg::new("elsewhere-bound")),
            Looked::Unnamed => Some(Msg::new("elsewhere-unnamed")),
        },
    };
    // what was refused was tried: that is written down, too
    tx.commit().await?;
    if let Some(msg) = refusal {
        form.fail("look", msg);
        return draw(path.id, me, form, StatusCode::CONFLICT).await;
    }
    Ok(see(&path))
}

async fn ask(
    path: AskPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    if head.protected {
        drop(tx);
        form.fail("look", Msg::new("elsewhere-protected"));
        return draw(path.id, me, form, StatusCode::CONFLICT).await;
    }
    // sent again as it was, it is the question that was asked; amended, it is another, and only one can wait
    let id = form.id_of_answers("id").map(RowId);
    let to = form.required("ask_city", |text| {
        text.parse()
            .map(TerritoryId)
            .map_err(|_| Msg::new("error-choice"))
    });
    let why = form.required("ask_why", Paragraph::parse);
    let (Some(id), Some(to), Some(why)) = (id, to, why) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let met = asking::place_of(&mut tx, &me.actor, path.id).await?;
    let card = card(&head, met, why.into_string());
    match asking::ask(&mut tx, &me.actor, (id, &head, to), &card).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            form.fail("ask_why", msg);
            return draw(path.id, me, form, StatusCode::CONFLICT).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&RequestPath { id }))
}

/// The card of a child as it is today.
fn card(head: &Head, place: Option<String>, why: String) -> Card {
    let mother = head.family.iter().find(|one| one.is_mother());
    let mother_in =
        |script: fn(&Names) -> String| mother.map_or_else(String::new, |one| script(&one.names()));
    Card {
        number: head.number.clone(),
        name_ar: head.names.ar(),
        name_la: head.names.la(),
        street_name: head.street_name.clone(),
        sex: head.sex.clone(),
        birth: head
            .birth
            .as_ref()
            .map(|birth| (birth.earliest, birth.latest)),
        nationality: head.nationality.clone(),
        mother_ar: mother_in(Names::ar),
        mother_la: mother_in(Names::la),
        place,
        why,
    }
}
