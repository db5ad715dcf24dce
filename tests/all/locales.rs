//! Words: complete in three languages, all used, and those of the plan's own vocabulary.

use crate::support::source::{self, Source};
use fluent_syntax::{ast, parser};
use std::collections::{BTreeMap, BTreeSet};

/// Categories of Arabic plurals, all of which a count must offer.
const ARABIC: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A message as the test looks at it.
#[derive(Debug, Default)]
struct Message {
    file: String,
    variables: BTreeSet<String>,
    /// The categories of each selector on a count.
    counts: Vec<BTreeSet<String>>,
    /// Its words, without the variables.
    texts: Vec<String>,
}

impl Message {
    fn read(&mut self, pattern: &ast::Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                ast::PatternElement::TextElement { value } => self.texts.push((*value).to_owned()),
                ast::PatternElement::Placeable { expression } => self.read_expression(expression),
            }
        }
    }

    fn read_expression(&mut self, expression: &ast::Expression<&str>) {
        match expression {
            ast::Expression::Inline(inline) => self.read_inline(inline),
            ast::Expression::Select { selector, variants } => {
                self.read_inline(selector);
                let keys: BTreeSet<String> = variants.iter().map(|v| key_of(&v.key)).collect();
                let counts = |key: &String| {
                    ARABIC[..5].contains(&key.as_str()) || key.parse::<f64>().is_ok()
                };
                if keys.iter().any(counts) {
                    self.counts.push(keys);
                }
                for variant in variants {
                    self.read(&variant.value);
                }
            }
        }
    }

    fn read_inline(&mut self, inline: &ast::InlineExpression<&str>) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            ast::InlineExpression::Placeable { expression } => self.read_expression(expression),
            ast::InlineExpression::FunctionReference { arguments, .. } => {
                arguments
                    .positional
                    .iter()
                    .for_each(|argument| self.read_inline(argument));
            }
            _ => {}
        }
    }

    fn words(&self) -> String {
        self.texts.join(" ")
    }
}

fn key_of(key: &ast::VariantKey<&str>) -> String {
    match key {
        ast::VariantKey::Identifier { name } => (*name).to_owned(),
        ast::VariantKey::NumberLiteral { value } => (*value).to_owned(),
    }
}

