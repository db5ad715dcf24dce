//! What goes wrong around the application, and what the reader is told.

use crate::support::{TestApp, app::HOST, database};
use axum::{
    body::Body,
    http::{HeaderName, Method, StatusCode, header},
};
use sanad::{auth, db::Db, i18n::Lang, router, routes::Routes, state::AppState};
use sqlx::postgres::PgConnectOptions;
use std::{
    os::unix::{fs::symlink, net::UnixListener},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let own = format!("http://{HOST}");
    let refused: [&[(HeaderName, &str)]; 7] = [
        &[],
        &[(SITE, "cross-site")],
        &[(SITE, "same-site")],
        &[(header::ORIGIN, "https://evil.example")],
        &[(header::ORIGIN, "null")],
        &[(header::ORIGIN, "http://127.0.0.1:8081")],
        &[(SITE, "cross-site"), (header::ORIGIN, &own)],
    ];
    for headers in refused {
        let answer = worker.post_with("/logout", headers).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(
            answer.body.contains("<html lang=\"ar-MA\""),
            "{headers:?}: a page, in the reader's language"
        );
        assert_eq!(
            worker.get("/plan").await.status,
            StatusCode::OK,
            "still signed in"
        );
    }
    // a browser that says nothing of the site, and one that says nothing else
    for headers in [&[(header::ORIGIN, own.as_str())], &[(SITE, "same-origin")]] {
        let answer = worker.post_with("/language", headers).await;
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "passed to the form, which is empty: {headers:?}"
        );
    }
}

