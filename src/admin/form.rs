//! Reading the forms of this slice.

use super::db::{NewPost, NewUser};
use crate::{
    forms::{Form, Line, parse_date},
    i18n::Msg,
    ids::{CourtId, TerritoryId},
    policy::Role,
    reference::Catalogue,
};
use chrono::{Months, NaiveDate};

/// Rows on a page.
pub(super) const SIZE: i32 = 25;

/// From one row more than a page holds, which tells that there is more: how many to skip for the next.
pub(super) fn cut<T>(rows: &mut Vec<T>, skip: i32) -> Option<i32> {
    let size = usize::try_from(SIZE).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    more.then_some(skip + SIZE)
}

/// Somebody new, complete or not at all.
pub(super) fn user(form: &mut Form) -> Option<NewUser> {
    let id = form.required("id", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let username = form.required("username", |text| {
        let name = text.to_lowercase();
        let is_sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        let is_good = (3..=63).contains(&name.len())
            && name.chars().all(is_sign)
            && name.starts_with(|c: char| c.is_ascii_alphanumeric());
        if is_good {
            Ok(name)
        } else {
            Err(Msg::new("admin-username-wrong"))
        }
    });
    let name_ar = form.required("name_ar", Line::parse).map(Line::into_string);
    let name_la = form.required("name_la", Line::parse).map(Line::into_string);
    Some(NewUser {
        id: id?,
        username: username?,
        name_ar: name_ar?,
        name_la: name_la?,
    })
    .filter(|_| form.is_valid())
}

/// A post: its role says which place it needs.
pub(super) fn post(form: &mut Form, catalogue: &Catalogue, today: NaiveDate) -> Option<NewPost> {
    let choice = || Msg::new("error-choice");
    let id = form.required("id", |text| text.parse().map_err(|_| choice()));
    let role = form.required("role", |code| Role::from_code(code).ok_or_else(choice));
    let needs = role.map_or((false, false, false), place_of);
    let territory = wanted(form, "territory", needs.0, |text| {
        let id = text.parse().map(TerritoryId).map_err(|_| choice())?;
        catalogue.territory(id).map(|_| id).ok_or_else(choice)
    });
    let court = wanted(form, "court", needs.1, |text| {
        let id = text.parse().map(CourtId).map_err(|_| choice())?;
        catalogue.court(id).map(|_| id).ok_or_else(choice)
    });
    let organisation = wanted(form, "organisation", needs.2, |code| {
        let found = catalogue.organisation(code).ok_or_else(choice)?;
        match territory {
            Some(territory) if found.territory_id != Some(territory) => {
                Err(Msg::new("admin-organisation-elsewhere"))
            }
            _ => Ok(code.to_owned()),
        }
    });
    let earliest = today.checked_sub_months(Months::new(12));
    let since = form.required("since", |text| {
        let day = parse_date(text)?;
        if earliest.is_some_and(|earliest| day < earliest) {
            return Err(Msg::new("error-date-early"));
        }
        Ok(day)
    });
    let latest = today.checked_add_months(Months::new(120));
    let until = form.optional("until", |text| {
        let day = parse_date(text)?;
        if since.is_some_and(|since| day < since) || day < today {
            return Err(Msg::new("admin-until-before"));
        }
        if latest.is_some_and(|latest| day > latest) {
            return Err(Msg::new("admin-until-far"));
        }
        Ok(day)
    });
    if since
        .zip(latest)
        .is_some_and(|(since, latest)| since > latest)
    {
        form.fail("since", Msg::new("admin-until-far"));
    }
    let designation = form
        .required("designation", Line::parse)
        .map(Line::into_string);
    if !form.is_valid() {
        return None;
    }
    Some(NewPost {
        id: id?,
        role: role?,
        territory,
        court,
        organisation,
        since: since?,
        until,
        designation: designation?,
    })
}

/// Whether a role needs a prefecture, a court, an organisation (CHECK `role_assignment_scope_check`).
const fn place_of(role: Role) -> (bool, bool, bool) {
    match role {
        Role::SocialWorker | Role::Supervisor => (true, false, false),
        Role::FocalPoint | Role::InstitutionManager => (true, false, true),
        Role::Prosecutor | Role::CourtRegistrar | Role::ChiefProsecutor => (false, true, false),
        Role::Steering | Role::Admin | Role::Dpo => (false, false, false),
    }
}

/// Needed by the role, or refused: a place that means nothing would be believed by its reader.
fn wanted<T>(
    form: &mut Form,
    field: &str,
    is_needed: bool,
    parse: impl FnOnce(&str) -> Result<T, Msg>,
) -> Option<T> {
    if is_needed {
        return form.required(field, parse);
    }
    form.optional(field, |_| Err::<T, _>(Msg::new("admin-place-unneeded")))
}
