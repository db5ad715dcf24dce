//! The supervisor's queue: pairs that the nightly sweep found, side by side, with three buttons each.

use super::{
    adults, db,
    domain::Verdict,
    find,
    pairs::{self, After, Pair},
};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    cases, conflicts,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::RowId,
    people,
    reference::List,
    routes::Routes,
    web::{Ui, ok, see},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/duplicates")]
struct QueuePath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/duplicates/{id}")]
struct PairPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(list).post(answer)
}

#[derive(Template)]
#[template(path = "duplicates/queue.html")]
struct QueuePage {
    ui: Ui,
    pairs: Vec<Pair>,
    waiting: i64,
    /// Where this page begins, to come back to.
    after: String,
    next: Option<After>,
}

impl QueuePage {
    fn verdicts(&self, pair: &Pair) -> Vec<(&'static str, String)> {
        let key = if pair.is_of_adults {
            Verdict::key_of_women
        } else {
            Verdict::key
        };
        let all = Verdict::ALL.iter();
        all.map(|one| (one.code(), self.ui.t(key(*one)))).collect()
    }
}

async fn list(
    _: QueuePath,
    me: Require<can::DuplicateAnswer>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let after = After::parse(asked.text("after"));
    let mut tx = me.begin().await?;
    let (pairs, next) = pairs::open(&mut tx, &me.actor, after).await?;
    let waiting = pairs::count(&mut tx, &me.actor).await?;
    let event = Event::of("duplicates.listed")
        .in_territory(me.actor.territory())
        .with(serde_json::json!({ "shown": pairs.len() }));
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    ok(&QueuePage {
        ui: me.ui,
        pairs,
        waiting,
        after: after.map(|after| after.to_string()).unwrap_or_default(),
        next,
    })
}

/// A verdict on one pair, by the same signed link as on the page of the file. Pressed twice it is one; of two supervisors
/// with two minds the second is told.
async fn answer(
    path: PairPath,
    me: Require<can::DuplicateAnswer>,
    form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let seen = pairs::find(&mut tx, &me.actor, path.id).await?;
    let verdict = Verdict::from_code(form.text("verdict")).ok_or(AppError::BadRequest)?;
    // in the order of the pair, so that two never wait for each other
    for one in [seen.one.person, seen.other.person] {
        conflicts::hold_person(&mut tx, &me.actor, one).await?;
    }
    let pair = pairs::find(&mut tx, &me.actor, path.id).await?;
    let (now, today) = (me.clock.now(), me.ui.today());
    let (later, earlier) = pair.later();
    let subject = (later, earlier.person);
    // whether it is to be written: an answer that is there already is nobody's to change here
    let is_new = |said: Option<Verdict>| match (pair.is_answered, said == Some(verdict)) {
        (true, false) => Err(AppError::Conflict(Msg::new("duplicates-answered"))),
        (is_answered, _) => Ok(!is_answered),
    };
    if pair.is_of_adults {
        let one = adults::beside(&mut tx, &me.actor, today, subject).await?;
        let one = one.ok_or(AppError::Conflict(Msg::new("records-apart")))?;
        if is_new(one.verdict())? {
            adults::say(&mut tx, &me.actor, now, later.person, (&one, verdict)).await?;
        }
    } else {
        let candidate = find::beside(&mut tx, &me.actor, today, subject).await?;
        let candidate = candidate.ok_or(AppError::Conflict(Msg::new("duplicates-apart")))?;
        if is_new(candidate.verdict())? {
            let files: Vec<_> = [later.case, earlier.case].into_iter().flatten().collect();
            let own = later.case.ok_or(AppError::NotFound)?;
            let head = cases::writable(&mut tx, &me.actor, own).await?;
            db::say(&mut tx, &me.actor, now, &head, (&candidate, verdict)).await?;
            people::touch(&mut tx, &me.actor, now, &files).await?;
        }
    }
    tx.commit().await?;
    Ok(match After::parse(form.text("after")) {
        Some(after) => see(&format!("{QueuePath}?after={after}")),
        None => see(&QueuePath),
    })
}
