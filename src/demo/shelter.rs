//! Institutions of the demonstration, invented as everything in it: some full, some with old figures, and
//! children in every state that a place can have.

use super::story::Team;
use crate::{
    authz::TerritoryId,
    clock::local_date,
    ids::uuid_at,
    people::Birth,
    prosecution::{
        seal::{SCHEMA_VERSION, Sealed},
        snapshot::{Coded, FrozenAge},
    },
    reference::{Catalogue, List},
    shelter::sheet::Sheet,
    vault::{Field, Holder, HolderKind, Ring, Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

const NEEDS: &str = "ملابس ووجبة ساخنة، وغرفة قرب المؤطرة في الليلة الأولى.";
const HEALTH: &str = "حساسية من البنسلين حسب الأم.";
const BRINGS: &str = "المساعد الاجتماعي للخلية، حوالي الثامنة مساء";

/// Names of houses that exist nowhere.
const HOUSES: [(&str, &str); 7] = [
    ("دار الياسمين", "Dar Yassamine"),
    ("دار الزيتون", "Dar Zitoun"),
    ("دار النورس", "Dar Nawras"),
    ("دار الأرز", "Dar Arz"),
    ("دار اللوز", "Dar Louz"),
    ("دار النخيل", "Dar Nakhil"),
    ("دار الموج", "Dar Mawj"),
];

/// What becomes of a request: its moves, and the hours since it was made.
type Story = (&'static [&'static str], i64);
/// In every city a place is held.
const FIRST: Story = (&["held"], 3);
/// What became of the other requests. Each city begins with another one, so that three children of each city are enough
/// for all of it to be there.
const OTHERS: &[Story] = &[
    (&[], 5),
    (&["held", "admitted"], 90),
    (&["held", "admitted", "left"], 200),
    (&["held", "admitted", "ran_away"], 60),
    (&["held", "admitted", "discharged"], 400),
    (&["held", "refused"], 30),
    (&["held", "expired"], 48),
    (&["held", "cancelled"], 20),
];

/// The places of a group: audience, ages, capacity, closed, taken by others, days since the last word.
type Places = (&'static str, i16, i16, i16, i16, i16, i64);
const SHELTER: &[Places] = &[
    ("girls", 3, 17, 20, 2, 9, 1),
    ("boys", 3, 17, 20, 0, 11, 1),
    ("mother_child", 0, 12, 8, 0, 5, 2),
];
const HOUSE: &[Places] = &[
    ("mixed", 0, 11, 24, 0, 24, 3),
    ("boys", 12, 17, 16, 4, 9, 12),
];

/// A house without an account that takes a child of its city: the cell tells what comes of it.
const TELLS: &str = "agadir";
const TOLD: &[Places] = &[("girls", 0, 17, 12, 0, 6, 3), ("boys", 0, 17, 12, 0, 7, 12)];
const BY_CELL: Story = (&["held", "admitted"], 120);

/// What is asked of an institution.
struct Asks<'a> {
    institution: Uuid,
    /// One for each child.
    stories: &'a [Story],
    /// Who tells the moves that an institution tells.
    teller: Uuid,
    /// Files of which no place is asked.
    kept: &'a [Uuid],
}

struct Stage<'a> {
    team: &'a Team,
    now: DateTime<Utc>,
    words: &'a Catalogue,
    ring: &'a Ring,
}

/// Writes them all.
pub(super) async fn write(
    connection: &mut PgConnection,
    vault: &Vault,
    (teams, now, kept): (&[Team], DateTime<Utc>, &[Uuid]),
    (words, ring): (&Catalogue, &Ring),
) -> anyhow::Result<()> {
    for ((nth, team), house) in teams.iter().enumerate().zip(HOUSES) {
        let stage = Stage {
            team,
            now,
            words,
            ring,
        };
        let shelter = format!("shelter_{}", team.city.slug);
        let shelter =
            institution(connection, &stage, &shelter, "emergency_shelter", SHELTER).await?;
        let code = format!("demo_house_{}", team.city.slug);
        name(connection, &code, team.city.territory, house).await?;
        let tells = team.city.slug == TELLS;
        let places = if tells { TOLD } else { HOUSE };
        let house = institution(connection, &stage, &code, "eps_abandoned", places).await?;
        let mut kept = kept.to_vec();
        if tells {
            let asks = Asks {
                institution: house,
                stories: &[BY_CELL],
                teller: team.supervisor,
                kept: &kept,
            };
            let placed = children(connection, vault, &stage, &asks).await?;
            kept.extend(placed);
        }
        let others = OTHERS.iter().cycle().skip(nth).take(OTHERS.len());
        let stories: Vec<Story> = std::iter::once(&FIRST).chain(others).copied().collect();
        let asks = Asks {
            institution: shelter,
            stories: &stories,
            teller: desk(connection, team).await?,
            kept: &kept,
        };
        children(connection, vault, &stage, &asks).await?;
    }
    rhythm(connection, teams, now).await
}

