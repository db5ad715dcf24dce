//! What a pack is made from: published cells and what was published before Sanad. Read by the job, and by nobody who could
//! see more.

use crate::{
    disclosure::CLOSED_LIST,
    error::AppError,
    ids::TerritoryId,
    indicators::{self, ToldMedian},
    releases::read::{self, Correction, Figures, Release, Told},
};
use chrono::NaiveDate;
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Months that a line shows at least, if they were told.
const YEAR: i32 = 12;

/// A prefecture, a province or a region.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub id: TerritoryId,
    /// Its code in the national statistics.
    pub hcp_code: String,
    /// The region that it lies in; a region lies in none.
    pub within: Option<TerritoryId>,
    /// Its names: Arabic, French, English.
    pub ar: String,
    pub fr: String,
    pub en: String,
}

/// A figure published before Sanad: of several prefectures together.
#[derive(Debug, Clone)]
pub(super) struct Before {
    pub measure: String,
    pub unit: String,
    pub value: i32,
    pub sex: Option<String>,
    pub as_of: NaiveDate,
    pub precision: String,
    pub source: String,
    pub quote: Option<String>,
    pub territories: Vec<i16>,
}

/// All of it, of a period.
#[derive(Debug)]
pub(super) struct Material {
    /// Every release up to the last of the period, the first one first.
    pub all: Vec<Release>,
    /// Those of the period; there is at least one.
    pub releases: Vec<Release>,
    /// The last of them.
    pub last: Release,
    /// The cells of the last.
    pub figures: Figures,
    /// The cells of each, in the order of the releases.
    pub months: Vec<Figures>,
    /// The totals of the country, month by month: a year at least.
    pub series: Vec<(&'static str, Vec<(NaiveDate, Told)>)>,
    /// Those of the release before the period, if there is one: what it began from.
    pub before: Option<Figures>,
    /// The medians of each: told at the end of a quarter alone.
    pub medians: Vec<Vec<ToldMedian>>,
    /// What the releases of the period said of earlier ones.
    pub corrections: Vec<Correction>,
    /// The regions and what lies in each, by their code.
    pub places: Vec<Place>,
    /// Oldest first.
    pub history: Vec<Before>,
}

impl Material {
    /// Of the releases of that range.
    pub async fn read(
        connection: &mut PgConnection,
        (from, to): (i32, i32),
    ) -> Result<Self, AppError> {
        let mut all = read::releases(connection).await?;
        all.sort_by_key(|release| release.number);
        all.retain(|one| one.number <= to);
        let prior = all.iter().find(|one| one.number + 1 == from).cloned();
        let mut releases = all.clone();
        releases.retain(|one| one.number >= from);
        let Some(last) = releases.last().cloned() else {
            return Err(AppError::internal("a pack of no release"));
        };
        let before = match &prior {
            Some(prior) => Some(read::figures(connection, prior).await?),
            None => None,
        };
        let (mut months, mut medians, mut corrections) = (Vec::new(), Vec::new(), Vec::new());
        for release in &releases {
            months.push(read::figures(connection, release).await?);
            medians.push(indicators::medians(connection, release.number).await?);
            corrections.extend(read::corrections(connection, release).await?);
        }
        let span = YEAR.max(to - from + 1);
        let mut series = Vec::new();
        for system in CLOSED_LIST {
            let cell = (system.code, "");
            series.push((
                system.code,
                read::series(connection, &last, cell, None, span).await?,
            ));
        }
        Ok(Self {
            series,
            figures: months.last().cloned().unwrap_or_default(),
            before,
            months,
            medians,
            corrections,
            places: places(connection).await?,
            history: history(connection).await?,
            last,
            releases,
            all,
        })
    }

    /// The places by their number.
    pub fn by_id(&self) -> BTreeMap<TerritoryId, &Place> {
        self.places.iter().map(|place| (place.id, place)).collect()
    }
}

/// Each region, then what lies in it.
async fn places(connection: &mut PgConnection) -> Result<Vec<Place>, AppError> {
    Ok(sqlx::query_as!(
        Place,
        r#"select t.id as "id: TerritoryId", t.hcp_code, t.parent_id as "within: TerritoryId", t.ar, t.fr, t.en
           from ref.territory t left join ref.territory p on p.id = t.parent_id
           order by coalesce(p.hcp_code, t.hcp_code), t.parent_id nulls first, t.hcp_code"#
    )
    .fetch_all(connection)
    .await?)
}

async fn history(connection: &mut PgConnection) -> Result<Vec<Before>, AppError> {
    Ok(sqlx::query_as!(
        Before,
        r#"select measure, unit, value, sex, as_of, "precision", source, quote,
               array(select s.territory_id from stat.historical_scope s
                     where s.aggregate = a.code order by s.territory_id) as "territories!"
           from stat.historical_aggregate a order by as_of, code"#
    )
    .fetch_all(connection)
    .await?)
}
