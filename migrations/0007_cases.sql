-- The child's file (ملف الطفل): one per child for life, with episodes from opening to closing (schema D4).

create table app.case_file (
    id uuid primary key,
    number text not null constraint case_file_number_key unique,
    territory_id smallint not null references ref.territory,
    territory_at smallint not null references ref.territory,
    child_id uuid not null references app.person,
    protected boolean not null default false,
    void text constraint case_file_void_check check (void in ('merged', 'invalid')),
    -- the first protection measure (schema D20): what the plan counts
    protected_measure_on date,
    protected_measure_kind text constraint case_file_measure_check
        check (protected_measure_kind in ('service', 'prosecution', 'shelter', 'return_to_family')),
    opened_at timestamptz not null default now(),
    opened_by uuid not null references sec.app_user,
    -- for "changed since I last looked"
    changed_at timestamptz not null default now(),
    changed_by uuid references sec.app_user,
    version integer not null default 1,
    constraint case_file_measure_whole check ((protected_measure_on is null) = (protected_measure_kind is null)),
    constraint case_file_home unique (id, territory_id)
);
create unique index case_file_one_live on app.case_file (child_id) where void is null;
create index case_file_list on app.case_file (territory_id, changed_at desc, id desc);
create index case_file_protected on app.case_file (territory_id, id) where protected;
create index case_file_measure on app.case_file (territory_at, protected_measure_on);
create index on app.case_file (opened_by);
create index on app.case_file (changed_by);
create index on app.case_file (child_id);

