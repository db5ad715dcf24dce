//! Building a report: the whole question is in the address, so the page works without a script, and can be kept, sent and
//! opened again; what is saved is that address under a name.

use super::{
    ReportPath, ReportsPath,
    answer::{Answer, Outcome, answer},
};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::{Form, Line},
    i18n::Msg,
    ids::RowId,
    reports::{
        ask, db,
        db::Saved,
        desk::{Desk, Whose},
        domain::{Axis, Definition, month_code},
        drawing::Chart,
    },
    routes::Routes,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports/new")]
struct NewPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports/{id}/edit", rejection(AppError))]
struct EditPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(add).get(edit).post(save)
}

/// Code and words of each choice of a field.
type Choices = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "reports/build.html")]
struct BuildPage {
    ui: Ui,
    form: Form,
    desk: Desk,
    answer: Option<Answer>,
    /// The report that is changed; it is the reader's.
    saved: Option<Saved>,
}

impl BuildPage {
    /// Where the question is asked again.
    fn action(&self) -> String {
        match &self.saved {
            Some(saved) => EditPath { id: saved.id }.to_string(),
            None => NewPath.to_string(),
        }
    }

    /// Where it is saved.
    fn saves(&self) -> String {
        match &self.saved {
            Some(saved) => EditPath { id: saved.id }.to_string(),
            None => ReportsPath.to_string(),
        }
    }

    fn is_city(&self) -> bool {
        self.desk.whose.city().is_some()
    }

    /// Before the first month is told, the committee has nothing to ask about.
    fn is_too_early(&self) -> bool {
        !self.is_city() && self.desk.months.is_empty()
    }

    /// The choices of a field, and what was chosen and is there no more: it stays until it is changed.
    fn with_gone(&self, field: &str, mut choices: Choices) -> Choices {
        for value in self.form.all(field).filter(|value| !value.is_empty()) {
            if !choices.iter().any(|(code, _)| code == value) {
                let words = self.ui.t1("report-gone", "code", value);
                choices.push((value.to_owned(), words));
            }
        }
        choices
    }

    fn tables(&self) -> Choices {
        self.with_gone("table", self.desk.tables.clone())
    }

    fn axes(&self, field: &str) -> Choices {
        let axes = Axis::ALL.into_iter();
        let axes = axes.filter(|axis| !self.is_city() || *axis != Axis::Place);
        let axes = axes.map(|axis| (axis.code().to_owned(), self.ui.t(axis.key())));
        self.with_gone(field, axes.collect())
    }

    fn spots(&self) -> Choices {
        let places = self.desk.places.iter();
        let places = places.map(|spot| (spot.code.clone(), spot.name.clone()));
        self.with_gone("spot", places.collect())
    }

    fn slices(&self) -> Choices {
        self.with_gone("slice", self.desk.parts.clone())
    }

    fn months(&self, field: &str) -> Choices {
        let months = self.desk.months.iter();
        let months = months.map(|month| (month_code(*month), self.ui.lang().month(*month)));
        self.with_gone(field, months.collect())
    }

