//! Beginnings of names in the other script, and what is none.

use super::*;
use crate::names::{Verdict, keys, score};

const LISTS: [&str; 3] = [
    include_str!("../../../tests/data/names/pairs.tsv"),
    include_str!("../../../tests/data/names/second.tsv"),
    include_str!("../../../tests/data/names/third.tsv"),
];

/// Whether a word is asked for by what was typed, and begins so.
fn begins(typed: &str, word: &str) -> bool {
    let (typed, word) = (keys(typed), keys(word));
    typed.tokens.iter().map(Beginning::of).any(|typed| {
        word.tokens.iter().any(|word| {
            let kept = word.beginnings();
            typed.keys().iter().any(|key| kept.contains(key)) && typed.begins(word).is_some()
        })
    })
}

#[test]
fn a_beginning_is_one_in_either_script() {
    for (typed, word) in [
        ("Kha", "خديجة"),
        ("Khad", "خديجة"),
        ("Moh", "محمد"),
        ("Moha", "محمد"),
        ("Moh", "محسن"),
        ("Oma", "عمر"),
        ("Rac", "رشيد"),
        ("Mok", "مختار"),
        ("Yous", "يوسف"),
        ("Brah", "إبراهيم"),
        ("Dri", "إدريس"),
        ("Mhe", "امحمد"),
        ("Lamr", "العمراني"),
        ("Amr", "العمراني"),
        ("Lahce", "الحسن"),
        ("Elkha", "الخياطي"),
        ("Abdel", "عبد القادر"),
        ("Abdelk", "عبد القادر"),
        ("Abderr", "عبد الرحمان"),
        ("Benom", "بنعمر"),
        ("Touf", "توفيق"),
        ("Zoh", "زهرة"),
        ("Regragu", "الركراكي"),
        ("خدي", "Khadija"),
        ("محم", "Mohamed"),
        ("إبر", "Brahim"),
        ("ابرا", "Ibrahim"),
        ("العمر", "Lamrani"),
        ("العمر", "Amrani"),
        ("عبد ال", "Abdelkader"),
        ("عبدالق", "Abdelkader"),
        ("بنع", "Benaissa"),
        // another spelling in the same letters
        ("Muham", "Mohamed"),
        ("Waz", "Ouazzani"),
    ] {
        assert!(begins(typed, word), "{typed} {word}");
    }
}

#[test]
fn what_begins_otherwise_is_no_beginning() {
    for (typed, word) in [
        // two letters, or one consonant that is no digraph
        ("Mo", "محمد"),
        ("Sou", "سعاد"),
        // another consonant, another vowel where it is known
        ("Moh", "مريم"),
        ("Kami", "كمال"),
        ("Souma", "سمير"),
        ("Nous", "نسرين"),
        ("Kar", "خديجة"),
        // no article
        ("Lami", "أمين"),
        ("Attar", "طارق"),
        // nothing is left of the word
        ("Hamid", "حامد"),
        ("Mohamed", "محمد"),
        ("Khad", "Хадижа"),
    ] {
        assert!(!begins(typed, word), "{typed} {word}");
    }
}

#[test]
fn few_keys_are_kept_of_a_word() {
    let kept = |name: &str| {
        keys(name)
            .tokens
            .iter()
            .flat_map(TokenKey::beginnings)
            .collect::<Vec<_>>()
    };
    assert_eq!(kept("محمد"), ["mh", "mhm", "mhmd"]);
    assert_eq!(kept("Mohamed"), kept("محمد"));
    assert_eq!(kept("خديجة"), ["kd", "kdj", "x"]);
    assert_eq!(kept("العمراني"), ["*m", "*mr", "*mrn"]);
    assert!(kept("علي").len() <= 1 && kept("Хадижа").is_empty());
}

/// The words of the lists that are one in both scripts: of each, every beginning that has two consonants.
#[test]
fn nine_of_ten_beginnings_are_found_across_scripts() {
    let arabic = |text: &str| {
        text.chars()
            .any(|sign| ('\u{600}'..='\u{6ff}').contains(&sign))
    };
    let (mut found, mut all) = ([0; 2], [0; 2]);
    for row in LISTS.iter().flat_map(|list| list.lines()) {
        let [_, a, b, "same"] = row.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        if arabic(a) == arabic(b) {
            continue;
        }
        for (one, other) in a.split(' ').flat_map(|a| b.split(' ').map(move |b| (a, b))) {
            if score(one, other).verdict != Verdict::Same {
                continue;
            }
            for (typed, word) in [(one, other), (other, one)] {
                for length in 3..typed.chars().count() {
                    let typed: String = typed.chars().take(length).collect();
                    let row = usize::from(length > 3);
                    all[row] += 1;
                    found[row] += usize::from(begins(&typed, word));
                }
            }
        }
    }
    println!(
        "of three letters {} of {}, of more {} of {}",
        found[0], all[0], found[1], all[1]
    );
    assert!(found[0] * 100 >= all[0] * 66 && found[1] * 100 >= all[1] * 90);
}
