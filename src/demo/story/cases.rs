//! The way of a file through its states, from triage to closing, and back when a child is met again.

use super::{
    Team, Teller,
    contacts::{Sighting, as_seen},
    family::{Child, Company, Household},
    person::Entry,
};
use crate::{
    clock::local_date,
    demo::{
        rows::{Assignment, CaseFile, CaseSeen, Episode, Transition},
        words::{CLOSING_REASONS, REOPENING},
    },
};
use chrono::{DateTime, Days, TimeDelta, Utc};
use uuid::Uuid;

type Code = &'static str;
type At = DateTime<Utc>;

/// The states, in the order of a file's life.
pub(in crate::demo) const STATES: &[Code] = &[
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

/// Hours that a file stays in a state that it leaves, and hours in the state where it is now. The second
/// may exceed the target: some files are late.
const HOURS: &[(Code, (u32, u32), (u32, u32))] = &[
    ("identified", (1, 10), (1, 30)),
    ("urgent_action", (5, 22), (2, 28)),
    ("registered", (10, 46), (4, 64)),
    ("assessment", (48, 240), (10, 260)),
    ("planning", (72, 330), (20, 380)),
    ("implementation", (500, 2400), (30, 3200)),
    ("monitoring", (900, 4300), (48, 7000)),
    ("closure_requested", (24, 140), (5, 190)),
];

const CLOSURES: &[(Code, u32)] = &[
    ("objectives_met", 40),
    ("stable_in_family", 28),
    ("untraceable", 10),
    ("family_refused", 6),
    ("not_begging", 5),
    ("handed_over_outside_plan", 4),
    ("kafala_pronounced", 3),
    ("turned_18_aftercare", 2),
    ("abroad_repatriated", 2),
];

/// The states gone through, each with its moment.
pub(super) type Way = Vec<(Code, At)>;

/// One child's file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) case: Uuid,
    pub(super) child: Child,
    pub(super) way: Way,
}

impl File {
    /// When the file came into that state.
    pub(super) fn since(&self, state: Code) -> Option<At> {
        self.way
            .iter()
            .find(|(passed, _)| *passed == state)
            .map(|(_, at)| *at)
    }

    pub(super) fn is_closed(&self) -> bool {
        self.since("closed").is_some()
    }
}

/// A family with its files.
#[derive(Debug)]
pub(super) struct Family<'a> {
    pub(super) team: &'a Team,
    pub(super) lead: Uuid,
    pub(super) urgent: bool,
    pub(super) house: Household,
    pub(super) files: Vec<File>,
    pub(super) observed_at: At,
}

