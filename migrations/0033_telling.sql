-- Telling people what they need to know: one task in other hands (decision 0074), what changed since somebody
-- looked, notices of answers, and a letter of counts (decision 0075).

-- ——— One task in other hands ————————————————————————————————————————————————————————————————————————————

alter table app.task add column assignee uuid references sec.app_user;
create index on app.task (assignee, due_at);

-- The history of who had it. Nobody named is the lead of the file. A row is for ever.
create table app.task_handover (
    id uuid primary key,
    task_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    from_user uuid references sec.app_user,
    to_user uuid references sec.app_user,
    why_enc bytea not null,
    by_user uuid not null references sec.app_user,
    at timestamptz not null default now(),
    constraint task_handover_moves check (from_user is distinct from to_user),
    constraint task_handover_home unique (id, territory_id),
    foreign key (task_id, territory_id) references app.task (id, territory_id) on update cascade,
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.task_handover (task_id, territory_id);
create index on app.task_handover (case_id, territory_id);
create index on app.task_handover (from_user);
create index on app.task_handover (to_user);
create index on app.task_handover (by_user);
do $$
declare
    mine constant text := 'case_id = any ((select app.my_cases())::uuid[])';
    supervised constant text := 'territory_id = any ((select app.supervised_territories())::smallint[])';
    seen constant text := 'exists (select from app.case_file c where c.id = case_id)';
begin
    call app.protect('app.task_handover', format('%s or (%s and %s)', mine, supervised, seen),
        format('by_user = (select app.my_user()) and (%s or %s) and %s', supervised, mine, seen));
end $$;
call app.read_only_in_emergency('app.task_handover', 'case_id <> all ((select app.emergency_cases())::uuid[])');

-- The colleague has the file for as long as the task is theirs.
alter table app.case_assignment add column handover_id uuid references app.task_handover;
create index on app.case_assignment (handover_id);

-- Who may hand what to whom: the last wall behind the page, whoever writes the row.
create function app.handover_allowed() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    owed record;
    rules boolean;
begin
    select t.assignee, t.queue, t.done_at, c.protected, l.user_id as lead,
           exists (select from app.case_assignment a where a.case_id = c.id and a.user_id = new.by_user and a.until is null
                   and (a.kind = 'lead' or a.stand_in_id is not null)) as answers
    into owed
    from app.task t
    join app.case_file c on c.id = t.case_id and c.void is null
    left join app.case_assignment l on l.case_id = c.id and l.kind = 'lead' and l.until is null
    where t.id = new.task_id and t.case_id = new.case_id and t.territory_id = new.territory_id for update of t;
    if not found or owed.done_at is not null or owed.queue <> 'lead' then
        raise exception 'this is not owed by a worker' using errcode = 'check_violation', constraint = 'task_handover_owed';
    end if;
    new.from_user := owed.assignee;
    if new.to_user = owed.lead then
        new.to_user := null;
    end if;
    rules := exists (select from sec.role_assignment r where r.user_id = new.by_user and r.role = 'supervisor'
                     and r.territory_id = new.territory_id and r.valid @> current_date);
    -- who was handed it may give it back, and no more
    if not (rules or owed.answers or (new.by_user = owed.assignee and new.to_user is null)) then
        raise exception 'it is not theirs to hand over' using errcode = 'check_violation', constraint = 'task_handover_theirs';
    end if;
    if new.to_user is not null and not exists (
        select from sec.role_assignment r join sec.app_user u on u.id = r.user_id and u.active
        where u.id = new.to_user and r.territory_id = new.territory_id and r.role in ('social_worker', 'supervisor')
          and r.valid @> current_date) then
        raise exception 'a colleague of the prefecture' using errcode = 'check_violation', constraint = 'task_handover_colleague';
    end if;
    -- a protected file has named readers: a task names no other
    if new.to_user is not null and owed.protected and not app.is_named_on(new.case_id, new.to_user) then
        raise exception 'a named reader of the file' using errcode = 'check_violation', constraint = 'task_handover_named';
    end if;
    return new;
end $$;

-- Whether somebody reads a file by a name that was written down, not by broken glass or an hour's reason.
create function app.is_named_on(which uuid, who uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
    select exists (select from app.case_assignment a where a.case_id = which and a.user_id = who and a.until is null)
        or exists (select from app.case_grant g where g.case_id = which and g.user_id = who and g.kind = 'named' and g.until > now())
$$;

-- Takes the file from who has no task of it any more. What was done within the hour still opens it: the one who
-- did the work is reading the page of it.
create function app.end_handovers(file uuid, grace interval) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    ended bigint;
begin
    update app.case_assignment a set until = now()
    where a.handover_id is not null and a.until is null and (file is null or a.case_id = file)
      and not exists (select from app.task t where t.case_id = a.case_id and t.assignee = a.user_id
                      and (t.done_at is null or t.done_at > now() - grace));
    get diagnostics ended = row_count;
    return ended;
end $$;

create function app.handover_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.task t set assignee = new.to_user where t.id = new.task_id;
    perform app.end_handovers(new.case_id, interval '0');
    insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since, handover_id)
    select gen_random_uuid(), new.case_id, new.territory_id, new.to_user, 'second', new.at, new.id
    -- who only stands in has it until the other is back, and the task may take longer
    where new.to_user is not null and not exists (
        select from app.case_assignment a
        where a.case_id = new.case_id and a.user_id = new.to_user and a.until is null and a.stand_in_id is null);
    if new.to_user is not null then
        perform app.tell('task_handed', new.case_id, array[new.to_user]);
    else
        perform app.tell('task_back', new.case_id, array(
            select a.user_id from app.case_assignment a
            where a.case_id = new.case_id and a.kind = 'lead' and a.until is null));
    end if;
    if new.from_user is not null then
        perform app.tell('task_taken', new.case_id, array[new.from_user]);
    end if;
    return null;
end $$;
create trigger handover_allowed before insert on app.task_handover
    for each row execute function app.handover_allowed();
create trigger handover_moves after insert on app.task_handover
    for each row execute function app.handover_moves();
grant execute on function app.is_named_on, app.end_handovers to sanad_definer;
alter function app.handover_allowed owner to sanad_definer;
alter function app.is_named_on owner to sanad_definer;
alter function app.end_handovers owner to sanad_definer;
alter function app.handover_moves owner to sanad_definer;
set local role sanad_definer;
grant execute on function app.end_handovers to sanad_job;
set local role sanad_owner;

-- What is owed anew is the lead's again; so is what moved with its file to another city.
create function app.task_comes_home() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    new.assignee := null;
    return new;
end $$;
create trigger task_comes_home before update on app.task
    for each row when (old.assignee is not null
        and ((old.done_at is not null and new.done_at is null) or old.territory_id <> new.territory_id))
    execute function app.task_comes_home();

-- Whom a task of a file can be handed to: colleagues; of a protected file, those who are named on it.
create function app.task_takers(which uuid)
returns table (id uuid, role text, name_ar text, name_la text)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
begin
    return query
    select distinct on (w.name_la, w.id) w.id, w.role, w.name_ar, w.name_la
    from app.case_file c cross join app.colleagues() w
    where c.id = which and c.territory_id = any (app.my_territories()) and c.id <> all (app.hidden_cases())
      and (not c.protected or app.is_named_on(c.id, w.id))
      and not exists (select from app.case_assignment l
                      where l.case_id = c.id and l.user_id = w.id and l.kind = 'lead' and l.until is null)
    order by w.name_la, w.id;
end $$;
grant execute on function app.task_takers to sanad_app;
alter function app.task_takers owner to sanad_definer;

-- ——— What changed since somebody looked ——————————————————————————————————————————————————————————————————

-- Of these files, what others recorded since the reader last looked: kinds and how many of each, in one answer.
-- Of a complaint nothing is told to whom it is about, as of the row itself: to the supervisors, and its answer to who
-- received it. It does not count as a change of the file either, so it is looked for beside them.
create function app.changes_of(files uuid[]) returns table (case_id uuid, changes jsonb)
language plpgsql stable security definer rows 26 set search_path = pg_catalog as $$
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
        join app.child_measure d on d.file_id = k.file_id and d.person_id = k.person_id
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
grant execute on function app.changes_of to sanad_app;
alter function app.changes_of owner to sanad_definer;

-- ——— Notices of answers —————————————————————————————————————————————————————————————————————————————————

-- A plan and a determination come back to their author and to the lead.
create function app.answer_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.tell(tg_argv[0] || case new.state when 'returned' then '_returned' else '_approved' end, new.case_id, array(
        select a.user_id from app.case_assignment a where a.case_id = new.case_id and a.kind = 'lead' and a.until is null
        union select new.author));
    return null;
end $$;
create trigger answer_tells after update of state on app.care_plan
    for each row when (old.state = 'submitted' and new.state in ('approved', 'returned')) execute function app.answer_tells('plan');
create trigger answer_tells after update of state on app.best_interests
    for each row when (old.state = 'submitted' and new.state in ('approved', 'returned')) execute function app.answer_tells('determination');

-- Who asked for a closure learns what became of it.
create function app.closing_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.tell(case new.state when 'closed' then 'closing_granted' else 'closing_refused' end, new.case_id, array(
        select a.user_id from app.case_assignment a where a.case_id = new.case_id and a.kind = 'lead' and a.until is null
        union select old.closure_asked_by where old.closure_asked_by is not null));
    return null;
end $$;
create trigger closing_tells after update of state on app.case_episode
    for each row when (old.state = 'closure_requested' and new.state <> 'closure_requested') execute function app.closing_tells();

-- The other side learns that a file is coming, the sender what was answered.
create function app.transfer_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.state in ('requested', 'withdrawn') then
        perform app.tell('transfer_' || case new.state when 'requested' then 'asked' else 'withdrawn' end, new.case_id, array(
            select r.user_id from sec.role_assignment r
            where r.territory_id = new.to_territory and r.role = 'supervisor' and r.valid @> current_date));
    else
        perform app.tell('transfer_' || new.state, new.case_id, array(
            select a.user_id from app.case_assignment a where a.case_id = new.case_id and a.kind = 'lead' and a.until is null
            union select new.asked_by));
    end if;
    return null;
end $$;
create trigger transfer_tells after insert or update of state on app.case_transfer
    for each row execute function app.transfer_tells();

-- A file that somebody else put into one's hands.
create function app.assignment_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.tell('file_given', new.case_id, array[new.user_id]);
    return null;
end $$;
create trigger assignment_tells after insert on app.case_assignment
    for each row when (new.kind = 'lead') execute function app.assignment_tells();
alter function app.answer_tells owner to sanad_definer;
alter function app.closing_tells owner to sanad_definer;
alter function app.transfer_tells owner to sanad_definer;
alter function app.assignment_tells owner to sanad_definer;

-- ——— A letter of counts ——————————————————————————————————————————————————————————————————————————————————

-- Who asked for one, and where to. Addresses are sealed for their user alone, as the secret of an authenticator.
create table sec.digest (
    user_id uuid primary key references sec.app_user,
    address_enc bytea,
    confirmed_at timestamptz,
    -- an address that waits for its code, with the code
    asked_enc bytea,
    asked_at timestamptz,
    asks smallint not null default 0,
    tries smallint not null default 0,
    -- the day of the last letter: one a day, whatever the queue does
    sent_on date,
    constraint digest_confirmed_whole check ((address_enc is null) = (confirmed_at is null)),
    constraint digest_asked_whole check ((asked_enc is null) = (asked_at is null))
);

create function sec.own_digest()
returns table (user_id uuid, address_enc bytea, confirmed_at timestamptz, asked_enc bytea, sent_on date)
language sql stable security definer rows 1 set search_path = pg_catalog as $$
    select h.user_id, d.address_enc, d.confirmed_at,
           case when d.asked_at > now() - interval '1 hour' and d.tries < 5 then d.asked_enc end, d.sent_on
    from sec.holder() h left join sec.digest d on d.user_id = h.user_id
$$;

-- An address, and the code that goes to it. Five codes a day: nobody's mailbox is flooded from here.
create function sec.ask_digest(sealed bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing}', false);
    insert into sec.digest as d (user_id, asked_enc, asked_at, asks) values (h.user_id, sealed, now(), 1)
    on conflict (user_id) do update
    set asked_enc = sealed, asked_at = now(), tries = 0,
        asks = case when d.asked_at is null or d.asked_at < now() - interval '1 day' then 1 else d.asks + 1 end
    where d.asked_at is null or d.asked_at < now() - interval '1 day' or d.asks < 5;
    if not found then
        return false;
    end if;
    perform audit.record_as(h.user_id, h.assignment_id, 'digest.asked', h.user_id, null);
    return true;
end $$;

-- A code is tried: counted, right or wrong.
create function sec.try_digest() returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing}', false);
    update sec.digest d set tries = d.tries + 1
    where d.user_id = h.user_id and d.asked_at > now() - interval '1 hour' and d.tries < 5;
    return found;
