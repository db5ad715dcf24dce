//! What Sanad holds, in charts each followed by its table.

use super::{domain::Tally, table::Table};
use crate::{
    authz::TerritoryId,
    charts::{Line, Map, Mark, Pair, Paired, Point, Track},
    figures::{Cell, Cells, Measure},
    reference::{City, List},
    web::Ui,
};
use chrono::NaiveDate;

/// Milestones of a file, in their order.
const MILESTONES: [&str; 9] = [
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

/// The live block.
pub(super) struct Live {
    pub total: Tally,
    pub by_sex: Paired,
    pub map: Option<(Map, Vec<Item>)>,
    pub months: Option<(Line, Table)>,
    pub milestones: Bars,
    pub child_services: Bars,
    pub mother_services: Bars,
    pub justice: Bars,
    pub cities: Table,
}

/// Bars in a list, and the same figures city by city.
pub(super) struct Bars {
    pub items: Vec<Item>,
    pub table: Table,
}

pub(super) struct Item {
    pub label: String,
    pub track: Track,
    pub value: String,
}

/// What is drawn, and for whom.
struct View<'a> {
    ui: &'a Ui,
    cells: &'a Cells,
    places: Vec<(TerritoryId, String)>,
}

impl Live {
    /// Of every city of the plan, or of one.
    pub fn new(ui: &Ui, cells: &Cells, day: NaiveDate, city: Option<&City>) -> Self {
        let places = ui
            .catalogue()
            .cities()
            .iter()
            .filter(|c| city.is_none_or(|one| one.slug == c.slug))
            .map(|c| (c.territory_id, ui.say(&c.label).to_owned()))
            .collect();
        let view = View { ui, cells, places };
        let tallies: Vec<Tally> = view
            .places
            .iter()
            .map(|(id, _)| Tally::of(cells, *id))
            .collect();
        let total: Tally = tallies.iter().copied().sum();
        Self {
            total,
            by_sex: view.by_sex(&tallies),
            map: city.is_none().then(|| view.map(&tallies)),
            months: city.is_none().then(|| view.months(day)),
            milestones: view.milestones(),
            child_services: view.services("child", "fg"),
            mother_services: view.services("mother", "p"),
            justice: view.justice(),
            cities: Table::of_cities(ui, &view.places, &tallies, total),
        }
    }
}

