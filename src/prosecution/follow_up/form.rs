//! What the court types of an event, as what it means.

use super::{
    db::NewEvent,
    domain::{self, About, EventKind},
};
use crate::{
    clock::local_date,
    forms::{Form, Moment, Paragraph, parse_date, parse_time},
    i18n::Msg,
    ids::RowId,
    prosecution::{custody::HeldFile, domain::ActNumber},
    reference::List,
    web::Ui,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// Reads an event of a file. Of each kind only its own fields are looked at, whatever was left in the others.
pub fn read(form: &mut Form, ui: &Ui, file: &HeldFile) -> Option<NewEvent> {
    let id = form.id_of_answers("id").map(RowId);
    let kind = form.required("kind", EventKind::parse);
    let about = form.required("about", |text| {
        let about = About::parse(text)?;
        kind.map_or(Ok(()), |kind| domain::fits(kind, about))?;
        Ok(about)
    });
    let day = form.required("held_on", |text| {
        let (sent, today) = (local_date(file.transmitted_at), ui.today());
        domain::held_on(
            kind.unwrap_or(EventKind::Hearing),
            parse_date(text)?,
            sent,
            today,
        )
    });
    let held_at = day.and_then(|day| held_at(form, kind, day));
    let on = day.unwrap_or_else(|| ui.today());
    let code = |list: List, text: &str| ui.catalogue().parse(list, text, on);
    let venue = if kind == Some(EventKind::Hearing) {
        form.required("venue", |text| code(List::CourtVenue, text))
    } else {
        form.optional("venue", |text| code(List::CourtVenue, text))
    };
    let measure = (kind == Some(EventKind::JuvenileMeasure))
        .then(|| form.required("measure", |text| code(List::JuvenileMeasure, text)))
        .flatten();
    let outcome = kind.and_then(|kind| outcome(form, ui, (kind, about, on), held_at));
    let act = form.optional("act", ActNumber::parse);
    let text = form.optional("text", Paragraph::parse);
    let replaces = form.optional("replaces", |text| {
        text.parse::<RowId>().map_err(|_| Msg::new("error-choice"))
    });
    if !form.is_valid() {
        return None;
    }
    Some(NewEvent {
        id: id?,
        kind: kind?,
        about: about?,
        held_on: day?,
        held_at: held_at?,
        venue,
        outcome,
        measure,
        act,
        text,
        replaces,
    })
}

/// A hearing has an hour; of the others the day is enough.
fn held_at(form: &mut Form, kind: Option<EventKind>, day: NaiveDate) -> Option<DateTime<Utc>> {
    let moment = |time| Moment::local(day, time).map(|moment| moment.0);
    if kind == Some(EventKind::Hearing) {
        form.required("held_time", |text| moment(parse_time(text)?))
    } else {
        moment(NaiveTime::MIN).ok()
    }
}

fn outcome(
    form: &mut Form,
    ui: &Ui,
    (kind, about, day): (EventKind, Option<About>, NaiveDate),
    held_at: Option<DateTime<Utc>>,
) -> Option<String> {
    if !kind.has_outcome() {
        return None;
    }
    let parse = |text: &str| {
        let code = ui.catalogue().parse(List::CourtOutcome, text, day)?;
        let row = ui.catalogue().code(List::CourtOutcome, &code);
        if row.and_then(|row| row.text("belongs")) != Some(kind.code()) {
            return Err(Msg::new("judicial-outcome-of-another"));
        }
        let decides = row.is_some_and(|row| row.flag("frees") || row.flag("convicts"));
        if decides && about.is_some_and(|about| about.adult().is_none()) {
            return Err(Msg::new("judicial-event-of-an-adult"));
        }
        if let Some(held_at) = held_at {
            domain::outcome_fits(&code, held_at, ui.now())?;
        }
        Ok(code)
    };
    if kind == EventKind::Judgment {
        form.required("outcome", parse)
    } else {
        form.optional("outcome", parse)
    }
}
