//! Which pages, by whom, and what they must not exceed.

use crate::{
    captured::{self, Script, Statement},
    shared::{
        load::{Asked, Effort},
        place::{Place, Server},
        request::{self, People, Request},
    },
    world,
};
use anyhow::Context;

/// Requests whose statements are written down, for each page.
const CAPTURED: usize = 4;

/// A page, and who asks for it.
#[derive(Debug)]
pub struct Page {
    /// Its name in the table.
    pub name: &'static str,
    /// What it may cost in milliseconds of processor time, program and PostgreSQL together.
    pub target: Option<f64>,
    /// The share of what PostgreSQL alone does that it must reach, in percent.
    pub share: Option<f64>,
    /// Status of a right answer.
    pub status: u16,
    /// What stands in a right answer; "-" for nothing.
    pub marker: &'static str,
    requests: Vec<Request>,
    captured: Vec<Vec<Statement>>,
}

/// A page's weight.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bytes {
    /// As it is.
    pub raw: usize,
    /// As a browser gets it.
    pub compressed: usize,
}

/// Two workers of each city, its supervisor, its prosecutor, and the committee, by name and password.
pub async fn sign_in(place: &Place, server: &Server) -> anyhow::Result<People> {
    request::sign_in(
        place,
        server,
        "select username from sec.app_user
         where username ~ '^(worker[12]|supervisor|prosecutor)\\.' or username = 'steering' order by username",
    )
    .await
}

/// The pages of the table.
pub async fn all(place: &Place, people: &People) -> anyhow::Result<Vec<Page>> {
    let own_files = place
        .list(
            "select u.username || ' /cases/' || a.case_id from sec.app_user u
             cross join lateral (select a.case_id from app.case_assignment a join app.case_file c on c.id = a.case_id
                                 where a.user_id = u.id order by md5(a.case_id::text) limit 20) a
             where u.username ~ '^worker[12]\\.'",
        )
        .await?;
    let contact_forms = place
        .list(
            "select u.username || ' ' || (select min(p.code) from ref.place p where p.territory_id = a.territory_id and p.selectable)
             from sec.app_user u join sec.role_assignment a on a.user_id = u.id where u.username ~ '^worker[12]\\.'",
        )
        .await?;
    let cities = place
        .list("select slug from plan.city order by slug")
        .await?;
    let read = Page::read;
    let by = |who: &str, path: &str| asked_by(people, who, path);
    let [small, large] = inboxes(people);
    Ok(vec![
        read(
            "Contacts of the prefecture",
            2.0,
            "href=\"/contacts/0",
            by("worker", "/contacts"),
        ),
        read(
            "Files, one's own",
            2.0,
            "href=\"/cases/0",
            by("worker", "/cases"),
        ),
        read(
            "Files of the prefecture",
            2.0,
            "href=\"/cases/0",
            by("supervisor", "/cases"),
        ),
        read(
            "What is owed today",
            2.0,
            "href=\"/cases/0",
            by("worker", "/today"),
        ),
        read(
            "A file",
            2.0,
            "href=\"/children/0",
            asked_for(people, &own_files),
        ),
        small,
        large,
        Page {
            share: None,
            ..read(
                "Dashboard, all cities",
                3.0,
                "class=\"card kpis\"",
                by("steering", "/dashboard"),
            )
        },
        Page {
            share: None,
            ..read(
                "Dashboard, a city",
                3.0,
                "class=\"card kpis\"",
                cities
                    .iter()
                    .flat_map(|city| by("steering", &format!("/dashboard?city={city}")))
                    .collect(),
            )
        },
        Page {
            share: None,
            status: 303,
            marker: "-",
            ..read("Log a contact", 3.0, "", contacts(people, &contact_forms))
        },
    ])
}

/// A court, and one with fifty times its files: what the page costs must not follow them.
fn inboxes(people: &People) -> [Page; 2] {
    [
        ("Inbox of a court", "prosecutor.small"),
        (
            "Inbox of a court with fifty times the files",
            "prosecutor.large",
        ),
    ]
    .map(|(name, who)| {
        let requests = asked_by(people, who, "/prosecution");
        Page::read(name, 2.0, "href=\"/prosecution/0", requests)
    })
}

/// Sign-in, by every worker in turn: the work is the password's.
pub async fn entering(place: &Place) -> anyhow::Result<Page> {
    let names = place
        .list("select username from sec.app_user where username ~ '^worker' order by md5(username)")
        .await?;
    let request = |name: &String| Request::post("nobody=yet", "/login", request::login(name));
    Ok(Page {
        name: "Sign-in",
        target: None,
        share: None,
        status: 303,
        marker: "-",
        requests: names.iter().map(request).collect(),
        captured: Vec::new(),
    })
}

