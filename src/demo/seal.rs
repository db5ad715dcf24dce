//! Encrypts the texts of the story with the application's own vault, a key for each holder.

use super::rows::{Rows, bytea};
use crate::vault::{Field, Holder, Vault, keeper};
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
    for row in &mut rows.attachments {
        let id = row.id;
        all.push((Field::DOCUMENT_TITLE, id, id, row.title_enc.as_mut()));
        all.push((Field::DOCUMENT_NAME, id, id, row.name_enc.as_mut()));
    }
    all
}
