//! What lies encrypted: it opens for whom it should, in its own place, and while its keys change.

mod at_rest;
mod commands;
mod keys;
mod reading;
mod sight;

use crate::support::{TestDb, id};

fn contact(name: &str) -> String {
    format!("/contacts/{}", id(&format!("contact {name}")))
}

async fn alerts(db: &TestDb) -> Vec<String> {
    db.list(
        "select concat_ws(' ', fields->>'field', object_id, fields->>'why', actor, territory_id, reason)
         from audit.event where action = 'vault.unreadable' order by id",
    )
    .await
}
