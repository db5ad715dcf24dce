-- Shelter (الإيواء الاستعجالي): institutions, their places, and who is offered one (decision 0065). The proven
-- need: 303 places in eleven institutions became 157.

call ref.create_list('shelter_standard');
call ref.create_list('place_reason');
call ref.create_list('bed_refusal');

create table app.institution (
    id uuid primary key,
    organisation_code text not null references ref.organisation constraint institution_one unique,
    territory_id smallint not null references ref.territory,
    kind text not null references ref.placement_type,
    licence text,
    licensed_until date,
    -- codes of ref.shelter_standard
    standards text[] not null default '{}',
    phone text,
    -- where it is: told by a function alone, which writes down to whom (domain P5)
    address text,
    constraint institution_home unique (id, territory_id)
);
create index on app.institution (organisation_code);
create index on app.institution (territory_id);
create index on app.institution (kind);

-- Places of one kind. `admitted` and `held` are counted by a trigger, in the transaction that changes them and
-- under the lock of this row: two workers never take the last place. `others` are children who came another way.
create table app.bed_group (
    id uuid primary key,
    institution_id uuid not null,
    territory_id smallint not null,
    audience text not null constraint bed_group_audience_check check (audience in ('girls', 'boys', 'mixed', 'mother_child')),
    age_min smallint not null,
    age_max smallint not null,
    capacity smallint not null,
    closed smallint not null default 0,
    others smallint not null default 0,
    admitted smallint not null default 0,
    held smallint not null default 0,
    reason text not null references ref.place_reason,
    confirmed_at timestamptz not null,
    confirmed_by uuid not null references sec.app_user,
    -- since when nobody is received here any more; who is there stays, and the row with its history
    closed_on date,
    version integer not null default 1,
    constraint bed_group_ages check (age_min between 0 and age_max and age_max <= 20),
    constraint bed_group_counts check (least(capacity, closed, others, admitted, held) >= 0),
    constraint bed_group_places check (closed + others + admitted + held <= capacity),
    constraint bed_group_home unique (id, institution_id),
    foreign key (institution_id, territory_id) references app.institution (id, territory_id) on update cascade
);
create index on app.bed_group (institution_id, territory_id);
create index on app.bed_group (reason);
create index on app.bed_group (confirmed_by);

-- What an institution is told of a child is an extract like any other (schema D8).
alter table app.disclosure
    alter to_court drop not null,
    add to_institution uuid references app.institution,
    drop constraint disclosure_kind_check,
    add constraint disclosure_kind_check check (kind in ('dossier', 'urgent_notice', 'annex', 'placement', 'service')),
    add constraint disclosure_to_court check ((kind in ('dossier', 'urgent_notice', 'annex')) = (to_court is not null)),
    add constraint disclosure_to_institution check ((kind = 'placement') = (to_institution is not null));
create index on app.disclosure (to_institution);