end $$;

create function sec.confirm_digest(sealed bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing}', false);
    update sec.digest d set address_enc = sealed, confirmed_at = now(), asked_enc = null, asked_at = null
    where d.user_id = h.user_id and d.asked_enc is not null;
    if found then
        perform audit.record_as(h.user_id, h.assignment_id, 'digest.confirmed', h.user_id, null);
    end if;
end $$;

-- No more letters; the address goes. What was sent today and how many codes were asked for stays.
create function sec.end_digest() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing}', false);
    update sec.digest d set address_enc = null, confirmed_at = null, asked_enc = null, asked_at = null
    where d.user_id = h.user_id and (d.address_enc is not null or d.asked_enc is not null);
    if found then
        perform audit.record_as(h.user_id, h.assignment_id, 'digest.ended', h.user_id, null);
    end if;
end $$;
grant execute on function sec.own_digest, sec.ask_digest, sec.try_digest, sec.confirm_digest, sec.end_digest to sanad_app;

-- For the jobs: the letter with a code; who waits for the letter of that day; the day taken, or given back.
create function sec.digest_code(who uuid) returns table (asked_enc bytea, locale text)
language sql stable security definer rows 1 set search_path = pg_catalog as $$
    select d.asked_enc, u.locale from sec.digest d join sec.app_user u on u.id = d.user_id and u.active
    where d.user_id = who and d.asked_at > now() - interval '1 hour'
