//! Questions about children, and changes of their identity and kinship. One function a question.

use super::{
    condition,
    domain::{Adult, BirthChange, Candidate, Child, Condition, Identity, Kinship, Verdict},
    identifier::{self, Refusal},
};
use crate::{
    audit::{self, Event},
    authz::Actor,
    conflicts::Author,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{CaseId, PersonId},
    people::{
        self, Birth, ChildFile, Claim, Names, Term,
        db::NewRelationship,
        proven_kind,
        sealed::{self, SealedName},
    },
    vault::WrappedKey,
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

/// A child of the reader's prefecture.
pub async fn find(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Child, AppError> {
    let row = sqlx::query!(
        r#"select p.sex as "sex!", p.birth_earliest, p.birth_latest, p.birth_basis, p.nationality, p.civil_status,
                  k.disability as "disability?", k.education as "education?",
                  p.version as "version!", p.case_id as "case_id!: CaseId", p.number as "number!",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?",
                  (select concat_ws(' ', s.given_ar, s.family_ar, s.given_la, s.family_la) from app.person_name s
                   where s.person_id = p.id and s.territory_id = $2 and s.kind in ('street', 'alias')
                   order by s.kind desc limit 1) as nickname,
                  (select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'kind', y.kind, 'sealed', y.names_enc)), '[]')
                   from app.person_name y where y.person_id = p.id and y.names_enc is not null) as "sealed!: sqlx::types::Json<Vec<SealedName>>",
                  app.key_of('case', case when p.protected then p.case_id end) as "names_key: WrappedKey",
                  (p.territory_id = any ((select app.supervised_territories())::smallint[])
                   or app.is_mine(p.case_id)) as "is_mine!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'value', i.value_enc)
                                             order by i.kind), '[]')
                   from app.person_identifier i
                   where i.person_id = p.id and i.territory_id = $2) as "identifiers!: Json<Vec<identifier::Sealed>>",
                  app.key_of('person', p.id) as "key: WrappedKey",
                  exists (select from app.case_episode e
                          where e.case_id = p.case_id and e.territory_id = $2 and e.state <> 'closed') as "is_open!"
           from app.child p
           left join app.person_name n on n.person_id = p.id and n.territory_id = $2 and n.kind = 'civil'
           left join app.child_condition k on k.case_id = p.case_id and k.territory_id = $2
           where p.id = $1 and p.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    let opened = sealed::open(tx, row.case_id, row.names_key.as_ref(), &row.sealed);
    let in_clear = Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la);
    let called = ["street", "alias"].iter().find_map(|kind| {
        let names = sealed::of_kind(&opened, kind)?;
        let either = [names.ar(), names.la()];
        either.into_iter().find(|name| !name.is_empty())
    });
    let identifiers = if row.is_mine {
        identifier::masked(tx, id, row.key.as_ref(), row.identifiers.0)
    } else {
        Vec::new()
    };
    Ok(Child {
        id,
        identifiers,
        sex: row.sex,
        birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
        nationality: row.nationality,
        civil_status: row.civil_status,
        condition: Condition {
            disability: row.disability,
            education: row.education,
        },
        names: sealed::of_kind(&opened, "civil")
            .cloned()
            .unwrap_or(in_clear),
        nickname: called.or(row.nickname),
        version: row.version,
        file: ChildFile {
            id: row.case_id,
            number: row.number,
            is_mine: row.is_mine,
            is_open: row.is_open,
        },
    })
}

/// The same, for someone who may write in the child's file; a colleague's file is not theirs to change.
pub async fn find_mine(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Child, AppError> {
    let child = find(tx, actor, id).await?;
    if child.file.is_mine {
        Ok(child)
    } else {
        Err(AppError::Forbidden)
    }
}

/// Writes down that the page was read, and how much of it.
pub async fn opened(tx: &mut Tx, actor: &Actor, child: &Child) -> Result<(), AppError> {
    let event = Event::on("child.opened", "person", child.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "whole": child.file.is_mine }));
    audit::record(tx, event).await
}

