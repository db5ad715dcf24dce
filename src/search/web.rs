//! The page of the search, its results, and what is shown while one types.

use super::{
    db::{self, After, Asked, Recent},
    domain::{LONGEST, Named, Nothing, Query, Words},
    near::Parts,
    shown::{Group, Line, Typed},
};
use crate::{
    authz::{Require, can},
    contacts,
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::{Lang, Msg},
    ids::PersonId,
    people,
    routes::Routes,
    web::{Ui, ok, refused},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Rows on a page.
const PAGE: usize = 20;
/// From this nearness on, of a thousand, each part of a text is in a name: then somebody has the name of a place.
const WHOLE: i64 = 850;
/// Rows under the box while one types.
const SUGGESTED: usize = 8;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/search")]
struct SearchPath;

/// What is found while one types: a piece of a page.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/search/suggest")]
struct SuggestPath;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(show).post(search).post(suggest)
}

/// An answer to what was typed.
enum Answer {
    /// Why nothing was looked for.
    Nothing(Nothing),
    Found(Found),
}

/// A page of what was found.
struct Found {
    lines: Vec<Line>,
    next: Option<After>,
    is_first: bool,
    /// The place whose children are listed.
    place: Option<String>,
    /// A place of the same name: its code and its words.
    offer: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    ui: Ui,
    form: Form,
    answer: Option<Answer>,
    recent: Vec<Recent>,
}

impl SearchPage {
    fn groups(&self) -> [Group; 5] {
        Group::ALL
    }

    fn why(&self) -> Option<Nothing> {
        match &self.answer {
            Some(Answer::Nothing(why)) => Some(*why),
            _ => None,
        }
    }

    fn found(&self) -> Option<&Found> {
        match &self.answer {
            Some(Answer::Found(found)) => Some(found),
            _ => None,
        }
    }
}

impl Found {
    /// The lines of one group.
    fn of(&self, group: &Group) -> Vec<&Line> {
        let lines = self.lines.iter();
        lines.filter(|line| line.group == *group).collect()
    }
}

#[derive(Template)]
#[template(path = "search/suggest.html")]
struct SuggestPiece {
    ui: Ui,
    answer: Answer,
}

impl SuggestPiece {
    fn why(&self) -> Option<Nothing> {
        match &self.answer {
            Answer::Nothing(why) => Some(*why),
            Answer::Found(_) => None,
        }
    }

    /// Those that lead somewhere.
    fn lines(&self) -> Vec<&Line> {
        match &self.answer {
            Answer::Nothing(_) => Vec::new(),
            Answer::Found(found) => {
                let lines = found.lines.iter();
                lines.filter(|line| line.href.is_some()).collect()
            }
        }
    }
}

async fn show(_: SearchPath, me: Require<can::CaseRead>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let recent = db::recent(&mut tx, &me.actor).await?;
    tx.commit().await?;
    ok(&SearchPage {
        ui: me.ui,
        form: Form::new(),
        answer: None,
        recent,
    })
}

async fn search(
    _: SearchPath,
    me: Require<can::CaseRead>,
    form: Form,
) -> Result<Response, AppError> {
    let mut form = typed(&form);
    let answer = if form.is_valid() {
        Some(answer(&me, &form, PAGE).await?)
    } else {
        None
    };
    if answer.is_some() {
        // what stands in the box is what was looked for
        form.forget(|field| field == "after");
    }
    let page = SearchPage {
        ui: me.ui,
        form,
        answer,
        recent: Vec::new(),
    };
    if page.answer.is_some() {
        ok(&page)
    } else {
        refused(&page)
    }
}

async fn suggest(
    _: SuggestPath,
    me: Require<can::CaseRead>,
    form: Form,
) -> Result<Response, AppError> {
    let form = typed(&form);
    if !form.is_valid() {
        let why = Answer::Nothing(Nothing::Empty);
        return refused(&SuggestPiece {
            ui: me.ui,
            answer: why,
        });
    }
    let answer = answer(&me, &form, SUGGESTED).await?;
    ok(&SuggestPiece { ui: me.ui, answer })
}

