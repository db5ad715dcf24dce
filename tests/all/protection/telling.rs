//! Whatever shows something of a protected file, those who keep it are told; and so is who reviews an emergency.

use super::{WHY, fresh, number};
use crate::{
    paths::{LINES, Line},
    support::{
        Answer, Client, TestApp, id,
        world::{place_of, sign_in},
    },
};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

const FILE: &str = "rabat.protected";

/// Pages beside a file that show nothing of the child: who read it, by its number; the words that every child is
/// asked in; the words of who broke the glass; a house.
const NOTHING_OF_THE_CHILD: [&str; 7] = [
    "/cases/{id}/readers",
    "/cases/{id}/script",
    "/protection/emergency/{id}/review",
    "/shelter/institutions/{id}/keep",
    "/shelter/institutions/{id}/edit",
    "/shelter/institutions/{id}/groups/new",
    "/shelter/institutions/{id}/groups/{group}",
];

/// A supervisor, new in Rabat, whom the readings of the file are told to.
async fn keeper(app: &TestApp) -> String {
    let keeper = sign_in(&app.db, Role::Supervisor, place_of(Role::Supervisor)).await;
    name(app, &keeper).await;
    keeper
}

/// Names somebody on the file.
async fn name(app: &TestApp, username: &str) {
    app.db
        .run(&format!(
            "insert into app.case_grant (id, case_id, territory_id, user_id, kind, reason, granted_by, until)
             values (gen_random_uuid(), '{}', 1, '{}', 'named', 'replacement', '{}', now() + interval '1 day')",
            id(&format!("case {FILE}")),
            id(username),
            id("worker2.rabat")
        ))
        .await;
}

/// How many readings somebody was told of.
async fn told(app: &TestApp, username: &str) -> i64 {
    app.db
        .ask(format!(
            "select coalesce(sum(times), 0)::bigint from app.notice where kind = 'protected_opened' and recipient = '{}'",
            id(username)
        ))
        .await
}

/// What shows something that hangs on a file: pages, documents, what is masked until an act reveals it.
fn showing() -> impl Iterator<Item = &'static Line> {
    LINES.iter().filter(|line| {
        line.reach.is_of_a_file() && (line.method == "GET" || line.route.ends_with("/reveal"))
    })
}

async fn ask(client: &Client, line: &Line) -> Answer {
    let path = line.path(FILE);
    if line.method == "GET" {
        client.get(&path).await
    } else {
        client.post(&path, &[]).await
    }
}

