//! What the demonstration promises (`tests/all/demo`, `tests/browser`) as far as the story alone decides it, on each
//! day of more than a year: weekends, ends of months, Ramadan and the days on which the clocks change among them.

use super::{Team, World, cast, tell, tests::at};
use crate::{
    clock::local_date,
    demo::{
        moves,
        rows::{AdultDecision, CaseFile, Episode, Person, Rows},
    },
};
use chrono::{DateTime, Days, Months, TimeDelta, Utc};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// 400 days from the first on which it may run, each at another time of the day.
fn days() -> impl Iterator<Item = World> {
    let first: DateTime<Utc> = "2026-11-29T00:05:00Z".parse().unwrap();
    (0..400).map(move |nth| at(first + TimeDelta::days(nth) + TimeDelta::minutes(nth * 37 % 1440)))
}

/// A story, and how to look things up in it.
struct Told {
    world: World,
    rows: Rows,
    leads: HashMap<Uuid, Uuid>,
    files: HashMap<Uuid, CaseFile>,
    /// The child of a file.
    children: HashMap<Uuid, Person>,
    /// The files of which no place is asked.
    kept: Vec<Uuid>,
    /// When an episode came into a state.
    reached: HashMap<(Uuid, &'static str), DateTime<Utc>>,
}

impl Told {
    fn new(world: World) -> Self {
        let rows = tell(&world);
        let leads = rows.assignments.iter().filter(|one| one.kind == "lead");
        let passed = rows.transitions.iter();
        let children = {
            let people: HashMap<Uuid, &Person> =
                rows.people.iter().map(|one| (one.id, one)).collect();
            let child = |file: &CaseFile| (file.id, people[&file.child_id].clone());
            rows.cases.iter().map(child).collect()
        };
        Self {
            leads: leads.map(|one| (one.case_id, one.user_id)).collect(),
            children,
            kept: moves::kept(&rows, &world.teams),
            files: rows.cases.iter().map(|one| (one.id, one.clone())).collect(),
            reached: passed
                .map(|one| ((one.episode_id, one.to_state), one.at))
                .collect(),
            world,
            rows,
        }
    }

    /// The episodes of a city that stand in one of these states, of files that are not protected.
    fn in_state<'a>(
        &'a self,
        team: &Team,
        states: &'a [&str],
    ) -> impl Iterator<Item = &'a Episode> {
        let place = team.city.territory;
        self.rows.episodes.iter().filter(move |one| {
            one.territory_id == place
                && states.contains(&one.state)
                && !self.files[&one.case_id].protected
        })
    }

    fn is_open_for(&self, episode: &Episode, days: i64) -> bool {
        episode.opened_at < self.world.now - TimeDelta::days(days)
    }
}

#[test]
fn it_is_there_on_every_day() {
    for world in days() {
        let told = Told::new(world);
        let now = told.world.now;
        for team in &told.world.teams {
            of_a_city(&told, team);
            ends_and_desks(&told, team);
            at_its_court(&told, team);
        }
        let city = |slug| {
            told.world
                .teams
                .iter()
                .find(|team| team.city.slug == slug)
                .unwrap()
        };
        // two who are registered, one of whom has another file; three who may be the same child
        assert!(
            told.in_state(city("sale"), &["registered"]).count() > 1,
            "{now}"
        );
        assert!(
            told.in_state(city("sale"), &["closed"]).count() > 2,
            "{now}"
        );
        // as many as there are answers to a request
        assert!(
            told.in_state(city("marrakech"), &["implementation", "monitoring"])
                .count()
                >= 10,
            "{now}"
        );
        assert!(
            told.in_state(city("rabat"), &["monitoring"]).count() > 2,
            "{now}"
        );
        codes(&told);
        decisions(&told);
        at_the_courts(&told);
        alone(&told);
        of_age(&told);
    }
}

