//! Composing: the family of a file, and the draft with its frozen extract.

use super::{
    birth,
    custody::{self, Step},
    material, names,
};
use crate::{
    audit::{self, Event},
    authz::{Actor, CourtId},
    db::Tx,
    error::{AppError, violates},
    forms::Line,
    i18n::Msg,
    ids::{CaseId, ContactId, DisclosureId, JudicialFileId, PersonId, RowId},
    people::sealed::{self, SealedName},
    prosecution::{
        custody::Move,
        family::{Choice, CourtChange, Family, KnownAdult, KnownChild, KnownTie, Seen, Subject},
        seal::{SCHEMA_VERSION, Sealed},
    },
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

/// The family of a file that this worker works on, or that this supervisor supervises; that it was read is written down.
pub async fn family(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Family, AppError> {
    let subject = subject(tx, actor, case).await?;
    let children = children(tx, actor, &subject).await?;
    let adults = adults(tx, actor, &subject, &children).await?;
    let material = material::material(tx, actor, case).await?;
    Ok(Family {
        subject,
        children,
        adults,
        material,
    })
}

async fn subject(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Subject, AppError> {
    let row = sqlx::query!(
        r#"select c.number, c.child_id as "child: PersonId", e.id as "episode?",
                  k.id as "contact?: ContactId", k.place_code as "place?", k.spot_kind as "spot?", k.landmark_enc as "landmark?: SealedText",
                  app.key_of('contact', k.id) as "key: WrappedKey",
                  k.observed_at as "observed_at?", k.circumstance as "circumstance?",
                  audit.record('case_form.opened', 'case', c.id, c.territory_id, '{}', null)::text as written
           from app.case_file c
           left join app.case_episode e on e.case_id = c.id and e.state <> 'closed'
           left join app.contact k on k.id = e.source_contact_id and k.territory_id = c.territory_id
           where c.id = $1 and c.territory_id = $2 and c.void is null
             and (app.is_mine(c.id)
                  or c.territory_id = any ((select app.supervised_territories())::smallint[]))"#,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    if row.episode.is_none() {
        return Err(AppError::Conflict(Msg::new("judicial-case-closed")));
    }
    let landmark = row.contact.and_then(|id| {
        let field = (Field::CONTACT_LANDMARK, id.0);
        tx.open(
            Holder::contact(id),
            row.key.as_ref(),
            field,
            row.landmark.as_ref(),
        )
    });
    // what cannot be read is not frozen; the alert is raised
    let landmark = landmark.and_then(Reading::into_text).unwrap_or_default();
    let contact = match (
        row.contact,
        row.place,
        row.spot,
        row.observed_at,
        row.circumstance,
    ) {
        (Some(id), Some(place), Some(spot), Some(observed_at), Some(circumstance)) => Some(Seen {
            id,
            place,
            spot,
            landmark,
            observed_at,
            circumstance,
        }),
        _ => None,
    };
    Ok(Subject {
        case_id: case,
        number: row.number,
        child: row.child,
        contact,
    })
}

/// The child of the file, then the children with a live file who share an adult with it or are its siblings.
async fn children(
    tx: &mut Tx,
    actor: &Actor,
    subject: &Subject,
) -> Result<Vec<KnownChild>, AppError> {
    let rows = sqlx::query!(
        r#"with family as (
               select $2::uuid as person
               union select other.to_person from app.relationship own
                   join app.relationship other on other.from_person = own.from_person and other.claim <> 'refuted'
                   where own.to_person = $2 and own.claim <> 'refuted' and own.territory_id = $1 and other.territory_id = $1
               union select r.from_person from app.relationship r
                   where r.to_person = $2 and r.kind = 'sibling' and r.claim <> 'refuted' and r.territory_id = $1
               union select r.to_person from app.relationship r
                   where r.from_person = $2 and r.kind = 'sibling' and r.claim <> 'refuted' and r.territory_id = $1)
           select c.id as "case_id: CaseId", c.number, p.id as "person: PersonId", p.sex, p.birth_earliest,
                  p.birth_latest, p.birth_basis, p.nationality, p.civil_status,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?", n.given_la as "given_la?",
                  n.family_la as "family_la?",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'kind', y.kind, 'sealed', y.names_enc)), '[]')
                   from app.person_name y where y.person_id = p.id and y.names_enc is not null) as "sealed!: sqlx::types::Json<Vec<SealedName>>",
                  app.key_of('case', case when c.protected then c.id end) as "key: WrappedKey",
                  array(select distinct g.flag from app.contact_outcome o
                        join app.contact_child s on s.id = o.contact_child_id and s.contact_id = $4
                        join app.contact_child_flag g on g.contact_child_id = s.id
                        where o.case_id = c.id and o.territory_id = $1 order by g.flag) as "flags!"
           from family f
           join app.person p on p.id = f.person and p.territory_id = $1
           -- the procedure of a protected child begins in its own file: here its name would be everybody's
           join app.case_file c on c.child_id = p.id and c.void is null and c.territory_id = $1 and (not c.protected or c.id = $3)
           join app.case_episode e on e.case_id = c.id and e.state <> 'closed'
           left join lateral (
               select x.given_ar, x.family_ar, x.given_la, x.family_la from app.person_name x
               where x.person_id = p.id order by array_position(array['civil', 'alias', 'street'], x.kind) limit 1
           ) n on true
           order by c.id <> $3, c.number"#,
        actor.territory().0,
        subject.child.0,
        subject.case_id.0,
        subject.contact.as_ref().map(|contact| contact.id.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut known = Vec::new();
    for row in rows {
        let opened = sealed::open(tx, row.case_id, row.key.as_ref(), &row.sealed);
        let in_clear = names((row.given_ar, row.family_ar, row.given_la, row.family_la));
        known.push(KnownChild {
            case_id: row.case_id,
            number: row.number,
            person: row.person,
            sex: row.sex,
            names: sealed::best(&opened).cloned().unwrap_or(in_clear),
            birth: birth(row.birth_earliest, row.birth_latest, row.birth_basis),
            nationality: row.nationality,
            civil_status: row.civil_status,
            flags: row.flags,
        });
    }
    Ok(known)
}

