//! A name that is still being typed, in the other script than the one it lies in; and two letters in each other's place.

use super::{files, give_keys, look, named, shows};
use crate::support::{TestApp, id};
use sanad::{i18n::Lang, names};

/// Gives a child of the world another name, in one script.
async fn call(app: &TestApp, child: &str, arabic: &str, latin: &str) {
    app.db
        .run(&format!(
            "update app.person_name set given_ar = nullif('{arabic}', ''), family_ar = null,
                                        given_la = nullif('{latin}', ''), family_la = null
             where id = '{}'",
            id(&format!("name child {child}"))
        ))
        .await;
    give_keys(app).await;
}

#[tokio::test]
async fn a_beginning_finds_the_name_in_the_other_script() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    for (typed, file) in [
        ("Mary", "rabat.mine"),
        ("zaaf", "rabat.mine"),
        ("Zaafr Mar", "rabat.mine"),
        ("رشي", "rabat.colleague"),
        ("شفا رشي", "rabat.colleague"),
        // its mother is called Khadija
        ("خدي", "rabat.mine"),
    ] {
        let answer = look(&worker, typed).await;
        assert!(shows(&answer, file), "{typed}");
        assert!(answer.says(Lang::Ar, "search-how-begun"), "{typed}");
        assert!(answer.body.contains("<mark>"), "{typed}");
        assert!(!shows(&answer, "sale.mine"), "{typed}");
        let piece = worker.post("/search/suggest", &[("q", typed)]).await;
        assert!(piece.body.contains("<a "), "{typed}");
    }
    for typed in ["Ma", "Marou", "Zaak", "رش", "رشا شفق", "Mary Rach"] {
        let answer = look(&worker, typed).await;
        assert!(!answer.says(Lang::Ar, "search-how-begun"), "{typed}");
    }
}

#[tokio::test]
async fn one_in_its_own_script_comes_first() {
    let app = named().await;
    call(&app, "rabat.mine", "ياسمين", "").await;
    call(&app, "rabat.colleague", "", "Yasmine").await;
    let worker = app.client("worker1.rabat");
    let [arabic, latin] = ["rabat.mine", "rabat.colleague"].map(|file| id(&format!("case {file}")));
    for (typed, order) in [("Yasm", [latin, arabic]), ("ياس", [arabic, latin])] {
        let answer = look(&worker, typed).await;
        assert_eq!(files(&answer), order, "{typed}");
        for key in ["search-how-beginning", "search-how-begun"] {
            let why = format!(">{}<", Lang::Ar.t(key));
            assert!(answer.body.contains(&why), "{typed} {key}");
        }
    }
}

#[tokio::test]
async fn two_letters_in_each_others_place_are_forgiven() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    let mother = format!("href=\"/mothers/{}\"", id("mother rabat.mine"));
    for typed in ["Khadjia", "Kahdija", "Khadjia Boustane"] {
        let answer = look(&worker, typed).await;
        assert!(answer.body.contains(&mother), "{typed}");
        assert!(answer.says(Lang::Ar, "search-how-letter"), "{typed}");
    }
    call(&app, "rabat.mine", "خديجة", "").await;
    assert!(shows(&look(&worker, "Khadjia").await, "rabat.mine"));
    call(&app, "rabat.mine", "محمد", "").await;
    assert!(shows(&look(&worker, "محدم").await, "rabat.mine"));
}

/// Who upgrades has names with the keys of an older method: the job gives them the new ones.
#[tokio::test]
async fn names_with_older_keys_are_keyed_again() {
    let app = named().await;
    let worker = app.client("worker1.rabat");
    app.db
        .run(&format!(
            "update app.person_name set method = {}, keys = array(select k from unnest(keys) k where k not like '_:c:%')
             where names_enc is null",
            names::VERSION - 1
        ))
        .await;
    assert!(!shows(&look(&worker, "Mary").await, "rabat.mine"));
    give_keys(&app).await;
    assert!(shows(&look(&worker, "Mary").await, "rabat.mine"));
    let without: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.person_name
             where names_enc is null and method <> {}
                or given_ar = 'مريم' and territory_id = 1 and not keys @> array['1:c:mr', '1:c:mrm']",
            names::VERSION
        ))
        .await;
    assert_eq!(without, 0);
}

/// What is sealed has no keys, and so no beginning of it either.
#[tokio::test]
async fn a_protected_name_has_no_beginning() {
    let app = named().await;
    for username in ["worker2.rabat", "supervisor.rabat"] {
        for typed in ["Zine", "Zayn", "زين"] {
            let answer = look(&app.client(username), typed).await;
            assert!(!shows(&answer, "rabat.protected"), "{username} {typed}");
        }
    }
}
