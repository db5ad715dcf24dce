-- A measure for a child is looked up by its procedure, and never by reading all there are. `app.child_measure` (0045) puts
-- those of the prosecution and of the juvenile judge together; the planner cannot look into both by what it joins them to,
-- and read every measure of the country for one page of a file (decision 0080). What follows asks by name.

-- The measures for one child in one procedure; one measure. `offset 0` keeps the question whole, so that it reaches the
-- indexes of both tables.
create function app.measures_in(file uuid, child uuid) returns setof app.child_measure
language sql stable rows 2 as
$$ select * from app.child_measure m where m.file_id = file and m.person_id = child offset 0 $$;
create function app.measure_named(which uuid) returns setof app.child_measure
language sql stable rows 1 as
$$ select * from app.child_measure m where m.id = which offset 0 $$;
grant execute on function app.measures_in, app.measure_named to sanad_app, sanad_definer;

-- As in 0045: the measures that nothing corrected, by the child's own file, with the first later one that put an end to each.
create or replace view app.standing_measure with (security_invoker = true) as
    select k.child_case_id, m.id, k.file_id, k.person_id, m.kind, m.by_judge, m.decided_on, m.recorded_at, m.recorded_by,
           m.instructions_enc, m.task, m.lasts, m.ends, x.decided_on as ended_on, x.by_judge as ended_by_judge
    from app.judicial_child k
    cross join lateral app.measures_in(k.file_id, k.person_id) m
    left join lateral (
        select later.decided_on, later.by_judge
        from app.judicial_child n
        cross join lateral app.measures_in(n.file_id, n.person_id) later
        where n.child_case_id = k.child_case_id and later.ends and not later.is_superseded
          and (later.by_judge or not m.by_judge)
          and (later.decided_on, later.recorded_at, later.id) > (m.decided_on, m.recorded_at, m.id)
        order by later.decided_on, later.recorded_at, later.id limit 1) x on true
    where not m.is_superseded;

-- As in 0039, 0033 and 0056, each whole.
set local role sanad_definer;
create or replace function app.measure_owed(which uuid, file uuid)
returns table (measure_id uuid, by_judge boolean, judicial_file_id uuid, disclosure_id uuid, territory_id smallint, is_done boolean)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select m.id, m.by_judge, m.file_id, j.disclosure_id, j.territory_id, t.done_at is not null
    from app.task t cross join lateral app.measure_named(coalesce(t.decision_id, t.court_event_id)) m
    join app.judicial_file j on j.id = m.file_id
    where t.id = which and t.case_id = file and t.rule = any (app.reported_rules()) and app.reads_file(file)
      and j.case_id <> all (app.hidden_cases());
end $$;

create or replace function app.changes_of(files uuid[])
returns TABLE(case_id uuid, changes jsonb)
language plpgsql
stable security definer ROWS 26
set search_path = pg_catalog as $$
declare
    me record;
    mine uuid[];
    changed uuid[];
