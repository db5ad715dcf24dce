//! Pages of a child as a person.

use super::{
    db,
    domain::{Candidate, Child, Verdict},
    form,
    identifier::{self, Refusal},
    meeting,
    signs::{self, Sign},
};
use crate::{
    authz::{Require, can},
    conflicts::{self, Around, Meeting, Theirs},
    db::Tx,
    error::AppError,
    forms::{Form, western_digits},
    i18n::Msg,
    ids::PersonId,
    people::{self, Claim, Relative},
    reference::List,
    routes::Routes,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get(show)
        .get(edit)
        .post(update)
        .get(new_relative)
        .post(add_relative)
        .get(proof)
        .post(prove)
        .merge(signs::routes())
}

/// A child.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/children/{id}", rejection(AppError))]
pub struct ChildPath {
    /// Who.
    pub id: PersonId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/children/{id}/edit", rejection(AppError))]
struct EditPath {
    id: PersonId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/children/{id}/family/new", rejection(AppError))]
struct NewRelativePath {
    id: PersonId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/children/{id}/family/{person}/proof", rejection(AppError))]
struct ProofPath {
    id: PersonId,
    person: PersonId,
}

#[derive(Template)]
#[template(path = "children/show.html")]
struct ChildPage {
    ui: Ui,
    child: Child,
    family: Vec<Relative>,
    signs: Vec<Sign>,
}

#[derive(Template)]
#[template(path = "children/edit.html")]
struct EditPage {
    ui: Ui,
    form: Form,
    child: Child,
}

#[derive(Template)]
#[template(path = "children/relative.html")]
struct RelativePage {
    ui: Ui,
    form: Form,
    child: Child,
    candidates: Vec<Candidate>,
}

#[derive(Template)]
#[template(path = "children/proof.html")]
struct ProofPage {
    ui: Ui,
    form: Form,
    child: Child,
    person: PersonId,
    tie: db::Tie,
}

async fn show(path: ChildPath, me: Require<can::CaseRead>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let child = db::find(&mut tx, &me.actor, path.id).await?;
    // a colleague's file: who the child is, and the way to open the file with a reason; not the family
    let (family, signs) = if child.file.is_mine {
        let family = people::family_of(&mut tx, &me.actor, path.id).await?;
        (family, signs::of(&mut tx, &me.actor, path.id).await?)
    } else {
        (Vec::new(), Vec::new())
    };
    db::opened(&mut tx, &me.actor, &child).await?;
    tx.commit().await?;
    ok(&ChildPage {
        ui: me.ui,
        child,
        family,
        signs,
    })
}

async fn edit(path: EditPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    db::opened(&mut tx, &me.actor, &child).await?;
    tx.commit().await?;
    ok(&EditPage {
        form: conflicts::shown(form::of_child(&child, me.ui.today())),
        ui: me.ui,
        child,
    })
}

async fn update(
    path: EditPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    conflicts::hold_person(&mut tx, &me.actor, path.id).await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    let stored = form::of_child(&child, me.ui.today());
    if let Meeting::Ask(found) = met(&mut form, &stored, &me.ui)? {
        let author = db::author(&mut tx, &me.actor, path.id).await?;
        db::opened(&mut tx, &me.actor, &child).await?;
        tx.commit().await?;
        let around = Around::new(&path, &ChildPath { id: path.id });
        return conflicts::ask(me.ui, around, &form, Theirs::new(stored, author), found);
    }
    let Some(identity) = form::identity(&mut form, me.ui.catalogue(), me.ui.today(), &child) else {
        return refused(&EditPage {
            ui: me.ui,
            form,
            child,
        });
    };
    match db::edit(&mut tx, &me.actor, me.clock.now(), &child, &identity).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see(&ChildPath { id: path.id }))
        }
        Err(Refusal::Other(error)) => Err(error),
        Err(Refusal::Taken) => {
            drop(tx);
            identifier::met(&me, &child, form.text("id_kind")).await?;
            form.fail("id_value", Msg::new("child-identifier-refused"));
            refused(&EditPage {
                ui: me.ui,
                form,
                child,
            })
        }
    }
}

