//! One's own account, whatever the role: language, password, devices, second factor; and confirming oneself
//! again before what needs it (step-up).

mod confirm;
mod devices;
mod factor;
mod password;

use crate::{db::Tx, error::AppError, routes::Routes};
use chrono::{DateTime, Utc};

/// The routes of this slice.
pub fn routes() -> Routes {
    devices::routes()
        .merge(password::routes())
        .merge(factor::routes())
        .merge(confirm::routes())
}

/// What is known of the account of this session.
struct Own {
    username: String,
    name_ar: String,
    name_la: String,
    salt: String,
    password_changed_at: Option<DateTime<Utc>>,
    factor_since: Option<DateTime<Utc>>,
    codes_left: i32,
}

async fn own(tx: &mut Tx) -> Result<Own, AppError> {
    let own = sqlx::query_as!(
        Own,
        r#"select username as "username!", name_ar as "name_ar!", name_la as "name_la!",
                  salt as "salt!", password_changed_at, factor_since, codes_left as "codes_left!"
           from sec.own_account()"#
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(own)
}
