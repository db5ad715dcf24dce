-- Meetings of the teams and of the committee, their minutes, and what was agreed on there (R18, R35, R37, I20; decision 0101).
-- Those that were published stay where they are, in plan.meeting. No child is named here: the pages say so beside each field.

create table plan.team_meeting (
    id uuid primary key,
    -- the city whose team meets; none: the committee
    territory_id smallint references plan.city (territory_id),
    kind text not null references ref.meeting_kind,
    held_at timestamptz not null,
    remote boolean not null,
    place text constraint team_meeting_place_check check (length(place) between 1 and 120),
    -- one line a point
    agenda text[] not null constraint team_meeting_agenda_check check (cardinality(agenda) <= 30),
    state text not null default 'planned' constraint team_meeting_state_check check (state in ('planned', 'held', 'cancelled')),
    state_by uuid references sec.app_user,
    state_at timestamptz,
    -- why it was cancelled
    why text constraint team_meeting_why_check check (length(why) between 1 and 400),
    made_by uuid not null references sec.app_user,
    made_at timestamptz not null default now(),
    version integer not null default 1,
    changed_by uuid not null references sec.app_user,
    changed_at timestamptz not null default now(),
    constraint team_meeting_keeper check (case when territory_id is null then kind in ('steering', 'coordination') else kind <> 'steering' end),
    constraint team_meeting_somewhere check (remote or place is not null),
    -- the plan began on that day
    constraint team_meeting_day check (held_at >= timestamptz '2019-12-04 00:00 Africa/Casablanca'),
    constraint team_meeting_moved check (case state when 'planned' then num_nonnulls(state_by, state_at, why) = 0
        when 'held' then num_nonnulls(state_by, state_at) = 2 and why is null else num_nonnulls(state_by, state_at, why) = 3 end)
);
create index on plan.team_meeting (territory_id, held_at);
create index on plan.team_meeting (kind);
create index on plan.team_meeting (state_by);
create index on plan.team_meeting (made_by);
create index on plan.team_meeting (changed_by);

-- The cities that it is about; of a team's meeting its own.
create table plan.team_meeting_city (
    meeting_id uuid not null references plan.team_meeting,
    territory_id smallint not null references plan.city (territory_id),
    primary key (meeting_id, territory_id)
);
create index on plan.team_meeting_city (territory_id);

-- Of a team by its seats; of the committee by the bodies that belong to it.
create table plan.attendance (
    id uuid primary key default gen_random_uuid(),
    meeting_id uuid not null references plan.team_meeting,
    seat_id uuid references plan.seat,
    organisation_code text references ref.organisation,
    state text not null constraint attendance_state_check check (state in ('present', 'excused', 'absent', 'alternate')),
    noted_by uuid not null references sec.app_user,
    noted_at timestamptz not null default now(),
    constraint attendance_of_one check (num_nonnulls(seat_id, organisation_code) = 1),
    constraint attendance_alternate check (state <> 'alternate' or seat_id is not null),
    constraint attendance_once unique nulls not distinct (meeting_id, seat_id, organisation_code)
);
create index on plan.attendance (seat_id);
create index on plan.attendance (organisation_code);
create index on plan.attendance (noted_by);

-- Something agreed on: who does it, until when. This row is the task (schema D15): the list of the day reads it, and what is
-- struck out there is struck out here.
create table plan.action_point (
    id uuid primary key,
    meeting_id uuid not null references plan.team_meeting,
    text text not null constraint action_point_text_check check (length(text) between 1 and 400),
    owner_seat_id uuid references plan.seat,
    owner_user_id uuid references sec.app_user,
    due_on date not null,
    made_by uuid not null references sec.app_user,
    made_at timestamptz not null default now(),
    done_at timestamptz,
    done_by uuid references sec.app_user,
    constraint action_point_of_one check (num_nonnulls(owner_seat_id, owner_user_id) = 1),
    constraint action_point_done_whole check (num_nulls(done_at, done_by) in (0, 2))
);
create index on plan.action_point (meeting_id);
create index on plan.action_point (owner_seat_id);
create index on plan.action_point (owner_user_id);
create index on plan.action_point (made_by);
create index on plan.action_point (done_by);

-- The minutes: papers as letters are (0058), of a team or of the committee.
alter table plan.paper add column meeting_id uuid references plan.team_meeting, drop constraint paper_about,
    add constraint paper_about check (num_nonnulls(designation_id, meeting_id) = 1
        and (designation_id is null or territory_id is not null));
create index on plan.paper (meeting_id);

-- ——— Who reads and who keeps ————————————————————————————————————————————————————————————————————————————————

-- The meetings about a city of the reader's; all of them, for the committee.
create function app.my_meetings() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return array(select distinct c.meeting_id from plan.team_meeting_city c where c.territory_id = any (app.team_cities()));
end $$;
-- Those that the reader keeps: a supervisor the team's own, the committee its own.
create function app.kept_meetings() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    cities constant smallint[] := app.supervised_territories();
    steers constant boolean := app.steers();