/// Compares what was typed with what is stored.
fn met(form: &mut Form, stored: &Form, ui: &Ui) -> Result<Meeting, AppError> {
    let seen: i32 = form
        .text("version")
        .parse()
        .map_err(|_| AppError::BadRequest)?;
    if seen.to_string() != stored.text("version") {
        meeting::level(form);
    }
    let questions = meeting::questions(ui, form);
    let meeting = conflicts::meet(form, stored, &questions);
    if !matches!(meeting, Meeting::Ask(_)) {
        meeting::keep_birth(form, stored);
    }
    Ok(meeting)
}

/// The number of a file, as it is written.
fn number_of(form: &Form) -> String {
    western_digits(form.text("number")).trim().to_uppercase()
}

/// Whom the form offers. If a child with a protected file is among them, the page asks as those of its file do.
async fn offered(
    me: &Require<can::CaseWork>,
    tx: &mut Tx,
    child: &Child,
    number: &str,
) -> Result<Vec<Candidate>, AppError> {
    let candidates = db::candidates(tx, &me.actor, child, number).await?;
    let protected = candidates.iter().filter(|one| one.is_protected);
    let protected: Vec<_> = protected.map(|one| one.id.0).collect();
    me.ask_about(tx, &protected).await?;
    Ok(candidates)
}

async fn new_relative(
    path: NewRelativePath,
    me: Require<can::CaseWork>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let number = number_of(&asked);
    let mut tx = me.begin().await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    let candidates = offered(&me, &mut tx, &child, &number).await?;
    db::opened(&mut tx, &me.actor, &child).await?;
    tx.commit().await?;
    let mut form = Form::new()
        .with("id", PersonId::new(me.clock.now()).to_string())
        .with("number", &number);
    let named = |one: &&Candidate| one.is_child && one.number.as_ref() == Some(&number);
    match candidates.iter().find(named) {
        Some(found) => {
            form.set("who", found.id.to_string());
            form.set("kind", "sibling");
        }
        None if !number.is_empty() => form.fail("number", Msg::new("relative-number-none")),
        None if candidates.is_empty() => form.set("who", "new"),
        None => {}
    }
    ok(&RelativePage {
        ui: me.ui,
        form,
        child,
        candidates,
    })
}

async fn add_relative(
    path: NewRelativePath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    // pressed twice: the first press has taken the person off the list of candidates
    if let Ok(known) = form.text("who").parse()
        && db::is_related(&mut tx, &me.actor, known, path.id, form.text("kind")).await?
    {
        return Ok(see(&ChildPath { id: path.id }));
    }
    let number = number_of(&form);
    let candidates = offered(&me, &mut tx, &child, &number).await?;
    let known = (child.id, candidates.as_slice());
    let Some(kinship) = form::kinship(&mut form, me.ui.catalogue(), me.ui.today(), known) else {
        return refused(&RelativePage {
            ui: me.ui,
            form,
            child,
            candidates,
        });
    };
    db::add_kinship(&mut tx, &me.actor, me.clock.now(), &child, &kinship).await?;
    tx.commit().await?;
    Ok(see(&ChildPath { id: path.id }))
}

async fn proof(path: ProofPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    let tie = db::tie(&mut tx, &me.actor, path.id, path.person).await?;
    db::opened(&mut tx, &me.actor, &child).await?;
    tx.commit().await?;
    ok(&ProofPage {
        ui: me.ui,
        form: conflicts::shown(meeting::of_tie(&tie)),
        child,
        person: path.person,
        tie,
    })
}

