//! A family from the first contact to today, and the file of each of its children.

use super::{
    At, Code, Team, Teller, cast, condition,
    contacts::{Sighting, as_seen},
    family::{Child, Household},
    person::Entry,
    way::Way,
};
use crate::{
    clock::local_date,
    demo::{
        dice::Dice,
        rows::{Assignment, CaseFile, Episode, Transition},
        words::{CLOSING_REASONS, REOPENING},
    },
};
use chrono::TimeDelta;
use uuid::Uuid;

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

/// Closed before the path was walked: from where, by the place of the family in its city.
const EARLY: [Option<Code>; 29] = {
    let mut early = [None; 29];
    early[12] = Some("assessment");
    early[14] = Some("registered");
    early[18] = Some("identified");
    early[19] = Some("planning");
    early[23] = Some("implementation");
    early[27] = Some("urgent_action");
    early
};

/// Why a file is closed before the path was walked.
const CLOSED_EARLY: &[(Code, u32)] = &[
    ("not_begging", 40),
    ("untraceable", 40),
    ("family_refused", 20),
];

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
    /// Why the files were closed, where that is settled beforehand.
    pub(super) closure: Option<Code>,
    pub(super) house: Household,
    pub(super) files: Vec<File>,
    pub(super) observed_at: At,
}

impl Teller<'_> {
    /// Tells one family from the first contact to today.
    pub(super) fn family(&mut self, team: &Team, state: Code, nth: usize) {
        let slug = team.city.slug;
        self.dice = Dice::of(&format!("family {slug} {nth}"));
        let part = cast::part(slug, nth, state, self.world.today);
        let company = part.company.unwrap_or_else(|| self.company());
        let early = (state == "closed")
            .then(|| EARLY.get(nth))
            .flatten()
            .copied()
            .flatten();
        let urgent =
            state == "urgent_action" || early == Some("urgent_action") || self.dice.chance(20);
        let reopened = cast::is_reopened(slug, nth);
        let (observed_at, way) = self.way((state, early), urgent, part.pace);
        let opened_at = way.first().map_or(observed_at, |(_, at)| *at);
        let lead = cast::lead(team, nth);
        let protected = nth == 11 && ["rabat", "sale", "tanger", "marrakech"].contains(&slug);
        let entry = Entry {
            team,
            met_on: local_date(observed_at),
            at: opened_at,
            by: team.supervisor,
            protected,
        };
        let house = self.household(entry, company, &part);
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
            closure: part.closure,
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
        // how often the dice fall from here on hangs on the day
        self.dice = Dice::of(&format!("help {slug} {nth}"));
        self.services(&family, &decided);
        self.dice = Dice::of(&format!("again {slug} {nth}"));
        self.met_again(&family, reopened);
        self.looks(&family);
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
        let (now_in, since) = way.last().copied().unwrap_or(("identified", opened_at));
        // the younger ones may be a step behind, though no plan waits for months
        let may_lag = ["planning", "implementation", "monitoring"].contains(&now_in);
        let is_long = now_in == "implementation" && since < self.world.now - TimeDelta::days(10);
        if may_lag && !family.files.is_empty() && self.dice.chance(25) && !is_long {
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
        let asked = condition::of(&child, (case, team), (family.lead, since));
        self.rows.conditions.push(asked);
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
    pub(super) fn episode(
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
        let walked = way.iter().any(|(passed, _)| *passed == "monitoring");
        let reasons: &[(Code, u32)] = if walked { CLOSURES } else { CLOSED_EARLY };
        let closure_reason = closed_at.map(|_| {
            family
                .closure
                .unwrap_or_else(|| self.dice.weighted(reasons))
        });
        let reached = |state: Code| {
            way.iter()
                .find(|(passed, _)| *passed == state)
                .map(|(_, at)| *at)
        };
        let before_closure = way
            .windows(2)
            .find_map(|pair| {
                matches!(pair, [_, ("closure_requested", _)])
                    .then(|| pair.first())
                    .flatten()
            })
            .map(|(before, _)| *before);
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
                reason_enc: reason.map(str::to_owned),
                closure_reason: closure_reason.filter(|_| *to == "closed"),
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
            closure_reason,
            duplicates_checked_at: reached("assessment"),
            duplicates_checked_by: reached("assessment").map(|_| family.lead),
            closure_asked_by: reached("closure_requested").map(|_| family.lead),
            closure_asked_from: before_closure,
            closed_by: closed_at.map(|_| family.team.supervisor),
        });
    }
}