fn asked_by(people: &People, who: &str, path: &str) -> Vec<Request> {
    let mut names: Vec<_> = people
        .iter()
        .filter(|(name, _)| name.starts_with(who))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|(_, cookie)| Request::get(cookie, path))
        .collect()
}

/// From lines of a name and a path.
fn asked_for(people: &People, lines: &[String]) -> Vec<Request> {
    pairs(people, lines)
        .map(|(cookie, path)| Request::get(cookie, path))
        .collect()
}

fn contacts(people: &People, lines: &[String]) -> Vec<Request> {
    let request = |(cookie, commune): (&String, &str)| {
        let body = format!(
            "id={{id}}&children=1&when=now&spot=other&place={commune}&place_kind=mosque&child-0-sex=F&child-0-age=plan_1_5\
             &adult=mother_unverified&circumstance=with_mother&action=awareness"
        );
        Request::post(cookie, "/contacts", body)
    };
    pairs(people, lines).map(request).collect()
}

fn pairs<'a>(
    people: &'a People,
    lines: &'a [String],
) -> impl Iterator<Item = (&'a String, &'a str)> {
    lines
        .iter()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(name, rest)| Some((people.get(name)?, rest)))
}

impl Page {
    fn read(name: &'static str, target: f64, marker: &'static str, requests: Vec<Request>) -> Self {
        Self {
            name,
            target: Some(target),
            share: Some(40.0),
            status: 200,
            marker,
            requests,
            captured: Vec::new(),
        }
    }

    /// For `wrk`.
    pub fn asked(&self) -> Asked<'_> {
        Asked {
            name: self.name,
            requests: &self.requests,
            status: self.status,
            marker: self.marker,
        }
    }

    /// Statements that ask something, in one request; what begins and ends transactions is not counted.
    pub fn statements(&self) -> usize {
        let asking =
            |statements: &Vec<Statement>| statements.iter().filter(|one| one.asks()).count();
        self.captured.iter().map(asking).max().unwrap_or(0)
    }

    /// Writes down the statements of a few requests, far apart in the list, each asked a second time: the first
    /// time prepares them.
    pub fn capture(&mut self, place: &Place, server: &Server) -> anyhow::Result<()> {
        let log = world::log(place);
        let step = self.requests.len().div_ceil(CAPTURED).max(1);
        for request in self.requests.iter().step_by(step) {
            settle(request, server)?;
            std::thread::sleep(std::time::Duration::from_millis(200));
            let end = captured::end(&log);
            let answer = request.send(server, "")?;
            anyhow::ensure!(
                answer.status == self.status,
                "{}: {}",
                self.name,
                answer.head
            );
            self.captured.push(captured::since(&log, end)?);
        }
        Ok(())
    }

    /// The same statements by PostgreSQL alone, how often a second. What ran as another role than most of the
    /// page is left out: `pgbench` has one.
    pub fn alone(&self, place: &Place, effort: Effort) -> anyhow::Result<f64> {
        let statements = self.captured.iter().flatten();
        let role = if statements.clone().any(|one| one.role == "sanad_stat") {
            "sanad_stat"
        } else {
            "sanad_app"
        };
        let form = self
            .requests
            .iter()
            .any(|r| r.method == "POST")
            .then(request::fresh_id);
        let script = |(n, statements): (usize, &Vec<Statement>)| {
            let own: Vec<_> = statements
                .iter()
                .filter(|one| one.role == role)
                .cloned()
                .collect();
            Script::new(&format!("r{n}"), &own, form.as_deref())
        };
        let scripts: Vec<_> = self.captured.iter().enumerate().map(script).collect();
        world::pgbench(place, role, &scripts, effort.seconds, effort.connections)
    }

    /// What it weighs.
    pub fn bytes(&self, server: &Server) -> anyhow::Result<Bytes> {
        let request = self.requests.first().context("no request")?;
        settle(request, server)?;
        Ok(Bytes {
            raw: request.send(server, "")?.body.len(),
            compressed: request
                .send(server, "accept-encoding: gzip, deflate, br\r\n")?
                .body
                .len(),
        })
    }
}

/// Asks until the answer is no 503: on a busy machine the first count of the figures may take longer than a
/// statement is allowed to, and without it there is nothing to measure.
fn settle(request: &Request, server: &Server) -> anyhow::Result<()> {
    for _ in 0..10 {
        if request.send(server, "")?.status != 503 {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
    anyhow::bail!("{}: 503 ten times", request.path)
}
