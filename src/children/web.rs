//! Pages of a child as a person.

use super::{
    db,
    domain::{Candidate, Child},
    form,
    identifier::{self, Refusal},
    meeting,
};
use crate::{
    authz::{Require, can},
    conflicts::{self, Around, Meeting, Theirs},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::PersonId,
    people::{self, Claim, Relative},
    reference::List,
    routes::Routes,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
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
    let family = if child.file.is_mine {
        people::family_of(&mut tx, &me.actor, path.id).await?
    } else {
        Vec::new()
    };
    db::opened(&mut tx, &me.actor, &child).await?;
    tx.commit().await?;
    ok(&ChildPage {
        ui: me.ui,
        child,
        family,
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

async fn new_relative(
    path: NewRelativePath,
    me: Require<can::CaseWork>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    let candidates = db::candidates(&mut tx, &me.actor, &child).await?;
    db::opened(&mut tx, &me.actor, &child).await?;
    tx.commit().await?;
    let mut form = Form::new().with("id", PersonId::new(me.clock.now()).to_string());
    if candidates.is_empty() {
        form.set("who", "new");
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
    let candidates = db::candidates(&mut tx, &me.actor, &child).await?;
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
    let was = meeting::of_tie(&tie).to_draft();
    let form = Form::new()
        .with("version", tie.version.to_string())
        .with("was", was);
    ok(&ProofPage {
        ui: me.ui,
        form,
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
    let verdict = form::verdict(&mut form, me.ui.catalogue(), me.ui.today());
    let Some((claim, proof)) = verdict else {
        return refused(&ProofPage {
            ui: me.ui,
            form,
            child,
            person: path.person,
            tie,
        });
    };
    // the same verdict again, by a second press, changes nothing
    if matches!(meeting, Meeting::Clear) {
        db::prove(
            &mut tx,
            &me.actor,
            (path.id, path.person),
            &tie,
            (claim, proof.as_deref()),
        )
        .await?;
        people::touch(&mut tx, &me.actor, me.clock.now(), &[child.file.id]).await?;
    }
    tx.commit().await?;
    Ok(see(&ChildPath { id: path.id }))
}

impl ChildPage {
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

impl ProofPage {
    fn proofs(&self) -> Vec<(String, String)> {
        // what has no result proves nothing, either way
        options(&self.ui, List::RelationProof, |code| {
            matches!(code, "civil_document" | "judgment" | "declaration")
        })
    }

    fn verdicts(&self) -> Vec<(String, String)> {
        [Claim::Verified, Claim::Refuted]
            .map(|claim| (claim.code().to_owned(), self.ui.t(claim.key())))
            .to_vec()
    }
}

/// The codes of a list that fit the question, with their words.
fn options(ui: &Ui, list: List, keep: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut options = ui.options(list);
    options.retain(|(code, _)| keep(code));
    options
}
