//! Asking for the daily letter: an address, the code that went to it, and no more letters (decision 0075).

use crate::{
    authz::{Require, can},
    db::Tx,
    digests::{self, Asked},
    error::AppError,
    factor::Code,
    forms::Form,
    i18n::Msg,
    ids::UserId,
    jobs::{self, Kind},
    mail,
    routes::Routes,
    state::AppState,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{extract::State, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/digest")]
struct DigestPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/digest/confirm")]
struct ConfirmPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/digest/end")]
struct EndPath;

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(ask)
        .post(confirm)
        .post(end)
}

type Me = Require<can::TaskKeep>;

/// Where the letter of this account stands.
struct Standing {
    user: UserId,
    /// Where it goes, and since when.
    address: Option<(String, DateTime<Utc>)>,
    /// An address that waits for its code.
    asked: Option<Asked>,
    sent_on: Option<NaiveDate>,
}

async fn standing(tx: &mut Tx) -> Result<Standing, AppError> {
    let row = sqlx::query!(
        r#"select user_id as "user!: UserId", address_enc, confirmed_at, asked_enc, sent_on from sec.own_digest()"#
    )
    .fetch_one(&mut **tx)
    .await?;
    let ring = tx.ring().await?;
    let open =
        |sealed: Option<Vec<u8>>| sealed.and_then(|sealed| digests::open(&ring, row.user, &sealed));
    let address = open(row.address_enc).map(|one| one.address);
    Ok(Standing {
        user: row.user,
        address: address.zip(row.confirmed_at),
        asked: open(row.asked_enc),
        sent_on: row.sent_on,
    })
}

#[derive(Template)]
#[template(path = "account/digest.html")]
struct DigestPage {
    ui: Ui,
    form: Form,
    standing: Standing,
    /// Whether a mail server is set.
    is_on: bool,
}

async fn page_of(me: &Me, state: &AppState, form: Form) -> Result<DigestPage, AppError> {
    let mut tx = me.begin_account().await?;
    let standing = standing(&mut tx).await?;
    tx.commit().await?;
    Ok(DigestPage {
        ui: me.ui.clone(),
        form,
        standing,
        is_on: state.config.mail.is_some(),
    })
}

async fn show(_: DigestPath, me: Me, State(state): State<AppState>) -> Result<Response, AppError> {
    ok(&page_of(&me, &state, Form::new()).await?)
}

async fn ask(
    _: DigestPath,
    me: Me,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    if state.config.mail.is_none() {
        return Err(AppError::Conflict(Msg::new("digest-off-here")));
    }
    let address = form.required("address", |text| {
        mail::parse_address(text).ok_or(Msg::new("digest-address-wrong"))
    });
    let Some(address) = address else {
        return refused(&page_of(&me, &state, form).await?);
    };
    let mut tx = me.begin_account().await?;
    let ring = tx.ring().await?;
    let asked = Asked {
        address,
        code: Some(Code::one_time().to_string()),
    };
    let sealed = digests::seal(&ring, me.actor.user, &asked)?;
    let taken = sqlx::query_scalar!(r#"select sec.ask_digest($1) as "taken!""#, sealed)
        .fetch_one(&mut *tx)
        .await?;
    if !taken {
        drop(tx);
        form.fail("address", Msg::new("digest-too-many"));
        return refused(&page_of(&me, &state, form).await?);
    }
    jobs::enqueue(&mut tx, Kind::SendCode, Some(me.actor.user.0)).await?;
    tx.commit().await?;
    Ok(see(&DigestPath))
}

async fn confirm(
    _: ConfirmPath,
    me: Me,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let typed = form.required("code", |code| {
        Code::parse(code).ok_or(Msg::new("digest-code-wrong"))
    });
    form.forget(|field| field == "code");
    let Some(typed) = typed else {
        return refused(&page_of(&me, &state, form).await?);
    };
    let mut tx = me.begin_account().await?;
    let Standing { user, asked, .. } = standing(&mut tx).await?;
    let counted = sqlx::query_scalar!(r#"select sec.try_digest() as "counted!""#)
        .fetch_one(&mut *tx)
        .await?;
    let typed = typed.to_string();
    let right = asked.filter(|asked| counted && asked.code.as_ref() == Some(&typed));
    let is_right = right.is_some();
    if let Some(Asked { address, .. }) = right {
        let ring = tx.ring().await?;
        let confirmed = Asked {
            address,
            code: None,
        };
        let sealed = digests::seal(&ring, user, &confirmed)?;
        sqlx::query!("select sec.confirm_digest($1)", sealed)
            .execute(&mut *tx)
            .await?;
    }
    // a wrong try is counted, too
    tx.commit().await?;
    if is_right {
        return Ok(see(&DigestPath));
    }
    form.fail("code", Msg::new("digest-code-wrong"));
    refused(&page_of(&me, &state, form).await?)
}

async fn end(_: EndPath, me: Me) -> Result<Response, AppError> {
    let mut tx = me.begin_account().await?;
    sqlx::query!("select sec.end_digest()")
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(see(&DigestPath))
}
