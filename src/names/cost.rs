//! What it costs to take one sound for another, in hundredths of a consonant.
//!
//! Latin beside Latin knows the short vowels, Arabic beside Arabic the long ones and the emphatic letters; between the
//! scripts only what both write may count. So there are three tables. Every number is a judgement, set by rules of
//! spelling and tried on lists of pairs, not learnt.

#![expect(
    clippy::match_same_arms,
    reason = "a table in the order of the sounds, not of the costs"
)]

pub(super) fn vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u' | b'E' | b'A' | b'~')
}

/// Any alef at the head of an Arabic word.
pub(super) fn alef(sound: u8) -> u8 {
    if matches!(sound, b'<' | b'>') {
        b'A'
    } else {
        sound
    }
}

/// Whether two consonants stand there: the vowel before them may fall (Ibrahim, Brahim).
pub(super) fn cluster(word: &[u8], index: usize) -> bool {
    let closed = |sound: u8| !vowel(sound) && !long_vowel(sound) && !matches!(sound, b' ' | b'3');
    closed(get(word, index)) && closed(get(word, index + 1))
}

/// Whether nothing is heard after the sound there.
pub(super) fn closes(word: &[u8], index: usize) -> bool {
    word.iter()
        .skip(index + 1)
        .all(|sound| matches!(sound, b'~' | b'\''))
}

pub(super) fn long_vowel(sound: u8) -> bool {
    matches!(sound, b'A' | b'Y' | b'w' | b'y' | b'O' | b'<' | b'>')
}

pub(super) fn get(word: &[u8], index: usize) -> u8 {
    word.get(index).copied().unwrap_or(b' ')
}

pub(super) fn before(word: &[u8], index: usize) -> u8 {
    index.checked_sub(1).map_or(b' ', |index| get(word, index))
}

/// Whether the vowel at `index` is the e or i of a `CāCiC` (Kamel, Salem, Malek), which another name has as `CaCāC` (Kamal,
/// Salam, Malak). Beside h or kh an a is only the colour of the throat (Tahar).
pub(super) fn participle(word: &[u8], index: usize) -> bool {
    // an initial ain is not written: Adel
    let ain = u8::from(get(word, 0) == b'a');
    matches!(get(word, index), b'e' | b'i')
        && before(word, index.wrapping_sub(1)) == b'a'
        && index + usize::from(ain) == 3
        && index + 2 == word.iter().filter(|sound| **sound != b'~').count()
        && !vowel(get(word, index + 1))
        && !matches!(
            before(word, index),
            b'h' | b'H' | b'x' | b'G' | b'y' | b'w' | b'3'
        )
        && word
            .iter()
            .filter(|sound| vowel(**sound) && **sound != b'~')
            .count()
            == 2
        && word.iter().filter(|sound| !vowel(**sound)).count() + usize::from(ain) == 3
}

/// Consonants that one ear takes for each other, whatever the script.
pub(super) fn consonants(a: u8, b: u8) -> u16 {
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    match (low, high) {
        (b'b', b'p') | (b'f', b'v') => 10,
        (b'b', b'v') | (b'v', b'w') => 35,
        (b'k', b'q') => 5,
        (b'g', b'q') => 10,
        (b'g', b'k') => 15,
        (b'G', b'g') => 20,
        (b'k', b'x') => 40,
        (b'h' | b'H' | b'q', b'x') => 45,
        (b'G', b'r') => 45,
        (b'G', b'k' | b'q' | b'x') => 70,
        (b's', b'z') => 45,
        (b'c', b's') => 60,
        (b'8', b's' | b'S') => 35,
        (b'6' | b'Z', b'z') => 12,
        (b'D', b'z') => 40,
        (b'd', b'z') => 70,
        (b'd', b't') | (b'T', b'd') => 60,
        (b'g', b'j') => 30,
        (b'd' | b'c', b'j') | (b'j', b'z') => 60,
        (b'm', b'n') => 60,
        (b'l', b'r' | b'n') => 80,
        (b'8' | b'T', b't')
        | (b'6' | b'D' | b'Z', b'd')
        | (b'S', b's')
        | (b'H', b'h')
        | (b'8', b'T') => 0,
        _ => 100,
    }
}

