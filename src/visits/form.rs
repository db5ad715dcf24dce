//! From what was typed to a report and the next visit.

use super::domain::{Answer, Next, Report};
use crate::{
    forms::{Form, Paragraph, parse_date},
    i18n::Msg,
    reference::{Catalogue, List},
};
use chrono::{Days, NaiveDate};

/// How far ahead a visit may be planned.
const HORIZON: Days = Days::new(366);

/// Why a visit of a file that was closed is missed: the program says it, and no form.
pub const FILE_CLOSED: &str = "file_closed";

/// A kind of follow-up, and no other help.
fn kind(catalogue: &Catalogue, code: &str, today: NaiveDate) -> Result<String, Msg> {
    let code = catalogue.parse(List::ServiceKind, code, today)?;
    let of_follow_up = catalogue
        .code(List::ServiceKind, &code)
        .is_some_and(|kind| kind.text("parent") == Some("follow_up"));
    if of_follow_up {
        Ok(code)
    } else {
        Err(Msg::new("error-choice"))
    }
}

fn coming(text: &str, today: NaiveDate) -> Result<NaiveDate, Msg> {
    let day = parse_date(text)?;
    match day {
        day if day < today => Err(Msg::new("visit-in-the-past")),
        day if today.checked_add_days(HORIZON).is_some_and(|end| day > end) => {
            Err(Msg::new("visit-too-far"))
        }
        day => Ok(day),
    }
}

fn answer(code: &str) -> Result<Answer, Msg> {
    Answer::from_code(code).ok_or(Msg::new("error-choice"))
}

/// What became of a visit, of a file opened on `since`.
pub fn report(
    form: &mut Form,
    catalogue: &Catalogue,
    (since, today): (NaiveDate, NaiveDate),
) -> Option<Report> {
    let happened = form.required("happened", |code| match code {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Msg::new("error-choice")),
    })?;
    if !happened {
        let reason = form.required("missed_reason", |code| {
            if code == FILE_CLOSED {
                return Err(Msg::new("error-choice"));
            }
            catalogue.parse(List::MissedReason, code, today)
        })?;
        return Some(Report::Missed { reason });
    }
    let kind = form.required("kind", |code| kind(catalogue, code, today));
    let on = form.required("done_on", |text| {
        let day = parse_date(text)?;
        match day {
            day if day > today => Err(Msg::new("error-date-future")),
            day if day < since => Err(Msg::new("visit-before-the-file")),
            day => Ok(day),
        }
    });
    let education = form.optional("education", |code| {
        catalogue.parse(List::EducationStatus, code, today)
    });
    let refound = form.required("refound", answer);
    let safe = form.required("safe", answer);
    let findings = form.required("findings", Paragraph::parse);
    if !form.is_valid() {
        return None;
    }
    Some(Report::Made {
        kind: kind?,
        on: on?,
        education,
        refound: refound?,
        safe: safe?,
        findings: findings?.into_string(),
    })
}

/// The visit after this one; `None` if none is wanted.
pub fn next(
    form: &mut Form,
    catalogue: &Catalogue,
    today: NaiveDate,
    wanted: bool,
) -> Option<Next> {
    let parse = |text: &str| coming(text, today);
    let due_on = if wanted {
        form.required("next_on", parse)
    } else {
        form.optional("next_on", parse)
    };
    let kind = if form.text("next_kind").is_empty() {
        Some("home_visit".to_owned())
    } else {
        form.required("next_kind", |code| kind(catalogue, code, today))
    };
    Some(Next {
        kind: kind?,
        due_on: due_on?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn catalogue() -> Catalogue {
        let row = |code: &str, parent: Option<&str>| {
            json!({"code": code, "ar": code, "fr": code, "en": code, "sort": 1, "valid_from": null,
                   "valid_to": null, "is_missing": false, "parent": parent})
        };
        Catalogue::default()
            .with(
                List::ServiceKind,
                json!([
                    row("follow_up", None),
                    row("home_visit", Some("follow_up")),
                    row("vaccination", Some("medical"))
                ]),
            )
            .with(
                List::MissedReason,
                json!([row("nobody_there", None), row(FILE_CLOSED, None)]),
            )
            .with(List::EducationStatus, json!([row("primary", None)]))
    }

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    const MADE: &str =
        "happened=yes&kind=home_visit&done_on=20/11/2026&refound=no&safe=yes&findings=ok";

    fn told(body: &str) -> (Option<Report>, Form) {
        let mut form = Form::parse(body.as_bytes());
        let report = report(&mut form, &catalogue(), (day(2), day(23)));
        (report, form)
    }

    #[test]
    fn a_visit_made_says_what_was_found() {
        let (report, form) = told(MADE);
        assert!(
            matches!(report, Some(Report::Made { on, refound: Answer::No, .. }) if on == day(20)),
            "{form:?}"
        );
    }

    #[test]
    fn what_cannot_be_is_refused_beside_its_field() {
        for (wrong, right, field) in [
            ("20/11/2026", "24/11/2026", "done_on"),
            ("20/11/2026", "01/11/2026", "done_on"),
            ("home_visit", "vaccination", "kind"),
            ("home_visit", "follow_up", "kind"),
            ("refound=no", "refound=perhaps", "refound"),
            ("findings=ok", "findings=", "findings"),
            ("happened=yes", "happened=", "happened"),
        ] {
            let (report, form) = told(&MADE.replace(wrong, right));
            assert_eq!(report, None, "{right}");
            assert!(form.error(field).is_some(), "{right}: {:?}", form.errors());
        }
    }

    #[test]
    fn a_visit_missed_says_why_and_when_again() {
        for unsaid in ["", "&missed_reason=file_closed"] {
            let (report, form) = told(&format!("happened=no{unsaid}"));
            assert_eq!(report, None);
            assert!(form.error("missed_reason").is_some(), "{unsaid}");
        }
        let (report, mut form) = told("happened=no&missed_reason=nobody_there&next_on=25/11/2026");
        assert_eq!(
            report,
            Some(Report::Missed {
                reason: "nobody_there".to_owned()
            })
        );
        assert_eq!(
            next(&mut form, &catalogue(), day(23), true).map(|n| n.due_on),
            Some(day(25))
        );
        for (on, valid) in [("22/11/2026", false), ("25/11/2027", false), ("", false)] {
            let mut form = Form::new().with("next_on", on);
            next(&mut form, &catalogue(), day(23), true);
            assert_eq!(form.is_valid(), valid, "{on}");
        }
    }
}
