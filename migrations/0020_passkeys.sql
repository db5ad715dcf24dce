-- Passkeys (WebAuthn): a key that never leaves its owner's device signs a challenge of this database.
--
-- A password opens a session because this database compares it; a passkey because this database verifies the
-- signature, with the public key that it keeps, over a challenge that it drew itself and that works once
-- (decision 0054). The application verifies it, too, by a library; neither can be talked round alone.

create table sec.passkey (
    id uuid primary key,
    user_id uuid not null references sec.app_user,
    -- what its owner calls it
    name text not null constraint passkey_name_check check (length(name) between 1 and 60),
    credential_id bytea not null constraint passkey_credential_key unique
        constraint passkey_credential_check check (length(credential_id) between 16 and 1023),
    -- as COSE numbers them: -7 is ECDSA on P-256, its key the 64 bytes of the point; -257 is RSA with the exponent
    -- 65537, its key the modulus
    algorithm smallint not null constraint passkey_algorithm_check check (algorithm in (-7, -257)),
    public_key bytea not null,
    -- SHA-256 of the name of the site that it was made for
    site_sha256 bytea not null constraint passkey_site_check check (length(site_sha256) = 32),
    -- signatures that the device counted; 0 for one that does not count
    counter bigint not null constraint passkey_counter_check check (counter between 0 and 4294967295),
    -- what the library of the application keeps of it; nothing here reads it
    kept jsonb not null,
    added_at timestamptz not null default now(),
    used_at timestamptz,
    constraint passkey_key_check check (case algorithm when -7 then length(public_key) = 64
                                        else length(public_key) between 256 and 513 end)
);
create index on sec.passkey (user_id);

-- Challenges that wait for their answer: for a session, or for a browser that has none yet.
create table sec.passkey_challenge (
    challenge_sha256 bytea primary key constraint passkey_challenge_check check (length(challenge_sha256) = 32),
    purpose text not null constraint passkey_challenge_purpose_check check (purpose in ('enter', 'prove', 'add')),
    session_id uuid references sec.session (id) on delete cascade,
    browser_sha256 bytea constraint passkey_challenge_browser_check check (length(browser_sha256) = 32),
    expires_at timestamptz not null,
    constraint passkey_challenge_holder_check check (
        case purpose when 'enter' then session_id is null and browser_sha256 is not null
                     else session_id is not null and browser_sha256 is null end)
);
create index on sec.passkey_challenge (session_id);
create index on sec.passkey_challenge (expires_at);

-- ——— Signatures ————————————————————————————————————————————————————————————————————————————————————————
-- Public values only, so nothing here needs to take the same time whatever it is given.

-- Big-endian, without sign.
create function sec.number(bytes bytea) returns numeric
language plpgsql immutable strict parallel safe set search_path = pg_catalog as $$
declare
    padded bytea := decode(repeat('00', (4 - length(bytes) % 4) % 4), 'hex') || bytes;
    found numeric := 0;
begin
    for at in 0 .. length(padded) / 4 - 1 loop
        found := found * 4294967296 + ('x' || encode(substr(padded, at * 4 + 1, 4), 'hex'))::bit(32)::bigint;
    end loop;
    return found;
end $$;

create function sec.inverse(of numeric, modulus numeric) returns numeric
language plpgsql immutable strict parallel safe set search_path = pg_catalog as $$
declare
    before numeric := 0;
    now numeric := 1;
    rest numeric := modulus;
    next numeric := mod(mod(of, modulus) + modulus, modulus);
    times numeric;
    held numeric;
begin
    while next <> 0 loop
        times := div(rest, next);
        held := rest - times * next; rest := next; next := held;
        held := before - times * now; before := now; now := held;
    end loop;
    return mod(before + modulus, modulus);
end $$;

-- Whether those 64 bytes are a point of P-256 (FIPS 186-5).
create function sec.is_on_p256(point bytea) returns boolean
language plpgsql immutable strict parallel safe set search_path = pg_catalog as $$
declare
    p constant numeric := 115792089210356248762697446949407573530086143415290314195533631308867097853951;
    b constant numeric := 41058363725152142129326129780047268409114441015993725554835256314039467401291;
    x numeric := sec.number(substr(point, 1, 32));
    y numeric := sec.number(substr(point, 33, 32));
begin
    return length(point) = 64 and x < p and y < p and mod(y * y - mod(x * x, p) * x + 3 * x - b, p) = 0;
end $$;

