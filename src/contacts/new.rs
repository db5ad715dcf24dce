//! The form of a contact, for a phone in one hand.

use super::{
    db::{self, RecentSpot},
    form,
    web::{ContactPath, ContactsPath, NewContactPath},
};
use crate::{
    authz::{Require, can},
    drafts::{self, Desk, DraftOf},
    error::AppError,
    forms::Form,
    ids::ContactId,
    reference::List,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};

/// The form, for one hand.
#[derive(Template)]
#[template(path = "contacts/new.html")]
struct NewPage {
    ui: Ui,
    form: Form,
    recent: Vec<RecentSpot>,
    territory: crate::authz::TerritoryId,
    desk: Desk,
}

/// Choices of the adult that stand on the page; the rest are behind "other".
const NEAR: &[&str] = &[
    "mother",
    "mother_unverified",
    "father",
    "sibling",
    "unrelated",
];

impl NewPage {
    fn blocks(&self) -> std::ops::Range<usize> {
        0..form::blocks(&self.form)
    }

    fn sexes(&self) -> Vec<(String, String)> {
        self.ui.options(List::Sex)
    }

    fn bands(&self) -> Vec<(String, String)> {
        let today = self.ui.today();
        let bands = self.ui.catalogue().choices(List::AgeBand, today);
        let of_plan = |c: &&&crate::reference::Code| {
            c.text("set") == Some("plan") && c.number("max_months").is_some_and(|max| max <= 216)
        };
        bands
            .iter()
            .filter(of_plan)
            .map(|c| (c.code.clone(), self.ui.say(&c.label).to_owned()))
            .collect()
    }

    /// Code, words, what to do now.
    fn flags(&self) -> Vec<(String, String, String)> {
        let today = self.ui.today();
        let now = format!("now_{}", self.ui.lang().code());
        let flags = self.ui.catalogue().choices(List::RedFlag, today);
        let line = |c: &crate::reference::Code| {
            (
                c.code.clone(),
                self.ui.say(&c.label).to_owned(),
                c.text(&now).unwrap_or_default().to_owned(),
            )
        };
        flags.into_iter().map(line).collect()
    }

    fn near(&self) -> Vec<(String, String)> {
        let near = NEAR
            .iter()
            .map(|code| ((*code).to_owned(), self.ui.label(List::AdultRelation, code)));
        let none = ("none".to_owned(), self.ui.t("contact-adult-none"));
        let other = ("other".to_owned(), self.ui.t("contact-adult-other"));
        std::iter::once(none).chain(near).chain([other]).collect()
    }

    fn far(&self) -> Vec<(String, String)> {
        self.ui
            .options(List::AdultRelation)
            .into_iter()
            .filter(|(code, _)| !NEAR.contains(&code.as_str()))
            .collect()
    }

    fn circumstances(&self) -> Vec<(String, String)> {
        self.ui.options(List::Circumstance)
    }

    fn actions(&self) -> Vec<(String, String)> {
        self.ui.options(List::ContactAction)
    }

    fn kinds(&self) -> Vec<(String, String)> {
        self.ui.options(List::ContactPlace)
    }

    fn places(&self) -> Vec<(String, String)> {
        let places = self
            .ui
            .catalogue()
            .places_of(self.territory, self.ui.lang());
        places
            .into_iter()
            .map(|p| (p.code.clone(), self.ui.say(&p.label).to_owned()))
            .collect()
    }

    fn kind_of(&self, spot: &RecentSpot) -> String {
        self.ui.label(List::ContactPlace, &spot.kind)
    }

    fn spot(&self, spot: &RecentSpot) -> String {
        format!("{}/{}", spot.place, spot.kind)
    }

    /// The last place is chosen until the worker says otherwise.
    fn chosen(&self, spot: &RecentSpot, first: &bool) -> bool {
        if self.form.sent("spot") {
            self.form.has("spot", &self.spot(spot))
        } else {
            *first
        }
    }

    fn other_place(&self) -> bool {
        self.form.has("spot", "other") || self.recent.is_empty()
    }

    fn bad(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.form.error(field).is_some())
    }
}

pub(super) async fn new(
    _: NewContactPath,
    me: Require<can::ContactLog>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let id = ContactId::new(now);
    let mut tx = me.begin().await?;
    let subject = (DraftOf::Contact, id.0);
    let blank = form::blank(id);
    let (mut form, desk) =
        drafts::resume(&mut tx, &me.actor, now, subject, query.as_deref(), blank).await?;
    let recent = db::recent_spots(&mut tx, &me.actor).await?;
    tx.commit().await?;
    if let Some(begun) = desk.begun {
        form::then(&mut form, begun);
    }
    ok(&NewPage {
        form,
        recent,
        territory: me.actor.territory(),
        ui: me.ui,
        desk,
    })
}

async fn form_page<G: crate::authz::Grant>(
    me: Require<G>,
    form: Form,
) -> Result<NewPage, AppError> {
    let mut tx = me.begin().await?;
    let recent = db::recent_spots(&mut tx, &me.actor).await?;
    tx.commit().await?;
    let id = form.text("id").parse().unwrap_or_default();
    Ok(NewPage {
        desk: Desk::given_back(DraftOf::Contact, id),
        form,
        recent,
        territory: me.actor.territory(),
        ui: me.ui,
    })
}

pub(super) async fn create(
    _: ContactsPath,
    me: Require<can::ContactLog>,
    mut form: Form,
) -> Result<Response, AppError> {
    if form::rearrange(&mut form) {
        return ok(&form_page(me, form).await?);
    }
    let Some(contact) = form::parse(&mut form, &me.ui, me.actor.territory()) else {
        return refused(&form_page(me, form).await?);
    };
    let mut tx = me.begin().await?;
    let id = db::save(&mut tx, &me.actor, me.clock.now(), &contact).await?;
    drafts::done(&mut tx, DraftOf::Contact, id.0).await?;
    tx.commit().await?;
    Ok(see(&ContactPath { id }))
}
