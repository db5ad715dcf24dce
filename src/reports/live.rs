//! A city's answers: its own figures, exact, as they are counted now.

use super::{
    desk::Desk,
    domain::{Asked, Axes, Axis, Grid, Item, Subject, TOTAL, month_end, months},
    told::{name_of_one, part_of, parts_of},
};
use crate::{
    authz::TerritoryId,
    db::Tx,
    error::AppError,
    releases::read::Told,
    rollups::{self, CityCell},
    web::Ui,
};
use chrono::NaiveDate;

/// What the people of a city can ask.
pub(super) fn desk(ui: &Ui, table: &str, city: TerritoryId) -> Desk {
    Desk::of_city(ui, table, city, |code| counted(code).is_some())
}

/// What of a count is its part.
#[derive(Clone, Copy)]
enum Of {
    Sex,
    Key,
    /// The key, of help for that audience.
    For(&'static str),
    /// It has no parts.
    Whole,
}

impl Of {
    fn cell(self, cell: &CityCell) -> Option<&str> {
        match self {
            Self::Sex => Some(&cell.sex),
            Self::Key => Some(&cell.key),
            Self::For(audience) => (cell.sex == audience).then_some(cell.key.as_str()),
            Self::Whole => Some(""),
        }
    }
}

/// Where the figures of a table are among what is counted of a city: the measure, and what of it is the part.
fn counted(table: &str) -> Option<(&'static str, Of)> {
    Some(match table {
        "children" | "children_by_sex" => ("children_protected", Of::Sex),
        "children_by_age" => ("children_by_age", Of::Key),
        "children_by_nationality" => ("children_by_nationality", Of::Key),
        "contacts" => ("contacts", Of::Whole),
        "cases" | "cases_by_state" => ("cases", Of::Key),
        "child_services" | "child_services_by_family" => ("services", Of::For("child")),
        "mother_services" | "mother_services_by_family" => ("services", Of::For("mother")),
        "referrals" => ("referrals", Of::Whole),
        "child_decisions" => ("child_decisions", Of::Whole),
        "child_decisions_by_kind" => ("child_decisions_by_kind", Of::Key),
        "adult_decisions" | "adult_decisions_by_effect" => ("adult_decisions", Of::Key),
        _ => return None,
    })
}

/// How many of a part; of the total all, for everything that is counted in a city is seen by its people.
fn sum(cells: &[CityCell], subject: Subject, part: &str) -> i64 {
    let Some((measure, of)) = counted(subject.table_of(part)) else {
        return 0;
    };
    let cells = cells.iter().filter(|cell| cell.measure == measure);
    cells
        .filter(|cell| {
            let found = of.cell(cell);
            found.is_some_and(|found| part.is_empty() || found == part)
        })
        .map(|cell| i64::from(cell.n))
        .sum()
}

/// The figures that are asked for: of each month apart where months are laid out.
pub(super) async fn answer(
    tx: &mut Tx,
    ui: &Ui,
    (desk, city): (&Desk, TerritoryId),
    asked: &Asked,
) -> Result<Grid, AppError> {
    let spans = if asked.lays(Axis::Month) {
        months(asked.from, asked.to)
    } else {
        vec![(asked.from, asked.to)]
    };
    let counts = counts(tx, city, asked, &spans).await?;
    let axes = Axes {
        places: Vec::new(),
        months: spans.iter().map(|span| month(ui, *span)).collect(),
        parts: parts_of(desk, asked),
    };
    let one = name_of_one(ui, desk, asked);
    Ok(Grid::lay(asked, &axes, one, |_, month, part| {
        let code = asked.parts.get(part)?;
        let cells = counts.get(month)?;
        Some(Told::Shown(sum(cells, asked.subject, part_of(code))))
    }))
}

/// What was counted in each of the spans.
async fn counts(
    tx: &mut Tx,
    city: TerritoryId,
    asked: &Asked,
    spans: &[(NaiveDate, NaiveDate)],
) -> Result<Vec<Vec<CityCell>>, AppError> {
    // the total of what happens is counted for all months at once
    if asked.lays(Axis::Month) && asked.parts == [TOTAL] && MONTHLY.contains(&asked.subject.total) {
        let months = rollups::months_of_city(tx, city, asked.from..=asked.to).await?;
        let of = |(from, _): &(NaiveDate, NaiveDate)| {
            let here = months
                .iter()
                .filter(|month| month_end(month.month) == month_end(*from));
            here.map(|month| CityCell {
                measure: month.measure.clone(),
                key: String::new(),
                sex: String::new(),
                n: month.n,
            })
            .collect()
        };
        return Ok(spans.iter().map(of).collect());
    }
    let mut counts = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        counts.push(rollups::of_city(tx, city, *from..=*to).await?);
    }
    Ok(counts)
}

/// Totals that are a measure of their own, of what happens.
const MONTHLY: [&str; 4] = ["children", "contacts", "referrals", "child_decisions"];

/// Whether a table tells what stands on the last day, not what happened in the period.
pub(super) fn stands(subject: Subject) -> bool {
    ["cases", "adult_decisions"].contains(&subject.total)
}

/// The name of a month, and its days where it is cut.
fn month(ui: &Ui, (from, to): (NaiveDate, NaiveDate)) -> Item {
    let whole = months(from, to).len() == 1
        && from.format("%d").to_string() == "01"
        && month_end(to) == Some(to);
    let month = ui.lang().month(from);
    let name = if whole {
        month
    } else {
        let days = ui.t2(
            "report-days",
            ("from", ui.date(from)),
            ("until", ui.date(to)),
        );
        format!("{month} ({days})")
    };
    Item {
        name,
        is_whole: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(measure: &str, key: &str, sex: &str, n: i32) -> CityCell {
        CityCell {
            measure: measure.to_owned(),
            key: key.to_owned(),
            sex: sex.to_owned(),
            n,
        }
    }

    #[test]
    fn the_total_of_a_city_is_all_its_parts() {
        let cells = [
            cell("children_protected", "", "F", 3),
            cell("children_protected", "", "M", 2),
            cell("services", "school", "child", 4),
            cell("services", "listening", "mother", 1),
            cell("contacts", "", "", 9),
        ];
        let of = |table: &str, part: &str| sum(&cells, Subject::of(table).unwrap(), part);
        assert_eq!(of("children_by_sex", ""), 5);
        assert_eq!(of("children_by_sex", "F"), 3);
        assert_eq!(of("children_by_sex", "U"), 0);
        assert_eq!(of("child_services_by_family", ""), 4);
        assert_eq!(of("child_services_by_family", "listening"), 0);
        assert_eq!(of("mother_services", ""), 1);
        assert_eq!(of("contacts", ""), 9);
        assert_eq!(of("referrals", ""), 0);
    }
}