begin
    select m.user_id, m.role, m.territory_id into me from sec.me() m where m.role in ('social_worker', 'supervisor');
    -- most files are as they were when this person read them, and what follows asks a table for each kind
    changed := array(
        select f.id from app.case_seen s join app.case_file f on f.id = s.case_id
        where s.user_id = me.user_id and s.case_id = any (files) and f.territory_id = me.territory_id
          and (f.changed_at > s.seen_at or exists (
              select from app.complaint k where k.case_id = s.case_id and greatest(k.recorded_at, k.answered_at) > s.seen_at)));
    if changed = '{}' then
        return;
    end if;
    mine := app.my_cases();
    return query
    select f.id, jsonb_object_agg(x.kind, x.n)
    from app.case_file f
    join app.case_seen s on s.case_id = f.id and s.user_id = me.user_id
    cross join lateral (
        select 'contact' as kind, count(*) as n from app.contact_outcome o
        where o.case_id = f.id and o.at > s.seen_at and o.by_user <> me.user_id
        union all
        select 'move', count(*) from app.case_transition t
        where t.case_id = f.id and t.at > s.seen_at and t.by_user <> me.user_id
        union all
        select 'service', count(distinct p.service_id) from app.service_beneficiary b
        join app.service_step p on p.service_id = b.service_id
        where b.case_id = f.id and b.mother_effect is null and p.at > s.seen_at and p.by_user <> me.user_id
        union all
        select 'visit', count(*) from app.visit v
        where v.case_id = f.id and v.recorded_at > s.seen_at and v.recorded_by is distinct from me.user_id
        union all
        select 'referral', count(*) from app.judicial_file j
        where j.case_id = f.id and j.transmitted_at > s.seen_at and j.transmitted_by <> me.user_id
        union all
        select 'decision', count(*) from app.judicial_child k
        cross join lateral app.measures_in(k.file_id, k.person_id) d
        where k.child_case_id = f.id and d.recorded_at > s.seen_at and d.recorded_by <> me.user_id
        union all
        select 'assessment', count(*) from app.assessment a
        where a.case_id = f.id and a.completed_at > s.seen_at and a.completed_by <> me.user_id
        union all
        select 'plan', (select count(*) from app.care_plan p
                        where p.case_id = f.id and ((p.submitted_at > s.seen_at and p.author <> me.user_id)
                                                 or (p.answered_at > s.seen_at and p.answered_by <> me.user_id)))
                     + (select count(*) from app.plan_review r
                        where r.case_id = f.id and r.reviewed_at > s.seen_at and r.reviewed_by <> me.user_id)
        union all
        select 'determination', count(*) from app.best_interests b
        where b.case_id = f.id and ((b.submitted_at > s.seen_at and b.author <> me.user_id)
                                 or (b.answered_at > s.seen_at and b.answered_by <> me.user_id))
        union all
        select 'bed', count(*) from app.bed_move m
        where m.case_id = f.id and m.at > s.seen_at and m.by_user is distinct from me.user_id
        union all
        select 'document', count(*) from app.case_attachment l join app.attachment a on a.id = l.attachment_id
        where l.case_id = f.id and a.added_at > s.seen_at and a.added_by <> me.user_id
          and (not a.clinical or app.cares_for(f.id))
        union all
        select 'note', count(*) from app.case_note n
        where n.case_id = f.id and n.at > s.seen_at and n.author <> me.user_id
        union all
        select 'risk', count(*) from app.risk_change r
        where r.case_id = f.id and r.at > s.seen_at and r.by_user <> me.user_id
        union all
        select 'view', count(*) from app.child_view v
        where v.case_id = f.id and v.recorded_at > s.seen_at and v.recorded_by <> me.user_id
        union all
        select 'consent', count(*) from app.case_consent c
        where c.case_id = f.id and ((c.recorded_at > s.seen_at and c.recorded_by <> me.user_id)
                                 or (c.withdrawn_at > s.seen_at and c.withdrawn_by <> me.user_id))
        union all
        select 'complaint', count(*) from app.complaint k
        where k.case_id = f.id and k.against is distinct from me.user_id
          and (me.role = 'supervisor' or k.received_by = me.user_id)
          and ((k.recorded_at > s.seen_at and k.received_by <> me.user_id)
            or (k.answered_at > s.seen_at and k.answered_by <> me.user_id))
    ) x
    where f.id = any (changed) and x.n > 0
      and (f.id = any (mine) or (me.role = 'supervisor' and not f.protected))
    group by f.id;
end $$;

