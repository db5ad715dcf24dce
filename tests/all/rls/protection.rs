//! Protected files: who sees them, what tells of them, and the glass that is broken for an hour.

use super::{reads, refused, tables, tries, world};
use crate::support::{TestDb, id};
use sqlx::AssertSqlSafe;

const FOUR_EYES: &str = "23514";

/// What the superuser gets.
async fn truly(db: &TestDb, sql: String) -> Vec<String> {
    let mut admin = db.connect("postgres").await;
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_all(&mut admin)
        .await
        .unwrap()
}

fn child_of(name: &str) -> uuid::Uuid {
    id(&format!("child {name}"))
}

/// Protects `rabat.mine`, led by worker1, kept by supervisor.rabat.
async fn protect_mine(db: &TestDb, username: &str) -> Result<u64, String> {
    let sql = format!(
        "insert into app.case_protection (id, case_id, territory_id, reason, text_enc, marked_by, keeper)
         values ('{}', '{}', 1, 'threat', 'x', '{}', '{}')",
        id("new protection"),
        id("case rabat.mine"),
        id(username),
        id("supervisor.rabat"),
    );
    tries(db, username, &sql).await
}

async fn break_glass(db: &TestDb, username: &str, file: &str) -> Vec<String> {
    let case = id(&format!("case {file}"));
    let number = format!("select number from app.case_file where id = '{case}'");
    let number = truly(db, number).await.remove(0);
    let sql = format!("select app.break_glass(gen_random_uuid(), '{number}', 'danger_now', 'x')");
    tries(db, username, &sql).await.unwrap();
    let open =
        "select case_id::text from app.emergency_access where ended_at is null and user_id = ";
    truly(db, format!("{open}'{}'", id(username))).await
}

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
            let all = truly(&db, all).await;
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
                   from stat.figures(current_date) f";
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
        "select actor from audit.openings('case', '{}', now() - interval '1 day')",
        id("case rabat.protected")
    );
    let open = format!(
        "select audit.record('case.opened', 'case', '{}', 1::smallint, '{{}}', null)",
        id("case rabat.protected")
    );
    tries(&db, "worker2.rabat", &open).await.unwrap();
    assert_eq!(reads(&db, "worker2.rabat", &openings).await.len(), 1);
    assert!(reads(&db, "supervisor.rabat", &openings).await.is_empty());
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

/// Nobody names themselves, and a grant is ended, never prolonged.
#[tokio::test]
async fn a_named_grant_is_given_by_a_supervisor_who_is_named() {
    let db = world().await;
    protect_mine(&db, "supervisor.rabat").await.unwrap();
    let grant = |by: &str, to: &str, days: i32| {
        format!(
            "insert into app.case_grant (id, case_id, territory_id, user_id, kind, reason, granted_by, until)
             values ('{}', '{}', 1, '{}', 'named', 'replacement', '{}', now() + interval '{days} days')",
            id("new grant"),
            id("case rabat.mine"),
            id(to),
            id(by)
        )
    };
    let look = format!(
        "select id from app.case_file where id = '{}'",
        id("case rabat.mine")
    );
    for (username, by) in [
        ("worker1.rabat", "worker1.rabat"),
        ("worker2.rabat", "worker2.rabat"),
        ("worker1.rabat", "supervisor.rabat"),
    ] {
        let answer = tries(&db, username, &grant(by, "worker2.rabat", 10)).await;
        assert_eq!(answer, refused(), "{username} as {by}");
    }
    let long = grant("supervisor.rabat", "worker2.rabat", 400);
    assert_eq!(
        tries(&db, "supervisor.rabat", &long).await,
        Err("23514".to_owned())
    );
    assert!(reads(&db, "worker2.rabat", &look).await.is_empty());
    let short = grant("supervisor.rabat", "worker2.rabat", 10);
    assert_eq!(tries(&db, "supervisor.rabat", &short).await, Ok(1));
    assert_eq!(reads(&db, "worker2.rabat", &look).await.len(), 1);
    let told = "select kind from app.notice where recipient = (select app.my_user()) and kind = 'grant_given'";
    assert_eq!(reads(&db, "worker2.rabat", told).await.len(), 1);
    let change = |until: &str| {
        format!(
            "update app.case_grant set until = {until} where id = '{}'",
            id("new grant")
        )
    };
    assert_eq!(
        tries(&db, "worker2.rabat", &change("until + interval '1 day'")).await,
        Ok(0)
    );
    let longer = tries(&db, "supervisor.rabat", &change("until + interval '1 day'")).await;
    assert_eq!(longer, Err("23514".to_owned()));
    assert_eq!(
        tries(
            &db,
            "supervisor.rabat",
            &change("greatest(granted_at, now())")
        )
        .await,
        Ok(1)
    );
    assert!(reads(&db, "worker2.rabat", &look).await.is_empty());
}

