//! Disability and schooling of a child: asked, shown to who works on the file and to nobody else, counted in three coarse
//! parts (decision 0109).

use crate::support::{
    TestApp, TestDb,
    html::forms,
    id,
    role::{code_of, reads, refused_by, tries},
    world,
};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use std::collections::BTreeMap;

const WORDS: [&str; 2] = ["Intellectual", "Non-formal education"];
const ROWS: &str = "select concat_ws(' ', disability, education) from app.child_condition";

fn child(name: &str) -> String {
    format!("/children/{}", id(&format!("child {name}")))
}

#[tokio::test]
async fn what_was_asked_is_kept_shown_and_written_down_without_its_content() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let edit = format!("{}/edit", child("rabat.mine"));
    let send = async |answers: [&str; 2]| {
        let page = worker.get(&edit).await;
        let form = forms(&page.body, &edit)
            .into_iter()
            .find(|form| form.action == edit)
            .unwrap();
        let mut all = form.pairs();
        all.retain(|(name, _)| !["disability", "education"].contains(name));
        all.extend(["disability", "education"].into_iter().zip(answers));
        let saved = worker.post(&edit, &all).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    };
    let file = format!("/cases/{}", id("case rabat.mine"));
    let pages = [child("rabat.mine"), file.clone(), format!("{file}/print")];
    for page in &pages {
        let page = worker.get(page).await;
        assert!(WORDS.iter().all(|word| page.body.contains(word)));
    }
    send(["suspected", "non_formal"]).await;
    for page in &pages {
        let page = worker.get(page).await;
        assert!(page.body.contains("Suspected, to be examined"));
        assert!(!page.body.contains("Intellectual"));
    }
    // the same again is no change; no answer is "not asked", which is no code
    send(["suspected", "non_formal"]).await;
    send(["", ""]).await;
    let mine = format!("{ROWS} where case_id = '{}'", id("case rabat.mine"));
    assert_eq!(app.db.list(&mine).await, [""]);
    let page = worker.get(&child("rabat.mine")).await;
    assert!(!page.body.contains("Suspected") && page.says(Lang::En, "not-asked"));
    let told = app
        .db
        .list("select fields::text from audit.event where action = 'child.edited' order by id")
        .await;
    assert_eq!(
        told,
        [
            r#"{"fields": ["disability"]}"#,
            r#"{"fields": ["disability", "education"]}"#
        ]
    );
}

#[tokio::test]
async fn a_colleague_of_the_prefecture_reads_who_the_child_is_and_not_this() {
    let app = TestApp::new().await;
    let page = app
        .client("worker2.rabat")
        .reading(Lang::En)
        .get(&child("rabat.mine"))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("CANARY-child-rabat.mine"));
    assert!(!WORDS.iter().any(|word| page.body.contains(word)));
}

#[tokio::test]
async fn two_files_side_by_side_tell_it_and_neither_takes_the_others() {
    let app = TestApp::new().await;
    app.db
        .run(&format!(
            "update app.child_condition set disability = 'visual' where case_id = '{}'",
            id("case rabat.colleague")
        ))
        .await;
    let number: String = app
        .db
        .ask(format!(
            "select number from app.case_file where id = '{}'",
            id("case rabat.colleague")
        ))
        .await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let file = format!("/cases/{}", id("case rabat.mine"));
    let page = supervisor
        .get(&format!("{file}/identity?number={number}"))
        .await;
    for word in ["Intellectual", "Visual"] {
        assert!(page.body.contains(word), "{word}");
    }
    let other = id("case rabat.colleague").to_string();
    let fields = [
        ("id", "018f0000-0000-7000-8000-000000000061"),
        ("other", other.as_str()),
    ];
    let joined = supervisor.post(&format!("{file}/identity"), &fields).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let page = supervisor.get(&file).await;
    assert!(page.body.contains("Intellectual") && !page.body.contains("Visual"));
}