create table app.bed_hold (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    episode_id uuid not null,
    -- the nth of the file: its name in the list of what is owed
    seq smallint not null,
    group_id uuid not null,
    institution_id uuid not null,
    disclosure_id uuid not null,
    state text not null default 'requested' constraint bed_hold_state_check check (state in (
        'requested', 'held', 'admitted', 'left', 'ran_away', 'discharged', 'refused', 'expired', 'cancelled')),
    state_since timestamptz not null,
    moved_by uuid references sec.app_user,
    -- a request and a hold end by themselves
    until timestamptz,
    -- who answers for the child while it lives there; asked before a file is closed
    responsible_org text references ref.organisation,
    refusal text references ref.bed_refusal,
    admitted_on date,
    moved_on date,
    ended_on date,
    destination text references ref.placement_type,
    requested_by uuid not null references sec.app_user,
    requested_at timestamptz not null,
    payload_mac bytea not null,
    version integer not null default 1,
    constraint bed_hold_until check ((state in ('requested', 'held')) <= (until is not null)),
    constraint bed_hold_refused_why check ((state = 'refused') = (refusal is not null)),
    constraint bed_hold_admitted_whole check ((state in ('admitted', 'left', 'ran_away', 'discharged')) = (admitted_on is not null)),
    constraint bed_hold_ended_whole check ((state = 'discharged') = (ended_on is not null and destination is not null)),
    constraint bed_hold_days check (moved_on >= admitted_on and ended_on >= admitted_on),
    constraint bed_hold_once unique (case_id, seq),
    constraint bed_hold_home unique (id, territory_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade,
    foreign key (episode_id, territory_id) references app.case_episode (id, territory_id) on update cascade,
    foreign key (disclosure_id, territory_id) references app.disclosure (id, territory_id) on update cascade,
    foreign key (group_id, institution_id) references app.bed_group (id, institution_id)
);
create unique index bed_hold_one_live on app.bed_hold (case_id)
    where state in ('requested', 'held', 'admitted', 'left', 'ran_away');
create index bed_hold_lapses on app.bed_hold (until) where state in ('requested', 'held');
create index on app.bed_hold (case_id, territory_id);
create index on app.bed_hold (episode_id, territory_id);
create index on app.bed_hold (disclosure_id, territory_id);
create index on app.bed_hold (group_id, institution_id);
create index on app.bed_hold (institution_id, state);
create index on app.bed_hold (moved_by);
create index on app.bed_hold (responsible_org);
create index on app.bed_hold (refusal);
create index on app.bed_hold (destination);
create index on app.bed_hold (requested_by);

-- Written by the triggers of bed_hold alone.
create table app.bed_move (
    id uuid primary key default gen_random_uuid(),
    hold_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    from_state text,
    to_state text not null,
    -- nobody: the time ran out
    by_user uuid references sec.app_user,
    -- told by the cell, in the place of an institution that has no account
    by_cell boolean not null default false,
    at timestamptz not null,
    foreign key (hold_id, territory_id) references app.bed_hold (id, territory_id) on update cascade,
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.bed_move (hold_id, territory_id);
create index on app.bed_move (case_id, territory_id);
create index on app.bed_move (by_user);

-- Who asks: the institution of its manager; the sheets it may read, which are those of the children who are
-- coming or there, and for three days those of a hold that ran out while the child has no other place; and
-- whether somebody looks for places, in whatever city.
create function app.late_for() returns interval language sql immutable set search_path = pg_catalog as
$$ select interval '3 days' $$;
create function app.my_institution() returns uuid
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select i.id from sec.me() m join app.institution i on i.organisation_code = m.organisation_code
            where m.role = 'institution_manager');
end $$;
create function app.my_sheets() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(h.disclosure_id), '{}') from app.bed_hold h
            where h.institution_id = app.my_institution()
              and (h.state in ('admitted', 'left', 'ran_away') or (h.state in ('requested', 'held') and h.until > now())
                   or (h.state in ('requested', 'held', 'expired') and h.until > now() - app.late_for()
                       and not exists (select from app.bed_hold o where o.case_id = h.case_id and o.id <> h.id
                                       and (o.state in ('admitted', 'left', 'ran_away')
                                            or (o.state in ('requested', 'held') and o.until > now())))
                       and exists (select from app.case_episode e where e.id = h.episode_id and e.state <> 'closed'))));
end $$;
create function app.sees_places() returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from sec.me() m where m.role in ('social_worker', 'supervisor', 'prosecutor',
                                                           'court_registrar', 'chief_prosecutor'));
end $$;
grant select (organisation_code) on sec.role_assignment to sanad_definer;
-- Whether somebody signs in for an institution: where nobody does, the cell tells its moves.
create function app.has_desk(institution uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from app.institution i join sec.role_assignment r on r.organisation_code = i.organisation_code
                   where i.id = has_desk.institution and r.role = 'institution_manager' and r.valid @> current_date);
end $$;
grant execute on function app.my_institution, app.my_sheets, app.sees_places, app.late_for, app.has_desk to sanad_app, sanad_definer;
alter function app.has_desk owner to sanad_definer;
alter function app.my_institution owner to sanad_definer;
alter function app.my_sheets owner to sanad_definer;
alter function app.sees_places owner to sanad_definer;

do $$
declare
    places constant text := '(select app.sees_places()) or %1$I = (select app.my_institution())';
    mine constant text := 'case_id = any ((select app.my_cases())::uuid[])';
    supervised constant text := 'territory_id = any ((select app.supervised_territories())::smallint[])';
    seen constant text := 'exists (select from app.case_file c where c.id = case_id)';
    works constant text := format('(%s or (%s and %s))', mine, supervised, seen);
    known text;
