//! What a dossier lacks for the legal basis that was chosen: what it cannot be sent without, and what would help. Told
//! from the frozen text, for that is what the court will read.

use super::{
    domain::LegalBasis,
    snapshot::{Adult, Child, Coded, Dossier, Tie},
};

/// Fewest characters of a summary that tells what happened.
const WORDS: usize = 20;
/// The age, in months, under which articles 328 and 330 of the Penal Code protect a child (domain §4, §8: bills that raise
/// it are no law).
const THIRTEEN: i32 = 13 * 12;
/// Whose child is a descendant: codes of `ref.adult_relation`. Who only claims to be the mother is not known to be one.
const ASCENDANTS: [&str; 3] = ["mother", "father", "grandparent"];

/// Something that a dossier lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// The frozen text does not open.
    Text,
    /// Of no child an age, not even an estimate.
    Age,
    /// Neither the facts of a contact nor words that tell them.
    Facts,
    /// Words that tell what happened to the child.
    Words,
    /// The facts of the contact: where, when, how.
    Contact,
    /// An adult.
    Adult,
    /// An adult, a red flag or a sign of exploitation.
    Sign,
    /// Whether each child is registered.
    CivilStatus,
    /// A name of the child of the file.
    Names,
    /// A proof of the kinship of each adult.
    Kinship,
    /// An assessment.
    Assessment,
    /// A document.
    Document,
    /// Trafficking is for the general prosecutor at the court of appeal.
    Appeal,
    /// A child under 13: articles 328 and 330 are about no other.
    Under13,
    /// Whether a child is under 13: the ages that are known do not tell.
    Age13,
    /// A child other than the adult's own: article 327 is about no other.
    OtherChild,
}

impl Lack {
    /// As the audit trail knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Age => "age",
            Self::Facts => "facts",
            Self::Words => "words",
            Self::Contact => "contact",
            Self::Adult => "adult",
            Self::Sign => "sign",
            Self::CivilStatus => "civil_status",
            Self::Names => "names",
            Self::Kinship => "kinship",
            Self::Assessment => "assessment",
            Self::Document => "document",
            Self::Appeal => "appeal",
            Self::Under13 => "under_13",
            Self::Age13 => "age_13",
            Self::OtherChild => "other_child",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "judicial-lack-text",
            Self::Age => "judicial-lack-age",
            Self::Facts => "judicial-lack-facts",
            Self::Words => "judicial-lack-words",
            Self::Contact => "judicial-lack-contact",
            Self::Adult => "judicial-lack-adult",
            Self::Sign => "judicial-lack-sign",
            Self::CivilStatus => "judicial-lack-civil-status",
            Self::Names => "judicial-lack-names",
            Self::Kinship => "judicial-lack-kinship",
            Self::Assessment => "judicial-lack-assessment",
            Self::Document => "judicial-lack-document",
            Self::Appeal => "judicial-lack-appeal",
            Self::Under13 => "judicial-lack-under-thirteen",
            Self::Age13 => "judicial-lack-age-thirteen",
            Self::OtherChild => "judicial-lack-other-child",
        }
    }
}

/// Something that is lacking, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// What.
    pub what: Lack,
    /// The dossier is not sent without it; else it is advised.
    pub is_required: bool,
    /// It is mended in the file of the child; else by composing again.
    pub in_file: bool,
}

/// What a dossier lacks, the required first. `None` is a text that does not open; `at_appeal` says that its court is a
/// court of appeal.
pub fn missing(dossier: Option<&Dossier>, at_appeal: bool) -> Vec<Missing> {
    let Some(dossier) = dossier else {
        return vec![Missing {
            what: Lack::Text,
            is_required: true,
            in_file: false,
        }];
    };
    let required = required(dossier);
    let advised = advised(dossier, at_appeal)
        .into_iter()
        .filter(|what| !required.contains(what));
    let tell = |what: Lack, is_required| Missing {
        what,
        is_required,
        in_file: in_file(dossier, what),
    };
    let mut all: Vec<Missing> = required.iter().map(|what| tell(*what, true)).collect();
    all.extend(advised.map(|what| tell(what, false)));
    all
}

