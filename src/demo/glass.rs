//! What was decided around protected files before: emergencies that were reviewed, one whose hour runs, a colleague who
//! was named for a time, a lift that was not granted and one that was.

use super::{
    notes::{Keys, sealed as seal},
    protect::Stage,
    rows::{CaseFile, Rows},
};
use crate::{
    ids::uuid_at,
    vault::{Field, Holder, HolderKind, Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

const EMERGENCY: &str = "اتصل مقدم الحي ليلا: الطفل وحده في المحطة، والمكلفة بالملف لا تجيب.";
const JUSTIFIED: &str = "كان الخطر قائما، وأُبلغت المكلفة بالملف في الساعة نفسها.";
const UNJUSTIFIED: &str = "كان في الإمكان الاتصال بالمشرف قبل فتح الملف. ذُكر بالقواعد.";
const LIFT: &str = "لم يعد الشخص الذي كان يهدد الأسرة إلى الحي منذ أشهر.";

/// Writes them. In the last city with protected files an hour runs now.
pub(super) async fn past(
    connection: &mut PgConnection,
    vault: &Vault,
    stage: &Stage<'_>,
) -> anyhow::Result<()> {
    let now = stage.now;
    let judged = match stage.team.city.slug {
        "sale" => (now - TimeDelta::days(9), Some(false)),
        "marrakech" => (now - TimeDelta::minutes(5), None),
        _ => (now - TimeDelta::days(12), Some(true)),
    };
    emergency(connection, vault, stage, judged).await?;
    named(connection, stage).await?;
    let dpo = dpo(connection).await?;
    lift(
        connection,
        vault,
        (stage.protection, stage.file, stage.team.supervisor),
        (now - TimeDelta::days(30), dpo, false),
    )
    .await
}

/// A closed file that was protected once.
pub(super) async fn lifted(
    connection: &mut PgConnection,
    vault: &Vault,
    rows: &Rows,
    (keeper_of, territory): (Uuid, i16),
) -> anyhow::Result<()> {
    let was_closed = |case: &&CaseFile| {
        let closed = rows.episodes.iter().find(|one| one.case_id == case.id);
        !case.protected
            && case.territory_id == territory
            && closed.is_some_and(|one| one.state == "closed")
    };
    let Some(file) = rows.cases.iter().find(was_closed) else {
        return Ok(());
    };
    let (protection, at) = (
        uuid_at(file.opened_at),
        file.opened_at + TimeDelta::hours(6),
    );
    let of_file = Holder::new(HolderKind::Case, file.id);
    let keys = keeper::data_keys(connection, vault, &[of_file]).await?;
    let lifted = at + TimeDelta::hours(30);
    sqlx::query!(
        "insert into app.case_protection (id, case_id, territory_id, reason, text_enc, marked_by, marked_at, keeper, lifted_at)
         values ($1, $2, $3, 'threat', $4, $5, $6, $5, $7)",
        protection,
        file.id,
        file.territory_id,
        seal(&keys, of_file, Field::PROTECTION_TEXT, protection, EMERGENCY)?,
        keeper_of,
        at,
        lifted
    )
    .execute(&mut *connection)
    .await
    .context("a protection that ended")?;
    // the mark and the first reader's name come with it by a trigger: both ended
    sqlx::query!(
        "with file as (update app.case_file set protected = false where id = $1),
              child as (update app.person set protected = false where id = $2)
         update app.case_grant set until = greatest(granted_at, $3) where case_id = $1 and kind = 'named'",
        file.id,
        file.child_id,
        lifted
    )
    .execute(&mut *connection)
    .await
    .context("the end of a protection")?;
    let dpo = dpo(connection).await?;
    lift(
        connection,
        vault,
        (protection, file, keeper_of),
        (lifted, dpo, true),
    )
    .await
}

async fn dpo(connection: &mut PgConnection) -> anyhow::Result<Uuid> {
    sqlx::query_scalar!(
        "select user_id from sec.role_assignment where role = 'dpo' order by user_id limit 1"
    )
    .fetch_one(connection)
    .await
    .context("the data protection officer")
}

/// An answered request to lift.
async fn lift(
    connection: &mut PgConnection,
    vault: &Vault,
    (protection, file, by): (Uuid, &CaseFile, Uuid),
    (answered_at, dpo, granted): (DateTime<Utc>, Uuid, bool),
) -> anyhow::Result<()> {
    let id = uuid_at(answered_at);
    let of_lift = Holder::new(HolderKind::Lift, id);
    let keys: Keys = keeper::data_keys(connection, vault, &[of_lift]).await?;
    sqlx::query!(
        "insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by, asked_at,
                                          answered_by, answered_at, granted)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id,
        protection,
        file.id,
        file.territory_id,
        file.number,
        seal(&keys, of_lift, Field::LIFT_TEXT, id, LIFT)?,
        by,
        answered_at - TimeDelta::hours(5),
        dpo,
        answered_at,
        granted
    )
    .execute(connection)
    .await
    .context("a lift")?;
    Ok(())
}

/// Somebody who was not named broke the glass: judged since, or its hour runs.
async fn emergency(
    connection: &mut PgConnection,
    vault: &Vault,
    stage: &Stage<'_>,
    (begun, justified): (DateTime<Utc>, Option<bool>),
) -> anyhow::Result<()> {
    let id = uuid_at(begun);
    let holder = Holder::new(HolderKind::Emergency, id);
    let keys: Keys = keeper::data_keys(connection, vault, &[holder]).await?;
    let review = match justified {
        Some(true) => Some(seal(&keys, holder, Field::EMERGENCY_REVIEW, id, JUSTIFIED)?),
        Some(false) => Some(seal(
            &keys,
            holder,
            Field::EMERGENCY_REVIEW,
            id,
            UNJUSTIFIED,
        )?),
        None => None,
    };
    let until = begun + TimeDelta::hours(1);
    sqlx::query!(
        "insert into app.emergency_access (id, case_id, territory_id, case_number, user_id, reason, text_enc, begun_at, until,
                                           ended_at, reviewed_by, reviewed_at, justified, review_enc)
         values ($1, $2, $3, $4, $5, 'child_found', $6, $7, $8, $9, $10, $11, $12, $13)",
        id,
        stage.file.id,
        stage.file.territory_id,
        stage.file.number,
        stage.stranger(),
        seal(&keys, holder, Field::EMERGENCY_TEXT, id, EMERGENCY)?,
        begun,
        until,
        justified.map(|_| until),
        justified.map(|_| stage.team.supervisor),
        justified.map(|_| until + TimeDelta::hours(9)),
        justified,
        review
    )
    .execute(connection)
    .await
    .context("an emergency")?;
    Ok(())
}

/// A colleague was named for two months, and is not any more.
async fn named(connection: &mut PgConnection, stage: &Stage<'_>) -> anyhow::Result<()> {
    let at = stage.file.opened_at + TimeDelta::hours(7);
    sqlx::query!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, reason, granted_at, until, kind, granted_by)
         values ($1, $2, $3, $4, 'replacement', $5, $6, 'named', $7)",
        uuid_at(at),
        stage.file.id,
        stage.file.territory_id,
        stage.stranger(),
        at,
        (at + TimeDelta::days(60)).min(stage.now - TimeDelta::hours(30)).max(at),
        stage.team.supervisor
    )
    .execute(connection)
    .await
    .context("a grant")?;
    Ok(())
}
