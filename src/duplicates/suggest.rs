//! What a page says while a child's names are typed on it: files that may be about the same child. It never stands in
//! the way; without a script the question is asked when the contact is sorted, and on the page of the file.

use super::{
    domain::Candidate,
    facts::{Called, Mother, Traits},
    find,
};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, parse_date, western_digits},
    ids::PersonId,
    people::{Birth, Names},
    reference::List,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use serde::Deserialize;

/// The longest text that is looked at, in letters.
const LETTERS: usize = 200;
/// The oldest child with a file, in years: care goes on for a while after eighteen.
const OLDEST: u32 = 25;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/duplicates/suggest")]
struct SuggestPath;

pub(super) fn routes() -> Routes {
    Routes::default().post(suggest)
}

#[derive(Template)]
#[template(path = "duplicates/suggest.html")]
struct Suggestion {
    ui: Ui,
    found: Vec<Candidate>,
}

impl Suggestion {
    fn age(&self, birth: &Option<Birth>) -> String {
        let known = birth.as_ref();
        known.map_or_else(|| self.ui.t("age-unknown"), |b| b.age_today(&self.ui))
    }
}

async fn suggest(
    _: SuggestPath,
    me: Require<can::CaseRead>,
    form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (own, traits) = typed(&mut tx, &me, &form).await?;
    // nothing to look for is nothing to write down
    let found = if traits.names.is_empty() {
        Vec::new()
    } else {
        let today = me.ui.today();
        let found = find::among(
            &mut tx,
            &me.actor,
            today,
            (std::slice::from_ref(&traits), own),
        )
        .await?;
        let event = Event::of("duplicates.suggested")
            .in_territory(me.actor.territory())
            .with(serde_json::json!({ "found": found.len() }));
        audit::record(&mut tx, event).await?;
        found
    };
    tx.commit().await?;
    ok(&Suggestion {
        ui: me.ui,
        found: found.into_iter().map(|(_, one)| one).collect(),
    })
}

/// What was typed; of a child who has a file, over what is known. Half a form is no fault here: what cannot be read says
/// nothing.
async fn typed(
    tx: &mut Tx,
    me: &Require<can::CaseRead>,
    form: &Form,
) -> Result<(Option<PersonId>, Traits), AppError> {
    let known = match form.text("child").parse::<PersonId>() {
        Ok(child) => find::facts_of(tx, &me.actor, child).await?,
        Err(_) => None,
    };
    let own = known.as_ref().map(|facts| facts.person);
    let mut traits = known.map(|facts| facts.traits).unwrap_or_default();
    let names = names(form);
    let known = traits.names.iter().filter(|name| name.kind != "alias");
    if !names.iter().eq(known) {
        traits.told_at = me.clock.now();
        traits.named_at = me.clock.now();
    }
    traits.names = names;
    let sex = form.text("sex");
    if matches!(sex, "F" | "M" | "U") {
        sex.clone_into(&mut traits.sex);
    } else if traits.sex.is_empty() {
        "U".clone_into(&mut traits.sex);
    }
    if let Some(birth) = birth(form, &me.ui) {
        traits.born(Some(birth));
    }
    let place = match form.text("spot").split_once('/') {
        Some((place, _)) => place,
        None => form.text("place"),
    };
    if !place.is_empty() {
        traits.places.push(place.to_owned());
    }
    if matches!(form.text("adult"), "mother" | "mother_unverified") {
        let name = heard(form.text("mother"));
        if !name.is_unknown() {
            traits.mothers.push(Mother {
                person: None,
                human: None,
                names: vec![Called::new("civil", &name)],
            });
        }
    }
    Ok((own, traits))
}

fn names(form: &Form) -> Vec<Called> {
    let civil = Names {
        given_ar: cut(form.text("given_ar")),
        family_ar: cut(form.text("family_ar")),
        given_la: cut(form.text("given_la")),
        family_la: cut(form.text("family_la")),
    };
    let street = heard(form.text("name"));
    let all = [("civil", civil), ("street", street)];
    let known = all.into_iter().filter(|(_, names)| !names.is_unknown());
    known
        .map(|(kind, names)| Called::new(kind, &names))
        .collect()
}

/// A name in one line goes to the script it is in.
fn heard(text: &str) -> Names {
    let text = cut(text);
    if text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)) {
        Names {
            given_ar: text,
            ..Names::default()
        }
    } else {
        Names {
            given_la: text,
            ..Names::default()
        }
    }
}

fn cut(text: &str) -> String {
    text.trim().chars().take(LETTERS).collect()
}

/// A day, an age in years with two ends or one, or a band of the plan.
fn birth(form: &Form, ui: &Ui) -> Option<Birth> {
    let today = ui.today();
    let by = form.text("birth");
    if by == "date" {
        let day = parse_date(form.text("birth_date")).ok()?;
        return (day <= today).then(|| Birth::on(day, "declared"));
    }
    let years = |field: &str| {
        let years = western_digits(form.text(field))
            .trim()
            .parse::<u32>()
            .ok()?;
        (years <= OLDEST).then_some(years)
    };
    if let Some(years) = years("years") {
        return guessed(years * 12, years * 12 + 11, today);
    }
    if by == "age" {
        let from = years("age_from").or_else(|| years("age_to"))?;
        let to = years("age_to").unwrap_or(from).max(from);
        return guessed(from * 12, to * 12 + 11, today);
    }
    let band = ui.catalogue().code(List::AgeBand, form.text("band"))?;
    let months = |name: &str| u32::try_from(band.number(name)?).ok();
    let from = months("min_months")?;
    let to = months("max_months").map_or(OLDEST * 12, |to| to.saturating_sub(1));
    guessed(from, to.max(from), today)
}

fn guessed(from: u32, to: u32, today: NaiveDate) -> Option<Birth> {
    Birth::from_age(from, to, today, "estimated").ok()
}
