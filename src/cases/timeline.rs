//! What happened to a child, newest first: contacts, moves, help, the prosecution's measures.

use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, DisclosureId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A street contact.
    Contact,
    /// The file moved to another state.
    Move,
    /// Help, given or planned.
    Service,
    /// A visit, made or missed.
    Visit,
    /// The file went to the prosecution.
    Referral,
    /// An urgent notice went to the prosecution.
    Notice,
    /// A measure of the prosecution for the child.
    Decision,
    /// The situation was assessed.
    Assessment,
    /// Another risk was set.
    Risk,
    /// A plan was submitted or answered.
    Plan,
    /// A best-interests determination was answered.
    Determination,
    /// A place in an institution, and what became of it.
    Bed,
    /// The file was given to somebody else.
    Handover,
}

impl Kind {
    fn from_code(code: &str) -> Self {
        match code {
            "contact" => Self::Contact,
            "service" => Self::Service,
            "visit" => Self::Visit,
            "referral" => Self::Referral,
            "notice" => Self::Notice,
            "decision" => Self::Decision,
            "assessment" => Self::Assessment,
            "risk" => Self::Risk,
            "plan" => Self::Plan,
            "determination" => Self::Determination,
            "bed" => Self::Bed,
            "handover" => Self::Handover,
            _ => Self::Move,
        }
    }
}

/// One entry.
#[derive(Debug)]
pub struct Entry {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What kind.
    pub kind: Kind,
    /// Code of its list: kind of place, state, kind of service, state of the file, kind of decision.
    pub code: String,
    /// More: commune, provider, closing reason.
    pub detail: Option<String>,
    /// Somebody's words: why the file moved, what a measure asks.
    pub words: Option<Reading>,
    /// A second code: state of a service, court.
    pub mark: Option<String>,
    /// What it is about, to link to.
    pub about: Option<Uuid>,
    /// Who recorded it, in Arabic.
    pub author_ar: String,
    /// Who recorded it, in Latin letters.
    pub author_la: String,
}