/// The form as far as it is one of ours. Signs that turn a text round are left out of what is looked for, and no
/// fault: whoever pastes a name from elsewhere does not see them.
fn typed(sent: &Form) -> Form {
    let mut form = Form::new();
    for field in ["q", "after", "place"] {
        if sent.sent(field) {
            form.set(field, sent.text(field));
        }
    }
    let len = form.text("q").chars().count();
    if !sent.sent("q") {
        form.fail("q", Msg::new("error-required"));
    }
    if len > LONGEST {
        let cut: String = form.text("q").chars().take(LONGEST).collect();
        form.set("q", cut);
        let fault = Msg::new("error-too-long");
        form.fail("q", fault.with("max", LONGEST).with("len", len));
    }
    form
}

/// The places of the reader's prefecture, as they can be named.
fn places(me: &Require<can::CaseRead>) -> Vec<Named> {
    let places = me.ui.catalogue().places_of(me.actor.territory(), Lang::Ar);
    places
        .into_iter()
        .map(|place| Named::new(&place.code, Lang::ALL.map(|lang| place.label.in_lang(lang))))
        .collect()
}

/// What was found of what was typed. What cannot be looked for does not reach the database.
async fn answer(me: &Require<can::CaseRead>, form: &Form, most: usize) -> Result<Answer, AppError> {
    let query = Query::of(form.text("q"), &places(me));
    if let Query::Nothing(why) = query {
        return Ok(Answer::Nothing(why));
    }
    let after = After::parse(form.text("after"));
    let mut tx = me.begin().await?;
    let (asked, typed, offer) = ask(&mut tx, me, form, &query).await?;
    let hits = db::find(&mut tx, &me.actor, &asked, (after, most)).await?;
    tx.commit().await?;
    let lines = hits.hits.iter();
    Ok(Answer::Found(Found {
        lines: lines.map(|hit| Line::of(&me.ui, &typed, hit)).collect(),
        next: hits.next,
        is_first: after.is_none(),
        place: asked.place.filter(|_| matches!(typed, Typed::Place)),
        offer,
    }))
}

/// What the database is asked, how a row answers it, and the place that is offered beside.
async fn ask(
    tx: &mut Tx,
    me: &Require<can::CaseRead>,
    form: &Form,
    query: &Query,
) -> Result<(Asked, Typed, Option<(String, String)>), AppError> {
    let mut asked = Asked::default();
    let words = match query {
        Query::Nothing(_) => return Ok((asked, Typed::Number, None)),
        Query::Number(number) => {
            asked.number = Some(number.clone());
            return Ok((asked, Typed::Number, None));
        }
        Query::Phone(phone) => {
            let print = tx.ring().await?.blind_index(contacts::PHONE, phone);
            asked.print = Some(print.0);
            return Ok((asked, Typed::Phone, None));
        }
        Query::Words(words) => words,
    };
    asked.place.clone_from(&words.place);
    let wants_place = words.is_place && form.text("place") == words.place.as_deref().unwrap_or("-");
    if !wants_place {
        asked.people = people_of(tx, words).await?;
    }
    if words.is_place && asked.people.iter().all(|(_, near, _)| *near < WHOLE) {
        asked.people.clear();
        return Ok((asked, Typed::Place, None));
    }
    if asked.people.is_empty() {
        // nobody of that name: whoever was seen there is not who is sought
        asked.place = None;
    }
    let offer = words.place.clone().filter(|_| words.is_place);
    if offer.is_some() {
        // somebody has the name of the place: who is meant is asked, and not guessed
        asked.place = None;
    }
    let parts = Parts::of(&words.text);
    let offer = offer.map(|code| {
        let name = me.ui.place(&code);
        (code, name)
    });
    Ok((asked, Typed::Names(parts), offer))
}

/// Who was found under these names, with how near they are: by the whole text, and by the names in it for those who were
/// seen in the place that it names.
async fn people_of(tx: &mut Tx, words: &Words) -> Result<Vec<(PersonId, i64, i64)>, AppError> {
    if words.asked.is_empty() {
        return Ok(Vec::new());
    }
    let found = people::found(tx, &words.asked).await?;
    let whole = Parts::of(&words.text);
    // without a place the names are the whole of it
    let name = (words.name != words.text).then(|| Parts::of(&words.name));
    let near = found.iter().map(|one| {
        let nearness = whole.nearness(&one.names);
        let name = name.as_ref().map(|name| name.nearness(&one.names));
        (one.person, nearness, name.unwrap_or(nearness))
    });
    // a key with a letter wrong brings also people of quite another name
    Ok(near
        .filter(|(_, whole, name)| *whole.max(name) > 0)
        .collect())
}
