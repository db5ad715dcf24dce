//! The pages of packs, and the way of their files to a reader.

use super::{
    db,
    domain::{Format, Kept, Month, Pack, STEPS, Stage},
};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    blobs::BlobError,
    error::AppError,
    forms::Form,
    i18n::{Lang, Msg},
    ids::PackId,
    layers::Sandbox,
    routes::Routes,
    state::AppState,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(list).post(ask).get(show).get(fetch)
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/packs")]
struct PacksPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/packs/{id}", rejection(AppError))]
struct PackPath {
    id: PackId,
}

/// A file of a pack: `pack.pdf`, `pack.xlsx`, `pack.zip`.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/packs/{id}/{file}", rejection(AppError))]
struct FilePath {
    id: PackId,
    file: String,
}

#[derive(Template)]
#[template(path = "packs/list.html")]
struct ListPage {
    ui: Ui,
    form: Form,
    months: Vec<(String, String)>,
    langs: Vec<(String, String)>,
    packs: Vec<Pack>,
}

impl ListPage {
    fn new(ui: Ui, form: Form, months: &[Month], packs: Vec<Pack>) -> Self {
        let month = |one: &Month| (one.code(), ui.lang().month(one.as_of));
        Self {
            months: months.iter().map(month).collect(),
            langs: Lang::ALL
                .map(|lang| (lang.code().to_owned(), lang.name().to_owned()))
                .into(),
            ui,
            form,
            packs,
        }
    }

    fn period(&self, pack: &Pack) -> String {
        period(&self.ui, pack)
    }
}

/// The months that a pack covers.
fn period(ui: &Ui, pack: &Pack) -> String {
    let (from, to) = (ui.lang().month(pack.from), ui.lang().month(pack.to));
    if from == to {
        to
    } else {
        ui.t2("pack-months", ("from", from), ("to", to))
    }
}

async fn list(_: PacksPath, me: Require<can::FiguresRead>) -> Result<Response, AppError> {
    let mut tx = me.begin_figures().await?;
    let months = db::months(&mut tx).await?;
    let packs = db::packs(&mut tx).await?;
    tx.commit().await?;
    let last = months.first().map(|one| one.code()).unwrap_or_default();
    let form = Form::new()
        .with("pack_from", last.as_str())
        .with("pack_to", last)
        .with("pack_lang", me.ui.lang().code());
    ok(&ListPage::new(me.ui, form, &months, packs))
}

/// What was asked for. What is wrong is marked on its field.
fn asked(form: &mut Form, months: &[Month]) -> Option<(Month, Month, Lang)> {
    let from = form.required("pack_from", |text| Month::parse(text, months));
    let to = form.required("pack_to", |text| Month::parse(text, months));
    let lang = form.required("pack_lang", |text| {
        Lang::from_code(text).ok_or_else(|| Msg::new("error-choice"))
    });
    if let (Some(from), Some(to)) = (from, to)
        && from.release > to.release
    {
        form.fail("pack_to", Msg::new("error-pack-backwards"));
    }
    Some((from?, to?, lang?)).filter(|_| form.is_valid())
}

async fn ask(
    _: PacksPath,
    me: Require<can::FiguresRead>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_figures().await?;
    let months = db::months(&mut tx).await?;
    let Some((from, to, lang)) = asked(&mut form, &months) else {
        let packs = db::packs(&mut tx).await?;
        tx.commit().await?;
        return refused(&ListPage::new(me.ui, form, &months, packs));
    };
    tx.commit().await?;
    let mut tx = me.begin_register().await?;
    let id = db::ask(&mut tx, (from, to), lang.code(), me.clock.now()).await?;
    tx.commit().await?;
    Ok(see(&PackPath { id }))
}

#[derive(Template)]
#[template(path = "packs/show.html")]
struct ShowPage {
    ui: Ui,
    pack: Pack,
    stage: Stage,
    files: Vec<Kept>,
    /// The page stays as it is until its reader asks.
    by_hand: bool,
}

impl ShowPage {
    fn period(&self) -> String {
        period(&self.ui, &self.pack)
    }