pub(super) fn latin(a: u8, b: u8) -> u16 {
    let plain = |sound: u8| if sound == b'A' { b'a' } else { sound };
    let (a, b) = (plain(a), plain(b));
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    match (low, high) {
        _ if low == high => 0,
        (b'a', b'e') => 10,
        (b'e', b'i') => 12,
        (b'E', b'e') => 3,
        (b'E' | b'e', b'~') => 5,
        (b'E', b'i') => 10,
        (b'o', b'u') => 5,
        (b'a', b'o') => 55,
        (b'a', b'u') => 65,
        (b'a', b'i') => 75,
        (b'e', b'o') => 35,
        (b'e', b'u') => 40,
        (b'i', b'o' | b'u') => 90,
        (b'a', b'~') => 80,
        (b'E', b'a') => 60,
        (b'i', b'~') => 80,
        (b'u', b'w') | (b'i', b'y') => 3,
        (b'o', b'w') => 6,
        (b'E' | b'e', b'y') => 18,
        (b'3', b'a') => 5,
        _ if vowel(a) != vowel(b) => 160,
        _ if vowel(a) => 90,
        _ => consonants(a, b),
    }
}

/// A Latin sound that the other Latin word has not.
pub(super) fn alone_latin(word: &[u8], index: usize, other: &[u8]) -> u16 {
    let plain = |sound: u8| if sound == b'A' { b'a' } else { sound };
    let (sound, last) = (plain(get(word, index)), closes(word, index));
    let (left, right) = (before(word, index), get(word, index + 1));
    let glide = |sound: u8| matches!(sound, b'i' | b'y' | b'u' | b'w' | b'o');
    let first_syllable = !word.iter().take(index).any(|sound| vowel(*sound));
    match sound {
        b'~' | b'3' | b'\'' => 0,
        b'E' => 10,
        b'e' if participle(word, index) => 45,
        b'e' => 10,
        b'h' if last => 8,
        b'h' if index > 0 => 45,
        b'w' if matches!(left, b'u' | b'o' | b'a') || matches!(right, b'u' | b'o') => 15,
        b'y' if matches!(left, b'i' | b'e' | b'a') || right == b'i' => 15,
        b'w' | b'y' => 60,
        _ if !vowel(sound) && sound == left => 0,
        _ if !vowel(sound) => 100,
        // ay and i, aw and ou are one diphthong, spelt fully or not
        b'a' if !last && index > 0 && glide(right) => 15,
        b'i' if left == b'y' || right == b'y' || left == b'e' || right == b'e' => 12,
        b'u' | b'o'
            if matches!(left, b'w' | b'o' | b'u') || matches!(right, b'w' | b'o' | b'u') =>
        {
            12
        }
        _ if last => 95,
        // the short vowel of a first syllable falls in Moroccan speech: Slimane, Brahim
        b'i' if index == 0 && cluster(word, 1) && cluster(other, 0) => 15,
        b'i' if index == 0 => 60,
        b'a' if index == 0 => 45,
        b'u' | b'o' if index == 0 => 60,
        b'u' | b'o' if first_syllable => 35,
        b'i' if first_syllable => 45,
        b'a' if first_syllable => 40,
        b'a' => 60,
        b'u' | b'o' => 90,
        _ => 105,
    }
}

pub(super) fn arabic(a: u8, b: u8, last: bool) -> u16 {
    let (a, b) = (alef(a), alef(b));
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    match (low, high) {
        _ if low == high => 0,
        (b'Y' | b'I', b'y') | (b'O', b'h') | (b'U', b'w') => 0,
        (b'A', b'Y') => 3,
        (b'\'', b'I' | b'U') => 5,
        (b'A', b'O') => 12,
        (b'A', b'h') if last => 18,
        (b'O', b't') => 15,
        (b'O', b'Y') => 25,
        (b'A', b'y') if last => 60,
        (b'3', b'A') | (b'\'', b'3') => 45,
        (b'S', b's') | (b'T' | b'8', b't') | (b'D' | b'6', b'd') => 25,
        (b'6' | b'D', b'Z') | (b'Z', b'd') => 20,
        (b'H', b'h') => 45,
        (b'k', b'q') => 30,
        // the letters of g: ڭ stands for what others write ك, ق or غ
        (b'g', b'k' | b'q') => 3,
        (b'G', b'g') => 15,
        _ if long_vowel(a) != long_vowel(b) => 130,
        _ => consonants(a, b),
    }
}

