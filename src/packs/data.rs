//! Open data: every published cell of the period as CSV (RFC 4180, UTF-8 with its mark), and the dictionary of what the codes
//! mean, in three languages.

use super::{
    book::{named, parts_of},
    material::Material,
    safe,
};
use crate::{
    disclosure::CLOSED_LIST,
    error::AppError,
    i18n::Lang,
    ids::TerritoryId,
    indicators,
    releases::{
        read::{Figures, Told},
        words,
    },
    web::Ui,
};
use std::io::{Cursor, Write};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// Tells a spreadsheet that the bytes are UTF-8.
const MARK: &str = "\u{feff}";
/// The country in the place of a territory, as the fingerprint of a release writes it.
const COUNTRY: &str = "*";

/// The columns of each file, in their order.
const CELLS: [&str; 9] = [
    "as_of",
    "table",
    "territory",
    "hcp_code",
    "part",
    "mark",
    "value",
    "last_day",
    "last_value",
];
const MEDIANS: [&str; 7] = [
    "as_of",
    "indicator",
    "territory",
    "part",
    "over",
    "median_days",
    "p90_days",
];
const CORRECTIONS: [&str; 7] = [
    "told_by",
    "release",
    "table",
    "territory",
    "part",
    "was",
    "becomes",
];
const RELEASES: [&str; 5] = ["release", "as_of", "method", "told_at", "sha256"];
const BEFORE: [&str; 9] = [
    "measure",
    "unit",
    "value",
    "sex",
    "as_of",
    "precision",
    "territories",
    "source",
    "quote",
];
const DICTIONARY: [&str; 12] = [
    "kind",
    "table",
    "code",
    "ar",
    "fr",
    "en",
    "unit_ar",
    "unit_fr",
    "unit_en",
    "growth_ar",
    "growth_fr",
    "growth_en",
];

/// A reader of each language, for the dictionary.
pub(super) type Readers<'a> = [&'a Ui; 3];

/// The archive. Takes a moment: call it where nobody waits.
pub(super) fn archive(readers: Readers<'_>, material: &Material) -> Result<Vec<u8>, AppError> {
    let files = [
        ("cells.csv", cells(material)?),
        ("medians.csv", medians(material)?),
        ("corrections.csv", corrections(material)?),
        ("releases.csv", releases(material)?),
        ("before.csv", before(material)?),
        ("dictionary.csv", dictionary(readers, material)?),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // the same cells make the same bytes, whenever they are asked for
    let how = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in &files {
        zip.start_file(*name, how).map_err(AppError::internal)?;
        zip.write_all(text).map_err(AppError::internal)?;
    }
    Ok(zip.finish().map_err(AppError::internal)?.into_inner())
}

/// Lines of a file, each of as many fields as there are columns.
struct Lines(csv::Writer<Vec<u8>>);

impl Lines {
    fn new(columns: &[&str]) -> Result<Self, AppError> {
        let mut lines = Self(
            csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .from_writer(MARK.as_bytes().to_vec()),
        );
        lines.add(columns.iter().copied())?;
        Ok(lines)
    }

    fn add<S: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = S>) -> Result<(), AppError> {
        let fields = fields.into_iter().map(|field| safe::cell(field.as_ref()));
        self.0.write_record(fields).map_err(AppError::internal)
    }

    fn end(self) -> Result<Vec<u8>, AppError> {
        self.0
            .into_inner()
            .map_err(|error| AppError::internal(error.to_string()))
    }
}

fn place(id: Option<TerritoryId>) -> String {
    id.map_or_else(|| COUNTRY.to_owned(), |id| id.0.to_string())
}

/// Of each release of the period, all there is. A figure that is not told has no value.
fn cells(material: &Material) -> Result<Vec<u8>, AppError> {
    let places = material.by_id();
    let mut lines = Lines::new(&CELLS)?;
    for (release, figures) in material.releases.iter().zip(&material.months) {
        for cell in figures.cells() {
            let (mark, value, last) = match cell.told {
                Told::Shown(n) => ("shown", Some(n), None),
                Told::Few => ("few", None, None),
                Told::Withheld { last } => ("withheld", None, last),
            };
            let hcp_code = cell.place.and_then(|id| places.get(&id));
            lines.add([
                release.as_of.to_string(),
                cell.table.clone(),
                place(cell.place),
                hcp_code.map_or_else(String::new, |place| place.hcp_code.clone()),
                cell.part.clone(),
                mark.to_owned(),
                value.map_or_else(String::new, |n| n.to_string()),
                last.map_or_else(String::new, |(day, _)| day.to_string()),
                last.map_or_else(String::new, |(_, n)| n.to_string()),
            ])?;
        }
    }
    lines.end()
}

fn medians(material: &Material) -> Result<Vec<u8>, AppError> {
    let mut lines = Lines::new(&MEDIANS)?;
    for (release, medians) in material.releases.iter().zip(&material.medians) {
        for one in medians {
            lines.add([
                release.as_of.to_string(),
                one.indicator.clone(),
                place(one.place),
                one.part.clone(),
                one.over.clone(),
                one.median_days.to_string(),
                one.p90_days
                    .map_or_else(String::new, |days| days.to_string()),
            ])?;
        }
    }
    lines.end()
}

