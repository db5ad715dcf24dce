//! Finding people and files: by a name in either script, a number, a telephone, a place; and nothing of another city,
//! of a protected file, or of what was typed.

mod beginnings;
mod input;
mod places;

use crate::{
    seal::work,
    support::{Answer, Client, TestApp, id, statements},
};
use axum::http::StatusCode;
use sanad::{i18n::Lang, people};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A world in which people have names, under their keys: the same child's in two cities, a mother's in Latin letters
/// alone, and what a child is called in the street.
async fn named() -> TestApp {
    let app = TestApp::new().await;
    for (name, given_ar, family_ar, given_la, family_la) in [
        ("child rabat.mine", "مريم", "الزعفران", "", ""),
        ("child sale.mine", "مريم", "الزعفران", "", ""),
        ("child rabat.colleague", "", "", "Rachid", "Chafaq"),
        ("mother rabat.mine", "", "", "Khadija", "Boustane"),
    ] {
        app.db
            .run(&format!(
                "update app.person_name set given_ar = nullif('{given_ar}', ''), family_ar = nullif('{family_ar}', ''),
                        given_la = nullif('{given_la}', ''), family_la = nullif('{family_la}', '')
                 where id = '{}'",
                id(&format!("name {name}"))
            ))
            .await;
    }
    app.db
        .run(&format!(
            "insert into app.person_name (id, person_id, territory_id, kind, given_ar)
             values (gen_random_uuid(), '{}', 1, 'street', 'النورس')",
            id("child rabat.colleague")
        ))
        .await;
    give_keys(&app).await;
    app
}

async fn give_keys(app: &TestApp) {
    let keyed = people::key_names(&work(&app.db).db, "test").await.unwrap();
    assert!(keyed > 0);
}

async fn look(client: &Client, typed: &str) -> Answer {
    let answer = client.post("/search", &[("q", typed)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{typed}: {}", answer.body);
    answer
}

/// Whether a file is among what was found.
fn shows(answer: &Answer, file: &str) -> bool {
    let link = format!("href=\"/cases/{}\"", id(&format!("case {file}")));
    answer.body.contains(&link)
}

async fn number(app: &TestApp, file: &str) -> String {
    let case = id(&format!("case {file}"));
    app.db
        .ask(format!(
            "select number from app.case_file where id = '{case}'"
        ))
        .await
}

#[tokio::test]
async fn a_name_is_found_in_either_script_and_in_one_city() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    for typed in [
        "مريم",
        "مَرْيَم",
        "Maryam",
        "zaafrane MARYAM",
        "الزعفران مريم",
        "مري",
    ] {
        let answer = look(&worker, typed).await;
        assert!(shows(&answer, "rabat.mine"), "{typed}");
        assert!(answer.body.contains("<mark>"), "{typed}");
        assert!(!shows(&answer, "sale.mine"), "{typed}");
        assert!(!shows(&answer, "rabat.colleague"), "{typed}");
    }
    let answer = look(&app.client("worker1.sale"), "Maryam").await;
    assert!(shows(&answer, "sale.mine") && !shows(&answer, "rabat.mine"));
    assert!(answer.says(Lang::Ar, "search-how-script"));
}

#[tokio::test]
async fn a_mother_brings_her_children_and_a_nickname_its_child() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    let answer = look(&worker, "خديجة").await;
    let page = format!("href=\"/mothers/{}\"", id("mother rabat.mine"));
    assert!(answer.body.contains(&page), "{}", answer.body);
    assert!(shows(&answer, "rabat.mine"), "her child beneath her");
    let answer = look(&worker, "النورس").await;
    assert!(shows(&answer, "rabat.colleague"));
    assert!(answer.says(Lang::Ar, "search-called"));
}

#[tokio::test]
async fn a_number_is_found_whole_in_part_and_by_its_end() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    let whole = number(&app, "rabat.mine").await;
    let parts: Vec<&str> = whole.split('-').collect();
    let [prefix, year, counter, letter] = parts.as_slice() else {
        panic!("{whole}")
    };
    let tail = &counter[counter.len() - 3..];
    let arabic: String = tail
        .chars()
        .map(|c| char::from_u32(u32::from(c) - u32::from('0') + u32::from('٠')).unwrap())
        .collect();
    for typed in [
        whole.clone(),
        whole.to_lowercase(),
        whole.replace('-', " "),
        format!("{prefix}-{year}-{counter}"),
        format!("{year}-{counter}"),
        format!("{counter}-{letter}"),
        tail.to_owned(),
        arabic,
    ] {
        let answer = look(&worker, &typed).await;
        assert!(shows(&answer, "rabat.mine"), "{typed}");
        assert!(!shows(&answer, "rabat.colleague"), "{typed}");
    }
    let wrong = format!(
        "{prefix}-{year}-{counter}-{}",
        if *letter == "A" { "B" } else { "A" }
    );
    assert!(look(&worker, &wrong).await.says(Lang::Ar, "search-none"));
    let elsewhere = number(&app, "sale.mine").await;
    assert!(
        look(&worker, &elsewhere)
            .await
            .says(Lang::Ar, "search-none")
    );
}

/// Its people find it, and by its number alone; to others it is not there.
#[tokio::test]
async fn a_protected_file_is_found_by_its_number_and_by_its_people() {
    let app = named().await;
    let whole = number(&app, "rabat.protected").await;
    let answer = look(&app.client("worker2.rabat"), &whole).await;
    assert!(shows(&answer, "rabat.protected"));
    assert!(
        !answer.body.contains("CANARY"),
        "the number stands for the name"
    );
    for username in ["worker1.rabat", "supervisor.rabat", "worker1.sale"] {
        let answer = look(&app.client(username), &whole).await;
        assert!(!shows(&answer, "rabat.protected"), "{username}");
        assert!(answer.says(Lang::Ar, "search-none"), "{username}");
    }
    for username in ["worker2.rabat", "supervisor.rabat"] {
        let answer = look(&app.client(username), "زينب CANARY-child-rabat.protected").await;
        assert!(!shows(&answer, "rabat.protected"), "{username}");
        assert!(!answer.body.contains(&whole), "{username}");
    }
}

