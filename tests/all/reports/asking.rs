//! The committee asks what was told.

use super::{BAD, NEW, OK, grid, month, month_end, save, sheet, tell};
use crate::support::TestApp;
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use sanad::i18n::Lang;
use std::io::{Cursor, Read};

#[tokio::test]
async fn before_anything_was_told_the_page_says_so() {
    let app = TestApp::new().await;
    let page = app.client("steering").reading(Lang::En).get(NEW).await;
    assert_eq!(page.status, OK);
    assert!(page.says(Lang::En, "report-none-told"));
    assert!(!page.body.contains("<table class=\"stat\">"));
    // nor is there anything to keep
    let sent = [
        ("id", super::SENT),
        ("title", "x"),
        ("table", "children"),
        ("rows", "place"),
    ];
    let answer = app.client("steering").post("/reports", &sent).await;
    assert_eq!(answer.status, BAD);
}

#[tokio::test]
async fn what_was_told_is_laid_out_and_what_is_withheld_stays_so() {
    let app = TestApp::new().await;
    tell(&app).await;
    let steering = app.client("steering").reading(Lang::En);
    let page = steering.get(NEW).await;
    assert_eq!(page.status, OK);
    let cells = grid(&page);
    let row = |name: &str| {
        let found = cells.iter().find(|row| row[0] == name);
        found
            .unwrap_or_else(|| panic!("no {name} in {cells:?}"))
            .clone()
    };
    let (few, withheld) = (Lang::En.t("told-few"), Lang::En.t("told-withheld"));
    let country = row(&Lang::En.t("scope-country"));
    assert_eq!(country[1..], ["1\u{a0}240", "40", &*withheld, &*few]);
    let rabat = row("Rabat");
    assert_eq!(
        (rabat[1].as_str(), rabat[2].as_str(), rabat[4].as_str()),
        ("40", &*withheld, "0")
    );
    assert_eq!(row("Salé")[1], withheld);
    // no sum of ours, and no bar of what is not told
    assert!(page.says(Lang::En, "report-withheld-note"));
    for n in ["30", "1\u{a0}200"] {
        assert!(
            !cells.iter().flatten().any(|cell| cell == n),
            "{n}: {cells:?}"
        );
    }
    // turned by a quarter, and with months along it
    let turned = steering
        .get(&format!(
            "{NEW}?table=children_by_sex&rows=part&columns=place"
        ))
        .await;
    assert_eq!(grid(&turned)[1][0], Lang::En.t("told-total"));
    assert_eq!(grid(&turned)[2][1], "40");
    let months = format!("{NEW}?table=children&rows=month&spot=rabat");
    let cells = grid(&steering.get(&months).await);
    assert_eq!(
        (cells.len(), cells[1][1].as_str(), cells[2][1].as_str()),
        (3, "18", "40")
    );
    // a line, for every month is told; of Salé none is, and there is none
    let chart = steering.get(&months).await;
    assert!(chart.body.contains("svgchart"));
    let chart = steering
        .get(&format!("{NEW}?table=children&rows=month&spot=sale"))
        .await;
    assert!(!chart.body.contains("svgchart") && !chart.body.contains("class=\"fg\""));
    assert!(chart.body.contains(&withheld));
}

