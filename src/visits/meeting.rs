//! Two people report on the same visit: the first report stands, and the second is not lost without a word.

use super::domain::{Answer, End, Outcome};
use crate::{
    conflicts::{Author, Question},
    forms::Form,
    reference::List,
    vault::Reading,
    web::Ui,
};

/// A report, as its form.
pub(super) fn of_end(kind: &str, end: &End) -> Form {
    match &end.outcome {
        Outcome::Made {
            on,
            education,
            refound,
            safe,
            findings,
        } => Form::new()
            .with("happened", "yes")
            .with("kind", kind)
            .with("done_on", on.format("%d/%m/%Y").to_string())
            .with("education", education.clone().unwrap_or_default())
            .with("refound", refound.code())
            .with("safe", safe.code())
            .with(
                "findings",
                findings
                    .as_ref()
                    .and_then(Reading::text)
                    .unwrap_or_default(),
            ),
        Outcome::Missed { reason, .. } => Form::new()
            .with("happened", "no")
            .with("missed_reason", reason),
    }
}

/// Who wrote it, and when.
pub(super) fn author(end: &End) -> Author {
    Author {
        name_ar: end.author_ar.clone(),
        name_la: end.author_la.clone(),
        at: end.at,
    }
}

/// What two reports may differ in.
pub(super) fn questions(ui: &Ui) -> Vec<Question> {
    let list = |field, key, list| Question::choice(field, ui.t(key), ui.options(list));
    let answers = || {
        let word = |one: Answer| (one.code().to_owned(), ui.t(one.key()));
        Answer::ALL.into_iter().map(word).collect::<Vec<_>>()
    };
    let happened = [("yes", "visit-made"), ("no", "visit-missed")]
        .map(|(code, key)| (code.to_owned(), ui.t(key)));
    vec![
        Question::choice("happened", ui.t("visit-happened"), happened.into()),
        list("kind", "visit-kind", List::ServiceKind),
        Question::text("done_on", ui.t("visit-day")),
        Question::choice("safe", ui.t("visit-safe"), answers()),
        Question::choice("refound", ui.t("visit-refound"), answers()),
        list("education", "visit-education", List::EducationStatus),
        Question::text("findings", ui.t("visit-findings")),
        list("missed_reason", "visit-missed-reason", List::MissedReason),
    ]
}
