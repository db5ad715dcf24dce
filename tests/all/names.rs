//! The name engine over the public lists of pairs: what is one name is found, in either script, and what is two is kept
//! apart. `make bench` prints the same figures; nothing is timed here.

#[path = "../../benches/names/list.rs"]
mod list;

use crate::{
    seal::work,
    support::{TestApp, TestDb, app},
};
use list::Tally;
use sanad::{names::Verdict, people};
use std::collections::BTreeMap;

/// The rows of a list that must reach their gates to the letter: a category is too small to be judged by one pair.
const GATES: [&str; 2] = ["all", "cross"];

fn forgiven(tally: &Tally) -> usize {
    usize::from(!GATES.contains(&tally.name))
}

/// The rows of each list where that does not hold, and the pairs that are wrong.
fn failing(holds: impl Fn(&Tally) -> bool) -> String {
    let lists = list::lists().unwrap();
    let failing = lists.iter().map(|list| {
        let rows: String = list::tallies(&list.pairs)
            .iter()
            .filter(|tally| !holds(tally))
            .map(Tally::row)
            .collect();
        if rows.is_empty() {
            return rows;
        }
        let wrong = list.pairs.iter().filter(|pair| !pair.is_right());
        let wrong = wrong.map(|pair| {
            let (said, is) = (pair.verdict.code(), pair.same);
            format!(
                "{}\t{}\t{}\tone name: {is}, said: {said}\n",
                pair.category, pair.first, pair.second
            )
        });
        format!("{}\n{rows}{}", list.name, wrong.collect::<String>())
    });
    failing.collect()
}

#[test]
fn the_lists_are_large_enough_to_say_something() {
    let lists = list::lists().unwrap();
    let large = [[400, 40], [400, 40], [150, 25]];
    assert_eq!(lists.len(), large.len());
    for (list, [least, across]) in lists.iter().zip(large) {
        assert!(list.pairs.len() >= least, "{}", list.name);
        for verdict in [true, false] {
            let cross = list.pairs.iter().filter(|pair| pair.category == "cross");
            let many = cross.filter(|pair| pair.same == verdict).count();
            assert!(many >= across, "{}: {many}", list.name);
        }
    }
}

#[test]
fn what_is_one_name_is_found() {
    let failing = failing(|tally| tally.finds(forgiven(tally)));
    assert!(failing.is_empty(), "{failing}");
}

/// A verdict helps nobody if the keys never bring the two together.
#[test]
fn what_is_one_name_has_keys_in_common() {
    let failing = failing(|tally| tally.reaches(forgiven(tally)));
    assert!(failing.is_empty(), "{failing}");
}

#[test]
fn what_is_two_names_is_not_taken_for_one() {
    // fewer than one in a hundred of all; of fifty in two scripts one may be wrong
    let failing = failing(|tally| tally.tells_apart(usize::from(tally.name != "all")));
    assert!(failing.is_empty(), "{failing}");
}

/// `same` and `likely` are two words: an engine that is sure of nothing would pass the tests above.
#[test]
fn half_of_the_spellings_are_known_for_certain() {
    for list in list::lists().unwrap() {
        let same = || list.pairs.iter().filter(|pair| pair.same);
        let sure = same().filter(|pair| pair.verdict == Verdict::Same).count();
        let all = same().count();
        assert!(sure * 2 >= all, "{}: {sure} of {all}", list.name);
    }
}

/// Two thousand people of the benchmark in seven cities, found by their keys, and a worker who is signed in.
async fn crowd() -> TestApp {
    let db = TestDb::new().await;
    let world = include_str!("../../benches/names/world.sql");
    let people = include_str!("../../benches/names/people.sql");
    db.run(&format!(
        "set session_replication_role = replica; set bench.first = '0'; set bench.until = '500'; {world} {people}
         reset session_replication_role;
         insert into sec.session (token_sha256, user_id, assignment_id, epoch, idle_until, expires_at)
         select sha256(convert_to(u.username, 'UTF8')), u.id, a.id, 1, now() + interval '1 hour', now() + interval '1 hour'
         from sec.app_user u join sec.role_assignment a on a.user_id = u.id where u.username = 'worker1.rabat';
         analyze"
    ))
    .await;
    let keyed = people::key_names(&work(&db).db, "test").await.unwrap();
    assert!(keyed > 1900, "{keyed}");
    TestApp::over(db, app::config()).await
}

/// Kinds of searches of `make bench` that look for somebody who is there.
const MUST_BE_THERE: [&str; 4] = [
    "whole name, other script",
    "beginning, other script",
    "end of a number",
    "a mother",
];

/// What `make bench` searches for, as far as somebody must be there.
#[tokio::test]
async fn in_a_crowd_the_searches_of_the_benchmark_find_somebody() {
    let app = crowd().await;
    let queries = app
        .db
        .list(include_str!("../../benches/names/queries.sql"))
        .await;
    let worker = app.client("worker1.rabat");
    let mut found = BTreeMap::<&str, (usize, usize)>::new();
    for (kind, typed) in queries.iter().filter_map(|line| line.split_once('\t')) {
        if MUST_BE_THERE.contains(&kind) {
            let answer = worker.post("/search", &[("q", typed)]).await;
            let (shown, all) = found.entry(kind).or_default();
            *shown += usize::from(answer.body.contains("class=\"card cases\""));
            *all += 1;
        }
    }
    assert_eq!(found.len(), MUST_BE_THERE.len(), "{found:?}");
    for (kind, (shown, all)) in found {
        assert!(all >= 15, "{kind}: {all}");
        let at_least = if kind.ends_with("other script") {
            95
        } else {
            100
        };
        assert!(shown * 100 >= all * at_least, "{kind}: {shown} of {all}");
    }
}
