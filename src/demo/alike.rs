//! One child in two files: in each city the child of a young file is called as that of an older one, open or closed, in Latin letters
//! only, and has the same scar. The keys of all names are made, the night's sweep finds the two, and in every second city
//! the supervisor could not say yet. And one mother with two records: the younger one is called as the older, in Latin letters
//! only, and born when she is; in each city the two wait.

use super::story::Team;
use crate::{duplicates, ids::uuid_at, people};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Writes it, when all names are told.
pub(super) async fn write(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    teams: &[Team],
) -> anyhow::Result<()> {
    let mut pairs = Vec::new();
    for team in teams {
        let pair = met_twice(connection, team, now)
            .await
            .context("one child twice")?;
        pairs.push((team, pair));
        recorded_twice(connection, team)
            .await
            .context("one mother twice")?;
    }
    people::key_names_within(&mut *connection)
        .await
        .context("keys of names")?;
    // it ran last night
    duplicates::sweep_within(&mut *connection, now - TimeDelta::hours(6))
        .await
        .context("sweep")?;
    for (team, pair) in pairs.into_iter().skip(1).step_by(2) {
        if let Some((later, earlier)) = pair {
            unsure(
                connection,
                team,
                (later, earlier),
                now - TimeDelta::hours(2),
            )
            .await
            .context("not sure")?;
        }
    }
    Ok(())
}

/// The later child takes the name of the earlier one; which two, if there are such.
async fn met_twice(
    connection: &mut PgConnection,
    team: &Team,
    now: DateTime<Utc>,
) -> Result<Option<(Uuid, Uuid)>, sqlx::Error> {
    let pair = sqlx::query!(
        r#"with file as (
               select c.id, c.child_id, c.opened_at, p.sex, p.birth_earliest, p.birth_latest, e.state,
                      exists (select from app.judicial_child j where j.child_case_id = c.id)
                      or exists (select from app.judicial_file j where j.case_id = c.id) as is_judged
               from app.case_file c
               join app.person p on p.id = c.child_id and not p.near_protected
               join lateral (select x.state from app.case_episode x where x.case_id = c.id order by x.seq desc limit 1) e on true
               where c.territory_id = $1 and not c.protected and c.void is null
                 and not exists (select from app.identity_link l where l.person_id = c.child_id and l.verdict <> 'same')
                 and not exists (select from app.identity_link l join app.identity_link o on o.identity_id = l.identity_id
                                 where l.person_id = c.child_id and o.person_id <> c.child_id)
           )
           select later.child_id as "later!", earlier.child_id as "earlier!"
           from file later
           join file earlier on earlier.opened_at < later.opened_at and earlier.sex = later.sex
                and earlier.birth_earliest <= later.birth_latest + 180 and earlier.birth_latest >= later.birth_earliest - 180
           join app.person_name n on n.person_id = earlier.child_id and n.kind = 'civil' and n.names_enc is null
                and n.given_la is not null and n.family_la is not null
           -- what a court reads of a child keeps its name
           where later.state <> 'closed' and not later.is_judged
             and exists (select from app.person_name m where m.person_id = later.child_id and m.names_enc is null)
             and not exists (select from app.relationship a join app.relationship b on b.from_person = a.from_person
                             where a.to_person = later.child_id and b.to_person = earlier.child_id)
             and not exists (select from app.relationship a
                             where (a.from_person, a.to_person) in ((later.child_id, earlier.child_id),
                                                                    (earlier.child_id, later.child_id)))
           -- best two whom nothing but the search tells apart: little is known of the later one
           order by later.state in ('identified', 'urgent_action', 'registered') desc,
                    exists (select from app.relationship r where r.to_person = later.child_id),
                    later.opened_at desc, earlier.opened_at desc, later.id, earlier.id limit 1"#,
        team.city.territory
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(pair) = pair else { return Ok(None) };
    renamed(connection, pair.later, pair.earlier).await?;
    for (child, hours) in [(pair.earlier, 60), (pair.later, 30)] {
        let at = now - TimeDelta::hours(hours);
        sqlx::query!(
            "insert into app.distinguishing_sign (id, person_id, territory_id, sign, part, recorded_by, recorded_at)
             values ($1, $2, $3, 'scar', 'left_hand', $4, $5)",
            uuid_at(at),
            child,
            team.city.territory,
            team.supervisor,
            at
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(Some((pair.later, pair.earlier)))
}

/// A mother takes name and birth of another, who was recorded before her.
async fn recorded_twice(connection: &mut PgConnection, team: &Team) -> Result<(), sqlx::Error> {
    let pair = sqlx::query!(
        r#"with woman as (
               select p.id, p.created_at, p.birth_earliest,
                      exists (select from app.judicial_adult j where j.person_id = p.id) as is_judged
               from app.person p
               where p.territory_id = $1 and p.sex = 'F' and not p.near_protected and app.is_mother_in($1, p.id)
                 and exists (select from app.tied_children($1, p.id))
                 and not exists (select from app.case_file c where c.child_id = p.id)
                 and not exists (select from app.identity_link l join app.identity_link o on o.identity_id = l.identity_id
                                 where l.person_id = p.id and o.person_id <> p.id)
           )
           select later.id as "later!", earlier.id as "earlier!"
           from woman later
           join woman earlier on (earlier.created_at, earlier.id) < (later.created_at, later.id) and earlier.birth_earliest is not null
           join app.person_name n on n.person_id = earlier.id and n.kind = 'civil' and n.names_enc is null
                and n.given_la is not null and n.family_la is not null
           -- what a court reads of her keeps its name
           where not later.is_judged
             and exists (select from app.person_name m where m.person_id = later.id and m.names_enc is null)
             and not exists (select from app.relationship a join app.relationship b on b.to_person = a.to_person
                             where a.from_person = later.id and b.from_person = earlier.id)
           order by later.created_at desc, earlier.created_at desc, later.id, earlier.id limit 1"#,
        team.city.territory
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(pair) = pair else { return Ok(()) };
    sqlx::query!(
        "update app.person p set birth_earliest = known.birth_earliest, birth_latest = known.birth_latest,
                                 birth_basis = known.birth_basis
         from app.person known where known.id = $2 and p.id = $1",
        pair.later,
        pair.earlier
    )
    .execute(&mut *connection)
    .await?;
    renamed(connection, pair.later, pair.earlier).await
}

/// Somebody is called as another is, in Latin letters only.
async fn renamed(
    connection: &mut PgConnection,
    later: Uuid,
    earlier: Uuid,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update app.person_name n
         set given_ar = null, family_ar = null, given_la = known.given_la, family_la = known.family_la
         from app.person_name known
         where known.person_id = $2 and known.kind = 'civil' and n.person_id = $1 and n.names_enc is null
           and n.kind = (select k.kind from app.person_name k where k.person_id = $1 and k.names_enc is null
                         order by k.kind = 'civil' desc, k.kind limit 1)",
        later,
        earlier
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// As the queue writes it: the pair leaves it by the link.
async fn unsure(
    connection: &mut PgConnection,
    team: &Team,
    (later, earlier): (Uuid, Uuid),
    at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, at)
         select $1, l.territory_id, $2, l.identity_id, 'unsure', $4, $5
         from app.identity_link l where l.person_id = $3 and l.verdict = 'same' and l.live",
        uuid_at(at),
        later,
        earlier,
        team.supervisor,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}
