//! A message before its language is known: a key and its variables.

use fluent_templates::fluent_bundle::FluentValue;

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
            Self::Int(n) => FluentValue::from(*n),
            Self::Text(text) => FluentValue::from(text.clone()),
        }
    }
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
