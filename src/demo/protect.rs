//! Protects the files that the story marks, as a supervisor would: the reason, the names sealed, one emergency
//! that waits for its review and one request to lift in each city that has such files.

use super::{
    glass,
    notes::{self, Keys, sealed as seal},
    rows::{CaseFile, PersonName, Rows},
    story::Team,
};
use crate::{
    ids::uuid_at,
    people::{Names, sealed},
    vault::{Field, Holder, HolderKind, Vault, keeper},
};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

const WHY: &str = "هدد أحد المستغلين أسرة الطفل، ويتردد قرب مسكنها.";
const EMERGENCY: &str = "الطفل أمام المستشفى مع شخص مجهول، ولا أحد من المكلفين بالملف يجيب.";
const LIFT: &str = "انتقلت الأسرة إلى مدينة أخرى، ولم يعد هناك تهديد منذ ثلاثة أشهر.";

/// One protected file, and those around it.
pub(super) struct Stage<'a> {
    pub(super) team: &'a Team,
    pub(super) file: &'a CaseFile,
    pub(super) protection: Uuid,
    pub(super) now: DateTime<Utc>,
    lead: Uuid,
}

impl Stage<'_> {
    /// A worker of the city who is not named on the file.
    pub(super) fn stranger(&self) -> Uuid {
        let workers = self.team.workers.iter().map(|(user, _)| *user);
        let mut others = workers.filter(|user| *user != self.lead);
        others.next().unwrap_or(self.team.supervisor)
    }
}

/// Protects them.
pub(super) async fn protect(
    connection: &mut PgConnection,
    vault: &Vault,
    now: DateTime<Utc>,
    teams: &[Team],
    rows: &Rows,
) -> anyhow::Result<()> {
    for team in teams {
        let files = rows
            .cases
            .iter()
            .filter(|case| case.protected && case.territory_id == team.city.territory);
        for (nth, file) in files.enumerate() {
            let lead = rows.assignments.iter().find(|one| one.case_id == file.id);
            let stage = Stage {
                team,
                file,
                lead: lead.map_or(team.supervisor, |one| one.user_id),
                protection: uuid_at(now),
                now,
            };
            let of_file = Holder::new(HolderKind::Case, file.id);
            let keys = keeper::data_keys(connection, vault, &[of_file]).await?;
            hide_names(connection, rows, &stage, &keys).await?;
            mark(connection, &stage, &keys).await?;
            if nth == 0 {
                unsettle(connection, vault, &stage).await?;
                glass::past(connection, vault, &stage).await?;
            }
        }
        if team.city.slug == "rabat" {
            let of = (team.supervisor, team.city.territory);
            glass::lifted(connection, vault, rows, of).await?;
        }
    }
    Ok(())
}

/// The child's names lie sealed.
async fn hide_names(
    connection: &mut PgConnection,
    rows: &Rows,
    stage: &Stage<'_>,
    keys: &Keys,
) -> anyhow::Result<()> {
    let of_file = Holder::new(HolderKind::Case, stage.file.id);
    let own = |name: &&PersonName| name.person_id == stage.file.child_id;
    for name in rows.names.iter().filter(own) {
        let part = |text: Option<&'static str>| text.map(str::to_owned);
        let names = Names::new(
            part(name.given_ar),
            part(name.family_ar),
            part(name.given_la),
            part(name.family_la),
        );
        let text = sealed::text_of(&names)?;
        sqlx::query!(
            "update app.person_name set given_ar = null, family_ar = null, given_la = null, family_la = null,
                    names_enc = $2 where id = $1",
            name.id,
            seal(keys, of_file, Field::PERSON_NAME, name.id, &text)?
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The reason of the mark, and a note of the care side.
async fn mark(connection: &mut PgConnection, stage: &Stage<'_>, keys: &Keys) -> anyhow::Result<()> {
    let file = stage.file;
    let of_file = Holder::new(HolderKind::Case, file.id);
    sqlx::query!(
        "insert into app.case_protection (id, case_id, territory_id, reason, text_enc, marked_by, marked_at, keeper)
         values ($1, $2, $3, 'threat', $4, $5, $6, $5)",
        stage.protection,
        file.id,
        file.territory_id,
        seal(keys, of_file, Field::PROTECTION_TEXT, stage.protection, WHY)?,
        stage.team.supervisor,
        file.opened_at + TimeDelta::hours(5)
    )
    .execute(&mut *connection)
    .await?;
    for note in notes::CLINICAL.iter().take(1) {
        notes::clinical(connection, keys, file, stage.lead, note).await?;
    }
    Ok(())
}

/// An emergency that waits for its review, and a request to lift.
async fn unsettle(
    connection: &mut PgConnection,
    vault: &Vault,
    stage: &Stage<'_>,
) -> anyhow::Result<()> {
    let (file, now) = (stage.file, stage.now);
    let (emergency, lift) = (uuid_at(now), uuid_at(now));
    let of_emergency = Holder::new(HolderKind::Emergency, emergency);
    let of_lift = Holder::new(HolderKind::Lift, lift);
    let keys = keeper::data_keys(connection, vault, &[of_emergency, of_lift]).await?;
    let stranger = stage.stranger();
    sqlx::query!(
        "insert into app.emergency_access (id, case_id, territory_id, case_number, user_id, reason, text_enc, begun_at, until, ended_at)
         values ($1, $2, $3, $4, $5, 'danger_now', $6, $7, $8, $8)",
        emergency,
        file.id,
        file.territory_id,
        file.number,
        stranger,
        seal(&keys, of_emergency, Field::EMERGENCY_TEXT, emergency, EMERGENCY)?,
        now - TimeDelta::hours(20),
        now - TimeDelta::hours(19)
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        lift,
        stage.protection,
        file.id,
        file.territory_id,
        file.number,
        seal(&keys, of_lift, Field::LIFT_TEXT, lift, LIFT)?,
        stage.team.supervisor,
        now - TimeDelta::hours(3)
    )
    .execute(&mut *connection)
    .await?;
    // what the database tells in life by the session of who acts
    sqlx::query!(
        "insert into app.notice (territory_id, recipient, kind, case_id, case_number, actor, at)
         select $1, t.recipient, t.kind, $2, $3, t.actor, t.at
         from (select unnest(array[$4::uuid, $5]) as recipient, 'glass_broken' as kind, $6::uuid as actor,
                      $7::timestamptz as at
               union select r.user_id, 'glass_broken', $6, $7 from sec.role_assignment r where r.role = 'dpo'
               union select r.user_id, 'lift_asked', $4, $8 from sec.role_assignment r where r.role = 'dpo') t
         where t.recipient <> t.actor",
        file.territory_id,
        file.id,
        file.number,
        stage.team.supervisor,
        stage.lead,
        stranger,
        now - TimeDelta::hours(20),
        now - TimeDelta::hours(3)
    )
    .execute(&mut *connection)
    .await?;
    Ok(())
}