-- ECDSA on P-256 with SHA-256; the signature in DER, as authenticators write it. Sums of points in Jacobian
-- coordinates, both factors at once; some ten milliseconds.
create function sec.verifies_p256(message bytea, signature bytea, point bytea) returns boolean
language plpgsql immutable strict parallel safe set search_path = pg_catalog as $$
declare
    p constant numeric := 115792089210356248762697446949407573530086143415290314195533631308867097853951;
    n constant numeric := 115792089210356248762697446949407573529996955224135760342422259061068512044369;
    gx constant numeric := 48439561293906451759052585252797914202762949526041747995844080717082404635286;
    gy constant numeric := 36134250956749795798585127919587881956611106672985015071877198253568414405109;
    qx numeric := sec.number(substr(point, 1, 32));
    qy numeric := sec.number(substr(point, 33, 32));
    size integer := length(signature);
    split integer;
    r numeric; s numeric; w numeric; u numeric; v numeric;
    -- G, Q and G + Q
    xs numeric[]; ys numeric[];
    steps integer[];
    x numeric := 0; y numeric := 1; z numeric := 0;
    a numeric; b numeric; c numeric; d numeric; h numeric;
begin
    if size not between 8 and 72 or get_byte(signature, 0) <> 48 or get_byte(signature, 1) <> size - 2
       or get_byte(signature, 2) <> 2 then
        return false;
    end if;
    split := get_byte(signature, 3);
    if split not between 1 and 33 or size < 7 + split or get_byte(signature, 4 + split) <> 2
       or get_byte(signature, 5 + split) <> size - split - 6 then
        return false;
    end if;
    r := sec.number(substr(signature, 5, split));
    s := sec.number(substr(signature, 7 + split));
    if r = 0 or s = 0 or r >= n or s >= n or qx = gx or not sec.is_on_p256(point) then
        return false;
    end if;
    w := sec.inverse(s, n);
    u := mod(sec.number(sha256(message)) * w, n);
    v := mod(r * w, n);
    a := mod((qy - gy) * sec.inverse(qx - gx, p), p);
    b := mod(a * a - gx - qx, p);
    xs := array[gx, qx, b];
    ys := array[gy, qy, mod(a * (gx - b) - gy, p)];
    for at in 1 .. 256 loop
        steps[at] := mod(u, 2) + 2 * mod(v, 2);
        u := div(u, 2);
        v := div(v, 2);
    end loop;
    for at in reverse 256 .. 1 loop
        if z <> 0 then
            -- twice
            d := mod(z * z, p); c := mod(y * y, p); b := mod(x * c, p);
            a := mod(3 * (x - d) * (x + d), p);
            z := mod(2 * y * z, p);
            x := mod(a * a - 8 * b, p);
            y := mod(a * (4 * b - x) - 8 * c * c, p);
        end if;
        continue when steps[at] = 0;
        if z = 0 then
            x := xs[steps[at]]; y := ys[steps[at]]; z := 1;
            continue;
        end if;
        -- and one of the three
        d := mod(z * z, p);
        h := mod(xs[steps[at]] * d - x, p);
        a := mod(ys[steps[at]] * mod(z * d, p) - y, p);
        if h = 0 then
            -- the point itself or its opposite: nobody's honest signature comes here
            return false;
        end if;
        b := mod(h * h, p); c := mod(h * b, p); d := mod(x * b, p);
        z := mod(z * h, p);
        x := mod(a * a - c - 2 * d, p);
        y := mod(a * (d - x) - y * c, p);
    end loop;
    d := mod(z * z, p);
    return z <> 0 and (mod(r * d - x, p) = 0 or (r + n < p and mod((r + n) * d - x, p) = 0));
end $$;

-- RSASSA-PKCS1-v1_5 with SHA-256 and the exponent 65537 (RFC 8017).
create function sec.verifies_rsa(message bytea, signature bytea, modulus bytea) returns boolean
language plpgsql immutable strict parallel safe set search_path = pg_catalog as $$
declare
    n numeric := sec.number(modulus);
    s numeric := sec.number(signature);
    power numeric := s;
    size integer := length(modulus);
begin
    if length(signature) <> size or size < 256 or s >= n then
        return false;
    end if;
    for at in 1 .. 16 loop
        power := mod(power * power, n);
    end loop;
    return mod(power * s, n) = sec.number(
        '\x0001'::bytea || decode(repeat('ff', size - 54), 'hex')
        || '\x003031300d060960864801650304020105000420'::bytea || sha256(message));
end $$;

-- ——— Challenges ————————————————————————————————————————————————————————————————————————————————————————

-- A challenge for five minutes; one at a time for each purpose. `browser` is the mark of a browser that has no
-- session: who answers must bring it.
create function sec.begin_passkey(wanted text, browser bytea) returns bytea
language plpgsql security definer set search_path = pg_catalog as $$
declare
    challenge bytea := sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
    h record;
