//! Days on one line. Time runs left to right in every language; a table beside it names each day.

use askama::Template;

/// What a mark on the line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Something that happened.
    Dot,
    /// The same, to be seen first.
    Large,
    /// A day that parts what was before from what came after.
    Bar,
}

/// The line.
#[derive(Debug, Template)]
#[template(path = "charts/strip.html")]
pub struct Strip {
    title: String,
    about: String,
    dots: Vec<(i64, i64)>,
    bars: Vec<i64>,
    ends: [String; 2],
}
/// A template escapes what it prints.
impl askama::filters::HtmlSafe for Strip {}

impl Strip {
    const LEFT: i64 = 14;
    const RIGHT: i64 = 386;

    /// Puts the marks, by their days on any even measure; `ends` names the first and the last day.
    pub fn new(title: String, about: String, marks: &[(i64, Mark)], ends: [String; 2]) -> Self {
        let days = || marks.iter().map(|(day, _)| *day);
        let (from, to) = (days().min().unwrap_or(0), days().max().unwrap_or(0));
        let place = |day: i64| {
            if from == to {
                i64::midpoint(Self::LEFT, Self::RIGHT)
            } else {
                Self::LEFT + (day - from) * (Self::RIGHT - Self::LEFT) / (to - from)
            }
        };
        let dots = marks.iter().filter_map(|(day, mark)| match mark {
            Mark::Dot => Some((place(*day), 5)),
            Mark::Large => Some((place(*day), 9)),
            Mark::Bar => None,
        });
        let bars = marks.iter().filter(|(_, mark)| *mark == Mark::Bar);
        Self {
            title,
            about,
            dots: dots.collect(),
            bars: bars.map(|(day, _)| place(*day)).collect(),
            ends,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(marks: &[(i64, Mark)]) -> Strip {
        let none = [String::new(), String::new()];
        Strip::new(String::new(), String::new(), marks, none)
    }

    #[test]
    fn days_stand_in_proportion() {
        let strip = strip(&[(0, Mark::Dot), (50, Mark::Bar), (100, Mark::Large)]);
        assert_eq!(strip.dots, [(Strip::LEFT, 5), (Strip::RIGHT, 9)]);
        assert_eq!(strip.bars, [200]);
    }

    #[test]
    fn one_day_stands_in_the_middle() {
        assert_eq!(strip(&[(7, Mark::Dot)]).dots, [(200, 5)]);
        assert!(strip(&[]).dots.is_empty());
    }
}
