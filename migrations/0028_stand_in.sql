-- Somebody is away: a colleague stands in, until a day. The colleague is the second on the files that the
-- absent one leads, and sees what these files owe.

create table app.stand_in (
    id uuid primary key,
    territory_id smallint not null references ref.territory,
    absent uuid not null references sec.app_user,
    colleague uuid not null references sec.app_user,
    until date not null,
    made_by uuid not null references sec.app_user,
    made_at timestamptz not null default now(),
    ended_at timestamptz,
    constraint stand_in_another check (absent <> colleague),
    constraint stand_in_home unique (id, territory_id)
);
create unique index stand_in_one on app.stand_in (absent) where ended_at is null;
create index on app.stand_in (territory_id);
create index on app.stand_in (absent);
create index on app.stand_in (colleague);
create index on app.stand_in (made_by);
-- said by the absent one, or by a supervisor
call app.protect('app.stand_in', 'territory_id = any ((select app.my_territories())::smallint[])',
    'territory_id = any ((select app.my_territories())::smallint[]) and made_by = (select app.my_user())
        and (absent = (select app.my_user()) or territory_id = any ((select app.supervised_territories())::smallint[]))');
alter policy edits on app.stand_in
    using (territory_id = any ((select app.my_territories())::smallint[]) and ended_at is null
           and (absent = (select app.my_user()) or territory_id = any ((select app.supervised_territories())::smallint[])))
    with check (ended_at is not null);
grant update (ended_at) on app.stand_in to sanad_app;

alter table app.case_assignment add column stand_in_id uuid references app.stand_in;
create index on app.case_assignment (stand_in_id);

-- The files come and go with the stand-in, closed ones that are still looked at among them. A colleague who has one
-- already, for a task or as the second, has it twice: each ends by itself. A protected file has named readers: it is
-- left to them.
create function app.stand_in_files() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.ended_at is null then
        insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since, stand_in_id)
        select gen_random_uuid(), a.case_id, a.territory_id, new.colleague, 'second', new.made_at, new.id
        from app.case_assignment a
        join app.case_file c on c.id = a.case_id and not c.protected and c.void is null
        where a.user_id = new.absent and a.territory_id = new.territory_id and a.kind = 'lead' and a.until is null
          and (exists (select from app.case_episode e where e.case_id = a.case_id and e.state <> 'closed')
               or exists (select from app.task t where t.case_id = a.case_id and t.done_at is null));
    else
        update app.case_assignment a set until = new.ended_at where a.stand_in_id = new.id and a.until is null;
    end if;
    return null;
end $$;
create trigger stand_in_files after insert or update of ended_at on app.stand_in
    for each row execute function app.stand_in_files();
alter function app.stand_in_files owner to sanad_definer;

-- A file that somebody is given while they are away goes to who stands in for them; one that they lead no longer
-- leaves both.
create function app.lead_is_stood_in() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.until is null then
        insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since, stand_in_id)
        select gen_random_uuid(), new.case_id, new.territory_id, s.colleague, 'second', new.since, s.id
        from app.stand_in s
        join app.case_file c on c.id = new.case_id and not c.protected and c.void is null
        where s.absent = new.user_id and s.territory_id = new.territory_id and s.ended_at is null;
    else
        update app.case_assignment a set until = new.until
        from app.stand_in s
        where a.case_id = new.case_id and a.stand_in_id = s.id and a.until is null and s.absent = new.user_id;
    end if;
    return null;
end $$;
create trigger lead_is_stood_in after insert or update of until on app.case_assignment
    for each row when (new.kind = 'lead') execute function app.lead_is_stood_in();
alter function app.lead_is_stood_in owner to sanad_definer;

-- Ends what has run out; a job calls it each night.
create function app.end_stand_ins() returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    ended bigint;
begin
    update app.stand_in s set ended_at = now()
    where s.ended_at is null and s.until < (now() at time zone 'Africa/Casablanca')::date;
    get diagnostics ended = row_count;
    return ended;
end $$;
alter function app.end_stand_ins owner to sanad_definer;
set local role sanad_definer;
grant execute on function app.end_stand_ins to sanad_job;
set local role sanad_owner;

-- How much each colleague of the prefecture carries: for its supervisors.
create function app.load_of_team(at timestamptz)
returns table (id uuid, role text, name_ar text, name_la text, files bigint, high bigint, late bigint, soon bigint, oldest timestamptz,
               away_until date, stands_in_ar text, stands_in_la text)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
    place constant smallint := (select m.territory_id from sec.me() m where m.role = 'supervisor');
begin
    return query
    select w.id, w.role, w.name_ar, w.name_la, coalesce(f.files, 0), coalesce(f.high, 0), coalesce(f.late, 0), coalesce(f.soon, 0),
           f.oldest, s.until, u.name_ar, u.name_la
    from app.colleagues() w
    left join lateral (
        select count(distinct a.case_id) as files, count(distinct a.case_id) filter (where e.risk = 'high') as high,
               count(t.id) filter (where t.due_at < at) as late,
               count(t.id) filter (where t.due_at >= at and t.due_at < at + interval '7 days') as soon,
               min(t.due_at) filter (where t.due_at < at) as oldest
        from app.case_assignment a
        join app.case_episode e on e.case_id = a.case_id and e.state <> 'closed'
        left join app.task t on t.case_id = a.case_id and t.done_at is null and t.queue = 'lead'
        where a.user_id = w.id and a.territory_id = place and a.kind = 'lead' and a.until is null) f on true
    left join app.stand_in s on s.absent = w.id and s.ended_at is null
    left join sec.app_user u on u.id = s.colleague
    where place is not null;
end $$;
grant execute on function app.colleagues to sanad_definer;
grant execute on function app.load_of_team to sanad_app;
alter function app.load_of_team owner to sanad_definer;