/// In SQL, as the role of the application.
#[tokio::test]
async fn row_security_shows_it_to_who_works_on_the_file() {
    let db = TestDb::new().await;
    world::build(&db).await;
    for (who, files) in [
        ("worker1.rabat", 1),
        ("worker2.rabat", 2),
        ("supervisor.rabat", 2),
        ("worker1.sale", 1),
        ("prosecutor.rabat", 0),
        ("dpo", 0),
    ] {
        assert_eq!(reads(&db, who, ROWS).await.len(), files, "{who}");
    }
    let change = |name: &str| {
        let case = id(&format!("case {name}"));
        format!("update app.child_condition set disability = 'none' where case_id = '{case}'")
    };
    assert_eq!(
        tries(&db, "worker1.rabat", &change("rabat.mine")).await,
        Ok(1)
    );
    for (who, name) in [
        ("worker1.rabat", "rabat.colleague"),
        ("worker1.rabat", "rabat.protected"),
        ("worker1.sale", "rabat.mine"),
        ("supervisor.rabat", "rabat.protected"),
    ] {
        assert_eq!(tries(&db, who, &change(name)).await, Ok(0), "{who}: {name}");
    }
    let elsewhere = "update app.child_condition set territory_id = 2";
    assert_eq!(refused_by(&db, "worker1.rabat", elsewhere).await, "42501");
}

/// I14 begins with it, and I23 asks whether it is known.
#[tokio::test]
async fn the_indicators_read_what_was_asked() {
    let db = TestDb::new().await;
    world::build(&db).await;
    let case = id("case rabat.mine");
    for (disability, education, wanted) in [
        ("intellectual", "non_formal", "t t t"),
        ("none", "dropped_out", "f t t"),
        ("suspected", "never_enrolled", "f f t"),
        ("refused", "primary", "t f t"),
    ] {
        db.run(&format!(
            "update app.child_condition set disability = '{disability}', education = '{education}' where case_id = '{case}'"
        ))
        .await;
        let told: String = db
            .ask(format!(
                "select concat_ws(' ', stat.schooled_at_first('{case}', current_date), stat.disability_known('{case}'),
                                  stat.education_known('{case}'))"
            ))
            .await;
        assert_eq!(told, wanted, "{disability} {education}");
    }
}

#[tokio::test]
async fn children_are_counted_by_disability_in_three_parts() {
    let db = TestDb::new().await;
    db.run(include_str!("releases/people.sql")).await;
    db.run(
        "insert into app.child_condition (case_id, territory_id, disability, recorded_by)
         select c.file, c.city, case c.n % 5 when 0 then 'hearing' when 1 then 'suspected' when 2 then 'refused'
                                             when 3 then 'none' end, w.id
         from public.child c cross join sec.app_user w where w.username = 'worker' and c.n % 6 <> 0",
    )
    .await;
    let mut wanted = BTreeMap::new();
    for n in 1..=240_i64 {
        let part = match n % 5 {
            0 if n % 6 != 0 => "any",
            3 if n % 6 != 0 => "none",
            // not asked, no row, refused, and what is still to be examined
            _ => "unknown",
        };
        *wanted
            .entry(format!("{} {part}", 1 + n % 3))
            .or_insert(0_i64) += 1;
    }
    let counted = db
        .list(
            "select concat_ws(' ', territory_id, key, n) from stat.children_by_disability(current_date) order by 1",
        )
        .await;
    let wanted: Vec<String> = wanted
        .iter()
        .map(|(cell, n)| format!("{cell} {n}"))
        .collect();
    assert_eq!(counted, wanted);
    // the same children as everywhere, on any day
    for ago in [0, 40, 90] {
        let differs: i64 = db
            .ask(format!(
                "select count(*) from (
                     select territory_id, sum(n) from stat.children_by_disability(current_date - {ago}) group by 1
                     except
                     select territory_id, sum(n) from stat.exact_cells(current_date - {ago})
                     where measure = 'children_protected' group by 1) x"
            ))
            .await;
        assert_eq!(differs, 0, "{ago} days ago");
    }
    let asks = "select count(*) from stat.children_by_disability(current_date)";
    for role in ["sanad_stat", "sanad_app"] {
        let mut connection = db.connect(role).await;
        let error = sqlx::query(asks)
            .execute(&mut connection)
            .await
            .unwrap_err();
        assert_eq!(code_of(&error), "42501", "{role}");
    }
    let mut job = db.connect("sanad_job").await;
    let rows: i64 = sqlx::query_scalar(asks).fetch_one(&mut job).await.unwrap();
    assert_eq!(rows, 9);
}
