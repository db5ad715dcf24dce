-- Entering: password, second factor, step-up, one's own devices; and keeping who may enter.
--
-- No function here believes a caller about who acts. Before there is a session, a password opens one: the
-- application derives, this database compares (sec.sign_in). After that, every function asks whose session
-- the transaction is: sec.holder() for one's own account, sec.me() for what a post may do.

alter table sec.app_user add column last_entered_at timestamptz;

-- Who took access away, and when: what the review of a past quarter shows. The last closing of an account stays
-- when it is opened again; a post that ran out has nobody.
alter table sec.app_user add column closed_at timestamptz, add column closed_by uuid references sec.app_user,
    add constraint app_user_closing_whole check (num_nulls(closed_at, closed_by) in (0, 2));
create index on sec.app_user (closed_by);
alter table sec.role_assignment add column ended_at timestamptz, add column ended_by uuid references sec.app_user,
    add constraint role_assignment_ending_whole check (num_nulls(ended_at, ended_by) in (0, 2));
create index on sec.role_assignment (ended_by);

-- A key that gives unknown names a salt of their own, always the same: asking tells nobody who exists.
create table sec.decoy (
    id boolean primary key default true constraint decoy_one_row check (id),
    key bytea not null
);
insert into sec.decoy (key) select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));

-- One-time codes, handed over in person. The code is in no table, only its SHA-256.
create table sec.access_code (
    id uuid primary key,
    user_id uuid not null references sec.app_user,
    code_sha256 bytea not null constraint access_code_sha256_check check (length(code_sha256) = 32),
    -- null: the command line
    issued_by uuid references sec.app_user,
    issued_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint access_code_short check (expires_at <= issued_at + interval '15 minutes'),
    constraint access_code_not_own check (issued_by <> user_id)
);
create index on sec.access_code (user_id);
create index on sec.access_code (issued_by);

-- The shared secret of an authenticator, sealed by the application. last_step makes each code work once.
create table sec.totp (
    user_id uuid primary key references sec.app_user,
    secret_enc bytea not null,
    last_step bigint not null default 0,
    created_at timestamptz not null default now(),
    confirmed_at timestamptz
);

create table sec.backup_code (
    user_id uuid not null references sec.app_user,
    code_sha256 bytea not null constraint backup_code_sha256_check check (length(code_sha256) = 32),
    used_at timestamptz,
    primary key (user_id, code_sha256)
);

-- A lost second factor is taken away by two people, neither of them its owner.
create table sec.factor_lift (
    id uuid primary key,
    user_id uuid not null references sec.app_user,
    asked_by uuid not null references sec.app_user,
    asked_at timestamptz not null default now(),
    confirmed_by uuid references sec.app_user,
    confirmed_at timestamptz,
    constraint factor_lift_two_people check (asked_by <> user_id and confirmed_by <> user_id and confirmed_by <> asked_by)
);
create index on sec.factor_lift (user_id);
create index on sec.factor_lift (asked_by);
create index on sec.factor_lift (confirmed_by);

-- Who looked at a post in a quarter, and found it right.
create table sec.access_review (
    assignment_id uuid not null references sec.role_assignment,
    quarter date not null constraint access_review_quarter_check check (quarter = date_trunc('quarter', quarter::timestamp)),
    reviewed_by uuid not null references sec.app_user,
    reviewed_at timestamptz not null default now(),
    primary key (assignment_id, quarter)
);
create index on sec.access_review (reviewed_by);

-- An audit row of somebody whose session may do nothing else yet. Called by functions of this file only.
create function audit.record_as(who uuid, under uuid, act text, whom uuid, what jsonb)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
    request text := nullif(current_setting('app.request', true), '');
    moment timestamptz := clock_timestamp();
begin
    insert into audit.event (at, actor, assignment, action, object_kind, object_id, fields, request_id, row_hash)
    values (moment, who, under, act, 'user', whom, coalesce(what, '{}'), request,
            sha256(convert_to(concat_ws(chr(31), moment, who, under, act, 'user', whom,
                   coalesce(what, '{}')::text, request), 'UTF8')));
end $$;

