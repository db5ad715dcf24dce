//! Freezes the extracts of the story by the application's own code, so that a page of the demonstration
//! shows what a page of life would.

use super::{
    care::Assessed,
    rows::{Disclosure, DisclosureDocument, Relationship, Rows, bytea},
};
use crate::{
    authz::{CourtId, TerritoryId},
    clock::local_date,
    documents::Media,
    ids::{AttachmentId, CaseId, ContactId, PersonId},
    people::{Birth, Names},
    prosecution::{
        LegalBasis,
        family::{Choice, Family, KnownAdult, KnownChild, KnownTie, Seen, Subject},
        material::{Annex, KnownAssessment, KnownDocument, Material, Part},
        seal::{SCHEMA_VERSION, Sealed},
        snapshot::Coded,
    },
    reference::Catalogue,
    vault::{Ring, Salt},
};
use anyhow::Context;
use std::{cmp::Reverse, collections::HashMap};
use uuid::Uuid;

/// Kinds of documents that go with a dossier.
const ENCLOSED: [&str; 2] = ["civil_status_document", "school_document"];

/// What an extract shows that is in no row yet.
pub(super) struct Known {
    pub(super) assessed: Vec<Assessed>,
    /// What people who sign in are called, in Arabic and in Latin letters.
    pub(super) names: HashMap<Uuid, (String, String)>,
}

/// Writes every extract as of its own day, with what goes with it, and its hash.
pub(super) fn seal(
    rows: &mut Rows,
    known: &Known,
    words: &Catalogue,
    ring: &Ring,
) -> anyhow::Result<()> {
    rows.enclosed = enclosed(rows);
    let told = &*rows;
    let sealed: Vec<Sealed> = told
        .disclosures
        .iter()
        .map(|extract| freeze((told, known), extract, words, ring).context(extract.id))
        .collect::<Result<_, _>>()?;
    for (extract, sealed) in rows.disclosures.iter_mut().zip(sealed) {
        extract.snapshot_enc = sealed.text;
        extract.sha256 = bytea(&sealed.sha256);
    }
    Ok(())
}

fn freeze(
    (rows, known): (&Rows, &Known),
    extract: &Disclosure,
    words: &Catalogue,
    ring: &Ring,
) -> anyhow::Result<Sealed> {
    let salt = ring.salt(extract.id);
    if extract.kind == "annex" {
        return annex(rows, extract, words, &salt);
    }
    let mut family = family(rows, extract).context("the file of an extract")?;
    let (court, from) = (CourtId(extract.to_court), TerritoryId(extract.territory_id));
    let on = local_date(extract.composed_at);
    if extract.kind == "urgent_notice" {
        let notice = family.notice(court, from, on, words).context("no child")?;
        return Ok(Sealed::salted(&notice, &salt)?);
    }
    family.material = material(rows, extract, known);
    let file = rows
        .files
        .iter()
        .find(|file| file.disclosure_id == extract.id);
    let choice = Choice {
        court,
        basis: LegalBasis::parse(extract.legal_basis).unwrap_or(LegalBasis::ChildVictim),
        urgent: file.is_some_and(|file| file.urgent),
        siblings: family.children.iter().map(|child| child.case_id).collect(),
        adults: family.adults.iter().map(|adult| adult.person).collect(),
        summary: extract.snapshot_enc.clone(),
        parts: Part::ALL.to_vec(),
        documents: family.material.documents.iter().map(|one| one.id).collect(),
    };
    let dossier = family.freeze(&choice, from, on, words);
    Ok(Sealed::salted(&dossier, &salt)?)
}

/// The papers that a file had when its dossier was composed, of the kinds that go with one.
fn enclosed(rows: &Rows) -> Vec<DisclosureDocument> {
    let mut all = Vec::new();
    for extract in rows.disclosures.iter().filter(|one| one.kind == "dossier") {
        for link in &rows.case_attachments {
            let goes = link.case_id == extract.case_id
                && rows.attachments.iter().any(|one| {
                    one.id == link.attachment_id
                        && ENCLOSED.contains(&one.kind)
                        && one.added_at < extract.composed_at
                });
            if goes {
                all.push(DisclosureDocument {
                    disclosure_id: extract.id,
                    attachment_id: link.attachment_id,
                    case_id: extract.case_id,
                    territory_id: extract.territory_id,
                });
            }
        }
    }
    all
}

