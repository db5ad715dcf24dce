//! Where else the child of a file is recorded, and whose value of a field is shown (decision 0097). Nothing of it is
//! stored in the file.

use super::head::Head;
use crate::{
    authz::TerritoryId,
    ids::{CaseId, RowId},
    people::{Birth, Names},
};
use chrono::NaiveDate;
use serde::Deserialize;

/// The other records of the child, as `app.also_recorded` tells of them.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Also {
    /// Their files: those of the prefecture, then those of other cities.
    pub files: Vec<AlsoFile>,
    /// What is shown of another record in place of this one's.
    shown: Shown,
}

/// Another file of the same child.
#[derive(Debug, Clone, Deserialize)]
pub struct AlsoFile {
    /// Which.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Where it is.
    pub territory: TerritoryId,
    /// Whether the reader may open it.
    pub readable: bool,
    /// Of another city: what both agreed on.
    pub request: Option<RowId>,
}

/// Of each field, the record that is shown.
#[derive(Debug, Clone, Default, Deserialize)]
struct Shown {
    names: Option<Record>,
    birth: Option<Record>,
    sex: Option<Record>,
    nationality: Option<Record>,
    civil_status: Option<Record>,
}

#[derive(Clone, Deserialize)]
struct Record {
    number: Option<String>,
    sex: String,
    nationality: Option<String>,
    civil_status: Option<String>,
    birth_earliest: Option<NaiveDate>,
    birth_latest: Option<NaiveDate>,
    birth_basis: Option<String>,
    given_ar: Option<String>,
    family_ar: Option<String>,
    given_la: Option<String>,
    family_la: Option<String>,
}

/// Prints nobody.
impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Record(…)")
    }
}

/// The fields of which one of several values is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownField {
    /// The names.
    Names,
    /// When born.
    Birth,
    /// `F`, `M`, `U`.
    Sex,
    /// Nationality.
    Nationality,
    /// Civil registration.
    CivilStatus,
}

impl ShownField {
    /// Every one, as a page shows them.
    pub const ALL: &[Self] = &[
        Self::Names,
        Self::Birth,
        Self::Sex,
        Self::Nationality,
        Self::CivilStatus,
    ];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Birth => "birth",
            Self::Sex => "sex",
            Self::Nationality => "nationality",
            Self::CivilStatus => "civil_status",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

impl Also {
    fn record(&self, field: ShownField) -> Option<&Record> {
        match field {
            ShownField::Names => self.shown.names.as_ref(),
            ShownField::Birth => self.shown.birth.as_ref(),
            ShownField::Sex => self.shown.sex.as_ref(),
            ShownField::Nationality => self.shown.nationality.as_ref(),
            ShownField::CivilStatus => self.shown.civil_status.as_ref(),
        }
    }

    /// The file whose value of a field is shown, where it is another one.
    pub fn shown_from(&self, field: ShownField) -> Option<&str> {
        self.record(field)?.number.as_deref()
    }
}

/// The child as this city shows it: the value of another record where that was chosen.
impl Head {
    /// The names to call the child by.
    pub fn called(&self) -> Names {
        self.also.record(ShownField::Names).map_or_else(
            || self.names.clone(),
            |other| {
                Names::new(
                    other.given_ar.clone(),
                    other.family_ar.clone(),
                    other.given_la.clone(),
                    other.family_la.clone(),
                )
            },
        )
    }

    /// When born, as far as known.
    pub fn shown_birth(&self) -> Option<Birth> {
        match self.also.record(ShownField::Birth) {
            Some(other) => Birth::known(
                other.birth_earliest,
                other.birth_latest,
                other.birth_basis.clone(),
            ),
            None => self.birth.clone(),
        }
    }

    /// `F`, `M`, `U`.
    pub fn shown_sex(&self) -> &str {
        let other = self.also.record(ShownField::Sex);
        other.map_or(self.sex.as_str(), |other| other.sex.as_str())
    }

    /// Code of `ref.nationality`; `None`: not asked.
    pub fn shown_nationality(&self) -> Option<&str> {
        match self.also.record(ShownField::Nationality) {
            Some(other) => other.nationality.as_deref(),
            None => self.nationality.as_deref(),
        }
    }

    /// Code of `ref.civil_status`; `None`: not asked.
    pub fn shown_civil_status(&self) -> Option<&str> {
        match self.also.record(ShownField::CivilStatus) {
            Some(other) => other.civil_status.as_deref(),
            None => self.civil_status.as_deref(),
        }
    }

    /// The files whose entries are read as one story: this one, and those of the prefecture that are of the same child and
    /// that the reader may open.
    pub(super) fn story_files(&self) -> Vec<CaseId> {
        let others = self.also.files.iter();
        let others = others.filter(|one| one.readable && one.request.is_none());
        std::iter::once(self.id)
            .chain(others.map(|one| one.id))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_known_by_its_code() {
        for field in ShownField::ALL {
            assert_eq!(ShownField::from_code(field.code()), Some(*field));
        }
        assert_eq!(ShownField::from_code("mother"), None);
    }

    #[test]
    fn what_the_database_tells_is_read_and_what_it_leaves_out_is_not_shown() {
        let told = r#"{"files": [], "shown": {"sex": {"number": "RAB-1", "sex": "M", "nationality": null,
            "civil_status": null, "birth_earliest": null, "birth_latest": null, "birth_basis": null,
            "given_ar": null, "family_ar": null, "given_la": "Amin", "family_la": null}}}"#;
        let also: Also = serde_json::from_str(told).unwrap();
        assert_eq!(also.shown_from(ShownField::Sex), Some("RAB-1"));
        assert_eq!(also.shown_from(ShownField::Names), None);
        assert!(!format!("{also:?}").contains("Amin"));
    }
}
