//! What stands in the files: figures as they were told, nothing of what was not, and no cell that calculates anything of ours.

use super::*;
use sanad::i18n::Lang;
use sha2::{Digest, Sha256};

/// The texts of a workbook, in the order of their numbers.
fn texts(files: &BTreeMap<String, String>) -> Vec<String> {
    let shared = &files["xl/sharedStrings.xml"];
    let items = shared.split("<si>").skip(1);
    items
        .map(|item| {
            let (_, rest) = item.split_once("<t").unwrap();
            let (_, rest) = rest.split_once('>').unwrap();
            let (text, _) = rest.split_once("</t>").unwrap();
            text.replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
        })
        .collect()
}

/// A cell: its name, the formula in it, and its value, a text or a number.
#[derive(Debug)]
struct Cell {
    name: String,
    formula: Option<String>,
    is_text: bool,
    value: String,
}

fn cells(sheet: &str, texts: &[String]) -> Vec<Cell> {
    let between = |text: &str, from: &str, to: &str| {
        let (_, rest) = text.split_once(from)?;
        Some(rest.split_once(to)?.0.to_owned())
    };
    let mut all = Vec::new();
    for part in sheet.split("<c r=\"").skip(1) {
        let cell = part.split("<c ").next().unwrap();
        let (head, _) = cell.split_once('>').unwrap();
        let Some(value) = between(cell, "<v>", "</v>") else {
            continue;
        };
        let is_text = head.contains("t=\"s\"");
        all.push(Cell {
            name: head.split('"').next().unwrap().to_owned(),
            formula: between(cell, "<f>", "</f>"),
            value: if is_text {
                texts[value.parse::<usize>().unwrap()].clone()
            } else {
                value
            },
            is_text,
        });
    }
    all
}

/// The cells of the row whose first cell has that text.
fn row<'a>(cells: &'a [Cell], name: &str) -> Vec<&'a Cell> {
    let first = cells
        .iter()
        .find(|cell| cell.value == name && cell.name.starts_with('A'));
    let number = &first.unwrap_or_else(|| panic!("no {name}")).name[1..];
    let of_row = cells.iter().filter(|cell| {
        let letters = cell.name.trim_end_matches(|c: char| c.is_ascii_digit());
        &cell.name[letters.len()..] == number
    });
    of_row.collect()
}

#[tokio::test]
async fn a_workbook_has_figures_sums_and_words() {
    let app = place().await;
    let reader = app.client("steering");
    let page = made(&app, &reader, "fr").await;
    let files = entries(&bytes(&reader, &page, "xlsx").await);
    let texts = texts(&files);
    let sheet = files
        .values()
        .find(|text| {
            let title = cells(text, &texts);
            text.contains("<sheetData")
                && title
                    .first()
                    .is_some_and(|cell| cell.value == Lang::Fr.t("table-children-by-sex"))
        })
        .unwrap();
    let cells = cells(sheet, &texts);
    let told = |name: &str| {
        let told = row(&cells, name).into_iter().skip(1);
        told.map(|cell| (cell.formula.as_deref(), cell.is_text, cell.value.as_str()))
            .collect::<Vec<_>>()
    };
    // where all parts are told the total is their sum, and the share is of the country's
    let country = told(&Lang::Fr.t("table-country"));
    assert_eq!(
        country,
        [
            (Some("SUM(C5:E5)"), false, "90"),
            (None, false, "66"),
            (None, false, "24"),
            (None, false, "0"),
            (Some("B5/B5"), false, "1"),
        ]
    );
    let rabat = told("'=HYPERLINK(\"http://evil.example\",\"x\")");
    assert_eq!(
        rabat[1..4],
        [(None, false, "44"), (None, false, "16"), (None, false, "0")]
    );
    // what was not told is words, with what was told last
    let sale: String = app
        .db
        .ask("select fr from ref.territory where id = 2")
        .await;
    let sale = told(&sale);
    assert_eq!(sale.len(), 4, "no share of what is not told: {sale:?}");
    assert!(
        sale.iter()
            .all(|(formula, is_text, _)| formula.is_none() && *is_text),
        "{sale:?}"
    );
    assert!(
        sale[0].2.contains("17") && sale[0].2.contains("2026"),
        "{sale:?}"
    );
    assert_eq!(sale[2].2, Lang::Fr.t("told-few"));
}

