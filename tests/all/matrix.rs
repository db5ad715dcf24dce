//! Every route × every role × every relation to the file: what may be reached, and what may not.

use crate::{
    paths::{LINES, Line, Reach, persona},
    support::{Answer, Client, TestApp, id, source},
};
use axum::http::StatusCode;
use sanad::{
    authz::{Permission, Role},
    router,
};
use std::fmt::Write as _;

/// A relation of Rabat's people to a file of the world, and of Rabat's court to it.
const FILES: [(&str, &str); 5] = [
    ("rabat.mine", "assigned; transmitted to my court"),
    ("rabat.colleague", "same prefecture; a draft for my court"),
    ("rabat.protected", "protected; transmitted to my court"),
    ("sale.mine", "other prefecture; other court"),
    ("nowhere", "no such thing"),
];

fn is_court(role: Role) -> bool {
    matches!(
        role,
        Role::Prosecutor | Role::CourtRegistrar | Role::ChiefProsecutor
    )
}

/// What someone whose role has the permission meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Finds {
    It,
    Nothing,
    /// Its card, and that it is a colleague's.
    NotTheirs,
}

fn finds(role: Role, reach: Reach, file: &str) -> Finds {
    match (reach, file) {
        // of a city its own: a colleague's is not shared; the committee has another
        (Reach::Report | Reach::ReportKept, file)
            if role == Role::Steering || !["rabat.mine", "rabat.protected"].contains(&file) =>
        {
            Finds::Nothing
        }
        (Reach::ReportKept, file) if role != Role::SocialWorker || file != "rabat.mine" => {
            Finds::NotTheirs
        }
        (Reach::Public | Reach::Whole | Reach::Report | Reach::ReportKept, _) => Finds::It,
        (Reach::Overseen, file) if role == Role::Dpo && file != "nowhere" => Finds::It,
        (Reach::Account, file) if file != "nowhere" => Finds::It,
        (Reach::Everywhere, file) if file != "nowhere" => Finds::It,
        (Reach::City, file) if role == Role::Steering && file != "nowhere" => Finds::It,
        (Reach::CityKept | Reach::Point, file) if role == Role::Steering && file != "nowhere" => {
            Finds::NotTheirs
        }
        (Reach::Nobody, _) | (_, "nowhere" | "sale.mine") | (Reach::Asked, "rabat.colleague") => {
            Finds::Nothing
        }
        (Reach::Typed, file) if role != Role::SocialWorker || file != "rabat.mine" => {
            Finds::Nothing
        }
        (Reach::Point, file)
            if role != Role::Supervisor && (role != Role::SocialWorker || file != "rabat.mine") =>
        {
            Finds::Nothing
        }
        (Reach::Placed, file) if file != "rabat.mine" => Finds::Nothing,
        (Reach::Decided, file) if !is_court(role) || file != "rabat.mine" => Finds::Nothing,
        (Reach::Judicial, "rabat.colleague") if is_court(role) => Finds::Nothing,
        (Reach::Judicial | Reach::Asked | Reach::Notice, _) if is_court(role) => Finds::It,
        (
            Reach::Prefecture | Reach::Requested | Reach::City | Reach::CityKept | Reach::Point,
            _,
        )
        | (_, "rabat.mine") => Finds::It,
        (_, "rabat.protected") => Finds::Nothing,
        (Reach::Kept, _) if role != Role::Supervisor => Finds::NotTheirs,
        (Reach::Own | Reach::Judicial | Reach::Asked | Reach::Notice, _)
            if role != Role::Supervisor =>
        {
            Finds::Nothing
        }
        _ => Finds::It,
    }
}

fn permission_of(line: &Line) -> Option<Permission> {
    let table = router::routes().table();
    let route = table
        .iter()
        .find(|r| r.path == line.route && r.method == line.method);
    route
        .unwrap_or_else(|| panic!("{} {} is no route", line.method, line.route))
        .permission
}

/// What is wrong with an answer, if anything.
fn fault(role: Role, line: &Line, file: &str, answer: &Answer) -> Option<String> {
    let allowed =
        permission_of(line).is_none_or(|permission| role.permissions().contains(&permission));
    let wanted: &[u16] = match (allowed, finds(role, line.reach, file), line.method) {
        (false, ..) | (true, Finds::NotTheirs, _) => &[403],
        (true, Finds::Nothing, _) => &[404],
        (true, Finds::It, "GET") => &[200],
        // a reveal answers with the page
        (true, Finds::It, _) if line.route.ends_with("/reveal") => &[200],
        // a code is shown once, on the answer to the act
        (true, Finds::It, _) if line.route.ends_with("/code") => &[200],
        // a fragment for a page on which somebody types; an empty form asks nothing
        (true, Finds::It, _) if line.route.ends_with("/suggest") => &[200, 422],
        // what a script asks for
        (true, Finds::It, _) if line.route.ends_with("/options") => &[200],
        // done, already done, or refused for the empty form: in any case the rule let it pass
        (true, Finds::It, _) => &[303, 409, 422],
    };
    let status = answer.status.as_u16();
    if !wanted.contains(&status) {
        return Some(format!("answers {status}, expected {wanted:?}"));
    }
    let foreign = ["sale.mine"]
        .into_iter()
        .chain((!is_court(role)).then_some("rabat.protected"));
    let shown = foreign.flat_map(|file| {
        [
            format!("CANARY-child-{file}"),
            format!("CANARY-mother-{file}"),
        ]
    });
    shown
        .into_iter()
        .find(|name| answer.body.contains(name))
        .map(|name| format!("shows {name}"))
}