/// Two cities visit more often than the target of all.
async fn rhythm(
    connection: &mut PgConnection,
    teams: &[Team],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    for (team, days) in teams.iter().zip([10_i16, 12]) {
        sqlx::query!(
            "insert into app.visit_rhythm (territory_id, risk, days, set_by, set_at) values ($1, 'medium', $2, $3, $4)",
            team.city.territory,
            days,
            team.supervisor,
            now - TimeDelta::days(60)
        )
        .execute(&mut *connection)
        .await
        .context("rhythm")?;
    }
    Ok(())
}

/// Who signs in for the emergency shelter of a city.
async fn desk(connection: &mut PgConnection, team: &Team) -> anyhow::Result<Uuid> {
    sqlx::query_scalar!(
        "select id from sec.app_user where username = $1",
        format!("institution.{}", team.city.slug)
    )
    .fetch_one(connection)
    .await
    .context("institution")
}

async fn name(
    connection: &mut PgConnection,
    code: &str,
    territory: i16,
    (ar, la): (&str, &str),
) -> anyhow::Result<()> {
    sqlx::query!(
        "with house as (insert into ref.organisation (code, type, territory_id) values ($1, 'eps', $2) returning code)
         insert into ref.organisation_name (organisation_code, lang, name, valid)
         select code, lang, name, daterange(null, null) from house,
             (values ('ar', $3 || ' (اسم مختلق)'), ('fr', $4 || ' (nom fictif)'), ('en', $4 || ' (invented name)')) as n (lang, name)",
        code,
        territory,
        ar,
        la
    )
    .execute(connection)
    .await
    .context("names of institutions")?;
    Ok(())
}

async fn institution(
    connection: &mut PgConnection,
    stage: &Stage<'_>,
    code: &str,
    kind: &str,
    places: &[Places],
) -> anyhow::Result<Uuid> {
    let id = uuid_at(stage.now);
    sqlx::query!(
        "insert into app.institution (id, organisation_code, territory_id, kind, licence, licensed_until, standards, standards_unmet,
                                      checked_on, closed_on, phone, address)
         values ($1, $2, $3, $4, 'EPS-' || $3::smallint || '/2024', current_date + 90 * ($3::smallint - 2), $5, $6,
                 current_date - 40 * $3::smallint - 9, case when $7::boolean then current_date - 25 end,
                 '+2125000000' || lpad($3::smallint::text, 2, '0'), 'زنقة السنونو، رقم 7 (عنوان مختلق)')",
        id,
        code,
        stage.team.city.territory,
        kind,
        &["safety", "hygiene", "staff", "separation"].map(str::to_owned),
        &["accessibility"].map(str::to_owned),
        // one house takes nobody any more
        kind == "eps_abandoned" && stage.team.city.slug == "temara"
    )
    .execute(&mut *connection)
    .await
    .context("institutions")?;
    for (audience, from, to, capacity, closed, others, days) in places {
        sqlx::query!(
            "insert into app.bed_group (id, institution_id, territory_id, audience, age_min, age_max, capacity, closed, others,
                                        reason, confirmed_at, confirmed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $8::smallint > 0 then 'works' else 'count' end, $10, $11)",
            uuid_at(stage.now),
            id,
            stage.team.city.territory,
            audience,
            from,
            to,
            capacity,
            closed,
            others,
            stage.now - TimeDelta::days(*days),
            stage.team.supervisor
        )
        .execute(&mut *connection)
        .await
        .context("places")?;
    }
    Ok(id)
}

