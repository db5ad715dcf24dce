-- Packs of the committee (decision 0106): the published cells of a period as a document, a workbook and open data, made once by
-- background work and kept. They hold what was told of everybody and nothing of anybody.

-- One of a period and a language, however often it is asked for.
create table stat.pack (
    id uuid primary key,
    from_release integer not null references stat.release,
    to_release integer not null references stat.release,
    lang text not null constraint pack_lang_check check (lang in ('ar', 'fr', 'en')),
    asked_at timestamptz not null default now(),
    begun_at timestamptz,
    -- what is being made of it
    step text constraint pack_step_check check (step in ('read', 'pdf', 'xlsx', 'data')),
    made_at timestamptz,
    failed_at timestamptz,
    constraint pack_period check (from_release <= to_release),
    constraint pack_once unique (from_release, to_release, lang),
    constraint pack_ends check (num_nonnulls(made_at, failed_at) < 2)
);
create index on stat.pack (to_release);
-- What is made stands, and a period is never another.
create trigger is_made before update on stat.pack for each row
    when (old.made_at is not null
          or (new.id, new.from_release, new.to_release, new.lang) is distinct from (old.id, old.from_release, old.to_release, old.lang))
    execute function audit.refuse_change();
create trigger is_final before delete on stat.pack for each row execute function audit.refuse_change();
create trigger is_kept before truncate on stat.pack for each statement execute function audit.refuse_change();

-- Its files. Their bytes lie where documents lie, as they are: they are public.
create table stat.pack_file (
    pack uuid not null references stat.pack,
    format text not null constraint pack_file_format_check check (format in ('pdf', 'xlsx', 'zip')),
    blob uuid not null unique,
    size integer not null constraint pack_file_size_check check (size > 0),
    sha256 bytea not null constraint pack_file_sha256_check check (length(sha256) = 32),
    primary key (pack, format)
);
create trigger is_final before update or delete on stat.pack_file for each row execute function audit.refuse_change();
create trigger is_kept before truncate on stat.pack_file for each statement execute function audit.refuse_change();

grant select on stat.pack, stat.pack_file to sanad_stat, sanad_job;
grant select, insert, update on stat.pack to sanad_definer;
grant select, insert on stat.pack_file to sanad_definer;

