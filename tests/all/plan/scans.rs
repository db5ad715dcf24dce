//! One table of scans: who sees a row has its key, and nobody else; and the rows of the two tables before it moved into it.

use super::{committee, shown, with};
use crate::{
    documents::pdf,
    support::{
        TestDb, id,
        role::{code_of, reads, tries},
        source,
    },
};
use axum::http::StatusCode;
use sanad::db;
use sqlx::{AssertSqlSafe, migrate::Migrator};

const LETTERS: &str = "/plan/letters/new";

#[tokio::test]
async fn who_reads_the_row_of_a_scan_has_its_key() {
    let (app, steering) = committee().await;
    let typed = [
        ("city", "rabat"),
        ("letter_purpose", "eases_field_work"),
        ("letter_subject", "x"),
        ("from_party", "committee"),
        ("to_party", "authority"),
    ];
    let fields = with(&shown(&steering, LETTERS, LETTERS).await, &typed);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let sent = steering
        .upload(LETTERS, &fields, ("scan.pdf", &pdf("OF THE REGISTER")))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let of_register =
        "select count(*) from plan.scan where num_nonnulls(designation_id, meeting_id) = 0";
    let all = app.db.list("select id::text from plan.scan").await;
    let mut readers = 0;
    for (username, sees) in [
        ("steering", "1"),
        ("supervisor.rabat", "1"),
        ("supervisor.sale", "1"),
        ("worker1.rabat", "0"),
        ("focal.rabat", "0"),
        ("prosecutor.rabat", "0"),
        ("institution.rabat", "0"),
        ("admin", "0"),
        ("dpo", "0"),
    ] {
        assert_eq!(
            reads(&app.db, username, of_register).await,
            [sees],
            "{username}"
        );
        let rows = reads(&app.db, username, "select id from plan.scan").await;
        let keys = format!(
            "select x from unnest(array['{}']::uuid[]) x where app.key_of('document', x) is not null",
            all.join("', '")
        );
        assert_eq!(rows, reads(&app.db, username, &keys).await, "{username}");
        readers += rows.len();
    }
    assert!(readers > 10, "{readers}");
    let mut stat = app.db.connect("sanad_stat").await;
    for column in ["id", "size", "added_by"] {
        let sql = AssertSqlSafe(format!("select {column} from plan.scan"));
        let error = sqlx::query(sql).execute(&mut stat).await.unwrap_err();
        assert_eq!(code_of(&error), "42501", "{column}");
    }
}

#[tokio::test]
async fn a_scan_is_laid_down_in_ones_own_name_where_one_keeps_what_it_is_of() {
    let (app, _) = committee().await;
    let scan = |territory: &str, designation: &str, by: &str| {
        format!(
            "insert into plan.scan (id, territory_id, designation_id, media, blob, size, sha256, received_size, received_sha256,
                                    added_by)
             values (gen_random_uuid(), {territory}, {designation}, 'pdf', gen_random_uuid(), 1, sha256(''), 1, sha256(''), '{}')",
            id(by)
        )
    };
    let of_rabat = format!("'{}'", id("designation rabat.mine"));
    let refused = Err("42501".to_owned());
    for (username, sql) in [
        ("worker1.rabat", scan("null", "null", "worker1.rabat")),
        ("prosecutor.rabat", scan("null", "null", "prosecutor.rabat")),
        ("supervisor.sale", scan("null", "null", "supervisor.rabat")),
        ("supervisor.sale", scan("1", &of_rabat, "supervisor.sale")),
        ("steering", scan("1", &of_rabat, "steering")),
        ("worker1.rabat", scan("1", &of_rabat, "worker1.rabat")),
    ] {
        assert_eq!(
            tries(&app.db, username, &sql).await,
            refused,
            "{username}: {sql}"
        );
    }
    for (username, sql) in [
        ("steering", scan("null", "null", "steering")),
        ("supervisor.sale", scan("null", "null", "supervisor.sale")),
        ("supervisor.rabat", scan("1", &of_rabat, "supervisor.rabat")),
    ] {
        assert_eq!(
            tries(&app.db, username, &sql).await,
            Ok(1),
            "{username}: {sql}"
        );
    }
}