/// Four eyes, held by the database: asked by one, answered by another, and answered before it is done.
#[tokio::test]
async fn nobody_lifts_a_protection_alone() {
    let db = world().await;
    protect_mine(&db, "supervisor.rabat").await.unwrap();
    let case = id("case rabat.mine");
    let lift = format!("select app.lift_protection('{case}')");
    let is_protected = format!("select protected::text from app.case_file where id = '{case}'");
    let ask = format!(
        "insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by)
         values ('{}', '{}', '{case}', 1, 'X', 'x', '{{}}')",
        id("new lift"),
        id("new protection")
    );
    let asked = |who: &str| ask.replace("{}", &id(who).to_string());
    for (username, by) in [
        ("worker1.rabat", "worker1.rabat"),
        ("supervisor.rabat", "dpo"),
        ("dpo", "dpo"),
    ] {
        assert_eq!(
            tries(&db, username, &asked(by)).await,
            refused(),
            "{username}"
        );
    }
    let own = asked("supervisor.rabat");
    assert_eq!(tries(&db, "supervisor.rabat", &own).await, Ok(1));
    assert_eq!(reads(&db, "supervisor.rabat", &lift).await, ["false"]);
    let answer = |by: &str| {
        format!(
            "update app.protection_lift set answered_by = '{}', answered_at = now(), granted = true where id = '{}'",
            id(by),
            id("new lift")
        )
    };
    let alone = tries(&db, "supervisor.rabat", &answer("supervisor.rabat")).await;
    assert_eq!(alone, Err(FOUR_EYES.to_owned()));
    let in_anothers_name = tries(&db, "supervisor.rabat", &answer("dpo")).await;
    assert_eq!(in_anothers_name, refused());
    assert_eq!(
        tries(&db, "supervisor.sale", &answer("supervisor.sale")).await,
        Ok(0)
    );
    assert_eq!(tries(&db, "dpo", &answer("dpo")).await, Ok(1));
    // the officer agrees and sees no file; who is named carries it out
    assert_eq!(reads(&db, "dpo", &lift).await, ["false"]);
    assert_eq!(truly(&db, is_protected.clone()).await, ["true"]);
    tries(&db, "supervisor.rabat", &lift).await.unwrap();
    assert_eq!(truly(&db, is_protected.clone()).await, ["false"]);
    let look = format!("select id from app.case_file where id = '{case}'");
    assert_eq!(reads(&db, "worker2.rabat", &look).await.len(), 1);
}

