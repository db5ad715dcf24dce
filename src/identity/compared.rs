//! Two files of one prefecture side by side, field by field, and which value of each is shown.

use crate::{
    cases::{Head, ShownField},
    reference::List,
    web::Ui,
};

/// A field of two records.
pub(super) struct Row {
    /// Key of its name.
    pub key: &'static str,
    /// Of which a value can be chosen.
    pub field: Option<ShownField>,
    /// Of the file whose page it is.
    pub here: String,
    /// Of the other.
    pub there: String,
}

impl Row {
    /// Whether the two differ, and both are known.
    pub fn differs(&self) -> bool {
        self.here != self.there && !self.here.is_empty() && !self.there.is_empty()
    }
}

/// The rows of two files; empty where nothing is known.
pub(super) fn rows(ui: &Ui, here: &Head, there: &Head) -> Vec<Row> {
    let row = |key, field, of: &dyn Fn(&Head) -> String| Row {
        key,
        field,
        here: of(here),
        there: of(there),
    };
    vec![
        row("identity-name-ar", Some(ShownField::Names), &|head| {
            head.names.ar()
        }),
        row("identity-name-la", None, &|head| head.names.la()),
        row("case-street-name", None, &|head| head.street_name.clone()),
        row("case-birth", Some(ShownField::Birth), &|head| {
            born(ui, head)
        }),
        row("duplicates-sex", Some(ShownField::Sex), &|head| {
            ui.label(List::Sex, &head.sex)
        }),
        row("case-nationality", Some(ShownField::Nationality), &|head| {
            labelled(ui, List::Nationality, head.nationality.as_deref())
        }),
        row(
            "case-civil-status",
            Some(ShownField::CivilStatus),
            &|head| labelled(ui, List::CivilStatus, head.civil_status.as_deref()),
        ),
        // health is of the file it was told in: compared, and shown in no other
        row("child-disability", None, &|head| {
            labelled(ui, List::Disability, head.disability.as_deref())
        }),
        row("child-education", None, &|head| {
            labelled(ui, List::EducationStatus, head.education.as_deref())
        }),
        row("identity-mother", None, &|head| mothers(ui, head)),
    ]
}

fn labelled(ui: &Ui, list: List, code: Option<&str>) -> String {
    code.map_or_else(String::new, |code| ui.label(list, code))
}

/// The age, and how it is known.
fn born(ui: &Ui, head: &Head) -> String {
    let known = head.birth.as_ref();
    known.map_or_else(String::new, |birth| {
        let basis = ui.label(List::BirthBasis, &birth.basis);
        format!("{} · {basis}", birth.age_today(ui))
    })
}

fn mothers(ui: &Ui, head: &Head) -> String {
    let mothers = head.family.iter().filter(|one| one.is_mother());
    let names: Vec<String> = mothers.map(|one| one.names().say(ui)).collect();
    names.join(ui.comma())
}
