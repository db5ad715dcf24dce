//! The indicators of one city, by what they are about: each with its parts, its numerator and denominator, what is not known
//! yet, and what it is held against.

use super::words::{Item, Table, days, percent, tenths_of};
use crate::{
    charts::Track,
    indicators::{self, Good, Indicator, Kind, Mark, Measured, Part},
    web::Ui,
};

/// What they are about, in the order of the page: first what waits for somebody.
const GROUPS: [(&str, &[&str]); 8] = [
    ("figures-about-work", &["I24", "I4"]),
    ("figures-about-children", &["I1", "I2", "I3", "I13", "I19"]),
    ("figures-about-time", &["I5", "I6", "I7", "I8", "I18"]),
    ("figures-about-help", &["I9", "I12", "I17"]),
    ("figures-about-justice", &["I10", "I11"]),
    ("figures-about-life", &["I14", "I15", "I16"]),
    ("figures-about-team", &["I20", "I21"]),
    ("figures-about-quality", &["I22", "I23"]),
];

/// The lists on which something is done about an indicator, for whom they are.
const LISTS: [(&str, &str, &str, &str); 7] = [
    ("I24", "task_keep", "/today", "figures-to-today"),
    ("I24", "team_read", "/team", "figures-to-team"),
    ("I24", "case_read", "/cases?filter=late", "figures-to-late"),
    ("I4", "team_read", "/team", "figures-to-team"),
    ("I7", "case_read", "/cases?filter=late", "figures-to-late"),
    ("I17", "shelter_read", "/shelter", "figures-to-places"),
    (
        "I20",
        "meeting_read",
        "/plan/meetings",
        "figures-to-meetings",
    ),
];

/// Indicators about one thing.
pub(super) struct Group {
    pub title: String,
    pub entries: Vec<Entry>,
}

/// An indicator.
pub(super) struct Entry {
    pub code: &'static str,
    pub name: String,
    pub about: String,
    /// The first figure; a dash, if it could not be made.
    pub value: String,
    /// Of how many, in what unit, and which way is better.
    pub told: String,
    /// What it is held against, and whether it keeps to it.
    pub mark: Option<(String, Option<bool>)>,
    pub items: Vec<Item>,
    pub table: Table,
    pub links: Vec<(&'static str, String)>,
}

impl Group {
    /// All twenty-four, those without a figure too.
    pub fn all(ui: &Ui, measured: &[Measured]) -> Vec<Self> {
        let entries = |codes: &[&str]| {
            codes
                .iter()
                .filter_map(|code| indicators::find(code))
                .map(|one| Entry::new(ui, one, measured))
                .collect()
        };
        GROUPS
            .iter()
            .map(|(title, codes)| Self {
                title: ui.t(title),
                entries: entries(codes),
            })
            .collect()
    }
}

/// Of how many files everything is known that figures are split by (I23); nothing, where there is no file.
pub(super) fn complete(ui: &Ui, measured: &[Measured]) -> Option<String> {
    let row = measured
        .iter()
        .find(|row| row.indicator == "I23" && row.part.is_empty())?;
    let of = row.denominator.filter(|n| *n != 0)?;
    let share = percent(ui.lang(), row.numerator, of);
    Some(ui.t1("figures-complete", "share", share))
}

/// A figure with what it is a figure of.
struct Figure<'a> {
    part: Part,
    /// Of a list, the code in it.
    code: Option<&'a str>,
    row: &'a Measured,
}

impl Entry {
    fn new(ui: &Ui, one: &'static Indicator, measured: &[Measured]) -> Self {
        let figures: Vec<Figure<'_>> = measured
            .iter()
            .filter(|row| row.indicator == one.code)
            .filter_map(|row| {
                let (part, code) = one.part(&row.part)?;
                Some(Figure { part, code, row })
            })
            // of a list, what there is none of says nothing
            .filter(|f| {
                f.code.is_none()
                    || f.row.numerator != 0
                    || f.row.denominator.is_some_and(|n| n != 0)
            })
            .collect();
        let first = figures.iter().find(|figure| figure.part.code.is_empty());
        let links = LISTS
            .iter()
            .filter(|(code, permission, ..)| *code == one.code && ui.may(permission))
            .map(|(_, _, href, key)| (*href, ui.t(key)))
            .collect();
        Self {
            code: one.code,
            name: indicators::name(ui, one),
            about: indicators::about(ui, one),
            value: first.map_or_else(dash, |figure| figure.value(ui)),
            told: told(ui, &one.first, first),
            mark: one.first.mark.map(|mark| {
                let value = first.and_then(|figure| figure.row.value(one.first.kind));
                let kept = value.and_then(|value| mark.is_kept(value));
                (held_against(ui, mark, one.first.kind), kept)
            }),
            items: items(ui, one, &figures),
            table: table(ui, one, &figures),
            links,
        }
    }
}

