//! What is sent to a provider: as little as it takes to help. Never a clinical note, never a file's number, never
//! where a mother stands at the prosecution (schema D8, domain P14).

use super::{Person, Whom};
use crate::{
    authz::TerritoryId,
    ids::ServiceId,
    people::Names,
    prosecution::snapshot::{Coded, FrozenAge},
    reference::{Catalogue, List},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How the people are called in the extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// By their given name.
    Given,
    /// By their initials.
    Initials,
    /// By a number: person 1, person 2.
    Number,
}

impl Naming {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Given, Self::Initials, Self::Number];

    /// As a form sends it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Initials => "initials",
            Self::Number => "number",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Given => "request-naming-given",
            Self::Initials => "request-naming-initials",
            Self::Number => "request-naming-number",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What the worker chose to say.
#[derive(Clone)]
pub struct Asked {
    /// How the people are called.
    pub naming: Naming,
    /// The day wished for.
    pub by: NaiveDate,
    /// What is asked, in the worker's words.
    pub ask: String,
    /// What to know to do it: language, escort, hours.
    pub practical: Option<String>,
}

/// Somebody to be helped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helped {
    /// In Arabic; empty if a number stands for it.
    pub name_ar: String,
    /// In Latin letters; likewise.
    pub name_la: String,
    /// Sex.
    pub sex: Coded,
    /// Age that day, if anyone knows.
    pub age: Option<FrozenAge>,
}

/// The extract.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// Version of its shape.
    pub schema_version: i16,
    /// The day ages are counted at.
    pub composed_on: NaiveDate,
    /// What both sides call it: no number of a file.
    pub reference: String,
    /// The prefecture.
    pub origin: Coded,
    /// Who is asked.
    pub provider: Coded,
    /// The family of help.
    pub family: Coded,
    /// What is asked for.
    pub kind: Coded,
    /// Whether it cannot wait.
    pub urgent: bool,
    /// The day wished for.
    pub by: NaiveDate,
    /// For whom.
    pub people: Vec<Helped>,
    /// In the worker's words.
    pub ask: String,
    /// Practical notes; may be empty.
    pub practical: String,
}

macro_rules! silent {
    ($($name:ident),+) => {$(
        /// Facts about people: never in a log.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
silent!(Asked, Helped, Slip);

/// `R-7D1C-94C5`: short enough for the telephone, and of no use without the request.
pub fn reference(id: ServiceId) -> String {
    let hex = id.0.simple().to_string().to_uppercase();
    let (head, tail) = hex.split_at(hex.len() - 8);
    let _ = head;
    let (a, b) = tail.split_at(4);
    format!("R-{a}-{b}")
}

/// What an extract is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The act.
    pub id: ServiceId,
    /// Its kind.
    pub kind: &'a str,
    /// Its provider.
    pub provider: &'a str,
    /// As the kind says.
    pub urgent: bool,
    /// For whom.
    pub whom: &'a Whom,
}

impl Slip {
    /// Freezes what was chosen, and nothing else. A protected child is a number, whatever was chosen.
    pub fn freeze(
        about: About<'_>,
        asked: &Asked,
        origin: TerritoryId,
        today: NaiveDate,
        catalogue: &Catalogue,
    ) -> Self {
        let family = catalogue
            .code(List::ServiceKind, about.kind)
            .and_then(|kind| kind.text("parent"))
            .unwrap_or(about.kind);
        let provider = catalogue
            .organisation(about.provider)
            .map(|one| one.label.clone())
            .unwrap_or_default();
        let naming = if about.whom.people().any(|one| one.is_protected) {
            Naming::Number
        } else {
            asked.naming
        };
        Self {
            schema_version: crate::prosecution::seal::SCHEMA_VERSION,
            composed_on: today,
            reference: reference(about.id),
            origin: Coded::territory(catalogue, origin),
            provider: Coded::new(&about.provider, &provider),
            family: Coded::of(catalogue, List::ServiceKind, family),
            kind: Coded::of(catalogue, List::ServiceKind, about.kind),
            urgent: about.urgent,
            by: asked.by,
            people: about
                .whom
                .people()
                .map(|one| helped(one, naming, today, catalogue))
                .collect(),
            ask: asked.ask.clone(),
            practical: asked.practical.clone().unwrap_or_default(),
        }
    }
}

fn helped(one: &Person, naming: Naming, today: NaiveDate, catalogue: &Catalogue) -> Helped {
    let (name_ar, name_la) = called(&one.names, naming);
    Helped {
        name_ar,
        name_la,
        sex: Coded::of(catalogue, List::Sex, &one.sex),
        age: one.birth.as_ref().map(|birth| {
            let age = birth.age_on(today);
            FrozenAge {
                min_months: age.min_months,
                max_months: age.max_months,
                basis: Coded::of(catalogue, List::BirthBasis, &birth.basis),
            }
        }),
    }
}

fn called(names: &Names, naming: Naming) -> (String, String) {
    let letters = |given: &str, family: &str| {
        let first = |name: &str| name.chars().next().map(|c| format!("{c}."));
        [first(given), first(family)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    };
    match naming {
        Naming::Given => (names.given_ar.clone(), names.given_la.clone()),
        Naming::Initials => (
            letters(&names.given_ar, &names.family_ar),
            letters(&names.given_la, &names.family_la),
        ),
        Naming::Number => (String::new(), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CaseId, PersonId};
    use uuid::Uuid;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    fn frozen(naming: Naming, is_protected: bool) -> Slip {
        let child = Person {
            id: PersonId(Uuid::from_u128(1)),
            case: CaseId(Uuid::from_u128(2)),
            number: "RAB-2026-00007-X".into(),
            sex: "F".into(),
            is_protected,
            names: Names::new(
                Some("زهرة".into()),
                Some("البستان".into()),
                Some("Zahra".into()),
                Some("Boustane".into()),
            ),
            birth: None,
        };
        let whom = Whom::of_children(vec![child]);
        let about = About {
            id: ServiceId(Uuid::from_u128(0xdead_beef)),
            kind: "vaccination",
            provider: "hospital_cell_rabat",
            urgent: false,
            whom: &whom,
        };
        let asked = Asked {
            naming,
            by: day(),
            ask: "تلقيح".into(),
            practical: None,
        };
        Slip::freeze(about, &asked, TerritoryId(1), day(), &Catalogue::default())
    }

    #[test]
    fn an_extract_holds_no_family_name_no_number_of_a_file_and_no_id() {
        for naming in Naming::ALL {
            let text = serde_json::to_string(&frozen(naming, false)).unwrap();
            for secret in [
                "البستان",
                "Boustane",
                "RAB-2026",
                &Uuid::from_u128(1).to_string(),
                &Uuid::from_u128(2).to_string(),
            ] {
                assert!(!text.contains(secret), "{naming:?}: {secret}");
            }
            assert_eq!(text.contains("Zahra"), naming == Naming::Given);
        }
    }

    #[test]
    fn a_protected_child_is_a_number_whatever_was_chosen() {
        for naming in Naming::ALL {
            let slip = frozen(naming, true);
            assert!(slip.people[0].name_ar.is_empty() && slip.people[0].name_la.is_empty());
        }
    }

    #[test]
    fn a_reference_can_be_said_on_the_telephone() {
        assert_eq!(frozen(Naming::Number, false).reference, "R-DEAD-BEEF");
    }
}
