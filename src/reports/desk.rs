//! What a reader can ask about: the tables, places, parts and months there are, with their words.

use super::domain::{COUNTRY, Subject, TOTAL};
use crate::{
    authz::{Actor, Scope, TerritoryId},
    error::AppError,
    i18n::Lang,
    reference::{Code, Label, List},
    releases::words,
    web::Ui,
};
use chrono::NaiveDate;

/// Whose figures a reader asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// What was told to the committee.
    Country,
    /// What happened in that city.
    City(TerritoryId),
}

impl Whose {
    /// Of the reader: their own city's, or the committee's.
    pub fn of(actor: &Actor) -> Result<Self, AppError> {
        match actor.scope {
            Scope::Prefecture(city) => Ok(Self::City(city)),
            Scope::Country => Ok(Self::Country),
            Scope::Organisation(..) | Scope::Court(_) => Err(AppError::Forbidden),
        }
    }

    /// The city.
    pub const fn city(self) -> Option<TerritoryId> {
        match self {
            Self::Country => None,
            Self::City(city) => Some(city),
        }
    }
}

/// A place that can be asked about: the country has no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub code: String,
    pub id: Option<TerritoryId>,
    pub name: String,
    /// Whether it is one of those that are shown when none is chosen.
    pub is_usual: bool,
}

/// A region in which the plan runs.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub id: TerritoryId,
    pub label: Label,
}

/// Everything that can be asked.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    pub whose: Whose,
    pub lang: Lang,
    pub today: NaiveDate,
    /// Code and words of each table.
    pub tables: Vec<(String, String)>,
    /// Of the committee alone.
    pub places: Vec<Spot>,
    /// Those of the table that is asked about, the total first.
    pub parts: Vec<(String, String)>,
    /// The ends of the months that were told, the last one first; of a city none, for its days are free.
    pub months: Vec<NaiveDate>,
}

impl Desk {
    /// The committee's, with the parts of the table as the last release has them.
    pub fn of_country(
        ui: &Ui,
        table: &str,
        (months, regions, mut told): (Vec<NaiveDate>, Vec<Region>, Vec<String>),
    ) -> Self {
        // in the order of their list, and what is there no more last
        let order = listed(ui, table);
        told.sort_by_key(|part| {
            order
                .iter()
                .position(|known| known == part)
                .unwrap_or(order.len())
        });
        let mut places = vec![Spot {
            code: COUNTRY.to_owned(),
            id: None,
            name: ui.t("scope-country"),
            is_usual: true,
        }];
        let cities = ui.catalogue().cities().iter();
        places.extend(cities.filter(|city| city.is_counted()).map(|city| Spot {
            code: city.slug.clone(),
            id: Some(city.territory_id),
            name: ui.say(&city.label).to_owned(),
            is_usual: true,
        }));
        places.extend(regions.into_iter().map(|region| Spot {
            code: format!("region-{}", region.id.0),
            id: Some(region.id),
            name: ui.t1("report-region", "name", ui.say(&region.label)),
            is_usual: false,
        }));
        Self {
            whose: Whose::Country,
            lang: ui.lang(),
            today: ui.today(),
            tables: tables(ui, |_| true),
            places,
            parts: parts(ui, table, told),
            months,
        }
    }

    /// A city's.
    pub fn of_city(ui: &Ui, table: &str, city: TerritoryId, counted: fn(&str) -> bool) -> Self {
        let codes = listed(ui, table);
        Self {
            whose: Whose::City(city),
            lang: ui.lang(),
            today: ui.today(),
            tables: tables(ui, counted),
            places: Vec::new(),
            parts: parts(ui, table, codes),
            months: Vec::new(),
        }
    }

    /// The name of a part.
    pub fn part(&self, code: &str) -> &str {
        let found = self.parts.iter().find(|(known, _)| known == code);
        found.map_or("", |(_, name)| name)
    }

    /// A place.
    pub fn place(&self, code: &str) -> Option<&Spot> {
        self.places.iter().find(|spot| spot.code == code)
    }
}

fn tables(ui: &Ui, has: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    Subject::all()
        .filter(|one| has(one.code))
        .map(|one| (one.code.to_owned(), words::table_name(ui.lang(), one.code)))
        .collect()
}

/// The total, and the parts of a table with their words; of no table none.
fn parts(ui: &Ui, table: &str, codes: Vec<String>) -> Vec<(String, String)> {
    let name = |part: &str| words::part_name(ui.catalogue(), ui.lang(), table, part);
    let total = (TOTAL.to_owned(), name(""));
    let codes = codes.into_iter().map(|code| {
        let words = name(&code);
        (code, words)
    });
    std::iter::once(total).chain(codes).collect()
}

/// The parts of a table as its list has them: what is counted now has no part that was given up.
fn listed(ui: &Ui, table: &str) -> Vec<String> {
    let codes = |list, keep: fn(&Code) -> bool| {
        let codes = ui.catalogue().choices(list, ui.today()).into_iter();
        codes
            .filter(|code| keep(code))
            .map(|code| code.code.clone())
            .collect()
    };
    let fixed = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    match table {
        "children_by_sex" => codes(List::Sex, |_| true),
        "children_by_age" => {
            let mut bands: Vec<String> =
                codes(List::AgeBand, |one| one.text("set") == Some("plan"));
            bands.push("unknown".to_owned());
            bands
        }
        "children_by_nationality" => codes(List::ReportingGroup, |_| true),
        "cases_by_state" => fixed(&STATES),
        "child_services_by_family" => codes(List::ServiceKind, |one| {
            one.text("parent").is_none() && one.text("audience") == Some("child")
        }),
        "mother_services_by_family" => codes(List::ServiceKind, |one| {
            one.text("parent").is_none() && one.text("audience") == Some("mother")
        }),
        "child_decisions_by_kind" => codes(List::ChildDecisionKind, |_| true),
        "adult_decisions_by_effect" => fixed(&["pending", "prosecuted", "not_prosecuted"]),
        _ => Vec::new(),
    }
}

/// Where a file stands, in their order.
const STATES: [&str; 9] = [
    "identified",
    "urgent_action",
    "registered",
    "assessment",
    "planning",
    "implementation",
    "monitoring",
    "closure_requested",
    "closed",
];
