//! One act, and what happened to it.

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, DisclosureId, PersonId, ServiceId},
    mothers,
    people::{Birth, Names},
    services::domain::{Act, Audience, Person, ServiceState, Standing, Whom},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};

/// An act, for somebody who may write in a file that it serves.
pub async fn find(tx: &mut Tx, actor: &Actor, id: ServiceId) -> Result<Act, AppError> {
    let rows = sqlx::query!(
        r#"select s.kind, s.urgent, s.provider, s.agreed_on, s.delivered_on, s.outcome, s.state, s.version,
                  s.closed_at is not null as "is_closed!", s.replaces_id as "replaces: ServiceId",
                  (select o.id from app.service o
                   where o.replaces_id = s.id and o.territory_id = $2 and o.state <> 'cancelled' limit 1) as "replaced_by: ServiceId",
                  (select d.id from app.disclosure d
                   where d.service_id = s.id and d.territory_id = $2 and d.sent_at is not null) as "request: DisclosureId",
                  b.person_id as "person: PersonId", b.case_id as "case: CaseId", c.number, k.audience,
                  b.counts_as, (k.audience = 'mother') = (b.counts_as is null) as "is_mother!",
                  p.sex, c.protected or p.protected as "is_protected!",
                  exists (select from app.case_episode e
                          where e.case_id = c.id and e.territory_id = $2 and e.state <> 'closed') as "is_open!",
                  exists (select from app.case_consent k
                          where k.case_id = c.id and k.territory_id = $2 and k.purpose = 'sharing'
                            and k.withdrawn_on is null and k.basis <> 'refusal_recorded') as "may_share!",
                  p.birth_earliest, p.birth_latest, p.birth_basis,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?"
           from app.service s
           join app.service_beneficiary b on b.service_id = s.id and b.territory_id = $2
           join ref.service_kind k on k.code = s.kind
           join app.case_file c on c.id = b.case_id and c.territory_id = $2
           join app.person p on p.id = b.person_id and p.territory_id = $2
           left join lateral (
               select given_ar, family_ar, given_la, family_la from app.person_name
               where person_id = p.id and territory_id = $2
               order by array_position(array['civil', 'alias', 'street'], kind) limit 1) n on true
           where s.id = $1 and s.territory_id = $2
           order by p.birth_latest nulls last, p.id"#,
        id.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let first = rows.first().ok_or(AppError::NotFound)?;
    let lead = Audience::from_code(&first.audience)
        .ok_or_else(|| AppError::internal("audience of a service"))?;
    let mut act = Act {
        id,
        kind: first.kind.clone(),
        urgent: first.urgent,
        provider: first.provider.clone(),
        agreed_on: first.agreed_on,
        delivered_on: first.delivered_on,
        outcome: first.outcome.clone(),
        standing: Standing {
            state: ServiceState::from_code(&first.state)
                .ok_or_else(|| AppError::internal("state of a service"))?,
            is_closed: first.is_closed,
        },
        version: first.version,
        replaces: first.replaces,
        replaced_by: first.replaced_by,
        request: first.request,
        is_open: rows.iter().any(|row| row.is_open || row.is_mother),
        unshared: rows.iter().find(|row| !row.may_share).map(|row| row.case),
        whom: Whom::of_children(Vec::new()),
        counterpart: rows.iter().find_map(|row| row.counts_as.clone()),
    };
    let (mut mother, mut children) = (None, Vec::new());
    for row in rows {
        let person = Person {
            id: row.person,
            case: row.case,
            number: row.number,
            sex: row.sex,
            is_protected: row.is_protected,
            names: Names::new(row.given_ar, row.family_ar, row.given_la, row.family_la),
            birth: Birth::known(row.birth_earliest, row.birth_latest, row.birth_basis),
        };
        if row.is_mother {
            mother = Some(person);
        } else {
            children.push(person);
        }
    }
    let mother = match mother {
        Some(person) => {
            let track = mothers::track_of(tx, actor, person.id).await?;
            Some((person, track))
        }
        None => None,
    };
    act.whom = Whom::of_act(lead, children, mother);
    Ok(act)
}

/// A step that was made.
#[derive(Debug)]
pub struct Made {
    /// To where.
    pub state: ServiceState,
    /// The last one.
    pub closes: bool,
    /// The first one.
    pub begins: bool,
    /// The day it speaks of.
    pub on: Option<NaiveDate>,
    /// Code of `ref.service_reason`.
    pub reason: Option<String>,
    /// Code of `ref.service_outcome`.
    pub outcome: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the provider made it.
    pub is_answer: bool,
    /// Who, in Arabic.
    pub author_ar: String,
    /// Who, in Latin letters.
    pub author_la: String,
    /// In the words of the cell.
    pub note: Option<Reading>,
    /// In the words of the provider.
    pub report: Option<Reading>,
}

/// What happened to an act, or what its recipient may read of it, latest first.
pub async fn steps(tx: &mut Tx, actor: &Actor, id: ServiceId) -> Result<Vec<Made>, AppError> {
    let rows = sqlx::query!(
        r#"select t.id, t.seq, t.to_state, t.closes, t.on_day, t.reason, t.outcome, t.at, t.role,
                  t.disclosure_id as "request: DisclosureId", w.text_enc as "note?: SealedText", t.report_enc as "report: SealedText",
                  case when w.text_enc is not null then app.key_of('service', t.service_id) end as "note_key: WrappedKey",
                  case when t.report_enc is not null then app.key_of('disclosure', t.disclosure_id) end as "report_key: WrappedKey",
                  coalesce(n.name_ar, '') as "author_ar!", coalesce(n.name_la, '') as "author_la!"
           from app.service_step t
           left join app.service_note w on w.id = t.id and w.service_id = t.service_id and w.territory_id = $2
           left join lateral app.name_of(t.by_user) n on true
           where t.service_id = $1 and $2 in (t.territory_id, t.asked_in)
           order by t.seq desc limit 60"#,
        id.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let note = tx.open(
                Holder::service(id),
                row.note_key.as_ref(),
                (Field::STEP_NOTE, row.id),
                row.note.as_ref(),
            );
            let report = row.request.and_then(|request| {
                tx.open(
                    Holder::disclosure(request),
                    row.report_key.as_ref(),
                    (Field::STEP_REPORT, row.id),
                    row.report.as_ref(),
                )
            });
            Ok(Made {
                state: ServiceState::from_code(&row.to_state)
                    .ok_or_else(|| AppError::internal("state of a step"))?,
                closes: row.closes,
                begins: row.seq == 0,
                on: row.on_day,
                reason: row.reason,
                outcome: row.outcome,
                at: row.at,
                is_answer: row.role == "focal_point",
                author_ar: row.author_ar,
                author_la: row.author_la,
                note,
                report,
            })
        })
        .collect()
}

/// Writes down that the act was read.
pub async fn opened(tx: &mut Tx, actor: &Actor, act: &Act) -> Result<(), AppError> {
    let event = Event::on("service.opened", "service", act.id.0).in_territory(actor.territory());
    audit::record(tx, event).await
}