/// What each city shows.
fn of_a_city(told: &Told, team: &Team) {
    let (now, today, slug) = (told.world.now, told.world.today, team.city.slug);
    assert!(
        told.in_state(team, &["monitoring"]).count() > 1,
        "visits of {slug}, {now}"
    );
    // complaints: one answered, one that waits, one that is late
    let long = told
        .in_state(team, &["implementation", "monitoring"])
        .filter(|one| {
            let since = told.reached.get(&(one.id, "implementation"));
            since.is_some_and(|since| *since < now - TimeDelta::days(40))
        });
    assert!(long.count() > 2, "complaints of {slug}, {now}");
    // places: one held, two more; and a file of which none is asked, for the transfer
    let kept = &told.kept;
    let open = [
        "urgent_action",
        "assessment",
        "planning",
        "implementation",
        "monitoring",
    ];
    let can_sleep_there = told.in_state(team, &open).filter(|one| {
        let child = &told.children[&one.case_id];
        let born = child.birth_latest.unwrap();
        !kept.contains(&one.case_id)
            && told.is_open_for(one, 20)
            && ["F", "M"].contains(&child.sex)
            && born <= today - Months::new(48)
            && born > today - Months::new(18 * 12)
    });
    assert!(can_sleep_there.count() > 2, "places of {slug}, {now}");
    let can_go = told
        .in_state(team, &["monitoring"])
        .filter(|one| kept.contains(&one.case_id));
    assert!(
        can_go.filter(|one| told.is_open_for(one, 21)).count() > 0,
        "transfer of {slug}, {now}"
    );
}

/// The ends of files in a city, and the desks of its workers.
fn ends_and_desks(told: &Told, team: &Team) {
    let (now, today, slug) = (told.world.now, told.world.today, team.city.slug);
    // looked at twice since the closing, one of them without success
    let settled = told.in_state(team, &["closed"]).filter(|one| {
        let closed = one.closed_at.map_or(today, local_date);
        one.closure_reason == Some("objectives_met")
            && closed + Months::new(6) + Days::new(7) <= today
    });
    assert!(settled.count() > 0, "checks of {slug}, {now}");
    // a look after three months that is late by days
    let owed = told.in_state(team, &["closed"]).filter(|one| {
        let due = local_date(one.closed_at.unwrap()) + Months::new(3);
        one.closure_reason == Some("stable_in_family")
            && (1..=6).contains(&(today - due).num_days())
    });
    assert!(
        owed.count() > 0 || slug == "temara",
        "a late check of {slug}, {now}"
    );
    // each worker has files for papers and notes, and some without
    let open = told.in_state(team, &super::way::STATES[..8]);
    let settled: HashSet<Uuid> = open
        .filter(|one| told.is_open_for(one, 5))
        .map(|one| told.leads[&one.case_id])
        .collect();
    for (worker, _) in &team.workers {
        assert!(settled.contains(worker), "papers of {slug}, {now}");
    }
    let (first, _) = team.workers[0];
    let own = told.in_state(team, &super::way::STATES[..8]);
    assert!(
        own.filter(|one| told.leads[&one.case_id] == first).count() > 3,
        "{slug}, {now}"
    );
}

/// The desk of a prosecutor: something to receive and to answer, a question of each kind, a hearing that comes.
fn at_its_court(told: &Told, team: &Team) {
    let (rows, now, slug) = (&told.rows, told.world.now, team.city.slug);
    let here = |court| court == team.city.court;
    for state in ["transmitted", "received", "closed"] {
        let mut files = rows.files.iter().filter(|one| here(one.court_id));
        assert!(
            files.any(|one| one.state == state),
            "{state}, {slug}, {now}"
        );
    }
    // a child waits, and not for too long
    let waits = rows.files.iter().any(|one| {
        let since = one
            .received_at
            .filter(|_| one.urgent && one.state == "received");
        here(one.court_id) && since.is_some_and(|at| at > now - TimeDelta::hours(12))
    });
    assert!(waits, "a child of {slug}, {now}");
    let questions = || rows.questions.iter().filter(|one| here(one.court_id));
    assert!(
        questions().any(|one| one.answered_at.is_none()),
        "{slug}, {now}"
    );
    assert!(
        questions().any(|one| one.answered_at.is_some()),
        "{slug}, {now}"
    );
    let comes = rows
        .events
        .iter()
        .any(|one| here(one.court_id) && one.held_at > now);
    assert!(comes, "a hearing of {slug}, {now}");
    let annexes = rows.annexes.iter().filter(|one| here(one.court_id));
    assert_eq!(annexes.count(), 1, "{slug}, {now}");
}

