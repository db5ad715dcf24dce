//! The words of the letters.

use crate::{
    i18n::{Arg, Lang},
    mail::Letter,
};
use askama::Template;

/// What a letter may tell: numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Things whose moment has passed.
    pub late: i64,
    /// Things due before midnight.
    pub today: i64,
}

impl Counts {
    /// Nothing to tell.
    pub const fn is_nothing(self) -> bool {
        self.late == 0 && self.today == 0
    }
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Page<'a> {
    lang: Lang,
    title: &'a str,
    lines: &'a [String],
    code: Option<&'a str>,
    link: Option<(&'a str, String)>,
    foot: String,
}

fn letter(page: &Page<'_>) -> Result<Letter, askama::Error> {
    let mut text = page.lines.join("\n");
    if let Some(code) = page.code {
        text.push_str("\n\n");
        text.push_str(code);
    }
    if let Some((href, words)) = &page.link {
        text.push_str("\n\n");
        text.push_str(words);
        text.push('\n');
        text.push_str(href);
    }
    text.push_str("\n\n");
    text.push_str(&page.foot);
    text.push('\n');
    Ok(Letter {
        subject: page.title.to_owned(),
        text,
        html: page.render()?,
    })
}

/// The letter of a day. The subject says nothing: it shows on a locked telephone.
pub fn daily_letter(lang: Lang, counts: Counts, link: &str) -> Result<Letter, askama::Error> {
    // digits need no marks around them, and some programs for mail draw the marks
    let count = |key, n| {
        let words = lang.t_with(key, &[("n", Arg::Int(n))]);
        words.replace(['\u{2068}', '\u{2069}'], "")
    };
    let mut lines = Vec::new();
    if counts.late > 0 {
        lines.push(count("digest-late", counts.late));
    }
    if counts.today > 0 {
        lines.push(count("digest-today", counts.today));
    }
    letter(&Page {
        lang,
        title: &lang.t("digest-subject"),
        lines: &lines,
        code: None,
        link: Some((link, lang.t("digest-open"))),
        foot: lang.t("digest-foot"),
    })
}

/// The letter with a code.
pub fn code_letter(lang: Lang, code: &str) -> Result<Letter, askama::Error> {
    letter(&Page {
        lang,
        title: &lang.t("digest-code-subject"),
        lines: &[lang.t("digest-code-text")],
        code: Some(code),
        link: None,
        foot: lang.t("digest-code-foot"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_counts_in_the_language_of_its_reader() {
        let counts = Counts { late: 3, today: 2 };
        let ar = daily_letter(Lang::Ar, counts, "https://sanad.example/today").unwrap();
        assert!(ar.html.contains("dir=\"rtl\""), "{}", ar.html);
        assert!(ar.text.contains("https://sanad.example/today"));
        let fr = daily_letter(Lang::Fr, Counts { late: 1, today: 0 }, "x").unwrap();
        assert!(fr.text.starts_with('1'), "{}", fr.text);
        assert!(fr.html.contains("lang=\"fr-MA\""));
        assert!(!fr.subject.contains('1'), "the subject tells nothing");
    }
}
