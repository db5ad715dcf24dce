//! Files that may be about one child: who is found and who is not, what was said of two, the night's sweep and the
//! supervisor's queue (decision 0095).

mod found;
mod queue;
mod signs;
mod sweep;
mod typed;

use crate::support::{TestApp, id};
use sanad::{db::JobDb, people};
use std::fmt::Write as _;

/// A child with a file of its own, invented for these tests.
#[derive(Clone, Copy)]
struct Child {
    name: &'static str,
    territory: i16,
    sex: &'static str,
    /// Between how many days ago the child was born.
    born: (i32, i32),
    /// Kind, given name, family name.
    called: &'static [(&'static str, &'static str, &'static str)],
    mother: Option<&'static str>,
    protected: bool,
}

/// A boy of Rabat of some seven years.
const BOY: Child = Child {
    name: "one",
    territory: 1,
    sex: "M",
    born: (2700, 2400),
    called: &[],
    mother: None,
    protected: false,
};

/// In March and in June, once in each script.
const MARCH: Child = Child {
    name: "march",
    called: &[("street", "محمد العمراني", "")],
    ..BOY
};
const JUNE: Child = Child {
    name: "june",
    called: &[("civil", "Mohamed", "Lamrani")],
    ..BOY
};

/// Lays them down, and makes the keys of all names.
async fn lay(app: &TestApp, children: &[Child]) {
    for child in children {
        app.db.run(&rows(child)).await;
    }
    keyed(app).await;
}

/// Gives every name its keys, as the job does.
pub async fn keyed(app: &TestApp) {
    let jobs = JobDb::new(app.db.options("sanad_job"));
    people::key_names(&jobs, "key_names").await.unwrap();
}

fn rows(child: &Child) -> String {
    let Child {
        name,
        territory,
        sex,
        born: (from, to),
        called,
        mother,
        protected,
    } = child;
    let city = if *territory == 1 { "rabat" } else { "sale" };
    let lead = id(&format!("worker1.{city}"));
    let [person, identity, case, episode] =
        ["child", "identity", "case", "episode"].map(|what| id(&format!("{what} {name}")));
    let mut sql = format!(
        "insert into app.identity (id, territory_id) values ('{identity}', {territory});
         insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, protected, created_by, created_at)
         values ('{person}', {territory}, '{sex}', current_date - {from}, current_date - {to}, 'estimated', {protected}, '{lead}',
                 now() - interval '5 days');
         insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, at)
         values (gen_random_uuid(), {territory}, '{person}', '{identity}', 'same', '{lead}', now() - interval '5 days');
         insert into app.case_file (id, number, territory_id, territory_at, child_id, protected, opened_at, opened_by)
         values ('{case}', ref.next_number('case', {territory}::smallint, current_date), {territory}, {territory}, '{person}', {protected},
                 now() - interval '5 days', '{lead}');
         insert into app.case_episode (id, case_id, territory_id, seq, state, risk)
         values ('{episode}', '{case}', {territory}, 1, 'registered', 'medium');
         insert into app.case_assignment (id, case_id, territory_id, user_id, kind)
         values (gen_random_uuid(), '{case}', {territory}, '{lead}', 'lead');"
    );
    for (kind, given, family) in *called {
        let script = if given.is_ascii() { "la" } else { "ar" };
        write!(
 sql,
            "insert into app.person_name (id, person_id, territory_id, kind, given_{script}, family_{script}, named_at)
             values (gen_random_uuid(), '{person}', {territory}, '{kind}', '{given}', nullif('{family}', ''), now() - interval '5 days');"
        ).unwrap();
    }
    if let Some(mother) = mother {
        let mother = id(&format!("mother {mother}"));
        write!(
 sql,
            "insert into app.person (id, territory_id, sex, created_by, created_at)
             values ('{mother}', {territory}, 'F', '{lead}', now() - interval '5 days') on conflict do nothing;
             insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by, created_at)
             values (gen_random_uuid(), {territory}, '{mother}', '{person}', 'mother', '{lead}', now() - interval '5 days');"
        ).unwrap();
    }
    sql
}

fn page(child: &Child) -> String {
    format!("/cases/{}/duplicates", id(&format!("case {}", child.name)))
}

/// Its field on the page of another.
fn field(child: &Child) -> String {
    format!("match-{}", id(&format!("case {}", child.name)))
}

async fn number(app: &TestApp, child: &Child) -> String {
    let case = id(&format!("case {}", child.name));
    app.db
        .ask(format!(
            "select number from app.case_file where id = '{case}'"
        ))
        .await
}

/// The pair of two, as the sweep keeps it: its state, if there is one.
async fn pair(app: &TestApp, one: &Child, two: &Child) -> Option<String> {
    let [one, two] = [one, two].map(|child| id(&format!("child {}", child.name)));
    let found = app
        .db
        .list(format!(
            "select state from app.duplicate_pair
             where (one_person, other_person) in (('{one}', '{two}'), ('{two}', '{one}'))"
        ))
        .await;
    found.into_iter().next()
}