create table app.case_episode (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    seq smallint not null,
    state text not null constraint case_episode_state_check check (state in (
        'identified', 'urgent_action', 'registered', 'assessment', 'planning', 'implementation',
        'monitoring', 'closure_requested', 'closed')),
    state_since timestamptz not null default now(),
    risk text not null references ref.risk_level,
    due_at timestamptz,
    source_contact_id uuid references app.contact,
    opened_at timestamptz not null default now(),
    closed_at timestamptz,
    closure_reason text references ref.closure_reason,
    -- whether the child is already known was looked for, and by whom: asked before the file leaves `registered`
    duplicates_checked_at timestamptz,
    duplicates_checked_by uuid references sec.app_user,
    -- a closure is asked for by one person and granted by another; refused, the file goes back where it was
    closure_asked_by uuid references sec.app_user,
    closure_asked_from text constraint case_episode_asked_from_check
        check (closure_asked_from in ('identified', 'urgent_action', 'registered', 'assessment', 'planning',
                                      'implementation', 'monitoring')),
    closed_by uuid references sec.app_user,
    version integer not null default 1,
    constraint case_episode_duplicates_whole check ((duplicates_checked_at is null) = (duplicates_checked_by is null)),
    constraint case_episode_asked_whole check ((closure_asked_by is null) = (closure_asked_from is null)),
    constraint case_episode_asked_in_state check (state <> 'closure_requested' or closure_asked_by is not null),
    constraint case_episode_four_eyes check (closed_by <> closure_asked_by),
    constraint case_episode_closed_by check ((state = 'closed') = (closed_by is not null)),
    constraint case_episode_closed_whole check ((state = 'closed') = (closed_at is not null)),
    constraint case_episode_closed_why check ((state = 'closed') = (closure_reason is not null)),
    constraint case_episode_seq unique (case_id, seq),
    constraint case_episode_home unique (id, territory_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create unique index case_episode_one_open on app.case_episode (case_id) where state <> 'closed';
create index case_episode_state on app.case_episode (territory_id, state, due_at);
create index case_episode_open on app.case_episode (territory_id, due_at) include (risk, case_id) where state <> 'closed';
create index on app.case_episode (case_id, territory_id);
create index on app.case_episode (risk);
create index on app.case_episode (source_contact_id);
create index on app.case_episode (closure_reason);
create index on app.case_episode (duplicates_checked_by);
create index on app.case_episode (closure_asked_by);
create index on app.case_episode (closed_by);

-- The moves that there are (domain §3.2), once more than in the program: an illegal one cannot be written. A
-- test compares the two lists.
create function app.episode_moves() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if (old.state, new.state) not in (
        ('identified', 'urgent_action'), ('identified', 'registered'), ('urgent_action', 'registered'),
        ('registered', 'assessment'), ('assessment', 'planning'), ('planning', 'implementation'),
        ('implementation', 'monitoring'), ('identified', 'closure_requested'), ('urgent_action', 'closure_requested'),
        ('registered', 'closure_requested'), ('assessment', 'closure_requested'), ('planning', 'closure_requested'),
        ('implementation', 'closure_requested'), ('monitoring', 'closure_requested'), ('closure_requested', 'closed'))
       and not (old.state = 'closure_requested' and new.state = old.closure_asked_from)
    then
        raise exception 'there is no move from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger episode_moves before update on app.case_episode
    for each row when (old.state is distinct from new.state) execute function app.episode_moves();

create table app.case_transition (
    id uuid primary key,
    episode_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    from_state text,
    to_state text not null,
    by_user uuid not null references sec.app_user,
    role text not null,
    -- why, in the worker's words; at the end, why by the list
    reason_enc bytea,
    closure_reason text references ref.closure_reason,
    at timestamptz not null default now(),
    foreign key (episode_id, territory_id) references app.case_episode (id, territory_id) on update cascade
);
create index on app.case_transition (episode_id, territory_id);
create index on app.case_transition (case_id, at);
create index on app.case_transition (by_user);
create index on app.case_transition (closure_reason);

create table app.case_assignment (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    user_id uuid not null references sec.app_user,
    kind text not null constraint case_assignment_kind_check check (kind in ('lead', 'second')),
    since timestamptz not null default now(),
    until timestamptz,
    -- whether the file is: one's own list passes over those that were closed
    is_open boolean not null default true,
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create unique index case_assignment_one_lead on app.case_assignment (case_id) where kind = 'lead' and until is null;
create index on app.case_assignment (case_id, territory_id);
create index case_assignment_live on app.case_assignment (user_id, territory_id, case_id) where until is null;
create index case_assignment_open on app.case_assignment (user_id, territory_id, case_id) where until is null and is_open;
create index on app.case_assignment (user_id);

-- Looked up again at each change, never told: a file that falls out of its worker's list is a child forgotten.
-- The lock makes whoever closes or opens a file and whoever gives it away wait for each other.
create function app.assignment_follows_file() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform from app.case_file c where c.id = new.case_id for no key update;
    if tg_table_name = 'case_assignment' then
        new.is_open := app.is_open(new.case_id);
        return new;
    end if;
    update app.case_assignment a set is_open = not a.is_open
    where a.case_id = new.case_id and a.is_open <> app.is_open(new.case_id);
    return null;
end $$;
-- a file that has no episode yet is about to have one
create function app.is_open(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return coalesce((select bool_or(e.state <> 'closed') from app.case_episode e where e.case_id = which), true);
end $$;
create trigger assignment_follows_file before insert on app.case_assignment
    for each row execute function app.assignment_follows_file();
create trigger assignment_follows_file after insert or update of state on app.case_episode
    for each row execute function app.assignment_follows_file();
alter function app.assignment_follows_file owner to sanad_definer;
alter function app.is_open owner to sanad_definer;

-- A colleague's file opened with a reason, for sixty minutes; and named grants on a protected file.
create table app.case_grant (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    user_id uuid not null references sec.app_user,
    reason text not null references ref.open_reason,
    note_enc bytea,
    granted_at timestamptz not null default now(),
    until timestamptz not null,
    constraint case_grant_short check (until <= granted_at + interval '61 minutes'),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.case_grant (case_id, territory_id);
create index on app.case_grant (user_id, until);
create index on app.case_grant (reason);

create table app.case_seen (
    user_id uuid not null references sec.app_user,
    case_id uuid not null,
    territory_id smallint not null,
    seen_at timestamptz not null,
    primary key (user_id, case_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.case_seen (case_id, territory_id);

create table app.contact_outcome (
    contact_child_id uuid primary key,
    territory_id smallint not null,
    kind text not null references ref.contact_outcome,
    case_id uuid references app.case_file,
    by_user uuid not null references sec.app_user,
    at timestamptz not null default now(),
    constraint contact_outcome_case check ((kind in ('new_case', 'linked_to_case')) = (case_id is not null)),
    foreign key (contact_child_id, territory_id) references app.contact_child (id, territory_id) on update cascade
);
create index on app.contact_outcome (contact_child_id, territory_id);
create index on app.contact_outcome (kind);
create index on app.contact_outcome (case_id);
create index on app.contact_outcome (by_user);

-- The files that this session reads, in one question: leads or seconds, holds a grant on, or sees through broken
-- glass (0014). Each table of a page asks for them.
create function app.my_cases() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me record;
begin
    select m.user_id, m.role, m.territory_id into me from sec.me() m;
    if me.role is null or me.role not in ('social_worker', 'supervisor') then
        return '{}';
    end if;
    return array(
        select a.case_id from app.case_assignment a
        where a.user_id = me.user_id and a.until is null and a.territory_id = me.territory_id
        union all
        select g.case_id from app.case_grant g
        where g.user_id = me.user_id and g.until > now() and g.territory_id = me.territory_id
        union all
        select e.case_id from app.emergency_access e
        where e.user_id = me.user_id and e.ended_at is null and e.until > now() and e.territory_id = me.territory_id);
end $$;

-- The same of one file, for whoever it is.
create function app.works_on(which uuid, who uuid, territory smallint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from app.case_assignment a
            where a.case_id = which and a.user_id = who and a.until is null and a.territory_id = territory)
        or exists (select from app.case_grant g
            where g.case_id = which and g.user_id = who and g.until > now() and g.territory_id = territory)
        or exists (select from app.emergency_access e
            where e.case_id = which and e.user_id = who and e.ended_at is null and e.until > now()
              and e.territory_id = territory);
end $$;

-- Protected files of this prefecture that this session may not even list (schema D17).
create function app.hidden_cases() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    mine constant uuid[] := app.my_cases();
begin
    return (select coalesce(array_agg(c.id), '{}') from sec.me() m join app.case_file c
                on c.territory_id = m.territory_id and c.protected
            where not exists (select from unnest(mine) x (id) where x.id = c.id));
end $$;

-- One of them, for the policy of a protected file and for a page that shows one.
create function app.is_mine(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return coalesce((select app.works_on(which, m.user_id, m.territory_id) from sec.me() m
                     where m.role in ('social_worker', 'supervisor')), false);
end $$;

-- Those of these files that are hidden.
create function app.hidden_among(files uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me record;
begin
    select m.user_id, m.territory_id into me from sec.me() m;
    return array(select c.id from app.case_file c
        where c.id = any (files) and c.protected and c.territory_id = me.territory_id
          and not app.works_on(c.id, me.user_id, me.territory_id));
end $$;

create function app.hidden_persons() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    mine constant uuid[] := app.my_cases();
begin
    return (select coalesce(array_agg(p.id), '{}') from sec.me() m join app.person p
                on p.territory_id = m.territory_id and p.protected
            where not exists (select from app.case_file c join unnest(mine) x (id) on x.id = c.id where c.child_id = p.id));
end $$;

grant execute on function sec.me to sanad_definer;
-- How many files are open, at high risk, late, and one's own, as a list of this session would show them. The
-- hidden ones are taken off afterwards: to ask of each file would cost more than to count them all.
create function app.count_open(at timestamptz)
returns table (mine bigint, open bigint, urgent bigint, late bigint)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
declare
    place constant smallint := (select m.territory_id from sec.me() m where m.role in ('social_worker', 'supervisor'));
    hidden constant uuid[] := app.hidden_cases();
begin
    return query
    with counted as (
        select count(*) as open, count(*) filter (where e.risk = 'high') as urgent, count(*) filter (where e.due_at < at) as late
        from app.case_episode e where e.territory_id = place and e.state <> 'closed'
    ), less as (
        select count(*) as open, count(*) filter (where e.risk = 'high') as urgent, count(*) filter (where e.due_at < at) as late
        from unnest(hidden) h (id) join app.case_episode e on e.case_id = h.id and e.state <> 'closed'
    ), own as (
        select count(distinct a.case_id) as n
        from sec.me() m
        join app.case_assignment a on a.user_id = m.user_id and a.until is null and a.territory_id = place and a.is_open
    )
    select own.n, counted.open - less.open, counted.urgent - less.urgent, counted.late - less.late
    from counted, less, own;
end $$;

grant execute on function app.works_on to sanad_definer;
grant execute on function app.my_cases, app.is_mine, app.hidden_among, app.count_open, app.hidden_cases, app.hidden_persons
    to sanad_app;
alter function app.my_cases owner to sanad_definer;
alter function app.works_on owner to sanad_definer;
alter function app.count_open owner to sanad_definer;
alter function app.is_mine owner to sanad_definer;
alter function app.hidden_among owner to sanad_definer;
alter function app.hidden_cases owner to sanad_definer;
alter function app.hidden_persons owner to sanad_definer;

-- A file knows whether it is protected, and one that is not asks nothing more. What hangs on a file or a person
-- asks whether that row is seen (decision 0056).
--
-- What every social worker of the prefecture may list asks for the territory; what only the file's own
-- people and the supervisor may read asks for `my_cases` too. A row that hangs on a file or a person is
-- written by who can see that file or person: the check of a foreign key looks around row security, and
-- would tell whether an id exists.
call app.protect('app.identity', 'territory_id = any ((select app.my_territories())::smallint[])',
                 'territory_id = any ((select app.my_territories())::smallint[])');
call app.protect('app.person',
    'territory_id = any ((select app.my_territories())::smallint[]) and (not protected or id <> all ((select app.hidden_persons())::uuid[]))',
    'territory_id = any ((select app.my_territories())::smallint[]) and (not protected or id <> all ((select app.hidden_persons())::uuid[]))');
call app.protect('app.person_name',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)');
call app.protect('app.identity_link',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)');
call app.protect('app.relationship',
    'territory_id = any ((select app.my_territories())::smallint[])
        and exists (select from app.person p where p.id = from_person)
        and exists (select from app.person p where p.id = to_person)',
    'territory_id = any ((select app.my_territories())::smallint[])
        and exists (select from app.person p where p.id = from_person)
        and exists (select from app.person p where p.id = to_person)');
call app.protect('app.case_file',
    'territory_id = any ((select app.my_territories())::smallint[]) and (not protected or app.is_mine(id))',
    'territory_id = any ((select app.my_territories())::smallint[]) and (not protected or app.is_mine(id))');
call app.protect('app.case_episode',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)');
-- one's own live post on a file shows the file
call app.protect('app.case_assignment',
    'territory_id = any ((select app.my_territories())::smallint[])
        and ((until is null and user_id = (select app.my_user())) or exists (select from app.case_file c where c.id = case_id))',
    'territory_id = any ((select app.supervised_territories())::smallint[])
        and exists (select from app.case_file c where c.id = case_id)');
call app.protect('app.case_transition',
    'case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id))',
    '(territory_id = any ((select app.supervised_territories())::smallint[]) or case_id = any ((select app.my_cases())::uuid[]))
        and exists (select from app.case_file c where c.id = case_id)');
-- A grant opens a colleague's ordinary file. A protected one is not seen, so it cannot be named here.
call app.protect('app.case_grant',
    '(territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id))
        or user_id = (select app.my_user())',
    'territory_id = any ((select app.my_territories())::smallint[]) and user_id = (select app.my_user())
        and exists (select from app.case_file c where c.id = case_id)');
call app.protect('app.case_seen',
    'user_id = (select app.my_user()) and exists (select from app.case_file c where c.id = case_id)',
    'user_id = (select app.my_user()) and exists (select from app.case_file c where c.id = case_id)');
call app.protect('app.contact_outcome',
    'territory_id = any ((select app.my_territories())::smallint[])
        and exists (select from app.contact_child k where k.id = contact_child_id)',
    'territory_id = any ((select app.supervised_territories())::smallint[])
        and (case_id is null or exists (select from app.case_file c where c.id = case_id))');

grant update on app.case_episode to sanad_app;
grant update (protected_measure_on, protected_measure_kind, changed_at, changed_by, version) on app.case_file to sanad_app;
grant update (sex, birth_earliest, birth_latest, birth_basis, nationality, civil_status, version) on app.person to sanad_app;
grant update (given_ar, family_ar, given_la, family_la) on app.person_name to sanad_app;
-- `kind` too: a woman who said she is the mother becomes the mother when a document proves it
grant update (kind, claim, proof, version) on app.relationship to sanad_app;
grant update (until) on app.case_assignment to sanad_app;
grant update (seen_at) on app.case_seen to sanad_app;
grant update (live) on app.identity_link to sanad_app;

-- The plan's own words over the one table of people (schema D3).
create view app.child with (security_invoker = true) as
    select p.*, c.id as case_id, c.number from app.person p join app.case_file c on c.child_id = p.id and c.void is null;
create view app.mother with (security_invoker = true) as
    select distinct p.* from app.person p
    join app.relationship r on r.from_person = p.id and r.kind = 'mother' and r.claim <> 'refuted';
grant select on app.child, app.mother to sanad_app;