/// Adults related to the child of the file, with their kinship to every child of the family. A brother who
/// has a file of his own is among the children; a mother of 16 who has one is an adult of this file too.
async fn adults(
    tx: &mut Tx,
    actor: &Actor,
    subject: &Subject,
    children: &[KnownChild],
) -> Result<Vec<KnownAdult>, AppError> {
    let family: Vec<Uuid> = children.iter().map(|child| child.person.0).collect();
    let rows = sqlx::query!(
        r#"select p.id as "person: PersonId", p.sex, p.birth_earliest, p.birth_latest, p.birth_basis,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?", n.given_la as "given_la?",
                  n.family_la as "family_la?", t.ties as "ties!: Json<Vec<KnownTie>>"
           from app.relationship own
           join app.person p on p.id = own.from_person and p.territory_id = $1
           cross join lateral (
               select json_agg(json_build_object('to', r.to_person, 'kind', r.kind, 'claim', r.claim, 'proof', r.proof)
                               order by r.to_person) as ties
               from app.relationship r
               where r.from_person = p.id and r.to_person = any ($3) and r.claim <> 'refuted' and r.territory_id = $1) t
           left join lateral (
               select x.given_ar, x.family_ar, x.given_la, x.family_la from app.person_name x
               where x.person_id = p.id order by array_position(array['civil', 'alias', 'street'], x.kind) limit 1
           ) n on true
           where own.to_person = $2 and own.territory_id = $1 and own.claim <> 'refuted'
             and not (own.kind = 'sibling' and exists (
                 select from app.case_file c where c.child_id = p.id and c.void is null and c.territory_id = $1))
           order by own.created_at, p.id"#,
        actor.territory().0,
        subject.child.0,
        &family
    )
    .fetch_all(&mut **tx)
    .await?;
    let known = rows.into_iter().map(|row| KnownAdult {
        person: row.person,
        sex: row.sex,
        names: names((row.given_ar, row.family_ar, row.given_la, row.family_la)),
        birth: birth(row.birth_earliest, row.birth_latest, row.birth_basis),
        ties: row.ties.0,
    });
    Ok(known.collect())
}

/// A draft about to be written.
#[derive(Debug)]
pub struct NewDraft<'a> {
    /// Made by the server when the form was shown; the extract carries the same number.
    pub id: JudicialFileId,
    /// The frozen extract.
    pub extract: &'a Sealed,
    /// The court of the place.
    pub proposed: CourtId,
    /// Why another one was chosen.
    pub change: Option<&'a CourtChange>,
    /// When.
    pub now: DateTime<Utc>,
}

