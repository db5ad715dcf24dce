//! Contacts that led to no file: most of them, as in life; and those of these days, which wait for triage.

use super::{
    Code, Team, Teller,
    contacts::{SeenChild, Sighting},
    family::Company,
};
use crate::{clock::local_date, demo::words::NICKNAMES};
use chrono::{Days, TimeDelta};

/// What becomes of contacts without a file; a contact that waits is of these days.
const FATES: &[Code] = &[
    "awareness_only",
    "waits",
    "awareness_only",
    "no_child_found",
    "awareness_only",
    "waits",
    "awareness_only",
    "duplicate",
];

impl Teller<'_> {
    /// A contact that leads to no file, or waits for triage.
    pub(super) fn contact_without_file(&mut self, team: &Team, nth: usize) {
        let fate = FATES.iter().copied().cycle().nth(nth).unwrap_or("waits");
        let observed_at = if fate == "waits" {
            let day = self.world.today - Days::new(self.dice.between(0, 2).into());
            let at = self.street_hour(day);
            if at < self.world.now - TimeDelta::minutes(30) {
                at
            } else {
                self.street_hour(day - Days::new(1))
            }
        } else {
            let day = self.day_between(self.world.first, self.world.today - Days::new(3));
            self.street_hour(day)
        };
        let next_day = local_date(observed_at) + Days::new(1);
        let triaged_at = (fate != "waits").then(|| self.office_hour(next_day));
        let company = self.company();
        let count = self.dice.weighted(&[(1, 66), (2, 25), (3, 9)]);
        let children = (0..count).map(|_| self.stranger()).collect();
        let adults = match company {
            Company::Mother | Company::BothParents => vec![("mother", None)],
            Company::Father => vec![("father", None)],
            Company::Grandmother => vec![("grandparent", None)],
            Company::Unrelated => vec![("unknown", None)],
            Company::Alone | Company::ChildMother => vec![],
        };
        let sighting = Sighting {
            team,
            company,
            children,
            adults,
            observed_at,
            triaged_at,
            again: false,
        };
        let (_, seen) = self.contact(&sighting);
        if let Some(at) = triaged_at {
            for child in seen {
                self.outcome(team, child, fate, None, at);
            }
        }
    }

    fn stranger(&mut self) -> SeenChild {
        let sex = self.dice.weighted(&[("F", 53), ("M", 44), ("U", 3)]);
        let months = match self.dice.weighted(&[(0, 9), (1, 28), (2, 38), (3, 25)]) {
            0 => self.dice.between(1, 11),
            1 => self.dice.between(12, 71),
            2 => self.dice.between(72, 167),
            _ => self.dice.between(168, 210),
        };
        SeenChild {
            sex,
            months,
            seen_as: self.sometimes(30, NICKNAMES),
        }
    }
}
