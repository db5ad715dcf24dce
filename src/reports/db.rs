//! Saved reports, and what the committee's questions are answered from. Whose they are stands in each.

use super::{
    desk::{Region, Whose},
    domain::Definition,
};
use crate::{
    audit::{self, Event},
    authz::{Actor, TerritoryId},
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::RowId,
    reference::Label,
    releases::read::Told,
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

/// A report as it is kept.
#[derive(Debug)]
pub(super) struct Saved {
    pub id: RowId,
    pub name: String,
    pub definition: Definition,
    pub is_shared: bool,
    pub is_mine: bool,
    /// Who made it.
    pub owner: (String, String),
    pub version: i32,
    pub changed_at: DateTime<Utc>,
}

/// More are not listed.
const LISTED: i64 = 200;

/// The reader's own and those that are shared with them, the last changed first; or the one of that id.
async fn reports(
    tx: &mut Tx,
    actor: &Actor,
    whose: Whose,
    which: Option<RowId>,
) -> Result<Vec<Saved>, AppError> {
    let rows = sqlx::query!(
        r#"with found as (
               select r.id, r.name, r.definition, r.shared, r.owner_id = $2 as is_mine, r.version, r.changed_at
               from plan.saved_report r
               where r.territory_id is not distinct from $1 and (r.shared or r.owner_id = $2) and r.deleted_at is null
                 and ($3::uuid is null or r.id = $3)
               order by r.changed_at desc, r.id limit $4)
           select f.id as "id!: RowId", f.name as "name!", f.definition as "definition!: Json<Definition>",
                  f.shared as "is_shared!", f.is_mine as "is_mine!", f.version as "version!", f.changed_at as "changed_at!",
                  coalesce(o.name_ar, '') as "name_ar!", coalesce(o.name_la, '') as "name_la!"
           from found f left join app.report_owners(array(select id from found)) o on o.report = f.id
           order by f.changed_at desc, f.id"#,
        whose.city().map(|city| city.0),
        actor.user.0,
        which.map(|id| id.0),
        LISTED
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Saved {
            id: row.id,
            name: row.name,
            definition: row.definition.0,
            is_shared: row.is_shared,
            is_mine: row.is_mine,
            owner: (row.name_ar, row.name_la),
            version: row.version,
            changed_at: row.changed_at,
        })
        .collect())
}

/// The list.
pub(super) async fn list(tx: &mut Tx, actor: &Actor, whose: Whose) -> Result<Vec<Saved>, AppError> {
    reports(tx, actor, whose, None).await
}

/// One of them.
pub(super) async fn report(
    tx: &mut Tx,
    actor: &Actor,
    whose: Whose,
    id: RowId,
) -> Result<Saved, AppError> {
    let found = reports(tx, actor, whose, Some(id)).await?;
    found.into_iter().next().ok_or(AppError::NotFound)
}

/// One of the reader's own, held until the end of the transaction; another's that they read is told apart.
pub(super) async fn lock(
    tx: &mut Tx,
    actor: &Actor,
    whose: Whose,
    id: RowId,
) -> Result<Saved, AppError> {
    if !report(tx, actor, whose, id).await?.is_mine {
        return Err(AppError::Forbidden);
    }
    sqlx::query!(
        "select id from plan.saved_report where id = $1 and owner_id = $2 for update",
        id.0,
        actor.user.0
    )
    .fetch_one(&mut **tx)
    .await?;
    // as whoever came before left it
    report(tx, actor, whose, id).await
}

fn placed(event: Event, whose: Whose) -> Event {
    match whose.city() {
        Some(city) => event.in_territory(city),
        None => event,
    }
}

fn event(action: &'static str, id: RowId, whose: Whose, definition: &Definition) -> Event {
    let event = Event::on(action, "report", id.0);
    let fields = serde_json::json!({ "table": definition.table() });
    placed(event.with(fields), whose)
}

/// Keeps a report; the same form again keeps nothing.
pub(super) async fn save(
    tx: &mut Tx,
    actor: &Actor,
    whose: Whose,
    (id, name, definition): (RowId, &str, &Definition),
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "insert into plan.saved_report (id, territory_id, owner_id, name, definition) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing",
        id.0,
        whose.city().map(|city| city.0),
        actor.user.0,
        name,
        serde_json::json!(definition)
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 1 {
        return audit::record(tx, event("report.saved", id, whose, definition)).await;
    }
    // pressed twice; or the id is somebody else's, or of one that was deleted
    match report(tx, actor, whose, id).await {
        Ok(saved) if saved.is_mine => Ok(()),
        Ok(_) | Err(AppError::NotFound) => Err(AppError::Conflict(Msg::new("report-again"))),
        Err(error) => Err(error),
    }
}

