//! What Sanad told of a month, in charts each followed by its table.

use super::{
    cells::View,
    domain::City,
    table::{Bars, Item, Table},
};
use crate::{
    authz::TerritoryId,
    charts::{Map, Mark, Multiple, Pair, Paired, Track},
    releases::{
        read::{Correction, Told},
        words,
    },
};
use chrono::NaiveDate;

/// A cell of a city, month after month, as it was told.
pub(super) type Series = Vec<(NaiveDate, TerritoryId, Told)>;

/// The block of a month.
pub(super) struct Month {
    pub by_sex: Option<Paired>,
    pub map: Map,
    pub rank: Vec<Item>,
    pub pathway: Vec<Item>,
    pub small: Option<Small>,
    pub bars: Vec<Bars>,
    pub cities: Table,
    /// Cells that are told as a figure, of all.
    pub complete: String,
    /// Corrections that this month lists of earlier ones.
    pub corrections: Option<Table>,
    /// What later months said of this one.
    pub later: Option<Table>,
    /// Number, method, moment and print of the release.
    pub stamp: String,
    pub print: String,
}

/// Children protected in each city, month after month.
pub(super) struct Small {
    pub cities: Vec<SmallCity>,
    pub ends: [String; 2],
    pub table: Table,
}

pub(super) struct SmallCity {
    pub name: String,
    pub value: String,
    pub chart: Multiple,
}

impl Month {
    pub fn new(view: &View<'_>, series: &Series) -> Self {
        let ui = view.ui;
        let release = &view.month.release;
        let (shown, all) = view.month.figures.completeness();
        let count = |n: usize| ui.number(i64::try_from(n).unwrap_or(i64::MAX));
        let (map, rank) = map(view);
        Self {
            by_sex: by_sex(view),
            map,
            rank,
            pathway: pathway(view),
            small: Small::new(view, series),
            bars: Bars::all(view),
            cities: Table::of_cities(view),
            complete: ui.t2(
                "dashboard-complete",
                ("n", count(shown)),
                ("of", count(all)),
            ),
            corrections: corrections(view, &view.month.corrections, "dashboard-corrections-told"),
            later: corrections(view, &view.month.later, "dashboard-corrections-later"),
            stamp: ui.lang().t_with(
                "dashboard-stamp",
                &[
                    ("number", ui.number(i64::from(release.number)).into()),
                    ("method", ui.number(i64::from(release.method)).into()),
                    ("when", ui.moment(release.computed_at).into()),
                ],
            ),
            print: hex::encode(&release.sha256),
        }
    }
}

/// Girls and boys of the cities of which both are told.
fn by_sex(view: &View<'_>) -> Option<Paired> {
    let ui = view.ui;
    let shown = |city: &City, sex| view.of("children_by_sex", sex, city.territory)?.shown();
    let pairs: Vec<Pair> = view
        .cities
        .iter()
        .filter_map(|city| {
            Some(Pair {
                label: view.city(city),
                first: shown(city, "F")?,
                second: shown(city, "M")?,
            })
        })
        .collect();
    let told: Vec<String> = pairs
        .iter()
        .map(|p| {
            let args = [
                ("city", p.label.as_str().into()),
                ("girls", p.first.into()),
                ("boys", p.second.into()),
            ];
            ui.lang().t_with("dashboard-sex-point", &args)
        })
        .collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let about = ui.t1("dashboard-sex-about", "cities", ui.lang().list(&told));
    (!pairs.is_empty()).then(|| Paired::new(ui.lang(), about, &pairs))
}

/// The map, and the cities from the most children to the fewest, those that are not told last.
fn map(view: &View<'_>) -> (Map, Vec<Item>) {
    let ui = view.ui;
    let mut cities: Vec<(&City, Option<Told>)> = view
        .cities
        .iter()
        .map(|city| (*city, view.of("children", "", city.territory)))
        .collect();
    let figure = |told: &Option<Told>| told.and_then(|told| told.standing());
    cities.sort_by_key(|(_, told)| std::cmp::Reverse(figure(told)));
    let max = cities
        .first()
        .and_then(|(_, told)| figure(told))
        .unwrap_or(0);
    let marks: Vec<Mark> = cities
        .iter()
        .filter_map(|(city, told)| {
            Some(Mark {
                hcp_code: ui.catalogue().territory(city.territory)?.hcp_code.clone(),
                class: shade(figure(told), max),
                figure: figure(told),
                label: format!("{} {}", view.city(city), view.say_short(*told)),
            })
        })
        .collect();
    let told: Vec<&str> = marks.iter().map(|mark| mark.label.as_str()).collect();
    let about = ui.t1("dashboard-map-about", "cities", ui.lang().list(&told));
    let rank = cities.iter().map(|(city, told)| Item {
        label: view.city(city),
        track: Track::new(ui.lang(), "fg", figure(told).unwrap_or(0), max),
        value: view.say_short(*told),
        more: None,
    });
    (Map::new(about, &marks), rank.collect())
}

/// The colour of a prefecture: five steps up to the highest; one that is not told is of the plan, and no more.
fn shade(figure: Option<i64>, max: i64) -> &'static str {
    match figure.map(|n| (n, n * 5 / max.max(1))) {
        None => "land on",
        Some((0, _)) => "r0",
        Some((_, 0)) => "r1",
        Some((_, 1)) => "r2",
        Some((_, 2)) => "r3",
        Some((_, 3)) => "r4",
        Some(_) => "r5",
    }
}

