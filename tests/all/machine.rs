//! The state machine of an episode: what is drawn, what the database holds and what the program makes are one.

use crate::support::source;
use sanad::cases::{EpisodeState, Move, Who};
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
        let needs: Vec<_> = made
            .needs()
            .iter()
            .map(|need| need.key().trim_start_matches("lack-").replace('-', " "))
            .collect();
        writeln!(
            text,
            "| `{}` | {} | {to} | {who} | {} |",
            made.code(),
            from.join(", "),
            needs.join(", ")
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