/// Every route of the table, by somebody who is named: a new page of a file fails here until it writes its reading down.
#[tokio::test]
async fn whatever_shows_a_protected_file_tells_its_supervisor() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let (mut shown, mut faults) = (Vec::new(), Vec::new());
    for username in ["worker1.rabat", "supervisor.rabat"] {
        name(&app, username).await;
        let reader = app.client(username);
        for line in showing() {
            let before = told(&app, &keeper).await;
            if ask(&reader, line).await.status != StatusCode::OK {
                continue;
            }
            shown.push(line.route);
            let is_told = told(&app, &keeper).await > before;
            if is_told == NOTHING_OF_THE_CHILD.contains(&line.route) {
                faults.push(format!("{} by {username}: {is_told}", line.route));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for kind in [
        "/cases/{id}",
        "/cases/{id}/history",
        "/cases/{id}/print",
        "/cases/{id}/family",
        "/cases/{id}/seen",
        "/children/{id}",
        "/mothers/{id}",
        "/contacts/{id}",
        "/contacts/{id}/phone/reveal",
        "/cases/{id}/documents",
        "/documents/{id}/view",
        "/cases/{id}/clinical",
        "/cases/{id}/clinical/{note}/reveal",
        "/cases/{id}/address/{address}/reveal",
        "/cases/{id}/visits",
        "/cases/{id}/assessments",
        "/cases/{id}/care-plan",
        "/services/{id}",
        "/cases/{id}/shelter",
        "/prosecution/{id}",
        "/transfers/{id}",
    ] {
        assert!(shown.contains(&kind), "{kind} was not read: {shown:?}");
    }
}

/// One line a day for one reader, with how often; nobody is told of their own reading, and no line bears a name.
#[tokio::test]
async fn a_reader_is_one_line_a_day_and_an_ordinary_file_none() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    for username in ["worker1.rabat", "supervisor.rabat"] {
        name(&app, username).await;
    }
    let path =
        |page: &str, thing: &str, file: &str| format!("/{page}/{}", id(&format!("{thing} {file}")));
    // an ordinary file, what was sent to a court, and what is not there for who asks
    let worker = app.client("worker1.rabat");
    for page in [
        path("cases", "case", "rabat.mine"),
        path("children", "child", "rabat.mine"),
        path("mothers", "mother", "rabat.mine"),
        path("contacts", "contact", "rabat.mine"),
    ] {
        assert_eq!(worker.get(&page).await.status, StatusCode::OK, "{page}");
    }
    let court = app.client("prosecutor.rabat");
    let sent = path("prosecution", "judicial", FILE);
    assert_eq!(court.get(&sent).await.status, StatusCode::OK);
    let outsider = sign_in(&app.db, Role::SocialWorker, place_of(Role::SocialWorker)).await;
    let outsider = app.client(&outsider);
    for page in [
        path("cases", "case", FILE),
        path("contacts", "contact", FILE),
    ] {
        assert_eq!(outsider.get(&page).await.status, StatusCode::NOT_FOUND);
    }
    for username in [keeper.as_str(), "supervisor.rabat", "worker2.rabat"] {
        assert_eq!(told(&app, username).await, 0, "{username}");
    }

    let case = path("cases", "case", FILE);
    for page in [
        case.clone(),
        case.clone(),
        path("mothers", "mother", FILE),
        format!("{case}/documents"),
    ] {
        assert_eq!(worker.get(&page).await.status, StatusCode::OK, "{page}");
    }
    let supervisor = app.client("supervisor.rabat");
    assert_eq!(supervisor.get(&case).await.status, StatusCode::OK);
    let lines = app
        .db
        .list(format!(
            "select recipient || ' ' || actor || ' ' || times from app.notice where kind = 'protected_opened'
             and recipient in ('{}', '{}') order by times desc, recipient::text",
            id(&keeper),
            id("supervisor.rabat")
        ))
        .await;
    let (worker, supervisor) = (id("worker1.rabat"), id("supervisor.rabat"));
    let mut wanted = [
        format!("{} {worker} 4", id(&keeper)),
        format!("{supervisor} {worker} 4"),
    ];
    wanted.sort();
    assert_eq!(lines.first_chunk(), Some(&wanted), "{lines:?}");
    assert_eq!(lines[2..], [format!("{} {supervisor} 1", id(&keeper))]);

    let rows = app
        .db
        .list("select n::text from app.notice n")
        .await
        .join("\n");
    assert!(!rows.contains("CANARY"), "{rows}");
    let page = app.client(&keeper).get("/notices").await;
    assert!(page.says(Lang::Ar, "notice-protected-opened"));
    assert!(
        !page.body.contains("CANARY"),
        "a line has a number and no name"
    );
}

/// The page of the file, and whatever else was read of it meanwhile: not only what the file's own page wrote. A
/// supervisor who is named is told of each, too.
#[tokio::test]
async fn a_review_lists_all_that_was_read_through_the_glass() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let reader = app.client("worker1.rabat");
    let (form, number) = (fresh(), number(&app, FILE).await);
    let fields = [
        ("id", form.as_str()),
        ("number", number.as_str()),
        ("reason", "danger_now"),
        ("text", WHY),
    ];
    let begun = reader.post("/protection/emergency", &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let open = "select id::text from app.emergency_access where ended_at is null";
    let emergency = app.db.list(open).await.remove(0);
    let thing = |page: &str, name: &str| format!("/{page}/{}", id(name));
    let case = thing("cases", &format!("case {FILE}"));
    for page in [
        case.clone(),
        case.clone(),
        format!("{case}/history"),
        format!("{case}/documents"),
        thing("children", &format!("child {FILE}")),
        thing("mothers", &format!("mother {FILE}")),
        thing("contacts", &format!("contact {FILE}")),
        // their own work meanwhile is no part of it
        thing("cases", "case rabat.mine"),
        thing("contacts", "contact rabat.mine"),
    ] {
        assert_eq!(reader.get(&page).await.status, StatusCode::OK, "{page}");
    }
    assert_eq!(told(&app, &keeper).await, 7);
    let end = format!("/protection/emergency/{emergency}/end");
    assert_eq!(reader.post(&end, &[]).await.status, StatusCode::SEE_OTHER);
    let review = format!("/protection/emergency/{emergency}/review");
    for lang in Lang::ALL {
        let page = app.client("dpo").reading(lang).get(&review).await;
        assert_eq!(page.status, StatusCode::OK);
        for key in [
            "emergency-read-title",
            "emergency-read-file",
            "act-documents-opened",
            "act-child-opened",
            "act-mother-opened",
            "act-contact-opened",
        ] {
            assert!(page.says(lang, key), "{lang:?} {key}");
        }
        let rows = page.body.split("<tbody>").nth(1).unwrap();
        let rows = rows.split("</tbody>").next().unwrap();
        assert_eq!(rows.matches("<tr>").count(), 5, "{rows}");
        assert!(page.body.contains("<dd>7</dd>"), "seven in all");
        assert!(!page.body.contains("CANARY"), "and nothing of the child");
    }
    // an emergency that was not used says so
    let unused = format!(
        "/protection/emergency/{}/review",
        id("emergency rabat.mine")
    );
    let page = app.client("dpo").get(&unused).await;
    assert!(page.says(Lang::Ar, "emergency-read-none"));
}
