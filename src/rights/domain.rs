//! Consents, views and complaints, as the forms give them.

use crate::ids::{RowId, UserId};
use chrono::NaiveDate;

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $code:literal, $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every one, as a form shows them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// As the database knows it.
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// Key of its words.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// From its code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
choices! {
    /// What a consent is for.
    Purpose {
        /// To give it to those who help, and to the prosecution.
        Sharing => "sharing", "consent-for-sharing",
        /// To be cared for.
        Care => "care", "consent-for-care",
    }
}
choices! {
    /// When a child is heard.
    Occasion {
        /// The social inquiry.
        Assessment => "assessment", "view-on-assessment",
        /// The plan.
        Plan => "plan", "view-on-plan",
        /// Where to live.
        Placement => "placement", "view-on-placement",
        /// Any other decision.
        Decision => "decision", "view-on-decision",
        /// The closing of the file.
        Closure => "closure", "view-on-closure",
    }
}

/// The languages in which the script may be read as it stands, with the tag of each. In another, the text is
/// awaited: an interpreter says it.
pub const SCRIPT_LANGUAGES: [(&str, &str); 4] = [
    ("darija", "ary"),
    ("arabic", "ar"),
    ("french", "fr"),
    ("english", "en"),
];

/// Whether there is a text in that language.
pub fn has_script(language: &str) -> bool {
    SCRIPT_LANGUAGES.iter().any(|(code, _)| *code == language)
}

/// A consent, or what replaces it.
#[derive(Debug)]
pub struct NewConsent {
    /// Made of the form and its answers.
    pub id: RowId,
    /// What for.
    pub purpose: Purpose,
    /// Code of `ref.consent_basis`.
    pub basis: String,
    /// Code of `ref.consent_giver`.
    pub given_by: String,
    /// When.
    pub given_on: NaiveDate,
    /// What was said with it.
    pub note: Option<String>,
}

/// How a child was heard, or not.
#[derive(Debug)]
pub enum Hearing {
    /// In a language, with these words.
    Heard {
        /// Code of `ref.language`.
        language: String,
        /// The words.
        words: String,
        /// In which the script was read before, if it was.
        script: Option<String>,
    },
    /// Code of `ref.view_absence`, and more.
    NotHeard {
        /// The code.
        why: String,
        /// What more there is to say.
        words: Option<String>,
    },
}

/// The child's view.
#[derive(Debug)]
pub struct NewView {
    /// Made of the form and its answers.
    pub id: RowId,
    /// Of what.
    pub occasion: Occasion,
    /// When it was asked.
    pub on: NaiveDate,
    /// Through an interpreter.
    pub interpreter: bool,
    /// What came of it.
    pub hearing: Hearing,
}

/// A complaint.
#[derive(Debug)]
pub struct NewComplaint {
    /// Made of the form and its answers.
    pub id: RowId,
    /// Code of `ref.complaint_source`.
    pub source: String,
    /// Code of `ref.complaint_subject`.
    pub subject: String,
    /// Whom it is about, if it is about one of the cell.
    pub against: Option<UserId>,
    /// When it was received.
    pub on: NaiveDate,
    /// The words.
    pub text: String,
}
