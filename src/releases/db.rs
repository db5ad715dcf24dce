//! The questions of a release, asked as `sanad_job`: counts and what was told, and no row of a person.

use super::{
    frame::{Name, Parts, Place},
    history::{Corrected, Counted, History, Published, Step, Steps, Told},
    month::{Exact, Month},
    rows::MedianRow,
};
use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};

/// The releases there are, oldest first.
pub(super) async fn releases(
    connection: &mut PgConnection,
) -> Result<Vec<(i32, NaiveDate)>, sqlx::Error> {
    let rows = sqlx::query!("select number, as_of from stat.release order by number")
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.number, row.as_of))
        .collect())
}

/// Prefectures and regions.
pub(super) async fn places(connection: &mut PgConnection) -> Result<Vec<Place>, sqlx::Error> {
    sqlx::query_as!(
        Place,
        "select id, parent_id as within from ref.territory order by id"
    )
    .fetch_all(connection)
    .await
}

/// The parts of each table, from the lists.
pub(super) async fn parts(connection: &mut PgConnection) -> Result<Parts, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select 'children_by_sex' as "table!", code as "part!" from ref.sex
           union all select 'children_by_age', code from ref.age_band where "set" = 'plan'
           union all select 'children_by_age', 'unknown'
           union all select 'children_by_nationality', code from ref.reporting_group
           union all select 'children_by_disability', unnest(array['any', 'none', 'unknown'])
           union all select 'cases_by_state', unnest(array['identified', 'urgent_action', 'registered', 'assessment',
                         'planning', 'implementation', 'monitoring', 'closure_requested', 'closed'])
           union all select audience || '_services_by_family', code from ref.service_kind where parent is null
           union all select 'child_decisions_by_kind', code from ref.child_decision_kind
           union all select 'adult_decisions_by_effect', unnest(array['pending', 'prosecuted', 'not_prosecuted'])
           union all select t, unnest(array['yes', 'no', 'open']) from unnest(array['cases_by_response', 'cases_by_assessment']) t
           union all select t, unnest(array['yes', 'no'])
           from unnest(array['children_found_again', 'contacts_by_night', 'cases_by_view', 'visits_in_time', 'requests_accepted',
                             'mothers_served', 'school_regained', 'births_registered', 'care_in_family', 'tasks_overdue']) t"#
    )
    .fetch_all(connection)
    .await?;
    let mut parts = Parts::new();
    for row in rows {
        parts.entry(row.table).or_default().insert(row.part);
    }
    Ok(parts)
}

/// What is counted up to a day, as far as it is known now.
pub(super) async fn counts(
    connection: &mut PgConnection,
    as_of: NaiveDate,
) -> Result<Vec<Exact>, sqlx::Error> {
    sqlx::query_as!(
        Exact,
        r#"select measure as "measure!", territory_id as territory, key as "key!", sex as "sex!", n as "n!"
           from (select * from stat.exact_cells($1)
                 union all select * from stat.children_by_disability($1)
                 union all select * from stat.indicator_cells($1)) c"#,
        as_of
    )
    .fetch_all(connection)
    .await
}

/// Medians of a day at the end of a quarter; on another day there are none.
pub(super) async fn medians(
    connection: &mut PgConnection,
    as_of: NaiveDate,
) -> Result<Vec<MedianRow>, sqlx::Error> {
    sqlx::query_as!(
        MedianRow,
        r#"select indicator as "indicator!", territory_id, part as "part!", n_mark as "n_mark!",
                  median_days as "median_days!", p90_days
           from stat.indicator_medians($1)"#,
        as_of
    )
    .fetch_all(connection)
    .await
}

/// Everything that was told, and what stands behind it.
pub(super) async fn history(connection: &mut PgConnection) -> Result<History, sqlx::Error> {
    let published = sqlx::query!(
        r#"select release, table_code, territory_id, part, mark as "mark: Told"
           from stat.published_cell order by release"#
    )
    .fetch_all(&mut *connection)
    .await?;
    let corrected = sqlx::query!(
        "select told_by, release, table_code, territory_id, part from stat.correction order by told_by"
    )
    .fetch_all(&mut *connection)
    .await?;
    let counted = sqlx::query!(
        "select told_by, release, table_code, territory_id, part, n from stat.release_count order by told_by"
    )
    .fetch_all(&mut *connection)
    .await?;
    let proofs = sqlx::query!(
        r#"select system, proof, steps as "steps: Json<Vec<Step>>" from stat.release_proof order by told_by"#
    )
    .fetch_all(&mut *connection)
    .await?;
    Ok(History {
        published: published
            .into_iter()
            .map(|row| Published {
                release: row.release,
                name: name(row.table_code, row.territory_id, row.part),
                told: row.mark,
            })
            .collect(),
        corrected: corrected
            .into_iter()
            .map(|row| Corrected {
                told_by: row.told_by,
                release: row.release,
                name: name(row.table_code, row.territory_id, row.part),
            })
            .collect(),
        counted: counted
            .into_iter()
            .map(|row| Counted {
                told_by: row.told_by,
                release: row.release,
                name: name(row.table_code, Some(row.territory_id), row.part),
                n: row.n,
            })
            .collect(),
        proofs: proofs
            .into_iter()
            .map(|row| Steps {
                system: row.system,
                proof: row.proof,
                steps: row.steps.map(|steps| steps.0),
            })
            .collect(),
    })
}

fn name(table: String, territory: Option<i16>, part: String) -> Name {
    Name {
        table,
        territory,
        part,
    }
}

/// Writes a release, with the trail's row of it.
pub(super) async fn publish(
    connection: &mut PgConnection,
    (number, as_of, method): (i32, NaiveDate, i16),
    month: &Month,
) -> Result<(), sqlx::Error> {
    let sha256 = month.sha256(as_of, method);
    sqlx::query!(
        "select stat.publish($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        number,
        as_of,
        method,
        &sha256[..],
        serde_json::json!(month.cells),
        serde_json::json!(month.medians),
        serde_json::json!(month.corrections),
        serde_json::json!(month.counts),
        serde_json::json!(month.proofs)
    )
    .execute(connection)
    .await?;
    Ok(())
}