    fn title(&self) -> String {
        match self.stage {
            Stage::Ready => self.ui.t1("pack-title", "period", self.period()),
            Stage::Failed => self.ui.t("pack-failed"),
            Stage::Waiting | Stage::Making(_) => self.ui.t("pack-making"),
        }
    }

    /// The steps in their order: the key of the words, and how the mark before them looks.
    fn steps(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let over = match self.stage {
            Stage::Waiting | Stage::Failed => 0,
            Stage::Making(n) => n + 1,
            Stage::Ready => STEPS.len() + 1,
        };
        let waits = std::iter::once("pack-step-waits");
        let keys = waits.chain(STEPS.iter().map(|(_, key)| *key));
        let step = |(n, key)| match over.cmp(&n) {
            std::cmp::Ordering::Greater => (key, "k", "check"),
            std::cmp::Ordering::Equal => (key, "k a", "hourglass"),
            std::cmp::Ordering::Less => (key, "k w", "clock"),
        };
        keys.enumerate().map(step).collect()
    }

    fn print(&self, file: &Kept) -> String {
        hex::encode(&file.sha256)
    }

    fn path(&self, file: &Kept) -> FilePath {
        FilePath {
            id: self.pack.id,
            file: format!("pack.{}", file.format.code()),
        }
    }

    fn ending(&self, file: &Kept) -> String {
        file.format.code().to_uppercase()
    }
}

async fn show(
    path: PackPath,
    me: Require<can::FiguresRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let mut tx = me.begin_figures().await?;
    let found = db::pack(&mut tx, path.id).await?;
    tx.commit().await?;
    let (pack, files) = found.ok_or(AppError::NotFound)?;
    ok(&ShowPage {
        ui: me.ui,
        stage: pack.stage(),
        pack,
        files,
        by_hand: asked.sent("by_hand"),
    })
}

/// The same bytes as on the day it was made, or none. Written down before the first of them leaves.
async fn fetch(
    path: FilePath,
    me: Require<can::FiguresRead>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    // a page of its own, which somebody asked for: never a part of another page, nor read by a script
    let dest = headers.get("sec-fetch-dest");
    if dest.is_some_and(|dest| dest != "document") {
        return Err(AppError::Forbidden);
    }
    let wanted = path
        .file
        .strip_prefix("pack.")
        .and_then(Format::from_ending);
    let wanted = wanted.ok_or(AppError::NotFound)?;
    let mut tx = me.begin_figures().await?;
    let found = db::pack(&mut tx, path.id).await?;
    tx.commit().await?;
    let (pack, files) = found.ok_or(AppError::NotFound)?;
    let file = files.into_iter().find(|file| file.format == wanted);
    let file = file.ok_or(AppError::NotFound)?;
    let bytes = state.blobs.open(file.blob, file.size.unsigned_abs().into());
    let whole = match bytes.await {
        Ok(bytes) => Some(bytes).filter(|bytes| {
            let sha256: [u8; 32] = Sha256::digest(bytes).into();
            file.sha256 == sha256
        }),
        Err(BlobError::Missing | BlobError::Damaged(_)) => None,
        Err(error @ BlobError::Store(_)) => {
            tracing::error!(%error, "documents.store_fails");
            return Err(AppError::Unavailable);
        }
    };
    let fields = serde_json::json!({ "format": wanted.code() });
    let mut tx = me.begin_register().await?;
    let Some(bytes) = whole else {
        tracing::error!(pack = %pack.id, format = wanted.code(), "pack.unreadable");
        let event = Event::on("pack.unreadable", "pack", pack.id.0).with(fields);
        audit::record(&mut tx, event).await?;
        tx.commit().await?;
        return Err(AppError::Conflict(Msg::new("pack-unreadable")));
    };
    let event = Event::on("pack.fetched", "pack", pack.id.0).with(fields);
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    let name = format!("attachment; filename=\"{}.{}\"", pack.name(), wanted.code());
    let name = HeaderValue::from_str(&name).map_err(AppError::internal)?;
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(wanted.media()),
    );
    head.insert(header::CONTENT_DISPOSITION, name);
    response.extensions_mut().insert(Sandbox::Kept);
    Ok(response)
}
