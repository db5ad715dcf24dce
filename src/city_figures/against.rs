//! The rates that have a target, on one scale: where the city stands, and where it should.

use super::{
    measured::held_against,
    words::{Table, percent},
};
use crate::{
    charts::{Range, Ranges},
    indicators::{self, Indicator, Kind, Mark, Measured},
    web::Ui,
};

/// The chart with its table.
pub(super) struct Against {
    pub chart: Ranges,
    pub table: Table,
}

/// A rate with its target.
struct Held<'a> {
    one: &'static Indicator,
    mark: Mark,
    /// Nothing, where there was nothing to divide by.
    value: Option<f64>,
    row: Option<&'a Measured>,
}

impl Held<'_> {
    fn is_kept(&self) -> Option<bool> {
        self.mark.is_kept(self.value?)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a rate in points of a hundred"
    )]
    fn points(&self) -> Option<i64> {
        self.value.map(|value| value.round() as i64)
    }
}

/// Those of the first figures of which a rule or a default says how they should be.
fn held(measured: &[Measured]) -> Vec<Held<'_>> {
    let rates = indicators::ALL
        .iter()
        .filter(|one| one.first.kind == Kind::Rate);
    rates
        .filter_map(|one| {
            let mark = one.first.mark.filter(|mark| mark.is_target())?;
            let row = measured
                .iter()
                .find(|row| row.indicator == one.code && row.part.is_empty());
            Some(Held {
                one,
                mark,
                value: row.and_then(|row| row.value(Kind::Rate)),
                row,
            })
        })
        .collect()
}

impl Against {
    /// Nothing, if none of them could be made.
    pub fn new(ui: &Ui, measured: &[Measured]) -> Option<Self> {
        let held = held(measured);
        if held.iter().all(|one| one.value.is_none()) {
            return None;
        }
        let ranges: Vec<Range> = held
            .iter()
            .map(|one| Range {
                label: one.one.code.to_owned(),
                dot: one.points(),
                ends: None,
                target: Some(i64::from(one.mark.value())),
                is_bad: one.is_kept() == Some(false),
            })
            .collect();
        let value = |one: &Held<'_>| {
            let (n, of) = one
                .row
                .map_or((0, 0), |row| (row.numerator, row.denominator.unwrap_or(0)));
            percent(ui.lang(), n, of)
        };
        let told: Vec<String> = held
            .iter()
            .map(|one| format!("{}{}{}", one.one.code, ui.colon(), value(one)))
            .collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let about = ui.t1("figures-against-about", "points", ui.lang().list(&told));
        let row = |one: &Held<'_>| {
            let kept = match one.is_kept() {
                Some(true) => ui.t("figures-kept"),
                Some(false) => ui.t("figures-not-kept"),
                None => "—".to_owned(),
            };
            let name = format!("{} {}", one.one.code, indicators::name(ui, one.one));
            let mark = held_against(ui, one.mark, Kind::Rate);
            (name, vec![value(one), mark, kept])
        };
        Some(Self {
            chart: Ranges::new(ui.lang(), about, &ranges),
            table: Table {
                caption: ui.t("figures-against"),
                head: ["", "figures-value", "figures-mark", "figures-reached"]
                    .map(|key| {
                        if key.is_empty() {
                            String::new()
                        } else {
                            ui.t(key)
                        }
                    })
                    .into(),
                rows: held.iter().map(row).collect(),
                foot: None,
                open: true,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_without_a_denominator_is_on_no_side_of_its_target() {
        let code = indicators::ALL
            .iter()
            .find(|one| one.first.kind == Kind::Rate && one.first.mark.is_some_and(Mark::is_target))
            .map(|one| one.code)
            .unwrap();
        let row = |numerator, denominator| Measured {
            indicator: code.to_owned(),
            part: String::new(),
            numerator,
            denominator: Some(denominator),
            median_days: None,
            p90_days: None,
        };
        let found = |rows: &[Measured]| -> (Option<i64>, Option<bool>) {
            let held = held(rows);
            let one = held.iter().find(|one| one.one.code == code).unwrap();
            (one.points(), one.is_kept())
        };
        assert_eq!(found(&[row(0, 0)]), (None, None));
        assert_eq!(found(&[]), (None, None));
        let (points, kept) = found(&[row(2, 3)]);
        assert_eq!(points, Some(67));
        assert!(kept.is_some());
    }
}
