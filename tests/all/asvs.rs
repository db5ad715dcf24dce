//! What `docs/asvs.md` claims is tested: each name in its last column is a test.

use crate::support::source;
use std::collections::BTreeSet;

#[test]
fn what_is_claimed_is_tested() {
    let sources: Vec<String> = ["src", "tests/all"]
        .iter()
        .flat_map(|folder| source::files(folder, &["rs"]))
        .map(|file| file.text)
        .chain([source::file("tests/embedded.rs")])
        .collect();
    let mut names = BTreeSet::new();
    let mut faults = Vec::new();
    let page = source::file("docs/asvs.md");
    let lines = page.lines().filter(|line| {
        line.starts_with("| ") && line[2..].starts_with(|c: char| c.is_ascii_digit())
    });
    for line in lines {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, level, _, tests] = cells[..] else {
            faults.push(format!("{line}: not four cells"));
            continue;
        };
        if number.split('.').count() != 3 || !["1", "2", "3"].contains(&level) {
            faults.push(format!("{number}, level {level}: no requirement"));
        }
        names.extend(tests.split('`').skip(1).step_by(2));
        if !tests.contains('`') {
            faults.push(format!("{number}: no test"));
        }
    }
    assert!(names.len() > 20, "the table is not read");
    for name in names {
        let found = if name.contains(".test.") {
            source::root().join("tests/browser").join(name).exists()
        } else {
            let head = format!("fn {name}(");
            sources.iter().any(|text| {
                text.match_indices(&head).any(|(at, _)| {
                    let above = &text[..at];
                    above[above.len().saturating_sub(200)..].contains("test]")
                })
            })
        };
        if !found {
            faults.push(format!("{name}: no such test"));
        }
    }
    assert!(faults.is_empty(), "docs/asvs.md\n{}", faults.join("\n"));
}