begin
    call app.protect('app.institution', format(places, 'id'), 'false');
    call app.protect('app.bed_group', format(places, 'institution_id'), 'false');
    -- an institution its own; a supervisor those of the city, in their own name
    alter policy adds on app.bed_group
        with check (territory_id = any ((select app.supervised_territories())::smallint[]) and admitted = 0 and held = 0
                    and confirmed_by = (select app.my_user()));
    alter policy edits on app.bed_group
        using (institution_id = (select app.my_institution()) or territory_id = any ((select app.supervised_territories())::smallint[]))
        with check ((institution_id = (select app.my_institution()) or territory_id = any ((select app.supervised_territories())::smallint[]))
                    and confirmed_by = (select app.my_user()));
    call app.protect('app.bed_hold', works || ' or institution_id = (select app.my_institution())',
        works || ' and ' || seen || ' and state = ''requested'' and requested_by = (select app.my_user()) and moved_by = (select app.my_user())');
    execute format('alter policy edits on app.bed_hold using (%1$s) with check (%1$s and moved_by = (select app.my_user()))',
        '(' || works || ' or institution_id = (select app.my_institution()))');
    call app.protect('app.bed_move', works, 'false');
    call app.read_only_in_emergency('app.bed_hold', 'case_id <> all ((select app.emergency_cases())::uuid[])');
    call app.read_only_in_emergency('app.bed_move', 'case_id <> all ((select app.emergency_cases())::uuid[])');
    -- beside whoever reads an extract already
    select p.qual into strict known from pg_policies p
    where p.schemaname = 'app' and p.tablename = 'disclosure' and p.policyname = 'reads';
    execute format('alter policy reads on app.disclosure using (%s or id = any ((select app.my_sheets())::uuid[]))', known);
end $$;
-- the address leaves through its function alone
revoke select on app.institution from sanad_app;
grant select (id, organisation_code, territory_id, kind, licence, licensed_until, standards, phone) on app.institution to sanad_app;
grant update (audience, age_min, age_max, capacity, closed, others, reason, confirmed_at, confirmed_by, closed_on, version)
    on app.bed_group to sanad_app;
grant update (state, state_since, moved_by, until, responsible_org, refusal, admitted_on, moved_on, ended_on, destination, version)
    on app.bed_hold to sanad_app;

