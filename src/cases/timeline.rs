//! What happened to a child, newest first, a page at a time: the newest of each kind, and of those the newest.

use super::entry::{Asked, Entries, Entry, Group, Kind, Place};
use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, DisclosureId, UserId},
    vault::{Field, Holder, SealedText, WrappedKey},
};
use uuid::Uuid;

/// Whose key opens the words of an entry, and as what they were sealed.
fn seal(kind: Kind, case: CaseId, holder: Uuid) -> Option<(Holder, Field)> {
    let of_case = Holder::case(case);
    Some(match kind {
        Kind::Decision => (
            Holder::disclosure(DisclosureId(holder)),
            Field::CHILD_INSTRUCTIONS,
        ),
        Kind::Risk => (of_case, Field::RISK_REASON),
        Kind::PlanAnswer => (of_case, Field::PLAN_ANSWER),
        Kind::Handover => (of_case, Field::HANDOVER_NOTE),
        Kind::Move => (of_case, Field::TRANSITION_REASON),
        Kind::Note => (of_case, Field::CASE_NOTE),
        Kind::Visit => (of_case, Field::VISIT_FINDINGS),
        Kind::View => (of_case, Field::CHILD_WORDS),
        Kind::After => (of_case, Field::AFTER_CLOSURE),
        _ => return None,
    })
}

