//! Reading the forms of this slice.

use super::domain::{Audience, NewService, Person, Served, When, Whom};
use crate::{
    authz::TerritoryId,
    forms::{Form, Paragraph, parse_date},
    i18n::Msg,
    ids::PersonId,
    mothers::Access,
    reference::{Catalogue, List},
};
use chrono::{Months, NaiveDate};

/// A new act, complete or not at all.
pub fn service(
    form: &mut Form,
    catalogue: &Catalogue,
    territory: TerritoryId,
    today: NaiveDate,
    whom: &Whom,
) -> Option<NewService> {
    let sha256 = form.sha256();
    let id = form.required("id", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let people = people(form, whom);
    let when = when(form, today, &people);
    let replaces = form.optional("replaces", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let kind = kind(form, catalogue, today, when, whom);
    let counterpart = beside(
        form,
        catalogue,
        (whom, people.as_slice()),
        when,
        kind.as_ref(),
        today,
    );
    let provider = form.required("provider", |code| {
        let known = catalogue
            .providers(territory)
            .iter()
            .any(|o| o.code == code);
        if known {
            Ok(code.to_owned())
        } else {
            Err(Msg::new("error-choice"))
        }
    });
    let outcome = form.optional("outcome", |code| {
        catalogue.parse(List::ServiceOutcome, code, today)
    });
    if outcome.is_some() && matches!(when, Some(When::Planned(_) | When::Asked(_))) {
        form.fail("outcome", Msg::new("service-outcome-early"));
    }
    let note = form
        .optional("note", Paragraph::parse)
        .map(Paragraph::into_string);
    if !form.is_valid() {
        return None;
    }
    let (when, (kind, urgent)) = (when?, kind?);
    Some(NewService {
        id: id?,
        kind,
        urgent,
        provider: provider?,
        when,
        outcome,
        note,
        people: people
            .iter()
            .map(|person| Served {
                id: person.id,
                case: person.case,
                is_mother: whom.is_mother(person.id),
                is_beside: whom.is_beside(person.id),
            })
            .collect(),
        effect: whom.effect(effective_day(when, today)),
        counterpart,
        replaces,
        sha256,
    })
}

/// The day whose decision counts: that of the delivery; for what is planned, today's.
fn effective_day(when: When, today: NaiveDate) -> NaiveDate {
    match when {
        When::Delivered(day) => day,
        When::Planned(_) | When::Asked(_) => today,
    }
}

/// Whom it serves, of those who can be: a mother on her own page always, and whoever is ticked.
fn people(form: &mut Form, whom: &Whom) -> Vec<Person> {
    let ids = form.many("for", |text| {
        let id = text
            .parse()
            .map(PersonId)
            .map_err(|_| Msg::new("error-choice"))?;
        if whom.is_closed(id) {
            Err(Msg::new("service-case-closed"))
        } else if whom.people().any(|person| person.id == id) {
            Ok(id)
        } else {
            Err(Msg::new("error-choice"))
        }
    });
    if whom.is_over() {
        form.fail("for", Msg::new("service-case-closed"));
    }
    let hers = whom.audience() == Audience::Mother;
    let is_served =
        |person: &&Person| ids.contains(&person.id) || (hers && whom.is_mother(person.id));
    let people: Vec<_> = whom.people().filter(is_served).cloned().collect();
    if people.is_empty() {
        form.fail("for", Msg::new("error-required"));
    } else if people.iter().all(|person| whom.is_beside(person.id)) {
        form.fail("for", Msg::new("service-for-child"));
    }
    people
}

/// As what the act counts for those who are not of the side of its kind; refused beside their ticks if there is no
/// such thing, or if it may not be given to the mother.
fn beside(
    form: &mut Form,
    catalogue: &Catalogue,
    (whom, people): (&Whom, &[Person]),
    when: Option<When>,
    kind: Option<&(String, bool)>,
    today: NaiveDate,
) -> Option<String> {
    let (kind, _) = kind?;
    let day = effective_day(when?, today);
    let mut others = people.iter().filter(|person| whom.is_beside(person.id));
    let first = others.next()?;
    let tick = |person: &Person| format!("for-{}", person.id);
    let known = catalogue.code(List::ServiceKind, kind);
    let counterpart = known
        .and_then(|kind| kind.text("counterpart"))
        .and_then(|code| catalogue.code(List::ServiceKind, code))
        .filter(|code| code.valid_on(day.min(today)));
    let Some(counterpart) = counterpart else {
        let msg = match whom.audience() {
            Audience::Child => Msg::new("service-not-for-mother"),
            Audience::Mother => Msg::new("service-not-for-children"),
        };
        for person in std::iter::once(first).chain(others) {
            form.fail(&tick(person), msg.clone());
        }
        return None;
    };
    // on her own page it is the kind that is refused
    if whom.audience() == Audience::Child && !whom.allows(counterpart.flag("urgent"), day) {
        form.fail(&tick(first), refusal(whom.access(day)));
    }
    Some(counterpart.code.clone())
}

fn when(form: &mut Form, today: NaiveDate, people: &[Person]) -> Option<When> {
    let begin: Option<fn(NaiveDate) -> When> = form.required("state", |text| match text {
        "delivered" => Ok(When::Delivered as fn(NaiveDate) -> When),
        "planned" => Ok(When::Planned as fn(NaiveDate) -> When),
        "proposed" => Ok(When::Asked as fn(NaiveDate) -> When),
        _ => Err(Msg::new("error-choice")),
    });
    let begun = begin.map(|begin| begin(today));
    let latest = today.checked_add_months(Months::new(24));
    let day = form.required("date", |text| {
        let day = parse_date(text)?;
        match begun {
            Some(When::Delivered(_)) => delivery_day(day, today, people),
            Some(When::Asked(_)) if day < today => Err(Msg::new("service-date-past")),
            _ if latest.is_some_and(|latest| day > latest) => Err(Msg::new("service-date-far")),
            _ => not_before_birth(day, people),
        }
    });
    Some(begin?(day?))
}

pub(super) fn delivery_day<'a>(
    day: NaiveDate,
    today: NaiveDate,
    people: impl IntoIterator<Item = &'a Person>,
) -> Result<NaiveDate, Msg> {
    if day > today {
        return Err(Msg::new("error-date-future"));
    }
    not_before_birth(day, people)
}

fn not_before_birth<'a>(
    day: NaiveDate,
    people: impl IntoIterator<Item = &'a Person>,
) -> Result<NaiveDate, Msg> {
    let unborn = people.into_iter().any(|person| {
        person
            .birth
            .as_ref()
            .is_some_and(|birth| day < birth.earliest)
    });
    if unborn {
        Err(Msg::new("service-date-before-birth"))
    } else {
        Ok(day)
    }
}

/// The kind, and whether it is urgent; refused to a mother to whom it may not be given, with the reason.
fn kind(
    form: &mut Form,
    catalogue: &Catalogue,
    today: NaiveDate,
    when: Option<When>,
    whom: &Whom,
) -> Option<(String, bool)> {
    let day = when.map_or(today, |when| effective_day(when, today));
    form.required("kind", |text| {
        let code = catalogue.parse(List::ServiceKind, text, day.min(today))?;
        let kind = catalogue
            .code(List::ServiceKind, &code)
            .ok_or(Msg::new("error-choice"))?;
        if kind.text("parent").is_none() || kind.text("audience") != Some(whom.audience().code()) {
            return Err(Msg::new("error-choice"));
        }
        let urgent = kind.flag("urgent");
        if whom.offers(day).allows(urgent) {
            Ok((code, urgent))
        } else {
            Err(refusal(whom.offers(day)))
        }
    })
}

/// Why a kind is refused.
pub const fn refusal(access: Access) -> Msg {
    match access {
        Access::UrgentOnly => Msg::new("service-urgent-only"),
        Access::Open | Access::Blocked => Msg::new("service-blocked"),
    }
}
