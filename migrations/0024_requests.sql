-- Help asked of others (domain §3.4, decisions 0063 and 0064): the steps of an act, and the focal point who answers
-- a frozen extract and sees nothing else.

call ref.create_list('service_reason', ', about text not null constraint service_reason_about_check
    check (about in (''refused'', ''no_show'', ''cancelled''))');

-- The organisation that a focal point answers for, in its prefecture; empty for everyone else.
create function app.my_organisations() returns text[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(m.organisation_code), '{}') from sec.me() m where m.role = 'focal_point');
end $$;
create function app.focal_territories() returns smallint[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(m.territory_id), '{}') from sec.me() m where m.role = 'focal_point');
end $$;
grant execute on function app.my_organisations, app.focal_territories to sanad_app, sanad_definer;

-- Where who was asked is: they go on answering there when the file has moved to another city.
alter table app.disclosure add column asked_in smallint references ref.territory;
create index on app.disclosure (asked_in);
create function app.disclosure_is_asked_in() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    new.asked_in := case when new.to_org is not null then new.territory_id end;
    return new;
end $$;
create trigger disclosure_is_asked_in before insert on app.disclosure
    for each row execute function app.disclosure_is_asked_in();

-- A step of an act, and the only way in which it moves: writing the step is what moves it. (service, seq) is the
-- version it was made from, so that of two who answer at once the second is told.
create table app.service_step (
    id uuid primary key,
    service_id uuid not null,
    territory_id smallint not null,
    seq integer not null,
    from_state text,
    to_state text not null,
    -- the last step: what came of it, or what becomes of a refusal
    closes boolean not null default false,
    -- the day agreed on, or of the help
    on_day date,
    reason text references ref.service_reason,
    outcome text references ref.service_outcome,
    -- of a request: the extract, and who answers; the recipient reads these steps
    disclosure_id uuid references app.disclosure,
    to_org text references ref.organisation,
    asked_in smallint references ref.territory,
    -- the provider's words, for both sides
    report_enc bytea,
    by_user uuid not null references sec.app_user,
    role text not null,
    at timestamptz not null default now(),
    constraint service_step_once unique (service_id, seq),
    constraint service_step_explained check (
        closes or from_state is null or to_state not in ('refused', 'no_show', 'cancelled') or reason is not null),
    constraint service_step_dated check (
        closes or from_state is null or to_state not in ('scheduled', 'delivered', 'partial') or on_day is not null),
    constraint service_step_not_ahead check (
        to_state not in ('delivered', 'partial') or on_day is null or on_day <= (at at time zone 'Africa/Casablanca')::date),
    constraint service_step_home unique (id, territory_id),
    foreign key (service_id, territory_id) references app.service (id, territory_id) on update cascade
);
create index on app.service_step (service_id, territory_id);
create index on app.service_step (reason);
create index on app.service_step (outcome);
create index on app.service_step (disclosure_id);
create index on app.service_step (to_org);
create index on app.service_step (asked_in);
create index on app.service_step (by_user);

call app.protect('app.service_step',
    '(territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.service s where s.id = service_id))
     or (to_org = any ((select app.my_organisations())::text[]) and asked_in = any ((select app.focal_territories())::smallint[])
         and not closes)',
    '(territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.service s where s.id = service_id))');
-- A step is written by whoever works on a file that is served; an answer, by the one who was asked, about an
-- extract that they can read. Nobody edits one.
alter policy adds on app.service_step with check (
    seq > 0 and by_user = (select app.my_user())
    and ((territory_id = any ((select app.my_territories())::smallint[])
          and exists (select from app.service_beneficiary b where b.service_id = service_step.service_id))
      or (to_org = any ((select app.my_organisations())::text[])
          and asked_in = any ((select app.focal_territories())::smallint[])
          and not closes
          and to_state in ('accepted', 'refused', 'scheduled', 'delivered', 'partial', 'no_show')
          and exists (select from app.disclosure d where d.id = service_step.disclosure_id))));
call app.read_only_in_emergency('app.service_step', 'service_id <> all ((select app.emergency_services())::uuid[])');