/// What the file had that day: not what it has at the end of the story.
fn material(rows: &Rows, extract: &Disclosure, known: &Known) -> Material {
    let going = rows
        .enclosed
        .iter()
        .filter(|one| one.disclosure_id == extract.id);
    let mut documents: Vec<KnownDocument> = going
        .filter_map(|one| document(rows, one.attachment_id, known))
        .collect();
    documents.sort_by_key(|one| Reverse(one.added_at));
    Material {
        assessment: assessment(rows, extract, known),
        documents,
    }
}

fn document(rows: &Rows, id: Uuid, known: &Known) -> Option<KnownDocument> {
    let row = rows.attachments.iter().find(|row| row.id == id)?;
    let media = [Media::Jpeg, Media::Pdf, Media::Docx]
        .into_iter()
        .find(|media| media.code() == row.media)?;
    let (author_ar, author_la) = known.names.get(&row.added_by).cloned().unwrap_or_default();
    Some(KnownDocument {
        id: AttachmentId(row.id),
        kind: row.kind.to_owned(),
        title: row.title_enc.clone(),
        media,
        size: row.size,
        sha256: row.sha256.trim_start_matches("\\x").to_owned(),
        added_at: row.added_at,
        author_ar,
        author_la,
    })
}

/// The latest assessment of the episode of that day.
fn assessment(rows: &Rows, extract: &Disclosure, known: &Known) -> Option<KnownAssessment> {
    let episodes = rows.episodes.iter().filter(|episode| {
        episode.case_id == extract.case_id && episode.opened_at <= extract.composed_at
    });
    let episode = episodes.max_by_key(|episode| episode.opened_at)?;
    let before = known
        .assessed
        .iter()
        .filter(|one| one.episode == episode.id && one.at < extract.composed_at);
    before.max_by_key(|one| one.at).map(Assessed::known)
}

/// An annex: its words, without documents.
fn annex(
    rows: &Rows,
    extract: &Disclosure,
    words: &Catalogue,
    salt: &Salt,
) -> anyhow::Result<Sealed> {
    let mut annexes = rows.annexes.iter();
    let placed = annexes.find(|one| one.disclosure_id == extract.id);
    let placed = placed.context("the number of an annex")?;
    let file = rows.files.iter().find(|file| file.id == placed.file_id);
    let annex = Annex {
        schema_version: SCHEMA_VERSION,
        composed_on: local_date(extract.composed_at),
        file_number: file.context("the file of an annex")?.number.clone(),
        seq: placed.seq,
        origin: Coded::territory(words, TerritoryId(extract.territory_id)),
        court: Coded::court(words, CourtId(extract.to_court)),
        words: extract.snapshot_enc.clone(),
        assessment: None,
        documents: Vec::new(),
    };
    Ok(Sealed::salted(&annex, salt)?)
}

/// The parties of the extract's procedure; of a notice, the child of its file.
fn family(rows: &Rows, extract: &Disclosure) -> Option<Family> {
    let own = rows.cases.iter().find(|case| case.id == extract.case_id)?;
    let contact = contact(rows, extract);
    let file = rows
        .files
        .iter()
        .find(|file| file.disclosure_id == extract.id);
    let parties = rows
        .file_children
        .iter()
        .filter(|party| Some(party.file_id) == file.map(|file| file.id));
    let siblings = parties
        .map(|party| party.child_case_id)
        .filter(|case| *case != own.id);
    let cases: Vec<Uuid> = std::iter::once(own.id).chain(siblings).collect();
    let seen_in = contact.as_ref().map(|contact| contact.id.0);
    let children: Vec<KnownChild> = cases
        .iter()
        .filter_map(|case| child(rows, *case, seen_in))
        .collect();
    let parties = rows
        .file_adults
        .iter()
        .filter(|party| Some(party.file_id) == file.map(|file| file.id));
    let adults = parties
        .filter_map(|party| adult(rows, party.person_id, &children))
        .collect();
    let subject = Subject {
        case_id: CaseId(own.id),
        number: own.number.clone(),
        child: PersonId(own.child_id),
        contact,
    };
    Some(Family {
        subject,
        children,
        adults,
        material: Material::default(),
    })
}

