//! What happens to a file beside its path: it goes to another city, to another worker, to a stand-in; what it owes is
//! put off; it is compared with another that may be the same child's; it turns out to be none.

use super::{
    rows::Rows,
    stage::{Sheets, Stage, with},
    story::Team,
};
use crate::{clock::local_date, ids::uuid_at, vault::Field};
use anyhow::Context;
use chrono::{DateTime, Days, TimeDelta, Utc};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

const HANDOVER: &str = "الأم تفضل الاتصال بعد الظهر. موعد المدرسة يوم الاثنين، والوثائق في الملف.";
const PUT_OFF: &str = "الأسرة في سفر عند الجدة إلى نهاية الأسبوع، بعد اتصال هاتفي مع الأم.";
const OPENED: &str = "زيارة مشتركة مع الزميلة لإخوة الطفل.";
const NO_FILE: &str = "ملف مكرر: للطفل ملف سابق بالاسم نفسه، وأُضيف إليه التدخل.";

/// Writes it all.
pub(super) async fn write(
    connection: &mut PgConnection,
    (teams, rows): (&[Team], &Rows),
    stages: &[Stage<'_>],
) -> anyhow::Result<()> {
    let mut sheets = Sheets::default();
    for (nth, team) in teams.iter().enumerate() {
        let here: Vec<&Stage<'_>> = stages
            .iter()
            .filter(|stage| stage.episode.territory_id == team.city.territory && !stage.protected)
            .collect();
        stand_in(team, nth, &here, &mut sheets);
        handed_on(connection, &here).await?;
        opened(&here, &mut sheets)?;
        also_called(rows, &here, &mut sheets);
        compared(connection, rows, &here, &mut sheets).await?;
        put_off(connection, team, &here).await?;
    }
    for table in [
        "stand_in",
        "case_grant",
        "identity_act",
        "identity_link",
        "person_name",
    ] {
        sheets.write(connection, table).await?;
    }
    Ok(())
}

/// A child who gave another name to another team.
fn also_called(rows: &Rows, here: &[&Stage<'_>], sheets: &mut Sheets) {
    let followed = here
        .iter()
        .find(|stage| stage.episode.state == "monitoring");
    let file = followed.and_then(|stage| {
        rows.cases
            .iter()
            .find(|one| one.id == stage.episode.case_id)
    });
    let (Some(stage), Some(file)) = (followed, file) else {
        return;
    };
    sheets.add(
        "person_name",
        json!({
            "id": uuid_at(stage.now), "person_id": file.child_id, "territory_id": file.territory_id, "kind": "alias",
            "given_ar": "سمسم", "family_ar": "الياسمين",
        }),
    );
}

/// Somebody is on leave in every third city; elsewhere somebody was.
fn stand_in(team: &Team, nth: usize, here: &[&Stage<'_>], sheets: &mut Sheets) {
    let (Some(stage), [(colleague, _), (absent, _), ..]) = (here.first(), team.workers.as_slice())
    else {
        return;
    };
    let (now, today) = (stage.now, local_date(stage.now));
    let is_away = nth % 3 == 2;
    let made_at = now - TimeDelta::days(if is_away { 2 } else { 40 });
    let until = if is_away {
        today + Days::new(6)
    } else {
        today - Days::new(31)
    };
    sheets.add(
        "stand_in",
        json!({
            "id": uuid_at(made_at), "territory_id": team.city.territory, "absent": absent, "colleague": colleague,
            "since": local_date(made_at), "until": until, "made_by": team.supervisor, "made_at": made_at,
            "ended_at": (!is_away).then(|| now - TimeDelta::days(30)),
        }),
    );
}

/// A file that a colleague led before.
async fn handed_on(connection: &mut PgConnection, here: &[&Stage<'_>]) -> anyhow::Result<()> {
    let long_open = |stage: &&&Stage<'_>| {
        stage.episode.state == "monitoring"
            && stage.episode.opened_at < stage.now - TimeDelta::days(12)
    };
    let Some(stage) = here.iter().find(long_open) else {
        return Ok(());
    };
    let at = stage.now - TimeDelta::days(4);
    let lead = sqlx::query_scalar!(
        "select id from app.case_assignment where case_id = $1 and kind = 'lead' and until is null",
        stage.episode.case_id
    )
    .fetch_one(&mut *connection)
    .await
    .context("a lead")?;
    let note = stage.seal(Field::HANDOVER_NOTE, lead, HANDOVER)?;
    sqlx::query!(
        "with before as (select * from app.case_assignment where id = $1),
              kept as (update app.case_assignment set since = $2, handover_enc = $3::text::bytea where id = $1)
         insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since, until)
         select $4, case_id, territory_id, $5, 'lead', since, $2 from before",
        lead,
        at,
        note,
        uuid_at(at),
        stage.colleague()
    )
    .execute(connection)
    .await
    .context("a file that was handed on")?;
    Ok(())
}

/// A colleague's file, opened for an hour, with a reason.
fn opened(here: &[&Stage<'_>], sheets: &mut Sheets) -> anyhow::Result<()> {
    let Some(stage) = here
        .iter()
        .find(|stage| stage.episode.state == "implementation")
    else {
        return Ok(());
    };
    let at = stage.now - TimeDelta::days(3);
    let id = uuid_at(at);
    sheets.add("case_grant", with(stage.row(id), json!({
        "user_id": stage.colleague(), "reason": "joint_visit", "note_enc": stage.seal(Field::GRANT_NOTE, id, OPENED)?,
        "granted_at": at, "until": at + TimeDelta::hours(1), "kind": "opened", "granted_by": Value::Null,
    })));
    Ok(())
}

/// Two of what is owed soon are put off.
async fn put_off(
    connection: &mut PgConnection,
    team: &Team,
    here: &[&Stage<'_>],
) -> anyhow::Result<()> {
    let Some(first) = here.first() else {
        return Ok(());
    };
    let now = first.now;
    let tasks = sqlx::query!(
        "select t.id, t.case_id from app.task t join app.case_file c on c.id = t.case_id and not c.protected and c.void is null
         where t.territory_id = $1 and t.done_at is null and t.queue = 'lead' and t.rule <> 'visit'
           and t.due_at between $2::timestamptz - interval '5 days' and $2::timestamptz + interval '9 days'
         order by t.due_at, t.id limit 2",
        team.city.territory,
        now
    )
    .fetch_all(&mut *connection)
    .await
    .context("what is owed")?;
    for task in tasks {
        let Some(stage) = here
            .iter()
            .find(|stage| stage.episode.case_id == task.case_id)
        else {
            continue;
        };
        sqlx::query!(
            "update app.task set snoozed_until = $2, snoozed_by = $3, snooze_enc = $4::text::bytea where id = $1",
            task.id,
            local_date(now) + Days::new(4),
            stage.lead,
            stage.seal(Field::TASK_SNOOZE, task.id, PUT_OFF)?
        )
        .execute(&mut *connection)
        .await
        .context("put off")?;
    }
    Ok(())
}

/// A verdict of each kind: brothers are not the same child, a child of another family may be, and one that was met
/// again under the name of a file that exists is; where it was registered beside others, its file is then none.
async fn compared(
    connection: &mut PgConnection,
    rows: &Rows,
    here: &[&Stage<'_>],
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    let child = |stage: &Stage<'_>| {
        let file = rows
            .cases
            .iter()
            .find(|one| one.id == stage.episode.case_id);
        file.map(|file| file.child_id)
    };
    let in_state = |state: &'static str| {
        here.iter()
            .filter(move |stage| stage.episode.state == state)
    };
    let first = |state| in_state(state).next().copied();
    let settled = in_state("closed").filter(|stage| !stage.is_reopened);
    let known: Vec<Uuid> = settled.filter_map(|stage| child(stage)).collect();
    let mut say = |stage: &Stage<'_>, other: Option<Uuid>, verdict: &str, at: DateTime<Utc>| {
        let identity = rows.links.iter().find(|link| Some(link.person_id) == other);
        if let (Some(person), Some(identity)) = (child(stage), identity) {
            // "the same" is a decision of its own, and supersedes the record's own link
            let act = (verdict == "same").then(|| uuid_at(at));
            let mut links = rows.links.iter();
            let own = links.find(|link| act.is_some() && link.person_id == person);
            sheets.add("identity_link", json!({
                "id": uuid_at(at), "territory_id": stage.episode.territory_id, "person_id": person,
                "identity_id": identity.identity_id, "verdict": verdict, "decided_by": stage.lead, "at": at, "live": true,
                "act_id": act, "supersedes_id": own.map(|own| own.id),
            }));
            if act.is_some() {
                sheets.add("identity_act", json!({
                    "id": act, "territory_id": stage.episode.territory_id, "person_id": person, "kind": "joined",
                    "beside": other, "by_user": stage.lead, "at": at,
                }));
            }
        }
    };
    if let Some(stage) = first("planning") {
        let sibling = child(stage).and_then(|own| {
            let tie =
                |tie: &&super::rows::Relationship| tie.kind == "sibling" && tie.to_person == own;
            rows.relationships
                .iter()
                .find(tie)
                .map(|tie| tie.from_person)
        });
        let checked = stage.episode.duplicates_checked_at.unwrap_or(stage.now);
        say(
            stage,
            sibling.or(known.first().copied()),
            "not_same",
            checked,
        );
    }
    if let Some(stage) = first("assessment") {
        let checked = stage.episode.duplicates_checked_at.unwrap_or(stage.now);
        say(stage, known.get(1).copied(), "unsure", checked);
    }
    let registered: Vec<&Stage<'_>> = in_state("registered").copied().collect();
    if let (Some(stage), Some(same)) = (registered.last(), known.get(2)) {
        say(stage, Some(*same), "same", stage.now - TimeDelta::hours(2));
        same_child(
            connection,
            stage,
            (child(stage).unwrap_or_default(), *same),
            registered.len() > 1,
        )
        .await?;
    }
    Ok(())
}

/// The child is under the identity of the other, and bears the name.
async fn same_child(
    connection: &mut PgConnection,
    stage: &Stage<'_>,
    (child, same): (Uuid, Uuid),
    is_void: bool,
) -> anyhow::Result<()> {
    sqlx::query!(
        "with own as (update app.identity_link set live = false where person_id = $1 and verdict = 'same' and live)
         update app.person_name n
         set given_ar = k.given_ar, family_ar = k.family_ar, given_la = k.given_la, family_la = k.family_la
         from app.person_name k where k.person_id = $2 and k.kind = 'civil' and n.person_id = $1",
        child,
        same
    )
    .execute(&mut *connection)
    .await
    .context("the same child")?;
    if is_void {
        let case = stage.episode.case_id;
        // another supervisor than who opened it says so, in the city that has two of them
        sqlx::query!(
            "update app.case_file c
             set void = 'invalid', void_by = other.user_id, void_at = $2, void_why_enc = $3::text::bytea
             from (select a.user_id, a.territory_id from sec.role_assignment a where a.role = 'supervisor') other
             where c.id = $1 and other.territory_id = c.territory_id and other.user_id <> c.opened_by",
            case,
            stage.now - TimeDelta::hours(1),
            stage.seal(Field::VOID_REASON, case, NO_FILE)?
        )
        .execute(connection)
        .await
        .context("a file that is none")?;
    }
    Ok(())
}
