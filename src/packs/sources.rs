//! The rest of a pack in words: how long things last, what was put right, and what was published before Sanad.

use super::{
    book::{Corrected, Lasts, Old, named},
    material::{Before, Material, Place},
};
use crate::{
    indicators::{self, ToldMedian},
    releases::{read::Correction, words},
    web::Ui,
};

pub(super) fn lasting(ui: &Ui, material: &Material, rows: &[ToldMedian]) -> Vec<Lasts> {
    let places = material.by_id();
    let of = |row: &ToldMedian| {
        let indicator = indicators::find(&row.indicator);
        let part = indicator.and_then(|of| Some((of, of.part(&row.part)?)));
        Lasts {
            what: part.map_or_else(
                || row.indicator.clone(),
                |(of, (part, code))| indicators::part(ui, of, &part, code),
            ),
            place: place_name(ui, row.place.and_then(|id| places.get(&id).copied())),
            over: row.over.clone(),
            median: row.median_days.into(),
            p90: row.p90_days.map(i64::from),
        }
    };
    rows.iter().map(of).collect()
}

/// The name of a place in the language of the reader; of none, the country.
fn place_name(ui: &Ui, place: Option<&Place>) -> String {
    place.map_or_else(
        || ui.t("table-country"),
        |place| named(place, ui.lang()).to_owned(),
    )
}

pub(super) fn corrections(ui: &Ui, material: &Material) -> Vec<Corrected> {
    let places = material.by_id();
    let of = |one: &Correction| Corrected {
        month: ui.lang().month(one.of),
        table: words::table_name(ui.lang(), &one.table),
        place: place_name(ui, one.place.and_then(|id| places.get(&id).copied())),
        part: words::part_name(ui.catalogue(), ui.lang(), &one.table, &one.part),
        was: one.was,
        becomes: one.becomes,
        told_by: ui.lang().month(one.told_by),
    };
    material.corrections.iter().map(of).collect()
}

pub(super) fn old(ui: &Ui, one: &Before) -> Old {
    let key = match (one.measure.as_str(), one.unit.as_str(), one.sex.as_deref()) {
        (_, _, Some("F")) => "figure-girls",
        (_, _, Some("M")) => "figure-boys",
        ("cases_handled", ..) => "figure-cases-handled",
        (_, "child", _) => "figure-children",
        (_, "case", _) => "figure-cases",
        _ => "figure-members",
    };
    let cities = ui.catalogue().register().iter();
    let names: Vec<&str> = cities
        .filter(|city| one.territories.contains(&city.territory_id.0))
        .map(|city| ui.say(&city.label))
        .collect();
    let cities = ("cities", ui.lang().list(&names));
    let scope = if one.precision == "day" {
        ui.t2("published-until", cities, ("date", ui.date(one.as_of)))
    } else {
        let month = ui.lang().month(one.as_of);
        ui.t2("published-month", cities, ("date", month))
    };
    let source = |code: &str| ui.t(&format!("source-{}", code.replace('_', "-")));
    let sources: Vec<String> = one.source.split('|').map(source).collect();
    Old {
        figure: ui.n(key, one.value),
        scope,
        source: sources.join(" · "),
        quote: one.quote.clone(),
    }
}
