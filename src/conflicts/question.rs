//! What can be asked of a conflict: a field, or fields that stand or fall together.

use crate::forms::Form;

/// How a question shows its answers.
enum Say {
    Text,
    Codes(Vec<(String, String)>),
    Own(Box<dyn Fn(&Form) -> String + Send + Sync>),
}

/// One question of the page of a conflict.
pub struct Question {
    /// Its name: the first of its fields.
    pub key: String,
    label: String,
    fields: Vec<String>,
    /// Goes where the others go, and is not compared.
    along: Vec<String>,
    say: Say,
}

impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Question({})", self.key)
    }
}

impl Question {
    /// Words, as typed.
    pub fn text(key: &str, label: String) -> Self {
        Self::of(key, label, Say::Text)
    }

    /// A choice, or several, of a list of code and words.
    pub fn choice(key: &str, label: String, options: Vec<(String, String)>) -> Self {
        Self::of(key, label, Say::Codes(options))
    }

    /// Fields that are one answer together, said by a function.
    pub fn whole(
        key: &str,
        label: String,
        fields: Vec<String>,
        say: impl Fn(&Form) -> String + Send + Sync + 'static,
    ) -> Self {
        Self {
            fields,
            ..Self::of(key, label, Say::Own(Box::new(say)))
        }
    }

    fn of(key: &str, label: String, say: Say) -> Self {
        Self {
            key: key.to_owned(),
            label,
            fields: vec![key.to_owned()],
            along: Vec::new(),
            say,
        }
    }

    /// With fields that follow the choice without being compared.
    #[must_use]
    pub fn with(mut self, field: &str) -> Self {
        self.along.push(field.to_owned());
        self
    }

    /// Its answer, ready to compare: as a browser and a database may differ in it without a difference.
    fn answer(&self, form: &Form) -> Vec<Vec<String>> {
        let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        let of = |field: &String| {
            let mut values: Vec<String> = form.all(field).map(plain).collect();
            values.retain(|value| !value.is_empty());
            values.sort_unstable();
            values
        };
        self.fields.iter().map(of).collect()
    }

    fn words(&self, form: &Form) -> String {
        match &self.say {
            Say::Own(say) => say(form),
            Say::Text => form.text(&self.key).trim().to_owned(),
            Say::Codes(options) => {
                let chosen = options.iter().filter(|(code, _)| form.has(&self.key, code));
                let words: Vec<&str> = chosen.map(|(_, words)| words.as_str()).collect();
                words.join("\n")
            }
        }
    }

    /// Takes the answer from one form into another.
    pub(super) fn copy(&self, from: &Form, to: &mut Form) {
        let own = |name: &str| {
            self.fields
                .iter()
                .chain(&self.along)
                .any(|field| field == name)
        };
        let taken: Vec<(String, String)> = from
            .pairs()
            .filter(|(name, _)| own(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        to.forget(own);
        for (name, value) in taken {
            to.receive(&name, &value);
        }
    }
}

/// Whose answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The reader's.
    Mine,
    /// What is stored.
    Theirs,
}

impl Side {
    /// As the form knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Theirs => "theirs",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Mine, Self::Theirs]
            .into_iter()
            .find(|side| side.code() == code)
    }
}

/// A field in which the two differ.
#[derive(Clone)]
pub struct Difference {
    /// Its question.
    pub key: String,
    /// The words of the question.
    pub label: String,
    /// What the form was shown with; `None`: it does not say.
    pub before: Option<String>,
    /// What the reader typed.
    pub mine: String,
    /// What is stored.
    pub theirs: String,
    /// What is proposed: the side that changed it, if only one did.
    pub chosen: Option<Side>,
    /// Asked before, and not answered.
    pub is_open: bool,
}

/// Somebody's words: never in a log.
impl std::fmt::Debug for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Difference({})", self.key)
    }
}

impl Difference {
    /// Name of the choice.
    pub fn field(&self) -> String {
        super::pick(&self.key)
    }

    /// Whether that side is proposed.
    pub fn is(&self, side: &str) -> bool {
        self.chosen.is_some_and(|chosen| chosen.code() == side)
    }
}

/// Where mine and theirs differ.
pub(super) fn differences(
    questions: &[Question],
    base: Option<&Form>,
    mine: &Form,
    theirs: &Form,
) -> Vec<Difference> {
    let mut found = Vec::new();
    for question in questions {
        let (m, t) = (question.answer(mine), question.answer(theirs));
        if m == t {
            continue;
        }
        let before = base.map(|form| question.answer(form));
        let chosen = match before {
            Some(b) if b == t => Some(Side::Mine),
            Some(b) if b == m => Some(Side::Theirs),
            _ => None,
        };
        found.push(Difference {
            key: question.key.clone(),
            label: question.label.clone(),
            before: base.map(|form| question.words(form)),
            mine: question.words(mine),
            theirs: question.words(theirs),
            chosen,
            is_open: false,
        });
    }
    found
}
