//! Reading the forms of partners.

use crate::{
    authz::TerritoryId,
    forms::{Form, Line, Paragraph},
    i18n::Msg,
    ids::RowId,
    plan::words::past_day,
    reference::List,
    web::Ui,
};
use chrono::NaiveDate;

/// An organisation that no list has.
#[derive(Debug)]
pub(super) struct Body {
    /// Code of `ref.org_type`.
    pub kind: String,
    pub name_ar: String,
    pub name_fr: String,
}

/// A partner about to be entered.
#[derive(Debug)]
pub(super) struct NewPartner {
    /// Of these answers: sent twice, it is the same.
    pub id: RowId,
    pub organisation: String,
    /// It is written down with the partner.
    pub body: Option<Body>,
    /// Code of `ref.partner_role`.
    pub role: String,
    /// None: of the whole plan.
    pub city: Option<String>,
    /// The prefecture of that city.
    pub place: Option<TerritoryId>,
    pub since: Option<NaiveDate>,
    pub source: Option<String>,
}

fn choice() -> Msg {
    Msg::new("error-choice")
}

/// A partner, complete or not at all.
pub(super) fn partner(form: &mut Form, ui: &Ui) -> Option<NewPartner> {
    let today = ui.today();
    form.required("id", |text| text.parse::<RowId>().map_err(|_| choice()));
    let id = form.id_of_answers("id").map(RowId);
    let known = form.optional("organisation", |code| {
        let one = ui.catalogue().organisation(code);
        one.map(|one| one.code.clone()).ok_or_else(choice)
    });
    let body = if known.is_none() && form.error("organisation").is_none() {
        body(form, ui)
    } else {
        None
    };
    let role = form.required("partner_role", |code| {
        ui.catalogue().parse(List::PartnerRole, code, today)
    });
    let city = form.optional("city", |slug| {
        let mut known = ui.catalogue().register().iter();
        known
            .find(|city| city.slug == slug)
            .map(|city| (city.slug.clone(), city.territory_id))
            .ok_or_else(choice)
    });
    let since = form.optional("since", |text| past_day(text, today));
    let source = form
        .optional("known_from", Paragraph::parse)
        .map(Paragraph::into_string);
    if !form.is_valid() {
        return None;
    }
    let id = id?;
    let (city, place) = city.unzip();
    Some(NewPartner {
        id,
        organisation: known.unwrap_or_else(|| format!("p_{}", id.0.simple())),
        body,
        role: role?,
        city,
        place,
        since,
        source,
    })
}

/// What is asked of an organisation that is not in the list.
fn body(form: &mut Form, ui: &Ui) -> Option<Body> {
    let today = ui.today();
    let kind = form.required("org_type", |code| {
        ui.catalogue().parse(List::OrgType, code, today)
    });
    let name_ar = form.required("name_ar", Line::parse).map(Line::into_string);
    let name_fr = form.required("name_la", Line::parse).map(Line::into_string);
    Some(Body {
        kind: kind?,
        name_ar: name_ar?,
        name_fr: name_fr?,
    })
}

/// Another name from a day on.
#[derive(Debug)]
pub(super) struct Named {
    pub from: NaiveDate,
    pub ar: String,
    pub fr: String,
    /// Without one, the French.
    pub en: Option<String>,
}

/// A name, complete or not at all.
pub(super) fn named(form: &mut Form, ui: &Ui) -> Option<Named> {
    let today = ui.today();
    let from = form.required("named_from", |text| past_day(text, today));
    let ar = form.required("name_ar", Line::parse).map(Line::into_string);
    let fr = form.required("name_la", Line::parse).map(Line::into_string);
    let en = form.optional("name_en", Line::parse).map(Line::into_string);
    if !form.is_valid() {
        return None;
    }
    Some(Named {
        from: from?,
        ar: ar?,
        fr: fr?,
        en,
    })
}
