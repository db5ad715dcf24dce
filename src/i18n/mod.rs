//! Words: three languages, one key each, in `locales/{ar,fr,en}/<slice>.ftl`.

mod dates;
mod msg;

pub use dates::{Dates, month_key};
pub use msg::{Arg, Msg};

use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, static_loader};
use std::{borrow::Cow, collections::HashMap};
use unic_langid::langid;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "ar",
        customise: |bundle| bundle.set_formatter(Some(msg::print)),
    };
}

static AR: LanguageIdentifier = langid!("ar");
static FR: LanguageIdentifier = langid!("fr");
static EN: LanguageIdentifier = langid!("en");

/// A language of the pages. Arabic comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Lang {
    /// العربية
    #[default]
    Ar,
    /// Français
    Fr,
    /// English
    En,
}

impl Lang {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Ar, Self::Fr, Self::En];

    /// Two letters: in the cookie, in the database, in the form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// For the `lang` attribute: Moroccan Arabic and French, so that months are right.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar-MA",
            Self::Fr => "fr-MA",
            Self::En => "en-GB",
        }
    }

    /// Direction of the page.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::Fr | Self::En => "ltr",
        }
    }

    /// Its name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ar => "العربية",
            Self::Fr => "Français",
            Self::En => "English",
        }
    }

    /// From its two letters.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::Ar => &AR,
            Self::Fr => &FR,
            Self::En => &EN,
        }
    }

    /// The words of a key. A missing key shows itself, and fails a test.
    pub fn t(self, key: &str) -> String {
        LOCALES
            .try_lookup(self.id(), key)
            .unwrap_or_else(|| key.to_owned())
    }

    /// The words of a key with its variables. Names and numbers come wrapped in Unicode isolates, so that
    /// a Latin name does not turn an Arabic sentence over.
    pub fn t_with(self, key: &str, args: &[(&'static str, Arg)]) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'static>> = args
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.to_fluent()))
            .collect();
        LOCALES
            .try_lookup_with_args(self.id(), key, &args)
            .unwrap_or_else(|| key.to_owned())
    }

    /// A message.
    pub fn msg(self, msg: &Msg) -> String {
        self.t_with(msg.key(), msg.args())
    }

    /// Names one after the other, as a sentence lists them.
    pub fn list(self, names: &[&str]) -> String {
        let Some((last, before)) = names.split_last() else {
            return String::new();
        };
        if before.is_empty() {
            return (*last).to_owned();
        }
        match self {
            Self::Ar => names.join(" و"),
            Self::Fr => format!("{} et {last}", before.join(", ")),
            Self::En => format!("{} and {last}", before.join(", ")),
        }
    }

    /// A number with its thousands apart by a no-break space: unambiguous for officials of all three.
    pub fn number(self, n: i64) -> String {
        msg::grouped(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_a_sentence_does() {
        assert_eq!(
            Lang::Ar.list(&["الرباط", "سلا", "تمارة"]),
            "الرباط وسلا وتمارة"
        );
        assert_eq!(
            Lang::Fr.list(&["Rabat", "Salé", "Témara"]),
            "Rabat, Salé et Témara"
        );
        assert_eq!(Lang::En.list(&["Rabat"]), "Rabat");
    }

    #[test]
    fn arabic_counts_choose_their_form_by_the_last_two_digits() {
        let children = |n: i64| Lang::Ar.t_with("figure-children", &[("n", Arg::Int(n))]);
        for (n, word) in [
            (7, "أطفال"),
            (42, "طفلا"),
            (100, "طفل"),
            (102, "طفل"),
            (103, "أطفال"),
            (142, "طفلا"),
            (1142, "طفلا"),
        ] {
            let text = children(n);
            assert!(text.ends_with(&format!(" {word}")), "{n}: {text}");
            assert!(text.contains(&Lang::Ar.number(n)), "{n}: {text}");
        }
    }

    #[test]
    fn numbers_are_grouped_by_a_no_break_space() {
        assert_eq!(Lang::Ar.number(142), "142");
        assert_eq!(Lang::Fr.number(1_284_567), "1\u{a0}284\u{a0}567");
        assert_eq!(Lang::En.number(-1_000), "−1\u{a0}000");
    }
}
