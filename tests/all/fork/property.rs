//! Over any sequence of decisions: what the rule of the fork opens to a mother is taken and what it does not open is
//! refused; what was given counts among the four services (I12) exactly when the rule says so, never while a decision was
//! awaited or against a prosecution; and nothing that was given is ever erased.
//!
//! The database is compared, both ways, with a small model of the rule, which knows each decision from the day on which it
//! was recorded.

use super::{
    figures::{by_family, counted, shown},
    model::{Decision, Effect, Model, Procedure},
    statements::{at, day, run, session, took},
};
use crate::support::{TestDb, id, world};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::{PgConnection, Row};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many sequences, and the days that each lasts.
const SEQUENCES: usize = 200;
const DAYS: i64 = 12;

/// Help that the database has taken.
#[derive(Debug)]
struct Given {
    service: Uuid,
    day: i64,
    counts: bool,
}

/// An act that is not given yet, or only in part.
#[derive(Debug)]
struct Planned {
    service: Uuid,
    /// The number of its next step.
    seq: i32,
    state: &'static str,
}

/// The database, a worker's and a supervisor's and a prosecutor's session, and the moment at which things happen.
struct Stage {
    admin: PgConnection,
    worker: PgConnection,
    supervisor: PgConnection,
    prosecutor: PgConnection,
    woman: Uuid,
    model: Model,
    given: Vec<Given>,
    planned: Vec<Planned>,
    /// Days before today.
    clock: i64,
    nth: u32,
    /// How many acts were asked for under each effect, and taken or not.
    met: BTreeMap<(&'static str, bool), usize>,
}

impl Stage {
    async fn new(db: &TestDb) -> Self {
        Self {
            admin: db.connect("postgres").await,
            worker: session(db, "worker1.rabat").await,
            supervisor: session(db, "supervisor.rabat").await,
            prosecutor: session(db, "prosecutor.rabat").await,
            woman: Uuid::nil(),
            model: Model::default(),
            given: Vec::new(),
            planned: Vec::new(),
            clock: DAYS,
            nth: 0,
            met: BTreeMap::new(),
        }
    }

    /// Another mother of the child of worker1's file, of whom nothing is known.
    async fn somebody_else(&mut self, n: usize) {
        self.woman = id(&format!("woman {n}"));
        self.model = Model::default();
        self.planned.clear();
        self.clock = DAYS;
        self.nth = 0;
        let sql = format!(
            "insert into app.person (id, territory_id, sex, created_by) values ('{woman}', 1, 'F', '{worker}');
             insert into app.relationship (id, territory_id, from_person, to_person, kind, claim, proof, created_by)
             values (gen_random_uuid(), 1, '{woman}', '{child}', 'mother', 'verified', 'civil_document', '{worker}')",
            woman = self.woman,
            worker = id("worker1.rabat"),
            child = id("child rabat.mine"),
        );
        run(&mut self.admin, &sql).await;
    }

    /// An id of this sequence: what is made of one kind by the nth thing that happens.
    fn made(&self, kind: u32) -> Uuid {
        Uuid::from_u128(self.woman.as_u128() ^ (u128::from(self.nth + 1) << (16 * kind)))
    }

    /// A procedure that was sent today, of others or of hers.
    async fn procedure(&mut self, is_hers: bool) -> Uuid {
        let file = self.made(0);
        let sql = format!(
            "insert into app.judicial_file (id, number, case_id, territory_id, court_id, proposed_court_id, disclosure_id, state,
                 composed_by, composed_at, transmitted_by, transmitted_at, received_by, received_at)
             values ('{file}', 'P-{file}', '{case}', 1, 11, 11, '{disclosure}', 'received', '{worker}', {at}, '{supervisor}', {at},
                 '{prosecutor}', {at});
             insert into app.judicial_adult (file_id, case_id, territory_id, court_id, person_id, relation_claimed)
             select '{file}', '{case}', 1, 11, '{woman}', 'mother' where {is_hers}",
            case = id("case rabat.mine"),
            disclosure = id("disclosure rabat.mine"),
            worker = id("worker1.rabat"),
            supervisor = id("supervisor.rabat"),
            prosecutor = id("prosecutor.rabat"),
            woman = self.woman,
            at = at(self.clock, self.nth),
        );
        run(&mut self.admin, &sql).await;
        file
    }