/// An Arabic sound that the other Arabic word has not. A long vowel more is another name: سعد, سعيد.
pub(super) fn alone_arabic(word: &[u8], index: usize, other: &[u8]) -> u16 {
    let (sound, last) = (get(word, index), index + 1 == word.len());
    let (left, right) = (before(word, index), get(word, index + 1));
    let alefs = |word: &[u8]| word.iter().skip(1).filter(|sound| **sound == b'A').count();
    match sound {
        b'\'' => 4,
        b'A' | b'<' if index == 0 && matches!(right, b'y' | b'w') => 5,
        b'>' if right == b'w' => 5,
        b'<' => 42,
        b'A' if index == 0 => 36,
        b'>' => 50,
        // a name that no Arab dictionary has is spelt with more or fewer alefs: كامارا, كمارا
        b'A' if !last && alefs(word) >= 2 && alefs(other) >= 1 => 38,
        b'A' | b'O' | b'Y' => 105,
        b'U' | b'I' => 50,
        b'w' | b'y' if sound == left || sound == right => 10,
        b'w' | b'y' => 110,
        b'3' => 80,
        _ if sound == left => 10,
        _ => 100,
    }
}

/// An Arabic sound read by a Latin one.
pub(super) fn cross(a: u8, b: u8, first: bool, last: bool, left: u8) -> u16 {
    match (a, b) {
        (b'>', b'i') | (b'<', b'a' | b'u' | b'o' | b'A') => 60,
        (b'3', b'a') if last => 40,
        (b'A' | b'<' | b'>', _) if first && vowel(b) => 0,
        (_, b'A') if b != a && long_vowel(a) => cross(a, b'a', first, last, left),
        (b'A', b'a' | b'A') | (b'Y' | b'O', b'a') => 0,
        (b'A', b'e') => 18,
        (b'A', b'E') => 22,
        (b'A', b'~') => 60,
        (b'A', b'o') => 55,
        (b'w' | b'U', b'u' | b'o' | b'w') | (b'y', b'i' | b'y') | (b'I', b'i' | b'y' | b'e') => 0,
        (b'w', b'v') => 20,
        (b'y', b'E') => 3,
        (b'y', b'~') => 60,
        (b'y', b'e') => 55,
        (b'w', b'e') => 90,
        (b'I', b'a') => 30,
        (b'Y', b'E' | b'e' | b'~') => 25,
        (b'O', b'h') => 0,
        (b'O', b't') if left == b'A' => 0,
        (b'O', b't' | b'e') => 20,
        (b'O', b'E') => 8,
        (b'O', b'~') => 70,
        (b'h', b'a' | b'E') if last => 5,
        (b'h', b'~') if last => 50,
        (b'3', b'a' | b'3') => 0,
        (b'3', _) if first && vowel(b) => 0,
        (b'3', b'e') => 8,
        (b'\'', _) if vowel(b) => 15,
        // letters of Arabic that Latin writes alike cost nothing: see `consonants`
        _ if long_vowel(a) && vowel(b) => 105,
        _ if long_vowel(a) || vowel(b) => 160,
        _ if a == b => 0,
        (b'q', b'k') | (b'k', b'q') | (b'6' | b'Z', b'z') => 0,
        (b'q' | b'k', b'g') => 8,
        (b'D' | b'Z', b'6' | b'd') => 0,
        _ => consonants(a, b),
    }
}

/// Whether all vowels before that one are ou or o.
fn rounded(word: &[u8], index: usize) -> bool {
    let mut vowels = word.iter().take(index).filter(|sound| vowel(**sound));
    vowels.all(|sound| matches!(sound, b'u' | b'o'))
}

/// Whether an a or e is written before the end.
fn aloud(latin: &[u8]) -> bool {
    let heard = |sound: &u8| matches!(sound, b'a' | b'A' | b'e' | b'E' | b'3');
    latin.iter().rev().skip(1).any(heard)
}

/// An Arabic sound that the Latin word does not write.
pub(super) fn unread_arabic(word: &[u8], index: usize, latin: &[u8]) -> u16 {
    let sound = get(word, index);
    let (left, right) = (before(word, index), get(word, index + 1));
    match sound {
        // at the head it is met by a vowel
        b'3' if index == 0 && !vowel(get(latin, 0)) => 40,
        // نعيمة has an a or an e that Nima has not
        b'3' if index > 0 && right == b'y' && !aloud(latin) => 50,
        b'3' | b'\'' => 0,
        b'A' | b'<' if index == 0 && matches!(right, b'y' | b'w') => 0,
        b'>' if right == b'w' => 0,
        b'A' | b'<' if index == 0 && cluster(latin, 0) => 12,
        b'>' | b'<' => 40,
        b'A' if index == 0 => 30,
        b'A' => 75,
        b'U' | b'I' => 12,
        b'O' if left == b'A' => 30,
        b'w' | b'y' if sound == left => 5,
        b'h' if index + 1 == word.len() => 30,
        b'h' => 50,
        b'H' => 60,
        b'w' | b'y' => 105,
        _ if sound == left => 0,
        _ => 100,
    }
}

