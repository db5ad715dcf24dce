//! A city adds a seat to its team, closes one, and designates somebody to one.

use super::{body, designation::DesignationPath, team::TeamPath};
use crate::{
    authz::{Require, can},
    db::Tx,
    error::AppError,
    forms::Form,
    ids::RowId,
    reference::List,
    routes::Routes,
    teams::{
        db::{self, City, SeatHead},
        domain::Kind,
        form,
    },
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/plan/cities/{slug}/team/new", rejection(AppError))]
struct NewPath {
    slug: String,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/seats/{id}/close", rejection(AppError))]
struct ClosePath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/seats/{id}/designate", rejection(AppError))]
struct DesignatePath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(blank)
        .post(add)
        .post(close)
        .get(whom)
        .post(designate)
}

#[derive(Template)]
#[template(path = "teams/seat.html")]
struct SeatPage {
    ui: Ui,
    city: City,
    form: Form,
}

impl SeatPage {
    fn sectors(&self) -> Vec<(String, String)> {
        self.ui.options(List::SeatSector)
    }

    /// The bodies of the city, then the national ones.
    fn organisations(&self) -> Vec<(String, String)> {
        let all = self.ui.catalogue().providers(self.city.territory);
        all.into_iter()
            .map(|one| (one.code.clone(), self.ui.say(&one.label).to_owned()))
            .collect()
    }
}

/// The reader's own city; the team of another is nothing to write in.
async fn own(tx: &mut Tx, me: &Require<can::CityTeamKeep>, slug: &str) -> Result<City, AppError> {
    let city = db::city(tx, slug).await?;
    if city.territory == me.actor.territory() {
        Ok(city)
    } else {
        Err(AppError::NotFound)
    }
}

async fn blank(path: NewPath, me: Require<can::CityTeamKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let city = own(&mut tx, &me, &path.slug).await?;
    tx.commit().await?;
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
    ok(&SeatPage {
        ui: me.ui,
        city,
        form,
    })
}

async fn add(
    path: NewPath,
    me: Require<can::CityTeamKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let city = own(&mut tx, &me, &path.slug).await?;
    let words = (me.ui.catalogue(), me.ui.today());
    let Some(new) = form::seat(&mut form, words, city.territory) else {
        return refused(&SeatPage {
            ui: me.ui,
            city,
            form,
        });
    };
    db::add_seat(&mut tx, &me.actor, &new).await?;
    tx.commit().await?;
    Ok(see(&TeamPath { slug: city.slug }))
}

async fn close(path: ClosePath, me: Require<can::CityTeamKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let seat = db::seat(&mut tx, &me.actor, path.id).await?;
    if let Err(refusal) = db::close_seat(&mut tx, &me.actor, me.clock.today(), &seat).await? {
        return Err(AppError::Conflict(refusal.msg()));
    }
    tx.commit().await?;
    Ok(see(&TeamPath {
        slug: seat.city.slug,
    }))
}

#[derive(Template)]
#[template(path = "teams/designate.html")]
struct DesignatePage {
    ui: Ui,
    seat: SeatHead,
    form: Form,
}

impl DesignatePage {
    fn sector(&self) -> String {
        self.ui.label(List::SeatSector, &self.seat.sector)
    }

    fn body(&self) -> String {
        body(&self.ui, &self.seat.body)
    }

    fn kinds(&self) -> Vec<(String, String)> {
        Kind::ALL
            .map(|one| (one.code().to_owned(), self.ui.t(one.key())))
            .into()
    }
}

async fn whom(path: DesignatePath, me: Require<can::CityTeamKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let seat = db::seat(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    let today = me.ui.today().format("%d/%m/%Y").to_string();
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("seat_kind", Kind::Holder.code())
        .with("since", today);
    ok(&DesignatePage {
        ui: me.ui,
        seat,
        form,
    })
}

async fn designate(
    path: DesignatePath,
    me: Require<can::CityTeamKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let seat = db::seat(&mut tx, &me.actor, path.id).await?;
    if let Some(new) = form::designation(&mut form, me.ui.today()) {
        match db::designate(&mut tx, &me.actor, path.id, &new).await? {
            Ok(()) => {
                tx.commit().await?;
                return Ok(see(&DesignationPath { id: new.id }));
            }
            Err(refusal) => form.fail("since", refusal.msg()),
        }
    }
    drop(tx);
    refused(&DesignatePage {
        ui: me.ui,
        seat,
        form,
    })
}
