//! Whom an act can serve: those of one family whose files the reader may write in.

use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, PersonId},
    mothers::{self, MotherTrack},
    people::{Birth, Names},
    services::domain::{Person, Whom},
};

/// The child of a file, then brothers and sisters (children of the same mother or father) as far as their files are
/// open and the reader may write in them, and the child's mother. Of a closed file the child is there to be shown.
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
               cross join lateral app.records_of(own.from_person) parent
               join app.relationship other on other.from_person = parent.id and other.territory_id = $2
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
    let subject = match rows.first() {
        None => return Err(AppError::NotFound),
        Some(subject) if !subject.is_mine => return Err(AppError::Forbidden),
        Some(subject) => (subject.id, subject.case, subject.number.clone()),
    };
    let mine = || rows.iter().filter(|row| row.is_mine);
    let closed = mine().filter(|row| !row.is_open).map(|row| row.id);
    let closed = closed.collect();
    let people = mine()
        .filter(|row| row.is_open || row.id == subject.0)
        .map(|row| Person {
            id: row.id,
            case: row.case,
            number: row.number.clone(),
            sex: row.sex.clone(),
            is_protected: row.is_protected,
            names: Names::new(
                row.given_ar.clone(),
                row.family_ar.clone(),
                row.given_la.clone(),
                row.family_la.clone(),
            ),
            birth: Birth::known(
                row.birth_earliest,
                row.birth_latest,
                row.birth_basis.clone(),
            ),
        });
    let whom = Whom::of_children(people.collect()).with_closed(closed);
    let mother = mother_of(tx, actor, subject).await?;
    Ok(whom.with_mother(mother))
}

/// The mother of a child in whose file the reader may write, and where she stands: she is served through that file.
async fn mother_of(
    tx: &mut Tx,
    actor: &Actor,
    (child, case, number): (PersonId, CaseId, String),
) -> Result<Option<(Person, MotherTrack)>, AppError> {
    let row = sqlx::query!(
        r#"select p.id as "id: PersonId", p.protected or c.protected as "is_protected!",
                  p.birth_earliest, p.birth_latest, p.birth_basis,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?"
           from app.relationship r
           join app.person p on p.id = r.from_person and p.territory_id = $2
           join app.case_file c on c.id = $3 and c.territory_id = $2
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = p.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           where r.to_person = $1 and r.territory_id = $2 and r.kind = 'mother' and r.claim <> 'refuted'
           order by r.claim = 'verified' desc, p.id limit 1"#,
        child.0,
        actor.territory().0,
        case.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let person = Person {
        id: row.id,
        case,
        number,
        sex: "F".to_owned(),
        is_protected: row.is_protected,
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
    };
    let track = mothers::track_of(tx, actor, row.id).await?;
    Ok(Some((person, track)))
}

/// A mother, by whichever of her records, through the file of one of her children that the reader may write in, an open one
/// first and then the latest changed; where she stands; and her children who can take part. Her right to help does not end with the
/// file of her child.
pub async fn mother_for(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Whom, AppError> {
    let row = sqlx::query!(
        r#"select m.birth_earliest, m.birth_latest, m.birth_basis, coalesce(c.protected, false) as "is_protected!", c.id as "case?: CaseId", c.number as "number?",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?"
           from app.mother m
           left join lateral (
               select f.id, f.number, f.protected from app.records_of(m.id) s
               join app.relationship r on r.from_person = s.id
               join app.case_file f on f.child_id = r.to_person and f.territory_id = $2 and f.void is null
               where r.territory_id = $2 and r.kind = 'mother' and r.claim <> 'refuted'
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
    let track = mothers::track_of(tx, actor, id).await?;
    let (children, closed) = children_of(tx, actor, id).await?;
    let whom = Whom::of_mother(person, track).with_children(children);
    Ok(whom.with_closed(closed))
}

/// Her children whose files the reader may write in, eldest first; those whose files are closed beside them.
async fn children_of(
    tx: &mut Tx,
    actor: &Actor,
    mother: PersonId,
) -> Result<(Vec<Person>, Vec<PersonId>), AppError> {
    let rows = sqlx::query!(
        r#"select p.id as "id: PersonId", c.id as "case: CaseId", c.number, p.sex, c.protected or p.protected as "is_protected!",
                  p.birth_earliest, p.birth_latest, p.birth_basis,
                  exists (select from app.case_episode e
                          where e.case_id = c.id and e.territory_id = $2 and e.state <> 'closed') as "is_open!",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?"
           from (select distinct x.to_person from app.records_of($1) s
                 join app.relationship x on x.from_person = s.id and x.territory_id = $2
                     and x.kind = 'mother' and x.claim <> 'refuted') r
           join app.case_file c on c.child_id = r.to_person and c.territory_id = $2 and c.void is null
           join app.person p on p.id = r.to_person and p.territory_id = $2
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = p.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           where (c.territory_id = any ((select app.supervised_territories())::smallint[]) or app.is_mine(c.id))
           order by p.birth_latest nulls last, p.id"#,
        mother.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let (open, closed): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.is_open);
    let people = open.into_iter().map(|row| Person {
        id: row.id,
        case: row.case,
        number: row.number,
        sex: row.sex,
        is_protected: row.is_protected,
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
    });
    Ok((
        people.collect(),
        closed.into_iter().map(|row| row.id).collect(),
    ))
}
