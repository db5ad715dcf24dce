//! Questions about mothers. One function a question.

use super::{
    domain::{Child, Closed, Decision, Effect, Ground, Mother, MotherTrack, Opening, Stand, Track},
    records::{self, Alike},
};
use crate::{
    audit::{self, Event},
    authz::{Actor, CourtId, Permission},
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, DecisionId, PersonId, RowId, ServiceId},
    people::{Birth, Claim, Names, Signs},
    vault::{Field, Holder, SealedText},
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

/// A mother of the prefecture, over all records of hers there that the reader sees; with her track if the reader works on
/// one of her children's files, and with what the children around her tell and who may be the same, for the supervisor.
#[expect(clippy::too_many_lines, reason = "one statement, whole")]
pub async fn find(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Mother, AppError> {
    let row = sqlx::query!(
        r#"select m.birth_earliest, m.birth_latest, m.birth_basis, m.nationality, m.civil_status,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?",
                  mine.yes as "is_mine!", e.effect as "effect?", e.since as "since?", sent.on_day as sent,
                  e.decision_id as "standing?: DecisionId",
                  d.kind as "kind?", d.court_id as "court?: CourtId", d.act as "act?",
                  e.opened_for as "reason?", e.opened_at as "opened_at?",
                  k.reason as "closed_reason?", k.opened_at as "closed_opened_at?", k.closed_on as "closed_on?",
                  (select to_jsonb(s) from app.family_signs(case when $3::boolean then array[m.id] else '{}'::uuid[] end) s) as "signs: Json<Signs>",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'person', o.id, 'is_mother', app.is_mother_in($2, o.id), 'given_ar', x.given_ar,
                              'family_ar', x.family_ar, 'given_la', x.given_la, 'family_la', x.family_la)
                              order by o.created_at, o.id), '[]')
                   from app.records_of(m.id) s
                   join app.person o on o.id = s.id and o.territory_id = $2 and o.id <> m.id
                   left join lateral app.name_in($2, o.id) x on true) as "also!: Json<Vec<records::Record>>",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'person', w.other, 'is_mother', app.is_mother_in($2, w.other), 'given_ar', x.given_ar,
                              'family_ar', x.family_ar, 'given_la', x.given_la, 'family_la', x.family_la,
                              'score', w.score, 'reasons', w.reasons) order by w.score desc, w.other), '[]')
                   from (select d.score, d.reasons, case m.id when d.one_person then d.other_person else d.one_person end as other
                         from app.duplicate_pair d
                         join lateral app.pair_facts($2, d.one_person, d.other_person) f on f.of_adults
                         where d.territory_id = $2 and d.state = 'open' and m.id in (d.one_person, d.other_person)) w
                   left join lateral app.name_in($2, w.other) x on true) as "alike!: Json<Vec<Alike>>",
                  exists (select from app.tied_children($2, m.id)) as "is_compared!"
           from app.mother m
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = m.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           cross join lateral (
               select m.territory_id = any ((select app.supervised_territories())::smallint[])
                   or exists (select from app.records_of(m.id) s
                              join app.relationship r on r.from_person = s.id
                              join app.case_file c on c.child_id = r.to_person and c.territory_id = $2 and c.void is null
                              where r.territory_id = $2
                                and r.kind = 'mother' and r.claim <> 'refuted'
                                and c.id = any ((select app.my_cases())::uuid[])) as yes) mine
           left join lateral app.effects_of(case when mine.yes then array[m.id] else '{}'::uuid[] end) e on true
           left join lateral app.closed_opening_of(
               case when e.effect = 'prosecuted' and e.opened_at is null then m.id end) k on true
           cross join lateral (
               select min(f.transmitted_at)::date as on_day
               from app.judicial_adult a
               join app.judicial_file f on f.id = a.file_id and f.territory_id = $2 and f.transmitted_at is not null
               where a.person_id in (select s.id from app.records_of(m.id) s) and a.territory_id = $2 and mine.yes) sent
           left join lateral (
               select x.kind, x.court_id, t.number as act
               from app.adult_decision x
               left join app.court_act t on t.id = x.act_id and t.territory_id = $2
               -- of a file of this prefecture alone: of another's the effect is known and nothing else
               where x.id = e.decision_id and x.territory_id = $2) d on true
           where m.id = $1 and m.territory_id = $2"#,
        id.0,
        actor.territory().0,
        actor.may(Permission::FamilyAlerts)
    )
    .fetch_one(&mut **tx)
    .await?;
    let decision = row.kind.zip(row.court);
    let track = Track {
        effect: row
            .effect
            .as_deref()
            .and_then(Effect::from_code)
            .unwrap_or(Effect::NoProcedure),
        since: row.since,
        standing: row.standing,
        sent: row.sent,
        decision: decision.map(|(kind, court)| Decision {
            kind,
            court,
            act: row.act,
        }),
        opening: opening(row.reason, row.opened_at),
        closed: opening(row.closed_reason, row.closed_opened_at)
            .zip(row.closed_on)
            .map(|(opening, on)| Closed { opening, on }),
    };
    Ok(Mother {
        id,
        birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
        nationality: row.nationality,
        civil_status: row.civil_status,
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        track: row.is_mine.then_some(track),
        signs: row.signs.map(|signs| signs.0),
        also: row.also.0,
        alike: row.alike.0,
        is_compared: row.is_compared,
    })
}