    async fn open(&mut self) {
        if self.model.procedures.len() == 2 {
            return;
        }
        let file = self.procedure(true).await;
        self.model.procedures.push(Procedure {
            file,
            sent: self.clock,
            joined: None,
            ended: None,
            decisions: Vec::new(),
        });
    }

    async fn decide(&mut self, which: u8, effect: Effect, back: i64, corrects: bool) {
        let count = self.model.procedures.len();
        if count == 0 {
            return;
        }
        let (clock, nth) = (self.clock, self.nth);
        let one = &self.model.procedures[usize::from(which) % count];
        if one.ended.is_some() {
            return;
        }
        let decided = (clock + back).min(one.sent);
        let corrected = one.decisions.iter().rev().find(|decision| {
            !one.decisions
                .iter()
                .any(|later| later.corrects == Some(decision.id))
        });
        let corrects = corrected.filter(|_| corrects).map(|decision| decision.id);
        let decision = Decision {
            id: self.made(1),
            effect,
            decided,
            recorded: clock,
            nth,
            corrects,
        };
        let code = match effect {
            Effect::Pending => "pending",
            Effect::Prosecuted => "prosecuted",
            Effect::NotProsecuted => "not_prosecuted",
        };
        let sql = format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, reason, offence,
                 decided_on, recorded_at, recorded_by, supersedes_id)
             select '{id}', a.file_id, a.case_id, a.territory_id, a.court_id, a.person_id,
                    (select code from ref.adult_decision_kind where effect = '{code}' order by md5(code || '{id}') limit 1), '{code}',
                    case '{code}' when 'not_prosecuted' then (select code from ref.non_prosecution_reason order by sort limit 1) end,
                    case '{code}' when 'prosecuted' then (select code from ref.offence order by sort limit 1) end,
                    {on}, {at}, '{prosecutor}', {corrects}
             from app.judicial_adult a where a.file_id = '{file}' and a.person_id = '{woman}'",
            id = decision.id,
            on = day(decided),
            at = at(clock, nth),
            prosecutor = id("prosecutor.rabat"),
            corrects = decision
                .corrects
                .map_or("null".to_owned(), |id| format!("'{id}'")),
            file = one.file,
            woman = self.woman,
        );
        run(&mut self.admin, &sql).await;
        let which = usize::from(which) % count;
        self.model.procedures[which].decisions.push(decision);
    }

    /// Her first procedure into her second; where there is none, into one that she was no party of.
    async fn join(&mut self) {
        let (from, into) = match self.model.procedures.as_slice() {
            [first, second] if first.ended.is_none() => (first.file, Some(second.file)),
            [first] => (first.file, None),
            _ => return,
        };
        let is_hers = into.is_some();
        let into = match into {
            Some(file) => file,
            None => self.procedure(false).await,
        };
        let sql = format!(
            "select app.move_judicial(gen_random_uuid(), '{from}', 'join', other => '{into}')"
        );
        if !took(&mut self.prosecutor, &sql).await {
            return;
        }
        let sql = format!(
            "update app.judicial_file set joined_at = {at} where id = '{from}';
             update app.judicial_adult set joined_at = {at} where file_id = '{into}' and joined_at is not null",
            at = at(self.clock, self.nth)
        );
        run(&mut self.admin, &sql).await;
        self.model.procedures[0].ended = Some(self.clock);
        if !is_hers {
            self.model.procedures.push(Procedure {
                file: into,
                sent: self.clock,
                joined: Some(self.clock),
                ended: None,
                decisions: Vec::new(),
            });
        }
    }

    async fn reroute(&mut self, which: u8) {
        let count = self.model.procedures.len();
        if count == 0 {
            return;
        }
        let file = self.model.procedures[usize::from(which) % count].file;
        let sql = format!(
            "select app.move_judicial(gen_random_uuid(), '{file}', 'reroute', court => 12::smallint,
                 why => (select min(code) from ref.court_change_reason))"
        );
        // what went to another court already is not theirs to send on
        took(&mut self.prosecutor, &sql).await;
    }

    /// A supervisor opens under what stands now, once and nothing else.
    async fn open_services(&mut self) {
        let (ground, decision, is_there) = self.model.opening();
        let written = decision.map_or("null".to_owned(), |id| format!("'{id}'"));
        let sql = format!(
            "insert into app.mother_support (id, person_id, territory_id, ground, decision_id, reason, opened_by)
             values (gen_random_uuid(), '{}', 1, '{ground}', {written}, 'other', '{}')",
            self.woman,
            id("supervisor.rabat")
        );
        let was_taken = took(&mut self.supervisor, &sql).await;
        assert_eq!(was_taken, is_there, "{sql}\n{:#?}", self.model);
        if was_taken {
            match decision {
                Some(decision) => self.model.overridden.push(decision),
                None => self.model.opened_without = true,
            }
        }
    }

    /// An act for her in the worker's session: given on a day, or planned. What the rule opens is taken, and nothing else.
    async fn record(&mut self, back: i64, is_urgent: bool, is_planned: bool) {
        let given_on = self.clock + back;
        let judged = if is_planned { self.clock } else { given_on };
        let (service, effect) = (self.made(2), self.model.code(judged));
        let (kind, state) = (
            if is_urgent {
                "mother_shelter"
            } else {
                "literacy"
            },
            if is_planned { "planned" } else { "delivered" },
        );
        let sql = format!(
            "insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, delivered_on, urgent,
                 recorded_by, recorded_at, payload_mac)
             values ('{service}', 1, 1, '{kind}', 'en_cell_rabat', '{state}', {on}, {given}, {is_urgent}, '{worker}', {at}, sha256('x'));
             insert into app.service_beneficiary (service_id, person_id, case_id, territory_id, mother_effect)
             values ('{service}', '{woman}', '{case}', 1, '{effect}')",
            on = day(judged),
            given = if is_planned { "null".to_owned() } else { day(given_on) },
            worker = id("worker1.rabat"),
            at = at(self.clock, self.nth),
            woman = self.woman,
            case = id("case rabat.mine"),
        );
        let was_taken = took(&mut self.worker, &sql).await;
        let is_open = self.model.lets(judged, is_urgent);
        assert_eq!(was_taken, is_open, "{sql}\n{:#?}", self.model);
        *self.met.entry((effect, was_taken)).or_default() += 1;
        if was_taken && is_planned {
            self.planned.push(Planned {
                service,
                seq: 1,
                state: "planned",
            });
        } else if was_taken {
            self.was_given(service, given_on);
        }
    }

    /// What was planned is said to be given, in part first or at once, whatever was decided since: a fact is not refused.
    async fn deliver(&mut self, back: i64, is_part: bool) {
        let Some(Planned {
            service,
            seq,
            state,
        }) = self.planned.pop()
        else {
            return;
        };
        let given_on = self.clock + back;
        let becomes = if is_part && state == "planned" {
            "partial"
        } else {
            "delivered"
        };
        let sql = format!(
            "insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, on_day, by_user, role, at)
             values (gen_random_uuid(), '{service}', 1, {seq}, '{state}', '{becomes}', {on}, '{worker}', 'social_worker', {at})",
            on = day(given_on),
            worker = id("worker1.rabat"),
            at = at(self.clock, self.nth),
        );
        assert!(
            took(&mut self.worker, &sql).await,
            "{sql}\n{:#?}",
            self.model
        );
        if becomes == "partial" {
            self.planned.push(Planned {
                service,
                seq: seq + 1,
                state: becomes,
            });
        }
        self.was_given(service, given_on);
    }

    /// An act was given on a day: judged by what is known now. A part of it that counted goes on counting.
    fn was_given(&mut self, service: Uuid, day: i64) {
        let counts = self.model.counts(day);
        match self.given.iter_mut().find(|one| one.service == service) {
            Some(part) => {
                part.day = day;
                part.counts |= counts;
            }
            None => self.given.push(Given {
                service,
                day,
                counts,
            }),
        }
    }

    async fn happens(&mut self, (what, a, b, c): (u8, u8, u8, u8)) {
        self.nth += 1;
        let back = i64::from(b % 4);
        let effect = match a % 4 {
            0 => Effect::Pending,
            1 => Effect::Prosecuted,
            _ => Effect::NotProsecuted,
        };
        match what % 20 {
            0 | 1 => self.clock = (self.clock - 1).max(0),
            2 => self.clock = (self.clock - 2).max(0),
            3 | 18 => self.open().await,
            4..=6 => self.decide(c, effect, back, false).await,
            7 => self.decide(c, effect, back, true).await,
            8 | 19 => self.open_services().await,
            9 => self.join().await,
            10 => self.reroute(a).await,
            11 | 12 => self.deliver(back, c % 3 == 0).await,
            13 | 14 => self.record(back, a % 4 == 0, true).await,
            _ => self.record(back, a % 3 == 0, false).await,
        }
    }

    /// Each act is as it was given, and counts as the model says.
    async fn check(&mut self, told: &str) {
        let rows = sqlx::query(
            "select s.id, ((now() at time zone 'Africa/Casablanca')::date - s.delivered_on)::bigint as day,
                    b.mother_effect in ('not_prosecuted', 'no_procedure') as counts
             from app.service s join app.service_beneficiary b on b.service_id = s.id
             where s.state in ('delivered', 'partial') and b.mother_effect is not null",
        )
        .fetch_all(&mut self.admin)
        .await
        .unwrap();
        for given in &self.given {
            let row = rows
                .iter()
                .find(|row| row.get::<Uuid, _>("id") == given.service);
            let row = row.unwrap_or_else(|| panic!("{given:?} is gone\n{told}"));
            assert_eq!(row.get::<i64, _>("day"), given.day, "{given:?}\n{told}");
            let counts = row.get::<bool, _>("counts");
            assert_eq!(counts, given.counts, "{given:?}\n{told}");
        }
    }
}

