//! The workbook: a sheet each table, from the right in Arabic. A cell is a number, or a text; the only formulas are ours.

use super::{
    book::{Book, Cell, Level, Table},
    looks::{Looks, columns, float, name, quotient, sum, text},
    safe,
};
use crate::{error::AppError, i18n::Lang, web::Ui};
use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, Formula, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// Letters of the name of a sheet, at most.
const NAME: usize = 31;
/// Row of the heads of a table: its title and what it counts stand above.
const HEAD: u32 = 3;

/// Sheets with names of their own.
struct Desk<'a> {
    ui: &'a Ui,
    looks: Looks,
    book: Workbook,
    names: BTreeSet<String>,
}

/// Writes it. Takes a moment: call it where nobody waits.
pub(super) fn write(ui: &Ui, book: &Book, made: DateTime<Utc>) -> Result<Vec<u8>, AppError> {
    written(ui, book, made).map_err(AppError::internal)
}

fn written(ui: &Ui, book: &Book, made: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let mut desk = Desk {
        ui,
        looks: Looks::new(ui.lang()),
        book: Workbook::new(),
        names: BTreeSet::new(),
    };
    let properties = DocProperties::new()
        .set_title(safe::plain(&ui.t("pack-doc-title")))
        .set_subject(safe::plain(&book.period))
        .set_author("Sanad")
        .set_creation_datetime(&made);
    desk.book.set_properties(&properties);
    desk.about(book)?;
    for table in &book.tables {
        desk.table(table)?;
    }
    desk.months(book)?;
    desk.medians(book)?;
    desk.corrections(book)?;
    desk.history(book)?;
    desk.book.save_to_buffer()
}