/// No text of anybody becomes a formula, in whatever sheet; and each formula is one of ours.
#[tokio::test]
async fn no_cell_is_a_formula_from_data() {
    let app = place().await;
    let reader = app.client("steering");
    for lang in ["ar", "fr", "en"] {
        let page = made(&app, &reader, lang).await;
        let files = entries(&bytes(&reader, &page, "xlsx").await);
        let texts = texts(&files);
        let wild = texts.iter().filter(|text| {
            text.contains("cmd|") || text.contains("HYPERLINK") || text.contains("@SUM")
        });
        assert!(
            wild.clone().count() > 0 && wild.into_iter().all(|text| text.starts_with('\'')),
            "{lang}"
        );
        let acts = texts
            .iter()
            .filter(|text| text.starts_with(['=', '+', '-', '@', '\t', '\r']));
        assert_eq!(acts.count(), 0, "{lang}");
        let sheets = files
            .iter()
            .filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
        let mut formulas = 0;
        for (name, sheet) in sheets {
            // each sheet runs as its language does
            assert_eq!(sheet.contains("rightToLeft=\"1\""), lang == "ar", "{name}");
            for cell in cells(sheet, &texts) {
                let Some(formula) = &cell.formula else {
                    continue;
                };
                let ours = formula.replace("SUM", "");
                let ours = ours
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "(:)/".contains(c));
                assert!(ours && !cell.is_text, "{name} {cell:?}");
                formulas += 1;
            }
        }
        assert!(formulas > 0, "{lang}");
        // nor is there another way to somewhere
        let ways = ["externalLinks", "vbaProject", "hyperlinks"];
        assert!(
            !files
                .keys()
                .any(|name| ways.iter().any(|way| name.contains(way))),
            "{lang}"
        );
    }
}

/// A file of open data as its lines, each by the names of its columns.
fn table(files: &BTreeMap<String, String>, name: &str) -> Vec<BTreeMap<String, String>> {
    // the mark of UTF-8
    let text = files[name].strip_prefix('\u{feff}').unwrap();
    assert!(
        text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\n'),
        "{name}"
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|line| line.unwrap()).collect()
}

