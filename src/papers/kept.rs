//! What a code stands for, asked by nobody in particular.

use super::{
    db::{Extract, naming},
    notice::Decided,
};
use crate::{
    authz::{CourtId, TerritoryId},
    db::Tx,
    error::AppError,
    ids::{DecisionId, DisclosureId, JudicialFileId, PersonId},
    prosecution::{Effect, snapshot::Dossier},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};

/// What a code stands for.
pub(super) struct Kept {
    /// The file that it is of.
    pub file: JudicialFileId,
    /// Its prefecture.
    pub territory: TerritoryId,
    /// The hash on the paper.
    pub sha256: Vec<u8>,
    /// Of a notice: the decision as it is now.
    pub decided: Option<Decided>,
    /// Of a notice, the extract that names the person. Nothing if none opens.
    pub dossier: Option<Dossier>,
    /// Of an extract, whether it opens and is the one that was hashed.
    pub is_whole: bool,
}

/// The paper of that code, of what was sent and is in force. Asked for nobody in particular.
pub(super) async fn kept(tx: &mut Tx, code: &str) -> Result<Option<Kept>, AppError> {
    let rows = sqlx::query!(
        r#"select sha256 as "sha256!", file_id as "file!: JudicialFileId", territory_id as "territory!: TerritoryId",
                  number as "number!", decision_id as "decision: DecisionId", person_id as "person: PersonId",
                  decided as "kind", effect as "effect: Effect", ground,
                  further as "further!", decided_on, court_id as "court!: CourtId", act,
                  words as "words: SealedText", extract_id as "extract!: DisclosureId", version as "version!",
                  snapshot as "text!: SealedText", snapshot_sha256 as "snapshot_sha256!", key as "key!: WrappedKey"
           from app.verify_paper($1)"#,
        code
    )
    .fetch_all(&mut **tx)
    .await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let (file, territory, sha256) = (first.file, first.territory, first.sha256.clone());
    let mut decided = None;
    if let (Some(id), Some(person), Some(kind), Some(decided_on)) =
        (first.decision, first.person, &first.kind, first.decided_on)
    {
        let place = (Field::CHILD_INSTRUCTIONS, id.0);
        let holder = Holder::disclosure(first.extract);
        let words = tx.open(holder, Some(&first.key), place, first.words.as_ref());
        decided = Some(Decided {
            id,
            number: first.number.clone(),
            person,
            kind: kind.clone(),
            effect: first.effect,
            ground: first.ground.clone(),
            further: first.further.clone(),
            decided_on,
            court: first.court,
            act: first.act.clone(),
            words: words.and_then(Reading::into_text),
        });
    }
    let mut extracts = rows.into_iter().map(|row| Extract {
        id: row.extract,
        version: row.version,
        text: row.text,
        sha256: row.snapshot_sha256,
        key: Some(row.key),
    });
    let (mut dossier, mut is_whole) = (None, false);
    match &decided {
        Some(decided) => dossier = naming(tx, extracts, decided.person),
        None => {
            is_whole = extracts
                .next()
                .is_some_and(|extract| extract.sha256 == sha256 && extract.is_whole(tx));
        }
    }
    Ok(Some(Kept {
        file,
        territory,
        sha256,
        decided,
        dossier,
        is_whole,
    }))
}
