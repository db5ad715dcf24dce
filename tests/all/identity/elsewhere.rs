//! Another city is asked: the look tells its name alone, the card goes to its supervisor, a summary opens after the answer.

use super::{alike, form, number, page, put, refused_at};
use crate::support::{
    Answer, Client, TestApp, TestDb, id,
    role::{looks, reads, tries},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const MINE: &str = "rabat.mine";
const THEIRS: &str = "sale.mine";
const FOREIGN: [&str; 2] = ["CANARY-child-sale.mine", "CANARY-mother-sale.mine"];

/// A world in which the child of Salé bears the name of that of Rabat.
async fn world() -> TestApp {
    let app = TestApp::new().await;
    alike(&app.db, [MINE, THEIRS]).await;
    app
}

async fn look(client: &Client, n: &str) -> Answer {
    let id = form(n);
    client
        .post(&page(MINE, "/elsewhere"), &[("id", id.as_str())])
        .await
}

async fn ask(client: &Client, n: &str, city: &str, why: &str) -> Answer {
    let id = form(n);
    let fields = [("id", id.as_str()), ("ask_city", city), ("ask_why", why)];
    client.post(&page(MINE, "/elsewhere/ask"), &fields).await
}

/// The cities that the last look named.
async fn named(db: &TestDb) -> String {
    db.ask(format!(
        "select cities::text from app.identity_look where case_id = '{}' order by at desc limit 1",
        id("case rabat.mine")
    ))
    .await
}

/// What was told to whom, since the last time.
async fn told(db: &TestDb) -> Vec<String> {
    let told = db
        .list(
            "select n.kind || ' ' || u.username from app.notice n join sec.app_user u on u.id = n.recipient
             where n.seen_at is null and n.kind like 'identity%' order by 1",
        )
        .await;
    db.run("update app.notice set seen_at = now()").await;
    told
}

/// Asked by the worker, whose question it is.
async fn asked(app: &TestApp) -> String {
    let worker = app.client("worker1.rabat");
    assert_eq!(look(&worker, "01").await.status, StatusCode::SEE_OTHER);
    let sent = ask(&worker, "02", "2", "ASKED-WHY").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.location().to_owned()
}

async fn accept(app: &TestApp, question: &str) -> Answer {
    let child = id("child sale.mine").to_string();
    let fields = [("answer", "accepted"), ("answer_child", child.as_str())];
    app.client("supervisor.sale")
        .post(&format!("{question}/answer"), &fields)
        .await
}

#[tokio::test]
async fn a_look_tells_the_city_and_nothing_else_and_is_written_down() {
    let app = world().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    assert_eq!(look(&worker, "01").await.status, StatusCode::SEE_OTHER);
    assert_eq!(look(&worker, "01").await.status, StatusCode::SEE_OTHER);
    assert_eq!(named(&app.db).await, "{2}");
    let looks: i64 = app
        .db
        .ask("select count(*) from app.identity_look where at > now() - interval '1 hour'")
        .await;
    assert_eq!(looks, 1, "pressed twice, it is one look");
    let shown = worker.get(&page(MINE, "/elsewhere")).await;
    assert!(
        shown
            .body
            .contains("Possible match in \u{2068}Salé\u{2069} — ask its supervisor"),
        "{}",
        shown.body
    );
    let number = number(&app.db, THEIRS).await;
    for word in FOREIGN.into_iter().chain([number.as_str()]) {
        assert!(!shown.body.contains(word), "{word}");
    }
    let written: i64 = app
        .db
        .ask(format!(
            "select count(*) from audit.event where action = 'identity.looked_elsewhere' and object_id = '{}'",
            id("case rabat.mine")
        ))
        .await;
    assert_eq!(written, 2, "each time");
    // who cannot open the file does not look for its child
    for stranger in ["worker2.rabat", "worker1.sale", "supervisor.sale"] {
        let answer = look(&app.client(stranger), "03").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{stranger}");
    }
}

#[tokio::test]
async fn what_cannot_be_the_child_is_not_named_nor_one_who_is_protected() {
    let app = world().await;
    let (db, theirs) = (&app.db, id("child sale.mine"));
    let supervisor = app.client("supervisor.rabat");
    let case = id("case sale.mine");
    let changes = [
        (
            format!("update app.person set sex = 'M' where id = '{theirs}'"),
            format!("update app.person set sex = 'U' where id = '{theirs}'"),
        ),
        (
            format!(
                "update app.person set birth_earliest = '2009-01-01', birth_latest = '2009-12-31' where id = '{theirs}'"
            ),
            format!(
                "update app.person set birth_earliest = null, birth_latest = null, birth_basis = null where id = '{theirs}'"
            ),
        ),
        (
            format!(
                "update app.case_file set protected = true where id = '{case}'; update app.person set protected = true where id = '{theirs}'"
            ),
            format!(
                "update app.case_file set protected = false where id = '{case}'; update app.person set protected = false where id = '{theirs}'"
            ),
        ),
        (
            format!(
                "update app.person_name set given_ar = null, given_la = null where person_id = '{theirs}'"
            ),
            format!("update app.person_name set given_ar = 'زينب' where person_id = '{theirs}'"),
        ),
        (
            format!(
                "update app.person_name set keys = app.keys_in(array[2::smallint], array['s:zynb', 'l:zynb', 's:other', 'l:other', 'p:other+zynb', 'n:2']) where person_id = '{theirs}'"
            ),
            format!(
                "update app.person_name set keys = app.keys_in(array[2::smallint], array['s:zynb', 'l:zynb', 's:kanari', 'l:kanari', 'p:kanari+zynb', 'n:2']) where person_id = '{theirs}'"
            ),
        ),
    ];
    for (n, (away, back)) in changes.iter().enumerate() {
        put(db, away).await;
        look(&supervisor, &format!("{n}1")).await;
        assert_eq!(named(db).await, "{}", "{away}");
        put(db, back).await;
        look(&supervisor, &format!("{n}2")).await;
        assert_eq!(named(db).await, "{2}", "{back}");
    }
    // a protected child is not asked about, and one without a whole name cannot be
    let mine = id("child rabat.mine");
    put(
        db,
        &format!("update app.person_name set family_ar = null, family_la = null where person_id = '{mine}'"),
    )
    .await;
    let answer = look(&supervisor.reading(Lang::En), "91").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::En, "elsewhere-unnamed"));
    let lead = app.client("worker2.rabat").reading(Lang::En);
    let protected = page("rabat.protected", "/elsewhere");
    let answer = lead.post(&protected, &[("id", form("92").as_str())]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::En, "elsewhere-protected"));
}

