-- Somebody is away: a colleague stands in, until a day. The colleague is the second on the files that the
-- absent one leads, and sees what these files owe.

create table app.stand_in (
    id uuid primary key,
    territory_id smallint not null references ref.territory,
    absent uuid not null references sec.app_user,
    -- nobody: the absent one leaves it to a supervisor
    colleague uuid references sec.app_user,
    since date not null,
    until date not null,
    made_by uuid not null references sec.app_user,
    made_at timestamptz not null default now(),
    -- the files came: on the first day, or later, when somebody was named
    begun_at timestamptz,
    ended_at timestamptz,
    constraint stand_in_another check (absent <> colleague),
    constraint stand_in_days check (since <= until),
    -- nobody is away twice on one day
    constraint stand_in_one exclude using gist
        (absent with =, daterange(since, until, '[]') with &&) where (ended_at is null),
    constraint stand_in_home unique (id, territory_id)
);
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
    with check (territory_id = any ((select app.my_territories())::smallint[])
           and (absent = (select app.my_user()) or territory_id = any ((select app.supervised_territories())::smallint[])));
grant update (colleague, ended_at) on app.stand_in to sanad_app;

-- Who may stand in for whom, and from when on the files are with them: the last wall behind the page.
create function app.stand_in_rules() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    day constant date := (case tg_op when 'INSERT' then new.made_at else now() end at time zone 'Africa/Casablanca')::date;
    team constant uuid[] := array(
        select r.user_id from sec.role_assignment r join sec.app_user u on u.id = r.user_id and u.active
        where r.territory_id = new.territory_id and r.role in ('social_worker', 'supervisor') and r.valid @> current_date);
begin
    if new.ended_at is not null then
        return new;
    end if;
    if tg_op = 'INSERT' and (new.absent <> all (team) or new.colleague <> all (team)) then
        raise exception 'colleagues of one prefecture' using errcode = 'check_violation', constraint = 'stand_in_colleagues';
    end if;
    if tg_op = 'UPDATE' and new.colleague is distinct from old.colleague then
        if old.begun_at is not null then
            raise exception 'the files are with a colleague already' using errcode = 'check_violation', constraint = 'stand_in_begun';
        end if;
        if new.colleague <> all (team) then
            raise exception 'colleagues of one prefecture' using errcode = 'check_violation', constraint = 'stand_in_colleagues';
        end if;
    end if;
    if new.begun_at is null and exists (
        select from app.stand_in s
        where s.absent = new.colleague and s.ended_at is null
          and daterange(s.since, s.until, '[]') && daterange(greatest(new.since, day), greatest(new.until, day), '[]')) then
        raise exception 'the colleague is away' using errcode = 'check_violation', constraint = 'stand_in_present';
    end if;
    if new.begun_at is null and new.colleague is not null and new.since <= day then
        new.begun_at := case tg_op when 'INSERT' then new.made_at else now() end;
    end if;
    return new;
end $$;
create trigger stand_in_rules before insert or update on app.stand_in
    for each row execute function app.stand_in_rules();
alter function app.stand_in_rules owner to sanad_definer;

-- The same line as of a file (app.tell), of what concerns a team and no file.
create function app.tell_team(what text, place smallint, people uuid[]) returns void
language sql security definer set search_path = pg_catalog as $$
    insert into app.notice (territory_id, recipient, kind, actor)
    select place, p.id, what, m.user_id
    from sec.me() m, (select distinct unnest(people) as id) p
    where p.id <> m.user_id
    on conflict on constraint notice_once
        do update set at = now(), times = notice.times + 1, seen_at = null
$$;
grant execute on function app.tell_team to sanad_definer;
alter function app.tell_team owner to sanad_definer;

-- An absence is known to the supervisors; who stands in learns it.
create function app.stand_in_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    supervisors constant uuid[] := array(
        select r.user_id from sec.role_assignment r join sec.app_user u on u.id = r.user_id and u.active
        where r.territory_id = new.territory_id and r.role = 'supervisor' and r.valid @> current_date);
begin
    if tg_op = 'INSERT' then
        if new.ended_at is null then
            perform app.tell_team('colleague_away', new.territory_id, supervisors);
            perform app.tell_team('stands_in', new.territory_id, array[new.colleague]);
        end if;
    elsif new.ended_at is not null and old.ended_at is null then
        perform app.tell_team('colleague_back', new.territory_id, supervisors || new.colleague);
    elsif new.colleague is distinct from old.colleague then
        perform app.tell_team('stands_in', new.territory_id, array[new.colleague]);
    end if;
    return null;
end $$;
create trigger stand_in_tells after insert or update on app.stand_in
    for each row execute function app.stand_in_tells();
alter function app.stand_in_tells owner to sanad_definer;

alter table app.case_assignment add column stand_in_id uuid references app.stand_in;
create index on app.case_assignment (stand_in_id);

-- The files come and go with the stand-in, closed ones that are still looked at among them. A colleague who has one
-- already, for a task or as the second, has it twice: each ends by itself. A protected file has named readers: it is
-- left to them.
create function app.stand_in_files() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.ended_at is null and new.begun_at is not null and (tg_op = 'INSERT' or old.begun_at is null) then
        insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since, stand_in_id)
        select gen_random_uuid(), a.case_id, a.territory_id, new.colleague, 'second', new.begun_at, new.id
        from app.case_assignment a
        join app.case_file c on c.id = a.case_id and not c.protected and c.void is null
        where a.user_id = new.absent and a.territory_id = new.territory_id and a.kind = 'lead' and a.until is null
          and (exists (select from app.case_episode e where e.case_id = a.case_id and e.state <> 'closed')
               or exists (select from app.task t where t.case_id = a.case_id and t.done_at is null));
    elsif new.ended_at is not null then
        update app.case_assignment a set until = new.ended_at where a.stand_in_id = new.id and a.until is null;
    end if;
    return null;
end $$;
create trigger stand_in_files after insert or update on app.stand_in
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
        where s.absent = new.user_id and s.territory_id = new.territory_id and s.ended_at is null and s.begun_at is not null;
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

-- Ends what has run out, and begins what was said ahead; a job calls them each night, in that order. Who was to stand
-- in and works there no longer is nobody: the supervisors see that somebody is to be named.
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
create function app.begin_stand_ins() returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    begun bigint;
begin
    update app.stand_in s
    set colleague = (select r.user_id from sec.role_assignment r join sec.app_user u on u.id = r.user_id and u.active
                     where r.user_id = s.colleague and r.territory_id = s.territory_id
                       and r.role in ('social_worker', 'supervisor') and r.valid @> current_date
                       and not exists (select from app.stand_in o where o.absent = s.colleague and o.ended_at is null
                                       and daterange(o.since, o.until, '[]') && daterange(s.since, s.until, '[]'))
                     limit 1)
    where s.ended_at is null and s.begun_at is null and s.colleague is not null
      and s.since <= (now() at time zone 'Africa/Casablanca')::date;
    get diagnostics begun = row_count;
    return begun;
end $$;
alter function app.begin_stand_ins owner to sanad_definer;
set local role sanad_definer;
grant execute on function app.end_stand_ins, app.begin_stand_ins to sanad_job;
set local role sanad_owner;