async fn prove(
    path: ProofPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    conflicts::hold_person(&mut tx, &me.actor, path.id).await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    let tie = db::tie(&mut tx, &me.actor, path.id, path.person).await?;
    let stored = meeting::of_tie(&tie);
    let meeting = conflicts::meet(&mut form, &stored, &meeting::questions_of_tie(&me.ui));
    if let Meeting::Ask(found) = meeting {
        let of = (path.id, path.person);
        let author = db::author_of_tie(&mut tx, &me.actor, of).await?;
        db::opened(&mut tx, &me.actor, &child).await?;
        tx.commit().await?;
        let around = Around::new(&path, &ChildPath { id: path.id });
        return conflicts::ask(me.ui, around, &form, Theirs::new(stored, author), found);
    }
    let verdict = form::verdict(&mut form, me.ui.catalogue(), me.ui.today(), tie.claim);
    let Some(verdict) = verdict else {
        return refused(&ProofPage {
            ui: me.ui,
            form,
            child,
            person: path.person,
            tie,
        });
    };
    // the same verdict again, by a second press, changes nothing
    if matches!(meeting, Meeting::Clear) && verdict != tie.as_verdict() {
        let of = (path.id, path.person);
        db::prove(&mut tx, &me.actor, of, &tie, &verdict).await?;
        people::touch(&mut tx, &me.actor, me.clock.now(), &[child.file.id]).await?;
    }
    tx.commit().await?;
    Ok(see(&ChildPath { id: path.id }))
}

impl ChildPage {
    /// Whether there is a sign that was not struck.
    fn has_signs(&self) -> bool {
        self.signs.iter().any(|one| !one.is_struck)
    }

    fn born(&self) -> Option<String> {
        let birth = self.child.birth.as_ref()?;
        let ui = &self.ui;
        Some(if birth.is_estimate() {
            ui.t2(
                "child-born-between",
                ("from", ui.date(birth.earliest)),
                ("to", ui.date(birth.latest)),
            )
        } else {
            ui.date(birth.earliest)
        })
    }

    fn age(&self) -> String {
        self.child.birth.as_ref().map_or_else(
            || self.ui.t("age-unknown"),
            |birth| birth.age_today(&self.ui),
        )
    }
}

impl EditPage {
    fn options(&self, list: List) -> Vec<(String, String)> {
        self.ui.options(list)
    }

    fn bases(&self) -> Vec<(String, String)> {
        options(&self.ui, List::BirthBasis, |code| code != "estimated")
    }
}

impl RelativePage {
    fn is_chosen(&self, id: &PersonId) -> bool {
        self.form.has("who", &id.to_string())
    }

    fn sexes(&self) -> Vec<(String, String)> {
        options(&self.ui, List::Sex, |code| code != "U")
    }

    fn kinds(&self) -> Vec<(String, String)> {
        self.ui.options(List::AdultRelation)
    }

    fn proofs(&self) -> Vec<(String, String)> {
        self.ui.options(List::RelationProof)
    }
}

impl db::Tie {
    /// As it stands.
    fn as_verdict(&self) -> Verdict {
        Verdict {
            claim: self.claim,
            proof: self.proof.clone(),
            term: self.term,
        }
    }
}

impl ProofPage {
    fn proofs(&self) -> Vec<(String, String)> {
        // what has no result proves nothing, either way; what is recorded can stay
        options(&self.ui, List::RelationProof, |code| {
            matches!(code, "civil_document" | "judgment" | "declaration")
                || self.tie.proof.as_deref() == Some(code)
        })
    }

    /// A claim can stay one, to be dated; what was judged is judged again.
    fn verdicts(&self) -> Vec<(String, String)> {
        let all = [Claim::Claimed, Claim::Verified, Claim::Refuted];
        all.into_iter()
            .filter(|claim| *claim != Claim::Claimed || self.tie.claim == Claim::Claimed)
            .map(|claim| (claim.code().to_owned(), self.ui.t(claim.key())))
            .collect()
    }
}

/// The codes of a list that fit the question, with their words.
fn options(ui: &Ui, list: List, keep: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut options = ui.options(list);
    options.retain(|(code, _)| keep(code));
    options
}
