//! What a cell of the closed list is called and how it is written, for pages, packs and reports. Codes stay what they are; a
//! part is named by the list that it comes from.

use super::read::Told;
use crate::{
    disclosure::{CLOSED_LIST, Growth},
    i18n::Lang,
    reference::{Catalogue, List},
    web::Ui,
};

/// A cell as it was told: a figure, "under five", or the last figure that was told, with its day. Nothing that was told
/// reads as a figure that is not.
pub fn say(told: Option<&Told>, lang: Lang) -> String {
    match told {
        Some(Told::Shown(n)) => lang.number(*n),
        Some(Told::Few) => lang.t("told-few"),
        Some(Told::Withheld {
            last: Some((day, n)),
        }) => {
            let args = [("n", (*n).into()), ("date", lang.date(*day).into())];
            lang.t_with("told-last", &args)
        }
        Some(Told::Withheld { last: None }) | None => lang.t("told-withheld"),
    }
}

/// The words of a table, or of the total of its system.
pub fn table_name(lang: Lang, code: &str) -> String {
    lang.t(&format!("table-{}", dashed(code)))
}

/// What one of it is. Tables of one thing count the same.
pub fn unit(ui: &Ui, code: &str) -> String {
    let system = system_of(code).unwrap_or(code);
    ui.t(&format!("table-unit-{}", dashed(system)))
}

/// How its figures go on from month to month; nothing of a code that is not in the list.
pub fn growth(ui: &Ui, code: &str) -> Option<String> {
    Some(match growth_of(code)? {
        Growth::Cumulative => ui.t("table-growth-cumulative"),
        Growth::Stock => ui.t("table-growth-stock"),
        Growth::Flow => ui.t("table-growth-flow"),
    })
}

/// The words of a part of a table; of no part, those of its total.
pub fn part_name(catalogue: &Catalogue, lang: Lang, table: &str, code: &str) -> String {
    if code.is_empty() {
        return lang.t("told-total");
    }
    if let Some(list) = list_of(table)
        && catalogue.code(list, code).is_some()
    {
        return catalogue.label(list, code, lang).to_owned();
    }
    let key = match (table, code) {
        ("cases_by_state", _) => format!("state-{}", dashed(code)),
        ("adult_decisions_by_effect", _) => format!("decision-effect-{}", dashed(code)),
        ("children_by_disability", "any" | "none") => format!("table-disability-{code}"),
        ("children_by_age", "unknown") => "told-age-unknown".to_owned(),
        (_, "yes") => "told-yes".to_owned(),
        (_, "open") => "told-open".to_owned(),
        (_, "no") => "told-no".to_owned(),
        (_, "unknown") => "unknown".to_owned(),
        _ => return code.to_owned(),
    };
    lang.t(&key)
}

/// Where a part stands among those of its table: as its list has it, what is not known last.
pub fn rank(ui: &Ui, table: &str, code: &str) -> usize {
    const STATES: [&str; 9] = [
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
    const OTHERS: [&str; 8] = [
        "yes",
        "no",
        "open",
        "any",
        "none",
        "prosecuted",
        "not_prosecuted",
        "pending",
    ];
    let listed = list_of(table).and_then(|list| {
        let all = ui.catalogue().choices(list, ui.today());
        all.iter().position(|one| one.code == code)
    });
    let fixed = || {
        let mut codes = STATES.iter().chain(&OTHERS);
        codes.position(|one| *one == code)
    };
    listed.or_else(fixed).unwrap_or(usize::MAX)
}

/// How the figures of a table, or of a total, go on.
pub fn growth_of(code: &str) -> Option<Growth> {
    CLOSED_LIST.iter().find_map(|system| {
        if system.code == code {
            return Some(system.growth);
        }
        let table = system.tables.iter().find(|table| table.code == code);
        table.map(|table| table.growth)
    })
}

/// The system that a table belongs to: itself, of a total.
pub fn system_of(code: &str) -> Option<&'static str> {
    let system = CLOSED_LIST
        .iter()
        .find(|system| system.code == code || system.tables.iter().any(|table| table.code == code));
    system.map(|system| system.code)
}

/// The list of the catalogue that the parts of a table come from.
fn list_of(table: &str) -> Option<List> {
    Some(match table {
        "children_by_sex" => List::Sex,
        "children_by_age" => List::AgeBand,
        "children_by_nationality" => List::ReportingGroup,
        "child_services_by_family" | "mother_services_by_family" => List::ServiceKind,
        "child_decisions_by_kind" => List::ChildDecisionKind,
        _ => return None,
    })
}

fn dashed(code: &str) -> String {
    code.replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    /// A table without words would show its code to the committee.
    #[test]
    fn every_table_of_the_closed_list_has_its_words() {
        let mut faults = Vec::new();
        for lang in Lang::ALL {
            for system in CLOSED_LIST {
                let tables = system.tables.iter().map(|table| table.code);
                for code in std::iter::once(system.code).chain(tables) {
                    let keys = [
                        format!("table-{}", dashed(code)),
                        format!("table-unit-{}", dashed(system.code)),
                    ];
                    let missing = keys.into_iter().filter(|key| lang.t(key) == *key);
                    faults.extend(missing.map(|key| format!("{}: {key}", lang.code())));
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn a_table_belongs_to_its_system() {
        assert_eq!(system_of("children_by_age"), Some("children"));
        assert_eq!(system_of("contacts"), Some("contacts"));
        assert_eq!(system_of("names"), None);
        assert_eq!(growth_of("contacts"), Some(Growth::Flow));
        assert_eq!(growth_of("cases_by_state"), Some(Growth::Stock));
    }

    #[test]
    fn what_is_not_told_is_no_figure() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
        for lang in Lang::ALL {
            assert_eq!(say(Some(&Told::Shown(1200)), lang), "1\u{a0}200");
            let few = say(Some(&Told::Few), lang);
            let withheld = say(Some(&Told::Withheld { last: None }), lang);
            assert!(few != withheld && withheld == say(None, lang));
            let last = Some((day, 17));
            let last = say(Some(&Told::Withheld { last }), lang);
            assert!(last.contains("17") && last.contains("2026"), "{last}");
        }
    }

    #[test]
    fn a_part_has_the_words_of_its_table() {
        let catalogue = Catalogue::default();
        let part = |table, code| part_name(&catalogue, Lang::Fr, table, code);
        assert_eq!(
            part("cases_by_state", "urgent_action"),
            Lang::Fr.t("state-urgent-action")
        );
        assert_eq!(
            part("children_by_age", "unknown"),
            Lang::Fr.t("told-age-unknown")
        );
        assert_eq!(
            part("children_by_nationality", "unknown"),
            Lang::Fr.t("unknown")
        );
        assert_eq!(part("visits_in_time", "yes"), Lang::Fr.t("told-yes"));
        assert_eq!(part("children", ""), Lang::Fr.t("told-total"));
    }
}