fn required(dossier: &Dossier) -> Vec<Lack> {
    let told = dossier.summary.trim().chars().count() >= WORDS;
    let met = dossier.contact.is_some();
    let mut lacks = Vec::new();
    let mut need = |is_there: bool, what: Lack| {
        if !is_there && !lacks.contains(&what) {
            lacks.push(what);
        }
    };
    need(
        dossier.children.iter().any(|child| child.age.is_some()),
        Lack::Age,
    );
    need(met || told, Lack::Facts);
    match basis(dossier) {
        Some(LegalBasis::BeggingOffence) => {
            need(met, Lack::Contact);
            need(!dossier.adults.is_empty(), Lack::Adult);
        }
        Some(LegalBasis::Trafficking) => {
            need(met, Lack::Contact);
            need(has_sign(dossier) || !dossier.adults.is_empty(), Lack::Sign);
        }
        Some(LegalBasis::AbandonedChild) => {
            need(
                dossier.children.iter().all(is_status_known),
                Lack::CivilStatus,
            );
        }
        Some(LegalBasis::ChildVictim) => need(told, Lack::Words),
        Some(LegalBasis::DifficultSituation) | None => {}
    }
    lacks
}

fn advised(dossier: &Dossier, at_appeal: bool) -> Vec<Lack> {
    let mut lacks = of_offences(dossier);
    let mut wish = |is_there: bool, what: Lack| {
        if !is_there {
            lacks.push(what);
        }
    };
    let is_named = |child: &Child| !child.names.names().is_unknown();
    wish(
        basis(dossier) != Some(LegalBasis::Trafficking) || at_appeal,
        Lack::Appeal,
    );
    wish(dossier.children.first().is_some_and(is_named), Lack::Names);
    wish(
        dossier.children.iter().all(is_status_known),
        Lack::CivilStatus,
    );
    let is_proved = |ties: &[Tie]| ties.iter().any(|tie| tie.verified);
    wish(
        dossier.adults.iter().all(|adult| is_proved(&adult.ties)),
        Lack::Kinship,
    );
    wish(dossier.assessment.is_some(), Lack::Assessment);
    wish(!dossier.documents.is_empty(), Lack::Document);
    lacks
}

/// What the offences of begging with a child ask for by their own words (Penal Code 327, 328, 330), where they are why it
/// is sent. Told and no more: which of them there is, if any, is for the prosecution to say.
fn of_offences(dossier: &Dossier) -> Vec<Lack> {
    if basis(dossier) != Some(LegalBasis::BeggingOffence) {
        return Vec::new();
    }
    let children = dossier.children.as_slice();
    let known = || children.iter().filter_map(|child| child.age.as_ref());
    let is_one_below = known().any(|age| age.max_months < THIRTEEN);
    let are_all_above = known().all(|age| age.min_months >= THIRTEEN);
    let mut lacks = Vec::new();
    // without any age, the age itself is what is lacking
    if known().next().is_some() && !is_one_below {
        let is_every_age_known = known().count() == children.len();
        lacks.push(if are_all_above && is_every_age_known {
            Lack::Under13
        } else {
            Lack::Age13
        });
    }
    let is_own = |adult: &Adult| {
        let mut theirs = children.iter();
        theirs.all(|child| {
            let mut ties = adult.ties.iter();
            ties.any(|tie| tie.to == child.person && ASCENDANTS.contains(&tie.kind.code.as_str()))
        })
    };
    if !dossier.adults.is_empty() && dossier.adults.iter().all(is_own) {
        lacks.push(Lack::OtherChild);
    }
    lacks
}

fn basis(dossier: &Dossier) -> Option<LegalBasis> {
    LegalBasis::parse(&dossier.legal_basis.code).ok()
}

/// What somebody said, and not that nobody knows.
fn is_status_known(child: &Child) -> bool {
    let is_known = |status: &Coded| !["unknown", "refused"].contains(&status.code.as_str());
    child.civil_status.as_ref().is_some_and(is_known)
}

fn has_sign(dossier: &Dossier) -> bool {
    let assessed = dossier.assessment.as_ref();
    dossier.children.iter().any(|child| !child.flags.is_empty())
        || assessed.is_some_and(|assessed| !assessed.indicators.is_empty())
}

