-- An urgent notice goes on: to another court, and into the file that follows it (decision 0088). A registrar receives it, a
-- prosecutor reads it; who begins a turn of duty finds what nobody read.

-- Each time it went to another court, for ever. Nothing is typed in a notice, nor here: a reason of the list.
create table app.notice_step (
    id uuid primary key,
    disclosure_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    -- where the notice lies now: that court reads its path, those before it do not
    court_id smallint not null references ref.court,
    from_court smallint not null references ref.court,
    to_court smallint not null references ref.court,
    reason text not null references ref.court_change_reason,
    by_user uuid not null references sec.app_user,
    at timestamptz not null default now(),
    constraint notice_step_courts check (from_court <> to_court),
    foreign key (disclosure_id, case_id, territory_id)
        references app.disclosure (id, case_id, territory_id) on update cascade
);
create index on app.notice_step (disclosure_id, case_id, territory_id);
create index on app.notice_step (court_id);
create index on app.notice_step (from_court, at desc);
create index on app.notice_step (to_court);
create index on app.notice_step (reason);
create index on app.notice_step (by_user);
-- written by app.send_notice_on alone
call app.protect('app.notice_step',
    '(case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))
     or court_id = any ((select app.my_courts())::smallint[])',
    'false');
revoke insert on app.notice_step from sanad_app;

-- Who received a notice is of its court, and who read it decides there; each in their own name, once. Until it goes to
-- another court, where nobody has seen it.
create function app.urgent_is_seen() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
begin
    select m.user_id, m.role, m.court_id into me from sec.me() m;
    -- what is laid down without a session, as a demonstration is, says by itself who saw it
    if me.user_id is null or new.to_court <> old.to_court then
        return new;
    end if;
    if (old.acknowledged_at is not null
            and (new.acknowledged_by, new.acknowledged_at) is distinct from (old.acknowledged_by, old.acknowledged_at))
       or (old.registered_at is not null
            and (new.registered_by, new.registered_at) is distinct from (old.registered_by, old.registered_at)) then
        raise exception 'what was seen stays seen' using errcode = 'check_violation', constraint = 'urgent_seen_once';
    end if;
    if (new.acknowledged_by is distinct from old.acknowledged_by
            and (new.acknowledged_by <> me.user_id or me.role not in ('prosecutor', 'chief_prosecutor')
                 or me.court_id <> new.to_court))
       or (new.registered_by is distinct from old.registered_by
            and (new.registered_by <> me.user_id
                 or me.role not in ('prosecutor', 'chief_prosecutor', 'court_registrar')
                 or me.court_id <> new.to_court)) then
        raise exception 'not theirs to see' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger urgent_is_seen before update of acknowledged_by, acknowledged_at, registered_by, registered_at on app.disclosure
    for each row when (old.kind = 'urgent_notice') execute function app.urgent_is_seen();
alter function app.urgent_is_seen owner to sanad_definer;

-- A prosecutor who takes or receives the file that notices led to has read them: they stand on its page.
create function app.file_sees_notices() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if exists (select from sec.me() m where m.role in ('prosecutor', 'chief_prosecutor') and m.user_id = new.by_user) then
        update app.disclosure d set acknowledged_by = new.by_user, acknowledged_at = now()
        from app.judicial_file f
        where f.id = new.file_id and d.kind = 'urgent_notice' and d.acknowledged_at is null and d.to_court = new.court_id
          and d.sent_at <= f.transmitted_at
          and d.case_id in (select k.child_case_id from app.judicial_child k where k.file_id = new.file_id);
    end if;
    return null;
end $$;
create trigger file_sees_notices after insert on app.judicial_step
    for each row when (new.move in ('take', 'receive')) execute function app.file_sees_notices();
alter function app.file_sees_notices owner to sanad_definer;

