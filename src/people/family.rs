//! The people around a child, in one statement.

use super::{Birth, Claim, Names, Term};
use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, PersonId},
};

/// Someone around a child: an adult who is or says to be related, or a brother or sister.
#[derive(Debug, Clone)]
pub struct Relative {
    /// Who.
    pub person: PersonId,
    /// Code of `ref.adult_relation`; `sibling` for the children of the same mother or father.
    pub kind: String,
    /// What is known of the kinship. `None` for a sibling found through a parent: then it is worth what
    /// the two claims on the parent are worth.
    pub claim: Option<Claim>,
    /// Code of `ref.relation_proof`.
    pub proof: Option<String>,
    /// From when to when.
    pub term: Term,
    /// Whether it is kept with the other child: a brother or sister who was related from there.
    pub is_theirs: bool,
    /// Sex.
    pub sex: String,
    /// When born, as far as known.
    pub birth: Option<Birth>,
    /// Names.
    pub names: Names,
    /// Their own file, if they have one: every sibling met in the street, and a mother of sixteen.
    pub case: Option<(CaseId, String)>,
}

impl Relative {
    /// Whether she has a page among the mothers: said or shown to be one, and not refuted.
    pub fn is_mother(&self) -> bool {
        self.kind == "mother" && self.claim != Some(Claim::Refuted)
    }

    /// Whether the claim still waits for a proof.
    pub fn is_unproven(&self) -> bool {
        self.claim == Some(Claim::Claimed)
    }

    /// Whether it was said of this child and can be judged and dated from its page.
    pub fn is_told_here(&self) -> bool {
        self.claim.is_some() && !self.is_theirs
    }
}

/// The people around a child: mother, father, other adults, then siblings (told so, or children of the same
/// mother or father, by whichever of their records) with their file numbers; refuted claims last. Carries no decision on any adult, so a
/// child's page cannot show one (domain P14). The caller checks that the reader may open the child's file.
pub async fn family_of(
    tx: &mut Tx,
    actor: &Actor,
    child: PersonId,
) -> Result<Vec<Relative>, AppError> {
    let rows = sqlx::query!(
        r#"with here as (
               select r.from_person as person_id, r.kind, r.claim, r.proof, r.since, r.until, false as theirs
               from app.relationship r
               where r.to_person = $1 and r.territory_id = $2
           ), told as (
               select person_id, kind, claim, proof, since, until, theirs from here
               union all
               -- brothers and sisters are so of each other
               select r.to_person, r.kind, r.claim, r.proof, r.since, r.until, true
               from app.relationship r
               where r.from_person = $1 and r.territory_id = $2 and r.kind = 'sibling'
                 and r.to_person not in (select person_id from here)
           ), sibling as (
               select distinct r.to_person as person_id
               from told t
               cross join lateral app.records_of(t.person_id) parent
               join app.relationship r on r.from_person = parent.id
               where r.territory_id = $2 and r.to_person <> $1
                 and r.claim <> 'refuted' and t.claim <> 'refuted'
                 and r.kind in ('mother', 'mother_unverified', 'father')
                 and t.kind in ('mother', 'mother_unverified', 'father')
                 and r.to_person not in (select person_id from told)
           ), around as (
               select person_id, kind, claim, proof, since, until, theirs from told
               union all
               select person_id, 'sibling', null, null, null, null, false from sibling
           )
           select a.person_id as "person!: PersonId", a.kind as "kind!", a.claim, a.proof,
                  a.since as "since?", a.until as "until?", a.theirs as "theirs!",
                  p.sex, p.birth_earliest, p.birth_latest, p.birth_basis,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?",
                  c.id as "case_id?: CaseId", c.number as "number?"
           from around a
           join app.person p on p.id = a.person_id and p.territory_id = $2
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = p.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           left join app.case_file c on c.child_id = p.id and c.territory_id = $2 and c.void is null
           order by a.claim is not distinct from 'refuted', a.kind = 'sibling',
                    array_position(array['mother', 'mother_unverified', 'father'], a.kind),
                    p.birth_latest, a.person_id"#,
        child.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let relatives = rows.into_iter().map(|row| Relative {
        person: row.person,
        kind: row.kind,
        claim: row.claim.as_deref().and_then(Claim::from_code),
        proof: row.proof,
        term: Term {
            since: row.since,
            until: row.until,
        },
        is_theirs: row.theirs,
        sex: row.sex,
        birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        case: row.case_id.zip(row.number),
    });
    Ok(relatives.collect())
}
