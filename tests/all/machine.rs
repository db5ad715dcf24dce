//! The state machine of an episode: what is drawn, what the database holds and what the program makes are one.

use crate::support::source;
use sanad::{
    cases::{EpisodeState, Lack, Move, Who},
    plan::{CityMove, Needs},
    prosecution::{Custody, Move as JudicialMove, Mover},
    services::{ServiceMove, Who as Maker},
    shelter::{BedMove, By},
};
use std::{collections::BTreeSet, fmt::Write as _};

const BEGIN: &str = "<!-- episode: drawn from the code -->\n";
const END: &str = "<!-- /episode -->";

/// Where a move may lead: a closure that is refused leads back to wherever it was asked.
fn arrows() -> Vec<(EpisodeState, EpisodeState, Move)> {
    let mut arrows = Vec::new();
    for made in Move::ALL {
        for from in made.from() {
            match made.to() {
                Some(to) => arrows.push((*from, to, *made)),
                None => arrows.extend(
                    Move::AskClosure
                        .from()
                        .iter()
                        .map(|back| (*from, *back, *made)),
                ),
            }
        }
    }
    arrows
}

/// What a move needs wherever it begins, and what from one of its beginnings beside.
fn needs(made: Move) -> String {
    let say = |needs: &[Lack]| {
        let words = needs
            .iter()
            .map(|need| need.key().trim_start_matches("lack-").replace('-', " "));
        words.collect::<Vec<_>>().join(", ")
    };
    if let [from] = made.from() {
        return say(&made.needs_from(*from));
    }
    let mut parts = vec![say(made.needs())];
    for from in made.from() {
        if !from.leaving().is_empty() {
            parts.push(format!(
                "from `{}` also: {}",
                from.code(),
                say(from.leaving())
            ));
        }
    }
    parts.join("; ")
}

fn drawn() -> String {
    let mut text = String::from("\n```mermaid\nstateDiagram-v2\n    [*] --> identified\n");
    for (from, to, made) in arrows() {
        if made != Move::RefuseClosure {
            writeln!(
                text,
                "    {} --> {}: {}",
                from.code(),
                to.code(),
                made.code()
            )
            .unwrap();
        }
    }
    text.push_str(
        "    closed --> [*]\n```\n\n| move | from | to | by | needs |\n|---|---|---|---|---|\n",
    );
    for made in Move::ALL {
        let from: Vec<_> = made
            .from()
            .iter()
            .map(|state| format!("`{}`", state.code()))
            .collect();
        let to = made
            .to()
            .map_or("back to where it was asked".to_owned(), |to| {
                format!("`{}`", to.code())
            });
        let who = match made.who() {
            Who::Care => "worker, supervisor",
            Who::Supervisor => "**supervisor**",
            Who::OtherSupervisor => "**supervisor** who did not ask",
        };
        writeln!(
            text,
            "| `{}` | {} | {to} | {who} | {} |",
            made.code(),
            from.join(", "),
            needs(*made)
        )
        .unwrap();
    }
    text.push('\n');
    text
}

#[test]
fn the_drawing_is_that_of_the_program() {
    let page = source::file("docs/state-machines.md");
    let (before, rest) = page.split_once(BEGIN).expect("the drawing begins");
    let (_, after) = rest.split_once(END).expect("the drawing ends");
    source::generated(
        "docs/state-machines.md",
        &format!("{before}{BEGIN}{}{END}{after}", drawn()),
    );
}

#[test]
fn the_database_holds_the_same_moves() {
    let sql = source::file("migrations/0007_cases.sql");
    let (_, list) = sql
        .split_once("(old.state, new.state) not in (")
        .expect("the list of the trigger");
    let (list, _) = list.split_once("))\n").expect("its end");
    let held: BTreeSet<_> = list
        .split("),")
        .map(|pair| {
            let words: Vec<_> = pair.split('\'').skip(1).step_by(2).collect();
            (words[0].to_owned(), words[1].to_owned())
        })
        .collect();
    let made: BTreeSet<_> = arrows()
        .into_iter()
        .filter(|(_, _, made)| *made != Move::RefuseClosure)
        .map(|(from, to, _)| (from.code().to_owned(), to.code().to_owned()))
        .collect();
    assert_eq!(held, made);
}

const BED_BEGIN: &str = "<!-- bed: drawn from the code -->\n";
const BED_END: &str = "<!-- /bed -->";

