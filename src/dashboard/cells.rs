//! The cells of a month as the page asks for them: the totals of what is looked at, and its cities.

use super::domain::{City, Total};
use crate::{
    authz::TerritoryId,
    i18n::Lang,
    releases::{ToldMonth, read::Told, words},
    web::Ui,
};
use std::sync::Arc;

/// A month, and what of it is looked at.
pub(super) struct View<'a> {
    pub ui: &'a Ui,
    pub month: &'a ToldMonth,
    /// Earlier months that are needed, each with how many months before.
    pub before: &'a [(u32, Arc<ToldMonth>)],
    /// Every city of the register.
    pub all: &'a [City],
    /// Those that are looked at.
    pub cities: &'a [&'a City],
    pub total: Total,
}

impl View<'_> {
    pub fn lang(&self) -> Lang {
        self.ui.lang()
    }

    /// The month so many months before.
    pub fn before(&self, months: u32) -> Option<&ToldMonth> {
        let found = self.before.iter().find(|(ago, _)| *ago == months);
        found.map(|(_, month)| month.as_ref())
    }

    /// A cell of a city.
    pub fn of(&self, table: &str, part: &str, city: TerritoryId) -> Option<Told> {
        self.month.figures.get(table, Some(city), part).copied()
    }

    /// A cell of all that is looked at. Of cities that have no cell together it is their sum, if each of them is told:
    /// anybody could add them up.
    pub fn whole(&self, table: &str, part: &str) -> Option<Told> {
        match self.total {
            Total::Cell(place) => self.month.figures.get(table, place, part).copied(),
            Total::Sum => {
                let mut sum = 0;
                for city in self.cities {
                    match self.of(table, part, city.territory)? {
                        Told::Shown(n) => sum += n,
                        _ => return Some(Told::Withheld { last: None }),
                    }
                }
                Some(Told::Shown(sum))
            }
        }
    }

    /// The parts of a table that any place has, in the order of their list.
    pub fn parts(&self, table: &str) -> Vec<String> {
        let cells = self.month.figures.parts(table, None);
        let mut parts: Vec<String> = cells.map(|(part, _)| part.to_owned()).collect();
        parts.sort_by_cached_key(|part| (words::rank(self.ui, table, part), part.clone()));
        parts
    }

    /// What a part is called.
    pub fn part(&self, table: &str, part: &str) -> String {
        words::part_name(self.ui.catalogue(), self.lang(), table, part)
    }

    /// The name of a city.
    pub fn city(&self, city: &City) -> String {
        self.ui.say(&city.label).to_owned()
    }

    /// The name of a place: the country, a region or a prefecture.
    pub fn place(&self, place: Option<TerritoryId>) -> String {
        let Some(id) = place else {
            return self.ui.t("dashboard-country");
        };
        let prefecture = self.ui.catalogue().territory(id).map(|t| &t.label);
        let region = || self.all.iter().find(|city| city.region == id);
        let label = prefecture.or_else(|| region().map(|city| &city.region_label));
        label.map_or_else(
            || self.ui.t("dashboard-a-region"),
            |label| self.ui.say(label).to_owned(),
        )
    }

    /// A cell in a table.
    pub fn say(&self, told: Option<Told>) -> String {
        words::say(told.as_ref(), self.lang())
    }

    /// A cell where there is little room: a figure that stands since an earlier month has a mark, which the page explains.
    pub fn say_short(&self, told: Option<Told>) -> String {
        match told {
            Some(Told::Withheld { .. }) => told.and_then(|told| told.standing()).map_or_else(
                || words::say(None, self.lang()),
                |n| format!("{}°", self.ui.number(n)),
            ),
            _ => words::say(told.as_ref(), self.lang()),
        }
    }
}
