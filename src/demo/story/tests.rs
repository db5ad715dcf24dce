//! What must be true of the story, whatever the day on which it is told.

use super::{Team, World, tell, way::STATES};
use crate::{
    clock::Clock,
    demo::{CITIES, first_day, rows::Rows},
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A summer noon, a Ramadan night, the last minute of a year, a day on which two years do not fit.
const DAYS: &[&str] = &[
    "2026-07-15T11:00:00Z",
    "2027-02-20T01:10:00Z",
    "2026-12-31T23:59:00Z",
    "2025-03-02T09:00:00Z",
];

fn world(now: &str) -> World {
    at(now.parse().unwrap())
}

/// The world at that moment.
pub(super) fn at(now: DateTime<Utc>) -> World {
    let today = Clock::fixed(now).today();
    let teams = CITIES.iter().zip(1..).map(|(city, n)| {
        let user = |post: u128| Uuid::from_u128(n * 10 + post);
        let workers = vec![(user(1), 6), (user(2), 4)];
        let places = vec![("010101001".to_owned(), 3), ("010101003".to_owned(), 1)];
        Team {
            city,
            workers,
            supervisor: user(3),
            prosecutor: user(4),
            registrar: user(5),
            chief: user(6),
            places,
        }
    });
    World {
        now,
        today,
        first: first_day(today),
        teams: teams.collect(),
    }
}

fn stories() -> impl Iterator<Item = (World, Rows)> {
    DAYS.iter().map(|now| world(now)).map(|world| {
        let rows = tell(&world);
        (world, rows)
    })
}

#[test]
fn it_is_the_same_at_every_telling() {
    let world = world(DAYS[0]);
    let text = |rows: Rows| {
        rows.tables()
            .into_iter()
            .map(|table| table.rows.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(text(tell(&world)), text(tell(&world)));
}

#[test]
fn it_has_the_size_that_was_asked_for_and_every_state_in_every_city() {
    for (world, rows) in stories() {
        assert!(
            (380..430).contains(&rows.contacts.len()),
            "{} contacts",
            rows.contacts.len()
        );
        assert!(
            (225..275).contains(&rows.cases.len()),
            "{} cases",
            rows.cases.len()
        );
        for team in &world.teams {
            let here = |episode: &&super::super::rows::Episode| {
                episode.territory_id == team.city.territory
            };
            let states: BTreeSet<_> = rows
                .episodes
                .iter()
                .filter(here)
                .map(|episode| episode.state)
                .collect();
            assert_eq!(
                states,
                STATES.iter().copied().collect(),
                "{}",
                team.city.slug
            );
        }
    }
}

#[test]
fn the_prosecution_has_files_of_every_custody_and_decisions_of_every_effect() {
    for (world, rows) in stories() {
        let custody: BTreeSet<_> = rows.files.iter().map(|file| file.state).collect();
        let all = [
            "closed",
            "draft",
            "received",
            "returned",
            "transmitted",
            "under_study",
            "withdrawn",
        ];
        assert_eq!(custody, all.into());
        let effects: BTreeSet<_> = rows
            .adult_decisions
            .iter()
            .map(|decision| decision.effect)
            .collect();
        assert_eq!(effects, ["not_prosecuted", "pending", "prosecuted"].into());
        let grounds: BTreeSet<_> = rows.support.iter().map(|support| support.ground).collect();
        assert!(grounds.contains("no_procedure"));
        let outcomes: BTreeSet<_> = rows.outcomes.iter().map(|outcome| outcome.kind).collect();
        assert_eq!(outcomes.len(), 5, "{outcomes:?}");
        for team in &world.teams {
            let fresh = |file: &&super::super::rows::JudicialFile| {
                file.court_id == team.city.court && file.state == "transmitted"
            };
            assert!(
                rows.files.iter().any(|file| fresh(&file)),
                "nothing to receive in {}",
                team.city.slug
            );
        }
        let unseen = rows
            .disclosures
            .iter()
            .filter(|d| d.kind == "urgent_notice" && d.acknowledged_at.is_none());
        assert!((1..=2).contains(&unseen.count()));
    }
}

#[test]
fn nothing_is_in_the_future_nor_in_the_time_of_the_published_totals() {
    for (world, rows) in stories() {
        for table in rows.tables() {
            for row in table.rows.as_array().unwrap() {
                for (column, value) in row.as_object().unwrap() {
                    let Value::String(text) = value else { continue };
                    // an answer is awaited and a hearing held on a day that may come
                    if ["birth_basis", "due_at", "held_at"].contains(&column.as_str()) {
                        continue;
                    }
                    if column.starts_with("birth") {
                        assert!(
                            text.parse::<NaiveDate>()
                                .is_ok_and(|day| day <= world.today),
                            "{column} {text}"
                        );
                    } else if let Ok(at) = text.parse::<DateTime<Utc>>() {
                        let day = crate::clock::local_date(at);
                        assert!(
                            at <= world.now && day >= world.first,
                            "{} {column} {text}",
                            table.name
                        );
                    } else if let Ok(day) = text.parse::<NaiveDate>() {
                        // help that is planned has a day that comes
                        let is_planned = column == "agreed_on" && row["state"] == "planned";
                        let last = world.today + Days::new(if is_planned { 21 } else { 0 });
                        assert!(
                            day <= last && day >= world.first,
                            "{} {column} {text}",
                            table.name
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_way_goes_forward_in_time_and_ends_where_the_file_stands() {
    for (_, rows) in stories() {
        for episode in &rows.episodes {
            let way: Vec<_> = rows
                .transitions
                .iter()
                .filter(|t| t.episode_id == episode.id)
                .collect();
            assert!(way.windows(2).all(|two| two[0].at <= two[1].at && two[1].from_state == Some(two[0].to_state)));
            let (first, last) = (way.first().unwrap(), way.last().unwrap());
            assert_eq!((first.from_state, first.at), (None, episode.opened_at));
            assert_eq!(
                (last.to_state, last.at),
                (episode.state, episode.state_since)
            );
        }
        assert_eq!(
            rows.episodes
                .iter()
                .filter(|episode| episode.seq == 2)
                .count(),
            3
        );
    }
}

#[test]
fn brothers_and_sisters_have_one_mother() {
    for (_, rows) in stories() {
        let mut mothers: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for tie in rows.relationships.iter().filter(|tie| tie.kind == "mother") {
            mothers
                .entry(tie.to_person)
                .or_default()
                .push(tie.from_person);
        }
        assert!(mothers.values().all(|of_child| of_child.len() == 1));
        let siblings: Vec<_> = rows
            .relationships
            .iter()
            .filter(|tie| tie.kind == "sibling")
            .collect();
        assert!(siblings.len() > 80, "{}", siblings.len());
        for tie in siblings {
            assert_eq!(mothers.get(&tie.from_person), mothers.get(&tie.to_person));
        }
    }
}

#[test]
fn services_of_mothers_follow_the_fork() {
    for (_, rows) in stories() {
        for given in rows
            .beneficiaries
            .iter()
            .filter(|given| given.mother_effect == Some("pending"))
        {
            let service = rows
                .services
                .iter()
                .find(|service| service.id == given.service_id)
                .unwrap();
            assert!(
                service.urgent,
                "{} while the decision is awaited",
                service.kind
            );
        }
        let served = |effect| {
            rows.beneficiaries
                .iter()
                .filter(|given| given.mother_effect == Some(effect))
                .count()
        };
        assert!(served("not_prosecuted") > 20 && served("no_procedure") > 5);
    }
}
