//! People by generations, and the lines between them: those above stand above. A table beside it says the same.

use super::{Frame, WIDTH};
use crate::i18n::Lang;
use askama::Template;

/// Somebody in the drawing.
#[derive(Clone)]
pub struct Person {
    /// A name; cut where it is too long, so the table beside the drawing has it whole.
    pub name: String,
    /// What they are, likewise.
    pub role: String,
    /// 0 for the children, 1 for who stands above them, 2 above those.
    pub level: usize,
    /// The one whom the page is about.
    pub is_here: bool,
}

/// A line between two people, by their places in the list.
#[derive(Debug, Clone, Copy)]
pub struct Bond {
    /// One.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// Drawn through; else dashed.
    pub is_solid: bool,
}

/// The drawing.
#[derive(Template)]
#[template(path = "charts/tree.html")]
pub struct Tree {
    title: String,
    about: String,
    height: i64,
    boxes: Vec<Block>,
    lines: Vec<Line>,
}
/// A template escapes what it prints.
impl askama::filters::HtmlSafe for Tree {}

/// Names are for no log.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

impl std::fmt::Debug for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tree(…)")
    }
}

struct Block {
    class: &'static str,
    x: i64,
    y: i64,
    name: String,
    role: String,
}

impl Block {
    const WIDTH: i64 = 120;
    const HEIGHT: i64 = 54;

    const fn middle(&self) -> i64 {
        self.x + Self::WIDTH / 2
    }

    const fn foot(&self) -> i64 {
        self.y + Self::HEIGHT
    }
}

struct Line {
    class: &'static str,
    path: String,
}

impl Tree {
    const IN_A_ROW: usize = 3;
    const GAP: i64 = 20;
    /// Between two rows of one generation, and between two generations.
    const BETWEEN: (i64, i64) = (28, 52);
    /// How far a line between two of one row hangs below them.
    const HANG: i64 = 24;
    /// Letters that find room in a box, on a phone.
    const LETTERS: usize = 13;

    /// Draws them, each generation in the order of the list. A bond to nobody is left out.
    pub fn new(
        lang: Lang,
        title: String,
        about: String,
        people: &[Person],
        bonds: &[Bond],
    ) -> Self {
        let frame = Frame::of(lang);
        let top = people.iter().map(|one| one.level).max().unwrap_or(0);
        let mut placed: Vec<Option<Block>> = people.iter().map(|_| None).collect();
        let mut y = 2;
        for level in (0..=top).rev() {
            let of_level: Vec<usize> = people
                .iter()
                .enumerate()
                .filter_map(|(i, one)| (one.level == level).then_some(i))
                .collect();
            let rows = of_level.chunks(Self::IN_A_ROW);
            let last = rows.len();
            for (n, row) in rows.enumerate() {
                for (x, i) in Self::places(row.len()).zip(row) {
                    let left = frame.left_of(x, Block::WIDTH);
                    if let (Some(place), Some(one)) = (placed.get_mut(*i), people.get(*i)) {
                        *place = Some(Self::set(one, left, y));
                    }
                }
                let is_last = n + 1 == last;
                y += Block::HEIGHT
                    + if is_last {
                        Self::BETWEEN.1
                    } else {
                        Self::BETWEEN.0
                    };
            }
        }
        let of = |i: usize| placed.get(i).and_then(Option::as_ref);
        let lines = bonds
            .iter()
            .filter_map(|bond| Some(Self::line(of(bond.from)?, of(bond.to)?, bond.is_solid)))
            .collect();
        Self {
            title,
            about,
            height: (y - Self::BETWEEN.1 + Self::HANG + 4).max(Block::HEIGHT),
            lines,
            boxes: placed.into_iter().flatten().collect(),
        }
    }

    /// Where so many boxes begin, in the middle of the drawing.
    fn places(n: usize) -> impl Iterator<Item = i64> {
        let n = i64::try_from(n).unwrap_or(1);
        let step = Block::WIDTH + Self::GAP;
        let first = i64::midpoint(WIDTH - n * step, Self::GAP);
        (0..n).map(move |i| first + i * step)
    }

    fn set(one: &Person, x: i64, y: i64) -> Block {
        Block {
            class: if one.is_here { "land on" } else { "bg" },
            x,
            y,
            name: cut(&one.name, Self::LETTERS),
            role: cut(&one.role, Self::LETTERS),
        }
    }

    /// From the foot of the upper to the head of the lower; between two of one row, below both.
    fn line(one: &Block, other: &Block, is_solid: bool) -> Line {
        let (upper, lower) = if one.y <= other.y {
            (one, other)
        } else {
            (other, one)
        };
        let (x, y) = (upper.middle(), upper.foot());
        let to = lower.middle();
        let path = if upper.y == lower.y {
            let low = y + Self::HANG;
            format!("M{x} {y}C{x} {low} {to} {low} {to} {y}")
        } else {
            let head = lower.y;
            let half = i64::midpoint(y, head);
            format!("M{x} {y}C{x} {half} {to} {half} {to} {head}")
        };
        Line {
            class: if is_solid { "y" } else { "" },
            path,
        }
    }
}

/// The beginning of a text that is too long, and a sign that it goes on.
fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, level: usize) -> Person {
        Person {
            name: name.to_owned(),
            role: String::new(),
            level,
            is_here: level == 0,
        }
    }

    fn tree(lang: Lang) -> Tree {
        let people = [
            one("mother", 1),
            one("eldest", 0),
            one("second", 0),
            one("third", 0),
            one("a very long name indeed", 0),
        ];
        let bond = |from, to, is_solid| Bond { from, to, is_solid };
        let bonds = [bond(0, 1, true), bond(1, 2, false), bond(0, 9, true)];
        Tree::new(lang, String::new(), String::new(), &people, &bonds)
    }

    #[test]
    fn who_stands_above_is_drawn_above_and_all_within_the_frame() {
        let tree = tree(Lang::Fr);
        let y = |i: usize| tree.boxes[i].y;
        assert!(y(0) < y(1) && y(1) == y(3) && y(3) < y(4), "three in a row");
        assert!(
            tree.boxes
                .iter()
                .all(|b| b.x >= 0 && b.x + Block::WIDTH <= WIDTH)
        );
        assert!(tree.boxes.iter().all(|b| b.foot() < tree.height));
        assert_eq!(tree.boxes[0].middle(), WIDTH / 2);
    }

    #[test]
    fn reading_begins_on_its_own_side() {
        let (ltr, rtl) = (tree(Lang::Fr), tree(Lang::Ar));
        assert!(ltr.boxes[1].x < ltr.boxes[3].x && rtl.boxes[1].x > rtl.boxes[3].x);
    }

    #[test]
    fn what_is_proved_is_drawn_through_and_a_bond_to_nobody_is_not_drawn() {
        let classes: Vec<_> = tree(Lang::En).lines.iter().map(|line| line.class).collect();
        assert_eq!(classes, ["y", ""]);
    }

    #[test]
    fn a_long_name_is_cut_by_letters() {
        assert_eq!(cut("زينب", 13), "زينب");
        assert_eq!(cut("a very long name indeed", 13), "a very long…");
        assert_eq!(cut("فاطمة الزهراء العلوية", 13).chars().count(), 13);
    }

    #[test]
    fn nobody_is_no_fault() {
        let tree = Tree::new(Lang::Ar, String::new(), String::new(), &[], &[]);
        assert!(tree.boxes.is_empty() && tree.height > 0);
    }
}
