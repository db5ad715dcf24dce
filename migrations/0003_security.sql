-- Who may enter. The application role can call the functions below and read none of the tables, so a
-- stolen query cannot list sessions, and a forged setting finds no session and therefore no row.

create table sec.app_user (
    id uuid primary key,
    username text not null constraint app_user_username_key unique
        constraint app_user_username_check check (username ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
    name_ar text not null,
    name_la text not null,
    locale text not null default 'ar' constraint app_user_locale_check check (locale in ('ar', 'fr', 'en')),
    active boolean not null default true,
    -- raised when a right is taken away: every older session dies at its next request
    epoch integer not null default 1,
    created_at timestamptz not null default now()
);

-- What argon2id is given (algorithm, costs, salt, as in a PHC string), and the SHA-256 of what it must
-- give. The application role reads the first and never the second: it is this database that compares.
create table sec.credential (
    user_id uuid primary key references sec.app_user,
    salt text not null constraint credential_salt_check check (salt ~ '^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{11,86}$'),
    verifier bytea not null constraint credential_verifier_check check (length(verifier) = 32),
    changed_at timestamptz not null default now()
);

-- A person may hold several; a session acts under exactly one (schema D16).
create table sec.role_assignment (
    id uuid primary key,
    user_id uuid not null references sec.app_user,
    role text not null constraint role_assignment_role_check check (role in (
        'social_worker', 'supervisor', 'focal_point', 'institution_manager', 'prosecutor',
        'court_registrar', 'chief_prosecutor', 'steering', 'admin', 'dpo')),
    territory_id smallint references ref.territory,
    court_id smallint references ref.court,
    organisation_code text references ref.organisation,
    valid daterange not null default daterange(current_date, null),
    -- reference of the letter that appoints to the post
    designation text constraint role_assignment_designation_check check (length(designation) between 1 and 120),
    constraint role_assignment_scope_check check (
        case
            when role in ('social_worker', 'supervisor')
                then territory_id is not null and court_id is null and organisation_code is null
            when role in ('focal_point', 'institution_manager')
                then territory_id is not null and court_id is null and organisation_code is not null
            when role in ('prosecutor', 'court_registrar', 'chief_prosecutor')
                then court_id is not null and territory_id is null and organisation_code is null
            else num_nonnulls(territory_id, court_id, organisation_code) = 0
        end),
    constraint role_assignment_once exclude using gist
        (user_id with =, role with =, (coalesce(territory_id, 0)) with =, (coalesce(court_id, 0)) with =,
         (coalesce(organisation_code, '')) with =, valid with &&)
);
create index on sec.role_assignment (territory_id);
create index on sec.role_assignment (court_id);
create index on sec.role_assignment (organisation_code);

-- Opaque token: the cookie holds it, this table only its SHA-256. Without an assignment the session
-- may do one thing: choose one. With a need it may do one thing: meet it.
create table sec.session (
    token_sha256 bytea primary key constraint session_token_check check (length(token_sha256) = 32),
    -- as the transaction is told it
    token_hex text collate "C" unique generated always as (encode(token_sha256, 'hex')) stored,
    -- names it on the page of one's devices; opens nothing
    id uuid not null unique default gen_random_uuid(),
    user_id uuid not null references sec.app_user,
    assignment_id uuid references sec.role_assignment,
    epoch integer not null,
    opened_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    idle_until timestamptz not null,
    expires_at timestamptz not null,
    device text,
    -- the second factor, or its enrolment
    needs text constraint session_needs_check check (needs in ('factor', 'enrolment')),
    -- the last time that a factor was given
    stepped_up_at timestamptz not null default now(),
    tries smallint not null default 0,
    -- the post, and whether the user may enter at all: kept by the triggers below, set by nobody
    live boolean not null default false,
    role text,
    territory_id smallint references ref.territory,
    court_id smallint references ref.court,
    organisation_code text references ref.organisation,
    valid daterange
);
create index on sec.session (user_id);
create index on sec.session (assignment_id);
create index on sec.session (expires_at);

create index on sec.session (territory_id);
create index on sec.session (court_id);
create index on sec.session (organisation_code);

-- A page asks fifty times who it is for. So the answer lies in the row of the session and follows its user and
-- its post (decision 0056). The locks: whoever switches a user off or ends a post waits for a session under
-- way, or that session for them, and then reads what they wrote.
create function sec.session_follows() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    select u.active and u.epoch = new.epoch into new.live from sec.app_user u
    where u.id = new.user_id for no key update;
    select a.role, a.territory_id, a.court_id, a.organisation_code, a.valid
    into new.role, new.territory_id, new.court_id, new.organisation_code, new.valid
    from sec.role_assignment a where a.id = new.assignment_id and a.user_id = new.user_id for no key update;
    return new;
end $$;
create trigger session_follows before insert or update of user_id, assignment_id, epoch on sec.session
    for each row execute function sec.session_follows();

create function sec.sessions_follow() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_table_name = 'app_user' then
        update sec.session s set epoch = s.epoch where s.user_id = new.id;
    else
        update sec.session s set assignment_id = s.assignment_id where s.assignment_id = new.id;
    end if;
    return null;
end $$;
create trigger sessions_follow after update on sec.app_user
    for each row when ((old.active, old.epoch) is distinct from (new.active, new.epoch)) execute function sec.sessions_follow();
create trigger sessions_follow after update on sec.role_assignment
    for each row execute function sec.sessions_follow();

-- The session of the running transaction, if it is alive. After a transaction the setting is '' and
-- not NULL on that pooled connection; both find nothing.
create view sec.who with (security_invoker = true) as
    select s.user_id, s.assignment_id, s.role, s.territory_id, s.court_id, s.organisation_code
    from sec.session s
    where s.token_hex = current_setting('app.session', true)
      and s.live and s.needs is null and s.idle_until > now() and s.expires_at > now() and s.valid @> current_date;

-- This and what policies ask below is plpgsql, although plain SQL would do: a function in SQL is planned
-- again in each statement that calls it, one in plpgsql once a connection (decision 0051).
create function sec.me()
returns table (user_id uuid, assignment_id uuid, role text, territory_id smallint, court_id smallint,
               organisation_code text)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query select w.user_id, w.assignment_id, w.role, w.territory_id, w.court_id, w.organisation_code from sec.who w;
end $$;

create function app.my_user() returns uuid
language plpgsql stable security definer set search_path = pg_catalog as
$$ begin return (select m.user_id from sec.who m); end $$;

-- The prefecture of a social role; empty for everyone else.
create function app.my_territories() returns smallint[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return array(select m.territory_id from sec.who m where m.role in ('social_worker', 'supervisor'));
end $$;

create function app.supervised_territories() returns smallint[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return array(select m.territory_id from sec.who m where m.role = 'supervisor');
end $$;

create function app.my_courts() returns smallint[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return array(select m.court_id from sec.who m
            where m.role in ('prosecutor', 'court_registrar', 'chief_prosecutor'));
end $$;

grant execute on function app.my_user, app.my_territories, app.supervised_territories, app.my_courts
    to sanad_app, sanad_definer;

create function sec.close_session(token bytea) returns void
language sql security definer set search_path = pg_catalog as
$$ delete from sec.session where token_sha256 = token $$;

create function sec.set_locale(token bytea, lang text) returns void
language sql security definer set search_path = pg_catalog as
$$ update sec.app_user u set locale = lang from sec.session s
   where s.token_sha256 = token and u.id = s.user_id and u.locale <> lang $$;

-- Colleagues of one's own prefecture: whom a file can be given to, and who wrote what.
create function app.colleagues()
returns table (id uuid, role text, name_ar text, name_la text)
language sql stable security definer set search_path = pg_catalog as $$
    select u.id, a.role, u.name_ar, u.name_la
    from sec.me() m
    join sec.role_assignment a on a.territory_id = m.territory_id and a.valid @> current_date
    join sec.app_user u on u.id = a.user_id and u.active
    where m.role in ('social_worker', 'supervisor') and a.role in ('social_worker', 'supervisor')
$$;

-- The name of the author of a row that the reader can already see; nothing else about that user.
create function app.name_of(who uuid) returns table (name_ar text, name_la text)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select u.name_ar, u.name_la from sec.app_user u
    where u.id = who and exists (select from sec.me());
end $$;

-- The same for the authors of a page, asked once.
create function app.names_of(people uuid[]) returns table (id uuid, name_ar text, name_la text)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
begin
    return query
    select u.id, u.name_ar, u.name_la from sec.app_user u
    where u.id = any (people) and exists (select from sec.me());
end $$;

grant execute on function sec.close_session, sec.set_locale, app.colleagues, app.name_of, app.names_of to sanad_app;

-- For the health check: the application role cannot read the table of migrations itself.
create function sec.schema_version() returns bigint
language sql stable security definer set search_path = pg_catalog as
$$ select max(version) from public._sqlx_migrations where success $$;
grant execute on function sec.schema_version to sanad_app;
