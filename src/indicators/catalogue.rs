//! The twenty-four, in their order. What each counts is written in `migrations/0062_indicators.sql` and worked out in
//! `docs/indicators.md`; marks are defaults, each with its source.

use super::domain::{Good, Indicator, Kind, Mark, Of, Part, Parts, Source, Unit};
use Good::{Less, More, Neither};
use Kind::{Count, Median, PerHundredThousand, Rate, Ratio};

const ALL_OF_IT: Mark = Mark::AtLeast(100, Source::Rule);
const YES: &[&str] = &["yes"];
const WITH_NO: Of = Of::With(&["no"]);

const fn first(unit: Unit, kind: Kind, good: Good) -> Part {
    Part::new("", unit, kind, good)
}

/// Every indicator.
pub const ALL: [Indicator; 24] = [
    Indicator {
        code: "I1",
        first: first(Unit::Child, Count, More).told("children", &[""], Of::Nothing),
        parts: &[
            Part::new("sex", Unit::Child, Count, Neither).of_list(Parts::Sex),
            Part::new("girls", Unit::Child, Rate, Neither).told(
                "children_by_sex",
                &["F"],
                Of::With(&["M", "U"]),
            ),
        ],
    },
    Indicator {
        code: "I2",
        first: first(Unit::Child, Count, Neither),
        parts: &[
            Part::new("sex", Unit::Child, Count, Neither).of_list(Parts::Sex),
            Part::new("age", Unit::Child, Count, Neither).of_list(Parts::Age),
        ],
    },
    Indicator {
        code: "I3",
        first: first(Unit::Contact, Count, Neither).told("contacts", &[""], Of::Nothing),
        parts: &[
            Part::new("children", Unit::Child, Ratio, Neither),
            // 60 % of the interventions of Marrakech were after sunset
            Part::new("night", Unit::Contact, Rate, Neither)
                .against(Mark::Seen(60, Source::Marrakech))
                .told("contacts_by_night", YES, WITH_NO),
        ],
    },
    Indicator {
        code: "I4",
        // the ceiling of agencies that manage cases: 25 files a worker
        first: first(Unit::Case, Ratio, Less).against(Mark::AtMost(25, Source::Agencies)),
        parts: &[
            Part::new("over_25", Unit::Worker, Rate, Less).against(Mark::AtMost(0, Source::Rule)),
            // of the same: five or six workers a supervisor
            Part::new("supervision", Unit::Worker, Ratio, Less)
                .against(Mark::AtMost(6, Source::Agencies)),
        ],
    },
    Indicator {
        code: "I5",
        // 72 hours: a default of the project
        first: first(Unit::Case, Median, Less)
            .against(Mark::AtMost(3, Source::Project))
            .told_as_median(),
        parts: &[],
    },
    Indicator {
        code: "I6",
        first: first(Unit::Case, Rate, More).against(ALL_OF_IT).told(
            "cases_by_response",
            YES,
            WITH_NO,
        ),
        parts: &[Part::new("risk", Unit::Case, Rate, More)
            .of_list(Parts::Risk)
            .against(ALL_OF_IT)],
    },
    Indicator {
        code: "I7",
        first: first(Unit::Assessment, Rate, More).against(ALL_OF_IT).told(
            "cases_by_assessment",
            YES,
            WITH_NO,
        ),
        parts: &[Part::new("plan", Unit::Assessment, Rate, More).against(ALL_OF_IT)],
    },
    Indicator {
        code: "I8",
        first: first(Unit::Visit, Rate, More).against(ALL_OF_IT).told(
            "visits_in_time",
            YES,
            WITH_NO,
        ),
        parts: &[Part::new("review", Unit::Assessment, Rate, More).against(ALL_OF_IT)],
    },
    Indicator {
        code: "I9",
        first: first(Unit::Request, Rate, More).told("requests_accepted", YES, WITH_NO),
        parts: &[Part::new("outcome", Unit::Request, Rate, More).against(ALL_OF_IT)],
    },
    Indicator {
        code: "I10",
        first: first(Unit::JudicialFile, Count, Neither).told("referrals", &[""], Of::Nothing),
        parts: &[
            Part::new("received", Unit::JudicialFile, Count, Neither),
            Part::new("child_decision", Unit::JudicialFile, Median, Less).told_as_median(),
            Part::new("adult_decision", Unit::Adult, Median, Less).told_as_median(),
        ],
    },
    Indicator {
        code: "I11",
        // of the committee by decisions in force, of which an adult may have two; a table of adults beside it would tell
        // what that one withholds
        first: first(Unit::Adult, Rate, Neither).told(
            "adult_decisions_by_effect",
            &["prosecuted"],
            Of::With(&["not_prosecuted"]),
        ),
        parts: &[
            Part::new("relation", Unit::Adult, Rate, Neither).of_list(Parts::Relation),
            Part::new("prosecuted", Unit::Adult, Count, Neither)
                .against(Mark::Seen(71, Source::Prosecution2020))
                .told("adult_decisions_by_effect", &["prosecuted"], Of::Nothing),
            Part::new("pending", Unit::Adult, Count, Neither).told(
                "adult_decisions_by_effect",
                &["pending"],
                Of::Nothing,
            ),
        ],
    },
    Indicator {
        code: "I12",
        first: first(Unit::Mother, Rate, More).told("mothers_served", YES, WITH_NO),
        parts: &[Part::new("family", Unit::Mother, Rate, More).of_list(Parts::Family)],
    },
    Indicator {
        code: "I13",
        // the children of three months ago, whose ninety days are over
        first: first(Unit::Child, Rate, Less).told(
            "children_found_again",
            YES,
            Of::Total("children", 3),
        ),
        parts: &[
            Part::new("d180", Unit::Child, Rate, Less),
            Part::new("d365", Unit::Child, Rate, Less),
        ],
    },
    Indicator {
        code: "I14",
        first: first(Unit::Child, Rate, More).told("school_regained", YES, WITH_NO),
        parts: &[Part::new("kept", Unit::Child, Rate, More)],
    },
    Indicator {
        code: "I15",
        first: first(Unit::Child, Rate, More).told("births_registered", YES, WITH_NO),
        parts: &[Part::new("days", Unit::Child, Median, Less).told_as_median()],
    },
    Indicator {
        code: "I16",
        first: first(Unit::Child, Rate, More).told("care_in_family", YES, WITH_NO),
        parts: &[Part::new("broken", Unit::Child, Rate, Less)],
    },
    Indicator {
        code: "I17",
        // of 11 institutions together, on 1 October 2020
        first: first(Unit::Place, Count, More).against(Mark::Seen(303, Source::Bilan2020)),
        parts: &[
            Part::new("occupancy", Unit::Place, Rate, Neither),
            Part::new("stale", Unit::Place, Rate, Less).against(Mark::AtMost(0, Source::Rule)),
            Part::new("stay", Unit::Child, Median, Less),
            Part::new("no_place", Unit::Request, Count, Less),
        ],
    },
    Indicator {
        code: "I18",
        first: first(Unit::Case, Median, Neither).told_as_median(),
        parts: &[
            Part::new("reason", Unit::Case, Count, Neither).of_list(Parts::Reason),
            Part::new("met", Unit::Case, Rate, More),
            Part::new("reopened", Unit::Case, Rate, Less),
        ],
    },
    Indicator {
        code: "I19",
        first: first(Unit::Case, Rate, Neither),
        parts: &[
            Part::new("trafficking", Unit::Case, Rate, Neither),
            Part::new("general_prosecutor", Unit::JudicialFile, Rate, Neither),
        ],
    },
    Indicator {
        code: "I20",
        first: first(Unit::Seat, Rate, More).against(ALL_OF_IT),
        parts: &[
            Part::new("meetings", Unit::Meeting, Rate, More).against(ALL_OF_IT),
            Part::new("attendance", Unit::Seat, Rate, More),
            Part::new("points", Unit::Point, Median, Less),
        ],
    },
    Indicator {
        code: "I21",
        first: first(Unit::Child, PerHundredThousand, Neither),
        parts: &[
            Part::new("cities", Unit::City, Rate, More),
            Part::new("steps", Unit::Step, Rate, More).against(ALL_OF_IT),
        ],
    },
    Indicator {
        code: "I22",
        first: first(Unit::Case, Rate, More)
            .against(ALL_OF_IT)
            .told("cases_by_view", YES, WITH_NO),
        parts: &[
            Part::new("basis", Unit::Case, Rate, More).against(ALL_OF_IT),
            Part::new("minimum", Unit::Case, Rate, More).against(ALL_OF_IT),
            Part::new("complaints", Unit::Complaint, Rate, More).against(ALL_OF_IT),
        ],
    },
    Indicator {
        code: "I23",
        first: first(Unit::Case, Rate, More).against(ALL_OF_IT),
        parts: &[
            // of the committee of children with a protection measure, by the parts that are told as unknown
            Part::new("sex", Unit::Case, Rate, More)
                .against(ALL_OF_IT)
                .told("children_by_sex", &["U"], Of::Lacking("children")),
            Part::new("age", Unit::Case, Rate, More)
                .against(ALL_OF_IT)
                .told("children_by_age", &["unknown"], Of::Lacking("children")),
            Part::new("nationality", Unit::Case, Rate, More)
                .against(ALL_OF_IT)
                .told(
                    "children_by_nationality",
                    &["unknown"],
                    Of::Lacking("children"),
                ),
            Part::new("disability", Unit::Case, Rate, More)
                .against(ALL_OF_IT)
                .told(
                    "children_by_disability",
                    &["unknown"],
                    Of::Lacking("children"),
                ),
            Part::new("education", Unit::Case, Rate, More).against(ALL_OF_IT),
        ],
    },
    Indicator {
        code: "I24",
        first: first(Unit::Task, Count, Less)
            .against(Mark::AtMost(0, Source::Rule))
            .told("tasks_overdue", YES, WITH_NO),
        parts: &[
            Part::new("week", Unit::Task, Count, Less),
            Part::new("month", Unit::Task, Count, Less),
            Part::new("longer", Unit::Task, Count, Less),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::CLOSED_LIST;

    #[test]
    fn they_are_in_their_order_and_no_part_stands_twice() {
        for (nth, one) in ALL.iter().enumerate() {
            assert_eq!(one.code, format!("I{}", nth + 1));
            let mut codes: Vec<&str> = one.all().map(|part| part.code).collect();
            let all = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), all, "{}", one.code);
        }
    }

    #[test]
    fn a_rate_has_a_denominator_wherever_it_is_told() {
        for part in ALL.iter().flat_map(Indicator::all) {
            if let Some(told) = part.told {
                assert!(
                    part.kind != Rate || told.of != Of::Nothing,
                    "{}",
                    told.table
                );
            }
            assert!(!part.is_told_as_median || part.kind == Median);
        }
    }

    #[test]
    fn what_is_told_is_in_the_closed_list() {
        let tables: Vec<&str> = CLOSED_LIST
            .iter()
            .flat_map(|system| {
                std::iter::once(system.code).chain(system.tables.iter().map(|table| table.code))
            })
            .collect();
        for part in ALL.iter().flat_map(Indicator::all) {
            let told = part.told.map(|told| told.table);
            assert!(told.is_none_or(|table| tables.contains(&table)), "{told:?}");
            if let Some(Of::Total(system, _) | Of::Lacking(system)) = part.told.map(|told| told.of)
            {
                assert!(tables.contains(&system));
            }
        }
    }
}