begin
    delete from sec.passkey_challenge c where c.expires_at < now();
    if wanted = 'enter' then
        delete from sec.passkey_challenge c where c.browser_sha256 = sha256(browser);
        insert into sec.passkey_challenge (challenge_sha256, purpose, browser_sha256, expires_at)
        values (sha256(challenge), wanted, sha256(browser), now() + interval '5 minutes');
    else
        select * into h from sec.require_holder(
            case wanted when 'add' then '{nothing,enrolment}' else '{nothing,factor}' end::text[], wanted = 'add');
        delete from sec.passkey_challenge c where c.session_id = h.session;
        insert into sec.passkey_challenge (challenge_sha256, purpose, session_id, expires_at)
        values (sha256(challenge), wanted, h.session, now() + interval '5 minutes');
    end if;
    return challenge;
end $$;

-- Whether that challenge waits for this session or this browser. It works once, whatever comes of it; somebody
-- else's is left alone.
create function sec.spend_challenge(challenge bytea, wanted text, under uuid, browser bytea) returns boolean
language sql security definer set search_path = pg_catalog as $$
    with spent as (
        delete from sec.passkey_challenge c
        where c.challenge_sha256 = sha256(challenge) and c.purpose = wanted
          and c.session_id is not distinct from under and c.browser_sha256 is not distinct from sha256(browser)
        returning c.expires_at > now() as is_live)
    select coalesce((select is_live from spent), false)
$$;

-- ——— Judging an answer —————————————————————————————————————————————————————————————————————————————————

-- `passed`, `refused`, or `copied` where the device counted fewer signatures than it had: then there are two of it.
create function sec.judge_passkey(wanted text, under uuid, browser bytea, credential bytea, authenticator bytea,
                                  client bytea, signature bytea)
returns table (owner uuid, verdict text)
language plpgsql security definer rows 1 set search_path = pg_catalog as $$
declare
    said jsonb := convert_from(client, 'UTF8')::jsonb;
    message bytea := authenticator || sha256(client);
    k record;
    counted bigint;
begin
    select p.id, p.user_id, p.algorithm, p.public_key, p.site_sha256, p.counter into k
    from sec.passkey p join sec.app_user u on u.id = p.user_id and u.active
    where p.credential_id = credential for update of p;
    if not sec.spend_challenge(decode(rpad(translate(said ->> 'challenge', '-_', '+/'), 44, '='), 'base64'),
                               wanted, under, browser)
       or k.id is null or length(authenticator) < 37
       or said ->> 'type' is distinct from 'webauthn.get'
       or substr(authenticator, 1, 32) <> k.site_sha256
       -- somebody was there, and the device knows who
       or get_byte(authenticator, 32) & 5 <> 5
       or not (case k.algorithm when -7 then sec.verifies_p256(message, signature, k.public_key)
                                else sec.verifies_rsa(message, signature, k.public_key) end) then
        return query select k.user_id, 'refused';
        return;
    end if;
    counted := sec.number(substr(authenticator, 34, 4));
    if (counted > 0 or k.counter > 0) and counted <= k.counter then
        perform audit.record_as(k.user_id, null, 'passkey.copied', k.user_id, null);
        return query select k.user_id, 'copied';
        return;
    end if;
    update sec.passkey p set counter = counted, used_at = now() where p.id = k.id;
    return query select k.user_id, 'passed';
end $$;

-- What the application's library keeps of a passkey, for an answer that names it: no secret.
create function sec.passkey_of(credential bytea) returns table (user_id uuid, kept jsonb)
language sql stable security definer rows 1 set search_path = pg_catalog as $$
    select p.user_id, p.kept from sec.passkey p join sec.app_user u on u.id = p.user_id and u.active
    where p.credential_id = credential
$$;

-- A passkey alone: what it has and who unlocks it are two factors, so the session needs nothing more.
create function sec.enter_by_passkey(browser bytea, credential bytea, authenticator bytea, client bytea,
                                     signature bytea, token bytea, idle interval, life interval, device text)
returns table (locale text, posts integer, role text, verdict text)
language plpgsql security definer rows 1 set search_path = pg_catalog as $$
declare
    j record;
begin
    select * into j from sec.judge_passkey('enter', null, browser, credential, authenticator, client, signature);
    if j.verdict <> 'passed' then
        perform audit.record_as(j.owner, null, 'passkey.refused', j.owner, null);
        return query select null::text, 0, null::text, j.verdict;
        return;
    end if;
    return query
    select u.locale, o.posts, o.role, j.verdict
    from sec.open_session(j.owner, null, token, idle, life, device, '{"by": "passkey"}') o, sec.app_user u
    where u.id = j.owner;
end $$;

-- A passkey after the password, or to confirm oneself again.
create function sec.prove_passkey(credential bytea, authenticator bytea, client bytea, signature bytea, token bytea)
returns text language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
    j record;
