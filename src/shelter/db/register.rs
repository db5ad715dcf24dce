//! Institutions and their places: reading the register, keeping its figures.

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{RowId, TerritoryId},
    shelter::{
        domain::{Audience, Places},
        form::Figures,
    },
};
use chrono::{DateTime, NaiveDate, Utc};

/// Places of one kind in an institution, as they are this moment.
#[derive(Debug, Clone)]
pub struct Group {
    /// Which.
    pub id: RowId,
    /// The institution.
    pub institution: RowId,
    /// Its organisation, whose name it bears.
    pub organisation: String,
    /// Where it is.
    pub territory: TerritoryId,
    /// Until when it is licensed.
    pub licensed_until: Option<NaiveDate>,
    /// Since when it takes nobody: the institution, or these places alone.
    pub closed_on: Option<NaiveDate>,
    /// Since when these places alone take nobody.
    pub shut_on: Option<NaiveDate>,
    /// For whom.
    pub audience: Audience,
    /// From that age, in years.
    pub age_min: i16,
    /// To that age, included.
    pub age_max: i16,
    /// How many.
    pub places: Places,
    /// Code of `ref.place_reason`: why the figures are what they are.
    pub reason: String,
    /// When somebody last said that they are true.
    pub confirmed_at: DateTime<Utc>,
    /// Who, in Arabic.
    pub name_ar: String,
    /// Who, in Latin letters.
    pub name_la: String,
    /// For the optimistic lock.
    pub version: i32,
}

/// Every group of places that the reader sees, or those of one institution: first those with a free place, the
/// reader's own prefecture before its region and the others; then the full ones, likewise. A hold that has run out
/// takes no place, whether or not the job has ended it.
pub async fn groups(tx: &mut Tx, actor: &Actor, of: Option<RowId>) -> Result<Vec<Group>, AppError> {
    let rows = sqlx::query!(
        r#"with seen as (
               select g.id, g.institution_id, i.organisation_code, g.territory_id, i.licensed_until,
                      least(i.closed_on, g.closed_on) as closed_on, g.closed_on as shut_on,
                      g.audience, g.age_min, g.age_max, g.capacity, g.closed, g.others, g.admitted,
                      (g.held - coalesce(l.n, 0))::smallint as held, g.reason, g.confirmed_at, g.confirmed_by, g.version
               from app.bed_group g
               join app.institution i on i.id = g.institution_id
               left join app.lapsed_beds() l on l.group_id = g.id
               where ($2::uuid is null or g.institution_id = $2) and ($3 = '' or i.organisation_code = $3))
           select s.id as "id!: RowId", s.institution_id as "institution!: RowId", s.organisation_code as "organisation!",
                  s.territory_id as "territory!: TerritoryId", s.licensed_until, s.closed_on, s.shut_on,
                  s.audience as "audience!", s.age_min as "age_min!", s.age_max as "age_max!", s.capacity as "capacity!",
                  s.closed as "closed!", s.others as "others!", s.admitted as "admitted!", s.held as "held!",
                  s.reason as "reason!", s.confirmed_at as "confirmed_at!", s.version as "version!",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from seen s
           join ref.territory t on t.id = s.territory_id
           left join ref.territory own on own.id = $1
           left join app.names_of(array(select confirmed_by from seen)) n on n.id = s.confirmed_by
           order by s.closed_on is not null or s.capacity - s.closed - s.others - s.admitted - s.held <= 0,
                    t.id <> $1, t.parent_id is distinct from own.parent_id, t.id, s.organisation_code, s.audience, s.age_min, s.id"#,
        actor.territory().0,
        of.map(|id| id.0),
        actor.organisation()
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Group {
                id: r.id,
                institution: r.institution,
                organisation: r.organisation,
                territory: r.territory,
                licensed_until: r.licensed_until,
                closed_on: r.closed_on,
                shut_on: r.shut_on,
                audience: Audience::from_code(&r.audience)
                    .ok_or_else(|| AppError::internal("unknown audience"))?,
                age_min: r.age_min,
                age_max: r.age_max,
                places: Places {
                    capacity: r.capacity,
                    closed: r.closed,
                    others: r.others,
                    admitted: r.admitted,
                    held: r.held,
                },
                reason: r.reason,
                confirmed_at: r.confirmed_at,
                name_ar: r.name_ar,
                name_la: r.name_la,
                version: r.version,
            })
        })
        .collect()
}

