//! A few scores from 1 to 4, one after the other, in the space of a word. Time runs left to right.

use askama::Template;

/// The drawing.
#[derive(Debug, Template)]
#[template(path = "charts/trend.html")]
pub struct Trend {
    about: String,
    path: String,
    dots: Vec<(i64, i64)>,
}
/// A template escapes what it prints.
impl askama::filters::HtmlSafe for Trend {}

impl Trend {
    const WIDTH: i64 = 120;
    const TOP: i64 = 6;
    const STEP: i64 = 10;

    /// Joins the scores, which come in order of time: the more serious, the higher.
    pub fn new(about: String, scores: &[u8]) -> Self {
        let gaps = i64::try_from(scores.len()).unwrap_or(1).max(2) - 1;
        let place = |(i, score): (i64, &u8)| {
            let x = 6 + i * (Self::WIDTH - 12) / gaps;
            (
                x,
                Self::TOP + (4 - i64::from(*score).clamp(1, 4)) * Self::STEP,
            )
        };
        let dots: Vec<(i64, i64)> = (0..).zip(scores).map(place).collect();
        let path = dots
            .iter()
            .enumerate()
            .map(|(i, (x, y))| format!("{}{x} {y}", if i == 0 { 'M' } else { 'L' }))
            .collect();
        Self { about, path, dots }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_worse_rises_and_stays_inside() {
        let trend = Trend::new(String::new(), &[1, 3, 4]);
        assert!(trend.dots[0].1 > trend.dots[1].1 && trend.dots[1].1 > trend.dots[2].1);
        assert!(
            trend
                .dots
                .iter()
                .all(|(x, y)| (6..=114).contains(x) && (6..=36).contains(y))
        );
        assert_eq!(Trend::new(String::new(), &[2]).dots.len(), 1);
    }
}
