//! The first short vowel of usual names, which Arabic does not write: منى is Mouna and never Mina.
//!
//! Only names whose first vowel is one and the same in Moroccan spellings are here; where usage wavers (زينب, مريم,
//! رضوان) nothing is said. A Latin e stands for any of the three. Another vowel makes two names `likely` at most.

use super::cost;

/// With a: Hassan, Asmae.
#[rustfmt::skip]
const A: &[&str] = &[
    "احلام", "احمد", "اسما", "اسماء", "اسيه", "اشرف", "اكرم", "امال", "امل", "امير", "اميره",
    "امين", "امينه", "انس", "انوار", "انيس", "انيسه", "ايمن", "بدر", "بشير", "بشيره", "بهيجه",
    "جبار", "جعفر", "جلال", "جليل", "جليله", "جمال", "جميل", "جميله", "جني", "جواد",
    "حبيب", "حبيبه", "حداد", "حسان", "حسن", "حسناء", "حسنه", "حفصه", "حفيظ", "حفيظه", "حكيم",
    "حكيمه", "حليم", "حليمه", "حمدي", "حمزه", "حميد", "حميده", "حنان", "حنين", "حياه", "خالد",
    "خديجه", "خليفه", "خليل", "دليله", "ربيع", "ربيعه", "رجاء", "رحمان", "رحمه", "رحيم",
    "رحيمه", "رشا", "رشيد", "رشيده", "رفيق", "رفيقه", "رنا", "رووف", "زكريا", "زكرياء", "زكي",
    "زكيه", "سامر", "سجي", "سحر", "سعد", "سعديه", "سعيد", "سعيده", "سلام",
    "سلامه", "سلمان", "سلمي", "سلوي", "سليم", "سليمه", "سمير", "سميره", "سناء", "شريف",
    "شريفه", "شفيق", "شفيقه", "شكيب", "صباح", "صبري", "صفاء", "صفيه", "صلاح", "عباس", "عبله",
    "عتيق", "عتيقه", "عدنان", "عزيز", "عزيزه", "عفاف", "عفيف", "عفيفه", "علاء", "علال", "علمي",
    "علوي", "علي", "علياء", "عمار", "عواطف", "غسان", "غني", "فتاح", "فتيحه", "فدوي", "فرح",
    "فريد", "فريده", "فضيله", "قدور", "قمر", "كبير", "كبيره", "كريم", "كريمه", "كمال", "لبيب",
    "لطيف", "لطيفه", "لمي", "لمياء", "مجيد", "محمود", "مروان", "مروه", "مروي", "مسعود",
    "مسعوده", "ملاك", "مليكه", "منار", "منصور", "نبيل", "نبيله", "نجاه", "نجوي", "نجيب",
    "نجيبه", "نجيه", "ندي", "نزيه", "نزيهه", "نسيم", "نسيمه", "نصيره", "نعيم", "نعيمه", "نوال",
    "هناء", "وحيد", "وحيده", "ورده", "وسيم", "وفاء", "وليد",
];
/// With i: Rida, Ilham.
#[rustfmt::skip]
const I: &[&str] = &[
    "ابتسام", "ابراهيم", "احسان", "اخلاص", "اسراء", "اسماعيل", "اكرام", "الهام", "الياس",
    "انصاف", "بلال", "جهاد", "رضا", "رضي", "رياض", "زياد", "زيان", "سهام", "ضياء", "عصام",
    "عماد", "غزلان", "فراس", "نداء", "نسرين", "نضال", "هبه", "هشام", "هند", "وءام", "وداد",
    "وسام", "وصال", "ويام",
];
/// With ou or o: Mouna, Omar.
#[rustfmt::skip]
const U: &[&str] = &[
    "اسامه", "اميمه", "بثينه", "بخاري", "بشري", "تهامي", "جمانه", "جندي", "حسام", "حسين",
    "حسيني", "خضري", "خلود", "دعاء", "دكالي", "دنيا", "رشدي", "رقيه", "زبير", "زهري", "زهور",
    "زهير", "سعاد", "سفيان", "سكينه", "سليمان", "سميه", "سهي", "سهيل", "سهيله", "شعيب", "شكري",
    "ضحي", "ظلمي", "عثمان", "عثماني", "علا", "عمر", "عمري", "غفران", "غماري", "فواد", "قدسي",
    "قرشي", "كتبي", "كردي", "لبني", "لطفي", "مبارك", "محسن", "محمد", "مختار", "مراد", "مصطفي",
    "معاذ", "منصف", "مني", "منير", "منيره", "منيه", "نعمان", "نهي", "نهيله", "هدي", "يسري",
];
/// With one or another: Nezha, Nouzha.
#[rustfmt::skip]
const ANY: &[&str] = &[
    "توفيق", "حسني", "زهراء", "زهره", "كلثوم", "نزهه",
];

