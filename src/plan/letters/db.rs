//! Questions about letters, asked as `sanad_stat`, and their keeping, by functions that ask who it is.

use super::form::{Filter, NewLetter};
use crate::{
    audit::{self, Event},
    authz::TerritoryId,
    db::Tx,
    documents::Checked,
    error::AppError,
    i18n::Lang,
    ids::{AttachmentId, RowId},
    plan::words::SIZE,
};
use chrono::{DateTime, NaiveDate, Utc};

/// A line of the register. Organisations are called as they were on the day of the letter.
#[derive(Debug)]
pub(super) struct Line {
    pub id: RowId,
    pub sent_on: NaiveDate,
    pub from_party: String,
    pub from_org: Option<String>,
    pub from_name: Option<String>,
    pub to_party: String,
    pub to_org: Option<String>,
    pub to_name: Option<String>,
    pub reference: Option<String>,
    pub subject: String,
    pub purpose: String,
    pub has_document: bool,
    pub is_struck: bool,
    pub cities: Vec<String>,
}

/// A page of letters, the newest first, and one more if there are more.
pub(super) async fn list(
    tx: &mut Tx,
    filter: &Filter,
    lang: Lang,
    skip: i64,
) -> Result<Vec<Line>, AppError> {
    Ok(sqlx::query_as!(
        Line,
        r#"select l.id as "id!: RowId", l.sent_on as "sent_on!", l.from_party as "from_party!",
                  plan.name_on(l.from_org, l.sent_on, $1) as from_org, l.from_name, l.to_party as "to_party!",
                  plan.name_on(l.to_org, l.sent_on, $1) as to_org, l.to_name, l.reference, l.subject as "subject!",
                  l.purpose as "purpose!", l.document_id is not null as "has_document!",
                  l.struck_at is not null as "is_struck!",
                  array(select x.city from plan.correspondence_city x where x.letter = l.id order by 1) as "cities!"
           from plan.correspondence l
           where ($2::text is null or exists (select from plan.correspondence_city x where x.letter = l.id and x.city = $2))
             and ($3::text is null or $3 in (l.from_party, l.to_party))
             and ($4::text is null or l.purpose = $4)
             and ($5::date is null or l.sent_on >= $5) and ($6::date is null or l.sent_on <= $6)
           order by l.sent_on desc, l.id desc offset $7 limit $8"#,
        lang.code(),
        filter.city,
        filter.party,
        filter.purpose,
        filter.from,
        filter.to,
        skip,
        SIZE + 1
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A letter, whole.
#[derive(Debug)]
pub(super) struct Letter {
    pub sent_on: NaiveDate,
    pub from_party: String,
    pub from_org: Option<String>,
    pub from_name: Option<String>,
    pub to_party: String,
    pub to_org: Option<String>,
    pub to_name: Option<String>,
    pub reference: Option<String>,
    pub subject: String,
    pub purpose: String,
    pub answers: Option<RowId>,
    pub answers_ref: Option<String>,
    pub document: Option<AttachmentId>,
    pub by_role: String,
    pub by_territory: Option<TerritoryId>,
    pub at: DateTime<Utc>,
    pub struck_at: Option<DateTime<Utc>>,
    pub struck_why: Option<String>,
    pub cities: Vec<String>,
}

/// See [`Letter`]; [`AppError::NotFound`] if there is none.
pub(super) async fn letter(tx: &mut Tx, id: RowId, lang: Lang) -> Result<Letter, AppError> {
    Ok(sqlx::query_as!(
        Letter,
        r#"select l.sent_on as "sent_on!", l.from_party as "from_party!", plan.name_on(l.from_org, l.sent_on, $2) as from_org,
                  l.from_name, l.to_party as "to_party!", plan.name_on(l.to_org, l.sent_on, $2) as to_org, l.to_name,
                  l.reference, l.subject as "subject!", l.purpose as "purpose!", l.answers as "answers: RowId",
                  (select a.reference from plan.correspondence a where a.id = l.answers) as answers_ref,
                  l.document_id as "document: AttachmentId", l.by_role as "by_role!",
                  l.by_territory as "by_territory: TerritoryId", l.at as "at!", l.struck_at, l.struck_why,
                  array(select x.city from plan.correspondence_city x where x.letter = l.id order by 1) as "cities!"
           from plan.correspondence l where l.id = $1"#,
        id.0,
        lang.code()
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// What hangs on a letter: its answers, and the steps that it proves.
#[derive(Debug)]
pub(super) struct Hanging {
    /// An answer.
    pub letter: Option<RowId>,
    pub reference: Option<String>,
    pub day: NaiveDate,
    /// A step of the activation of a city.
    pub step: Option<String>,
    pub city: Option<String>,
}

/// See [`Hanging`], the newest first.
pub(super) async fn hanging(tx: &mut Tx, id: RowId) -> Result<Vec<Hanging>, AppError> {
    Ok(sqlx::query_as!(
        Hanging,
        r#"select a.id as "letter?: RowId", a.reference as "reference?", a.sent_on as "day!", null as "step?", null as "city?"
           from plan.correspondence a where a.answers = $1
           union all
           select null, null, s.on_day, s.step, s.city from plan.activation_now s where s.letter = $1
           order by 3 desc limit 20"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Whether there is such a letter.
pub(super) async fn exists(tx: &mut Tx, id: RowId) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from plan.correspondence where id = $1) as "is!""#,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Whether this very letter was kept before, with the same document; `None` if its id is new.
pub(super) async fn is_kept(
    tx: &mut Tx,
    id: RowId,
    checked: Option<&Checked>,
) -> Result<Option<bool>, AppError> {
    let kept = sqlx::query!(
        r#"select d.received_sha256 as "print?" from plan.correspondence l
           left join plan.scan d on d.id = l.document_id where l.id = $1"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    let print = checked.map(|checked| checked.received_sha256.to_vec());
    Ok(kept.map(|kept| kept.print == print))
}

/// Writes it. False if its id was taken meanwhile.
pub(super) async fn add(
    tx: &mut Tx,
    new: &NewLetter,
    document: Option<AttachmentId>,
    place: Option<TerritoryId>,
) -> Result<bool, AppError> {
    let is_new = sqlx::query_scalar!(
        r#"select plan.add_letter($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) as "new!""#,
        new.id.0,
        new.sent_on,
        new.from.party,
        new.from.organisation,
        new.from.name,
        new.to.party,
        new.to.organisation,
        new.to.name,
        new.reference,
        new.subject,
        new.purpose,
        new.answers.map(|id| id.0),
        document.map(|id| id.0),
        &new.cities
    )
    .fetch_one(&mut **tx)
    .await?;
    if is_new {
        let mut event = Event::on("plan_letter.added", "plan_letter", new.id.0).with(serde_json::json!({
            "cities": new.cities, "purpose": new.purpose, "to_party": new.to.party, "document": document,
        }));
        if let Some(place) = place {
            event = event.in_territory(place);
        }
        audit::record(tx, event).await?;
    }
    Ok(is_new)
}

/// Strikes it; struck already, it stays as it is.
pub(super) async fn strike(tx: &mut Tx, id: RowId, why: &str) -> Result<(), AppError> {
    let struck = sqlx::query_scalar!(
        r#"select plan.strike_letter($1, $2) as "struck!""#,
        id.0,
        why
    )
    .fetch_one(&mut **tx)
    .await?;
    if struck {
        let event = Event::on("plan_letter.struck", "plan_letter", id.0);
        audit::record(tx, event).await?;
    }
    Ok(())
}
