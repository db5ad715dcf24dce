//! What was told, for those who read it: the committee's pages, packs and reports. A few statements on the tables of
//! releases alone, whatever the size of the register; a page asks them as `sanad_stat`, a job as `sanad_job`.

use crate::{
    disclosure::{CLOSED_LIST, Growth, System},
    error::AppError,
    ids::TerritoryId,
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use std::cmp::Ordering;

/// A month that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its number, from 0.
    pub number: i32,
    /// The last day of the month.
    pub as_of: NaiveDate,
    /// The version of the rules: what is counted, and what is withheld.
    pub method: i16,
    /// When it was counted and told.
    pub computed_at: DateTime<Utc>,
    /// Of its cells and corrections, as decision 0102 writes them.
    pub sha256: Vec<u8>,
}

/// A cell as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// So many.
    Shown(i64),
    /// Under five.
    Few,
    /// Nothing; what was told of it last, of a count that goes on from month to month.
    Withheld {
        /// The day up to which it was told, and the figure.
        last: Option<(NaiveDate, i64)>,
    },
}

impl Told {
    /// The figure, if it was told.
    pub const fn shown(&self) -> Option<i64> {
        match self {
            Self::Shown(n) => Some(*n),
            Self::Few | Self::Withheld { .. } => None,
        }
    }

    /// The figure, or the one that was told last and stands: what has changed since is too little to be told.
    pub const fn standing(&self) -> Option<i64> {
        match self {
            Self::Shown(n) | Self::Withheld { last: Some((_, n)) } => Some(*n),
            Self::Few | Self::Withheld { last: None } => None,
        }
    }
}

/// A cell with its names: no place is the country, no part the total of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldCell {
    /// Code of the table, one of the closed list.
    pub table: String,
    /// Prefecture or region.
    pub place: Option<TerritoryId>,
    /// Code of the part.
    pub part: String,
    /// How it was told.
    pub told: Told,
}

/// All cells of a release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// In the order of their names.
    cells: Vec<ToldCell>,
}

impl Figures {
    fn new(mut cells: Vec<ToldCell>) -> Self {
        cells.sort_by(|a, b| named(a, &b.table, b.place, &b.part));
        Self { cells }
    }

    /// How a cell was told; nothing, if the release has no such cell.
    pub fn get(&self, table: &str, place: Option<TerritoryId>, part: &str) -> Option<&Told> {
        let found = self
            .cells
            .binary_search_by(|cell| named(cell, table, place, part));
        self.cells.get(found.ok()?).map(|cell| &cell.told)
    }

    /// The parts of a table in a place, without its total.
    pub fn parts<'f>(
        &'f self,
        table: &str,
        place: Option<TerritoryId>,
    ) -> impl Iterator<Item = (&'f str, &'f Told)> {
        let from = self
            .cells
            .partition_point(|cell| named(cell, table, place, "").is_lt());
        let table = table.to_owned();
        let rest = self.cells.iter().skip(from);
        rest.take_while(move |cell| cell.table == table && cell.place == place)
            .filter(|cell| !cell.part.is_empty())
            .map(|cell| (cell.part.as_str(), &cell.told))
    }

    /// The total of the thing that a table counts.
    pub fn total(&self, table: &str, place: Option<TerritoryId>) -> Option<&Told> {
        self.get(total_of(table), place, "")
    }

    /// Every cell, in the order of their names.
    pub fn cells(&self) -> &[ToldCell] {
        &self.cells
    }

    /// Cells that are told as a figure, and all.
    pub fn completeness(&self) -> (usize, usize) {
        let shown = self.cells.iter().filter(|cell| cell.told.shown().is_some());
        (shown.count(), self.cells.len())
    }
}

fn named(cell: &ToldCell, table: &str, place: Option<TerritoryId>, part: &str) -> Ordering {
    let cell = (cell.table.as_str(), cell.place, cell.part.as_str());
    cell.cmp(&(table, place, part))
}

/// What a later release said of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The day of the release that told it.
    pub told_by: NaiveDate,
    /// The day of the figure.
    pub of: NaiveDate,
    /// Code of the table.
    pub table: String,
    /// Prefecture or region; none is the country.
    pub place: Option<TerritoryId>,
    /// Code of the part; empty is the total.
    pub part: String,
    /// What was said last.
    pub was: i64,
    /// What is counted now.
    pub becomes: i64,
}