/// Who changed the child last.
pub async fn author(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Author, AppError> {
    Ok(sqlx::query_as!(
        Author,
        r#"select coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  coalesce(p.changed_at, p.created_at) as at
           from app.person p left join lateral app.name_of(coalesce(p.changed_by, p.created_by)) n on true
           where p.id = $1 and p.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Who judged a kinship last.
pub async fn author_of_tie(
    tx: &mut Tx,
    actor: &Actor,
    (child, adult): (PersonId, PersonId),
) -> Result<Author, AppError> {
    Ok(sqlx::query_as!(
        Author,
        r#"select coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  coalesce(r.changed_at, r.created_at) as at
           from app.relationship r left join lateral app.name_of(coalesce(r.changed_by, r.created_by)) n on true
           where r.from_person = $1 and r.to_person = $2 and r.territory_id = $3"#,
        adult.0,
        child.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Replaces the identity that was read as `was`; someone else's change in between is a conflict.
pub async fn edit(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    was: &Child,
    new: &Identity,
) -> Result<(), Refusal> {
    let changes = new.changes(was);
    if changes.is_empty() {
        return Ok(());
    }
    let birth = match &new.birth {
        BirthChange::Set(birth) => Some(birth),
        BirthChange::Keep => was.birth.as_ref(),
    };
    let done = sqlx::query!(
        "update app.person set sex = $3, birth_earliest = $4, birth_latest = $5, birth_basis = $6,
                nationality = $7, civil_status = $8, version = version + 1
         where id = $1 and territory_id = $2 and version = $9",
        was.id.0,
        actor.territory().0,
        new.sex,
        birth.map(|b| b.earliest),
        birth.map(|b| b.latest),
        birth.map(|b| b.basis.as_str()),
        new.nationality.as_deref(),
        new.civil_status.as_deref(),
        was.version
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("child-changed-meanwhile")).into());
    }
    if new.condition != was.condition {
        condition::keep(tx, actor, now, (was.file.id, &new.condition)).await?;
    }
    if let Some(identifier) = &new.identifier {
        identifier::record(tx, actor, now, was.id, identifier).await?;
    }
    if changes.contains(&"names") {
        people::db::set_names(tx, actor, now, was.id, "civil", &new.names).await?;
    }
    if changes.contains(&"nickname") {
        people::db::set_names(tx, actor, now, was.id, "street", &new.nickname).await?;
    }
    people::touch(tx, actor, now, &[was.file.id]).await?;
    let event = Event::on("child.edited", "person", was.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "fields": changes }));
    audit::record(tx, event).await?;
    Ok(())
}

/// The adults related to children of the same contact or of the same mother or father, those children themselves, and
/// the child whose file has that number: none of them related to this one yet. A short list to choose from.
pub async fn candidates(
    tx: &mut Tx,
    actor: &Actor,
    child: &Child,
    number: &str,
) -> Result<Vec<Candidate>, AppError> {
    let rows = sqlx::query!(
        r#"with told as (
               select from_person, claim from app.relationship where to_person = $1 and territory_id = $2
               union all
               select to_person, claim from app.relationship
               where from_person = $1 and territory_id = $2 and kind = 'sibling'
           ), near as (
               select r.to_person as child_id from app.relationship r
               join told t on t.from_person = r.from_person and t.claim <> 'refuted'
               where r.territory_id = $2 and r.claim <> 'refuted'
               union
               select f.child_id
               from app.contact_outcome mine
               join app.contact_child seen on seen.id = mine.contact_child_id and seen.territory_id = $2
               join app.contact_child beside on beside.contact_id = seen.contact_id and beside.territory_id = $2
               join app.contact_outcome o on o.contact_child_id = beside.id and o.territory_id = $2
               join app.case_file f on f.id = o.case_id and f.territory_id = $2 and f.void is null
               where mine.case_id = $3 and mine.territory_id = $2
           ), adult as (
               select distinct on (r.from_person) r.from_person as person_id, r.kind, r.to_person
               from near join app.relationship r on r.to_person = near.child_id and r.territory_id = $2
               where near.child_id <> $1 and r.claim <> 'refuted' and r.kind <> 'sibling' and r.from_person <> $1
                 and r.from_person not in (select from_person from told)
               order by r.from_person, r.created_at
           ), found as (
               select person_id, kind, to_person, false as is_child from adult
               union all
               select f.child_id, 'sibling', f.child_id, true
               from app.case_file f
               where f.territory_id = $2 and f.void is null and f.child_id <> $1
                 and (f.child_id in (select child_id from near) or f.number = $4)
                 and f.child_id not in (select from_person from told)
                 and f.child_id not in (select person_id from adult)
           )
           select p.id as "id: PersonId", p.sex, p.birth_earliest, p.birth_latest, p.birth_basis, a.kind as "kind!",
                  a.is_child as "is_child!", a.is_child and p.protected as "is_protected!",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?", f.number as "number?"
           from found a
           join app.person p on p.id = a.person_id and p.territory_id = $2
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = p.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           left join app.case_file f on f.child_id = a.to_person and f.territory_id = $2 and f.void is null
           order by (f.number = $4) desc nulls last, a.is_child, a.kind, p.created_at
           limit 20"#,
        child.id.0,
        actor.territory().0,
        child.file.id.0,
        number
    )
    .fetch_all(&mut **tx)
    .await?;
    let candidates = rows.into_iter().map(|row| Candidate {
        id: row.id,
        sex: row.sex,
        birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        kind: row.kind,
        number: row.number,
        is_child: row.is_child,
        is_protected: row.is_protected,
    });
    Ok(candidates.collect())
}

/// Whether that adult is related to the child already, as the same kind: the second press of the button.
pub async fn is_related(
    tx: &mut Tx,
    actor: &Actor,
    from: PersonId,
    to: PersonId,
    kind: &str,
) -> Result<bool, AppError> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from app.relationship
               where from_person = $1 and to_person = $2 and territory_id = $3 and kind in ($4, $5)) as "found!""#,
        from.0,
        to.0,
        actor.territory().0,
        kind,
        proven_kind(kind)
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(found)
}

