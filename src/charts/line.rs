//! A line over time. Time runs left to right in every language.

use super::Scale;
use crate::i18n::Lang;
use askama::Template;

/// A value at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// When, on any even measure: days, months.
    pub at: i64,
    /// How many.
    pub value: i64,
    /// Whether its value is written beside it.
    pub told: bool,
}

/// The chart: one scale of values, the first and the last moment named.
#[derive(Debug, Template)]
#[template(path = "charts/line.html")]
pub struct Line {
    about: String,
    path: String,
    area: String,
    dots: Vec<Dot>,
    ticks: Vec<Tick>,
    ends: [String; 2],
}
/// A template escapes what it prints.
impl askama::filters::HtmlSafe for Line {}

/// Where a point stands in the drawing.
type Place = (i64, i64);

#[derive(Debug)]
struct Dot {
    x: i64,
    y: i64,
    told: Option<Told>,
}

/// A value beside its point, where the line leaves room.
#[derive(Debug)]
struct Told {
    text: String,
    x: i64,
    y: i64,
    anchor: &'static str,
}

#[derive(Debug)]
struct Tick {
    y: i64,
    label: String,
}

impl Line {
    const LEFT: i64 = 42;
    const RIGHT: i64 = 388;
    const TOP: i64 = 20;
    const BASE: i64 = 168;

    /// Joins the points, which come in order of time; `ends` names the first and the last.
    pub fn new(lang: Lang, about: String, points: &[Point], ends: [String; 2]) -> Self {
        let scale = Scale::up_to(points.iter().map(|p| p.value).max().unwrap_or(0));
        let (from, to) = (
            points.first().map_or(0, |p| p.at),
            points.last().map_or(0, |p| p.at),
        );
        let span = (to - from).max(1);
        let y = |value| Self::BASE - scale.length(value, Self::BASE - Self::TOP);
        let place = |at: i64| Self::LEFT + 8 + (at - from) * (Self::RIGHT - Self::LEFT - 16) / span;
        let dots: Vec<Dot> = points
            .iter()
            .enumerate()
            .map(|(i, p)| {
                let x = place(p.at);
                let neighbour = |p: &Point| (place(p.at), y(p.value));
                let before = i.checked_sub(1).and_then(|i| points.get(i)).map(neighbour);
                let after = points.get(i + 1).map(neighbour);
                let told = p
                    .told
                    .then(|| Told::beside(lang.number(p.value), (x, y(p.value)), before, after));
                let y = y(p.value);
                Dot { x, y, told }
            })
            .collect();
        let path: String = dots
            .iter()
            .enumerate()
            .map(|(i, d)| format!("{}{} {}", if i == 0 { 'M' } else { 'L' }, d.x, d.y))
            .collect();
        let area = match (dots.first(), dots.last()) {
            (Some(first), Some(last)) => {
                format!(
                    "{path}L{} {base}L{} {base}z",
                    last.x,
                    first.x,
                    base = Self::BASE
                )
            }
            _ => String::new(),
        };
        let ticks = scale
            .ticks()
            .map(|v| Tick {
                y: y(v),
                label: lang.number(v),
            })
            .collect();
        Self {
            about,
            path,
            area,
            dots,
            ticks,
            ends,
        }
    }
}

impl Told {
    /// Above a point; right of one from which the line climbs, under the last one if the line falls to it.
    fn beside(text: String, (x, y): Place, before: Option<Place>, after: Option<Place>) -> Self {
        let (x, y, anchor) = match (before, after) {
            (_, Some((next_x, next_y))) if y - next_y > next_x - x => (x + 9, y + 5, "start"),
            (_, Some(_)) => (x, y - 9, "start"),
            (Some((_, last_y)), None) if last_y < y && y + 22 < Line::BASE => {
                (x + 6, y + 20, "end")
            }
            (_, None) => (x + 6, y - 9, "end"),
        };
        Self { text, x, y, anchor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(lang: Lang) -> Line {
        let point = |at, value| Point {
            at,
            value,
            told: true,
        };
        let points = [point(0, 5), point(29, 97), point(319, 142)];
        Line::new(lang, String::new(), &points, [String::new(), String::new()])
    }

    #[test]
    fn distances_are_those_of_the_calendar() {
        let dots = chart(Lang::Fr).dots;
        let (month, year) = (dots[1].x - dots[0].x, dots[2].x - dots[0].x);
        assert!((year * 29 / 319 - month).abs() <= 1, "{month} of {year}");
        assert!(dots.iter().all(|d| (Line::TOP..=Line::BASE).contains(&d.y)));
    }

    #[test]
    fn time_is_not_mirrored() {
        assert_eq!(chart(Lang::Fr).path, chart(Lang::Ar).path);
    }

    #[test]
    fn one_point_is_no_fault() {
        let points = [Point {
            at: 7,
            value: 0,
            told: true,
        }];
        let chart = Line::new(
            Lang::Ar,
            String::new(),
            &points,
            [String::new(), String::new()],
        );
        assert_eq!(chart.dots[0].y, Line::BASE);
    }
}
