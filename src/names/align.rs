//! The cheapest way to read one word as another: an alignment after Needleman and Wunsch, with the swap of Damerau.

use super::{
    cost::{
        alone_arabic, alone_latin, arabic, before, closes, cluster, cross, get, latin, long_vowel,
        participle, unread_arabic, unwritten_latin, vowel,
    },
    fold::Script,
};

/// The longest word that is aligned, in sounds.
const LONG: usize = 40;

/// From here on a cost says that two letters differ.
const DIFFERS: u16 = 45;

/// Two words beside each other. Of two scripts, the Arabic one is `a`.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    a: &'a [u8],
    b: &'a [u8],
    kind: Kind,
    /// What a letter that truly differs costs at least: a long word does not make it small.
    floor: u16,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Latin,
    Arabic,
    Cross,
    Foreign,
}

/// The likeness of two words, 0 to 1000.
pub(super) fn likeness(a: (&[u8], Script), b: (&[u8], Script)) -> u16 {
    let (a, b) = if (a.1, b.1) == (Script::Latin, Script::Arabic) {
        (b, a)
    } else {
        (a, b)
    };
    let kind = match (a.1, b.1) {
        (Script::Latin, Script::Latin) => Kind::Latin,
        (Script::Arabic, Script::Arabic) => Kind::Arabic,
        (Script::Arabic, Script::Latin) => Kind::Cross,
        (one, other) if one == other => Kind::Foreign,
        _ => return 0,
    };
    if a.0 == b.0 && kind != Kind::Cross {
        return 1000;
    }
    let (a, b) = (
        (a.0.get(..LONG).unwrap_or(a.0), a.1),
        (b.0.get(..LONG).unwrap_or(b.0), b.1),
    );
    let norm = u32::midpoint(size(a.0, a.1), size(b.0, b.1)).max(220);
    let sides = Sides {
        a: a.0,
        b: b.0,
        kind,
        floor: u16::try_from(norm * 14 / 100).unwrap_or(u16::MAX),
    };
    let cost = u32::from(sides.cost());
    u16::try_from(1000_u32.saturating_sub(cost * 1000 / norm)).unwrap_or(0)
}

/// What a word weighs: its consonants, and its vowels less.
fn size(word: &[u8], script: Script) -> u32 {
    word.iter()
        .map(|sound| match sound {
            b'~' | b'\'' => 0,
            b'e' | b'E' | b'U' | b'I' => 20,
            b'a' | b'i' | b'o' | b'u' | b'O' | b'3' => 40,
            b'w' | b'y' if script == Script::Arabic => 60,
            b'A' | b'Y' | b'<' | b'>' | b'w' | b'y' => 50,
            _ => 100,
        })
        .sum()
}

