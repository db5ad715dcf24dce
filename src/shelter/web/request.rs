//! A child's place: asking for one, and what became of it.

use super::register::city;
use crate::{
    authz::{Grant, Require, TerritoryId, can},
    cases::{self, Head},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CaseId, RowId},
    prosecution::seal::Sealed,
    reference::List,
    routes::Routes,
    shelter::{
        db::{self, Asked, Group, Hold, NewHold, Past},
        domain::{BedMove, BedState, By, fits},
        form::{self, Wanted},
        sheet::Sheet,
    },
    web::{Ui, page, see},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/shelter", rejection(AppError))]
pub(super) struct PlacementPath {
    pub(super) id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/shelter/{hold}/cancel", rejection(AppError))]
struct CancelPath {
    id: CaseId,
    hold: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/shelter/{hold}/body", rejection(AppError))]
struct BodyPath {
    id: CaseId,
    hold: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(ask)
        .post(cancel)
        .post(name_body)
}

#[derive(Template)]
#[template(path = "shelter/placement.html")]
struct PlacementPage {
    ui: Ui,
    head: Head,
    hold: Option<Hold>,
    past: Vec<Past>,
    /// Where the child can go.
    groups: Vec<Group>,
    /// What the institution would read.
    sheet: Option<Sheet>,
    form: Form,
}

impl PlacementPage {
    fn may_ask(&self) -> bool {
        let has_place = self.hold.as_ref().is_some_and(|hold| hold.state.is_live());
        !has_place && self.head.state.is_open()
    }

    fn reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::BedRefusal)
    }

    fn destinations(&self) -> Vec<(String, String)> {
        self.ui.options(List::PlacementType)
    }

    fn city(&self, id: &TerritoryId) -> String {
        city(&self.ui, *id)
    }

    fn is_chosen(&self, group: &Group) -> bool {
        self.form.has("group", &group.id.to_string())
    }

    fn has_free(&self) -> bool {
        self.groups.iter().any(|group| group.places.free() > 0)
    }

    fn past_state(&self, past: &Past) -> String {
        BedState::from_code(&past.state)
            .map_or_else(|| past.state.clone(), |state| self.ui.t(state.key()))
    }

    /// The beginning of the sheet's name, as the institution sees it.
    fn hash(&self, hold: &Hold) -> String {
        hex::encode(hold.sha256.get(..6).unwrap_or_default())
    }

    fn can_cancel(&self, hold: &Hold) -> bool {
        hold.state.step(BedMove::Cancel, By::Care).is_some()
    }

    /// Who can answer for the child: bodies of the prefecture, then of the country.
    fn bodies(&self) -> Vec<(String, String)> {
        let territory = self.ui.actor().map(|actor| actor.territory());
        let all = territory.map(|id| self.ui.catalogue().providers(id));
        all.into_iter()
            .flatten()
            .map(|one| (one.code.clone(), self.ui.say(&one.label).to_owned()))
            .collect()
    }
}

impl Hold {
    /// What the cell can tell in the place of an institution that has no account.
    fn told(&self) -> impl Iterator<Item = BedMove> {
        let is_ours = !self.has_desk;
        self.state.moves(By::Institution).filter(move |_| is_ours)
    }

    fn told_moves(&self, ui: &Ui) -> Vec<(String, String)> {
        self.told()
            .map(|made| (made.code().to_owned(), ui.t(made.key())))
            .collect()
    }

    fn tells_day(&self) -> bool {
        self.told().any(BedMove::has_day)
    }

    fn tells_refusal(&self) -> bool {
        self.told().any(|made| made == BedMove::Refuse)
    }

    fn tells_destination(&self) -> bool {
        self.told().any(|made| made == BedMove::Discharge)
    }
}

async fn show(
    path: PlacementPath,
    me: Require<can::BedRequest>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("group", asked.text("group"))
        .with("day", me.ui.today().format("%d/%m/%Y").to_string());
    draw(path.id, me, (form, None), StatusCode::OK).await
}

