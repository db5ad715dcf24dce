//! Numbers with their signs, as each language writes them, and the pieces that both pages are made of.

use crate::{charts::Track, i18n::Lang, web::Ui};

/// A table beside a chart: a name, then what is written in its columns.
pub(super) struct Table {
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
    pub foot: Option<(String, Vec<String>)>,
    /// Shown at first.
    pub open: bool,
}

/// One bar of a list.
pub(super) struct Item {
    pub label: String,
    pub track: Track,
    pub value: String,
}

/// A card of bars with its table; nothing to draw, if nothing was counted.
pub(super) struct Bars {
    pub title: String,
    pub unit: String,
    pub items: Vec<Item>,
    pub table: Table,
    /// A list to act on, with its words.
    pub link: Option<(&'static str, String)>,
}

impl Bars {
    /// The rows in their order, the longest bar as long as the card. They are the parts of one whole: the table tells
    /// the share of each.
    pub fn new(ui: &Ui, title: String, unit: String, class: &'static str, rows: Vec<Row>) -> Self {
        let total: i64 = rows.iter().map(|(_, n)| n).sum();
        let max = rows.iter().map(|(_, n)| *n).max().unwrap_or(0);
        let rows = if total == 0 { Vec::new() } else { rows };
        let items = rows
            .iter()
            .map(|(label, n)| Item {
                label: label.clone(),
                track: Track::new(ui.lang(), class, *n, max),
                value: ui.number(*n),
            })
            .collect();
        let line = |n: i64| vec![ui.number(n), percent(ui.lang(), n, total)];
        Self {
            items,
            table: Table {
                caption: title.clone(),
                head: vec![String::new(), ui.t("figures-count"), ui.t("figures-share")],
                foot: Some((ui.t("figures-total"), line(total))),
                rows: rows
                    .into_iter()
                    .map(|(label, n)| (label, line(n)))
                    .collect(),
                open: false,
            },
            title,
            unit,
            link: None,
        }
    }

    /// The rows are no parts of one whole: no sum and no shares.
    pub fn apart(mut self) -> Self {
        self.table.head.truncate(2);
        for (_, cells) in &mut self.table.rows {
            cells.truncate(1);
        }
        self.table.foot = None;
        self
    }

    /// With a list to act on.
    pub fn leading_to(mut self, link: Option<(&'static str, String)>) -> Self {
        self.link = link;
        self
    }
}

/// A name and how many.
pub(super) type Row = (String, i64);

/// So many of all, to a tenth; a dash where there is nothing to divide by.
pub(super) fn percent(lang: Lang, n: i64, of: i64) -> String {
    if of == 0 {
        return "—".to_owned();
    }
    // half a tenth goes up
    let tenths = (n * 2000 + of) / (of * 2);
    let number = tenth(lang, tenths);
    match lang {
        Lang::Fr => format!("{number}\u{a0}%"),
        Lang::Ar | Lang::En => format!("{number}%"),
    }
}

/// A number of tenths: a mark and one digit more, where there is one.
pub(super) fn tenth(lang: Lang, tenths: i64) -> String {
    let (whole, rest) = (tenths / 10, (tenths % 10).abs());
    let mark = if lang == Lang::Fr { ',' } else { '.' };
    match rest {
        0 => lang.number(whole),
        _ => format!("{}{mark}{rest}", lang.number(whole)),
    }
}

/// So many for each, to a tenth.
pub(super) fn tenths_of(lang: Lang, n: i64, of: i64) -> String {
    tenth(lang, (n * 20 + of) / (of * 2).max(1))
}

/// Days to a tenth, as a sentence has them.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no one waits for that many days"
)]
pub(super) fn days(ui: &Ui, days: f64) -> String {
    let tenths = (days * 10.0).round() as i64;
    if tenths % 10 == 0 {
        ui.n("figures-days", tenths / 10)
    } else {
        ui.t1("figures-days-part", "n", tenth(ui.lang(), tenths))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_to_a_tenth() {
        assert_eq!(percent(Lang::En, 79, 142), "55.6%");
        assert_eq!(percent(Lang::Fr, 79, 142), "55,6\u{a0}%");
        assert_eq!(percent(Lang::Ar, 63, 142), "44.4%");
        assert_eq!(percent(Lang::En, 1, 2), "50%");
        assert_eq!(percent(Lang::En, 1, 2000), "0.1%");
        assert_eq!(percent(Lang::En, 0, 7), "0%");
        assert_eq!(percent(Lang::En, 7, 7), "100%");
        assert_eq!(percent(Lang::En, 0, 0), "—");
    }

    #[test]
    fn tenths_are_written_where_there_are_any() {
        assert_eq!(tenth(Lang::En, 125), "12.5");
        assert_eq!(tenth(Lang::Fr, 125), "12,5");
        assert_eq!(tenth(Lang::Ar, 12_340), "1\u{a0}234");
        assert_eq!(tenths_of(Lang::En, 30, 4), "7.5");
        assert_eq!(tenths_of(Lang::En, 1, 3), "0.3");
    }
}
