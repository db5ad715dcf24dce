//! Pages of mothers.

use super::{
    db::{self, Act, Line, NewOpening},
    domain::{Access, Child, Effect, FAMILIES, Ground, Mother, Track},
};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{PersonId, RowId},
    people::Claim,
    reference::List,
    routes::Routes,
    web::{Cursor, Page, Ui, ok, refused, see},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(list).get(show).post(open_services)
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/mothers")]
struct MothersPath;

/// A mother.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/mothers/{id}", rejection(AppError))]
pub struct MotherPath {
    /// Who.
    pub id: PersonId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/mothers/{id}/support", rejection(AppError))]
struct SupportPath {
    id: PersonId,
}

#[derive(Template)]
#[template(path = "mothers/list.html")]
struct MothersPage {
    ui: Ui,
    effect: Option<Effect>,
    is_first: bool,
    mothers: Page<Line>,
}

#[derive(Template)]
#[template(path = "mothers/show.html")]
struct MotherPage {
    ui: Ui,
    form: Form,
    mother: Mother,
    children: Vec<Child>,
    acts: Vec<Act>,
}

async fn list(
    _: MothersPath,
    me: Require<can::MotherRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let effect = Effect::from_code(asked.text("effect"));
    let after = Cursor::parse(asked.text("after"));
    let mut tx = me.begin().await?;
    let mothers = db::list(&mut tx, &me.actor, effect, after).await?;
    tx.commit().await?;
    ok(&MothersPage {
        ui: me.ui,
        effect,
        is_first: after.is_none(),
        mothers,
    })
}

async fn show(path: MotherPath, me: Require<can::MotherRead>) -> Result<Response, AppError> {
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
    let mut tx = me.begin().await?;
    let mother = db::find(&mut tx, &me.actor, path.id).await?;
    let children = db::children_of(&mut tx, &me.actor, path.id).await?;
    let acts = match mother.track {
        Some(_) => db::services_of(&mut tx, &me.actor, path.id).await?,
        None => Vec::new(),
    };
    db::opened(&mut tx, &me.actor, &mother).await?;
    tx.commit().await?;
    ok(&MotherPage {
        ui: me.ui,
        form,
        mother,
        children,
        acts,
    })
}

async fn open_services(
    path: SupportPath,
    me: Require<can::SupportOpen>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let mother = db::find(&mut tx, &me.actor, path.id).await?;
    let track = mother.track.as_ref().ok_or(AppError::Forbidden)?;
    // decided meanwhile, or being decided: nothing for a supervisor to open
    let ground = Ground::under(track.effect)
        .ok_or(AppError::Conflict(Msg::new("mother-nothing-to-open")))?;
    if let Some(new) = opening(&mut form, &me.ui, ground) {
        db::open_services(&mut tx, &me.actor, path.id, &new).await?;
        tx.commit().await?;
        return Ok(see(&MotherPath { id: path.id }));
    }
    let children = db::children_of(&mut tx, &me.actor, path.id).await?;
    let acts = db::services_of(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    refused(&MotherPage {
        ui: me.ui,
        form,
        mother,
        children,
        acts,
    })
}

fn opening(form: &mut Form, ui: &Ui, ground: Ground) -> Option<NewOpening> {
    let id = form.required("id", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let reason = form.required("reason", |text| {
        let code = ui
            .catalogue()
            .parse(List::NoProcedureReason, text, ui.today())?;
        if ground.takes(&code) {
            Ok(code)
        } else {
            Err(Msg::new("error-choice"))
        }
    });
    let note = match ground {
        // against a decision of the prosecution, a code is not enough
        Ground::Override => form.required("note", Paragraph::parse),
        Ground::NoProcedure => form.optional("note", Paragraph::parse),
    };
    if !form.is_valid() {
        return None;
    }
    Some(NewOpening {
        id: id?,
        ground,
        reason: reason?,
        note: note.map(Paragraph::into_string),
    })
}

impl MothersPage {
    fn filters(&self) -> [Effect; 4] {
        Effect::ALL
    }

    fn is_current(&self, effect: &Effect) -> bool {
        self.effect == Some(*effect)
    }

    fn next(&self) -> Option<String> {
        let cursor = self.mothers.next?;
        let effect = self
            .effect
            .map(|e| format!("effect={}&", e.code()))
            .unwrap_or_default();
        Some(format!("/mothers?{effect}after={cursor}"))
    }

    fn top(&self) -> String {
        self.effect.map_or_else(
            || "/mothers".to_owned(),
            |e| format!("/mothers?effect={}", e.code()),
        )
    }
}

impl Line {
    /// The class of each of the four marks: given, planned, neither.
    fn marks(&self) -> [&'static str; 4] {
        FAMILIES.map(|(family, _)| {
            let among = |families: &[String]| families.iter().any(|f| f == family);
            if among(&self.delivered) {
                "c"
            } else if among(&self.planned) {
                "d"
            } else {
                ""
            }
        })
    }

    /// The marks, for those who do not see them.
    fn marks_said(&self, ui: &Ui) -> String {
        ui.t2(
            "mothers-marks",
            ("delivered", self.delivered.len()),
            ("planned", self.planned.len()),
        )
    }

    fn access(&self) -> Option<Access> {
        self.effect
            .map(|effect| super::access(effect, self.is_opened))
    }
}

impl Access {
    /// Key of its words.
    const fn key(self) -> &'static str {
        match self {
            Self::Open => "mother-access-open",
            Self::UrgentOnly => "mother-access-urgent",
            Self::Blocked => "mother-access-blocked",
        }
    }

    /// Name of its icon.
    const fn icon(self) -> &'static str {
        match self {
            Self::Open => "heart-handshake",
            Self::UrgentOnly => "hourglass",
            Self::Blocked => "lock",
        }
    }

    /// Class of its pill.
    const fn tone(self) -> &'static str {
        match self {
            Self::Open => " brand",
            Self::UrgentOnly => " amber",
            Self::Blocked => "",
        }
    }
}

