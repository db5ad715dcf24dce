//! Questions about services, and their recording. One function a question.

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{CaseId, PersonId, ServiceId},
    mothers::{self, Effect},
    people::{self, Birth, Names},
    services::domain::{NewService, Person, When, Whom},
    vault::{Field, Holder, SealedText},
};
use chrono::{DateTime, Utc};

/// The child of a file, then brothers and sisters (children of the same mother or father), as far as their
/// files are open and the reader may write in them.
pub async fn children_for(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Whom, AppError> {
    let rows = sqlx::query!(
        r#"with subject as (
               select c.child_id from app.case_file c where c.id = $1 and c.territory_id = $2 and c.void is null
           ), family as (
               select child_id from subject
               union
               select other.to_person
               from subject s
               join app.relationship own on own.to_person = s.child_id and own.territory_id = $2 and own.claim <> 'refuted'
               join app.relationship other on other.from_person = own.from_person and other.territory_id = $2
                   and other.claim <> 'refuted'
               where own.kind in ('mother', 'mother_unverified', 'father')
                 and other.kind in ('mother', 'mother_unverified', 'father')
           )
           select p.id as "id: PersonId", c.id as "case: CaseId", c.number, p.sex, c.protected or p.protected as "is_protected!", p.birth_earliest, p.birth_latest, p.birth_basis,
                  (c.territory_id = any ((select app.supervised_territories())::smallint[])
                   or app.is_mine(c.id)) as "is_mine!",
                  exists (select from app.case_episode e
                          where e.case_id = c.id and e.territory_id = $2 and e.state <> 'closed') as "is_open!",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?"
           from family f
           join app.case_file c on c.child_id = f.child_id and c.territory_id = $2 and c.void is null
           join app.person p on p.id = f.child_id and p.territory_id = $2
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = p.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           order by c.id <> $1, p.birth_latest nulls last, p.id"#,
        case.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    match rows.first() {
        None => return Err(AppError::NotFound),
        Some(subject) if !subject.is_mine => return Err(AppError::Forbidden),
        Some(subject) if !subject.is_open => {
            return Err(AppError::Conflict(Msg::new("service-case-closed")));
        }
        Some(_) => {}
    }
    let people = rows
        .into_iter()
        .filter(|row| row.is_mine && row.is_open)
        .map(|row| Person {
            id: row.id,
            case: row.case,
            number: row.number,
            sex: row.sex,
            is_protected: row.is_protected,
            names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
            birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
        });
    Ok(Whom::Children(people.collect()))
}

/// A mother, through the file of one of her children that the reader may write in, an open one first and then the
/// latest changed; and where she stands. Her right to help does not end with the file of her child.
pub async fn mother_for(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Whom, AppError> {
    let row = sqlx::query!(
        r#"select m.birth_earliest, m.birth_latest, m.birth_basis, coalesce(c.protected, false) as "is_protected!", c.id as "case?: CaseId", c.number as "number?",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?"
           from app.mother m
           left join lateral (
               select f.id, f.number, f.protected from app.relationship r
               join app.case_file f on f.child_id = r.to_person and f.territory_id = $2 and f.void is null
               where r.from_person = m.id and r.territory_id = $2 and r.kind = 'mother' and r.claim <> 'refuted'
                 and (f.territory_id = any ((select app.supervised_territories())::smallint[])
                      or app.is_mine(f.id))
               order by exists (select from app.case_episode e
                                where e.case_id = f.id and e.territory_id = $2 and e.state <> 'closed') desc,
                        f.changed_at desc limit 1) c on true
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = m.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           where m.id = $1 and m.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    let (case, number) = row.case.zip(row.number).ok_or(AppError::Forbidden)?;
    let person = Person {
        id,
        case,
        number,
        sex: "F".to_owned(),
        is_protected: row.is_protected,
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
    };
    Ok(Whom::Mother(
        person,
        mothers::track_of(tx, actor, id).await?,
    ))
}

/// Records an act. The same answers again change nothing; other answers under the same id are a conflict.
pub async fn record(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    new: &NewService,
) -> Result<(), AppError> {
    let territory = actor.territory();
    if let Some(refused) = new.replaces {
        is_refused(tx, actor, refused).await?;
    }
    let delivered_on = match new.when {
        When::Delivered(day) => Some(day),
        When::Planned(_) | When::Asked(_) => None,
    };
    let mac = tx.ring().await?.print(new.id.0, &new.sha256);
    let holder = Holder::service(new.id);
    let note = new.note.as_deref();
    let note = tx.seal(holder, Field::SERVICE_NOTE, new.id.0, note).await?;
    let added = sqlx::query!(
        "insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, delivered_on,
                                  urgent, outcome, note_enc, recorded_by, payload_mac, replaces_id)
         values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (id) do nothing",
        new.id.0,
        territory.0,
        new.kind,
        new.provider,
        new.when.state().code(),
        new.when.day(),
        delivered_on,
        new.urgent,
        new.outcome.as_deref(),
        note as Option<SealedText>,
        actor.user.0,
        mac.as_slice(),
        new.replaces.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await?;
    if added.rows_affected() == 0 {
        return same_answers(tx, actor, new.id, mac).await;
    }
    let (people, cases): (Vec<_>, Vec<_>) = new.people.iter().copied().unzip();
    sqlx::query!(
        "insert into app.service_beneficiary (service_id, person_id, case_id, territory_id, mother_effect)
         select $1, x.person, x.file, $2, $3 from unnest($4::uuid[], $5::uuid[]) as x (person, file)",
        new.id.0,
        territory.0,
        new.effect.map(Effect::code),
        &people.iter().map(|id| id.0).collect::<Vec<_>>(),
        &cases.iter().map(|id| id.0).collect::<Vec<_>>()
    )
    .execute(&mut **tx)
    .await?;
    people::touch(tx, actor, now, &cases).await?;
    let event = Event::on("service.recorded", "service", new.id.0).in_territory(territory).with(serde_json::json!({
        "kind": new.kind, "state": new.when.state().code(), "provider": new.provider, "people": people, "cases": cases,
    }));
    audit::record(tx, event).await
}

async fn same_answers(
    tx: &mut Tx,
    actor: &Actor,
    id: ServiceId,
    mac: [u8; 32],
) -> Result<(), AppError> {
    let kept = sqlx::query_scalar!(
        "select payload_mac from app.service where id = $1 and territory_id = $2 and recorded_by = $3",
        id.0,
        actor.territory().0,
        actor.user.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    if kept.is_some_and(|kept| kept == mac) {
        Ok(())
    } else {
        Err(AppError::Conflict(Msg::new("service-sent-before")))
    }
}

/// An alternative is one to help that was refused, of a file that the reader works on.
async fn is_refused(tx: &mut Tx, actor: &Actor, id: ServiceId) -> Result<(), AppError> {
    sqlx::query_scalar!(
        r#"select true as "yes!" from app.service s
           where s.id = $1 and s.territory_id = $2 and s.state = 'refused'
             and exists (select from app.service_beneficiary b where b.service_id = s.id and b.territory_id = $2)"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(())
}