-- The cell's words on a step stand in a table of their own (schema D7): the recipient reads the steps. A note has
-- the number of its step, and is written before it.
create table app.service_note (
    id uuid primary key,
    service_id uuid not null,
    territory_id smallint not null,
    text_enc bytea not null,
    foreign key (service_id, territory_id) references app.service (id, territory_id) on update cascade
);
create index on app.service_note (service_id, territory_id);
call app.protect('app.service_note',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.service s where s.id = service_id)',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.service s where s.id = service_id)');
alter policy adds on app.service_note with check (
    territory_id = any ((select app.my_territories())::smallint[])
    and exists (select from app.service_beneficiary b where b.service_id = service_note.service_id));
call app.read_only_in_emergency('app.service_note', 'service_id <> all ((select app.emergency_services())::uuid[])');

-- The recipient reads the extract until its day, and nothing of the file.
do $$
declare
    known text;
begin
    select p.qual into strict known from pg_policies p
    where p.schemaname = 'app' and p.tablename = 'disclosure' and p.policyname = 'reads';
    execute format('alter policy reads on app.disclosure using (%s
      or (to_org = any ((select app.my_organisations())::text[])
          and asked_in = any ((select app.focal_territories())::smallint[])
          and sent_at is not null and expires_at > now()))', known);
end $$;
alter policy adds on app.disclosure with check (
    (territory_id = any ((select app.supervised_territories())::smallint[]) or case_id = any ((select app.my_cases())::uuid[]))
    and exists (select from app.case_file c where c.id = case_id)
    and (service_id is null or exists (
        select from app.service_beneficiary b where b.service_id = disclosure.service_id and b.case_id = disclosure.case_id)));

-- The beginning of an act is its first step; what is recorded as already given is closed with it.
create function app.service_begins() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_when = 'BEFORE' then
        if new.state not in ('planned', 'proposed', 'delivered') then
            raise exception 'an act does not begin as %', new.state using errcode = 'check_violation';
        end if;
        new.closed_at := case when new.state = 'delivered' then new.recorded_at end;
        return new;
    end if;
    insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, on_day, outcome, by_user, role, at)
    values (gen_random_uuid(), new.id, new.territory_id, 0, null, new.state, coalesce(new.delivered_on, new.agreed_on),
            new.outcome, new.recorded_by, coalesce((select m.role from sec.me() m), 'social_worker'), new.recorded_at);
    return null;
end $$;
create trigger service_begins before insert on app.service for each row execute function app.service_begins();
create trigger service_began after insert on app.service for each row execute function app.service_begins();
alter function app.service_begins owner to sanad_definer;

-- The moves that there are, once more than in the program: an illegal one cannot be written. A test compares the
-- two lists.
create function app.service_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    act record;
    request record;
