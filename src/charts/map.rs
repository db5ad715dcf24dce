//! The seventy-five prefectures and provinces, those of the plan coloured and named.

use askama::Template;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

#[derive(Deserialize)]
struct Outline {
    prov: Vec<(u16, String)>,
}

static OUTLINE: LazyLock<BTreeMap<u16, String>> = LazyLock::new(|| {
    serde_json::from_str::<Outline>(include_str!("../../reference/morocco-outline.json"))
        .map(|outline| outline.prov.into_iter().collect())
        .unwrap_or_default()
});

/// A coloured prefecture.
#[derive(Debug, Clone)]
pub struct Mark {
    /// HCP code, as `04.421`.
    pub hcp_code: String,
    /// Class of its colour: `land on`, or `r1` to `r5`.
    pub class: &'static str,
    /// Beside its name, a circle whose area is in proportion to this figure.
    pub figure: Option<i64>,
    /// What is written: its name, perhaps a number.
    pub label: String,
}

/// The map.
#[derive(Debug, Template)]
#[template(path = "charts/map.html")]
pub struct Map {
    about: String,
    land: String,
    areas: Vec<Area>,
    labels: Vec<Spot>,
}
/// A template escapes what it prints.
impl askama::filters::HtmlSafe for Map {}

#[derive(Debug)]
struct Area {
    class: &'static str,
    path: &'static str,
}

#[derive(Debug)]
struct Spot {
    text: String,
    x: i64,
    y: i64,
    anchor: &'static str,
    circle: Option<Circle>,
    /// From the prefecture to its name, where the name stands at sea.
    leader: Option<String>,
}

#[derive(Debug)]
struct Circle {
    x: i64,
    y: i64,
    radius: i64,
}

/// Where a name finds room.
struct Room {
    code: u16,
    /// The middle of the prefecture.
    from: (i64, i64),
    /// Its circle and its name: at sea where prefectures are too near each other.
    to: (i64, i64),
    anchor: &'static str,
}

const fn room(code: u16, from: (i64, i64), to: (i64, i64), anchor: &'static str) -> Room {
    Room {
        code,
        from,
        to,
        anchor,
    }
}

const ROOMS: [Room; 7] = [
    room(511, (418, 15), (418, 15), "end"),
    room(441, (388, 81), (354, 46), "end"),
    room(421, (383, 84), (334, 82), "end"),
    room(501, (379, 92), (316, 118), "end"),
    room(61, (432, 83), (432, 83), "start"),
    room(351, (336, 180), (336, 180), "start"),
    room(1, (281, 226), (281, 226), "end"),
];

/// Of the drawing of the country.
const WIDTH: i64 = 600;
/// Radius of the largest circle.
const LARGEST: i64 = 19;

impl Map {
    /// Colours the marks; `about` says what the colours mean.
    pub fn new(about: String, marks: &[Mark]) -> Self {
        let digits = |mark: &Mark| {
            mark.hcp_code
                .rsplit('.')
                .next()
                .and_then(|d| d.parse::<u16>().ok())
        };
        let marks: BTreeMap<u16, &Mark> =
            marks.iter().filter_map(|m| Some((digits(m)?, m))).collect();
        let land = OUTLINE
            .iter()
            .filter(|(code, _)| !marks.contains_key(code))
            .map(|(_, path)| path.as_str());
        let max = marks
            .values()
            .filter_map(|m| m.figure)
            .max()
            .unwrap_or(0)
            .max(1);
        let areas = marks
            .iter()
            .filter_map(|(code, mark)| {
                Some(Area {
                    class: mark.class,
                    path: OUTLINE.get(code)?,
                })
            })
            .collect();
        // those whose room was drawn by hand, then whoever joined since
        let drawn = ROOMS
            .iter()
            .filter_map(|room| Some(room.spot(marks.get(&room.code)?, max)));
        let joined = marks
            .iter()
            .filter(|(code, _)| ROOMS.iter().all(|room| room.code != **code))
            .filter_map(|(code, mark)| Some(Room::inside(*code)?.spot(mark, max)));
        let labels = drawn.chain(joined).collect();
        Self {
            about,
            land: land.collect(),
            areas,
            labels,
        }
    }
}

impl Room {
    /// Of a prefecture without a room of its own: in its middle, the name towards the middle of the country.
    fn inside(code: u16) -> Option<Self> {
        let at = middle(OUTLINE.get(&code)?)?;
        let anchor = if at.0 > WIDTH / 2 { "end" } else { "start" };
        Some(room(code, at, at, anchor))
    }

