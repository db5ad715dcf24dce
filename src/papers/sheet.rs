//! What a paper says, before it is set: words and values, and nothing that the typesetter could take for its language.

use super::{code::Code, qr};
use crate::{config::Config, error::AppError, i18n::Lang, prosecution, web::Ui};
use serde::Serialize;

/// Pages that are set while a reader waits, a second of one core at most; more are set by background work.
const PAGES_AT_ONCE: usize = 10;
/// Lines on a page: `paper.typ` leaves 689 points of A4, and a line with what is between two takes 16.4.
const LINES_OF_A_PAGE: usize = 42;
/// Letters on a line of somebody's words, in the column of values, and in that of labels. A letter takes half of 10.5 points
/// or a little more: words are broken whole, so a line is counted shorter than it is.
const LETTERS_OF_WORDS: usize = 85;
const LETTERS_OF_A_VALUE: usize = 62;
const LETTERS_OF_A_LABEL: usize = 18;
/// Lines that a heading takes with what is around it; and the title and the box of verification together.
const LINES_OF_A_HEADING: usize = 2;
const LINES_AROUND: usize = 16;

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

    /// Lines that it takes on paper, as far as its letters tell.
    fn height(&self) -> usize {
        let value = |line: &Line| height(&line.text, LETTERS_OF_A_VALUE);
        let values: usize = self.lines.iter().map(value).sum();
        values.max(height(&self.label, LETTERS_OF_A_LABEL))
    }
}

/// Lines that a text takes where so many letters have room; an empty one takes its line.
fn height(text: &str, letters: usize) -> usize {
    text.chars().count().div_ceil(letters).max(1)
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

    fn height(&self) -> usize {
        let said = |one: &Said| height(&one.text, LETTERS_OF_WORDS);
        let rows: usize = self.rows.iter().map(Row::height).sum();
        LINES_OF_A_HEADING + rows + self.said.iter().map(said).sum::<usize>()
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

    /// Pages that it takes, as far as its letters tell.
    fn pages(&self) -> usize {
        let facts: usize = self.facts.iter().map(Row::height).sum();
        let sections: usize = self.sections.iter().map(Section::height).sum();
        (LINES_AROUND + facts + sections).div_ceil(LINES_OF_A_PAGE)
    }

    /// Whether it is too long to be set while its reader waits.
    pub fn is_long(&self) -> bool {
        self.pages() > PAGES_AT_ONCE
    }

    /// As it is handed to the typesetter.
    pub fn content(&self) -> Result<String, AppError> {
        serde_json::to_string(self).map_err(AppError::internal)
    }

    /// All of it but its reader and its moment: what two copies of one paper share.
    pub fn shared(&self) -> Result<String, AppError> {
        let mut value = serde_json::to_value(self).map_err(AppError::internal)?;
        if let Some(map) = value.as_object_mut() {
            map.remove("watermark");
            map.remove("copy");
        }
        Ok(value.to_string())
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

    fn paper(lines: usize, reader: &str) -> Sheet {
        let words = "طفلة تبيت قرب محطة القطار رفقة رضيع.\n".repeat(lines);
        let section = |rows, said| Section {
            title: "x".to_owned(),
            rows,
            said,
        };
        let empty = String::new;
        Sheet {
            lang: "ar",
            rtl: true,
            title: empty(),
            number: empty(),
            facts: vec![Row::of("x", Line::plain("y"))],
            sections: vec![section(Vec::new(), said(&words, Lang::Ar))],
            check: Check {
                title: empty(),
                hint: empty(),
                rule: empty(),
                print_label: empty(),
                print: empty(),
                code_label: empty(),
                code: empty(),
                address: empty(),
                qr: empty(),
                alt: empty(),
            },
            watermark: reader.to_owned(),
            copy: reader.to_owned(),
        }
    }

    #[test]
    fn a_paper_is_as_long_as_its_lines() {
        assert_eq!(paper(1, "a").pages(), 1);
        assert!(!paper(90, "a").is_long() && !paper(400, "a").is_long());
        assert!(paper(402, "a").is_long());
        assert_eq!(
            (height("", 9), height("a", 9), height(&"a".repeat(10), 9)),
            (1, 1, 2)
        );
        let row = Row::new(
            "x".repeat(19),
            vec![Line::plain("y"), Line::code("z".repeat(63))],
        );
        assert_eq!(row.height(), 3);
    }

    #[test]
    fn copies_of_two_readers_share_the_rest() {
        let (one, other) = (paper(3, "a"), paper(3, "b"));
        assert_eq!(one.shared().unwrap(), other.shared().unwrap());
        assert_ne!(one.content().unwrap(), other.content().unwrap());
        assert_ne!(one.shared().unwrap(), paper(4, "a").shared().unwrap());
    }

    #[test]
    fn words_run_as_their_first_letter_does() {
        let lines = said("12 طفل\n\nChild of 3\n—", Lang::Ar);
        let told: Vec<(&str, bool)> = lines.iter().map(|l| (l.text.as_str(), l.rtl)).collect();
        assert_eq!(told, [("12 طفل", true), ("Child of 3", false), ("—", true)]);
    }
}
