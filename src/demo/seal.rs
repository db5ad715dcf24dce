//! Encrypts the texts of the story with the application's own vault, a key for each holder.

use super::rows::{
    ContactAdult, JudicialAnswer, JudicialQuestion, JudicialStep, PhonePrint, Rows, bytea,
};
use crate::{
    contacts,
    vault::{Field, Holder, Ring, Vault, keeper},
};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// A text in its place; the place of its ciphertext afterwards.
type Text<'a> = (Field, Uuid, Uuid, Option<&'a mut String>);

/// Seals every text, in place.
pub(super) async fn seal(
    connection: &mut PgConnection,
    vault: &Vault,
    rows: &mut Rows,
) -> anyhow::Result<()> {
    let ring = keeper::ring(connection, vault).await?;
    print_phones(&ring, rows);
    let texts: Vec<(Holder, Field, Uuid, &mut String)> = texts(rows)
        .into_iter()
        .filter_map(|(field, holder, row, text)| {
            Some((Holder::new(field.holder(), holder), field, row, text?))
        })
        .collect();
    let holders: Vec<Holder> = texts.iter().map(|(holder, ..)| *holder).collect();
    let keys = keeper::data_keys(connection, vault, &holders).await?;
    for (holder, field, row, text) in texts {
        let key = keys
            .get(&holder)
            .ok_or_else(|| anyhow::anyhow!("no key for {}", field.column()))?;
        *text = bytea(key.seal(field, row, text)?.as_bytes());
    }
    Ok(())
}

/// Under what each telephone is found again, while it can be read.
fn print_phones(ring: &Ring, rows: &mut Rows) {
    let print = |adult: &ContactAdult| {
        let phone = contacts::parse_phone(adult.phone_enc.as_deref()?).ok()?;
        let print = ring.blind_index(contacts::PHONE, &phone);
        Some(PhonePrint {
            contact_adult_id: adult.id,
            contact_id: adult.contact_id,
            territory_id: adult.territory_id,
            print: bytea(&print.0),
        })
    };
    rows.phones = rows.adults.iter().filter_map(print).collect();
}

/// Every text, with the holder of its key and its row.
fn texts(rows: &mut Rows) -> Vec<Text<'_>> {
    let mut all: Vec<Text<'_>> = Vec::new();
    for row in &mut rows.contacts {
        let id = row.id;
        all.push((Field::CONTACT_LANDMARK, id, id, row.landmark_enc.as_mut()));
        all.push((Field::CONTACT_NOTE, id, id, row.note_enc.as_mut()));
    }
    for row in &mut rows.seen {
        let name = row.seen_as_enc.as_mut();
        all.push((Field::CHILD_SEEN_AS, row.contact_id, row.id, name));
    }
    for row in &mut rows.adults {
        let name = row.name_enc.as_mut();
        all.push((Field::ADULT_NAME, row.contact_id, row.id, name));
        all.push((
            Field::ADULT_PHONE,
            row.contact_id,
            row.id,
            row.phone_enc.as_mut(),
        ));
    }
    for row in &mut rows.transitions {
        all.push((
            Field::TRANSITION_REASON,
            row.case_id,
            row.id,
            row.reason_enc.as_mut(),
        ));
    }
    for row in &mut rows.services {
        all.push((Field::SERVICE_NOTE, row.id, row.id, row.note_enc.as_mut()));
    }
    for row in &mut rows.support {
        all.push((
            Field::SUPPORT_NOTE,
            row.person_id,
            row.id,
            row.note_enc.as_mut(),
        ));
    }
    let extracts: HashMap<Uuid, Uuid> =
        rows.files.iter().map(|f| (f.id, f.disclosure_id)).collect();
    let files: HashMap<Uuid, Uuid> = rows
        .adult_decisions
        .iter()
        .map(|d| (d.id, d.file_id))
        .collect();
    for row in &mut rows.disclosures {
        all.push((
            Field::DISCLOSURE_SNAPSHOT,
            row.id,
            row.id,
            Some(&mut row.snapshot_enc),
        ));
    }
    for row in &mut rows.files {
        let note = row.court_change_note_enc.as_mut();
        all.push((Field::COURT_CHANGE_NOTE, row.disclosure_id, row.id, note));
    }
    for row in &mut rows.child_decisions {
        if let Some(extract) = extracts.get(&row.file_id) {
            let words = row.instructions_enc.as_mut();
            all.push((Field::CHILD_INSTRUCTIONS, *extract, row.id, words));
        }
    }
    for row in &mut rows.adult_texts {
        if let Some(file) = files.get(&row.decision_id) {
            let text = Some(&mut row.text_enc);
            all.push((Field::ADULT_DECISION_TEXT, *file, row.decision_id, text));
        }
    }
    let events: HashMap<Uuid, Uuid> = rows.events.iter().map(|e| (e.id, e.file_id)).collect();
    for row in &mut rows.event_texts {
        if let Some(file) = events.get(&row.id) {
            let text = Some(&mut row.text_enc);
            all.push((Field::COURT_EVENT_TEXT, *file, row.id, text));
        }
    }
    let spoken = (
        rows.steps.as_mut_slice(),
        rows.questions.as_mut_slice(),
        rows.answers.as_mut_slice(),
    );
    both_sides(&extracts, spoken, &mut all);
    for row in &mut rows.attachments {
        let id = row.id;
        all.push((Field::DOCUMENT_TITLE, id, id, row.title_enc.as_mut()));
        all.push((Field::DOCUMENT_NAME, id, id, row.name_enc.as_mut()));
    }
    all
}

/// What a court and a cell say to each other lies under the key of the extract.
fn both_sides<'a>(
    extracts: &HashMap<Uuid, Uuid>,
    (steps, questions, answers): (
        &'a mut [JudicialStep],
        &'a mut [JudicialQuestion],
        &'a mut [JudicialAnswer],
    ),
    all: &mut Vec<Text<'a>>,
) {
    for row in steps {
        if let Some(extract) = extracts.get(&row.file_id) {
            let words = row.words_enc.as_mut();
            all.push((Field::JUDICIAL_WORDS, *extract, row.id, words));
        }
    }
    for row in questions {
        if let Some(extract) = extracts.get(&row.file_id) {
            let text = Some(&mut row.text_enc);
            all.push((Field::JUDICIAL_QUESTION, *extract, row.id, text));
        }
    }
    for row in answers {
        if let Some(extract) = extracts.get(&row.file_id) {
            let text = Some(&mut row.text_enc);
            all.push((Field::JUDICIAL_ANSWER, *extract, row.id, text));
        }
    }
}
