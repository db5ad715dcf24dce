//! Charts, drawn on the server as SVG: paired bars, a line, small lines on one scale, rates against their targets, a track in
//! a list, a map. Geometry here and in whole units, markup in `templates/charts/`, colours by the classes of the
//! stylesheets.
//!
//! Every chart takes a sentence that says what it shows, and stands beside a table with its numbers.
//! Bars follow the direction of the page; time runs left to right in every language, and a map is a map.

mod line;
mod map;
mod multiples;
mod paired;
mod ranges;
mod scale;
mod strip;
mod track;
mod tree;
mod trend;

pub use line::{Line, Point};
pub use map::{Map, Mark};
pub use multiples::Multiple;
pub use paired::{Pair, Paired};
pub use ranges::{Range, Ranges};
pub use scale::Scale;
pub use strip::{Mark as DayMark, Strip};
pub use track::Track;
pub use tree::{Bond, Person, Tree};
pub use trend::Trend;

use crate::i18n::Lang;

/// Width of a drawing, in its own units: a phone shows about 330 of its pixels.
const WIDTH: i64 = 400;

/// A drawing that begins on the side where its reader begins.
#[derive(Debug, Clone, Copy)]
struct Frame {
    mirrored: bool,
}

impl Frame {
    fn of(lang: Lang) -> Self {
        Self {
            mirrored: lang.dir() == "rtl",
        }
    }

    /// The abscissa of a place that many units from the beginning.
    const fn at(self, x: i64) -> i64 {
        if self.mirrored { WIDTH - x } else { x }
    }

    /// The left edge of a box that begins there.
    const fn left_of(self, x: i64, width: i64) -> i64 {
        if self.mirrored { WIDTH - x - width } else { x }
    }

    /// The anchor of a text that begins at its place.
    const fn anchor(self) -> &'static str {
        if self.mirrored { "end" } else { "start" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirrored_box_ends_where_it_would_begin() {
        let (ltr, rtl) = (Frame::of(Lang::Fr), Frame::of(Lang::Ar));
        assert_eq!(ltr.left_of(100, 50), 100);
        assert_eq!(rtl.left_of(100, 50) + 50, rtl.at(100));
        assert_eq!((ltr.anchor(), rtl.anchor()), ("start", "end"));
    }
}
