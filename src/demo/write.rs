//! The story into the database: what the database alone knows first (staff, places, numbers), then one
//! statement a table.

use super::{
    CITIES,
    accounts::Staff,
    care, closings, court, freeze, measures, moves, notes, papers, plans, protect, requests,
    rights, rounds,
    rows::{Rows, Table},
    seal, shelter, stage,
    story::{Team, World},
    turns,
};
use crate::{
    blobs::Blobs,
    clock::local_date,
    reference::Catalogue,
    vault::{Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::HashMap;
use uuid::Uuid;

/// The cities with their staff and places. Communes with a court of their own stay out: nobody of the
/// demonstration sits there.
pub(super) async fn teams(
    connection: &mut PgConnection,
    staff: &Staff,
) -> anyhow::Result<Vec<Team>> {
    let places = sqlx::query!(
        r#"select p.territory_id, p.code, coalesce(p.population_2024, 0) as "population!"
           from ref.place p
           where p.selectable and p.territory_id in (select territory_id from plan.city)
             and not exists (select from ref.jurisdiction j where j.place_code = p.code)
           order by p.code"#
    )
    .fetch_all(connection)
    .await?;
    let member = |name: String| staff.get(&name).map(|user| user.0).context(name);
    CITIES
        .iter()
        .map(|city| {
            let of_city = |post: &str| member(format!("{post}.{}", city.slug));
            let mut workers = vec![(of_city("worker")?, 6), (of_city("worker2")?, 4)];
            if city.slug == "rabat" {
                workers.push((member("nadia.multi".to_owned())?, 2));
            }
            let here = places
                .iter()
                .filter(|place| place.territory_id == city.territory);
            Ok(Team {
                city,
                workers,
                supervisor: of_city("supervisor")?,
                prosecutor: of_city("prosecutor")?,
                chief: of_city("chief")?,
                registrar: of_city("registrar")?,
                places: here
                    .map(|place| (place.code.clone(), place.population.max(1).unsigned_abs()))
                    .collect(),
            })
        })
        .collect()
}

/// Writes everything.
pub(super) async fn write(
    connection: &mut PgConnection,
    world: &World,
    mut rows: Rows,
    (vault, blobs): (&Vault, &Blobs),
) -> anyhow::Result<()> {
    number(connection, &mut rows).await.context("numbers")?;
    let words = Catalogue::read(connection)
        .await
        .map_err(anyhow::Error::from)?;
    let ring = keeper::ring(connection, vault).await?;
    let papers = papers::tell(&mut rows, world.now).context("papers")?;
    let files = stage::keys(connection, vault, &rows).await?;
    let known = freeze::Known {
        assessed: care::assessed(&stage::stages(&rows, &world.teams, &files, world.now)?),
        names: names(connection).await.context("names")?,
    };
    freeze::seal(&mut rows, &known, &words, &ring).context("extracts")?;
    seal::seal(connection, vault, &mut rows)
        .await
        .context("sealing")?;
    for table in rows.tables() {
        fill(connection, &table).await.with_context(|| table.name)?;
    }
    protect::protect(connection, vault, world.now, &world.teams, &rows)
        .await
        .context("protected files")?;
    let stages = stage::stages(&rows, &world.teams, &files, world.now)?;
    on_episodes(connection, &words, &stages).await?;
    let kept = moves::kept(&rows, &world.teams);
    shelter::write(
        connection,
        vault,
        (&world.teams, world.now, &kept),
        (&words, &ring),
    )
    .await
    .context("institutions")?;
    let tools = requests::Tools {
        vault,
        ring: &ring,
        words: &words,
        now: world.now,
    };
    requests::lay(connection, &tools, &world.teams, &rows)
        .await
        .context("requests")?;
    notes::write(connection, vault, world.now, &world.teams, &rows)
        .await
        .context("notes")?;
    measures::write(connection, vault, world.now)
        .await
        .context("measures")?;
    court::write(connection, world).await.context("courts")?;
    papers::lay(connection, (vault, blobs), papers)
        .await
        .context("papers")?;
    settle(connection, world.now, &rows)
        .await
        .context("last changes")?;
    // last, for what is owed is put off then, and a file that moves takes all of it along
    turns::write(connection, (&world.teams, &rows), &stages)
        .await
        .context("turns")?;
    moves::write(connection, (vault, &ring), world.now, &world.teams)
        .await
        .context("transfers")?;
    tracing::info!(cases = rows.cases.len(), contacts = rows.contacts.len(), until = %world.today, "demo.told");
    Ok(())
}

/// What everybody who signs in is called, in Arabic and in Latin letters.
async fn names(
    connection: &mut PgConnection,
) -> Result<HashMap<Uuid, (String, String)>, sqlx::Error> {
    let users = sqlx::query!("select id, name_ar, name_la from sec.app_user")
        .fetch_all(connection)
        .await?;
    let named = users
        .into_iter()
        .map(|user| (user.id, (user.name_ar, user.name_la)));
    Ok(named.collect())
}

/// What each episode has, by its state.
async fn on_episodes(
    connection: &mut PgConnection,
    words: &Catalogue,
    stages: &[stage::Stage<'_>],
) -> anyhow::Result<()> {
    care::write(connection, stages)
        .await
        .context("assessments")?;
    plans::write(connection, stages).await.context("plans")?;
    rights::write(connection, stages).await.context("rights")?;
    rounds::write(connection, words, stages)
        .await
        .context("visits")?;
    closings::write(connection, stages)
        .await
        .context("closings")
}

/// Gives receipts, files and procedures their numbers, in the order of time.
async fn number(connection: &mut PgConnection, rows: &mut Rows) -> Result<(), sqlx::Error> {
    let contacts: Vec<_> = rows
        .contacts
        .iter()
        .map(|row| (row.territory_id, row.received_at))
        .collect();
    for (row, number) in rows
        .contacts
        .iter_mut()
        .zip(numbers(connection, "receipt", &contacts).await?)
    {
        row.receipt = number;
    }
    let cases: Vec<_> = rows
        .cases
        .iter()
        .map(|row| (row.territory_id, row.opened_at))
        .collect();
    for (row, number) in rows
        .cases
        .iter_mut()
        .zip(numbers(connection, "case", &cases).await?)
    {
        row.number = number;
    }
    let files: Vec<_> = rows
        .files
        .iter()
        .map(|row| (row.territory_id, row.composed_at))
        .collect();
    for (row, number) in rows
        .files
        .iter_mut()
        .zip(numbers(connection, "judicial", &files).await?)
    {
        row.number = number;
    }
    Ok(())
}

async fn numbers(
    connection: &mut PgConnection,
    kind: &str,
    events: &[(i16, DateTime<Utc>)],
) -> Result<Vec<String>, sqlx::Error> {
    let (territories, days): (Vec<i16>, Vec<NaiveDate>) = events
        .iter()
        .map(|(territory, at)| (*territory, local_date(*at)))
        .unzip();
    sqlx::query_scalar!(
        r#"select ref.next_number($1, territory, day) as "number!"
           from unnest($2::smallint[], $3::date[]) as event (territory, day)"#,
        kind,
        &territories,
        &days
    )
    .fetch_all(connection)
    .await
}

async fn fill(connection: &mut PgConnection, table: &Table) -> Result<(), sqlx::Error> {
    // a column may be called as a word of Rust is
    let (name, columns) = (table.name, table.columns.join(", ").replace("r#", ""));
    // names of tables and columns are literals of `rows`
    let insert = format!(
        "insert into {name} ({columns}) select {columns} from jsonb_populate_recordset(null::{name}, $1)"
    );
    sqlx::query(AssertSqlSafe(insert))
        .bind(&table.rows)
        .execute(connection)
        .await?;
    Ok(())
}

/// What the database decides or has touched on the way: deadlines by the targets of the reference data,
/// where long work has one visit after another and one file in seven is late, and the moment of the last
/// change, which triggers set to now.
async fn settle(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    rows: &Rows,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update app.case_episode e
         set due_at = e.state_since + t.hours * interval '1 hour' * case
             when e.state in ('implementation', 'monitoring')
             then greatest(1, ceil(extract(epoch from $1 - e.state_since) / 3600 / t.hours)
                              - (get_byte(uuid_send(e.id), 15) % 7 = 0)::integer)
             else 1 end
         from ref.case_target t where t.territory_id is null and t.state = e.state and t.risk = e.risk",
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update app.case_file c set changed_at = told.at, changed_by = told.by_user
         from unnest($1::uuid[], $2::timestamptz[], $3::uuid[]) as told (id, at, by_user) where c.id = told.id",
        &rows.cases.iter().map(|case| case.id).collect::<Vec<Uuid>>(),
        &rows.cases.iter().map(|case| case.changed_at).collect::<Vec<_>>(),
        &rows.cases.iter().map(|case| case.changed_by).collect::<Vec<_>>() as &[Option<Uuid>]
    )
    .execute(connection)
    .await?;
    Ok(())
}
