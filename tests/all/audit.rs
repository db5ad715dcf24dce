//! What the officer for data protection sees, and nobody else.

use crate::support::{TestApp, id, role::told, world::session_of};
use axum::http::StatusCode;
use sanad::i18n::Lang;

/// Without the marks that isolate a number from the direction of the words around it.
fn plain(body: &str) -> String {
    body.replace(['\u{2068}', '\u{2069}'], "")
}

#[tokio::test]
async fn the_trail_answers_the_officer_alone() {
    let app = TestApp::new().await;
    app.client("worker1.rabat")
        .get(&format!("/cases/{}", id("case rabat.mine")))
        .await;
    let mut connection = app.db.connect("sanad_app").await;
    for (username, sees) in [
        ("dpo", true),
        ("admin", false),
        ("supervisor.rabat", false),
        ("worker1.rabat", false),
        ("steering", false),
        ("nobody", false),
    ] {
        for question in [
            "select count(*) from audit.log('-infinity', 'infinity', null, null, null, null, null, 100)",
            "select count(*) from audit.busiest('-infinity')",
            "select count(*) from audit.people()",
        ] {
            let mut tx = told(&mut connection, &session_of(username)).await;
            let rows: i64 = sqlx::query_scalar(question)
                .fetch_one(&mut *tx)
                .await
                .unwrap();
            assert_eq!(rows > 0, sees, "{username}: {question}");
        }
    }
    for inner in [
        "select audit.number_of('case', gen_random_uuid())",
        "select audit.objects_of('x')",
        "select audit.watch_reading(1)",
        "select count(*) from audit.event",
        "select count(*) from audit.leaf",
        "select count(*) from audit.checkpoint",
    ] {
        assert!(
            sqlx::query(inner).execute(&mut connection).await.is_err(),
            "{inner}"
        );
    }
}

#[tokio::test]
async fn the_log_shows_who_did_what_and_its_own_reading() {
    let app = TestApp::new().await;
    let case = id("case rabat.mine");
    app.client("worker1.rabat")
        .get(&format!("/cases/{case}"))
        .await;
    app.client("worker1.rabat")
        .get(&format!("/cases/{}", id("case sale.mine")))
        .await;
    let dpo = app.client("dpo").reading(Lang::Fr);
    let number: String = app
        .db
        .ask(format!(
            "select number from app.case_file where id = '{case}'"
        ))
        .await;
    let page = dpo.get("/audit").await;
    assert!(page.says(Lang::Fr, "act-case-opened") && page.body.contains(&number));
    assert!(page.says(Lang::Fr, "act-access-refused") && page.says(Lang::Fr, "audit-refused-404"));
    assert!(
        !page.body.contains("CANARY"),
        "numbers and codes, no name of a child"
    );

    let refusals = dpo.get("/audit?action=access.refused").await;
    assert!(refusals.says(Lang::Fr, "audit-refused-404") && !refusals.body.contains(&number));
    for (query, found) in [
        ("who=worker1.rabat", true),
        ("who=worker2.rabat", false),
        ("who=nobody", false),
        ("object=no-such-number", false),
        ("from=01/01/2020&to=02/01/2020", false),
    ] {
        let body = dpo
            .get(&format!("/audit?action=case.opened&{query}"))
            .await
            .body;
        assert_eq!(
            body.contains(&format!("number={number}\"")),
            found,
            "{query}"
        );
    }
    let trail: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'audit.read' and actor is not null and fields::text not like '%no-such%'")
        .await;
    assert_eq!(trail, 7, "each reading of the log, without what was typed");
}