/// A child of an open file, for each story, in places that are for it; which files.
async fn children(
    connection: &mut PgConnection,
    vault: &Vault,
    stage: &Stage<'_>,
    asks: &Asks<'_>,
) -> anyhow::Result<Vec<Uuid>> {
    let files = sqlx::query!(
        r#"select c.id, c.number, e.id as episode, p.sex, p.birth_earliest, p.birth_latest, p.birth_basis,
                  n.given_ar as "given_ar?", n.given_la as "given_la?", a.user_id as lead, g.id as places
           from app.case_file c
           join app.case_episode e on e.case_id = c.id and e.state not in ('closure_requested', 'closed') and e.opened_at < $3::timestamptz - interval '20 days'
           join app.person p on p.id = c.child_id
           join app.case_assignment a on a.case_id = c.id and a.kind = 'lead' and a.until is null
           join app.bed_group g on g.institution_id = $2 and g.audience = case p.sex when 'F' then 'girls' else 'boys' end
               and p.birth_latest <= current_date - make_interval(years => g.age_min + 1)
           left join app.person_name n on n.person_id = p.id and n.kind = 'civil'
           where c.territory_id = $1 and not c.protected and c.void is null and p.sex in ('F', 'M') and c.id <> all ($4)
           order by c.protected_measure_on is not null, c.id limit 9"#,
        stage.team.city.territory,
        asks.institution,
        stage.now,
        asks.kept
    )
    .fetch_all(&mut *connection)
    .await
    .context("files")?;
    let mut placed = Vec::new();
    for (file, (moves, hours)) in files.into_iter().zip(asks.stories) {
        placed.push(file.id);
        let began = stage.now - TimeDelta::hours(*hours);
        let on = local_date(began);
        let birth = Birth::known(file.birth_earliest, file.birth_latest, file.birth_basis);
        let sheet = Sheet {
            schema_version: SCHEMA_VERSION,
            composed_on: on,
            case_number: file.number,
            given_ar: file.given_ar.unwrap_or_default(),
            given_la: file.given_la.unwrap_or_default(),
            sex: Coded::of(stage.words, List::Sex, &file.sex),
            age: birth.map(|birth| {
                let age = birth.age_on(on);
                FrozenAge {
                    min_months: age.min_months,
                    max_months: age.max_months,
                    basis: Coded::of(stage.words, List::BirthBasis, &birth.basis),
                }
            }),
            origin: Coded::territory(stage.words, TerritoryId(stage.team.city.territory)),
            needs: NEEDS.to_owned(),
            health: HEALTH.to_owned(),
            brought_by: BRINGS.to_owned(),
        };
        let id = uuid_at(began);
        let sealed = Sealed::salted(&sheet, &stage.ring.salt(id))?;
        let holder = Holder::new(HolderKind::Disclosure, id);
        let keys = keeper::data_keys(&mut *connection, vault, &[holder]).await?;
        let key = keys.get(&holder).context("no key")?;
        let text = key.seal(Field::DISCLOSURE_SNAPSHOT, id, &sealed.text)?;
        sqlx::query!(
            "with sheet as (
                 insert into app.disclosure (id, kind, case_id, territory_id, to_institution, legal_basis, schema_version,
                                             snapshot_enc, sha256, composed_by, composed_at, sent_by, sent_at)
                 values ($1, 'placement', $2, $3, $4, 'urgent_protection', $5, $6, $7, $8, $9, $8, $9) returning id)
             insert into app.bed_hold (id, case_id, territory_id, episode_id, seq, group_id, institution_id, disclosure_id,
                                       state_since, moved_by, until, responsible_org, requested_by, requested_at, payload_mac)
             select $1, $2, $3, $10, 1, $11, $4, sheet.id, $9, $8, $9::timestamptz + interval '24 hours',
                    case when $12::boolean then 'en_cell_' || $13::text end, $8, $9, sha256('demo') from sheet",
            id,
            file.id,
            stage.team.city.territory,
            asks.institution,
            SCHEMA_VERSION,
            text.as_bytes(),
            sealed.sha256.as_slice(),
            file.lead,
            began,
            file.episode,
            file.places,
            moves.len() < 3,
            stage.team.city.slug
        )
        .execute(&mut *connection)
        .await
        .context("requests")?;
        live(connection, (stage, asks), (id, began), moves).await?;
    }
    Ok(placed)
}

/// What becomes of a request, from its beginning to now.
async fn live(
    connection: &mut PgConnection,
    (stage, asks): (&Stage<'_>, &Asks<'_>),
    (id, began): (Uuid, DateTime<Utc>),
    moves: &[&str],
) -> anyhow::Result<()> {
    for (nth, state) in moves.iter().enumerate() {
        let span = (stage.now - began) / i32::try_from(moves.len() + 1)?;
        let at = match nth {
            0 => began,
            nth => began + span * i32::try_from(nth)?,
        };
        sqlx::query!(
            "update app.bed_hold h
             set state = $2, state_since = $3, version = h.version + 1,
                 moved_by = case $2 when 'expired' then null when 'held' then h.requested_by else $4 end,
                 refusal = case $2 when 'refused' then 'no_place' end,
                 admitted_on = case $2 when 'admitted' then $5::date else h.admitted_on end,
                 moved_on = case when h.admitted_on is not null then $5::date end,
                 ended_on = case $2 when 'discharged' then $5::date end,
                 destination = case $2 when 'discharged' then 'extended_family' end
             where h.id = $1",
            id,
            *state,
            at,
            if *state == "cancelled" {
                stage.team.supervisor
            } else {
                asks.teller
            },
            local_date(at)
        )
        .execute(&mut *connection)
        .await
        .with_context(|| format!("to {state}"))?;
    }
    Ok(())
}
