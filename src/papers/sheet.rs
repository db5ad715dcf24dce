//! What a paper says, before it is set: words and values, and nothing that the typesetter could take for its language.

use super::{code::Code, qr};
use crate::{config::Config, error::AppError, i18n::Lang, prosecution, web::Ui};
use serde::Serialize;

/// One paper, whole. Handed to `paper.typ` as JSON.
#[derive(Serialize)]
pub(super) struct Sheet {
    /// `ar` or `fr`.
    lang: &'static str,
    /// Whether it runs from the right.
    rtl: bool,
    title: String,
    number: String,
    facts: Vec<Row>,
    sections: Vec<Section>,
    check: Check,
    /// Across each page: who printed it, and when.
    watermark: String,
    /// The same at the foot of each page.
    copy: String,
}

/// A label and what belongs to it.
#[derive(Serialize)]
pub(super) struct Row {
    label: String,
    lines: Vec<Line>,
}

/// A line of a value.
#[derive(Serialize)]
pub(super) struct Line {
    text: String,
    look: Look,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Look {
    Plain,
    Strong,
    Soft,
    /// Numbers and hashes: from the left, whatever the page.
    Code,
}

/// A part of a paper under its heading.
#[derive(Serialize)]
pub(super) struct Section {
    title: String,
    rows: Vec<Row>,
    said: Vec<Said>,
}

/// A paragraph of somebody's own words, which run as their first letter does.
#[derive(Serialize)]
pub(super) struct Said {
    text: String,
    rtl: bool,
}

/// How the paper is verified.
#[derive(Serialize)]
struct Check {
    title: String,
    hint: String,
    rule: String,
    print_label: String,
    print: String,
    code_label: String,
    code: String,
    address: String,
    qr: String,
    alt: String,
}

/// What a paper has beside its content: its reader, its hash and its code.
#[derive(Clone, Copy)]
pub(super) struct Stamp<'a> {
    /// Who prints, in the language of the paper.
    pub ui: &'a Ui,
    /// For the address of this site.
    pub config: &'a Config,
    /// The hash of what was frozen.
    pub sha256: &'a [u8],
    /// The code of that content.
    pub code: &'a Code,
    /// It is no paper of the court yet: its extract was not sent.
    pub is_draft: bool,
}

/// What a paper is called, and what is verified of it.
pub(super) struct Kind<'a> {
    /// Its title.
    pub title: String,
    /// Number of the judicial file.
    pub number: &'a str,
    /// What the hash is of.
    pub print: String,
    /// What a correction would be.
    pub rule: String,
}

impl Line {
    fn new(text: impl AsRef<str>, look: Look) -> Self {
        Self {
            text: tame(text.as_ref()),
            look,
        }
    }

    /// As the rest.
    pub fn plain(text: impl AsRef<str>) -> Self {
        Self::new(text, Look::Plain)
    }

    /// A name.
    pub fn strong(text: impl AsRef<str>) -> Self {
        Self::new(text, Look::Strong)
    }

    /// What explains the line before.
    pub fn soft(text: impl AsRef<str>) -> Self {
        Self::new(text, Look::Soft)
    }

    /// A number, a hash.
    pub fn code(text: impl AsRef<str>) -> Self {
        Self::new(text, Look::Code)
    }
}

impl Row {
    /// A label and its lines; empty ones are left out.
    pub fn new(label: impl AsRef<str>, lines: Vec<Line>) -> Self {
        Self {
            label: tame(label.as_ref()),
            lines: lines
                .into_iter()
                .filter(|line| !line.text.trim().is_empty())
                .collect(),
        }
    }

    /// A label and one line.
    pub fn of(label: impl AsRef<str>, line: Line) -> Self {
        Self::new(label, vec![line])
    }
}

impl Section {
    /// Rows under a heading.
    pub fn rows(title: impl AsRef<str>, rows: Vec<Row>) -> Self {
        Self {
            title: tame(title.as_ref()),
            rows,
            said: Vec::new(),
        }
    }

    /// Paragraphs under a heading.
    pub fn said(title: impl AsRef<str>, words: &str, ui: &Ui) -> Self {
        Self {
            title: tame(title.as_ref()),
            rows: Vec::new(),
            said: said(words, ui.lang()),
        }
    }
}

impl Sheet {
    /// A paper of that title and content, for this reader and this moment.
    pub fn new(
        stamp: Stamp<'_>,
        kind: &Kind<'_>,
        facts: Vec<Row>,
        sections: Vec<Section>,
    ) -> Result<Self, AppError> {
        let ui = stamp.ui;
        let lang = ui.lang();
        let address = format!("{}/verify/{}", stamp.config.public_url, stamp.code.as_str());
        let watermark = format!("{} · {}", ui.my_name(), ui.moment(ui.now()));
        let watermark = if stamp.is_draft {
            format!("{} · {watermark}", ui.t("judicial-paper-draft"))
        } else {
            watermark
        };
        let moment = ui.moment(ui.now());
        let printed = ui.t2(
            "judicial-paper-copy",
            ("name", ui.my_name()),
            ("at", moment),
        );
        Ok(Self {
            lang: lang.code(),
            rtl: lang == Lang::Ar,
            title: tame(&kind.title),
            number: tame(kind.number),
            facts,
            sections,
            check: Check {
                title: tame(&ui.t("judicial-paper-check")),
                hint: tame(&ui.t("judicial-paper-check-hint")),
                rule: tame(&kind.rule),
                print_label: format!("{} SHA-256", tame(&kind.print)),
                print: prosecution::grouped(stamp.sha256),
                code_label: tame(&ui.t("judicial-paper-code")),
                code: stamp.code.grouped(),
                qr: qr::svg(&address)?,
                address,
                alt: tame(&ui.t("judicial-paper-qr")),
            },
            watermark: tame(&watermark),
            copy: tame(&printed),
        })
    }
}

/// A text as it can be set: without the marks that turn the direction of what follows, and with a space for each other
/// character that is no letter of a line.
pub(super) fn tame(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| !turns(c))
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// The paragraphs of somebody's words.
fn said(words: &str, lang: Lang) -> Vec<Said> {
    words
        .lines()
        .map(tame)
        .filter(|line| !line.trim().is_empty())
        .map(|text| Said {
            rtl: runs_right(&text).unwrap_or(lang == Lang::Ar),
            text,
        })
        .collect()
}

/// Whether the first letter of a text is of a script that runs from the right; nothing if it has no letter.
fn runs_right(text: &str) -> Option<bool> {
    let first = text.chars().find(|c| c.is_alphabetic())?;
    Some(matches!(first, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_letters_and_loses_what_turns_it() {
        assert_eq!(
            tame("\u{202e}abc\u{2066}د\u{2069}\tه\r\u{2029}"),
            "abcد ه  "
        );
        let wild = r#"#read("/etc/passwd") *bold* $x$ @ref \u{41}"#;
        assert_eq!(
            tame(wild),
            wild,
            "what means something elsewhere is a text here"
        );
    }

    #[test]
    fn words_run_as_their_first_letter_does() {
        let lines = said("12 طفل\n\nChild of 3\n—", Lang::Ar);
        let told: Vec<(&str, bool)> = lines.iter().map(|l| (l.text.as_str(), l.rtl)).collect();
        assert_eq!(told, [("12 طفل", true), ("Child of 3", false), ("—", true)]);
    }
}