fn opening(reason: Option<String>, at: Option<DateTime<Utc>>) -> Option<Opening> {
    let (reason, at) = reason.zip(at)?;
    Some(Opening { reason, at })
}

/// The same rule as her page, for the slice that records services, day by day. The caller has checked that the
/// reader works on a file of one of her children.
pub async fn track_of(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<MotherTrack, AppError> {
    let rows = sqlx::query!(
        r#"select s.since as "since?", s.effect as "effect!", s.is_opened as "is_opened!"
           from app.mother m
           cross join lateral app.stands_of(m.id) s
           where m.id = $1 and m.territory_id = $2
           order by s.since nulls first"#,
        id.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    if rows.is_empty() {
        return Err(AppError::NotFound);
    }
    let stands = rows.into_iter().map(|row| Stand {
        since: row.since,
        effect: Effect::from_code(&row.effect).unwrap_or(Effect::NoProcedure),
        is_opened: row.is_opened,
    });
    Ok(MotherTrack::new(stands.collect()))
}

/// Her children in the prefecture, by whichever of her records, eldest first; each by what is best proved of it.
pub async fn children_of(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Vec<Child>, AppError> {
    let rows = sqlx::query!(
        r#"select p.id as "id: PersonId", p.sex, p.birth_earliest, p.birth_latest, p.birth_basis, p.civil_status,
                  r.claim as "claim!", r.proof as "proof?", c.id as "case_id?: CaseId", c.number as "number?",
                  (c.territory_id = any ((select app.supervised_territories())::smallint[])
                   or c.id = any ((select app.my_cases())::uuid[])) as is_mine,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?"
           from (select distinct on (x.to_person) x.to_person, x.claim, x.proof
                 from app.records_of($1) s
                 join app.relationship x on x.from_person = s.id and x.territory_id = $2
                     and x.kind in ('mother', 'mother_unverified') and x.claim <> 'refuted'
                 order by x.to_person, x.claim = 'verified' desc, x.created_at, x.id) r
           join app.person p on p.id = r.to_person and p.territory_id = $2
           left join app.case_file c on c.child_id = p.id and c.territory_id = $2 and c.void is null
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = p.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           order by p.birth_latest nulls last, p.id"#,
        id.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let children = rows.into_iter().map(|row| Child {
        id: row.id,
        sex: row.sex,
        birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
        names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
        claim: Claim::from_code(&row.claim).unwrap_or(Claim::Claimed),
        proof: row.proof,
        civil_status: row.civil_status,
        case: row
            .case_id
            .zip(row.number)
            .map(|(id, number)| (id, number, row.is_mine.unwrap_or(false))),
    });
    Ok(children.collect())
}

/// An act of help to her.
#[derive(Debug, Clone)]
pub struct Act {
    /// Which.
    pub id: ServiceId,
    /// Code of `ref.service_kind`.
    pub kind: String,
    /// Code of its family.
    pub family: String,
    /// Code of the organisation.
    pub provider: String,
    /// The day it was given; `None` while it is planned.
    pub delivered_on: Option<NaiveDate>,
    /// The day agreed on.
    pub agreed_on: NaiveDate,
    /// Whether it is outside the four services.
    pub urgent: bool,
    /// Code of `ref.service_outcome`.
    pub outcome: Option<String>,
    /// Where it stands, as `app.service.state`.
    pub state: String,
}

impl Act {
    /// Key of the words of its state.
    pub fn state_key(&self) -> String {
        format!("service-{}", self.state.replace('_', "-"))
    }

    /// Whether something is still expected of somebody.
    pub fn is_awaited(&self) -> bool {
        self.counts() && self.delivered_on.is_none()
    }

    /// Given or on its way: neither refused nor called off.
    pub fn counts(&self) -> bool {
        !matches!(self.state.as_str(), "refused" | "cancelled")
    }
}

/// What was given to her or is planned, by whichever of her records, latest first.
pub async fn services_of(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Vec<Act>, AppError> {
    let acts = sqlx::query_as!(
        Act,
        r#"select s.id as "id: ServiceId", k.code as kind, coalesce(k.parent, k.code) as "family!", s.provider,
                  s.delivered_on, s.agreed_on, s.urgent, s.outcome, s.state
           from (select distinct on (x.service_id) x.service_id, x.counts_as
                 from app.records_of($1) o
                 join app.service_beneficiary x on x.person_id = o.id and x.territory_id = $2
                 order by x.service_id, x.person_id) b
           join app.service s on s.id = b.service_id and s.territory_id = $2
           join ref.service_kind k on k.code = coalesce(b.counts_as, s.kind) and k.audience = 'mother'
           where s.state <> 'cancelled'
           order by coalesce(s.delivered_on, s.agreed_on) desc, s.id desc
           limit 60"#,
        id.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(acts)
}

/// Writes down that the page was read, and how much of it: of each of her records.
pub async fn opened(tx: &mut Tx, actor: &Actor, mother: &Mother) -> Result<(), AppError> {
    let also = mother.also.iter().map(|one| one.person);
    for id in std::iter::once(mother.id).chain(also) {
        let event = Event::on("mother.opened", "person", id.0)
            .in_territory(actor.territory())
            .with(serde_json::json!({ "whole": mother.track.is_some() }));
        audit::record(tx, event).await?;
    }
    Ok(())
}

/// A supervisor's opening of the four services.
#[derive(Debug)]
pub struct NewOpening {
    /// Id of the form.
    pub id: RowId,
    /// The ground.
    pub ground: Ground,
    /// The prosecution that is overridden, as its author read it.
    pub decision: Option<DecisionId>,
    /// Code of `ref.no_procedure_reason`.
    pub reason: String,
    /// In the supervisor's words.
    pub note: Option<String>,
}

/// Opens; a second press changes nothing. A decision that came meanwhile is a conflict, and so is whoever opens
/// otherwise than it is open already.
pub async fn open_services(
    tx: &mut Tx,
    actor: &Actor,
    mother: PersonId,
    new: &NewOpening,
) -> Result<(), AppError> {
    let holder = Holder::person(mother);
    let note = new.note.as_deref();
    let note = tx.seal(holder, Field::SUPPORT_NOTE, new.id.0, note).await?;
    let added = sqlx::query!(
        "insert into app.mother_support (id, person_id, territory_id, ground, reason, note_enc, opened_by, decision_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing",
        new.id.0,
        mother.0,
        actor.territory().0,
        new.ground.code(),
        new.reason,
        note as Option<SealedText>,
        actor.user.0,
        new.decision.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "mother_support_fits") {
            AppError::Conflict(Msg::new("mother-decided-meanwhile"))
        } else {
            error.into()
        }
    })?;
    if added.rows_affected() == 0 {
        return is_open_so(tx, actor, mother, new.id).await;
    }
    let event = Event::on("support.opened", "person", mother.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "ground": new.ground.code(), "reason": new.reason, "decision": new.decision }));
    audit::record(tx, event).await
}

/// Whether this very form opened them: its id is that of its answers.
async fn is_open_so(
    tx: &mut Tx,
    actor: &Actor,
    mother: PersonId,
    form: RowId,
) -> Result<(), AppError> {
    let known = sqlx::query_scalar!(
        r#"select exists (select from app.mother_support
                          where id = $1 and person_id = $2 and territory_id = $3 and opened_by = $4) as "known!""#,
        form.0,
        mother.0,
        actor.territory().0,
        actor.user.0
    )
    .fetch_one(&mut **tx)
    .await?;
    if known {
        Ok(())
    } else {
        Err(AppError::Conflict(Msg::new("mother-open-already")))
    }
}
