//! How a cell of the workbook is written, and looks.

use super::{book::Cell, safe};
use crate::i18n::Lang;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError, utility};

/// What cells look like.
#[derive(Debug)]
pub(super) struct Looks {
    pub title: Format,
    pub soft: Format,
    pub head: Format,
    pub name: Format,
    pub strong: Format,
    pub number: Format,
    pub words: Format,
    pub share: Format,
}

impl Looks {
    /// In the way of that language.
    pub fn new(lang: Lang) -> Self {
        // 1: from the left, 2: from the right, whatever the first letter is
        let way = if lang == Lang::Ar { 2 } else { 1 };
        let plain = || Format::new().set_reading_direction(way);
        Self {
            title: plain().set_bold().set_font_size(14),
            soft: plain().set_font_color(0x59_59_59),
            head: plain()
                .set_bold()
                .set_text_wrap()
                .set_background_color(0xE0_EF_EA),
            name: plain(),
            strong: plain().set_bold(),
            number: Format::new().set_num_format("#,##0"),
            words: plain()
                .set_font_color(0x59_59_59)
                .set_align(FormatAlign::Center),
            share: Format::new().set_num_format("0.0%"),
        }
    }
}

/// Writes a text, and nothing that could be taken for a formula.
pub(super) fn text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    words: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, safe::cell(words), look)?;
    Ok(())
}

/// Whether the total can be written as the sum of its parts.
pub(super) fn sum(total: &Cell, parts: &[Cell]) -> bool {
    let told: Option<Vec<i64>> = parts.iter().map(Cell::number).collect();
    told.is_some_and(|told| told.len() > 1 && total.number() == Some(told.iter().sum()))
}

/// How many columns so many parts take.
pub(super) fn columns(parts: &[String]) -> u16 {
    u16::try_from(parts.len()).unwrap_or(u16::MAX)
}

/// `C5`.
pub(super) fn name(row: u32, column: u16) -> String {
    utility::row_col_to_cell(row, column)
}

/// A count as a spreadsheet keeps it: exact up to nine thousand million million.
pub(super) fn float(n: i64) -> f64 {
    i32::try_from(n).map_or_else(|_| n.to_string().parse().unwrap_or(0.0), f64::from)
}

pub(super) fn quotient(n: i64, of: i64) -> String {
    (float(n) / float(of)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Cell {
        Cell::Words(text.to_owned())
    }

    #[test]
    fn a_total_is_a_sum_where_all_its_parts_are_told() {
        let number = Cell::Number;
        assert!(sum(&number(12), &[number(7), number(5), number(0)]));
        assert!(!sum(&number(12), &[number(7), words("x")]));
        assert!(!sum(&words("x"), &[number(7), number(5)]));
        assert!(!sum(&number(13), &[number(7), number(5)]));
        assert!(!sum(&number(7), &[number(7)]));
        assert!(!sum(&number(0), &[]));
    }

    #[test]
    fn cells_have_their_names() {
        assert_eq!(name(4, 2), "C5");
        assert_eq!(quotient(1, 4), "0.25");
    }
}
