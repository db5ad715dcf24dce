//! What the cells did for the measures of the prosecution and of the juvenile judge: found, given and reported in time. Those of the last days are
//! still owed.

use super::notes::sealed;
use crate::{
    ids::uuid_at,
    vault::{Field, Holder, HolderKind, Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;

const HANDED: &str = "رافقت الخلية تسليم الطفل في الموعد، ووُقع الالتزام بحضور المساعدة الاجتماعية.";
const HEARD: &str = "حضرت المساعدة الاجتماعية الاستماع إلى الطفل، ودام نصف ساعة مع استراحة.";
const IDENTITY: &str = "Acte de naissance retrouvé et remis au parquet. Propos fictifs.";
const RECEIVED: &str = "استُقبل الطفل في الخلية يوم توجيهه، وفُتح له موعد أول مع الأخصائية.";

fn words(rule: &str) -> &'static str {
    match rule {
        "judicial_handing" => HANDED,
        "judicial_hearing" => HEARD,
        "judicial_identity" => IDENTITY,
        _ => RECEIVED,
    }
}

/// Writes it.
pub(super) async fn write(
    connection: &mut PgConnection,
    vault: &Vault,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let until = now - TimeDelta::days(2);
    sqlx::query!(
        "update app.task set done_at = due_at - interval '3 hours'
         where (decision_id is not null or court_event_id is not null) and done_at is null and due_at < $1
           and rule in ('judicial_placement', 'judicial_inquiry')",
        until
    )
    .execute(&mut *connection)
    .await
    .context("places and inquiries")?;
    reports(connection, vault, until).await?;
    acts(connection, until).await
}

async fn reports(
    connection: &mut PgConnection,
    vault: &Vault,
    until: DateTime<Utc>,
) -> anyhow::Result<()> {
    let owed = sqlx::query!(
        r#"select t.decision_id, t.court_event_id, j.disclosure_id as extract, t.rule, t.due_at,
                  coalesce(a.user_id, c.opened_by) as "author!"
           from app.task t
           join app.child_measure m on m.id = coalesce(t.decision_id, t.court_event_id)
           join app.judicial_file j on j.id = m.file_id
           join app.case_file c on c.id = t.case_id
           left join app.case_assignment a on a.case_id = c.id and a.kind = 'lead' and a.until is null
           where t.done_at is null and t.due_at < $1 and t.rule <> 'judicial_placement' and t.rule <> 'judicial_inquiry'
           order by t.due_at, m.id"#,
        until
    )
    .fetch_all(&mut *connection)
    .await
    .context("what is reported")?;
    let holder = |extract| Holder::new(HolderKind::Disclosure, extract);
    let holders: Vec<Holder> = owed.iter().map(|one| holder(one.extract)).collect();
    let keys = keeper::data_keys(connection, vault, &holders).await?;
    for one in owed {
        let at = one.due_at - TimeDelta::hours(5);
        let id = uuid_at(at);
        let field = Field::MEASURE_REPORT;
        let text = sealed(&keys, holder(one.extract), field, id, words(&one.rule))?;
        sqlx::query!(
            "insert into app.measure_report (id, decision_id, court_event_id, text_enc, by_user, at)
             values ($1, $2, $3, $4, $5, $6)",
            id,
            one.decision_id,
            one.court_event_id,
            text,
            one.author,
            at
        )
        .execute(&mut *connection)
        .await
        .context("reports")?;
    }
    Ok(())
}

/// What was planned for a measure was given on its day, and went well.
async fn acts(connection: &mut PgConnection, until: DateTime<Utc>) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, on_day, by_user, role, at)
         select gen_random_uuid(), s.id, s.territory_id, s.version, 'planned', 'delivered', s.agreed_on, s.recorded_by,
                'social_worker', (s.agreed_on + time '16:00') at time zone 'Africa/Casablanca'
         from app.service s
         where (s.decision_id is not null or s.court_event_id is not null) and s.state = 'planned'
           and s.agreed_on < $1::timestamptz::date",
        until
    )
    .execute(&mut *connection)
    .await
    .context("acts of measures")?;
    sqlx::query!(
        "insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, closes, outcome, by_user, role, at)
         select gen_random_uuid(), s.id, s.territory_id, s.version, 'delivered', 'delivered', true, 'goal_met', s.recorded_by,
                'social_worker', (s.agreed_on + time '16:30') at time zone 'Africa/Casablanca'
         from app.service s
         where (s.decision_id is not null or s.court_event_id is not null) and s.state = 'delivered' and s.closed_at is null"
    )
    .execute(&mut *connection)
    .await
    .context("what came of them")?;
    Ok(())
}
