-- The field teams of the plan (R14–R20, R34): the seats of a city by sector, who was designated to each by which letter, from
-- when to when; and the account of a member, which ends with the designation (decision 0101). Members are staff. An end is
-- dated and nothing is taken away.

-- ——— Whose teams one looks at ———————————————————————————————————————————————————————————————————————————————

-- The city of a worker, a supervisor, a focal point; those that one's court answers for; every city, for the committee.
create function app.team_cities() returns smallint[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me record;
begin
    select m.role, m.territory_id, m.court_id into me from sec.who m;
    case
    when me.role in ('social_worker', 'supervisor', 'focal_point') then
        return array[me.territory_id];
    when me.role in ('prosecutor', 'court_registrar', 'chief_prosecutor') then
        return array(select distinct j.territory_id from ref.court c join ref.jurisdiction j on j.court_id = c.id
                     where me.court_id in (c.id, c.parent_id) and j.valid @> current_date);
    when me.role = 'steering' then
        return array(select c.territory_id from plan.city c);
    else
        return '{}';
    end case;
end $$;

create function app.steers() returns boolean
language plpgsql stable security definer set search_path = pg_catalog as
$$ begin return exists (select from sec.who m where m.role = 'steering'); end $$;
grant execute on function app.team_cities, app.steers to sanad_app, sanad_definer;

-- ——— Seats ——————————————————————————————————————————————————————————————————————————————————————————————————

-- How many a team has is its city's choice. The organisation is one of the list, or is written out.
create table plan.seat (
    id uuid primary key,
    territory_id smallint not null references plan.city (territory_id),
    sector text not null references ref.seat_sector,
    organisation_code text references ref.organisation,
    organisation_name text constraint seat_organisation_name_check check (length(organisation_name) between 1 and 120),
    made_by uuid not null references sec.app_user,
    made_at timestamptz not null default now(),
    -- the first day without it
    closed_on date,
    closed_by uuid references sec.app_user,
    constraint seat_organisation check (num_nonnulls(organisation_code, organisation_name) = 1),
    constraint seat_closing_whole check (num_nulls(closed_on, closed_by) in (0, 2)),
    constraint seat_home unique (id, territory_id)
);
create index on plan.seat (territory_id);
create index on plan.seat (sector);
create index on plan.seat (organisation_code);
create index on plan.seat (made_by);
create index on plan.seat (closed_by);

-- Somebody in a seat, or who comes in their place; by a letter. Nothing of the person: that is plan.member, which the pages
-- of the whole country do not read.
create table plan.designation (
    id uuid primary key,
    seat_id uuid not null,
    territory_id smallint not null,
    kind text not null constraint designation_kind_check check (kind in ('holder', 'alternate')),
    -- from the first day to before the one after the last
    valid daterange not null,
    letter_ref text not null constraint designation_letter_ref_check check (length(letter_ref) between 1 and 120),
    letter_on date not null,
    made_by uuid not null references sec.app_user,
    made_at timestamptz not null default now(),
    -- who wrote its end down, later than the designation itself
    ended_by uuid references sec.app_user,
    ended_at timestamptz,
    -- entered by mistake: it never was
    struck_by uuid references sec.app_user,
    struck_at timestamptz,
    -- the plan began on that day
    constraint designation_days check (not isempty(valid) and lower(valid) >= date '2019-12-04'),
    constraint designation_ending_whole check (num_nulls(ended_by, ended_at) in (0, 2)),
    constraint designation_striking_whole check (num_nulls(struck_by, struck_at) in (0, 2)),
    -- one holder and one alternate of a seat on any day
    constraint designation_once exclude using gist (seat_id with =, kind with =, valid with &&) where (struck_at is null),
    constraint designation_home unique (id, territory_id),
    foreign key (seat_id, territory_id) references plan.seat (id, territory_id)
);
create index on plan.designation (seat_id, territory_id);
create index on plan.designation (made_by);
create index on plan.designation (ended_by);
create index on plan.designation (struck_by);

-- Who it is, at work: no address of a home, no number of a person.
create table plan.member (
    designation_id uuid primary key,
    territory_id smallint not null,
    name_ar text not null constraint member_name_ar_check check (length(name_ar) between 1 and 120),
    name_la text not null constraint member_name_la_check check (length(name_la) between 1 and 120),
    function text not null constraint member_function_check check (length(function) between 1 and 120),
    phone text constraint member_phone_check check (phone ~ '^\+[0-9]{8,15}$'),
    email text constraint member_email_check check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 120),
    version integer not null default 1,
    changed_by uuid not null references sec.app_user,
    changed_at timestamptz not null default now(),
    foreign key (designation_id, territory_id) references plan.designation (id, territory_id)
);
create index on plan.member (designation_id, territory_id);
create index on plan.member (changed_by);