begin
    return array(select m.id from plan.team_meeting m
                 where m.territory_id = any (cities) or (steers and m.territory_id is null));
end $$;
-- What somebody is to do: in their own name, or as who holds the seat that was named, by the post that rests on it.
create function app.points_of(who uuid) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return array(
        select p.id from plan.action_point p where p.owner_user_id = who
        union
        select p.id from sec.role_assignment a
        join plan.designation d on d.id = a.designation_id and d.kind = 'holder' and d.struck_at is null and d.valid @> current_date
        join plan.action_point p on p.owner_seat_id = d.seat_id
        where a.user_id = who and a.valid @> current_date);
end $$;
create function app.my_points() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as
$$ begin return app.points_of(app.my_user()); end $$;
-- A day ends at this moment, for what is owed until then.
create function app.evening(day date) returns timestamptz
language sql stable set search_path = pg_catalog as $$ select (day + time '23:59') at time zone 'Africa/Casablanca' $$;
grant execute on function app.my_meetings, app.kept_meetings, app.points_of, app.my_points, app.evening to sanad_app, sanad_definer;
alter function app.my_meetings owner to sanad_definer;
alter function app.kept_meetings owner to sanad_definer;
alter function app.points_of owner to sanad_definer;
alter function app.my_points owner to sanad_definer;

do $$
declare
    mine constant text := ' = (select app.my_user())';
    kept constant text := '(territory_id = any ((select app.supervised_territories())::smallint[]) or (territory_id is null and (select app.steers())))';
    read constant text := 'meeting_id = any ((select app.my_meetings())::uuid[])';
    write constant text := 'meeting_id = any ((select app.kept_meetings())::uuid[])';
    own constant text := 'id = any ((select app.my_points())::uuid[])';
begin
    call app.protect('plan.team_meeting', 'territory_id = any ((select app.team_cities())::smallint[]) or (select app.steers())
        or id = any ((select app.my_meetings())::uuid[])', kept || ' and changed_by' || mine);
    execute format('alter policy edits on plan.team_meeting using (%s) with check (%1$s and (changed_by%s or state_by%2$s))', kept, mine);
    -- the first city of a meeting is written before the meeting is one of the reader's
    call app.protect('plan.team_meeting_city', 'territory_id = any ((select app.team_cities())::smallint[]) or ' || read, write);
    call app.protect('plan.attendance', read, write || ' and noted_by' || mine);
    execute format('alter policy edits on plan.attendance using (%s) with check (%1$s and noted_by%s)', write, mine);
    -- a member reads what is theirs to do; who keeps the meeting, and the committee, all of it
    call app.protect('plan.action_point', write || ' or (select app.steers()) or ' || own, write || ' and made_by' || mine);
    execute format('alter policy edits on plan.action_point using (%s or %s) with check ((%1$s or %2$s) and (done_by is null or done_by%s))',
                   write, own, mine);
    execute format('alter policy reads on plan.paper using (territory_id = any ((select app.team_cities())::smallint[]) or %s)', read);
    execute format('alter policy edits on plan.paper using (territory_id = any ((select app.team_cities())::smallint[]) or %s)
        with check (territory_id = any ((select app.team_cities())::smallint[]) or %1$s)', read);
    execute format('alter policy adds on plan.paper with check (added_by%s and added_at = now() and (%s or (meeting_id is null
        and territory_id = any ((select app.supervised_territories())::smallint[]))))', mine, write);
end $$;
revoke all on plan.team_meeting, plan.team_meeting_city, plan.attendance, plan.action_point from sanad_stat, sanad_job;
grant update (kind, held_at, remote, place, agenda, state, state_by, state_at, why, version, changed_by, changed_at)
    on plan.team_meeting to sanad_app;
grant update (state, noted_by, noted_at) on plan.attendance to sanad_app;
grant update (done_at, done_by) on plan.action_point to sanad_app;

set local role sanad_definer;
create or replace function app.sees_paper(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from plan.paper p where p.id = which
                   and (p.territory_id = any (app.team_cities()) or p.meeting_id = any (app.my_meetings())));
end $$;
set local role sanad_owner;

-- ——— What holds whoever writes ——————————————————————————————————————————————————————————————————————————————

-- planned → held, planned → cancelled, and no way back; a meeting that is over is what it was. None is held before its day.
create function app.team_meeting_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if old.state <> 'planned' then
        raise exception 'the meeting is over' using errcode = 'check_violation', constraint = 'team_meeting_over';
    end if;
    if new.state = 'held' and (new.held_at at time zone 'Africa/Casablanca')::date > (now() at time zone 'Africa/Casablanca')::date then
        raise exception 'its day is to come' using errcode = 'check_violation', constraint = 'team_meeting_to_come';
    end if;
    return new;
end $$;
create trigger team_meeting_moves before update on plan.team_meeting
    for each row execute function app.team_meeting_moves();
alter function app.team_meeting_moves owner to sanad_definer;

