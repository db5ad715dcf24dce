//! Encrypts the texts of the story with the application's own vault, a key for each holder.

use super::rows::{Rows, bytea};
use crate::vault::{Field, Holder, Vault, keeper};
use sqlx::PgConnection;
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
    for row in &mut rows.adults {
        all.push((
            Field::ADULT_PHONE,
            row.contact_id,
            row.id,
            row.phone_enc.as_mut(),
        ));
    }
    all
}
