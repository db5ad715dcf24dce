//! Printing: after a fresh factor, written down, and never through broken glass, for paper stays when the hour is over.

use super::{
    annex,
    db::{self, Head, Noticed, Subject, Wanted},
    dossier, notice,
    out::{self, Asked, Paper},
    setting,
    sheet::Stamp,
};
use crate::{
    authz::{Fresh, Require, can},
    db::Tx,
    error::AppError,
    i18n::{Lang, Msg},
    ids::{DecisionId, JudicialFileId, PersonId},
    routes::Routes,
    state::AppState,
    web::{Reader, Ui},
};
use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The extract of a file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/paper.pdf", rejection(AppError))]
pub(super) struct DossierPath {
    id: JudicialFileId,
}

/// An annex that was sent after it.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/annexes/{seq}/paper.pdf", rejection(AppError))]
pub(super) struct AnnexPath {
    id: JudicialFileId,
    seq: i16,
}

/// A measure for a child.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path(
    "/prosecution/{id}/children/{person}/decisions/{decision}/notice.pdf",
    rejection(AppError)
)]
pub(super) struct ChildPath {
    id: JudicialFileId,
    person: PersonId,
    decision: DecisionId,
}

/// A decision on an adult.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path(
    "/prosecution/{id}/adults/{person}/decisions/{decision}/notice.pdf",
    rejection(AppError)
)]
pub(super) struct AdultPath {
    id: JudicialFileId,
    person: PersonId,
    decision: DecisionId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(file)
        .get(of_annex)
        .get(on_child)
        .get(on_adult)
}

/// Whoever prints.
pub(super) type Me = Require<can::ProsecutionRead, Fresh>;

async fn file(
    path: DossierPath,
    me: Me,
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    may_be_made(&headers)?;
    let asked = Asked::of(query.as_deref());
    let mut tx = me.begin().await?;
    let found = db::file(&mut tx, &me.actor, path.id).await?;
    stays_open(&me, &found.head)?;
    let Some(dossier) = &found.dossier else {
        return out::unreadable(tx).await;
    };
    let (head, extract) = (&found.head, &found.extract);
    let subject = Subject::Dossier(extract.id);
    let of = (head, subject);
    let code = db::code_of(&mut tx, &me.actor, me.clock.now(), of, &extract.sha256).await?;
    let ui = speaking(&me, &state, asked.lang);
    let stamp = Stamp {
        ui: &ui,
        config: &state.config,
        sha256: &extract.sha256,
        code: &code,
        is_draft: !found.state.is_sent(),
    };
    let paper = Paper {
        head,
        subject,
        extract,
        sheet: dossier::sheet(stamp, &found, dossier)?,
        name: head.number.clone(),
        here: format!("{path}?lang={}", asked.lang.code()),
    };
    out::hand_out(tx, &me, &state, &paper, &asked).await
}

async fn of_annex(
    path: AnnexPath,
    me: Me,
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    may_be_made(&headers)?;
    let asked = Asked::of(query.as_deref());
    let mut tx = me.begin().await?;
    let found = annex::sent(&mut tx, &me.actor, (path.id, path.seq)).await?;
    stays_open(&me, &found.head)?;
    let Some(content) = &found.annex else {
        return out::unreadable(tx).await;
    };
    let (head, extract) = (&found.head, &found.extract);
    let subject = Subject::Annex(extract.id, found.seq);
    let of = (head, subject);
    let code = db::code_of(&mut tx, &me.actor, me.clock.now(), of, &extract.sha256).await?;
    let ui = speaking(&me, &state, asked.lang);
    let stamp = Stamp {
        ui: &ui,
        config: &state.config,
        sha256: &extract.sha256,
        code: &code,
        is_draft: false,
    };
    let paper = Paper {
        head,
        subject,
        extract,
        sheet: annex::sheet(stamp, &found, content)?,
        name: format!("{}-annex-{}", head.number, found.seq),
        here: format!("{path}?lang={}", asked.lang.code()),
    };
    out::hand_out(tx, &me, &state, &paper, &asked).await
}

async fn on_child(
    path: ChildPath,
    me: Me,
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    may_be_made(&headers)?;
    let wanted = Wanted {
        file: path.id,
        person: path.person,
        decision: path.decision,
    };
    let mut tx = me.begin().await?;
    let found = db::on_child(&mut tx, &me.actor, wanted).await?;
    let ui = speaking(&me, &state, Asked::of(query.as_deref()).lang);
    noticed(
        tx,
        &me,
        (&state, &ui),
        Subject::Child(path.decision),
        &found,
    )
    .await
}

async fn on_adult(
    path: AdultPath,
    me: Me,
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    may_be_made(&headers)?;
    let wanted = Wanted {
        file: path.id,
        person: path.person,
        decision: path.decision,
    };
    let mut tx = me.begin().await?;
    let found = db::on_adult(&mut tx, &me.actor, wanted).await?;
    let ui = speaking(&me, &state, Asked::of(query.as_deref()).lang);
    noticed(
        tx,
        &me,
        (&state, &ui),
        Subject::Adult(path.decision),
        &found,
    )
    .await
}

/// The notice of a decision that was found.
async fn noticed(
    mut tx: Tx,
    me: &Me,
    (state, ui): (&AppState, &Ui),
    subject: Subject,
    found: &Noticed,
) -> Result<Response, AppError> {
    stays_open(me, &found.head)?;
    let salt = tx.ring().await?.salt(found.decided.id.0);
    let print = match &found.dossier {
        Some(dossier) => found
            .decided
            .print(dossier, &salt)
            .map_err(AppError::internal)?,
        None => None,
    };
    let (Some(dossier), Some(sha256)) = (&found.dossier, print) else {
        return out::unreadable(tx).await;
    };
    let of = (&found.head, subject);
    let code = db::code_of(&mut tx, &me.actor, me.clock.now(), of, &sha256).await?;
    let stamp = Stamp {
        ui,
        config: &state.config,
        sha256: &sha256,
        code: &code,
        is_draft: false,
    };
    let sheet = notice::sheet(stamp, found, dossier)?;
    out::printed(&mut tx, of).await?;
    tx.commit().await?;
    out::sent(&found.head.number, setting::set(&sheet).await?)
}

/// An emergency opens a file to be read for an hour; paper would outlast it.
fn stays_open(me: &Me, head: &Head) -> Result<(), AppError> {
    if me.ui.reads_only(head.case_id) {
        return Err(AppError::Forbidden);
    }
    Ok(())
}

/// A paper is a page of its own, which somebody asked for: never a part of another page, nor read by a script.
fn may_be_made(headers: &HeaderMap) -> Result<(), AppError> {
    if !setting::IS_BUILT {
        return Err(AppError::Conflict(Msg::new("judicial-paper-not-built")));
    }
    let dest = headers.get("sec-fetch-dest");
    if dest.is_none_or(|dest| dest == "document") {
        Ok(())
    } else {
        Err(AppError::Forbidden)
    }
}

/// The reader as the paper speaks to them.
fn speaking(me: &Me, state: &AppState, lang: Lang) -> Ui {
    Ui::new(Reader {
        lang,
        actor: me.ui.actor().cloned(),
        path: String::new(),
        back: None,
        request_id: me.ui.request_id().to_owned(),
        demo: state.config.demo,
        catalogue: state.shelf.now(),
        now: me.clock.now(),
    })
}
