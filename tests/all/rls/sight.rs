//! What each sees: their city, what was sent to their court, no protected file.

use super::{REFUSED, code_of, reads, tables, world};
use crate::support::id;
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn a_city_sees_its_own() {
    let db = world().await;
    let cases = "select id from app.case_file";
    let ids = |names: &[&str]| {
        let mut ids: Vec<String> = names
            .iter()
            .map(|name| id(&format!("case {name}")).to_string())
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(
        reads(&db, "worker1.rabat", cases).await,
        ids(&["rabat.mine", "rabat.colleague"])
    );
    assert_eq!(
        reads(&db, "worker2.rabat", cases).await,
        ids(&["rabat.mine", "rabat.colleague", "rabat.protected"])
    );
    assert_eq!(
        reads(&db, "supervisor.rabat", cases).await,
        ids(&["rabat.mine", "rabat.colleague"])
    );
    assert_eq!(reads(&db, "worker1.sale", cases).await, ids(&["sale.mine"]));
}

/// A protected file shows in no table and no view: not its id, its number, its child's name.
#[tokio::test]
async fn a_protected_file_shows_nowhere() {
    let db = world().await;
    let things = [
        "case",
        "child",
        "episode",
        "judicial",
        "disclosure",
        "service child",
        "service mother",
        "lead",
        "grant",
        "document",
        "blob",
    ];
    let mut marks: Vec<String> = things
        .iter()
        .map(|thing| id(&format!("{thing} rabat.protected")).to_string())
        .collect();
    marks.push("CANARY-child-rabat.protected".to_owned());
    marks.extend(
        db.list("select ',' || number || ',' from app.case_file where protected")
            .await,
    );
    let mut shown = Vec::new();
    for username in ["worker1.rabat", "supervisor.rabat"] {
        for table in tables(&db).await {
            for row in reads(&db, username, &format!("select t from {table} t")).await {
                if let Some(mark) = marks.iter().find(|mark| row.contains(mark.as_str())) {
                    shown.push(format!(
                        "{username} sees in {table} the row {row} with {mark}"
                    ));
                }
            }
        }
    }
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[tokio::test]
async fn a_grant_opens_a_protected_file_until_it_ends() {
    let db = world().await;
    let case = id("case rabat.protected");
    let look = format!("select id from app.case_file where id = '{case}'");
    for username in ["worker1.rabat", "supervisor.rabat"] {
        assert!(reads(&db, username, &look).await.is_empty());
        db.run(&format!(
            "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until)
             values (gen_random_uuid(), '{case}', 1, '{}', 'replacement', now() + interval '1 hour')",
            id(username)
        ))
        .await;
        assert_eq!(reads(&db, username, &look).await.len(), 1);
        assert_eq!(
            reads(&db, username, "select id from app.person where protected")
                .await
                .len(),
            1
        );
        db.run("update app.case_grant set until = granted_at where until > now()")
            .await;
        assert!(
            reads(&db, username, &look).await.is_empty(),
            "{username} after the hour"
        );
    }
}

#[tokio::test]
async fn the_committee_can_select_nothing_personal() {
    let db = world().await;
    let mut connection = db.connect("sanad_stat").await;
    let tables = db
        .list(
            "select c.oid::regclass::text from pg_class c
             where c.relnamespace::regnamespace::text in ('app', 'sec', 'audit') and c.relkind in ('r', 'p', 'v')",
        )
        .await;
    for table in tables {
        let sql = AssertSqlSafe(format!("select count(*) from {table}"));
        let error = sqlx::query(sql).execute(&mut connection).await.unwrap_err();
        assert_eq!(code_of(&error), REFUSED, "{table}");
    }
    let told = "select count(*) from stat.release natural join stat.published_cell natural join stat.correction";
    let read = sqlx::query(told).execute(&mut connection).await;
    assert!(read.is_ok(), "{read:?}");
    // what it may read points at no table of people, of posts or of the trail
    let pointing = db
        .list(
            "select k.conrelid::regclass || ' ' || k.confrelid::regclass
             from pg_constraint k join pg_class t on t.oid = k.conrelid
             where k.contype = 'f' and t.relnamespace::regnamespace::text in ('stat', 'ref')
               and has_any_column_privilege('sanad_stat', t.oid, 'select')
               and (select c.relnamespace::regnamespace::text from pg_class c where c.oid = k.confrelid)
                   not in ('stat', 'ref', 'plan')",
        )
        .await;
    assert!(pointing.is_empty(), "{pointing:#?}");
    for hidden in [
        "select name_ar from plan.member",
        "select id from plan.scan",
        "select id from plan.team_meeting",
        "select n from stat.release_count",
        "select steps from stat.release_proof",
        "select n from stat.exact_cells(current_date)",
    ] {
        let error = sqlx::query(hidden).execute(&mut connection).await;
        assert_eq!(code_of(&error.unwrap_err()), REFUSED, "{hidden}");
    }
    let write = sqlx::query("create table stat.mine ()")
        .execute(&mut connection)
        .await
        .unwrap_err();
    assert!(["25006", REFUSED].contains(&code_of(&write).as_str()));
}

/// The prosecution reads what was sent to its court and what it wrote, and no living file (schema D8).
#[tokio::test]
async fn a_prosecutor_sees_what_was_sent_to_the_court_and_nothing_else() {
    let db = world().await;
    let mine = ["rabat.mine", "rabat.protected"];
    for username in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        for table in tables(&db).await {
            let rows = reads(&db, username, &format!("select t from {table} t")).await;
            let wanted = match table.as_str() {
                "app.judicial_file" | "app.judicial_desk" | "app.judicial_child"
                | "app.judicial_question" | "app.judicial_answer" | "app.judicial_adult" | "app.court_event" | "app.court_note"
                // an annex that was sent
                | "app.judicial_annex" => 2,
                // each was sent, given back and completed
                "app.judicial_step" => 6,
                // two dossiers, each with an annex that was sent, and the urgent notices of all three files of the city
                "app.disclosure" => 7,
                // places of every institution, and no child
                "app.bed_group" => 4,
                // the turns of their own court; each notice came from another
                "app.duty_turn" | "app.notice_step" => 3,
                "app.court_act" | "app.act_attachment" | "app.attachment" | "app.adult_decision" | "app.adult_decision_text" | "app.adult_decision_offence" | "app.court_event_text"
                // the dossier that was printed
                | "app.paper" => 1,
                _ => 0,
            };
            assert_eq!(rows.len(), wanted, "{username} in {table}: {rows:?}");
        }
        let mut files: Vec<String> = mine
            .iter()
            .map(|name| id(&format!("judicial {name}")).to_string())
            .collect();
        files.sort();
        assert_eq!(
            reads(&db, username, "select id from app.judicial_file").await,
            files
        );
    }
    let sale = reads(&db, "prosecutor.sale", "select id from app.judicial_file").await;
    assert_eq!(sale, [id("judicial sale.mine").to_string()]);
}

#[tokio::test]
async fn the_text_of_a_decision_is_for_the_court_alone() {
    let db = world().await;
    let texts = "select decision_id from app.adult_decision_text";
    // and so are the offences beside the main one
    let offences = "select decision_id from app.adult_decision_offence";
    for sql in [texts, offences] {
        assert_eq!(
            reads(&db, "prosecutor.rabat", sql).await,
            [id("decision adult rabat.mine").to_string()]
        );
        for username in [
            "worker1.rabat",
            "worker2.rabat",
            "supervisor.rabat",
            "worker1.sale",
        ] {
            assert!(
                reads(&db, username, sql).await.is_empty(),
                "{username}: {sql}"
            );
        }
    }
    // the header of the decision, without its text, is for the file's own people
    assert_eq!(
        reads(
            &db,
            "worker1.rabat",
            "select effect from app.adult_decision"
        )
        .await,
        ["not_prosecuted"]
    );
    assert!(
        reads(
            &db,
            "worker2.rabat",
            "select effect from app.adult_decision"
        )
        .await
        .is_empty()
    );
}

/// Of a procedure elsewhere, and of a file that is hidden, a worker learns what a mother may be given, and since when:
/// nothing of a decision that changes nothing of it.
#[tokio::test]
async fn a_day_on_which_a_mother_stands_as_before_is_told_to_nobody() {
    let db = world().await;
    let mother = id("mother rabat.mine");
    let stands = format!("select coalesce(s.since::text, '') from app.stands_of('{mother}') s");
    let before = reads(&db, "worker1.rabat", &stands).await;
    assert!(before.len() > 1, "{before:?}");
    db.run(&format!(
        "set session_replication_role = replica;
         insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on,
                                         recorded_by, act_id, supersedes_id)
         select gen_random_uuid(), d.file_id, d.case_id, d.territory_id, d.court_id, d.person_id, d.kind, d.effect,
                d.decided_on + 1, d.recorded_by, d.act_id, d.id
         from app.adult_decision d where d.person_id = '{mother}'"
    ))
    .await;
    assert_eq!(reads(&db, "worker1.rabat", &stands).await, before);
    assert!(reads(&db, "worker1.sale", &stands).await.is_empty());
}