-- Sends a notice to another court: by somebody of the court where it lies, and why. There it is new: it is told at once to
-- who is on duty, nobody has seen it, and its silence begins anew. The same step twice is once.
create function app.send_notice_on(step uuid, which uuid, court smallint, why text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me uuid;
    d record;
begin
    select m.user_id into me from sec.me() m;
    select x.id, x.case_id, x.territory_id, x.to_court into d
    from app.disclosure x where x.id = which and x.kind = 'urgent_notice' and x.sent_at is not null for update;
    if me is null or d.id is null then
        raise exception 'no such notice' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from app.notice_step s where s.id = step and s.disclosure_id = which and s.by_user = me) then
        return;
    end if;
    if not app.stands_on('court', d.territory_id, d.to_court, d.case_id) then
        raise exception 'not theirs to send on' using errcode = 'insufficient_privilege';
    end if;
    if court is null or court = d.to_court or why is null then
        raise exception 'another court' using errcode = 'check_violation', constraint = 'judicial_court';
    end if;
    update app.disclosure x
    set to_court = court, sent_on_at = now(), acknowledged_by = null, acknowledged_at = null, registered_by = null,
        registered_at = null, escalated_at = null
    where x.id = which;
    update app.notice_step s set court_id = court where s.disclosure_id = which;
    insert into app.notice_step (id, disclosure_id, case_id, territory_id, court_id, from_court, to_court, reason, by_user)
    values (step, d.id, d.case_id, d.territory_id, court, d.to_court, court, why, me);
    update app.case_file c set changed_at = now(), changed_by = me where c.id = d.case_id;
    perform app.tell_urgent('urgent_notice_arrived', which, app.duty_of(court));
    perform app.tell('urgent_notice_rerouted', d.case_id, app.answer_for(d.case_id));
end $$;
grant execute on function app.send_notice_on to sanad_app;
alter function app.send_notice_on owner to sanad_definer;

-- Whether who asks made this very step: the same form sent twice, about a notice that their court reads no more.
create function app.made_notice_step(step uuid, which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from sec.me() m join app.notice_step s on s.by_user = m.user_id
                   where s.id = step and s.disclosure_id = which);
end $$;
-- What the reader's own court sent on since a moment, the latest first: that it did, where to, why and who; nothing of the
-- notice itself, nor of its child.
create function app.notices_sent_on(since timestamptz)
returns table (at timestamptz, to_court smallint, reason text, name_ar text, name_la text)
language plpgsql stable security definer rows 2 set search_path = pg_catalog as $$
begin
    return query
    select s.at, s.to_court, s.reason, u.name_ar, u.name_la
    from sec.me() m
    join app.notice_step s on s.from_court = m.court_id and s.at > since
    join sec.app_user u on u.id = s.by_user
    where m.role in ('prosecutor', 'court_registrar', 'chief_prosecutor')
    order by s.at desc, s.id limit 10;
end $$;
grant execute on function app.made_notice_step, app.notices_sent_on to sanad_app;
alter function app.made_notice_step owner to sanad_definer;
alter function app.notices_sent_on owner to sanad_definer;

-- Who begins a turn of duty is told of what came before it and waits: each notice that nobody read, each file that nobody
-- received and is not late (of one that is, they are told each day). Once: never of what they were told before. How many.
create function app.tell_turns() returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    told bigint;
begin
    with turns as (
        select distinct t.court_id, t.user_id from app.duty_turn t
        where t.period @> now() and t.cancelled_at is null and t.user_id in (select app.prosecutors_of(t.court_id))
    ), lines as (
        insert into app.notice (territory_id, recipient, kind, judicial_file_id, disclosure_id, actor)
        select w.territory_id, t.user_id, w.kind, w.file_id, w.notice_id, null
        from turns t
        cross join lateral (
            select 'urgent_notice_arrived' as kind, d.territory_id, null::uuid as file_id, d.id as notice_id
            from app.disclosure d
            where d.to_court = t.court_id and d.kind = 'urgent_notice' and d.acknowledged_at is null
              and not exists (select from app.notice n where n.disclosure_id = d.id and n.recipient = t.user_id)
            union all
            select 'judicial_arrived', f.territory_id, f.id, null
            from app.judicial_file f
            where f.court_id = t.court_id and f.state = 'transmitted' and f.due_at > now()
              and not exists (select from app.notice n where n.judicial_file_id = f.id and n.recipient = t.user_id)) w
        on conflict on constraint notice_once do nothing
        returning 1)
    select count(*) into told from lines;
    return told;
end $$;
grant execute on function app.tell_turns to sanad_job;
alter function app.tell_turns owner to sanad_definer;