/// How far the files came, each stage beside the first one.
fn pathway(view: &View<'_>) -> Vec<Item> {
    const STAGES: [(&str, &str, &str, &str); 5] = [
        ("cases", "", "fg", "dashboard-path-opened"),
        ("children", "", "fg", "dashboard-path-protected"),
        ("referrals", "", "j", "dashboard-path-sent"),
        ("child_decisions", "", "j", "dashboard-path-decided"),
        ("cases_by_state", "closed", "p", "dashboard-path-closed"),
    ];
    let figures = STAGES.map(|(table, part, ..)| view.whole(table, part));
    let shown = |told: &Option<Told>| told.and_then(|told| told.shown());
    let standing = |told: &Option<Told>| told.and_then(|told| told.standing());
    let max = figures.iter().filter_map(standing).max().unwrap_or(0);
    let first = shown(&figures[0]).filter(|n| *n > 0);
    let share = |n: i64| Some(n * 100 / first?);
    STAGES
        .into_iter()
        .zip(figures)
        .enumerate()
        .map(|(i, ((_, _, class, key), told))| Item {
            label: view.ui.t(key),
            track: Track::new(view.lang(), class, standing(&told).unwrap_or(0), max),
            value: view.say_short(told),
            more: shown(&told)
                .filter(|_| i > 0)
                .and_then(share)
                .map(|n| view.ui.t1("dashboard-path-share", "n", n)),
        })
        .collect()
}

impl Small {
    /// Nothing before the second month.
    fn new(view: &View<'_>, series: &Series) -> Option<Self> {
        let ui = view.ui;
        let mut months: Vec<NaiveDate> = series.iter().map(|(day, ..)| *day).collect();
        months.dedup();
        let [first, .., last] = months.as_slice() else {
            return None;
        };
        let ends = [*first, *last].map(|day| ui.lang().month(day));
        let of = |city: &City, month: &NaiveDate| {
            let found = |(day, place, _): &&(NaiveDate, TerritoryId, Told)| {
                day == month && *place == city.territory
            };
            series.iter().find(found).map(|(.., told)| *told)
        };
        let lines = view.cities.iter().map(|city| {
            // where what changed is not told, what was told last stands
            let mut standing = None;
            let values: Vec<Option<i64>> = months
                .iter()
                .map(|month| {
                    let shown = of(city, month).and_then(|told| told.shown());
                    standing = shown.or(standing);
                    standing
                })
                .collect();
            let latest = view.of("children", "", city.territory);
            let about = ui.lang().t_with(
                "dashboard-small-about",
                &[
                    ("city", view.city(city).into()),
                    ("from", ends[0].as_str().into()),
                    ("until", ends[1].as_str().into()),
                    ("value", view.say(latest).into()),
                ],
            );
            (about, values)
        });
        let charts = Multiple::all(lines.collect());
        let cities = view
            .cities
            .iter()
            .zip(charts)
            .map(|(city, chart)| SmallCity {
                name: view.city(city),
                value: view.say_short(view.of("children", "", city.territory)),
                chart,
            });
        let head = std::iter::once(ui.t("dashboard-month"))
            .chain(view.cities.iter().map(|city| view.city(city)));
        let rows = months.iter().map(|month| {
            let cells = view
                .cities
                .iter()
                .map(|city| view.say_short(of(city, month)));
            (ui.lang().month(*month), cells.collect())
        });
        Some(Self {
            cities: cities.collect(),
            table: Table {
                caption: ui.t("dashboard-small-title"),
                head: head.collect(),
                rows: rows.collect(),
                foot: None,
            },
            ends,
        })
    }
}

/// Corrections as a table, those of prefectures and regions by their names.
fn corrections(view: &View<'_>, rows: &[Correction], caption: &str) -> Option<Table> {
    let ui = view.ui;
    let rows: Vec<(String, Vec<String>)> = rows
        .iter()
        .map(|row| {
            let part = words::part_name(ui.catalogue(), ui.lang(), &row.table, &row.part);
            let what = words::table_name(ui.lang(), &row.table);
            let name = if row.part.is_empty() {
                what
            } else {
                format!("{what}{}{part}", ui.colon())
            };
            let cells = vec![
                view.place(row.place),
                ui.date(row.of),
                ui.number(row.was),
                ui.number(row.becomes),
                ui.date(row.told_by),
            ];
            (name, cells)
        })
        .collect();
    let head = [
        "dashboard-figure",
        "dashboard-where",
        "dashboard-of-day",
        "dashboard-was",
        "dashboard-becomes",
        "dashboard-told-by",
    ];
    (!rows.is_empty()).then(|| Table {
        caption: ui.t(caption),
        head: head.map(|key| ui.t(key)).to_vec(),
        rows,
        foot: None,
    })
}

#[cfg(test)]
mod tests {
    use super::shade;

    #[test]
    fn more_children_are_a_darker_prefecture_and_one_that_is_not_told_has_no_shade() {
        let shades = [None, Some(0), Some(9), Some(50), Some(99), Some(100)].map(|n| shade(n, 100));
        assert_eq!(shades, ["land on", "r0", "r1", "r3", "r5", "r5"]);
    }
}
