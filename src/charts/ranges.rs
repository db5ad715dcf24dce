//! Rates on one scale of a hundred: a dot for all, a bar from the lowest city to the highest, and the target.

use super::{Frame, WIDTH};
use crate::i18n::Lang;
use askama::Template;

/// A rate, in points of a hundred.
#[derive(Debug, Clone)]
pub struct Range {
    /// Its code: the words stand in the table.
    pub label: String,
    /// Of all, if it is told.
    pub dot: Option<i64>,
    /// The lowest and the highest city that is told.
    pub ends: Option<(i64, i64)>,
    /// What it should be.
    pub target: Option<i64>,
    /// Whether the dot is on the wrong side of the target.
    pub is_bad: bool,
}

/// The chart; quantities grow from the side where reading begins.
#[derive(Debug, Template)]
#[template(path = "charts/ranges.html")]
pub struct Ranges {
    about: String,
    height: i64,
    foot: i64,
    label_x: i64,
    value_x: i64,
    anchor: &'static str,
    ticks: Vec<(i64, String)>,
    rows: Vec<Row>,
}
/// A template escapes what it prints.
impl askama::filters::HtmlSafe for Ranges {}

#[derive(Debug)]
struct Row {
    y: i64,
    label: String,
    bar: Option<(i64, i64)>,
    dot: Option<i64>,
    target: Option<i64>,
    value: String,
    is_bad: bool,
}

impl Ranges {
    const LEFT: i64 = 46;
    const RIGHT: i64 = 352;
    const STEP: i64 = 34;

    /// Draws them in their order.
    pub fn new(lang: Lang, about: String, ranges: &[Range]) -> Self {
        let frame = Frame::of(lang);
        let x = |percent: i64| {
            let length = (Self::RIGHT - Self::LEFT) * percent.clamp(0, 100) / 100;
            frame.at(Self::LEFT + length)
        };
        let rows = (0..).zip(ranges).map(|(i, range)| Row {
            y: 20 + i * Self::STEP,
            label: range.label.clone(),
            bar: range.ends.map(|(low, high)| (x(low), x(high))),
            dot: range.dot.map(x),
            target: range.target.map(x),
            value: range.dot.map_or_else(|| "–".to_owned(), percent),
            is_bad: range.is_bad,
        });
        let rows: Vec<Row> = rows.collect();
        let foot = 6 + Self::STEP * i64::try_from(rows.len()).unwrap_or(0);
        Self {
            about,
            height: foot + 26,
            foot,
            label_x: frame.at(0),
            value_x: frame.at(WIDTH),
            anchor: frame.anchor(),
            ticks: [0, 25, 50, 75, 100].map(|n| (x(n), percent(n))).into(),
            rows,
        }
    }

    fn other(&self) -> &'static str {
        if self.anchor == "end" { "start" } else { "end" }
    }
}

fn percent(n: i64) -> String {
    format!("{n}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(lang: Lang) -> Ranges {
        let range = |dot, ends| Range {
            label: "I7".into(),
            dot,
            ends,
            target: Some(80),
            is_bad: false,
        };
        let rows = [range(Some(62), Some((40, 90))), range(None, None)];
        Ranges::new(lang, String::new(), &rows)
    }

    #[test]
    fn quantities_grow_from_where_reading_begins() {
        let (ltr, rtl) = (chart(Lang::Fr), chart(Lang::Ar));
        let dot = |chart: &Ranges| chart.rows[0].dot.unwrap();
        assert_eq!(dot(&ltr), WIDTH - dot(&rtl));
        assert!(ltr.ticks[0].0 < ltr.ticks[4].0 && rtl.ticks[0].0 > rtl.ticks[4].0);
    }

    #[test]
    fn what_is_not_told_is_not_drawn() {
        let chart = chart(Lang::En);
        assert!(chart.rows[1].dot.is_none() && chart.rows[1].bar.is_none());
        assert_eq!(chart.rows[1].value, "–");
        assert!(chart.rows.iter().all(|row| row.y < chart.foot));
    }
}
