//! Decisions as they are entered: a further one, a correction, the signed act. What is refused is given back with all that
//! was typed, on the page as it is now.

use super::{
    file::{FilePath, Returned, again},
    view::{DecisionLine, Party, Sheet},
};
use crate::{
    authz::{Grant, Require, can},
    documents::{self, Checked, Media, Upload},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{AttachmentId, DecisionId, JudicialFileId, PersonId, RowId},
    prosecution::{
        db::{
            act, custody,
            decide::{self, Refusal, WHOLE},
        },
        form::{self, Bench},
    },
    state::AppState,
    web::see,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/children/{person}/decision", rejection(AppError))]
pub(super) struct ChildPath {
    id: JudicialFileId,
    person: PersonId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/adults/{person}/decision", rejection(AppError))]
pub(super) struct AdultPath {
    id: JudicialFileId,
    person: PersonId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/acts/{act}/document", rejection(AppError))]
pub(super) struct ActPath {
    id: JudicialFileId,
    act: RowId,
}

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) async fn child(
    path: ChildPath,
    me: Require<can::DecisionRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    if let Some(measure) = form::child_measure(&mut form, &Bench::of(&me.ui, &me.actor, &file)) {
        let on = (path.person, &measure);
        match decide::on_child(&mut tx, &me.actor, me.clock.now(), &file, on).await {
            Err(Refusal::Form(field, words)) => form.fail(field, Msg::new(words)),
            Err(Refusal::Other(error)) => return Err(error),
            Ok(()) => {
                tx.commit().await?;
                return Ok(see(&FilePath { id: path.id }));
            }
        }
    }
    drop(tx);
    let returned = Returned::Child(path.person, form);
    again(&me, path.id, returned, REFUSED).await
}

pub(super) async fn adult(
    path: AdultPath,
    me: Require<can::DecisionRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    if let Some(decision) = form::adult_decision(&mut form, &Bench::of(&me.ui, &me.actor, &file)) {
        let on = (path.person, &decision);
        match decide::on_adult(&mut tx, &me.actor, me.clock.now(), &file, on).await {
            Err(Refusal::Form(field, words)) => form.fail(field, Msg::new(words)),
            Err(Refusal::Other(error)) => return Err(error),
            Ok(()) => {
                tx.commit().await?;
                return Ok(see(&FilePath { id: path.id }));
            }
        }
    }
    drop(tx);
    let returned = Returned::Adult(path.person, form);
    again(&me, path.id, returned, REFUSED).await
}

/// The signed act, scanned.
pub(super) async fn attach(
    path: ActPath,
    me: Require<can::DecisionRecord>,
    State(state): State<AppState>,
    upload: Upload,
) -> Result<Response, AppError> {
    let Upload {
        mut form,
        file,
        share: _share,
    } = upload;
    let mut tx = me.begin().await?;
    let of = (path.id, path.act);
    let brought = act::hold(&mut tx, &me.actor, me.clock.now(), of)
        .await?
        .brought;
    tx.commit().await?;
    let id = form.required("id", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let checked = documents::checked(&mut form, file).await?;
    if let (Some(id), Some(checked)) = (id, checked) {
        if let Some(fault) = unfit(&checked, brought, state.config.upload_quota) {
            form.fail("file", fault);
        } else if keep(&me, &state, of, (id, &checked)).await? {
            return Ok(see(&FilePath { id: path.id }));
        } else {
            form.fail("file", Msg::new("document-sent-before"));
        }
    }
    again(&me, path.id, Returned::Act(path.act, form), REFUSED).await
}

/// Why a document is no signed act, or one too many.
fn unfit(checked: &Checked, brought: u64, quota: u64) -> Option<Msg> {
    if checked.inspected.media == Media::Docx {
        return Some(Msg::new("decision-paper-media"));
    }
    let whole = brought + u64::from(checked.received_size.unsigned_abs());
    let max = (quota / 1024 / 1024).to_string();
    (whole > quota).then(|| Msg::new("document-quota").with("max", max))
}

/// Lays its bytes down, then writes its row. The same one sent twice is kept once; whether it is the same.
async fn keep(
    me: &Require<can::DecisionRecord>,
    state: &AppState,
    of: (JudicialFileId, RowId),
    paper: (AttachmentId, &Checked),
) -> Result<bool, AppError> {
    let _turn = documents::turn().await?;
    let mut tx = me.begin().await?;
    // once more: reading the file took its time
    let held = act::hold(&mut tx, &me.actor, me.clock.now(), of).await?;
    if let Some(is_same) = act::is_kept(&mut tx, &me.actor, &held, paper).await? {
        return Ok(is_same);
    }
    let (id, checked) = paper;
    let blob = documents::put(&mut tx, state, id, &checked.inspected.bytes).await?;
    if act::attach(&mut tx, &held, paper, blob).await? {
        tx.commit().await?;
        return Ok(true);
    }
    // a second press of the button came in between: these bytes are nobody's
    let is_same = act::is_kept(&mut tx, &me.actor, &held, paper).await?;
    tx.commit().await?;
    documents::take_back(state, blob).await;
    Ok(is_same.unwrap_or(false))
}

/// The newest that was brought in, verified and written down before its first byte leaves.
pub(super) async fn document(
    path: ActPath,
    me: Require<can::ProsecutionRead>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let found = act::document(&mut tx, &me.actor, (path.id, path.act)).await?;
    let verified = documents::verified(tx.vault(), &state, &headers, &found.stored).await?;
    let whole = match verified {
        Ok(whole) => whole,
        Err(fault) => {
            act::unreadable(&mut tx, &found, fault).await?;
            tx.commit().await?;
            return Err(AppError::Conflict(Msg::new(fault.key())));
        }
    };
    act::opened(&mut tx, &found).await?;
    tx.commit().await?;
    let words = format!("{} {}", me.ui.t("decision-act-number"), found.number);
    documents::sent(&state, whole, &found.stored, true, &words).await
}

/// Gives a reader who decides the forms: a further decision on each, a correction of what nothing corrected, and its act.
pub(super) fn offer<G: Grant>(
    me: &Require<G>,
    takes_decisions: bool,
    children: &mut [Party],
    adults: &mut [Party],
) {
    if !me.ui.may("decision_record") {
        return;
    }
    let now = me.clock.now();
    let today = me.clock.today().format("%d/%m/%Y").to_string();
    let mut acts = BTreeSet::new();
    for party in children.iter_mut().chain(adults) {
        let seen = party.newest.map(|id| id.to_string()).unwrap_or_default();
        let blank = || {
            Form::new()
                .with("id", DecisionId::new(now).to_string())
                .with("seen", seen.clone())
        };
        if takes_decisions {
            let form = blank()
                .with("corrects", "")
                .with("decided_on", today.clone());
            let scope = party.scope.clone();
            party.sheet = Some(Sheet { scope, form });
        }
        let prefix = party.scope.clone();
        for (i, line) in party.lines().enumerate() {
            if takes_decisions && !line.corrected {
                let (scope, form) = (format!("{prefix}k{i}"), line.answers(blank()));
                line.sheet = Some(Sheet { scope, form });
            }
            if line.act_id.is_some_and(|act| acts.insert(act)) {
                let form = Form::new().with("id", AttachmentId::new(now).to_string());
                let scope = format!("{prefix}p{i}");
                line.attach = Some(Sheet { scope, form });
            }
        }
    }
}

/// Puts a refused form in the place of the blank one, beside what came meanwhile; of someone who is no party, there is
/// nothing here.
pub(super) fn give_back<G: Grant>(
    me: &Require<G>,
    parties: &mut [Party],
    person: PersonId,
    mut form: Form,
) -> Result<(), AppError> {
    let party = parties.iter_mut().find(|party| party.person == person);
    let party = party.ok_or(AppError::NotFound)?;
    if form.error(WHOLE).is_some() {
        // what came meanwhile stands on this page: the next press knows it
        let newest = party.newest.map(|id| id.to_string());
        form.set("seen", newest.unwrap_or_default());
        form.set("id", DecisionId::new(me.clock.now()).to_string());
    }
    let prefix = party.scope.clone();
    let Ok(corrects) = form.text("corrects").parse::<DecisionId>() else {
        form.set("corrects", "");
        let scope = prefix;
        party.sheet = Some(Sheet { scope, form });
        return Ok(());
    };
    let lines: Vec<&mut DecisionLine> = party.lines().collect();
    let last = last_of(corrects, &lines.iter().map(|line| (line.id, line.corrects)));
    let mut numbered = lines.into_iter().enumerate();
    let (i, line) = numbered
        .find(|(_, line)| line.id == last)
        .ok_or(AppError::NotFound)?;
    form.set("corrects", last.to_string());
    let scope = format!("{prefix}k{i}");
    line.sheet = Some(Sheet { scope, form });
    Ok(())
}

/// The decision that stands in the place of one that was corrected, maybe more than once.
fn last_of(
    mut decision: DecisionId,
    all: &(impl Iterator<Item = (DecisionId, Option<DecisionId>)> + Clone),
) -> DecisionId {
    // each corrects one, and each is corrected once: as many steps as there are decisions are enough
    for _ in all.clone() {
        let next = all
            .clone()
            .find(|(_, corrects)| *corrects == Some(decision));
        let Some((next, _)) = next else { break };
        decision = next;
    }
    decision
}

/// The same for the document of an act.
pub(super) fn give_back_act<'a, G: Grant>(
    me: &Require<G>,
    parties: impl Iterator<Item = &'a mut Party>,
    act: RowId,
    mut form: Form,
) {
    form.set("id", AttachmentId::new(me.clock.now()).to_string());
    let mut lines = parties.flat_map(Party::lines);
    let line = lines.find(|line| line.attach.is_some() && line.act_id == Some(act));
    if let Some(sheet) = line.and_then(|line| line.attach.as_mut()) {
        sheet.form = form;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_correction_of_what_was_corrected_is_one_of_what_stands() {
        let id = |n: u128| DecisionId(Uuid::from_u128(n));
        let all = [
            (id(1), None),
            (id(2), Some(id(1))),
            (id(3), Some(id(2))),
            (id(4), None),
        ];
        assert_eq!(last_of(id(1), &all.into_iter()), id(3));
        assert_eq!(last_of(id(3), &all.into_iter()), id(3));
        assert_eq!(last_of(id(4), &all.into_iter()), id(4));
        assert_eq!(last_of(id(9), &all.into_iter()), id(9));
    }
}
