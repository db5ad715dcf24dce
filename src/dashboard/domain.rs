//! Published figures, the days of the committee, and which cities are looked at. Knows neither HTTP nor SQL.

use crate::{authz::TerritoryId, i18n::Msg, reference::Label};
use chrono::{Datelike, Months, NaiveDate};

/// What was published before Sanad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub(super) enum Measure {
    ChildrenProtected,
    CasesHandled,
    TeamMembers,
}

/// What one of it is: children and cases are two units (schema D20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub(super) enum Unit {
    Child,
    Case,
    Person,
}

/// A figure published before Sanad existed.
#[derive(Debug, Clone)]
pub(super) struct Published {
    pub measure: Measure,
    pub unit: Unit,
    pub value: i32,
    pub sex: Option<String>,
    pub as_of: NaiveDate,
    /// `day` or `month`: a month is all that the source says.
    pub precision: String,
    /// Codes of the sources, apart by `|`.
    pub source: String,
    pub quote: Option<String>,
    /// The prefectures it covers, together.
    pub territories: Vec<i16>,
}

impl Published {
    /// Whether it covers one of these places.
    pub fn covers(&self, places: &[TerritoryId]) -> bool {
        places.iter().any(|id| self.territories.contains(&id.0))
    }

    /// Whether each place that it covers is one of these: then it is a part of their total.
    pub fn lies_within(&self, places: &[TerritoryId]) -> bool {
        let mut own = self.territories.iter();
        own.all(|id| places.contains(&TerritoryId(*id)))
    }
}

/// The latest published value of a measure.
pub(super) fn latest<'a>(
    rows: &'a [Published],
    measure: Measure,
    sex: Option<&str>,
) -> Option<&'a Published> {
    rows.iter()
        .filter(|r| r.measure == measure && r.sex.as_deref() == sex)
        .max_by_key(|r| r.as_of)
}

/// The day that answers: the last month that was told or the last published figure of the day asked for or before it.
pub(super) fn answering(
    asked: NaiveDate,
    releases: impl Iterator<Item = NaiveDate>,
    published: impl Iterator<Item = NaiveDate>,
) -> Option<NaiveDate> {
    releases.chain(published).filter(|day| *day <= asked).max()
}

/// The days worth a link: the last three months that were told, the last December, and the day on which the published
/// totals close.
pub(super) fn landmarks(releases: &[NaiveDate], published: Option<NaiveDate>) -> Vec<NaiveDate> {
    let december = releases.iter().find(|day| day.month() == 12);
    let mut days: Vec<NaiveDate> = releases.iter().take(3).copied().collect();
    for day in december.copied().into_iter().chain(published) {
        if !days.contains(&day) {
            days.push(day);
        }
    }
    days.sort_unstable_by(|a, b| b.cmp(a));
    days
}

/// The day on which a month is told: the fifth of the next one.
pub(super) fn told_on(month: NaiveDate) -> Option<NaiveDate> {
    month
        .with_day(1)?
        .checked_add_months(Months::new(1))?
        .with_day(5)
}

/// The last day of the month that should have been told by now.
pub(super) fn due(today: NaiveDate) -> Option<NaiveDate> {
    // the job runs at night: of the fifth itself nobody complains
    let back = u32::from(today.day() < 6);
    let first = today.with_day(1)?;
    first.checked_sub_months(Months::new(back))?.pred_opt()
}

/// A city of the register.
#[derive(Debug, Clone)]
pub(super) struct City {
    pub slug: String,
    pub territory: TerritoryId,
    pub label: Label,
    /// `candidate`, `preparing`, `active`, `suspended`, `set_aside`.
    pub status: String,
    pub since: Option<NaiveDate>,
    pub phase: String,
    pub phase_label: Label,
    pub region: TerritoryId,
    /// Code of the region in the national statistics.
    pub region_code: String,
    pub region_label: Label,
    /// Seats of its team and those that somebody holds, if it has entered any.
    pub seats: Option<(i64, i64)>,
    /// Required steps of its opening that are neither done nor known not to be needed.
    pub steps_open: i64,
    /// Criteria that a candidate is looked at for, and those it meets.
    pub criteria: (i64, i64),
}

