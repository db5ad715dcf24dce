//! When things happen: offices by day, begging mostly after sunset.

use super::{At, Teller};
use crate::clock::local_date;
use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use chrono_tz::Africa::Casablanca;

/// Sunset by month, in minutes after midnight, Moroccan time.
const SUNSET: [u32; 12] = [
    1122, 1152, 1176, 1206, 1224, 1242, 1242, 1218, 1176, 1134, 1104, 1104,
];

/// A minute of a Moroccan day.
pub(super) fn at(day: NaiveDate, minute: u32) -> At {
    let local = day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
    local
        .and_local_timezone(Casablanca)
        .earliest()
        .map_or_else(|| local.and_utc(), |at| at.to_utc())
}

impl Teller<'_> {
    /// A moment of a street round on that day, three in five after sunset.
    pub(super) fn street_hour(&mut self, day: NaiveDate) -> At {
        let sunset = SUNSET.get(day.month0() as usize).copied().unwrap_or(1140);
        let minute = if self.dice.chance(60) {
            sunset + self.dice.between(5, 170)
        } else {
            self.dice.between(570, sunset - 30)
        };
        at(day, minute)
    }

    /// A moment of office hours on that day.
    pub(super) fn office_hour(&mut self, day: NaiveDate) -> At {
        let minute = self.dice.between(515, 1080);
        at(day, minute).min(self.world.now - TimeDelta::minutes(1))
    }

    /// Noon of that day, or now if it is not noon yet.
    pub(super) fn office_hour_of(&self, day: NaiveDate) -> At {
        at(day, 720).min(self.world.now)
    }

    /// The office hour of the day of that moment, yet after `before` and never in the future.
    pub(super) fn office_after(&mut self, raw: At, before: At) -> At {
        let later = before + TimeDelta::minutes(i64::from(self.dice.between(15, 50)));
        self.office_hour(local_date(raw))
            .max(later)
            .min(self.world.now)
    }

    /// A day from `from` to `to`, both included, none in the future.
    pub(super) fn day_between(&mut self, from: NaiveDate, to: NaiveDate) -> NaiveDate {
        let to = to.min(self.world.today);
        let width = u32::try_from((to - from).num_days()).unwrap_or(0);
        from.min(to) + Days::new(self.dice.between(0, width).into())
    }

    /// Hours, fewer when the story has less than two years to fit in.
    pub(super) fn hours(&mut self, low: u32, high: u32) -> TimeDelta {
        let span = (self.world.today - self.world.first)
            .num_days()
            .clamp(0, 730);
        let minutes = i64::from(self.dice.between(low * 60, high * 60));
        TimeDelta::minutes(minutes * span / 730)
    }

    pub(super) fn minutes(&mut self, low: u32, high: u32) -> TimeDelta {
        TimeDelta::minutes(self.dice.between(low, high).into())
    }

    /// An office hour so many hours after that moment.
    pub(super) fn later(&mut self, at: At, low: u32, high: u32) -> At {
        let raw = at + self.hours(low, high);
        self.office_after(raw, at)
    }
}
