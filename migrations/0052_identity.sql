-- One identity (decision 0097): a city asks another whether it knows a child, two records are put under one identity and
-- taken apart again, and which value of several records is shown. Nothing moves (schema D5): what is joined is read across
-- the records, and when they are taken apart each is as it was.

-- ——— What was decided ————————————————————————————————————————————————————————————————————————————————————————————

-- Each decision that put records together or took them apart, for ever; its links name it. It hangs on the record whose
-- file was open when it was taken.
create table app.identity_act (
    id uuid primary key,
    territory_id smallint not null,
    person_id uuid not null,
    kind text not null constraint identity_act_kind_check check (kind in ('joined', 'parted')),
    -- the other record, of the same prefecture; of another one the request knows it
    beside uuid references app.person,
    -- taken apart: which decision is undone, what is said of the two now, and why
    undoes uuid unique references app.identity_act,
    verdict text constraint identity_act_verdict_check check (verdict in ('not_same', 'unsure')),
    why_enc bytea,
    request_id uuid,
    by_user uuid not null references sec.app_user,
    at timestamptz not null default now(),
    constraint identity_act_parted check ((kind = 'parted') = (undoes is not null) and (undoes is null) = (verdict is null)),
    constraint identity_act_why check (why_enc is null or kind = 'parted'),
    foreign key (person_id, territory_id) references app.person (id, territory_id) on update cascade
);
create index on app.identity_act (person_id, territory_id);
create index on app.identity_act (beside);
create index on app.identity_act (by_user);
-- a link that puts a record back where it was names the link that stood there, and is of the same decision
alter table app.identity_link
    add act_id uuid references app.identity_act,
    add restores_id uuid references app.identity_link;
create index on app.identity_link (act_id);
create index on app.identity_link (restores_id);
-- what a decision writes, functions write: a page writes a record's first link, and what is not the same child
revoke insert on app.identity_link from sanad_app;
grant insert (id, territory_id, person_id, identity_id, verdict, decided_by, at, supersedes_id, live)
    on app.identity_link to sanad_app;

-- ——— Asking another city ——————————————————————————————————————————————————————————————————————————————————————————

