//! Writing people. Each writes its audit row; the caller commits.

use super::{Birth, Claim, Names, Term, keys, proven_kind, sealed};
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{PersonId, RowId},
    names::VERSION,
    vault::{Field, Holder, SealedText},
};
use chrono::{DateTime, Utc};

/// Someone new in a prefecture.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// `F`, `M`, `U`.
    pub sex: String,
    /// When born, as far as known.
    pub birth: Option<Birth>,
    /// `civil`, `alias` or `street`.
    pub name_kind: &'static str,
    /// Names; may be unknown.
    pub names: Names,
}

/// Records a person with an identity of their own, so that figures count human beings and not records.
pub async fn create(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    new: &NewPerson,
) -> Result<PersonId, AppError> {
    let id = PersonId::new(now);
    create_as(tx, actor, now, id, new).await?;
    Ok(id)
}

/// The same under an id that a form carried. False, and nothing written, if that person is there already:
/// the button was pressed twice.
pub async fn create_as(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: PersonId,
    new: &NewPerson,
) -> Result<bool, AppError> {
    let territory = actor.territory();
    let birth = new.birth.as_ref();
    let added = sqlx::query!(
        "insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, created_by)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do nothing",
        id.0,
        territory.0,
        new.sex,
        birth.map(|b| b.earliest),
        birth.map(|b| b.latest),
        birth.map(|b| b.basis.as_str()),
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    let identity = RowId::new(now);
    sqlx::query!(
        "insert into app.identity (id, territory_id) values ($1, $2)",
        identity.0,
        territory.0
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
         values ($1, $2, $3, $4, 'same', $5)",
        RowId::new(now).0,
        territory.0,
        id.0,
        identity.0,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    if !new.names.is_unknown() {
        set_names(tx, actor, now, id, new.name_kind, &new.names).await?;
    }
    audit::record(
        tx,
        Event::on("person.added", "person", id.0).in_territory(territory),
    )
    .await?;
    Ok(true)
}

/// Writes the names of one kind, replacing those of that kind; sealed, if the child's file is protected.
pub async fn set_names(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    person: PersonId,
    kind: &str,
    names: &Names,
) -> Result<(), AppError> {
    let (protected, row) = sealed::seal_of(tx, actor, person, kind).await?;
    let row = row.unwrap_or(RowId::new(now).0);
    let sealed = match protected {
        Some(case) => {
            let text = sealed::text_of(names)?;
            let holder = Holder::case(case);
            tx.seal(holder, Field::PERSON_NAME, row, Some(&text))
                .await?
        }
        None => None,
    };
    // a key tells the name: what is sealed is not found by it
    let keys = match protected {
        Some(_) => Vec::new(),
        None => keys::kept(actor.territory(), names),
    };
    let text =
        |part: &str| Some(part.to_owned()).filter(|part| !part.is_empty() && protected.is_none());
    sqlx::query!(
        "insert into app.person_name (id, person_id, territory_id, kind, given_ar, family_ar, given_la, family_la, names_enc,
                                      keys, method)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict on constraint person_name_once do update
         set given_ar = excluded.given_ar, family_ar = excluded.family_ar,
             given_la = excluded.given_la, family_la = excluded.family_la, names_enc = excluded.names_enc,
             keys = excluded.keys, method = excluded.method",
        row,
        person.0,
        actor.territory().0,
        kind,
        text(&names.given_ar),
        text(&names.family_ar),
        text(&names.given_la),
        text(&names.family_la),
        sealed as Option<SealedText>,
        &keys,
        VERSION
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A kinship, claimed until a document proves it.
#[derive(Debug, Clone)]
pub struct NewRelationship<'a> {
    /// The adult.
    pub from: PersonId,
    /// The child.
    pub to: PersonId,
    /// Code of `ref.adult_relation`.
    pub kind: &'a str,
    /// Code of `ref.relation_proof`, if there is one.
    pub proof: Option<&'a str>,
    /// From when to when, as far as known.
    pub term: Term,
}

/// Relates two people; the same two again change nothing, and the answer is false.
pub async fn relate(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    new: &NewRelationship<'_>,
) -> Result<bool, AppError> {
    let claim = Claim::from_proof(new.proof);
    let kind = if claim == Claim::Verified {
        proven_kind(new.kind)
    } else {
        new.kind
    };
    let id = RowId::new(now);
    let added = sqlx::query!(
        "insert into app.relationship (id, territory_id, from_person, to_person, kind, claim, proof, created_by, since, until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict on constraint relationship_once do nothing",
        id.0,
        actor.territory().0,
        new.from.0,
        new.to.0,
        kind,
        claim.code(),
        new.proof,
        actor.user.0,
        new.term.since,
        new.term.until
    )
    .execute(&mut **tx)
    .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    let event = Event::on("relationship.added", "person", new.to.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "from": new.from, "kind": kind, "claim": claim.code() }));
    audit::record(tx, event).await?;
    Ok(true)
}
