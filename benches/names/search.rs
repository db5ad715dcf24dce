//! Workers of the largest prefecture who search, many at once, and who look whether a child is known already.

use crate::shared::{
    load::{self, Asked, Effort, Load},
    machine::{Resident, Usage},
    place::{Place, Server},
    request::{self, People, Request},
};
use anyhow::Context;
use std::time::Duration;

/// Milliseconds for which somebody looks at an answer.
pub const LOOKED_AT: u32 = 500;
/// What stands in an answer that found somebody.
const FOUND: &str = "class=\"card cases\"";
/// What stands in the page of a file that has candidates.
const CANDIDATE: &str = "name=\"match-";

/// What is searched for: kind and text.
pub type Queries = Vec<(String, String)>;

/// What was searched for, and how it went.
#[derive(Debug)]
pub struct Line {
    /// Kind of search, or "all of them".
    pub name: String,
    /// How many of them.
    pub queries: usize,
    /// Answers that show somebody.
    pub found: usize,
    load: Load,
    used: Usage,
}

/// All at one size of the country.
#[derive(Debug)]
pub struct Searched {
    /// From the start of the program to its first answer.
    pub start: Duration,
    /// All kinds mixed.
    pub all: Line,
    /// Each kind for itself.
    pub kinds: Vec<Line>,
    /// The page of a file that asks whether its child is known.
    pub duplicates: Line,
    /// The same two by people who look at an answer before they ask again.
    pub at_ease: [Line; 2],
    /// Memory of the program before and at its most, in kB.
    pub memory: Resident,
}

impl Line {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.load.rate()
    }

    /// Half of the answers came within so many milliseconds.
    pub fn p50(&self) -> f64 {
        self.load.p50
    }

    /// All but one in a hundred.
    pub fn p99(&self) -> f64 {
        self.load.p99
    }

    /// Milliseconds of processor time of the program, of PostgreSQL.
    pub fn cost(&self) -> (f64, f64) {
        let Usage { app, database } = self.used;
        (self.load.each(app), self.load.each(database))
    }

    /// For the terminal, while the rest still runs.
    pub fn told(&self) -> String {
        let (app, database) = self.cost();
        format!(
            "{:<28} {:>6.0}/s  p50 {:>6.1} ms  p99 {:>6.1} ms  CPU {app:.2} + {database:.2} ms  found {} of {}",
            self.name,
            self.rate(),
            self.p50(),
            self.p99(),
            self.found,
            self.queries,
        )
    }
}

/// The texts, always the same once they are made: at both sizes the same is asked for.
pub async fn queries(place: &Place) -> anyhow::Result<Queries> {
    let lines = place.list(include_str!("queries.sql")).await?;
    let split = |line: &String| -> anyhow::Result<(String, String)> {
        let (kind, text) = line.split_once('\t').context("a query without its kind")?;
        Ok((kind.to_owned(), text.to_owned()))
    };
    lines.iter().map(split).collect()
}

/// Starts the program, and asks.
pub async fn measure(
    place: &Place,
    queries: &[(String, String)],
    effort: Effort,
    each_kind: bool,
) -> anyhow::Result<Searched> {
    let server = Server::start(place)?;
    let start = server.started_in;
    let people = request::sign_in(
        place,
        &server,
        "select username from sec.app_user where username ~ '^worker[1-8]\\.rabat$' order by username",
    )
    .await?;
    let mut cookies: Vec<&String> = people.values().collect();
    cookies.sort();
    let before = server.memory()?.now;
    let asker = Asker {
        place,
        server: &server,
        effort,
    };
    let search = |(nth, (_, text)): (usize, &(String, String))| {
        let cookie = cookies.get(nth % cookies.len().max(1));
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("q", text)
            .finish();
        Request::post(cookie.map_or("", |cookie| cookie.as_str()), "/search", form)
    };
    let requests: Vec<Request> = queries.iter().enumerate().map(search).collect();
    let all = asker.line("all of them", FOUND, &requests)?;
    println!("{}", all.told());
    // an answer that nobody was found is a quick one
    anyhow::ensure!(
        all.found * 2 >= all.queries,
        "most searches found nobody: there is nothing to measure"
    );
    let mut kinds = Vec::new();
    if each_kind {
        let mut names: Vec<&String> = queries.iter().map(|(kind, _)| kind).collect();
        names.sort();
        names.dedup();
        for name in names {
            let of_kind = queries.iter().zip(&requests);
            let of_kind = of_kind.filter(|((kind, _), _)| kind == name);
            let of_kind: Vec<Request> = of_kind.map(|(_, request)| request.clone()).collect();
            kinds.push(asker.line(name, FOUND, &of_kind)?);
            println!("{}", kinds.last().map(Line::told).unwrap_or_default());
        }
    }
    let files = files(place, &people).await?;
    let duplicates = asker.line("duplicates of a file", CANDIDATE, &files)?;
    println!("{}", duplicates.told());
    let at_ease = Asker {
        effort: Effort {
            pause: LOOKED_AT,
            ..effort
        },
        ..asker
    };
    let at_ease = [
        at_ease.line("all of them, at ease", FOUND, &requests)?,
        at_ease.line("duplicates of a file, at ease", CANDIDATE, &files)?,
    ];
    for line in &at_ease {
        println!("{}", line.told());
    }
    let memory = Resident {
        now: before,
        ..server.memory()?
    };
    server.stop()?;
    Ok(Searched {
        start,
        all,
        kinds,
        duplicates,
        at_ease,
        memory,
    })
}

/// Open files of those workers, for the page that asks whether their child is known.
async fn files(place: &Place, people: &People) -> anyhow::Result<Vec<Request>> {
    let lines = place
        .list(
            "select u.username || ' /cases/' || a.case_id || '/duplicates' from sec.app_user u
             cross join lateral (select a.case_id from app.case_assignment a join app.case_file c on c.id = a.case_id
                                 where a.user_id = u.id and a.is_open and not c.protected
                                 order by md5(a.case_id::text) limit 15) a
             where u.username ~ '^worker[1-8]\\.rabat$'",
        )
        .await?;
    let page = |line: &String| {
        let (name, path) = line.split_once(' ')?;
        Some(Request::get(people.get(name)?, path))
    };
    Ok(lines.iter().filter_map(page).collect())
}

#[derive(Clone, Copy)]
struct Asker<'a> {
    place: &'a Place,
    server: &'a Server,
    effort: Effort,
}

impl Asker<'_> {
    fn line(&self, name: &str, marker: &str, requests: &[Request]) -> anyhow::Result<Line> {
        let mut found = 0;
        for request in requests {
            let answer = request.send(self.server, "")?;
            anyhow::ensure!(answer.status == 200, "{name}: {}", answer.head);
            found += usize::from(String::from_utf8_lossy(&answer.body).contains(marker));
        }
        let asked = Asked {
            name,
            requests,
            status: 200,
            marker: "-",
        };
        let (load, used) = load::measure(self.place, self.server, &asked, self.effort)?;
        Ok(Line {
            name: name.to_owned(),
            queries: requests.len(),
            found,
            load,
            used,
        })
    }
}
