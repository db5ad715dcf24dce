//! Over any sequence of decisions on six children and four women of two cities: each does what a small model says, children
//! are counted once however many records they have, and when everything is taken back every row is as it was.
//!
//! Five worlds alike go through each sequence together: counts are taken to the nearest five, so that whoever else is there
//! does not matter.

use super::model::{Act, CHILDREN, Model, RECORDS, child_of, city, is_woman};
use crate::support::{
    TestDb, id,
    role::{looks, tries},
    world::{self, session_of},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use uuid::Uuid;

const SEQUENCES: usize = 30;
const WORLDS: usize = 5;
/// What is decided, told and read is written for ever; nothing else is.
const KEPT: &str = "'identity_act', 'identity_link', 'identity_look', 'identity_preference', 'identity_request', \
                    'identity_target', 'notice', 'case_seen'";

/// Every row of every other table of the application.
pub(super) async fn everything(db: &TestDb) -> Vec<String> {
    let tables = db
        .list(format!(
            "select c.relname::text from pg_class c
             where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and c.relname not in ({KEPT}) order by 1"
        ))
        .await;
    let all: Vec<String> = tables
        .iter()
        .map(|table| format!("select '{table} ' || t::text from app.{table} t"))
        .collect();
    db.list(format!("{} order by 1", all.join(" union all ")))
        .await
}

fn supervisor(record: usize) -> &'static str {
    if city(record) == 1 {
        "supervisor.rabat"
    } else {
        "supervisor.sale"
    }
}

fn thing(kind: &str, world: usize, record: usize) -> Uuid {
    id(&format!("{kind} {world} {record}"))
}

/// A person with an identity.
fn person(world: usize, record: usize) -> String {
    format!(
        "insert into app.identity (id, territory_id) values ('{identity}', {city});
         insert into app.person (id, territory_id, sex, created_by) values ('{person}', {city}, 'F', '{by}');
         insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
         values (gen_random_uuid(), {city}, '{person}', '{identity}', 'same', '{by}');",
        identity = thing("identity of", world, record),
        person = thing("record of", world, record),
        city = city(record),
        by = id(supervisor(record)),
    )
}

async fn session(db: &TestDb, who: &str) -> PgConnection {
    let mut connection = db.connect("sanad_app").await;
    sqlx::query("select set_config('app.session', $1, false)")
        .bind(session_of(who))
        .execute(&mut connection)
        .await
        .unwrap();
    connection
}

struct Stage {
    db: TestDb,
    /// The supervisors of the two cities.
    sessions: [PgConnection; 2],
    model: Model,
    nth: usize,
    /// How often each thing ended how.
    met: BTreeMap<String, usize>,
}

