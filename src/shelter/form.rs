//! Reading the forms of this slice.

use super::{
    db::Group,
    domain::{
        BedMove, BedState, BedStep, By, HELD_FOR, MAX_PLACES, Misfit, Overfull, Places, fits,
    },
    sheet::Told,
};
use crate::{
    cases::Head,
    clock::local_date,
    forms::{Form, Line, Paragraph, parse_date, western_digits},
    i18n::Msg,
    ids::RowId,
    reference::List,
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};

/// A place that is asked for.
#[derive(Debug)]
pub struct Wanted {
    /// Made by the server when the form was shown.
    pub id: RowId,
    /// Where.
    pub group: Group,
    /// What the institution is told.
    pub told: Told,
    /// Who answers for the child, if it is known.
    pub responsible: Option<String>,
    /// Asked although nothing is free.
    pub waits: bool,
    /// Of the answers.
    pub sha256: [u8; 32],
}

/// A request, complete or not at all.
pub fn wanted(form: &mut Form, ui: &Ui, head: &Head, groups: &[Group]) -> Option<Wanted> {
    let sha256 = form.sha256();
    let id = form.required("id", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let waits = form.has("waits", "1");
    let group = form.required("group", |text| {
        let group = text
            .parse()
            .ok()
            .and_then(|id: RowId| groups.iter().find(|group| group.id == id))
            .ok_or(Msg::new("error-choice"))?;
        if group.closed_on.is_some_and(|day| day <= ui.today()) {
            return Err(Msg::new("shelter-institution-closed"));
        }
        suits(ui, head, group)?;
        if group.places.free() <= 0 && !waits {
            return Err(Msg::new("shelter-full"));
        }
        Ok(group.clone())
    });
    let told = told(form);
    let responsible = body(form, ui, false);
    if !form.is_valid() {
        return None;
    }
    Some(Wanted {
        id: id?,
        group: group?,
        told,
        responsible,
        waits,
        sha256,
    })
}

/// Whether the child can go there, or why not.
fn suits(ui: &Ui, head: &Head, group: &Group) -> Result<(), Msg> {
    let age = head.birth.as_ref().map(|birth| birth.age_on(ui.today()));
    let band = (group.age_min, group.age_max);
    fits(group.audience, band, &head.sex, age).map_err(|misfit| match misfit {
        Misfit::Sex => Msg::new("shelter-other-sex"),
        Misfit::Age => Msg::new("shelter-other-age")
            .with("from", group.age_min)
            .with("to", group.age_max),
    })
}

/// What the institution is told, as far as it is written.
pub fn told(form: &mut Form) -> Told {
    let brought_by = form.required("brought_by", Line::parse);
    let needs = form.optional("needs", Paragraph::parse);
    let health = form.optional("health", Paragraph::parse);
    Told {
        needs: needs.map(Paragraph::into_string).unwrap_or_default(),
        health: health.map(Paragraph::into_string).unwrap_or_default(),
        brought_by: brought_by.map(Line::into_string).unwrap_or_default(),
    }
}

/// The body that answers for the child: one of the prefecture, or of the country.
pub fn body(form: &mut Form, ui: &Ui, is_required: bool) -> Option<String> {
    let territory = ui.actor().map(|actor| actor.territory());
    let known = |code: &str| {
        let bodies = territory.map(|id| ui.catalogue().providers(id));
        if bodies.is_some_and(|bodies| bodies.iter().any(|one| one.code == code)) {
            Ok(code.to_owned())
        } else {
            Err(Msg::new("error-choice"))
        }
    };
    if is_required {
        form.required("responsible", known)
    } else {
        form.optional("responsible", known)
    }
}

/// The figures of a group of places.
#[derive(Debug)]
pub struct Figures {
    /// Licensed.
    pub capacity: i16,
    /// Out of use.
    pub closed: i16,
    /// Taken by children who came another way.
    pub others: i16,
    /// Code of `ref.place_reason`.
    pub reason: String,
    /// The version they were read from.
    pub version: i32,
}

/// A number of places.
fn count(text: &str) -> Result<i16, Msg> {
    let number = western_digits(text.trim()).parse::<i16>();
    number
        .ok()
        .filter(|n| (0..=MAX_PLACES).contains(n))
        .ok_or(Msg::new("error-number"))
}

/// New figures of a group: they leave room for the children who are there or coming.
pub fn figures(form: &mut Form, ui: &Ui, now: Places) -> Option<Figures> {
    let capacity = form.required("capacity", count);
    let closed = form.required("closed", count);
    let others = form.required("others", count);
    let reason = form.required("reason", |code| {
        ui.catalogue().parse(List::PlaceReason, code, ui.today())
    });
    let version = form.required("version", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let (capacity, closed, others) = (capacity?, closed?, others?);
    let wanted = Places {
        capacity,
        closed,
        others,
        ..now
    };
    match wanted.check() {
        Ok(()) => {}
        Err(Overfull::BelowTaken) => {
            let msg = Msg::new("places-below-taken").with("n", now.taken());
            form.fail("capacity", msg);
        }
        Err(Overfull::TooMany) => {
            form.fail("closed", Msg::new("places-too-many").with("n", now.taken()));
        }
    }
    if !form.is_valid() {
        return None;
    }
    Some(Figures {
        capacity,
        closed,
        others,
        reason: reason?,
        version: version?,
    })
}

/// What an institution says of a move, or the cell in its place.
#[derive(Debug)]
pub struct Act {
    /// The version it was read from.
    pub version: i32,
    /// On which day.
    pub day: Option<NaiveDate>,
    /// Code of `ref.bed_refusal`.
    pub refusal: Option<String>,
    /// Code of `ref.placement_type`: where the child goes.
    pub destination: Option<String>,
}

/// A move of the institution, complete or not at all. Nothing happens before the first day of the stay; nobody comes
/// before the place was held.
pub fn act(
    form: &mut Form,
    ui: &Ui,
    (state, since): (BedState, DateTime<Utc>),
    first_day: Option<NaiveDate>,
) -> Option<(BedStep, Act)> {
    let today = ui.today();
    let held = if state == BedState::Expired {
        since - HELD_FOR
    } else {
        since
    };
    let (earliest, too_early) = first_day.map_or_else(
        || (local_date(held), "shelter-day-before-hold"),
        |first| (first, "shelter-day-early"),
    );
    let made = form.required("move", |code| {
        BedMove::from_code(code).ok_or(Msg::new("error-choice"))
    })?;
    let Some(step) = state.step(made, By::Institution) else {
        form.fail("move", Msg::new("shelter-moved"));
        return None;
    };
    let day = if made.has_day() {
        form.required("day", |text| {
            let day = parse_date(text)?;
            if day > today {
                return Err(Msg::new("error-date-future"));
            }
            if day < earliest {
                return Err(Msg::new(too_early));
            }
            Ok(day)
        })
    } else {
        None
    };
    let refusal = (made == BedMove::Refuse)
        .then(|| {
            form.required("refusal", |code| {
                ui.catalogue().parse(List::BedRefusal, code, today)
            })
        })
        .flatten();
    let destination = (made == BedMove::Discharge)
        .then(|| {
            form.required("destination", |code| {
                ui.catalogue().parse(List::PlacementType, code, today)
            })
        })
        .flatten();
    let version = form.required("version", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    if !form.is_valid() {
        return None;
    }
    let act = Act {
        version: version?,
        day,
        refusal,
        destination,
    };
    Some((step, act))
}

/// What is known of an institution.
#[derive(Debug)]
pub struct Standing {
    /// Number of its licence.
    pub licence: Option<String>,
    /// Its end.
    pub licensed_until: Option<NaiveDate>,
    /// Codes of `ref.shelter_standard` that it meets.
    pub met: Vec<String>,
    /// Those that it does not.
    pub unmet: Vec<String>,
    /// When they were looked at.
    pub checked_on: Option<NaiveDate>,
    /// Since when it takes nobody.
    pub closed_on: Option<NaiveDate>,
    /// The version it was read from.
    pub version: i32,
}

/// The field of a standard.
pub fn standard_field(code: &str) -> String {
    format!("standard-{code}")
}

/// The standing of an institution, complete or not at all.
pub fn standing(form: &mut Form, ui: &Ui) -> Option<Standing> {
    let today = ui.today();
    let past = |text: &str| match parse_date(text)? {
        day if day > today => Err(Msg::new("error-date-future")),
        day => Ok(day),
    };
    let licence = form.optional("licence", Line::parse);
    let licensed_until = form.optional("licensed_until", parse_date);
    let checked_on = form.optional("inspected_on", past);
    let closed_on = form.optional("shut_on", past);
    let (mut met, mut unmet) = (Vec::new(), Vec::new());
    for (code, _) in ui.options(List::ShelterStandard) {
        let field = standard_field(&code);
        match form.text(&field) {
            "yes" => met.push(code),
            "no" => unmet.push(code),
            "unknown" => {}
            _ => form.fail(&field, Msg::new("error-choice")),
        }
    }
    if checked_on.is_none() && !(met.is_empty() && unmet.is_empty()) {
        // keeps what is wrong with the day, if something is
        form.fail("inspected_on", Msg::new("keep-checked-when"));
    }
    if licence.is_none() && licensed_until.is_some() {
        form.fail("licence", Msg::new("keep-licence-number"));
    }
    let version = form.required("version", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    if !form.is_valid() {
        return None;
    }
    Some(Standing {
        licence: licence.map(Line::into_string),
        licensed_until,
        met,
        unmet,
        checked_on,
        closed_on,
        version: version?,
    })
}
