//! The placement sheet: what an institution is told of a child, word for word, and no more than that (schema D8).

use crate::{
    authz::TerritoryId,
    cases::Head,
    people::{Age, Names},
    prosecution::{
        seal::SCHEMA_VERSION,
        snapshot::{Coded, FrozenAge},
    },
    reference::{Catalogue, List},
    web::Ui,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the worker writes for this purpose.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// What the child needs there.
    pub needs: String,
    /// Health that the institution must know of.
    pub health: String,
    /// Who brings the child, and when.
    pub brought_by: String,
}

/// The frozen sheet. A first name, no family name; no history, no family, no procedure.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// [`SCHEMA_VERSION`] when written.
    pub schema_version: i16,
    /// The day the age is counted at.
    pub composed_on: NaiveDate,
    /// Number of the child's file, to be said on the telephone.
    pub case_number: String,
    /// First name in Arabic; empty for a protected file, or if nobody knows.
    pub given_ar: String,
    /// First name in Latin letters.
    pub given_la: String,
    /// Sex.
    pub sex: Coded,
    /// Age that day, if anyone knows.
    pub age: Option<FrozenAge>,
    /// Who asks.
    pub origin: Coded,
    /// What the child needs there.
    pub needs: String,
    /// Health, as the worker wrote it for this purpose.
    pub health: String,
    /// Who brings the child.
    pub brought_by: String,
}

macro_rules! silent {
    ($($name:ident),+) => {$(
        /// Facts about a child: never in a log.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
silent!(Told, Sheet);

impl Sheet {
    /// Freezes what is told today of the child of a file.
    pub fn freeze(
        head: &Head,
        told: &Told,
        from: TerritoryId,
        on: NaiveDate,
        words: &Catalogue,
    ) -> Self {
        let given = |name: &String| {
            if head.protected {
                String::new()
            } else {
                name.clone()
            }
        };
        Self {
            schema_version: SCHEMA_VERSION,
            composed_on: on,
            case_number: head.number.clone(),
            given_ar: given(&head.names.given_ar),
            given_la: given(&head.names.given_la),
            sex: Coded::of(words, List::Sex, &head.sex),
            age: head.birth.as_ref().map(|birth| {
                let age = birth.age_on(on);
                FrozenAge {
                    min_months: age.min_months,
                    max_months: age.max_months,
                    basis: Coded::of(words, List::BirthBasis, &birth.basis),
                }
            }),
            origin: Coded::territory(words, from),
            needs: told.needs.clone(),
            health: told.health.clone(),
            brought_by: told.brought_by.clone(),
        }
    }

    /// First name, or the number where none may be told.
    pub fn name(&self, ui: &Ui) -> String {
        let names = Names {
            given_ar: self.given_ar.clone(),
            given_la: self.given_la.clone(),
            ..Names::default()
        };
        if names.is_unknown() {
            self.case_number.clone()
        } else {
            names.say(ui)
        }
    }

    /// Age of that day, in words.
    pub fn age(&self, ui: &Ui) -> String {
        self.age.as_ref().map_or_else(
            || ui.t("age-unknown"),
            |age| {
                Age {
                    min_months: age.min_months,
                    max_months: age.max_months,
                }
                .say(ui)
            },
        )
    }
}