impl Stage {
    /// The people of all worlds, each with an identity. A child has a whole name that only its world bears, a file that its
    /// city's supervisor reads, and a first measure, in the order of the children; a woman is the mother of one of them.
    async fn new() -> Self {
        let db = TestDb::new().await;
        world::build(&db).await;
        let mut sql = "set session_replication_role = replica; update app.case_file set protected_measure_on = null, protected_measure_kind = null;".to_owned();
        for world in 0..WORLDS {
            for child in 0..CHILDREN {
                sql += &person(world, child);
                write!(
 sql,
                    "insert into app.person_name (id, person_id, territory_id, kind, given_la, family_la, keys, method)
                     values (gen_random_uuid(), '{person}', {city}, 'civil', 'Given', 'Family',
                             app.keys_in(array[{city}::smallint], array['s:g{world}', 'l:g{world}', 's:f{world}', 'l:f{world}', 'p:f{world}+g{world}', 'n:2']), 1);
                     insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_by, opened_at,
                                                protected_measure_on, protected_measure_kind)
                     values ('{case}', 'X-{world}-{child}', {city}, {city}, '{person}', '{by}',
                             now() - interval '9 days' + {child} * interval '1 hour', current_date, 'service');
                     insert into app.identity_look (id, case_id, territory_id, by_user, cities)
                     values (gen_random_uuid(), '{case}', {city}, '{by}', '{{1,2}}');",
                    person = thing("record of", world, child),
                    case = thing("case of", world, child),
                    city = city(child),
                    by = id(supervisor(child)),
                ).unwrap();
            }
            for woman in CHILDREN..RECORDS {
                sql += &person(world, woman);
                write!(
                    sql,
                    "insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by)
                     values (gen_random_uuid(), {}, '{}', '{}', 'mother', '{}');",
                    city(woman),
                    thing("record of", world, woman),
                    thing("record of", world, child_of(woman)),
                    id(supervisor(woman)),
                )
                .unwrap();
            }
        }
        db.run(&sql).await;
        let sessions = [
            session(&db, "supervisor.rabat").await,
            session(&db, "supervisor.sale").await,
        ];
        Self {
            db,
            sessions,
            model: Model::new(),
            nth: 0,
            met: BTreeMap::new(),
        }
    }

    fn id(&self, world: usize) -> Uuid {
        id(&format!("act {} {world}", self.nth))
    }

    /// The one answer that a function gives in all worlds to the supervisor of a record's city; its work is kept.
    async fn all(&mut self, record: usize, sql: impl Fn(usize) -> String) -> String {
        let session = &mut self.sessions[usize::from(city(record) == 2)];
        let mut answers = BTreeSet::new();
        for world in 0..WORLDS {
            let sql = sql(world);
            let answer: Option<String> = sqlx::query_scalar(AssertSqlSafe(sql.clone()))
                .fetch_one(&mut *session)
                .await
                .unwrap_or_else(|error| panic!("{error}\n{sql}"));
            answers.insert(answer.unwrap_or_else(|| "null".to_owned()));
        }
        assert_eq!(answers.len(), 1, "{answers:?}\n{:#?}", self.model);
        answers.pop_first().unwrap()
    }

    fn meets(&mut self, what: &str, answer: &str) {
        *self.met.entry(format!("{what} {answer}")).or_default() += 1;
    }

    async fn join(&mut self, a: usize, b: usize) {
        let ids: Vec<Uuid> = (0..WORLDS).map(|world| self.id(world)).collect();
        let acts = ids.clone();
        let answer = self
            .all(a, |world| {
                format!(
                    "select app.join_records('{}', '{}', '{}')",
                    acts[world],
                    thing("record of", world, a),
                    thing("record of", world, b)
                )
            })
            .await;
        let wanted = if a == b || city(a) != city(b) {
            "null"
        } else if self.model.identity[a] == self.model.identity[b] {
            "already"
        } else {
            "joined"
        };
        assert_eq!(answer, wanted, "{a} {b} {:#?}", self.model);
        if answer == "joined" {
            let act = Act {
                ids,
                pair: (a, b),
                is_undone: false,
            };
            self.model.put_under(a, b, act);
        }
        let of_women = is_woman(a) && is_woman(b);
        self.meets(if of_women { "women" } else { "join" }, &answer);
    }

    /// The city of one child asks that of another, which says of its own child that it is the same, or something else.
    async fn ask(&mut self, a: usize, b: usize, said: &str) {
        if city(a) == city(b) {
            return;
        }
        let ids: Vec<Uuid> = (0..WORLDS).map(|world| self.id(world)).collect();
        let requests = ids.clone();
        // there is somebody to ask about while another record there bears the name and is not the child's already
        let is_there = (0..CHILDREN).any(|other| {
            city(other) == city(b) && self.model.identity[other] != self.model.identity[a]
        });
        let answer = self
            .all(a, |world| {
                format!(
                    "select app.ask_elsewhere('{}', '{}', {}::smallint, 'x')",
                    requests[world],
                    thing("case of", world, a),
                    city(b)
                )
            })
            .await;
        assert_eq!(answer, if is_there { "asked" } else { "gone" });
        self.meets("ask", &answer);
        if !is_there {
            return;
        }
        let is_target = self.model.identity[a] != self.model.identity[b];
        let answer = self
            .all(b, |world| {
                format!(
                    "select app.answer_identity('{}', '{said}', '{}', 'x')",
                    requests[world],
                    thing("record of", world, b)
                )
            })
            .await;
        let wanted = match said {
            "accepted" if !is_target => "gone",
            said => said,
        };
        assert_eq!(answer, wanted, "{a} {b} {:#?}", self.model);
        self.meets("answer", &answer);
        match answer.as_str() {
            "accepted" => {
                let act = Act {
                    ids,
                    pair: (a, b),
                    is_undone: false,
                };
                self.model.put_under(a, b, act);
            }
            "gone" => {
                let taken_back = self
                    .all(a, |world| {
                        format!("select app.withdraw_identity('{}')::text", requests[world])
                    })
                    .await;
                assert_eq!(taken_back, "true");
            }
            _ => {}
        }
    }

    async fn part(&mut self, act: usize, side: bool) -> bool {
        let one = &self.model.acts[act];
        let (undone, pair) = (one.ids.clone(), one.pair);
        let mine = if side { pair.0 } else { pair.1 };
        let ids: Vec<Uuid> = (0..WORLDS).map(|world| self.id(world)).collect();
        let wanted = if one.is_undone {
            "already"
        } else if self.model.is_last(act) {
            "parted"
        } else {
            "later"
        };
        let answer = self
            .all(mine, |world| {
                format!(
                    "select app.part_records('{}', '{}', 'unsure', 'x', '{}')",
                    ids[world],
                    undone[world],
                    thing("record of", world, mine)
                )
            })
            .await;
        assert_eq!(answer, wanted, "{act} {:#?}", self.model);
        if answer == "parted" {
            self.model.undo(act);
        }
        self.meets("part", &answer);
        answer == "parted"
    }

    /// Which record's name is shown: only of one child, and of one's own city.
    async fn prefer(&mut self, a: usize, b: usize) {
        let is_one = city(a) == city(b) && self.model.identity[a] == self.model.identity[b];
        for world in 0..WORLDS {
            let sql = format!(
                "insert into app.identity_preference (id, territory_id, identity_id, field, person_id, by_user)
                 select gen_random_uuid(), {}, l.identity_id, 'names', '{}', '{}' from app.identity_link l
                 where l.person_id = '{}' and l.verdict = 'same' and l.live",
                city(a),
                thing("record of", world, b),
                id(supervisor(a)),
                thing("record of", world, a)
            );
            let done = tries(&self.db, supervisor(a), &sql).await;
            assert_eq!(done.is_ok(), is_one, "{done:?} {a} {b} {:#?}", self.model);
        }
        self.meets("prefer", if is_one { "taken" } else { "refused" });
    }

    async fn happens(&mut self, (what, a, b, c): (u8, u8, u8, u8)) {
        self.nth += 1;
        let (a, b) = (usize::from(a), usize::from(b));
        let any = (a % RECORDS, b % RECORDS);
        // another city is asked about children alone
        let children = (a % CHILDREN, b % CHILDREN);
        let women = [a, b].map(|woman| CHILDREN + woman % (RECORDS - CHILDREN));
        match what % 12 {
            0..=2 => self.join(any.0, any.1).await,
            3 | 4 => self.ask(children.0, children.1, "accepted").await,
            5 => self.ask(children.0, children.1, "unsure").await,
            6 => self.prefer(any.0, any.1).await,
            7 => self.join(women[0], women[1]).await,
            _ if self.model.acts.is_empty() => {}
            _ => {
                let act = usize::from(c) % self.model.acts.len();
                self.part(act, a % 2 == 0).await;
            }
        }
    }

    /// The figures and the identities are those of the model.
    async fn check(&self, told: &str) {
        let figures: Vec<(i16, i32)> = sqlx::query_as(
            "select territory_id, (round(n / 5.0) * 5)::integer from stat.exact_cells(current_date)
             where measure = 'children_protected' and n > 2 order by 1",
        )
        .fetch_all(&mut self.db.connect("sanad_job").await)
        .await
        .unwrap();
        let wanted: Vec<(i16, i32)> = self
            .model
            .humans()
            .into_iter()
            .map(|(city, n)| (city, i32::try_from(n * WORLDS).unwrap()))
            .collect();
        assert_eq!(figures, wanted, "{told}");
        let live: i64 = self
            .db
            .ask("select count(distinct l.identity_id) from app.identity_link l join app.case_file c on c.child_id = l.person_id
                  where l.verdict = 'same' and l.live and c.number like 'X-%'")
            .await;
        let all: BTreeSet<&usize> = self.model.children().iter().collect();
        assert_eq!(usize::try_from(live).unwrap(), all.len() * WORLDS, "{told}");
    }

    /// Everything is taken back, the newest first: what nothing builds on.
    async fn take_back(&mut self) {
        loop {
            let open = (0..self.model.acts.len())
                .rev()
                .find(|act| !self.model.acts[*act].is_undone && self.model.is_last(*act));
            let Some(act) = open else { break };
            self.nth += 1;
            assert!(self.part(act, self.nth.is_multiple_of(2)).await);
        }
        assert!(self.model.acts.iter().all(|act| act.is_undone));
        let own: Vec<usize> = (0..RECORDS).collect();
        assert_eq!(self.model.identity, own);
    }
}

