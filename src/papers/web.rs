//! Printing: after a fresh factor, written down, and never through broken glass, for paper stays when the hour is over.

use super::{
    code::Code,
    db::{self, Head, Noticed, Subject, Wanted},
    dossier, notice, setting,
    sheet::{Sheet, Stamp},
};
use crate::{
    audit::{self, Event},
    authz::{Fresh, Require, can},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::{Lang, Msg},
    ids::{DecisionId, JudicialFileId, PersonId},
    layers::Sandbox,
    routes::Routes,
    state::AppState,
    web::{Reader, Ui},
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The extract of a file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/paper.pdf", rejection(AppError))]
pub(super) struct DossierPath {
    id: JudicialFileId,
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
    Routes::default().get(file).get(on_child).get(on_adult)
}

/// Whoever prints.
type Me = Require<can::ProsecutionRead, Fresh>;

async fn file(
    path: DossierPath,
    me: Me,
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    may_be_made(&headers)?;
    let mut tx = me.begin().await?;
    let found = db::file(&mut tx, &me.actor, path.id).await?;
    stays_open(&me, &found.head)?;
    let Some(dossier) = &found.dossier else {
        return unreadable(tx).await;
    };
    let subject = Subject::Dossier(found.extract.id);
    let code = printed(&mut tx, &me, (&found.head, subject), &found.extract.sha256).await?;
    tx.commit().await?;
    let ui = in_language_of(&me, &state, query.as_deref());
    let stamp = Stamp {
        ui: &ui,
        config: &state.config,
        sha256: &found.extract.sha256,
        code: &code,
        is_draft: !found.state.is_sent(),
    };
    let sheet = dossier::sheet(stamp, &found, dossier)?;
    sent(&found.head.number, sheet).await
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
    let ui = in_language_of(&me, &state, query.as_deref());
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
    let ui = in_language_of(&me, &state, query.as_deref());
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
        return unreadable(tx).await;
    };
    let code = printed(&mut tx, me, (&found.head, subject), &sha256).await?;
    tx.commit().await?;
    let stamp = Stamp {
        ui,
        config: &state.config,
        sha256: &sha256,
        code: &code,
        is_draft: false,
    };
    sent(&found.head.number, notice::sheet(stamp, found, dossier)?).await
}

/// Gives the content its code, and writes down that it was printed.
async fn printed(
    tx: &mut Tx,
    me: &Me,
    (head, subject): (&Head, Subject),
    sha256: &[u8],
) -> Result<Code, AppError> {
    let now = me.clock.now();
    let code = db::code_of(tx, &me.actor, now, (head, subject), sha256).await?;
    let fields = match subject {
        Subject::Dossier(_) => serde_json::json!({ "paper": subject.code() }),
        Subject::Child(id) | Subject::Adult(id) => {
            serde_json::json!({ "paper": subject.code(), "decision": id })
        }
    };
    let event = Event::on("judicial_paper.printed", "judicial_file", head.id.0);
    audit::record(tx, event.in_territory(head.territory).with(fields)).await?;
    Ok(code)
}

/// What does not open is told, and its alert is written.
async fn unreadable(tx: Tx) -> Result<Response, AppError> {
    tx.commit().await?;
    Err(AppError::Conflict(Msg::new("judicial-paper-unreadable")))
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

/// The reader as the paper speaks to them: in Arabic whatever language they read, in French on request.
fn in_language_of(me: &Me, state: &AppState, query: Option<&str>) -> Ui {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let lang = match Lang::from_code(asked.text("lang")) {
        Some(Lang::Fr) => Lang::Fr,
        _ => Lang::Ar,
    };
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

/// Sets it, and sends it under the number of its file.
async fn sent(number: &str, sheet: Sheet) -> Result<Response, AppError> {
    let pdf = setting::set(sheet).await?;
    let tame = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let name: String = number.chars().filter(tame).collect();
    let name = HeaderValue::from_str(&format!("inline; filename=\"{name}.pdf\""))
        .map_err(AppError::internal)?;
    let mut response = pdf.into_response();
    let head = response.headers_mut();
    let kind = HeaderValue::from_static("application/pdf");
    head.insert(header::CONTENT_TYPE, kind);
    head.insert(header::CONTENT_DISPOSITION, name);
    response.extensions_mut().insert(Sandbox::Pdf);
    Ok(response)
}