-- Whose session the transaction is, whatever it may do yet.
create function sec.holder()
returns table (session uuid, user_id uuid, assignment_id uuid, needs text, fresh boolean)
language sql stable security definer rows 1 set search_path = pg_catalog as $$
    select s.id, u.id, s.assignment_id, s.needs,
           s.needs is null and s.stepped_up_at > now() - interval '5 minutes'
    from sec.session s
    join sec.app_user u on u.id = s.user_id and u.active and u.epoch = s.epoch
    where s.token_sha256 = case when current_setting('app.session', true) ~ '^[0-9a-f]{64}$'
                                then decode(current_setting('app.session', true), 'hex') end
      and s.idle_until > now() and s.expires_at > now()
$$;

-- The holder, or no further. `wanted` are the needs under which the act is allowed.
create function sec.require_holder(wanted text[], fresh boolean)
returns table (session uuid, user_id uuid, assignment_id uuid, needs text)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query select h.session, h.user_id, h.assignment_id, h.needs from sec.holder() h
        where coalesce(h.needs, 'nothing') = any (wanted)
          and (h.fresh or h.needs is not null or not require_holder.fresh);
    if not found then
        raise exception 'not for this session' using errcode = 'insufficient_privilege';
    end if;
end $$;

-- The reader in one of these roles, or no further.
create function sec.require_role(wanted text[], fresh boolean) returns uuid
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    who uuid;
begin
    select m.user_id into who from sec.me() m, sec.holder() h
    where m.role = any (wanted) and (h.fresh or not require_role.fresh);
    if who is null then
        raise exception 'not for this role or not confirmed' using errcode = 'insufficient_privilege';
    end if;
    return who;
end $$;

-- A new token, the need met, the clock of the step-up at now; and no other session, where a credential changed.
create function sec.rotate(which uuid, token bytea, alone boolean) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update sec.session s set token_sha256 = token, needs = null, stepped_up_at = now(), tries = 0
    where s.id = which;
    if alone then
        delete from sec.session s using sec.session mine
        where mine.id = which and s.user_id = mine.user_id and s.id <> which;
    end if;
end $$;

