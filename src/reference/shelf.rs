//! The code lists in memory.

use crate::{
    error::AppError,
    i18n::{Lang, Msg},
    ids::{CourtId, TerritoryId},
};
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use sqlx::PgConnection;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, RwLock},
};

macro_rules! lists {
    ($($variant:ident => $table:literal),+ $(,)?) => {
        /// A code list of schema `ref`, of the common shape.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum List { $(#[doc = concat!("`ref.", $table, "`")] $variant),+ }

        impl List {
            /// Every list.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// Its table in schema `ref`.
            pub const fn table(self) -> &'static str {
                match self { $(Self::$variant => $table),+ }
            }
        }
    };
}
lists! {
    Sex => "sex",
    BirthBasis => "birth_basis",
    IdentifierKind => "identifier_kind",
    CivilStatus => "civil_status",
    EducationStatus => "education_status",
    Language => "language",
    Disability => "disability",
    ReportingGroup => "reporting_group",
    Nationality => "nationality",
    AgeBand => "age_band",
    ContactPlace => "contact_place",
    Circumstance => "circumstance",
    AdultRelation => "adult_relation",
    RelationProof => "relation_proof",
    ContactAction => "contact_action",
    ContactOutcome => "contact_outcome",
    RedFlag => "red_flag",
    ExploitationIndicator => "exploitation_indicator",
    Need => "need",
    InformationSource => "information_source",
    ConsentBasis => "consent_basis",
    RiskLevel => "risk_level",
    OpenReason => "open_reason",
    ProtectionReason => "protection_reason",
    EmergencyReason => "emergency_reason",
    ClinicalKind => "clinical_kind",
    DocumentKind => "document_kind",
    ClosureReason => "closure_reason",
    PlacementType => "placement_type",
    ServiceKind => "service_kind",
    ServiceOutcome => "service_outcome",
    ServiceReason => "service_reason",
    CourtChangeReason => "court_change_reason",
    JudicialTarget => "judicial_target",
    CourtVenue => "court_venue",
    CourtOutcome => "court_outcome",
    JuvenileMeasure => "juvenile_measure",
    JudicialQuestion => "judicial_question",
    NoProcedureReason => "no_procedure_reason",
    NonProsecutionReason => "non_prosecution_reason",
    ChildDecisionKind => "child_decision_kind",
    AdultDecisionKind => "adult_decision_kind",
    Offence => "offence",
    OrgType => "org_type",
    MeetingKind => "meeting_kind",
    SeatSector => "seat_sector",
    TaskRule => "task_rule",
    ShelterStandard => "shelter_standard",
    PlaceReason => "place_reason",
    BedRefusal => "bed_refusal",
    ConsentGiver => "consent_giver",
    ViewAbsence => "view_absence",
    ComplaintSource => "complaint_source",
    ComplaintSubject => "complaint_subject",
    InterviewScript => "interview_script",
    MissedReason => "missed_reason",
    AssessmentDomain => "assessment_domain",
    BidOccasion => "bid_occasion",
    CareTerm => "care_term",
    BodySign => "body_sign",
    BodyPart => "body_part",
    LetterParty => "letter_party",
    LetterPurpose => "letter_purpose",
    PartnerRole => "partner_role",
    ActivationStep => "activation_step",
    ReadinessCriterion => "readiness_criterion",
}

/// A text in the three languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Label {
    /// Arabic.
    pub ar: String,
    /// French.
    pub fr: String,
    /// English; French where a proper name has no English form.
    #[serde(default)]
    pub en: String,
}

impl Label {
    /// In the reader's language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.ar,
            Lang::En if !self.en.is_empty() => &self.en,
            Lang::Fr | Lang::En => &self.fr,
        }
    }
}

/// A row of a code list. The columns beyond the common shape are in `extra`, as the table names them.
#[derive(Debug, Clone, Deserialize)]
pub struct Code {
    /// For ever.
    pub code: String,
    /// Its words.
    #[serde(flatten)]
    pub label: Label,
    sort: i16,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    /// `unknown`, `refused`, `not_applicable` (schema D23).
    pub is_missing: bool,
    #[serde(flatten)]
    extra: HashMap<String, serde_json::Value>,
}

impl Code {
    /// A text column of its own list, as `parent` or `effect`.
    pub fn text(&self, column: &str) -> Option<&str> {
        self.extra.get(column)?.as_str()
    }

    /// A yes-or-no column of its own list, as `protects` or `confirmed`.
    pub fn flag(&self, column: &str) -> bool {
        self.extra
            .get(column)
            .and_then(serde_json::Value::as_bool)
            .unwrap_or(false)
    }

    /// A number column of its own list.
    pub fn number(&self, column: &str) -> Option<i64> {
        self.extra.get(column)?.as_i64()
    }

    /// Whether the code may be chosen for an event of that day; `valid_to` is the first day it may not.
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }
}