/// Freezes the extract and opens the draft, in place of an older one. The same form sent twice opens one.
pub async fn draft(
    tx: &mut Tx,
    actor: &Actor,
    family: &Family,
    choice: &Choice,
    new: &NewDraft<'_>,
) -> Result<(), AppError> {
    if !freeze(tx, actor, family, choice, new).await? {
        return Ok(());
    }
    let of = (DisclosureId(new.id.0), family.subject.case_id);
    material::go_with(tx, actor, of, &choice.documents).await?;
    withdraw_older(tx, actor, new.now, family.subject.case_id).await?;
    let extract = Holder::disclosure(DisclosureId(new.id.0));
    let note = new.change.and_then(|change| change.note.as_ref());
    let note = note.map(Line::as_str);
    let note = tx
        .seal(extract, Field::COURT_CHANGE_NOTE, new.id.0, note)
        .await?;
    sqlx::query!(
        "insert into app.judicial_file (id, number, case_id, territory_id, court_id, proposed_court_id,
             court_change_reason, court_change_note_enc, disclosure_id, urgent, composed_by, composed_at)
         values ($1, ref.next_number('judicial', $3, $11), $2, $3, $4, $5, $6, $7, $1, $8, $9, $10)",
        new.id.0,
        family.subject.case_id.0,
        actor.territory().0,
        choice.court.0,
        new.proposed.0,
        new.change.map(|change| change.reason.as_str()),
        note as Option<SealedText>,
        choice.urgent,
        actor.user.0,
        new.now,
        crate::clock::local_date(new.now)
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "judicial_file_one_draft") {
            AppError::Conflict(Msg::new("judicial-moved"))
        } else {
            error.into()
        }
    })?;
    parties(tx, actor, family, choice, new.id).await?;
    let event = Event::on("judicial_file.composed", "judicial_file", new.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({
            "case": family.subject.case_id, "court": choice.court, "basis": choice.basis.code(),
            "urgent": choice.urgent, "sha256": hex::encode(new.extract.sha256),
        }));
    audit::record(tx, event).await
}

/// True if the extract is new; false if this very one was already frozen by the first press of the button.
async fn freeze(
    tx: &mut Tx,
    actor: &Actor,
    family: &Family,
    choice: &Choice,
    new: &NewDraft<'_>,
) -> Result<bool, AppError> {
    let id = DisclosureId(new.id.0);
    let key = tx.key_for(Holder::disclosure(id)).await?;
    let text = key.seal(Field::DISCLOSURE_SNAPSHOT, id.0, &new.extract.text)?;
    let written = sqlx::query!(
        "insert into app.disclosure (id, kind, case_id, territory_id, to_court, legal_basis, schema_version, snapshot_enc,
             sha256, composed_by, composed_at)
         values ($1, 'dossier', $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (id) do nothing",
        id.0,
        family.subject.case_id.0,
        actor.territory().0,
        choice.court.0,
        choice.basis.code(),
        SCHEMA_VERSION,
        text.as_bytes(),
        new.extract.sha256.as_slice(),
        actor.user.0,
        new.now
    )
    .execute(&mut **tx)
    .await?;
    if written.rows_affected() == 1 {
        return Ok(true);
    }
    let known = sqlx::query_scalar!(
        "select sha256 from app.disclosure where id = $1 and case_id = $2 and territory_id = $3 and kind = 'dossier'",
        id.0,
        family.subject.case_id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    if known.is_some_and(|sha256| sha256 == new.extract.sha256) {
        Ok(false)
    } else {
        Err(AppError::Conflict(Msg::new("judicial-composed-otherwise")))
    }
}

async fn withdraw_older(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    case: CaseId,
) -> Result<(), AppError> {
    let older = sqlx::query_scalar!(
        r#"select id as "id: JudicialFileId" from app.judicial_file
           where case_id = $1 and territory_id = $2 and state = 'draft'"#,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(older) = older else { return Ok(()) };
    let older = custody::hold_here(tx, actor, older).await?;
    custody::make(
        tx,
        RowId::new(now),
        &older,
        Move::Withdraw,
        &Step::default(),
    )
    .await
}

async fn parties(
    tx: &mut Tx,
    actor: &Actor,
    family: &Family,
    choice: &Choice,
    file: JudicialFileId,
) -> Result<(), AppError> {
    let (persons, cases): (Vec<Uuid>, Vec<Uuid>) = family
        .chosen_children(choice)
        .iter()
        .map(|child| (child.person.0, child.case_id.0))
        .unzip();
    sqlx::query!(
        "insert into app.judicial_child (file_id, case_id, territory_id, court_id, person_id, child_case_id)
         select $1, $2, $3, $4, u.person, u.child_case from unnest($5::uuid[], $6::uuid[]) as u (person, child_case)",
        file.0,
        family.subject.case_id.0,
        actor.territory().0,
        choice.court.0,
        &persons,
        &cases
    )
    .execute(&mut **tx)
    .await?;
    let child = family.subject.child;
    let (persons, claims): (Vec<Uuid>, Vec<String>) = family
        .chosen_adults(choice)
        .iter()
        .filter_map(|adult| Some((adult.person.0, adult.tie_to(child)?.kind.clone())))
        .unzip();
    sqlx::query!(
        "insert into app.judicial_adult (file_id, case_id, territory_id, court_id, person_id, relation_claimed)
         select $1, $2, $3, $4, u.person, u.claim from unnest($5::uuid[], $6::text[]) as u (person, claim)",
        file.0,
        family.subject.case_id.0,
        actor.territory().0,
        choice.court.0,
        &persons,
        &claims
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