#[tokio::test]
async fn nobody_fishes() {
    let app = world().await;
    let (db, who, case) = (&app.db, "worker1.rabat", id("case rabat.mine"));
    put(
        db,
        &format!(
            "insert into app.identity_look (id, case_id, territory_id, by_user, cities)
             select gen_random_uuid(), '{case}', 1, '{}', '{{}}' from generate_series(1, 19)",
            id(who)
        ),
    )
    .await;
    let worker = app.client(who).reading(Lang::En);
    assert_eq!(look(&worker, "01").await.status, StatusCode::SEE_OTHER);
    let over = look(&worker, "02").await;
    assert_eq!(over.status, StatusCode::CONFLICT);
    assert!(over.says(Lang::En, "elsewhere-bound"));
    // another colleague looks
    let supervisor = app.client("supervisor.rabat");
    assert_eq!(look(&supervisor, "03").await.status, StatusCode::SEE_OTHER);
    // past the page there is no other way
    let child = id("child rabat.mine");
    for sql in [
        format!("select app.possible_elsewhere('{child}')"),
        format!("select app.agreed_on('{child}')"),
        format!("select app.put_under(gen_random_uuid(), '{child}', '{child}')"),
        "insert into app.identity_look (id, case_id, territory_id, by_user, cities) values (gen_random_uuid(), null, 1, null, '{}')".to_owned(),
        "update app.identity_request set state = 'accepted'".to_owned(),
        "update app.identity_target set chosen = true".to_owned(),
        format!(
            "insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, act_id)
             values (gen_random_uuid(), 1, '{child}', '{}', 'unsure', '{}', '{}')",
            id("identity child rabat.mine"),
            id("worker1.rabat"),
            id("identity act rabat.mine")
        ),
    ] {
        let refused = tries(db, "supervisor.rabat", &sql).await;
        assert_eq!(refused, Err("42501".to_owned()), "{sql}");
    }
    // what nobody looked for is not asked for
    put(db, "truncate app.identity_look").await;
    let sql = format!("select app.ask_elsewhere(gen_random_uuid(), '{case}', 2::smallint, 'x')");
    assert_eq!(looks(db, who, &sql).await, Ok(vec!["gone".to_owned()]));
}

