//! The form by which an act moves: on the cell's page of it, and on the page of a focal point.

use super::{
    db::step::NewStep,
    domain::{Day, ServiceMove, ServiceState, Side, Standing, Whom},
    form::{delivery_day, refusal},
};
use crate::{
    forms::{Form, Paragraph, parse_date},
    i18n::Msg,
    ids::RowId,
    reference::{Catalogue, List},
    web::Ui,
};
use chrono::{Months, NaiveDate};

/// A move on the form, with what it asks for.
#[derive(Debug)]
pub struct Choice {
    /// As it is sent.
    pub code: &'static str,
    /// Its words.
    pub label: String,
    /// The words of the day that it speaks of.
    pub day: Option<String>,
    /// The reasons that explain it.
    pub reasons: Vec<(String, String)>,
    /// Whether a further day may be agreed at once.
    pub again: bool,
    /// Whether it may say what came of it, and whether it must.
    pub outcome: Option<bool>,
}

/// The moves that are this side's to make from here. Sending has a page of its own.
pub fn choices(ui: &Ui, standing: Standing, side: Side) -> Vec<Choice> {
    standing
        .moves(side)
        .filter(|made| *made != ServiceMove::Send)
        .map(|made| Choice {
            code: made.code(),
            label: ui.t(key(made, standing.state)),
            day: match made.day() {
                Day::Without => None,
                Day::Coming => Some(ui.t("service-day-coming")),
                Day::Past => Some(ui.t("service-day-past")),
            },
            reasons: reasons(ui, made),
            again: made.may_be_tried_again(),
            outcome: match (side, made) {
                (Side::Cell, ServiceMove::CloseLoop) if standing.state.is_given() => Some(true),
                (Side::Cell, ServiceMove::Deliver) => Some(false),
                _ => None,
            },
        })
        .collect()
}

fn key(made: ServiceMove, state: ServiceState) -> &'static str {
    match (made, state) {
        (ServiceMove::CloseLoop, ServiceState::Refused) => "service-move-close-refused",
        (ServiceMove::Schedule, ServiceState::Scheduled) => "service-move-reschedule",
        (made, _) => made.key(),
    }
}

fn reasons(ui: &Ui, made: ServiceMove) -> Vec<(String, String)> {
    if made.about().is_empty() {
        return Vec::new();
    }
    ui.catalogue()
        .choices(List::ServiceReason, ui.today())
        .into_iter()
        .filter(|code| code.text("about") == Some(made.about()))
        .map(|code| (code.code.clone(), ui.say(&code.label).to_owned()))
        .collect()
}

/// What an answer is read against.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Where the act stands.
    pub standing: Standing,
    /// Who answers.
    pub side: Side,
    /// For whom it is; a focal point does not know.
    pub whom: Option<&'a Whom>,
    /// As the kind says.
    pub urgent: bool,
    /// Whether what was refused has an alternative.
    pub has_alternative: bool,
    /// The first day it can have been given: that of the request, for a focal point.
    pub since: Option<NaiveDate>,
}

/// The hidden fields of the form: its own id, which is that of its answers too, and the version that was on the page.
/// Sent again as it was, it is the step that was made; amended, it is another.
pub fn hidden(form: &mut Form) -> Option<(RowId, i32)> {
    let id = form.id_of_answers("id").map(RowId);
    if id.is_none() {
        form.fail("id", Msg::new("error-choice"));
    }
    let version = form.required("version", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    id.zip(version)
}

/// The steps of an answer, one or two; everything wrong with it at once.
pub fn parse(
    form: &mut Form,
    catalogue: &Catalogue,
    today: NaiveDate,
    asked: Asked<'_>,
) -> Vec<NewStep> {
    let step = form.required("move", |code| {
        ServiceMove::from_code(code)
            .filter(|made| *made != ServiceMove::Send)
            .and_then(|made| asked.standing.step(made, asked.side))
            .ok_or(Msg::new("service-move-refused"))
    });
    let Some(step) = step else {
        return Vec::new();
    };
    let made = step.made();
    let on = day(form, today, asked, made);
    let reason = if made.about().is_empty() {
        None
    } else {
        form.required(&format!("reason-{}", made.code()), |code| {
            let code = catalogue.parse(List::ServiceReason, code, today)?;
            let about = catalogue
                .code(List::ServiceReason, &code)
                .and_then(|c| c.text("about"));
            if about == Some(made.about()) {
                Ok(code)
            } else {
                Err(Msg::new("error-choice"))
            }
        })
    };
    let again = made
        .may_be_tried_again()
        .then(|| form.optional("again", |text| coming(text, today)))
        .flatten();
    let outcome = outcome(form, catalogue, today, asked, made);
    let is_bare_refusal = made == ServiceMove::CloseLoop
        && step.from() == ServiceState::Refused
        && !asked.has_alternative;
    let words = if is_bare_refusal {
        if form.text("words").trim().is_empty() {
            form.fail("words", Msg::new("service-no-alternative"));
        }
        form.optional("words", Paragraph::parse)
    } else {
        form.optional("words", Paragraph::parse)
    };
    if !form.is_valid() {
        return Vec::new();
    }
    let closes_too = made == ServiceMove::Deliver && outcome.is_some();
    let mut steps = vec![NewStep {
        step,
        on,
        reason,
        outcome: outcome.clone().filter(|_| !closes_too),
        words: words.map(Paragraph::into_string),
    }];
    let next = match (closes_too, again) {
        (true, _) => Some((ServiceMove::CloseLoop, None, outcome)),
        (false, Some(day)) => Some((ServiceMove::Schedule, Some(day), None)),
        (false, None) => None,
    };
    if let Some((made, on, outcome)) = next {
        steps.extend(step.then().step(made, asked.side).map(|step| NewStep {
            step,
            on,
            reason: None,
            outcome,
            words: None,
        }));
    }
    steps
}

fn day(
    form: &mut Form,
    today: NaiveDate,
    asked: Asked<'_>,
    made: ServiceMove,
) -> Option<NaiveDate> {
    let field = format!("day-{}", made.code());
    match made.day() {
        Day::Without => None,
        Day::Coming => form.required(&field, |text| coming(text, today)),
        Day::Past => form.required(&field, |text| {
            let people = asked.whom.into_iter().flat_map(Whom::people);
            let day = delivery_day(parse_date(text)?, today, people)?;
            match asked.whom {
                _ if asked.since.is_some_and(|since| day < since) => {
                    Err(Msg::new("service-date-before-request"))
                }
                Some(whom) if !whom.allows(asked.urgent, day) => Err(refusal(whom.access(day))),
                _ => Ok(day),
            }
        }),
    }
}

fn coming(text: &str, today: NaiveDate) -> Result<NaiveDate, Msg> {
    let day = parse_date(text)?;
    if day < today {
        return Err(Msg::new("service-date-past"));
    }
    if today
        .checked_add_months(Months::new(24))
        .is_some_and(|latest| day > latest)
    {
        return Err(Msg::new("service-date-far"));
    }
    Ok(day)
}

fn outcome(
    form: &mut Form,
    catalogue: &Catalogue,
    today: NaiveDate,
    asked: Asked<'_>,
    made: ServiceMove,
) -> Option<String> {
    let parse = |code: &str| catalogue.parse(List::ServiceOutcome, code, today);
    match (asked.side, made) {
        (Side::Cell, ServiceMove::CloseLoop) if asked.standing.state.is_given() => {
            form.required("outcome-close_loop", parse)
        }
        (Side::Cell, ServiceMove::Deliver) => form.optional("outcome-deliver", parse),
        _ => None,
    }
}