/// The vowel of an Arabic word after its first consonant, `a`, `i` or `u`; `*` where usage has two. Without article;
/// hamza forms and teh marbuta folded.
pub(super) fn first(word: &str) -> Option<u8> {
    [(b'a', A), (b'i', I), (b'u', U), (b'*', ANY)]
        .into_iter()
        .find_map(|(vowel, names)| names.contains(&word).then_some(vowel))
}

/// Whether a Latin word has another vowel there than the Arabic one. A word that has no vowel there (Slimane, Rkia)
/// or an e says nothing.
pub(super) fn contradicts(vowel: Option<u8>, arabic: &[u8], latin: &[u8]) -> bool {
    let Some(vowel) = vowel else {
        return unlikely(arabic, latin);
    };
    let skipped = match arabic.first() {
        // written with one letter or two: Wafae, Ouafae, Yousra
        Some(b'w') => latin
            .iter()
            .take_while(|one| matches!(one, b'w' | b'u' | b'o'))
            .count()
            .min(1),
        Some(b'y') => usize::from(matches!(latin.first(), Some(b'y' | b'i'))),
        Some(b'A' | b'<' | b'>' | b'3') => latin.iter().take_while(|one| **one == b'3').count(),
        // Thami: the digraph is two letters, and no vowel between them
        _ if matches!(arabic.get(1), Some(b'h' | b'H'))
            && matches!(latin.first(), Some(b'8' | b'6' | b'x' | b'c')) =>
        {
            return false;
        }
        _ => 1,
    };
    // an ain that is heard before the vowel: Aimad, Aomar
    let ain = arabic.first() == Some(&b'3')
        && vowel != b'a'
        && cost::get(latin, skipped) == b'a'
        && cost::vowel(cost::get(latin, skipped + 1));
    let skipped = skipped + usize::from(ain);
    match cost::get(latin, skipped) {
        _ if vowel == b'*' => false,
        b'a' | b'A' => vowel != b'a',
        b'i' => vowel != b'i',
        b'u' | b'o' => vowel != b'u',
        _ => false,
    }
}

/// Of a word that is not here: an ou after the first consonant that Arabic does not write, and that no usual pattern
/// has (`CuCayC`, muCCiC, `CuCCān`): البكري is not Boukri.
fn unlikely(arabic: &[u8], latin: &[u8]) -> bool {
    let [first, rest @ ..] = arabic else {
        return false;
    };
    let open = cost::long_vowel(*first) || matches!(first, b'3' | b'm');
    let near = rest.get(..2).unwrap_or(rest);
    !open
        && cost::get(latin, 1) == b'u'
        && !cost::vowel(cost::get(latin, 2))
        && !near
            .iter()
            .any(|sound| matches!(sound, b'w' | b'y' | b'\'' | b'U' | b'I'))
        && !matches!(arabic, [.., b'A', b'n'] | [.., b'A', b'n', b'y'])
}