impl Figure<'_> {
    fn value(&self, ui: &Ui) -> String {
        let (n, of) = (self.row.numerator, self.row.denominator.unwrap_or(0));
        let lang = ui.lang();
        match self.part.kind {
            Kind::Count => ui.number(n),
            Kind::Rate => percent(lang, n, of),
            Kind::Ratio | Kind::PerHundredThousand if of == 0 => dash(),
            Kind::Ratio => tenths_of(lang, n, of),
            Kind::PerHundredThousand => tenths_of(lang, n * 100_000, of),
            Kind::Median => self.row.median_days.map_or_else(dash, |n| days(ui, n)),
        }
    }
}

/// A mark as figures of that kind are written, with where it comes from.
pub(super) fn held_against(ui: &Ui, mark: Mark, kind: Kind) -> String {
    let n = i64::from(mark.value());
    let figure = match kind {
        Kind::Rate => percent(ui.lang(), n, 100),
        Kind::Median => ui.n("figures-days", n),
        Kind::Count | Kind::Ratio | Kind::PerHundredThousand => ui.number(n),
    };
    indicators::mark(ui, mark, figure)
}

fn dash() -> String {
    "—".to_owned()
}

/// The line under a figure: "6 of 7 · unit: visit · the more, the better".
fn told(ui: &Ui, one: &Part, first: Option<&Figure<'_>>) -> String {
    let parts = first.and_then(|figure| {
        let of = figure.row.denominator?;
        let key = if one.kind == Kind::Median {
            "figures-ended"
        } else {
            "figures-of"
        };
        Some(ui.t2(key, ("n", figure.row.numerator), ("all", of)))
    });
    let unit = ui.t1("figures-unit", "unit", indicators::unit(ui, one.unit));
    let good = match one.good {
        Good::More => Some(ui.t("figures-more-better")),
        Good::Less => Some(ui.t("figures-less-better")),
        Good::Neither => None,
    };
    let words: Vec<String> = parts.into_iter().chain([unit]).chain(good).collect();
    words.join(" · ")
}

/// A bar for each figure beside others of its kind: of a rate out of all, of others out of the largest.
fn items(ui: &Ui, one: &Indicator, figures: &[Figure<'_>]) -> Vec<Item> {
    if figures.len() < 2 {
        return Vec::new();
    }
    let length = |figure: &Figure<'_>| thousandths(figure.row.value(figure.part.kind));
    let longest = |kind| match kind {
        Kind::Rate => 100_000,
        _ => figures
            .iter()
            .filter(|figure| figure.part.kind == kind)
            .map(length)
            .max()
            .unwrap_or(0),
    };
    figures
        .iter()
        .map(|figure| Item {
            label: indicators::part(ui, one, &figure.part, figure.code),
            track: Track::new(ui.lang(), "fg", length(figure), longest(figure.part.kind)),
            value: figure.value(ui),
        })
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "the length of a bar")]
fn thousandths(value: Option<f64>) -> i64 {
    value.map_or(0, |value| (value * 1000.0) as i64)
}

/// Every figure with its parts; of days also how many have ended and within how many days nine of ten.
fn table(ui: &Ui, one: &Indicator, figures: &[Figure<'_>]) -> Table {
    let has_days = figures
        .iter()
        .any(|figure| figure.part.kind == Kind::Median);
    let mut head = vec![
        String::new(),
        ui.t("figures-value"),
        ui.t("figures-numerator"),
        ui.t("figures-denominator"),
    ];
    if has_days {
        head.push(ui.t("figures-p90"));
        head.push(ui.t("figures-not-ended"));
    }
    head.push(ui.t("figures-mark"));
    let row = |figure: &Figure<'_>| {
        let row = figure.row;
        let mut cells = vec![
            figure.value(ui),
            ui.number(row.numerator),
            row.denominator.map_or_else(dash, |n| ui.number(n)),
        ];
        if has_days {
            let is_days = figure.part.kind == Kind::Median;
            cells.push(row.p90_days.map_or_else(dash, |n| days(ui, n)));
            cells.push(if is_days {
                ui.number(row.not_ended())
            } else {
                dash()
            });
        }
        let mark = figure.part.mark;
        cells.push(mark.map_or_else(dash, |mark| held_against(ui, mark, figure.part.kind)));
        (indicators::part(ui, one, &figure.part, figure.code), cells)
    };
    Table {
        caption: indicators::name(ui, one),
        head,
        rows: figures.iter().map(row).collect(),
        foot: None,
        open: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_indicator_stands_once_on_the_page() {
        let shown: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, codes)| codes.iter().copied())
            .collect();
        let all: BTreeSet<&str> = indicators::ALL.iter().map(|one| one.code).collect();
        assert_eq!(shown.len(), all.len());
        assert_eq!(shown.into_iter().collect::<BTreeSet<_>>(), all);
    }

    #[test]
    fn what_leads_to_a_list_names_an_indicator_and_a_permission() {
        for (code, permission, href, _) in LISTS {
            assert!(indicators::find(code).is_some(), "{code}");
            assert!(
                crate::authz::Permission::from_code(permission).is_some(),
                "{permission}"
            );
            assert!(href.starts_with('/'));
        }
    }

    #[test]
    fn the_length_of_a_bar_is_nothing_where_there_is_no_figure() {
        assert_eq!(thousandths(None), 0);
        assert_eq!(thousandths(Some(85.714)), 85_714);
    }
}
