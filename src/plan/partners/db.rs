//! Questions about partners, asked as `sanad_stat`, and their keeping.

use super::form::{Named, NewPartner};
use crate::{
    audit::{self, Event},
    db::Tx,
    error::{AppError, violates},
    i18n::Lang,
    ids::RowId,
};
use chrono::NaiveDate;

/// A partner, under the name that it had on the day that is looked at.
#[derive(Debug)]
pub(super) struct Partner {
    pub id: RowId,
    pub organisation: String,
    pub name: Option<String>,
    pub kind: String,
    pub role: String,
    pub city: Option<String>,
    pub since: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    pub source: Option<String>,
    /// Out of the published sources, not entered here.
    pub is_published: bool,
}

/// Those of a day: the whole plan's first, then by city. Of whom no source says since when, nobody knows that they were
/// not there.
pub(super) async fn list(
    tx: &mut Tx,
    day: NaiveDate,
    lang: Lang,
) -> Result<Vec<Partner>, AppError> {
    Ok(sqlx::query_as!(
        Partner,
        r#"select p.id as "id!: RowId", p.organisation as "organisation!", plan.name_on(p.organisation, $1, $2) as name,
                  o.type as "kind!", p.role as "role!", p.city, p.since, p.until, p.source, p.by_role is null as "is_published!"
           from plan.partner p
           join ref.organisation o on o.code = p.organisation
           join ref.partner_role r on r.code = p.role
           left join plan.city c on c.slug = p.city
           where (p.since is null or p.since <= $1) and (p.until is null or p.until >= $1)
           order by c.territory_id nulls first, r.sort, p.organisation limit 500"#,
        day,
        lang.code()
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// One, today.
pub(super) async fn partner(tx: &mut Tx, id: RowId, lang: Lang) -> Result<Partner, AppError> {
    Ok(sqlx::query_as!(
        Partner,
        r#"select p.id as "id!: RowId", p.organisation as "organisation!",
                  plan.name_on(p.organisation, current_date, $2) as name, o.type as "kind!", p.role as "role!", p.city, p.since,
                  p.until, p.source, p.by_role is null as "is_published!"
           from plan.partner p join ref.organisation o on o.code = p.organisation where p.id = $1"#,
        id.0,
        lang.code()
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// A name of an organisation and its days.
#[derive(Debug)]
pub(super) struct Name {
    pub lang: String,
    pub name: String,
    pub since: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

/// All of them, the newest first.
pub(super) async fn names(tx: &mut Tx, id: RowId) -> Result<Vec<Name>, AppError> {
    Ok(sqlx::query_as!(
        Name,
        r#"select n.lang as "lang!", n.name as "name!", lower(n.valid) as since, upper(n.valid) - 1 as until
           from plan.partner p join ref.organisation_name n on n.organisation_code = p.organisation
           where p.id = $1 order by lower(n.valid) desc nulls last, array_position(array['ar', 'fr', 'en'], n.lang)"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What became of a partner that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Added {
    New,
    /// These very answers came before.
    Again,
    /// It is one already, in that capacity, on some of these days.
    Known,
}

/// Writes it, and its organisation if no list has it.
pub(super) async fn add(tx: &mut Tx, new: &NewPartner) -> Result<Added, AppError> {
    if let Some(body) = &new.body {
        let named = sqlx::query!(
            "select plan.add_organisation($1, $2, $3, $4, $5)::text as done",
            new.organisation,
            body.kind,
            new.place.map(|place| place.0),
            body.name_ar,
            body.name_fr
        )
        .fetch_one(&mut **tx)
        .await;
        match named {
            Ok(_) => {}
            Err(error) if violates(&error, "organisation_pkey") => return Ok(Added::Again),
            Err(error) => return Err(error.into()),
        }
    }
    let done = sqlx::query_scalar!(
        r#"select plan.add_partner($1, $2, $3, $4, $5, $6) as "new!""#,
        new.id.0,
        new.organisation,
        new.role,
        new.city,
        new.since,
        new.source
    )
    .fetch_one(&mut **tx)
    .await;
    match done {
        Ok(true) => {}
        Ok(false) => return Ok(Added::Again),
        Err(error) if violates(&error, "partner_once") => return Ok(Added::Known),
        Err(error) => return Err(error.into()),
    }
    let event = Event::on("plan_partner.added", "plan_partner", new.id.0).with(serde_json::json!({
        "organisation": new.organisation, "partner_role": new.role, "city": new.city, "since": new.since,
    }));
    audit::record(tx, event).await?;
    Ok(Added::New)
}

/// It is a partner to that day, and no longer; ended already, it stays as it is.
pub(super) async fn end(tx: &mut Tx, id: RowId, day: NaiveDate) -> Result<(), AppError> {
    let ended = sqlx::query_scalar!(r#"select plan.end_partner($1, $2) as "ended!""#, id.0, day)
        .fetch_one(&mut **tx)
        .await?;
    if ended {
        let event = Event::on("plan_partner.ended", "plan_partner", id.0)
            .with(serde_json::json!({ "until": day }));
        audit::record(tx, event).await?;
    }
    Ok(())
}

/// What became of a name: false if another begins on that day or later already.
pub(super) async fn rename(
    tx: &mut Tx,
    partner: &Partner,
    named: &Named,
) -> Result<bool, AppError> {
    let done = sqlx::query_scalar!(
        r#"select plan.name_organisation($1, $2, $3, $4, $5) as "done!""#,
        partner.organisation,
        named.from,
        named.ar,
        named.fr,
        named.en
    )
    .fetch_one(&mut **tx)
    .await?;
    if done == "done" {
        let event = Event::on("plan_partner.named", "plan_partner", partner.id.0)
            .with(serde_json::json!({ "organisation": partner.organisation, "since": named.from }));
        audit::record(tx, event).await?;
    }
    Ok(done != "later")
}