impl Sides<'_> {
    fn cost(self) -> u16 {
        let width = self.b.len() + 1;
        let mut table: Vec<u16> = Vec::with_capacity(width * (self.a.len() + 1));
        for i in 0..=self.a.len() {
            for j in 0..=self.b.len() {
                let at = |up: usize, left: usize| {
                    table
                        .get((i - up) * width + j - left)
                        .copied()
                        .unwrap_or(u16::MAX)
                };
                let mut best = if i == 0 && j == 0 { 0 } else { u16::MAX };
                if i > 0 {
                    best = best.min(at(1, 0).saturating_add(self.least(self.without_a(i - 1))));
                }
                if j > 0 {
                    best = best.min(at(0, 1).saturating_add(self.least(self.without_b(j - 1, i))));
                }
                if i > 0 && j > 0 {
                    best =
                        best.min(at(1, 1).saturating_add(self.least(self.instead(i - 1, j - 1))));
                    if i > 1
                        && let Some(cost) = self.digraph(i - 1, j - 1)
                    {
                        best = best.min(at(2, 1).saturating_add(cost));
                    }
                    if i > 1 && j > 1 && self.swapped(i - 1, j - 1) {
                        best = best.min(at(2, 2).saturating_add(self.least(80)));
                    }
                }
                table.push(best);
            }
        }
        table.last().copied().unwrap_or(u16::MAX)
    }

    fn least(self, cost: u16) -> u16 {
        if cost >= DIFFERS {
            cost.max(self.floor)
        } else {
            cost
        }
    }

    fn instead(self, i: usize, j: usize) -> u16 {
        let (a, b) = (get(self.a, i), get(self.b, j));
        let last = i + 1 == self.a.len() && j + 1 == self.b.len();
        match self.kind {
            _ if a == b && self.kind != Kind::Cross => 0,
            Kind::Foreign => 100,
            Kind::Latin => {
                let participle = participle(self.a, i) != participle(self.b, j);
                latin(a, b) + if participle { 42 } else { 0 } + self.short(i, j)
            }
            // يدير, إيدير, إدير: an i at the head of Amazigh names
            Kind::Arabic if i == 0 && j == 0 && yeh_or_alef(a, b) => 25,
            Kind::Arabic => arabic(a, b, last),
            Kind::Cross => self.cross(i, j, last),
        }
    }

    /// What a vowel says more in a word of two consonants, where it is half of the name: Sané is not Sène, nor Amar
    /// Ammar.
    fn short(self, i: usize, j: usize) -> u16 {
        let few = |word: &[u8]| word.iter().filter(|one| !vowel(**one)).count() == 2;
        let closed = |word: &[u8], at: usize| !matches!(get(word, at + 1), b'i' | b'y');
        if !few(self.a) || !few(self.b) {
            return 0;
        }
        match (get(self.a, i), get(self.b, j)) {
            (b'a', b'e') | (b'e', b'a')
                // but Mekki is Makki
                if i == 1
                    && j == 1
                    && closed(self.a, i)
                    && closed(self.b, j)
                    && self.a.last() != Some(&b'i') =>
            {
                35
            }
            (b'a', b'A') | (b'A', b'a') => 45,
            _ => 0,
        }
    }

    fn without_a(self, i: usize) -> u16 {
        match self.kind {
            Kind::Foreign => 100,
            Kind::Latin => alone_latin(self.a, i, self.b),
            Kind::Arabic => alone_arabic(self.a, i, self.b),
            Kind::Cross => unread_arabic(self.a, i, self.b),
        }
    }

    fn without_b(self, j: usize, read: usize) -> u16 {
        match self.kind {
            Kind::Foreign => 100,
            Kind::Latin => alone_latin(self.b, j, self.a),
            Kind::Arabic => alone_arabic(self.b, j, self.a),
            Kind::Cross => unwritten_latin(self.b, j, self.a, read),
        }
    }

    fn cross(self, i: usize, j: usize, last: bool) -> u16 {
        let (a, b) = (get(self.a, i), get(self.b, j));
        // a word that writes its vowels, as foreign names do: ديمبيلي
        let written = || self.a.iter().filter(|sound| long_vowel(**sound)).count() >= 2;
        match (a, b) {
            (b'y', b'e') if written() => 18,
            (b'A', b'e') if participle(self.b, j) => 60,
            // Nasr is not ناصر
            (b'A', b'a') if i > 0 && cluster(self.b, j + 1) && closes(self.b, j + 2) => 40,
            (b'3', b'a') if i > 0 && matches!(before(self.b, j), b'u' | b'i') => 45,
            (b'y', b'i')
                if i == 0 && !vowel(get(self.b, j + 1)) && !long_vowel(get(self.a, i + 1)) =>
            {
                35
            }
            // ى for ي is an old habit; but سلمى is not Salmi
            (b'Y', b'i') if self.a == b"3lY" || before(self.a, i) == b'w' => 4,
            (b'Y', b'i') => 40,
            (b'3', _) if i + 1 == self.a.len() => {
                cross(a, b, i == 0, closes(self.b, j), before(self.a, i))
            }
            _ => cross(a, b, i == 0, last, before(self.a, i)),
        }
    }

    /// A Latin digraph that is two letters here: Thami is التهامي, Ishak إسحاق.
    fn digraph(self, i: usize, j: usize) -> Option<u16> {
        if self.kind != Kind::Cross {
            return None;
        }
        match (before(self.a, i), get(self.a, i), get(self.b, j)) {
            (b's' | b'S', b'h' | b'H', b'c') => Some(8),
            (b't' | b'T' | b'8', b'h' | b'H', b'8') | (b'd' | b'D' | b'6', b'h' | b'H', b'6') => {
                Some(4)
            }
            (b'k' | b'q', b'h' | b'H', b'x') => Some(10),
            (b't', b'c', b'c') | (b'd', b'j', b'j') => Some(5),
            _ => None,
        }
    }

    /// Two neighbouring consonants in each other's place, a slip of the fingers.
    fn swapped(self, i: usize, j: usize) -> bool {
        let consonant = |sound: u8| !vowel(sound) && !long_vowel(sound) && sound != b'3';
        self.kind != Kind::Cross
            && get(self.a, i) == before(self.b, j)
            && before(self.a, i) == get(self.b, j)
            && (consonant(get(self.a, i)) || consonant(before(self.a, i)))
            && !long_vowel(get(self.a, i))
            && !long_vowel(before(self.a, i))
            && get(self.a, i) != before(self.a, i)
    }
}

fn yeh_or_alef(a: u8, b: u8) -> bool {
    let alef = |sound: u8| matches!(sound, b'<' | b'A');
    (a == b'y' && alef(b)) || (b == b'y' && alef(a))
}
