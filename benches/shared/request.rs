//! Requests of people who are signed in.

use super::{
    http,
    place::{PASSWORD, Place, Server},
};
use anyhow::Context;
use std::{
    collections::HashMap,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Who is signed in: name and cookie.
pub type People = HashMap<String, String>;

/// What is asked, and as whom.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path, with its query.
    pub path: String,
    /// The session.
    pub cookie: String,
    /// A form; `{id}` in it becomes an id of its own each time.
    pub body: String,
}

impl Request {
    /// For a page.
    pub fn get(cookie: &str, path: &str) -> Self {
        Self {
            method: "GET",
            path: path.to_owned(),
            cookie: cookie.to_owned(),
            body: String::new(),
        }
    }

    /// With a form.
    pub fn post(cookie: &str, path: &str, body: String) -> Self {
        Self {
            method: "POST",
            path: path.to_owned(),
            cookie: cookie.to_owned(),
            body,
        }
    }

    /// Asks once.
    pub fn send(&self, server: &Server, headers: &str) -> anyhow::Result<http::Answer> {
        let form = if self.method == "POST" {
            form_headers(server)
        } else {
            String::new()
        };
        let headers = format!("{form}{headers}cookie: {}; lang=ar\r\n", self.cookie);
        http::send(
            server.address(),
            self.method,
            &self.path,
            &headers,
            &self.body.replace("{id}", &fresh_id()),
        )
    }
}

/// For `wrk`: a line each.
pub fn lines(requests: &[Request]) -> String {
    let line = |r: &Request| format!("{}\t{}\t{}\t{}\n", r.method, r.path, r.cookie, r.body);
    requests.iter().map(line).collect()
}

/// Signs in everybody whom that question names.
pub async fn sign_in(
    place: &Place,
    server: &Server,
    names: &'static str,
) -> anyhow::Result<People> {
    let mut people = People::new();
    for name in place.list(names).await? {
        let answer = http::send(
            server.address(),
            "POST",
            "/login",
            &form_headers(server),
            &login(&name),
        )?;
        let cookie = answer
            .cookie("sid")
            .with_context(|| format!("{name} is not let in: {}", answer.status))?;
        people.insert(name, format!("sid={cookie}"));
    }
    Ok(people)
}

/// The form of a sign-in.
pub fn login(name: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("username", name)
        .append_pair("password", PASSWORD)
        .finish()
}

fn form_headers(server: &Server) -> String {
    format!(
        "origin: http://{}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n",
        server.address()
    )
}

/// The id of a new form. All are of the moment at which the run began.
pub fn fresh_id() -> String {
    static MOMENT: LazyLock<String> =
        LazyLock::new(|| sanad::ids::uuid_at(sanad::clock::Clock::system().now()).to_string());
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let moment = MOMENT.get(..13).unwrap_or_default();
    format!(
        "{moment}-7000-8000-{:012}",
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}
