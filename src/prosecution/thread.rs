//! A question of the prosecution and what was said to it: one thread, read on both sides and changed on neither.

use super::{custody::Custody, domain::Side};
use crate::{
    error::AppError,
    forms::{Form, Paragraph},
    i18n::{Lang, Msg},
    ids::RowId,
    reference::List,
    web::Ui,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Who says something in a thread (`judicial_answer.side`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The court follows up.
    Court,
    /// The cell answers.
    Cell,
}

impl Voice {
    /// Both, in the order of the database's own list.
    pub const ALL: [Self; 2] = [Self::Court, Self::Cell];

    /// Of whoever stands on that side.
    pub const fn of(side: Side) -> Self {
        match side {
            Side::Court => Self::Court,
            Side::Cell => Self::Cell,
        }
    }

    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Court => "court",
            Self::Cell => "cell",
        }
    }

    /// What the audit trail calls what it says.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Court => "judicial_question.followed_up",
            Self::Cell => "judicial_question.answered",
        }
    }

    /// Key of who speaks.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Court => "judicial-question-from-court",
            Self::Cell => "judicial-question-from-cell",
        }
    }

    /// The last part of the address that its words are sent to.
    pub const fn act(self) -> &'static str {
        match self {
            Self::Court => "follow-up",
            Self::Cell => "answers",
        }
    }

    /// Key of the label of its field.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Court => "judicial-question-follow-up",
            Self::Cell => "judicial-question-answer",
        }
    }

    /// Key of its button.
    pub const fn button(self) -> &'static str {
        match self {
            Self::Court => "judicial-question-follow-up-send",
            Self::Cell => "judicial-question-answer-send",
        }
    }
}

/// What is known of a question beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Until when the answer is waited for.
    pub due: DateTime<Utc>,
    /// Since when it waits no more.
    pub answered: Option<DateTime<Utc>>,
    /// Since when the court needs no more.
    pub closed: Option<DateTime<Utc>>,
}

/// Where a question stands: derived, stored nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The answer did not come in time.
    Late,
    /// The answer is waited for.
    Waiting,
    /// The cell answered.
    Answered,
    /// Nothing more is asked.
    Closed,
}

impl Standing {
    /// Of a question of a file in that state.
    pub fn of(marks: &Marks, file: Custody, now: DateTime<Utc>) -> Self {
        if marks.closed.is_some() {
            Self::Closed
        } else if marks.answered.is_some() {
            Self::Answered
        } else if !takes_words(file) {
            Self::Closed
        } else if marks.due < now {
            Self::Late
        } else {
            Self::Waiting
        }
    }

    /// Whether an answer is waited for.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Late | Self::Waiting)
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Late => "judicial-question-late",
            Self::Waiting => "judicial-question-waiting",
            Self::Answered => "judicial-question-answered",
            Self::Closed => "judicial-question-closed",
        }
    }

    /// Colour of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Late => "red",
            Self::Waiting => "amber",
            Self::Answered => "brand",
            Self::Closed => "",
        }
    }

    /// Icon of its pill.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Late => "clock",
            Self::Waiting => "hourglass",
            Self::Answered => "message-square",
            Self::Closed => "check",
        }
    }
}

/// Whether questions and answers are written on a file in that state: sent, and not closed.
pub const fn takes_words(file: Custody) -> bool {
    file.is_sent() && !matches!(file, Custody::Closed)
}

/// A question as it is sent.
#[derive(Debug)]
pub struct Question {
    /// The time of the form, and a print of what was sent.
    pub id: RowId,
    /// Code of `ref.judicial_question`.
    pub kind: String,
    /// What is asked.
    pub text: Paragraph,
}

/// An answer or a follow-up as it is sent.
#[derive(Debug)]
pub struct Words {
    /// The time of the form, and a print of what was sent.
    pub id: RowId,
    /// What is said.
    pub text: Paragraph,
}

/// The sentence to begin a question of that kind with, in the reader's language.
pub fn sentence<'a>(ui: &'a Ui, kind: &str) -> Option<&'a str> {
    let column = match ui.lang() {
        Lang::Ar => "text_ar",
        Lang::Fr => "text_fr",
        Lang::En => "text_en",
    };
    let code = ui.catalogue().code(List::JudicialQuestion, kind)?;
    code.text(column)
}

