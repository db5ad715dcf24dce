//! Reading the forms of this slice.

use super::domain::{Hearing, NewComplaint, NewConsent, NewView, Occasion, Purpose, has_script};
use crate::{
    cases::Colleague,
    forms::{Form, Paragraph, parse_date},
    i18n::Msg,
    ids::{RowId, UserId},
    reference::{Catalogue, List},
};
use chrono::NaiveDate;

fn choice<T>(found: Option<T>) -> Result<T, Msg> {
    found.ok_or(Msg::new("error-choice"))
}

/// The id of the row that the answers make.
fn id(form: &mut Form) -> Option<RowId> {
    let id = form.id_of_answers("id").map(RowId);
    form.required("id", |_| choice(id))
}

fn past(text: &str, today: NaiveDate) -> Result<NaiveDate, Msg> {
    let day = parse_date(text)?;
    if day > today {
        return Err(Msg::new("error-date-future"));
    }
    Ok(day)
}

/// A day that is over, after the birth of the child.
fn day(
    form: &mut Form,
    field: &str,
    today: NaiveDate,
    born: Option<NaiveDate>,
) -> Option<NaiveDate> {
    form.required(field, |text| {
        let day = past(text, today)?;
        if born.is_some_and(|born| day < born) {
            return Err(Msg::new("rights-before-birth"));
        }
        Ok(day)
    })
}

/// A consent or its like.
pub fn consent(
    form: &mut Form,
    codes: &Catalogue,
    today: NaiveDate,
    born: Option<NaiveDate>,
) -> Option<NewConsent> {
    let id = id(form);
    let purpose = form.required("purpose", |code| choice(Purpose::from_code(code)));
    let basis = form.required("basis", |code| codes.parse(List::ConsentBasis, code, today));
    let given_by = form.required("given_by", |code| {
        codes.parse(List::ConsentGiver, code, today)
    });
    let given_on = day(form, "given_on", today, born);
    let note = form
        .optional("consent_note", Paragraph::parse)
        .map(Paragraph::into_string);
    // the law asks nobody, and an assent is the child's own
    let fits = match (basis.as_deref(), given_by.as_deref()) {
        (Some("child_assent"), Some(who)) => who == "child",
        (Some("guardian_consent"), Some(who)) => ["mother", "father", "guardian"].contains(&who),
        (Some("vital_interest"), Some(who)) => who == "nobody",
        _ => true,
    };
    if !fits {
        form.fail("given_by", Msg::new("consent-giver-unfit"));
    }
    if !form.is_valid() {
        return None;
    }
    Some(NewConsent {
        id: id?,
        purpose: purpose?,
        basis: basis?,
        given_by: given_by?,
        given_on: given_on?,
        note,
    })
}

/// The day of a withdrawal.
pub fn withdrawal(
    form: &mut Form,
    field: &str,
    today: NaiveDate,
    given_on: NaiveDate,
) -> Option<NaiveDate> {
    form.required(field, |text| {
        let day = past(text, today)?;
        if day < given_on {
            return Err(Msg::new("consent-withdrawn-before"));
        }
        Ok(day)
    })
}

/// The child's view.
pub fn view(
    form: &mut Form,
    codes: &Catalogue,
    today: NaiveDate,
    born: Option<NaiveDate>,
) -> Option<NewView> {
    let id = id(form);
    let occasion = form.required("occasion", |code| choice(Occasion::from_code(code)));
    let on = day(form, "heard_on", today, born);
    let heard = form.required("heard", |answer| match answer {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Msg::new("error-choice")),
    });
    let interpreter = form.sent("interpreter");
    let language = |code: &str| {
        let code = codes.parse(List::Language, code, today)?;
        let spoken = codes
            .code(List::Language, &code)
            .is_some_and(|c| !c.is_missing);
        choice(spoken.then_some(code))
    };
    let hearing = if heard? {
        let spoken = form.required("language", language);
        let script = form.optional("script_language", language);
        if script.as_deref().is_some_and(|code| !has_script(code)) && !interpreter {
            form.fail("script_language", Msg::new("script-needs-interpreter"));
        }
        let words = form.required("words", Paragraph::parse);
        spoken.zip(words).map(|(language, words)| Hearing::Heard {
            language,
            words: words.into_string(),
            script,
        })
    } else {
        let why = form.required("why_not", |code| {
            codes.parse(List::ViewAbsence, code, today)
        });
        let words = form
            .optional("words", Paragraph::parse)
            .map(Paragraph::into_string);
        why.map(|why| Hearing::NotHeard { why, words })
    };
    if !form.is_valid() {
        return None;
    }
    Some(NewView {
        id: id?,
        occasion: occasion?,
        on: on?,
        interpreter,
        hearing: hearing?,
    })
}

/// A complaint.
pub fn complaint(
    form: &mut Form,
    codes: &Catalogue,
    today: NaiveDate,
    (me, colleagues): (UserId, &[Colleague]),
) -> Option<NewComplaint> {
    let id = id(form);
    let source = form.required("source", |code| {
        codes.parse(List::ComplaintSource, code, today)
    });
    let subject = form.required("subject", |code| {
        codes.parse(List::ComplaintSubject, code, today)
    });
    let against = form.optional("against", |id| {
        let id: UserId = choice(id.parse().ok())?;
        if id == me {
            return Err(Msg::new("complaint-about-you"));
        }
        choice(colleagues.iter().find(|c| c.id == id).map(|c| c.id))
    });
    let on = day(form, "received_on", today, None);
    let text = form.required("complaint_text", Paragraph::parse);
    if !form.is_valid() {
        return None;
    }
    Some(NewComplaint {
        id: id?,
        source: source?,
        subject: subject?,
        against,
        on: on?,
        text: text?.into_string(),
    })
}
