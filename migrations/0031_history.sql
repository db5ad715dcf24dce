-- The history of a file: notes in somebody's own words, the order it is read in, and who read it.

-- A note on the file. Never edited: a wrong one is followed by another.
create table app.case_note (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    text_enc bytea not null,
    author uuid not null references sec.app_user,
    at timestamptz not null default now(),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.case_note (case_id, territory_id);
create index on app.case_note (author);
-- Read with the story of the file; written by those who care for the child, in their own name, while the file is open.
do $$
begin
    call app.protect('app.case_note',
        'case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[])
            and exists (select from app.case_file c where c.id = case_id))',
        'territory_id = any ((select app.my_territories())::smallint[]) and case_id = any ((select app.care_cases())::uuid[])
            and author = (select app.my_user())
            and exists (select from app.case_episode e where e.case_id = case_note.case_id and e.state <> ''closed'')');
    call app.read_only_in_emergency('app.case_note', 'case_id <> all ((select app.emergency_cases())::uuid[])');
end $$;

-- Whether this session cares for that child: `app.care_cases` for one file, without the list of a whole prefecture.
create function app.cares_for(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from sec.me() m join app.case_file c on c.id = which and c.territory_id = m.territory_id
        where m.role in ('social_worker', 'supervisor') and (
            m.role = 'supervisor' and not c.protected
            or exists (select from app.case_assignment a where a.case_id = c.id and a.user_id = m.user_id and a.until is null)
            or exists (select from app.case_grant g where g.case_id = c.id and g.user_id = m.user_id
                       and g.kind = 'named' and g.until > now())));
end $$;
grant execute on function app.cares_for to sanad_app;
alter function app.cares_for owner to sanad_definer;

-- A page of the history takes the newest of each kind: what a file may have many of is read in that order.
create index case_note_story on app.case_note (case_id, at desc, id desc);
create index case_transition_story on app.case_transition (case_id, at desc, id desc);
create index bed_move_story on app.bed_move (case_id, at desc, id desc);
create index visit_story on app.visit (case_id, (coalesce(done_on, missed_on)) desc, id desc) where recorded_at is not null;

set local role sanad_definer;
grant execute on function app.hidden_among, app.is_mine to sanad_owner;
set local role sanad_owner;

-- How many people opened a file since a moment, with the one who asks, who reads it now: a number, for whoever may.
create function audit.reader_count(file uuid, since timestamptz) returns bigint
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me record;
begin
    select m.user_id, m.role, m.territory_id into me from sec.me() m;
    if not (app.is_mine(file) or me.role = 'supervisor' and app.hidden_among(array[file]) = '{}') then
        return null;
    end if;
    return (select 1 + count(distinct e.actor) filter (where e.actor <> me.user_id) from audit.event e
            where e.object_id = file and e.at >= since and e.object_kind = 'case'
              and e.territory_id = me.territory_id and e.action = any (audit.readings()));
end $$;

-- Who opened it and when, the latest first, before a place in the trail: for its supervisors, and nobody else.
create function audit.readers(file uuid, since timestamptz, before timestamptz, before_id bigint, most integer)
returns table (id bigint, at timestamptz, actor uuid, action text, reason text)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me record;
begin
    select m.role, m.territory_id into me from sec.me() m;
    if me.role is distinct from 'supervisor' or app.hidden_among(array[file]) <> '{}' then
        return;
    end if;
    return query
        select e.id, e.at, e.actor, e.action, e.reason from audit.event e
        where e.object_id = file and e.at >= since and e.at <= before and (e.at, e.id) < (before, before_id)
          and e.object_kind = 'case' and e.territory_id = me.territory_id and e.action = any (audit.readings())
        order by e.at desc, e.id desc limit most;
end $$;
grant execute on function audit.reader_count, audit.readers to sanad_app;
-- the page it was for is the supervisors' now
drop function audit.openings(text, uuid, timestamptz);
