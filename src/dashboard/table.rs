//! Figures as tables.

use super::cells::View;
use crate::{
    charts::Track,
    releases::{
        read::{Told, total_of},
        words,
    },
};

/// A table of figures: a name, then what is told.
pub(super) struct Table {
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
    pub foot: Option<(String, Vec<String>)>,
}

/// Bars in a list, and the same figures city by city.
pub(super) struct Bars {
    pub title: String,
    pub items: Vec<Item>,
    pub table: Table,
}

/// Words, bar, number.
pub(super) struct Item {
    pub label: String,
    pub track: Track,
    pub value: String,
    /// Beside the words.
    pub more: Option<String>,
}

/// Tables of one trait, each with the colour of its bars.
const TRAITS: [(&str, &str); 8] = [
    ("children_by_age", "fg"),
    ("children_by_nationality", "fg"),
    ("children_by_disability", "fg"),
    ("cases_by_state", "fg"),
    ("child_services_by_family", "fg"),
    ("mother_services_by_family", "p"),
    ("child_decisions_by_kind", "j"),
    ("adult_decisions_by_effect", "j"),
];

/// What the table of cities has of each.
const CITIES: [(&str, &str); 11] = [
    ("children", ""),
    ("children_by_sex", "F"),
    ("children_by_sex", "M"),
    ("children_by_sex", "U"),
    ("contacts", ""),
    ("cases", ""),
    ("child_services", ""),
    ("mother_services", ""),
    ("referrals", ""),
    ("child_decisions", ""),
    ("adult_decisions", ""),
];

impl Bars {
    /// A card for each table of the month that has a trait.
    pub fn all(view: &View<'_>) -> Vec<Self> {
        let traits = TRAITS.into_iter();
        traits
            .filter_map(|(table, class)| Self::of(view, table, class))
            .collect()
    }

    fn of(view: &View<'_>, table: &str, class: &'static str) -> Option<Self> {
        let parts = view.parts(table);
        let told: Vec<_> = parts.iter().map(|part| view.whole(table, part)).collect();
        let standing = told.iter().flatten().filter_map(Told::standing);
        let max = standing.max().unwrap_or(0);
        let items = parts.iter().zip(&told).map(|(part, told)| Item {
            label: view.part(table, part),
            track: Track::new(
                view.lang(),
                class,
                told.and_then(|told| told.standing()).unwrap_or(0),
                max,
            ),
            value: view.say_short(*told),
            more: None,
        });
        (!parts.is_empty()).then(|| Self {
            title: words::table_name(view.lang(), table),
            items: items.collect(),
            table: Table::of_parts(view, table, &parts),
        })
    }
}

impl Table {
    /// A line for each part, a column for each city, all of them last.
    fn of_parts(view: &View<'_>, table: &str, parts: &[String]) -> Self {
        let several = view.cities.len() > 1;
        let mut head = vec![String::new()];
        head.extend(view.cities.iter().map(|city| view.city(city)));
        if several {
            head.push(view.ui.t("told-total"));
        }
        let line = |code: &str, part: &str| {
            let cities = view.cities.iter();
            let mut cells: Vec<String> = cities
                .map(|city| view.say(view.of(code, part, city.territory)))
                .collect();
            if several {
                cells.push(view.say(view.whole(code, part)));
            }
            cells
        };
        let total = total_of(table);
        Self {
            caption: words::table_name(view.lang(), table),
            head,
            rows: parts
                .iter()
                .map(|part| (view.part(table, part), line(table, part)))
                .collect(),
            foot: Some((view.ui.t("told-total"), line(total, ""))),
        }
    }

    /// City by city, what is counted of each.
    pub fn of_cities(view: &View<'_>) -> Self {
        let name = |(table, part): &(&str, &str)| {
            if part.is_empty() {
                words::table_name(view.lang(), table)
            } else {
                view.part(table, part)
            }
        };
        let head = std::iter::once(view.ui.t("dashboard-city")).chain(CITIES.iter().map(name));
        let rows = view.cities.iter().map(|city| {
            let cells = CITIES.iter();
            let cells = cells.map(|(table, part)| view.say(view.of(table, part, city.territory)));
            (view.city(city), cells.collect())
        });
        let all = CITIES
            .iter()
            .map(|(table, part)| view.say(view.whole(table, part)));
        Self {
            caption: view.ui.t("dashboard-cities-note"),
            head: head.collect(),
            rows: rows.collect(),
            foot: (view.cities.len() > 1).then(|| (view.ui.t("told-total"), all.collect())),
        }
    }
}
