-- Papers of many pages are set by background work; an annex has a paper of its own; who opened a signed act. Decision 0093.

-- ——— Annexes on paper —————————————————————————————————————————————————————————————————————————————————————

alter table app.paper
    drop constraint paper_kind_check,
    drop constraint paper_subject,
    add constraint paper_kind_check check (kind in ('dossier', 'annex', 'child_notice', 'adult_notice')),
    add constraint paper_subject check ((kind in ('dossier', 'annex')) = (disclosure_id is not null)
        and (kind = 'child_notice') = (child_decision_id is not null)
        and (kind = 'adult_notice') = (adult_decision_id is not null));

-- ——— Papers that are being made ———————————————————————————————————————————————————————————————————————————

-- A paper of many pages, for whoever asked for it: first what is to be set, then the paper itself, sealed by the key of
-- the extract that it is of. It names its reader and its moment, so it is theirs alone; an hour later it is gone.
create table app.paper_job (
    id uuid primary key,
    asked_by uuid not null references sec.app_user,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    disclosure_id uuid not null references app.disclosure,
    -- of what stands on it but its reader and its moment: asked for twice, it is made once
    print bytea not null constraint paper_job_print_check check (length(print) = 32),
    content_enc bytea not null constraint paper_job_content_check check (octet_length(content_enc) <= 50000000),
    asked_at timestamptz not null default now(),
    expires_at timestamptz not null,
    begun_at timestamptz,
    set_at timestamptz,
    failed_at timestamptz,
    constraint paper_job_once unique (asked_by, print),
    constraint paper_job_ends check (num_nonnulls(set_at, failed_at) < 2),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.paper_job (file_id, case_id, territory_id, court_id);
create index on app.paper_job (disclosure_id);
create index on app.paper_job (expires_at);

-- Its reader's, as long as they read the file.
do $$
declare
    social constant text := '(case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))';
    court constant text := '(court_id = any ((select app.my_courts())::smallint[]) and file_id <> all ((select app.unsent_files())::uuid[]))';
    own constant text := 'asked_by = (select app.my_user()) and (' || social || ' or ' || court || ')';
begin
    call app.protect('app.paper_job', own, own || ' and exists (select from app.judicial_file f where f.id = file_id)');
end $$;
call app.read_only_in_emergency('app.paper_job', 'case_id <> all ((select app.emergency_cases())::uuid[])');

-- One that is over, for whoever asks again: its hour has passed, or it could not be set.
create function app.drop_paper(which uuid, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    delete from app.paper_job j
    where j.id = which and j.asked_by = (select m.user_id from sec.me() m)
      and (j.expires_at <= at or j.failed_at is not null);
    return found;
end $$;

-- Takes one up: what is to be set, with the wrapped key that opens it. Nothing if it is set, or its hour has passed. Taken
-- up again after a restart, it is set again.
create function app.begin_paper(which uuid, at timestamptz)
returns table (disclosure_id uuid, content bytea, key bytea)
language plpgsql security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    update app.paper_job j set begun_at = at, failed_at = null
    from sec.data_key k join sec.vault_key v on v.id = k.vault_key_id
    where j.id = which and j.set_at is null and j.expires_at > at
      and k.holder_kind = 'disclosure' and k.holder_id = j.disclosure_id
    returning j.disclosure_id, j.content_enc, int4send(k.id) || int4send(v.id) || v.wrapped || k.wrapped;
end $$;

-- The paper in the place of what it was made from; false if it came too late.
create function app.keep_paper(which uuid, paper bytea, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.paper_job j set content_enc = paper, set_at = at, failed_at = null
    where j.id = which and j.begun_at is not null and j.set_at is null;
    return found;
end $$;

-- It could not be set: its reader is told.
create function app.fail_paper(which uuid, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.paper_job j set failed_at = at where j.id = which and j.set_at is null;
    return found;
end $$;

-- Those whose hour has passed.
create function app.sweep_papers(at timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    swept bigint;
begin
    delete from app.paper_job j where j.expires_at <= at;
    get diagnostics swept = row_count;
    return swept;
end $$;

grant execute on function app.drop_paper to sanad_app;
grant execute on function app.begin_paper, app.keep_paper, app.fail_paper, app.sweep_papers to sanad_job;
-- Nobody deletes a row of app but the owner of its table: here the functions above, and they alone.
do $$
declare
    made text;
begin
    foreach made in array array['drop_paper(uuid, timestamptz)', 'begin_paper(uuid, timestamptz)',
                                'keep_paper(uuid, bytea, timestamptz)', 'fail_paper(uuid, timestamptz)',
                                'sweep_papers(timestamptz)'] loop
        execute format('alter function app.%s owner to sanad_definer', made);
    end loop;
end $$;
alter table app.paper_job owner to sanad_definer;

-- A paper is work that a page asks for. One after the other, in a queue of their own: they leave the other half of the
-- worker to the rest.
grant create on schema job to sanad_job;
set local role sanad_job;
create or replace function job.enqueue(kind text, id uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if kind is null or kind <> all (array['seal_audit', 'watch_reading', 'send_code', 'set_paper']) then
        raise exception 'there is no such job' using errcode = 'check_violation';
    end if;
    perform graphile_worker.add_job(
        identifier => kind, payload => json_build_object('id', enqueue.id),
        queue_name => case when kind = 'set_paper' then 'papers' end,
        job_key => concat_ws(':', kind, enqueue.id), max_attempts => 8);
end $$;
set local role sanad_owner;
revoke create on schema job from sanad_job;

-- ——— What a code stands for ———————————————————————————————————————————————————————————————————————————————

-- Annexes that were sent have codes too. A decision that another corrects is never changed, so its paper stays a true
-- one: whether it is still in force is not what is asked.
set local role sanad_definer;
create or replace function app.verify_paper(wanted text)
returns table (sha256 bytea, file_id uuid, territory_id smallint, number text, decision_id uuid, person_id uuid,
               decided text, effect text, ground text, further text[], decided_on date, court_id smallint, act text, words bytea,
               extract_id uuid, version smallint, snapshot bytea, snapshot_sha256 bytea, key bytea)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select p.sha256, f.id, f.territory_id, f.number, coalesce(c.id, a.id), coalesce(c.person_id, a.person_id),
           coalesce(c.kind, a.kind), a.effect, coalesce(a.offence, a.reason),
           array(select o.offence from app.adult_decision_offence o where o.decision_id = a.id order by o.seq),
           coalesce(c.decided_on, a.decided_on),
           coalesce(c.taken_at_court, a.taken_at_court, f.court_id), t.number, c.instructions_enc,
           e.id, e.schema_version, e.snapshot_enc, e.sha256,
           int4send(k.id) || int4send(v.id) || v.wrapped || k.wrapped
    from app.paper p
    join app.judicial_file f on f.id = p.file_id and f.state not in ('draft', 'withdrawn')
    left join app.child_decision c on c.id = p.child_decision_id and c.file_id = f.id
    left join app.adult_decision a on a.id = p.adult_decision_id and a.file_id = f.id
    left join app.court_act t on t.id = coalesce(c.act_id, a.act_id)
    cross join lateral (
        select y.disclosure_id, 0 as nth from app.judicial_file y where y.id = f.id and p.kind <> 'annex'
        union all
        select y.disclosure_id, 1 from app.judicial_file y where y.joined_to = f.id and p.kind not in ('dossier', 'annex')
        union all
        select y.disclosure_id, 0 from app.judicial_annex y where y.file_id = f.id and p.kind = 'annex') x
    join app.disclosure e on e.id = x.disclosure_id and e.sent_at is not null
    join sec.data_key k on k.holder_kind = 'disclosure' and k.holder_id = e.id
    join sec.vault_key v on v.id = k.vault_key_id
    where p.code = wanted and (p.disclosure_id is null or e.id = p.disclosure_id)
    order by x.nth, e.id;
end $$;
set local role sanad_owner;

-- ——— Who opened a signed act ——————————————————————————————————————————————————————————————————————————————

-- Who opened the scans of the acts of a file, and who could not: of those that this session may read itself, the latest
-- twenty of each. What was opened is told by the trail, which an opening is written to before a byte leaves.
create function app.act_openings(which uuid)
returns table (document uuid, at timestamptz, name_ar text, name_la text, at_court boolean, whole boolean)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
    f record;
    is_court boolean;
    theirs constant uuid[] := app.act_documents();
begin
    select x.id, x.case_id, x.territory_id, x.court_id, x.state into f from app.judicial_file x where x.id = which;
    is_court := f.state not in ('draft', 'withdrawn') and app.stands_on('court', f.territory_id, f.court_id, f.case_id);
    if f.id is null or not (is_court or app.stands_on('cell', f.territory_id, f.court_id, f.case_id)) then
        return;
    end if;
    return query
    select l.attachment_id, v.at, u.name_ar, u.name_la,
           coalesce(r.role in ('prosecutor', 'chief_prosecutor', 'court_registrar'), false), v.action = 'court_act.opened'
    from app.act_attachment l
    cross join lateral (
        select e.at, e.actor, e.assignment, e.action from audit.event e
        where e.object_id = which and e.object_kind = 'judicial_file' and e.at >= l.added_at
          and e.action in ('court_act.opened', 'court_act.unreadable')
          and e.fields ->> 'document' = l.attachment_id::text
        order by e.at desc limit 20) v
    left join sec.app_user u on u.id = v.actor
    left join sec.role_assignment r on r.id = v.assignment
    where l.file_id = which and (is_court or l.attachment_id = any (theirs))
    order by v.at desc;
end $$;
grant execute on function app.act_openings to sanad_app;
alter function app.act_openings owner to sanad_definer;
