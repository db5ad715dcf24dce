//! Reading the forms of letters: what is looked for, and a letter that is entered.

use crate::{
    authz::{Actor, Role},
    forms::{Form, Line, Paragraph},
    i18n::Msg,
    ids::RowId,
    plan::words::{own_cities, past_day},
    reference::List,
    web::Ui,
};
use chrono::NaiveDate;

/// What is looked for; nothing is everything.
#[derive(Debug, Default)]
pub(super) struct Filter {
    pub city: Option<String>,
    /// On either side.
    pub party: Option<String>,
    pub purpose: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// From an address. What cannot be is told beside its field.
pub(super) fn filter(form: &mut Form, ui: &Ui) -> Filter {
    let today = ui.today();
    let city = form.optional("city", |slug| {
        let mut cities = ui.catalogue().register().iter();
        cities
            .find(|city| city.slug == slug)
            .map(|city| city.slug.clone())
            .ok_or(Msg::new("error-choice"))
    });
    let code = |form: &mut Form, field, list| {
        form.optional(field, |code| ui.catalogue().parse(list, code, today))
    };
    let filter = Filter {
        city,
        party: code(form, "party", List::LetterParty),
        purpose: code(form, "purpose", List::LetterPurpose),
        from: form.optional("since", |text| past_day(text, today)),
        to: form.optional("until", |text| past_day(text, today)),
    };
    if filter
        .from
        .zip(filter.to)
        .is_some_and(|(from, to)| from > to)
    {
        form.fail("until", Msg::new("audit-range"));
    }
    filter
}

/// Who writes, or is written to.
#[derive(Debug)]
pub(super) struct Side {
    /// Code of `ref.letter_party`.
    pub party: String,
    /// Of the lists.
    pub organisation: Option<String>,
    /// As the letter writes it: an office, not a person.
    pub name: Option<String>,
}

/// A letter about to be entered.
#[derive(Debug)]
pub(super) struct NewLetter {
    /// Of these answers: sent twice, it is the same.
    pub id: RowId,
    pub sent_on: NaiveDate,
    pub from: Side,
    pub to: Side,
    pub reference: Option<String>,
    pub subject: String,
    pub purpose: String,
    /// The letter that it answers.
    pub answers: Option<RowId>,
    /// None: it is about the whole plan.
    pub cities: Vec<String>,
}

/// A letter, complete or not at all.
pub(super) fn letter(form: &mut Form, ui: &Ui, actor: &Actor) -> Option<NewLetter> {
    let today = ui.today();
    form.required("id", |text| {
        text.parse::<RowId>().map_err(|_| Msg::new("error-choice"))
    });
    let id = form.id_of_answers("id").map(RowId);
    let sent_on = form.required("sent_on", |text| past_day(text, today));
    let from = side(form, ui, ["from_party", "from_org", "from_name"]);
    let to = side(form, ui, ["to_party", "to_org", "to_name"]);
    let reference = form
        .optional("reference", Line::parse)
        .map(Line::into_string);
    let purpose = form.required("letter_purpose", |code| {
        ui.catalogue().parse(List::LetterPurpose, code, today)
    });
    let subject = form
        .required("letter_subject", Paragraph::parse)
        .map(Paragraph::into_string);
    let answers = form.optional("answers", |text| {
        text.parse::<RowId>().map_err(|_| Msg::new("error-choice"))
    });
    let own = own_cities(ui, actor);
    let cities = form.many("city", |slug| {
        let known = own.iter().any(|(code, _)| code == slug);
        known
            .then(|| slug.to_owned())
            .ok_or(Msg::new("error-choice"))
    });
    // the committee alone writes of the whole plan
    if cities.is_empty() && actor.role != Role::Steering {
        form.fail("city", Msg::new("error-required"));
    }
    if !form.is_valid() {
        return None;
    }
    Some(NewLetter {
        id: id?,
        sent_on: sent_on?,
        from: from?,
        to: to?,
        reference,
        subject: subject?,
        purpose: purpose?,
        answers,
        cities,
    })
}

fn side(form: &mut Form, ui: &Ui, [party, org, name]: [&str; 3]) -> Option<Side> {
    let today = ui.today();
    let party = form.required(party, |code| {
        ui.catalogue().parse(List::LetterParty, code, today)
    });
    let organisation = form.optional(org, |code| {
        let known = ui.catalogue().organisation(code);
        known
            .map(|one| one.code.clone())
            .ok_or(Msg::new("error-choice"))
    });
    let name = form.optional(name, Line::parse).map(Line::into_string);
    Some(Side {
        party: party?,
        organisation,
        name,
    })
}
