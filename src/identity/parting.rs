//! Taking a decision back: what a form asks for, on the page of a child's identity and on that of a woman's records.

use super::{domain::Parted, history::Act};
use crate::{
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::RowId,
    web::Ui,
};

/// A decision that is taken back, with what is said of the two now, and why.
#[derive(Debug)]
pub struct Parting<'a> {
    /// Id of this decision.
    pub id: RowId,
    /// The one that it undoes.
    pub act: &'a Act,
    /// What is said of the two now.
    pub said: Parted,
    /// Why.
    pub why: Paragraph,
}

impl<'a> Parting<'a> {
    /// Reads it; `None` with the faults beside their fields.
    pub fn read(form: &mut Form, acts: &'a [Act]) -> Option<Self> {
        let id = form.id_of_answers("id").map(RowId);
        let act = form.required("part_act", |id| {
            let id: RowId = id.parse().map_err(|_| Msg::new("error-choice"))?;
            let mut joins = acts.iter().filter(|act| act.is_join);
            joins
                .find(|act| act.id == id)
                .ok_or(Msg::new("error-choice"))
        });
        let said = form.required("verdict", |code| {
            Parted::from_code(code).ok_or(Msg::new("error-choice"))
        });
        let why = form.required("part_why", Paragraph::parse);
        Some(Self {
            id: id?,
            act: act?,
            said: said?,
            why: why?,
        })
    }
}

/// Pressed twice, it is the decision that was taken.
pub fn is_parted(form: &Form, acts: &[Act]) -> bool {
    let id = form.id_of_answers("id").map(RowId);
    id.is_some_and(|id| acts.iter().any(|act| act.id == id))
}

/// The decisions that can be taken back, as a menu has them. What two cities agreed on ends by who may end it.
pub fn open_acts(ui: &Ui, acts: &[Act]) -> Vec<(String, String)> {
    let ends = ui.may("case_assign");
    let open = acts.iter().filter(|act| act.is_open);
    open.filter(|act| ends || act.request.is_none())
        .map(|act| (act.id.to_string(), act.told(ui)))
        .collect()
}