create function app.reveal_institution_address(which uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    found record;
begin
    select i.territory_id, i.address into found from app.institution i
    where i.id = which and (app.sees_places() or i.id = app.my_institution());
    if found.territory_id is not null then
        perform audit.record('institution_address.revealed', 'institution', which, found.territory_id, '{}', null);
    end if;
    return found.address;
end $$;
grant execute on function app.reveal_institution_address to sanad_app;
alter function app.reveal_institution_address owner to sanad_definer;

-- The moves that there are, once more than in the program; a test compares the two lists.
create function app.bed_moves() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if (old.state, new.state) not in (
        ('requested', 'held'), ('requested', 'refused'), ('requested', 'cancelled'), ('requested', 'expired'),
        ('held', 'admitted'), ('held', 'refused'), ('held', 'cancelled'), ('held', 'expired'), ('expired', 'admitted'),
        ('admitted', 'left'), ('admitted', 'ran_away'), ('admitted', 'discharged'),
        ('left', 'admitted'), ('left', 'ran_away'), ('left', 'discharged'),
        ('ran_away', 'admitted'), ('ran_away', 'discharged'))
    then
        raise exception 'there is no move from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger bed_moves before update on app.bed_hold
    for each row when (old.state is distinct from new.state) execute function app.bed_moves();

-- A child who comes after its hold ran out is received for three days, where the house still receives and the file
-- is open; the place is counted like any other, and the constraint on the group says whether there is one.
create function app.bed_comes_late() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.state_since > old.until + app.late_for() then
        raise exception 'the hold ran out too long ago' using errcode = 'check_violation', constraint = 'bed_hold_late';
    end if;
    if exists (select from app.case_episode e where e.id = new.episode_id and e.state = 'closed') then
        raise exception 'the file is closed' using errcode = 'check_violation', constraint = 'bed_hold_file_is_open';
    end if;
    return new;
end $$;
create trigger bed_comes_late before update on app.bed_hold
    for each row when (old.state = 'expired' and new.state = 'admitted') execute function app.bed_comes_late();
alter function app.bed_comes_late owner to sanad_definer;

-- For whom places are, and until when, is the city's word: an institution tells how many there are and are taken.
create function app.bed_group_is_the_citys() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if exists (select from sec.me() m where m.role <> 'supervisor') then
        raise exception 'not for an institution to change' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger bed_group_is_the_citys before update on app.bed_group
    for each row when ((old.audience, old.age_min, old.age_max, old.closed_on)
                       is distinct from (new.audience, new.age_min, new.age_max, new.closed_on))
    execute function app.bed_group_is_the_citys();
alter function app.bed_group_is_the_citys owner to sanad_definer;

-- A place is kept for who is coming, and for who is on leave or ran away until the institution says it is over.
-- What only an institution tells is told by the cell where it has no account, and the row says so: by the post under
-- which it was moved, never by what the form says.
create function app.bed_counts() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    was constant text := case when tg_op = 'UPDATE' then old.state else '' end;
    there constant text[] := array['admitted', 'left', 'ran_away'];
    told constant boolean := new.moved_by is not null and new.state in ('admitted', 'left', 'ran_away', 'discharged', 'refused')
        and case when exists (select from sec.me()) then new.institution_id is distinct from app.my_institution()
            else not exists (select from app.institution i join sec.role_assignment r on r.organisation_code = i.organisation_code
                             where i.id = new.institution_id and r.role = 'institution_manager' and r.user_id = new.moved_by) end;
begin
    if told and app.has_desk(new.institution_id) and exists (select from sec.me()) then
        raise exception 'the institution tells it itself' using errcode = 'check_violation', constraint = 'bed_hold_told_by_desk';
    end if;
    if (was = 'held', was = any (there)) <> (new.state = 'held', new.state = any (there)) then
        update app.bed_group g
        set held = g.held + (new.state = 'held')::int - (was = 'held')::int,
            admitted = g.admitted + (new.state = any (there))::int - (was = any (there))::int
        where g.id = new.group_id;
    end if;
    insert into app.bed_move (hold_id, case_id, territory_id, from_state, to_state, by_user, by_cell, at)
    values (new.id, new.case_id, new.territory_id, nullif(was, ''), new.state, new.moved_by, told, new.state_since);
    return null;
end $$;
create trigger bed_counts_asked after insert on app.bed_hold for each row execute function app.bed_counts();
create trigger bed_counts_moved after update on app.bed_hold
    for each row when (old.state is distinct from new.state) execute function app.bed_counts();
alter function app.bed_counts owner to sanad_definer;

alter table app.notice drop constraint notice_kind_check;
alter table app.notice add constraint notice_kind_check check (kind ~ '^[a-z_]+$');

-- What a move does to the file: a first measure that protects (schema D20), what is owed, who is told.
create function app.bed_follows() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.state = 'held' then
        perform app.owe('hold_expires', new.case_id, new.territory_id, new.until, new.seq, new.episode_id);
    else
        perform app.settle('hold_expires', new.episode_id, new.seq);
    end if;
    -- a child has one live place: who lost it has none, and another is owed at once while the file is open
    if new.state in ('expired', 'refused') then
        perform app.owe('bed_again', new.case_id, new.territory_id, new.state_since, new.seq, new.episode_id)
        from app.case_episode e where e.id = new.episode_id and e.state <> 'closed';
    else
        perform app.settle('bed_again', new.episode_id);
    end if;
    if new.state = 'admitted' and new.moved_on is null then
        perform app.mark_protected(new.case_id, new.admitted_on, 'shelter');
        perform app.owe('placement_review', new.case_id, new.territory_id, (new.admitted_on + 25)::timestamptz, new.seq, new.episode_id)
        where not exists (select from app.best_interests b
                          where b.episode_id = new.episode_id and b.occasion = 'long_placement' and b.state = 'approved');
    end if;
    if new.state = 'ran_away' then
        perform app.owe('ran_away', new.case_id, new.territory_id, new.state_since, new.seq, new.episode_id);
        perform app.owe('ran_away_supervisor', new.case_id, new.territory_id, new.state_since, new.seq, new.episode_id);
        perform app.tell('ran_away', new.case_id, array(
            select a.user_id from app.case_assignment a where a.case_id = new.case_id and a.until is null
            union select app.supervisors_named(new.case_id)
            union select r.user_id from app.case_file c join sec.role_assignment r
                on r.territory_id = c.territory_id and r.role = 'supervisor' and r.valid @> current_date
            where c.id = new.case_id and not c.protected));
    else
        perform app.settle('ran_away', new.episode_id, new.seq);
        perform app.settle('ran_away_supervisor', new.episode_id, new.seq);
    end if;
    if new.state = 'discharged' then
        perform app.settle('placement_review', new.episode_id, new.seq);
    end if;
    if new.moved_by is not null then
        update app.case_file c set changed_at = new.state_since, changed_by = new.moved_by
        where c.id = new.case_id and c.changed_at < new.state_since;
    end if;
    return null;
end $$;
create trigger bed_follows after update on app.bed_hold
    for each row when (old.state is distinct from new.state) execute function app.bed_follows();
alter function app.bed_follows owner to sanad_definer;

-- Ends what ran out, in one group, of one file, or (both null) everywhere. The group is locked before its holds:
-- whoever asks for a place does the same, so none waits for another in a circle. Returns how many.
create function app.lapse_beds(places uuid, file uuid) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
    one record;
    n integer := 0;
begin
    perform from app.bed_group g
    where g.id = places or g.id in (
        select h.group_id from app.bed_hold h where h.state in ('requested', 'held') and h.until <= now()
          and (h.case_id = file or (places is null and file is null)))
    order by g.id for update;
    for one in
        update app.bed_hold h set state = 'expired', state_since = h.until, moved_by = null, version = h.version + 1
        where h.state in ('requested', 'held') and h.until <= now()
          and (h.group_id = places or h.case_id = file or (places is null and file is null))
        returning h.id, h.case_id, h.territory_id
    loop
        n := n + 1;
        perform audit.record('bed.expired', 'case', one.case_id, one.territory_id, jsonb_build_object('hold', one.id), null);
    end loop;
    return n;
end $$;
grant execute on function app.lapse_beds to sanad_app, sanad_job;
alter function app.lapse_beds owner to sanad_definer;

-- Holds that have run out and are still counted: a job that is late shows no place as taken.
create function app.lapsed_beds() returns table (group_id uuid, n bigint)
language plpgsql stable security definer rows 10 set search_path = pg_catalog as $$
begin
    return query
    select h.group_id, count(*) from app.bed_hold h
    where h.state = 'held' and h.until <= now() and exists (select from sec.me()) group by h.group_id;
end $$;
grant execute on function app.lapsed_beds to sanad_app;
alter function app.lapsed_beds owner to sanad_definer;

-- Places, city by city (I17): no child, and no stay that could be somebody's.
create function stat.shelter(as_of timestamptz)
returns table (territory_id smallint, institutions bigint, capacity bigint, closed bigint, occupied bigint, held bigint,
               stale bigint, median_days integer, no_place bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    return query
    select g.territory_id, count(distinct g.institution_id), sum(g.capacity), sum(g.closed), sum(g.others + g.admitted),
           sum(g.held), coalesce(sum(g.capacity) filter (where g.confirmed_at < as_of - interval '7 days'), 0),
           max(s.days), coalesce(max(s.no_place), 0)
    from (
        -- places that closed are as many as children are still there
        select p.territory_id, p.institution_id, p.others, p.admitted, p.held, p.confirmed_at,
               case when p.closed_on <= d.day then p.others + p.admitted + p.held else p.capacity end as capacity,
               case when p.closed_on <= d.day then 0 else p.closed end as closed
        from app.bed_group p, (select (as_of at time zone 'Africa/Casablanca')::date as day) d) g
    left join (
        select g.territory_id,
               case when count(h.ended_on) >= 5
                    then (percentile_cont(0.5) within group (order by h.ended_on - h.admitted_on))::integer end as days,
               count(*) filter (where h.refusal = 'no_place' and h.state_since >= as_of - interval '90 days') as no_place
        from app.bed_hold h join app.bed_group g on g.id = h.group_id group by g.territory_id) s using (territory_id)
    group by g.territory_id order by g.territory_id;
end $$;
grant execute on function stat.shelter to sanad_stat;
alter function stat.shelter owner to sanad_definer;