/// Changes the name and the question of one that is held.
pub(super) async fn change(
    tx: &mut Tx,
    whose: Whose,
    now: DateTime<Utc>,
    saved: &Saved,
    (name, definition): (&str, &Definition),
) -> Result<(), AppError> {
    if saved.name == name && saved.definition == *definition {
        return Ok(());
    }
    sqlx::query!(
        "update plan.saved_report set name = $2, definition = $3, version = version + 1, changed_at = $4 where id = $1",
        saved.id.0,
        name,
        serde_json::json!(definition),
        now
    )
    .execute(&mut **tx)
    .await?;
    audit::record(tx, event("report.changed", saved.id, whose, definition)).await
}

/// Shows one that is held to those of the same scope, or to nobody else any more.
pub(super) async fn share(
    tx: &mut Tx,
    whose: Whose,
    saved: &Saved,
    shared: bool,
) -> Result<(), AppError> {
    if saved.is_shared == shared {
        return Ok(());
    }
    sqlx::query!(
        "update plan.saved_report set shared = $2 where id = $1",
        saved.id.0,
        shared
    )
    .execute(&mut **tx)
    .await?;
    let action = if shared {
        "report.shared"
    } else {
        "report.withdrawn"
    };
    audit::record(tx, event(action, saved.id, whose, &saved.definition)).await
}

/// Deletes one that is held.
pub(super) async fn delete(
    tx: &mut Tx,
    whose: Whose,
    now: DateTime<Utc>,
    saved: &Saved,
) -> Result<(), AppError> {
    sqlx::query!(
        "update plan.saved_report set deleted_at = $2 where id = $1",
        saved.id.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    audit::record(
        tx,
        event("report.deleted", saved.id, whose, &saved.definition),
    )
    .await
}

/// That figures left as a file, saved report or not.
pub(super) async fn exported(
    tx: &mut Tx,
    whose: Whose,
    id: Option<RowId>,
    definition: &Definition,
) -> Result<(), AppError> {
    let event = if let Some(id) = id {
        event("report.exported", id, whose, definition)
    } else {
        let fields = serde_json::json!({ "table": definition.table() });
        placed(Event::of("report.exported").with(fields), whose)
    };
    audit::record(tx, event).await
}

/// The regions in which a city of the plan lies.
pub(super) async fn regions(tx: &mut Tx) -> Result<Vec<Region>, AppError> {
    let rows = sqlx::query!(
        r#"select t.id as "id: TerritoryId", t.ar, t.fr, t.en from ref.territory t
           where t.id in (select p.parent_id from plan.city c join ref.territory p on p.id = c.territory_id
                          where c.status in ('active', 'suspended'))
           order by t.id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Region {
            id: row.id,
            label: Label {
                ar: row.ar,
                fr: row.fr,
                en: row.en,
            },
        })
        .collect())
}

/// A cell of a month; number 0 is the country.
#[derive(Debug)]
pub(super) struct Cell {
    pub month: NaiveDate,
    pub place: TerritoryId,
    pub part: String,
    pub told: Told,
}

/// What was told of some parts of a table, and of its total, in some places and all months from one to another.
pub(super) async fn cells(
    tx: &mut Tx,
    (total, table): (&str, &str),
    (places, parts): (&[i16], &[String]),
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Cell>, AppError> {
    let rows = sqlx::query!(
        r#"select r.as_of, coalesce(c.territory_id, 0::smallint) as "place!: TerritoryId", c.part, c.mark, c.n
           from stat.published_cell c join stat.release r on r.number = c.release
           where r.as_of between $5 and $6 and coalesce(c.territory_id, 0::smallint) = any ($3)
             and ((c.table_code = $1 and c.part = '' and '' = any ($4))
               or (c.table_code = $2 and c.part <> '' and c.part = any ($4)))"#,
        total,
        table,
        places,
        parts,
        from,
        to
    )
    .fetch_all(&mut **tx)
    .await?;
    let told = |mark: &str, n: Option<i32>| match (mark, n) {
        ("shown", Some(n)) => Told::Shown(n.into()),
        ("few", _) => Told::Few,
        _ => Told::Withheld { last: None },
    };
    Ok(rows
        .into_iter()
        .map(|row| Cell {
            month: row.as_of,
            place: row.place,
            told: told(&row.mark, row.n),
            part: row.part,
        })
        .collect())
}
