//! What was found, as a page shows it: in groups, with the words that answer marked, and why each is there.

use super::{
    db::{Contact, Hit, Kin, Person},
    near::{Parts, Piece},
};
use crate::{
    cases::{CasePath, EpisodeState},
    contacts::ContactPath,
    reference::List,
    web::Ui,
};

/// The groups of a page of results, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Files,
    Children,
    Mothers,
    Others,
    Contacts,
}

impl Group {
    pub(super) const ALL: [Self; 5] = [
        Self::Files,
        Self::Children,
        Self::Mothers,
        Self::Others,
        Self::Contacts,
    ];

    /// Key of its words.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Files => "search-files",
            Self::Children => "search-children",
            Self::Mothers => "search-mothers",
            Self::Others => "search-others",
            Self::Contacts => "search-contacts",
        }
    }
}

/// What was typed, as far as it explains why somebody is there.
pub(super) enum Typed {
    /// Names, in their parts.
    Names(Parts),
    /// The end of a number, or all of it.
    Number,
    /// A telephone.
    Phone,
    /// A place.
    Place,
}

/// Somebody around a person who was found, as a rule a child of a mother.
pub(super) struct Child {
    /// Where the file is; nothing without one.
    pub(super) href: Option<String>,
    pub(super) name: String,
    pub(super) number: Option<String>,
}

/// A line of the results.
pub(super) struct Line {
    pub(super) group: Group,
    /// Where it leads; nothing for an adult who has no page.
    pub(super) href: Option<String>,
    pub(super) icon: &'static str,
    /// A name with its words; empty where a number stands for it.
    pub(super) name: Vec<Piece>,
    /// The same in the other script.
    pub(super) other: Vec<Piece>,
    /// A nickname by which the person was found.
    pub(super) called: Vec<Piece>,
    /// Number of the file, or of the receipt.
    pub(super) number: Option<String>,
    pub(super) is_protected: bool,
    pub(super) facts: Vec<String>,
    pub(super) state: Option<EpisodeState>,
    /// Where and when seen last.
    pub(super) seen: Option<String>,
    /// Why it is there.
    pub(super) why: Vec<String>,
    pub(super) children: Vec<Child>,
}

impl Line {
    /// Of anything that was found.
    pub(super) fn of(ui: &Ui, typed: &Typed, hit: &Hit) -> Self {
        match hit {
            Hit::Person(person) => Self::person(ui, typed, person),
            Hit::Contact(contact) => Self::contact(ui, contact),
        }
    }

    fn person(ui: &Ui, typed: &Typed, person: &Person) -> Self {
        let group = match (typed, &person.file) {
            (Typed::Number, _) => Group::Files,
            (_, Some(_)) => Group::Children,
            _ if person.is_mother => Group::Mothers,
            _ => Group::Others,
        };
        let names = person.names.first().map(|(_, names)| names.clone());
        let names = names.unwrap_or_default();
        let file = person.file.as_ref();
        let seen = file.and_then(|file| file.seen.as_ref());
        let href = match file {
            Some(file) => Some(CasePath { id: file.id }.to_string()),
            None if person.is_mother => Some(format!("/mothers/{}", person.id)),
            None => None,
        };
        Self {
            group,
            href,
            icon: if file.is_some() {
                "clipboard-list"
            } else {
                "users"
            },
            name: marked(typed, &names.say(ui)),
            other: marked(typed, &names.other(ui)),
            called: called(ui, typed, person),
            number: file.map(|file| file.number.clone()),
            is_protected: file.is_some_and(|file| file.protected),
            facts: facts(ui, person),
            state: file.and_then(|file| file.state),
            seen: seen.map(|(place, at)| {
                ui.t2(
                    "search-seen",
                    ("place", ui.place(place)),
                    ("when", ui.ago(at)),
                )
            }),
            why: why(ui, typed, person),
            children: person.children.iter().map(|kin| child(ui, kin)).collect(),
        }
    }

    fn contact(ui: &Ui, contact: &Contact) -> Self {
        let spot = ui.label(List::ContactPlace, &contact.spot_kind);
        Self {
            group: Group::Contacts,
            href: Some(ContactPath { id: contact.id }.to_string()),
            icon: "footprints",
            name: vec![Piece {
                text: format!("{spot} · {}", ui.place(&contact.place)),
                is_hit: false,
            }],
            other: Vec::new(),
            called: Vec::new(),
            number: Some(contact.receipt.clone()),
            is_protected: false,
            facts: vec![ui.moment(contact.at)],
            state: None,
            seen: None,
            why: vec![ui.t("search-how-phone")],
            children: Vec::new(),
        }
    }

    /// Class of the mark of its state.
    pub(super) fn state_class(&self) -> &'static str {
        match self.state {
            Some(state) if state.is_open() => "brand",
            _ => "grey",
        }
    }
}

fn marked(typed: &Typed, name: &str) -> Vec<Piece> {
    match typed {
        Typed::Names(parts) => parts.marked(name),
        _ if name.is_empty() => Vec::new(),
        _ => vec![Piece {
            text: name.to_owned(),
            is_hit: false,
        }],
    }
}

/// The first of the other names that answers: what a child is called in the street finds it too.
fn called(ui: &Ui, typed: &Typed, person: &Person) -> Vec<Piece> {
    let Typed::Names(parts) = typed else {
        return Vec::new();
    };
    let mut others = person.names.iter().skip(1).map(|(_, names)| names);
    let found = others.find(|names| !parts.ways(names).is_empty());
    found.map_or_else(Vec::new, |names| parts.marked(&names.say(ui)))
}

/// Age and sex of a child; of an adult the number of children, for her age stands in no list either.
fn facts(ui: &Ui, person: &Person) -> Vec<String> {
    if person.file.is_none() {
        return vec![ui.n("contact-children", person.children.len())];
    }
    let age = person.birth.as_ref();
    vec![
        age.map_or_else(|| ui.t("age-unknown"), |birth| birth.age_today(ui)),
        ui.label(List::Sex, &person.sex),
    ]
}

fn why(ui: &Ui, typed: &Typed, person: &Person) -> Vec<String> {
    let mut why: Vec<String> = match typed {
        Typed::Names(parts) => {
            let mut ways: Vec<_> = person
                .names
                .iter()
                .flat_map(|(_, names)| parts.ways(names))
                .collect();
            ways.sort_unstable();
            ways.dedup();
            // in what the nearest of them lies, two are enough
            ways.into_iter()
                .take(2)
                .map(|how| ui.t(how.key()))
                .collect()
        }
        Typed::Number => vec![ui.t("search-how-number")],
        Typed::Phone => vec![ui.t("search-how-phone")],
        Typed::Place => Vec::new(),
    };
    if person.there {
        why.push(ui.t("search-how-place"));
    }
    why
}

fn child(ui: &Ui, kin: &Kin) -> Child {
    let file = kin.file();
    Child {
        href: file.map(|(id, _)| CasePath { id }.to_string()),
        name: kin.names().say(ui),
        number: file.map(|(_, number)| number.to_owned()),
    }
}
