//! Words and choices that several pages of the register share.

use crate::{
    authz::{Actor, Role, Scope, TerritoryId},
    forms::parse_date,
    i18n::Msg,
    reference::{City, Label},
    web::{Ui, role_key},
};
use chrono::NaiveDate;

/// The first enlarged meeting of the plan: nothing in the register is older (`plan.begins`).
pub(super) const EARLIEST: NaiveDate = NaiveDate::from_ymd_opt(2019, 11, 1).unwrap();

/// Rows on a page of a list.
pub(super) const SIZE: i64 = 25;

/// From one row more than a page holds, which tells that there is more: how many to skip for the next.
pub(super) fn cut<T>(rows: &mut Vec<T>, skip: i64) -> Option<i64> {
    let size = usize::try_from(SIZE).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    more.then_some(skip + SIZE)
}

/// How many rows an address asks to skip.
pub(super) fn skipped(text: &str) -> i64 {
    text.parse().unwrap_or(0).clamp(0, 1_000_000)
}

/// A day since the plan began, and not of the future.
pub(super) fn past_day(text: &str, today: NaiveDate) -> Result<NaiveDate, Msg> {
    match parse_date(text)? {
        day if day > today => Err(Msg::new("error-date-future")),
        day if day < EARLIEST => Err(Msg::new("plan-date-before")),
        day => Ok(day),
    }
}

/// As a form has it.
pub(super) fn dmy(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// A text that may have been written in Arabic alone.
pub(super) fn written(ar: String, fr: Option<String>, en: Option<String>) -> Label {
    let fr = fr.unwrap_or_else(|| ar.clone());
    let en = en.unwrap_or_else(|| fr.clone());
    Label { ar, fr, en }
}

/// The name of a phase without what explains it: what stands before its colon.
pub(super) fn short(name: &str) -> &str {
    name.split(':').next().unwrap_or(name).trim()
}

/// The cities of those prefectures, as a sentence lists them.
pub(super) fn city_names(ui: &Ui, territories: &[i16]) -> String {
    let of = |city: &&City| territories.contains(&city.territory_id.0);
    named(ui, ui.catalogue().register().iter().filter(of))
}

/// The cities behind those addresses, likewise.
pub(super) fn slug_names(ui: &Ui, slugs: &[String]) -> String {
    let of = |city: &&City| slugs.contains(&city.slug);
    named(ui, ui.catalogue().register().iter().filter(of))
}

fn named<'a>(ui: &Ui, cities: impl Iterator<Item = &'a City>) -> String {
    let names: Vec<&str> = cities.map(|city| ui.say(&city.label)).collect();
    ui.lang().list(&names)
}

/// By which post something was written; the trail knows by whom.
pub(super) fn by(ui: &Ui, role: &str, place: Option<TerritoryId>) -> String {
    let who = Role::from_code(role).map_or_else(|| role.to_owned(), |role| ui.t(role_key(role)));
    match place.and_then(|id| ui.catalogue().territory(id)) {
        Some(place) => format!("{who} · {}", ui.say(&place.label)),
        None => who,
    }
}

/// Whether the reader writes of a city of that prefecture (`plan.may_write`).
pub(super) fn may_write(actor: &Actor, place: TerritoryId) -> bool {
    match actor.role {
        Role::Steering => true,
        Role::Supervisor => actor.scope == Scope::Prefecture(place),
        _ => false,
    }
}

/// The cities that the reader writes of, as a menu has them.
pub(super) fn own_cities(ui: &Ui, actor: &Actor) -> Vec<(String, String)> {
    let cities = ui.catalogue().register().iter();
    cities
        .filter(|city| city.status != "set_aside" && may_write(actor, city.territory_id))
        .map(|city| (city.slug.clone(), ui.say(&city.label).to_owned()))
        .collect()
}

/// Every city of the register.
pub(super) fn all_cities(ui: &Ui) -> Vec<(String, String)> {
    let cities = ui.catalogue().register().iter();
    cities
        .map(|city| (city.slug.clone(), ui.say(&city.label).to_owned()))
        .collect()
}

/// Every organisation by its name of today: the national ones first, then by city.
pub(super) fn organisations(ui: &Ui) -> Vec<(String, String)> {
    let mut found: Vec<_> = ui
        .catalogue()
        .organisations()
        .iter()
        .map(|one| (one.territory_id, ui.say(&one.label).to_owned(), &one.code))
        .collect();
    found.sort();
    found
        .into_iter()
        .map(|(_, name, code)| (code.clone(), name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_older_than_the_plan_nor_of_tomorrow() {
        let sql = include_str!("../../migrations/0057_plan_register.sql");
        assert!(sql.contains(&format!("select date '{EARLIEST}'")));
        assert_eq!(sql.matches("date '2019-11-01'").count(), 7);
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let key = |text| past_day(text, today).map_err(|msg| msg.key().to_owned());
        assert_eq!(key("01/11/2019"), Ok(EARLIEST));
        assert_eq!(key("31/10/2019"), Err("plan-date-before".to_owned()));
        assert_eq!(key("25/11/2026"), Err("error-date-future".to_owned()));
        assert_eq!(key("24/11/2026"), Ok(today));
    }

    #[test]
    fn a_phase_is_called_by_what_stands_before_its_colon() {
        assert_eq!(short("المرحلة الأولى: التجربة النموذجية"), "المرحلة الأولى");
        assert_eq!(short("Phase 1\u{a0}: expérience pilote"), "Phase 1");
        assert_eq!(short("National roll-out"), "National roll-out");
    }

    #[test]
    fn what_is_not_translated_is_read_as_it_was_written() {
        let label = written("قرار".into(), None, None);
        assert_eq!((label.fr.as_str(), label.en.as_str()), ("قرار", "قرار"));
        let label = written("قرار".into(), Some("Décision".into()), None);
        assert_eq!(label.en, "Décision");
    }
}