impl Teller<'_> {
    /// Tells one family from the first contact to today.
    pub(super) fn family(&mut self, team: &Team, state: Code, city: usize, nth: usize) {
        let company = match (city % 4, nth) {
            (1, 1) => Company::ChildMother,
            _ => self.company(),
        };
        let urgent = state == "urgent_action" || self.dice.chance(20);
        let reopened = nth == 0 && [0, 2, 5].contains(&city);
        let (observed_at, way) = self.way(state, urgent, reopened);
        let opened_at = way.first().map_or(observed_at, |(_, at)| *at);
        let lead = self.dice.weighted(&team.workers);
        let protected = nth == 11 && city != 2;
        let entry = Entry {
            team,
            met_on: local_date(observed_at),
            at: opened_at,
            by: team.supervisor,
            protected,
        };
        let house = self.household(entry, company);
        let sighting = Sighting {
            team,
            company,
            children: house.children.iter().map(Into::into).collect(),
            adults: as_seen(&house.adults),
            observed_at,
            triaged_at: Some(opened_at),
            again: false,
        };
        let (contact, seen) = self.contact(&sighting);
        let mut family = Family {
            team,
            lead,
            urgent,
            house,
            files: Vec::new(),
            observed_at,
        };
        let children = family.house.children.clone();
        for (child, seen) in children.into_iter().zip(seen) {
            let file = self.open_file(&family, child, way.clone(), contact, protected);
            self.outcome(team, seen, "new_case", Some(file.case), opened_at);
            family.files.push(file);
        }
        let decided = self.prosecution(&family, state);
        self.services(&family, &decided);
        self.met_again(&family, reopened);
        self.looks(&family);
    }

    /// The way to `state`: when the children were met, and each state with its moment.
    fn way(&mut self, state: Code, urgent: bool, long_closed: bool) -> (At, Way) {
        let last = STATES
            .iter()
            .position(|passed| *passed == state)
            .unwrap_or(0);
        let path: Vec<Code> = STATES
            .iter()
            .take(last + 1)
            .copied()
            .filter(|passed| urgent || *passed != "urgent_action")
            .collect();
        let mut stays = Vec::new();
        for passed in &path {
            let hours = HOURS.iter().find(|(known, ..)| known == passed);
            let (stay, since) = hours.map_or(((0, 0), (0, 0)), |(_, stay, since)| (*stay, *since));
            let (low, high) = if *passed == state { since } else { stay };
            stays.push(self.hours(low, high));
        }
        let mut start = self.world.now - stays.iter().sum::<TimeDelta>();
        if state == "closed" {
            // closed at any time since the story began
            let room = (local_date(start) - self.world.first).num_days() - 2;
            let room = u32::try_from(room).unwrap_or(0);
            let least = if long_closed {
                room.min(70)
            } else {
                room.min(2)
            };
            start -= TimeDelta::days(self.dice.between(least, room).into());
        }
        let met_on = local_date(start) - Days::new(1);
        let observed_at = self.street_hour(met_on);
        let triaged_at = if urgent {
            observed_at + self.minutes(40, 220)
        } else {
            self.office_hour(local_date(start))
        };
        let opened_at = triaged_at
            .min(start)
            .max(observed_at + TimeDelta::minutes(30));
        let mut way: Way = vec![("identified", opened_at)];
        let (mut raw, mut before) = (start, opened_at);
        for (passed, stay) in path.into_iter().skip(1).zip(stays) {
            raw += stay;
            before = self.office_after(raw, before);
            way.push((passed, before));
        }
        (observed_at, way)
    }

    fn open_file(
        &mut self,
        family: &Family<'_>,
        child: Child,
        mut way: Way,
        contact: Uuid,
        protected: bool,
    ) -> File {
        let (team, opened_at) = (
            family.team,
            way.first().map_or(self.world.now, |(_, at)| *at),
        );
        let now_in = way.last().map_or("identified", |(state, _)| *state);
        // the younger ones may be a step behind
        let may_lag = ["planning", "implementation", "monitoring"].contains(&now_in);
        if may_lag && !family.files.is_empty() && self.dice.chance(25) {
            way.pop();
        }
        let case = self.dice.uuid(opened_at);
        self.rows.cases.push(CaseFile {
            id: case,
            number: String::new(),
            territory_id: team.city.territory,
            territory_at: team.city.territory,
            child_id: child.person,
            protected,
            opened_at,
            opened_by: team.supervisor,
            changed_at: opened_at,
            changed_by: None,
        });
        let since = opened_at + TimeDelta::minutes(1);
        self.assign(team, case, family.lead, "lead", since);
        if let (true, Some((second, _))) = (
            self.dice.chance(15),
            team.workers
                .iter()
                .find(|(worker, _)| *worker != family.lead),
        ) {
            self.assign(team, case, *second, "second", since + TimeDelta::minutes(4));
        }
        let risk = if family.urgent || child.months < 12 {
            "high"
        } else {
            self.dice
                .weighted(&[("high", 14), ("medium", 52), ("low", 34)])
        };
        self.episode(family, case, 1, &way, risk, contact);
        File { case, child, way }
    }

    fn assign(&mut self, team: &Team, case_id: Uuid, user_id: Uuid, kind: Code, since: At) {
        let id = self.dice.uuid(since);
        self.rows.assignments.push(Assignment {
            id,
            case_id,
            territory_id: team.city.territory,
            user_id,
            kind,
            since,
        });
    }

    /// An opening of the file with its history. The supervisor opens, approves the plan and closes.
    fn episode(
        &mut self,
        family: &Family<'_>,
        case: Uuid,
        seq: i16,
        way: &Way,
        risk: Code,
        contact: Uuid,
    ) {
        let Some(((_, opened_at), (state, since))) = way.first().copied().zip(way.last().copied())
        else {
            return;
        };
        let (id, territory_id) = (self.dice.uuid(opened_at), family.team.city.territory);
        let closed_at = (state == "closed").then_some(since);
        let mut from = None;
        for (to, at) in way {
            let by_supervisor = ["identified", "implementation", "closed"].contains(to);
            let by_user = if by_supervisor {
                family.team.supervisor
            } else {
                family.lead
            };
            let reason = match *to {
                "closure_requested" => Some(self.dice.pick(CLOSING_REASONS)),
                "identified" if seq > 1 => Some(REOPENING),
                _ => None,
            };
            self.rows.transitions.push(Transition {
                id: self.dice.uuid(*at),
                episode_id: id,
                case_id: case,
                territory_id,
                from_state: from.replace(*to),
                to_state: to,
                by_user,
                role: if by_supervisor {
                    "supervisor"
                } else {
                    "social_worker"
                },
                reason,
                at: *at,
            });
            self.happened(case, *at, by_user);
        }
        self.rows.episodes.push(Episode {
            id,
            case_id: case,
            territory_id,
            seq,
            state,
            state_since: since,
            risk: if closed_at.is_some() { "none" } else { risk },
            source_contact_id: Some(contact),
            opened_at,
            closed_at,
            closure_reason: closed_at.map(|_| self.dice.weighted(CLOSURES)),
        });
    }

    /// Some children are met again: the contact is linked to the file, or opens it again.
    fn met_again(&mut self, family: &Family<'_>, reopened: bool) {
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
        } else if (until - from).num_days() > 20 && self.dice.chance(58) {
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
    fn looks(&mut self, family: &Family<'_>) {
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