/// A Latin sound that Arabic does not write, after `read` Arabic sounds: short vowels. That of a first syllable may
/// always be short; a later i or ou is long, unless the pattern of the word says otherwise (`CāCiC`, muCCiC).
pub(super) fn unwritten_latin(word: &[u8], index: usize, arabic: &[u8], read: usize) -> u16 {
    let (sound, last) = (get(word, index), closes(word, index));
    let (left, right) = (before(word, index), get(word, index + 1));
    let first_syllable = index <= 1 && !vowel(left);
    let alef = || {
        arabic.iter().take(read).skip(1).any(|sound| *sound == b'A') && before(arabic, read) != b'A'
    };
    let later =
        || word.first() == Some(&b'i') && arabic.iter().skip(read).any(|sound| *sound == b'A');
    let waw = || arabic.iter().take(read).skip(1).any(|sound| *sound == b'w');
    let glided = || matches!(before(arabic, read), b'y' | b'w' | b'I' | b'U');
    let many = || arabic.iter().filter(|sound| !long_vowel(**sound)).count() >= 5;
    let led_by_m = || {
        arabic.first() == Some(&b'm')
            && arabic.len() >= 4
            && !arabic.iter().rev().skip(1).any(|s| long_vowel(*s))
    };
    match sound {
        // سعاد is not Saad, whose two a already tell its ain
        b'3' if arabic.contains(&b'3') && !closes(word, index + 1) => 60,
        b'~' if left == b'a' && matches!(arabic.last(), Some(b'Y' | b'O')) => 45,
        b'~' | b'3' | b'\'' => 0,
        b'E' => 20,
        // Nasser is not نصر
        b'e' if participle(word, index) && !alef() => 45,
        b'e' => 1,
        b'A' => 60,
        b'h' if last => 6,
        b'h' if index > 0 => 45,
        b'w' if matches!(left, b'u' | b'o') || matches!(right, b'u' | b'o') => 6,
        b'y' if left == b'i' || right == b'i' => 6,
        b'w' | b'y' => 60,
        _ if !vowel(sound) && sound == left => 0,
        _ if !vowel(sound) => 100,
        b'a' if last => 100,
        b'i' | b'u' | b'o' if last => 95,
        b'a' if index == 0 => 45,
        b'i' if index == 0 && many() => 15,
        b'i' if index == 0 => 60,
        b'u' | b'o' if index == 0 => 60,
        _ if first_syllable => 3,
        // Aissam, Aomar: an ain that is heard, and its vowel
        b'i' | b'u' | b'o' if index == 1 && left == b'a' && arabic.first() == Some(&b'3') => 6,
        b'a' if matches!(right, b'i' | b'u' | b'y' | b'w' | b'o') => 4,
        // two vowels that meet: the second is long (Souad, Ziad)
        b'a' if matches!(left, b'i' | b'u' | b'o') && index > 1 && before(arabic, read) != b'w' => {
            45
        }
        b'a' if alef() && !matches!(left, b'h' | b'H' | b'x') => 45,
        // Nawar is not نور, nor Salama سلمى: their second a is long
        b'a' if index > 1
            && arabic.len() == 3
            && matches!(left, b'w' | b'u' | b'o' | b'y' | b'i')
            && matches!(before(arabic, read), b'w' | b'y') =>
        {
            45
        }
        b'a' if index == 3 && !vowel(right) && get(word, 5) == b'a' && closes(word, 5) => 50,
        b'a' => 6,
        b'i' if left == b'y' || right == b'y' => 6,
        b'i' if matches!(left, b'a' | b'e') => 90,
        b'u' | b'o'
            if matches!(left, b'w' | b'u' | b'o') || matches!(right, b'w' | b'u' | b'o') =>
        {
            6
        }
        b'i' if glided() || alef() || led_by_m() => 6,
        // Ibtissam, Intissar
        b'i' if later() => 20,
        b'u' | b'o' if waw() => 25,
        b'u' | b'o' if alef() => 80,
        _ if many() => 35,
        // Kortobi: two short vowels alike
        b'u' | b'o' if rounded(word, index) => 70,
        b'i' => 110,
        _ => 125,
    }
}
