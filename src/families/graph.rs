//! The group as a drawing: generations one above the other, proved kinship drawn through and claimed dashed.

use super::domain::{Group, Member, Part, Tie};
use crate::{
    charts::{Bond, Person, Tree},
    ids::PersonId,
    people::Claim,
    reference::List,
    web::Ui,
};

/// What somebody is, shortly: of an adult, to the child of the file if to it at all.
pub fn role_of(ui: &Ui, group: &Group, one: &Member, child: PersonId) -> String {
    if one.part != Part::Adult {
        return ui.t(one.part.key());
    }
    let ties = group.ties_of(one.id);
    let nearest = ties.iter().find(|tie| tie.to == child).or(ties.first());
    nearest.map_or_else(
        || ui.t(one.part.key()),
        |tie| ui.label(List::AdultRelation, &tie.kind),
    )
}

/// The drawing. What was refuted is not in it, and is in the table.
pub fn draw(ui: &Ui, group: &Group, child: PersonId) -> Tree {
    let levels = group.levels();
    let people: Vec<Person> = group
        .members
        .iter()
        .map(|one| Person {
            name: one.names.say(ui),
            role: role_of(ui, group, one, child),
            level: levels.get(&one.id).copied().unwrap_or(0),
            is_here: one.part == Part::Child,
        })
        .collect();
    let place = |id: PersonId| group.members.iter().position(|one| one.id == id);
    let bond = |tie: &Tie| {
        Some(Bond {
            from: place(tie.from)?,
            to: place(tie.to)?,
            is_solid: tie.claim == Claim::Verified,
        })
    };
    let standing = group.ties.iter().filter(|tie| tie.claim != Claim::Refuted);
    let bonds: Vec<Bond> = standing.filter_map(bond).collect();
    Tree::new(
        ui.lang(),
        ui.t("family-graph"),
        ui.n("family-graph-about", people.len()),
        &people,
        &bonds,
    )
}
