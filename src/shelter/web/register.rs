//! The register of places: every city for who looks for one, figures for the committee.

use crate::{
    authz::{Grant, Require, TerritoryId, can},
    error::AppError,
    forms::Form,
    ids::RowId,
    people::Age,
    reference::List,
    routes::Routes,
    shelter::{
        db::{self, City, Group, Institution},
        domain::{Audience, fits, is_stale},
    },
    web::{Ui, ok},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use std::borrow::Borrow;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter")]
pub(super) struct RegisterPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/figures")]
struct FiguresPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/institutions/{id}", rejection(AppError))]
pub(super) struct InstitutionPath {
    pub(super) id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/institutions/{id}/reveal", rejection(AppError))]
struct RevealPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(register)
        .get(figures)
        .get(institution)
        .post(reveal)
}

/// What is looked for.
#[derive(Debug, Default)]
struct Filter {
    sex: String,
    age: Option<i16>,
    with_mother: bool,
    free_only: bool,
}

impl Filter {
    fn parse(asked: &Form) -> Self {
        let sex = asked.text("sex");
        Self {
            sex: if matches!(sex, "F" | "M") {
                sex.to_owned()
            } else {
                String::new()
            },
            age: crate::forms::western_digits(asked.text("age").trim())
                .parse()
                .ok()
                .filter(|age| (0..=20).contains(age)),
            with_mother: asked.has("mother", "1"),
            free_only: asked.has("free", "1"),
        }
    }

    fn takes(&self, group: &Group) -> bool {
        let age = self.age.map(|years| Age {
            min_months: i32::from(years) * 12,
            max_months: i32::from(years) * 12 + 11,
        });
        let sex = match (self.sex.as_str(), group.audience) {
            ("", Audience::Girls) => "F",
            ("", Audience::Boys) => "M",
            (sex, _) => sex,
        };
        (!self.with_mother || group.audience == Audience::MotherChild)
            && (!self.free_only || (group.places.free() > 0 && group.closed_on.is_none()))
            && fits(group.audience, (group.age_min, group.age_max), sex, age).is_ok()
    }
}

#[derive(Template)]
#[template(path = "shelter/register.html")]
struct RegisterPage {
    ui: Ui,
    filter: Filter,
    groups: Vec<Group>,
    form: Form,
}

impl RegisterPage {
    /// "21 free places".
    fn free(&self) -> String {
        let receiving = self.groups.iter().filter(|group| !group.is_shut(&self.ui));
        let free = receiving.map(|group| group.places.free().max(0));
        self.ui
            .n("shelter-free-total", free.map(i64::from).sum::<i64>())
    }

    fn sexes(&self) -> [(&'static str, String); 3] {
        [
            ("", self.ui.t("shelter-any")),
            ("F", self.ui.t("beds-girls")),
            ("M", self.ui.t("beds-boys")),
        ]
    }

    /// Whether the line begins another city.
    fn begins(&self, index: &usize) -> bool {
        let at = |i: usize| self.groups.get(i).map(|group| group.territory);
        *index == 0 || at(*index) != at(*index - 1)
    }

    fn is_own(&self, group: &Group) -> bool {
        self.ui
            .actor()
            .is_some_and(|actor| actor.territory() == group.territory)
    }
}

impl Group {
    /// Nobody has confirmed its figures for a week.
    pub(super) fn is_stale(&self, ui: &Ui) -> bool {
        is_stale(self.confirmed_at, ui.now())
    }

    /// Since when nobody has.
    pub(super) fn stale_words(&self, ui: &Ui) -> String {
        ui.t1(
            "shelter-stale",
            "day",
            ui.date(ui.day_of(self.confirmed_at)),
        )
    }

    /// Its institution takes nobody any more, or these places do not.
    pub(super) fn is_shut(&self, ui: &Ui) -> bool {
        self.closed_on.is_some_and(|day| day <= ui.today())
    }

    /// Since when it does not.
    pub(super) fn shut_words(&self, ui: &Ui) -> String {
        let day = self.closed_on.map_or_else(String::new, |day| ui.date(day));
        ui.t1("shelter-closed-since", "day", day)
    }

    /// Nobody is received in these places any more, and nobody is left there: a line of history.
    fn is_over(&self, ui: &Ui) -> bool {
        self.shut_on.is_some_and(|day| day <= ui.today())
            && self.places.occupied() + self.places.held == 0
    }

    /// Its institution's licence has run out.
    pub(super) fn is_unlicensed(&self, ui: &Ui) -> bool {
        self.licensed_until.is_some_and(|day| day < ui.today())
    }

    /// "6 to 12 years".
    pub(super) fn ages(&self, ui: &Ui) -> String {
        ui.t2("beds-ages", ("from", self.age_min), ("to", self.age_max))
    }

    /// "of 20, 2 held".
    pub(super) fn of_words(&self, ui: &Ui) -> String {
        let (capacity, held) = (self.places.capacity, self.places.held);
        ui.t2("shelter-of", ("capacity", capacity), ("held", held))
    }

    /// "3 free places".
    pub(super) fn free_words(&self, ui: &Ui) -> String {
        ui.n("shelter-free", i64::from(self.places.free().max(0)))
    }
}

/// A city's name.
pub(super) fn city(ui: &Ui, id: impl Borrow<TerritoryId>) -> String {
    ui.catalogue()
        .territory(*id.borrow())
        .map_or_else(String::new, |one| ui.say(&one.label).to_owned())
}

async fn register(
    _: RegisterPath,
    me: Require<can::ShelterRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let filter = Filter::parse(&form);
    let mut tx = me.begin().await?;
    let mut groups = db::groups(&mut tx, &me.actor, None).await?;
    tx.commit().await?;
    groups.retain(|group| filter.takes(group) && !group.is_over(&me.ui));
    ok(&RegisterPage {
        ui: me.ui,
        filter,
        groups,
        form,
    })
}

#[derive(Template)]
#[template(path = "shelter/figures.html")]
struct FiguresPage {
    ui: Ui,
    cities: Vec<City>,
}

impl FiguresPage {
    /// All of them: institutions, places, free, stale.
    fn all(&self) -> [String; 4] {
        let of: [fn(&City) -> i64; 4] = [
            |city| city.institutions,
            |city| city.capacity,
            |city| city.free,
            |city| city.stale,
        ];
        of.map(|of| self.ui.number(self.cities.iter().map(of).sum::<i64>()))
    }
}

async fn figures(_: FiguresPath, me: Require<can::FiguresRead>) -> Result<Response, AppError> {
    let mut tx = me.begin_figures().await?;
    let cities = db::figures(&mut tx, me.clock.now()).await?;
    tx.commit().await?;
    ok(&FiguresPage { ui: me.ui, cities })
}

/// Where it is: shown when asked for.
enum Address {
    Masked,
    NotRecorded,
    Shown(String),
}

#[derive(Template)]
#[template(path = "shelter/institution.html")]
struct InstitutionPage {
    ui: Ui,
    institution: Institution,
    groups: Vec<Group>,
    address: Address,
}

impl InstitutionPage {
    /// Icon, words and answer of each standard.
    fn standards(&self) -> Vec<(&'static str, String, String)> {
        let of = &self.institution;
        let all = self.ui.options(List::ShelterStandard).into_iter();
        all.map(|(code, words)| {
            let (icon, key) = if of.standards.contains(&code) {
                ("check", "keep-answer-yes")
            } else if of.standards_unmet.contains(&code) {
                ("x", "keep-answer-no")
            } else {
                ("circle-help", "keep-answer-unknown")
            };
            (icon, words, self.ui.t(key))
        })
        .collect()
    }

    /// It takes nobody any more.
    fn is_shut(&self) -> bool {
        let closed = self.institution.closed_on;
        closed.is_some_and(|day| day <= self.ui.today())
    }

    /// Whether the reader keeps it.
    fn is_own(&self) -> bool {
        let place = self.ui.actor().map(|actor| actor.territory());
        self.ui.may("city_keep") && place == Some(self.institution.territory)
    }

    /// The licence has run out.
    fn is_unlicensed(&self) -> bool {
        self.institution
            .licensed_until
            .is_some_and(|day| day < self.ui.today())
    }
}

async fn draw<G: Grant>(
    id: RowId,
    me: Require<G>,
    shows_address: bool,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let institution = db::institution(&mut tx, &me.actor, Some(id)).await?;
    let groups = db::groups(&mut tx, &me.actor, Some(id)).await?;
    let address = if shows_address {
        let known = db::address(&mut tx, id).await?;
        known.map_or(Address::NotRecorded, Address::Shown)
    } else {
        Address::Masked
    };
    tx.commit().await?;
    ok(&InstitutionPage {
        ui: me.ui,
        institution,
        groups,
        address,
    })
}

async fn institution(
    path: InstitutionPath,
    me: Require<can::ShelterRead>,
) -> Result<Response, AppError> {
    draw(path.id, me, false).await
}

async fn reveal(path: RevealPath, me: Require<can::ShelterRead>) -> Result<Response, AppError> {
    draw(path.id, me, true).await
}