impl View<'_> {
    fn by_sex(&self, tallies: &[Tally]) -> Paired {
        let pairs: Vec<Pair> = self
            .places
            .iter()
            .zip(tallies)
            .map(|((_, name), t)| Pair {
                label: name.clone(),
                first: t.girls,
                second: t.boys,
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
                self.ui.lang().t_with("dashboard-sex-point", &args)
            })
            .collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let about = self
            .ui
            .t1("dashboard-sex-about", "cities", self.ui.lang().list(&told));
        Paired::new(self.ui.lang(), about, &pairs)
    }

    /// The map, and the cities from the most children to the fewest.
    fn map(&self, tallies: &[Tally]) -> (Map, Vec<Item>) {
        let ui = self.ui;
        let mut cities: Vec<_> = self
            .places
            .iter()
            .zip(tallies)
            .map(|((id, name), tally)| (*id, name, tally.children()))
            .collect();
        cities.sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
        let marks: Vec<Mark> = cities
            .iter()
            .filter_map(|(id, name, n)| {
                Some(Mark {
                    hcp_code: ui.catalogue().territory(*id)?.hcp_code.clone(),
                    class: "land on",
                    figure: Some(*n),
                    label: format!("{name} {}", ui.number(*n)),
                })
            })
            .collect();
        let told: Vec<&str> = marks.iter().map(|m| m.label.as_str()).collect();
        let about = ui.t1("dashboard-map-about", "cities", ui.lang().list(&told));
        let max = cities.first().map_or(0, |(_, _, n)| *n);
        let rank = cities
            .iter()
            .map(|(_, name, n)| Item {
                label: (*name).clone(),
                track: Track::new(ui.lang(), "fg", *n, max),
                value: ui.number(*n),
            })
            .collect();
        (Map::new(about, &marks), rank)
    }

    fn months(&self, day: NaiveDate) -> (Line, Table) {
        let ui = self.ui;
        let months = self.cells.contacts_by_month(day);
        let name = |month: &NaiveDate| ui.lang().month(*month);
        let last = months.len().saturating_sub(1);
        let points: Vec<Point> = (0..)
            .zip(&months)
            .enumerate()
            .map(|(i, (at, (_, value)))| Point {
                at,
                value: *value,
                told: i == 0 || i == last,
            })
            .collect();
        let ends = [months.first(), months.last()]
            .map(|end| end.map_or_else(String::new, |(m, _)| name(m)));
        let told: Vec<String> = months
            .iter()
            .map(|(m, n)| ui.t2("dashboard-series-point", ("value", *n), ("date", name(m))))
            .collect();
        let told: Vec<&str> = [told.first(), told.last()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let about = ui.t1("dashboard-months-about", "points", ui.lang().list(&told));
        let table = Table {
            caption: ui.t("dashboard-months-title"),
            groups: Vec::new(),
            head: vec![ui.t("dashboard-month"), ui.t("dashboard-contacts")],
            rows: months
                .iter()
                .map(|(m, n)| (name(m), vec![ui.number(*n)]))
                .collect(),
            foot: None,
        };
        (Line::new(ui.lang(), about, &points, ends), table)
    }

    fn milestones(&self) -> Bars {
        let rows = MILESTONES.map(|code| {
            (
                self.ui.t(&format!("state-{}", code.replace('_', "-"))),
                self.row(Measure::Cases, |c| c.key == code),
            )
        });
        self.bars("dashboard-milestones-title", "fg", rows.into())
    }

    fn services(&self, audience: &'static str, class: &'static str) -> Bars {
        let families = self
            .ui
            .catalogue()
            .choices(List::ServiceKind, self.ui.today());
        let rows = families
            .into_iter()
            .filter(|k| k.text("parent").is_none() && k.text("audience") == Some(audience))
            .map(|k| {
                let row = self.row(Measure::Services, |c| c.key == k.code && c.sex == audience);
                (self.ui.say(&k.label).to_owned(), row)
            })
            .collect();
        let title = if audience == "child" {
            "dashboard-services-child"
        } else {
            "dashboard-services-mother"
        };
        self.bars(title, class, rows)
    }

    fn justice(&self) -> Bars {
        let adult =
            |effect: &'static str| self.row(Measure::AdultDecisions, move |c| c.key == effect);
        let rows = vec![
            (
                self.ui.t("dashboard-referrals"),
                self.row(Measure::Referrals, |_| true),
            ),
            (
                self.ui.t("dashboard-child-decisions"),
                self.row(Measure::ChildDecisions, |_| true),
            ),
            (self.ui.t("dashboard-adult-pending"), adult("pending")),
            (self.ui.t("decision-adult-prosecuted"), adult("prosecuted")),
            (
                self.ui.t("decision-adult-not-prosecuted"),
                adult("not_prosecuted"),
            ),
        ];
        self.bars("dashboard-justice-title", "j", rows)
    }

    /// A measure, city by city.
    fn row(&self, measure: Measure, also: impl Fn(&Cell) -> bool) -> Vec<i64> {
        self.places
            .iter()
            .map(|(id, _)| self.cells.sum(measure, *id, &also))
            .collect()
    }

    fn bars(&self, title: &str, class: &'static str, rows: Vec<(String, Vec<i64>)>) -> Bars {
        let ui = self.ui;
        let total = |row: &Vec<i64>| row.iter().sum::<i64>();
        let max = rows.iter().map(|(_, row)| total(row)).max().unwrap_or(0);
        let items = rows
            .iter()
            .map(|(label, row)| Item {
                label: label.clone(),
                track: Track::new(ui.lang(), class, total(row), max),
                value: ui.number(total(row)),
            })
            .collect();
        let mut head = vec![String::new()];
        head.extend(self.places.iter().map(|(_, name)| name.clone()));
        let several = self.places.len() > 1;
        if several {
            head.push(ui.t("dashboard-total"));
        }
        let rows = rows
            .into_iter()
            .map(|(label, row)| {
                let sum = several.then(|| total(&row));
                (
                    label,
                    row.into_iter().chain(sum).map(|n| ui.number(n)).collect(),
                )
            })
            .collect();
        Bars {
            items,
            table: Table {
                caption: ui.t(title),
                groups: Vec::new(),
                head,
                rows,
                foot: None,
            },
        }
    }
}
