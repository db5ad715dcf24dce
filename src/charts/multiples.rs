//! Small lines side by side on one scale. Time runs left to right in every language.

use super::Scale;
use askama::Template;

/// One of them.
#[derive(Debug, Template)]
#[template(path = "charts/multiple.html")]
pub struct Multiple {
    about: String,
    path: String,
    area: String,
    dots: Vec<(i64, i64)>,
    top: i64,
}
/// A template escapes what it prints.
impl askama::filters::HtmlSafe for Multiple {}

impl Multiple {
    const WIDTH: i64 = 160;
    const BASE: i64 = 58;
    const TOP: i64 = 8;

    /// A line each, all on the scale of the highest value of all; a month that is not told leaves a gap.
    pub fn all(lines: Vec<(String, Vec<Option<i64>>)>) -> Vec<Self> {
        let values = lines.iter().flat_map(|(_, values)| values.iter().flatten());
        let scale = Scale::up_to(values.copied().max().unwrap_or(0));
        lines
            .into_iter()
            .map(|(about, values)| Self::new(about, &values, scale))
            .collect()
    }

    fn new(about: String, values: &[Option<i64>], scale: Scale) -> Self {
        let gaps = i64::try_from(values.len()).unwrap_or(1).max(2) - 1;
        let place = |i: i64, value: i64| {
            let x = 4 + i * (Self::WIDTH - 8) / gaps;
            (x, Self::BASE - scale.length(value, Self::BASE - Self::TOP))
        };
        let points: Vec<Option<(i64, i64)>> = (0..)
            .zip(values)
            .map(|(i, value)| value.map(|value| place(i, value)))
            .collect();
        let runs: Vec<Vec<(i64, i64)>> = points
            .split(Option::is_none)
            .map(|run| run.iter().copied().flatten().collect::<Vec<_>>())
            .filter(|run| !run.is_empty())
            .collect();
        let line = |run: &Vec<(i64, i64)>| {
            let steps = run.iter().enumerate();
            steps
                .map(|(i, (x, y))| format!("{}{x} {y}", if i == 0 { 'M' } else { 'L' }))
                .collect::<String>()
        };
        let area = |run: &Vec<(i64, i64)>| match (run.first(), run.last()) {
            (Some((first, _)), Some((last, _))) if first != last => {
                let base = Self::BASE;
                format!("{}L{last} {base}L{first} {base}z", line(run))
            }
            _ => String::new(),
        };
        // the last one that is told, and each that stands alone
        let alone = runs.iter().filter(|run| run.len() == 1);
        let last = points.iter().rev().flatten().next();
        Self {
            about,
            path: runs.iter().map(line).collect(),
            area: runs.iter().map(area).collect(),
            dots: alone.flatten().chain(last).copied().collect(),
            top: Self::TOP,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_scale_for_all() {
        let lines = vec![
            (String::new(), vec![Some(0), Some(100)]),
            (String::new(), vec![Some(0), Some(50)]),
        ];
        let charts = Multiple::all(lines);
        let y = |chart: &Multiple| Multiple::BASE - chart.dots[0].1;
        assert_eq!(y(&charts[0]), 2 * y(&charts[1]));
    }

    #[test]
    fn a_month_that_is_not_told_is_a_gap() {
        let values = vec![Some(5), None, Some(7), Some(9), None];
        let charts = Multiple::all(vec![(String::new(), values)]);
        assert_eq!(charts[0].path.matches('M').count(), 2);
        // the first stands alone, the fourth is the last that is told
        assert_eq!(charts[0].dots.len(), 2);
        let none = Multiple::all(vec![(String::new(), vec![None, None])]);
        assert!(none[0].path.is_empty() && none[0].dots.is_empty());
    }
}
