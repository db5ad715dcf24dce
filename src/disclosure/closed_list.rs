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

/// All of them.
pub const CLOSED_LIST: [System; 8] = [
    // each human being once, where the first of the measures was taken
    System {
        code: "children",
        growth: Cumulative,
        tables: &[
            table("children_by_sex", Cumulative, false),
            table("children_by_age", Cumulative, true),
            table("children_by_nationality", Cumulative, true),
        ],
    },
    // of the month alone
    System {
        code: "contacts",
        growth: Flow,
        tables: &[],
    },
    System {
        code: "cases",
        growth: Cumulative,
        tables: &[table("cases_by_state", Stock, false)],
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
];

const fn table(code: &'static str, growth: Growth, masks_zero: bool) -> Table {
    Table {
        code,
        growth,
        masks_zero,
    }
}

impl System {
    /// Its columns: the total, then so many parts of each table.
    pub fn columns(&self, parts: impl Fn(&Table) -> usize) -> Vec<Column> {
        let mut columns = vec![Column {
            table: None,
            masks_zero: false,
            growth: self.growth,
        }];
        for (at, table) in self.tables.iter().enumerate() {
            let column = Column {
                table: Some(at),
                masks_zero: table.masks_zero,
                growth: table.growth,
            };
            columns.extend(std::iter::repeat_n(column, parts(table)));
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
        let columns = CLOSED_LIST[0].columns(|table| table.code.len() % 3 + 2);
        assert_eq!(columns.first().and_then(|c| c.table), None);
        assert_eq!(columns.last().and_then(|c| c.table), Some(2));
        assert!(columns.iter().any(|c| c.masks_zero));
    }
}