create or replace function app.story_of(which uuid, groups text[], before timestamp with time zone, before_rank smallint, before_id uuid, most bigint)
returns TABLE(at timestamp with time zone, known timestamp with time zone, kind text, rank smallint, id uuid, code text, detail text, mark text, about uuid, author uuid, holder uuid, sealed bytea)
language plpgsql
stable security definer ROWS 30
set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    me record;
begin
    if not app.reads_file(which) then
        return;
    end if;
    select m.role, m.territory_id into me from sec.me() m;
    return query
    with story as (
        (select k.observed_at as at, o.at as known, 'contact' as kind, 1::smallint as rank, o.contact_child_id as id,
                k.spot_kind as code, k.place_code as detail, k.circumstance as mark, k.id as about, k.author as author,
                null::uuid as holder, null::bytea as sealed
         from app.contact_outcome o
         join app.contact_child s on s.id = o.contact_child_id
         join app.contact k on k.id = s.contact_id
         where o.case_id = which and o.territory_id = me.territory_id and 'contacts' = any (groups)
           and (not k.near_protected or not app.hides_contact(k.id))
           and k.observed_at <= before and (k.observed_at, 1::smallint, o.contact_child_id) < (before, before_rank, before_id)
         order by k.observed_at desc, o.contact_child_id desc limit most)
        union all
        (select t.at, t.at, 'move', 2::smallint, t.id, t.to_state, t.closure_reason, t.from_state, null, t.by_user,
                case when t.reason_enc is not null then t.case_id end, t.reason_enc
         from app.case_transition t where t.case_id = which and t.territory_id = me.territory_id and 'moves' = any (groups)
           and t.at <= before and (t.at, 2::smallint, t.id) < (before, before_rank, before_id)
         order by t.at desc, t.id desc limit most)
        union all
        (select app.hour_of(v.day, v.known), v.known, 'service', 3::smallint, v.id, v.counted, v.provider, v.state,
                v.id, v.author, null, null
         from (select s.*, coalesce(b.counts_as, s.kind) as counted, coalesce(s.delivered_on, s.agreed_on) as day, l.at as known,
                      -- of a provider's answer, the provider: it is news to who asked
                      coalesce(l.by_user, s.recorded_by) as author
               from app.service_beneficiary b join app.service s on s.id = b.service_id
               left join lateral (select p.at, p.by_user from app.service_step p
                                  where p.service_id = s.id order by p.seq desc limit 1) l on true
               where b.case_id = which and b.territory_id = me.territory_id and b.mother_effect is null and 'services' = any (groups)
                 and (not s.near_protected or not app.hides_service(s.id))) v
         where (app.hour_of(v.day, v.known), 3::smallint, v.id) < (before, before_rank, before_id)
         order by 1 desc, v.id desc limit most)
        union all
        (select app.hour_of(coalesce(v.done_on, v.missed_on), v.recorded_at), v.recorded_at, 'visit', 4::smallint, v.id,
                v.kind, v.missed_reason, case when v.done_on is not null then format('%s %s %s', v.refound, v.safe, v.education) end,
                null, v.recorded_by,
                case when v.findings_enc is not null then v.case_id end, v.findings_enc
         from app.visit v
         where v.case_id = which and v.territory_id = me.territory_id and v.recorded_at is not null and 'visits' = any (groups)
           and (app.hour_of(coalesce(v.done_on, v.missed_on), v.recorded_at), 4::smallint, v.id) < (before, before_rank, before_id)
         order by 1 desc, v.id desc limit most)
        union all
        (select j.transmitted_at, j.transmitted_at, 'referral', 5::smallint, j.id, j.state, j.number, j.court_id::text, j.id,
                j.transmitted_by, null, null
         from app.judicial_file j
         where j.case_id = which and j.territory_id = me.territory_id and j.transmitted_at is not null and 'justice' = any (groups)
           and (j.transmitted_at, 5::smallint, j.id) < (before, before_rank, before_id)
         order by j.transmitted_at desc, j.id desc limit most)
        union all
        (select d.sent_at, d.sent_at, 'notice', 6::smallint, d.id, d.kind, null, d.to_court::text, d.id, d.sent_by, null, null
         from app.disclosure d
         where d.case_id = which and d.territory_id = me.territory_id and d.kind = 'urgent_notice' and d.sent_at is not null
           and 'justice' = any (groups) and (d.sent_at, 6::smallint, d.id) < (before, before_rank, before_id)
         order by d.sent_at desc, d.id desc limit most)
        union all
        (select app.hour_of(d.decided_on, d.recorded_at), d.recorded_at, 'decision', 7::smallint, d.id, d.kind, null,
                coalesce(d.taken_at_court, d.court_id)::text, d.file_id, null, case when d.instructions_enc is not null then j.disclosure_id end, d.instructions_enc
         from app.child_decision d join app.judicial_child p on p.file_id = d.file_id and p.person_id = d.person_id
         join app.judicial_file j on j.id = d.file_id
         where p.child_case_id = which and d.territory_id = me.territory_id and 'justice' = any (groups)
           and (p.case_id = which or app.reads_file(p.case_id))
           and not exists (select from app.child_decision later where later.supersedes_id = d.id)
           and (app.hour_of(d.decided_on, d.recorded_at), 7::smallint, d.id) < (before, before_rank, before_id)
         order by 1 desc, d.id desc limit most)
        union all
        (select a.completed_at, a.completed_at, 'assessment', 8::smallint, a.id, a.computed, null, null, a.id, a.completed_by, null, null
         from app.assessment a
         where a.case_id = which and a.territory_id = me.territory_id and a.state = 'completed' and 'care' = any (groups)
           and (a.completed_at, 8::smallint, a.id) < (before, before_rank, before_id)
         order by a.completed_at desc, a.id desc limit most)
        union all
        (select r.at, r.at, 'risk', 9::smallint, r.id, r.to_risk, r.reasons::text, r.from_risk, r.id,
                r.by_user, case when r.why_enc is not null then r.case_id end, r.why_enc
         from app.risk_change r where r.case_id = which and r.territory_id = me.territory_id and 'care' = any (groups)
           and r.at <= before and (r.at, 9::smallint, r.id) < (before, before_rank, before_id)
         order by r.at desc, r.id desc limit most)
        union all
        (select p.submitted_at, p.submitted_at, 'plan', 10::smallint, p.id, 'submitted', null, p.seq::text, p.id, p.author, null, null
         from app.care_plan p
         where p.case_id = which and p.territory_id = me.territory_id and p.submitted_at is not null and 'care' = any (groups)
           and (p.submitted_at, 10::smallint, p.id) < (before, before_rank, before_id)
         order by p.submitted_at desc, p.id desc limit most)
        union all
        (select p.answered_at, p.answered_at, 'plan_answer', 11::smallint, p.id,
                case p.state when 'returned' then 'returned' else 'approved' end, null, p.seq::text, p.id, p.answered_by,
                case when p.answer_enc is not null then p.case_id end, p.answer_enc
         from app.care_plan p
         where p.case_id = which and p.territory_id = me.territory_id and p.answered_at is not null and 'care' = any (groups)
           and (p.answered_at, 11::smallint, p.id) < (before, before_rank, before_id)
         order by p.answered_at desc, p.id desc limit most)
        union all
        (select b.answered_at, b.answered_at, 'determination', 12::smallint, b.id, b.state, b.occasion, null, b.id, b.answered_by, null, null
         from app.best_interests b
         where b.case_id = which and b.territory_id = me.territory_id and b.answered_at is not null and 'care' = any (groups)
           and (b.answered_at, 12::smallint, b.id) < (before, before_rank, before_id)
         order by b.answered_at desc, b.id desc limit most)
        union all
        (select m.at, m.at, 'bed', 13::smallint, m.id, m.to_state, i.organisation_code, null, h.id, m.by_user, null, null
         from app.bed_move m join app.bed_hold h on h.id = m.hold_id and h.territory_id = me.territory_id
         join app.institution i on i.id = h.institution_id
         where m.case_id = which and m.territory_id = me.territory_id and 'services' = any (groups)
           and m.at <= before and (m.at, 13::smallint, m.id) < (before, before_rank, before_id)
         order by m.at desc, m.id desc limit most)
        union all
        (select a.since, a.since, 'handover', 14::smallint, a.id, a.kind, null, null, null, a.user_id,
                case when a.handover_enc is not null then a.case_id end, a.handover_enc
         from app.case_assignment a
         where a.case_id = which and a.territory_id = me.territory_id and 'moves' = any (groups)
           and exists (select from app.case_assignment b where b.case_id = a.case_id and b.kind = a.kind and b.since < a.since)
           and (a.since, 14::smallint, a.id) < (before, before_rank, before_id)
         order by a.since desc, a.id desc limit most)
        union all
        (select n.at, n.at, 'note', 15::smallint, n.id, '', null, null, null, n.author, n.case_id, n.text_enc
         from app.case_note n where n.case_id = which and n.territory_id = me.territory_id and 'notes' = any (groups)
           and n.at <= before and (n.at, 15::smallint, n.id) < (before, before_rank, before_id)
         order by n.at desc, n.id desc limit most)
        union all
        (select a.added_at, a.added_at, 'document', 16::smallint, a.id, a.kind, a.media, null, null, a.added_by, null, null
         from app.case_attachment k join app.attachment a on a.id = k.attachment_id
         where k.case_id = which and k.territory_id = me.territory_id and 'documents' = any (groups)
           and (not a.clinical or app.cares_for(which))
           and app.hidden_among(array(select l.case_id from app.case_attachment l where l.attachment_id = a.id)) = '{}'
           and (a.added_at, 16::smallint, a.id) < (before, before_rank, before_id)
         order by a.added_at desc, a.id desc limit most)
        union all
        (select app.hour_of(w.heard_on, w.recorded_at), w.recorded_at, 'view', 17::smallint, w.id, w.occasion, w.why_not, null,
                null, w.recorded_by, case when w.words_enc is not null then w.case_id end, w.words_enc
         from app.child_view w where w.case_id = which and w.territory_id = me.territory_id and 'care' = any (groups)
           and (app.hour_of(w.heard_on, w.recorded_at), 17::smallint, w.id) < (before, before_rank, before_id)
         order by 1 desc, w.id desc limit most)
        union all
        (select app.hour_of(c.given_on, c.recorded_at), c.recorded_at, 'consent', 18::smallint, c.id, c.purpose, c.basis,
                c.withdrawn_on::text, null, c.recorded_by, null, null
         from app.case_consent c where c.case_id = which and c.territory_id = me.territory_id and 'care' = any (groups)
           and (app.hour_of(c.given_on, c.recorded_at), 18::smallint, c.id) < (before, before_rank, before_id)
         order by 1 desc, c.id desc limit most)
        union all
        (select app.hour_of(f.checked_on, f.recorded_at), f.recorded_at, 'after', 19::smallint, f.id, f.months::text, null,
                f.reached::text, null, f.recorded_by, f.case_id, f.words_enc
         from app.after_closure f where f.case_id = which and f.territory_id = me.territory_id and 'visits' = any (groups)
           and (app.hour_of(f.checked_on, f.recorded_at), 19::smallint, f.id) < (before, before_rank, before_id)
         order by 1 desc, f.id desc limit most)
        union all
        (select x.answered_at, x.answered_at, 'transfer', 20::smallint, x.id, x.state, x.to_territory::text, x.from_territory::text,
                x.id, x.answered_by, null, null
         from app.case_transfer x
         where x.case_id = which and x.territory_id = me.territory_id and x.answered_at is not null and 'moves' = any (groups)
           and me.role = 'supervisor' and me.territory_id in (x.from_territory, x.to_territory)
           and (x.answered_at, 20::smallint, x.id) < (before, before_rank, before_id)
         order by x.answered_at desc, x.id desc limit most)
        union all
        (select r.reviewed_at, r.reviewed_at, 'plan_review', 21::smallint, r.id, 'reviewed', null, p.seq::text, p.id, r.reviewed_by,
                r.case_id, r.note_enc
         from app.plan_review r join app.care_plan p on p.id = r.plan_id
         where r.case_id = which and r.territory_id = me.territory_id and 'care' = any (groups)
           and r.reviewed_at <= before and (r.reviewed_at, 21::smallint, r.id) < (before, before_rank, before_id)
         order by r.reviewed_at desc, r.id desc limit most)
        union all
        (select app.hour_of(m.decided_on, m.recorded_at), m.recorded_at, 'judge_measure', 22::smallint, m.id, m.kind, null,
                coalesce(e.at_court, e.court_id)::text,
                case when p.case_id = which or app.reads_file(p.case_id) then m.file_id end, null, null, null
         from app.judicial_child p
         cross join lateral app.measures_in(p.file_id, p.person_id) m
         join app.court_event e on e.id = m.id
         where p.child_case_id = which and m.by_judge and not m.is_superseded and m.territory_id = me.territory_id
           and 'justice' = any (groups)
           and (p.case_id = which or p.case_id <> all (app.hidden_cases()))
           and (app.hour_of(m.decided_on, m.recorded_at), 22::smallint, m.id) < (before, before_rank, before_id)
         order by 1 desc, m.id desc limit most)
    ), page as (select * from story order by at desc, rank desc, id desc limit most)
    select t.at, coalesce(t.known, t.at), t.kind, t.rank, t.id, t.code, t.detail, t.mark, t.about, t.author, t.holder, t.sealed
    from page t;
end $$;
set local role sanad_owner;