/// The page, with a refused form as it was left, or the sheet as it would be sent.
pub(super) async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    (mut form, sheet): (Form, Option<Sheet>),
    status: StatusCode,
) -> Result<Response, AppError> {
    if !form.sent("id") {
        // another form of the page was refused: this one begins anew
        form.set("id", RowId::new(me.clock.now()).to_string());
    }
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, id).await?;
    let (hold, past) = db::of_case(&mut tx, &me.actor, id).await?;
    let mut groups = db::groups(&mut tx, &me.actor, None).await?;
    tx.commit().await?;
    let age = head.birth.as_ref().map(|birth| birth.age_on(me.ui.today()));
    groups.retain(|group| {
        let band = (group.age_min, group.age_max);
        !group.is_shut(&me.ui) && fits(group.audience, band, &head.sex, age).is_ok()
    });
    page(
        status,
        &PlacementPage {
            ui: me.ui,
            head,
            hold,
            past,
            groups,
            sheet,
            form,
        },
    )
}

async fn ask(
    path: PlacementPath,
    me: Require<can::BedRequest>,
    mut form: Form,
) -> Result<Response, AppError> {
    let unsent = StatusCode::UNPROCESSABLE_ENTITY;
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    if !head.state.is_open() {
        form.fail("group", Msg::new("shelter-case-closed"));
    }
    let groups = db::groups(&mut tx, &me.actor, None).await?;
    let Some(wanted) = form::wanted(&mut form, &me.ui, &head, &groups) else {
        drop(tx);
        return draw(path.id, me, (form, None), unsent).await;
    };
    let (from, today) = (me.actor.territory(), me.clock.today());
    let sheet = Sheet::freeze(&head, &wanted.told, from, today, me.ui.catalogue());
    if form.sent("preview") {
        drop(tx);
        return draw(path.id, me, (form, Some(sheet)), StatusCode::OK).await;
    }
    let salt = tx.ring().await?.salt(wanted.id.0);
    let sealed = Sealed::salted(&sheet, &salt).map_err(AppError::internal)?;
    let new = new_hold(&head, &wanted, &sealed, me.clock.now());
    let lost = match db::ask(&mut tx, &me.actor, &new).await? {
        Asked::Done => {
            tx.commit().await?;
            return Ok(see(&path));
        }
        Asked::Full => Msg::new("shelter-full"),
        Asked::Closed => Msg::new("shelter-institution-closed"),
    };
    // nothing of it stays; the page shows what is free elsewhere
    drop(tx);
    form.fail("group", lost);
    draw(path.id, me, (form, None), StatusCode::CONFLICT).await
}

fn new_hold<'a>(
    head: &'a Head,
    wanted: &'a Wanted,
    sheet: &'a Sealed,
    now: chrono::DateTime<chrono::Utc>,
) -> NewHold<'a> {
    NewHold {
        id: wanted.id,
        head,
        group: wanted.group.id,
        institution: wanted.group.institution,
        sheet,
        responsible: wanted.responsible.as_deref(),
        waits: wanted.waits,
        sha256: wanted.sha256,
        now,
    }
}

async fn cancel(
    path: CancelPath,
    me: Require<can::BedRequest>,
    form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    let version = form.text("version").parse().unwrap_or_default();
    db::cancel(&mut tx, &me.actor, now, (path.id, path.hold, version)).await?;
    tx.commit().await?;
    Ok(see(&PlacementPath { id: path.id }))
}

async fn name_body(
    path: BodyPath,
    me: Require<can::BedRequest>,
    mut form: Form,
) -> Result<Response, AppError> {
    let Some(body) = form::body(&mut form, &me.ui, true) else {
        return draw(path.id, me, (form, None), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    db::name_body(&mut tx, &me.actor, (path.id, path.hold), &body).await?;
    tx.commit().await?;
    Ok(see(&PlacementPath { id: path.id }))
}
