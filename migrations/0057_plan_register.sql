-- The register of the plan as the committee keeps it: a city is opened by its decisions and its letters, and by no
-- program (decision 0100). Nothing in it is about a person: whoever wrote is named by post, and the trail knows who.

-- The first enlarged meeting of the plan: nothing in the register is older.
create function plan.begins() returns date
language sql immutable as $$ select date '2019-11-01' $$;
grant execute on function plan.begins to sanad_app, sanad_stat, sanad_definer;

-- Who writes and is written to; what a letter is for; what a partner is to the plan.
call ref.create_list('letter_party');
call ref.create_list('letter_purpose');
call ref.create_list('partner_role');
-- What opening a city takes, in its order. `required`: before it becomes active. `party`, `purpose`: the letters that
-- belong to the step.
call ref.create_list('activation_step', ', required boolean not null
    , party text references ref.letter_party, purpose text references ref.letter_purpose');
create index on ref.activation_step (party);
create index on ref.activation_step (purpose);
-- What a candidate is looked at for. `computed`: this database knows the answer; the others are stated, with a source.
call ref.create_list('readiness_criterion', ', computed boolean not null');

-- ——— A city and its states ——————————————————————————————————————————————————————————————————————————————————————————

alter table plan.city drop constraint city_status_check;
alter table plan.city
    add constraint city_status_check check (status in ('candidate', 'preparing', 'active', 'suspended', 'set_aside')),
    add column version integer not null default 1,
    add column status_since date;

-- Every move there is. `needs`: what it is based on, a decision of the committee that names the city, or a reason.
create function plan.city_moves() returns table (move text, from_status text, to_status text, needs text)
language sql immutable as $$
    values ('prepare', 'candidate', 'preparing', 'decision'),
           ('activate', 'preparing', 'active', 'decision'),
           ('suspend', 'active', 'suspended', 'decision'),
           ('resume', 'suspended', 'active', 'decision'),
           ('set_aside', 'candidate', 'set_aside', 'reason'),
           ('set_aside', 'preparing', 'set_aside', 'reason'),
           ('propose_again', 'set_aside', 'candidate', 'reason')
$$;
grant execute on function plan.city_moves to sanad_app, sanad_stat;

create function plan.city_moves_by_rule() returns trigger language plpgsql as $$
begin
    if not exists (select from plan.city_moves() m where m.from_status = old.status and m.to_status = new.status) then
        raise exception 'a city does not go from % to %', old.status, new.status
            using errcode = 'check_violation', constraint = 'city_moves';
    end if;
    return new;
end $$;
create trigger city_moves before update of status on plan.city
    for each row when (old.status is distinct from new.status) execute function plan.city_moves_by_rule();

-- The way of a city, one row a move, for ever. The cities of the files came before this register and have none.
create table plan.city_step (
    id uuid primary key,
    city text not null references plan.city,
    seq integer generated always as identity,
    move text not null,
    from_status text,
    to_status text not null,
    on_day date not null constraint city_step_day_check check (on_day >= date '2019-11-01'),
    decision text references plan.decision,
    reason text constraint city_step_reason_check check (length(reason) between 1 and 4000),
    by_role text not null,
    at timestamptz not null default now()
);
create index on plan.city_step (city, seq);
create index on plan.city_step (decision);

-- ——— Documents, letters, decisions ——————————————————————————————————————————————————————————————————————————————————

-- Bytes lie outside, sealed with the document's own key, as those of files do (0016).
create table plan.document (
    id uuid primary key,
    media text not null constraint document_media_check check (media in ('jpeg', 'pdf', 'docx')),
    blob uuid not null constraint document_blob_key unique,
    size integer not null constraint document_size_check check (size > 0),
    sha256 bytea not null constraint document_sha256_check check (length(sha256) = 32),
    received_size integer not null constraint document_received_size_check check (received_size > 0),
    received_sha256 bytea not null constraint document_received_check check (length(received_sha256) = 32),
    added_by uuid not null references sec.app_user,
    added_at timestamptz not null default now(),
    fault text constraint document_fault_check check (fault in ('missing', 'damaged'))
);
create index on plan.document (added_by, added_at);
-- who added it is for the quota, not for the committee
revoke select on plan.document from sanad_stat, sanad_job;
grant select (id, media, size, added_at, fault) on plan.document to sanad_stat;

create table plan.correspondence (
    id uuid primary key,
    sent_on date not null constraint correspondence_day_check check (sent_on >= date '2019-11-01'),
    from_party text not null references ref.letter_party,
    from_org text references ref.organisation,
    from_name text constraint correspondence_from_check check (length(from_name) between 1 and 120),
    to_party text not null references ref.letter_party,
    to_org text references ref.organisation,
    to_name text constraint correspondence_to_check check (length(to_name) between 1 and 120),
    reference text constraint correspondence_reference_check check (length(reference) between 1 and 120),
    subject text not null constraint correspondence_subject_check check (length(subject) between 1 and 4000),
    purpose text not null references ref.letter_purpose,
    answers uuid references plan.correspondence,
    document_id uuid constraint correspondence_document_key unique references plan.document,
    by_role text not null,
    by_territory smallint references ref.territory,
    at timestamptz not null default now(),
    -- entered wrongly: struck with a reason, never erased
    struck_at timestamptz,
    struck_why text constraint correspondence_struck_check check (length(struck_why) between 1 and 4000),
    constraint correspondence_struck_whole check ((struck_at is null) = (struck_why is null))
);
create index on plan.correspondence (sent_on desc, id desc);
create index on plan.correspondence (from_party);
create index on plan.correspondence (from_org);
create index on plan.correspondence (to_party, sent_on desc);
create index on plan.correspondence (to_party);
create index on plan.correspondence (to_org);
create index on plan.correspondence (purpose);
create index on plan.correspondence (answers);
create index on plan.correspondence (by_territory);
create table plan.correspondence_city (
    letter uuid not null references plan.correspondence,
    city text not null references plan.city,
    primary key (letter, city)
);
create index on plan.correspondence_city (city);

-- A decision is taken in Arabic; French and English may follow. Those of the files have no author here.
alter table plan.decision
    alter column fr drop not null,
    alter column en drop not null,
    add column number text constraint decision_number_check check (length(number) between 1 and 120),
    add column document_id uuid constraint decision_document_key unique references plan.document,
    add column replaces text constraint decision_replaces_key unique references plan.decision,
    add column by_role text,
    add column at timestamptz,
    add constraint decision_day_check check (decided_on >= date '2019-11-01');

-- ——— Partners ———————————————————————————————————————————————————————————————————————————————————————————————————————

create table plan.partner (
    id uuid primary key,
    organisation text not null references ref.organisation,
    role text not null references ref.partner_role,
    city text references plan.city,
    -- not published for everyone; `until` is the last day
    since date constraint partner_since_check check (since >= date '2019-11-01'),
    until date,
    source text constraint partner_source_check check (length(source) between 1 and 4000),
    by_role text,
    at timestamptz not null default now(),
    constraint partner_days check (until >= since),
    constraint partner_once exclude using gist
        (organisation with =, role with =, (coalesce(city, '')) with =, daterange(since, until, '[]') with &&)
);
create index on plan.partner (organisation);
create index on plan.partner (role);
create index on plan.partner (city);

-- The name that an organisation had on a day, in that language if it has one there. No page asks for one before its
-- time: of a day before the first name it is the first.
create function plan.name_on(which text, day date, language text) returns text
language sql stable set search_path = pg_catalog as $$
    select n.name from ref.organisation_name n where n.organisation_code = which
    order by n.valid @> day desc, (n.lang = language) desc, (n.lang = 'fr') desc, lower(n.valid) nulls first limit 1
$$;
grant execute on function plan.name_on to sanad_app, sanad_stat;

-- ——— Readiness and activation ———————————————————————————————————————————————————————————————————————————————————————

create table plan.readiness (
    id uuid primary key,
    city text not null references plan.city,
    criterion text not null references ref.readiness_criterion,
    seq integer generated always as identity,
    answer text not null constraint readiness_answer_check check (answer in ('met', 'not_met', 'unknown')),
    on_day date not null constraint readiness_day_check check (on_day >= date '2019-11-01'),
    source text not null constraint readiness_source_check check (length(source) between 1 and 4000),
    by_role text not null,
    by_territory smallint references ref.territory,
    at timestamptz not null default now()
);
create index on plan.readiness (city, criterion, seq desc);
create index on plan.readiness (city);
create index on plan.readiness (criterion);
create index on plan.readiness (by_territory);

-- Each word about a step is a row; the last one holds. A step nobody spoke of is open.
create table plan.activation_step (
    id uuid primary key,
    city text not null references plan.city,
    step text not null references ref.activation_step,
    seq integer generated always as identity,
    state text not null constraint activation_step_state_check check (state in ('under_way', 'done', 'not_needed')),
    on_day date not null constraint activation_step_day_check check (on_day >= date '2019-11-01'),
    letter uuid references plan.correspondence,
    decision text references plan.decision,
    -- one that was published, or one of the team's own (0059), which `plan.held_meetings` knows
    meeting text references plan.meeting,
    team_meeting uuid,
    note text constraint activation_step_note_check check (length(note) between 1 and 4000),
    by_role text not null,
    by_territory smallint references ref.territory,
    at timestamptz not null default now(),
    constraint activation_step_one_proof check (num_nonnulls(letter, decision, meeting, team_meeting) <= 1),
    constraint activation_step_proved check (
        case state when 'done' then num_nonnulls(letter, decision, meeting, team_meeting, note) > 0
                   when 'not_needed' then note is not null else true end)
);
create index on plan.activation_step (city, step, seq desc);
create index on plan.activation_step (city);
create index on plan.activation_step (step);
create index on plan.activation_step (letter);
create index on plan.activation_step (decision);
create index on plan.activation_step (meeting);
create index on plan.activation_step (by_territory);
create view plan.activation_now with (security_invoker = true) as
    select distinct on (a.city, a.step) a.* from plan.activation_step a order by a.city, a.step, a.seq desc;

create function plan.step_moves() returns table (from_state text, to_state text)
language sql immutable as $$
    values ('open', 'under_way'), ('open', 'done'), ('open', 'not_needed'),
           ('under_way', 'under_way'), ('under_way', 'done'), ('under_way', 'not_needed'),
           ('done', 'done'), ('done', 'under_way'),
           ('not_needed', 'under_way'), ('not_needed', 'done')
$$;
grant execute on function plan.step_moves to sanad_app, sanad_stat;

-- How many required steps of a city are neither done nor known not to be needed.
create function plan.steps_open(which text) returns integer
language sql stable set search_path = pg_catalog as $$
    select count(*)::integer from ref.activation_step k
    where k.required and (k.valid_to is null or k.valid_to > current_date)
      and not exists (select from plan.activation_now a
                      where a.city = which and a.step = k.code and a.state in ('done', 'not_needed'))
$$;
grant execute on function plan.steps_open to sanad_app, sanad_stat;

-- Licensed places of a prefecture: a sum, by the role that looks through row security.
create function stat.places_in(place smallint) returns bigint
language sql stable security definer set search_path = pg_catalog as $$
    select coalesce(sum(g.capacity), 0) from app.bed_group g join app.institution i on i.id = g.institution_id
    where g.territory_id = place and g.closed_on is null and i.closed_on is null
$$;
grant execute on function stat.places_in to sanad_app, sanad_stat;
alter function stat.places_in owner to sanad_definer;

-- What is computed of a candidate, criterion by criterion.
create function plan.computed(which text) returns table (criterion text, met boolean, n bigint)
language plpgsql stable set search_path = pg_catalog as $$
declare
    place smallint;
begin
    select c.territory_id into place from plan.city c where c.slug = which;
    return query
    select k.code, found.n > 0, found.n
    from ref.readiness_criterion k, lateral (
        select case k.code
            when 'court_known' then (select count(*) from ref.jurisdiction j where j.territory_id = place and j.valid @> current_date)
            when 'entraide_cell' then (select count(*) from ref.organisation o where o.territory_id = place and o.type = 'social_cell')
            when 'accompaniment_centre' then (select count(*) from ref.organisation o where o.territory_id = place and o.type = 'cape')
            when 'provincial_committee' then (select count(*) from ref.organisation o where o.territory_id = place and o.type = 'provincial_committee')
            when 'shelter_places' then stat.places_in(place)
            when 'partners' then (select count(*) from plan.partner p where p.city = which and (p.until is null or p.until >= current_date))
            end as n) found
    where k.computed and found.n is not null;
end $$;
grant execute on function plan.computed to sanad_app, sanad_stat;

-- Seats of the team of a city, and those that somebody holds today. The teams are of a later file, which makes it anew;
-- here nothing is known of any.
create function plan.seats_of(which text) returns table (seats bigint, filled bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return;
end $$;
grant execute on function plan.seats_of to sanad_app, sanad_stat;

-- Meetings that a city's team held, or that the committee held about it: which, of what kind, and the day. They are of a
-- later file (0059): a body is bound when it runs.
create function plan.held_meetings(which text) returns table (id uuid, kind text, held_on date)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return query
    select m.id, m.kind, (m.held_at at time zone 'Africa/Casablanca')::date
    from plan.city c
    join plan.team_meeting_city x on x.territory_id = c.territory_id
    join plan.team_meeting m on m.id = x.meeting_id and m.state = 'held'
    where c.slug = which order by m.held_at desc limit 50;
end $$;
grant execute on function plan.held_meetings to sanad_app, sanad_stat;
grant create on schema plan to sanad_definer;
alter function plan.held_meetings owner to sanad_definer;
revoke create on schema plan from sanad_definer;
-- by its new owner: the right of the old one went with the ownership
set local role sanad_definer;
grant execute on function plan.held_meetings to sanad_owner;
set local role sanad_owner;

-- ——— Who writes ——————————————————————————————————————————————————————————————————————————————————————————————————————

-- The committee writes of every city; a supervisor adds letters and what proves a step, of the own city alone.
create function plan.may_write(which text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from sec.me() m, plan.city c where c.slug = which
                   and (m.role = 'steering' or (m.role = 'supervisor' and m.territory_id = c.territory_id)));
end $$;

-- The role of whoever may write of all these cities; of none, the committee alone.
create function plan.require_writer(cities text[]) returns text
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    is_role text;
begin
    select m.role into is_role from sec.me() m
    where m.role = 'steering' or (m.role = 'supervisor' and cardinality(cities) > 0);
    if is_role is null or exists (select from unnest(cities) c (slug) where not plan.may_write(c.slug)) then
        raise exception 'not theirs to write' using errcode = 'insufficient_privilege';
    end if;
    return is_role;
end $$;

create function plan.my_place() returns smallint
language sql stable security definer set search_path = pg_catalog as $$ select m.territory_id from sec.me() m $$;

-- Nothing happened tomorrow.
create function plan.require_past(day date) returns void language plpgsql as $$
begin
    if day is null or day < plan.begins() or day > current_date then
        raise exception 'no day of the plan' using errcode = 'check_violation', constraint = 'plan_day';
    end if;
end $$;

-- ——— What they write —————————————————————————————————————————————————————————————————————————————————————————————————

-- Keeps the row of a document whose bytes lie under `blob`: false if its id was taken.
create function plan.keep_document(id uuid, media text, blob uuid, size integer, sha256 bytea, received_size integer,
                                   received_sha256 bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into plan.document (id, media, blob, size, sha256, received_size, received_sha256, added_by)
    values (keep_document.id, keep_document.media, keep_document.blob, keep_document.size, keep_document.sha256,
            keep_document.received_size, keep_document.received_sha256, sec.require_role('{steering,supervisor}', false))
    on conflict on constraint document_pkey do nothing;
    return found;
end $$;

create function plan.mark_document(which uuid, what text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{steering,supervisor}', false);
    update plan.document d set fault = what where d.id = which;
end $$;

create function plan.add_letter(id uuid, sent_on date, from_party text, from_org text, from_name text, to_party text,
                                to_org text, to_name text, reference text, subject text, purpose text, answers uuid,
                                document uuid, cities text[]) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    writer constant text := plan.require_writer(cities);
begin
    perform plan.require_past(sent_on);
    insert into plan.correspondence (id, sent_on, from_party, from_org, from_name, to_party, to_org, to_name, reference,
                                     subject, purpose, answers, document_id, by_role, by_territory)
    values (add_letter.id, add_letter.sent_on, add_letter.from_party, add_letter.from_org, add_letter.from_name,
            add_letter.to_party, add_letter.to_org, add_letter.to_name, add_letter.reference, add_letter.subject,
            add_letter.purpose, add_letter.answers, document, writer, plan.my_place())
    on conflict on constraint correspondence_pkey do nothing;
    if not found then
        return false;
    end if;
    insert into plan.correspondence_city (letter, city) select add_letter.id, c from unnest(cities) c;
    return true;
end $$;

create function plan.strike_letter(which uuid, why text) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{steering}', false);
    update plan.correspondence l set struck_at = now(), struck_why = why where l.id = which and l.struck_at is null;
    return found;
end $$;

-- `document` and `replaces` may be nobody's yet: their keys are unique.
create function plan.add_decision(code text, number text, decided_on date, ar text, fr text, en text, replaces text,
                                  document uuid, cities text[]) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{steering}', false);
    perform plan.require_past(decided_on);
    insert into plan.decision (code, number, decided_on, ar, fr, en, replaces, document_id, by_role, at)
    values (add_decision.code, add_decision.number, add_decision.decided_on, add_decision.ar, add_decision.fr,
            add_decision.en, add_decision.replaces, document, 'steering', now())
    on conflict on constraint decision_pkey do nothing;
    if not found then
        return false;
    end if;
    insert into plan.decision_city (decision, city) select add_decision.code, c from unnest(cities) c;
    return true;
end $$;

-- A phase more, between those that have a number and the horizon. The same words twice are one phase.
create function plan.add_phase(ar text, fr text, en text, decided_on date) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    known text;
    nth integer;
begin
    perform sec.require_role('{steering}', false);
    perform plan.require_past(decided_on);
    lock table plan.phase in share row exclusive mode;
    select p.code into known from plan.phase p where p.ar = add_phase.ar and p.decided_on = add_phase.decided_on;
    if found then
        return null;
    end if;
    select count(*) + 1 into nth from plan.phase p where p.code ~ '^phase_\d+$';
    insert into plan.phase (code, ar, fr, en, decided_on, sort)
    select 'phase_' || nth, add_phase.ar, add_phase.fr, add_phase.en, add_phase.decided_on,
           max(p.sort) + 1 from plan.phase p where p.code ~ '^phase_\d+$';
    return 'phase_' || nth;
end $$;

-- As an address writes it: the name of the prefecture in French, without its accents.
create function plan.slug_of(place smallint) returns text
language sql stable set search_path = pg_catalog as $$
    select trim(both '-' from regexp_replace(translate(lower(t.fr), 'àâäçéèêëîïôöùûüÂÉÈÎÔ''’', 'aaaceeeeiioouuuaeeio'),
                                             '[^a-z]+', '-', 'g'))
    from ref.territory t where t.id = place and t.kind <> 'region'
$$;

-- A candidate: any of the prefectures and provinces, with what it is proposed for. Gives its slug, and whether these
-- answers are new.
create function plan.add_city(step uuid, place smallint, phase text, ar text, fr text, en text, why text)
returns table (which text, is_new boolean)
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{steering}', false);
    select s.city into which from plan.city_step s where s.id = step;
    is_new := not found;
    if is_new then
        which := plan.slug_of(place);
        insert into plan.city (slug, territory_id, phase, ar, fr, en, status, status_since)
        values (which, place, add_city.phase, add_city.ar, add_city.fr, add_city.en, 'candidate', current_date);
        insert into plan.city_step (id, city, move, to_status, on_day, reason, by_role)
        values (step, which, 'propose', 'candidate', current_date, why, 'steering');
    end if;
    return next;
end $$;

-- One move of a city, under the lock of its row. `done`, or why not: `again` (these very answers came before), `stale`
-- (somebody moved it since `seen`), `closed` (no such move from here), `decision` or `reason` (it is based on nothing),
-- `early` (before the decision, or before the move before), `court` (no court answers for the place), `steps`.
create function plan.move_city(step uuid, which text, made text, day date, based_on text, why text, into_phase text,
                               seen integer) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    city record;
    rule record;
begin
    perform sec.require_role('{steering}', true);
    select c.status, c.version, c.territory_id, c.launched_on into city from plan.city c where c.slug = which for no key update;
    if exists (select from plan.city_step s where s.id = step) then
        return 'again';
    end if;
    if city.version is distinct from seen then
        return 'stale';
    end if;
    select m.to_status, m.needs into rule from plan.city_moves() m where m.move = made and m.from_status = city.status;
    if not found then
        return 'closed';
    end if;
    perform plan.require_past(day);
    if (rule.needs = 'decision' or based_on is not null)
       and not exists (select from plan.decision_city d where d.decision = based_on and d.city = which) then
        return 'decision';
    end if;
    if rule.needs = 'reason' and why is null then
        return 'reason';
    end if;
    if exists (select from plan.decision d where d.code = based_on and d.decided_on > day)
       or exists (select from plan.city_step s where s.city = which and s.on_day > day) then
        return 'early';
    end if;
    if made = 'activate' then
        if not exists (select from ref.jurisdiction j where j.territory_id = city.territory_id and j.valid @> current_date) then
            return 'court';
        end if;
        if plan.steps_open(which) > 0 then
            return 'steps';
        end if;
    end if;
    update plan.city c
    set status = rule.to_status, status_since = day, version = c.version + 1, phase = coalesce(into_phase, c.phase),
        launched_on = case when made = 'activate' then coalesce(c.launched_on, day) else c.launched_on end
    where c.slug = which;
    insert into plan.city_step (id, city, move, from_status, to_status, on_day, decision, reason, by_role)
    values (step, which, made, city.status, rule.to_status, day, based_on, why, 'steering');
    return 'done';
end $$;

-- One word about a step of the activation, under the lock of the city. `done`, or `again`, `stale`, `closed` (the city is
-- not being opened, or no such move of the step), `waive` (the committee alone does without a step), `proof` (not of this
-- city).
create function plan.record_step(word uuid, which text, what text, now_is text, day date, by_letter uuid,
                                 by_decision text, by_meeting text, by_team_meeting uuid, said text, seen uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    writer constant text := plan.require_writer(array[which]);
    standing text;
    last record;
begin
    select c.status into standing from plan.city c where c.slug = which for no key update;
    if exists (select from plan.activation_step a where a.id = word) then
        return 'again';
    end if;
    select a.id, a.state into last from plan.activation_now a where a.city = which and a.step = what;
    if last.id is distinct from seen then
        return 'stale';
    end if;
    if standing not in ('preparing', 'active', 'suspended') or not exists (
        select from plan.step_moves() m where m.from_state = coalesce(last.state, 'open') and m.to_state = now_is) then
        return 'closed';
    end if;
    if now_is = 'not_needed' and writer <> 'steering' then
        return 'waive';
    end if;
    if (by_letter is not null and not exists (
            select from plan.correspondence l join plan.correspondence_city x on x.letter = l.id
            where l.id = by_letter and x.city = which and l.struck_at is null))
       or (by_decision is not null and not exists (
            select from plan.decision_city x where x.decision = by_decision and x.city = which))
       or (by_meeting is not null and not exists (
            select from plan.meeting_city x where x.meeting = by_meeting and x.city = which))
       or (by_team_meeting is not null and not exists (
            select from plan.held_meetings(which) m where m.id = by_team_meeting)) then
        return 'proof';
    end if;
    perform plan.require_past(day);
    insert into plan.activation_step (id, city, step, state, on_day, letter, decision, meeting, team_meeting, note, by_role,
                                      by_territory)
    values (word, which, what, now_is, day, by_letter, by_decision, by_meeting, by_team_meeting, said, writer,
            plan.my_place());
    if what = 'first_meeting' and now_is = 'done' then
        update plan.city c
        set first_meeting_on = coalesce((select m.held_on from plan.meeting m where m.code = by_meeting),
                                        (select m.held_on from plan.held_meetings(which) m where m.id = by_team_meeting), day)
        where c.slug = which and c.first_meeting_on is null;
    end if;
    return 'done';
end $$;

create function plan.state_readiness(word uuid, which text, what text, is_met text, day date, on_source text)
returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    writer constant text := plan.require_writer(array[which]);
begin
    perform plan.require_past(day);
    insert into plan.readiness (id, city, criterion, answer, on_day, source, by_role, by_territory)
    values (word, which, what, is_met, day, on_source, writer, plan.my_place())
    on conflict on constraint readiness_pkey do nothing;
    return found;
end $$;

-- An organisation that no list has yet, with its names from today on.
create function plan.add_organisation(which text, org_type text, place smallint, name_ar text, name_fr text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{steering}', false);
    insert into ref.organisation (code, type, territory_id) values (which, org_type, place);
    insert into ref.organisation_name (organisation_code, lang, name, valid)
    values (which, 'ar', name_ar, daterange(null, null)), (which, 'fr', name_fr, daterange(null, null));
end $$;

create function plan.add_partner(id uuid, organisation text, role text, city text, since date, source text) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{steering}', false);
    perform plan.require_past(coalesce(since, plan.begins()));
    if exists (select from plan.partner p where p.id = add_partner.id) then
        return false;
    end if;
    insert into plan.partner (id, organisation, role, city, since, source, by_role)
    values (add_partner.id, add_partner.organisation, add_partner.role, add_partner.city, add_partner.since,
            add_partner.source, 'steering');
    return true;
end $$;

create function plan.end_partner(which uuid, day date) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{steering}', false);
    perform plan.require_past(day);
    update plan.partner p set until = day where p.id = which and p.until is null;
    return found;
end $$;

-- Another name from a day on; the one of before keeps its dates. `later`: a name begins on that day or after it already.
create function plan.name_organisation(which text, day date, name_ar text, name_fr text, name_en text) returns text
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform sec.require_role('{steering}', false);
    perform plan.require_past(day);
    perform from ref.organisation o where o.code = which and exists (select from plan.partner p where p.organisation = which)
        for no key update;
    if not found then
        raise exception 'no partner of the plan' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from ref.organisation_name n where n.organisation_code = which and n.lang = 'ar'
               and lower(n.valid) = day and n.name = name_ar) then
        return 'again';
    end if;
    if exists (select from ref.organisation_name n where n.organisation_code = which and lower(n.valid) >= day) then
        return 'later';
    end if;
    update ref.organisation_name n set valid = daterange(lower(n.valid), day)
    where n.organisation_code = which and n.valid @> day;
    insert into ref.organisation_name (organisation_code, lang, name, valid)
    select which, x.lang, x.name, daterange(day, null)
    from (values ('ar', name_ar), ('fr', name_fr), ('en', coalesce(name_en, name_fr))) as x (lang, name);
    return 'done';
end $$;

grant execute on function plan.may_write, plan.keep_document, plan.mark_document, plan.add_letter, plan.strike_letter,
    plan.add_decision, plan.add_phase, plan.add_city, plan.move_city, plan.record_step, plan.state_readiness,
    plan.add_organisation, plan.add_partner, plan.end_partner, plan.name_organisation to sanad_app;

-- ——— What follows the register ———————————————————————————————————————————————————————————————————————————————————————

-- A file goes to a city that works, not to one that is being prepared and has a supervisor already.
create or replace function app.cells() returns setof smallint
language sql stable security definer set search_path = pg_catalog as $$
    select distinct a.territory_id from sec.role_assignment a join sec.app_user u on u.id = a.user_id and u.active
    where a.role = 'supervisor' and a.valid @> current_date and exists (select from sec.me())
      and exists (select from plan.city c where c.territory_id = a.territory_id and c.status = 'active')
$$;

-- A document of the register is opened by who reads its letters; of every other holder the answer stands where it stood.
set local role sanad_definer;
alter function app.sees_holder(text, uuid) rename to sees_holder_of_people;
alter function app.holder_exists(text, uuid) rename to holder_of_people_exists;
set local role sanad_owner;
create function app.sees_holder(kind text, holder uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if kind = 'document' and exists (select from plan.document d where d.id = holder) then
        return exists (select from sec.me() m where m.role in ('steering', 'supervisor'));
    end if;
    return app.sees_holder_of_people(kind, holder);
end $$;
create function app.holder_exists(kind text, holder uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return app.holder_of_people_exists(kind, holder)
        or (kind = 'document' and exists (select from plan.document d where d.id = holder));
end $$;
grant execute on function app.sees_holder, app.holder_exists to sanad_definer;
alter function app.sees_holder owner to sanad_definer;
alter function app.holder_exists owner to sanad_definer;

-- Bytes of the register are nobody's orphans, and count for the quota of who brought them.
set local role sanad_definer;
create or replace function app.blobs() returns setof uuid
language sql stable security definer set search_path = pg_catalog as
$$ select a.blob from app.attachment a union all select d.blob from plan.document d $$;
create or replace function app.brought_since(since timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog as $$
    select coalesce(sum(x.received_size), 0) from sec.me() m, lateral (
        select a.received_size from app.attachment a where a.added_by = m.user_id and a.added_at >= since
        union all
        select d.received_size from plan.document d where d.added_by = m.user_id and d.added_at >= since) x
$$;
set local role sanad_owner;
