//! In each city the first worker has two tasks in other hands: one is with a colleague now, one was and came back.

use super::story::Team;
use crate::{
    ids::uuid_at,
    vault::{Field, Holder, HolderKind, Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

const WHY: &[&str] = &[
    "الزميلة تتحدث الأمازيغية، والأم لا تفهم غيرها.",
    "Je suis en formation à Rabat ces deux jours.",
];
const BACK: &str = "عادت الزميلة إلى العمل قبل الموعد.";

/// Hands them over, as the page would.
pub(super) async fn write(
    connection: &mut PgConnection,
    vault: &Vault,
    now: DateTime<Utc>,
    teams: &[Team],
) -> anyhow::Result<()> {
    for team in teams {
        let mut workers = team.workers.iter().map(|(who, _)| *who);
        let (Some(lead), Some(colleague)) = (workers.next(), workers.next()) else {
            continue;
        };
        let tasks = sqlx::query!(
            "select t.id, t.case_id, c.number from app.task t
             join app.case_file c on c.id = t.case_id and not c.protected and c.void is null
             join app.case_assignment a on a.case_id = c.id and a.user_id = $1 and a.kind = 'lead' and a.until is null
             where t.territory_id = $2 and t.queue = 'lead' and t.done_at is null and t.due_at > $3
             order by t.due_at, t.id limit 2",
            lead,
            team.city.territory,
            now
        )
        .fetch_all(&mut *connection)
        .await?;
        for ((task, why), nth) in tasks.iter().zip(WHY).zip(0..) {
            let at = now - TimeDelta::hours(26 - nth);
            let one = Handed {
                task: task.id,
                case: task.case_id,
                territory: team.city.territory,
            };
            hand(connection, vault, &one, (lead, Some(colleague)), (why, at)).await?;
            tell(connection, &one, &task.number, (colleague, lead), at).await?;
            if nth == 1 {
                let later = at + TimeDelta::hours(3);
                hand(connection, vault, &one, (colleague, None), (BACK, later)).await?;
            }
        }
    }
    Ok(())
}

/// One task of one file.
struct Handed {
    task: Uuid,
    case: Uuid,
    territory: i16,
}

async fn hand(
    connection: &mut PgConnection,
    vault: &Vault,
    one: &Handed,
    (by, to): (Uuid, Option<Uuid>),
    (why, at): (&str, DateTime<Utc>),
) -> anyhow::Result<()> {
    let of_file = Holder::new(HolderKind::Case, one.case);
    let keys = keeper::data_keys(connection, vault, &[of_file]).await?;
    let id = uuid_at(at);
    let key = keys.get(&of_file).context("no key")?;
    let sealed = key.seal(Field::HANDOVER_WHY, id, why)?;
    sqlx::query!(
        "insert into app.task_handover (id, task_id, case_id, territory_id, to_user, why_enc, by_user, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        one.task,
        one.case,
        one.territory,
        to,
        sealed.as_bytes(),
        by,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What the database tells in life by the session of who acts.
async fn tell(
    connection: &mut PgConnection,
    one: &Handed,
    number: &str,
    (recipient, actor): (Uuid, Uuid),
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into app.notice (territory_id, recipient, kind, case_id, case_number, actor, at)
         values ($1, $2, 'task_handed', $3, $4, $5, $6) on conflict do nothing",
        one.territory,
        recipient,
        one.case,
        number,
        actor,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}
