-- A page about one file asks once whether the file is read, and not in each of the forty tables that it looks at
-- (decision 0078).

-- Whether this session reads that file whole: what `app.protect_care` asks of a row, asked of its file.
create function app.reads_file(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return app.is_mine(which) or exists (
        select from sec.me() m join app.case_file c on c.id = which and c.territory_id = m.territory_id
        where m.role = 'supervisor' and not c.protected);
end $$;
alter function app.reads_file owner to sanad_definer;

-- What the moves of a file need, of one file.
grant select on app.case_facts to sanad_definer;
grant usage on schema audit to sanad_definer;
grant execute on function audit.reader_count to sanad_definer;
create function app.facts_of(which uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select to_jsonb(f) from app.case_facts f where f.case_id = which and app.reads_file(which));
end $$;

-- Where the care stands, as the page of the file says it: since the episode began, with the states in which help
-- is awaited, and who opened it since that month began.
create function app.situation_of(which uuid, begun date, awaited text[], month date) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me record;
begin
    if not app.reads_file(which) then
        return null;
    end if;
    select m.role, m.territory_id into me from sec.me() m;
    return (select jsonb_build_object(
        'assessed', (select jsonb_build_object('at', a.completed_at, 'computed', a.computed, 'reasons', a.reasons,
                                               'asks', case when not exists (
                                                   select from app.risk_change r where r.assessment_id = a.id and r.answers)
                                                   and exists (select from app.case_episode e
                                                               where e.id = a.episode_id and e.state <> 'closed') then a.asks end)
                     from app.assessment a where a.case_id = which and a.state = 'completed' order by a.seq desc limit 1),
        'plan', (select jsonb_build_object('seq', p.seq, 'state', p.state) from app.care_plan p
                 where p.case_id = which order by p.drawn_up_at desc limit 1),
        'next', (select jsonb_build_object('id', a.id, 'due_on', a.due_on, 'text', a.text_enc)
                 from app.care_plan p join app.plan_action a on a.plan_id = p.id and a.state = 'open'
                 where p.case_id = which and p.state = 'approved' order by a.due_on, a.number limit 1),
        'shelter', (select jsonb_build_object('state', h.state, 'organisation', i.organisation_code,
                                              'until', case when h.state in ('requested', 'held') then h.until end)
                    from app.bed_hold h join app.institution i on i.id = h.institution_id
                    where h.case_id = which and h.territory_id = me.territory_id and (h.state in ('admitted', 'left', 'ran_away')
                        or (h.state in ('requested', 'held') and h.until > now()))),
        'path', (select jsonb_build_object(
            'planned', (select min(t.at) from app.case_transition t
                        where t.case_id = which and t.to_state = 'planning' and t.at >= since.day),
            'monitored', (select min(t.at) from app.case_transition t
                          where t.case_id = which and t.to_state = 'monitoring' and t.at >= since.day),
            'referred', (select min(j.transmitted_at) from app.judicial_file j
                         where j.case_id = which and j.territory_id = me.territory_id and j.transmitted_at >= since.day),
            'helped', given.first, 'schooled', given.school)
            from (select coalesce(begun, '-infinity') as day) since
            cross join lateral (
                select min(v.delivered_on) as first,
                       min(v.delivered_on) filter (where 'education' in (k.code, k.parent)) as school
                from app.service_beneficiary b join app.service v on v.id = b.service_id
                join ref.service_kind k on k.code = coalesce(b.counts_as, v.kind)
                where b.case_id = which and b.territory_id = me.territory_id and b.mother_effect is null and (not v.near_protected or not app.hides_service(v.id))
                  and v.delivered_on >= since.day) given),
        'awaited', (select coalesce(jsonb_agg(to_jsonb(w) order by w.on desc, w.id desc), '[]') from (
            select v.id, coalesce(b.counts_as, v.kind) as kind, v.state, v.agreed_on as on
            from app.service_beneficiary b join app.service v on v.id = b.service_id
            where b.case_id = which and b.territory_id = me.territory_id and b.mother_effect is null and (not v.near_protected or not app.hides_service(v.id)) and v.state = any (awaited)
            order by v.agreed_on desc, v.id desc limit 8) w),
        'cares', app.cares_for(which),
        'readers', audit.reader_count(which, month::timestamp at time zone 'Africa/Casablanca')
    ));
end $$;

-- Where an act that is dated by its day stands among those that have an hour: when it was written down, if that was
-- the same day, else at noon.
create function app.hour_of(day date, known timestamptz) returns timestamptz
language sql immutable as $$
    select case when (known at time zone 'Africa/Casablanca')::date = day then known
                else (day + time '12:00') at time zone 'Africa/Casablanca' end
$$;
grant execute on function app.hour_of to sanad_app, sanad_definer;

-- A page of the story of a file: of each kind the newest before a place, and of those the newest. What stands near
-- a protected file asks of itself, as its policy does; what another file brings in asks of that file.
create function app.story_of(which uuid, groups text[], before timestamptz, before_rank smallint, before_id uuid, most bigint)
returns table (at timestamptz, known timestamptz, kind text, rank smallint, id uuid, code text, detail text, mark text,
               about uuid, author uuid, holder uuid, sealed bytea)
language plpgsql stable security definer rows 30 set search_path = pg_catalog as $$
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
                d.court_id::text, d.file_id, null, case when d.instructions_enc is not null then j.disclosure_id end, d.instructions_enc
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
    ), page as (select * from story order by at desc, rank desc, id desc limit most)
    select t.at, coalesce(t.known, t.at), t.kind, t.rank, t.id, t.code, t.detail, t.mark, t.about, t.author, t.holder, t.sealed
    from page t;
end $$;
grant execute on function app.facts_of, app.situation_of, app.story_of to sanad_app;
alter function app.facts_of owner to sanad_definer;
alter function app.situation_of owner to sanad_definer;
alter function app.story_of owner to sanad_definer;
