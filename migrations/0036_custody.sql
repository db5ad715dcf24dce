-- Who holds a judicial file, and until when it is waited for (domain §3.3): each move is a row for ever, made by one
-- function, which is the only way. Decision 0087.

-- Hours until something is late, and what of it is urgent. Operational targets, not law.
call ref.create_list('judicial_target', ', hours integer not null constraint judicial_target_hours check (hours > 0)
    , urgent_hours integer not null constraint judicial_target_urgent_hours check (urgent_hours > 0)');

-- A court that decides otherwise has rows of its own, from a day on or until one.
create table ref.court_target (
    id smallint generated always as identity primary key,
    court_id smallint not null references ref.court,
    code text not null references ref.judicial_target,
    hours integer not null constraint court_target_hours check (hours > 0),
    urgent_hours integer not null constraint court_target_urgent_hours check (urgent_hours > 0),
    valid_from date,
    valid_to date,
    constraint court_target_one unique nulls not distinct (court_id, code, valid_from)
);
create index on ref.court_target (code);

-- The hours of a court: its own of today, of several the one that began last; else those of all.
create function app.judicial_hours(what text, is_urgent boolean, court smallint) returns interval
language sql stable security definer set search_path = pg_catalog as $$
    select make_interval(hours => case when is_urgent then h.urgent_hours else h.hours end)
    from (select t.hours, t.urgent_hours, true as is_own, t.valid_from from ref.court_target t
          where t.court_id = court and t.code = what
            and (t.valid_from is null or t.valid_from <= current_date) and (t.valid_to is null or t.valid_to > current_date)
          union all
          select t.hours, t.urgent_hours, false, t.valid_from from ref.judicial_target t where t.code = what) h
    order by h.is_own desc, h.valid_from desc nulls last limit 1
$$;
alter function app.judicial_hours owner to sanad_definer;

-- Every move there is: from where, to where, and on which side. `prosecutor` is one who decides, `court` also the registrar.
create function app.judicial_moves() returns table (move text, from_state text, to_state text, side text)
language sql immutable as $$
    values ('transmit', 'draft', 'transmitted', 'supervisor'),
           ('withdraw', 'draft', 'withdrawn', 'cell'),
           ('receive', 'transmitted', 'received', 'court'),
           ('take', 'transmitted', 'under_study', 'prosecutor'),
           ('take', 'received', 'under_study', 'prosecutor'),
           ('take', 'under_study', 'under_study', 'prosecutor'),
           -- the court does not wait for a cell that is silent: who can decide is not kept from it
           ('take', 'returned', 'under_study', 'prosecutor'),
           ('hand_over', 'under_study', 'under_study', 'prosecutor'),
           ('return', 'transmitted', 'returned', 'prosecutor'),
           ('return', 'received', 'returned', 'prosecutor'),
           ('return', 'under_study', 'returned', 'prosecutor'),
           ('complete', 'returned', 'transmitted', 'supervisor'),
           ('close', 'received', 'closed', 'prosecutor'),
           ('close', 'under_study', 'closed', 'prosecutor'),
           ('reopen', 'closed', 'under_study', 'prosecutor'),
           ('reroute', 'transmitted', 'transmitted', 'supervisor'),
           ('reroute', 'returned', 'transmitted', 'supervisor'),
           ('reroute', 'transmitted', 'transmitted', 'prosecutor'),
           ('reroute', 'received', 'transmitted', 'prosecutor'),
           ('reroute', 'under_study', 'transmitted', 'prosecutor'),
           ('join', 'transmitted', 'closed', 'prosecutor'),
           ('join', 'received', 'closed', 'prosecutor'),
           ('join', 'under_study', 'closed', 'prosecutor')
$$;
grant execute on function app.judicial_moves to sanad_definer;

create table app.judicial_step (
    id uuid primary key,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    move text not null,
    from_state text not null,
    to_state text not null,
    -- whom it was handed to; nobody is the court
    to_user uuid references sec.app_user,
    -- the courts of a file that was sent on
    from_court smallint references ref.court,
    to_court smallint references ref.court,
    reason text references ref.court_change_reason,
    other_file_id uuid references app.judicial_file,
    -- read on both sides, as the extract
    words_enc bytea,
    by_user uuid not null references sec.app_user,
    at timestamptz not null default now(),
    constraint judicial_step_courts check ((move = 'reroute') = (num_nonnulls(from_court, to_court, reason) = 3)),
    constraint judicial_step_join check ((move = 'join') = (other_file_id is not null)),
    constraint judicial_step_words check (move not in ('return', 'complete', 'reopen') or words_enc is not null),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.judicial_step (file_id, case_id, territory_id, court_id);
create index on app.judicial_step (file_id, at desc);
create index on app.judicial_step (to_user);
create index on app.judicial_step (from_court);
create index on app.judicial_step (to_court);
create index on app.judicial_step (reason);
create index on app.judicial_step (other_file_id);
create index on app.judicial_step (by_user);
call app.protect_party('app.judicial_step', false);
-- written by app.move_judicial alone, which is also the only way to move a file
revoke insert on app.judicial_step from sanad_app;

-- Who is on duty at a court, and when (a day, a night, a week). Those whom an arrival is told to.
create table app.duty_turn (
    id uuid primary key,
    -- of the judicial side: no prefecture
    territory_id smallint not null default 0 constraint duty_turn_nowhere check (territory_id = 0),
    court_id smallint not null references ref.court,
    user_id uuid not null references sec.app_user,
    period tstzrange not null constraint duty_turn_period check (not isempty(period) and lower(period) is not null
        and upper(period) is not null and upper(period) - lower(period) <= interval '31 days'),
    entered_by uuid not null references sec.app_user,
    entered_at timestamptz not null default now(),
    -- a turn that was entered wrongly is taken off, not erased
    cancelled_by uuid references sec.app_user,
    cancelled_at timestamptz,
    constraint duty_turn_cancelled_whole check ((cancelled_by is null) = (cancelled_at is null)),
    constraint duty_turn_once exclude using gist (court_id with =, user_id with =, period with &&) where (cancelled_at is null)
);
create index on app.duty_turn (user_id);
create index on app.duty_turn (entered_by);
create index on app.duty_turn (cancelled_by);
create index duty_turn_at on app.duty_turn using gist (court_id, period);
do $$
declare
    ours constant text := 'court_id = any ((select app.my_courts())::smallint[])';
begin
    call app.protect('app.duty_turn', ours, ours || ' and entered_by = (select app.my_user())');
end $$;
alter policy edits on app.duty_turn using (court_id = any ((select app.my_courts())::smallint[]))
    with check (court_id = any ((select app.my_courts())::smallint[]) and cancelled_by = (select app.my_user()));
grant update (cancelled_by, cancelled_at) on app.duty_turn to sanad_app;

-- A turn is one of a prosecutor of that court, and written by who keeps its roster, whoever asks.
create function app.duty_turn_fits() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if exists (select from sec.me() m where m.role not in ('court_registrar', 'chief_prosecutor') or m.court_id <> new.court_id) then
        raise exception 'not theirs to keep' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'INSERT' and not exists (select from app.prosecutors_of(new.court_id) p (id) where p.id = new.user_id) then
        raise exception 'a prosecutor of this court' using errcode = 'check_violation', constraint = 'duty_turn_theirs';
    end if;
    return new;
end $$;
create trigger duty_turn_fits before insert or update on app.duty_turn
    for each row execute function app.duty_turn_fits();
alter function app.duty_turn_fits owner to sanad_definer;

-- Those who decide at a court.
create function app.prosecutors_of(court smallint) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
    select distinct u.id from sec.role_assignment r join sec.app_user u on u.id = r.user_id and u.active
    where r.court_id = court and r.role in ('prosecutor', 'chief_prosecutor') and r.valid @> current_date
$$;
-- Those on duty now; where nobody is, everybody who decides there: an arrival is told to somebody in any case.
create function app.duty_of(court smallint) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    found uuid[];
begin
    found := array(select distinct d.user_id from app.duty_turn d
                   join sec.app_user u on u.id = d.user_id and u.active
                   join sec.role_assignment r on r.user_id = u.id and r.court_id = court and r.valid @> current_date
                   where d.court_id = court and d.period @> now() and d.cancelled_at is null);
    return case when found = '{}' then array(select app.prosecutors_of(court)) else found end;
end $$;

-- Who reads what comes to a file: who has it in hand while they decide there, else who is on duty.
create function app.readers_of(holder uuid, court smallint) returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
    select case when exists (select from app.prosecutors_of(court) p (id) where p.id = holder) then array[holder]
                else app.duty_of(court) end
$$;
grant execute on function app.readers_of to sanad_definer;
alter function app.readers_of owner to sanad_definer;

-- Tells people of a court about a judicial file. In a session, its author is told nothing; by the clock, nobody is the author.
create function app.tell_court(what text, which uuid, people uuid[]) returns void
language sql security definer set search_path = pg_catalog as $$
    insert into app.notice (territory_id, recipient, kind, judicial_file_id, actor)
    select f.territory_id, p.id, what, f.id, (select m.user_id from sec.me() m)
    from app.judicial_file f, (select distinct unnest(people) as id) p
    where f.id = which and p.id is distinct from (select m.user_id from sec.me() m)
    on conflict on constraint notice_once
        do update set at = now(), times = notice.times + 1, seen_at = null
$$;
-- The same about an urgent notice, which belongs to no judicial file.
create function app.tell_urgent(what text, which uuid, people uuid[]) returns void
language sql security definer set search_path = pg_catalog as $$
    insert into app.notice (territory_id, recipient, kind, disclosure_id, actor)
    select d.territory_id, p.id, what, d.id, (select m.user_id from sec.me() m)
    from app.disclosure d, (select distinct unnest(people) as id) p
    where d.id = which and p.id is distinct from (select m.user_id from sec.me() m)
    on conflict on constraint notice_once
        do update set at = now(), times = notice.times + 1, seen_at = null
$$;
-- One step higher at a court: these people, and who heads it.
create function app.with_chiefs(court smallint, people uuid[]) returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
    select array(
        select r.user_id from sec.role_assignment r join sec.app_user u on u.id = r.user_id and u.active
        where r.court_id = court and r.role = 'chief_prosecutor' and r.valid @> current_date
        union select unnest(people))
$$;
-- Those of the cell who answer for a file of a child: its lead, and its supervisors.
create function app.answer_for(file uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
    select array(
        select a.user_id from app.case_assignment a where a.case_id = file and a.kind = 'lead' and a.until is null
        union select s.id from app.supervisors_named(file) s (id)
        union select u.id from app.case_file c
            join sec.role_assignment r on r.territory_id = c.territory_id and r.role = 'supervisor' and r.valid @> current_date
            join sec.app_user u on u.id = r.user_id and u.active
            where c.id = file and not c.protected)
$$;
-- Tells the cell, of each child of a judicial file, the same minute.
create function app.tell_cell(what text, which uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    one uuid;
begin
    for one in select f.case_id from app.judicial_file f where f.id = which
               union select k.child_case_id from app.judicial_child k where k.file_id = which order by 1 loop
        perform app.tell(what, one, app.answer_for(one));
    end loop;
end $$;
grant execute on function app.prosecutors_of, app.duty_of, app.tell_court, app.tell_urgent, app.with_chiefs, app.answer_for,
    app.tell_cell to sanad_definer;
alter function app.prosecutors_of owner to sanad_definer;
alter function app.duty_of owner to sanad_definer;
alter function app.tell_court owner to sanad_definer;
alter function app.tell_urgent owner to sanad_definer;
alter function app.with_chiefs owner to sanad_definer;
alter function app.answer_for owner to sanad_definer;
alter function app.tell_cell owner to sanad_definer;

-- What a file waits for, and until when: the receipt, what the cell owes, the measure of a child, the decision on an
-- adult; after a decision that settles nothing (a return to the police) the next one.
create function app.date_judicial() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    what text;
    due timestamptz;
    arrived constant timestamptz := coalesce(new.received_at, new.sent_again_at, new.transmitted_at);
    again timestamptz;
begin
    if new.state = 'transmitted' then
        what := 'receipt';
        due := coalesce(new.sent_again_at, new.transmitted_at) + app.judicial_hours(what, new.urgent, new.court_id);
    elsif new.state = 'returned' then
        what := 'completion';
        due := new.state_since + app.judicial_hours(what, new.urgent, new.court_id);
    elsif new.state in ('received', 'under_study') then
        if new.children_waiting > 0 then
            what := 'child_measure';
            due := arrived + app.judicial_hours(what, new.urgent, new.court_id);
        end if;
        if new.adults_waiting > 0 then
            select max(d.recorded_at) into again from app.adult_decision d where d.file_id = new.id and d.effect = 'pending';
            again := case when again is null then arrived + app.judicial_hours('adult_decision', new.urgent, new.court_id)
                          else again + app.judicial_hours('adult_again', new.urgent, new.court_id) end;
            if due is null or again < due then
                what := case when again = arrived + app.judicial_hours('adult_decision', new.urgent, new.court_id)
                             then 'adult_decision' else 'adult_again' end;
                due := again;
            end if;
        end if;
    end if;
    if due is null then
        what := null;
    end if;
    if (what, due) is distinct from (new.awaits, new.due_at) then
        update app.judicial_file f set awaits = what, due_at = due, escalated_at = null where f.id = new.id;
    end if;
    return null;
end $$;
create trigger date_judicial after insert or update of state, state_since, urgent, children_waiting, adults_waiting,
    transmitted_at, received_at, sent_again_at, court_id on app.judicial_file
    for each row execute function app.date_judicial();
alter function app.date_judicial owner to sanad_definer;
create index judicial_file_due on app.judicial_file (court_id, due_at) where due_at is not null;
create index judicial_file_due_here on app.judicial_file (territory_id, due_at) where due_at is not null;
create index judicial_file_silent on app.judicial_file (due_at) where due_at is not null and escalated_at is null;
create index judicial_file_told on app.judicial_file (escalated_at) where due_at is not null and escalated_at is not null;

-- Whether this session stands on that side of that file; through broken glass one reads, and moves nothing.
create function app.stands_on(side text, place smallint, court smallint, file uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if side in ('supervisor', 'cell') and file = any (app.emergency_cases()) then
        return false;
    end if;
    return exists (
        select from sec.me() m
        where case side
            when 'supervisor' then m.role = 'supervisor' and m.territory_id = place and file <> all (app.hidden_cases())
            when 'cell' then (m.role = 'supervisor' and m.territory_id = place and file <> all (app.hidden_cases()))
                or file = any (app.my_cases())
            when 'court' then m.role in ('prosecutor', 'chief_prosecutor', 'court_registrar') and m.court_id = court
            else m.role in ('prosecutor', 'chief_prosecutor') and m.court_id = court end);
end $$;
alter function app.stands_on owner to sanad_definer;

-- Sends a file to another court, with all that hangs on it. The acts and decisions keep the court that took them.
create function app.send_on(which uuid, court smallint, why text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    was smallint;
    one uuid;
begin
    select f.court_id into was from app.judicial_file f where f.id = which;
    update app.court_act a set signed_at_court = was where a.file_id = which and a.signed_at_court is null;
    update app.child_decision d set taken_at_court = was where d.file_id = which and d.taken_at_court is null;
    update app.adult_decision d set taken_at_court = was where d.file_id = which and d.taken_at_court is null;
    update app.adult_decision_text t set court_id = court
    from app.adult_decision d where d.id = t.decision_id and d.file_id = which;
    update app.disclosure d set to_court = court
    from app.judicial_file f where f.id = which and d.id = f.disclosure_id;
    update app.disclosure d set to_court = court
    from app.judicial_annex x where x.file_id = which and d.id = x.disclosure_id;
    update app.judicial_file f
    set court_id = court, court_change_reason = coalesce(why, f.court_change_reason), held_by = null, held_since = null
    where f.id = which;
    -- what was joined to it is read through it
    for one in select x.id from app.judicial_file x where x.joined_to = which order by x.id loop
        perform app.send_on(one, court, why);
    end loop;
end $$;
alter function app.send_on owner to sanad_definer;

-- What came to a file after it was sent: numbered, each an extract of its own.
create table app.judicial_annex (
    file_id uuid not null,
    seq smallint not null constraint judicial_annex_seq check (seq > 0),
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    disclosure_id uuid not null constraint judicial_annex_once unique references app.disclosure,
    primary key (file_id, seq),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.judicial_annex (file_id, case_id, territory_id, court_id);

-- The one way to move a file: asks who, from where, and what the move needs; writes its row. The same step twice is once.
create function app.move_judicial(step uuid, which uuid, what text, heir uuid default null, court smallint default null,
                                  why text default null, words bytea default null, other uuid default null)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    f record;
    target text;
begin
    select m.user_id into me from sec.me() m;
    -- both of a joinder, in one order: neither closes meanwhile
    perform from app.judicial_file x where x.id in (which, other) order by x.id for update;
    select x.id, x.case_id, x.territory_id, x.court_id, x.state, x.held_by, x.children_waiting, x.adults_waiting, x.disclosure_id
    into f from app.judicial_file x where x.id = which for update;
    if me.user_id is null or f.id is null then
        raise exception 'no such file' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from app.judicial_step s where s.id = step and s.file_id = which and s.move = what and s.by_user = me.user_id) then
        return;
    end if;
    if not exists (select from app.judicial_moves() m where m.move = what
                   and app.stands_on(m.side, f.territory_id, f.court_id, f.case_id)
                   and (m.side in ('supervisor', 'cell') or f.state not in ('draft', 'withdrawn'))) then
        raise exception 'not theirs to move' using errcode = 'insufficient_privilege';
    end if;
    select m.to_state into target from app.judicial_moves() m
    where m.move = what and m.from_state = f.state and app.stands_on(m.side, f.territory_id, f.court_id, f.case_id) limit 1;
    if target is null then
        raise exception 'it has moved' using errcode = 'check_violation', constraint = 'judicial_moves';
    end if;
    if what = 'close' and (f.children_waiting > 0 or f.adults_waiting > 0) then
        raise exception 'somebody waits' using errcode = 'check_violation', constraint = 'judicial_waits';
    end if;
    if what = 'hand_over' and heir is not null and (heir is not distinct from f.held_by
        or not exists (select from app.prosecutors_of(f.court_id) p (id) where p.id = heir)) then
        raise exception 'a prosecutor of this court' using errcode = 'check_violation', constraint = 'judicial_heir';
    end if;
    if what = 'reroute' and (court is null or court = f.court_id or why is null) then
        raise exception 'another court' using errcode = 'check_violation', constraint = 'judicial_court';
    end if;
    if what = 'join' then
        if other is null or other = which or not exists (
            select from app.judicial_file o where o.id = other and o.court_id = f.court_id and o.territory_id = f.territory_id
                and o.state in ('transmitted', 'received', 'under_study')) then
            raise exception 'another file of this court' using errcode = 'check_violation', constraint = 'judicial_join';
        end if;
        insert into app.judicial_child (file_id, case_id, territory_id, court_id, person_id, child_case_id)
        select o.id, o.case_id, o.territory_id, o.court_id, k.person_id, k.child_case_id
        from app.judicial_file o, app.judicial_child k where o.id = other and k.file_id = which
        on conflict do nothing;
        insert into app.judicial_adult (file_id, case_id, territory_id, court_id, person_id, relation_claimed)
        select o.id, o.case_id, o.territory_id, o.court_id, k.person_id, k.relation_claimed
        from app.judicial_file o, app.judicial_adult k where o.id = other and k.file_id = which
        on conflict do nothing;
    end if;
    update app.judicial_file x
    set state = target, version = x.version + 1, state_since = now(),
        transmitted_by = case what when 'transmit' then me.user_id else x.transmitted_by end,
        transmitted_at = case what when 'transmit' then now() else x.transmitted_at end,
        sent_again_at = case when what in ('complete', 'reroute') then now() else x.sent_again_at end,
        received_by = case when what = 'reroute' then null
                           when what in ('receive', 'take') then coalesce(x.received_by, me.user_id) else x.received_by end,
        received_at = case when what = 'reroute' then null
                           when what in ('receive', 'take') then coalesce(x.received_at, now()) else x.received_at end,
        held_by = case what when 'take' then me.user_id when 'hand_over' then heir else x.held_by end,
        held_since = case what when 'take' then now()
                               when 'hand_over' then case when heir is not null then now() end else x.held_since end,
        joined_to = case what when 'join' then other when 'reopen' then null else x.joined_to end,
        joined_at = case what when 'join' then now() when 'reopen' then null else x.joined_at end
    where x.id = which;
    if what = 'transmit' then
        update app.disclosure d set sent_by = me.user_id, sent_at = now() where d.id = f.disclosure_id and d.sent_at is null;
    elsif what = 'reroute' then
        perform app.send_on(which, court, why);
    end if;
    if what <> 'withdraw' then
        update app.case_file c set changed_at = now(), changed_by = me.user_id where c.id = f.case_id;
    end if;
    insert into app.judicial_step (id, file_id, case_id, territory_id, court_id, move, from_state, to_state, to_user,
                                   from_court, to_court, reason, other_file_id, words_enc, by_user)
    select step, x.id, x.case_id, x.territory_id, x.court_id, what, f.state, target, heir,
           case what when 'reroute' then f.court_id end, case what when 'reroute' then court end,
           case what when 'reroute' then why end, other, words, me.user_id
    from app.judicial_file x where x.id = which;
end $$;
grant execute on function app.move_judicial to sanad_app;
alter function app.move_judicial owner to sanad_definer;

-- Whether who asks made this very step: the same form sent twice, also about a file that has gone to another court since.
create function app.made_step(step uuid, which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from sec.me() m join app.judicial_step s on s.by_user = m.user_id
                   where s.id = step and s.file_id = which);
end $$;
-- Those who decide at the reader's own court, by name: whom a file can be handed to.
create function app.my_bench() returns table (id uuid, name_ar text, name_la text)
language plpgsql stable security definer rows 10 set search_path = pg_catalog as $$
begin
    return query
    select u.id, u.name_ar, u.name_la
    from sec.me() m cross join lateral app.prosecutors_of(m.court_id) p (who) join sec.app_user u on u.id = p.who
    where m.role in ('prosecutor', 'chief_prosecutor', 'court_registrar');
end $$;
grant execute on function app.made_step, app.my_bench to sanad_app;
alter function app.made_step owner to sanad_definer;
alter function app.my_bench owner to sanad_definer;

-- Who learns of a move, and what is owed because of it.
create function app.judicial_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    due timestamptz;
    holder uuid;
begin
    -- what is laid down without a session, as a demonstration is, says by itself who was told and what is owed
    if not exists (select from sec.me()) then
        return null;
    end if;
    select f.due_at, f.held_by into due, holder from app.judicial_file f where f.id = new.file_id;
    if new.move in ('transmit', 'reroute') then
        perform app.tell_court('judicial_arrived', new.file_id, app.duty_of(new.court_id));
    elsif new.move = 'complete' then
        perform app.tell_court('judicial_completed', new.file_id, app.readers_of(holder, new.court_id));
    elsif new.move = 'hand_over' and new.to_user is not null then
        perform app.tell_court('judicial_handed', new.file_id, array[new.to_user]);
    elsif new.move = 'return' then
        perform app.owe('judicial_completion', new.case_id, new.territory_id, due, judicial => new.file_id);
    end if;
    if new.move in ('receive', 'return', 'reroute', 'close', 'join') or (new.move = 'take' and new.from_state = 'transmitted') then
        perform app.tell_cell(case when new.move in ('receive', 'take') then 'judicial_received'
            when new.move = 'return' then 'judicial_returned' when new.move = 'reroute' then 'judicial_rerouted'
            else 'judicial_closed' end, new.file_id);
    end if;
    if new.from_state = 'returned' then
        perform app.settle('judicial_completion', new.file_id);
    end if;
    if new.move = 'take' and new.from_state = 'returned' then
        perform app.tell_cell('judicial_taken_back', new.file_id);
    end if;
    perform app.settle('judicial_silence', new.file_id);
    return null;
end $$;
create trigger judicial_tells after insert on app.judicial_step
    for each row execute function app.judicial_tells();
alter function app.judicial_tells owner to sanad_definer;

-- A decision is told the same minute: a measure to those of the child's own file, one on the mother to all, for her track
-- is theirs to know. Of other adults nothing is told.
create function app.decision_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    own uuid;
begin
    if tg_table_name = 'child_decision' then
        select k.child_case_id into own from app.judicial_child k where k.file_id = new.file_id and k.person_id = new.person_id;
        perform app.tell('child_measure', own, app.answer_for(own));
    elsif exists (select from app.judicial_adult a where a.file_id = new.file_id and a.person_id = new.person_id
                  and a.relation_claimed in ('mother', 'mother_unverified')) then
        perform app.tell_cell('mother_effect', new.file_id);
    end if;
    perform app.settle('judicial_silence', new.file_id);
    return null;
end $$;
create trigger decision_tells after insert on app.child_decision for each row execute function app.decision_tells();
create trigger decision_tells after insert on app.adult_decision for each row execute function app.decision_tells();
alter function app.decision_tells owner to sanad_definer;

-- An urgent notice is told to who is on duty as it is sent. One that was read before it was laid down tells nobody.
create function app.notice_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.tell_urgent('urgent_notice_arrived', new.id, app.duty_of(new.to_court));
    return null;
end $$;
create trigger notice_tells after insert on app.disclosure
    for each row when (new.kind = 'urgent_notice' and new.sent_at is not null and new.acknowledged_at is null)
    execute function app.notice_tells();
alter function app.notice_tells owner to sanad_definer;

-- Who is on duty at the reader's own court now, and until when; nobody, where no turn runs.
create function app.on_duty() returns table (id uuid, name_ar text, name_la text, until timestamptz)
language plpgsql stable security definer rows 2 set search_path = pg_catalog as $$
begin
    return query
    select u.id, u.name_ar, u.name_la, max(upper(d.period))
    from sec.me() m
    join app.duty_turn d on d.court_id = m.court_id and d.period @> now() and d.cancelled_at is null
    join sec.app_user u on u.id = d.user_id and u.id in (select app.prosecutors_of(m.court_id))
    where m.role in ('prosecutor', 'court_registrar', 'chief_prosecutor')
    group by u.id, u.name_ar, u.name_la order by u.name_la, u.id;
end $$;
grant execute on function app.on_duty to sanad_app;
alter function app.on_duty owner to sanad_definer;

-- A file that nobody answers in time is told one step higher, and again each day while the silence lasts: at the court to
-- its chief and to who has it or is on duty, in the city to its supervisors, who owe a call. From the second day on who is
-- on duty that day is told in any case, for who has it is silent. So is an urgent notice that no prosecutor has read; that
-- the registry has it is no reading. Never twice within 24 hours. How many.
create function app.escalate_silence() returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    f record;
    told bigint := 0;
begin
    for f in select x.id, x.case_id, x.territory_id, x.court_id, x.held_by, x.awaits, x.due_at, x.escalated_at
             from app.judicial_file x
             where x.due_at < now() and (x.escalated_at is null or x.escalated_at <= now() - interval '24 hours')
             order by x.due_at limit 200 for update skip locked loop
        update app.judicial_file x set escalated_at = now() where x.id = f.id;
        if f.awaits <> 'completion' then
            perform app.tell_court('judicial_late', f.id, app.with_chiefs(f.court_id,
                app.readers_of(f.held_by, f.court_id)
                || case when f.escalated_at is null then array[]::uuid[] else app.duty_of(f.court_id) end));
            perform app.owe('judicial_silence', f.case_id, f.territory_id, f.due_at, judicial => f.id);
        else
            insert into app.notice (territory_id, recipient, kind, case_id, case_number, actor)
            select c.territory_id, w.id, 'judicial_completion_late', c.id, c.number, null
            from app.case_file c, unnest(app.answer_for(c.id)) w (id) where c.id = f.case_id
            on conflict on constraint notice_once do update set at = now(), times = notice.times + 1, seen_at = null;
        end if;
        told := told + 1;
    end loop;
    for f in select d.id, d.to_court, d.case_id from app.disclosure d
             where d.kind = 'urgent_notice' and d.acknowledged_at is null
                 and coalesce(d.sent_on_at, d.sent_at) < now() - app.judicial_hours('notice', true, d.to_court)
                 and (d.escalated_at is null or d.escalated_at <= now() - interval '24 hours')
             order by d.sent_at limit 200 for update skip locked loop
        update app.disclosure d set escalated_at = now() where d.id = f.id;
        perform app.tell_urgent('urgent_notice_late', f.id, app.with_chiefs(f.to_court, app.duty_of(f.to_court)));
        insert into app.notice (territory_id, recipient, kind, case_id, case_number, actor)
        select c.territory_id, w.id, 'urgent_notice_unread', c.id, c.number, null
        from app.case_file c, unnest(app.answer_for(c.id)) w (id) where c.id = f.case_id
        on conflict on constraint notice_once do update set at = now(), times = notice.times + 1, seen_at = null;
        told := told + 1;
    end loop;
    return told;
end $$;
grant execute on function app.escalate_silence to sanad_job;
alter function app.escalate_silence owner to sanad_definer;
