//! The real router over a test's database, and people who ask it for pages.

use super::{TestDb, database, world};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, Method, Request, StatusCode, header},
};
use sanad::{
    authz::Role, blobs::Blobs, clock::Clock, config::Config, db::Db, i18n::Lang,
    passkeys::Passkeys, passwords::Gate, reference::Shelf, releases::Kept, router, state::AppState,
};
use std::sync::Arc;
use tower::ServiceExt;

/// The host that the tests pretend to type.
pub const HOST: &str = "127.0.0.1:8080";

/// An application and its database.
#[derive(Debug)]
pub struct TestApp {
    /// The database.
    pub db: TestDb,
    /// What its handlers reach.
    pub state: AppState,
    router: Router,
}

impl TestApp {
    /// With the people of [`world`], at the moment of the start, which stands still.
    pub async fn new() -> Self {
        let db = TestDb::new().await;
        world::build(&db).await;
        let app = Self::over(db, config()).await;
        world::documents(&app.db, &app.state.blobs).await;
        app
    }

    /// Over a database of the caller's, with settings of the caller's.
    pub async fn over(db: TestDb, config: Config) -> Self {
        let state = state(&db, config).await;
        let router = router::app(state.clone());
        Self { db, state, router }
    }

    /// The same people before another router.
    pub fn behind(&self, router: Router) -> Client {
        Client {
            router,
            cookies: Vec::new(),
            lang: Lang::Ar,
        }
    }

    /// Nobody.
    pub fn anonymous(&self) -> Client {
        self.behind(self.router.clone())
    }

    /// Someone of the world, signed in.
    pub fn client(&self, username: &str) -> Client {
        let mut client = self.anonymous();
        client.cookies.push(format!("sid={username}"));
        client
    }

    /// Someone new with that role, in that place, signed in.
    pub async fn as_role(&self, role: Role, place: world::Place) -> Client {
        self.client(&world::sign_in(&self.db, role, place).await)
    }
}

/// Settings as `sanad serve` has them behind plain http on this machine.
pub fn config() -> Config {
    let setting = |name: &str| {
        let value = match name {
            "DATABASE_URL" | "SANAD_STAT_DATABASE_URL" => "postgres://unused@localhost/unused",
            "SANAD_PUBLIC_URL" => "http://127.0.0.1:8080",
            _ => return None,
        };
        Some(value.to_owned())
    };
    Config::serve(&setting).unwrap().0
}

async fn state(db: &TestDb, config: Config) -> AppState {
    let pools = Db::new(
        db.options("sanad_app"),
        db.options("sanad_stat"),
        4,
        database::vault(),
    );
    pools.refuse_privileged_roles().await.unwrap();
    let shelf = Shelf::default();
    shelf.refresh(&pools).await.unwrap();
    let clock = Clock::fixed(Clock::system().now());
    AppState {
        db: pools,
        shelf,
        kept: Kept::default(),
        clock,
        passkeys: Passkeys::of(&config),
        config: Arc::new(config),
        gate: Gate::default(),
        blobs: Blobs::in_memory(),
    }
}

/// A browser: cookies and a language.
#[derive(Debug, Clone)]
pub struct Client {
    router: Router,
    cookies: Vec<String>,
    lang: Lang,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body, as text.
    pub body: String,
}

impl Answer {
    /// A header as text; empty if it is not there.
    pub fn header(&self, name: impl axum::http::header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// Whether the page holds the words of a key.
    pub fn says(&self, lang: Lang, key: &str) -> bool {
        self.body.contains(&lang.t(key).replace('\'', "&#39;"))
    }

    /// Where it leads, if it leads elsewhere.
    pub fn location(&self) -> &str {
        self.header(header::LOCATION)
    }
}

impl Client {
    /// Reads in another language.
    #[must_use]
    pub fn reading(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// Takes the cookies of an answer, as a browser does.
    #[must_use]
    pub fn with_cookies(mut self, answer: &Answer) -> Self {
        for value in answer.headers.get_all(header::SET_COOKIE) {
            let pair = value.to_str().unwrap().split(';').next().unwrap();
            let (name, _) = pair.split_once('=').unwrap();
            let others = |cookie: &String| !cookie.starts_with(&format!("{name}="));
            self.cookies.retain(others);
            if name != "lang" {
                self.cookies.push(pair.to_owned());
            }
        }
        self
    }

    /// Asks another router from now on.
    pub fn turn_to(&mut self, router: Router) {
        self.router = router;
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap())
            .await
    }

    /// Sends a form of the same site.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.post_raw(path, body.into_bytes()).await
    }

    /// Sends a body of the same site as it is.
    pub async fn post_raw(&self, path: &str, body: Vec<u8>) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends a form with a file of the same site, as a browser writes it.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!(
                "--sanad\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.into_bytes());
        }
        let (name, bytes) = file;
        let head = format!(
            "--sanad\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n--sanad--\r\n");
        self.send(self.multipart(path).body(Body::from(body)).unwrap())
            .await
    }

    /// The beginning of such a form.
    pub fn multipart(&self, path: &str) -> axum::http::request::Builder {
        self.request(Method::POST, path)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=sanad")
    }

    /// Sends an empty form with headers of the caller's instead of those of the same site.
    pub async fn post_with(&self, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
        let mut request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// The beginning of any request of this browser.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies = self
            .cookies
            .iter()
            .cloned()
            .chain([format!("lang={}", self.lang.code())]);
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::COOKIE, cookies.collect::<Vec<_>>().join("; "))
    }

    /// Sends it.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Sends it; the body as it travels, perhaps compressed.
    pub async fn send_bytes(&self, request: Request<Body>) -> Vec<u8> {
        let body = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_body();
        to_bytes(body, usize::MAX).await.unwrap().to_vec()
    }
}
