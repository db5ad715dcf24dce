//! An institution's desk: children who are coming or there, and their sheets.

use super::register::city;
use crate::{
    authz::{Require, TerritoryId, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::RowId,
    reference::List,
    routes::Routes,
    shelter::{
        db::{self, Arrival, Desk, Group, Institution, Moved, Opened},
        domain::{BedMove, By},
        form,
    },
    web::{Ui, ok, page, refused, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/desk")]
pub(super) struct DeskPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/holds/{id}", rejection(AppError))]
struct SheetPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(desk).get(sheet).post(act)
}

#[derive(Template)]
#[template(path = "shelter/desk.html")]
struct DeskPage {
    ui: Ui,
    /// None yet: the register does not know it.
    institution: Option<Institution>,
    groups: Vec<Group>,
    desk: Desk,
}

impl DeskPage {
    fn is_stale(&self) -> bool {
        self.groups.iter().any(|group| group.is_stale(&self.ui))
    }
}

impl Arrival {
    /// What the institution calls the child by.
    fn name(&self, ui: &Ui) -> String {
        self.sheet
            .as_ref()
            .map_or_else(|| ui.t("sheet-unreadable"), |sheet| sheet.name(ui))
    }
}

async fn desk(_: DeskPath, me: Require<can::PlacesKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let institution = match db::institution(&mut tx, &me.actor, None).await {
        Ok(known) => Some(known),
        Err(AppError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let groups = db::groups(&mut tx, &me.actor, None).await?;
    let desk = db::desk(&mut tx, &me.actor).await?;
    tx.commit().await?;
    ok(&DeskPage {
        ui: me.ui,
        institution,
        groups,
        desk,
    })
}

#[derive(Template)]
#[template(path = "shelter/sheet.html")]
struct SheetPage {
    ui: Ui,
    opened: Opened,
    form: Form,
}

impl SheetPage {
    fn city(&self, id: &TerritoryId) -> String {
        city(&self.ui, *id)
    }

    /// The beginning of the sheet's name, enough to compare two by telephone.
    fn hash(&self) -> String {
        hex::encode(self.opened.sha256.get(..6).unwrap_or_default())
    }

    fn possible(&self) -> impl Iterator<Item = BedMove> {
        self.opened.arrival.state.moves(By::Institution)
    }

    fn moves(&self) -> Vec<(String, String)> {
        self.possible()
            .map(|made| (made.code().to_owned(), self.ui.t(made.key())))
            .collect()
    }

    fn has_day(&self) -> bool {
        self.possible().any(BedMove::has_day)
    }

    fn can_refuse(&self) -> bool {
        self.possible().any(|made| made == BedMove::Refuse)
    }

    fn can_discharge(&self) -> bool {
        self.possible().any(|made| made == BedMove::Discharge)
    }

    fn reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::BedRefusal)
    }

    fn destinations(&self) -> Vec<(String, String)> {
        self.ui.options(List::PlacementType)
    }
}

async fn sheet(path: SheetPath, me: Require<can::PlacesKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let opened = db::opened(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    let form = Form::new().with("day", me.ui.today().format("%d/%m/%Y").to_string());
    ok(&SheetPage {
        ui: me.ui,
        opened,
        form,
    })
}

async fn act(
    path: SheetPath,
    me: Require<can::PlacesKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    db::lock(&mut tx, path.id).await?;
    let opened = db::opened(&mut tx, &me.actor, path.id).await?;
    let stands = (opened.arrival.state, opened.arrival.state_since);
    let first_day = opened.arrival.admitted_on;
    let Some((step, act)) = form::act(&mut form, &me.ui, stands, first_day) else {
        tx.commit().await?;
        return refused(&SheetPage {
            ui: me.ui,
            opened,
            form,
        });
    };
    let moved = db::step(&mut tx, &me.actor, now, &opened, (step, &act)).await?;
    if let Moved::No(why) = moved {
        // nothing of it stays; the page shows where it stands now
        drop(tx);
        form.fail("move", why);
        return again(path, me, form).await;
    }
    tx.commit().await?;
    Ok(if step.to().is_live() {
        see(&path)
    } else {
        see(&DeskPath)
    })
}

/// The sheet as it is now, with what was typed; what is over is no sheet of the institution any more.
async fn again(
    path: SheetPath,
    me: Require<can::PlacesKeep>,
    form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let opened = match db::opened(&mut tx, &me.actor, path.id).await {
        Err(AppError::NotFound) => return Err(AppError::Conflict(Msg::new("shelter-moved"))),
        opened => opened?,
    };
    tx.commit().await?;
    page(
        StatusCode::CONFLICT,
        &SheetPage {
            ui: me.ui,
            opened,
            form,
        },
    )
}