impl Desk<'_> {
    /// A sheet of that name, which begins with its title and a line on it.
    fn sheet(&mut self, title: &str, note: &str) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(self.name(title))?;
        sheet.set_right_to_left(self.ui.lang() == Lang::Ar);
        sheet.set_landscape().set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0);
        text(&mut sheet, (0, 0), title, &self.looks.title)?;
        text(&mut sheet, (1, 0), note, &self.looks.soft)?;
        Ok(sheet)
    }

    /// A name that no other sheet has, of letters that a sheet may have.
    fn name(&mut self, title: &str) -> String {
        let letters = safe::plain(title);
        let letters = letters
            .chars()
            .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\''));
        let stem: String = letters.take(NAME - 3).collect();
        let stem = stem.trim().to_owned();
        let mut name = stem.clone();
        let mut n = 2;
        // names that differ by their capitals alone are one
        while name.is_empty() || !self.names.insert(name.to_lowercase()) {
            name = format!("{stem} {n}");
            n += 1;
        }
        name
    }

    /// What it is, and how it is read.
    fn about(&mut self, book: &Book) -> Result<(), XlsxError> {
        let mut sheet = self.sheet(&self.ui.t("pack-sheet-about"), &book.period)?;
        let mut lines = vec![
            self.ui.t("pack-doc-title"),
            book.as_of.clone(),
            book.told_at.clone(),
            format!("{}: {}", self.ui.t("pack-doc-print"), book.print),
        ];
        lines.extend(book.method.iter().cloned());
        let mut row = HEAD;
        for line in &lines {
            text(&mut sheet, (row, 0), line, &self.looks.name)?;
            row += 1;
        }
        row += 1;
        for key in &book.keys {
            text(&mut sheet, (row, 0), &key.label, &self.looks.name)?;
            self.cell(&mut sheet, (row, 1), &key.value)?;
            text(&mut sheet, (row, 2), &key.unit, &self.looks.soft)?;
            row += 1;
        }
        sheet.set_column_width(0, 60)?;
        sheet.set_column_width(1, 34)?;
        sheet.set_column_width(2, 30)?;
        self.book.push_worksheet(sheet);
        Ok(())
    }

    /// Places down, parts across. The total is a sum where each part is told and they add up to it; where one is not told,
    /// a sum would be another figure than the one that was published.
    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let mut sheet = self.sheet(&table.title, &table.about)?;
        let looks = &self.looks;
        let mut heads = vec![self.ui.t("pack-doc-place"), self.ui.t("told-total")];
        heads.extend(table.parts.iter().cloned());
        heads.push(self.ui.t("pack-sheet-share"));
        for (at, words) in (0u16..).zip(&heads) {
            text(&mut sheet, (HEAD, at), words, &looks.head)?;
        }
        let share = 2 + columns(&table.parts);
        let country = HEAD + 1;
        for (row, line) in (country..).zip(&table.rows) {
            let look = match line.level {
                Level::Country | Level::Region => &looks.strong,
                Level::Prefecture => &looks.name,
            };
            text(&mut sheet, (row, 0), &line.name, look)?;
            for (at, cell) in (2u16..).zip(&line.parts) {
                self.cell(&mut sheet, (row, at), cell)?;
            }
            match (&line.total, sum(&line.total, &line.parts)) {
                (Cell::Number(n), true) => {
                    let (from, to) = (name(row, 2), name(row, share - 1));
                    let formula = Formula::new(format!("=SUM({from}:{to})"));
                    let formula = formula.set_result(n.to_string());
                    sheet.write_formula_with_format(row, 1, formula, &looks.number)?;
                }
                (total, _) => self.cell(&mut sheet, (row, 1), total)?,
            }
            let whole = table.rows.first().and_then(|first| first.total.number());
            if let (Some(n), Some(whole)) = (line.total.number(), whole.filter(|n| *n > 0)) {
                let formula = format!("={}/{}", name(row, 1), name(country, 1));
                let formula = Formula::new(formula).set_result(quotient(n, whole));
                sheet.write_formula_with_format(row, share, formula, &looks.share)?;
            }
        }
        sheet.set_column_width(0, 34)?;
        for at in 1..=share {
            sheet.set_column_width(at, 32)?;
        }
        sheet.set_freeze_panes(HEAD + 1, 1)?;
        sheet.set_repeat_rows(HEAD, HEAD)?;
        self.book.push_worksheet(sheet);
        Ok(())
    }

    /// The totals of the country, months down.
    fn months(&mut self, book: &Book) -> Result<(), XlsxError> {
        let title = self.ui.t("pack-sheet-months");
        let mut sheet = self.sheet(&title, &self.ui.t("pack-doc-trends-note"))?;
        let looks = &self.looks;
        let days: BTreeSet<_> = book
            .trends
            .iter()
            .flat_map(|trend| trend.points.iter().map(|(day, _)| *day))
            .collect();
        text(
            &mut sheet,
            (HEAD, 0),
            &self.ui.t("pack-doc-month"),
            &looks.head,
        )?;
        for (row, day) in (HEAD + 1..).zip(&days) {
            text(
                &mut sheet,
                (row, 0),
                &self.ui.lang().month(*day),
                &looks.name,
            )?;
        }
        for (at, trend) in (1u16..).zip(&book.trends) {
            text(&mut sheet, (HEAD, at), &trend.title, &looks.head)?;
            sheet.set_column_width(at, 32)?;
            for (row, day) in (HEAD + 1..).zip(&days) {
                let point = trend.points.iter().find(|(one, _)| one == day);
                if let Some((_, cell)) = point {
                    self.cell(&mut sheet, (row, at), cell)?;
                }
            }
        }
        sheet.set_column_width(0, 22)?;
        sheet.set_freeze_panes(HEAD + 1, 1)?;
        self.book.push_worksheet(sheet);
        Ok(())
    }

    /// How long things last, of the last quarter that is told.
    fn medians(&mut self, book: &Book) -> Result<(), XlsxError> {
        if book.medians.is_empty() {
            return Ok(());
        }
        let note = self
            .ui
            .t1("pack-doc-medians-note", "month", book.medians_of.as_str());
        let mut sheet = self.sheet(&self.ui.t("pack-sheet-medians"), &note)?;
        let heads = [
            "pack-doc-indicator",
            "pack-doc-place",
            "pack-doc-over",
            "pack-doc-median",
            "pack-doc-p90",
        ];
        for (at, key) in (0u16..).zip(heads) {
            text(&mut sheet, (HEAD, at), &self.ui.t(key), &self.looks.head)?;
            sheet.set_column_width(at, 30)?;
        }
        for (row, one) in (HEAD + 1..).zip(&book.medians) {
            for (at, words) in (0u16..).zip([&one.what, &one.place, &one.over]) {
                text(&mut sheet, (row, at), words, &self.looks.name)?;
            }
            self.cell(&mut sheet, (row, 3), &Cell::Number(one.median))?;
            let p90 = one
                .p90
                .map_or_else(|| Cell::Words(self.ui.t("told-withheld")), Cell::Number);
            self.cell(&mut sheet, (row, 4), &p90)?;
        }
        self.book.push_worksheet(sheet);
        Ok(())
    }

    fn corrections(&mut self, book: &Book) -> Result<(), XlsxError> {
        let title = self.ui.t("pack-sheet-corrections");
        let note = if book.corrections.is_empty() {
            "pack-doc-no-corrections"
        } else {
            "pack-doc-corrections-note"
        };
        let mut sheet = self.sheet(&title, &self.ui.t(note))?;
        let heads = [
            "pack-doc-month",
            "pack-doc-table",
            "pack-doc-place",
            "pack-doc-part",
            "pack-doc-was",
            "pack-doc-becomes",
            "pack-doc-told-by",
        ];
        for (at, key) in (0u16..).zip(heads) {
            text(&mut sheet, (HEAD, at), &self.ui.t(key), &self.looks.head)?;
            sheet.set_column_width(at, 24)?;
        }
        for (row, one) in (HEAD + 1..).zip(&book.corrections) {
            for (at, words) in (0u16..).zip([&one.month, &one.table, &one.place, &one.part]) {
                text(&mut sheet, (row, at), words, &self.looks.name)?;
            }
            self.cell(&mut sheet, (row, 4), &Cell::Number(one.was))?;
            self.cell(&mut sheet, (row, 5), &Cell::Number(one.becomes))?;
            text(&mut sheet, (row, 6), &one.told_by, &self.looks.name)?;
        }
        self.book.push_worksheet(sheet);
        Ok(())
    }

    fn history(&mut self, book: &Book) -> Result<(), XlsxError> {
        let title = self.ui.t("pack-sheet-history");
        let mut sheet = self.sheet(&title, &self.ui.t("pack-doc-history-note"))?;
        let heads = ["pack-doc-figure", "pack-doc-scope", "pack-doc-source"];
        for (at, key) in (0u16..).zip(heads) {
            text(&mut sheet, (HEAD, at), &self.ui.t(key), &self.looks.head)?;
            sheet.set_column_width(at, 48)?;
        }
        for (row, one) in (HEAD + 1..).zip(&book.history) {
            for (at, words) in (0u16..).zip([&one.figure, &one.scope, &one.source]) {
                text(&mut sheet, (row, at), words, &self.looks.name)?;
            }
        }
        self.book.push_worksheet(sheet);
        Ok(())
    }

    /// A number, or words: what is not told is never written as a number.
    fn cell(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        cell: &Cell,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Number(n) => {
                sheet.write_number_with_format(row, column, float(*n), &self.looks.number)?;
            }
            Cell::Words(words) => text(sheet, (row, column), words, &self.looks.words)?,
        }
        Ok(())
    }
}