fn bed_arrows() -> impl Iterator<Item = (&'static str, &'static str, BedMove)> {
    BedMove::ALL.iter().flat_map(|made| {
        made.from()
            .iter()
            .map(|from| (from.code(), made.to().code(), *made))
    })
}

#[test]
fn the_drawing_of_a_place_is_that_of_the_program() {
    let mut drawn = String::from("\n```mermaid\nstateDiagram-v2\n    [*] --> requested: request\n");
    for (from, to, made) in bed_arrows() {
        writeln!(drawn, "    {from} --> {to}: {}", made.code()).unwrap();
    }
    drawn.push_str("```\n\n| move | to | by |\n|---|---|---|\n");
    for made in BedMove::ALL {
        let who = match made.by() {
            By::Care => "worker, supervisor",
            By::Institution => "institution",
            By::Both => "worker, supervisor; institution",
            By::Clock => "the job, when the time is over",
        };
        writeln!(
            drawn,
            "| `{}` | `{}` | {who} |",
            made.code(),
            made.to().code()
        )
        .unwrap();
    }
    drawn.push('\n');
    let page = source::file("docs/state-machines.md");
    let (before, rest) = page.split_once(BED_BEGIN).expect("the drawing begins");
    let (_, after) = rest.split_once(BED_END).expect("the drawing ends");
    source::generated(
        "docs/state-machines.md",
        &format!("{before}{BED_BEGIN}{drawn}{BED_END}{after}"),
    );
}

#[test]
fn the_database_holds_the_same_moves_of_a_place() {
    let sql = source::file("migrations/0025_shelter.sql");
    let (_, list) = sql
        .split_once("(old.state, new.state) not in (")
        .expect("the list of the trigger");
    let (list, _) = list.split_once("))\n").expect("its end");
    let held: BTreeSet<_> = list
        .split("),")
        .map(|pair| {
            let words: Vec<_> = pair.split('\'').skip(1).step_by(2).collect();
            (words[0], words[1])
        })
        .collect();
    let made: BTreeSet<_> = bed_arrows().map(|(from, to, _)| (from, to)).collect();
    assert_eq!(held, made);
}

const SERVICE_BEGIN: &str = "<!-- service: drawn from the code -->\n";
const SERVICE_END: &str = "<!-- /service -->";

fn drawn_service() -> String {
    let mut text = String::from(
        "\n```mermaid\nstateDiagram-v2\n    [*] --> planned\n    [*] --> proposed\n    [*] --> delivered\n",
    );
    for made in ServiceMove::ALL {
        for from in made.from() {
            let to = made.to().map_or("[*]", |to| to.code());
            writeln!(text, "    {} --> {to}: {}", from.code(), made.code()).unwrap();
        }
    }
    text.push_str(
        "    cancelled --> [*]\n```\n\n| move | from | to | by | reason |\n|---|---|---|---|---|\n",
    );
    for made in ServiceMove::ALL {
        let from: Vec<_> = made
            .from()
            .iter()
            .map(|state| format!("`{}`", state.code()))
            .collect();
        let to = made
            .to()
            .map_or("closed".to_owned(), |to| format!("`{}`", to.code()));
        let who = match made.who() {
            Maker::Cell => "the cell",
            Maker::Either => "**the provider**, or the cell for it",
        };
        let why = if made.about().is_empty() {
            ""
        } else {
            "of the list"
        };
        writeln!(
            text,
            "| `{}` | {} | {to} | {who} | {why} |",
            made.code(),
            from.join(", ")
        )
        .unwrap();
    }
    text.push('\n');
    text
}

#[test]
fn the_drawing_of_a_service_is_that_of_the_program() {
    let page = source::file("docs/state-machines.md");
    let (before, rest) = page.split_once(SERVICE_BEGIN).expect("the drawing begins");
    let (_, after) = rest.split_once(SERVICE_END).expect("the drawing ends");
    source::generated(
        "docs/state-machines.md",
        &format!(
            "{before}{SERVICE_BEGIN}{}{SERVICE_END}{after}",
            drawn_service()
        ),
    );
}

