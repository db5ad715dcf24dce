//! Help given: five families of services to children, four to mothers, brothers and sisters in one act.

use super::{
    Code, Teller,
    acts::{Act, beside},
    cases::{Family, File},
    prosecution::Fork,
};
use crate::{clock::local_date, demo::rows::Beneficiary};
use chrono::{Days, NaiveDate};

/// Mothers: a few kinds of each of the four families.
const FOR_MOTHERS: &[&[Code]] = &[
    &[
        "mother_individual_support",
        "mother_group_support",
        "mother_individual_support",
    ],
    &[
        "mediation_child_return",
        "mediation_parents_in_laws",
        "mediation_alimony",
        "parenting_support",
    ],
    &[
        "programme_rnp_rsu",
        "programme_asd",
        "programme_amo_tadamon",
        "programme_women_space",
    ],
    &[
        "entraide_training",
        "literacy",
        "income_activity",
        "anapec",
        "childcare",
    ],
];

impl Teller<'_> {
    /// Tells the help that a family got and will get.
    pub(super) fn services(&mut self, family: &Family<'_>, fork: &Fork) {
        self.urgent_help(family);
        for file in &family.files {
            self.help_to_child(family, file);
        }
        self.help_to_all(family);
        self.help_to_mother(family, fork);
    }

    fn urgent_help(&mut self, family: &Family<'_>) {
        let endangered = family
            .files
            .iter()
            .filter_map(|file| Some((file, file.since("urgent_action")?)));
        for (file, at) in endangered.collect::<Vec<_>>() {
            let on = local_date(at);
            // a shelter for one in three, the first of all among them
            let kinds: &[Code] = match self.dice.between(1, 3) {
                _ if !self.is_given("emergency_shelter") => {
                    &["emergency_shelter", "medical_urgent_exam"]
                }
                1 => &["emergency_shelter", "medical_urgent_exam"],
                2 => &["medical_urgent_exam"],
                _ => &["medical_urgent_exam", "food_clothes"],
            };
            for kind in kinds {
                let people = vec![(file.child.person, file.case, None)];
                self.act(
                    family,
                    Act {
                        kind,
                        on,
                        planned: false,
                        urgent: true,
                        people,
                    },
                );
            }
        }
    }

    /// Whether that help was given to anybody already.
    fn is_given(&self, kind: Code) -> bool {
        self.rows.services.iter().any(|act| act.kind == kind)
    }

    /// Care chosen by the child's age, from the start of the plan's work on.
    fn help_to_child(&mut self, family: &Family<'_>, file: &File) {
        let people = vec![(file.child.person, file.case, None)];
        if let (Some(at), true) = (file.since("assessment"), self.dice.chance(40)) {
            let act = Act {
                kind: "psychological_first_aid",
                on: local_date(at),
                planned: false,
                urgent: false,
                people: people.clone(),
            };
            self.act(family, act);
        }
        let Some((from, to)) = self.span(file, "implementation") else {
            return;
        };
        let mut needs = self.needs(file);
        if needs.is_empty() {
            needs.push("social_accompaniment");
        }
        // whoever is followed up was helped first
        let was_helped = file.since("monitoring").is_some();
        for (nth, kind) in needs.into_iter().enumerate() {
            let first = nth == 0 && was_helped;
            let planned = !file.is_closed() && !first && self.dice.chance(22);
            let on = self.day_between(from, to);
            self.act(
                family,
                Act {
                    kind,
                    on,
                    planned,
                    urgent: false,
                    people: people.clone(),
                },
            );
        }
    }

    fn needs(&mut self, file: &File) -> Vec<Code> {
        let months = file.child.months;
        let care = if months < 72 {
            "vaccination"
        } else {
            "medical_consultation"
        };
        let talk = if months < 60 {
            "parent_child_session"
        } else {
            "psychological_individual"
        };
        let social = self.dice.pick(&[
            "social_accompaniment",
            "social_register_file",
            "child_family_mediation",
        ]);
        let school = match months {
            0..36 => None,
            36..72 => Some("preschool"),
            72..150 => Some(self.dice.pick(&[
                "school_enrolment",
                "school_reenrolment",
                "school_reenrolment",
            ])),
            150..180 => Some(
                self.dice
                    .pick(&["school_reenrolment", "second_chance", "boarding"]),
            ),
            _ => Some(self.dice.pick(&["vocational_training", "second_chance"])),
        };
        let paper = (!file.child.registered).then_some("civil_registration");
        let wanted = [
            (Some(care), 65),
            (Some(talk), 50),
            (Some(social), 60),
            (school, 80),
            (paper, 60),
        ];
        wanted
            .into_iter()
            .filter_map(|(kind, percent)| kind.filter(|_| self.dice.chance(percent)))
            .collect()
    }

    /// Visits and material help reach all children of the house at once.
    fn help_to_all(&mut self, family: &Family<'_>) {
        let Some(eldest) = family.files.first() else {
            return;
        };
        let all = |state| {
            let reached = family
                .files
                .iter()
                .filter(|file| file.since(state).is_some());
            reached
                .map(|file| (file.child.person, file.case, None))
                .collect::<Vec<_>>()
        };
        if let Some((from, to)) = self.span(eldest, "implementation") {
            for (kind, percent) in [
                ("material_aid", 40),
                ("food_clothes", 25),
                ("school_kit", 25),
            ] {
                if self.dice.chance(percent) {
                    let on = self.day_between(from, to);
                    let people = all("implementation");
                    self.act(
                        family,
                        Act {
                            kind,
                            on,
                            planned: false,
                            urgent: false,
                            people,
                        },
                    );
                }
            }
        }
        if let Some((from, to)) = self.span(eldest, "monitoring") {
            for nth in 0..self.dice.between(1, 4) {
                let kind = self.dice.pick(&[
                    "home_visit",
                    "home_visit",
                    "school_visit",
                    "phone_follow_up",
                    "review_meeting",
                ]);
                let on = self.day_between(from, to);
                let planned = nth == 0 && !eldest.is_closed();
                let people = all("monitoring");
                self.act(
                    family,
                    Act {
                        kind,
                        on,
                        planned,
                        urgent: false,
                        people,
                    },
                );
            }
        }
    }

    /// The four services where they are open, one of them at least; urgent help alone where the decision is awaited.
    fn help_to_mother(&mut self, family: &Family<'_>, fork: &Fork) {
        let mother = family.house.adults.iter().find(|adult| adult.is_mother());
        let (Some(mother), Some(file)) = (mother, family.files.first()) else {
            return;
        };
        let closed = file.since("closed").map_or(self.world.today, local_date);
        if let Some(open) = fork.open_since() {
            for (nth, kinds) in FOR_MOTHERS.iter().enumerate() {
                if !self.dice.chance(68) && nth > 0 {
                    continue;
                }
                let on = self.day_between(open, closed.max(open));
                let planned = !file.is_closed() && self.dice.chance(35);
                let mut people = vec![(mother.person, file.case, Some(fork.on(on)))];
                let kind = self.dice.pick(kinds);
                if self.is_joint(family, file, (kind, on, fork.on(on))) {
                    people.push((file.child.person, file.case, None));
                }
                self.act(
                    family,
                    Act {
                        kind,
                        on,
                        planned,
                        urgent: false,
                        people,
                    },
                );
            }
        } else if let Some(waits) = fork.waits_since() {
            let waited = |given: &Beneficiary| given.mother_effect == Some("pending");
            let is_first = !self.rows.beneficiaries.iter().any(waited);
            if !self.dice.chance(60) && !is_first {
                return;
            }
            let on = self.day_between(waits, waits + Days::new(3));
            let kind = self.dice.pick(&["mother_shelter", "mother_violence_cell"]);
            let people = vec![(mother.person, file.case, Some("pending"))];
            let effect_then = fork.on(on);
            if effect_then == "pending" {
                self.act(
                    family,
                    Act {
                        kind,
                        on,
                        planned: false,
                        urgent: true,
                        people,
                    },
                );
            }
        }
    }

    /// Whether her child is served beside her: the first time in each city that both may be, so that it is there on
    /// every day.
    fn is_joint(
        &self,
        family: &Family<'_>,
        file: &File,
        (kind, on, effect): (Code, NaiveDate, Code),
    ) -> bool {
        let territory = family.team.city.territory;
        let is_joint =
            |given: &Beneficiary| given.territory_id == territory && given.counts_as.is_some();
        let mut cases = self.rows.cases.iter();
        let protected = cases.any(|case| case.id == file.case && case.protected);
        effect == "not_prosecuted"
            && beside(kind).is_some()
            && !protected
            && file.child.months >= 60
            && file.since("closed").is_none_or(|at| on <= local_date(at))
            && !self.rows.beneficiaries.iter().any(is_joint)
    }

    /// From the first day in a state to the closing or to today.
    fn span(&self, file: &File, state: Code) -> Option<(NaiveDate, NaiveDate)> {
        let from = local_date(file.since(state)?);
        Some((
            from,
            file.since("closed").map_or(self.world.today, local_date),
        ))
    }
}
