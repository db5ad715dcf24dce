//! Small promises at the edge: cookies, headers, methods, what a form may not reach, what the browser keeps.

use crate::{
    paths::{LINES, persona},
    support::{TestApp, TestDb, app, html::forms, id, source, world},
};
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use sanad::{authz::Role, passwords};

const PASSWORD: &str = "قنطرة قديمة ووردة ومطر";

/// Over https, with somebody who has a password.
async fn over_https() -> TestApp {
    let db = TestDb::new().await;
    world::build(&db).await;
    let salt = passwords::new_salt();
    let verifier = passwords::verifier(&passwords::derive(PASSWORD, &salt).unwrap());
    db.run(&format!(
        "insert into sec.credential (user_id, salt, verifier) values ('{}', '{salt}', '\\x{}')",
        id("worker1.rabat"),
        hex::encode(verifier)
    ))
    .await;
    let mut config = app::config();
    "https://sanad.example".clone_into(&mut config.public_url);
    TestApp::over(db, config).await
}

#[tokio::test]
async fn the_cookie_of_a_session_is_this_sites_and_no_scripts_and_ends_with_it() {
    let app = over_https().await;
    let fields = [("username", "worker1.rabat"), ("password", PASSWORD)];
    let answer = app.anonymous().post("/login", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let cookies = answer.headers.get_all(header::SET_COOKIE);
    let cookies: Vec<&str> = cookies.iter().map(|c| c.to_str().unwrap()).collect();
    let session = cookies.iter().find(|c| c.starts_with("__Host-sid="));
    for part in ["; HttpOnly", "; Secure", "; Path=/", "; SameSite="] {
        assert!(session.unwrap().contains(part), "{session:?}");
    }
    assert!(!session.unwrap().contains("Domain"), "{session:?}");
    assert!(
        cookies.iter().all(|c| c.contains("; Secure")),
        "{cookies:?}"
    );
    let someone = app.anonymous().with_cookies(&answer);
    assert_eq!(someone.get("/cases").await.status, StatusCode::OK);

    let left = someone.post("/logout", &[]).await;
    assert!(left.header("clear-site-data").contains("\"storage\""));
    // the old cookie, kept by somebody
    assert_eq!(someone.get("/cases").await.status, StatusCode::SEE_OTHER);
}

/// No page is another site's to read, each says how it is written, and none says what serves it.
#[tokio::test]
async fn every_page_names_its_charset_and_nothing_of_the_server() {
    let app = TestApp::new().await;
    for line in LINES.iter().filter(|line| line.method == "GET") {
        let role = Role::ALL.iter().find(|role| {
            let route = sanad::router::routes().table();
            let route = route
                .iter()
                .find(|r| r.path == line.route && r.method == "GET");
            let permission = route.and_then(|r| r.permission);
            permission.is_none_or(|permission| role.permissions().contains(&permission))
        });
        let client = app.client(persona(*role.unwrap()));
        let request = client
            .request(Method::GET, &line.path("rabat.mine"))
            .header(header::ORIGIN, "https://elsewhere.example");
        let answer = client.send(request.body(Body::empty()).unwrap()).await;
        for name in ["access-control-allow-origin", "server", "x-powered-by"] {
            assert_eq!(answer.header(name), "", "{} {name}", line.route);
        }
        if line.is_page() && answer.status == StatusCode::OK {
            assert_eq!(
                answer.header(header::CONTENT_TYPE),
                "text/html; charset=utf-8",
                "{}",
                line.route
            );
        }
    }
    let nobody = app.anonymous();
    for path in [
        "/.git/config",
        "/metrics",
        "/debug",
        "/static/",
        "/static/../Cargo.toml",
    ] {
        assert_eq!(
            nobody.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let trace = nobody.request(Method::TRACE, "/login").body(Body::empty());
    assert_eq!(
        nobody.send(trace.unwrap()).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

/// Two open the same form; the second to save is told, and nothing of the first is lost. Fields that the form
/// does not have reach nothing.
#[tokio::test]
async fn the_second_of_two_is_told_and_a_field_too_many_changes_nothing() {
    let app = TestApp::new().await;
    let edit = format!("/children/{}/edit", id("child rabat.mine"));
    let (one, other) = (app.client("worker1.rabat"), app.client("supervisor.rabat"));
    let page = one.get(&edit).await;
    let form = forms(&page.body, &edit)
        .into_iter()
        .find(|form| form.names().contains(&"given_la"))
        .unwrap();
    let named = |name: &'static str| {
        let mut fields = form.pairs();
        fields.retain(|(field, _)| *field != "given_la");
        fields.push(("given_la", name));
        fields
    };
    let mut first = named("First");
    first.extend([
        ("protected", "true"),
        ("territory_id", "2"),
        ("created_by", "x"),
        ("lead", "x"),
    ]);
    assert_eq!(one.post(&edit, &first).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        other.post(&edit, &named("Second")).await.status,
        StatusCode::CONFLICT
    );
    let kept = app
        .db
        .list("select n.given_la || ' ' || p.territory_id || ' ' || p.protected from app.person p
               join app.person_name n on n.person_id = p.id where n.given_la in ('First', 'Second')")
        .await;
    assert_eq!(kept, ["First 1 false"]);
}

#[test]
fn nothing_is_kept_in_the_browser() {
    let scripts = source::files("static", &["js"]);
    assert!(!scripts.is_empty());
    for script in scripts {
        for store in [
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "caches.",
            "document.cookie",
        ] {
            assert!(!script.text.contains(store), "{}: {store}", script.name());
        }
    }
}

/// Other programs are PostgreSQL's own, started by the demonstration.
#[test]
fn no_program_is_started_but_the_demonstrations_database() {
    for file in source::files("src", &["rs"]) {
        let starts = file.text.contains("Command::new") || file.text.contains("process::Command");
        assert!(
            !starts || file.name().contains("embedded/"),
            "{}",
            file.name()
        );
    }
}
