//! Two people change the same thing: nothing is overwritten in silence (decision 0072).
//!
//! A form carries the answers it was shown with (`was`), for display alone. When its version is no longer the one
//! that is stored, the page of the conflict shows what was before, what the reader typed and what is stored now,
//! field by field, and asks. What is taken from "theirs" comes from the database, never from the form.

mod db;
mod page;
mod question;

pub use db::{hold_file, hold_person};
pub use page::{Around, Author, ask, ended};
pub use question::{Difference, Question, Side};

use crate::{error::AppError, forms::Form, ids::RowId};

/// The answers that the form was shown with.
const WAS: &str = "was";
/// What the page of the conflict showed as theirs.
const THEN: &str = "then";
/// A question that the page of the conflict asked.
const ASKED: &str = "asked";

/// The field of a choice.
fn pick(key: &str) -> String {
    format!("pick-{key}")
}

/// A form to show: it carries what it is shown with.
#[must_use]
pub fn shown(form: Form) -> Form {
    let was = form.to_draft();
    form.with(WAS, was)
}

/// Which row a form is of, and which version of it was on the page.
pub fn row_of(form: &Form) -> Result<(RowId, i32), AppError> {
    let (id, version) = (form.text("id").parse(), form.text("version").parse());
    let (Ok(id), Ok(version)) = (id, version) else {
        return Err(AppError::BadRequest);
    };
    Ok((id, version))
}

/// What is stored now.
#[derive(Debug)]
pub struct Theirs {
    /// As the form would be shown, with its id and version.
    pub form: Form,
    /// Who wrote it, and when.
    pub author: Author,
}

impl Theirs {
    /// Of both.
    pub fn new(form: Form, author: Author) -> Self {
        Self { form, author }
    }
}

/// How a form that came in stands to what is stored.
#[derive(Debug)]
pub enum Meeting {
    /// It may be saved: nobody wrote meanwhile, or what was asked is answered.
    Clear,
    /// Somebody wrote meanwhile, and the same; saving it is for the version that is stored.
    Same,
    /// There is something to ask.
    Ask(Vec<Difference>),
}

/// Where the two differ, for a page on which nothing can be saved any more.
pub fn compare(form: &Form, theirs: &Form, questions: &[Question]) -> Vec<Difference> {
    let was = form.sent(WAS).then(|| Form::from_draft(form.text(WAS)));
    question::differences(questions, was.as_ref(), form, theirs)
}