/// Moves lead from where the one before led, and to where the file stands; each kind of event is there.
fn at_the_courts(told: &Told) {
    let (rows, now) = (&told.rows, told.world.now);
    let mut stands: HashMap<Uuid, (&str, DateTime<Utc>)> = HashMap::new();
    for step in &rows.steps {
        let (from, at) = stands
            .insert(step.file_id, (step.to_state, step.at))
            .unwrap_or(("draft", step.at));
        assert!(from == step.from_state && at <= step.at, "{step:?}, {now}");
    }
    for file in &rows.files {
        let (state, since) = stands
            .get(&file.id)
            .copied()
            .unwrap_or(("draft", file.composed_at));
        assert_eq!((file.state, file.state_since), (state, since), "{now}");
    }
    let closed: HashMap<Uuid, DateTime<Utc>> = rows
        .files
        .iter()
        .filter(|one| one.state == "closed")
        .map(|one| (one.id, one.state_since))
        .collect();
    let decided = rows
        .adult_decisions
        .iter()
        .map(|one| (one.file_id, one.recorded_at));
    let said = rows.answers.iter().map(|one| (one.file_id, one.at));
    for (file, at) in decided.chain(said) {
        assert!(closed.get(&file).is_none_or(|since| at < *since), "{now}");
    }
    let kinds: BTreeSet<_> = rows.events.iter().map(|one| one.kind).collect();
    let all = ["appeal", "final", "hearing", "judgment", "juvenile_measure"];
    assert_eq!(kinds, all.into(), "{now}");
}

/// Every code that a closed list of the database has and the story alone writes.
fn codes(told: &Told) {
    let (rows, now) = (&told.rows, told.world.now);
    let all = |codes: &[&'static str]| codes.iter().copied().collect::<BTreeSet<_>>();
    let claims: BTreeSet<_> = rows.relationships.iter().map(|one| one.claim).collect();
    assert_eq!(claims, all(&["claimed", "refuted", "verified"]), "{now}");
    let names: BTreeSet<_> = rows.names.iter().map(|one| one.kind).collect();
    assert_eq!(names, all(&["civil", "street"]), "{now}");
    let kinds: BTreeSet<_> = rows.assignments.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, all(&["lead", "second"]), "{now}");
    let effects: BTreeSet<_> = rows
        .beneficiaries
        .iter()
        .filter_map(|one| one.mother_effect)
        .collect();
    let four = all(&["no_procedure", "not_prosecuted", "pending", "prosecuted"]);
    assert_eq!(effects, four, "{now}");
    // a mother and her child in one act
    assert!(
        rows.beneficiaries.iter().any(|one| one.counts_as.is_some()),
        "{now}"
    );
    assert!(
        rows.services
            .iter()
            .any(|one| one.kind == "emergency_shelter"),
        "{now}"
    );
    assert!(
        rows.services
            .iter()
            .any(|one| one.urgent && one.delivered_on.is_some()),
        "{now}"
    );
    assert!(
        rows.services.iter().any(|one| one.state == "planned"),
        "{now}"
    );
    assert!(
        rows.episodes
            .iter()
            .filter(|one| one.state == "planning")
            .count()
            > 3,
        "{now}"
    );
    let protected = rows.cases.iter().filter(|one| one.protected);
    let places: BTreeSet<_> = protected.map(|one| one.territory_id).collect();
    assert_eq!(places.len(), 4, "{now}");
}

