//! One page that every role may read.

use super::{
    db,
    domain::{Beginning, City, Event, Members, Phase},
    words::{city_names, short},
};
use crate::{
    authz::{Require, TerritoryId, can},
    charts::{Map, Mark},
    error::AppError,
    reference::List,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/plan")]
struct PlanPath;

#[derive(Template)]
#[template(path = "plan/page.html")]
struct Page {
    ui: Ui,
    phases: Vec<PhaseView>,
    cities: Vec<CityView>,
    events: Vec<EventView>,
    team: Option<TeamView>,
    share: String,
    map: Map,
    /// Class and name of each phase that has cities.
    legend: Vec<(&'static str, String)>,
}

struct PhaseView {
    icon: &'static str,
    tone: &'static str,
    name: String,
    cities: String,
    date: String,
    /// Whether that date has a source.
    dated: bool,
}

struct CityView {
    slug: String,
    name: String,
    initial: String,
    prefecture: String,
    region: String,
    court: String,
    phase: String,
    pilot: bool,
    began: String,
    what: String,
    team: String,
    /// Whether that is a number of its own.
    seated: bool,
    sourced: bool,
}

struct EventView {
    icon: &'static str,
    tone: &'static str,
    kind: String,
    date: String,
    iso: String,
    text: String,
    cities: String,
    remote: Option<String>,
    sourced: bool,
}

struct TeamView {
    total: String,
    unit: String,
    scope: String,
}

async fn show(_: PlanPath, me: Require<can::PlanRead>) -> Result<Response, AppError> {
    let mut tx = me.begin_figures().await?;
    let phases = db::phases(&mut tx).await?;
    let cities = db::cities(&mut tx).await?;
    let events = db::events(&mut tx).await?;
    let members = db::members(&mut tx).await?;
    tx.commit().await?;
    ok(&Page::new(
        me.ui,
        &phases,
        &cities,
        &events,
        members.as_ref(),
    ))
}

impl Page {
    fn new(
        ui: Ui,
        phases: &[Phase],
        cities: &[City],
        events: &[Event],
        members: Option<&Members>,
    ) -> Self {
        let of = ui.catalogue().territories().len();
        let share = ui.t2("plan-share", ("n", cities.len()), ("of", of));
        Self {
            phases: phases
                .iter()
                .map(|phase| PhaseView::new(&ui, phase, cities))
                .collect(),
            cities: cities
                .iter()
                .map(|city| CityView::new(&ui, city, phases))
                .collect(),
            events: events
                .iter()
                .map(|event| EventView::new(&ui, event))
                .collect(),
            team: members.map(|members| TeamView::new(&ui, members)),
            map: map(&ui, cities, phases, &share),
            legend: phases
                .iter()
                .filter(|phase| cities.iter().any(|city| city.phase == phase.code))
                .map(|phase| {
                    (
                        class(phases, &phase.code),
                        short(ui.say(&phase.label)).to_owned(),
                    )
                })
                .collect(),
            share,
            ui,
        }
    }
}

impl PhaseView {
    fn new(ui: &Ui, phase: &Phase, cities: &[City]) -> Self {
        let own: Vec<&City> = cities.iter().filter(|c| c.phase == phase.code).collect();
        let names: Vec<i16> = own.iter().map(|c| c.territory.0).collect();
        let launched = own.iter().find_map(|c| c.launched_on);
        let date = match (phase.decided_on, launched) {
            (Some(day), _) => ui.t1("plan-decided-on", "date", ui.date(day)),
            (None, Some(day)) => ui.t1("plan-launched-undecided", "date", ui.date(day)),
            (None, None) => ui.t("plan-announced"),
        };
        let (icon, tone) = match (own.is_empty(), launched) {
            (true, _) => ("hourglass", "ic-amber"),
            (false, Some(_)) => ("check", "ic-brand"),
            (false, None) => ("flag", "ic-indigo"),
        };
        Self {
            icon,
            tone,
            name: ui.say(&phase.label).to_owned(),
            cities: city_names(ui, &names),
            dated: phase.is_published && (phase.decided_on.is_some() || launched.is_some()),
            date,
        }
    }
}

impl CityView {
    fn new(ui: &Ui, city: &City, phases: &[Phase]) -> Self {
        let catalogue = ui.catalogue();
        let name = city_names(ui, &[city.territory.0]);
        let (began, what) = match city.began() {
            Some(Beginning::Launch(day)) => (ui.date(day), ui.t("plan-launch")),
            Some(Beginning::FirstMeeting(day)) => (ui.date(day), ui.t("plan-first-meeting")),
            None => (ui.t("plan-not-published"), String::new()),
        };
        let phase = phases.iter().find(|p| p.code == city.phase);
        let team = match city.seats {
            Some((seats, filled)) => ui.t2("plan-seats-filled", ("n", filled), ("of", seats)),
            None => ui.t("plan-seats-unpublished"),
        };
        Self {
            slug: city.slug.clone(),
            initial: initial(&name),
            name,
            prefecture: catalogue
                .territory(city.territory)
                .map_or_else(String::new, |t| {
                    ui.t1("plan-prefecture", "name", ui.say(&t.label))
                }),
            region: ui.say(&city.region).to_owned(),
            court: catalogue
                .court_of(city.territory, "")
                .map_or_else(|| ui.t("unknown"), |c| ui.say(&c.label).to_owned()),
            phase: phase.map_or_else(String::new, |p| short(ui.say(&p.label)).to_owned()),
            pilot: is_first(phases, &city.phase),
            began,
            what,
            team,
            seated: city.seats.is_some(),
            sourced: city.is_published,
        }
    }
}

impl EventView {
    fn new(ui: &Ui, event: &Event) -> Self {
        let (icon, tone) = match event.kind.as_deref() {
            None => ("gavel", "brand"),
            Some("steering") => ("landmark", "indigo"),
            Some(_) => ("users", ""),
        };
        Self {
            icon,
            tone,
            kind: event.kind.as_deref().map_or_else(
                || ui.t("plan-decision"),
                |kind| ui.label(List::MeetingKind, kind),
            ),
            date: ui.date(event.day),
            iso: event.day.to_string(),
            text: ui.say(&event.label).to_owned(),
            cities: city_names(ui, &event.territories),
            remote: event
                .remote
                .filter(|remote| *remote)
                .map(|_| ui.t("plan-remote")),
            sourced: event.is_published,
        }
    }
}

impl TeamView {
    fn new(ui: &Ui, members: &Members) -> Self {
        Self {
            total: ui.number(members.total),
            unit: ui.n("plan-members", members.total),
            scope: ui.t1(
                "plan-members-scope",
                "cities",
                city_names(ui, &members.territories),
            ),
        }
    }
}

/// The letter of the round mark: in Arabic, after the article.
fn initial(name: &str) -> String {
    name.strip_prefix("ال")
        .unwrap_or(name)
        .chars()
        .take(1)
        .collect()
}

/// Whether it is the first of the phases: the pilot.
fn is_first(phases: &[Phase], code: &str) -> bool {
    phases.first().is_some_and(|first| first.code == code)
}

/// The colour of a phase on the map: the pilot dark, those after it paler.
fn class(phases: &[Phase], code: &str) -> &'static str {
    if is_first(phases, code) { "r5" } else { "r3" }
}

/// The cities by their phase, and in words which are of which.
fn map(ui: &Ui, cities: &[City], phases: &[Phase], share: &str) -> Map {
    let code = |id: TerritoryId| ui.catalogue().territory(id).map(|t| t.hcp_code.clone());
    let marks: Vec<Mark> = cities
        .iter()
        .filter_map(|city| {
            Some(Mark {
                hcp_code: code(city.territory)?,
                class: class(phases, &city.phase),
                figure: None,
                label: city_names(ui, &[city.territory.0]),
            })
        })
        .collect();
    let told: Vec<String> = phases
        .iter()
        .filter_map(|phase| {
            let own = cities.iter().filter(|city| city.phase == phase.code);
            let own: Vec<i16> = own.map(|city| city.territory.0).collect();
            let name = short(ui.say(&phase.label));
            (!own.is_empty()).then(|| format!("{name}{}{}", ui.colon(), city_names(ui, &own)))
        })
        .collect();
    let told = told.join(ui.comma());
    Map::new(
        ui.t2("plan-map-about", ("share", share), ("phases", told)),
        &marks,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_no_initial() {
        assert_eq!(initial("الرباط"), "ر");
        assert_eq!(initial("أكادير"), "أ");
        assert_eq!(initial("Témara"), "T");
    }
}
