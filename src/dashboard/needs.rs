//! What needs a decision of the committee, computed from rules. Knows neither HTTP nor SQL nor words.

use super::domain::City;
use chrono::NaiveDate;

/// Points of a rate that are far from its target.
const FAR: i64 = 10;

/// A rate of a city or of all, with its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rate {
    /// Code of the indicator, as `i7`.
    pub indicator: String,
    /// A city; none is all that is looked at.
    pub city: Option<String>,
    /// In points of a hundred.
    pub percent: i64,
    /// What it should be.
    pub target: i64,
    /// Whether more is better.
    pub up: bool,
}

impl Rate {
    /// By how many points it misses its target.
    pub fn misses(&self) -> i64 {
        let gap = if self.up {
            self.target - self.percent
        } else {
            self.percent - self.target
        };
        gap.max(0)
    }
}

/// Something that waits for the committee, the most pressing first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// The figures of that month were not told in time.
    NotTold(NaiveDate),
    /// A city is on hold since that day.
    Suspended(String, Option<NaiveDate>),
    /// A candidate meets every criterion, and nothing was decided.
    Ready(String, i64),
    /// Every required step of its opening is settled, and it is not in the plan yet.
    Opened(String),
    /// A city of the plan has entered no seat of its team.
    NoTeam(String),
    /// So many seats of the team are empty, of so many.
    EmptySeats(String, i64, i64),
    /// A rate of a city is far from its target.
    CityFar {
        indicator: String,
        city: String,
        percent: i64,
        target: i64,
    },
    /// The rate of all is far from its target.
    Far {
        indicator: String,
        percent: i64,
        target: i64,
    },
}

/// Every need, in order; `late` is the month that should have been told by now and was not.
pub(super) fn needs(cities: &[City], rates: &[Rate], late: Option<NaiveDate>) -> Vec<Need> {
    let mut found: Vec<Need> = late.into_iter().map(Need::NotTold).collect();
    for city in cities {
        let slug = || city.slug.clone();
        match city.status.as_str() {
            "suspended" => found.push(Need::Suspended(slug(), city.since)),
            "candidate" if city.criteria.0 > 0 && city.criteria.0 == city.criteria.1 => {
                found.push(Need::Ready(slug(), city.criteria.0));
            }
            "preparing" if city.steps_open == 0 => found.push(Need::Opened(slug())),
            "active" => match city.seats {
                None | Some((0, _)) => found.push(Need::NoTeam(slug())),
                Some((seats, filled)) if filled < seats => {
                    found.push(Need::EmptySeats(slug(), seats - filled, seats));
                }
                Some(_) => {}
            },
            _ => {}
        }
    }
    // where all are far, a city is told apart if it is far behind them, too
    let behind = |rate: &Rate| {
        let mut all = rates.iter().filter(|one| one.city.is_none());
        let of_all = all
            .find(|one| one.indicator == rate.indicator)
            .map_or(0, Rate::misses);
        rate.city.is_none() || rate.misses() >= of_all + FAR
    };
    for rate in rates
        .iter()
        .filter(|rate| rate.misses() >= FAR && behind(rate))
    {
        let (indicator, percent, target) = (rate.indicator.clone(), rate.percent, rate.target);
        found.push(match &rate.city {
            Some(city) => Need::CityFar {
                indicator,
                city: city.clone(),
                percent,
                target,
            },
            None => Need::Far {
                indicator,
                percent,
                target,
            },
        });
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::super::domain::tests;
    use super::*;

    fn city(slug: &str, status: &str, change: impl Fn(&mut City)) -> City {
        let mut city = tests::city(slug, 1, "4", "phase_1");
        city.status = status.to_owned();
        change(&mut city);
        city
    }

    fn rate(city: Option<&str>, percent: i64, target: i64, up: bool) -> Rate {
        Rate {
            indicator: "i7".into(),
            city: city.map(str::to_owned),
            percent,
            target,
            up,
        }
    }

    #[test]
    fn nothing_is_asked_where_all_is_well() {
        let cities = [
            city("rabat", "active", |_| {}),
            city("fes", "candidate", |c| c.criteria = (7, 6)),
            city("oujda", "candidate", |_| {}),
            city("kenitra", "preparing", |c| c.steps_open = 1),
            city("safi", "set_aside", |c| c.seats = None),
        ];
        let rates = [rate(None, 71, 80, true), rate(None, 29, 20, false)];
        assert_eq!(needs(&cities, &rates, None), []);
    }

    #[test]
    fn every_rule_speaks() {
        let month = tests::day(2026, 9, 30);
        let since = Some(tests::day(2026, 5, 4));
        let cities = [
            city("rabat", "active", |c| c.seats = Some((9, 7))),
            city("sale", "active", |c| c.seats = None),
            city("fes", "candidate", |c| c.criteria = (7, 7)),
            city("kenitra", "preparing", |_| {}),
            city("temara", "suspended", |c| c.since = since),
        ];
        let mut of_another = rate(Some("sale"), 70, 80, true);
        of_another.indicator = "i9".into();
        let rates = [
            rate(None, 65, 80, true),
            rate(Some("sale"), 55, 80, true),
            rate(Some("tanger"), 56, 80, true),
            rate(Some("rabat"), 95, 80, true),
            of_another,
        ];
        let found = needs(&cities, &rates, Some(month));
        let far = |indicator: &str, percent| Need::CityFar {
            indicator: indicator.into(),
            city: "sale".into(),
            percent,
            target: 80,
        };
        let wanted = [
            Need::NotTold(month),
            Need::Suspended("temara".into(), since),
            Need::Ready("fes".into(), 7),
            Need::Opened("kenitra".into()),
            Need::NoTeam("sale".into()),
            Need::EmptySeats("rabat".into(), 2, 9),
            far("i7", 55),
            far("i9", 70),
            Need::Far {
                indicator: "i7".into(),
                percent: 65,
                target: 80,
            },
        ];
        assert_eq!(found, wanted);
    }
}
