-- What the officer for data protection reads of the audit trail. Functions, each bound to that role: the
-- application's own role still reads no row of the trail, whoever is signed in.

grant create on schema audit to sanad_definer;
grant select on audit.event to sanad_definer;
grant select (id, username, name_ar, name_la) on sec.app_user to sanad_definer;
grant select (id, role) on sec.role_assignment to sanad_definer;
create index on audit.event (action, at, id);

create function audit.is_officer() returns boolean
language sql stable security definer set search_path = pg_catalog as
$$ select exists (select from sec.me() m where m.role = 'dpo') $$;

-- The number that people know a thing by: a file, a procedure, a receipt. Never a name.
create function audit.number_of(kind text, object uuid) returns text
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return case kind
        when 'case' then (select c.number from app.case_file c where c.id = object)
        when 'judicial_file' then (select f.number from app.judicial_file f where f.id = object)
        when 'contact' then (select c.receipt from app.contact c where c.id = object)
        when 'user' then (select u.username from sec.app_user u where u.id = object)
        when 'person' then (select c.number from app.case_file c where c.child_id = object order by c.opened_at limit 1)
    end;
end $$;

-- Everything that hangs on one number or id: a file, its child, its procedures, what was disclosed of it.
create function audit.objects_of(wanted text) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    given uuid := case when wanted ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then wanted::uuid end;
    file uuid;
begin
    if not audit.is_officer() then return null; end if;
    file := coalesce(
        (select c.id from app.case_file c where c.id = given or c.number = wanted limit 1),
        (select c.id from app.case_file c where c.child_id = given limit 1),
        (select f.case_id from app.judicial_file f where f.id = given or f.number = wanted limit 1));
    return case when file is not null then array(
        select file union select c.child_id from app.case_file c where c.id = file
        union select f.id from app.judicial_file f where f.case_id = file
        union select d.id from app.disclosure d where d.case_id = file)
    else array(
        select c.id from app.contact c where c.id = given or c.receipt = wanted
        union select given where given is not null) end;
end $$;

-- The actions by which somebody reads of a person: what the officer, the watch over reading and the supervisors of
-- a file (0031) count. A test compares it with the actions that the program writes.
create function audit.readings() returns text[]
language sql immutable set search_path = pg_catalog as $$
    select array['contact.opened', 'child.opened', 'mother.opened', 'case.opened', 'case.opened_with_reason',
                 'case.printed', 'case_form.opened', 'history.opened', 'task.opened', 'assessments.opened', 'care_plan.opened',
                 'determination.opened', 'rights.opened', 'duplicates.opened', 'visits.opened', 'closure.opened',
                 'transfer.opened', 'service.opened', 'request.opened', 'placement.opened', 'sheet.opened',
                 'judicial_file.opened', 'court_act.opened', 'judicial_paper.printed', 'urgent_notice.opened', 'documents.opened', 'document.opened', 'document.revealed',
                 'clinical_notes.opened', 'clinical_note.revealed', 'safe_address.revealed', 'contact_phone.revealed',
                 'protection.opened', 'lift.opened', 'emergency.begun', 'emergency.read']
$$;
grant execute on function audit.readings to sanad_owner, sanad_definer;

-- A page of the trail, newest first, from a place on; of one person, one action, one file. The action
-- `reading` is every reading, and every refusal of one.
create function audit.log(since timestamptz, until timestamptz, who text, what text, wanted text,
                          before_at timestamptz, before_id bigint, how_many integer)
returns table (id bigint, at timestamptz, username text, name_ar text, name_la text, role text, action text,
               territory_id smallint, object_kind text, object_id uuid, number text, fields jsonb, reason text)
language plpgsql stable security definer rows 50 set search_path = pg_catalog
set plan_cache_mode = force_custom_plan as $$
declare
    whom uuid := (select u.id from sec.app_user u where u.username = who);
    objects uuid[] := case when wanted is not null then audit.objects_of(wanted) end;
begin
    if not audit.is_officer() or (who is not null and whom is null) then return; end if;
    return query
    with page as (
        select e.* from audit.event e
        where e.at >= since and e.at < until
          and (whom is null or e.actor = whom)
          and (what is null or e.action = what
               or what = 'reading' and (e.action = any (audit.readings()) or e.action = 'access.refused'))
          and (objects is null or e.object_id = any (objects))
          and (before_at is null or (e.at, e.id) < (before_at, before_id))
        order by e.at desc, e.id desc limit how_many)
    select p.id, p.at, u.username, u.name_ar, u.name_la, a.role, p.action, p.territory_id, p.object_kind,
           p.object_id, audit.number_of(p.object_kind, p.object_id), p.fields, p.reason
    from page p
    left join sec.app_user u on u.id = p.actor
    left join sec.role_assignment a on a.id = p.assignment
    order by p.at desc, p.id desc;
end $$;

-- Who opened much in one hour, worst first, since a moment.
create function audit.busiest(since timestamptz)
returns table (username text, name_ar text, name_la text, hour timestamptz, openings bigint, files bigint)
language plpgsql stable security definer rows 25 set search_path = pg_catalog as $$
begin
    if not audit.is_officer() then return; end if;
    return query
    with hours as (
        select e.actor, date_trunc('hour', e.at) as hour, count(*) as openings, count(distinct e.object_id) as files
        from audit.event e
        where e.at >= since and e.actor is not null and e.action = any (audit.readings())
        group by e.actor, date_trunc('hour', e.at))
    select u.username, u.name_ar, u.name_la, h.hour, h.openings, h.files
    from hours h join sec.app_user u on u.id = h.actor
    order by h.openings desc, h.hour desc, u.username limit 12;
end $$;

-- Those who can be asked for in the filter: they have a row in the trail or an account.
create function audit.people() returns table (username text, name_ar text, name_la text)
language plpgsql stable security definer rows 100 set search_path = pg_catalog as $$
begin
    if not audit.is_officer() then return; end if;
    return query select u.username, u.name_ar, u.name_la from sec.app_user u order by u.username limit 1000;
end $$;

-- is_officer, number_of and objects_of are for these alone
grant execute on function audit.log, audit.busiest, audit.people to sanad_app;
alter function audit.is_officer owner to sanad_definer;
alter function audit.number_of owner to sanad_definer;
alter function audit.log owner to sanad_definer;
alter function audit.objects_of owner to sanad_definer;
alter function audit.busiest owner to sanad_definer;
alter function audit.people owner to sanad_definer;
revoke create on schema audit from sanad_definer;

-- Run by the job: whoever passed the budget of openings in the running hour or the one before gets one row
-- an hour in the trail itself, which is then sealed like any other.
create function audit.watch_reading(budget integer) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    found bigint := 0;
    much record;
begin
    for much in
        select e.actor, date_trunc('hour', e.at) as hour, count(*) as openings
        from audit.event e
        where e.at >= date_trunc('hour', now()) - interval '1 hour' and e.actor is not null
          and e.action = any (audit.readings())
        group by e.actor, date_trunc('hour', e.at) having count(*) > budget
    loop
        if not exists (select from audit.event e
                       where e.action = 'reading.unusual' and e.object_id = much.actor and e.at >= much.hour
                         and (e.fields ->> 'hour')::timestamptz = much.hour) then
            perform audit.record('reading.unusual', 'user', much.actor, null::smallint,
                jsonb_build_object('hour', to_char(much.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                                   'openings', much.openings, 'budget', budget), null);
            found := found + 1;
        end if;
    end loop;
    return found;
end $$;
grant execute on function audit.watch_reading to sanad_job;
