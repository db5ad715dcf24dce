//! Cities that ask each other whether they know a child: a question in each state, each city asking the next one. Where it
//! was the same child both records are under one identity; where that was ended, again under their own. And where two
//! files of one city are joined, the values of one of them are shown.

use super::story::Team;
use crate::{
    identity::{Card, State},
    ids::uuid_at,
    vault::{Field, Holder, HolderKind, SealedText, Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

const WHY: &str =
    "الاسم العائلي نفسه والسن متقاربة، وقال الطفل إنه كان عند خالته في مدينتكم خلال الصيف.";
const YES: &str = "عرفته المساعدة الاجتماعية من الندبة ومن اسم الخالة.";
const NO: &str = "الطفل المسجل عندنا مع أمه منذ سنة ولم يغادر المدينة.";
const END: &str = "حضرت الأم بعقد الازدياد: هما ابنا عم يحملان الاسم نفسه.";

/// Where the question of the first, second… city stands.
const STATES: &[State] = &[
    State::Requested,
    State::Accepted,
    State::Refused,
    State::Unsure,
    State::Withdrawn,
    State::Ended,
    State::Requested,
];

/// A child with a file.
struct Child {
    person: Uuid,
    case: Uuid,
    card: Card,
}

/// Writes them, before names have their keys.
pub(super) async fn write(
    connection: &mut PgConnection,
    vault: &Vault,
    now: DateTime<Utc>,
    teams: &[Team],
) -> anyhow::Result<()> {
    let next = teams.iter().cycle().skip(1);
    for ((from, to), state) in teams.iter().zip(next).zip(STATES) {
        let own = child(connection, from, None).await?;
        let Some(own) = own else { continue };
        let theirs = child(connection, to, Some(&own.card.sex)).await?;
        let Some(theirs) = theirs else { continue };
        tell(connection, vault, now, (from, to), (&own, &theirs), *state)
            .await
            .with_context(|| format!("a question that is {}", state.code()))?;
    }
    shown(connection).await.context("values that are shown")
}

/// A child of an ordinary file of that city, whom no question is about yet and no record joined with.
async fn child(
    connection: &mut PgConnection,
    team: &Team,
    sex: Option<&str>,
) -> anyhow::Result<Option<Child>> {
    let row = sqlx::query!(
        r#"select c.id, c.number, c.child_id, p.sex, p.birth_earliest, p.birth_latest, p.nationality,
                  coalesce(concat_ws(' ', n.given_ar, n.family_ar), '') as "name_ar!",
                  coalesce(concat_ws(' ', n.given_la, n.family_la), '') as "name_la!",
                  coalesce(concat_ws(' ', m.given_ar, m.family_ar), '') as "mother_ar!",
                  coalesce(concat_ws(' ', m.given_la, m.family_la), '') as "mother_la!",
                  (select k.place_code from app.contact_outcome o join app.contact_child s on s.id = o.contact_child_id
                   join app.contact k on k.id = s.contact_id
                   where o.case_id = c.id order by k.observed_at desc limit 1) as place
           from app.case_file c
           join app.person p on p.id = c.child_id and not p.near_protected and p.territory_id = c.territory_id
           join app.person_name n on n.person_id = p.id and n.kind = 'civil' and n.names_enc is null
           left join lateral (select x.* from app.relationship r join app.person_name x on x.person_id = r.from_person
                              where r.to_person = p.id and r.kind = 'mother' order by x.kind = 'civil' desc limit 1) m on true
           where c.territory_id = $1 and not c.protected and c.void is null and ($2::text is null or p.sex = $2)
             and exists (select from app.case_episode e where e.case_id = c.id and e.state <> 'closed')
             and not exists (select from app.identity_request q where q.case_id = c.id)
             and not exists (select from app.identity_target t where t.person_id = p.id)
             and not exists (select from app.identity_link l where l.person_id = p.id and (l.verdict <> 'same' or not l.live))
           order by c.opened_at desc, c.id limit 1"#,
        team.city.territory,
        sex
    )
    .fetch_optional(connection)
    .await
    .context("a child to ask about")?;
    Ok(row.map(|row| Child {
        person: row.child_id,
        case: row.id,
        card: Card {
            number: row.number,
            name_ar: row.name_ar,
            name_la: row.name_la,
            street_name: String::new(),
            sex: row.sex,
            birth: row.birth_earliest.zip(row.birth_latest),
            nationality: row.nationality,
            mother_ar: row.mother_ar,
            mother_la: row.mother_la,
            place: row.place,
            why: WHY.to_owned(),
        },
    }))
}

async fn tell(
    connection: &mut PgConnection,
    vault: &Vault,
    now: DateTime<Utc>,
    (from, to): (&Team, &Team),
    (own, theirs): (&Child, &Child),
    state: State,
) -> anyhow::Result<()> {
    let asked = now - TimeDelta::days(if state == State::Requested { 1 } else { 6 });
    let (answered, ended) = (asked + TimeDelta::days(2), asked + TimeDelta::days(4));
    let id = uuid_at(asked);
    let text = serde_json::to_string(&own.card)?;
    let sheet = seal(connection, vault, (id, Field::IDENTITY_SHEET), &text).await?;
    sqlx::query!(
        "with looked as (
             insert into app.identity_look (id, case_id, territory_id, by_user, at, cities)
             values ($7, $2, $3, $6, $8, array[$5::smallint]))
         insert into app.identity_request (id, case_id, territory_id, case_number, from_territory, to_territory, sheet_enc,
                                           asked_by, asked_at)
         values ($1, $2, $3, $4, $3, $5, $9, $6, $8)",
        id,
        own.case,
        from.city.territory,
        own.card.number,
        to.city.territory,
        from.supervisor,
        uuid_at(asked),
        asked,
        sheet.as_bytes()
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into app.identity_target (request_id, person_id, territory_id, chosen) values ($1, $2, $3, $4)",
        id,
        theirs.person,
        to.city.territory,
        matches!(state, State::Accepted | State::Ended)
    )
    .execute(&mut *connection)
    .await?;
    let (by, words) = match state {
        State::Requested => return Ok(()),
        State::Withdrawn => (from.supervisor, None),
        State::Accepted | State::Ended => (to.supervisor, Some(YES)),
        State::Refused | State::Unsure => (to.supervisor, Some(NO)),
    };
    let words = match words {
        Some(words) => Some(seal(connection, vault, (id, Field::IDENTITY_ANSWER), words).await?),
        None => None,
    };
    let end = match state {
        State::Ended => Some(seal(connection, vault, (id, Field::IDENTITY_END), END).await?),
        _ => None,
    };
    let ended_at = end.is_some().then_some(ended);
    sqlx::query!(
        "update app.identity_request
         set state = $2, answered_by = $3, answered_at = $4, answer_enc = $5, ended_by = $6, ended_at = $7, end_enc = $8
         where id = $1",
        id,
        state.code(),
        by,
        answered,
        words.as_ref().map(SealedText::as_bytes),
        end.is_some().then_some(from.supervisor),
        ended_at,
        end.as_ref().map(SealedText::as_bytes)
    )
    .execute(&mut *connection)
    .await?;
    if matches!(state, State::Accepted | State::Ended) {
        join(connection, id, (to, answered), (own, theirs)).await?;
    }
    if let Some(at) = ended_at {
        part(connection, id, (from, at), own).await?;
    }
    Ok(())
}

/// As `app.answer_identity` does it.
async fn join(
    connection: &mut PgConnection,
    request: Uuid,
    (by, at): (&Team, DateTime<Utc>),
    (own, theirs): (&Child, &Child),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into app.identity_act (id, territory_id, person_id, kind, request_id, by_user, at)
         values ($1, $2, $3, 'joined', $1, $4, $5)",
        request,
        by.city.territory,
        theirs.person,
        by.supervisor,
        at
    )
    .execute(&mut *connection)
    .await?;
    let before = sqlx::query_scalar!(
        "update app.identity_link set live = false where person_id = $1 and verdict = 'same' and live returning id",
        own.person
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, at, supersedes_id, act_id)
         select $1, p.territory_id, p.id, l.identity_id, 'same', $4, $5, $6, $7
         from app.person p join app.identity_link l on l.person_id = $3 and l.verdict = 'same' and l.live
         where p.id = $2",
        uuid_at(at),
        own.person,
        theirs.person,
        by.supervisor,
        at,
        before,
        request
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// As `app.part_records` does it.
async fn part(
    connection: &mut PgConnection,
    request: Uuid,
    (by, at): (&Team, DateTime<Utc>),
    own: &Child,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into app.identity_act (id, territory_id, person_id, kind, undoes, verdict, request_id, by_user, at)
         values ($1, $2, $3, 'parted', $4, 'not_same', $4, $5, $6)",
        uuid_at(at),
        by.city.territory,
        own.person,
        request,
        by.supervisor,
        at
    )
    .execute(&mut *connection)
    .await?;
    let joined = sqlx::query_scalar!(
        "update app.identity_link set live = false where act_id = $1 and live returning id",
        request
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, at, supersedes_id, restores_id)
         select $1, b.territory_id, b.person_id, b.identity_id, 'same', $3, $4, l.id, b.id
         from app.identity_link l join app.identity_link b on b.id = l.supersedes_id where l.id = $2",
        uuid_at(at),
        joined,
        by.supervisor,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Of two files of a city that are joined, the values of the older one are shown.
async fn shown(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into app.identity_preference (id, territory_id, identity_id, field, person_id, by_user, at)
         select gen_random_uuid(), a.territory_id, l.identity_id, f.field, a.beside, a.by_user, a.at
         from app.identity_act a
         join app.identity_link l on l.person_id = a.beside and l.verdict = 'same' and l.live
         cross join unnest(array['names', 'birth', 'sex', 'nationality', 'civil_status']) f (field)
         where a.kind = 'joined' and a.request_id is null"
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn seal(
    connection: &mut PgConnection,
    vault: &Vault,
    (id, field): (Uuid, Field),
    text: &str,
) -> anyhow::Result<SealedText> {
    let holder = Holder::new(HolderKind::IdentityRequest, id);
    let keys = keeper::data_keys(connection, vault, &[holder]).await?;
    Ok(keys.get(&holder).context("no key")?.seal(field, id, text)?)
}