/// Every message of a language by its key.
fn messages(lang: &str) -> BTreeMap<String, Message> {
    let mut all = BTreeMap::new();
    for source in source::files(&format!("locales/{lang}"), &["ftl"]) {
        let resource = parser::parse(source.text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", source.name()));
        let file = source
            .path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        for entry in &resource.body {
            let ast::Entry::Message(message) = entry else {
                continue;
            };
            let mut read = Message {
                file: file.clone(),
                ..Message::default()
            };
            message.value.iter().for_each(|pattern| read.read(pattern));
            let key = message.id.name.to_owned();
            let other = all.insert(key, read);
            assert!(
                other.is_none(),
                "{lang}: {} stands twice, also in {file}",
                message.id.name
            );
        }
    }
    all
}

fn none(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

#[test]
fn the_three_languages_have_the_same_keys_in_the_same_files_with_the_same_variables() {
    let ar = messages("ar");
    let mut faults = Vec::new();
    for lang in ["fr", "en"] {
        let other = messages(lang);
        for key in ar.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
            match (ar.get(key), other.get(key)) {
                (Some(a), Some(b)) if a.file == b.file && a.variables == b.variables => {}
                (Some(a), Some(b)) => faults.push(format!(
                    "{key}: ar {} {:?}, {lang} {} {:?}",
                    a.file, a.variables, b.file, b.variables
                )),
                (a, _) => faults.push(format!(
                    "{key}: only in {}",
                    if a.is_some() { "ar" } else { lang }
                )),
            }
        }
    }
    none("languages differ", &faults);
}

#[test]
fn a_count_has_all_its_plural_forms() {
    let all: Vec<_> = ["ar", "fr", "en"]
        .map(|lang| (lang, messages(lang)))
        .into_iter()
        .collect();
    let mut faults = Vec::new();
    for (lang, messages) in &all {
        // «mois» is the same for one and for many: French and English may have one form
        let wanted: &[&str] = if *lang == "ar" { &ARABIC } else { &["other"] };
        for (key, message) in messages {
            for counts in &message.counts {
                let missing: Vec<_> = wanted
                    .iter()
                    .filter(|form| !counts.contains(**form))
                    .collect();
                if !missing.is_empty() {
                    faults.push(format!("{lang}: {key} lacks {missing:?}"));
                }
            }
            if !message.counts.is_empty()
                && all[0].1.get(key).is_some_and(|ar| ar.counts.is_empty())
            {
                faults.push(format!(
                    "ar: {key} counts in {lang} and not in Arabic, which has six forms"
                ));
            }
        }
    }
    none("plural forms", &faults);
}

/// The text of a program file before its unit tests.
fn code(source: &Source) -> &str {
    source.text.split("#[cfg(test)]").next().unwrap_or_default()
}

/// Templates and program files.
fn users() -> Vec<Source> {
    let mut users = source::files("src", &["rs"]);
    users.extend(source::files("templates", &["html"]));
    users
}

/// The first argument of each call, where it is a literal, and what follows it.
fn calls<'a>(text: &'a str, call: &str) -> Vec<(&'a str, &'a str)> {
    text.match_indices(call)
        .filter_map(|(at, _)| {
            text[at + call.len()..]
                .trim_start()
                .strip_prefix('"')?
                .split_once('"')
        })
        .collect()
}

#[test]
fn every_word_that_is_asked_for_exists_with_the_variables_it_is_given() {
    let ar = messages("ar");
    let mut faults = Vec::new();
    for user in users() {
        for call in ["Msg::new(", ".t(", ".n(", ".t1(", ".t2(", ".t_with("] {
            for (key, rest) in calls(code(&user), call) {
                let Some(message) = ar.get(key) else {
                    faults.push(format!("{}: {key} does not exist", user.name()));
                    continue;
                };
                let second = rest
                    .trim_start_matches([',', ' ', '\n'])
                    .strip_prefix('"')
                    .and_then(|r| r.split('"').next());
                let given: Vec<&str> = match call {
                    ".t(" => vec![],
                    ".n(" => vec!["n"],
                    ".t1(" => second.into_iter().collect(),
                    _ => continue,
                };
                if call == ".t1(" && second.is_none() {
                    continue;
                }
                if message
                    .variables
                    .iter()
                    .any(|v| !given.contains(&v.as_str()))
                {
                    faults.push(format!(
                        "{}: {key} wants {:?} and gets {given:?}",
                        user.name(),
                        message.variables
                    ));
                }
            }
        }
    }
    none("words asked for", &faults);
}

