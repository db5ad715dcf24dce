//! Reports: what is asked is in the address, what is answered is what its reader may read (decision 0107).

mod asking;
mod city;
mod saving;
mod walls;

use crate::support::{Answer, Client, TestApp};
use axum::http::StatusCode;
use chrono::{Datelike, Months, NaiveDate};
use sanad::clock::Clock;

const DONE: StatusCode = StatusCode::SEE_OTHER;
const BAD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const OK: StatusCode = StatusCode::OK;
const NEW: &str = "/reports/new";
/// Of a form and its answers.
const SENT: &str = "018f0000-0000-7000-8000-00000000f501";

/// The last day of the month so many months ago.
fn month_end(ago: u32) -> NaiveDate {
    let first = Clock::system().today().with_day(1).unwrap();
    let next = first.checked_sub_months(Months::new(ago)).unwrap();
    let next = next.checked_add_months(Months::new(1)).unwrap();
    next.pred_opt().unwrap()
}

/// As an address has it.
fn month(ago: u32) -> String {
    month_end(ago).format("%Y-%m").to_string()
}

/// Two months told: three months ago and last month; the one between was not. Rabat is 1, Salé 2.
async fn tell(app: &TestApp) {
    for (number, ago, total, girls) in [(0, 3, 30, 18), (1, 1, 1240, 40)] {
        app.db
            .run(&format!(
                "insert into stat.release (number, as_of, method, sha256) values ({number}, '{0}', 1, sha256('{number}'));
                 insert into stat.published_cell (release, table_code, territory_id, part, mark, n) values
                     ({number}, 'children', null, '', 'shown', {total}),
                     ({number}, 'children_by_sex', null, 'F', 'shown', {girls}),
                     ({number}, 'children_by_sex', null, 'M', 'withheld', null),
                     ({number}, 'children_by_sex', null, 'U', 'few', null),
                     ({number}, 'children', 1, '', 'shown', {girls}),
                     ({number}, 'children_by_sex', 1, 'F', 'withheld', null),
                     ({number}, 'children_by_sex', 1, 'M', 'withheld', null),
                     ({number}, 'children_by_sex', 1, 'U', 'shown', 0),
                     ({number}, 'children', 2, '', 'withheld', null),
                     ({number}, 'contacts', null, '', 'shown', 77)",
                month_end(ago)
            ))
            .await;
    }
}

/// The words of a piece of a page.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            '\u{2066}'..='\u{2069}' => {}
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&#60;", "<")
        .replace("&#38;", "&")
        .trim()
        .to_owned()
}

/// The table of an answer: its heads, then its rows.
fn grid(answer: &Answer) -> Vec<Vec<String>> {
    let table = answer.body.split("<table class=\"stat\">").nth(1);
    let table = table.unwrap_or_else(|| panic!("no table: {}", answer.body));
    let table = table.split("</table>").next().unwrap();
    table
        .split("<tr>")
        .skip(1)
        .map(|row| {
            let row = row.replace("</td>", "</th>");
            let cells = row.split("</th>").map(words);
            let mut cells: Vec<String> = cells.collect();
            cells.pop();
            cells
        })
        .collect()
}

/// The table of a file: what stands between its empty lines.
fn sheet(answer: &Answer) -> Vec<Vec<String>> {
    let lines = answer.body.split("\r\n").map(str::to_owned);
    let lines: Vec<String> = lines.collect();
    let blocks: Vec<&[String]> = lines.split(String::is_empty).collect();
    let row = |line: &String| line.split(',').map(str::to_owned).collect();
    blocks[1].iter().map(row).collect()
}

/// Saves a question under a name and gives the page of the report.
async fn save(who: &Client, title: &str, question: &[(&str, &str)]) -> String {
    let mut fields = vec![("id", SENT), ("title", title)];
    fields.extend(question);
    let answer = who.post("/reports", &fields).await;
    assert_eq!(answer.status, DONE, "{}", answer.body);
    assert!(answer.location().starts_with("/reports/"));
    answer.location().to_owned()
}