/// The story of a file that the reader may open. The adults' decisions are not in it: they show on the
/// mother's page alone (P14).
#[expect(clippy::too_many_lines, reason = "one statement, whole")]
pub async fn of_case(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Vec<Entry>, AppError> {
    let rows = sqlx::query!(
        r#"with story as (
               select k.observed_at as at, 'contact' as kind, k.spot_kind as code, k.place_code as detail,
                      k.circumstance as mark, k.id as about, k.author as author,
                      null::uuid as row_id, null::text as holder_kind, null::uuid as holder, null::bytea as sealed
               from app.contact_outcome o
               join app.contact_child s on s.id = o.contact_child_id
               join app.contact k on k.id = s.contact_id
               where o.case_id = $1 and o.territory_id = $2
               union all
               select t.at, 'move', t.to_state, t.closure_reason, t.from_state, null, t.by_user,
                      t.id, 'case', case when t.reason_enc is not null then t.case_id end, t.reason_enc
               from app.case_transition t where t.case_id = $1 and t.territory_id = $2
               union all
               select coalesce(v.delivered_on, v.agreed_on)::timestamptz + interval '12 hours', 'service', v.kind, v.provider, v.state, v.id, v.recorded_by, null, null, null, null
               from app.service_beneficiary b join app.service v on v.id = b.service_id
               where b.case_id = $1 and b.territory_id = $2 and b.mother_effect is null
               union all
               select coalesce(v.done_on, v.missed_on)::timestamptz + interval '12 hours', 'visit', v.kind, v.missed_reason, v.refound, null, v.recorded_by, null, null, null, null
               from app.visit v where v.case_id = $1 and v.territory_id = $2 and v.recorded_at is not null
               union all
               select j.transmitted_at, 'referral', j.state, j.number, j.court_id::text, j.id, j.transmitted_by, null, null, null, null
               from app.judicial_file j where j.case_id = $1 and j.territory_id = $2 and j.transmitted_at is not null
               union all
               select d.sent_at, 'notice', d.kind, null, d.to_court::text, d.id, d.sent_by, null, null, null, null
               from app.disclosure d where d.case_id = $1 and d.territory_id = $2 and d.kind = 'urgent_notice' and d.sent_at is not null
               union all
               select d.decided_on::timestamptz + interval '12 hours', 'decision', d.kind, null, d.court_id::text, d.file_id, null,
                      d.id, 'disclosure', case when d.instructions_enc is not null then j.disclosure_id end, d.instructions_enc
               from app.child_decision d join app.judicial_child p on p.file_id = d.file_id and p.person_id = d.person_id
               join app.judicial_file j on j.id = d.file_id
               where p.child_case_id = $1 and d.territory_id = $2
                 and not exists (select from app.child_decision later where later.supersedes_id = d.id)
               union all
               select a.completed_at, 'assessment', a.computed, null, null, a.id, a.completed_by, null, null, null, null
               from app.assessment a where a.case_id = $1 and a.territory_id = $2 and a.state = 'completed'
               union all
               select r.at, 'risk', r.to_risk, null, r.from_risk, r.id, r.by_user, r.id, 'case', r.case_id, r.why_enc
               from app.risk_change r where r.case_id = $1 and r.territory_id = $2
               union all
               select p.submitted_at, 'plan', 'submitted', null, p.seq::text, p.id, p.author, null, null, null, null
               from app.care_plan p where p.case_id = $1 and p.territory_id = $2 and p.submitted_at is not null
               union all
               select p.answered_at, 'plan', case p.state when 'returned' then 'returned' else 'approved' end, null, p.seq::text, p.id,
                      p.answered_by, p.id, 'case', case when p.answer_enc is not null then p.case_id end, p.answer_enc
               from app.care_plan p where p.case_id = $1 and p.territory_id = $2 and p.answered_at is not null
               union all
               select b.answered_at, 'determination', b.state, b.occasion, null, b.id, b.answered_by, null, null, null, null
               from app.best_interests b where b.case_id = $1 and b.territory_id = $2 and b.answered_at is not null
               union all
               select m.at, 'bed', m.to_state, i.organisation_code, null, h.id, m.by_user, null, null, null, null
               from app.bed_move m join app.bed_hold h on h.id = m.hold_id and h.territory_id = $2
               join app.institution i on i.id = h.institution_id
               where m.case_id = $1 and m.territory_id = $2
               union all
               select a.since, 'handover', a.kind, null, null, null, a.user_id,
                      a.id, 'case', case when a.handover_enc is not null then a.case_id end, a.handover_enc
               from app.case_assignment a where a.case_id = $1 and a.territory_id = $2
                 and exists (select from app.case_assignment b where b.case_id = a.case_id and b.kind = a.kind and b.since < a.since)
           ), page as (select * from story order by at desc limit 200)
           select t.at as "at!", t.kind as "kind!", t.code as "code!", t.detail, t.mark, t.about,
                  t.row_id, t.holder, t.sealed as "sealed: SealedText",
                  case t.holder_kind when 'case' then (select app.key_of('case', $1))
                       when 'disclosure' then app.key_of('disclosure', t.holder) end as "key: WrappedKey",
                  coalesce(n.name_ar, '') as "author_ar!", coalesce(n.name_la, '') as "author_la!"
           from page t left join app.names_of(array(select author from page)) n on n.id = t.author
           order by t.at desc"#,
        case.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Entry {
            at: r.at,
            words: r.row_id.zip(r.holder).and_then(|(row, holder)| {
                let of_case = Holder::case(case);
                let (holder, field) = match r.kind.as_str() {
                    "decision" => {
                        let extract = Holder::disclosure(DisclosureId(holder));
                        (extract, Field::CHILD_INSTRUCTIONS)
                    }
                    "risk" => (of_case, Field::RISK_REASON),
                    "plan" => (of_case, Field::PLAN_ANSWER),
                    "handover" => (of_case, Field::HANDOVER_NOTE),
                    _ => (of_case, Field::TRANSITION_REASON),
                };
                tx.open(holder, r.key.as_ref(), (field, row), r.sealed.as_ref())
            }),
            kind: Kind::from_code(&r.kind),
            code: r.code,
            detail: r.detail,
            mark: r.mark,
            about: r.about,
            author_ar: r.author_ar,
            author_la: r.author_la,
        })
        .collect())
}