#[tokio::test]
async fn what_is_not_there_says_so_in_the_readers_language() {
    let app = TestApp::new().await;
    for path in [
        "/nothing",
        "/cases/not-an-id",
        "/cases/%FF",
        "/cases/%00",
        "/cases/1/2/3",
        "/static/../Cargo.toml",
        "/.git/config",
        "/static/app.css.map",
    ] {
        for lang in Lang::ALL {
            let answer = app.client("worker1.rabat").reading(lang).get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(
                answer.says(lang, "error-404-title"),
                "{path} in {}",
                lang.code()
            );
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::new().await;
    let client = app.client("worker1.rabat");
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        let answer = client
            .send(
                client
                    .request(method.clone(), "/cases")
                    .body(Body::empty())
                    .unwrap(),
            )
            .await;
        // a method that changes things must say where it comes from, like a form
        assert!(
            matches!(answer.status.as_u16(), 403 | 405),
            "{method}: {}",
            answer.status
        );
        let request = client.request(method, "/cases").header(SITE, "same-origin");
        let answer = client.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert!(answer.header(header::ALLOW).contains("GET"));
        assert!(answer.says(Lang::Ar, "error-405-title"));
    }
}

#[tokio::test]
async fn a_body_over_a_megabyte_is_not_read() {
    let app = TestApp::new().await;
    let client = app.client("worker1.rabat");
    for path in ["/contacts", "/login"] {
        let answer = client.post_raw(path, vec![b'a'; 1024 * 1024 + 1]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert!(answer.says(Lang::Ar, "error-413-title"));
    }
    // told by its length alone, before it is sent
    let request = client
        .request(Method::POST, "/contacts")
        .header(SITE, "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::CONTENT_LENGTH, "99999999");
    assert_eq!(
        client
            .send(request.body(Body::empty()).unwrap())
            .await
            .status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn a_body_that_is_no_form_is_a_bad_request() {
    let app = TestApp::new().await;
    for kind in [
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
    ] {
        let client = app.client("worker1.rabat");
        let request = client
            .request(Method::POST, "/contacts")
            .header(SITE, "same-origin")
            .header(header::CONTENT_TYPE, kind);
        let answer = client.send(request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kind}");
        assert!(answer.says(Lang::Ar, "error-400-title"), "{kind}");
    }
}

/// Routes that only a test has.
fn broken() -> Routes {
    auth::routes()
        .public("GET", "/panics", async || -> &'static str {
            panic!("CANARY-CAUSE")
        })
        .public("GET", "/sleeps", async || {
            tokio::time::sleep(Duration::from_secs(30)).await;
            "awake"
        })
}

#[tokio::test]
async fn a_panic_is_a_page_with_a_number_and_the_process_lives() {
    let app = TestApp::new().await;
    let client = app
        .behind(router::layered(broken(), app.state.clone()))
        .reading(Lang::Fr);
    let answer = client.get("/panics").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.says(Lang::Fr, "error-500-title"));
    let number = answer.header("x-request-id");
    assert!(
        number.len() > 30 && answer.body.contains(number),
        "{number}"
    );
    assert!(!answer.body.contains("CANARY"), "the reader sees no cause");
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(client.get("/login").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_ended() {
    let app = TestApp::new().await;
    let mut config = (*app.state.config).clone();
    config.request_timeout = Duration::from_millis(50);
    let state = AppState {
        config: Arc::new(config),
        ..app.state.clone()
    };
    let answer = app
        .behind(router::layered(broken(), state))
        .get("/sleeps")
        .await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.says(Lang::Ar, "error-503-title"));
}

/// A number of the client's own choice would stand in the log and in the audit trail.
#[tokio::test]
async fn the_number_of_a_request_is_ours() {
    let app = TestApp::new().await;
    let client = app.client("worker1.rabat");
    let request = client
        .request(Method::GET, "/no-such-page")
        .header("x-request-id", "CANARY");
    let answer = client.send(request.body(Body::empty()).unwrap()).await;
    assert!(!answer.header("x-request-id").contains("CANARY") && !answer.body.contains("CANARY"));
}

/// A folder with the socket of the database, which can be taken away and given back.
struct Cable {
    folder: PathBuf,
    server: PathBuf,
}

impl Cable {
    fn new(database: &PgConnectOptions) -> Self {
        let folder = std::env::temp_dir().join(format!("sanad-cable-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let server = database.get_socket().unwrap().join(".s.PGSQL.5432");
        Self { folder, server }
    }

    fn end(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    fn unplug(&self) {
        let _ = std::fs::remove_file(self.end());
    }

    fn plug(&self) {
        self.unplug();
        symlink(&self.server, self.end()).unwrap();
    }

    /// Somebody takes the call and says nothing.
    fn mute(&self) -> UnixListener {
        self.unplug();
        UnixListener::bind(self.end()).unwrap()
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn through(cable: &Path, options: PgConnectOptions) -> PgConnectOptions {
    options.socket(cable)
}

#[tokio::test]
async fn without_its_database_it_says_so_in_three_seconds_and_recovers_by_itself() {
    let app = TestApp::new().await;
    let cable = Cable::new(&app.db.options("sanad_app"));
    cable.plug();
    let [pages, figures] =
        ["sanad_app", "sanad_stat"].map(|role| through(&cable.folder, app.db.options(role)));
    let state = AppState {
        db: Db::new(pages, figures, 2, database::vault()),
        ..app.state.clone()
    };
    let router = router::app(state);
    let client = |username: &str| {
        let mut client = app.client(username);
        client.turn_to(router.clone());
        client.reading(Lang::Fr)
    };
    let worker = client("worker1.rabat");
    let cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename in ('sanad_app', 'sanad_stat')";
    assert_eq!(worker.get("/cases").await.status, StatusCode::OK);

    for silent in [false, true] {
        let _listener = if silent {
            Some(cable.mute())
        } else {
            cable.unplug();
            None
        };
        app.db.run(cut).await;
        for path in ["/cases", "/dashboard", "/login", "/readyz"] {
            let begun = Instant::now();
            let answer = client("supervisor.rabat").get(path).await;
            let took = begun.elapsed();
            if path == "/login" && answer.status == StatusCode::OK {
                continue;
            }
            assert_eq!(
                answer.status,
                StatusCode::SERVICE_UNAVAILABLE,
                "{path}, silent: {silent}"
            );
            assert!(
                took < Duration::from_secs(3),
                "{path} took {took:?}, silent: {silent}"
            );
            assert!(answer.says(Lang::Fr, "error-503-title"), "{path}");
        }
        assert_eq!(worker.get("/healthz").await.status, StatusCode::OK);
        assert_eq!(worker.get("/static/app.css").await.status, StatusCode::OK);
        cable.plug();
        assert_eq!(
            worker.get("/cases").await.status,
            StatusCode::OK,
            "after silence: {silent}"
        );
        // cut again with the server there: the next request does not notice
        app.db.run(cut).await;
        assert_eq!(worker.get("/cases").await.status, StatusCode::OK);
    }
}