async fn ask(client: &Client, line: &Line, file: &str) -> Answer {
    let path = line.path(file);
    if line.method == "GET" {
        return client.get(&path).await;
    }
    let fields = line.fields(file);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    client.post(&path, &fields).await
}

async fn role_meets_every_route(role: Role) {
    let app = TestApp::new().await;
    let client = app.client(persona(role));
    let mut faults = Vec::new();
    // first what only reads: an act may change what is found after it
    let lines = LINES.iter().filter(|line| line.reach != Reach::Public);
    let mut lines: Vec<&Line> = lines.collect();
    lines.sort_by_key(|line| line.method);
    for line in lines {
        for (file, relation) in FILES
            .iter()
            .take(if line.has_object() { FILES.len() } else { 1 })
        {
            let answer = ask(&client, line, file).await;
            if let Some(fault) = fault(role, line, file, &answer) {
                faults.push(format!(
                    "{} {} ({relation}): {fault}",
                    line.method, line.route
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", role.code(), faults.join("\n"));
}

macro_rules! roles {
    ($($name:ident => $role:ident),+ $(,)?) => {
        $(#[tokio::test]
        async fn $name() {
            role_meets_every_route(Role::$role).await;
        })+

        #[test]
        fn every_role_is_tried() {
            assert_eq!([$(Role::$role),+], Role::ALL);
        }
    };
}
roles! {
    social_worker => SocialWorker,
    supervisor => Supervisor,
    focal_point => FocalPoint,
    institution_manager => InstitutionManager,
    prosecutor => Prosecutor,
    court_registrar => CourtRegistrar,
    chief_prosecutor => ChiefProsecutor,
    steering => Steering,
    admin => Admin,
    dpo => Dpo,
}

/// The second lock taken away: the scope in each query hides the other city and the other court by itself.
#[tokio::test]
async fn without_row_security_the_queries_still_keep_to_their_scope() {
    let app = TestApp::new().await;
    for table in app
        .db
        .list("select schemaname || '.' || tablename from pg_tables where schemaname in ('app', 'plan')")
        .await
    {
        app.db
            .run(&format!("alter table {table} disable row level security"))
            .await;
    }
    let mut faults = Vec::new();
    for role in Role::ALL {
        let client = app.client(persona(*role));
        for line in LINES.iter().filter(|line| line.reach != Reach::Public) {
            let answer = ask(&client, line, "sale.mine").await;
            if line.has_object() || line.method == "GET" {
                // that a file is protected is known to row security alone (schema D17)
                let fault = fault(*role, line, "sale.mine", &answer)
                    .filter(|fault| !fault.contains("rabat.protected"));
                faults.extend(fault.map(|fault| {
                    format!("{} {} as {}: {fault}", line.method, line.route, role.code())
                }));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_route_has_its_line() {
    let table = router::routes().table();
    let listed = |path: &str, method: &str| {
        LINES
            .iter()
            .any(|line| line.route == path && line.method == method)
    };
    let missing: Vec<_> = table
        .iter()
        .filter(|route| !listed(route.path, route.method))
        .collect();
    assert!(
        missing.is_empty(),
        "no line in tests/all/paths.rs for {missing:#?}"
    );
    assert_eq!(
        table.len(),
        LINES.len(),
        "a line for a route that is gone, or two for one"
    );
    for line in LINES {
        assert_eq!(
            permission_of(line).is_none(),
            line.reach == Reach::Public,
            "{}",
            line.route
        );
    }
}

#[tokio::test]
async fn nobody_gets_as_far_as_the_sign_in_page() {
    let app = TestApp::new().await;
    for line in LINES.iter().filter(|line| line.reach != Reach::Public) {
        let answer = ask(&app.anonymous(), line, "rabat.mine").await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{} {}",
            line.method,
            line.route
        );
        assert!(
            answer.location().starts_with("/login?next=%2F"),
            "{}",
            answer.location()
        );
        assert!(!answer.body.contains("CANARY"));
    }
    let audited: i64 = app.db.ask("select count(*) from audit.event").await;
    assert_eq!(audited, 0, "nobody is nobody to audit");
}

#[tokio::test]
async fn a_refusal_is_audited_before_it_is_answered() {
    let app = TestApp::new().await;
    let path = format!("/cases/{}", id("case sale.mine"));
    for (username, status) in [("worker1.rabat", 404), ("prosecutor.rabat", 403)] {
        assert_eq!(
            app.client(username).get(&path).await.status.as_u16(),
            status
        );
    }
    let trail = app
        .db
        .list("select action || ' ' || object_id || ' ' || (fields->>'status') from audit.event order by id")
        .await;
    let case = id("case sale.mine");
    assert_eq!(
        trail,
        [
            format!("access.refused {case} 404"),
            format!("access.refused {case} 403")
        ]
    );
}

/// Reading a file leaves a row that names the reader (schema D24).
#[tokio::test]
async fn what_is_opened_is_audited_with_its_reader() {
    let app = TestApp::new().await;
    for (route, username) in [
        ("/cases/{id}", "worker1.rabat"),
        ("/cases/{id}", "supervisor.rabat"),
        ("/children/{id}", "worker1.rabat"),
        ("/mothers/{id}", "worker1.rabat"),
        ("/prosecution/{id}", "prosecutor.rabat"),
        ("/prosecution/{id}", "worker1.rabat"),
        ("/prosecution/notices/{id}", "prosecutor.rabat"),
        ("/services/{id}", "worker1.rabat"),
        ("/requests/{id}", "focal.rabat"),
    ] {
        let line = LINES
            .iter()
            .find(|line| line.route == route && line.method == "GET")
            .unwrap();
        let path = line.path("rabat.mine");
        let answer = app.client(username).get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let trail = app
            .db
            .list("select actor || ' ' || object_id from audit.event where action like '%.opened' order by id desc limit 1")
            .await;
        let opened = path.rsplit('/').next().unwrap();
        assert_eq!(
            trail,
            [format!("{} {opened}", id(username))],
            "{route} by {username}"
        );
    }
    let openings: i64 = app
        .db
        .ask("select count(*) from audit.event where action like '%.opened'")
        .await;
    assert_eq!(openings, 9, "one each");
}

/// The documentation is the tables of the program.
#[test]
fn the_documented_rules_are_those_of_the_program() {
    let mut text = String::from(
        "# Who may do what\n\nGenerated from the program by `tests/all/matrix.rs`; do not edit.\n\n\
         ## Roles and permissions\n\nThe only place where a role's rights are decided is `src/policy/roles.rs`.\n\n| |",
    );
    for role in Role::ALL {
        let _ = write!(text, " {} |", role.code());
    }
    text.push_str("\n|---|");
    text.push_str(&":-:|".repeat(Role::ALL.len()));
    for permission in Permission::ALL {
        let _ = write!(text, "\n| `{}` |", permission.code());
        for role in Role::ALL {
            text.push_str(if role.permissions().contains(permission) {
                " ● |"
            } else {
                " |"
            });
        }
    }
    text.push_str(
        "\n\n## Routes\n\nA route without its permission does not compile. *Fresh* asks for a factor of \
         the last five minutes. *Reach* is what someone with the \
         permission finds; the rest answers 404, as if it were not there:\n\n\
         - `public`: no sign-in needed\n\
         - `whole`: no object in the path; lists hold what the reader may see\n\
         - `account`: any user; acts on oneself are refused (409)\n\
         - `prefecture`: everything of the reader's prefecture\n\
         - `listed`: every file of the prefecture but protected ones (a colleague's shows its card only)\n\
         - `kept`: as `own`; a colleague, who sees its card, is told that it is not theirs (403)\n\
         - `own`: files that the reader leads, seconds or opened with a reason; a supervisor, all but protected ones\n\
         - `judicial`: as `own`; at a court, what was transmitted to it\n\
         - `decided`: a decision on an adult, at the court of its file and nowhere else\n\
         - `notice`: as `own`; at a court, the urgent notices sent to it\n\
         - `requested`: the frozen extracts sent to the reader's organisation in its prefecture\n\
         - `overseen`: emergencies and requests to lift, of the reader's files; all of them to who oversees\n\
         - `city`: members and meetings of the teams of the reader's city, or of its court's; of every city for the committee\n\
         - `citykept`: as `city`, for who keeps it; another one's is told to be so (403)\n\
         - `point`: what the reader is to do after a meeting, or keeps\n\
         - `report`: the reader's own reports and those that are shared in their city, or in the committee\n\
         - `reportkept`: the reader's own; one that is shared with them is told to be another's (403)\n\
         - `typed`: the reader's own drafts, of files that they still see\n\
         - `nobody`: the reader's own, and nobody else's\n\n\
         | Method | Path | Permission | Reach |\n|---|---|---|---|\n",
    );
    let table = router::routes().table();
    for line in LINES {
        let permission =
            permission_of(line).map_or("everyone".to_owned(), |p| format!("`{}`", p.code()));
        let fresh = table
            .iter()
            .any(|r| r.fresh && r.path == line.route && r.method == line.method);
        let permission = permission + if fresh { ", fresh" } else { "" };
        let reach = format!("{:?}", line.reach).to_lowercase();
        let _ = writeln!(
            text,
            "| {} | `{}` | {permission} | {reach} |",
            line.method, line.route
        );
    }
    source::generated("docs/authorization.md", &text);
}