$$;
create function sec.digests_waiting(day date) returns setof uuid
language sql stable security definer rows 100 set search_path = pg_catalog as $$
    select d.user_id from sec.digest d join sec.app_user u on u.id = d.user_id and u.active
    where d.address_enc is not null and d.sent_on is distinct from day
      and exists (select from sec.role_assignment r where r.user_id = u.id and r.valid @> day
                  and r.role in ('social_worker', 'supervisor'))
    order by d.user_id
$$;
create function sec.claim_digest(who uuid, day date) returns table (address_enc bytea, locale text)
language sql security definer rows 1 set search_path = pg_catalog as $$
    update sec.digest d set sent_on = day from sec.app_user u
    where d.user_id = who and u.id = who and u.active and d.address_enc is not null and d.sent_on is distinct from day
    returning d.address_enc, u.locale
$$;
create function sec.unclaim_digest(who uuid, day date) returns void
language sql security definer set search_path = pg_catalog as
$$ update sec.digest d set sent_on = null where d.user_id = who and d.sent_on = day $$;

-- How much somebody owes in all their posts, as their list of the day would count it; put off, handed to a
-- colleague and hidden things apart. Numbers and nothing else.
create function app.count_owed(who uuid, at timestamptz, tonight timestamptz) returns table (late bigint, today bigint)
language sql stable security definer rows 1 set search_path = pg_catalog as $$
    with post as (
        select r.role, r.territory_id from sec.role_assignment r
        where r.user_id = who and r.valid @> at::date and r.role in ('social_worker', 'supervisor')
    ), owed as (
        select t.id, t.due_at, t.snoozed_until from post p
        join app.case_assignment a on a.user_id = who and a.territory_id = p.territory_id and a.until is null
            and (a.kind = 'lead' or a.stand_in_id is not null)
        join app.task t on t.case_id = a.case_id and t.done_at is null and t.queue = 'lead' and t.assignee is null
        union
        select t.id, t.due_at, t.snoozed_until from post p
        join app.task t on t.assignee = who and t.territory_id = p.territory_id and t.done_at is null
        union
        select t.id, t.due_at, t.snoozed_until from post p
        join app.task t on t.territory_id = p.territory_id and t.queue = 'supervisor' and t.done_at is null
        join app.case_file c on c.id = t.case_id and (not c.protected or app.is_named_on(c.id, who))
        where p.role = 'supervisor'
        union
        select k.id, k.received_at + case when exists (
                   select from app.contact_child s join app.contact_child_flag f on f.contact_child_id = s.id
                   where s.contact_id = k.id) then interval '4 hours' else interval '24 hours' end, null
        from post p join app.contact k on k.territory_id = p.territory_id and k.state = 'submitted'
        where p.role = 'supervisor'
    )
    select count(*) filter (where o.due_at < at), count(*) filter (where o.due_at >= at and o.due_at < tonight)
    from owed o where o.snoozed_until is null or o.snoozed_until <= at::date
