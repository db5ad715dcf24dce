//! One bar in a list of the page: the words around it are text, and wrap as text does.

use crate::i18n::Lang;
use askama::Template;

/// A bar of up to 100 units on its pale track; the page stretches it.
#[derive(Debug, Template)]
#[template(path = "charts/track.html")]
pub struct Track {
    class: &'static str,
    x: i64,
    width: i64,
}
/// Numbers and a literal of ours.
impl askama::filters::HtmlSafe for Track {}

impl Track {
    /// `value` of `max`; the class gives its colour: `fg`, `j` (justice), `p` (reintegration).
    pub fn new(lang: Lang, class: &'static str, value: i64, max: i64) -> Self {
        let max = max.max(1);
        let width = value.clamp(0, max) * 100 / max;
        Self {
            class,
            x: if lang.dir() == "rtl" { 100 - width } else { 0 },
            width,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_from_the_side_where_reading_begins() {
        let (ltr, rtl) = (
            Track::new(Lang::En, "fg", 30, 120),
            Track::new(Lang::Ar, "fg", 30, 120),
        );
        assert_eq!((ltr.x, ltr.width), (0, 25));
        assert_eq!((rtl.x, rtl.width), (75, 25));
        assert_eq!(Track::new(Lang::Ar, "fg", 5, 0).width, 100);
    }
}
