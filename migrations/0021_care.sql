-- What carries a child from the street to a stable life hangs on the file: one way to guard such a table, and
-- one list of what is owed.

-- Row security of a table that hangs on a file (`case_id`, `territory_id`): read and written by whoever works on
-- the file and by its supervisors, read alone through broken glass, hidden with a protected file.
create procedure app.protect_care(target regclass)
language plpgsql as $$
declare
    mine constant text := 'case_id = any ((select app.my_cases())::uuid[])';
    supervised constant text := 'territory_id = any ((select app.supervised_territories())::smallint[])';
    seen constant text := 'exists (select from app.case_file c where c.id = case_id)';
begin
    call app.protect(target, format('%s or (%s and %s)', mine, supervised, seen),
        format('(%s or %s) and %s', supervised, mine, seen));
    call app.read_only_in_emergency(target, 'case_id <> all ((select app.emergency_cases())::uuid[])');
end $$;

-- What can be owed, by whom: the lead of the file or a supervisor.
call ref.create_list('task_rule', ', queue text not null constraint task_rule_queue_check check (queue in (''lead'', ''supervisor''))');

-- A due date lives on the row that owes it; this is the list made of them (schema D15). The triggers of those
-- rows keep it, in the same transaction: what is owed is never late in showing, and doing the work is what
-- strikes it out. (rule, subject, occurrence) is its name: to owe twice is to owe once.
create table app.task (
    id uuid primary key default gen_random_uuid(),
    territory_id smallint not null,
    rule text not null references ref.task_rule,
    queue text not null,
    occurrence integer not null default 1,
    case_id uuid not null,
    episode_id uuid,
    service_id uuid,
    judicial_file_id uuid,
    subject uuid not null generated always as (coalesce(episode_id, service_id, judicial_file_id)) stored,
    due_at timestamptz not null,
    owed_at timestamptz not null default now(),
    done_at timestamptz,
    -- put off to a day, and why; owed to another day, it is back
    snoozed_until date,
    snoozed_by uuid references sec.app_user,
    snooze_enc bytea,
    constraint task_snooze_whole check (num_nonnulls(snoozed_until, snoozed_by, snooze_enc) in (0, 3)),
    constraint task_one_subject check (num_nonnulls(episode_id, service_id, judicial_file_id) = 1),
    constraint task_once unique (rule, subject, occurrence),
    constraint task_home unique (id, territory_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade,
    foreign key (episode_id) references app.case_episode,
    foreign key (service_id) references app.service,
    foreign key (judicial_file_id) references app.judicial_file
);
create index on app.task (case_id, territory_id);
create index on app.task (episode_id);
create index on app.task (service_id);
create index on app.task (judicial_file_id);
create index on app.task (snoozed_by);
create index task_of_file on app.task (case_id, due_at) where done_at is null;
create index task_of_place on app.task (territory_id, queue, due_at) where done_at is null;
call app.protect_care('app.task');
-- written by the two functions below alone
revoke insert on app.task from sanad_app;
grant update (snoozed_until, snoozed_by, snooze_enc) on app.task to sanad_app;

-- Owes `what` once more, or moves its date; what was struck out by mistake of order is owed again.
create function app.owe(what text, file uuid, place smallint, due timestamptz, nth integer default 1,
                        episode uuid default null, service uuid default null, judicial uuid default null)
returns void language sql security definer set search_path = pg_catalog as $$
    insert into app.task as t (territory_id, rule, queue, occurrence, case_id, episode_id, service_id, judicial_file_id, due_at)
    select place, r.code, r.queue, nth, file, episode, service, judicial, due from ref.task_rule r where r.code = what
    on conflict on constraint task_once do update
    set due_at = excluded.due_at, done_at = null, snoozed_until = null, snoozed_by = null, snooze_enc = null
    where t.due_at <> excluded.due_at or t.done_at is not null
$$;
alter function app.owe owner to sanad_definer;

-- Strikes out what is no longer owed: one occurrence, or all of them.
create function app.settle(what text, about uuid, nth integer default null)
returns void language sql security definer set search_path = pg_catalog as $$
    update app.task t set done_at = now()
    where t.rule = what and t.subject = about and t.done_at is null and (nth is null or t.occurrence = nth)
$$;
alter function app.settle owner to sanad_definer;

-- Each state owes its step until the next. Visits are owed by themselves while a child is followed up; a file
-- that closes owes nothing more but the visits after it.
create function app.episode_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    step constant text := case new.state when 'closure_requested' then 'closure_answer'
        when 'monitoring' then null when 'closed' then null else 'step_' || new.state end;
begin
    update app.task t set done_at = now()
    where t.episode_id = new.id and t.done_at is null and t.rule is distinct from step
      and (t.rule like 'step\_%' or t.rule = 'closure_answer' or new.state = 'closed');
    if step is not null and new.due_at is not null then
        perform app.owe(step, new.case_id, new.territory_id, new.due_at, episode => new.id);
    end if;
    return null;
end $$;
create trigger episode_owes after insert or update of state, due_at on app.case_episode
    for each row execute function app.episode_owes();
alter function app.episode_owes owner to sanad_definer;

-- What is known and done in the last episode of a file: what its moves need (domain §3.2). The columns are the
-- fields of `Facts` in the program.
create view app.case_facts with (security_invoker = true) as
select c.id as case_id,
       p.sex <> 'U' as sex,
       p.birth_latest is not null as birth,
       given.any_help as served,
       given.any_urgent as urgent_help,
       not given.urgent_owed as emergency_delivered,
       not exists (select from app.judicial_child k
                   join app.judicial_file j on j.id = k.file_id and j.state in ('transmitted', 'received', 'returned', 'under_study')
                   where k.child_case_id = c.id
                     and not exists (select from app.child_decision d where d.file_id = k.file_id and d.person_id = k.person_id)
                  ) as judicial_decided
from app.case_file c
join app.person p on p.id = c.child_id
join lateral (select x.opened_at from app.case_episode x where x.case_id = c.id order by x.seq desc limit 1) e on true
cross join lateral (
    select coalesce(bool_or(s.state = 'delivered' and s.delivered_on >= e.opened_at::date), false) as any_help,
           coalesce(bool_or(s.state = 'delivered' and s.urgent and s.delivered_on >= e.opened_at::date), false) as any_urgent,
           coalesce(bool_or(s.state = 'planned' and s.urgent), false) as urgent_owed
    from app.service_beneficiary b join app.service s on s.id = b.service_id
    where b.case_id = c.id and b.mother_effect is null) given;
grant select on app.case_facts to sanad_app;
