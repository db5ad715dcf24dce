//! Figures as tables.

use super::domain::Tally;
use crate::{authz::TerritoryId, web::Ui};

/// A table of figures: a name, then numbers.
pub(super) struct Table {
    pub caption: String,
    /// Headings over several columns, with how many.
    pub groups: Vec<(String, usize)>,
    pub head: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
    pub foot: Option<(String, Vec<String>)>,
}

/// A column of the table of cities: its words and its figure.
type Column = (&'static str, fn(&Tally) -> i64);

/// Columns, those of one kind under one heading; a kind of one column has no heading.
const GROUPS: [(&str, &[Column]); 6] = [
    (
        "dashboard-kpi-children",
        &[
            ("dashboard-girls", |t| t.girls),
            ("dashboard-boys", |t| t.boys),
            ("dashboard-unsexed", |t| t.unsexed),
            ("dashboard-total", Tally::children),
        ],
    ),
    ("", &[("dashboard-contacts", |t| t.contacts)]),
    ("", &[("dashboard-open-cases", |t| t.open_cases)]),
    (
        "dashboard-services",
        &[
            ("dashboard-children", |t| t.child_services),
            ("dashboard-mothers", |t| t.mother_services),
        ],
    ),
    ("", &[("dashboard-referrals-short", |t| t.referrals)]),
    (
        "dashboard-decisions",
        &[
            ("dashboard-children", |t| t.child_decisions),
            ("dashboard-adults", |t| t.adult_decisions),
        ],
    ),
];

impl Table {
    /// City by city, and the sum of the rounded figures.
    pub fn of_cities(
        ui: &Ui,
        places: &[(TerritoryId, String)],
        tallies: &[Tally],
        total: Tally,
    ) -> Self {
        let shown = |key: &str| total.unsexed > 0 || key != "dashboard-unsexed";
        let groups: Vec<(&str, Vec<&Column>)> = GROUPS
            .iter()
            .map(|(name, columns)| {
                (
                    *name,
                    columns.iter().filter(|(key, _)| shown(key)).collect(),
                )
            })
            .collect();
        let columns = || groups.iter().flat_map(|(_, columns)| columns);
        let line = |tally: &Tally| {
            columns()
                .map(|(_, value)| ui.number(value(tally)))
                .collect()
        };
        let name = |key: &str| {
            if key.is_empty() {
                String::new()
            } else {
                ui.t(key)
            }
        };
        Self {
            caption: ui.t("dashboard-cities-note"),
            groups: std::iter::once((String::new(), 1))
                .chain(
                    groups
                        .iter()
                        .map(|(key, columns)| (name(key), columns.len())),
                )
                .collect(),
            head: std::iter::once(ui.t("dashboard-city"))
                .chain(columns().map(|(key, _)| ui.t(key)))
                .collect(),
            rows: places
                .iter()
                .zip(tallies)
                .map(|((_, name), tally)| (name.clone(), line(tally)))
                .collect(),
            foot: (places.len() > 1).then(|| (ui.t("dashboard-total"), line(&total))),
        }
    }
}
