//! A message before its language is known: a key and its variables.

use fluent_templates::fluent_bundle::{FluentValue, types::FluentNumber};

/// A variable of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A count: chooses the plural form.
    Int(i64),
    /// A word or a name.
    Text(String),
}

impl Arg {
    pub(super) fn to_fluent(&self) -> FluentValue<'static> {
        match self {
            Self::Int(n) => count(*n),
            Self::Text(text) => FluentValue::from(text.clone()),
        }
    }
}

/// A count from 103 is handed over as its last two digits, and brings its own text for [`print`]: the
/// Arabic rule of `intl_pluralrules` 7 reads `n % 100 = 3..10` as `n = 3..10`, so that 142 would choose
/// «طفل» where grammar asks for «طفلا». In French and English the digits choose as the count does.
fn count(n: i64) -> FluentValue<'static> {
    let tail = n % 100;
    if n < 100 || tail < 3 {
        return FluentValue::from(n);
    }
    let mut value = FluentNumber::from(tail);
    value.options.currency = Some(grouped(n));
    FluentValue::Number(value)
}

/// How a message prints a number: its thousands apart.
pub(super) fn print<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let text = || {
        number
            .as_string()
            .parse()
            .map_or_else(|_| number.as_string().into_owned(), grouped)
    };
    Some(number.options.currency.clone().unwrap_or_else(text))
}

/// Thousands apart by a no-break space.
pub(super) fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

macro_rules! from_int {
    ($($int:ty),+) => {$(
        impl From<$int> for Arg {
            fn from(n: $int) -> Self {
                i64::try_from(n).map_or_else(|_| Self::Text(n.to_string()), Self::Int)
            }
        }

        impl From<&$int> for Arg {
            fn from(n: &$int) -> Self {
                Self::from(*n)
            }
        }
    )+};
}
from_int!(i16, i32, i64, u32, u64, usize);

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// What to tell the reader, in whatever language they read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Msg {
    key: &'static str,
    args: Vec<(&'static str, Arg)>,
}

impl Msg {
    /// A message without variables.
    pub const fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    /// With a variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Its key.
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// Its variables.
    pub fn args(&self) -> &[(&'static str, Arg)] {
        &self.args
    }
}