begin
    select s.state, s.version, s.closed_at into act from app.service s
    where s.id = new.service_id and s.territory_id = new.territory_id for update;
    if act.version is distinct from new.seq or act.state is distinct from new.from_state or act.closed_at is not null then
        raise exception 'moved meanwhile' using errcode = 'unique_violation', constraint = 'service_step_once';
    end if;
    if not new.closes and (new.from_state, new.to_state) not in (
        ('proposed', 'sent'), ('sent', 'accepted'),
        ('sent', 'refused'), ('accepted', 'refused'), ('scheduled', 'refused'),
        ('planned', 'scheduled'), ('sent', 'scheduled'), ('accepted', 'scheduled'), ('scheduled', 'scheduled'), ('no_show', 'scheduled'),
        ('planned', 'delivered'), ('sent', 'delivered'), ('accepted', 'delivered'), ('scheduled', 'delivered'), ('no_show', 'delivered'),
        ('partial', 'delivered'),
        ('planned', 'partial'), ('sent', 'partial'), ('accepted', 'partial'), ('scheduled', 'partial'), ('no_show', 'partial'),
        ('planned', 'no_show'), ('accepted', 'no_show'), ('scheduled', 'no_show'),
        ('planned', 'cancelled'), ('proposed', 'cancelled'), ('sent', 'cancelled'), ('accepted', 'cancelled'),
        ('scheduled', 'cancelled'), ('no_show', 'cancelled'))
       or new.closes and (new.from_state <> new.to_state or new.from_state not in ('delivered', 'partial', 'refused'))
    then
        raise exception 'there is no step from % to %', new.from_state, new.to_state using errcode = 'check_violation';
    end if;
    if new.closes and new.from_state = 'refused' and not exists (
        select from app.service_note n where n.id = new.id and n.service_id = new.service_id) and not exists (
        select from app.service other where other.replaces_id = new.service_id and other.state <> 'cancelled') then
        raise exception 'a refusal asks for an alternative' using errcode = 'check_violation';
    end if;
    if new.closes and new.from_state <> 'refused' and new.outcome is null then
        raise exception 'what came of it is to be said' using errcode = 'check_violation';
    end if;
    -- whose extract it answers is not for the writer to choose
    select d.id, d.to_org, d.asked_in into request from app.disclosure d
    where d.service_id = new.service_id and d.sent_at is not null;
    if new.to_state = 'sent' and request.id is null then
        raise exception 'nothing was sent' using errcode = 'check_violation';
    end if;
    -- what is not open to a mother today is not asked for; that a provider gave it is written down all the same
    if new.to_state = 'sent' and exists (select from sec.me()) and exists (
        select from app.service_beneficiary b
        join app.service s on s.id = b.service_id
        cross join lateral app.fork_on(b.person_id, (new.at at time zone 'Africa/Casablanca')::date) k
        where b.service_id = new.service_id and b.mother_effect is not null
          and not (k.access = 'open' or k.access = 'urgent' and s.urgent)) then
        raise exception 'not open to her' using errcode = 'check_violation', constraint = 'service_fork';
    end if;
    new.disclosure_id := request.id;
    new.to_org := request.to_org;
    new.asked_in := request.asked_in;
    new.role := coalesce((select m.role from sec.me() m), new.role);
    update app.service s
    set state = new.to_state, version = s.version + 1,
        agreed_on = case when new.to_state = 'scheduled' then new.on_day else s.agreed_on end,
        delivered_on = case when new.closes then s.delivered_on
                            when new.to_state in ('delivered', 'partial') then new.on_day end,
        outcome = coalesce(new.outcome, s.outcome),
        closed_at = case when new.closes or new.to_state = 'cancelled' then new.at end
    where s.id = new.service_id;
    -- what was agreed under one decision may be given under another: the day of the help counts, and a later
    -- decision changes nothing of it. Of what was given in parts, a part that counted goes on counting
    if not new.closes and new.to_state in ('delivered', 'partial') then
        update app.service_beneficiary b
        set mother_effect = (select k.effect from app.fork_on(b.person_id, new.on_day) k)
        where b.service_id = new.service_id and b.mother_effect is not null
          and not (new.from_state = 'partial' and b.mother_effect in ('not_prosecuted', 'no_procedure'));
    end if;
    update app.case_file c set changed_at = greatest(c.changed_at, new.at), changed_by = new.by_user
    where c.id in (select b.case_id from app.service_beneficiary b where b.service_id = new.service_id);
    if new.role = 'focal_point' then
        perform app.tell('service_answered', b.case_id, array(
            select a.user_id from app.case_assignment a where a.case_id = b.case_id and a.kind = 'lead' and a.until is null
            union select s.recorded_by from app.service s where s.id = new.service_id))
        from app.service_beneficiary b where b.service_id = new.service_id;
    end if;
    return new;
end $$;
create trigger service_moves before insert on app.service_step
    for each row when (new.seq > 0) execute function app.service_moves();
alter function app.service_moves owner to sanad_definer;

-- The fork, once more than in the program: a mother is not served against it, whatever city holds her decision, and
-- the effect that is kept is that of the day. After the row: whoever may not write it learns nothing of her. Outside a
-- session nobody is served; what is written then is a past that was.
create function app.service_fork() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    act app.service;
    stands record;
begin
    if not exists (select from sec.me()) then
        return null;
    end if;
    select s.* into strict act from app.service s where s.id = new.service_id;
    select k.effect, k.access into strict stands
    from app.fork_on(new.person_id, coalesce(act.delivered_on, (act.recorded_at at time zone 'Africa/Casablanca')::date)) k;
    if new.mother_effect <> stands.effect or not (stands.access = 'open' or stands.access = 'urgent' and act.urgent) then
        raise exception 'not open to her' using errcode = 'check_violation', constraint = 'service_fork';
    end if;
    return null;