-- Each look at what other cities hold, and the cities that were named: nobody fishes unseen.
create table app.identity_look (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    by_user uuid not null references sec.app_user,
    at timestamptz not null default now(),
    cities smallint[] not null,
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.identity_look (case_id, territory_id);
create index on app.identity_look (by_user, at);

-- "Is this your child, too?" The one who asks sends a frozen card and learns the answer; which child of theirs is meant,
-- the other side alone knows (`identity_target`).
create table app.identity_request (
    id uuid primary key,
    case_id uuid not null,
    -- where the file that is asked about is now
    territory_id smallint not null,
    case_number text not null,
    from_territory smallint not null references ref.territory,
    to_territory smallint not null references ref.territory,
    state text not null default 'requested' constraint identity_request_state_check
        check (state in ('requested', 'accepted', 'refused', 'unsure', 'withdrawn', 'ended')),
    sheet_enc bytea not null,
    asked_by uuid not null references sec.app_user,
    asked_at timestamptz not null default now(),
    answered_by uuid references sec.app_user,
    answered_at timestamptz,
    answer_enc bytea,
    -- accepted, and taken apart again
    ended_by uuid references sec.app_user,
    ended_at timestamptz,
    end_enc bytea,
    constraint identity_request_elsewhere check (from_territory <> to_territory),
    constraint identity_request_answered_whole check ((state = 'requested') = (answered_at is null)
        and (answered_at is null) = (answered_by is null)),
    constraint identity_request_ended_whole check ((state = 'ended') = (ended_at is not null)
        and num_nulls(ended_by, ended_at, end_enc) in (0, 3)),
    constraint identity_request_said check (state not in ('refused', 'unsure') or answer_enc is not null),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create unique index identity_request_one_open on app.identity_request (case_id, to_territory) where state = 'requested';
create index on app.identity_request (case_id, territory_id);
create index identity_request_out on app.identity_request (territory_id, asked_at desc);
create index on app.identity_request (from_territory);
create index identity_request_in on app.identity_request (to_territory, asked_at desc);
create index on app.identity_request (asked_by);
create index on app.identity_request (answered_by);
create index on app.identity_request (ended_by);
alter table app.identity_act add foreign key (request_id) references app.identity_request;
create index on app.identity_act (request_id);

-- The children of the other side who may be meant, and the one who was.
create table app.identity_target (
    request_id uuid not null references app.identity_request,
    person_id uuid not null,
    territory_id smallint not null,
    chosen boolean not null default false,
    primary key (request_id, person_id),
    foreign key (person_id, territory_id) references app.person (id, territory_id) on update cascade
);
create unique index identity_target_one on app.identity_target (request_id) where chosen;
create index on app.identity_target (person_id, territory_id);

-- ——— Which value is shown ——————————————————————————————————————————————————————————————————————————————————————————

-- Of several records of one child, whose value of a field this city shows: a preference, and never a change of a record.
-- The newest counts; one that is of no record of the child any more counts for nothing.
create table app.identity_preference (
    id uuid primary key,
    territory_id smallint not null,
    identity_id uuid not null references app.identity,
    field text not null constraint identity_preference_field_check
        check (field in ('names', 'birth', 'sex', 'nationality', 'civil_status')),
    person_id uuid not null,
    by_user uuid not null references sec.app_user,
    at timestamptz not null default now(),
    supersedes_id uuid constraint identity_preference_once unique references app.identity_preference,
    foreign key (person_id, territory_id) references app.person (id, territory_id) on update cascade
);
create index on app.identity_preference (identity_id, territory_id, field, at desc);
create index on app.identity_preference (person_id, territory_id);
create index on app.identity_preference (by_user);

-- ——— Who sees what ————————————————————————————————————————————————————————————————————————————————————————————————

-- Requests to this city about a child whose file was protected since: its card is closed.
create function app.shielded_requests() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return array(select r.id from sec.me() m
                 join app.identity_request r on r.to_territory = m.territory_id and r.territory_id <> m.territory_id
                 join app.case_file c on c.id = r.case_id and c.protected
                 where m.role = 'supervisor');
end $$;
grant execute on function app.shielded_requests to sanad_app, sanad_definer;
alter function app.shielded_requests owner to sanad_definer;

do $$
declare
    here constant text := 'territory_id = any ((select app.my_territories())::smallint[])';
    supervised constant text := '= any ((select app.supervised_territories())::smallint[])';
    own constant text := here || ' and exists (select from app.person p where p.id = person_id)';
begin
    -- written by the functions below alone
    call app.protect('app.identity_act', own, 'false');
    call app.protect('app.identity_look',
        'case_id = any ((select app.my_cases())::uuid[]) or (territory_id ' || supervised || '
            and exists (select from app.case_file c where c.id = case_id))', 'false');
    call app.protect('app.identity_request',
        '(territory_id ' || supervised || ' or to_territory ' || supervised || '
            or (asked_by = (select app.my_user()) and ' || here || '))
         and case_id <> all ((select app.hidden_cases())::uuid[])
         and id <> all ((select app.shielded_requests())::uuid[])', 'false');
    call app.protect('app.identity_target',
        'territory_id ' || supervised || ' and exists (select from app.person p where p.id = person_id)', 'false');
    call app.protect('app.identity_preference', own,
        own || ' and by_user = (select app.my_user())
            and exists (select from app.identity_link l where l.person_id = identity_preference.person_id
                        and l.identity_id = identity_preference.identity_id and l.verdict = ''same'' and l.live)');
    revoke insert on app.identity_act, app.identity_look, app.identity_request, app.identity_target from sanad_app;
end $$;
call app.read_only_in_emergency('app.identity_look', 'case_id <> all ((select app.emergency_cases())::uuid[])');
call app.read_only_in_emergency('app.identity_request', 'case_id <> all ((select app.emergency_cases())::uuid[])');
call app.read_only_in_emergency('app.identity_preference', 'person_id <> all ((select app.emergency_persons())::uuid[])');

-- ——— Which other cities may know a child ————————————————————————————————————————————————————————————————————————————

create function app.identity_of(which uuid) returns uuid
language sql stable as
$$ select l.identity_id from app.identity_link l where l.person_id = which and l.verdict = 'same' and l.live $$;
grant execute on function app.identity_of to sanad_definer;

-- A given name and a family name, in one script: less is no name to ask a whole country by.
create function app.is_whole_name(n app.person_name) returns boolean
language sql immutable as
$$ select num_nulls(n.given_ar, n.family_ar) = 0 or num_nulls(n.given_la, n.family_la) = 0 $$;
grant execute on function app.is_whole_name to sanad_definer;

-- The keys of one kind (docs/names.md), without their prefecture.
create function app.keys_of_kind(keys text[], kind text) returns text[]
language sql immutable set search_path = pg_catalog as
$$ select array(select distinct substr(k, strpos(k, ':') + 1) from unnest(keys) k where split_part(k, ':', 2) = kind) $$;

-- Of how many parts the name is.
create function app.parts_of_name(keys text[]) returns integer
language sql immutable set search_path = pg_catalog as
$$ select min(split_part(k, ':', 3)::integer) from unnest(keys) k where split_part(k, ':', 2) = 'n' $$;
grant execute on function app.keys_of_kind, app.parts_of_name to sanad_definer;

-- Children of other cities, each with a file there, who may be this child: a whole name of each, of which one has every
-- pair of parts of the other, and one part as it is written; sex and age that can be one child's. A protected child is not among
-- them, nor is one of whom the same city said already that it is another. For functions alone.
create function app.possible_elsewhere(which uuid) returns table (person_id uuid, territory_id smallint)
language plpgsql stable security definer rows 5 set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    child app.person;
    away smallint[];
begin
    select * into child from app.person p where p.id = which and not p.protected;
    if not found then
        return;
    end if;
    away := array(select c from app.cells() c where c <> child.territory_id);
    return query
    with own as (
        select n.id, app.keys_of_kind(n.keys, 'p') as pairs, app.keys_of_kind(n.keys, 's') as written,
               app.parts_of_name(n.keys) as parts
        from app.person_name n where n.person_id = which and n.names_enc is null and app.is_whole_name(n)
    ), met as (
        select o.id as own, x.id as other
        from own o
        cross join lateral (select n.id from app.person_name n where n.keys && app.keys_in(away, o.pairs) limit 500) x
    )
    select distinct p.id, p.territory_id
    from met
    join own o on o.id = met.own
    join app.person_name n on n.id = met.other and app.is_whole_name(n)
    cross join lateral (select app.keys_of_kind(n.keys, 'p') as pairs, app.keys_of_kind(n.keys, 's') as written,
                               least(app.parts_of_name(n.keys), o.parts) as parts) y
    join app.person p on p.id = n.person_id and not p.protected and p.territory_id = any (away)
        and (p.sex = child.sex or 'U' in (p.sex, child.sex))
        and (p.birth_earliest is null or child.birth_earliest is null
             or (p.birth_earliest <= child.birth_latest + 365 and p.birth_latest >= child.birth_earliest - 365))
    -- as many pairs in common as the shorter name has
    where y.written && o.written
      and (select count(*) from unnest(y.pairs) k where k = any (o.pairs)) >= y.parts * (y.parts - 1) / 2
      and exists (select from app.case_file c where c.child_id = p.id and c.void is null and not c.protected)
      and app.identity_of(p.id) is distinct from app.identity_of(which)
      and not exists (select from app.identity_target t join app.identity_request r on r.id = t.request_id
                      join app.case_file c on c.id = r.case_id
                      where t.person_id = p.id and c.child_id = which and r.state = 'refused');
end $$;
grant execute on function app.possible_elsewhere, app.cells to sanad_definer;

-- A file of this session's, to be worked on, and of an ordinary child: what may be asked about and joined.
create function app.joinable(which uuid) returns app.case_file
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    file app.case_file;
begin
    if app.reads_file(which) and not app.is_in_emergency(which) then
        select * into file from app.case_file c where c.id = which and c.void is distinct from 'invalid' and not c.protected;
    end if;
    return file;
end $$;
grant execute on function app.joinable to sanad_definer;

-- Looks, and writes the look down with the cities that were named; of a city it says nothing else. At most twenty looks a
-- person and day (in Morocco), over all files: a look is for a child who stands before somebody, and not for a list of
-- names. `bound`: that many there were; `unnamed`: no whole name; null: no such file for this session, or a protected one.
create function app.look_elsewhere(look uuid, which uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    a_day constant integer := 20;
    me constant uuid := app.my_user();
    file constant app.case_file := app.joinable(which);
    today constant timestamptz := date_trunc('day', now() at time zone 'Africa/Casablanca') at time zone 'Africa/Casablanca';
begin
    if file.id is null or file.void is not null then
        return null;
    end if;
    -- of two looks of one person at once, the second counts the first
    perform pg_advisory_xact_lock(hashtextextended('identity_look ' || me, 0));
    if exists (select from app.identity_look l where l.id = look and l.by_user = me and l.case_id = which) then
        return 'looked';
    end if;
    if (select count(*) from app.identity_look l where l.by_user = me and l.at >= today) >= a_day then
        return 'bound';
    end if;
    if not exists (select from app.person_name n where n.person_id = file.child_id and n.names_enc is null
                   and app.is_whole_name(n)) then
        return 'unnamed';
    end if;
    insert into app.identity_look (id, case_id, territory_id, by_user, cities)
    values (look, which, file.territory_id, me,
            array(select distinct e.territory_id from app.possible_elsewhere(file.child_id) e order by 1))
    -- a form that was taken from another file looks for nothing
    on conflict (id) do nothing;
    return 'looked';
end $$;

-- Asks the supervisor of a city whether they know the child. `waits`: one is asked already; `gone`: nothing there any more
-- that may be the child; null: no such file for this session.
create function app.ask_elsewhere(request uuid, which uuid, there smallint, sheet bytea) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me constant uuid := app.my_user();
    file constant app.case_file := app.joinable(which);
    found_there constant uuid[] := array(
        select e.person_id from app.possible_elsewhere(file.child_id) e where e.territory_id = there);
begin
    if file.id is null or file.void is not null then
        return null;
    end if;
    -- pressed twice; what nobody looked for is not asked for
    if not exists (select from app.identity_request r where r.id = request) and (found_there = '{}' or not exists (
           select from app.identity_look l where l.case_id = which and there = any (l.cities))) then
        return 'gone';
    end if;
    insert into app.identity_request (id, case_id, territory_id, case_number, from_territory, to_territory, sheet_enc, asked_by)
    values (request, which, file.territory_id, file.number, file.territory_id, there, sheet, me)
    on conflict do nothing;
    if not found then
        return case when exists (select from app.identity_request r where r.id = request and r.case_id = which
                                 and r.to_territory = there and r.asked_by = me) then 'asked' else 'waits' end;
    end if;
    insert into app.identity_target (request_id, person_id, territory_id)
    select request, p.id, p.territory_id from app.person p where p.id = any (found_there);
    perform app.tell('identity_asked', which, app.supervisors_of(there));
    return 'asked';
end $$;

create function app.supervisors_of(place smallint) returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
    select array(select r.user_id from sec.role_assignment r
                 where r.territory_id = place and r.role = 'supervisor' and r.valid @> current_date)
$$;
grant execute on function app.supervisors_of to sanad_definer;

-- Who has a file in hand, and a person beside.
create function app.leads_of(which uuid, beside uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
    select array(select a.user_id from app.case_assignment a where a.case_id = which and a.kind = 'lead' and a.until is null
                 union select beside where beside is not null)
$$;
grant execute on function app.leads_of to sanad_definer;

-- Takes a question back: who asked, or a supervisor of their city. False: it was answered.
create function app.withdraw_identity(request uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    asked app.identity_request;
begin
    select m.user_id, m.role, m.territory_id into me from sec.me() m where m.role in ('social_worker', 'supervisor');
    select * into asked from app.identity_request r
    where r.id = request and r.territory_id = me.territory_id and (me.role = 'supervisor' or r.asked_by = me.user_id)
      and app.hidden_among(array[r.case_id]) = '{}' for update;
    if not found or asked.state <> 'requested' then
        return false;
    end if;
    update app.identity_request r set state = 'withdrawn', answered_by = me.user_id, answered_at = now() where r.id = request;
    perform app.tell('identity_withdrawn', asked.case_id, app.supervisors_of(asked.to_territory));
    return true;
end $$;

-- ——— Together, and apart ——————————————————————————————————————————————————————————————————————————————————————————

-- Holds the identities of two records, as they are when they are held.
create function app.hold_identities(a uuid, b uuid) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
    pair uuid[];
begin
    loop
        pair := array[app.identity_of(a), app.identity_of(b)];
        perform from app.identity i where i.id = any (pair) order by i.id for update;
        exit when pair = array[app.identity_of(a), app.identity_of(b)];
    end loop;
    return pair;
end $$;

-- Every record of one identity goes under another: a link each, which supersedes the one before. What was said otherwise
-- of the two is superseded with it.
create function app.put_under(act uuid, gone uuid, kept uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    one record;
begin
    for one in
        update app.identity_link l set live = false
        where l.identity_id = gone and l.verdict = 'same' and l.live
        returning l.id, l.person_id, l.territory_id
    loop
        insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, supersedes_id, act_id)
        values (gen_random_uuid(), one.territory_id, one.person_id, kept, 'same', app.my_user(), one.id, act);
    end loop;
    update app.identity_link l set live = false
    where l.live and l.verdict <> 'same' and l.identity_id in (gone, kept) and app.identity_of(l.person_id) = kept;
end $$;
grant execute on function app.hold_identities, app.put_under to sanad_definer;

-- The same child: the record of a file that this session works on, with all that is joined to it already, goes under the
-- identity of another record of the prefecture. `already`: they are one; null: no such records for this session, or
-- protected ones.
create function app.join_records(act uuid, mine uuid, other uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    pair uuid[];
    file uuid;
begin
    select m.user_id, m.territory_id into me from sec.me() m where m.role in ('social_worker', 'supervisor');
    if exists (select from app.identity_act a where a.id = act) then
        return case when exists (select from app.identity_act a where a.id = act and a.person_id = mine and a.beside = other
                                 and a.by_user = me.user_id) then 'already' end;
    end if;
    if me.user_id is null or mine = other
       or not exists (select from app.case_file c where c.child_id = mine and (app.joinable(c.id)).id is not null)
       or not exists (select from app.case_file c join app.person p on p.id = c.child_id and p.territory_id = c.territory_id
                      where c.child_id = other and c.territory_id = me.territory_id and not c.protected and not p.protected
                        and c.void is distinct from 'invalid')
       or exists (select from app.person p where p.id in (mine, other) and p.near_protected and app.hides_person(p.id)) then
        return null;
    end if;
    pair := app.hold_identities(mine, other);
    if pair[1] = pair[2] then
        return 'already';
    elsif pair[1] is null or pair[2] is null then
        return null;
    end if;
    insert into app.identity_act (id, territory_id, person_id, kind, beside, by_user)
    values (act, me.territory_id, mine, 'joined', other, me.user_id);
    perform app.put_under(act, pair[1], pair[2]);
    for file in select c.id from app.case_file c where c.child_id in (mine, other) and c.void is null order by c.id loop
        perform app.tell('identity_joined', file, app.leads_of(file, null));
    end loop;
    return 'joined';
end $$;

-- Undoes a decision: each record that it moved is again under the identity that it had before, by a further link. Of the
-- two it was about it is said from now on that they are two children, or that nobody can tell. `later`: another decision
-- builds on it, and is undone first; `already`: it was undone; null: none of this session's. What two cities agreed on, a
-- supervisor of either ends; what one city did, who works on a file of it, `mine`, under whose key the reason lies.
create function app.part_records(act uuid, undone uuid, said text, why bytea, mine uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    was app.identity_act;
    asked app.identity_request;
    pair uuid[];
    one record;
    moved integer;
    live integer;
begin
    select m.user_id, m.role, m.territory_id into me from sec.me() m where m.role in ('social_worker', 'supervisor');
    select * into was from app.identity_act a where a.id = undone and a.kind = 'joined';
    if me.user_id is null or not found then
        return null;
    end if;
    if was.request_id is null then
        pair := array[was.person_id, was.beside];
    else
        select * into asked from app.identity_request r where r.id = was.request_id for update;
        pair := array[(select c.child_id from app.case_file c where c.id = asked.case_id),
                      (select t.person_id from app.identity_target t where t.request_id = asked.id and t.chosen)];
    end if;
    if not exists (select from app.case_file c where c.child_id = mine and c.territory_id = me.territory_id
                   and (app.joinable(c.id)).id is not null)
       or (mine <> all (pair) and app.identity_of(mine) is distinct from app.identity_of(pair[1]))
       or (was.request_id is not null and me.role <> 'supervisor') then
        return null;
    end if;
    perform from app.identity i
    where i.id in (select x.identity_id from app.identity_link l join app.identity_link x on x.id in (l.id, l.supersedes_id)
                   where l.act_id = undone)
    order by i.id for update;
    if exists (select from app.identity_act a where a.undoes = undone) then
        return 'already';
    end if;
    select count(*) filter (where l.restores_id is null), count(*) filter (where l.live) into moved, live
    from app.identity_link l where l.act_id = undone and l.verdict = 'same';
    if live < moved then
        return 'later';
    end if;
    insert into app.identity_act (id, territory_id, person_id, kind, beside, undoes, verdict, why_enc, request_id, by_user)
    values (act, me.territory_id, mine, 'parted',
            case when was.request_id is null then case mine when was.person_id then was.beside else was.person_id end end,
            undone, said, case when was.request_id is null then why end, was.request_id, me.user_id);
    for one in
        update app.identity_link l set live = false where l.act_id = undone and l.verdict = 'same' and l.live
        returning l.id, l.person_id, l.territory_id, coalesce(l.restores_id, l.id) as first
    loop
        -- what stood before the decision, as it was when it first stood there
        insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, supersedes_id, act_id, restores_id)
        select gen_random_uuid(), one.territory_id, one.person_id, b.identity_id, 'same', me.user_id, one.id, b.act_id,
               coalesce(b.restores_id, b.id)
        from app.identity_link f join app.identity_link b on b.id = f.supersedes_id where f.id = one.first;
    end loop;
    -- said of each of the two, where the search for duplicates looks
    insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, act_id)
    select gen_random_uuid(), p.territory_id, p.id, app.identity_of(o.id), said, me.user_id, act
    from app.person p join app.person o on o.id = any (pair) and o.id <> p.id
    where p.id = any (pair) and app.identity_of(o.id) <> app.identity_of(p.id);
    if was.request_id is not null then
        update app.identity_request r set state = 'ended', ended_by = me.user_id, ended_at = now(), end_enc = why
        where r.id = was.request_id;
        perform app.tell('identity_ended', asked.case_id,
            app.leads_of(asked.case_id, asked.asked_by) || app.supervisors_of(asked.to_territory)
            || app.supervisors_of(asked.territory_id));
    else
        for one in select c.id from app.case_file c where c.child_id = any (pair) and c.void is null order by c.id loop
            perform app.tell('identity_parted', one.id, app.leads_of(one.id, null));
        end loop;
    end if;
    return 'parted';
end $$;

-- The same of two records of the prefecture that one decision put together.
create function app.part_two(act uuid, mine uuid, other uuid, said text) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    undone constant uuid := (
        select a.id from app.identity_act a
        where a.kind = 'joined' and a.request_id is null
          and ((a.person_id = mine and a.beside = other) or (a.person_id = other and a.beside = mine))
          and not exists (select from app.identity_act u where u.undoes = a.id)
        order by a.at desc, a.id desc limit 1);
begin
    return case when undone is null then 'later' else app.part_records(act, undone, said, null, mine) end;
end $$;

-- The other city's supervisor answers: the same child as this one of theirs, another child, or nobody can tell.
-- `answered`: it was, or taken back; `gone`: the file that was asked about, or the child here, can be joined no more;
-- null: not for this session.
create function app.answer_identity(request uuid, said text, child uuid, words bytea) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    asked app.identity_request;
    theirs uuid;
    pair uuid[];
begin
    select m.user_id, m.territory_id into me from sec.me() m where m.role = 'supervisor';
    select * into asked from app.identity_request r
    where r.id = request and r.to_territory = me.territory_id and r.id <> all (app.shielded_requests()) for update;
    if not found then
        return null;
    elsif asked.state <> 'requested' then
        return 'answered';
    end if;
    if said = 'accepted' then
        select c.child_id into theirs from app.case_file c
        where c.id = asked.case_id and not c.protected and c.void is distinct from 'invalid';
        if theirs is null or not exists (
            select from app.identity_target t join app.case_file c on c.child_id = t.person_id
            where t.request_id = request and t.person_id = child and t.territory_id = me.territory_id
              and (app.joinable(c.id)).id is not null) then
            return 'gone';
        end if;
        update app.identity_target t set chosen = true where t.request_id = request and t.person_id = child;
    end if;
    update app.identity_request r set state = said, answered_by = me.user_id, answered_at = now(), answer_enc = words
    where r.id = request;
    if said = 'accepted' then
        pair := app.hold_identities(theirs, child);
        insert into app.identity_act (id, territory_id, person_id, kind, request_id, by_user)
        values (request, me.territory_id, child, 'joined', request, me.user_id);
        if pair[1] <> pair[2] then
            perform app.put_under(request, pair[1], pair[2]);
        end if;
    end if;
    perform app.tell('identity_' || said, asked.case_id, app.leads_of(asked.case_id, asked.asked_by));
    return said;
end $$;

-- ——— Read across the records ——————————————————————————————————————————————————————————————————————————————————————————

-- What two cities agreed on about a child of this session's, while it stands: the record here, the record there.
create function app.agreed_on(which uuid)
returns table (request uuid, here uuid, away uuid, case_id uuid, number text, territory smallint)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    place constant smallint := (select m.territory_id from sec.me() m where m.role in ('social_worker', 'supervisor'));
begin
    return query
    with known as (select r.id from app.records_of(which) r)
    select x.request, x.here, x.away, c.id, c.number, c.territory_id
    from (
        select r.id as request, f.child_id as here, t.person_id as away
        from known join app.case_file f on f.child_id = known.id
        join app.identity_request r on r.case_id = f.id and r.state = 'accepted'
        join app.identity_target t on t.request_id = r.id and t.chosen
        union all
        select r.id, t.person_id, f.child_id
        from known join app.identity_target t on t.person_id = known.id and t.chosen
        join app.identity_request r on r.id = t.request_id and r.state = 'accepted'
        join app.case_file f on f.id = r.case_id) x
    join app.person p on p.id = x.here and p.territory_id = place
    join known on known.id = x.away
    cross join lateral (
        select f.id, f.number, f.territory_id from app.case_file f
        where f.child_id = x.away and f.territory_id <> place and not f.protected and f.void is distinct from 'invalid'
        order by f.void nulls first, f.id limit 1) c
    where not p.near_protected or not app.hides_person(p.id);
end $$;
grant execute on function app.agreed_on to sanad_definer;

-- Where else the child of a file is recorded, for who reads the file: files of the prefecture, and those of other cities
-- while both agree; and whose value of each field is shown. Null for most children: nothing else is known.
create function app.also_recorded(which uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    place constant smallint := (select m.territory_id from sec.me() m where m.role in ('social_worker', 'supervisor'));
    child uuid;
begin
    select c.child_id into child from app.case_file c where c.id = which;
    if place is null or not exists (select from app.records_of(child) r where r.id <> child) or not app.reads_file(which) then
        return null;
    end if;
    return jsonb_build_object(
        'files', (
            select coalesce(jsonb_agg(to_jsonb(f) order by f.request nulls first, f.number), '[]') from (
                select c.id, c.number, c.territory_id as territory, app.reads_file(c.id) as readable, null::uuid as request
                from app.records_of(child) r join app.case_file c on c.child_id = r.id and c.territory_id = place
                    and c.id <> which and c.void is distinct from 'invalid'
                where app.hidden_among(array[c.id]) = '{}'
                union all
                select a.case_id, a.number, a.territory, false, a.request from app.agreed_on(child) a) f),
        'shown', (
            select coalesce(jsonb_object_agg(s.field, s.value), '{}') from (
                select distinct on (f.field) f.field, f.person_id, jsonb_build_object(
                    'number', (select c.number from app.case_file c where c.child_id = p.id order by c.void nulls first, c.id limit 1),
                    'sex', p.sex, 'nationality', p.nationality, 'civil_status', p.civil_status,
                    'birth_earliest', p.birth_earliest, 'birth_latest', p.birth_latest, 'birth_basis', p.birth_basis,
                    'given_ar', n.given_ar, 'family_ar', n.family_ar, 'given_la', n.given_la, 'family_la', n.family_la) as value
                from app.identity_preference f
                join app.person p on p.id = f.person_id and p.territory_id = place
                left join lateral (select * from app.person_name x where x.person_id = p.id and x.names_enc is null
                                   order by x.kind = 'civil' desc, x.kind limit 1) n on true
                where f.identity_id = app.identity_of(child) and f.territory_id = place
                order by f.field, f.at desc, f.id desc) s
            -- of a record that is joined no more, or hidden, nothing is shown; one's own is shown anyway
            where s.person_id <> child and s.person_id in (select r.id from app.records_of(child) r)
              and app.hides_person(s.person_id) is not true));
end $$;

-- The decisions on the identity of the child of a file, the newest first: those on its record, and those that put others
-- under the identity it has now. Of another city, that it was one, and which.
create function app.identity_history(which uuid)
returns table (act uuid, kind text, at timestamptz, by_user uuid, number text, territory smallint, request uuid, verdict text,
               holder uuid, why bytea, undone boolean, open boolean)
language plpgsql stable security definer rows 5 set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    place constant smallint := (select m.territory_id from sec.me() m where m.role in ('social_worker', 'supervisor'));
    child uuid;
begin
    if not app.reads_file(which) then
        return;
    end if;
    select c.child_id into child from app.case_file c where c.id = which;
    return query
    select a.id, a.kind, a.at, a.by_user,
           (select c.number from app.case_file c
            where c.child_id = case when a.beside = child then a.person_id else coalesce(a.beside, a.person_id) end
              and a.request_id is null and c.territory_id = place and c.child_id <> child and app.hidden_among(array[c.id]) = '{}'
            order by c.void nulls first, c.id limit 1),
           case when r.territory_id = place then r.to_territory else r.territory_id end, a.request_id, a.verdict,
           case when a.territory_id = place and a.why_enc is not null then a.person_id end,
           case when a.territory_id = place then a.why_enc end,
           exists (select from app.identity_act u where u.undoes = a.id),
           a.kind = 'joined' and not exists (select from app.identity_act u where u.undoes = a.id)
               and not exists (
                   select from app.identity_link l
                   where l.act_id = a.id and l.verdict = 'same' and l.restores_id is null and not exists (
                       select from app.identity_link x
                       where x.act_id = a.id and x.person_id = l.person_id and x.verdict = 'same' and x.live))
    from app.identity_act a left join app.identity_request r on r.id = a.request_id
    cross join (select array(
        select l.act_id from app.identity_link l where l.person_id = child and l.act_id is not null
        union
        select l.act_id from app.identity_link l
        where l.identity_id = app.identity_of(child) and l.verdict = 'same' and l.live and l.act_id is not null
        union
        select x.id from app.identity_act x where x.person_id = child
        union
        select x.id from app.identity_act x where x.beside = child) as ids) known
    where a.id = any (known.ids) or a.undoes = any (known.ids)
    order by a.at desc, a.id desc limit 50;
end $$;

-- What another city knows of the child, while both agree that it is one: days and kinds of contacts, states of the file,
-- help to the child. No word, no name, no place below the city, nothing of the prosecution, nothing near a protected file.
create function app.elsewhere_of(which uuid)
returns table (number text, territory smallint, at timestamptz, kind text, code text, detail text)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    child uuid;
begin
    if not app.reads_file(which) then
        return;
    end if;
    select c.child_id into child from app.case_file c where c.id = which;
    return query
    select a.number, a.territory, s.at, s.kind, s.code, s.detail
    from app.agreed_on(child) a
    cross join lateral (
        select k.observed_at as at, 'contact' as kind, k.spot_kind as code, null as detail
        from app.contact_outcome o join app.contact_child w on w.id = o.contact_child_id
        join app.contact k on k.id = w.contact_id and not k.near_protected and k.state = 'triaged'
        where o.case_id = a.case_id
        union all
        select t.at, 'move', t.to_state, t.from_state from app.case_transition t where t.case_id = a.case_id
        union all
        select coalesce(v.delivered_on, v.agreed_on)::timestamp at time zone 'Africa/Casablanca', 'service',
               coalesce(b.counts_as, v.kind), v.state
        from app.service_beneficiary b join app.service v on v.id = b.service_id and not v.near_protected
        where b.case_id = a.case_id and b.mother_effect is null) s
    order by s.at desc limit 100;
end $$;

grant execute on function app.look_elsewhere, app.ask_elsewhere, app.withdraw_identity, app.join_records, app.part_records,
    app.part_two, app.answer_identity, app.also_recorded, app.identity_history, app.elsewhere_of to sanad_app;
do $$
declare
    one text;
begin
    foreach one in array array['possible_elsewhere(uuid)', 'joinable(uuid)', 'look_elsewhere(uuid, uuid)',
        'ask_elsewhere(uuid, uuid, smallint, bytea)', 'supervisors_of(smallint)', 'leads_of(uuid, uuid)',
        'withdraw_identity(uuid)', 'hold_identities(uuid, uuid)', 'put_under(uuid, uuid, uuid)',
        'join_records(uuid, uuid, uuid)', 'part_records(uuid, uuid, text, bytea, uuid)', 'part_two(uuid, uuid, uuid, text)', 'answer_identity(uuid, text, uuid, bytea)',
        'agreed_on(uuid)', 'also_recorded(uuid)', 'identity_history(uuid)', 'elsewhere_of(uuid)'] loop
        execute format('alter function app.%s owner to sanad_definer', one);
    end loop;
end $$;

-- By these somebody reads of a person, too: the list goes on where 0019 began it.
do $$
begin
    execute format('create or replace function audit.readings() returns text[] language sql immutable
                    set search_path = pg_catalog as %L',
                   format('select %L::text[]', audit.readings() || array['identity.opened', 'identity_request.opened']));
end $$;
