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
    /// Class of its colour: 0 none to 5 most.
    pub class: u8,
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
    class: u8,
    path: &'static str,
}

#[derive(Debug)]
struct Spot {
    text: String,
    x: i64,
    y: i64,
    anchor: &'static str,
    /// From the prefecture to its name, where the name stands at sea.
    leader: Option<String>,
}

/// Where a name finds room: the prefecture, its middle, the text, its anchor.
const SPOTS: [(u16, (i64, i64), (i64, i64), &str); 7] = [
    (511, (418, 15), (398, 22), "end"),
    (441, (388, 81), (352, 52), "end"),
    (421, (383, 84), (336, 86), "end"),
    (501, (379, 92), (314, 120), "end"),
    (61, (432, 83), (452, 92), "start"),
    (351, (336, 180), (358, 200), "start"),
    (1, (281, 226), (254, 238), "end"),
];

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
        let areas = marks
            .iter()
            .filter_map(|(code, mark)| {
                Some(Area {
                    class: mark.class.min(5),
                    path: OUTLINE.get(code)?,
                })
            })
            .collect();
        let labels = SPOTS
            .iter()
            .filter_map(|&(code, (from_x, from_y), (x, y), anchor)| {
                let mark = marks.get(&code)?;
                let far = (from_x - x).abs() > 24 && anchor == "end";
                let leader = far.then(|| format!("M{from_x} {from_y}L{} {}", x + 4, y - 7));
                Some(Spot {
                    text: mark.label.clone(),
                    x,
                    y,
                    anchor,
                    leader,
                })
            })
            .collect();
        Self {
            about,
            land: land.collect(),
            areas,
            labels,
        }
    }
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
        assert!(SPOTS.iter().all(|(code, ..)| OUTLINE.contains_key(code)));
    }

    #[test]
    fn a_code_is_found_by_its_digits() {
        let mark = |code: &str| Mark {
            hcp_code: code.into(),
            class: 9,
            label: "x".into(),
        };
        let map = Map::new(
            String::new(),
            &[mark("09.001"), mark("04.421"), mark("nowhere")],
        );
        assert_eq!(map.areas.len(), 2);
        assert!(map.areas.iter().all(|area| area.class == 5));
        assert_eq!(map.labels.len(), 2);
    }
}
