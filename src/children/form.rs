//! Reading the forms of a child's page. Every function takes what was typed and leaves its messages on it.

use super::domain::{
    Adult, BirthChange, Candidate, Child, Condition, Identity, Kinship, NewIdentifier, Verdict,
    fits, nickname,
};
use crate::{
    forms::{Form, Line, parse_date, western_digits},
    i18n::Msg,
    ids::PersonId,
    people::{Birth, Claim, Names, Term, db::NewPerson, proves},
    reference::{Catalogue, List},
};
use chrono::{Months, NaiveDate};
use std::ops::RangeInclusive;

/// Ages that a child's file may hold: care goes on for a while after eighteen (after-care).
const CHILD_YEARS: RangeInclusive<u32> = 0..=25;
/// Ages of a related adult; a mother may be a minor.
const ADULT_YEARS: RangeInclusive<u32> = 12..=110;
/// Ages of a brother or sister.
const SIBLING_YEARS: RangeInclusive<u32> = 0..=110;

/// The form as it stands in the database.
pub fn of_child(child: &Child, today: NaiveDate) -> Form {
    let mut form = Form::new()
        .with("version", child.version.to_string())
        .with("sex", &child.sex)
        .with("birth", "keep")
        .with("nationality", child.nationality.clone().unwrap_or_default())
        .with(
            "civil_status",
            child.civil_status.clone().unwrap_or_default(),
        )
        .with("given_ar", &child.names.given_ar)
        .with("family_ar", &child.names.family_ar)
        .with("given_la", &child.names.given_la)
        .with("family_la", &child.names.family_la)
        .with("nickname", child.nickname.clone().unwrap_or_default())
        .with("id_known", known_numbers(child));
    form = child.condition.shown(form);
    if let Some(birth) = child.birth.as_ref() {
        if birth.is_estimate() {
            let age = birth.age_on(today);
            form.set("age_from", (age.min_months / 12).to_string());
            form.set("age_to", (age.max_months / 12).to_string());
        } else {
            form.set("birth_date", birth.earliest.format("%d/%m/%Y").to_string());
            form.set("birth_basis", &birth.basis);
        }
    }
    form
}

