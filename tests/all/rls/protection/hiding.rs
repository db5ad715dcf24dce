//! What a mark hides, and what still counts and tells.

use super::{child_of, protect_mine};
use crate::{
    rls::{reads, refused, tables, tries, world},
    support::id,
};

/// The mark takes effect for everyone at once: contacts, family, help, and what would tell of them.
#[tokio::test]
async fn a_mark_hides_what_would_tell_of_the_child() {
    let db = world().await;
    let marks: Vec<String> = [
        "case",
        "child",
        "mother",
        "contact",
        "seen",
        "episode",
        "identity child",
        "identity mother",
        "service child",
        "service mother",
        "judicial",
        "disclosure",
        "kin",
        "lead",
    ]
    .iter()
    .map(|thing| id(&format!("{thing} rabat.mine")).to_string())
    .collect();
    let shown = async |username: &str| {
        let mut found = Vec::new();
        for table in tables(&db).await {
            // who broke the glass once knows that they did
            if table == "app.emergency_access" {
                continue;
            }
            for row in reads(&db, username, &format!("select t from {table} t")).await {
                found.extend(
                    marks
                        .iter()
                        .filter(|mark| row.contains(mark.as_str()))
                        .map(|mark| format!("{table}: {mark}")),
                );
            }
        }
        found
    };
    assert!(shown("worker2.rabat").await.len() > 10, "before the mark");
    assert_eq!(protect_mine(&db, "supervisor.rabat").await, Ok(1));
    let left = shown("worker2.rabat").await;
    assert!(left.is_empty(), "{}", left.join("\n"));
    assert!(shown("worker1.rabat").await.len() > 10, "its lead works on");
    assert!(
        shown("supervisor.rabat").await.len() > 10,
        "its keeper, too"
    );
}

/// Decision 0056: policies ask more of marked rows alone. What the lists of hidden things name is what a reader
/// does not see, also of what comes near a file after it was protected.
#[tokio::test]
async fn what_hides_of_one_row_is_what_the_lists_name() {
    let db = world().await;
    let agree = async || {
        for (table, hidden) in [
            ("case_file", "hidden_cases"),
            ("person", "hidden_persons"),
            ("contact", "hidden_contacts"),
            ("service", "hidden_services"),
        ] {
            let all =
                format!("select id::text from app.{table} where territory_id = 1 order by id");
            let all = db.list(&all).await;
            for username in ["worker1.rabat", "worker2.rabat", "supervisor.rabat"] {
                let named = reads(&db, username, &format!("select unnest(app.{hidden}())")).await;
                let seen = format!("select id from app.{table} order by id");
                let mut expected = all.clone();
                expected.retain(|id| !named.contains(id));
                assert_eq!(
                    reads(&db, username, &seen).await,
                    expected,
                    "{username}: {table}"
                );
            }
        }
    };
    agree().await;
    protect_mine(&db, "supervisor.rabat").await.unwrap();
    agree().await;
    let (case, child) = (id("case rabat.mine"), child_of("rabat.mine"));
    let (worker, late) = (id("worker1.rabat"), id("late"));
    db.run(&format!(
        "insert into app.person (id, territory_id, sex, created_by) values ('{late}', 1, 'F', '{worker}');
         insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by)
         select '{late}', 1, '{late}', '{child}', kind, '{worker}' from app.relationship limit 1;
         insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, recorded_by, payload_mac)
         select '{late}', 1, 1, kind, provider, 'planned', agreed_on, '{worker}', '' from app.service where territory_id = 1 limit 1;
         insert into app.service_beneficiary (service_id, person_id, case_id, territory_id)
         values ('{late}', '{child}', '{case}', 1);
         insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at, author, circumstance, payload_mac)
         select '{late}', 'late', 1, 1, place_code, spot_kind, now(), '{worker}', circumstance, '' from app.contact where territory_id = 1 limit 1;
         insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months)
         values ('{late}', '{late}', 1, 1, 'F', 1, 2);
         insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user)
         values ('{late}', 1, 'linked_to_case', '{case}', '{worker}')"
    ))
    .await;
    agree().await;
    for table in ["person", "service", "contact"] {
        let seen = format!("select id from app.{table} where id = '{late}'");
        assert!(
            reads(&db, "worker2.rabat", &seen).await.is_empty(),
            "{table}"
        );
        assert_eq!(reads(&db, "worker1.rabat", &seen).await.len(), 1, "{table}");
    }
}

/// A mother with another child stays; nothing of hers points to the one that is hidden.
#[tokio::test]
async fn a_mother_of_two_shows_one_child() {
    let db = world().await;
    let mother = id("mother rabat.mine");
    db.run(&format!(
        "insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by)
         values (gen_random_uuid(), 1, '{mother}', '{}', 'mother', '{}')",
        child_of("rabat.colleague"),
        id("worker1.rabat")
    ))
    .await;
    protect_mine(&db, "supervisor.rabat").await.unwrap();
    let seen = "select to_person from app.relationship where from_person = ".to_owned();
    let children = reads(&db, "worker2.rabat", &format!("{seen}'{mother}'")).await;
    assert_eq!(children, [child_of("rabat.colleague").to_string()]);
    let herself = format!("select id from app.person where id = '{mother}'");
    assert_eq!(reads(&db, "worker2.rabat", &herself).await.len(), 1);
}