begin
    select * into h from sec.require_holder('{nothing,factor}', false);
    select * into j from sec.judge_passkey('prove', h.session, null, credential, authenticator, client, signature);
    if j.verdict <> 'passed' or j.owner <> h.user_id then
        perform sec.refuse_factor();
        return case j.verdict when 'copied' then 'copied' else 'refused' end;
    end if;
    perform audit.record_as(h.user_id, h.assignment_id, 'passkey.passed', h.user_id, null);
    perform sec.rotate(h.session, token, false);
    return 'passed';
end $$;

-- What the application refused before it came here. The challenge is spent, the try counts.
create function sec.refuse_passkey(wanted text, browser bytea, challenge bytea, credential bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    who uuid := (select p.user_id from sec.passkey p where p.credential_id = credential);
begin
    if wanted = 'enter' then
        perform sec.spend_challenge(challenge, wanted, null, browser);
        perform audit.record_as(who, null, 'passkey.refused', who, null);
    else
        perform sec.spend_challenge(challenge, wanted, h.session, null) from sec.holder() h;
        perform sec.refuse_factor();
    end if;
end $$;

-- ——— One's own —————————————————————————————————————————————————————————————————————————————————————————

create function sec.own_passkeys()
returns table (id uuid, name text, credential_id bytea, added_at timestamptz, used_at timestamptz)
language sql stable security definer rows 2 set search_path = pg_catalog as $$
    select p.id, p.name, p.credential_id, p.added_at, p.used_at
    from sec.holder() h join sec.passkey p on p.user_id = h.user_id order by p.added_at, p.id
$$;

-- Adds one, for whoever may enrol a factor now; every other session ends. `codes` are kept, and shown, if the
-- account has no backup codes yet: `codes`; else `added`. `refused` where the challenge is not this session's.
create function sec.add_passkey(id uuid, name text, challenge bytea, credential bytea, algorithm smallint,
                                public_key bytea, site bytea, counter bigint, kept jsonb, codes bytea[], token bytea)
returns text language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
    is_first boolean;
begin
    select * into h from sec.require_holder('{nothing,enrolment}', true);
    if not sec.spend_challenge(challenge, 'add', h.session, null)
       or exists (select from sec.passkey p where p.credential_id = credential)
       or (select count(*) from sec.passkey p where p.user_id = h.user_id) >= 10
       or (algorithm = -7 and not sec.is_on_p256(public_key)) then
        return 'refused';
    end if;
    insert into sec.passkey (id, user_id, name, credential_id, algorithm, public_key, site_sha256, counter, kept)
    values (add_passkey.id, h.user_id, add_passkey.name, credential, add_passkey.algorithm, add_passkey.public_key,
            site, add_passkey.counter, add_passkey.kept);
    is_first := not exists (select from sec.backup_code b where b.user_id = h.user_id);
    if is_first then
        insert into sec.backup_code (user_id, code_sha256) select h.user_id, sha256(c) from unnest(codes) c;
    end if;
    perform audit.record_as(h.user_id, h.assignment_id, 'passkey.added', h.user_id, null);
    perform sec.rotate(h.session, token, true);
    return case when is_first then 'codes' else 'added' end;
end $$;

-- Removes one; with the last factor go the backup codes. Every other session ends.
create function sec.remove_passkey(which uuid, token bytea, needing text[]) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    h record;
begin
    select * into h from sec.require_holder('{nothing}', true);
    delete from sec.passkey p where p.id = which and p.user_id = h.user_id;
    if not found then
        return false;
    end if;
    delete from sec.backup_code b where b.user_id = h.user_id and sec.factor_since(h.user_id) is null;
    perform audit.record_as(h.user_id, h.assignment_id, 'passkey.removed', h.user_id, null);
    perform sec.rotate_without(h.session, h.user_id, token, needing);
    return true;
end $$;

-- A passkey is a second factor, and is lost with it.
create or replace function sec.factor_since(who uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog as $$
    select least((select t.confirmed_at from sec.totp t where t.user_id = who),
                 (select min(p.added_at) from sec.passkey p where p.user_id = who))
$$;

create or replace function sec.forget_factors(who uuid) returns void
language sql security definer set search_path = pg_catalog as $$
    delete from sec.backup_code b where b.user_id = who;
    delete from sec.totp t where t.user_id = who;
    delete from sec.passkey p where p.user_id = who;
$$;

grant execute on function sec.begin_passkey, sec.passkey_of, sec.enter_by_passkey, sec.prove_passkey, sec.refuse_passkey,
    sec.own_passkeys, sec.add_passkey, sec.remove_passkey to sanad_app;