#[tokio::test]
async fn any_sequence_is_taken_refused_and_counted_as_the_rule_says_and_erases_nothing() {
    let db = TestDb::new().await;
    world::build(&db).await;
    let mut stage = Stage::new(&db).await;
    let mut expected = counted(&mut stage.admin).await;
    let mut runner = TestRunner::deterministic();
    let steps = proptest::collection::vec(any::<(u8, u8, u8, u8)>(), 12..30);
    for n in 0..SEQUENCES {
        let sequence = steps.new_tree(&mut runner).unwrap().current();
        stage.somebody_else(n).await;
        for step in &sequence {
            stage.happens(*step).await;
        }
        let told = format!("sequence {n}: {sequence:?}\n{:#?}", stage.model);
        stage.check(&told).await;
    }
    // the sequences met every side of the rule
    for side in [
        ("no_procedure", true),
        ("no_procedure", false),
        ("pending", true),
        ("pending", false),
        ("prosecuted", true),
        ("prosecuted", false),
        ("not_prosecuted", true),
    ] {
        assert!(stage.met.get(&side) > Some(&4), "{side:?}: {:?}", stage.met);
    }
    // the acts that count are those of the model, neither more nor fewer
    let of_model = stage.given.iter().filter(|one| one.counts);
    expected.extend(of_model.map(|one| one.service));
    let found = counted(&mut stage.admin).await;
    let differ: Vec<&Uuid> = found.symmetric_difference(&expected).collect();
    assert!(differ.is_empty(), "{differ:?}");
    assert!(stage.given.iter().filter(|one| !one.counts).count() > 15);
    // and a release counts them, family by family
    let families = by_family(&mut stage.admin, &expected).await;
    assert_eq!(shown(&db).await, families);
    assert!(!families.is_empty());
}