-- Letters of designation, and the minutes of 0059. The bytes lie where those of documents lie, sealed with a key of their own.
create table plan.paper (
    id uuid primary key,
    territory_id smallint references ref.territory,
    designation_id uuid references plan.designation,
    media text not null constraint paper_media_check check (media in ('jpeg', 'pdf', 'docx')),
    blob uuid not null constraint paper_blob_key unique,
    size integer not null constraint paper_size_check check (size > 0),
    sha256 bytea not null constraint paper_sha256_check check (length(sha256) = 32),
    received_size integer not null constraint paper_received_size_check check (received_size > 0),
    received_sha256 bytea not null constraint paper_received_check check (length(received_sha256) = 32),
    added_by uuid not null references sec.app_user,
    added_at timestamptz not null default now(),
    fault text constraint paper_fault_check check (fault in ('missing', 'damaged')),
    constraint paper_about check (designation_id is not null and territory_id is not null)
);
create index on plan.paper (territory_id);
create index on plan.paper (designation_id);
create index on plan.paper (added_by, added_at);

do $$
declare
    seen constant text := 'territory_id = any ((select app.team_cities())::smallint[])';
    kept constant text := 'territory_id = any ((select app.supervised_territories())::smallint[])';
    mine constant text := ' = (select app.my_user())';
begin
    call app.protect('plan.seat', seen, kept || ' and made_by' || mine);
    call app.protect('plan.designation', seen, kept || ' and made_by' || mine);
    call app.protect('plan.member', seen, kept || ' and changed_by' || mine);
    call app.protect('plan.paper', seen, kept || ' and added_by' || mine || ' and added_at = now()');
    execute format('alter policy edits on plan.seat using (%s) with check (%1$s and closed_by%s)', kept, mine);
    execute format('alter policy edits on plan.designation using (%s) with check (%1$s and (ended_by%s or struck_by%2$s))', kept, mine);
    execute format('alter policy edits on plan.member using (%s) with check (%1$s and changed_by%s)', kept, mine);
    -- whoever finds the bytes gone says so
    execute format('alter policy edits on plan.paper using (%s) with check (%1$s)', seen);
end $$;
-- what stands in the register of the whole country is a number: how many seats, how many of them filled today
revoke all on plan.seat, plan.designation, plan.member, plan.paper from sanad_stat, sanad_job;
grant select (id, territory_id, sector, closed_on) on plan.seat to sanad_stat;
grant select (id, seat_id, territory_id, kind, valid, struck_at) on plan.designation to sanad_stat;
create policy counts on plan.seat for select to sanad_stat using (true);
create policy counts on plan.designation for select to sanad_stat using (true);
grant update (closed_on, closed_by) on plan.seat to sanad_app;
grant update (valid, ended_by, ended_at, struck_by, struck_at) on plan.designation to sanad_app;
grant update (name_ar, name_la, function, phone, email, version, changed_by, changed_at) on plan.member to sanad_app;
grant update (fault) on plan.paper to sanad_app;

create view plan.team_today with (security_invoker = true) as
    select s.territory_id, count(*) as seats,
           count(*) filter (where exists (
               select from plan.designation d
               where d.seat_id = s.id and d.kind = 'holder' and d.struck_at is null and d.valid @> current_date)) as filled
    from plan.seat s where s.closed_on is null or s.closed_on > current_date group by s.territory_id;

