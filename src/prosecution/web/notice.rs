//! The urgent notice as it was sent.

use super::view::grouped;
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    error::AppError,
    ids::DisclosureId,
    prosecution::{
        db::notice::{self, NoticeFile},
        domain::Side,
        seal,
        snapshot::UrgentNotice,
    },
    web::{Ui, ok, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/notices/{id}", rejection(AppError))]
pub(super) struct NoticePath {
    pub id: DisclosureId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/notices/{id}/acknowledge", rejection(AppError))]
pub(super) struct AcknowledgePath {
    id: DisclosureId,
}

#[derive(Template)]
#[template(path = "prosecution/notice.html")]
struct NoticePage {
    ui: Ui,
    side: Side,
    file: NoticeFile,
    text: Option<UrgentNotice>,
}

pub(super) async fn show(
    path: NoticePath,
    me: Require<can::ProsecutionRead>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = notice::notice(&mut tx, &me.actor, path.id).await?;
    let event =
        Event::on("urgent_notice.opened", "disclosure", path.id.0).in_territory(file.territory_id);
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    let text = file.snapshot.as_deref();
    let text = text.map(|text| seal::open(file.schema_version, text));
    let text = text.transpose().map_err(AppError::internal)?;
    ok(&NoticePage {
        side: Side::of(&me.actor),
        ui: me.ui,
        file,
        text,
    })
}

pub(super) async fn acknowledge(
    path: AcknowledgePath,
    me: Require<can::ProsecutionReceive>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    notice::acknowledge(&mut tx, &me.actor, me.clock.now(), path.id).await?;
    tx.commit().await?;
    Ok(see(&NoticePath { id: path.id }))
}

impl NoticePage {
    fn age(&self) -> String {
        let age = self.text.as_ref().and_then(|text| text.age.as_ref());
        age.map_or_else(|| self.ui.t("age-unknown"), |age| age.say(&self.ui))
    }

    fn hash(&self) -> String {
        grouped(&self.file.sha256)
    }
}
