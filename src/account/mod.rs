//! One's own account, whatever the role: language, password, devices, second factor; and confirming oneself
//! again before what needs it (step-up).

mod confirm;
mod devices;
mod digest;
mod factor;
mod passkeys;
mod password;

use crate::{
    db::Tx,
    error::AppError,
    factor::Code,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::response::Response;
use chrono::{DateTime, Utc};

/// The routes of this slice.
pub fn routes() -> Routes {
    devices::routes()
        .merge(password::routes())
        .merge(factor::routes())
        .merge(passkeys::routes())
        .merge(confirm::routes())
        .merge(digest::routes())
}

#[derive(Template)]
#[template(path = "account/codes.html")]
struct CodesPage {
    ui: Ui,
    codes: Vec<Code>,
}

/// Backup codes, shown this once.
fn codes_page(ui: Ui, codes: Vec<Code>) -> Result<Response, AppError> {
    ok(&CodesPage { ui, codes })
}

/// What is known of the account of this session.
struct Own {
    username: String,
    name_ar: String,
    name_la: String,
    salt: String,
    password_changed_at: Option<DateTime<Utc>>,
    /// Since when there is an authenticator.
    factor_since: Option<DateTime<Utc>>,
    codes_left: i32,
    passkeys: i64,
}

impl Own {
    /// Whether the password alone does not open this account.
    fn has_factor(&self) -> bool {
        self.factor_since.is_some() || self.passkeys > 0
    }
}

async fn own(tx: &mut Tx) -> Result<Own, AppError> {
    let own = sqlx::query_as!(
        Own,
        r#"select username as "username!", name_ar as "name_ar!", name_la as "name_la!",
                  salt as "salt!", password_changed_at, factor_since, codes_left as "codes_left!",
                  (select count(*) from sec.own_passkeys()) as "passkeys!"
           from sec.own_account()"#
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(own)
}