-- Of one city, for the page of it (0057): numbers, whoever reads; of a city that has entered no seat, no row.
create or replace function plan.seats_of(which text) returns table (seats bigint, filled bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return query
    select t.seats, t.filled from plan.team_today t join plan.city c on c.territory_id = t.territory_id where c.slug = which;
end $$;
grant execute on function plan.seats_of to sanad_app, sanad_stat;
grant create on schema plan to sanad_definer;
alter function plan.seats_of owner to sanad_definer;
revoke create on schema plan from sanad_definer;

-- ——— What holds whoever writes ——————————————————————————————————————————————————————————————————————————————

-- A designation only ends: never begins otherwise, never goes on longer; one that a post rests on was no mistake. It fits the
-- seat, which nobody closes meanwhile.
create function app.designation_rules() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    closed date;
begin
    if tg_op = 'UPDATE' and (old.struck_at is not null or (new.valid <> old.valid and (
        lower(new.valid) <> lower(old.valid) or upper_inf(new.valid)
        or (not upper_inf(old.valid) and upper(new.valid) > upper(old.valid))))) then
        raise exception 'a designation only ends' using errcode = 'check_violation', constraint = 'designation_only_ends';
    end if;
    if new.struck_at is not null and exists (select from sec.role_assignment a where a.designation_id = new.id) then
        raise exception 'a post rests on it' using errcode = 'check_violation', constraint = 'designation_bound';
    end if;
    select s.closed_on into closed from plan.seat s where s.id = new.seat_id for share;
    if closed is not null and new.struck_at is null and (upper_inf(new.valid) or upper(new.valid) > closed) then
        raise exception 'the seat is closed' using errcode = 'check_violation', constraint = 'designation_in_seat';
    end if;
    return new;
end $$;
create trigger designation_rules before insert or update on plan.designation
    for each row execute function app.designation_rules();
alter function app.designation_rules owner to sanad_definer;

create function app.seat_rules() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if old.closed_on is not null then
        raise exception 'the seat is closed' using errcode = 'check_violation', constraint = 'seat_closed';
    end if;
    if exists (select from plan.designation d
               where d.seat_id = new.id and d.struck_at is null and d.valid && daterange(new.closed_on, null)) then
        raise exception 'somebody is in office' using errcode = 'check_violation', constraint = 'seat_in_office';
    end if;
    return new;
end $$;
create trigger seat_rules before update on plan.seat for each row execute function app.seat_rules();
alter function app.seat_rules owner to sanad_definer;

-- ——— The account of a member ————————————————————————————————————————————————————————————————————————————————

-- Which designation a post rests on. Bound by the administration, which alone gives posts; it ends with the designation.
alter table sec.role_assignment add column designation_id uuid references plan.designation;
create index on sec.role_assignment (designation_id);
grant select (designation_id) on sec.role_assignment to sanad_definer;

-- In the transaction that ends the designation, whoever ends it: the sessions of that post find nothing after its last day.
-- What was seen until today was seen: an end in the past ends the post now.
create function sec.designation_ends() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    post record;
    stop constant date := greatest(upper(new.valid), current_date);
begin
    select m.user_id into me from sec.me() m;
    for post in
        select a.id, a.user_id, a.valid from sec.role_assignment a
        where a.designation_id = new.id and not isempty(a.valid) and (upper_inf(a.valid) or upper(a.valid) > stop) for update
    loop
        update sec.role_assignment a
        set valid = a.valid * daterange(null, stop),
            ended_at = case when stop = current_date and me.user_id is not null then now() else a.ended_at end,
            ended_by = case when stop = current_date and me.user_id is not null then me.user_id else a.ended_by end
        where a.id = post.id;
        perform audit.record('post.ended', 'user', post.user_id, new.territory_id, jsonb_build_object(
            'assignment', post.id, 'designation', new.id, 'until', stop - 1), null);
    end loop;
    return null;
end $$;
create trigger designation_ends after update of valid on plan.designation
    for each row when (new.valid <> old.valid) execute function sec.designation_ends();

-- For the administration: the designations that the posts of somebody rest on, and those that they could rest on.
create function app.posts_in_teams(who uuid)
returns table (post uuid, designation uuid, is_bound boolean, territory_id smallint, sector text, kind text, name_ar text,
               name_la text, letter_ref text, since date, until date)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
begin
    perform sec.require_role('{admin,dpo}', false);
    return query
    select a.id, d.id, a.designation_id is not null, d.territory_id, s.sector, d.kind, m.name_ar, m.name_la, d.letter_ref,
           lower(d.valid), upper(d.valid) - 1
    from sec.role_assignment a
    join plan.designation d on d.id = a.designation_id
        or (a.designation_id is null and d.struck_at is null and d.valid && a.valid
            and (upper_inf(a.valid) or upper(a.valid) > current_date)
            and (upper_inf(d.valid) or upper(d.valid) > current_date)
            and not exists (select from sec.role_assignment o where o.designation_id = d.id)
            and (a.territory_id = d.territory_id or exists (
                select from ref.court c join ref.jurisdiction j on j.court_id = c.id
                where a.court_id in (c.id, c.parent_id) and j.territory_id = d.territory_id and j.valid @> current_date)))
    join plan.seat s on s.id = d.seat_id
    join plan.member m on m.designation_id = d.id
    where a.user_id = who and not isempty(a.valid)
    order by a.id, d.territory_id, m.name_la, d.id;
end $$;
grant execute on function sec.require_role to sanad_definer;
grant execute on function app.posts_in_teams to sanad_app;
alter function app.posts_in_teams owner to sanad_definer;
set local role sanad_definer;
grant execute on function app.posts_in_teams to sanad_owner;
set local role sanad_owner;

-- Binds a post to a designation; with it the post has an end, if the designation has one. False if it is bound already.
create function sec.bind_post(who uuid, post uuid, designation uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me constant uuid := sec.require_other(who, true);
    found_one record;
begin
    select p.is_bound, p.designation, p.until into found_one from app.posts_in_teams(who) p
    where p.post = bind_post.post and (p.is_bound or p.designation = bind_post.designation) order by p.is_bound desc limit 1;
    if found_one.is_bound then
        return false;
    end if;
    if found_one.designation is null then
        raise exception 'no post that could rest on it' using errcode = 'check_violation', constraint = 'post_rests_on';
    end if;
    update sec.role_assignment a
    set designation_id = found_one.designation, valid = a.valid * daterange(null, found_one.until + 1)
    where a.id = bind_post.post and a.user_id = who;
    perform audit.record('post.bound', 'user', who, null, jsonb_build_object(
        'assignment', bind_post.post, 'designation', found_one.designation, 'until', found_one.until), null);
    return true;
end $$;
grant execute on function sec.bind_post to sanad_app;

-- The designations of a city that an account rests on, for who looks at its team.
create function app.designations_with_account(place smallint) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return array(
        select a.designation_id from plan.designation d join sec.role_assignment a on a.designation_id = d.id
        where d.territory_id = place and place = any (app.team_cities()));
end $$;
grant execute on function app.designations_with_account to sanad_app;
alter function app.designations_with_account owner to sanad_definer;

-- ——— Papers beside documents ————————————————————————————————————————————————————————————————————————————————

-- A letter of designation has its key as a document has; of every other holder the answer stands where it stood (0013, 0057).
create function app.sees_paper(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from plan.paper p where p.id = which and p.territory_id = any (app.team_cities()));
end $$;
alter function app.sees_paper owner to sanad_definer;
set local role sanad_definer;
alter function app.sees_holder rename to sees_other_holder;
alter function app.holder_exists rename to other_holder_exists;
set local role sanad_owner;
create function app.sees_holder(kind text, holder uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if kind = 'document' and exists (select from plan.paper p where p.id = holder) then
        return app.sees_paper(holder);
    end if;
    return app.sees_other_holder(kind, holder);
end $$;
create function app.holder_exists(kind text, holder uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return app.other_holder_exists(kind, holder) or (kind = 'document' and exists (select from plan.paper p where p.id = holder));
end $$;
alter function app.sees_holder owner to sanad_definer;
alter function app.holder_exists owner to sanad_definer;

set local role sanad_definer;
create or replace function app.blobs() returns setof uuid
language sql stable security definer set search_path = pg_catalog as
$$ select a.blob from app.attachment a union all select d.blob from plan.document d union all select p.blob from plan.paper p $$;
create or replace function app.brought_since(since timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog as $$
    select coalesce(sum(x.size), 0) from sec.me() m cross join lateral (
        select a.received_size as size from app.attachment a where a.added_by = m.user_id and a.added_at >= since
        union all
        select d.received_size from plan.document d where d.added_by = m.user_id and d.added_at >= since
        union all
        select p.received_size from plan.paper p where p.added_by = m.user_id and p.added_at >= since) x
$$;
set local role sanad_owner;
