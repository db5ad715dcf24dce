//! Files that go to another city: asked, refused, taken back, and one that has moved as the database moves it.

use super::{rows::Rows, story::Team};
use crate::{
    clock::local_date,
    ids::uuid_at,
    transfers::{Relative, Sheet},
    vault::{Field, Holder, HolderKind, Ring, SealedText, Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

const WHY: &str = "استقرت الأم عند أختها في المدينة المستقبلة، والطفل مسجل هناك في المدرسة. المرجو زيارة خلال أسبوع.";
const NOT_HERE: &str = "لم تصل الأسرة إلى العنوان المذكور بعد. يرجى التأكد ثم إعادة الطلب.";

/// Where the request of the first, second… city stands, each asking the next one.
const STATES: &[&str] = &[
    "requested",
    "refused",
    "withdrawn",
    "refused",
    "requested",
    "withdrawn",
    "requested",
];

/// The city whose file has gone: the cast of the story has one there to which nobody else belongs.
const GONE: &str = "tanger";

/// A file that can go.
struct File {
    id: Uuid,
    child: Uuid,
    by: Uuid,
    to: Uuid,
}

/// Writes them.
pub(super) async fn write(
    connection: &mut PgConnection,
    (vault, ring): (&Vault, &Ring),
    now: DateTime<Utc>,
    teams: &[Team],
) -> anyhow::Result<()> {
    let pairs = || teams.iter().zip(teams.iter().cycle().skip(1));
    for pair in pairs().filter(|(from, _)| from.city.slug == GONE) {
        tell(connection, (vault, ring), now, pair, "accepted").await?;
    }
    for (pair, state) in pairs().zip(STATES) {
        tell(connection, (vault, ring), now, pair, state).await?;
    }
    Ok(())
}

/// The files that are kept free for it, of which no place in a shelter is asked: in each city those of the last family
/// that is followed up, and of the last but one where a file has gone.
pub(super) fn kept(rows: &Rows, teams: &[Team]) -> Vec<Uuid> {
    let mut kept = Vec::new();
    for team in teams {
        let mut families: HashMap<Option<Uuid>, usize> = HashMap::new();
        let most = if team.city.slug == GONE { 2 } else { 1 };
        let followed = rows.episodes.iter().rev().filter(|episode| {
            episode.territory_id == team.city.territory && episode.state == "monitoring"
        });
        for episode in followed {
            // a family is met once
            let before = families.len();
            let nth = *families.entry(episode.source_contact_id).or_insert(before);
            if nth < most {
                kept.push(episode.case_id);
            }
        }
    }
    kept
}

/// One transfer, as far as it has come; none if no file can go.
async fn tell(
    connection: &mut PgConnection,
    (vault, ring): (&Vault, &Ring),
    now: DateTime<Utc>,
    (from, to): (&Team, &Team),
    state: &str,
) -> anyhow::Result<()> {
    let goes = state == "accepted";
    let Some((file, sheet)) = candidate(connection, now, from, goes).await? else {
        return Ok(());
    };
    let asked_at = now - TimeDelta::days(if state == "requested" { 2 } else { 15 });
    let answered_at = asked_at + TimeDelta::days(3);
    let id = uuid_at(asked_at);
    let file = File {
        to: to.supervisor,
        ..file
    };
    ask(
        connection,
        (vault, ring),
        (id, asked_at),
        (from, to),
        (&file, sheet),
    )
    .await?;
    if state != "requested" {
        answer(connection, vault, (id, answered_at), state, &file).await?;
    }
    if goes {
        go(connection, answered_at, (from, to), &file).await?;
    }
    Ok(())
}

/// A file that nothing keeps, and its sheet; one that moves shares nobody with another.
async fn candidate(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    team: &Team,
    alone: bool,
) -> anyhow::Result<Option<(File, Sheet)>> {
    let row = sqlx::query!(
        r#"select c.id, c.number, c.child_id, c.opened_at, e.state, e.risk, p.sex, p.birth_earliest, p.birth_latest,
                  coalesce(concat_ws(' ', n.given_ar, n.family_ar), '') as "name_ar!",
                  coalesce(concat_ws(' ', n.given_la, n.family_la), '') as "name_la!",
                  k.kind as "kind?", coalesce(concat_ws(' ', m.given_ar, m.family_ar), '') as "kin_ar!",
                  coalesce(concat_ws(' ', m.given_la, m.family_la), '') as "kin_la!"
           from app.case_file c
           join app.case_episode e on e.case_id = c.id and e.state in ('planning', 'implementation', 'monitoring', 'assessment')
           join app.person p on p.id = c.child_id
           left join app.person_name n on n.person_id = p.id
           left join lateral (select r.kind, r.from_person from app.relationship r
                              where r.to_person = p.id and r.kind <> 'sibling' order by r.kind limit 1) k on true
           left join app.person_name m on m.person_id = k.from_person
           where c.territory_id = $1 and not c.protected and c.void is null and c.opened_at < $2::timestamptz - interval '21 days'
             and not exists (select from app.bed_hold h where h.case_id = c.id)
             and not exists (select from app.judicial_child j where $3 and j.child_case_id = c.id)
             and not exists (select from app.case_transfer t where t.case_id = c.id)
             and not exists (select from app.stand_in w join app.case_assignment a on a.stand_in_id = w.id where $3 and a.case_id = c.id)
             and not exists (select from app.relationship r join app.relationship o on o.from_person = r.from_person and o.to_person <> r.to_person
                             where $3 and r.to_person = p.id)
             and not exists (select from app.relationship r
                             where $3 and r.to_person = p.id and (
                                 exists (select from app.case_file o where o.child_id = r.from_person)
                                 or exists (select from app.judicial_adult o where o.person_id = r.from_person and o.case_id <> c.id)
                                 or exists (select from app.service_beneficiary o where o.person_id = r.from_person and o.case_id <> c.id)))
             and not exists (select from app.service_beneficiary b join app.service_beneficiary o
                             on o.service_id = b.service_id and o.case_id <> b.case_id where $3 and b.case_id = c.id)
           order by e.state desc, c.id limit 1"#,
        team.city.territory,
        now,
        alone
    )
    .fetch_optional(connection)
    .await
    .context("a file to move")?;
    Ok(row.map(|row| {
        let family = row.kind.map(|kind| Relative {
            kind,
            name_ar: row.kin_ar,
            name_la: row.kin_la,
        });
        let sheet = Sheet {
            number: row.number,
            name_ar: row.name_ar,
            name_la: row.name_la,
            sex: row.sex,
            birth: row.birth_earliest.zip(row.birth_latest),
            state: row.state,
            risk: row.risk,
            opened_on: local_date(row.opened_at),
            family: family.into_iter().collect(),
            why: WHY.to_owned(),
            salt: String::new(),
        };
        let file = File {
            id: row.id,
            child: row.child_id,
            by: team.supervisor,
            to: team.supervisor,
        };
        (file, sheet)
    }))
}

/// Freezes the sheet, as the page does.
async fn ask(
    connection: &mut PgConnection,
    (vault, ring): (&Vault, &Ring),
    (id, at): (Uuid, DateTime<Utc>),
    (from, to): (&Team, &Team),
    (file, mut sheet): (&File, Sheet),
) -> anyhow::Result<()> {
    sheet.salt = ring.salt(id).0;
    let text = serde_json::to_string(&sheet)?;
    let sha256: [u8; 32] = Sha256::digest(&text).into();
    let sealed = seal(
        connection,
        vault,
        (id, Field::TRANSFER_SHEET, HolderKind::Transfer, id),
        &text,
    )
    .await?;
    sqlx::query!(
        "insert into app.case_transfer (id, case_id, territory_id, case_number, from_territory, to_territory, sheet_enc, sheet_sha256,
                                        asked_by, asked_at)
         values ($1, $2, $3, $4, $3, $5, $6, $7, $8, $9)",
        id,
        file.id,
        from.city.territory,
        sheet.number,
        to.city.territory,
        sealed.as_bytes(),
        sha256.as_slice(),
        file.by,
        at
    )
    .execute(connection)
    .await
    .context("a transfer")?;
    Ok(())
}

async fn seal(
    connection: &mut PgConnection,
    vault: &Vault,
    (holder, field, kind, row): (Uuid, Field, HolderKind, Uuid),
    text: &str,
) -> anyhow::Result<SealedText> {
    let holder = Holder::new(kind, holder);
    let keys = keeper::data_keys(connection, vault, &[holder]).await?;
    Ok(keys
        .get(&holder)
        .context("no key")?
        .seal(field, row, text)?)
}

async fn answer(
    connection: &mut PgConnection,
    vault: &Vault,
    (id, at): (Uuid, DateTime<Utc>),
    state: &str,
    file: &File,
) -> anyhow::Result<()> {
    let words = if state == "refused" {
        let key = (
            id,
            Field::TRANSFER_ANSWER,
            Field::TRANSFER_ANSWER.holder(),
            id,
        );
        Some(seal(connection, vault, key, NOT_HERE).await?)
    } else {
        None
    };
    sqlx::query!(
        "update app.case_transfer set state = $2, answered_by = $3, answered_at = $4, answer_enc = $5 where id = $1",
        id,
        state,
        if state == "withdrawn" { file.by } else { file.to },
        at,
        words.as_ref().map(SealedText::as_bytes)
    )
    .execute(connection)
    .await
    .context("an answer to a transfer")?;
    Ok(())
}

/// What `app.accept_transfer` does, in the name of the receiving supervisor.
async fn go(
    connection: &mut PgConnection,
    at: DateTime<Utc>,
    (from, to): (&Team, &Team),
    file: &File,
) -> anyhow::Result<()> {
    let (away, here) = (from.city.territory, to.city.territory);
    let (lead, _) = to.workers.first().context("nobody to take it")?;
    sqlx::query!(
        "update app.case_file set territory_id = $2, changed_at = $3, changed_by = $4, version = version + 1 where id = $1",
        file.id,
        here,
        at,
        file.to
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "select app.move_people($1, $2, $3, $4)::text as moved",
        file.id,
        file.child,
        away,
        here
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "with served as (
             update app.service s set territory_id = $2 where s.territory_id = $3
               and exists (select from app.service_beneficiary b where b.service_id = s.id and b.case_id = $1)),
         papers as (
             update app.attachment a set territory_id = $2 where a.territory_id = $3
               and exists (select from app.case_attachment l where l.attachment_id = a.id and l.case_id = $1)),
         met as (
             update app.contact k set territory_id = $2 where k.territory_id = $3
               and exists (select from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
                           where s.contact_id = k.id and o.case_id = $1)
               and not exists (select from app.contact_child s left join app.contact_outcome o on o.contact_child_id = s.id
                               where s.contact_id = k.id and o.case_id is distinct from $1))
         update app.case_assignment set until = $4 where case_id = $1 and until is null",
        file.id,
        here,
        away,
        at
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since) values ($1, $2, $3, $4, 'lead', $5)",
        uuid_at(at),
        file.id,
        here,
        lead,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}
