//! Two people change the same child.

use super::db::Tie;
use crate::{conflicts::Question, forms::Form, people::Claim, reference::List, web::Ui};
use chrono::NaiveDate;

/// What can be asked when somebody else changed the child meanwhile.
pub fn questions(ui: &Ui, mine: &Form) -> Vec<Question> {
    let names = [
        ("given_ar", "child-given-ar"),
        ("family_ar", "child-family-ar"),
        ("given_la", "child-given-la"),
        ("family_la", "child-family-la"),
        ("nickname", "child-nickname"),
    ];
    let names = names.map(|(field, key)| Question::text(field, ui.t(key)));
    let choice = |field, key, list| Question::choice(field, ui.t(key), ui.options(list));
    let mut all = Vec::from(names);
    all.extend([
        choice("sex", "child-sex", List::Sex),
        born(ui),
        choice("civil_status", "child-civil-status", List::CivilStatus),
        choice("nationality", "child-nationality", List::Nationality),
        choice("disability", "child-disability", List::Disability),
        choice("education", "child-education", List::EducationStatus),
    ]);
    // a number is added, never taken away by an empty answer
    if !mine.text("id_value").trim().is_empty() {
        all.push(number(ui));
    }
    all
}

fn born(ui: &Ui) -> Question {
    let bases = ui.options(List::BirthBasis);
    let fields = BIRTH.map(str::to_owned).into();
    let say = move |form: &Form| {
        let (from, to) = (form.text("age_from"), form.text("age_to"));
        let basis = bases.iter().find(|(code, _)| form.has("birth_basis", code));
        let basis = basis.map_or("", |(_, words)| words);
        match (form.text("birth_date"), from) {
            ("", "") => String::new(),
            ("", from) if from == to || to.is_empty() => from.to_owned(),
            ("", from) => format!("{from} – {to}"),
            (day, _) if basis.is_empty() => day.to_owned(),
            (day, _) => format!("{day} · {basis}"),
        }
    };
    Question::whole("birth", ui.t("child-born"), fields, say).with("birth")
}

fn number(ui: &Ui) -> Question {
    let kinds = ui.options(List::IdentifierKind);
    let fields = vec!["id_value".to_owned(), "id_known".to_owned()];
    let say = move |form: &Form| {
        let named = |code: &str, value: &str| {
            let kind = kinds.iter().find(|(known, _)| known == code);
            format!("{} · {value}", kind.map_or(code, |(_, words)| words))
        };
        if form.sent("id_value") {
            return named(form.text("id_kind"), form.text("id_value"));
        }
        let known = form.text("id_known").lines();
        let known = known.filter_map(|line| line.split_once(' '));
        known
            .map(|(code, end)| named(code, end))
            .collect::<Vec<_>>()
            .join("\n")
    };
    Question::whole("id_value", ui.t("child-identifier"), fields, say).with("id_kind")
}

/// The fields that say when a child was born.
const BIRTH: [&str; 4] = ["birth_date", "birth_basis", "age_from", "age_to"];

/// Brings what was typed to the shape of what is stored, so that the two can be compared: "as recorded" is what
/// was recorded when the form was shown, and an age has two ends.
pub fn level(form: &mut Form) {
    let was = Form::from_draft(form.text("was"));
    form.set("id_known", was.text("id_known"));
    match form.text("birth") {
        "keep" => {
            for field in BIRTH {
                form.set(field, was.text(field));
            }
            let how = match (was.text("birth_date"), was.text("age_from")) {
                ("", "") => "keep",
                ("", _) => "age",
                _ => "date",
            };
            form.set("birth", how);
        }
        "date" => form.forget(|field| field.starts_with("age_")),
        "age" => {
            form.forget(|field| matches!(field, "birth_date" | "birth_basis"));
            if form.text("age_to").trim().is_empty() {
                form.set("age_to", form.text("age_from").to_owned());
            }
        }
        _ => {}
    }
}

/// What is the same as recorded is kept as recorded, an old estimate with the day it was made on.
pub fn keep_birth(form: &mut Form, theirs: &Form) {
    if BIRTH
        .iter()
        .all(|field| form.text(field) == theirs.text(field))
    {
        form.set("birth", "keep");
    }
}

/// What is known of a kinship, as its form.
pub fn of_tie(tie: &Tie) -> Form {
    let day = |day: Option<NaiveDate>| {
        let typed = day.map(|day| day.format("%d/%m/%Y").to_string());
        typed.unwrap_or_default()
    };
    Form::new()
        .with("version", tie.version.to_string())
        .with("claim", tie.claim.code())
        .with("proof", tie.proof.clone().unwrap_or_default())
        .with("since", day(tie.term.since))
        .with("until", day(tie.term.until))
}

/// What can be asked when somebody else judged the kinship meanwhile.
pub fn questions_of_tie(ui: &Ui) -> Vec<Question> {
    let verdicts = [Claim::Claimed, Claim::Verified, Claim::Refuted]
        .map(|claim| (claim.code().to_owned(), ui.t(claim.key())))
        .to_vec();
    let proofs = ui.options(List::RelationProof);
    let fields = vec!["claim".to_owned(), "proof".to_owned()];
    let say = move |form: &Form| {
        let named = |options: &[(String, String)], field| {
            let found = options.iter().find(|(code, _)| form.has(field, code));
            found.map(|(_, words)| words.clone())
        };
        let both = [named(&verdicts, "claim"), named(&proofs, "proof")];
        both.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    vec![
        Question::whole("claim", ui.t("proof-claim"), fields, say),
        Question::text("since", ui.t("relative-since")),
        Question::text("until", ui.t("relative-until")),
    ]
}