#[tokio::test]
async fn figures_count_a_protected_child_as_before() {
    let db = world().await;
    let figures =
        "select jsonb_agg(to_jsonb(f) order by f.measure, f.territory_id, f.key, f.sex)::text
                   from stat.exact_cells(current_date) f";
    let before = db.list(figures).await;
    protect_mine(&db, "supervisor.rabat").await.unwrap();
    assert_eq!(db.list(figures).await, before);
}

/// Neither a second file nor a kinship, tried on the child, tells that there is one.
#[tokio::test]
async fn unique_keys_tell_nothing() {
    let db = world().await;
    for child in [child_of("rabat.protected"), child_of("nobody at all")] {
        let file = format!(
            "insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_by)
             values (gen_random_uuid(), 'X', 1, 1, '{child}', '{}')",
            id("worker1.rabat")
        );
        let tie = format!(
            "insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by)
             values (gen_random_uuid(), 1, '{}', '{child}', 'mother', '{}')",
            id("mother rabat.protected"),
            id("worker1.rabat")
        );
        for sql in [file, tie] {
            assert_eq!(tries(&db, "worker1.rabat", &sql).await, refused(), "{sql}");
        }
    }
    let openings = format!(
        "select actor from audit.readers('{}', now() - interval '1 day', now() + interval '1 day', 0, 9)",
        id("case rabat.protected")
    );
    let open = format!(
        "select audit.record('case.opened', 'case', '{}', 1::smallint, '{{}}', null)",
        id("case rabat.protected")
    );
    tries(&db, "worker2.rabat", &open).await.unwrap();
    let count = format!(
        "select audit.reader_count('{}', now() - interval '1 day')",
        id("case rabat.protected")
    );
    assert_eq!(reads(&db, "worker2.rabat", &count).await, ["1"]);
    for stranger in [
        "supervisor.rabat",
        "worker1.rabat",
        "prosecutor.rabat",
        "dpo",
    ] {
        let none = format!("select ({count}) is null");
        assert_eq!(reads(&db, stranger, &none).await, ["true"], "{stranger}");
    }
    // named on it, the supervisor is told; who leads it reads how many, and not who
    assert!(reads(&db, "worker2.rabat", &openings).await.is_empty());
    assert!(reads(&db, "supervisor.rabat", &openings).await.is_empty());
    db.run(&format!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, kind, granted_by, reason, until)
         values (gen_random_uuid(), '{}', 1, '{}', 'named', '{}', 'replacement', now() + interval '1 hour')",
        id("case rabat.protected"),
        id("supervisor.rabat"),
        id("worker2.rabat")
    ))
    .await;
    assert_eq!(reads(&db, "supervisor.rabat", &openings).await.len(), 1);
}

#[tokio::test]
async fn only_the_lead_and_the_supervisor_mark() {
    let db = world().await;
    for username in [
        "worker2.rabat",
        "worker1.sale",
        "supervisor.sale",
        "prosecutor.rabat",
        "dpo",
    ] {
        assert_eq!(protect_mine(&db, username).await, refused(), "{username}");
    }
    assert_eq!(protect_mine(&db, "worker1.rabat").await, Ok(1));
    let again = protect_mine(&db, "supervisor.rabat").await;
    assert_eq!(again, Err("23505".to_owned()), "one live protection a file");
}

/// The officer for data protection sees reviews and requests, and nothing of a child.
#[tokio::test]
async fn who_oversees_sees_no_file() {
    let db = world().await;
    for table in tables(&db).await {
        let rows = reads(&db, "dpo", &format!("select t from {table} t")).await;
        let wanted = match table.as_str() {
            "app.emergency_access" | "app.protection_lift" | "app.notice" => 4,
            _ => 0,
        };
        assert_eq!(rows.len(), wanted, "{table}: {rows:?}");
    }
    for kind in ["case", "contact", "service", "person"] {
        let key = format!(
            "select app.key_of('{kind}', '{}') is null",
            id("case rabat.mine")
        );
        assert_eq!(reads(&db, "dpo", &key).await, ["true"]);
    }
    let lift = format!(
        "select app.key_of('lift', '{}') is null",
        id("lift rabat.protected")
    );
    assert_eq!(reads(&db, "dpo", &lift).await, ["false"]);
    assert_eq!(reads(&db, "supervisor.rabat", &lift).await, ["true"]);
}

#[tokio::test]
async fn a_notice_is_its_recipients() {
    let db = world().await;
    let others = "select recipient from app.notice where recipient <> (select app.my_user())";
    for username in [
        "worker1.rabat",
        "supervisor.rabat",
        "dpo",
        "prosecutor.rabat",
    ] {
        assert!(reads(&db, username, others).await.is_empty(), "{username}");
    }
    let seen = "update app.notice set seen_at = now()";
    assert_eq!(tries(&db, "worker1.rabat", seen).await, Ok(1));
    let write = format!(
        "insert into app.notice (territory_id, recipient, kind, case_id, case_number, actor)
         values (1, '{0}', 'glass_broken', '{1}', 'X', '{0}')",
        id("worker1.rabat"),
        id("case rabat.mine")
    );
    assert_eq!(tries(&db, "worker1.rabat", &write).await, refused());
}