#[tokio::test]
async fn pages_of_the_log_follow_each_other_without_a_gap() {
    let app = TestApp::new().await;
    app.db
        .run("select audit.record('case.moved', 'case', md5(n::text)::uuid, 1::smallint, null, null) from generate_series(1, 60) n")
        .await;
    let dpo = app.client("dpo");
    let mut path = "/audit?action=case.moved".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    for page in 0..3 {
        let body = dpo.get(&path).await.body;
        let before = seen.len();
        seen.extend(
            body.split("/audit/file?number=")
                .skip(1)
                .map(|rest| rest.chars().take(36).collect::<String>()),
        );
        assert_eq!(seen.len() - before, [25, 25, 10][page]);
        let next = body
            .split("href=\"/audit?")
            .skip(2)
            .find(|rest| rest.contains("before="));
        path = next.map_or(String::new(), |rest| {
            let query = rest.split('"').next().unwrap();
            format!(
                "/audit?{}",
                query.replace("&#38;", "&").replace("&amp;", "&")
            )
        });
    }
    assert_eq!((seen.len(), path.as_str()), (60, ""));
}

#[tokio::test]
async fn who_saw_a_file_is_told_by_its_number() {
    let app = TestApp::new().await;
    for username in ["worker1.rabat", "supervisor.rabat", "worker1.rabat"] {
        let answer = app
            .client(username)
            .get(&format!("/cases/{}", id("case rabat.mine")))
            .await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    // the procedure belongs to the file
    app.client("prosecutor.rabat")
        .get(&format!("/prosecution/{}", id("judicial rabat.mine")))
        .await;
    app.client("worker1.sale")
        .get(&format!("/cases/{}", id("case rabat.mine")))
        .await;
    let number: String = app
        .db
        .ask("select c.number from app.case_file c join audit.event e on e.object_id = c.id and e.action = 'case.opened' limit 1")
        .await;
    let dpo = app.client("dpo").reading(Lang::En);
    for wanted in [
        number.clone(),
        id("case rabat.mine").to_string(),
        id("child rabat.mine").to_string(),
    ] {
        let page = plain(&dpo.get(&format!("/audit/file?number={wanted}")).await.body);
        assert!(page.contains("Seen by 3 people"), "{wanted}");
        for who in [
            "worker1.rabat",
            "supervisor.rabat",
            "prosecutor.rabat",
            "worker1.sale",
        ] {
            assert!(page.contains(&format!("Invented {who}")), "{who}");
        }
        assert!(page.contains("2 openings") && page.contains("1 refusal"));
    }
    let none = dpo.get("/audit/file?number=RBT-0000-000").await;
    assert!(none.says(Lang::En, "audit-file-none"));
}

/// Also what was revealed, printed, and read through broken glass.
#[tokio::test]
async fn who_saw_a_file_is_told_whatever_they_saw_of_it() {
    let app = TestApp::new().await;
    let case = id("case rabat.mine");
    let lead = app.client("worker1.rabat");
    let revealed = format!(
        "/cases/{case}/clinical/{}/reveal",
        id("clinical rabat.mine")
    );
    let address = format!("/cases/{case}/address/{}/reveal", id("address rabat.mine"));
    for path in [revealed, address] {
        assert_eq!(lead.post(&path, &[]).await.status, StatusCode::OK);
    }
    let printed = lead.get(&format!("/cases/{case}/print")).await;
    assert_eq!(printed.status, StatusCode::OK);
    app.db
        .run(&format!(
            "select set_config('app.session', '{}', false);
             select audit.record(act, 'case', '{case}', 1::smallint, null, null)
             from unnest(array['emergency.begun', 'emergency.read']) act",
            session_of("worker2.rabat")
        ))
        .await;
    let dpo = app.client("dpo").reading(Lang::En);
    let page = plain(&dpo.get(&format!("/audit/file?number={case}")).await.body);
    assert!(page.contains("Seen by 2 people"), "{page}");
    assert!(page.contains("3 openings") && page.contains("2 openings"));
}

/// What is opened, revealed or printed is a reading, or is said here to be none.
#[tokio::test]
async fn every_reading_is_counted_as_one() {
    use crate::support::source;
    // a sign-in, the address of a house, a track of help that begins
    let none = [
        "session.opened",
        "institution_address.revealed",
        "support.opened",
    ];
    let known = source::file("src/audit/domain.rs");
    let actions = known.split('"').filter(|word| {
        let verb = word.split_once('.').map(|(_, verb)| verb);
        verb.is_some_and(|verb| {
            verb.starts_with("opened")
                || ["revealed", "printed"].contains(&verb)
                || ["emergency.begun", "emergency.read"].contains(word)
        })
    });
    let mut told: Vec<&str> = actions.filter(|action| !none.contains(action)).collect();
    told.sort_unstable();
    told.dedup();
    assert!(told.len() > 25, "{told:?}");
    let app = TestApp::new().await;
    let counted = app
        .db
        .list("select action from unnest(audit.readings()) action order by action collate \"C\"")
        .await;
    assert_eq!(counted, told);
}

/// What acts are called. A verb that stands neither here nor in `audit.readings()` fails below: whoever writes a new
/// action says whether somebody reads by it.
const ACTS: &str = "accepted acknowledged action_closed added agreed answered approved asked backup_used body_named bound \
    called_for cancelled changed checked closed codes_renewed completed composed confirmed copied created deleted differed edited ended enrolled entered expired exported \
    fetched followed_up given handed handed_over held issued joined kept lift_asked lifted listed logged looked_elsewhere made marked met missed moved named not_begun parted passed planned preferred \
    received reclassified recorded recovered refused refuted registered released removed reopened reported requested rerouted restored retried returned reviewed \
    risk_changed risk_kept rotated rotation_begun saved sent set shared snoozed struck submitted suggested taken transmitted triaged unreadable unusual \
    used verified voided withdrawn written";
/// The others by which nobody reads of a person.
const NO_READINGS: [&str; 5] = [
    "session.opened",
    "stand_in.begun",
    "support.opened",
    "institution_address.revealed",
    "audit.read",
];

/// Of a reading of a protected file its supervisors are told: no action may be forgotten.
#[tokio::test]
async fn an_action_reads_or_is_known_to_read_nothing() {
    use crate::support::source;
    let app = TestApp::new().await;
    let readings = app.db.list("select unnest(audit.readings())").await;
    let domain = source::file("src/audit/domain.rs");
    let is_name = |text: &str| {
        let is_letter = |c: char| c.is_ascii_lowercase() || c == '_';
        !text.is_empty() && text.chars().all(is_letter)
    };
    let actions = domain
        .split_once("ACTIONS")
        .and_then(|(_, rest)| rest.split_once("];"))
        .unwrap()
        .0;
    let known: Vec<(&str, &str)> = actions
        .split('"')
        .filter_map(|word| word.split_once('.'))
        .filter(|(object, verb)| is_name(object) && is_name(verb))
        .collect();
    let mut faults = Vec::new();
    for (object, verb) in &known {
        let action = format!("{object}.{verb}");
        let is_act =
            NO_READINGS.contains(&action.as_str()) || ACTS.split(' ').any(|act| act == *verb);
        if is_act == readings.contains(&action) {
            faults.push(action);
        }
    }
    // what SQL writes is among them
    let rust = source::files("src", &["rs"]);
    for file in rust
        .into_iter()
        .chain(source::files("migrations", &["sql"]))
    {
        for written in file.text.split("audit.record('").skip(1) {
            let action = written.split('\'').next().unwrap_or_default();
            if !known
                .iter()
                .any(|(object, verb)| format!("{object}.{verb}") == action)
            {
                faults.push(format!("{}: {action}", file.name()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn who_opens_more_than_the_budget_is_written_down_once_an_hour() {
    let app = TestApp::new().await;
    for _ in 0..4 {
        app.client("worker1.rabat")
            .get(&format!("/cases/{}", id("case rabat.mine")))
            .await;
    }
    let mut job = app.db.connect("sanad_job").await;
    for (budget, found) in [(4, 0i64), (3, 1), (3, 0)] {
        let alerts: i64 = sqlx::query_scalar("select audit.watch_reading($1)")
            .bind(budget)
            .fetch_one(&mut job)
            .await
            .unwrap();
        assert_eq!(alerts, found, "budget {budget}");
    }
    let page = app
        .client("dpo")
        .reading(Lang::En)
        .get("/audit/reading")
        .await;
    let page = plain(&page.body);
    assert!(
        page.contains("4 openings") && page.contains("worker1.rabat"),
        "{page}"
    );
}

#[tokio::test]
async fn a_filter_that_cannot_be_is_told_beside_its_field() {
    let app = TestApp::new().await;
    let dpo = app.client("dpo").reading(Lang::Fr);
    for (query, field, word) in [
        ("from=31/02/2026", "from", "error-date-none"),
        ("to=x", "to", "error-date"),
        ("from=02/01/2026&to=01/01/2026", "to", "audit-range"),
        ("action=none", "action", "error-choice"),
    ] {
        let answer = dpo.get(&format!("/audit?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(
            answer.body.contains(&format!("id=\"{field}-error\"")),
            "{query}"
        );
        assert!(answer.says(Lang::Fr, word), "{query}");
    }
    let read: i64 = app.db.ask("select count(*) from audit.event").await;
    assert_eq!(read, 0, "nothing was shown");
}

/// What was written with an act is told in the reader's language, and so is why.
#[tokio::test]
async fn the_log_speaks_the_language_of_its_reader() {
    let app = TestApp::new().await;
    let case = id("case rabat.mine");
    let supervisor = app.client("supervisor.rabat");
    app.db
        .run("select audit.record('case.moved', 'case', null, 1::smallint, '{\"from\": \"assessment\", \"to\": \"planning\"}', null)")
        .await;
    let mark = [
        ("id", &*id("form").to_string()),
        ("reason", "threat"),
        ("text", "تهديد من طرف مستغل يعرف مسكن الأسرة"),
    ];
    let path = format!("/cases/{case}/protection");
    assert_eq!(
        supervisor.post(&path, &mark).await.status,
        StatusCode::SEE_OTHER
    );
    supervisor
        .get(&format!("/cases/{}", id("case sale.mine")))
        .await;
    for lang in Lang::ALL {
        let page = app.client("dpo").reading(lang).get("/audit").await;
        for key in [
            "state-planning",
            "state-assessment",
            "audit-refused-404",
            "audit-field-keeper",
        ] {
            assert!(page.says(lang, key), "{lang:?} {key}");
        }
        let rows = page.body.split("<tbody>").nth(1).unwrap();
        for code in ["planning", "threat<", "status", "keeper "] {
            let word = code.trim_end_matches('<').trim();
            let is_word =
                lang == Lang::En && lang.t("state-planning").to_lowercase().contains(word);
            assert!(is_word || !rows.contains(code), "{lang:?} {code}");
        }
    }
}

/// The filter and the words know every action that the program writes.
#[test]
fn every_action_has_its_words() {
    use crate::support::source;
    let words = source::file("locales/ar/audit.ftl");
    let logging = source::file("docs/logging.md");
    let known = source::file("src/audit/domain.rs");
    let mut faults = Vec::new();
    for file in source::files("src", &["rs"]) {
        for (at, _) in file.text.match_indices("Event::o") {
            let rest = file.text[at..]
                .split_once('(')
                .map_or("", |(_, rest)| rest)
                .trim_start();
            let Some(action) = rest
                .strip_prefix('"')
                .and_then(|rest| rest.split('"').next())
            else {
                continue;
            };
            if !action.contains('.') {
                continue;
            }
            let key = format!("act-{} =", action.replace(['.', '_'], "-"));
            if !words.contains(&key) || !known.contains(&format!("\"{action}\"")) {
                faults.push(format!("{}: {action}", file.name()));
            }
            let (object, verb) = action.split_once('.').unwrap();
            // several verbs of one object stand as `object.one`, `.two`
            let listed = logging.lines().any(|line| {
                line.contains(&format!("`{action}`"))
                    || (line.contains(&format!("`{object}."))
                        && line.contains(&format!("`.{verb}`")))
            });
            if !listed {
                faults.push(format!("docs/logging.md: {action}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
