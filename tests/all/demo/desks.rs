//! The desks of the demonstration are those of people who do their work: each has of every kind of paper, and little
//! that is late.

use super::told;

/// Who works on files, but for the newcomer who has none yet.
const WORKERS: &str = "sec.app_user u
    join sec.role_assignment r on r.user_id = u.id and r.role = 'social_worker' and r.valid @> current_date
        and u.username <> 'amal.new'";

/// The open files that a worker leads.
const LED: &str = "app.case_assignment a
    join app.case_episode e on e.case_id = a.case_id and e.state <> 'closed'
    join app.case_file c on c.id = a.case_id and not c.protected and c.void is null
    where a.user_id = u.id and a.kind = 'lead' and a.until is null";

#[tokio::test]
async fn each_worker_has_a_file_with_each_kind_of_paper() {
    let db = told().await;
    let paper = |media: &str| {
        format!(
            "exists (select from app.case_attachment l join app.attachment p on p.id = l.attachment_id
                     where l.case_id = a.case_id and p.media = '{media}')"
        )
    };
    let (picture, page) = (paper("jpeg"), paper("pdf"));
    let hangs =
        |table: &str| format!("exists (select from app.{table} x where x.case_id = a.case_id)");
    for (what, has) in [
        ("a picture and a page", format!("{picture} and {page}")),
        ("no paper", format!("not {picture} and not {page}")),
        (
            "notes and an address",
            format!("{} and {}", hangs("clinical_note"), hangs("safe_address")),
        ),
        ("no note", format!("not {}", hangs("clinical_note"))),
        ("a task", hangs("task")),
    ] {
        let without = db
            .list(format!(
                "select u.username::text from {WORKERS} where not exists (select from {LED} and {has})"
            ))
            .await;
        // the walks of the browser look for what is not there at the first worker of Rabat alone
        let without: Vec<&String> = without
            .iter()
            .filter(|who| !(what.starts_with("no ") && who.as_str() != "worker.rabat"))
            .collect();
        assert!(without.is_empty(), "no file with {what}: {without:?}");
    }
}

/// A cell is a few days late here and there, and no more.
#[tokio::test]
async fn nothing_is_late_by_more_than_a_month() {
    let db = told().await;
    let late = db
        .list(
            "select t.rule || ' since ' || min(t.due_at)::date || ', ' || count(*) from app.task t
             where t.done_at is null and t.due_at < now() - interval '32 days' group by t.rule order by t.rule",
        )
        .await;
    assert!(late.is_empty(), "{late:?}");
    let much = db
        .list(format!(
            "select u.username || ': ' || count(*) from {WORKERS}
             join app.case_assignment a on a.user_id = u.id and a.kind = 'lead' and a.until is null
             join app.task t on t.case_id = a.case_id and t.queue = 'lead' and t.done_at is null and t.due_at < now()
             group by u.username having count(*) > 25"
        ))
        .await;
    assert!(much.is_empty(), "{much:?}");
}

/// After a closing: most children were looked at in time, some looks are owed, and few of those are late.
#[tokio::test]
async fn few_checks_after_a_closing_are_late() {
    let db = told().await;
    let checks = "from app.task t where t.rule like 'after\\_closure%'";
    let made: i64 = db
        .ask(format!(
            "select count(*) {checks} and t.done_at is not null"
        ))
        .await;
    let late: i64 = db
        .ask(format!(
            "select count(*) {checks} and t.done_at is null and t.due_at < now()"
        ))
        .await;
    let comes: i64 = db
        .ask(format!(
            "select count(*) {checks} and t.done_at is null and t.due_at > now()"
        ))
        .await;
    assert!(late > 0 && comes > 0, "{late} late, {comes} that come");
    assert!(late * 4 < made, "{late} late and {made} made");
}