#[tokio::test]
async fn a_month_that_was_not_told_is_answered_by_the_last_one() {
    let app = TestApp::new().await;
    tell(&app).await;
    let steering = app.client("steering").reading(Lang::En);
    let of = |ago: u32| format!("{NEW}?table=contacts&rows=place&until={}", month(ago));
    let page = steering.get(&of(2)).await;
    assert_eq!(page.status, OK);
    let said = super::words(&page.body);
    let (asked, shown) = (Lang::En.month(month_end(2)), Lang::En.month(month_end(3)));
    assert!(
        said.contains(&format!("{asked} was not published")) && said.contains(&shown),
        "{said}"
    );
    for (until, key) in [
        (month(4), "report-before-told"),
        ("2019-11".to_owned(), "team-before-plan"),
        ("2199-01".to_owned(), "error-date-future"),
        ("31/02/2026".to_owned(), "report-month"),
    ] {
        let page = steering
            .get(&format!("{NEW}?table=contacts&rows=place&until={until}"))
            .await;
        assert_eq!(page.status, BAD, "{until}");
        let words = Lang::En.t_with(key, &[("month", "{".into())]);
        let stem = words.split(['{', '\u{2068}']).next().unwrap().trim();
        assert!(page.body.contains(stem), "{until}: {key}");
        // what was chosen stays in the form
        assert!(
            page.body.contains(&format!("value=\"{until}\" selected")),
            "{until}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_told_beside_its_field() {
    let app = TestApp::new().await;
    tell(&app).await;
    let steering = app.client("steering").reading(Lang::En);
    for (query, field) in [
        ("table=children_by_colour&rows=place", "table"),
        ("table=children&rows=colour", "rows"),
        ("table=children&rows=part", "rows"),
        ("table=children&rows=place&columns=place", "columns"),
        ("table=children&rows=place&spot=atlantis", "spot"),
        ("table=children_by_sex&rows=part&slice=X", "slice"),
        ("table=children_by_sex&rows=place&slice=F&slice=M", "slice"),
        (
            "table=children_by_sex&rows=part&spot=rabat&spot=sale",
            "spot",
        ),
        ("table=children&table=contacts&rows=place", "table"),
    ] {
        let page = steering.get(&format!("{NEW}?{query}")).await;
        assert_eq!(page.status, BAD, "{query}");
        assert!(
            page.body.contains(&format!("id=\"{field}-error\"")),
            "{query}"
        );
        assert!(!page.body.contains("<table class=\"stat\">"), "{query}");
        let file = steering.get(&format!("{NEW}/export.csv?{query}")).await;
        assert_eq!(file.status, StatusCode::CONFLICT, "{query}");
    }
    // parts of the table before are let go with it
    let other = format!("{NEW}?of=children_by_sex&table=contacts&rows=place&slice=F");
    assert_eq!(steering.get(&other).await.status, OK);
}

#[tokio::test]
async fn a_file_says_what_the_page_says() {
    let app = TestApp::new().await;
    tell(&app).await;
    for lang in Lang::ALL {
        let steering = app.client("steering").reading(lang);
        for query in [
            "table=children_by_sex&rows=place&columns=part",
            "table=children_by_sex&rows=part&columns=month&spot=rabat",
            "table=contacts&rows=place",
        ] {
            let page = steering.get(&format!("{NEW}?{query}")).await;
            let file = steering.get(&format!("{NEW}/export.csv?{query}")).await;
            assert_eq!(file.status, OK);
            assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
            assert!(
                file.header("content-disposition")
                    .starts_with("attachment;")
            );
            assert!(file.body.starts_with('\u{feff}'));
            let shown: Vec<Vec<String>> = grid(&page)
                .into_iter()
                .map(|row| row.into_iter().map(plain).collect())
                .collect();
            assert_eq!(sheet(&file), shown, "{query} in {}", lang.code());
        }
    }
    let taken: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'report.exported' and fields ->> 'table' is not null")
        .await;
    assert_eq!(taken, 9, "each file is in the trail");
}

#[tokio::test]
async fn a_workbook_holds_numbers_words_and_no_formula() {
    let app = TestApp::new().await;
    tell(&app).await;
    let steering = app.client("steering").reading(Lang::Ar);
    // a name that a sheet program would calculate
    let question = [
        ("table", "children_by_sex"),
        ("rows", "place"),
        ("columns", "part"),
    ];
    let report = save(&steering, "=1+1", &question).await;
    for path in [
        format!("{NEW}/export.xlsx"),
        format!("{report}/export.xlsx"),
    ] {
        let answer = steering.get(&path).await;
        assert_eq!(answer.status, OK);
        assert!(
            answer
                .header("content-type")
                .ends_with("spreadsheetml.sheet")
        );
        let request = steering.request(Method::GET, &path).body(Body::empty());
        let bytes = steering.send_bytes(request.unwrap()).await;
        let mut book = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut read = |name: &str| {
            let mut text = String::new();
            book.by_name(name)
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            text
        };
        let (page, words) = (
            read("xl/worksheets/sheet1.xml"),
            read("xl/sharedStrings.xml"),
        );
        assert!(page.contains("rightToLeft=\"1\""));
        assert!(page.contains("<v>1240</v>") && !page.contains("<f>"));
        assert_eq!(words.contains("'=1+1"), path.starts_with(&report));
        assert!(!words.contains(">=1+1"));
    }
}

/// A number is digits alone in a file, and text keeps its spaces.
fn plain(cell: String) -> String {
    let digits = cell.replace('\u{a0}', "");
    if digits.chars().all(|c| c.is_ascii_digit()) {
        digits
    } else {
        cell
    }
}