end $$;
create trigger service_fork after insert on app.service_beneficiary
    for each row when (new.mother_effect is not null) execute function app.service_fork();
alter function app.service_fork owner to sanad_definer;

-- What an act owes (decision 0063): to be sent, to be answered, its day, an alternative, what came of it. Of
-- several files that it serves, the first owes it that is where the act is: one that moved to another city left the
-- act, and its task, to the others.
create function app.owe_service(which uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    act app.service;
    file uuid;
    pressing boolean;
    sent timestamptz;
    since timestamptz;
    evening constant interval := interval '18 hours';
    owed text[] := '{}';
begin
    select s.* into act from app.service s where s.id = which;
    select b.case_id into file
    from app.service_beneficiary b join app.case_file c on c.id = b.case_id and c.territory_id = act.territory_id
    where b.service_id = which order by b.case_id limit 1;
    if act.closed_at is null and file is not null then
        select d.sent_at into sent from app.disclosure d where d.service_id = which;
        select coalesce(max(p.at), act.recorded_at) into since from app.service_step p where p.service_id = which;
        pressing := act.urgent or exists (
            select from app.case_episode e where e.case_id = file and e.state <> 'closed' and e.risk = 'high');
        owed := case act.state
            when 'proposed' then array['service_send']
            when 'sent' then array['service_answer', 'service_silent', 'service_outcome']
            when 'planned' then array['service_day']
            when 'accepted' then array['service_day', 'service_outcome']
            when 'scheduled' then array['service_day', 'service_outcome']
            when 'refused' then array['service_refused']
            when 'no_show' then array['service_missed']
            else array['service_outcome'] end;
    end if;
    update app.task t set done_at = now()
    where t.service_id = which and t.done_at is null and (t.rule <> all (owed) or t.case_id <> file);
    perform app.owe(r, file, act.territory_id, case r
            when 'service_send' then act.recorded_at + case when pressing then interval '2 hours' else interval '24 hours' end
            when 'service_answer' then case when pressing then
                greatest(sent + interval '2 hours', (sent at time zone 'Africa/Casablanca')::date::timestamp at time zone 'Africa/Casablanca' + evening)
                else sent + interval '72 hours' end
            when 'service_silent' then interval '24 hours' + case when pressing then
                greatest(sent + interval '2 hours', (sent at time zone 'Africa/Casablanca')::date::timestamp at time zone 'Africa/Casablanca' + evening)
                else sent + interval '72 hours' end
            when 'service_day' then act.agreed_on::timestamp at time zone 'Africa/Casablanca' + evening
            when 'service_outcome' then interval '30 days' + coalesce(act.delivered_on::timestamp at time zone 'Africa/Casablanca', sent, since)
            else since + interval '24 hours' end,
        -- of another file it is another task
        nth => coalesce((select max(t.occurrence) from app.task t where t.rule = r and t.subject = which and t.case_id = file),
                        (select max(t.occurrence) + 1 from app.task t where t.rule = r and t.subject = which), 1),
        service => which)
    from unnest(owed) r;
    -- what comes after eighteen is prepared once a programme takes it up
    if act.kind = 'programme_after_care' and act.state in ('planned', 'accepted', 'scheduled', 'delivered', 'partial') then
        perform app.settle('aftercare_18', e.id)
        from app.service_beneficiary b join app.case_episode e on e.case_id = b.case_id and e.state <> 'closed'
        where b.service_id = which;
    end if;
end $$;
create function app.service_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.owe_service(new.service_id);
    return null;
end $$;
create trigger service_owes after insert on app.service_step
    for each row when (new.seq > 0) execute function app.service_owes();
create trigger service_owes after insert on app.service_beneficiary
    for each row execute function app.service_owes();
grant execute on function app.owe_service to sanad_definer;
alter function app.owe_service owner to sanad_definer;
alter function app.service_owes owner to sanad_definer;
