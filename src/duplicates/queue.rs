//! The supervisor's queue: pairs that the nightly sweep found, side by side, with three buttons each.

use super::{
    db,
    domain::Verdict,
    facts::{Called, Facts},
    find,
    pairs::{self, After, Pair},
    score::Level,
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
    fn age(&self, one: &Facts) -> String {
        let birth = one.traits.birth();
        birth.map_or_else(|| self.ui.t("age-unknown"), |b| b.age_today(&self.ui))
    }

    /// Every name that lies in clear, in each script.
    fn names(&self, one: &Facts) -> Vec<String> {
        let mut all: Vec<String> = one.traits.names.iter().flat_map(Called::whole).collect();
        all.dedup();
        all
    }

    fn places(&self, one: &Facts) -> String {
        let places = one.traits.places.iter().map(|code| self.ui.place(code));
        places.collect::<Vec<_>>().join(self.ui.comma())
    }

    fn mothers(&self, one: &Facts) -> String {
        let named = one
            .traits
            .mothers
            .iter()
            .filter_map(|one| one.names.first());
        let said = named.map(|name| name.names().say(&self.ui));
        said.collect::<Vec<_>>().join(self.ui.comma())
    }

    fn signs(&self, one: &Facts) -> String {
        let said = one.traits.signs.iter().map(|one| {
            let (sign, part) = (&one.sign, &one.part);
            format!(
                "{} ({})",
                self.ui.label(List::BodySign, sign),
                self.ui.label(List::BodyPart, part)
            )
        });
        said.collect::<Vec<_>>().join(self.ui.comma())
    }

    fn level(&self, pair: &Pair) -> Level {
        Level::of(u8::try_from(pair.score).unwrap_or(0))
    }

    fn verdicts(&self) -> Vec<(&'static str, String)> {
        let all = Verdict::ALL.iter();
        all.map(|one| (one.code(), self.ui.t(one.key()))).collect()
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
    for child in [seen.one.person, seen.other.person] {
        conflicts::hold_person(&mut tx, &me.actor, child).await?;
    }
    let pair = pairs::find(&mut tx, &me.actor, path.id).await?;
    let (later, earlier) = pair.later();
    let subject = (later, earlier.person);
    let candidate = find::beside(&mut tx, &me.actor, me.ui.today(), subject)
        .await?
        .ok_or(AppError::Conflict(Msg::new("duplicates-apart")))?;
    let is_said = candidate.verdict() == Some(verdict);
    if pair.is_answered && !is_said {
        return Err(AppError::Conflict(Msg::new("duplicates-answered")));
    }
    if !pair.is_answered {
        let now = me.clock.now();
        let head = cases::writable(&mut tx, &me.actor, later.case).await?;
        db::say(&mut tx, &me.actor, now, &head, (&candidate, verdict)).await?;
        let files = [later.case, earlier.case];
        people::touch(&mut tx, &me.actor, now, &files).await?;
    }
    tx.commit().await?;
    Ok(match After::parse(form.text("after")) {
        Some(after) => see(&format!("{QueuePath}?after={after}")),
        None => see(&QueuePath),
    })
}