-- Since when an account has a second factor; null without one. Both are written again where another kind comes.
create function sec.factor_since(who uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog as $$
    select t.confirmed_at from sec.totp t where t.user_id = who
$$;

-- Whether somebody must have a second factor before anything else: there is none, and one of their posts needs it.
-- Asked wherever a session comes to a post or an account loses a factor. `needing` are those roles.
create function sec.lacks_factor(who uuid, needing text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
    select sec.factor_since(who) is null
       and exists (select from sec.role_assignment a
                   where a.user_id = who and a.valid @> current_date and a.role = any (needing))
$$;

-- A wrong answer of a session, whatever it was asked for. At the fifth without a right one between, it ends: the
-- password is asked for again.
create function sec.refuse(which uuid, act text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    s record;
begin
    update sec.session t set tries = t.tries + 1 where t.id = which
    returning t.user_id, t.assignment_id, t.tries into s;
    perform audit.record_as(s.user_id, s.assignment_id, act, s.user_id, null);
    delete from sec.session t where t.id = which and s.tries >= 5;
end $$;

-- Takes every factor away.
create function sec.forget_factors(who uuid) returns void
language sql security definer set search_path = pg_catalog as $$
    delete from sec.backup_code b where b.user_id = who;
    delete from sec.totp t where t.user_id = who;
$$;

-- A session for somebody who showed who they are, as far as `need` says. Without a post there is none; with one
-- post it acts under it. Called by functions only.
create function sec.open_session(who uuid, need text, token bytea, idle interval, life interval, device text,
                                 how jsonb)
returns table (posts integer, role text)
language plpgsql security definer rows 1 set search_path = pg_catalog as $$
declare
    held record;
begin
    select count(*)::integer as posts, (array_agg(a.id))[1] as id, (array_agg(a.role))[1] as role into held
    from sec.role_assignment a where a.user_id = who and a.valid @> current_date;
    perform audit.record_as(who, null, case held.posts when 0 then 'session.refused' else 'session.opened' end, who, how);
    if held.posts > 0 then
        delete from sec.session s where s.expires_at < now() - interval '1 day';
        insert into sec.session (token_sha256, user_id, assignment_id, epoch, idle_until, expires_at, device, needs)
        select token, who, case held.posts when 1 then held.id end, u.epoch, now() + idle, now() + life,
               left(open_session.device, 200), need
        from sec.app_user u where u.id = who;
        update sec.app_user u set last_entered_at = now() where u.id = who;
    end if;
    return query select held.posts, case held.posts when 1 then held.role end;
end $$;

-- ——— Password ———————————————————————————————————————————————————————————————————————————————————————————

create function sec.salt_of(name text) returns text
language sql stable security definer set search_path = pg_catalog as $$
    select coalesce(
        (select c.salt from sec.app_user u join sec.credential c on c.user_id = u.id
         where u.username = name and u.active),
        (select '$argon2id$v=19$m=19456,t=2,p=1$'
                || rtrim(encode(substr(sha256(d.key || convert_to(name, 'UTF8')), 1, 16), 'base64'), '=')
         from sec.decoy d))
$$;

-- A session for whoever brings what argon2id gives for the password. `needing` are the roles that need a
-- second factor. Without a post there is no session; with one post the session acts under it.
create function sec.sign_in(name text, derived bytea, token bytea, needing text[], idle interval, life interval,
                            device text)
returns table (locale text, needs text, posts integer, role text)
language plpgsql security definer rows 1 set search_path = pg_catalog as $$
declare
    who record;
    need text;
begin
    select u.id, u.locale, c.verifier = sha256(derived) as right into who
    from sec.app_user u left join sec.credential c on c.user_id = u.id
    where u.username = name and u.active;
    if who.right is not true then
        perform audit.record_as(who.id, null, 'session.refused', who.id, null);
        return;
    end if;
    need := case
        when sec.factor_since(who.id) is not null then 'factor'
        when sec.lacks_factor(who.id, needing) then 'enrolment'
    end;
    return query
    select who.locale, need, o.posts, o.role
    from sec.open_session(who.id, need, token, idle, life, device, jsonb_strip_nulls(jsonb_build_object('needs', need))) o;
end $$;

-- Who is behind a token. Writes at most once a minute, so reading pages stays reading.
create function sec.resolve(token bytea, idle interval)
returns table (user_id uuid, username text, name_ar text, name_la text, assignment_id uuid, role text,
               territory_id smallint, court_id smallint, organisation_code text, needs text, fresh boolean)
language plpgsql security definer rows 1 set search_path = pg_catalog as $$
begin
    update sec.session s set seen_at = now(), idle_until = least(now() + idle, s.expires_at)
    where s.token_sha256 = token and s.seen_at < now() - interval '1 minute'
      and s.idle_until > now() and s.expires_at > now();
    return query
    select u.id, u.username, u.name_ar, u.name_la, a.id, a.role, a.territory_id, a.court_id, a.organisation_code,
           s.needs, s.needs is null and s.stepped_up_at > now() - interval '5 minutes'
    from sec.session s
    join sec.app_user u on u.id = s.user_id and u.active and u.epoch = s.epoch
    left join sec.role_assignment a
        on a.id = s.assignment_id and a.user_id = u.id and a.valid @> current_date
    where s.token_sha256 = token and s.idle_until > now() and s.expires_at > now()
      and (a.id is not null or s.assignment_id is null);
end $$;

-- One's own posts, and taking one: a new token, the same end. Where a post came since that needs a factor and
-- there is none, the session ends instead: sign-in asks for the password and then for the factor. Enrolled
-- here, it could be anybody's before a screen that was left open.
create function sec.posts()
returns table (id uuid, role text, territory_id smallint, court_id smallint, organisation_code text)
language sql stable security definer rows 3 set search_path = pg_catalog as $$
    select a.id, a.role, a.territory_id, a.court_id, a.organisation_code
    from sec.holder() h join sec.role_assignment a on a.user_id = h.user_id and a.valid @> current_date
    where h.needs is null order by a.role, a.territory_id, a.court_id
$$;

create function sec.take_post(post uuid, token bytea, needing text[]) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select g.session, g.user_id, g.assignment_id into h from sec.holder() g where g.needs is null;
    if sec.lacks_factor(h.user_id, needing) then
        perform audit.record_as(h.user_id, h.assignment_id, 'session.ended', h.user_id, '{"needs": "enrolment"}');
        delete from sec.session s where s.id = h.session;
        return false;
    end if;
    update sec.session s set assignment_id = p.id, token_sha256 = token
    from sec.posts() p where s.id = h.session and p.id = post;
    return found;
end $$;

-- A one-time code lets its owner set a password, and nothing else: no session, no second factor passed by.
create function sec.redeem_code(name text, code bytea, salt text, derived bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    who uuid;
    used uuid;
begin
    select u.id into who from sec.app_user u where u.username = name and u.active;
    update sec.access_code c set used_at = now()
    where c.user_id = who and c.code_sha256 = sha256(code) and c.used_at is null and c.expires_at > now()
    returning c.id into used;
    if used is null then
        perform audit.record_as(who, null, 'code.refused', who, null);
        return false;
    end if;
    insert into sec.credential as c (user_id, salt, verifier) values (who, redeem_code.salt, sha256(derived))
    on conflict (user_id) do update set salt = excluded.salt, verifier = excluded.verifier, changed_at = now();
    update sec.app_user u set epoch = u.epoch + 1 where u.id = who;
    perform audit.record_as(who, null, 'code.used', who, null);
    return true;
end $$;

-- ——— One's own account ——————————————————————————————————————————————————————————————————————————————————

create function sec.own_account()
returns table (username text, name_ar text, name_la text, locale text, salt text, password_changed_at timestamptz,
               factor_since timestamptz, codes_left integer, needs text)
language sql stable security definer rows 1 set search_path = pg_catalog as $$
    select u.username, u.name_ar, u.name_la, u.locale, sec.salt_of(u.username), c.changed_at, t.confirmed_at,
           (select count(*)::integer from sec.backup_code b where b.user_id = u.id and b.used_at is null), h.needs
    from sec.holder() h
    join sec.app_user u on u.id = h.user_id
    left join sec.credential c on c.user_id = u.id
    left join sec.totp t on t.user_id = u.id
$$;

create function sec.own_sessions()
returns table (id uuid, device text, opened_at timestamptz, seen_at timestamptz, is_this boolean)
language sql stable security definer rows 5 set search_path = pg_catalog as $$
    select s.id, s.device, s.opened_at, s.seen_at, s.id = h.session
    from sec.holder() h
    join sec.session s on s.user_id = h.user_id and s.idle_until > now() and s.expires_at > now()
    join sec.app_user u on u.id = s.user_id and u.epoch = s.epoch
    where h.needs is null order by s.id = h.session desc, s.seen_at desc
$$;

-- Ends one other session of one's own, or all others; gives how many.
create function sec.end_own_sessions(which uuid) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
    n integer;
begin
    select * into h from sec.require_holder('{nothing}', false);
    delete from sec.session s
    where s.user_id = h.user_id and s.id <> h.session and (which is null or s.id = which);
    get diagnostics n = row_count;
    if n > 0 then
        perform audit.record_as(h.user_id, h.assignment_id, 'session.ended', h.user_id, jsonb_build_object('n', n));
    end if;
    return n;
end $$;

-- A new password for who knows the old one. Every other session ends.
create function sec.change_password(old bytea, salt text, derived bytea, token bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing}', false);
    update sec.credential c set salt = change_password.salt, verifier = sha256(derived), changed_at = now()
    where c.user_id = h.user_id and c.verifier = sha256(old);
    if not found then
        perform sec.refuse(h.session, 'password.refused');
        return false;
    end if;
    perform audit.record_as(h.user_id, h.assignment_id, 'password.changed', h.user_id, null);
    perform sec.rotate(h.session, token, true);
    return true;
end $$;

-- ——— Second factor ——————————————————————————————————————————————————————————————————————————————————————

create function sec.own_factor()
returns table (user_id uuid, secret_enc bytea, confirmed boolean)
language sql stable security definer rows 1 set search_path = pg_catalog as $$
    select t.user_id, t.secret_enc, t.confirmed_at is not null
    from sec.holder() h join sec.totp t on t.user_id = h.user_id
$$;

-- A secret to try. One that is in use is not replaced.
create function sec.begin_factor(secret bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing,enrolment}', true);
    insert into sec.totp as t (user_id, secret_enc) values (h.user_id, secret)
    on conflict (user_id) do update set secret_enc = excluded.secret_enc, created_at = now()
    where t.confirmed_at is null;
end $$;

-- The first code was right: from now on the factor is asked for. Every other session ends.
create function sec.finish_factor(step bigint, codes bytea[], token bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing,enrolment}', true);
    update sec.totp t set confirmed_at = now(), last_step = step
    where t.user_id = h.user_id and t.confirmed_at is null and t.last_step < step;
    if not found then
        return false;
    end if;
    delete from sec.backup_code b where b.user_id = h.user_id;
    insert into sec.backup_code (user_id, code_sha256) select h.user_id, sha256(c) from unnest(codes) c;
    perform audit.record_as(h.user_id, h.assignment_id, 'factor.enrolled', h.user_id, null);
    perform sec.rotate(h.session, token, true);
    return true;
end $$;

-- A code of a step that was not used: at sign-in, and to confirm oneself again.
create function sec.pass_factor(step bigint, token bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing,factor}', false);
    update sec.totp t set last_step = step
    where t.user_id = h.user_id and t.confirmed_at is not null and t.last_step < step;
    if not found then
        return false;
    end if;
    perform audit.record_as(h.user_id, h.assignment_id, 'factor.passed', h.user_id, null);
    perform sec.rotate(h.session, token, false);
    return true;
end $$;

create function sec.pass_backup_code(code bytea, token bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing,factor}', false);
    update sec.backup_code b set used_at = now()
    where b.user_id = h.user_id and b.code_sha256 = sha256(code) and b.used_at is null;
    if not found then
        return false;
    end if;
    perform audit.record_as(h.user_id, h.assignment_id, 'factor.backup_used', h.user_id, null);
    perform sec.rotate(h.session, token, false);
    return true;
end $$;

-- A wrong code.
create function sec.refuse_factor() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing,factor,enrolment}', false);
    perform sec.refuse(h.session, 'factor.refused');
end $$;

-- The password again, for those without a second factor.
create function sec.pass_password(derived bytea, token bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing}', false);
    if not exists (select from sec.credential c where c.user_id = h.user_id and c.verifier = sha256(derived))
       or sec.factor_since(h.user_id) is not null then
        perform sec.refuse(h.session, 'password.refused');
        return false;
    end if;
    perform audit.record_as(h.user_id, h.assignment_id, 'password.confirmed', h.user_id, null);
    perform sec.rotate(h.session, token, false);
    return true;
end $$;

create function sec.renew_backup_codes(codes bytea[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing}', true);
    delete from sec.backup_code b where b.user_id = h.user_id;
    insert into sec.backup_code (user_id, code_sha256) select h.user_id, sha256(c) from unnest(codes) c;
    perform audit.record_as(h.user_id, h.assignment_id, 'factor.codes_renewed', h.user_id, null);
end $$;

-- After a credential changed: a new token, no other session; and where a factor must be and is none, the session
-- may do nothing but enrol one.
create function sec.rotate_without(which uuid, who uuid, token bytea, needing text[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.rotate(which, token, true);
    update sec.session s set needs = 'enrolment' where s.id = which and sec.lacks_factor(who, needing);
end $$;

-- Gives whether one must be enrolled now.
create function sec.remove_factor(token bytea, needing text[]) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing}', true);
    delete from sec.totp t where t.user_id = h.user_id;
    delete from sec.backup_code b where b.user_id = h.user_id and sec.factor_since(h.user_id) is null;
    perform audit.record_as(h.user_id, h.assignment_id, 'factor.removed', h.user_id, null);
    perform sec.rotate_without(h.session, h.user_id, token, needing);
    return sec.lacks_factor(h.user_id, needing);
end $$;

grant execute on function sec.holder, sec.salt_of, sec.sign_in, sec.resolve, sec.posts, sec.take_post, sec.redeem_code,
    sec.own_account, sec.own_sessions, sec.end_own_sessions, sec.change_password, sec.own_factor, sec.begin_factor,
    sec.finish_factor, sec.pass_factor, sec.pass_backup_code, sec.refuse_factor, sec.pass_password,
    sec.renew_backup_codes, sec.remove_factor to sanad_app;

-- ——— Administration —————————————————————————————————————————————————————————————————————————————————————
-- Reading needs the role; what gives access needs a fresh confirmation, too, and is never for oneself. The
-- audit row of an act is written by the page, in the same transaction.

create function sec.users(search text, is_active boolean, skip integer, size integer)
returns table (id uuid, username text, name_ar text, name_la text, active boolean, last_entered_at timestamptz,
               has_factor boolean, has_password boolean, posts text[])
language plpgsql stable security definer rows 25 set search_path = pg_catalog as $$
begin
    perform sec.require_role('{admin}', false);
    return query
    select u.id, u.username, u.name_ar, u.name_la, u.active, u.last_entered_at,
           sec.factor_since(u.id) is not null,
           exists (select from sec.credential c where c.user_id = u.id),
           array(select a.role from sec.role_assignment a
                 where a.user_id = u.id and a.valid @> current_date order by a.role)
    from sec.app_user u
    where u.active = is_active
      and (search = '' or strpos(u.username, search) > 0 or strpos(u.name_ar, search) > 0
           or strpos(lower(u.name_la), search) > 0)
    order by u.username offset skip limit size;
end $$;

create function sec.user_counts() returns table (active bigint, ended bigint)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    perform sec.require_role('{admin}', false);
    return query select count(*) filter (where u.active), count(*) filter (where not u.active) from sec.app_user u;
end $$;

create function sec.user_card(who uuid)
returns table (username text, name_ar text, name_la text, active boolean, created_at timestamptz,
               last_entered_at timestamptz, factor_since timestamptz, password_changed_at timestamptz,
               code_until timestamptz, lift_id uuid, lift_ar text, lift_la text, lift_is_mine boolean, is_me boolean)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
declare
    me uuid := sec.require_role('{admin,dpo}', false);
begin
    return query
    select u.username, u.name_ar, u.name_la, u.active, u.created_at, u.last_entered_at, sec.factor_since(u.id), c.changed_at,
           (select max(k.expires_at) from sec.access_code k
            where k.user_id = u.id and k.used_at is null and k.expires_at > now()),
           l.id, b.name_ar, b.name_la, l.asked_by = me, u.id = me
    from sec.app_user u
    left join sec.credential c on c.user_id = u.id
    left join sec.factor_lift l
        on l.user_id = u.id and l.confirmed_at is null and l.asked_at > now() - interval '1 day'
    left join sec.app_user b on b.id = l.asked_by
    where u.id = who order by l.asked_at desc limit 1;
end $$;

create function sec.user_posts(who uuid)
returns table (id uuid, role text, territory_id smallint, court_id smallint, organisation_code text,
               since date, until date, designation text, is_live boolean)
language plpgsql stable security definer rows 5 set search_path = pg_catalog as $$
begin
    perform sec.require_role('{admin,dpo}', false);
    return query
    select a.id, a.role, a.territory_id, a.court_id, a.organisation_code, lower(a.valid), upper(a.valid) - 1,
           a.designation, a.valid @> current_date
    -- one that was ended before it ran holds no day
    from sec.role_assignment a where a.user_id = who and not isempty(a.valid)
    order by upper_inf(a.valid) or upper(a.valid) > current_date desc, lower(a.valid) desc, a.id;
end $$;

create function sec.add_user(id uuid, username text, name_ar text, name_la text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{admin}', true);
    insert into sec.app_user (id, username, name_ar, name_la)
    values (add_user.id, add_user.username, add_user.name_ar, add_user.name_la);
end $$;

-- Refuses to act on oneself.
create function sec.require_other(who uuid, fresh boolean) returns uuid
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me uuid := sec.require_role('{admin}', fresh);
begin
    if who = me then
        raise exception 'not on oneself' using errcode = 'insufficient_privilege';
    end if;
    return me;
end $$;

create function sec.give_post(id uuid, who uuid, role text, territory smallint, court smallint, organisation text,
                              since date, until date, designation text)
returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_other(who, true);
    insert into sec.role_assignment (id, user_id, role, territory_id, court_id, organisation_code, valid, designation)
    values (give_post.id, who, give_post.role, territory, court, organisation, daterange(since, until + 1),
            give_post.designation);
end $$;

-- Ends a post today: the sessions under it find nothing from now on.
create function sec.end_post(who uuid, post uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me uuid := sec.require_other(who, false);
begin
    update sec.role_assignment a set valid = daterange(least(lower(a.valid), current_date), current_date),
        ended_at = now(), ended_by = me
    where a.id = post and a.user_id = who and (upper_inf(a.valid) or upper(a.valid) > current_date);
    return found;
end $$;

create function sec.switch_user(who uuid, is_active boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me uuid := sec.require_other(who, is_active);
begin
    update sec.app_user u set active = is_active, epoch = u.epoch + 1,
        closed_at = case when is_active then u.closed_at else now() end,
        closed_by = case when is_active then u.closed_by else me end
    where u.id = who and u.active <> is_active;
    return found;
end $$;

-- A code for 15 minutes; an earlier one that is still good ends.
create function sec.issue_code(id uuid, who uuid, code bytea) returns timestamptz
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me uuid := sec.require_other(who, true);
    until timestamptz := now() + interval '15 minutes';
begin
    update sec.access_code c set expires_at = now() where c.user_id = who and c.used_at is null and c.expires_at > now();
    insert into sec.access_code (id, user_id, code_sha256, issued_by, expires_at)
    values (issue_code.id, who, sha256(code), me, until);
    return until;
end $$;

create function sec.ask_lift(id uuid, who uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me uuid := sec.require_other(who, true);
begin
    insert into sec.factor_lift (id, user_id, asked_by)
    select ask_lift.id, who, me
    where sec.factor_since(who) is not null
      and not exists (select from sec.factor_lift l where l.user_id = who and l.confirmed_at is null
                      and l.asked_at > now() - interval '1 day');
    return found;
end $$;

create function sec.confirm_lift(who uuid, lift uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me uuid := sec.require_role('{admin,dpo}', true);
begin
    update sec.factor_lift l set confirmed_by = me, confirmed_at = now()
    where l.id = lift and l.user_id = who and l.confirmed_at is null and l.asked_at > now() - interval '1 day'
      and l.asked_by <> me and l.user_id <> me;
    if not found then
        return false;
    end if;
    perform sec.forget_factors(who);
    update sec.app_user u set epoch = u.epoch + 1 where u.id = who;
    return true;
end $$;

-- Lost factors that wait for a second voice.
create function sec.waiting_lifts()
returns table (user_id uuid, username text, name_ar text, name_la text, asked_at timestamptz, by_ar text, by_la text)
language plpgsql stable security definer rows 3 set search_path = pg_catalog as $$
begin
    perform sec.require_role('{admin,dpo}', false);
    return query
    select u.id, u.username, u.name_ar, u.name_la, l.asked_at, b.name_ar, b.name_la
    from sec.factor_lift l
    join sec.app_user u on u.id = l.user_id
    join sec.app_user b on b.id = l.asked_by
    where l.confirmed_at is null and l.asked_at > now() - interval '1 day' order by l.asked_at;
end $$;

-- Every live post and, of this quarter, who found it right.
create function sec.review(skip integer, size integer)
returns table (id uuid, user_id uuid, username text, name_ar text, name_la text, role text, territory_id smallint,
               court_id smallint, organisation_code text, since date, until date, designation text,
               last_entered_at timestamptz, has_factor boolean, reviewed_at timestamptz, by_ar text, by_la text)
language plpgsql stable security definer rows 25 set search_path = pg_catalog as $$
begin
    perform sec.require_role('{admin,dpo}', false);
    return query
    select a.id, u.id, u.username, u.name_ar, u.name_la, a.role, a.territory_id, a.court_id, a.organisation_code,
           lower(a.valid), upper(a.valid) - 1, a.designation, u.last_entered_at,
           sec.factor_since(u.id) is not null,
           r.reviewed_at, b.name_ar, b.name_la
    from sec.app_user u
    join sec.role_assignment a on a.user_id = u.id and a.valid @> current_date
    left join sec.access_review r on r.assignment_id = a.id and r.quarter = date_trunc('quarter', current_date)::date
    left join sec.app_user b on b.id = r.reviewed_by
    where u.active order by u.username, a.id offset skip limit size;
end $$;

-- `earlier`: somebody had a post before this quarter, so there is one to look back at.
create function sec.review_counts() returns table (live bigint, reviewed bigint, earlier boolean)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    perform sec.require_role('{admin,dpo}', false);
    return query
    select count(*), count(r.assignment_id),
           exists (select from sec.role_assignment e where lower(e.valid) < date_trunc('quarter', current_date)::date)
    from sec.app_user u
    join sec.role_assignment a on a.user_id = u.id and a.valid @> current_date
    left join sec.access_review r on r.assignment_id = a.id and r.quarter = date_trunc('quarter', current_date)::date
    where u.active;
end $$;

-- Every post that ran in a quarter that is past: who found it right then, and who took it away then, with the
-- post or with the whole account. The counts are of all of them, whatever is skipped.
create function sec.review_past(past date, skip integer, size integer)
returns table (id uuid, user_id uuid, username text, name_ar text, name_la text, role text, territory_id smallint,
               court_id smallint, organisation_code text, since date, until date, designation text,
               reviewed_at timestamptz, by_ar text, by_la text, ended_at timestamptz, ender_ar text, ender_la text,
               with_account boolean, posts bigint, reviewed bigint, ended bigint, earlier boolean)
language plpgsql stable security definer rows 25 set search_path = pg_catalog as $$
declare
    following date := past + interval '3 months';
begin
    perform sec.require_role('{admin,dpo}', false);
    return query
    select a.id, u.id, u.username, u.name_ar, u.name_la, a.role, a.territory_id, a.court_id, a.organisation_code,
           lower(a.valid), upper(a.valid) - 1, a.designation, r.reviewed_at, b.name_ar, b.name_la,
           t.at, e.name_ar, e.name_la, t.with_account,
           count(*) over (), count(r.reviewed_at) over (), count(t.at) over (),
           exists (select from sec.role_assignment o where lower(o.valid) < past)
    from sec.app_user u
    -- one that was ended on the first morning has no day in it
    join sec.role_assignment a on a.user_id = u.id and not isempty(a.valid)
        and (a.valid && daterange(past, following) or (a.ended_at >= past and a.ended_at < following))
    left join sec.access_review r on r.assignment_id = a.id and r.quarter = past
    left join sec.app_user b on b.id = r.reviewed_by
    left join lateral (
        select a.ended_at as at, a.ended_by as who, false as with_account
        where a.ended_at >= past and a.ended_at < following
        union all
        select u.closed_at, u.closed_by, true where u.closed_at >= past and u.closed_at < following
        order by 1 limit 1) t on true
    left join sec.app_user e on e.id = t.who
    -- of an account that was closed before, nothing ran
    where u.active or u.closed_at is null or u.closed_at >= past
    order by u.username, a.id offset skip limit size;
end $$;

-- Found right. Nobody reviews a post of their own.
create function sec.mark_reviewed(post uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me uuid := sec.require_role('{admin,dpo}', false);
begin
    insert into sec.access_review (assignment_id, quarter, reviewed_by)
    select a.id, date_trunc('quarter', current_date)::date, me
    from sec.role_assignment a where a.id = post and a.valid @> current_date and a.user_id <> me
    on conflict do nothing;
    return found;
end $$;

grant execute on function sec.users, sec.user_counts, sec.user_card, sec.user_posts, sec.add_user, sec.give_post,
    sec.end_post, sec.switch_user, sec.issue_code, sec.ask_lift, sec.confirm_lift, sec.waiting_lifts, sec.review, sec.review_counts,
    sec.review_past, sec.mark_reviewed to sanad_app;
