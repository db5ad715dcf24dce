//! Arabic letters to sounds, in the same bytes as `latin`.
//!
//! Capitals and figures are what only this script can tell: `A` ا, `O` ة, `Y` ى, `T` ط, `S` ص, `D` ض, `Z` ظ, `H` ح,
//! `8` ث, `6` ذ, `3` ع, `'` ء, `U` ؤ, `I` ئ; at the
//! head `<` إ and `>` أ. `w` and `y` are long vowels or consonants: the spelling does not say.

/// Appends the sounds of a word to `out`.
pub(super) fn sounds(word: &str, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend(word.chars().filter_map(sound));
    if let (Some(first), Some(place)) = (word.chars().next(), out.get_mut(start)) {
        match first {
            'إ' => *place = b'<',
            'أ' | 'آ' => *place = b'>',
            _ => {}
        }
    }
}

fn sound(letter: char) -> Option<u8> {
    Some(match letter {
        'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' => b'A',
        'ء' => b'\'',
        'ؤ' => b'U',
        'ئ' => b'I',
        'ب' => b'b',
        'پ' => b'p',
        'ت' => b't',
        'ث' => b'8',
        'ج' | 'ژ' => b'j',
        'ح' => b'H',
        'خ' => b'x',
        'د' => b'd',
        'ذ' => b'6',
        'ر' => b'r',
        'ز' => b'z',
        'س' => b's',
        'ش' | 'چ' => b'c',
        'ص' => b'S',
        'ض' => b'D',
        'ط' => b'T',
        'ظ' => b'Z',
        'ع' => b'3',
        'غ' => b'G',
        'ف' => b'f',
        'ڤ' | 'ڥ' => b'v',
        'ق' => b'q',
        'ك' | 'ک' => b'k',
        // three ways to write the g of Moroccan names, beside plain ك and ق
        'ڭ' | 'گ' | 'ݣ' | 'ڨ' => b'g',
        'ل' => b'l',
        'م' => b'm',
        'ن' => b'n',
        'ه' | 'ھ' | 'ہ' => b'h',
        'ة' => b'O',
        'و' => b'w',
        'ى' => b'Y',
        'ي' | 'ی' => b'y',
        _ => return None,
    })
}