/// Every release, the last one first.
pub async fn releases(connection: &mut PgConnection) -> Result<Vec<Release>, AppError> {
    Ok(sqlx::query_as!(
        Release,
        "select number, as_of, method, computed_at, sha256 from stat.release order by as_of desc"
    )
    .fetch_all(&mut *connection)
    .await?)
}

/// The last release of a day or before it.
pub async fn at(
    connection: &mut PgConnection,
    day: NaiveDate,
) -> Result<Option<Release>, AppError> {
    Ok(sqlx::query_as!(
        Release,
        "select number, as_of, method, computed_at, sha256 from stat.release
         where as_of <= $1 order by as_of desc limit 1",
        day
    )
    .fetch_optional(&mut *connection)
    .await?)
}

/// The cells of a release. Of one that is withheld: what was told of it before, corrections that were known then
/// included; a count of one month alone has no such figure.
pub async fn figures(
    connection: &mut PgConnection,
    release: &Release,
) -> Result<Figures, AppError> {
    let rows = sqlx::query!(
        r#"select c.table_code, c.territory_id as "place: TerritoryId", c.part, c.mark, c.n,
               l.as_of as "last_day?", l.n as "last_n?"
           from stat.published_cell c
           left join lateral (
               select r.as_of, x.n
               from ((select b.release, b.release as told_by, b.n
                      from stat.published_cell b
                      where b.table_code = c.table_code and b.part = c.part
                        and coalesce(b.territory_id, 0::smallint) = coalesce(c.territory_id, 0::smallint)
                        and b.release < $1 and b.mark = 'shown'
                      order by b.release desc limit 1)
                     union all
                     (select k.release, k.told_by, k.becomes
                      from stat.correction k
                      where k.table_code = c.table_code and k.part = c.part
                        and coalesce(k.territory_id, 0::smallint) = coalesce(c.territory_id, 0::smallint)
                        and k.release < $1 and k.told_by <= $1
                      order by k.release desc, k.told_by desc limit 1)) x
               join stat.release r on r.number = x.release
               order by x.release desc, x.told_by desc limit 1) l on c.mark = 'withheld'
           where c.release = $1"#,
        release.number
    )
    .fetch_all(&mut *connection)
    .await?;
    let cells = rows.into_iter().map(|row| {
        let last = row.last_day.zip(row.last_n);
        ToldCell {
            told: told(&row.table_code, (&row.mark, row.n), last),
            table: row.table_code,
            place: row.place,
            part: row.part,
        }
    });
    Ok(Figures::new(cells.collect()))
}

/// A cell of the last so many releases up to one of them, oldest first, as it was told then. None is the country.
pub async fn series(
    connection: &mut PgConnection,
    until: &Release,
    (table, part): (&str, &str),
    place: Option<TerritoryId>,
    months: i32,
) -> Result<Vec<(NaiveDate, Told)>, AppError> {
    let places = place.map_or(0, |place| place.0);
    let rows = series_of(
        connection,
        until,
        (table, part),
        &[TerritoryId(places)],
        months,
    )
    .await?;
    Ok(rows.into_iter().map(|(day, _, told)| (day, told)).collect())
}

/// The same of several places, each under its number; number 0 is the country.
pub async fn series_of(
    connection: &mut PgConnection,
    until: &Release,
    (table, part): (&str, &str),
    places: &[TerritoryId],
    months: i32,
) -> Result<Vec<(NaiveDate, TerritoryId, Told)>, AppError> {
    let places: Vec<i16> = places.iter().map(|place| place.0).collect();
    let rows = sqlx::query!(
        r#"select r.as_of, coalesce(c.territory_id, 0::smallint) as "place!: TerritoryId", c.mark, c.n
           from stat.published_cell c join stat.release r on r.number = c.release
           where c.table_code = $1 and c.part = $2 and coalesce(c.territory_id, 0::smallint) = any($3)
             and c.release > $4 - $5::integer and c.release <= $4
           order by c.release, 2"#,
        table,
        part,
        &places,
        until.number,
        months
    )
    .fetch_all(&mut *connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let cell = told(table, (&row.mark, row.n), None);
            (row.as_of, row.place, cell)
        })
        .collect())
}