/// A prefecture or province.
#[derive(Debug, Clone, Deserialize)]
pub struct Territory {
    /// Its number.
    pub id: TerritoryId,
    /// Its code in the national statistics, as `04.421`: an attribute, never a key.
    pub hcp_code: String,
    /// Its name.
    #[serde(flatten)]
    pub label: Label,
}

/// A commune or arrondissement.
#[derive(Debug, Clone, Deserialize)]
pub struct Place {
    /// HCP code, 9 digits.
    pub code: String,
    /// Its prefecture.
    pub territory_id: TerritoryId,
    /// Its name.
    #[serde(flatten)]
    pub label: Label,
    /// False for a commune that is cut into arrondissements.
    pub selectable: bool,
}

/// A court.
#[derive(Debug, Clone, Deserialize)]
pub struct Court {
    /// Its number.
    pub id: CourtId,
    /// `tpi` or `ca`.
    pub level: String,
    /// The court of appeal above it.
    pub parent_id: Option<CourtId>,
    /// Its name.
    #[serde(flatten)]
    pub label: Label,
}

/// A provider or partner, under its present name.
#[derive(Debug, Clone, Deserialize)]
pub struct Organisation {
    /// For ever.
    pub code: String,
    /// Code of `ref.org_type`.
    pub r#type: String,
    /// `None` for a national body.
    pub territory_id: Option<TerritoryId>,
    /// Its name today.
    #[serde(flatten)]
    pub label: Label,
}

/// A city of the plan.
#[derive(Debug, Clone, Deserialize)]
pub struct City {
    /// As in `?city=rabat`.
    pub slug: String,
    /// Its prefecture.
    pub territory_id: TerritoryId,
    /// Its name.
    #[serde(flatten)]
    pub label: Label,
    /// Code of its phase.
    pub phase: String,
    /// Where it stands on its way into the plan.
    pub status: String,
}

impl City {
    /// Whether it is in the plan, or was: what was counted there stays counted.
    pub fn is_counted(&self) -> bool {
        matches!(self.status.as_str(), "active" | "suspended")
    }

    /// Whether people are given posts there: from the moment it is being prepared.
    pub fn has_posts(&self) -> bool {
        self.is_counted() || self.status == "preparing"
    }
}

/// Everything, as read at one moment.
#[derive(Debug, Default)]
pub struct Catalogue {
    lists: HashMap<&'static str, Vec<Code>>,
    territories: BTreeMap<i16, Territory>,
    places: HashMap<String, Place>,
    courts: BTreeMap<i16, Court>,
    organisations: Vec<Organisation>,
    cities: Vec<City>,
    register: Vec<City>,
    targets: HashMap<(Option<i16>, String, String), i32>,
    jurisdiction: HashMap<(i16, String), CourtId>,
}

impl Catalogue {
    /// As the database has it now.
    pub async fn read(connection: &mut PgConnection) -> Result<Self, AppError> {
        let row: serde_json::Value = sqlx::query_scalar(include_str!("sql/catalogue.sql"))
            .fetch_one(connection)
            .await?;
        let raw: Raw = serde_json::from_value(row).map_err(AppError::internal)?;
        Ok(raw.into_catalogue())
    }

    /// The codes of a list that may be chosen for an event of that day, in order.
    pub fn choices(&self, list: List, day: NaiveDate) -> Vec<&Code> {
        self.codes(list)
            .iter()
            .filter(|c| c.valid_on(day))
            .collect()
    }

    /// A code, also one that is closed by now: old rows keep their words.
    pub fn code(&self, list: List, code: &str) -> Option<&Code> {
        self.codes(list).iter().find(|c| c.code == code)
    }

    /// Accepts a code of the list that is valid on the day of the event.
    pub fn parse(&self, list: List, text: &str, day: NaiveDate) -> Result<String, Msg> {
        match self.code(list, text) {
            Some(code) if code.valid_on(day) => Ok(code.code.clone()),
            _ => Err(Msg::new("error-choice")),
        }
    }

    /// The words of a code; the code itself if the list has lost it, which a test forbids.
    pub fn label<'a>(&'a self, list: List, code: &'a str, lang: Lang) -> &'a str {
        self.code(list, code)
            .map_or(code, |c| c.label.in_lang(lang))
    }

    /// A prefecture.
    pub fn territory(&self, id: TerritoryId) -> Option<&Territory> {
        self.territories.get(&id.0)
    }

    /// A commune or arrondissement.
    pub fn place(&self, code: &str) -> Option<&Place> {
        self.places.get(code)
    }

    /// The communes and arrondissements of a prefecture that can be chosen, by name.
    pub fn places_of(&self, territory: TerritoryId, lang: Lang) -> Vec<&Place> {
        let mut places: Vec<_> = self
            .places
            .values()
            .filter(|p| p.territory_id == territory && p.selectable)
            .collect();
        places.sort_by(|a, b| a.label.in_lang(lang).cmp(b.label.in_lang(lang)));
        places
    }

    /// A court.
    pub fn court(&self, id: CourtId) -> Option<&Court> {
        self.courts.get(&id.0)
    }