#[tokio::test]
async fn any_sequence_is_taken_back_whole_and_no_child_is_counted_twice() {
    let mut stage = Stage::new().await;
    let before = everything(&stage.db).await;
    let links = "select l.person_id::text || ' ' || l.identity_id from app.identity_link l where l.verdict = 'same' and l.live order by 1";
    let own = stage.db.list(links).await;
    let mut runner = TestRunner::deterministic();
    let steps = proptest::collection::vec(any::<(u8, u8, u8, u8)>(), 6..18);
    for n in 0..SEQUENCES {
        let sequence = steps.new_tree(&mut runner).unwrap().current();
        stage.model = Model::new();
        for step in &sequence {
            stage.happens(*step).await;
            let told = format!("sequence {n}, {step:?}: {sequence:?}\n{:#?}", stage.model);
            stage.check(&told).await;
        }
        stage.take_back().await;
        stage.check(&format!("sequence {n}, taken back")).await;
        assert_eq!(stage.db.list(links).await, own, "sequence {n}");
    }
    assert_eq!(everything(&stage.db).await, before, "every row as it was");
    // the sequences met every side
    for side in [
        "join joined",
        "join already",
        "join null",
        "women joined",
        "women null",
        "ask asked",
        "answer accepted",
        "answer unsure",
        "answer gone",
        "part parted",
        "part already",
        "part later",
        "prefer taken",
        "prefer refused",
    ] {
        assert!(stage.met.contains_key(side), "{side}: {:?}", stage.met);
    }
    // nobody learned which record of the other city is meant
    for who in ["supervisor.rabat", "supervisor.sale"] {
        let own = if who == "supervisor.rabat" { 1 } else { 2 };
        let foreign =
            format!("select person_id from app.identity_target where territory_id <> {own}");
        assert_eq!(looks(&stage.db, who, &foreign).await, Ok(Vec::new()));
    }
}
