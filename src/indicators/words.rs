//! What an indicator is called, in the language of its reader.

use super::domain::{Indicator, Mark, Part, Parts, Unit};
use crate::{reference::List, web::Ui};

/// Its name.
pub fn name(ui: &Ui, of: &Indicator) -> String {
    ui.t(&of.key())
}

/// What it counts, in one sentence.
pub fn about(ui: &Ui, of: &Indicator) -> String {
    ui.t(&format!("indicator-{}-about", of.code.to_ascii_lowercase()))
}

/// What one of it is.
pub fn unit(ui: &Ui, unit: Unit) -> String {
    ui.t(&format!("indicator-unit-{}", unit.code()))
}

/// What a part is, and the code of the list if it is one of many; the name of the indicator, of its first figure.
pub fn part(ui: &Ui, of: &Indicator, part: &Part, code: Option<&str>) -> String {
    match (list_of(part.parts), code) {
        (Some(list), Some(code)) if ui.catalogue().code(list, code).is_some() => {
            ui.label(list, code)
        }
        (_, Some("unknown")) => ui.t("unknown"),
        (_, Some(code)) => code.to_owned(),
        _ if part.code.is_empty() => name(ui, of),
        _ => {
            let (indicator, part) = (of.code.to_ascii_lowercase(), part.code.replace('_', "-"));
            ui.t(&format!("indicator-part-{indicator}-{part}"))
        }
    }
}

/// What a figure is held against, and where that comes from; `figure` is the mark as the page writes figures of its kind.
pub fn mark(ui: &Ui, mark: Mark, figure: String) -> String {
    let source = ui.t(&format!("indicator-source-{}", mark.source().code()));
    let key = match mark {
        Mark::AtLeast(..) => "indicator-mark-at-least",
        Mark::AtMost(..) => "indicator-mark-at-most",
        Mark::Seen(..) => "indicator-mark-seen",
    };
    ui.t2(key, ("figure", figure), ("source", source))
}

/// The list that the codes of a part come from.
const fn list_of(parts: Parts) -> Option<List> {
    Some(match parts {
        Parts::One => return None,
        Parts::Relation => List::AdultRelation,
        Parts::Reason => List::ClosureReason,
        Parts::Family => List::ServiceKind,
        Parts::Sex => List::Sex,
        Parts::Age => List::AgeBand,
        Parts::Risk => List::RiskLevel,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{
        catalogue::ALL,
        domain::{Parts, Source, Unit},
    };
    use crate::i18n::Lang;

    /// One without words would show its key.
    #[test]
    fn every_indicator_part_unit_and_source_has_its_words() {
        let mut keys = Vec::new();
        for one in &ALL {
            keys.extend([one.key(), format!("{}-about", one.key())]);
            let (indicator, parts) = (one.code.to_ascii_lowercase(), one.parts);
            keys.extend(
                parts
                    .iter()
                    .filter(|part| part.parts == Parts::One)
                    .map(|part| {
                        format!("indicator-part-{indicator}-{}", part.code.replace('_', "-"))
                    }),
            );
        }
        keys.extend(Unit::ALL.map(|unit| format!("indicator-unit-{}", unit.code())));
        keys.extend(Source::ALL.map(|source| format!("indicator-source-{}", source.code())));
        let missing: Vec<_> = Lang::ALL
            .iter()
            .flat_map(|lang| keys.iter().map(move |key| (lang.code(), key, lang.t(key))))
            .filter(|(_, key, words)| *key == words)
            .collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
