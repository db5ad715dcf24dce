//! The page of one's account, and the devices that are signed in.

use super::{Own, own};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    ids::RowId,
    passkeys::Offer,
    routes::Routes,
    state::AppState,
    web::{Ui, ok, see},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account")]
struct AccountPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/sessions/end")]
struct EndOthersPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/sessions/{id}/end", rejection(AppError))]
struct EndPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(end).post(end_others)
}

/// A session of one's own.
struct Device {
    id: RowId,
    device: Option<String>,
    opened_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    is_this: bool,
}

impl Device {
    /// `Firefox · Windows`, as far as the browser said.
    fn name(&self) -> String {
        let said = self.device.as_deref().unwrap_or_default();
        let of = |known: &[(&str, &'static str)]| {
            let found = known.iter().find(|(mark, _)| said.contains(mark));
            found.map(|(_, name)| *name)
        };
        // the order matters: Edge and Chrome call themselves Safari, too
        let browser = of(&[
            ("Firefox/", "Firefox"),
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("SamsungBrowser/", "Samsung Internet"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ]);
        let system = of(&[
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS X", "macOS"),
            ("Linux", "Linux"),
        ]);
        let parts: Vec<&str> = browser.into_iter().chain(system).collect();
        parts.join(" · ")
    }
}

#[derive(Template)]
#[template(path = "account/show.html")]
struct AccountPage {
    ui: Ui,
    own: Own,
    devices: Vec<Device>,
    done: Option<&'static str>,
    offer: Offer,
}

async fn show(
    _: AccountPath,
    me: Require<can::AccountKeep>,
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let done = match asked.text("done") {
        "password" => Some("account-done-password"),
        "sessions" => Some("account-done-sessions"),
        "factor" => Some("account-done-factor"),
        "passkey" => Some("account-done-passkey"),
        "passkey-removed" => Some("account-done-passkey-removed"),
        _ => None,
    };
    let mut tx = me.begin_account().await?;
    let own = own(&mut tx).await?;
    let devices = sqlx::query_as!(
        Device,
        r#"select id as "id!: RowId", device, opened_at as "opened_at!", seen_at as "seen_at!", is_this as "is_this!"
           from sec.own_sessions() limit 50"#
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    ok(&AccountPage {
        ui: me.ui,
        own,
        devices,
        done,
        offer: state.passkeys.offer().clone(),
    })
}

async fn end(path: EndPath, me: Require<can::AccountKeep>) -> Result<Response, AppError> {
    end_sessions(&me, Some(path.id)).await
}

async fn end_others(_: EndOthersPath, me: Require<can::AccountKeep>) -> Result<Response, AppError> {
    end_sessions(&me, None).await
}

/// One that has ended already is none of one's own any more: nothing to do, nothing to say.
async fn end_sessions(
    me: &Require<can::AccountKeep>,
    which: Option<RowId>,
) -> Result<Response, AppError> {
    let mut tx = me.begin_account().await?;
    sqlx::query_scalar!("select sec.end_own_sessions($1)", which.map(|id| id.0))
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(see(&"/account?done=sessions"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_a_name_that_its_owner_knows() {
        let name = |device: &str| {
            let at = DateTime::UNIX_EPOCH;
            Device {
                id: RowId::new(at),
                device: Some(device.to_owned()),
                opened_at: at,
                seen_at: at,
                is_this: false,
            }
            .name()
        };
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let phone = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36";
        assert_eq!(name(firefox), "Firefox · Linux");
        assert_eq!(name(phone), "Chrome · Android");
        assert_eq!(name("<script>"), "");
    }
}
