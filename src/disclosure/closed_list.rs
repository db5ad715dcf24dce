//! The closed list: every table that a committee is told, and no other (schema D22). Each counts one thing by place and
//! month, and by at most one further trait.

use super::layout::{Column, Growth};

/// A table beside the total of its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its code.
    pub code: &'static str,
    /// How its figures go on.
    pub growth: Growth,
    /// Parts that may fall while the others grow: what has not been said yet, and is said one day.
    pub falling: &'static [&'static str],
    /// Whether that there is none of a part is withheld: none would tell that all others have another one.
    pub masks_zero: bool,
}

/// Tables of one thing, which share their total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct System {
    /// Its code, and that of its total.
    pub code: &'static str,
    /// How the total goes on.
    pub growth: Growth,
    /// The tables.
    pub tables: &'static [Table],
}

use Growth::{Cumulative, Flow, Stock};

/// All of them. No two systems count nearly the same: what one withholds another would tell (decision 0104).
pub const CLOSED_LIST: [System; 15] = [
    // each human being once, where the first of the measures was taken
    System {
        code: "children",
        growth: Cumulative,
        tables: &[
            table("children_by_sex", Cumulative, false),
            table("children_by_age", Cumulative, true),
            table("children_by_nationality", Cumulative, true),
            // as known on the day: an answer may change
            table("children_by_disability", Stock, true),
            // I13: within ninety days, of those whose ninety days are over
            table("children_found_again", Cumulative, true).falling(&["no"]),
        ],
    },
    // of the month alone
    System {
        code: "contacts",
        growth: Flow,
        // I3
        tables: &[table("contacts_by_night", Flow, false)],
    },
    System {
        code: "cases",
        growth: Cumulative,
        tables: &[
            table("cases_by_state", Stock, false),
            // I6, I7, I22: of the work, not of the child
            table("cases_by_response", Cumulative, false).falling(&["open"]),
            table("cases_by_assessment", Cumulative, false).falling(&["open"]),
            table("cases_by_view", Cumulative, false).falling(&["no"]),
        ],
    },
    System {
        code: "child_services",
        growth: Cumulative,
        tables: &[table("child_services_by_family", Cumulative, false)],
    },
    System {
        code: "mother_services",
        growth: Cumulative,
        tables: &[table("mother_services_by_family", Cumulative, false)],
    },
    System {
        code: "referrals",
        growth: Cumulative,
        tables: &[],
    },
    System {
        code: "child_decisions",
        growth: Cumulative,
        tables: &[table("child_decisions_by_kind", Cumulative, true)],
    },
    // the decision in force: a pending one becomes another
    System {
        code: "adult_decisions",
        growth: Cumulative,
        tables: &[table("adult_decisions_by_effect", Stock, true)],
    },
    // I8
    System {
        code: "visits",
        growth: Cumulative,
        tables: &[table("visits_in_time", Cumulative, false)],
    },
    // I9
    System {
        code: "requests",
        growth: Cumulative,
        tables: &[table("requests_accepted", Cumulative, false).falling(&["no"])],
    },
    // I12: those who are not prosecuted on the day
    System {
        code: "mothers",
        growth: Stock,
        tables: &[table("mothers_served", Stock, true)],
    },
    // I14
    System {
        code: "out_of_school",
        growth: Cumulative,
        tables: &[table("school_regained", Cumulative, true)],
    },
    // I15
    System {
        code: "unregistered",
        growth: Cumulative,
        tables: &[table("births_registered", Cumulative, true).falling(&["no"])],
    },
    // I16
    System {
        code: "durable_care",
        growth: Cumulative,
        tables: &[table("care_in_family", Cumulative, true)],
    },
    // I24
    System {
        code: "tasks",
        growth: Stock,
        tables: &[table("tasks_overdue", Stock, false)],
    },
];

const fn table(code: &'static str, growth: Growth, masks_zero: bool) -> Table {
    Table {
        code,
        growth,
        falling: &[],
        masks_zero,
    }
}

impl Table {
    const fn falling(self, falling: &'static [&'static str]) -> Self {
        Self { falling, ..self }
    }

    /// How the figures of one of its parts go on.
    pub fn growth_of(&self, part: &str) -> Growth {
        if self.falling.contains(&part) {
            Stock
        } else {
            self.growth
        }
    }
}

impl System {
    /// Its columns: the total, then the parts of each table.
    pub fn columns<'p>(&self, parts: impl Fn(&Table) -> Vec<&'p str>) -> Vec<Column> {
        let mut columns = vec![Column {
            table: None,
            masks_zero: false,
            growth: self.growth,
        }];
        for (at, table) in self.tables.iter().enumerate() {
            columns.extend(parts(table).into_iter().map(|part| Column {
                table: Some(at),
                masks_zero: table.masks_zero,
                growth: table.growth_of(part),
            }));
        }
        columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_code_stands_there_twice() {
        let codes: Vec<&str> = CLOSED_LIST
            .iter()
            .flat_map(|system| {
                std::iter::once(system.code).chain(system.tables.iter().map(|t| t.code))
            })
            .collect();
        assert_eq!(codes.len(), codes.iter().collect::<BTreeSet<_>>().len());
    }

    #[test]
    fn columns_are_the_total_and_the_parts() {
        let columns = CLOSED_LIST[0].columns(|_| vec!["yes", "no"]);
        assert_eq!(columns.first().and_then(|c| c.table), None);
        assert_eq!(columns.len(), 1 + 2 * CLOSED_LIST[0].tables.len());
        let last = columns.last().unwrap();
        assert_eq!(last.table, Some(CLOSED_LIST[0].tables.len() - 1));
        assert!(columns.iter().any(|c| c.masks_zero));
        // what is not said yet falls while the rest grows
        assert_eq!(last.growth, Stock);
        assert_eq!(columns[columns.len() - 2].growth, Cumulative);
    }
}
