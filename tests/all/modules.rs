//! The shape of the program: what may stand where.

use crate::support::source::{self, Source};
use std::collections::{BTreeMap, BTreeSet};

/// Program text without comments and without its unit tests.
fn code(source: &Source) -> String {
    let text = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    let bare = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    bare.collect::<Vec<_>>().join("\n")
}

/// `cases` for `src/cases/web.rs`, `error` for `src/error.rs`.
fn module_of(source: &Source) -> Option<String> {
    let mut parts = source
        .path
        .iter()
        .skip(1)
        .map(|part| part.to_string_lossy().into_owned());
    let first = parts.next()?;
    let name = first.trim_end_matches(".rs").to_owned();
    (!["lib", "main"].contains(&name.as_str())).then_some(name)
}

/// The modules that a text names after `crate::`, alone or in braces.
fn names(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let mut depth = 0;
        let mut word = String::new();
        // in `crate::{a::{b, c}, d}` the names at depth one
        let mut beginning = true;
        for c in rest.chars() {
            if (c.is_alphanumeric() || c == '_') && beginning && depth <= 1 {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                found.insert(std::mem::take(&mut word));
                beginning = false;
            }
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => beginning = true,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

#[test]
fn names_in_braces_are_read() {
    let text = "use crate::{a::{b, c}, d,\n    e::f};\nuse crate::g::h;\ncrate::i()";
    assert_eq!(
        names(text),
        ["a", "d", "e", "g", "i"].map(str::to_owned).into()
    );
}

/// Who depends on whom, at the top.
fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let mut graph = BTreeMap::<String, BTreeSet<String>>::new();
    for file in source::files("src", &["rs"]) {
        if let Some(module) = module_of(&file) {
            graph.entry(module).or_default().extend(names(&code(&file)));
        }
    }
    let modules: BTreeSet<String> = graph.keys().cloned().collect();
    for (module, uses) in &mut graph {
        uses.retain(|used| used != module && modules.contains(used));
    }
    graph
}

#[test]
fn no_module_needs_itself() {
    let mut left = graph();
    // takes away what needs nothing more, until nothing is left, or a cycle is
    loop {
        let done: BTreeSet<String> = left
            .iter()
            .filter(|(_, uses)| uses.is_empty())
            .map(|(module, _)| module.clone())
            .collect();
        if done.is_empty() {
            break;
        }
        left.retain(|module, _| !done.contains(module));
        for uses in left.values_mut() {
            uses.retain(|used| !done.contains(used));
        }
    }
    assert!(
        left.is_empty(),
        "these need each other in a circle: {left:#?}"
    );
}

#[test]
fn the_domain_knows_neither_http_nor_sql_nor_pages() {
    let mut faults = Vec::new();
    for file in source::files("src", &["rs"]) {
        if file
            .path
            .iter()
            .any(|part| part == "domain.rs" || part == "domain")
        {
            let text = code(&file).replace("sqlx::Type", "").replace("#[sqlx(", "");
            for stranger in [
                "axum",
                "sqlx",
                "askama",
                "crate::web",
                "super::web",
                "super::db",
            ] {
                if text.contains(stranger) {
                    faults.push(format!("{} knows {stranger}", file.name()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Lines of its own, unit tests apart.
#[test]
fn a_file_can_be_reviewed_at_one_sitting() {
    let long: Vec<String> = ["src", "tests/all", "benches"]
        .into_iter()
        .flat_map(|folder| source::files(folder, &["rs"]))
        .map(|file| (file.name(), code(&file).lines().count()))
        .filter(|(_, lines)| *lines > 450)
        .map(|(name, lines)| format!("{name} has {lines} lines"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// No file of these folders holds any of these texts.
fn nowhere(folders: &[(&str, &[&str])], forbidden: &[&str]) {
    let mut found = Vec::new();
    for (folder, extensions) in folders {
        for file in source::files(folder, extensions) {
            for needle in forbidden {
                found.extend(
                    file.lines_with(needle)
                        .into_iter()
                        .map(|at| format!("{at}: {needle}")),
                );
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_lint_is_expected_with_a_reason_or_obeyed() {
    nowhere(&[("src", &["rs"])], &["#[allow", "#![allow"]);
}

/// The policy against foreign script holds only if there is none of ours inside the pages.
#[test]
fn a_page_holds_no_style_no_script_and_no_text_that_is_not_escaped() {
    nowhere(
        &[("templates", &["html"])],
        &[
            "|safe",
            "| safe",
            "style=",
            "<style",
            "<script>",
            "onclick=",
            "onsubmit=",
            "onchange=",
            "javascript:",
            "{% autoescape",
        ],
    );
}

/// What is physical would stand on the wrong side in Arabic.
#[test]
fn the_stylesheet_speaks_of_start_and_end() {
    nowhere(
        &[("static", &["css"])],
        &[
            "margin-left",
            "margin-right",
            "padding-left",
            "padding-right",
            "border-left",
            "border-right",
            "text-align:left",
            "text-align:right",
            "text-align: left",
            "text-align: right",
            "float:left",
            "float:right",
            "float: left",
            "float: right",
            "-left-radius",
            "-right-radius",
            " left:",
            " right:",
            ";left:",
            ";right:",
            "{left:",
            "{right:",
        ],
    );
}

#[test]
fn the_stylesheet_is_light() {
    let size = source::file("static/app.css").len();
    assert!(size <= 36 * 1024, "static/app.css has {size} bytes");
    let size = source::file("static/figures.css").len();
    assert!(size <= 8 * 1024, "static/figures.css has {size} bytes");
}

/// The second stylesheet is for pages of figures: they bring it, and no other page does.
#[test]
fn pages_of_figures_bring_their_stylesheet() {
    let of_figures = ["kpis", "fun", "rank", "small", "bars"];
    for file in source::files("templates", &["html"]) {
        let draws = of_figures.iter().any(|class| {
            let quoted = [
                format!("class=\"{class}\""),
                format!("class=\"card {class}\""),
            ];
            quoted.iter().any(|text| file.text.contains(text))
        });
        let folder = file.path.parent().unwrap();
        let mut beside = source::files("templates", &["html"]).into_iter();
        let brings = beside.any(|one| {
            one.path.parent() == Some(folder) && one.text.contains("ui.asset(\"figures.css\")")
        });
        assert!(
            !draws || brings,
            "{}: figures.css is not asked for",
            file.name()
        );
    }
}

/// A setting that outlives its transaction would be inherited by the next borrower of the connection.
#[test]
fn the_context_of_row_security_ends_with_its_transaction() {
    let mut settings = 0;
    for (folder, extension) in [("src", "rs"), ("migrations", "sql")] {
        for file in source::files(folder, &[extension]) {
            for (at, _) in file.text.match_indices("set_config(") {
                let arguments = file.text[at..].split(')').next().unwrap_or_default();
                assert!(
                    arguments.ends_with(", true"),
                    "{}: {arguments})",
                    file.name()
                );
                settings += 1;
            }
        }
    }
    assert!(settings > 0);
}

/// Statements are written out, so that sqlx checks them and nobody glues text of a form to them.
#[test]
fn statements_are_not_glued_together() {
    let glued: Vec<String> = source::files("src", &["rs"])
        .iter()
        .filter(|file| code(file).contains("AssertSqlSafe"))
        .map(Source::name)
        .collect();
    let known = [
        "src/cli/migrate.rs",
        "src/db/migrate.rs",
        "src/db/tx.rs",
        "src/demo/stage.rs",
        "src/demo/write.rs",
        "src/reference/load.rs",
    ];
    assert_eq!(
        glued, known,
        "none reads a form: role names, a database name, our own tables, hexadecimal digits of a session"
    );
}

/// A file of tests that nobody names is a file of tests that never run.
#[test]
fn every_file_of_tests_is_run() {
    for file in source::files("tests/all", &["rs"]) {
        let name = file.name();
        let inner = name.trim_end_matches("/mod.rs").trim_end_matches(".rs");
        let (folder, module) = inner.rsplit_once('/').unwrap();
        let parent = match (folder, module) {
            (_, "main") => continue,
            ("tests/all", _) => "tests/all/main.rs".to_owned(),
            _ => format!("{folder}/mod.rs"),
        };
        let declared = source::file(&parent).contains(&format!("mod {module};"));
        assert!(declared, "{name} is not in {parent}");
    }
}
