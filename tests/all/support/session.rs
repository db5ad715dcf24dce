//! Sessions of the world, as time makes them.

use super::{TestDb, id};

/// The last factor was given six minutes ago.
pub async fn age(db: &TestDb, username: &str) {
    db.run(&format!(
        "update sec.session set stepped_up_at = now() - interval '6 minutes' where user_id = '{}'",
        id(username)
    ))
    .await;
}