/// What a city had scanned before, in two tables.
const BEFORE: &str = "
    set session_replication_role = replica;
    insert into ref.territory (id, kind, hcp_code, file_prefix, ar, fr, en) values (1, 'prefecture', 'x', 'XXX', 'x', 'x', 'x');
    insert into sec.app_user (id, username, name_ar, name_la) values ('00000000-0000-4000-8000-000000000001', 'invented', 'x', 'x');
    insert into plan.designation (id, seat_id, territory_id, kind, valid, letter_ref, letter_on, made_by)
    values ('00000000-0000-4000-8000-000000000002', gen_random_uuid(), 1, 'holder', daterange('2021-05-01', null), 'x', '2021-04-01',
            '00000000-0000-4000-8000-000000000001');
    insert into plan.team_meeting (id, kind, held_at, remote, place, agenda, state, state_by, state_at, made_by, changed_by)
    select '00000000-0000-4000-8000-000000000003', 'steering', now(), false, 'x', '{}', 'held', u.id, now(), u.id, u.id from sec.app_user u;
    insert into plan.document (id, media, blob, size, sha256, received_size, received_sha256, added_by, fault)
    select '00000000-0000-4000-8000-00000000000a', 'pdf', gen_random_uuid(), 10, sha256('a'), 11, sha256('b'), u.id, 'missing' from sec.app_user u;
    insert into plan.correspondence (id, sent_on, from_party, to_party, subject, purpose, document_id, by_role)
    values (gen_random_uuid(), '2021-04-01', 'committee', 'team', 'x', 'x', '00000000-0000-4000-8000-00000000000a', 'steering');
    insert into plan.paper (id, territory_id, designation_id, meeting_id, media, blob, size, sha256, received_size, received_sha256, added_by)
    select x.id, x.territory, x.designation, x.meeting, 'jpeg', gen_random_uuid(), 20, sha256('c'), 21, sha256('d'), u.id
    from sec.app_user u, (values
        ('00000000-0000-4000-8000-00000000000b'::uuid, 1, '00000000-0000-4000-8000-000000000002'::uuid, null::uuid),
        ('00000000-0000-4000-8000-00000000000c', null, null, '00000000-0000-4000-8000-000000000003')) as x (id, territory, designation, meeting);
";

#[tokio::test]
async fn what_lay_in_two_tables_lies_in_one_with_all_that_was_known_of_it() {
    let db = TestDb::empty().await;
    db::bootstrap(&db.options("postgres"), db.name())
        .await
        .unwrap();
    let migrations = Migrator::new(source::root().join("migrations"))
        .await
        .unwrap();
    let mut owner = db.connect("postgres").await;
    sqlx::raw_sql("set role sanad_owner")
        .execute(&mut owner)
        .await
        .unwrap();
    migrations
        .run_direct(Some(66), &mut owner, false)
        .await
        .unwrap();
    db.run(BEFORE).await;
    let kept = "right(id::text, 1), media, size, encode(sha256, 'hex'), received_size, encode(received_sha256, 'hex'), blob, added_by,
                added_at, fault";
    let before = db
        .list(format!(
            "select concat_ws(' ', {kept}) from (select id, media, size, sha256, received_size, received_sha256, blob, added_by, added_at, fault
                 from plan.document union all
             select id, media, size, sha256, received_size, received_sha256, blob, added_by, added_at, fault from plan.paper) x order by 1"
        ))
        .await;
    assert_eq!(before.len(), 3);
    migrations
        .run_direct(Some(67), &mut owner, false)
        .await
        .unwrap();
    let after = format!("select concat_ws(' ', {kept}) from plan.scan order by 1");
    assert_eq!(db.list(after).await, before);
    let about = db
        .list(
            "select concat_ws(' ', right(s.id::text, 1), s.territory_id, right(s.designation_id::text, 1), right(s.meeting_id::text, 1),
                              l.sent_on)
             from plan.scan s left join plan.correspondence l on l.document_id = s.id order by 1",
        )
        .await;
    assert_eq!(about, ["a 2021-04-01", "b 1 2", "c 3"]);
    // a letter names a scan that is there, as before
    let stranger = "update plan.correspondence set document_id = gen_random_uuid()";
    let mut connection = db.connect("postgres").await;
    let error = sqlx::query(stranger)
        .execute(&mut connection)
        .await
        .unwrap_err();
    assert_eq!(code_of(&error), "23503");
}
