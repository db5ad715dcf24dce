//! Reading the forms of this slice.

use crate::{
    forms::{Form, Paragraph},
    i18n::Msg,
    reference::{Catalogue, List},
    risk::{Level, Score, Scored},
};
use chrono::NaiveDate;

/// A complete assessment.
#[derive(Debug)]
pub struct Answers {
    /// The domains, each with somebody's words if there are any.
    pub scores: Vec<(Scored, Option<String>)>,
    /// Codes of `ref.need`.
    pub needs: Vec<String>,
    /// Codes of `ref.exploitation_indicator`.
    pub signs: Vec<String>,
    /// The social inquiry in short.
    pub summary: Option<String>,
    /// A higher level than the computed one, and why.
    pub raised: Option<(Level, String)>,
}

fn score(text: &str) -> Result<Score, Msg> {
    let number: u8 = text.parse().map_err(|_| Msg::new("error-choice"))?;
    Score::try_from(number).map_err(|_| Msg::new("error-choice"))
}

/// A level of risk that a file can have while it is open.
pub fn level(code: &str) -> Result<Level, Msg> {
    Level::from_code(code).ok_or(Msg::new("error-choice"))
}

fn words(text: &str) -> Result<String, Msg> {
    Paragraph::parse(text).map(Paragraph::into_string)
}

/// Reads what is answered; `whole` asks for a score of each domain. `None`: see the messages.
pub fn answers(
    form: &mut Form,
    catalogue: &Catalogue,
    today: NaiveDate,
    whole: bool,
) -> Option<Answers> {
    let mut scores = Vec::new();
    for domain in catalogue.choices(List::AssessmentDomain, today) {
        let field = format!("score-{}", domain.code);
        let found = if whole {
            form.required(&field, score)
        } else {
            form.optional(&field, score)
        };
        let note = form.optional(&format!("note-{}", domain.code), words);
        if let Some(score) = found {
            let scored = Scored {
                domain: domain.code.clone(),
                score,
                grave: domain.flag("grave"),
            };
            scores.push((scored, note));
        }
    }
    let needs = form.many("needs", |code| catalogue.parse(List::Need, code, today));
    let signs = form.many("signs", |code| {
        catalogue.parse(List::ExploitationIndicator, code, today)
    });
    let summary = if whole {
        form.required("summary", words)
    } else {
        form.optional("summary", words)
    };
    let raise = form.optional("raise", level);
    let why = if raise.is_some() && whole {
        form.required("raise_why", words)
    } else {
        form.optional("raise_why", words)
    };
    form.is_valid().then_some(Answers {
        scores,
        needs,
        signs,
        summary,
        raised: raise.zip(why),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_one_to_four() {
        for text in ["0", "5", "-1", "", "x", "1.5", "99999999999"] {
            assert!(score(text).is_err(), "{text}");
        }
        assert_eq!(score("4").map(Score::get), Ok(4));
    }
}
