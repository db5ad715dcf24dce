//! The names of a protected child: one sealed text a name, under the key of the file, and nothing in clear.
//! Without the key there is no name: lists show the number of the file.

use super::{Names, keys};
use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, PersonId},
    names::VERSION,
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A sealed name as the database keeps it.
#[derive(Debug, Clone, Deserialize)]
pub struct SealedName {
    id: Uuid,
    kind: String,
    sealed: SealedText,
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Parts {
    given_ar: String,
    family_ar: String,
    given_la: String,
    family_la: String,
}

/// The text that is sealed in place of the four columns.
pub fn text_of(names: &Names) -> Result<String, AppError> {
    serde_json::to_string(&Parts {
        given_ar: names.given_ar.clone(),
        family_ar: names.family_ar.clone(),
        given_la: names.given_la.clone(),
        family_la: names.family_la.clone(),
    })
    .map_err(AppError::internal)
}

fn names_in(reading: Option<Reading>) -> Option<Names> {
    let text = reading?.into_text()?;
    let parts: Parts = serde_json::from_str(&text).ok()?;
    Some(Names {
        given_ar: parts.given_ar,
        family_ar: parts.family_ar,
        given_la: parts.given_la,
        family_la: parts.family_la,
    })
}

/// Opens the names of a file's child, each with its kind. What does not open is left out, and the alert is
/// raised.
pub fn open(
    tx: &mut Tx,
    case: CaseId,
    key: Option<&WrappedKey>,
    sealed: &[SealedName],
) -> Vec<(String, Names)> {
    sealed
        .iter()
        .filter_map(|one| {
            let row = (Field::PERSON_NAME, one.id);
            let reading = tx.open(Holder::case(case), key, row, Some(&one.sealed));
            Some((one.kind.clone(), names_in(reading)?))
        })
        .collect()
}

/// The name to call somebody by: the civil one, else any.
pub fn best(names: &[(String, Names)]) -> Option<&Names> {
    let civil = names.iter().find(|(kind, _)| kind == "civil");
    civil.or_else(|| names.first()).map(|(_, names)| names)
}

/// The name of one kind.
pub fn of_kind<'a>(names: &'a [(String, Names)], wanted: &str) -> Option<&'a Names> {
    names
        .iter()
        .find(|(kind, _)| kind == wanted)
        .map(|(_, names)| names)
}

/// The file whose key seals the names of that person, if it is protected, and the row of that kind.
pub(super) async fn seal_of(
    tx: &mut Tx,
    actor: &Actor,
    person: PersonId,
    kind: &str,
) -> Result<(Option<CaseId>, Option<Uuid>), AppError> {
    let row = sqlx::query!(
        r#"select c.id as "case?: CaseId", n.id as "row?"
           from app.person p
           left join app.case_file c on c.child_id = p.id and c.protected and c.void is null and c.territory_id = $2
           left join app.person_name n on n.person_id = p.id and n.kind = $3 and n.territory_id = $2
           where p.id = $1 and p.territory_id = $2"#,
        person.0,
        actor.territory().0,
        kind
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map_or((None, None), |row| (row.case, row.row)))
}

/// Seals every name of a child under the key of the file, and empties the columns.
pub async fn seal_all(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    child: PersonId,
) -> Result<(), AppError> {
    let rows = sqlx::query!(
        "select id, given_ar, family_ar, given_la, family_la from app.person_name
         where person_id = $1 and territory_id = $2 and names_enc is null",
        child.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let (mut ids, mut sealed) = (Vec::new(), Vec::new());
    for row in rows {
        let names = Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la);
        let text = text_of(&names)?;
        let holder = Holder::case(case);
        let one = tx
            .seal(holder, Field::PERSON_NAME, row.id, Some(&text))
            .await?;
        if let Some(one) = one {
            ids.push(row.id);
            sealed.push(one.as_bytes().to_vec());
        }
    }
    sqlx::query!(
        "update app.person_name n
         set given_ar = null, family_ar = null, given_la = null, family_la = null, names_enc = s.sealed
         from unnest($2::uuid[], $3::bytea[]) as s (id, sealed)
         where n.id = s.id and n.person_id = $1 and n.territory_id = $4",
        child.0,
        &ids,
        &sealed,
        actor.territory().0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts the names back in their columns. A name that does not open stays sealed, and the answer is false.
pub async fn unseal_all(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    child: PersonId,
) -> Result<bool, AppError> {
    let rows = sqlx::query!(
        r#"select id, names_enc as "sealed!: SealedText", app.key_of('case', $3) as "key: WrappedKey"
           from app.person_name where person_id = $1 and territory_id = $2 and names_enc is not null"#,
        child.0,
        actor.territory().0,
        case.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut whole = true;
    for row in rows {
        let place = (Field::PERSON_NAME, row.id);
        let reading = tx.open(
            Holder::case(case),
            row.key.as_ref(),
            place,
            Some(&row.sealed),
        );
        let Some(names) = names_in(reading) else {
            whole = false;
            continue;
        };
        let kept = keys::kept(actor.territory(), &names);
        let part = |text: String| Some(text).filter(|text| !text.is_empty());
        sqlx::query!(
            "update app.person_name
             set given_ar = $3, family_ar = $4, given_la = $5, family_la = $6, names_enc = null, keys = $7, method = $8
             where id = $1 and territory_id = $2",
            row.id,
            actor.territory().0,
            part(names.given_ar),
            part(names.family_ar),
            part(names.given_la),
            part(names.family_la),
            &kept,
            VERSION
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(whole)
}
