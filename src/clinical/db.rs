//! Questions about clinical notes and safe addresses. The scope stands in each.

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, RowId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};

/// A note as the list shows it: that it is there, and not what it says.
#[derive(Debug)]
pub struct Masked {
    /// Which.
    pub id: RowId,
    /// Code of `ref.clinical_kind`; of an address, empty.
    pub kind: String,
    /// When it was observed.
    pub on: Option<NaiveDate>,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who wrote it, in Arabic.
    pub name_ar: String,
    /// Who wrote it, in Latin letters.
    pub name_la: String,
}

/// Whether the reader cares for that child: an hour's opening is not enough.
pub async fn cares(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from app.case_file c where c.id = $1 and c.territory_id = $2
                          and c.id = any ((select app.care_cases())::uuid[])) as "yes!""#,
        case.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// The same, of a page that shows the list: that kinds and days were read is written down. Each text is a reading of its own.
pub async fn opens(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<bool, AppError> {
    let row = sqlx::query!(
        r#"select exists (select from app.case_file c where c.id = $1 and c.territory_id = $2
                          and c.id = any ((select app.care_cases())::uuid[])) as "yes!",
                  audit.record('clinical_notes.opened', 'case', $1, $2, '{}', null)::text as written"#,
        case.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.yes)
}

/// The notes of a file, newest first.
pub async fn notes(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Vec<Masked>, AppError> {
    Ok(sqlx::query_as!(
        Masked,
        r#"select c.id as "id: RowId", c.kind, c.observed_on as "on?", c.written_at as at,
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.clinical_note c left join lateral app.name_of(c.written_by) n on true
           where c.case_id = $1 and c.territory_id = $2 order by c.observed_on desc, c.written_at desc limit 100"#,
        case.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The last safe address of a file.
pub async fn address(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Option<Masked>, AppError> {
    Ok(sqlx::query_as!(
        Masked,
        r#"select c.id as "id: RowId", '' as "kind!", null::date as "on?", c.written_at as at,
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.safe_address c left join lateral app.name_of(c.written_by) n on true
           where c.case_id = $1 and c.territory_id = $2 order by c.written_at desc limit 1"#,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// A note to write.
#[derive(Debug)]
pub struct NewNote<'a> {
    /// Made of the form and its answers.
    pub id: RowId,
    /// Code of `ref.clinical_kind`.
    pub kind: &'a str,
    /// When it was observed.
    pub on: NaiveDate,
    /// The words.
    pub text: &'a str,
}

/// Writes a note; the same form again writes nothing.
pub async fn write_note(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    case: CaseId,
    new: &NewNote<'_>,
) -> Result<(), AppError> {
    let text = tx
        .seal(
            Holder::case(case),
            Field::CLINICAL_TEXT,
            new.id.0,
            Some(new.text),
        )
        .await?;
    let done = sqlx::query!(
        "insert into app.clinical_note (id, case_id, territory_id, kind, observed_on, text_enc, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
        new.id.0,
        case.0,
        actor.territory().0,
        new.kind,
        new.on,
        text as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() > 0 {
        let event = Event::on("clinical_note.written", "case", case.0)
            .in_territory(actor.territory())
            .with(serde_json::json!({ "note": new.id, "kind": new.kind }));
        audit::record(tx, event).await?;
    }
    Ok(())
}

/// Writes where the child is kept safe; the last one counts. The same form again writes nothing.
pub async fn write_address(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    case: CaseId,
    (id, text): (RowId, &str),
) -> Result<(), AppError> {
    let text = tx
        .seal(Holder::case(case), Field::SAFE_ADDRESS, id.0, Some(text))
        .await?;
    let done = sqlx::query!(
        "insert into app.safe_address (id, case_id, territory_id, text_enc, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing",
        id.0,
        case.0,
        actor.territory().0,
        text as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() > 0 {
        let event =
            Event::on("safe_address.written", "case", case.0).in_territory(actor.territory());
        audit::record(tx, event).await?;
    }
    Ok(())
}

/// What a reveal may uncover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// A clinical note.
    Note(RowId),
    /// A safe address.
    Address(RowId),
}

impl Secret {
    /// Its row.
    pub const fn id(self) -> RowId {
        match self {
            Self::Note(id) | Self::Address(id) => id,
        }
    }
}

/// The words of one; the database writes down who read them. `None`: not there, or not for this reader.
pub async fn reveal(
    tx: &mut Tx,
    case: CaseId,
    secret: Secret,
) -> Result<Option<Reading>, AppError> {
    let (field, sealed) = match secret {
        Secret::Note(id) => {
            let sealed = sqlx::query_scalar!(
                r#"select app.reveal_clinical_note($1) as "text: SealedText""#,
                id.0
            )
            .fetch_one(&mut **tx)
            .await?;
            (Field::CLINICAL_TEXT, sealed)
        }
        Secret::Address(id) => {
            let sealed = sqlx::query_scalar!(
                r#"select app.reveal_safe_address($1) as "text: SealedText""#,
                id.0
            )
            .fetch_one(&mut **tx)
            .await?;
            (Field::SAFE_ADDRESS, sealed)
        }
    };
    let key = sqlx::query_scalar!(
        r#"select app.key_of('case', $1) as "key: WrappedKey""#,
        case.0
    )
    .fetch_one(&mut **tx)
    .await?;
    let place = (field, secret.id().0);
    Ok(tx.open(Holder::case(case), key.as_ref(), place, sealed.as_ref()))
}