$$;
alter function app.count_owed owner to sanad_definer;
set local role sanad_definer;
grant execute on function app.count_owed, app.key_ring to sanad_job;
set local role sanad_owner;
grant execute on function sec.digest_code, sec.digests_waiting, sec.claim_digest, sec.unclaim_digest to sanad_job;

-- A letter with a code is work that a page asks for.
grant create on schema job to sanad_job;
set local role sanad_job;
create or replace function job.enqueue(kind text, id uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if kind is null or kind <> all (array['seal_audit', 'watch_reading', 'send_code']) then
        raise exception 'there is no such job' using errcode = 'check_violation';
    end if;
    perform graphile_worker.add_job(
        identifier => kind, payload => json_build_object('id', enqueue.id),
        job_key => concat_ws(':', kind, enqueue.id), max_attempts => 8);
end $$;
set local role sanad_owner;
revoke create on schema job from sanad_job;

-- What each colleague carries: files by who leads them, things owed by whose hands they are in.
create function app.load_of_team(at timestamptz)
returns table (id uuid, role text, name_ar text, name_la text, files bigint, high bigint, late bigint, soon bigint, oldest timestamptz,
               absence uuid, away_since date, away_until date, stands_in_ar text, stands_in_la text)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
    place constant smallint := (select m.territory_id from sec.me() m where m.role = 'supervisor');
begin
    return query
    select w.id, w.role, w.name_ar, w.name_la, coalesce(f.files, 0), coalesce(f.high, 0), coalesce(o.late, 0), coalesce(o.soon, 0),
           o.oldest, s.id, s.since, s.until, u.name_ar, u.name_la
    from (select c.id, c.role, c.name_ar, c.name_la from app.colleagues() c
          union all
          -- who works here no longer and leads files still: what these owe is on nobody's list but this one
          select p.id, 'gone', p.name_ar, p.name_la from sec.app_user p
          where p.id <> all (array(select c.id from app.colleagues() c)) and p.id in (
              select a.user_id from app.case_assignment a join app.case_file c on c.id = a.case_id and c.void is null
              where a.territory_id = place and a.kind = 'lead' and a.until is null
                and (a.is_open or exists (select from app.task t where t.case_id = a.case_id and t.done_at is null)))) w
    left join lateral (
        select count(*) as files, count(*) filter (where e.risk = 'high') as high
        from app.case_assignment a
        join app.case_file c on c.id = a.case_id and c.void is null
        join app.case_episode e on e.case_id = a.case_id and e.state <> 'closed'
        where a.user_id = w.id and a.territory_id = place and a.kind = 'lead' and a.until is null) f on true
    left join lateral (
        select count(*) filter (where t.due_at < at) as late,
               count(*) filter (where t.due_at >= at and t.due_at < at + interval '7 days') as soon,
               min(t.due_at) filter (where t.due_at < at) as oldest
        from (select t.due_at from app.case_assignment a
              join app.task t on t.case_id = a.case_id and t.done_at is null and t.queue = 'lead' and t.assignee is null
              where a.user_id = w.id and a.territory_id = place and a.kind = 'lead' and a.until is null
              union all
              select t.due_at from app.task t where t.assignee = w.id and t.territory_id = place and t.done_at is null) t) o on true
    -- the absence that runs, or else the next that was said
    left join lateral (select n.id, n.since, n.until, n.colleague from app.stand_in n
                       where n.absent = w.id and n.territory_id = place and n.ended_at is null and n.until >= current_date
                       order by n.since limit 1) s on true
    left join sec.app_user u on u.id = s.colleague
    where place is not null;
end $$;
grant execute on function app.colleagues to sanad_definer;
grant execute on function app.load_of_team to sanad_app;
alter function app.load_of_team owner to sanad_definer;