/// The contact that the episode of that time began with.
fn contact(rows: &Rows, extract: &Disclosure) -> Option<Seen> {
    let episodes = rows.episodes.iter();
    let source = episodes
        .filter(|episode| {
            episode.case_id == extract.case_id && episode.opened_at <= extract.composed_at
        })
        .max_by_key(|episode| episode.opened_at)?
        .source_contact_id?;
    let contact = rows.contacts.iter().find(|contact| contact.id == source)?;
    Some(Seen {
        id: ContactId(contact.id),
        place: contact.place_code.clone(),
        spot: contact.spot_kind.to_owned(),
        landmark: contact.landmark_enc.clone().unwrap_or_default(),
        observed_at: contact.observed_at,
        circumstance: contact.circumstance.to_owned(),
    })
}

fn child(rows: &Rows, case: Uuid, contact: Option<Uuid>) -> Option<KnownChild> {
    let case = rows.cases.iter().find(|known| known.id == case)?;
    let person = rows
        .people
        .iter()
        .find(|person| person.id == case.child_id)?;
    let outcomes = rows
        .outcomes
        .iter()
        .filter(|outcome| outcome.case_id == Some(case.id));
    let seen: Vec<Uuid> = outcomes
        .filter_map(|outcome| {
            rows.seen
                .iter()
                .find(|seen| seen.id == outcome.contact_child_id)
        })
        .filter(|seen| Some(seen.contact_id) == contact)
        .map(|seen| seen.id)
        .collect();
    let flags = rows
        .flags
        .iter()
        .filter(|flag| seen.contains(&flag.contact_child_id));
    Some(KnownChild {
        case_id: CaseId(case.id),
        number: case.number.clone(),
        person: PersonId(person.id),
        sex: person.sex.to_owned(),
        names: names(rows, person.id),
        birth: birth(rows, person.id),
        nationality: person.nationality.map(str::to_owned),
        civil_status: person.civil_status.map(str::to_owned),
        flags: flags.map(|flag| flag.flag.to_owned()).collect(),
    })
}

fn adult(rows: &Rows, person: Uuid, children: &[KnownChild]) -> Option<KnownAdult> {
    let row = rows.people.iter().find(|known| known.id == person)?;
    let to_one_of_them = |tie: &&Relationship| {
        tie.from_person == person && children.iter().any(|c| c.person.0 == tie.to_person)
    };
    let ties = rows
        .relationships
        .iter()
        .filter(to_one_of_them)
        .map(|tie| KnownTie {
            to: PersonId(tie.to_person),
            kind: tie.kind.to_owned(),
            claim: tie.claim.to_owned(),
            proof: tie.proof.map(str::to_owned),
        });
    Some(KnownAdult {
        person: PersonId(person),
        sex: row.sex.to_owned(),
        names: names(rows, person),
        birth: birth(rows, person),
        ties: ties.collect(),
    })
}

fn names(rows: &Rows, person: Uuid) -> Names {
    let own = |kind| {
        rows.names
            .iter()
            .find(|name| name.person_id == person && name.kind == kind)
    };
    let best = own("civil")
        .or_else(|| own("alias"))
        .or_else(|| own("street"));
    best.map_or_else(Names::default, |name| {
        let part = |part: Option<&'static str>| part.map(str::to_owned);
        Names::new(
            part(name.given_ar),
            part(name.family_ar),
            part(name.given_la),
            part(name.family_la),
        )
    })
}

fn birth(rows: &Rows, person: Uuid) -> Option<Birth> {
    let row = rows.people.iter().find(|known| known.id == person)?;
    let basis = row.birth_basis.clone()?;
    Some(Birth {
        earliest: row.birth_earliest?,
        latest: row.birth_latest?,
        basis,
    })
}