/// What is shown while one types is a piece of a page, the same people, and short.
#[tokio::test]
async fn what_is_shown_while_one_types_is_a_piece_of_a_page() {
    let app = named().await;
    crowd(&app, 30).await;
    let worker = app.client("worker1.rabat");
    let piece = worker.post("/search/suggest", &[("q", "Yassamine")]).await;
    assert_eq!(piece.status, StatusCode::OK);
    assert!(piece.body.starts_with("<div") && !piece.body.contains("<html"));
    assert_eq!(piece.body.matches("<a ").count(), 8);
    let piece = worker.post("/search/suggest", &[("q", "m")]).await;
    assert!(piece.says(Lang::Ar, "search-why-short"));
    let piece = worker.post("/search/suggest", &[("q", "Nobodyhere")]).await;
    assert!(piece.says(Lang::Ar, "search-none"));
}

/// So many children of one family name, each with a file.
async fn crowd(app: &TestApp, count: u32) {
    app.db
        .run(&format!(
            "insert into app.person (id, territory_id, sex, created_by)
             select md5('crowd ' || n)::uuid, 1, 'M', '{worker}' from generate_series(1, {count}) n;
             insert into app.person_name (id, person_id, territory_id, kind, given_la, family_la)
             select md5('name ' || n)::uuid, md5('crowd ' || n)::uuid, 1, 'civil',
                    (array['Omar', 'Anas', 'Bilal'])[n % 3 + 1], 'Yassamine' from generate_series(1, {count}) n;
             insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_by, changed_by)
             select md5('file ' || n)::uuid, 'RAB-2025-' || (70000 + n) || '-A', 1, 1, md5('crowd ' || n)::uuid, '{worker}', '{worker}'
             from generate_series(1, {count}) n",
            worker = id("worker1.rabat")
        ))
        .await;
    give_keys(app).await;
}

/// The files that a page of results leads to.
fn files(answer: &Answer) -> Vec<Uuid> {
    let links = answer.body.split("<h3><a href=\"/cases/").skip(1);
    links.map(|rest| rest[..36].parse().unwrap()).collect()
}

fn hidden(body: &str, name: &str) -> Option<String> {
    let (_, rest) = body.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    let app = named().await;
    crowd(&app, 45).await;
    let worker = app.client("worker1.rabat");
    for typed in ["Yassamine", "الياسمين"] {
        let mut seen = BTreeSet::new();
        let mut after = String::new();
        for rows in [20, 20, 5] {
            let fields = [("q", typed), ("after", after.as_str())];
            let answer = worker.post("/search", &fields).await;
            let page = files(&answer);
            assert_eq!(page.len(), rows, "{typed}");
            seen.extend(page);
            after = hidden(&answer.body, "after").unwrap_or_default();
        }
        assert_eq!((seen.len(), after.as_str()), (45, ""), "{typed}");
    }
}

#[tokio::test]
async fn a_search_asks_five_statements_at_most() {
    let app = named().await;
    crowd(&app, 30).await;
    let worker = app.client("worker1.rabat");
    let whole = number(&app, "rabat.mine").await;
    statements::count();
    for typed in [
        "Yassamine",
        "Maryam",
        "الياس",
        "Mary Xzqk",
        "Xzqk Wvbn",
        whole.as_str(),
        "0612345678",
    ] {
        for path in ["/search", "/search/suggest"] {
            worker.post(path, &[("q", typed)]).await;
            statements::take();
            worker.post(path, &[("q", typed)]).await;
            let asked = statements::take();
            assert!(asked.len() <= 5, "{path} {typed}: {asked:#?}");
        }
    }
}

/// The trail has who, by what and how much; and the files that one opened are not counted by it.
#[tokio::test]
async fn the_trail_has_counts_and_no_words() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    look(&worker, "Maryam").await;
    look(&worker, &number(&app, "rabat.mine").await).await;
    look(&worker, "?").await;
    let trail = app
        .db
        .list("select concat_ws(' ', actor, object_id, fields->>'by', fields->>'found') from audit.event where action = 'search.made' order by id")
        .await;
    let worker = id("worker1.rabat");
    assert_eq!(
        trail,
        [format!("{worker} names 1"), format!("{worker} number 1")]
    );
    let told: i64 = app
        .db
        .ask("select count(*) from audit.event e where e.action = any (audit.readings()) or e::text ~* 'maryam'")
        .await;
    assert_eq!(told, 0);
}

#[tokio::test]
async fn the_box_stands_on_the_pages_of_those_who_may_search() {
    let app = named().await;
    let page = app.client("worker1.rabat").get("/cases").await;
    assert!(page.body.contains("data-found=\"/search/suggest\""));
    for (username, path) in [("prosecutor.rabat", "/prosecution"), ("steering", "/plan")] {
        let page = app.client(username).get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("/search"), "{username}");
    }
}

/// The last files that one looked at, before anything is typed.
#[tokio::test]
async fn an_empty_box_offers_what_one_looked_at() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    let page = worker.get("/search").await;
    assert!(shows(&page, "rabat.mine") && !shows(&page, "rabat.colleague"));
    // nothing of an address is taken for a question
    let page = worker.get("/search?q=Maryam").await;
    assert!(!page.body.contains("value=\"Maryam\"") && page.says(Lang::Ar, "search-recent"));
}