impl City {
    /// Whether it is in the plan, or was: what was counted there stays counted.
    pub fn is_counted(&self) -> bool {
        matches!(self.status.as_str(), "active" | "suspended")
    }
}

/// What is looked at: every city, those of a region or a phase, or one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Scope {
    pub city: Option<String>,
    pub region: Option<String>,
    pub phase: Option<String>,
}

/// Where the totals of a scope stand in a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Total {
    /// In the cell of that place; none is the country.
    Cell(Option<TerritoryId>),
    /// Nowhere: the sum of its cities, if each of them is told.
    Sum,
}

impl Scope {
    /// The cities that it leaves; what is not in the register, or leaves none, is wrong on its field.
    pub fn cities<'c>(&self, all: &'c [City]) -> Result<Vec<&'c City>, (&'static str, Msg)> {
        type Field = (&'static str, fn(&City) -> &str);
        const FIELDS: [Field; 3] = [
            ("region", |c| &c.region_code),
            ("phase", |c| &c.phase),
            ("city", |c| &c.slug),
        ];
        let mut left: Vec<&City> = all.iter().filter(|c| c.is_counted()).collect();
        for (field, of) in FIELDS {
            let Some(wanted) = self.asked(field) else {
                continue;
            };
            if !all.iter().any(|c| c.is_counted() && of(c) == wanted) {
                return Err((field, Msg::new("error-choice")));
            }
            left.retain(|c| of(c) == wanted);
            if left.is_empty() {
                return Err((field, Msg::new("dashboard-none-there")));
            }
        }
        Ok(left)
    }

    fn asked(&self, field: &str) -> Option<&str> {
        match field {
            "region" => self.region.as_deref(),
            "phase" => self.phase.as_deref(),
            _ => self.city.as_deref(),
        }
    }

    /// Where its totals stand.
    pub fn total(&self, cities: &[&City]) -> Total {
        match (self, cities.first()) {
            (Self { city: Some(_), .. }, Some(one)) => Total::Cell(Some(one.territory)),
            (Self { phase: Some(_), .. }, _) => Total::Sum,
            (
                Self {
                    region: Some(_), ..
                },
                Some(one),
            ) => Total::Cell(Some(one.region)),
            _ => Total::Cell(None),
        }
    }

    /// Whether it is the whole plan.
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    pub(crate) fn city(slug: &str, territory: i16, region: &str, phase: &str) -> City {
        City {
            slug: slug.into(),
            territory: TerritoryId(territory),
            label: Label {
                ar: slug.into(),
                fr: slug.into(),
                en: slug.into(),
            },
            status: "active".into(),
            since: None,
            phase: phase.into(),
            phase_label: Label::default(),
            region: TerritoryId(100 + region.parse::<i16>().unwrap()),
            region_code: region.into(),
            region_label: Label::default(),
            seats: Some((9, 9)),
            steps_open: 0,
            criteria: (0, 0),
        }
    }

    #[test]
    fn a_day_is_answered_by_the_last_one_that_was_told() {
        let releases = [day(2026, 10, 31), day(2026, 9, 30)];
        let published = [day(2020, 12, 15), day(2020, 2, 29)];
        let answer = |asked| answering(asked, releases.into_iter(), published.into_iter());
        assert_eq!(answer(day(2026, 11, 22)), Some(releases[0]));
        assert_eq!(answer(day(2026, 10, 30)), Some(releases[1]));
        assert_eq!(answer(day(2026, 9, 29)), Some(published[0]));
        assert_eq!(answer(day(2020, 12, 15)), Some(published[0]));
        assert_eq!(answer(day(2020, 1, 1)), None);
    }

    #[test]
    fn landmarks_are_months_that_were_told_and_the_published_day() {
        let releases: Vec<NaiveDate> =
            [(2026, 3, 31), (2026, 2, 28), (2026, 1, 31), (2025, 12, 31)]
                .map(|(y, m, d)| day(y, m, d))
                .to_vec();
        let pilot = day(2020, 12, 15);
        let mut wanted = releases.clone();
        wanted.push(pilot);
        assert_eq!(landmarks(&releases, Some(pilot)), wanted);
        // a December among the last three stands there once
        assert_eq!(landmarks(&releases[2..], None), &releases[2..]);
        assert!(landmarks(&[], None).is_empty());
    }

    #[test]
    fn a_month_is_due_when_its_grace_is_over() {
        assert_eq!(told_on(day(2026, 11, 30)), Some(day(2026, 12, 5)));
        assert_eq!(due(day(2026, 12, 5)), Some(day(2026, 10, 31)));
        assert_eq!(due(day(2026, 12, 6)), Some(day(2026, 11, 30)));
        assert_eq!(due(day(2027, 1, 3)), Some(day(2026, 11, 30)));
    }

    #[test]
    fn filters_narrow_and_contradictions_are_told() {
        let all = [
            city("rabat", 1, "4", "phase_1"),
            city("sale", 2, "4", "phase_1"),
            city("tanger", 4, "1", "phase_2"),
        ];
        let scope = |city: &str, region: &str, phase: &str| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Scope {
                city: some(city),
                region: some(region),
                phase: some(phase),
            }
        };
        let slugs = |scope: &Scope| {
            let cities = scope.cities(&all).map_err(|(field, _)| field)?;
            Ok::<_, &str>(cities.iter().map(|c| c.slug.clone()).collect::<Vec<_>>())
        };
        assert_eq!(slugs(&scope("", "", "")).unwrap().len(), 3);
        assert_eq!(
            slugs(&scope("", "4", "phase_1")).unwrap(),
            ["rabat", "sale"]
        );
        assert_eq!(slugs(&scope("tanger", "", "")).unwrap(), ["tanger"]);
        assert_eq!(slugs(&scope("tanger", "4", "")), Err("city"));
        assert_eq!(slugs(&scope("", "1", "phase_1")), Err("phase"));
        assert_eq!(slugs(&scope("casablanca", "", "")), Err("city"));
        let total = |scope: &Scope| scope.total(&scope.cities(&all).unwrap());
        assert_eq!(total(&scope("", "", "")), Total::Cell(None));
        let region = Total::Cell(Some(TerritoryId(104)));
        assert_eq!(total(&scope("", "4", "")), region);
        assert_eq!(total(&scope("", "", "phase_1")), Total::Sum);
        let rabat = Total::Cell(Some(TerritoryId(1)));
        assert_eq!(total(&scope("rabat", "4", "phase_1")), rabat);
    }

    #[test]
    fn a_published_total_covers_its_cities_only() {
        let row = |measure, value, as_of, sex: Option<&str>| Published {
            measure,
            unit: Unit::Case,
            value,
            sex: sex.map(str::to_owned),
            as_of,
            precision: "day".into(),
            source: "founding_page".into(),
            quote: None,
            territories: vec![1, 2, 3],
        };
        let rows = [
            row(Measure::CasesHandled, 97, day(2020, 2, 29), None),
            row(Measure::CasesHandled, 142, day(2020, 12, 15), None),
            row(Measure::ChildrenProtected, 79, day(2020, 12, 15), Some("F")),
        ];
        assert_eq!(
            latest(&rows, Measure::CasesHandled, None).map(|r| r.value),
            Some(142)
        );
        assert!(latest(&rows, Measure::ChildrenProtected, None).is_none());
        let places = |ids: &[i16]| ids.iter().map(|id| TerritoryId(*id)).collect::<Vec<_>>();
        assert!(rows[0].covers(&places(&[2])) && !rows[0].covers(&places(&[7])));
        assert!(rows[0].lies_within(&places(&[1, 2, 3, 4])));
        assert!(!rows[0].lies_within(&places(&[1, 2])));
    }
}