    fn spot(&self, mark: &Mark, max: i64) -> Spot {
        let ((from_x, from_y), (x, y)) = (self.from, self.to);
        // the area tells the figure, so the radius is its root
        let radius = mark
            .figure
            .map(|n| (LARGEST * LARGEST * n.clamp(0, max) / max).isqrt());
        let gap = radius.unwrap_or(6).max(4) + 6;
        Spot {
            text: mark.label.clone(),
            x: if self.anchor == "end" {
                x - gap
            } else {
                x + gap
            },
            y: y + 7,
            anchor: self.anchor,
            circle: radius.map(|radius| Circle { x, y, radius }),
            leader: (self.from != self.to).then(|| format!("M{from_x},{from_y}L{x},{y}")),
        }
    }
}

/// The middle of the box around an outline, which begins with `M` and goes on by steps (`l`).
fn middle(path: &str) -> Option<(i64, i64)> {
    let mut at = (0, 0);
    let mut bounds: Option<((i64, i64), (i64, i64))> = None;
    for part in path
        .split_inclusive(['M', 'l', 'z'])
        .collect::<Vec<_>>()
        .windows(2)
    {
        let [before, numbers] = part else { continue };
        let numbers = numbers.trim_end_matches(['M', 'l', 'z']);
        // between two outlines
        if numbers.is_empty() {
            continue;
        }
        let (x, y) = pair(numbers)?;
        at = if before.ends_with('M') {
            (x, y)
        } else {
            (at.0 + x, at.1 + y)
        };
        let (low, high) = bounds.unwrap_or((at, at));
        bounds = Some((
            (low.0.min(at.0), low.1.min(at.1)),
            (high.0.max(at.0), high.1.max(at.1)),
        ));
    }
    let (low, high) = bounds?;
    Some((i64::midpoint(low.0, high.0), i64::midpoint(low.1, high.1)))
}

/// `3-12` and `3 12`: two whole numbers.
fn pair(text: &str) -> Option<(i64, i64)> {
    let sign = text.char_indices().skip(1).find(|(_, c)| " -".contains(*c));
    let (x, y) = text.split_at(sign?.0);
    Some((x.parse().ok()?, y.trim_start().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seventy_five_outlines() {
        assert_eq!(OUTLINE.len(), 75);
    }

    #[test]
    fn every_place_with_room_for_a_name_has_an_outline() {
        assert!(ROOMS.iter().all(|room| OUTLINE.contains_key(&room.code)));
    }

    /// The box of an outline, read as the page reads it, holds its middle.
    #[test]
    fn every_prefecture_has_a_middle() {
        assert_eq!(middle("M10 20l4-2l-2 6zM1 1l2 2z"), Some((7, 12)));
        assert_eq!(middle("nothing"), None);
        for (code, path) in OUTLINE.iter() {
            let (x, y) = middle(path).unwrap();
            assert!((0..=600).contains(&x) && (0..=648).contains(&y), "{code}");
        }
    }

    #[test]
    fn a_city_that_joins_is_named_on_the_map() {
        let mark = |code: &str| Mark {
            hcp_code: code.into(),
            class: "r3",
            figure: Some(5),
            label: "x".into(),
        };
        let map = Map::new(String::new(), &[mark("03.231"), mark("04.421")]);
        assert_eq!(map.labels.len(), 2);
        assert!(map.labels.iter().all(|label| label.circle.is_some()));
    }

    #[test]
    fn a_code_is_found_by_its_digits() {
        let mark = |code: &str| Mark {
            hcp_code: code.into(),
            class: "r5",
            figure: None,
            label: "x".into(),
        };
        let map = Map::new(
            String::new(),
            &[mark("09.001"), mark("04.421"), mark("nowhere")],
        );
        assert_eq!(map.areas.len(), 2);
        assert_eq!(map.labels.len(), 2);
    }

    #[test]
    fn a_circle_of_four_times_the_figure_is_twice_as_wide() {
        let mark = |code: &str, n| Mark {
            hcp_code: code.into(),
            class: "land on",
            figure: Some(n),
            label: "x".into(),
        };
        let map = Map::new(
            String::new(),
            &[mark("01.511", 400), mark("07.351", 100), mark("09.001", 0)],
        );
        let radius: Vec<i64> = map
            .labels
            .iter()
            .filter_map(|l| Some(l.circle.as_ref()?.radius))
            .collect();
        assert_eq!(radius, [LARGEST, LARGEST / 2, 0]);
    }
}
