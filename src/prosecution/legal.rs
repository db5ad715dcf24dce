//! Texts and articles as they are said: an offence, the basis of a measure, and what a jurist has still to confirm. From
//! the dated lists alone.

use crate::{
    i18n::Lang,
    reference::{Code, List},
    web::Ui,
};

/// "Penal Code 327: begging with threats", and whether a jurist has still to confirm it. A row of `ref.offence`.
pub fn offence_words(ui: &Ui, code: &Code) -> String {
    let article = code.text("article").unwrap_or_default();
    let words = ui.t2(
        "decision-offence-words",
        ("article", article),
        ("title", ui.say(&code.label)),
    );
    doubtful(ui, code, words)
}

/// Offences, the main one first; one that the list has lost is left out, which a test forbids.
pub fn offences<'a>(ui: &Ui, codes: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let known = codes
        .into_iter()
        .filter_map(|code| ui.catalogue().code(List::Offence, code));
    known.map(|code| offence_words(ui, code)).collect()
}

/// The legal basis of a row of `ref.child_decision_kind`, with the same mark; nothing where the list names none.
pub fn measure_basis(ui: &Ui, kind: &Code) -> Option<String> {
    let column = match ui.lang() {
        Lang::Ar => "basis_ar",
        Lang::Fr => "basis_fr",
        Lang::En => "basis_en",
    };
    let basis = kind.text(column)?;
    Some(doubtful(ui, kind, basis.to_owned()))
}

/// A measure with its basis, for a list to choose from.
pub fn measure_words(ui: &Ui, kind: &Code) -> String {
    let measure = ui.say(&kind.label).to_owned();
    match measure_basis(ui, kind) {
        Some(basis) => format!("{measure} · {basis}"),
        None => doubtful(ui, kind, measure),
    }
}

/// Marks what is not confirmed.
pub fn doubtful(ui: &Ui, code: &Code, words: String) -> String {
    if code.flag("confirmed") {
        words
    } else {
        format!("{words} ({})", ui.t("judicial-to-confirm"))
    }
}