/// Relates an adult to the child. The same again changes nothing; an id that is taken by someone else is a
/// conflict, so that a made-up form cannot relate a person who was not offered.
pub async fn add_kinship(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    child: &Child,
    new: &Kinship,
) -> Result<(), AppError> {
    let (from, fresh) = match &new.adult {
        Adult::Known(id) => (*id, true),
        Adult::New(id, person) => (
            *id,
            people::db::create_as(tx, actor, now, *id, person).await?,
        ),
    };
    let tie = NewRelationship {
        from,
        to: child.id,
        kind: &new.kind,
        proof: new.proof.as_deref(),
        term: new.term,
    };
    if fresh && people::db::relate(tx, actor, now, &tie).await? {
        people::touch(tx, actor, now, &[child.file.id]).await
    } else if is_related(tx, actor, from, child.id, &new.kind).await? {
        Ok(())
    } else {
        Err(AppError::Conflict(Msg::new("error-409-text")))
    }
}

/// A kinship whose proof is asked.
#[derive(Debug, Clone)]
pub struct Tie {
    /// Code of `ref.adult_relation`.
    pub kind: String,
    /// What is known of it.
    pub claim: Claim,
    /// Code of `ref.relation_proof`: what it rests on.
    pub proof: Option<String>,
    /// From when to when.
    pub term: Term,
    /// The adult's names.
    pub names: Names,
    /// For the optimistic lock.
    pub version: i32,
}

/// The kinship of an adult to a child.
pub async fn tie(
    tx: &mut Tx,
    actor: &Actor,
    child: PersonId,
    adult: PersonId,
) -> Result<Tie, AppError> {
    let row = sqlx::query!(
        r#"select r.kind, r.claim, r.proof, r.version, r.since, r.until, n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?"
           from app.relationship r
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = r.from_person and territory_id = $3
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           where r.from_person = $1 and r.to_person = $2 and r.territory_id = $3"#,
        adult.0,
        child.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Tie {
        kind: row.kind,
        claim: Claim::from_code(&row.claim).unwrap_or(Claim::Claimed),
        proof: row.proof,
        term: Term {
            since: row.since,
            until: row.until,
        },
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        version: row.version,
    })
}

/// Verifies it, refutes it, or writes down what else is known of it.
pub async fn prove(
    tx: &mut Tx,
    actor: &Actor,
    (child, adult): (PersonId, PersonId),
    tie: &Tie,
    verdict: &Verdict,
) -> Result<(), AppError> {
    let kind = if verdict.claim == Claim::Verified {
        proven_kind(&tie.kind)
    } else {
        &tie.kind
    };
    let proof = verdict.proof.as_deref();
    let done = sqlx::query!(
        "update app.relationship set kind = $4, claim = $5, proof = $6, since = $8, until = $9, version = version + 1
         where from_person = $1 and to_person = $2 and territory_id = $3 and version = $7",
        adult.0,
        child.0,
        actor.territory().0,
        kind,
        verdict.claim.code(),
        proof,
        tie.version,
        verdict.term.since,
        verdict.term.until
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("child-changed-meanwhile")));
    }
    let is_judged = verdict.claim != tie.claim;
    let action = match verdict.claim {
        Claim::Verified if is_judged => "relationship.verified",
        Claim::Refuted if is_judged => "relationship.refuted",
        _ => "relationship.changed",
    };
    let event = Event::on(action, "person", child.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "from": adult, "kind": kind, "proof": proof }));
    audit::record(tx, event).await
}