/// Reads a question. Sent without a text, it comes back with the sentence that belongs to its kind. An error of a form
/// that was not ours.
pub fn question(form: &mut Form, ui: &Ui, file: Custody) -> Result<Option<Question>, AppError> {
    let id = form.id_of_answers("id").map(RowId);
    let kind = form.required("question_kind", |code| {
        ui.catalogue()
            .parse(List::JudicialQuestion, code, ui.today())
    });
    let is_blank =
        form.error("question_text").is_none() && form.text("question_text").trim().is_empty();
    if let Some(words) = kind.as_deref().and_then(|kind| sentence(ui, kind))
        && is_blank
    {
        form.set("question_text", words);
        form.fail("question_text", Msg::new("judicial-question-start"));
    }
    let text = form.required("question_text", Paragraph::parse);
    if !takes_words(file) {
        form.fail("question_text", Msg::new("judicial-question-file-closed"));
    }
    match (kind, text) {
        (Some(kind), Some(text)) if form.is_valid() => {
            let id = id.ok_or(AppError::BadRequest)?;
            Ok(Some(Question { id, kind, text }))
        }
        _ => Ok(None),
    }
}

/// Reads an answer or a follow-up to a question that the court may have closed meanwhile. An error of a form that was
/// not ours.
pub fn words(form: &mut Form, file: Custody, is_closed: bool) -> Result<Option<Words>, AppError> {
    let text = form.required("answer_text", Paragraph::parse);
    if !takes_words(file) {
        form.fail("answer_text", Msg::new("judicial-question-file-closed"));
    } else if is_closed {
        form.fail("answer_text", Msg::new("judicial-question-was-closed"));
    }
    match text {
        Some(text) if form.is_valid() => {
            let id = form.id_of_answers("id").map(RowId);
            let id = id.ok_or(AppError::BadRequest)?;
            Ok(Some(Words { id, text }))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn who_speaks_is_the_database_s_own_list() {
        let sql = include_str!("../../migrations/0040_questions.sql");
        let (_, after) = sql.split_once("check (side in (").unwrap();
        let (list, _) = after.split_once("))").unwrap();
        let codes: Vec<&str> = list
            .split(',')
            .map(|code| code.trim().trim_matches('\''))
            .collect();
        assert_eq!(codes, Voice::ALL.map(Voice::code));
    }

    #[test]
    fn a_question_waits_until_it_is_answered_or_nobody_needs_the_answer() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let hour = TimeDelta::hours(1);
        let asked = Marks {
            due: now + hour,
            answered: None,
            closed: None,
        };
        let of = |marks: Marks, file| Standing::of(&marks, file, now);
        assert_eq!(of(asked, Custody::UnderStudy), Standing::Waiting);
        let late = Marks {
            due: now - hour,
            ..asked
        };
        assert_eq!(of(late, Custody::Returned), Standing::Late);
        assert_eq!(of(late, Custody::Closed), Standing::Closed);
        let answered = Marks {
            answered: Some(now),
            ..late
        };
        assert_eq!(of(answered, Custody::Closed), Standing::Answered);
        let closed = Marks {
            closed: Some(now),
            ..answered
        };
        assert_eq!(of(closed, Custody::UnderStudy), Standing::Closed);
    }

    #[test]
    fn words_are_written_on_a_file_that_was_sent_and_is_open() {
        let open = Custody::ALL.into_iter().filter(|state| takes_words(*state));
        assert_eq!(
            open.collect::<Vec<_>>(),
            [
                Custody::Transmitted,
                Custody::Received,
                Custody::Returned,
                Custody::UnderStudy
            ]
        );
    }

    #[test]
    fn an_answer_that_comes_too_late_is_told_and_kept() {
        let mut form = Form::new()
            .with("id", "0198c0de-0000-7000-8000-000000000031")
            .with("answer_text", "x");
        assert!(
            words(&mut form, Custody::UnderStudy, true)
                .unwrap()
                .is_none()
        );
        assert_eq!(
            form.error("answer_text"),
            Some(&Msg::new("judicial-question-was-closed"))
        );
        assert_eq!(form.text("answer_text"), "x");
    }
}
