//! What somebody was typing when the page went away: kept for fourteen days, for its author alone (decision 0073).
//!
//! A long form is posted to `/drafts/of/{form}/{subject}` every few seconds by `static/drafts.js`, or by a button.
//! Opened again, on any device, its page offers what was kept. The draft dies in the transaction that saves the form.

mod db;
mod desk;
mod web;

pub use db::{EXPIRES, done};
pub use desk::{Desk, Offer, resume};
pub use web::routes;

use crate::policy::Permission;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $permission:ident, $path:literal;)+) => {
        /// A form whose drafts are kept.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum DraftOf { $($(#[$doc])* $name),+ }

        impl DraftOf {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// As the database knows it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// What its form asks for.
            pub const fn permission(self) -> Permission {
                match self { $(Self::$name => Permission::$permission),+ }
            }

            /// The page of the form, with `{}` for its file.
            const fn page(self) -> &'static str {
                match self { $(Self::$name => $path),+ }
            }
        }
    };
}
kinds! {
    /// A street contact. Its subject is the id that the form will save it under: two at once are two drafts.
    Contact = "contact", ContactLog, "/contacts/new";
    /// An assessment.
    Assessment = "assessment", CaseWork, "/cases/{}/assessments/form";
    /// A version of a care plan.
    CarePlan = "care_plan", CaseWork, "/cases/{}/care-plan/form";
    /// A best-interests determination.
    Determination = "determination", CaseWork, "/cases/{}/best-interests";
    /// What a visit found.
    Visit = "visit", CaseWork, "/cases/{}/visits";
    /// An extract for the prosecution.
    Referral = "referral", ReferralCompose, "/cases/{}/prosecution/new";
    /// The report of a closing.
    ClosingReport = "closing_report", CaseWork, "/cases/{}/closure";
}

impl DraftOf {
    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// Where its form is.
    fn path(self, subject: uuid::Uuid) -> String {
        self.page().replace("{}", &subject.to_string())
    }
}
