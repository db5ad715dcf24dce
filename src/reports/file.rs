//! A report as a file: comma-separated values, or a workbook of one sheet, as any sheet program opens them; no cell of it runs.

use crate::i18n::Lang;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A cell of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Words(String),
    Number(i64),
}

impl Cell {
    /// Words that no sheet program takes for anything else. What keeps two directions apart on a page would stand in the way
    /// of a search.
    fn words(words: &str) -> String {
        inert(&words.replace(['\u{2068}', '\u{2069}'], ""))
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

/// Lines of cells as one text, which says that it is UTF-8.
pub(super) fn text(lines: &[Vec<Cell>]) -> String {
    let mut out = String::from('\u{feff}');
    for line in lines {
        let cells = line.iter().map(|cell| match cell {
            Cell::Words(words) => quoted(&Cell::words(words)),
            Cell::Number(n) => n.to_string(),
        });
        let cells: Vec<String> = cells.collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// The same as a workbook, its sheet from the right in Arabic. There is no formula in it.
pub(super) fn workbook(lang: Lang, name: &str, lines: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    // 1: from the left, 2: from the right, whatever the first letter is
    let way = if lang == Lang::Ar { 2 } else { 1 };
    let (plain, number) = (
        Format::new().set_reading_direction(way),
        Format::new().set_num_format("#,##0"),
    );
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    sheet.set_right_to_left(lang == Lang::Ar);
    sheet.set_column_width(0, 34)?;
    for (row, line) in (0u32..).zip(lines) {
        for (column, cell) in (0u16..).zip(line) {
            match cell {
                Cell::Words(words) => {
                    sheet.write_string_with_format(row, column, Cell::words(words), &plain)?;
                }
                Cell::Number(n) => {
                    // a sheet program counts in floating point; no figure here comes near what that cannot hold
                    let n = i32::try_from(*n).unwrap_or(i32::MAX);
                    sheet.write_number_with_format(row, column, n, &number)?;
                }
            }
        }
    }
    book.save_to_buffer()
}

/// What a sheet program would take for a formula begins with an apostrophe instead, which makes it text.
fn inert(cell: &str) -> String {
    let runs = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠'
        )
    };
    // marks of direction are not seen, and do not hide what comes after them
    let first = cell.chars().find(|c| !is_mark(*c) && *c != ' ');
    if first.is_some_and(runs) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', ';', '"', '\r', '\n', '\t']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(words: &str) -> String {
        let cell = |words: &str| Cell::Words(words.to_owned());
        let text = text(&[vec![cell(words), cell("x")]]);
        let text = text
            .strip_prefix('\u{feff}')
            .unwrap()
            .strip_suffix(",x\r\n");
        text.unwrap().to_owned()
    }

    #[test]
    fn nothing_runs() {
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\u{200f}=1", "＝1"] {
            assert!(one(evil).starts_with('\''), "{evil}");
        }
        assert_eq!(one("\t=1"), "\"'\t=1\"");
        assert_eq!(one("\r=1"), "\"'\r=1\"");
        assert_eq!(one("الرباط"), "الرباط");
        assert_eq!(one("12"), "12");
    }

    #[test]
    fn a_number_is_one_in_either_file() {
        let lines = [vec![Cell::Number(1240), Cell::Words("=1+1".to_owned())]];
        assert!(text(&lines).ends_with("1240,'=1+1\r\n"));
        let book = workbook(Lang::Ar, "x", &lines).unwrap();
        assert_eq!(book.get(..2), Some(&b"PK"[..]));
    }

    #[test]
    fn a_cell_keeps_its_commas_and_quotes() {
        assert_eq!(one("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(one("a\nb"), "\"a\nb\"");
    }
}
