//! The questions of the dashboard, asked as `sanad_stat`: no personal table answers it.

use super::domain::{City, Measure, Published, Unit};
use crate::{authz::TerritoryId, db::Tx, error::AppError, reference::Label};

/// Everything published before Sanad, oldest first.
pub(super) async fn published(tx: &mut Tx) -> Result<Vec<Published>, AppError> {
    Ok(sqlx::query_as!(
        Published,
        r#"select measure as "measure: Measure", unit as "unit: Unit", value, sex, as_of, "precision", source, quote,
               array(select s.territory_id from stat.historical_scope s
                     where s.aggregate = a.code order by s.territory_id) as "territories!"
           from stat.historical_aggregate a order by as_of, code"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Every city of the register with what the rules of the page ask of it, in the order they joined. Criteria are looked at
/// of candidates alone.
pub(super) async fn cities(tx: &mut Tx) -> Result<Vec<City>, AppError> {
    let rows = sqlx::query!(
        r#"select c.slug, c.territory_id as "territory: TerritoryId", c.ar, c.fr, c.en, c.status, c.status_since, c.phase,
                  p.ar as phase_ar, p.fr as phase_fr, p.en as phase_en,
                  r.id as "region: TerritoryId", r.hcp_code as region_code,
                  r.ar as region_ar, r.fr as region_fr, r.en as region_en,
                  s.seats as "seats?", s.filled as "filled?",
                  case when c.status = 'preparing' then plan.steps_open(c.slug) else 0 end as "steps_open!",
                  coalesce(k.criteria, 0) as "criteria!", coalesce(k.met, 0) as "met!"
           from plan.city c
           join plan.phase p on p.code = c.phase
           join ref.territory t on t.id = c.territory_id
           join ref.territory r on r.id = t.parent_id
           left join plan.team_today s on s.territory_id = c.territory_id
           left join lateral (
               select count(*) as criteria,
                      count(*) filter (where coalesce(x.answer, case when f.n > 0 then 'met' end) = 'met') as met
               from ref.readiness_criterion q
               left join plan.computed(c.slug) f on f.criterion = q.code
               left join lateral (select a.answer from plan.readiness a
                                  where a.city = c.slug and a.criterion = q.code order by a.seq desc limit 1) x on true
               where q.valid_to is null or q.valid_to > current_date) k on c.status = 'candidate'
           order by p.sort, c.territory_id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let label = |ar, fr, en| Label { ar, fr, en };
    Ok(rows
        .into_iter()
        .map(|r| City {
            slug: r.slug,
            territory: r.territory,
            label: label(r.ar, r.fr, r.en),
            status: r.status,
            since: r.status_since,
            phase: r.phase,
            phase_label: label(r.phase_ar, r.phase_fr, r.phase_en),
            region: r.region,
            region_code: r.region_code,
            region_label: label(r.region_ar, r.region_fr, r.region_en),
            seats: r.seats.zip(r.filled),
            steps_open: r.steps_open.into(),
            criteria: (r.criteria, r.met),
        })
        .collect())
}
