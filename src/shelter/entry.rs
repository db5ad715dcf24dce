//! Reading what a city enters in the register: an institution, and the groups of its places.

use super::{
    domain::{Audience, House, MAX_AGE, Places},
    form::{Figures, Standing, figures, standing},
};
use crate::{
    contacts::parse_phone,
    forms::{Form, Line, Paragraph, parse_date, western_digits},
    i18n::Msg,
    ids::RowId,
    web::Ui,
};
use chrono::NaiveDate;

/// Who an institution is, and how it is reached.
#[derive(Debug)]
pub struct Identity {
    /// Its name in Arabic.
    pub name_ar: String,
    /// Its name in French.
    pub name_fr: String,
    /// What it is.
    pub house: House,
    /// To call, at night too.
    pub phone: String,
    /// Where it is; nothing typed leaves what is known as it is.
    pub address: Option<Paragraph>,
    /// The version it was read from.
    pub version: i32,
}

/// An institution that a city adds.
#[derive(Debug)]
pub struct NewHouse {
    /// Of these answers: sent twice, it is the same.
    pub id: RowId,
    /// Who it is.
    pub identity: Identity,
    /// What is known of it.
    pub standing: Standing,
}

/// Who it is, complete or not at all.
pub fn identity(form: &mut Form) -> Option<Identity> {
    let name_ar = form.required("name_ar", Line::parse);
    let name_fr = form.required("name_la", Line::parse);
    let house = form.required("house_kind", |code| {
        House::of_kind(code).ok_or(Msg::new("error-choice"))
    });
    let phone = form.required("phone", parse_phone);
    let address = form.optional("address", Paragraph::parse);
    let version = version(form);
    if !form.is_valid() {
        return None;
    }
    Some(Identity {
        name_ar: name_ar?.into_string(),
        name_fr: name_fr?.into_string(),
        house: house?,
        phone: phone?,
        address,
        version: version?,
    })
}

fn version(form: &mut Form) -> Option<i32> {
    form.required("version", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    })
}

/// The id of what is entered for the first time.
fn id_of(form: &mut Form) -> Option<RowId> {
    form.required("id", |text| {
        text.parse::<RowId>().map_err(|_| Msg::new("error-choice"))
    })?;
    form.id_of_answers("id").map(RowId)
}

/// A new institution, complete or not at all.
pub fn new_house(form: &mut Form, ui: &Ui) -> Option<NewHouse> {
    let id = id_of(form);
    let identity = identity(form);
    // both, so that all that is wrong is told at once
    let standing = standing(form, ui);
    Some(NewHouse {
        id: id?,
        identity: identity?,
        standing: standing?,
    })
}

/// A group of places, as it is entered or changed.
#[derive(Debug)]
pub struct Entry {
    /// For whom.
    pub audience: Audience,
    /// From that age, in years.
    pub age_min: i16,
    /// To that age, included.
    pub age_max: i16,
    /// How many.
    pub figures: Figures,
    /// Since when they take nobody.
    pub closed_on: Option<NaiveDate>,
}

fn age(text: &str) -> Result<i16, Msg> {
    let years = western_digits(text.trim()).parse::<i16>();
    years
        .ok()
        .filter(|years| (0..=MAX_AGE).contains(years))
        .ok_or_else(|| Msg::new("group-age").with("max", MAX_AGE))
}

/// A group of places, complete or not at all. Children who are there or coming keep their places, and places that
/// are theirs do not become those of the other sex.
pub fn group(form: &mut Form, ui: &Ui, known: Option<(Audience, Places)>) -> Option<Entry> {
    let audience = form.required("audience", |code| {
        Audience::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let age_min = form.required("age_from", age);
    let age_max = form.required("age_to", age);
    if age_min.zip(age_max).is_some_and(|(from, to)| to < from) {
        form.fail("age_to", Msg::new("group-ages-turned"));
    }
    let today = ui.today();
    let closed_on = form.optional("shut_on", |text| match parse_date(text)? {
        day if day > today => Err(Msg::new("error-date-future")),
        day => Ok(day),
    });
    let places = known.map_or(NONE, |(_, places)| places);
    if let (Some(audience), Some((before, _))) = (audience, known)
        && audience != before
        && places.taken() > 0
    {
        let msg = Msg::new("group-in-use").with("n", places.taken());
        form.fail("audience", msg);
    }
    let figures = figures(form, ui, places);
    Some(Entry {
        audience: audience?,
        age_min: age_min?,
        age_max: age_max?,
        figures: figures?,
        closed_on,
    })
}

/// What a group has that is not entered yet.
const NONE: Places = Places {
    capacity: 0,
    closed: 0,
    others: 0,
    admitted: 0,
    held: 0,
};

/// A new group of places, complete or not at all.
pub fn new_group(form: &mut Form, ui: &Ui) -> Option<(RowId, Entry)> {
    let id = id_of(form);
    let entry = group(form, ui, None);
    Some((id?, entry?))
}
