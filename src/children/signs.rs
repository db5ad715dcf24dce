//! Distinguishing signs: what a child without papers is known again by. What anybody sees of a dressed child; nobody
//! looks for more (decision 0095).

use super::{db, domain::Child};
use crate::{
    audit::{self, Event},
    authz::{Actor, Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, Line},
    i18n::Msg,
    ids::{PersonId, RowId},
    people,
    reference::List,
    routes::Routes,
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/children/{id}/signs", rejection(AppError))]
struct SignsPath {
    id: PersonId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/children/{id}/signs/{sign}/strike", rejection(AppError))]
struct StrikePath {
    id: PersonId,
    sign: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(add).post(strike)
}

/// A sign, as it was recorded.
#[derive(Debug)]
pub(super) struct Sign {
    /// Which.
    pub(super) id: RowId,
    /// Code of `ref.body_sign`.
    pub(super) sign: String,
    /// Code of `ref.body_part`.
    pub(super) part: String,
    /// What more is to be said.
    pub(super) note: Option<Reading>,
    /// When it was recorded, or struck.
    pub(super) at: DateTime<Utc>,
    /// By whom, in Arabic.
    pub(super) name_ar: String,
    /// The same in Latin letters.
    pub(super) name_la: String,
    /// Whether it was struck.
    pub(super) is_struck: bool,
    /// Why.
    pub(super) why: Option<Reading>,
}

impl Sign {
    /// The field of its reason.
    fn field(&self) -> String {
        field_of(self.id)
    }
}

fn field_of(sign: RowId) -> String {
    format!("reason-{sign}")
}

#[derive(Template)]
#[template(path = "children/signs.html")]
struct SignsPage {
    ui: Ui,
    form: Form,
    child: Child,
    signs: Vec<Sign>,
}

impl SignsPage {
    fn options(&self, list: List) -> Vec<(String, String)> {
        self.ui.options(list)
    }

    /// Recorded or struck, by whom and when.
    fn told(&self, sign: &Sign) -> String {
        let key = if sign.is_struck {
            "sign-struck-by"
        } else {
            "sign-recorded-by"
        };
        let name = self.ui.name(&sign.name_ar, &sign.name_la).to_owned();
        let when = self.ui.moment(sign.at);
        self.ui.t2(key, ("name", name), ("when", when))
    }
}

/// The signs of a child, those that were struck last.
pub(super) async fn of(tx: &mut Tx, actor: &Actor, child: PersonId) -> Result<Vec<Sign>, AppError> {
    let rows = sqlx::query!(
        r#"select s.id as "id: RowId", s.sign, s.part, s.note_enc as "note: SealedText",
                  coalesce(s.struck_at, s.recorded_at) as "at!", s.struck_at is not null as "is_struck!",
                  s.struck_why_enc as "why: SealedText", app.key_of('person', s.person_id) as "key: WrappedKey",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.distinguishing_sign s
           left join lateral app.name_of(coalesce(s.struck_by, s.recorded_by)) n on true
           where s.person_id = $1 and s.territory_id = $2
           order by s.struck_at is not null, s.recorded_at desc, s.id"#,
        child.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let holder = Holder::person(child);
    let mut signs = Vec::with_capacity(rows.len());
    for row in rows {
        let key = row.key.as_ref();
        let note = tx.open(holder, key, (Field::SIGN_NOTE, row.id.0), row.note.as_ref());
        let why = tx.open(
            holder,
            key,
            (Field::SIGN_STRUCK, row.id.0),
            row.why.as_ref(),
        );
        signs.push(Sign {
            id: row.id,
            sign: row.sign,
            part: row.part,
            note,
            at: row.at,
            name_ar: row.name_ar,
            name_la: row.name_la,
            is_struck: row.is_struck,
            why,
        });
    }
    Ok(signs)
}

async fn show(path: SignsPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    let signs = of(&mut tx, &me.actor, path.id).await?;
    db::opened(&mut tx, &me.actor, &child).await?;
    tx.commit().await?;
    ok(&SignsPage {
        form: Form::new().with("id", RowId::new(me.clock.now()).to_string()),
        ui: me.ui,
        child,
        signs,
    })
}

/// The page again, with what is wrong; nothing was written.
async fn again(
    mut tx: Tx,
    me: Require<can::CaseWork>,
    mut form: Form,
    child: Child,
) -> Result<Response, AppError> {
    let signs = of(&mut tx, &me.actor, child.id).await?;
    db::opened(&mut tx, &me.actor, &child).await?;
    tx.commit().await?;
    if form.text("id").is_empty() {
        form.set("id", RowId::new(me.clock.now()).to_string());
    }
    refused(&SignsPage {
        ui: me.ui,
        form,
        child,
        signs,
    })
}

async fn add(
    path: SignsPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    let (catalogue, today) = (me.ui.catalogue(), me.ui.today());
    let sign = form.required("sign", |code| catalogue.parse(List::BodySign, code, today));
    let part = form.required("part", |code| catalogue.parse(List::BodyPart, code, today));
    let note = form.optional("note", Line::parse);
    // sent again it is one row, and amended another
    let id = form.id_of_answers("id").map(RowId);
    if id.is_none() {
        form.fail("id", Msg::new("error-choice"));
    }
    let (Some(sign), Some(part), Some(id), true) = (sign, part, id, form.is_valid()) else {
        return again(tx, me, form, child).await;
    };
    let note = note.as_ref().map(Line::as_str);
    let note = tx
        .seal(Holder::person(path.id), Field::SIGN_NOTE, id.0, note)
        .await?;
    let added = sqlx::query!(
        "insert into app.distinguishing_sign (id, person_id, territory_id, sign, part, note_enc, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do nothing",
        id.0,
        path.id.0,
        me.actor.territory().0,
        sign,
        part,
        note as Option<SealedText>,
        me.actor.user.0,
        now
    )
    .execute(&mut *tx)
    .await?;
    // pressed twice, it is there already
    if added.rows_affected() > 0 {
        told(&mut tx, &me, "sign.recorded", &child).await?;
    }
    tx.commit().await?;
    Ok(see(&path))
}

async fn strike(
    path: StrikePath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let child = db::find_mine(&mut tx, &me.actor, path.id).await?;
    let signs = of(&mut tx, &me.actor, path.id).await?;
    let found = signs.iter().find(|one| one.id == path.sign);
    if found.ok_or(AppError::NotFound)?.is_struck {
        return Ok(see(&SignsPath { id: path.id }));
    }
    let Some(why) = form.required(&field_of(path.sign), Line::parse) else {
        return again(tx, me, form, child).await;
    };
    let why = tx
        .seal(
            Holder::person(path.id),
            Field::SIGN_STRUCK,
            path.sign.0,
            Some(why.as_str()),
        )
        .await?;
    let struck = sqlx::query!(
        "update app.distinguishing_sign set struck_by = $4, struck_at = $5, struck_why_enc = $6
         where id = $1 and person_id = $2 and territory_id = $3 and struck_at is null",
        path.sign.0,
        path.id.0,
        me.actor.territory().0,
        me.actor.user.0,
        now,
        why as Option<SealedText>
    )
    .execute(&mut *tx)
    .await?;
    if struck.rows_affected() > 0 {
        told(&mut tx, &me, "sign.struck", &child).await?;
    }
    tx.commit().await?;
    Ok(see(&SignsPath { id: path.id }))
}

/// The file changed, and the trail says so: that there is a sign, never which.
async fn told(
    tx: &mut Tx,
    me: &Require<can::CaseWork>,
    action: &'static str,
    child: &Child,
) -> Result<(), AppError> {
    people::touch(tx, &me.actor, me.clock.now(), &[child.file.id]).await?;
    let event = Event::on(action, "person", child.id.0).in_territory(me.actor.territory());
    audit::record(tx, event).await
}