fn corrections(material: &Material) -> Result<Vec<u8>, AppError> {
    let mut lines = Lines::new(&CORRECTIONS)?;
    for one in &material.corrections {
        let mut of = material.all.iter();
        let release = of.find(|release| release.as_of == one.of);
        lines.add([
            one.told_by.to_string(),
            release.map_or_else(String::new, |release| release.number.to_string()),
            one.table.clone(),
            place(one.place),
            one.part.clone(),
            one.was.to_string(),
            one.becomes.to_string(),
        ])?;
    }
    lines.end()
}

fn releases(material: &Material) -> Result<Vec<u8>, AppError> {
    let mut lines = Lines::new(&RELEASES)?;
    for release in &material.all {
        lines.add([
            release.number.to_string(),
            release.as_of.to_string(),
            release.method.to_string(),
            release.computed_at.to_rfc3339(),
            hex::encode(&release.sha256),
        ])?;
    }
    lines.end()
}

fn before(material: &Material) -> Result<Vec<u8>, AppError> {
    let mut lines = Lines::new(&BEFORE)?;
    for one in &material.history {
        let territories: Vec<String> = one.territories.iter().map(i16::to_string).collect();
        lines.add([
            one.measure.as_str(),
            &one.unit,
            &one.value.to_string(),
            one.sex.as_deref().unwrap_or_default(),
            &one.as_of.to_string(),
            &one.precision,
            &territories.join("|"),
            &one.source,
            one.quote.as_deref().unwrap_or_default(),
        ])?;
    }
    lines.end()
}

/// The meaning of each table, part, mark, place and column.
fn dictionary(readers: Readers<'_>, material: &Material) -> Result<Vec<u8>, AppError> {
    let mut lines = Lines::new(&DICTIONARY)?;
    for code in tables(&material.figures) {
        let growth = |ui: &Ui| words::growth(ui, &code).unwrap_or_default();
        let mut line = vec!["table".to_owned(), code.clone(), String::new()];
        line.extend(readers.map(|ui| words::table_name(ui.lang(), &code)));
        line.extend(readers.map(|ui| words::unit(ui, &code)));
        line.extend(readers.map(growth));
        lines.add(line)?;
        let parts = readers
            .first()
            .map(|ui| parts_of(ui, &material.figures, &code));
        for part in parts.unwrap_or_default() {
            let said = readers.map(|ui| words::part_name(ui.catalogue(), ui.lang(), &code, &part));
            lines.add(entry(("part", &code, &part), said))?;
        }
    }
    for mark in ["shown", "few", "withheld"] {
        let said = readers.map(|ui| ui.t(&format!("pack-mark-{mark}")));
        lines.add(entry(("mark", "", mark), said))?;
    }
    let country = readers.map(|ui| ui.t("table-country"));
    lines.add(entry(("territory", "", COUNTRY), country))?;
    for one in &material.places {
        let names = [Lang::Ar, Lang::Fr, Lang::En].map(|lang| named(one, lang).to_owned());
        lines.add(entry(("territory", "", &one.id.0.to_string()), names))?;
    }
    for of in &indicators::ALL {
        let said = readers.map(|ui| indicators::name(ui, of));
        lines.add(entry(("indicator", "", of.code), said))?;
    }
    let files: [(&str, &[&str]); 5] = [
        ("cells.csv", &CELLS),
        ("medians.csv", &MEDIANS),
        ("corrections.csv", &CORRECTIONS),
        ("releases.csv", &RELEASES),
        ("before.csv", &BEFORE),
    ];
    for (file, columns) in files {
        for column in columns {
            let key = format!("pack-column-{}", column.replace('_', "-"));
            let said = readers.map(|ui| ui.t(&key));
            lines.add(entry(("column", file, column), said))?;
        }
    }
    lines.end()
}

/// A line of the dictionary without a unit.
fn entry((kind, table, code): (&str, &str, &str), said: [String; 3]) -> Vec<String> {
    let mut line = vec![kind.to_owned(), table.to_owned(), code.to_owned()];
    line.extend(said);
    line.resize(DICTIONARY.len(), String::new());
    line
}

/// The codes of the tables that have a cell, as the closed list has them.
fn tables(figures: &Figures) -> Vec<String> {
    let codes = CLOSED_LIST.iter().flat_map(|system| {
        std::iter::once(system.code).chain(system.tables.iter().map(|table| table.code))
    });
    codes
        .filter(|code| figures.cells().iter().any(|cell| cell.table == *code))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_and_never_calculated() {
        let mut lines = Lines::new(&["a", "b"]).unwrap();
        lines.add(["=1+1", "x, \"y\""]).unwrap();
        lines.add(["الرباط", ""]).unwrap();
        let text = String::from_utf8(lines.end().unwrap()).unwrap();
        assert_eq!(text, "\u{feff}a,b\r\n'=1+1,\"x, \"\"y\"\"\"\r\nالرباط,\r\n");
    }

    #[test]
    fn every_column_has_its_words() {
        let columns = CELLS
            .iter()
            .chain(&MEDIANS)
            .chain(&CORRECTIONS)
            .chain(&RELEASES)
            .chain(&BEFORE);
        for column in columns {
            let key = format!("pack-column-{}", column.replace('_', "-"));
            for lang in Lang::ALL {
                assert_ne!(lang.t(&key), key, "{}", lang.code());
            }
        }
    }
}
