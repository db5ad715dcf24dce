//! A focal point who can run any statement: the extracts to their organisation, the steps on them, nothing else.

use super::{REFUSED, reads, refused, tables, tries, world};
use crate::support::id;

fn step(service: &str, request: &str, to: &str) -> String {
    format!(
        "insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, reason, on_day, disclosure_id, to_org, by_user, role)
         select gen_random_uuid(), '{}', 1, 2, 'sent', '{to}', 'no_place', current_date, '{}', 'hospital_cell_rabat', '{}', 'supervisor'",
        id(service),
        id(request),
        id("focal.rabat")
    )
}

#[tokio::test]
async fn a_focal_point_reads_what_was_sent_to_the_organisation_and_nothing_else() {
    let db = world().await;
    let mut wanted: Vec<String> = ["rabat.mine", "rabat.colleague", "rabat.protected"]
        .iter()
        .map(|name| id(&format!("request {name}")).to_string())
        .collect();
    wanted.sort();
    assert_eq!(
        reads(&db, "focal.rabat", "select id from app.disclosure").await,
        wanted
    );
    assert_eq!(
        reads(&db, "focal.rabat", "select to_state from app.service_step").await,
        ["sent", "sent", "sent"]
    );
    for table in tables(&db).await {
        if ["app.disclosure", "app.service_step"].contains(&table.as_str()) {
            continue;
        }
        let seen = reads(&db, "focal.rabat", &format!("select 1 from {table}")).await;
        assert!(seen.is_empty(), "{table}");
    }
    // the keys: of those extracts, and of nothing else
    let key = |kind: &str, holder: &str| {
        format!("select app.key_of('{kind}', '{}') is not null", id(holder))
    };
    assert_eq!(
        reads(&db, "focal.rabat", &key("disclosure", "request rabat.mine")).await,
        ["true"]
    );
    for (kind, holder) in [
        ("disclosure", "request sale.mine"),
        ("disclosure", "disclosure rabat.mine"),
        ("service", "service sent rabat.mine"),
        ("case", "case rabat.mine"),
    ] {
        assert_eq!(
            reads(&db, "focal.rabat", &key(kind, holder)).await,
            ["false"],
            "{kind} {holder}"
        );
    }
}

#[tokio::test]
async fn a_focal_point_writes_answers_to_what_was_asked_and_nothing_else() {
    let db = world().await;
    let mine = ("service sent rabat.mine", "request rabat.mine");
    for (what, sql) in [
        ("calls off", step(mine.0, mine.1, "cancelled")),
        (
            "another city",
            step("service sent sale.mine", "request sale.mine", "accepted"),
        ),
        (
            "another's act through an own extract",
            step("service asked rabat.mine", mine.1, "sent")
                .replace("1, 2, 'sent'", "1, 1, 'proposed'"),
        ),
        (
            "what was not sent",
            step("service asked rabat.mine", mine.1, "accepted"),
        ),
        (
            "a service",
            "update app.service set state = 'delivered'".to_owned(),
        ),
        (
            "an extract",
            "update app.disclosure set to_org = 'x'".to_owned(),
        ),
        (
            "a note of the cell",
            format!(
                "insert into app.service_note (id, service_id, territory_id, text_enc) values (gen_random_uuid(), '{}', 1, '')",
                id(mine.0)
            ),
        ),
    ] {
        let answer = tries(&db, "focal.rabat", &sql).await;
        assert!(answer.is_err() || answer == Ok(0), "{what}: {answer:?}");
    }
    // not in the name of somebody else
    let forged = step(mine.0, mine.1, "accepted").replace(
        &id("focal.rabat").to_string(),
        &id("worker1.rabat").to_string(),
    );
    assert_eq!(tries(&db, "focal.rabat", &forged).await, refused());
    assert_eq!(
        tries(&db, "focal.rabat", &step(mine.0, mine.1, "accepted")).await,
        Ok(1)
    );
    let role: String = db
        .ask("select role from app.service_step where seq = 2")
        .await;
    assert_eq!(role, "focal_point", "the role is that of the session");
    // a colleague's file: its worker alone writes steps
    let other = step(
        "service sent rabat.colleague",
        "request rabat.colleague",
        "accepted",
    )
    .replace(
        &id("focal.rabat").to_string(),
        &id("worker1.rabat").to_string(),
    );
    assert_eq!(
        tries(&db, "worker1.rabat", &other).await,
        Err(REFUSED.to_owned())
    );
    for username in ["worker1.rabat", "supervisor.rabat"] {
        assert_eq!(
            tries(&db, username, "update app.service set state = 'delivered'").await,
            refused()
        );
    }
}