-- The plan runs in each of its cities, and a team meets about its own.
create function app.meeting_city_runs() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if not exists (select from plan.city c where c.territory_id = new.territory_id and c.status = 'active') then
        raise exception 'the plan does not run there' using errcode = 'check_violation', constraint = 'meeting_city_active';
    end if;
    if exists (select from plan.team_meeting m where m.id = new.meeting_id and m.territory_id <> new.territory_id) then
        raise exception 'another city' using errcode = 'check_violation', constraint = 'meeting_city_own';
    end if;
    return new;
end $$;
create trigger meeting_city_runs before insert on plan.team_meeting_city
    for each row execute function app.meeting_city_runs();
alter function app.meeting_city_runs owner to sanad_definer;

-- Who can be given something to do: who has an account in the cities of a team's meeting; of the committee's, its members and
-- the supervisors of the cities it is about.
create function app.meeting_people(which uuid)
returns table (id uuid, role text, name_ar text, name_la text)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
    cities constant smallint[] := array(select c.territory_id from plan.team_meeting_city c where c.meeting_id = which);
    of_team constant boolean := exists (select from plan.team_meeting m where m.id = which and m.territory_id is not null);
begin
    if which <> all (app.kept_meetings()) then
        return;
    end if;
    return query
    select distinct on (u.name_la, u.id) u.id, a.role, u.name_ar, u.name_la
    from sec.role_assignment a join sec.app_user u on u.id = a.user_id and u.active
    where a.valid @> current_date and (
        (a.territory_id = any (cities) and (a.role = 'supervisor' or (of_team and a.role in ('social_worker', 'focal_point'))))
        or (of_team and a.court_id in (
            select x.id from ref.jurisdiction j join ref.court c on c.id = j.court_id join ref.court x on x.id in (c.id, c.parent_id)
            where j.territory_id = any (cities) and j.valid @> current_date))
        or (not of_team and a.role = 'steering'))
    order by u.name_la, u.id, a.role;
end $$;
grant execute on function app.meeting_people to sanad_app;
alter function app.meeting_people owner to sanad_definer;

-- What belongs to a meeting that took place: who came, what was agreed on, the minutes; of its own seats and people.
create function app.of_held_meeting() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    seat constant uuid := case tg_table_name when 'attendance' then (to_jsonb(new) ->> 'seat_id')::uuid
                                             when 'action_point' then (to_jsonb(new) ->> 'owner_seat_id')::uuid end;
    who constant uuid := case tg_table_name when 'action_point' then (to_jsonb(new) ->> 'owner_user_id')::uuid end;
begin
    if not exists (select from plan.team_meeting m where m.id = new.meeting_id and m.state = 'held') then
        raise exception 'the meeting was not held' using errcode = 'check_violation', constraint = 'meeting_held';
    end if;
    if seat is not null and not exists (
        select from plan.seat s join plan.team_meeting_city c on c.meeting_id = new.meeting_id and c.territory_id = s.territory_id
        where s.id = seat) then
        raise exception 'a seat of another city' using errcode = 'check_violation', constraint = 'meeting_seat';
    end if;
    -- who lays it down without a session, as a demonstration is, answers for the people
    if who is not null and exists (select from sec.me())
       and not exists (select from app.meeting_people(new.meeting_id) p where p.id = who) then
        raise exception 'nobody of this meeting' using errcode = 'check_violation', constraint = 'meeting_person';
    end if;
    return new;
end $$;
create trigger of_held_meeting before insert on plan.attendance for each row execute function app.of_held_meeting();
create trigger of_held_meeting before insert on plan.action_point for each row execute function app.of_held_meeting();
create trigger of_held_meeting before insert on plan.paper
    for each row when (new.meeting_id is not null) execute function app.of_held_meeting();
alter function app.of_held_meeting owner to sanad_definer;

-- ——— Points among what is owed ——————————————————————————————————————————————————————————————————————————————

-- How much somebody owes, as their list of the day counts it (0033), with what they are to do after a meeting.
set local role sanad_definer;
do $$
declare
    changes constant text[] := array[
        'app.count_owed', E'\n        where p.role = ''supervisor''\n    )', $branch$
        where p.role = 'supervisor'
        union
        select x.id, app.evening(x.due_on), null from plan.action_point x
        where x.done_at is null and x.id = any (app.points_of(who)) and exists (select from post)
    )$branch$,
        'app.load_of_team', 'where t.assignee = w.id and t.territory_id = place and t.done_at is null) t) o on true',
        $branch$where t.assignee = w.id and t.territory_id = place and t.done_at is null
              union all
              select app.evening(x.due_on) from plan.action_point x
              join (select m.id, m.territory_id from plan.team_meeting m) g on g.id = x.meeting_id and g.territory_id = place
              where x.done_at is null and x.id = any (app.points_of(w.id))) t) o on true$branch$];
    body text;
begin
    for i in 0..1 loop
        body := pg_get_functiondef(changes[3 * i + 1]::regproc);
        if strpos(body, changes[3 * i + 2]) = 0 then
            raise exception '% is not as it was', changes[3 * i + 1];
        end if;
        execute replace(body, changes[3 * i + 2], changes[3 * i + 3]);
    end loop;
end $$;
set local role sanad_owner;
