//! What only some readers of a file may read: notes and an address of the care side on the latest open files of each
//! worker, and a note of the court on the latest that was received. And what there was no form for.

use super::{
    rows::{CaseFile, Rows},
    story::Team,
};
use crate::{
    clock::local_date,
    ids::uuid_at,
    vault::{Field, Holder, HolderKind, Key, Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Files with notes on each desk.
const FILES: usize = 3;

/// Kind, days after the file was opened, words. The first is on every file, the others on the latest alone.
pub(super) const CLINICAL: &[(&str, i64, &str)] = &[
    (
        "medical",
        1,
        "فحص عند طبيب القطاع: سوء تغذية خفيف، وموعد للتلقيح بعد أسبوعين.",
    ),
    (
        "psychological",
        3,
        "جلسة أولى مع الأخصائية النفسية: نوم متقطع وخوف من الغرباء، ويقبل الرسم واللعب.",
    ),
    (
        "violence_told",
        4,
        "Confié pendant un dessin : il dit être frappé quand il rentre sans argent. Paroles de l'enfant, fictives.",
    ),
];

/// Days after the file was opened, words.
const REMARKS: &[(i64, &str)] = &[
    (
        2,
        "اتصلت الجدة من مدينة أخرى: مستعدة لاستقبال الطفل، وتطلب مساعدة على مصاريف السفر. اسم ورقم مختلقان.",
    ),
    (
        4,
        "L'école du quartier garde une place jusqu'à la rentrée ; rappeler la directrice. Note fictive.",
    ),
];

const ADDRESS: &str = "عنوان مختلق: دار المثال، زنقة النموذج، رقم 0. لا يُعطى إلا لمن يتكفل بالطفل.";

const COURT: &str =
    "الاستماع إلى الأم بحضور المساعدة الاجتماعية قبل أي إجراء، وطلب بحث اجتماعي تكميلي.";

pub(super) type Keys = HashMap<Holder, Key>;

/// A text under the key of whom it belongs to.
pub(super) fn sealed(
    keys: &Keys,
    holder: Holder,
    field: Field,
    row: Uuid,
    text: &str,
) -> anyhow::Result<Vec<u8>> {
    let key = keys.get(&holder).context("no key")?;
    Ok(key.seal(field, row, text)?.as_bytes().to_vec())
}

/// Writes them.
pub(super) async fn write(
    connection: &mut PgConnection,
    vault: &Vault,
    now: DateTime<Utc>,
    teams: &[Team],
    rows: &Rows,
) -> anyhow::Result<()> {
    let leads: HashMap<Uuid, Uuid> = rows
        .assignments
        .iter()
        .filter(|row| row.kind == "lead")
        .map(|row| (row.case_id, row.user_id))
        .collect();
    let open: HashSet<Uuid> = rows
        .episodes
        .iter()
        .filter(|row| row.state != "closed")
        .map(|row| row.case_id)
        .collect();
    for team in teams {
        let settled = |file: &&CaseFile| {
            !file.protected
                && open.contains(&file.id)
                && file.territory_id == team.city.territory
                && file.opened_at < now - TimeDelta::days(5)
        };
        let mut files: Vec<&CaseFile> = rows.cases.iter().filter(settled).collect();
        files.sort_by_key(|file| std::cmp::Reverse(file.opened_at));
        let mut of_lead: HashMap<Uuid, usize> = HashMap::new();
        for file in files {
            let lead = *leads.get(&file.id).unwrap_or(&team.supervisor);
            let before = of_lead.entry(lead).or_default();
            let nth = *before;
            *before += 1;
            if nth >= FILES {
                continue;
            }
            let keys =
                keeper::data_keys(connection, vault, &[Holder::new(HolderKind::Case, file.id)])
                    .await?;
            let notes = if nth == 0 { CLINICAL.len() } else { 1 };
            for note in CLINICAL.iter().take(notes) {
                clinical(connection, &keys, file, lead, note).await?;
            }
            for remark in REMARKS {
                note(connection, &keys, file, lead, remark).await?;
            }
            if nth == 0 {
                address(connection, &keys, file, lead).await?;
            }
        }
        court(connection, vault, (team, now), rows).await?;
    }
    Ok(())
}

/// A note of the care side.
pub(super) async fn clinical(
    connection: &mut PgConnection,
    keys: &Keys,
    file: &CaseFile,
    author: Uuid,
    (kind, days, words): &(&str, i64, &str),
) -> anyhow::Result<()> {
    let at = file.opened_at + TimeDelta::days(*days);
    let note = uuid_at(at);
    let of_file = Holder::new(HolderKind::Case, file.id);
    sqlx::query!(
        "insert into app.clinical_note (id, case_id, territory_id, kind, observed_on, text_enc, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        note,
        file.id,
        file.territory_id,
        kind,
        local_date(at),
        sealed(keys, of_file, Field::CLINICAL_TEXT, note, words)?,
        author,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A note on the file.
async fn note(
    connection: &mut PgConnection,
    keys: &Keys,
    file: &CaseFile,
    author: Uuid,
    (days, words): &(i64, &str),
) -> anyhow::Result<()> {
    let at = file.opened_at + TimeDelta::days(*days);
    let id = uuid_at(at);
    let of_file = Holder::new(HolderKind::Case, file.id);
    sqlx::query!(
        "insert into app.case_note (id, case_id, territory_id, text_enc, author, at) values ($1, $2, $3, $4, $5, $6)",
        id,
        file.id,
        file.territory_id,
        sealed(keys, of_file, Field::CASE_NOTE, id, words)?,
        author,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Where the child is kept safe.
async fn address(
    connection: &mut PgConnection,
    keys: &Keys,
    file: &CaseFile,
    author: Uuid,
) -> anyhow::Result<()> {
    let at = file.opened_at + TimeDelta::days(2);
    let id = uuid_at(at);
    let of_file = Holder::new(HolderKind::Case, file.id);
    sqlx::query!(
        "insert into app.safe_address (id, case_id, territory_id, text_enc, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6)",
        id,
        file.id,
        file.territory_id,
        sealed(keys, of_file, Field::SAFE_ADDRESS, id, ADDRESS)?,
        author,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A note of the court on the latest file that it received.
async fn court(
    connection: &mut PgConnection,
    vault: &Vault,
    (team, now): (&Team, DateTime<Utc>),
    rows: &Rows,
) -> anyhow::Result<()> {
    let received = rows
        .files
        .iter()
        .filter(|file| file.court_id == team.city.court)
        .filter_map(|file| Some((file.received_at?, file)));
    let Some((received_at, file)) = received.max_by_key(|(at, _)| *at) else {
        return Ok(());
    };
    let at = (received_at + TimeDelta::minutes(40)).min(now);
    let (id, of_file) = (uuid_at(at), Holder::new(HolderKind::JudicialFile, file.id));
    let keys = keeper::data_keys(connection, vault, &[of_file]).await?;
    sqlx::query!(
        "insert into app.court_note (id, file_id, case_id, territory_id, court_id, text_enc, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        file.id,
        file.case_id,
        file.territory_id,
        file.court_id,
        sealed(&keys, of_file, Field::COURT_NOTE, id, COURT)?,
        team.prosecutor,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}