/// An institution, without its address.
#[derive(Debug)]
pub struct Institution {
    /// Which.
    pub id: RowId,
    /// Its organisation.
    pub organisation: String,
    /// Where.
    pub territory: TerritoryId,
    /// Code of `ref.placement_type`.
    pub kind: String,
    /// Number of its licence.
    pub licence: Option<String>,
    /// Its end.
    pub licensed_until: Option<NaiveDate>,
    /// Codes of `ref.shelter_standard` that it meets.
    pub standards: Vec<String>,
    /// Those that it was found not to meet; the others were not looked at.
    pub standards_unmet: Vec<String>,
    /// When they were last looked at.
    pub checked_on: Option<NaiveDate>,
    /// Since when it takes nobody.
    pub closed_on: Option<NaiveDate>,
    /// For the optimistic lock.
    pub version: i32,
    /// To call.
    pub phone: Option<String>,
}

/// One institution; for a manager, their own.
pub async fn institution(
    tx: &mut Tx,
    actor: &Actor,
    id: Option<RowId>,
) -> Result<Institution, AppError> {
    sqlx::query_as!(
        Institution,
        r#"select i.id as "id: RowId", i.organisation_code as organisation, i.territory_id as "territory: TerritoryId", i.kind,
                  i.licence, i.licensed_until, i.standards, i.standards_unmet, i.checked_on, i.closed_on, i.version, i.phone
           from app.institution i
           where ($1::uuid is null or i.id = $1) and ($2 = '' or i.organisation_code = $2)
             and ($1::uuid is not null or $2 <> '')"#,
        id.map(|id| id.0),
        actor.organisation()
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)
}

/// Its address; the database writes down who read it. `None`: not for this reader, or not known.
pub async fn address(tx: &mut Tx, id: RowId) -> Result<Option<String>, AppError> {
    Ok(
        sqlx::query_scalar!("select app.reveal_institution_address($1)", id.0)
            .fetch_one(&mut **tx)
            .await?,
    )
}

/// Keeps the figures of a group true. The caller holds its lock since it read it, so that no place is taken in
/// between.
pub async fn update(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: RowId,
    figures: &Figures,
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update app.bed_group g
         set capacity = $4, closed = $5, others = $6, reason = $7, confirmed_at = $8, confirmed_by = $9, version = g.version + 1
         from app.institution i
         where g.id = $1 and g.territory_id = $2 and i.id = g.institution_id
           and i.organisation_code = $3 and g.version = $10",
        id.0,
        actor.territory().0,
        actor.organisation(),
        figures.capacity,
        figures.closed,
        figures.others,
        figures.reason,
        now,
        actor.user.0,
        figures.version
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    let event = Event::on("places.changed", "bed_group", id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({
            "capacity": figures.capacity, "closed": figures.closed, "others": figures.others, "reason": figures.reason,
        }));
    audit::record(tx, event).await
}

/// The figures of an institution are those of today.
pub async fn confirm(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: RowId,
) -> Result<(), AppError> {
    sqlx::query!(
        "update app.bed_group set confirmed_at = $3, confirmed_by = $4 where institution_id = $1 and territory_id = $2",
        id.0,
        actor.territory().0,
        now,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("places.confirmed", "institution", id.0).in_territory(actor.territory());
    audit::record(tx, event).await
}

/// Places of a city (I17).
#[derive(Debug)]
pub struct City {
    /// Which.
    pub territory: TerritoryId,
    /// Institutions.
    pub institutions: i64,
    /// Licensed places.
    pub capacity: i64,
    /// Free places.
    pub free: i64,
    /// Places whose figure is stale.
    pub stale: i64,
}

impl City {
    /// How much is not free, in hundredths.
    pub const fn occupancy(&self) -> i64 {
        match self.capacity {
            0 => 0,
            capacity => (capacity - self.free) * 100 / capacity,
        }
    }
}

/// Every city, by the role that reads no person.
pub async fn figures(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<City>, AppError> {
    Ok(sqlx::query_as!(
        City,
        r#"select territory_id as "territory!: TerritoryId", institutions as "institutions!", capacity as "capacity!",
                  free as "free!", stale as "stale!"
           from stat.shelter($1)"#,
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}
