//! A child of a contact, as a record of a person would say it: the name in the columns of its script, the day of birth
//! by the age that was seen, and what it is compared by.

use super::db::{Child, Contact};
use crate::{
    clock::local_date,
    duplicates::{Called, Mother, Traits},
    i18n::Msg,
    people::{Birth, Names},
    vault::Reading,
};

/// What a child of a contact is compared by: what was seen and heard on that day.
pub(super) fn traits(contact: &Contact, child: &Child) -> Traits {
    let mut traits = Traits {
        sex: child.sex.clone(),
        told_at: contact.observed_at,
        named_at: contact.observed_at,
        places: vec![contact.place.clone()],
        ..Traits::default()
    };
    traits.born(birth_of(contact, child).ok());
    let called = |kind, name: Option<&Reading>| {
        let names = as_seen(name.and_then(Reading::text));
        (!names.is_unknown()).then(|| Called::new(kind, &names))
    };
    traits
        .names
        .extend(called("street", child.seen_as.as_ref()));
    let adult = contact.adult.as_ref();
    let mother =
        adult.filter(|adult| matches!(adult.relation.as_str(), "mother" | "mother_unverified"));
    if let Some(name) = mother.and_then(|mother| called("civil", mother.name.as_ref())) {
        traits.mothers.push(Mother {
            person: None,
            human: None,
            names: vec![name],
        });
    }
    traits
}

/// When a child of a contact was born, by its age on that day.
pub(super) fn birth_of(contact: &Contact, child: &Child) -> Result<Birth, Msg> {
    let months = |m: i16| u32::try_from(m).unwrap_or(0);
    Birth::from_age(
        months(child.age_min_months),
        months(child.age_max_months),
        local_date(contact.observed_at),
        "estimated",
    )
}

/// What was heard in the street goes to the given name of its script.
pub(super) fn as_seen(name: Option<&str>) -> Names {
    let name = name.unwrap_or_default().to_owned();
    let arabic = name.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
    if arabic {
        Names {
            given_ar: name,
            ..Names::default()
        }
    } else {
        Names {
            given_la: name,
            ..Names::default()
        }
    }
}