    /// The question as it is asked, for the form that saves it.
    fn pairs(&self) -> Vec<(String, String)> {
        let asked = Definition::of(&self.form);
        let pairs = asked.pairs().into_iter();
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// The question as it is asked, in an address.
    fn query(&self) -> String {
        Definition::of(&self.form).query()
    }
}

/// The question of an address; the fields of the form that saves it are not in there.
fn asked_in(query: Option<String>) -> Option<Form> {
    let query = query.filter(|query| !query.is_empty())?;
    let mut form = Form::parse(query.as_bytes());
    form.forget(|field| ["id", "title", "version"].contains(&field));
    form.sent("table").then_some(form)
}

async fn blank(
    _: NewPath,
    me: Require<can::ReportKeep>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    let mut form = asked_in(query).unwrap_or_else(|| ask::usual(whose));
    let outcome = answer(&me, &mut form).await?;
    form.set("id", RowId::new(me.clock.now()).to_string());
    draw(me.ui, form, outcome, None)
}

/// The page: refused, if something is wrong with what was asked.
fn draw(ui: Ui, form: Form, outcome: Outcome, saved: Option<Saved>) -> Result<Response, AppError> {
    let is_valid = form.is_valid();
    let page = BuildPage {
        ui,
        form,
        desk: outcome.desk,
        answer: outcome.answer,
        saved,
    };
    if is_valid { ok(&page) } else { refused(&page) }
}

/// The name, if it is one.
fn title(form: &mut Form) -> Option<Line> {
    form.required("title", Line::parse)
}

async fn add(
    _: ReportsPath,
    me: Require<can::ReportKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    // what is sent again is the same report, what is amended another
    let id = form.id_of_answers("id").map(RowId);
    let outcome = answer(&me, &mut form).await?;
    if id.is_none() {
        form.set("id", RowId::new(me.clock.now()).to_string());
    }
    if let (Some(title), Some(id), Some(_)) = (title(&mut form), id, &outcome.answer) {
        let definition = Definition::of(&form);
        let mut tx = me.begin_register().await?;
        db::save(&mut tx, &me.actor, whose, (id, title.as_str(), &definition)).await?;
        tx.commit().await?;
        return Ok(see(&ReportPath { id }));
    }
    if form.is_valid() {
        form.fail("title", Msg::new("report-not-saved"));
    }
    draw(me.ui, form, outcome, None)
}

/// A saved report in the builder: of the reader's own to change it, of another's to make one of their own. What the address
/// asks comes before what is saved.
async fn edit(
    path: EditPath,
    me: Require<can::ReportKeep>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    let mut tx = me.begin_register().await?;
    let saved = db::report(&mut tx, &me.actor, whose, path.id).await?;
    tx.commit().await?;
    let is_typed = query.as_ref().is_some_and(|query| !query.is_empty());
    let mut form = asked_in(query).unwrap_or_else(|| saved.definition.form());
    let outcome = answer(&me, &mut form).await?;
    form.set("id", RowId::new(me.clock.now()).to_string());
    form.set("title", saved.name.clone());
    form.set("version", saved.version.to_string());
    let mine = saved.is_mine.then_some(saved);
    if is_typed {
        return draw(me.ui, form, outcome, mine);
    }
    // nobody typed anything: that a table is gone is no mistake of the reader's
    ok(&BuildPage {
        ui: me.ui,
        form,
        desk: outcome.desk,
        answer: outcome.answer,
        saved: mine,
    })
}

async fn save(
    path: EditPath,
    me: Require<can::ReportKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    // in a transaction of its own, before the row is held
    let outcome = answer(&me, &mut form).await?;
    let mut tx = me.begin_register().await?;
    let saved = db::lock(&mut tx, &me.actor, whose, path.id).await?;
    let title = title(&mut form);
    let definition = Definition::of(&form);
    let is_same = title
        .as_ref()
        .is_some_and(|title| title.as_str() == saved.name)
        && definition == saved.definition;
    if !is_same && form.text("version") != saved.version.to_string() {
        // changed in another window: told, nothing lost, and saved if it is pressed again
        form.fail("title", Msg::new("report-changed-meanwhile"));
        form.set("version", saved.version.to_string());
    }
    if let (Some(title), Some(_), true) = (title, &outcome.answer, form.is_valid()) {
        let now = me.clock.now();
        db::change(&mut tx, whose, now, &saved, (title.as_str(), &definition)).await?;
        tx.commit().await?;
        return Ok(see(&ReportPath { id: path.id }));
    }
    drop(tx);
    if form.is_valid() {
        form.fail("title", Msg::new("report-not-saved"));
    }
    form.set("id", RowId::new(me.clock.now()).to_string());
    draw(me.ui, form, outcome, Some(saved))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_and_saves_nothing() {
        let form = asked_in(Some(
            "table=children&title=x&id=1&version=2&rows=place".to_owned(),
        ));
        let form = form.unwrap();
        assert_eq!(Definition::of(&form).query(), "table=children&rows=place");
        assert!(!form.sent("title") && !form.sent("id") && !form.sent("version"));
        for query in [None, Some(String::new()), Some("rows=place".to_owned())] {
            assert!(asked_in(query).is_none());
        }
    }
}
