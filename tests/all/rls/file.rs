//! A page about one file asks once whether the file is read (decision 0078). What it then gets is what row security
//! would have given it row by row, to every reader of every file.

use super::{reads, world};
use crate::support::{TestDb, id};

const GROUPS: &str = "'{contacts,moves,services,visits,justice,care,notes,documents}'::text[]";
const TOP: &str =
    "now() + interval '1 year', 32767::smallint, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid";

/// Who there is, and the files there are, with what stands near a protected one among them.
async fn everybody() -> (TestDb, Vec<String>, Vec<String>) {
    let db = world().await;
    // as superuser of this database alone: the query of the function is run as the application below
    db.run("grant execute on all functions in schema app, sec to sanad_app; grant usage on schema sec to sanad_app")
        .await;
    let people = db
        .list("select distinct u.username from sec.session s join sec.app_user u on u.id = s.user_id order by 1")
        .await;
    near_a_protected_one(&db).await;
    let files = db
        .list("select id::text from app.case_file order by 1")
        .await;
    assert!(people.len() > 5 && files.len() > 3);
    (db, people, files)
}

/// The child of a protected file was met together with that of another.
async fn near_a_protected_one(db: &TestDb) {
    let (own, hidden) = (id("case rabat.mine"), id("case rabat.protected"));
    db.run(&format!(
        "with met as (
             insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months)
             select gen_random_uuid(), s.contact_id, s.territory_id, 90, s.sex, s.age_min_months, s.age_max_months
             from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
             where o.case_id = '{own}' limit 1 returning id, territory_id)
         insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user)
         select met.id, met.territory_id, 'linked_to_case', '{hidden}', '{}' from met;
         select app.mark_near(array['{hidden}'::uuid])",
        id("worker2.rabat")
    ))
    .await;
}

/// The juvenile judge ordered something for three children of one procedure; one of them is protected.
async fn ordered_by_the_judge(db: &TestDb) {
    let (began, case) = (id("judicial rabat.mine"), id("case rabat.mine"));
    db.run(&format!(
        "set session_replication_role = replica;
         insert into app.judicial_child (file_id, case_id, territory_id, court_id, person_id, child_case_id)
         select '{began}', '{case}', 1, 11, c.child_id, c.id from app.case_file c where c.id in ('{}', '{}');
         insert into app.court_event (id, file_id, case_id, territory_id, court_id, kind, child_id, held_at, measure, recorded_by)
         select gen_random_uuid(), k.file_id, k.case_id, 1, 11, 'juvenile_measure', k.person_id, now() - interval '1 day', 'parents', '{}'
         from app.judicial_child k where k.file_id = '{began}'",
        id("case rabat.colleague"),
        id("case rabat.protected"),
        id("prosecutor.rabat")
    ))
    .await;
}

/// The query of the story as the function holds it, with values where its arguments stood.
async fn story_under_row_security(db: &TestDb) -> String {
    let source: String = db
        .ask("select prosrc from pg_proc where oid = 'app.story_of'::regproc")
        .await;
    let (_, query) = source.split_once("return query").unwrap();
    let (query, _) = query.rsplit_once(";\nend").unwrap();
    query
        .replace("before_rank", "32767::smallint")
        .replace("before_id", "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid")
        .replace("before::", "(now() + interval '1 year')::")
        .replace("before,", "now() + interval '1 year',")
        .replace("<= before", "<= now() + interval '1 year'")
        .replace("any (groups)", &format!("any ({GROUPS})"))
        .replace("limit most", "limit 1000")
        .replace("me.territory_id", "(select m.territory_id from sec.me() m)")
        .replace("me.role", "(select m.role from sec.me() m)")
}

#[tokio::test]
async fn who_reads_a_file_reads_what_hangs_on_it_and_nobody_else_does() {
    let (db, people, files) = everybody().await;
    let mut whole = 0;
    for who in &people {
        for file in &files {
            let read = reads(&db, who, &format!("select app.reads_file('{file}')")).await;
            let rows =
                format!("select count(*) > 0 from app.case_transition where case_id = '{file}'");
            assert_eq!(read, reads(&db, who, &rows).await, "{who} {file}");
            let facts = reads(
                &db,
                who,
                &format!("select coalesce(app.facts_of('{file}')::text, 'nothing')"),
            )
            .await;
            let situation = format!(
                "select app.situation_of('{file}', null, '{{planned}}', current_date) is not null"
            );
            let situation = reads(&db, who, &situation).await;
            let story = format!("select 1 from app.story_of('{file}', {GROUPS}, {TOP}, 1000)");
            let story = reads(&db, who, &story).await;
            if read == ["true"] {
                whole += 1;
                let truth = format!(
                    "select to_jsonb(f)::text from app.case_facts f where f.case_id = '{file}'"
                );
                assert_eq!(facts, reads(&db, who, &truth).await, "{who} {file}");
                assert_eq!(situation, ["true"]);
                assert!(!story.is_empty());
            } else {
                assert_eq!(situation, ["false"], "{who} {file}");
                assert!(story.is_empty() && facts == ["nothing"], "{who} {file}");
            }
        }
    }
    assert!(whole > 5, "{whole}");
}

#[tokio::test]
async fn the_story_of_a_file_is_the_one_that_row_security_tells() {
    let (db, people, files) = everybody().await;
    ordered_by_the_judge(&db).await;
    let query = story_under_row_security(&db).await;
    let (mut told, mut ordered) = (0, 0);
    for who in &people {
        for file in &files {
            if reads(&db, who, &format!("select app.reads_file('{file}')")).await != ["true"] {
                continue;
            }
            let line = "t.kind || ' ' || t.id || ' ' || coalesce(t.code, '') || ' ' || coalesce(t.about::text, '')";
            let story =
                format!("select {line} from app.story_of('{file}', {GROUPS}, {TOP}, 1000) t");
            let story = reads(&db, who, &story).await;
            let query = query.replace("which", &format!("'{file}'::uuid"));
            let truth = format!(
                "select {line} from ({query}) t (at, known, kind, rank, id, code, detail, mark, about)"
            );
            assert_eq!(story, reads(&db, who, &truth).await, "{who} {file}");
            told += story.len();
            let of_the_judge = |line: &&String| line.starts_with("judge_measure ");
            ordered += story.iter().filter(of_the_judge).count();
        }
    }
    assert!(told > 50, "{told}");
    // one for each who reads a file of the three: worker1 and worker2 their own, the supervisor those that are not hidden
    assert_eq!(ordered, 5);
}