/// One of the four services on her page.
struct Service<'a> {
    family: &'static str,
    icon: &'static str,
    acts: Vec<&'a Act>,
}

impl Service<'_> {
    /// The state of the whole family: given, planned, nothing yet.
    fn state(&self) -> (&'static str, &'static str, &'static str) {
        let given = self.acts.iter().any(|act| act.delivered_on.is_some());
        match (given, self.acts.is_empty()) {
            (true, _) => (" brand", "check", "mother-service-delivered"),
            (false, false) => (" indigo", "calendar", "mother-service-planned"),
            (false, true) => ("", "clock", "mother-service-none"),
        }
    }
}

/// A branch of the fork: `on` where she stands, `off` where she does not.
struct Branch {
    effect: Effect,
    class: &'static str,
    lines: Vec<String>,
}

impl MotherPage {
    fn services(&self) -> Vec<Service<'_>> {
        let of = |family| {
            self.acts
                .iter()
                .filter(|act| act.family == family)
                .take(3)
                .collect()
        };
        FAMILIES
            .into_iter()
            .map(|(family, icon)| Service {
                family,
                icon,
                acts: of(family),
            })
            .collect()
    }

    /// Why the services are open or not: the first thing to know before adding one.
    fn why(&self, track: &Track) -> String {
        let ui = &self.ui;
        match (track.effect, &track.opening) {
            (Effect::NotProsecuted, _) => ui.t("decision-mother-why-not-prosecuted"),
            (Effect::Pending, _) => ui.t("decision-mother-why-pending"),
            (Effect::Prosecuted, None) => ui.t("decision-mother-why-prosecuted"),
            (Effect::NoProcedure, None) => ui.t("decision-mother-why-none"),
            (Effect::NoProcedure | Effect::Prosecuted, Some(opening)) => ui.t2(
                "decision-mother-why-opened",
                ("date", ui.date(ui.day_of(opening.at))),
                ("reason", ui.label(List::NoProcedureReason, &opening.reason)),
            ),
        }
    }

    /// The ground on which the reader could open the services now.
    fn ground(&self, track: &Track) -> Option<Ground> {
        Ground::under(track.effect)
            .filter(|_| track.opening.is_none() && self.ui.may("support_open"))
    }

    fn reasons(&self, ground: &Ground) -> Vec<(String, String)> {
        let mut reasons = self.ui.options(List::NoProcedureReason);
        reasons.retain(|(code, _)| ground.takes(code));
        reasons
    }

    fn branch(&self, track: &Track, effect: Effect) -> Branch {
        let is_here = track.effect == effect;
        let class = match (is_here, effect) {
            (true, _) => " on",
            // the file passed through it
            (false, Effect::Pending) if track.sent.is_some() => "",
            (false, _) => " off",
        };
        Branch {
            effect,
            class,
            lines: self.lines(track, effect, is_here),
        }
    }

    /// The two ends of the fork.
    fn ends(&self, track: &Track) -> [Branch; 2] {
        [Effect::NotProsecuted, Effect::Prosecuted].map(|effect| self.branch(track, effect))
    }

    fn lines(&self, track: &Track, effect: Effect, is_here: bool) -> Vec<String> {
        let ui = &self.ui;
        let day = |day| ui.date(day);
        match effect {
            Effect::Pending => {
                let dates = match (
                    is_here,
                    track.sent.or(track.since.filter(|_| is_here)),
                    track.since,
                ) {
                    (true, Some(from), _) => {
                        Some(ui.t1("decision-mother-since", "date", day(from)))
                    }
                    (false, Some(from), Some(to)) => Some(ui.t2(
                        "decision-mother-from-to",
                        ("from", day(from)),
                        ("to", day(to)),
                    )),
                    _ => None,
                };
                dates
                    .into_iter()
                    .chain([ui.t("decision-mother-pending-help")])
                    .collect()
            }
            Effect::NotProsecuted | Effect::Prosecuted if is_here => {
                let opens = if effect == Effect::NotProsecuted {
                    "decision-mother-opens"
                } else {
                    "decision-mother-blocks"
                };
                let since = track.since.map(|since| ui.t1(opens, "date", day(since)));
                self.decided(track).into_iter().chain(since).collect()
            }
            Effect::NotProsecuted => vec![
                ui.t("decision-mother-not-taken"),
                ui.t("decision-mother-opens-alone"),
            ],
            Effect::Prosecuted => vec![
                ui.t("decision-mother-not-taken"),
                ui.t("decision-mother-child-goes-on"),
            ],
            Effect::NoProcedure if is_here => vec![self.why(track)],
            Effect::NoProcedure => vec![ui.t("decision-mother-was-sent")],
        }
    }

    /// "Filed, first-instance court of Salé, no. 96/2026", as far as the reader's own files tell.
    fn decided(&self, track: &Track) -> Option<String> {
        let (ui, decision) = (&self.ui, track.decision.as_ref()?);
        let mut words = vec![
            ui.label(List::AdultDecisionKind, &decision.kind),
            ui.court(decision.court),
        ];
        words.extend(
            decision
                .act
                .as_ref()
                .map(|act| ui.t1("decision-mother-act", "act", act.as_str())),
        );
        let comma = if ui.lang() == crate::i18n::Lang::Ar {
            "، "
        } else {
            ", "
        };
        Some(words.join(comma))
    }

    /// Whether the kind of the decision has an effect that a jurist has yet to confirm.
    fn is_doubtful(&self, track: &Track) -> bool {
        let kind = track
            .decision
            .as_ref()
            .and_then(|d| self.ui.catalogue().code(List::AdultDecisionKind, &d.kind));
        kind.is_some_and(|kind| !kind.flag("confirmed"))
    }

    fn age(&self) -> String {
        self.mother.birth.as_ref().map_or_else(
            || self.ui.t("age-unknown"),
            |birth| birth.age_today(&self.ui),
        )
    }

    fn born(&self) -> Option<String> {
        let (ui, birth) = (&self.ui, self.mother.birth.as_ref()?);
        Some(if birth.is_estimate() {
            ui.t2(
                "child-born-between",
                ("from", ui.date(birth.earliest)),
                ("to", ui.date(birth.latest)),
            )
        } else {
            ui.date(birth.earliest)
        })
    }

    /// Whether one of her children's files can take a service that the reader records.
    fn has_file(&self) -> bool {
        self.children
            .iter()
            .any(|child| child.case.as_ref().is_some_and(|(_, _, mine)| *mine))
    }
}
