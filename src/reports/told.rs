//! The committee's answers: published cells, as they were told.

use super::{
    db,
    desk::{Desk, Spot},
    domain::{Asked, Axes, Axis, Grid, Item, TOTAL},
};
use crate::{
    authz::{Require, TerritoryId, can},
    db::Tx,
    error::AppError,
    releases::{
        ToldMonth,
        read::{self, Release, Told},
        words,
    },
    web::Ui,
};
use chrono::NaiveDate;
use std::{collections::HashMap, sync::Arc};

/// What the committee can ask, and the releases that answer, the last one first.
pub(super) async fn desk(
    tx: &mut Tx,
    me: &Require<can::ReportKeep>,
    table: &str,
) -> Result<(Desk, Vec<Release>), AppError> {
    let releases = read::releases(tx).await?;
    let regions = db::regions(tx).await?;
    let parts = match releases.first() {
        Some(last) => {
            let month = me.told(tx, last, last).await?;
            let parts = month.figures.parts(table, None);
            parts.map(|(part, _)| part.to_owned()).collect()
        }
        None => Vec::new(),
    };
    let months = releases.iter().map(|release| release.as_of).collect();
    let desk = Desk::of_country(&me.ui, table, (months, regions, parts));
    Ok((desk, releases))
}

/// The part that a code of the address stands for.
pub(super) fn part_of(code: &str) -> &str {
    if code == TOTAL { "" } else { code }
}

/// The figures that are asked for.
pub(super) async fn answer(
    tx: &mut Tx,
    me: &Require<can::ReportKeep>,
    (desk, releases): (&Desk, &[Release]),
    asked: &Asked,
) -> Result<Grid, AppError> {
    let spots: Vec<&Spot> = asked
        .places
        .iter()
        .filter_map(|code| desk.place(code))
        .collect();
    let codes = asked.parts.iter();
    let parts: Vec<String> = codes.map(|code| part_of(code).to_owned()).collect();
    let mut months: Vec<NaiveDate> = desk
        .months
        .iter()
        .copied()
        .filter(|month| (asked.from..=asked.to).contains(month))
        .collect();
    months.sort_unstable();
    let axes = axes(&me.ui, (desk, asked), &spots, &months);
    let one = name_of_one(&me.ui, desk, asked);
    let found = found(tx, me, (releases, asked), (&spots, &parts)).await?;
    Ok(Grid::lay(asked, &axes, one, |place, month, part| {
        let (place, part) = (spots.get(place)?, parts.get(part)?);
        match &found {
            Found::Month(told) => {
                let table = asked.subject.table_of(part);
                told.figures.get(table, place.id, part).copied()
            }
            Found::Months(cells) => {
                let key = (*months.get(month)?, number(place), part.clone());
                cells.get(&key).copied()
            }
        }
    }))
}

/// Where the figures are: in one month that was read, or in some cells of several.
enum Found {
    Month(Arc<ToldMonth>),
    Months(HashMap<(NaiveDate, TerritoryId, String), Told>),
}

async fn found(
    tx: &mut Tx,
    me: &Require<can::ReportKeep>,
    (releases, asked): (&[Release], &Asked),
    (spots, parts): (&[&Spot], &[String]),
) -> Result<Found, AppError> {
    if !asked.lays(Axis::Month) {
        let release = releases.iter().find(|release| release.as_of == asked.to);
        let (Some(release), Some(last)) = (release, releases.first()) else {
            return Err(AppError::NotFound);
        };
        return Ok(Found::Month(me.told(tx, release, last).await?));
    }
    let places: Vec<i16> = spots.iter().map(|spot| number(spot).0).collect();
    let tables = (asked.subject.total, asked.subject.code);
    let cells = db::cells(tx, tables, (&places, parts), (asked.from, asked.to)).await?;
    let named = cells
        .into_iter()
        .map(|cell| ((cell.month, cell.place, cell.part), cell.told));
    Ok(Found::Months(named.collect()))
}

/// Number 0 is the country.
fn number(spot: &Spot) -> TerritoryId {
    spot.id.unwrap_or(TerritoryId(0))
}

fn axes(ui: &Ui, (desk, asked): (&Desk, &Asked), spots: &[&Spot], months: &[NaiveDate]) -> Axes {
    let place = |spot: &&Spot| Item {
        name: spot.name.clone(),
        is_whole: !spot.is_usual || spot.id.is_none(),
    };
    let month = |month: &NaiveDate| Item {
        name: ui.lang().month(*month),
        is_whole: false,
    };
    Axes {
        places: spots.iter().map(place).collect(),
        months: months.iter().map(month).collect(),
        parts: parts_of(desk, asked),
    }
}

/// The parts that are asked for, as items of an axis.
pub(super) fn parts_of(desk: &Desk, asked: &Asked) -> Vec<Item> {
    let item = |code: &String| Item {
        name: desk.part(code).to_owned(),
        is_whole: code == TOTAL,
    };
    asked.parts.iter().map(item).collect()
}

/// The one column of a report without columns: the part that it is about, or the table.
pub(super) fn name_of_one(ui: &Ui, desk: &Desk, asked: &Asked) -> String {
    match asked.parts.as_slice() {
        [code] if !asked.lays(Axis::Part) && code != TOTAL => desk.part(code).to_owned(),
        _ => words::table_name(ui.lang(), asked.subject.total),
    }
}