/// Whether the file of the child lacks it too; what was left out of the dossier is chosen when it is composed again.
fn in_file(dossier: &Dossier, what: Lack) -> bool {
    match what {
        Lack::Names | Lack::CivilStatus => dossier.included.identity,
        Lack::Age | Lack::Age13 | Lack::Kinship => true,
        Lack::Sign | Lack::Adult => dossier.included.contact,
        Lack::Text
        | Lack::Facts
        | Lack::Words
        | Lack::Contact
        | Lack::Assessment
        | Lack::Document
        | Lack::Appeal
        | Lack::Under13
        | Lack::OtherChild => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn coded(code: &str) -> Value {
        json!({ "code": code, "ar": "", "fr": "", "en": "" })
    }

    /// Complete for every basis, and with all that is advised.
    fn whole(basis: &str) -> Value {
        let names = json!({ "given_ar": "زهرة", "family_ar": "", "given_la": "", "family_la": "" });
        json!({
            "schema_version": 2, "composed_on": "2026-11-24", "case_number": "X", "origin": coded("1"),
            "court": coded("1"), "legal_basis": coded(basis), "urgent": false,
            "included": { "identity": true, "contact": true, "assessment": true },
            "contact": { "place": coded("p"), "spot": coded("s"), "landmark": "",
                         "observed_at": "2026-11-20T10:00:00Z", "circumstance": coded("c") },
            "children": [{ "person": "00000000-0000-0000-0000-000000000001", "case_number": "X", "names": names,
                "sex": coded("F"), "age": { "min_months": 6, "max_months": 9, "basis": coded("estimated") },
                "nationality": null, "civil_status": coded("not_registered"), "flags": [coded("infant")] }],
            "adults": [{ "person": "00000000-0000-0000-0000-000000000002", "names": names, "sex": coded("F"),
                "age": null, "ties": [{ "to": "00000000-0000-0000-0000-000000000001", "kind": coded("aunt_uncle"),
                                        "verified": true, "proof": null }] }],
            "summary": "words that tell what was seen",
            "assessment": { "completed_on": "2026-11-20", "risk": coded("high"), "scores": [], "indicators": [] },
            "documents": [{ "id": "00000000-0000-0000-0000-000000000003", "kind": coded("photo"), "title": "",
                "media": "pdf", "size": 1, "sha256": "00", "added_at": "2026-11-20T10:00:00Z", "author_ar": "",
                "author_la": "" }],
        })
    }

    /// What is lacking once these parts have another value.
    fn lacks(basis: &str, parts: &[(&str, Value)]) -> (Vec<Lack>, Vec<Lack>) {
        let mut text = whole(basis);
        for (pointer, value) in parts {
            *text.pointer_mut(pointer).unwrap() = value.clone();
        }
        let dossier: Dossier = serde_json::from_value(text).unwrap();
        let all = missing(Some(&dossier), true);
        let of = |is_required| {
            let some = all.iter().filter(|one| one.is_required == is_required);
            some.map(|one| one.what).collect()
        };
        (of(true), of(false))
    }

    #[test]
    fn a_whole_dossier_lacks_nothing_whatever_the_basis() {
        for basis in LegalBasis::ALL {
            assert_eq!(lacks(basis.code(), &[]), (vec![], vec![]), "{basis:?}");
        }
    }

    #[test]
    fn any_basis_needs_an_age_and_facts() {
        for basis in LegalBasis::ALL {
            let (required, _) = lacks(
                basis.code(),
                &[
                    ("/children/0/age", Value::Null),
                    ("/contact", Value::Null),
                    ("/summary", json!("too short")),
                ],
            );
            assert!(required.contains(&Lack::Age), "{basis:?}");
            assert!(required.contains(&Lack::Facts), "{basis:?}");
        }
        // words stand for the contact, and the contact for words
        let told = [("/contact", Value::Null)];
        assert!(lacks("difficult_situation", &told).0.is_empty());
        let met = [("/summary", json!("short"))];
        assert!(lacks("difficult_situation", &met).0.is_empty());
    }

    #[test]
    fn each_basis_needs_its_own() {
        let no_contact = ("/contact", Value::Null);
        let no_adult = ("/adults", json!([]));
        let no_flag = ("/children/0/flags", json!([]));
        let no_status = ("/children/0/civil_status", coded("unknown"));
        let no_words = ("/summary", json!("short"));
        for (basis, parts, wanted) in [
            (
                "begging_offence",
                vec![no_contact.clone(), no_adult.clone()],
                vec![Lack::Contact, Lack::Adult],
            ),
            (
                "trafficking",
                vec![no_contact, no_adult.clone(), no_flag.clone()],
                vec![Lack::Contact, Lack::Sign],
            ),
            ("trafficking", vec![no_flag], vec![]),
            ("trafficking", vec![no_adult], vec![]),
            (
                "abandoned_child",
                vec![no_status.clone()],
                vec![Lack::CivilStatus],
            ),
            ("difficult_situation", vec![no_status], vec![]),
            ("child_victim", vec![no_words], vec![Lack::Words]),
        ] {
            assert_eq!(lacks(basis, &parts).0, wanted, "{basis}");
        }
    }

    #[test]
    fn what_is_advised_does_not_stop_it() {
        let nobody = json!({ "given_ar": "", "family_ar": "", "given_la": "", "family_la": "" });
        let (required, advised) = lacks(
            "difficult_situation",
            &[
                ("/children/0/names", nobody),
                ("/children/0/civil_status", Value::Null),
                ("/adults/0/ties/0/verified", json!(false)),
                ("/assessment", Value::Null),
                ("/documents", json!([])),
            ],
        );
        assert!(required.is_empty());
        assert_eq!(
            advised,
            [
                Lack::Names,
                Lack::CivilStatus,
                Lack::Kinship,
                Lack::Assessment,
                Lack::Document
            ]
        );
    }

    #[test]
    fn trafficking_is_advised_to_go_to_the_court_of_appeal() {
        let of = |basis: &str, at_appeal| {
            let dossier: Dossier = serde_json::from_value(whole(basis)).unwrap();
            missing(Some(&dossier), at_appeal)
                .iter()
                .map(|one| (one.what, one.is_required))
                .collect::<Vec<_>>()
        };
        assert_eq!(of("trafficking", false), [(Lack::Appeal, false)]);
        assert!(of("trafficking", true).is_empty());
        assert!(of("begging_offence", false).is_empty());
    }

    #[test]
    fn the_offences_of_begging_with_a_child_tell_what_they_ask_for() {
        let age = |min: i32, max: i32| {
            let age = json!({ "min_months": min, "max_months": max, "basis": coded("estimated") });
            ("/children/0/age", age)
        };
        let tie = |kind: &str| ("/adults/0/ties/0/kind", coded(kind));
        let twins = |second: Value| {
            let mut other = whole("begging_offence")["children"][0].clone();
            other["person"] = json!("00000000-0000-0000-0000-000000000009");
            other["age"] = second;
            let first = whole("begging_offence")["children"][0].clone();
            ("/children", json!([first, other]))
        };
        let old = json!({ "min_months": 180, "max_months": 200, "basis": coded("estimated") });
        for (parts, wanted) in [
            // twelve years and eleven months, and thirteen years
            (vec![age(150, 155)], vec![]),
            (vec![age(150, 156)], vec![Lack::Age13]),
            (vec![age(156, 170)], vec![Lack::Under13]),
            (vec![tie("mother")], vec![Lack::OtherChild]),
            (vec![tie("grandparent")], vec![Lack::OtherChild]),
            (vec![tie("mother_unverified")], vec![]),
            (vec![tie("kafil")], vec![]),
            (
                vec![age(156, 170), tie("father")],
                vec![Lack::Under13, Lack::OtherChild],
            ),
            // one of them is enough, whatever is known of the other
            (vec![twins(Value::Null)], vec![]),
            (vec![twins(old.clone())], vec![]),
            // an adult may be the mother of one and nothing to the other
            (vec![twins(Value::Null), tie("mother")], vec![]),
            (vec![twins(Value::Null), age(160, 170)], vec![Lack::Age13]),
            (vec![twins(old), age(160, 170)], vec![Lack::Under13]),
        ] {
            let (required, advised) = lacks("begging_offence", &parts);
            assert!(required.is_empty(), "told, and nothing more: {parts:?}");
            assert_eq!(advised, wanted, "{parts:?}");
        }
        let (required, advised) = lacks("begging_offence", &[("/children/0/age", Value::Null)]);
        assert_eq!((required, advised), (vec![Lack::Age], vec![]));
        for basis in LegalBasis::ALL {
            if basis != LegalBasis::BeggingOffence {
                let (_, advised) = lacks(basis.code(), &[age(156, 170), tie("mother")]);
                assert!(advised.is_empty(), "{basis:?}");
            }
        }
    }

    #[test]
    fn a_text_that_does_not_open_is_not_sent() {
        let all = missing(None, false);
        assert!(all.len() == 1 && all[0].is_required);
    }
}