/// Every column that the application may write, tried through the glass: nothing is written.
#[tokio::test]
async fn through_broken_glass_one_reads_and_writes_nothing() {
    let db = world().await;
    let case = id("case rabat.protected");
    let look = format!("select id from app.case_file where id = '{case}'");
    let child = child_of("rabat.protected");
    for username in ["worker1.rabat", "supervisor.rabat"] {
        assert!(reads(&db, username, &look).await.is_empty());
        assert_eq!(
            break_glass(&db, username, "rabat.protected").await,
            [case.to_string()]
        );
        assert_eq!(reads(&db, username, &look).await.len(), 1);
        for table in [
            "case_transition",
            "service_beneficiary",
            "judicial_file",
            "person_name",
            "contact",
        ] {
            assert!(
                !reads(&db, username, &format!("select t from app.{table} t"))
                    .await
                    .is_empty(),
                "{table}"
            );
        }
        let me = id(username);
        let mother = id("mother rabat.protected");
        for sql in [
            format!(
                "insert into app.case_transition (id, episode_id, case_id, territory_id, to_state, by_user, role) values (gen_random_uuid(), '{}', '{case}', 1, 'closed', '{me}', 'x')",
                id("episode rabat.protected")
            ),
            format!(
                "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until) values (gen_random_uuid(), '{case}', 1, '{me}', 'other', now() + interval '1 minute')"
            ),
            format!(
                "insert into app.case_grant (id, case_id, territory_id, user_id, kind, reason, granted_by, until) values (gen_random_uuid(), '{case}', 1, '{me}', 'named', 'other', '{me}', now() + interval '1 minute')"
            ),
            format!(
                "insert into app.case_assignment (id, case_id, territory_id, user_id, kind) values (gen_random_uuid(), '{case}', 1, '{me}', 'second')"
            ),
            format!(
                "insert into app.case_seen (user_id, case_id, territory_id, seen_at) values ('{me}', '{case}', 1, now())"
            ),
            format!(
                "insert into app.service_beneficiary (service_id, person_id, case_id, territory_id) values ('{}', '{child}', '{case}', 1)",
                id("service child rabat.mine")
            ),
            format!(
                "insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by) values (gen_random_uuid(), 1, '{}', '{child}', 'father', '{me}')",
                id("mother rabat.mine")
            ),
            format!(
                "insert into app.person_name (id, person_id, territory_id, kind, given_ar) values (gen_random_uuid(), '{child}', 1, 'alias', 'x')"
            ),
            format!(
                "insert into app.person_name (id, person_id, territory_id, kind, given_ar) values (gen_random_uuid(), '{mother}', 1, 'alias', 'x')"
            ),
            format!(
                "insert into app.clinical_note (id, case_id, territory_id, kind, observed_on, text_enc, written_by) values (gen_random_uuid(), '{case}', 1, 'medical', current_date, 'x', '{me}')"
            ),
            format!(
                "insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by) values (gen_random_uuid(), '{}', '{case}', 1, 'X', 'x', '{me}')",
                id("protection rabat.protected")
            ),
            format!(
                "insert into app.contact_action (contact_id, territory_id, action) values ('{}', 1, 'medical')",
                id("contact rabat.protected")
            ),
        ] {
            assert_eq!(
                tries(&db, username, &sql).await,
                refused(),
                "{username}: {sql}"
            );
        }
        for sql in [
            format!("update app.case_file set changed_at = now() where id = '{case}'"),
            format!("update app.case_episode set version = version + 1 where case_id = '{case}'"),
            format!(
                "update app.person set version = version + 1 where id = any (array['{child}', '{mother}']::uuid[])"
            ),
            format!("update app.person_name set given_ar = 'x' where person_id = '{mother}'"),
            format!(
                "update app.relationship set version = version + 1 where to_person = '{child}'"
            ),
            format!(
                "update app.service set version = version + 1 where id = '{}'",
                id("service child rabat.protected")
            ),
            format!("update app.judicial_file set version = version + 1 where case_id = '{case}'"),
            format!("update app.case_assignment set until = now() where case_id = '{case}'"),
            format!(
                "update app.contact set triaged_at = now() where id = '{}'",
                id("contact rabat.protected")
            ),
        ] {
            assert_eq!(tries(&db, username, &sql).await, Ok(0), "{username}: {sql}");
        }
        let clinical = format!(
            "select app.reveal_clinical_note('{}')",
            id("clinical rabat.protected")
        );
        assert!(
            reads(&db, username, &format!("{clinical} where false"))
                .await
                .is_empty()
        );
        let end = format!(
            "update app.emergency_access set ended_at = now() where user_id = '{me}' and ended_at is null"
        );
        assert_eq!(tries(&db, username, &end).await, Ok(1));
        assert!(reads(&db, username, &look).await.is_empty(), "over");
    }
    // own work goes on meanwhile
    break_glass(&db, "worker1.rabat", "rabat.protected").await;
    let mine = format!(
        "update app.case_file set changed_at = now() where id = '{}'",
        id("case rabat.mine")
    );
    assert_eq!(tries(&db, "worker1.rabat", &mine).await, Ok(1));
    db.run("update app.emergency_access set begun_at = begun_at - interval '2 hours', until = until - interval '2 hours'").await;
    assert!(
        reads(&db, "worker1.rabat", &look).await.is_empty(),
        "after the hour"
    );
}

