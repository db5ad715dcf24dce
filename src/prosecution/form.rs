//! What people type, as what it means.

use super::{
    custody::HeldFile,
    domain::{self, ActNumber, AdultDecision, ChildMeasure, Effect, Ruling},
};
use crate::{
    authz::Actor,
    clock::local_date,
    forms::{Form, Paragraph, parse_date},
    i18n::Msg,
    reference::{Catalogue, List},
    web::Ui,
};
use chrono::NaiveDate;
use std::str::FromStr;

/// What a decision is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Bench<'a> {
    words: &'a Catalogue,
    today: NaiveDate,
    sent_on: NaiveDate,
    needs_act: bool,
}

impl<'a> Bench<'a> {
    /// Of a reader who decides in a file.
    pub fn of(ui: &'a Ui, actor: &Actor, file: &HeldFile) -> Self {
        Self {
            words: ui.catalogue(),
            today: ui.today(),
            sent_on: local_date(file.transmitted_at),
            needs_act: domain::needs_act(actor.role),
        }
    }
}

/// Reads a measure for a child.
pub fn child_measure(form: &mut Form, bench: &Bench<'_>) -> Option<ChildMeasure> {
    let day = day_of(form, bench.today);
    let ruling = ruling(form, bench);
    let kind = form.required("kind", |text| {
        bench.words.parse(List::ChildDecisionKind, text, day)
    });
    let instructions = form.optional("instructions", Paragraph::parse);
    if !form.is_valid() {
        return None;
    }
    Some(ChildMeasure {
        ruling: ruling?,
        kind: kind?,
        instructions,
    })
}

/// Reads a decision on an adult. Each effect has its own fields; those of the other two are not looked at,
/// whatever was left in them.
pub fn adult_decision(form: &mut Form, bench: &Bench<'_>) -> Option<AdultDecision> {
    let day = day_of(form, bench.today);
    let ruling = ruling(form, bench);
    let effect = form.required("effect", Effect::parse);
    let kind = effect.and_then(|effect| adult_kind(form, bench, effect, day));
    let offence = (effect == Some(Effect::Prosecuted))
        .then(|| {
            form.required("offence", |text| {
                bench.words.parse(List::Offence, text, day)
            })
        })
        .flatten();
    let further = if effect == Some(Effect::Prosecuted) {
        further_offences(form, bench, offence.as_deref(), day)
    } else {
        Vec::new()
    };
    let reason = (effect == Some(Effect::NotProsecuted))
        .then(|| {
            form.required("reason", |text| {
                bench.words.parse(List::NonProsecutionReason, text, day)
            })
        })
        .flatten();
    let text = form.optional("text", Paragraph::parse);
    if !form.is_valid() {
        return None;
    }
    Some(AdultDecision {
        ruling: ruling?,
        kind: kind?,
        effect: effect?,
        offence,
        further,
        reason,
        text,
    })
}

/// The offences beside the main one, which is not said twice.
fn further_offences(
    form: &mut Form,
    bench: &Bench<'_>,
    main: Option<&str>,
    day: NaiveDate,
) -> Vec<String> {
    let mut codes = form.many("further", |text| {
        bench.words.parse(List::Offence, text, day)
    });
    codes.retain(|code| Some(code.as_str()) != main);
    codes
}

fn adult_kind(
    form: &mut Form,
    bench: &Bench<'_>,
    effect: Effect,
    day: NaiveDate,
) -> Option<String> {
    form.required(effect.kind_field(), |text| {
        let code = bench.words.parse(List::AdultDecisionKind, text, day)?;
        let kind = bench.words.code(List::AdultDecisionKind, &code);
        if kind.is_some_and(|kind| effect.is_of(kind)) {
            Ok(code)
        } else {
            Err(Msg::new("error-choice"))
        }
    })
}

fn ruling(form: &mut Form, bench: &Bench<'_>) -> Option<Ruling> {
    let id = form.required("id", parse_id);
    let seen = form.optional("seen", parse_id);
    let corrects = form.optional("corrects", parse_id);
    let decided_on = form.required("decided_on", |text| {
        domain::decided_on(parse_date(text)?, bench.sent_on, bench.today)
    });
    let act = if bench.needs_act {
        form.required("act", ActNumber::parse)
    } else {
        form.optional("act", ActNumber::parse)
    };
    Some(Ruling {
        id: id?,
        seen,
        corrects,
        decided_on: decided_on?,
        act,
    })
}

