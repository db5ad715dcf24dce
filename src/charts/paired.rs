//! Two bars a row, one above the other: girls and boys, city by city.

use super::{Frame, Scale, WIDTH};
use crate::i18n::Lang;
use askama::Template;

/// A row: its name and its two values.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Short: a city.
    pub label: String,
    /// The first bar (`bar-f`).
    pub first: i64,
    /// The second (`bar-m`).
    pub second: i64,
}

/// The chart. Bars begin after the names, on the side where reading begins.
#[derive(Debug, Template)]
#[template(path = "charts/paired.html")]
pub struct Paired {
    about: String,
    height: i64,
    foot: i64,
    label_x: i64,
    anchor: &'static str,
    rows: Vec<Row>,
    ticks: Vec<Tick>,
}
/// A template escapes what it prints.
impl askama::filters::HtmlSafe for Paired {}

#[derive(Debug)]
struct Row {
    label: String,
    y: i64,
    bars: [Bar; 2],
}

#[derive(Debug)]
struct Bar {
    class: &'static str,
    x: i64,
    y: i64,
    width: i64,
    value: String,
    value_x: i64,
}

#[derive(Debug)]
struct Tick {
    x: i64,
    label: String,
}

impl Paired {
    const NAMES: i64 = 92;
    const VALUES: i64 = 44;
    const ROW: i64 = 46;
    const BAR: i64 = 15;

    /// Draws the rows in their order; `about` says what they show.
    pub fn new(lang: Lang, about: String, pairs: &[Pair]) -> Self {
        let frame = Frame::of(lang);
        let axis = WIDTH - Self::NAMES - Self::VALUES;
        let scale = Scale::up_to(
            pairs
                .iter()
                .map(|p| p.first.max(p.second))
                .max()
                .unwrap_or(0),
        );
        let bar = |class, value, y| {
            let width = scale.length(value, axis);
            Bar {
                class,
                x: frame.left_of(Self::NAMES, width),
                y,
                width,
                value: lang.number(value),
                value_x: frame.at(Self::NAMES + width + 6),
            }
        };
        let tops = std::iter::successors(Some(0), |y| Some(y + Self::ROW));
        let rows: Vec<Row> = tops
            .zip(pairs)
            .map(|(y, pair)| Row {
                label: pair.label.clone(),
                y: y + 5 + Self::BAR,
                bars: [
                    bar("bar-f", pair.first, y + 5),
                    bar("bar-m", pair.second, y + 6 + Self::BAR),
                ],
            })
            .collect();
        let foot = i64::try_from(rows.len()).unwrap_or(0) * Self::ROW;
        let ticks = scale
            .ticks()
            .map(|value| Tick {
                x: frame.at(Self::NAMES + scale.length(value, axis)),
                label: lang.number(value),
            })
            .collect();
        Self {
            about,
            height: foot + 24,
            foot,
            label_x: frame.at(0),
            anchor: frame.anchor(),
            rows,
            ticks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(lang: Lang) -> Paired {
        let pair = |label: &str, first, second| Pair {
            label: label.to_owned(),
            first,
            second,
        };
        Paired::new(
            lang,
            "<about>".to_owned(),
            &[pair("Rabat", 20, 10), pair("Salé", 0, 40)],
        )
    }

    #[test]
    fn bars_share_one_scale() {
        let chart = chart(Lang::Fr);
        let [rabat, sale] = &chart.rows[..] else {
            panic!("two rows")
        };
        assert_eq!(rabat.bars[0].width * 2, sale.bars[1].width);
        assert_eq!(sale.bars[0].width, 0);
        assert!(sale.bars[1].x + sale.bars[1].width + Paired::VALUES <= WIDTH);
    }

    #[test]
    fn arabic_is_the_mirror_image() {
        for (ltr, rtl) in chart(Lang::Fr).rows.iter().zip(&chart(Lang::Ar).rows) {
            for (a, b) in ltr.bars.iter().zip(&rtl.bars) {
                assert_eq!(a.x + a.width, WIDTH - b.x);
                assert_eq!(a.value_x, WIDTH - b.value_x);
                assert_eq!(a.width, b.width);
            }
        }
    }

    #[test]
    fn what_it_says_is_escaped() {
        let svg = chart(Lang::En).render().unwrap();
        assert!(svg.contains("&#60;about&#62;"), "{svg}");
    }
}
