//! Reading the form of a decision.

use super::db::Standing;
use crate::{
    forms::{Form, Line, Paragraph},
    i18n::Msg,
    ids::RowId,
    plan::words::past_day,
    web::Ui,
};
use chrono::NaiveDate;

/// A decision about to be entered.
#[derive(Debug)]
pub(super) struct NewDecision {
    /// Of these answers: sent twice, it is the same.
    pub id: RowId,
    /// Its key in the register.
    pub code: String,
    pub number: Option<String>,
    pub day: NaiveDate,
    pub ar: String,
    pub fr: Option<String>,
    pub en: Option<String>,
    /// None: it is about the whole plan.
    pub cities: Vec<String>,
    /// Code of the one whose place it takes.
    pub replaces: Option<String>,
}

/// A decision, complete or not at all. A text in Arabic is enough.
pub(super) fn decision(form: &mut Form, ui: &Ui, standing: &[Standing]) -> Option<NewDecision> {
    let today = ui.today();
    form.required("id", |text| {
        text.parse::<RowId>().map_err(|_| Msg::new("error-choice"))
    });
    let id = form.id_of_answers("id").map(RowId);
    let day = form.required("decided_on", |text| past_day(text, today));
    let number = form
        .optional("decision_number", Line::parse)
        .map(Line::into_string);
    let ar = form
        .required("text_ar", Paragraph::parse)
        .map(Paragraph::into_string);
    let fr = form
        .optional("text_fr", Paragraph::parse)
        .map(Paragraph::into_string);
    let en = form
        .optional("text_en", Paragraph::parse)
        .map(Paragraph::into_string);
    let cities = form.many("city", |slug| {
        let mut known = ui.catalogue().register().iter();
        known
            .find(|city| city.slug == slug)
            .map(|city| city.slug.clone())
            .ok_or(Msg::new("error-choice"))
    });
    let replaces = form.optional("replaces", |code| {
        let mut known = standing.iter();
        known
            .find(|one| one.code == code)
            .map(|one| one.code.clone())
            .ok_or(Msg::new("error-choice"))
    });
    if !form.is_valid() {
        return None;
    }
    let id = id?;
    Some(NewDecision {
        id,
        code: format!("d_{}", id.0.simple()),
        number,
        day: day?,
        ar: ar?,
        fr,
        en,
        cities,
        replaces,
    })
}