/// The day by which every list of a decision is read: the one that was typed, else today.
pub fn day_of(form: &Form, today: NaiveDate) -> NaiveDate {
    parse_date(form.text("decided_on").trim()).unwrap_or(today)
}

fn parse_id<T: FromStr>(text: &str) -> Result<T, Msg> {
    text.parse().map_err(|_| Msg::new("error-choice"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn words() -> Catalogue {
        let code = |code: &str, extra: serde_json::Value| {
            let mut row = json!({
                "code": code, "ar": "", "fr": "", "en": "", "sort": 0,
                "valid_from": null, "valid_to": null, "is_missing": false,
            });
            let (Some(row_map), Some(more)) = (row.as_object_mut(), extra.as_object()) else {
                panic!()
            };
            row_map.extend(more.clone());
            row
        };
        let effect = |effect: &str| json!({ "effect": effect });
        Catalogue::default()
            .with(
                List::ChildDecisionKind,
                json!([code("expertise", json!({}))]),
            )
            .with(
                List::AdultDecisionKind,
                json!([
                    code("filed", effect("not_prosecuted")),
                    code("joinder", effect("pending")),
                    code("prosecution_at_liberty", effect("prosecuted")),
                ]),
            )
            .with(
                List::NonProsecutionReason,
                json!([code("opportunity", json!({}))]),
            )
            .with(
                List::Offence,
                json!([
                    code("pc_326", json!({})),
                    code("pc_new", json!({ "valid_from": "2026-11-22" })),
                ]),
            )
    }

    fn bench(words: &Catalogue, needs_act: bool) -> Bench<'_> {
        Bench {
            words,
            today: day(24),
            sent_on: day(20),
            needs_act,
        }
    }

    fn form(answers: &[(&str, &str)]) -> Form {
        let blank = Form::new()
            .with("id", "019fffff-0000-7000-8000-000000000001")
            .with("seen", "");
        answers
            .iter()
            .fold(blank, |form, (field, value)| form.with(field, *value))
    }

    fn fields(form: &Form) -> Vec<&str> {
        form.errors()
            .iter()
            .map(|error| error.field.as_str())
            .collect()
    }

    #[test]
    fn a_measure_as_typed() {
        let words = words();
        let mut form = form(&[
            ("kind", "expertise"),
            ("decided_on", "٢٢/١١/٢٠٢٦"),
            ("act", ""),
        ]);
        let measure = child_measure(&mut form, &bench(&words, false)).unwrap();
        assert_eq!(
            (measure.ruling.decided_on, measure.ruling.act),
            (day(22), None)
        );
        assert_eq!((measure.ruling.seen, measure.ruling.corrects), (None, None));
    }

    #[test]
    fn a_correction_says_of_what() {
        let words = words();
        let mut form = form(&[
            ("corrects", "019fffff-0000-7000-8000-000000000002"),
            ("kind", "expertise"),
            ("decided_on", "22/11/2026"),
        ]);
        let measure = child_measure(&mut form, &bench(&words, false)).unwrap();
        let corrects = measure.ruling.corrects.map(|id| id.to_string());
        assert_eq!(
            corrects.as_deref(),
            Some("019fffff-0000-7000-8000-000000000002")
        );
    }

    #[test]
    fn a_list_is_read_by_the_day_that_was_typed_whatever_else_is_wrong() {
        let words = words();
        let mut form = form(&[
            ("effect", "prosecuted"),
            ("kind_prosecuted", "prosecution_at_liberty"),
            ("offence", "pc_new"),
            ("decided_on", "21/11/2026"),
            ("act", "n°1"),
        ]);
        assert!(adult_decision(&mut form, &bench(&words, false)).is_none());
        assert_eq!(fields(&form), ["act", "offence"]);
        assert_eq!(day_of(&form, day(24)), day(21));
        assert_eq!(day_of(&Form::new(), day(24)), day(24));
    }

    #[test]
    fn a_registrar_gives_the_number_of_the_act() {
        let words = words();
        let mut form = form(&[
            ("kind", "expertise"),
            ("decided_on", "22/11/2026"),
            ("act", ""),
        ]);
        assert!(child_measure(&mut form, &bench(&words, true)).is_none());
        assert_eq!(fields(&form), ["act"]);
    }

    #[test]
    fn every_fault_is_said_at_once() {
        let words = words();
        let mut form = form(&[
            ("kind", "none"),
            ("decided_on", "25/11/2026"),
            ("act", "n°1"),
        ]);
        assert!(child_measure(&mut form, &bench(&words, false)).is_none());
        assert_eq!(fields(&form), ["decided_on", "act", "kind"]);
    }

    #[test]
    fn a_prosecution_names_an_offence_of_its_day() {
        let words = words();
        let answers = |offence, on| {
            form(&[
                ("effect", "prosecuted"),
                ("kind_prosecuted", "prosecution_at_liberty"),
                ("offence", offence),
                ("decided_on", on),
            ])
        };
        let read = |mut form| adult_decision(&mut form, &bench(&words, false));
        let decision = read(answers("pc_new", "22/11/2026")).unwrap();
        assert_eq!(
            (decision.effect, decision.offence.as_deref()),
            (Effect::Prosecuted, Some("pc_new"))
        );
        assert!(
            read(answers("pc_new", "21/11/2026")).is_none(),
            "not yet law that day"
        );
        assert!(read(answers("", "22/11/2026")).is_none(), "no offence");
    }

    #[test]
    fn further_offences_stand_beside_the_main_one_and_are_of_the_day() {
        let words = words();
        let answers = |further: &[&str], on| {
            let main = form(&[
                ("effect", "prosecuted"),
                ("kind_prosecuted", "prosecution_at_liberty"),
                ("offence", "pc_326"),
                ("decided_on", on),
            ]);
            further
                .iter()
                .fold(main, |form, code| form.with("further", *code))
        };
        let bench = bench(&words, false);
        let mut whole = answers(&["pc_new", "pc_326", "pc_new"], "22/11/2026");
        let decision = adult_decision(&mut whole, &bench).unwrap();
        assert_eq!(decision.offence.as_deref(), Some("pc_326"));
        assert_eq!(decision.further, ["pc_new"], "each once");
        for (further, on) in [(["pc_new"], "21/11/2026"), (["none"], "22/11/2026")] {
            let mut early = answers(&further, on);
            assert!(adult_decision(&mut early, &bench).is_none());
            assert_eq!(fields(&early), ["further"]);
            assert_eq!(early.text("further"), further[0], "what was ticked stays");
        }
    }

    #[test]
    fn what_was_left_in_the_other_panes_counts_for_nothing() {
        let words = words();
        let mut form = form(&[
            ("effect", "not_prosecuted"),
            ("kind_not_prosecuted", "filed"),
            ("reason", "opportunity"),
            ("kind_prosecuted", "prosecution_at_liberty"),
            ("offence", "pc_326"),
            ("further", "pc_326"),
            ("decided_on", "22/11/2026"),
        ]);
        let decision = adult_decision(&mut form, &bench(&words, false)).unwrap();
        assert_eq!(
            (decision.kind.as_str(), decision.effect),
            ("filed", Effect::NotProsecuted)
        );
        assert!(decision.further.is_empty());
        assert_eq!(
            (decision.offence, decision.reason.as_deref()),
            (None, Some("opportunity"))
        );
    }

    #[test]
    fn a_kind_has_the_effect_of_its_own_pane_only() {
        let words = words();
        let mut form = form(&[
            ("effect", "not_prosecuted"),
            ("kind_not_prosecuted", "prosecution_at_liberty"),
            ("reason", "opportunity"),
            ("decided_on", "22/11/2026"),
        ]);
        assert!(adult_decision(&mut form, &bench(&words, false)).is_none());
        assert_eq!(fields(&form), ["kind_not_prosecuted"]);
    }
}