#[test]
fn the_database_holds_the_same_steps_of_a_service() {
    let sql = source::file("migrations/0024_requests.sql");
    let (_, list) = sql
        .split_once("(new.from_state, new.to_state) not in (")
        .expect("the list of the trigger");
    let (list, _) = list.split_once("))\n").expect("its end");
    let held: BTreeSet<_> = list
        .split("),")
        .map(|pair| {
            let words: Vec<_> = pair.split('\'').skip(1).step_by(2).collect();
            (words[0].to_owned(), words[1].to_owned())
        })
        .collect();
    let made: BTreeSet<_> = ServiceMove::ALL
        .iter()
        .flat_map(|made| {
            made.from()
                .iter()
                .filter_map(|from| Some((from.code().to_owned(), made.to()?.code().to_owned())))
        })
        .collect();
    assert_eq!(held, made);
}

const JUDICIAL_BEGIN: &str = "<!-- judicial: drawn from the code -->\n";
const JUDICIAL_END: &str = "<!-- /judicial -->";

fn drawn_judicial() -> String {
    let mut text = String::from("\n```mermaid\nstateDiagram-v2\n    [*] --> draft\n");
    for made in JudicialMove::ALL {
        for from in Custody::ALL {
            if made.by().iter().any(|(_, states)| states.contains(&from)) {
                let (from, to) = (from.code(), made.to().code());
                writeln!(text, "    {from} --> {to}: {}", made.code()).unwrap();
            }
        }
    }
    text.push_str(
        "    withdrawn --> [*]\n    closed --> [*]\n```\n\n| move | by | from | to |\n|---|---|---|---|\n",
    );
    for made in JudicialMove::ALL {
        for (side, from) in made.by() {
            let who = match side {
                Mover::Supervisor => "**supervisor** of the cell",
                Mover::Cell => "worker, supervisor of the cell",
                Mover::Court => "registrar, prosecutor of the court",
                Mover::Prosecutor => "**prosecutor** of the court",
            };
            let from: Vec<_> = from
                .iter()
                .map(|state| format!("`{}`", state.code()))
                .collect();
            writeln!(
                text,
                "| `{}` | {who} | {} | `{}` |",
                made.code(),
                from.join(", "),
                made.to().code()
            )
            .unwrap();
        }
    }
    text.push('\n');
    text
}

/// That the database holds the same is asked beside the moves themselves (`src/prosecution/custody.rs`).
#[test]
fn the_drawing_of_a_judicial_file_is_that_of_the_program() {
    let page = source::file("docs/state-machines.md");
    let (before, rest) = page.split_once(JUDICIAL_BEGIN).unwrap();
    let (_, after) = rest.split_once(JUDICIAL_END).unwrap();
    source::generated(
        "docs/state-machines.md",
        &format!(
            "{before}{JUDICIAL_BEGIN}{}{JUDICIAL_END}{after}",
            drawn_judicial()
        ),
    );
}

const CITY_BEGIN: &str = "<!-- city: drawn from the code -->\n";
const CITY_END: &str = "<!-- /city -->";

fn drawn_city() -> String {
    let mut text = String::from("\n```mermaid\nstateDiagram-v2\n    [*] --> candidate: propose\n");
    for made in CityMove::ALL {
        for from in made.from() {
            let (from, to) = (from.code(), made.to().code());
            writeln!(text, "    {from} --> {to}: {}", made.code()).unwrap();
        }
    }
    text.push_str("```\n\n| move | from | to | needs |\n|---|---|---|---|\n");
    for made in CityMove::ALL {
        let from: Vec<_> = made
            .from()
            .iter()
            .map(|state| format!("`{}`", state.code()))
            .collect();
        let needs = match made.needs() {
            Needs::Decision => "**decision** of the committee that names the city",
            Needs::Reason => "a reason",
        };
        writeln!(
            text,
            "| `{}` | {} | `{}` | {needs} |",
            made.code(),
            from.join(", "),
            made.to().code()
        )
        .unwrap();
    }
    text.push('\n');
    text
}

/// That the database holds the same is asked beside the moves themselves (`src/plan/machine.rs`).
#[test]
fn the_drawing_of_a_city_is_that_of_the_program() {
    let page = source::file("docs/state-machines.md");
    let (before, rest) = page.split_once(CITY_BEGIN).unwrap();
    let (_, after) = rest.split_once(CITY_END).unwrap();
    source::generated(
        "docs/state-machines.md",
        &format!("{before}{CITY_BEGIN}{}{CITY_END}{after}", drawn_city()),
    );
}