/// A page of the story of a file that the reader may open. The adults' decisions are not in it: they show on
/// the mother's page alone (P14). What is clinical is not in it either (P4).
#[expect(clippy::too_many_lines, reason = "one statement, whole")]
pub async fn of_case(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    asked: Asked,
) -> Result<Entries, AppError> {
    let wanted = Group::of(actor).filter(|one| asked.group.is_none_or(|group| group == *one));
    let groups: Vec<String> = wanted.map(|one| one.code().to_owned()).collect();
    let after = asked.after.unwrap_or_else(Place::top);
    let rows = sqlx::query!(
        r#"with story as (
               (select k.observed_at as at, o.at as known, 'contact' as kind, 1::smallint as rank, o.contact_child_id as id,
                       k.spot_kind as code, k.place_code as detail, k.circumstance as mark, k.id as about, k.author as author,
                       null::uuid as holder, null::bytea as sealed
                from app.contact_outcome o
                join app.contact_child s on s.id = o.contact_child_id
                join app.contact k on k.id = s.contact_id
                where o.case_id = $1 and o.territory_id = $2 and 'contacts' = any ($3)
                  and k.observed_at <= $4 and (k.observed_at, 1::smallint, o.contact_child_id) < ($4, $5, $6)
                order by k.observed_at desc, o.contact_child_id desc limit $7)
               union all
               (select t.at, t.at, 'move', 2::smallint, t.id, t.to_state, t.closure_reason, t.from_state, null, t.by_user,
                       case when t.reason_enc is not null then t.case_id end, t.reason_enc
                from app.case_transition t where t.case_id = $1 and t.territory_id = $2 and 'moves' = any ($3)
                  and t.at <= $4 and (t.at, 2::smallint, t.id) < ($4, $5, $6)
                order by t.at desc, t.id desc limit $7)
               union all
               (select v.day::timestamptz + interval '12 hours', v.recorded_at, 'service', 3::smallint, v.id, v.kind, v.provider, v.state,
                       v.id, v.recorded_by, null, null
                from (select s.*, coalesce(s.delivered_on, s.agreed_on) as day
                      from app.service_beneficiary b join app.service s on s.id = b.service_id
                      where b.case_id = $1 and b.territory_id = $2 and b.mother_effect is null and 'services' = any ($3)) v
                where v.day <= $4::timestamptz::date
                  and (v.day::timestamptz + interval '12 hours', 3::smallint, v.id) < ($4, $5, $6)
                order by v.day desc, v.id desc limit $7)
               union all
               (select coalesce(v.done_on, v.missed_on)::timestamptz + interval '12 hours', v.recorded_at, 'visit', 4::smallint, v.id,
                       v.kind, v.missed_reason, v.refound, null, v.recorded_by,
                       case when v.findings_enc is not null then v.case_id end, v.findings_enc
                from app.visit v
                where v.case_id = $1 and v.territory_id = $2 and v.recorded_at is not null and 'visits' = any ($3)
                  and coalesce(v.done_on, v.missed_on) <= $4::timestamptz::date
                  and (coalesce(v.done_on, v.missed_on)::timestamptz + interval '12 hours', 4::smallint, v.id) < ($4, $5, $6)
                order by coalesce(v.done_on, v.missed_on) desc, v.id desc limit $7)
               union all
               (select j.transmitted_at, j.transmitted_at, 'referral', 5::smallint, j.id, j.state, j.number, j.court_id::text, j.id,
                       j.transmitted_by, null, null
                from app.judicial_file j
                where j.case_id = $1 and j.territory_id = $2 and j.transmitted_at is not null and 'justice' = any ($3)
                  and (j.transmitted_at, 5::smallint, j.id) < ($4, $5, $6)
                order by j.transmitted_at desc, j.id desc limit $7)
               union all
               (select d.sent_at, d.sent_at, 'notice', 6::smallint, d.id, d.kind, null, d.to_court::text, d.id, d.sent_by, null, null
                from app.disclosure d
                where d.case_id = $1 and d.territory_id = $2 and d.kind = 'urgent_notice' and d.sent_at is not null
                  and 'justice' = any ($3) and (d.sent_at, 6::smallint, d.id) < ($4, $5, $6)
                order by d.sent_at desc, d.id desc limit $7)
               union all
               (select d.decided_on::timestamptz + interval '12 hours', d.recorded_at, 'decision', 7::smallint, d.id, d.kind, null,
                       d.court_id::text, d.file_id, null, case when d.instructions_enc is not null then j.disclosure_id end, d.instructions_enc
                from app.child_decision d join app.judicial_child p on p.file_id = d.file_id and p.person_id = d.person_id
                join app.judicial_file j on j.id = d.file_id
                where p.child_case_id = $1 and d.territory_id = $2 and 'justice' = any ($3)
                  and not exists (select from app.child_decision later where later.supersedes_id = d.id)
                  and (d.decided_on::timestamptz + interval '12 hours', 7::smallint, d.id) < ($4, $5, $6)
                order by d.decided_on desc, d.id desc limit $7)
               union all
               (select a.completed_at, a.completed_at, 'assessment', 8::smallint, a.id, a.computed, null, null, a.id, a.completed_by, null, null
                from app.assessment a
                where a.case_id = $1 and a.territory_id = $2 and a.state = 'completed' and 'care' = any ($3)
                  and (a.completed_at, 8::smallint, a.id) < ($4, $5, $6)
                order by a.completed_at desc, a.id desc limit $7)
               union all
               (select r.at, r.at, 'risk', 9::smallint, r.id, r.to_risk, null, r.from_risk, r.id, r.by_user, r.case_id, r.why_enc
                from app.risk_change r where r.case_id = $1 and r.territory_id = $2 and 'care' = any ($3)
                  and r.at <= $4 and (r.at, 9::smallint, r.id) < ($4, $5, $6)
                order by r.at desc, r.id desc limit $7)
               union all
               (select p.submitted_at, p.submitted_at, 'plan', 10::smallint, p.id, 'submitted', null, p.seq::text, p.id, p.author, null, null
                from app.care_plan p
                where p.case_id = $1 and p.territory_id = $2 and p.submitted_at is not null and 'care' = any ($3)
                  and (p.submitted_at, 10::smallint, p.id) < ($4, $5, $6)
                order by p.submitted_at desc, p.id desc limit $7)
               union all
               (select p.answered_at, p.answered_at, 'plan_answer', 11::smallint, p.id,
                       case p.state when 'returned' then 'returned' else 'approved' end, null, p.seq::text, p.id, p.answered_by,
                       case when p.answer_enc is not null then p.case_id end, p.answer_enc
                from app.care_plan p
                where p.case_id = $1 and p.territory_id = $2 and p.answered_at is not null and 'care' = any ($3)
                  and (p.answered_at, 11::smallint, p.id) < ($4, $5, $6)
                order by p.answered_at desc, p.id desc limit $7)
               union all
               (select b.answered_at, b.answered_at, 'determination', 12::smallint, b.id, b.state, b.occasion, null, b.id, b.answered_by, null, null
                from app.best_interests b
                where b.case_id = $1 and b.territory_id = $2 and b.answered_at is not null and 'care' = any ($3)
                  and (b.answered_at, 12::smallint, b.id) < ($4, $5, $6)
                order by b.answered_at desc, b.id desc limit $7)
               union all
               (select m.at, m.at, 'bed', 13::smallint, m.id, m.to_state, i.organisation_code, null, h.id, m.by_user, null, null
                from app.bed_move m join app.bed_hold h on h.id = m.hold_id and h.territory_id = $2
                join app.institution i on i.id = h.institution_id
                where m.case_id = $1 and m.territory_id = $2 and 'services' = any ($3)
                  and m.at <= $4 and (m.at, 13::smallint, m.id) < ($4, $5, $6)
                order by m.at desc, m.id desc limit $7)
               union all
               (select a.since, a.since, 'handover', 14::smallint, a.id, a.kind, null, null, null, a.user_id,
                       case when a.handover_enc is not null then a.case_id end, a.handover_enc
                from app.case_assignment a
                where a.case_id = $1 and a.territory_id = $2 and 'moves' = any ($3)
                  and exists (select from app.case_assignment b where b.case_id = a.case_id and b.kind = a.kind and b.since < a.since)
                  and (a.since, 14::smallint, a.id) < ($4, $5, $6)
                order by a.since desc, a.id desc limit $7)
               union all
               (select n.at, n.at, 'note', 15::smallint, n.id, '', null, null, null, n.author, n.case_id, n.text_enc
                from app.case_note n where n.case_id = $1 and n.territory_id = $2 and 'notes' = any ($3)
                  and n.at <= $4 and (n.at, 15::smallint, n.id) < ($4, $5, $6)
                order by n.at desc, n.id desc limit $7)
               union all
               (select a.added_at, a.added_at, 'document', 16::smallint, a.id, a.kind, a.media, null, null, a.added_by, null, null
                from app.case_attachment k join app.attachment a on a.id = k.attachment_id
                where k.case_id = $1 and k.territory_id = $2 and 'documents' = any ($3)
                  and (a.added_at, 16::smallint, a.id) < ($4, $5, $6)
                order by a.added_at desc, a.id desc limit $7)
               union all
               (select w.heard_on::timestamptz + interval '12 hours', w.recorded_at, 'view', 17::smallint, w.id, w.occasion, w.why_not, null,
                       null, w.recorded_by, case when w.words_enc is not null then w.case_id end, w.words_enc
                from app.child_view w where w.case_id = $1 and w.territory_id = $2 and 'care' = any ($3)
                  and (w.heard_on::timestamptz + interval '12 hours', 17::smallint, w.id) < ($4, $5, $6)
                order by w.heard_on desc, w.id desc limit $7)
               union all
               (select c.given_on::timestamptz + interval '12 hours', c.recorded_at, 'consent', 18::smallint, c.id, c.purpose, c.basis,
                       c.withdrawn_on::text, null, c.recorded_by, null, null
                from app.case_consent c where c.case_id = $1 and c.territory_id = $2 and 'care' = any ($3)
                  and (c.given_on::timestamptz + interval '12 hours', 18::smallint, c.id) < ($4, $5, $6)
                order by c.given_on desc, c.id desc limit $7)
               union all
               (select f.checked_on::timestamptz + interval '12 hours', f.recorded_at, 'after', 19::smallint, f.id, f.months::text, null,
                       f.reached::text, null, f.recorded_by, f.case_id, f.words_enc
                from app.after_closure f where f.case_id = $1 and f.territory_id = $2 and 'visits' = any ($3)
                  and (f.checked_on::timestamptz + interval '12 hours', 19::smallint, f.id) < ($4, $5, $6)
                order by f.checked_on desc, f.id desc limit $7)
               union all
               (select x.answered_at, x.answered_at, 'transfer', 20::smallint, x.id, x.state, x.to_territory::text, x.from_territory::text,
                       x.id, x.answered_by, null, null
                from app.case_transfer x
                where x.case_id = $1 and x.territory_id = $2 and x.answered_at is not null and 'moves' = any ($3)
                  and (x.answered_at, 20::smallint, x.id) < ($4, $5, $6)
                order by x.answered_at desc, x.id desc limit $7)
           ), page as (select * from story order by at desc, rank desc, id desc limit $7)
           select t.at as "at!", t.kind as "kind!", t.rank as "rank!", t.id as "id!", t.code as "code!", t.detail, t.mark, t.about,
                  coalesce(case when t.kind = 'service' then (select max(s.at) from app.service_step s where s.service_id = t.id) end,
                           t.known, t.at) as "known!",
                  t.holder, t.sealed as "sealed: SealedText", t.author as "author: UserId",
                  case when t.kind = 'decision' then app.key_of('disclosure', t.holder)
                       when t.holder is not null then (select app.key_of('case', $1)) end as "key: WrappedKey",
                  coalesce(n.name_ar, '') as "author_ar!", coalesce(n.name_la, '') as "author_la!"
           from page t left join app.names_of(array(select author from page)) n on n.id = t.author
           order by t.at desc, t.rank desc, t.id desc"#,
        case.0,
        actor.territory().0,
        &groups,
        after.at,
        after.rank,
        after.id,
        i64::try_from(asked.most + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut entries = Vec::with_capacity(rows.len());
    for r in rows {
        let kind =
            Kind::from_code(&r.kind).ok_or_else(|| AppError::internal("unknown kind of entry"))?;
        let sealed_as = r.holder.and_then(|holder| seal(kind, case, holder));
        entries.push(Entry {
            words: sealed_as.and_then(|(holder, field)| {
                tx.open(holder, r.key.as_ref(), (field, r.id), r.sealed.as_ref())
            }),
            place: Place {
                at: r.at,
                rank: r.rank,
                id: r.id,
            },
            known: r.known,
            kind,
            code: r.code,
            detail: r.detail,
            mark: r.mark,
            about: r.about,
            author: r.author,
            author_ar: r.author_ar,
            author_la: r.author_la,
        });
    }
    let more = entries.len() > asked.most;
    entries.truncate(asked.most);
    let next = entries.last().map(|entry| entry.place).filter(|_| more);
    Ok(Entries {
        rows: entries,
        next,
    })
}