-- Work for packs stands in a queue of its own: one after the other.
grant create on schema job to sanad_job;
set local role sanad_job;
create or replace function job.enqueue(kind text, id uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if kind is null or kind <> all (array['seal_audit', 'watch_reading', 'send_code', 'set_paper', 'make_pack']) then
        raise exception 'there is no such job' using errcode = 'check_violation';
    end if;
    perform graphile_worker.add_job(
        identifier => kind, payload => json_build_object('id', enqueue.id),
        queue_name => case kind when 'set_paper' then 'papers' when 'make_pack' then 'packs' end,
        job_key => concat_ws(':', kind, enqueue.id), max_attempts => 8);
end $$;
grant execute on function job.enqueue to sanad_definer;
set local role sanad_owner;
revoke create on schema job from sanad_job;
grant usage on schema job to sanad_definer;

-- The pack of a period and a language: the one there is, or a new one that is asked for now. One that could not be made is
-- asked for again.
create function stat.enter_pack(wanted uuid, from_release integer, to_release integer, lang text, at timestamptz) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare
    found_id uuid;
begin
    insert into stat.pack as p (id, from_release, to_release, lang, asked_at)
    values (enter_pack.wanted, enter_pack.from_release, enter_pack.to_release, enter_pack.lang, enter_pack.at)
    on conflict on constraint pack_once
        do update set asked_at = enter_pack.at, begun_at = null, step = null, failed_at = null where p.failed_at is not null
    returning p.id into found_id;
    if found_id is null then
        select p.id into found_id from stat.pack p
        where p.from_release = enter_pack.from_release and p.to_release = enter_pack.to_release and p.lang = enter_pack.lang;
        return found_id;
    end if;
    perform job.enqueue('make_pack', found_id);
    perform audit.record('pack.asked', 'pack', found_id, null,
        (select jsonb_build_object('from', a.as_of, 'until', z.as_of, 'language', enter_pack.lang)
         from stat.release a, stat.release z
         where a.number = enter_pack.from_release and z.number = enter_pack.to_release), null);
    return found_id;
end $$;

-- Who reads published figures asks for one.
create function stat.ask_pack(wanted uuid, from_release integer, to_release integer, lang text, at timestamptz) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{steering,supervisor}', false);
    return stat.enter_pack(ask_pack.wanted, ask_pack.from_release, ask_pack.to_release, ask_pack.lang, ask_pack.at);
end $$;

-- Those of the month that was told last, in the languages of the administration; how many were not there. Asked each day: a
-- night without a server loses none.
create function stat.due_packs(at timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    due record;
    asked bigint := 0;
begin
    for due in
        select r.number, l.code from (select max(x.number) as number from stat.release x) r, (values ('ar'), ('fr')) as l (code)
        where r.number is not null and not exists (
            select from stat.pack p where p.from_release = r.number and p.to_release = r.number and p.lang = l.code)
    loop
        perform stat.enter_pack(gen_random_uuid(), due.number, due.number, due.code, due_packs.at);
        asked := asked + 1;
    end loop;
    return asked;
end $$;

-- Takes one up: what it is to hold. Nothing of one that is made. Taken up again after a restart, it is made again.
create function stat.begin_pack(which uuid, at timestamptz)
returns table (from_release integer, to_release integer, lang text)
language plpgsql security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    update stat.pack p set begun_at = begin_pack.at, step = 'read', failed_at = null
    where p.id = begin_pack.which and p.made_at is null
    returning p.from_release, p.to_release, p.lang;
end $$;

-- How far it is.
create function stat.step_pack(which uuid, step text) returns void
language sql security definer set search_path = pg_catalog as $$
    update stat.pack p set step = step_pack.step where p.id = step_pack.which and p.made_at is null
$$;

-- Its files, all of them, and the trail's row of their hashes. False if somebody else made it meanwhile.
create function stat.keep_pack(which uuid, files jsonb, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update stat.pack p set made_at = keep_pack.at, step = null, failed_at = null
    where p.id = keep_pack.which and p.begun_at is not null and p.made_at is null;
    if not found then
        return false;
    end if;
    insert into stat.pack_file (pack, format, blob, size, sha256)
    select keep_pack.which, f.format, f.blob, f.size, decode(f.sha256, 'hex')
    from jsonb_to_recordset(keep_pack.files) as f (format text, blob uuid, size integer, sha256 text);
    perform audit.record('pack.made', 'pack', keep_pack.which, null,
        (select jsonb_object_agg(f.format, f.sha256)
         from jsonb_to_recordset(keep_pack.files) as f (format text, sha256 text)), null);
    return true;
end $$;

-- It could not be made: whoever asked for it sees that.
create function stat.fail_pack(which uuid, at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
    update stat.pack p set failed_at = fail_pack.at where p.id = fail_pack.which and p.made_at is null
$$;

grant execute on function stat.ask_pack to sanad_app;
grant execute on function stat.due_packs, stat.begin_pack, stat.step_pack, stat.keep_pack, stat.fail_pack to sanad_job;
do $$
declare
    made text;
begin
    foreach made in array array['enter_pack(uuid, integer, integer, text, timestamptz)',
                                'ask_pack(uuid, integer, integer, text, timestamptz)', 'due_packs(timestamptz)',
                                'begin_pack(uuid, timestamptz)', 'step_pack(uuid, text)', 'keep_pack(uuid, jsonb, timestamptz)',
                                'fail_pack(uuid, timestamptz)'] loop
        execute format('alter function stat.%s owner to sanad_definer', made);
    end loop;
end $$;
