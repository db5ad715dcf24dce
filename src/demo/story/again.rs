//! After the file is open: some children are met again, and the workers read what changed.

use super::{
    Teller,
    cases::Family,
    contacts::{Sighting, as_seen},
};
use crate::{clock::local_date, demo::rows::CaseSeen};
use chrono::{Days, TimeDelta};

impl Teller<'_> {
    /// Some children are met again: the contact is linked to the file, or opens it again.
    pub(super) fn met_again(&mut self, family: &Family<'_>, reopened: bool) {
        let Some(file) = family.files.first() else {
            return;
        };
        let from = local_date(family.observed_at) + Days::new(4);
        let today = self.world.today;
        let until = file
            .since("closed")
            .map_or(today - Days::new(1), local_date);
        let met_on = if reopened {
            today - Days::new(self.dice.between(6, 12).into())
        } else if (until - from).num_days() > 20 && self.dice.chance(70) {
            self.day_between(from, until - Days::new(2))
        } else {
            return;
        };
        let observed_at = self.street_hour(met_on);
        let triaged_at = self.office_hour(met_on + Days::new(1));
        let sighting = Sighting {
            team: family.team,
            company: family.house.company,
            children: vec![(&file.child).into()],
            adults: as_seen(&family.house.adults),
            observed_at,
            triaged_at: Some(triaged_at),
            again: true,
        };
        let (contact, seen) = self.contact(&sighting);
        for child in seen {
            self.outcome(
                family.team,
                child,
                "linked_to_case",
                Some(file.case),
                triaged_at,
            );
        }
        self.happened(file.case, triaged_at, family.team.supervisor);
        if reopened {
            let registered = triaged_at + self.minutes(200, 1500);
            let way = vec![
                ("identified", triaged_at),
                ("registered", registered),
                ("assessment", registered + self.minutes(800, 2400)),
            ];
            self.episode(family, file.case, 2, &way, "high", contact);
        }
    }

    /// The lead has read most files since they changed.
    pub(super) fn looks(&mut self, family: &Family<'_>) {
        for file in &family.files {
            let Some((changed_at, _)) = self.last.get(&file.case).copied() else {
                continue;
            };
            let late = self.dice.between(5, 600);
            let seen_at = match self.dice.between(1, 10) {
                1..=7 => changed_at + TimeDelta::minutes(late.into()),
                8..=9 => changed_at - TimeDelta::minutes(late.into()),
                _ => continue,
            };
            self.rows.looks.push(CaseSeen {
                user_id: family.lead,
                case_id: file.case,
                territory_id: family.team.city.territory,
                seen_at: seen_at.min(self.world.now),
            });
        }
    }
}