/// Compares, and applies what was chosen. Afterwards the form holds the answers of its author, merged as far as
/// they chose.
pub fn meet(form: &mut Form, theirs: &Form, questions: &[Question]) -> Meeting {
    let is_current = ["id", "version"]
        .iter()
        .all(|name| form.text(name) == theirs.text(name));
    let kept = |form: &Form, name: &str| form.sent(name).then(|| Form::from_draft(form.text(name)));
    let (was, then) = (kept(form, WAS), kept(form, THEN));
    let asked: Vec<String> = form.all(ASKED).map(str::to_owned).collect();
    let picks: Vec<(&Question, Option<Side>)> = questions
        .iter()
        .filter(|one| asked.contains(&one.key))
        .map(|one| (one, Side::from_code(form.text(&pick(&one.key)))))
        .collect();
    let is_open = |key: &str| {
        picks
            .iter()
            .any(|(one, side)| one.key == key && side.is_none())
    };
    let open = picks.iter().any(|(_, side)| side.is_none());
    // chosen on a page that is current: what is stored. On one that is not: what that page showed. Of a page on
    // which something is not chosen, nothing is taken yet: it is shown again with the choices that were made
    let source = if is_current {
        Some(theirs)
    } else {
        then.as_ref()
    };
    if let (Some(source), false) = (source, open && is_current) {
        let taken = picks.iter().filter(|(_, side)| *side == Some(Side::Theirs));
        for (question, _) in taken {
            question.copy(source, form);
        }
    }
    form.forget(|name| name == ASKED || name == THEN || name.starts_with("pick-"));
    if is_current && !open {
        if !asked.is_empty() {
            // shown again for another fault, it is the form of the version that is stored
            form.set(WAS, theirs.to_draft());
        }
        return Meeting::Clear;
    }
    let base = if is_current { was } else { then.or(was) };
    let mut found = question::differences(questions, base.as_ref(), form, theirs);
    for one in &mut found {
        one.is_open = is_open(&one.key);
        let made = picks
            .iter()
            .find(|(question, _)| is_current && question.key == one.key);
        one.chosen = made.map_or(one.chosen, |(_, side)| *side);
    }
    if let Some(base) = base {
        form.set(WAS, base.to_draft());
    }
    for name in ["id", "version"] {
        form.set(name, theirs.text(name));
    }
    if found.is_empty() {
        form.set(WAS, theirs.to_draft());
        Meeting::Same
    } else {
        Meeting::Ask(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn questions() -> Vec<Question> {
        ["a", "b", "c"]
            .map(|key| Question::text(key, key.to_owned()))
            .into()
    }

    fn stored(version: &str, a: &str, b: &str) -> Form {
        Form::new()
            .with("version", version)
            .with("a", a)
            .with("b", b)
    }

    fn sent(a: &str, b: &str) -> Form {
        let mut form = shown(stored("1", "a1", "b1"));
        form.set("a", a);
        form.set("b", b);
        form
    }

    fn asked(meeting: Meeting) -> Vec<(String, Option<Side>)> {
        match meeting {
            Meeting::Ask(found) => found.into_iter().map(|d| (d.key, d.chosen)).collect(),
            _ => panic!("nothing is asked"),
        }
    }

    #[test]
    fn what_one_side_changed_is_proposed_and_what_both_did_is_asked() {
        let mut form = sent("mine", "mine too");
        let found = asked(meet(&mut form, &stored("2", "a1", "theirs"), &questions()));
        let wanted = [("a".to_owned(), Some(Side::Mine)), ("b".to_owned(), None)];
        assert_eq!(found, wanted);
        assert_eq!(form.text("version"), "2");
    }

    #[test]
    fn a_current_form_is_clear_and_the_same_twice_is_the_same() {
        let mut form = sent("x", "y");
        assert!(matches!(
            meet(&mut form, &stored("1", "a1", "b1"), &questions()),
            Meeting::Clear
        ));
        let mut form = sent("x", "y");
        assert!(matches!(
            meet(&mut form, &stored("2", "x", "y"), &questions()),
            Meeting::Same
        ));
    }

    #[test]
    fn what_is_chosen_of_theirs_comes_from_what_is_stored() {
        let now = stored("2", "theirs", "b1");
        let mut form = sent("mine", "b1")
            .with("asked", "a")
            .with("pick-a", "theirs")
            .with("then", "a=forged");
        form.set("version", "2");
        assert!(matches!(
            meet(&mut form, &now, &questions()),
            Meeting::Clear
        ));
        assert_eq!(form.text("a"), "theirs");
        assert!(!form.sent("pick-a") && !form.sent("asked") && !form.sent("then"));
    }

    #[test]
    fn what_is_not_chosen_is_asked_again() {
        let mut form = sent("mine", "b1").with("asked", "a");
        form.set("version", "2");
        let now = stored("2", "theirs", "b1");
        let Meeting::Ask(found) = meet(&mut form, &now, &questions()) else {
            panic!()
        };
        assert!(found.len() == 1 && found.iter().all(|one| one.is_open));
        // what was chosen beside it stays chosen, and can still be chosen otherwise
        let mut form = sent("mine", "mine too")
            .with("asked", "a")
            .with("asked", "b")
            .with("pick-b", "theirs");
        form.set("version", "2");
        let now = stored("2", "theirs", "theirs too");
        let found = asked(meet(&mut form, &now, &questions()));
        let wanted = [("a".to_owned(), None), ("b".to_owned(), Some(Side::Theirs))];
        assert_eq!(found, wanted);
        assert_eq!(form.text("b"), "mine too");
    }

    #[test]
    fn a_second_staleness_asks_against_what_was_shown_last() {
        let mut form = sent("mine", "b1")
            .with("asked", "a")
            .with("pick-a", "mine")
            .with("then", "a=theirs&b=b1");
        form.set("version", "2");
        let now = stored("3", "theirs", "third");
        let found = asked(meet(&mut form, &now, &questions()));
        let wanted = [
            ("a".to_owned(), Some(Side::Mine)),
            ("b".to_owned(), Some(Side::Theirs)),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_form_that_does_not_say_what_it_was_shown_with_is_asked_about_everything() {
        let mut form = stored("1", "mine", "b1");
        let found = asked(meet(&mut form, &stored("2", "theirs", "b1"), &questions()));
        assert_eq!(found, [("a".to_owned(), None)]);
    }
}
