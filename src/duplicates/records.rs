//! The page of a woman's records, for the supervisor: those that are hers, those that may be, side by side, and what was
//! decided on them (decision 0098). What is joined and taken apart is a link of `identity`.

use super::{
    adults::{self, Alike},
    domain::{Said, Verdict},
    facts::Facts,
};
use crate::{
    authz::{Grant, Require, TerritoryId, can},
    conflicts,
    error::AppError,
    forms::Form,
    i18n::Msg,
    identity::{self, Act, Parted, Parting, Whose},
    ids::{PersonId, RowId},
    reference::List,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/mothers/{id}/records", rejection(AppError))]
struct RecordsPath {
    id: PersonId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/mothers/{id}/records/part", rejection(AppError))]
struct PartPath {
    id: PersonId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(decide).post(part)
}

/// A candidate beside her record.
struct Pair<'a> {
    own: &'a Facts,
    alike: &'a Alike,
}

impl<'a> Pair<'a> {
    /// Side by side.
    fn both(&self) -> [&'a Facts; 2] {
        [self.own, &self.alike.facts]
    }

    /// The id of its heading.
    fn heading(&self) -> String {
        format!("record-{}", self.alike.facts.person)
    }
}

#[derive(Template)]
#[template(path = "duplicates/records.html")]
struct RecordsPage {
    ui: Ui,
    own: Facts,
    found: Vec<Alike>,
    acts: Vec<Act>,
    form: Form,
}

impl RecordsPage {
    /// Seen through broken glass: nothing to decide.
    fn is_writable(&self) -> bool {
        let mut children = self.own.traits.children.iter();
        !children.any(|one| self.ui.reads_only(one.case))
    }

    /// Records that are hers already …
    fn hers(&self) -> Vec<&Alike> {
        let all = self.found.iter();
        all.filter(|one| one.verdict() == Some(Verdict::Same))
            .collect()
    }

    /// … and those that may be.
    fn pairs(&self) -> Vec<Pair<'_>> {
        let all = self.found.iter();
        all.filter(|one| one.verdict() != Some(Verdict::Same))
            .map(|alike| Pair {
                own: &self.own,
                alike,
            })
            .collect()
    }

    /// What was said before, by whom and when.
    fn said(&self, said: &Said) -> String {
        let name = self.ui.name(&said.name_ar, &said.name_la).to_owned();
        let when = self.ui.moment(said.at);
        self.ui.t2("duplicate-said", ("name", name), ("when", when))
    }

    fn choices(&self) -> Vec<(&'static str, String)> {
        let all = Verdict::ALL.iter();
        all.map(|one| (one.code(), self.ui.t(one.key_of_women())))
            .collect()
    }

    // what the panel of decisions asks for (`identity/acts.html`)

    fn place(&self, id: &TerritoryId) -> String {
        let found = self.ui.catalogue().territory(*id);
        found.map_or_else(String::new, |found| self.ui.say(&found.label).to_owned())
    }

    fn open_acts(&self) -> Vec<(String, String)> {
        identity::open_acts(&self.ui, &self.acts)
    }

    fn act_words(&self, act: &Act) -> String {
        self.ui.t(act.key_of_women())
    }

    fn parted_words(&self, said: &Parted) -> String {
        self.ui.t(said.key_of_women())
    }

    fn part_path(&self) -> PartPath {
        PartPath {
            id: self.own.person,
        }
    }

    fn verdicts(&self) -> Vec<(String, String)> {
        let all = Parted::ALL.iter();
        all.map(|one| (one.code().to_owned(), self.parted_words(one)))
            .collect()
    }
}

async fn show(path: RecordsPath, me: Require<can::DuplicateAnswer>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: PersonId,
    me: Require<G>,
    mut form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let own = adults::facts_of(&mut tx, &me.actor, id).await?;
    let own = own.ok_or(AppError::NotFound)?;
    let found = adults::candidates(&mut tx, &me.actor, me.ui.today(), &own).await?;
    let acts = identity::acts(&mut tx, &me.actor, Whose::Adult(id), None).await?;
    tx.commit().await?;
    if !form.sent("id") {
        form.set("id", RowId::new(me.clock.now()).to_string());
    }
    let page_of = RecordsPage {
        ui: me.ui,
        own,
        found,
        acts,
        form,
    };
    page(status, &page_of)
}

/// A verdict on her record and another. Pressed twice it is one; of two supervisors at once the second answers to what the
/// first one said.
async fn decide(
    path: RecordsPath,
    me: Require<can::DuplicateAnswer>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let verdict = form.required("answer", |code| {
        Verdict::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let other: Option<PersonId> = form.text("other").parse().ok();
    // in one order, so that two never wait for each other
    let mut both = [Some(path.id), other];
    both.sort_unstable();
    for one in both.into_iter().flatten() {
        conflicts::hold_person(&mut tx, &me.actor, one).await?;
    }
    let own = adults::facts_of(&mut tx, &me.actor, path.id).await?;
    let own = own.ok_or(AppError::NotFound)?;
    let (Some(verdict), Some(other)) = (verdict, other) else {
        drop(tx);
        if form.is_valid() {
            form.fail("answer", Msg::new("error-choice"));
        }
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let today = me.ui.today();
    let one = adults::beside(&mut tx, &me.actor, today, (&own, other)).await?;
    let Some(one) = one.filter(|_| other != path.id) else {
        return Err(AppError::NotFound);
    };
    if one.verdict() != Some(verdict) {
        let now = me.clock.now();
        adults::say(&mut tx, &me.actor, now, path.id, (&one, verdict)).await?;
    }
    tx.commit().await?;
    Ok(see(&path))
}

async fn part(
    path: PartPath,
    me: Require<can::DuplicateAnswer>,
    mut form: Form,
) -> Result<Response, AppError> {
    let back = RecordsPath { id: path.id };
    let mut tx = me.begin().await?;
    if adults::facts_of(&mut tx, &me.actor, path.id)
        .await?
        .is_none()
    {
        return Err(AppError::NotFound);
    }
    let acts = identity::acts(&mut tx, &me.actor, Whose::Adult(path.id), None).await?;
    if identity::is_parted(&form, &acts) {
        return Ok(see(&back));
    }
    let Some(parting) = Parting::read(&mut form, &acts) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match identity::part(&mut tx, &me.actor, path.id, &parting).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            form.fail("part_why", msg);
            return draw(path.id, me, form, StatusCode::CONFLICT).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&back))
}