/// A mother in each answer of the prosecution, one of them helped against it.
fn decisions(told: &Told) {
    let (rows, now) = (&told.rows, told.world.now);
    let mothers: HashSet<Uuid> = rows
        .relationships
        .iter()
        .filter(|one| one.kind == "mother")
        .map(|one| one.from_person)
        .collect();
    let last = rows.adult_decisions.iter().filter(|one| {
        let replaced = |other: &AdultDecision| other.supersedes_id == Some(one.id);
        mothers.contains(&one.person_id) && !rows.adult_decisions.iter().any(replaced)
    });
    let last: HashMap<Uuid, &str> = last.map(|one| (one.person_id, one.effect)).collect();
    let effects: BTreeSet<_> = last.values().copied().collect();
    assert!(
        effects.contains("prosecuted") && effects.contains("not_prosecuted"),
        "{now}"
    );
    let against = rows.support.iter().filter(|one| one.ground == "override");
    assert!(against.count() > 0, "{now}");
    for one in rows.support.iter().filter(|one| one.ground == "override") {
        assert_eq!(last.get(&one.person_id), Some(&"prosecuted"), "{now}");
    }
    assert!(
        rows.support.iter().any(|one| one.ground == "no_procedure"),
        "{now}"
    );
    assert!(
        rows.adult_decisions
            .iter()
            .any(|one| one.supersedes_id.is_some()),
        "{now}"
    );
}

/// A file to which nobody and nothing else belongs: it goes to another city.
fn alone(told: &Told) {
    let (rows, now) = (&told.rows, told.world.now);
    let team = told
        .world
        .teams
        .iter()
        .find(|team| team.city.slug == "tanger")
        .unwrap();
    let is_alone = |one: &&Episode| {
        let child = told.files[&one.case_id].child_id;
        let kin: HashSet<Uuid> = rows
            .relationships
            .iter()
            .filter(|tie| tie.to_person == child)
            .map(|tie| tie.from_person)
            .collect();
        rows.relationships
            .iter()
            .all(|tie| !kin.contains(&tie.from_person) || tie.to_person == child)
            && rows.cases.iter().all(|file| !kin.contains(&file.child_id))
            && rows
                .file_children
                .iter()
                .all(|party| party.child_case_id != one.case_id)
            && rows
                .file_adults
                .iter()
                .all(|party| !kin.contains(&party.person_id))
            && told.is_open_for(one, 21)
    };
    let kept = &told.kept;
    let goes = told.in_state(team, &["monitoring"]).filter(is_alone);
    assert!(
        goes.filter(|one| kept.contains(&one.case_id)).count() > 0,
        "{now}"
    );
    // and another stays, for the one that is asked for
    assert!(kept.len() > told.world.teams.len(), "{now}");
}

/// Nobody of an open file has come of age; somebody does within the year.
fn of_age(told: &Told) {
    let (today, now) = (told.world.today, told.world.now);
    let mut soon = 0;
    for episode in told
        .rows
        .episodes
        .iter()
        .filter(|one| one.state != "closed")
    {
        let child = &told.children[&episode.case_id];
        let eighteen = child.birth_latest.unwrap() + Months::new(18 * 12);
        assert!(eighteen > today, "{now}");
        soon += u32::from(eighteen < today + Months::new(12));
    }
    assert!(soon > 0, "{now}");
}

#[test]
fn the_workers_of_a_city_take_its_families_in_turn() {
    let world = at("2026-11-29T09:00:00Z".parse().unwrap());
    let team = &world.teams[0];
    let leads: Vec<Uuid> = (0..10).map(|nth| cast::lead(team, nth)).collect();
    let of = |worker: usize| {
        leads
            .iter()
            .filter(|lead| **lead == team.workers[worker].0)
            .count()
    };
    assert_eq!((of(0), of(1)), (6, 4));
    assert_eq!(leads[..5], leads[5..]);
}