#[tokio::test]
async fn a_question_is_read_by_its_two_sides_and_its_asker_and_the_child_that_is_meant_by_one() {
    let app = world().await;
    let db = &app.db;
    told(db).await;
    let question = asked(&app).await;
    assert_eq!(told(db).await, ["identity_asked supervisor.sale"]);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let again = ask(&worker, "02", "2", "ASKED-WHY").await;
    assert_eq!(again.location(), question, "pressed twice");
    let amended = ask(&worker, "02", "2", "AMENDED-WHY").await;
    assert_eq!(amended.status, StatusCode::CONFLICT);
    assert!(amended.says(Lang::En, "identity-waits-already"));
    assert!(amended.body.contains("AMENDED-WHY"), "typed, kept");
    // a city that was not named
    let elsewhere = ask(&worker, "04", "4", "ASKED-WHY").await;
    assert_eq!(elsewhere.status, StatusCode::CONFLICT);
    assert!(elsewhere.says(Lang::En, "identity-gone"));

    for (who, status) in [
        ("worker1.rabat", StatusCode::OK),
        ("supervisor.rabat", StatusCode::OK),
        ("supervisor.sale", StatusCode::OK),
        ("worker2.rabat", StatusCode::NOT_FOUND),
        ("worker1.sale", StatusCode::NOT_FOUND),
        ("prosecutor.rabat", StatusCode::FORBIDDEN),
        ("dpo", StatusCode::FORBIDDEN),
    ] {
        let answer = app.client(who).get(&question).await;
        assert_eq!(answer.status, status, "{who}");
        let is_theirs = who == "supervisor.sale";
        for word in FOREIGN {
            assert_eq!(answer.body.contains(word), is_theirs, "{who} {word}");
        }
        if status == StatusCode::OK {
            for word in ["CANARY-child-rabat.mine", "ASKED-WHY"] {
                assert!(answer.body.contains(word), "{who} {word}");
            }
        }
    }
    let request = question.rsplit('/').next().unwrap_or_default();
    let target =
        format!("select person_id from app.identity_target where request_id = '{request}'");
    let target = target.as_str();
    let theirs = id("child sale.mine").to_string();
    assert_eq!(reads(db, "supervisor.sale", target).await, [theirs]);
    for who in ["worker1.rabat", "supervisor.rabat", "worker1.sale"] {
        assert!(reads(db, who, target).await.is_empty(), "{who}");
    }
    // the card closes when the file is protected
    put(
        db,
        &format!(
            "update app.case_file set protected = true where id = '{}'",
            id("case rabat.mine")
        ),
    )
    .await;
    let closed = app.client("supervisor.sale").get(&question).await;
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_answer_opens_a_summary_to_each_side_until_one_of_them_ends_it() {
    let app = world().await;
    let db = &app.db;
    let question = asked(&app).await;
    told(db).await;
    let (ours, theirs) = (number(db, MINE).await, number(db, THEIRS).await);
    let (worker, there) = (app.client("worker1.rabat"), app.client("worker1.sale"));
    let supervisor = app.client("supervisor.sale").reading(Lang::En);
    let answer = format!("{question}/answer");
    refused_at(
        &supervisor.post(&answer, &[("answer", "refused")]).await,
        "answer_words",
    );
    refused_at(
        &supervisor.post(&answer, &[("answer", "accepted")]).await,
        "answer_child",
    );
    let stranger = id("child rabat.mine").to_string();
    let wrong = [("answer", "accepted"), ("answer_child", stranger.as_str())];
    refused_at(&supervisor.post(&answer, &wrong).await, "answer_child");
    let own_side = app.client("supervisor.rabat").post(&answer, &wrong).await;
    assert_eq!(own_side.status, StatusCode::CONFLICT);
    let nobodys = app.client("worker1.sale").post(&answer, &wrong).await;
    assert_eq!(nobodys.status, StatusCode::FORBIDDEN);
    for (client, of, other) in [(&worker, MINE, &theirs), (&there, THEIRS, &ours)] {
        let file = client.get(&page(of, "")).await.body;
        assert!(!file.contains(other), "{of} before the answer");
    }

    assert_eq!(accept(&app, &question).await.status, StatusCode::SEE_OTHER);
    assert_eq!(told(db).await, ["identity_accepted worker1.rabat"]);
    let again = accept(&app, &question).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "pressed twice");
    let words = [("answer", "refused"), ("answer_words", "LATE-WORDS")];
    let late = supervisor.post(&answer, &words).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says(Lang::En, "identity-answered") && late.body.contains("LATE-WORDS"));

    for (client, of, other) in [(&worker, MINE, &theirs), (&there, THEIRS, &ours)] {
        assert!(client.get(&page(of, "")).await.body.contains(other), "{of}");
        let shown = client.get(&page(of, "/identity")).await.body;
        assert!(shown.contains("id=\"elsewhere\""), "{of}");
        assert!(shown.contains(other), "{of}");
        let foreign = if of == MINE { THEIRS } else { MINE };
        let hidden = ["REMARK", "VISIT", "SERVICE", "NOTE", "REASON", "SUMMARY"]
            .map(|word| format!("CANARY-{word}"));
        let people = ["child", "mother"].map(|who| format!("CANARY-{who}-{foreign}"));
        for word in hidden.iter().chain(&people) {
            assert!(!shown.contains(word.as_str()), "{of} {word}");
        }
        // the file itself stays the other city's
        let away = client.get(&page(foreign, "")).await;
        assert_eq!(away.status, StatusCode::NOT_FOUND);
    }
    let kinds = format!(
        "select kind from app.elsewhere_of('{}')",
        id("case rabat.mine")
    );
    let mut kinds = reads(db, "worker1.rabat", &kinds).await;
    kinds.dedup();
    assert_eq!(kinds, ["contact", "move", "service"], "and no decision");
    assert!(
        reads(
            db,
            "worker2.rabat",
            &format!(
                "select kind from app.elsewhere_of('{}')",
                id("case rabat.mine")
            )
        )
        .await
        .is_empty()
    );

    // taken apart: by a supervisor of either side, and closed at once
    let act = question.rsplit('/').next().unwrap_or_default();
    let end = form("31");
    let part = [
        ("id", end.as_str()),
        ("part_act", act),
        ("verdict", "not_same"),
        ("part_why", "END-WHY"),
    ];
    let tried = worker.post(&page(MINE, "/identity/part"), &part).await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN);
    let ours_ends = app.client("supervisor.rabat");
    let ended = ours_ends.post(&page(MINE, "/identity/part"), &part).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    assert_eq!(
        told(db).await,
        [
            "identity_ended supervisor.sale",
            "identity_ended worker1.rabat"
        ]
    );
    for (client, of, other) in [(&worker, MINE, &theirs), (&there, THEIRS, &ours)] {
        assert!(
            !client.get(&page(of, "")).await.body.contains(other),
            "{of}"
        );
        let shown = client.get(&page(of, "/identity")).await.body;
        assert!(!shown.contains("id=\"elsewhere\""), "{of}");
    }
    let read = supervisor.get(&question).await;
    assert!(read.body.contains("END-WHY") && read.says(Lang::En, "identity-ended"));
}

