//! What a move needs to be known or done, and what of it is lacking.

use serde::Deserialize;

macro_rules! lacks {
    ($($(#[$doc:meta])* $variant:ident => $fact:ident, $key:literal, $page:literal),+ $(,)?) => {
        /// Something that a move needs and that is not there (domain §3.2).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Lack { $($(#[$doc])* $variant),+ }

        impl Lack {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// Key of its words: what to do.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// Where it is mended: a page under the file's own, or the child's.
            pub const fn page(self) -> &'static str { match self { $(Self::$variant => $page),+ } }
        }

        /// What is known and done in the last episode of a file.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
        pub struct Facts { $($(#[$doc])* pub $fact: bool),+ }

        impl Facts {
            /// Any, of the answers to one question after the other.
            pub fn any(mut answers: impl Iterator<Item = bool>) -> Self {
                Self { $($fact: answers.next().unwrap_or_default()),+ }
            }

            /// Whether that is lacking.
            pub const fn lack(self, what: Lack) -> bool { match what { $(Lack::$variant => !self.$fact),+ } }
        }
    };
}
lacks! {
    /// The sex is F or M.
    Sex => sex, "lack-sex", "child",
    /// There is a date of birth or an estimate.
    Birth => birth, "lack-birth", "child",
    /// The file is at home in a city of the plan.
    City => city, "lack-city", "/transfer",
    /// How grave the danger is was said.
    Risk => risk, "lack-risk", "/assessments",
    /// Help was given since the episode began.
    Service => served, "lack-service", "service",
    /// An urgent service was delivered: a safe place, an examination.
    UrgentHelp => urgent_help, "lack-urgent-help", "service",
    /// Nothing urgent that was promised is still to be delivered.
    EmergencyDelivered => emergency_delivered, "lack-emergency-delivered", "services",
    /// The prosecution has decided on every file it received about the child.
    JudicialDecided => judicial_decided, "lack-judicial-decided", "prosecution",
    /// What the prosecution or a judge ordered for the child, and lasts, has ended.
    MeasureEnded => measure_ended, "lack-measure-ended", "prosecution",
    /// The situation was assessed in this episode.
    Assessment => assessed, "lack-assessment", "/assessments",
    /// A plan is approved.
    Plan => planned, "lack-plan", "/care-plan",
    /// Somebody answers for a child who lives in an institution.
    PlacementBody => placement_body, "lack-placement-body", "/shelter",
    /// Information is shared on a consent that lives, or on what replaces it.
    SharingBasis => sharing_basis, "lack-sharing-basis", "/rights",
    /// Whether the child already has a file was looked for.
    DuplicateCheck => duplicates_checked, "lack-duplicate-check", "/duplicates",
    /// The child was heard on the closing, or why not is written.
    ChildView => child_view, "lack-child-view", "/rights?occasion=closure",
    /// The final report is written.
    FinalReport => closing_report, "lack-final-report", "/closure",
    /// What the closing ends in was weighed, where it must be: kafala, another country, a stay that lasts.
    Determination => weighed, "lack-determination", "/care-plan",
}

impl Facts {
    /// What of these is lacking.
    pub fn lacking(self, needs: &[Lack]) -> Vec<Lack> {
        needs
            .iter()
            .copied()
            .filter(|need| self.lack(*need))
            .collect()
    }
}
