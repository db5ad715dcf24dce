//! The page of one mother: how the fork and the four services are drawn.

use super::{
    db::Act,
    domain::{Child, Effect, FAMILIES, Ground, Mother, Opening, Track},
};
use crate::{forms::Form, people::Claim, reference::List, web::Ui};
use askama::Template;

#[derive(Template)]
#[template(path = "mothers/show.html")]
pub(super) struct MotherPage {
    pub(super) ui: Ui,
    pub(super) form: Form,
    pub(super) mother: Mother,
    pub(super) children: Vec<Child>,
    pub(super) acts: Vec<Act>,
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
        let planned = self.acts.iter().any(|act| act.is_awaited());
        match (given, planned) {
            (true, _) => (" brand", "check", "mother-service-delivered"),
            (false, true) => (" indigo", "calendar", "mother-service-planned"),
            (false, false) => ("", "clock", "mother-service-none"),
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
    /// Seen through broken glass: nothing to fill in.
    fn reads_only(&self) -> bool {
        let cases = self.children.iter().filter_map(|child| child.case.as_ref());
        cases.into_iter().any(|(id, ..)| self.ui.reads_only(id))
    }

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
            (Effect::Prosecuted, None) => match &track.closed {
                None => ui.t("decision-mother-why-prosecuted"),
                Some(closed) => {
                    let since = ui.date(closed.on);
                    let since = ui.t1("decision-mother-why-convicted", "date", since);
                    format!("{} {since}", self.opened(&closed.opening))
                }
            },
            (Effect::NoProcedure, None) => ui.t("decision-mother-why-none"),
            (Effect::NoProcedure | Effect::Prosecuted, Some(opening)) => self.opened(opening),
        }
    }

    fn opened(&self, opening: &Opening) -> String {
        let ui = &self.ui;
        ui.t2(
            "decision-mother-why-opened",
            ("date", ui.date(ui.day_of(opening.at))),
            ("reason", ui.label(List::NoProcedureReason, &opening.reason)),
        )
    }

    /// The ground on which the reader could open the services now.
    fn ground(&self, track: &Track) -> Option<Ground> {
        Ground::under(track.effect).filter(|_| {
            track.opening.is_none() && self.ui.may("support_open") && !self.reads_only()
        })
    }

    /// What the form says it is against.
    fn against(&self, ground: &Ground, track: &Track) -> Option<String> {
        let decision = track.standing.filter(|_| *ground == Ground::Override)?;
        Some(decision.to_string())
    }

    fn reasons(&self, ground: &Ground) -> Vec<(String, String)> {
        let ui = &self.ui;
        let all = ui.catalogue().choices(List::NoProcedureReason, ui.today());
        all.into_iter()
            .filter(|reason| ground.takes(reason))
            .map(|reason| (reason.code.clone(), ui.say(&reason.label).to_owned()))
            .collect()
    }

    /// Help that is still expected of somebody, the first day first.
    fn awaited(&self) -> Vec<&Act> {
        let mut acts: Vec<_> = self.acts.iter().filter(|act| act.is_awaited()).collect();
        acts.sort_by_key(|act| act.agreed_on);
        acts
    }

    fn state(&self, act: &Act) -> String {
        self.ui.t(&act.state_key())
    }

    fn is_late(&self, act: &Act) -> bool {
        act.agreed_on < self.ui.today()
    }

    /// Families of help that are open to her and of which nothing was given or planned.
    fn not_offered(&self, track: &Track) -> Vec<&'static str> {
        let known = |family: &str| {
            self.acts
                .iter()
                .any(|act| act.family == family && act.counts())
        };
        FAMILIES
            .into_iter()
            .map(|(family, _)| family)
            .filter(|family| track.access().allows(false) && self.has_file() && !known(family))
            .collect()
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
                // returned to the police, sent to the court that has competence: what it waits for now
                let waits = is_here.then(|| self.decided(track)).flatten();
                dates
                    .into_iter()
                    .chain(waits)
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