/// Whether a key fits `error-{kind}-text`, a text whose braces are filled at run time.
fn fits(key: &str, pattern: &str) -> bool {
    let fixed: Vec<&str> = pattern
        .split('{')
        .enumerate()
        .map(|(i, part)| {
            if i == 0 {
                part
            } else {
                part.split_once('}').map_or("", |(_, rest)| rest)
            }
        })
        .collect();
    let Some(mut rest) = key.strip_prefix(fixed[0]) else {
        return false;
    };
    for part in &fixed[1..] {
        match rest.find(part).filter(|at| *at > 0 || part.is_empty()) {
            Some(_) if part.is_empty() => return !rest.is_empty(),
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

#[test]
fn patterns_of_keys() {
    assert!(fits("error-404-text", "error-{kind}-text"));
    assert!(fits("state-closed", "state-{}"));
    assert!(!fits("error-404-title", "error-{kind}-text"));
    assert!(!fits("state-", "state-{}"));
}

#[test]
fn no_word_is_left_unused() {
    let users = users();
    let literals: BTreeSet<&str> = users
        .iter()
        .flat_map(|user| code(user).split('"'))
        .collect();
    let is_pattern = |literal: &&&str| {
        let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-{}_".contains(c);
        literal.contains('-')
            && literal.contains('{')
            && !literal.starts_with('{')
            && literal.chars().all(name)
    };
    let patterns: Vec<&&str> = literals.iter().filter(is_pattern).collect();
    let unused: Vec<String> = messages("ar")
        .into_iter()
        .filter(|(key, _)| {
            !literals.contains(key.as_str()) && !patterns.iter().any(|p| fits(key, p))
        })
        .map(|(key, message)| format!("{}: {key}", message.file))
        .collect();
    none("unused words", &unused);
}

/// حفظ and متابعة are the prosecutor's: filing a case, and prosecuting. Elsewhere they would tell a mother
/// that she is prosecuted when her file is followed.
#[test]
fn the_prosecutors_words_are_left_to_the_prosecutor() {
    let mut faults = Vec::new();
    for (key, message) in messages("ar") {
        // vowel marks and the stretching letter change nothing
        let words: String = message
            .words()
            .chars()
            .filter(|c| !matches!(c, '\u{640}' | '\u{64b}'..='\u{652}'))
            .collect();
        let theirs = key.starts_with("judicial-") || key.starts_with("decision-");
        for word in ["حفظ", "متابع"] {
            if !theirs && words.contains(word) {
                faults.push(format!("{}: {key} says {word}: {words}", message.file));
            }
        }
        if words.contains("متسول") {
            faults.push(format!("{}: {key} labels a person: {words}", message.file));
        }
    }
    none("vocabulary", &faults);
}

/// A question mark alone on a line is what a plain space before it comes to.
#[test]
fn french_marks_keep_to_their_word() {
    let parted = [" ?", " !", " ;", " :", " »", "« "];
    let mut faults = Vec::new();
    for (key, message) in messages("fr") {
        if parted.iter().any(|mark| message.words().contains(mark)) {
            faults.push(key);
        }
    }
    none("a plain space where a no-break space belongs", &faults);
}

#[test]
fn digits_are_western() {
    let mut faults = Vec::new();
    for lang in ["ar", "fr", "en"] {
        for (key, message) in messages(lang) {
            if message
                .words()
                .contains(|c| matches!(c, '٠'..='٩' | '۰'..='۹'))
            {
                faults.push(format!("{lang}: {key}"));
            }
        }
    }
    none("Arabic-Indic digits", &faults);
}

/// Latin words that Arabic officials write so.
const LATIN: [&str; 8] = ["SHA", "CNIE", "PDF", "JPEG", "PNG", "WebP", "DOCX", "HEIC"];

#[test]
fn nothing_is_left_untranslated() {
    let (ar, fr, en) = (messages("ar"), messages("fr"), messages("en"));
    let mut faults = Vec::new();
    for (key, message) in &ar {
        let words = message.words();
        let latin = words
            .split(|c: char| !c.is_ascii_alphabetic())
            .find(|word| word.len() > 1 && !LATIN.contains(word));
        if let Some(word) = latin {
            faults.push(format!("ar: {key} says {word}"));
        }
        for (lang, other) in [("fr", &fr), ("en", &en)] {
            let other = other.get(key).map(Message::words).unwrap_or_default();
            let bare: String = other.chars().filter(|c| !"،؛؟".contains(*c)).collect();
            if bare.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)) {
                faults.push(format!("{lang}: {key} says {other}"));
            }
        }
        let (fr, en) = (
            fr.get(key).map(Message::words),
            en.get(key).map(Message::words),
        );
        if fr == en && fr.is_some_and(|words| words.split_whitespace().count() > 2) {
            faults.push(format!("{key}: the same in French and in English"));
        }
    }
    none("untranslated", &faults);
}