#[tokio::test]
async fn open_data_hold_every_cell_and_nothing_that_was_not_told() {
    let app = place().await;
    let reader = app.client("steering");
    let page = made(&app, &reader, "ar").await;
    let files = entries(&bytes(&reader, &page, "zip").await);
    let cells = table(&files, "cells.csv");
    let told = app
        .db
        .list("select concat_ws(' ', r.as_of, c.table_code, coalesce(c.territory_id::text, '*'), c.part, c.mark, c.n)
               from stat.published_cell c join stat.release r on r.number = c.release where c.release > 0 order by 1")
        .await;
    let line = |cell: &BTreeMap<String, String>| {
        let names = ["as_of", "table", "territory", "part", "mark", "value"];
        // as `concat_ws` does: what is null is left out, what is empty is not
        let of = names.map(|name| cell[name].as_str());
        let value = (!of[5].is_empty()).then_some(of[5]);
        of[..5]
            .iter()
            .copied()
            .chain(value)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut lines: Vec<String> = cells.iter().map(line).collect();
    lines.sort();
    let mut told = told;
    told.sort();
    assert_eq!(lines, told);
    assert!(
        cells
            .iter()
            .all(|cell| (cell["mark"] == "shown") != cell["value"].is_empty())
    );
    let last: Vec<&str> = cells
        .iter()
        .filter(|cell| cell["territory"] == "2" && cell["table"] == "children")
        .map(|cell| cell["last_value"].as_str())
        .collect();
    assert_eq!(last, ["17", "17"]);
    // no line of any file would be calculated
    for name in files.keys() {
        for line in table(&files, name) {
            let acts = |field: &&String| field.starts_with(['=', '+', '-', '@']);
            assert_eq!(line.values().find(acts), None, "{name}");
        }
    }
    // each code that stands there has its meaning, in three languages
    let dictionary = table(&files, "dictionary.csv");
    for cell in &cells {
        for (kind, of, code) in [
            ("table", &cell["table"], ""),
            ("part", &cell["table"], cell["part"].as_str()),
            ("territory", &String::new(), cell["territory"].as_str()),
            ("mark", &String::new(), cell["mark"].as_str()),
        ] {
            let is_it = |line: &&BTreeMap<String, String>| {
                line["kind"] == kind && line["table"] == *of && line["code"] == code
            };
            let found = dictionary.iter().find(is_it);
            let is_total = kind == "part" && code.is_empty();
            assert_eq!(found.is_none(), is_total, "{kind} {of} {code}");
            if let Some(line) = found {
                assert!(
                    ["ar", "fr", "en"]
                        .iter()
                        .all(|lang| !line[*lang].is_empty()),
                    "{line:?}"
                );
            }
        }
    }
    let before = table(&files, "before.csv");
    let children = before
        .iter()
        .find(|line| line["value"] == "142" && line["unit"] == "child");
    assert_eq!(
        children.map(|line| line["territories"].split('|').count()),
        Some(3)
    );
}

/// Whoever holds the open data can calculate the fingerprint of their release.
#[tokio::test]
async fn the_fingerprint_follows_from_the_open_data() {
    let app = place().await;
    let reader = app.client("steering");
    let page = made(&app, &reader, "fr").await;
    let files = entries(&bytes(&reader, &page, "zip").await);
    let releases = table(&files, "releases.csv");
    assert_eq!(releases.len(), 3);
    for release in releases.iter().filter(|one| one["release"] != "0") {
        let day = &release["as_of"];
        let mut lines: Vec<String> = table(&files, "cells.csv")
            .iter()
            .filter(|cell| cell["as_of"] == *day)
            .map(|cell| {
                let told = if cell["mark"] == "shown" {
                    &cell["value"]
                } else {
                    &cell["mark"]
                };
                format!(
                    "cell\t{}\t{}\t{}\t{told}",
                    cell["table"], cell["territory"], cell["part"]
                )
            })
            .collect();
        let corrections = table(&files, "corrections.csv");
        lines.extend(
            corrections
                .iter()
                .filter(|one| one["told_by"] == *day)
                .map(|one| {
                    let of = ["release", "table", "territory", "part", "was", "becomes"]
                        .map(|name| one[name].as_str());
                    format!("correction\t{}", of.join("\t"))
                }),
        );
        let medians = table(&files, "medians.csv");
        lines.extend(
            medians
                .iter()
                .filter(|one| one["as_of"] == *day)
                .map(|one| {
                    let of = [
                        "indicator",
                        "territory",
                        "part",
                        "over",
                        "median_days",
                        "p90_days",
                    ]
                    .map(|name| one[name].as_str());
                    format!("median\t{}", of.join("\t"))
                }),
        );
        lines.sort();
        let mut hash = Sha256::new();
        hash.update(format!("release\t{day}\t{}\n", release["method"]));
        for line in &lines {
            hash.update(format!("{line}\n"));
        }
        assert_eq!(hex::encode(hash.finalize()), release["sha256"], "{day}");
    }
}

/// Set from the right in Arabic, from the left in French, with its pages numbered, and drawn.
#[cfg(feature = "pdf")]
#[tokio::test]
async fn a_document_is_set_in_the_way_of_its_language() {
    use crate::judicial::papers::sheet::{Paper, bare, dense};
    let app = place().await;
    let reader = app.client("steering");
    let print: String = app
        .db
        .ask("select encode(sha256, 'hex') from stat.release where number = 2")
        .await;
    for lang in [Lang::Ar, Lang::Fr, Lang::En] {
        let page = made(&app, &reader, lang.code()).await;
        let paper = Paper::keep(&bytes(&reader, &page, "pdf").await);
        let text = dense(&paper.text());
        for key in [
            "pack-doc-key",
            "pack-doc-tables",
            "pack-doc-method",
            "table-children-by-sex",
        ] {
            let words = bare(&lang.t(key));
            let words = words.split(' ').next().unwrap();
            assert!(text.contains(words), "{lang:?} {key}");
        }
        assert!(
            text.contains(&print),
            "{lang:?}: the fingerprint of the release"
        );
        // the name of a place is a text, and nothing that the typesetter would follow
        let wild = match lang {
            Lang::Ar => "calc",
            Lang::Fr => "HYPERLINK",
            Lang::En => "SUM",
        };
        assert!(text.contains(wild), "{lang:?}");
        let pages = paper.pages();
        assert!(pages >= 3, "{pages} pages");
        assert!(text.contains(&format!("{pages}/{pages}")), "{lang:?}");
        let ink = paper.ink();
        assert_eq!(ink.len(), pages);
        assert!(
            ink.iter().all(|dark| (2..500).contains(dark)),
            "{lang:?}: {ink:?}"
        );
        // the head of the first column
        let x = paper.x_of(&bare(&lang.t("pack-doc-place")));
        assert_eq!(x > 300.0, lang == Lang::Ar, "{lang:?}: {x}");
    }
}