/// The glass breaks on a protected file of one's own prefecture, for the two roles that have a duty of care.
#[tokio::test]
async fn the_glass_breaks_for_who_has_a_duty_of_care() {
    let db = world().await;
    for (username, file) in [
        ("worker1.rabat", "sale.mine"),
        ("worker1.rabat", "rabat.colleague"),
        ("worker1.sale", "rabat.protected"),
        ("worker2.rabat", "rabat.protected"), // its lead needs no emergency
    ] {
        assert!(
            break_glass(&db, username, file).await.is_empty(),
            "{username} {file}"
        );
    }
    for username in [
        "prosecutor.rabat",
        "registrar.rabat",
        "chief.rabat",
        "dpo",
        "admin",
        "focal.rabat",
    ] {
        let sql = "select app.break_glass(gen_random_uuid(), 'X', 'danger_now', 'x')";
        assert_eq!(tries(&db, username, sql).await, refused(), "{username}");
    }
    db.run("delete from app.notice").await;
    break_glass(&db, "worker1.rabat", "rabat.protected").await;
    let mut told = db
        .list("select recipient::text from app.notice where kind = 'glass_broken'")
        .await;
    told.sort();
    let mut wanted = [id("dpo").to_string(), id("worker2.rabat").to_string()];
    wanted.sort();
    assert_eq!(
        told, wanted,
        "its lead and who oversees; no supervisor is named on it"
    );
}

/// The review is somebody else's.
#[tokio::test]
async fn nobody_reviews_their_own_emergency() {
    let db = world().await;
    let review = |by: &str, which: &str| {
        format!(
            "update app.emergency_access set reviewed_by = '{}', reviewed_at = now(), justified = true, review_enc = 'x'
             where id = '{}'",
            id(by),
            id(&format!("emergency {which}"))
        )
    };
    let own = tries(
        &db,
        "worker2.rabat",
        &review("worker2.rabat", "rabat.protected"),
    )
    .await;
    assert_eq!(
        own,
        Ok(0),
        "a worker reviews nothing, and the emergency is over"
    );
    let hidden = tries(
        &db,
        "supervisor.rabat",
        &review("supervisor.rabat", "rabat.protected"),
    )
    .await;
    assert_eq!(hidden, Ok(0), "a supervisor who is not named");
    let other_city = tries(
        &db,
        "supervisor.rabat",
        &review("supervisor.rabat", "sale.mine"),
    )
    .await;
    assert_eq!(other_city, Ok(0));
    let in_anothers_name = tries(&db, "dpo", &review("supervisor.rabat", "rabat.protected")).await;
    assert_eq!(in_anothers_name, refused());
    assert_eq!(
        tries(&db, "dpo", &review("dpo", "rabat.protected")).await,
        Ok(1)
    );
    break_glass(&db, "supervisor.rabat", "rabat.protected").await;
    let self_review = format!(
        "update app.emergency_access set reviewed_by = user_id, reviewed_at = now(), justified = true, review_enc = 'x',
                ended_at = now() where user_id = '{}' and ended_at is null",
        id("supervisor.rabat")
    );
    assert_eq!(
        tries(&db, "supervisor.rabat", &self_review).await,
        Err(FOUR_EYES.to_owned())
    );
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
