-- Scans of the plan (decision 0110): letters and decisions of the register (`plan.document`, 0057), letters of designation
-- and minutes (`plan.paper`, 0058 and 0059) become one table, with one branch in who has the key of a scan. Who may open what
-- stays as it was; what names a scan goes on naming it.

-- The bytes lie outside, sealed with a key of their own, as those of documents of files do (0016). A letter or a decision of
-- the register names its scan; a scan names its designation or its meeting.
alter table plan.document rename to scan;
alter table plan.scan
    -- the city of a team; of the register, and of the committee's own meetings, none
    add column territory_id smallint references ref.territory,
    add column designation_id uuid references plan.designation,
    add column meeting_id uuid references plan.team_meeting,
    add constraint scan_of_one check (num_nonnulls(designation_id, meeting_id) <= 1),
    add constraint scan_place check (case when designation_id is not null then territory_id is not null
                                          else meeting_id is not null or territory_id is null end);
do $$
declare
    old text;
begin
    for old in select k.conname from pg_constraint k where k.conrelid = 'plan.scan'::regclass and k.conname like 'document\_%' loop
        execute format('alter table plan.scan rename constraint %I to %I', old, regexp_replace(old, '^document', 'scan'));
    end loop;
end $$;
alter index plan.document_added_by_added_at_idx rename to scan_added_by_added_at_idx;
create index on plan.scan (territory_id);
create index on plan.scan (designation_id);
create index on plan.scan (meeting_id);

-- ——— Who reads and who keeps ————————————————————————————————————————————————————————————————————————————————

-- The committee, and the supervisors of the cities: they read and write the letters of the register.
create function app.reads_letters() returns boolean
language plpgsql stable security definer set search_path = pg_catalog as
$$ begin return exists (select from sec.me() m where m.role in ('steering', 'supervisor')); end $$;
grant execute on function app.reads_letters to sanad_app, sanad_definer;
alter function app.reads_letters owner to sanad_definer;

do $$
declare
    mine constant text := ' = (select app.my_user())';
    register constant text := '(designation_id is null and meeting_id is null and (select app.reads_letters()))';
    seen constant text := '(territory_id = any ((select app.team_cities())::smallint[])
        or meeting_id = any ((select app.my_meetings())::uuid[]) or ' || register || ')';
    kept constant text := '(meeting_id = any ((select app.kept_meetings())::uuid[])
        or (designation_id is not null and territory_id = any ((select app.supervised_territories())::smallint[])) or ' || register || ')';
begin
    call app.protect('plan.scan', seen, kept || ' and added_by' || mine || ' and added_at = now()');
    -- whoever finds the bytes gone says so
    execute format('alter policy edits on plan.scan using (%s) with check (%1$s)', seen);
end $$;
revoke all on plan.scan from sanad_stat, sanad_job;
grant update (fault) on plan.scan to sanad_app;

-- ——— Papers move in —————————————————————————————————————————————————————————————————————————————————————————

set local role sanad_definer;
insert into plan.scan (id, territory_id, designation_id, meeting_id, media, blob, size, sha256, received_size, received_sha256,
                       added_by, added_at, fault)
select p.id, p.territory_id, p.designation_id, p.meeting_id, p.media, p.blob, p.size, p.sha256, p.received_size,
       p.received_sha256, p.added_by, p.added_at, p.fault
from plan.paper p;
do $$
begin
    if exists (select from plan.paper p where not exists (select from plan.scan s where s.id = p.id and s.blob = p.blob)) then
        raise exception 'a paper was left behind';
    end if;
end $$;
grant execute on function app.of_held_meeting to sanad_owner;
set local role sanad_owner;
create trigger of_held_meeting before insert on plan.scan
    for each row when (new.meeting_id is not null) execute function app.of_held_meeting();

-- ——— One branch beside documents of files ———————————————————————————————————————————————————————————————————

-- Of one scan what row security says of its row.
create function app.sees_scan(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from plan.scan s where s.id = which
                   and (s.territory_id = any (app.team_cities()) or s.meeting_id = any (app.my_meetings())
                        or (s.designation_id is null and s.meeting_id is null and app.reads_letters())));
end $$;
grant execute on function app.sees_scan to sanad_app;
alter function app.sees_scan owner to sanad_definer;

-- Of every other holder the answer stands where it stood before there was a register (0013).
set local role sanad_definer;
create or replace function app.sees_holder(kind text, holder uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if kind = 'document' and exists (select from plan.scan s where s.id = holder) then
        return app.sees_scan(holder);
    end if;
    return app.sees_holder_of_people(kind, holder);
end $$;
create or replace function app.holder_exists(kind text, holder uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return app.holder_of_people_exists(kind, holder)
        or (kind = 'document' and exists (select from plan.scan s where s.id = holder));
end $$;
drop function app.sees_other_holder(text, uuid);
drop function app.other_holder_exists(text, uuid);
drop function app.sees_paper(uuid);

create or replace function app.blobs() returns setof uuid
language sql stable security definer set search_path = pg_catalog as
$$ select a.blob from app.attachment a union all select s.blob from plan.scan s $$;
create or replace function app.brought_since(since timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog as $$
    select coalesce(sum(x.received_size), 0) from sec.me() m cross join lateral (
        select a.received_size from app.attachment a where a.added_by = m.user_id and a.added_at >= since
        union all
        select s.received_size from plan.scan s where s.added_by = m.user_id and s.added_at >= since) x
$$;
set local role sanad_owner;

-- The register's scans are written as the others are, under row security.
drop function plan.keep_document(uuid, text, uuid, integer, bytea, integer, bytea);
drop function plan.mark_document(uuid, text);
drop table plan.paper;