    /// The court of appeal above a court of first instance.
    pub fn court_above(&self, id: CourtId) -> Option<&Court> {
        self.court(self.court(id)?.parent_id?)
    }

    /// All courts, in order.
    pub fn courts(&self) -> impl Iterator<Item = &Court> {
        self.courts.values()
    }

    /// The first-instance court of a place: its commune's own, else its prefecture's (schema D26).
    pub fn court_of(&self, territory: TerritoryId, place: &str) -> Option<&Court> {
        let own = self.jurisdiction.get(&(territory.0, place.to_owned()));
        let id = own.or_else(|| self.jurisdiction.get(&(territory.0, String::new())))?;
        self.court(*id)
    }

    /// Who can provide a service in a prefecture: its own bodies, then the national ones. A committee decides, and
    /// provides nothing.
    pub fn providers(&self, territory: TerritoryId) -> Vec<&Organisation> {
        let own = self
            .organisations
            .iter()
            .filter(|o| o.territory_id == Some(territory) && o.r#type != "provincial_committee");
        let national = self
            .organisations
            .iter()
            .filter(|o| o.territory_id.is_none());
        own.chain(national).collect()
    }

    /// An organisation.
    pub fn organisation(&self, code: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|o| o.code == code)
    }

    /// Every organisation.
    pub fn organisations(&self) -> &[Organisation] {
        &self.organisations
    }

    /// The cities of the plan, in the order they joined; of one that is suspended the figures go on.
    pub fn cities(&self) -> &[City] {
        &self.cities
    }

    /// Every city of the register, candidates among them.
    pub fn register(&self) -> &[City] {
        &self.register
    }

    /// The prefectures and provinces, all of them.
    pub fn territories(&self) -> impl ExactSizeIterator<Item = &Territory> {
        self.territories.values()
    }

    /// Hours a file of that city may stay in a state, by risk: the city's own, else those of all; `None` where
    /// nothing is owed.
    pub fn target_hours(&self, place: TerritoryId, state: &str, risk: &str) -> Option<i32> {
        let of = |place| {
            let key = (place, state.to_owned(), risk.to_owned());
            self.targets.get(&key).copied()
        };
        of(Some(place.0)).or_else(|| of(None))
    }

    /// How long may pass before what comes next, by its code in `ref.care_term`.
    pub fn term(&self, code: &str) -> Option<TimeDelta> {
        let hours = self.code(List::CareTerm, code)?.number("hours")?;
        TimeDelta::try_hours(hours)
    }

    fn codes(&self, list: List) -> &[Code] {
        self.lists.get(list.table()).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
impl Catalogue {
    /// With one list as the database would send it.
    pub(crate) fn with(mut self, list: List, rows: serde_json::Value) -> Self {
        self.lists
            .insert(list.table(), serde_json::from_value(rows).unwrap());
        self
    }
}

/// The catalogue of the moment, shared; replaced whole when it is read again.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Arc<RwLock<Arc<Catalogue>>>);

impl Shelf {
    /// What is known now.
    pub fn now(&self) -> Arc<Catalogue> {
        Arc::clone(
            &self
                .0
                .read()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }

    /// Reads it all again, in one statement.
    pub async fn refresh(&self, db: &crate::db::Db) -> Result<(), AppError> {
        let mut tx = db.begin_figures().await?;
        let catalogue = Arc::new(Catalogue::read(&mut tx).await?);
        tx.commit().await?;
        *self
            .0
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = catalogue;
        Ok(())
    }
}

/// The catalogue as the database sends it.
#[derive(Deserialize)]
struct Raw {
    lists: HashMap<String, Vec<Code>>,
    territories: Vec<Territory>,
    places: Vec<Place>,
    courts: Vec<Court>,
    organisations: Vec<Organisation>,
    cities: Vec<City>,
    targets: Vec<(Option<i16>, String, String, i32)>,
    jurisdiction: Vec<(i16, String, CourtId)>,
}

impl Raw {
    fn into_catalogue(mut self) -> Catalogue {
        let lists = List::ALL
            .iter()
            .map(|list| {
                let mut codes = self.lists.remove(list.table()).unwrap_or_default();
                codes.sort_by_key(|c| c.sort);
                (list.table(), codes)
            })
            .collect();
        Catalogue {
            lists,
            territories: self.territories.into_iter().map(|t| (t.id.0, t)).collect(),
            places: self
                .places
                .into_iter()
                .map(|p| (p.code.clone(), p))
                .collect(),
            courts: self.courts.into_iter().map(|c| (c.id.0, c)).collect(),
            organisations: self.organisations,
            cities: self
                .cities
                .iter()
                .filter(|city| city.is_counted())
                .cloned()
                .collect(),
            register: self.cities,
            targets: self
                .targets
                .into_iter()
                .map(|(place, state, risk, hours)| ((place, state, risk), hours))
                .collect(),
            jurisdiction: self
                .jurisdiction
                .into_iter()
                .map(|(t, place, court)| ((t, place), court))
                .collect(),
        }
    }
}
