//! What was counted in the period: four figures above, then bars by sex, age, nationality, state, service and decision.

use super::words::{Bars, Row};
use crate::{reference::List, rollups::CityCell, web::Ui};

/// States of a file, in their order.
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

/// A figure of the strip.
pub(super) struct Kpi {
    pub label: String,
    pub value: String,
    pub more: Option<String>,
}

/// The counts of one city, asked by their names.
#[derive(Clone, Copy)]
pub(super) struct Counts<'a>(pub &'a [CityCell]);

impl Counts<'_> {
    fn of(self, measure: &str, also: impl Fn(&CityCell) -> bool) -> i64 {
        let found = self.0.iter().filter(|c| c.measure == measure && also(c));
        found.map(|c| i64::from(c.n)).sum()
    }

    fn all(self, measure: &str) -> i64 {
        self.of(measure, |_| true)
    }

    fn part(self, measure: &str, key: &str) -> i64 {
        self.of(measure, |c| c.key == key)
    }

    fn sex(self, sex: &str) -> i64 {
        self.of("children_protected", |c| c.sex == sex)
    }
}

/// Children, contacts, files and services.
pub(super) fn strip(ui: &Ui, counts: Counts<'_>) -> Vec<Kpi> {
    let kpi = |key: &str, n: i64, more| Kpi {
        label: ui.t(key),
        value: ui.number(n),
        more,
    };
    let (girls, boys) = (counts.sex("F"), counts.sex("M"));
    let sexes = ui.t2("figures-sexes", ("girls", girls), ("boys", boys));
    vec![
        kpi(
            "figures-children",
            counts.all("children_protected"),
            Some(sexes),
        ),
        kpi("figures-contacts", counts.all("contacts"), None),
        kpi("figures-handled", counts.all("cases_handled"), None),
        kpi("figures-services", counts.all("services"), None),
    ]
}

/// The cards, from the children to the court.
pub(super) fn cards(ui: &Ui, counts: Counts<'_>) -> Vec<Bars> {
    let child = || ui.t("figures-unit-child");
    let bars =
        |title: &str, unit: String, class, rows| Bars::new(ui, ui.t(title), unit, class, rows);
    vec![
        bars("figures-by-sex", child(), "fg", sexes(ui, counts)),
        bars("figures-by-age", child(), "fg", ages(ui, counts)),
        bars("figures-by-nationality", child(), "fg", groups(ui, counts)),
        bars(
            "figures-by-state",
            ui.t("figures-unit-case"),
            "fg",
            states(ui, counts),
        )
        .leading_to(Some(("/cases", ui.t("figures-to-cases")))),
        bars(
            "figures-services-child",
            ui.t("figures-unit-service"),
            "fg",
            services(ui, counts, "child"),
        ),
        bars(
            "figures-services-mother",
            ui.t("figures-unit-service-mother"),
            "p",
            services(ui, counts, "mother"),
        ),
        bars(
            "figures-justice",
            ui.t("figures-unit-justice"),
            "j",
            justice(ui, counts),
        )
        .apart(),
        bars(
            "figures-child-decisions",
            ui.t("figures-unit-decision"),
            "j",
            decisions(ui, counts),
        ),
    ]
}

fn sexes(ui: &Ui, counts: Counts<'_>) -> Vec<Row> {
    [
        ("F", "figures-girls"),
        ("M", "figures-boys"),
        ("U", "figures-unsexed"),
    ]
    .into_iter()
    .map(|(sex, key)| (ui.t(key), counts.sex(sex)))
    // that a sex is not known yet is told where there is one
    .filter(|(_, n)| *n > 0)
    .collect()
}

/// The bands of the plan, those without a child too: a gap in the ages says something.
fn ages(ui: &Ui, counts: Counts<'_>) -> Vec<Row> {
    let bands = ui.catalogue().choices(List::AgeBand, ui.today());
    let mut rows: Vec<Row> = bands
        .into_iter()
        .filter(|band| band.text("set") == Some("plan"))
        .map(|band| {
            let n = counts.part("children_by_age", &band.code);
            (ui.say(&band.label).to_owned(), n)
        })
        .collect();
    let unknown = counts.part("children_by_age", "unknown");
    if unknown > 0 {
        rows.push((ui.t("figures-unknown"), unknown));
    }
    rows
}

fn groups(ui: &Ui, counts: Counts<'_>) -> Vec<Row> {
    ui.options(List::ReportingGroup)
        .into_iter()
        .map(|(code, words)| (words, counts.part("children_by_nationality", &code)))
        .filter(|(_, n)| *n > 0)
        .collect()
}

fn states(ui: &Ui, counts: Counts<'_>) -> Vec<Row> {
    STATES
        .iter()
        .map(|code| {
            let key = format!("state-{}", code.replace('_', "-"));
            (ui.t(&key), counts.part("cases", code))
        })
        .filter(|(_, n)| *n > 0)
        .collect()
}

fn services(ui: &Ui, counts: Counts<'_>, audience: &str) -> Vec<Row> {
    let families = ui.catalogue().choices(List::ServiceKind, ui.today());
    families
        .into_iter()
        .filter(|kind| kind.text("parent").is_none() && kind.text("audience") == Some(audience))
        .map(|kind| {
            let n = counts.of("services", |c| c.key == kind.code && c.sex == audience);
            (ui.say(&kind.label).to_owned(), n)
        })
        .collect()
}

fn justice(ui: &Ui, counts: Counts<'_>) -> Vec<Row> {
    let adult = |effect| counts.part("adult_decisions", effect);
    vec![
        (ui.t("figures-referrals"), counts.all("referrals")),
        (
            ui.t("figures-decisions-child"),
            counts.all("child_decisions"),
        ),
        (ui.t("figures-decisions-pending"), adult("pending")),
        (ui.t("decision-figures-prosecuted"), adult("prosecuted")),
        (
            ui.t("decision-figures-not-prosecuted"),
            adult("not_prosecuted"),
        ),
    ]
}

fn decisions(ui: &Ui, counts: Counts<'_>) -> Vec<Row> {
    ui.options(List::ChildDecisionKind)
        .into_iter()
        .map(|(code, words)| (words, counts.part("child_decisions_by_kind", &code)))
        .filter(|(_, n)| *n > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(measure: &str, key: &str, sex: &str, n: i32) -> CityCell {
        CityCell {
            measure: measure.to_owned(),
            key: key.to_owned(),
            sex: sex.to_owned(),
            n,
        }
    }

    #[test]
    fn a_figure_is_the_sum_of_its_cells_and_of_no_other() {
        let cells = [
            cell("children_protected", "", "F", 3),
            cell("children_protected", "", "M", 2),
            cell("children_by_age", "plan_6_13", "", 4),
            cell("services", "medical", "child", 7),
            cell("services", "medical", "mother", 1),
        ];
        let counts = Counts(&cells);
        assert_eq!(counts.all("children_protected"), 5);
        assert_eq!(
            (counts.sex("F"), counts.sex("M"), counts.sex("U")),
            (3, 2, 0)
        );
        assert_eq!(counts.part("children_by_age", "plan_6_13"), 4);
        assert_eq!(counts.all("services"), 8);
        assert_eq!(
            counts.of("services", |c| c.key == "medical" && c.sex == "child"),
            7
        );
    }
}