#[tokio::test]
async fn a_question_is_taken_back_and_one_that_was_refused_is_not_asked_again() {
    let app = world().await;
    let db = &app.db;
    let question = asked(&app).await;
    told(db).await;
    let withdraw = format!("{question}/withdraw");
    let worker = app.client("worker1.rabat");
    let other_side = app.client("supervisor.sale").post(&withdraw, &[]).await;
    assert_eq!(other_side.status, StatusCode::CONFLICT);
    let stranger = app.client("worker2.rabat").post(&withdraw, &[]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert_eq!(
        worker.post(&withdraw, &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(told(db).await, ["identity_withdrawn supervisor.sale"]);
    assert_eq!(
        worker.post(&withdraw, &[]).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(accept(&app, &question).await.status, StatusCode::CONFLICT);

    let sent = ask(&worker, "05", "2", "ASKED-AGAIN").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let no = [("answer", "refused"), ("answer_words", "ANSWER-WORDS")];
    let answer = format!("{}/answer", sent.location());
    let supervisor = app.client("supervisor.sale");
    for _ in 0..2 {
        let said = supervisor.post(&answer, &no).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    }
    let read = worker.get(sent.location()).await;
    assert!(read.body.contains("ANSWER-WORDS"));
    look(&worker, "06").await;
    assert_eq!(named(db).await, "{}", "that city said who it is not");
}

/// Of two who answer at once, one is told that it was answered.
#[tokio::test]
async fn two_answers_at_once_are_one() {
    let app = world().await;
    let question = asked(&app).await;
    let no = [("answer", "unsure"), ("answer_words", "ANSWER-WORDS")];
    let (supervisor, answer) = (app.client("supervisor.sale"), format!("{question}/answer"));
    let (one, two) = tokio::join!(accept(&app, &question), supervisor.post(&answer, &no));
    let mut answers = [one.status.as_u16(), two.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
}