/// The numbers on record by their end, each with the code of its kind: for the page of a conflict.
fn known_numbers(child: &Child) -> String {
    let shown = child.identifiers.iter().map(|one| {
        let end = one.shown.text().unwrap_or_default();
        format!("{} {end}", one.kind)
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// An identity, complete or not at all.
pub fn identity(
    form: &mut Form,
    catalogue: &Catalogue,
    today: NaiveDate,
    was: &Child,
) -> Option<Identity> {
    let sex = form.required("sex", |text| catalogue.parse(List::Sex, text, today));
    let birth = birth(form, catalogue, today);
    let nationality = form.optional("nationality", |text| {
        catalogue.parse(List::Nationality, text, today)
    });
    let civil_status = form.optional("civil_status", |text| {
        catalogue.parse(List::CivilStatus, text, today)
    });
    let condition = Condition::read(form, catalogue, today);
    let names = names(form);
    if names.is_unknown() && !was.names.is_unknown() {
        // a name once recorded is corrected; it does not become unknown again
        form.fail("given_ar", Msg::new("child-name-kept"));
    }
    let nickname = nickname(line(form, "nickname"));
    if nickname.is_unknown() && was.nickname.is_some() {
        form.fail("nickname", Msg::new("child-name-kept"));
    }
    let identifier = identifier(form, catalogue, today);
    let (Some(sex), Some(birth), true) = (sex, birth, form.is_valid()) else {
        return None;
    };
    Some(Identity {
        sex,
        birth,
        nationality,
        civil_status,
        condition,
        names,
        nickname,
        identifier,
    })
}

/// A number with its kind, or neither.
fn identifier(form: &mut Form, catalogue: &Catalogue, today: NaiveDate) -> Option<NewIdentifier> {
    if form.text("id_kind").is_empty() && form.text("id_value").is_empty() {
        return None;
    }
    let kind = form.required("id_kind", |text| {
        catalogue.parse(List::IdentifierKind, text, today)
    });
    form.required("id_value", |text| {
        NewIdentifier::parse(kind.as_deref().unwrap_or("passport"), text)
    })
    .filter(|_| kind.is_some())
}

fn birth(form: &mut Form, catalogue: &Catalogue, today: NaiveDate) -> Option<BirthChange> {
    match form.required("birth", |text| {
        if ["keep", "date", "age"].contains(&text) {
            Ok(text.to_owned())
        } else {
            Err(Msg::new("error-choice"))
        }
    })? {
        how if how == "date" => {
            let day = form.required("birth_date", |text| born_on(text, today));
            let basis = form.required("birth_basis", |text| {
                match catalogue.parse(List::BirthBasis, text, today) {
                    // a day is known from a paper or from someone; a guess is an age
                    Ok(code) if code != "estimated" => Ok(code),
                    _ => Err(Msg::new("error-choice")),
                }
            });
            Some(BirthChange::Set(Birth::on(day?, &basis?)))
        }
        how if how == "age" => {
            let (from, to) = ages(form, &CHILD_YEARS, true);
            estimate(form, from?, to?, today).map(BirthChange::Set)
        }
        _ => Some(BirthChange::Keep),
    }
}

fn born_on(text: &str, today: NaiveDate) -> Result<NaiveDate, Msg> {
    let day = parse_date(text)?;
    let oldest = today.checked_sub_months(Months::new(12 * (CHILD_YEARS.end() + 1)));
    match day {
        day if day > today => Err(Msg::new("error-date-future")),
        day if oldest.is_some_and(|oldest| day < oldest) => Err(Msg::new("error-date-early")),
        day => Ok(day),
    }
}

/// Two ends of an age in years; one of them alone stands for both.
fn ages(
    form: &mut Form,
    range: &RangeInclusive<u32>,
    required: bool,
) -> (Option<u32>, Option<u32>) {
    let years = |text: &str| {
        let n = western_digits(text)
            .parse::<u32>()
            .map_err(|_| Msg::new("error-number"))?;
        if range.contains(&n) {
            Ok(n)
        } else {
            Err(Msg::new("error-age"))
        }
    };
    let from = if required {
        form.required("age_from", years)
    } else {
        form.optional("age_from", years)
    };
    let to = form.optional("age_to", years);
    match (from, to) {
        (Some(from), Some(to)) if from > to => {
            form.fail("age_to", Msg::new("child-age-order"));
            (None, None)
        }
        (from, to) => (from.or(to), to.or(from)),
    }
}

fn estimate(form: &mut Form, from: u32, to: u32, today: NaiveDate) -> Option<Birth> {
    Birth::from_age(from * 12, to * 12 + 11, today, "estimated")
        .map_err(|msg| form.fail("age_from", msg))
        .ok()
}

fn names(form: &mut Form) -> Names {
    Names {
        given_ar: line(form, "given_ar"),
        family_ar: line(form, "family_ar"),
        given_la: line(form, "given_la"),
        family_la: line(form, "family_la"),
    }
}

fn line(form: &mut Form, field: &str) -> String {
    form.optional(field, Line::parse)
        .map(Line::into_string)
        .unwrap_or_default()
}

/// Reads a kinship to `child`; `candidates` are the only known people it may name.
pub fn kinship(
    form: &mut Form,
    catalogue: &Catalogue,
    today: NaiveDate,
    (child, candidates): (PersonId, &[Candidate]),
) -> Option<Kinship> {
    // no page offers it; a made-up form is told as any other
    let own = child.to_string();
    if form.text("who") == own || form.text("id") == own {
        form.fail("kind", Msg::new("relative-self"));
        return None;
    }
    let kind = form.required("kind", |text| {
        catalogue.parse(List::AdultRelation, text, today)
    });
    let proof = form.optional("proof", |text| {
        catalogue.parse(List::RelationProof, text, today)
    });
    let term = term(form, today);
    if candidates.is_empty() {
        form.set("who", "new");
    }
    let known = form.required("who", |text| {
        if text == "new" {
            return Ok(None);
        }
        let found = candidates.iter().find(|c| c.id.to_string() == text);
        found.map(Some).ok_or(Msg::new("error-choice"))
    })?;
    let (adult, sex) = if let Some(known) = known {
        (Adult::Known(known.id), known.sex.clone())
    } else {
        let id = form.required("id", |text| {
            text.parse()
                .map(PersonId)
                .map_err(|_| Msg::new("error-choice"))
        });
        let new = new_adult(form, catalogue, today, kind.as_deref())?;
        let sex = new.sex.clone();
        (Adult::New(id?, new), sex)
    };
    let kind = kind?;
    if !fits(&kind, &sex) {
        form.fail("kind", Msg::new("relative-sex-differs"));
    }
    form.is_valid().then_some(Kinship {
        adult,
        kind,
        proof,
        term,
    })
}

/// The two days of a kinship, either of which may be unknown.
fn term(form: &mut Form, today: NaiveDate) -> Term {
    let term = Term {
        since: form.optional("since", parse_date),
        until: form.optional("until", parse_date),
    };
    if let Some((field, msg)) = term.fault(today) {
        form.fail(field, msg);
    }
    term
}

fn new_adult(
    form: &mut Form,
    catalogue: &Catalogue,
    today: NaiveDate,
    kind: Option<&str>,
) -> Option<NewPerson> {
    let sex = form.required("sex", |text| {
        match catalogue.parse(List::Sex, text, today) {
            Ok(code) if code != "U" => Ok(code),
            _ => Err(Msg::new("error-choice")),
        }
    });
    let years = if kind == Some("sibling") {
        SIBLING_YEARS
    } else {
        ADULT_YEARS
    };
    let birth = match ages(form, &years, false) {
        (Some(from), Some(to)) => estimate(form, from, to, today),
        _ => None,
    };
    let names = names(form);
    Some(NewPerson {
        sex: sex?,
        birth,
        name_kind: "civil",
        names,
    })
}

/// A verdict on a kinship, with what it rests on and its days. What was proved or refuted does not become a mere claim
/// again.
pub fn verdict(
    form: &mut Form,
    catalogue: &Catalogue,
    today: NaiveDate,
    was: Claim,
) -> Option<Verdict> {
    let claim = form.required("claim", |text| match Claim::from_code(text) {
        Some(Claim::Claimed) if was != Claim::Claimed => Err(Msg::new("error-choice")),
        found => found.ok_or(Msg::new("error-choice")),
    });
    let code = |text: &str| catalogue.parse(List::RelationProof, text, today);
    let proof = if claim == Some(Claim::Claimed) {
        form.optional("proof", code)
    } else {
        form.required("proof", code)
    };
    let is_proof = proof.as_deref().is_some_and(proves);
    match claim {
        Some(Claim::Verified) if proof.is_some() && !is_proof => {
            form.fail("proof", Msg::new("kinship-proof-weak"));
        }
        Some(Claim::Claimed) if is_proof => {
            form.fail("claim", Msg::new("kinship-proof-strong"));
        }
        _ => {}
    }
    let term = term(form, today);
    let (Some(claim), true) = (claim, form.is_valid()) else {
        return None;
    };
    Some(Verdict { claim, proof, term })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    #[test]
    fn a_birth_lies_between_the_possible_and_today() {
        assert!(born_on("24/11/2026", day()).is_ok());
        assert_eq!(
            born_on("25/11/2026", day()),
            Err(Msg::new("error-date-future"))
        );
        assert_eq!(
            born_on("01/01/1990", day()),
            Err(Msg::new("error-date-early"))
        );
        assert!(born_on("31/02/2020", day()).is_err());
    }

    #[test]
    fn one_end_of_an_age_stands_for_both() {
        let mut form = Form::parse("age_from=٧".as_bytes());
        assert_eq!(ages(&mut form, &CHILD_YEARS, true), (Some(7), Some(7)));
        let mut form = Form::parse(b"age_from=9&age_to=7");
        assert_eq!(ages(&mut form, &CHILD_YEARS, true), (None, None));
        assert!(form.error("age_to").is_some());
    }
}