/// The corrections that a release lists.
pub async fn corrections(
    connection: &mut PgConnection,
    release: &Release,
) -> Result<Vec<Correction>, AppError> {
    Ok(sqlx::query_as!(
        Correction,
        r#"select t.as_of as told_by, o.as_of as of, c.table_code as "table", c.territory_id as "place: TerritoryId",
               c.part, c.was::bigint as "was!", c.becomes::bigint as "becomes!"
           from stat.correction c
           join stat.release t on t.number = c.told_by
           join stat.release o on o.number = c.release
           where c.told_by = $1
           order by o.as_of, c.table_code, c.territory_id nulls first, c.part"#,
        release.number
    )
    .fetch_all(&mut *connection)
    .await?)
}

/// What later releases said of a release.
pub async fn corrected_later(
    connection: &mut PgConnection,
    release: &Release,
) -> Result<Vec<Correction>, AppError> {
    Ok(sqlx::query_as!(
        Correction,
        r#"select t.as_of as told_by, o.as_of as of, c.table_code as "table", c.territory_id as "place: TerritoryId",
               c.part, c.was::bigint as "was!", c.becomes::bigint as "becomes!"
           from stat.correction c
           join stat.release t on t.number = c.told_by
           join stat.release o on o.number = c.release
           where c.release = $1
           order by t.as_of, c.table_code, c.territory_id nulls first, c.part"#,
        release.number
    )
    .fetch_all(&mut *connection)
    .await?)
}

/// A row as it is told.
fn told(table: &str, (mark, n): (&str, Option<i32>), last: Option<(NaiveDate, i32)>) -> Told {
    match (mark, n) {
        ("shown", Some(n)) => Told::Shown(n.into()),
        ("few", _) => Told::Few,
        _ => Told::Withheld {
            last: last
                .filter(|_| goes_on(table))
                .map(|(day, n)| (day, n.into())),
        },
    }
}

/// The code under which the total of a table stands.
pub fn total_of(table: &str) -> &str {
    let of = |system: &&System| system.tables.iter().any(|one| one.code == table);
    let system = CLOSED_LIST.iter().find(of);
    system.map_or(table, |system| system.code)
}

/// Whether an earlier figure of a table says something of a later one.
fn goes_on(table: &str) -> bool {
    super::words::growth_of(table).is_some_and(|growth| growth != Growth::Flow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(table: &str, place: Option<i16>, part: &str, told: Told) -> ToldCell {
        ToldCell {
            table: table.to_owned(),
            place: place.map(TerritoryId),
            part: part.to_owned(),
            told,
        }
    }

    #[test]
    fn a_cell_is_found_by_its_names() {
        let figures = Figures::new(vec![
            cell("children_by_sex", None, "M", Told::Few),
            cell("children", Some(4), "", Told::Withheld { last: None }),
            cell("children_by_sex", None, "F", Told::Shown(9)),
            cell("children", None, "", Told::Shown(12)),
            cell("children_by_sex", Some(4), "F", Told::Shown(7)),
        ]);
        let get =
            |table, place: Option<i16>, part| figures.get(table, place.map(TerritoryId), part);
        assert_eq!(get("children", None, ""), Some(&Told::Shown(12)));
        assert_eq!(get("children_by_sex", Some(4), "F"), Some(&Told::Shown(7)));
        assert_eq!(get("children_by_sex", Some(4), "M"), None);
        let parts: Vec<&str> = figures
            .parts("children_by_sex", None)
            .map(|(part, _)| part)
            .collect();
        assert_eq!(parts, ["F", "M"]);
        assert_eq!(figures.parts("children", None).count(), 0);
        assert_eq!(figures.completeness(), (3, 5));
    }

    #[test]
    fn last_months_contacts_say_nothing_of_this_month() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
        let told = |table| told(table, ("withheld", None), Some((day, 12)));
        assert_eq!(told("contacts"), Told::Withheld { last: None });
        let last = Some((day, 12));
        assert_eq!(told("children"), Told::Withheld { last });
        assert_eq!(told("children_by_age"), Told::Withheld { last });
    }
}
