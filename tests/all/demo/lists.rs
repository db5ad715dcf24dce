//! Each code of each closed list of the database.

use super::{codes, told};

/// Columns, as `table.column`, with the codes that no page of the application writes, or that no demonstration
/// begins with.
const UNWRITTEN: &[(&str, &[&str])] = &[
    // two files of one child are joined by nobody yet: one of them is void
    ("case_file.void", &["merged"]),
    // a decision that gives the child back is the prosecution's
    ("case_file.protected_measure_kind", &["return_to_family"]),
    // what the night's check of the bytes finds: nothing is missing in what was just laid down
    ("attachment.fault", &["missing", "damaged"]),
    // a form that is half filled in is its author's alone, for some days: nobody has begun one
    (
        "form_draft.form",
        &[
            "contact",
            "assessment",
            "care_plan",
            "determination",
            "visit",
            "referral",
            "closing_report",
        ],
    ),
    // two records were taken apart by who knew that they are two
    ("identity_act.verdict", &["unsure"]),
    // a paper is made when somebody prints it: of each court a dossier was, and no annex and no notice of a decision
    ("paper.kind", &["annex", "child_notice", "adult_notice"]),
    // a page in words is kept as it came, and none was
    ("attachment.media", &["docx"]),
];

/// What is not an enum of the program: each code of each `check (column in (…))`.
#[tokio::test]
async fn every_code_of_the_closed_lists_has_a_row() {
    let db = told().await;
    let lists = db
        .list(
            r"select c.relname || '.' || a.attname || '=' || array_to_string(array(
                  select m[1] from regexp_matches(pg_get_constraintdef(k.oid), '''([a-z0-9_]+)''::text', 'g') m), ',')
              from pg_constraint k
              join pg_class c on c.oid = k.conrelid and c.relnamespace = 'app'::regnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1] and cardinality(k.conkey) = 1
              where k.contype = 'c' and pg_get_constraintdef(k.oid) ~ '^CHECK \(\(\w+ = ANY \(ARRAY\['",
        )
        .await;
    assert!(lists.len() > 25, "{lists:?}");
    let mut faults = Vec::new();
    for list in &lists {
        let (column, all) = list.split_once('=').unwrap();
        let (table, name) = column.split_once('.').unwrap();
        let there = codes(
            db,
            &format!("select distinct {name}::text from app.{table} where {name} is not null"),
        )
        .await;
        let unwritten = UNWRITTEN.iter().find(|(known, _)| *known == column);
        let unwritten = unwritten.map_or(&[][..], |(_, codes)| codes);
        for code in all.split(',').filter(|code| !code.is_empty()) {
            if !there.contains(code) && !unwritten.contains(&code) {
                faults.push(format!("{column}: nothing is {code}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
