-- What happens to a file at the court: hearings, the measures of the juvenile judge, the judgment, an appeal, the end;
-- the calendar of a court, which names nobody, and its figures (decision 0092).

call ref.create_list('court_venue', ', confirmed boolean not null');
-- `belongs`: to which kind of event; `frees`: the prosecution of an adult came to nothing, or to no detention; `convicts`:
-- it did not. What does neither, as an appeal that upholds, leaves what stood
call ref.create_list('court_outcome', ', belongs text not null
    constraint court_outcome_belongs_check check (belongs in (''hearing'', ''judgment'', ''appeal''))
    , frees boolean not null, convicts boolean not null
    , constraint court_outcome_one_way check (not (frees and convicts) and (belongs <> ''hearing'' or not (frees or convicts)))
    , confirmed boolean not null');
-- What it asks of the cell, whether it lasts and what it ends, as ref.child_decision_kind says it of the prosecution
call ref.create_list('juvenile_measure', ', task text, service text, within_hours integer
    constraint juvenile_measure_asks check (num_nonnulls(task, service) < 2 and (within_hours > 0) is not distinct from
        case when num_nonnulls(task, service) = 1 then true end)
    , lasts boolean not null, ends boolean not null, confirmed boolean not null');

-- One thing at the court, about one child, one adult or the whole file. Never edited: what is corrected, postponed or
-- completed is a row that supersedes another.
create table app.court_event (
    id uuid primary key,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    kind text not null constraint court_event_kind_check check (kind in (
        'hearing', 'juvenile_measure', 'judgment', 'appeal', 'final')),
    -- a party of the file; neither is the whole file
    child_id uuid,
    adult_id uuid,
    -- of a hearing its hour, which may be to come; of the others the beginning of their day
    held_at timestamptz not null,
    venue text references ref.court_venue,
    outcome text references ref.court_outcome,
    measure text references ref.juvenile_measure,
    act_id uuid references app.court_act,
    supersedes_id uuid constraint court_event_superseded_once unique references app.court_event,
    -- where it was, if the file has gone to another court since
    at_court smallint references ref.court,
    -- names the report that is owed before a hearing
    nth integer not null generated always as identity,
    recorded_by uuid not null references sec.app_user,
    recorded_at timestamptz not null default now(),
    constraint court_event_about check (num_nonnulls(child_id, adult_id) <= 1),
    constraint court_event_past check (kind = 'hearing' or held_at <= recorded_at),
    constraint court_event_venue check (kind <> 'hearing' or venue is not null),
    constraint court_event_outcome check (outcome is null or kind in ('hearing', 'judgment', 'appeal')),
    constraint court_event_judgment check (kind <> 'judgment' or (adult_id is not null and outcome is not null)),
    constraint court_event_measure check ((kind = 'juvenile_measure') = (measure is not null)),
    constraint court_event_measure_of check (kind <> 'juvenile_measure' or child_id is not null),
    constraint court_event_home unique (id, territory_id, court_id),
    foreign key (file_id, child_id) references app.judicial_child (file_id, person_id),
    foreign key (file_id, adult_id) references app.judicial_adult (file_id, person_id),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.court_event (file_id, child_id);
create index on app.court_event (file_id, adult_id);
create index court_event_of_adult on app.court_event (adult_id) where adult_id is not null;
create index on app.court_event (file_id, case_id, territory_id, court_id);
create index on app.court_event (venue);
create index on app.court_event (outcome);
create index on app.court_event (measure);
create index on app.court_event (act_id);
create index on app.court_event (at_court);
create index on app.court_event (recorded_by);
create index court_event_calendar on app.court_event (court_id, held_at) where kind = 'hearing' and at_court is null;

-- What only the court reads of it, by table and not by template (schema D7).
create table app.court_event_text (
    id uuid primary key,
    territory_id smallint not null,
    court_id smallint not null,
    text_enc bytea not null,
    foreign key (id, territory_id, court_id) references app.court_event (id, territory_id, court_id) on update cascade
);
create index on app.court_event_text (id, territory_id, court_id);

-- The cell sees what is about a child and never what is about an adult, or about the procedure as a whole.
do $$
declare
    social constant text := '(case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))';
    court constant text := '(court_id = any ((select app.my_courts())::smallint[]) and file_id <> all ((select app.unsent_files())::uuid[]))';
begin
    call app.protect('app.court_event', '(child_id is not null and ' || social || ') or ' || court,
        court || ' and recorded_by = (select app.my_user()) and exists (select from app.judicial_file f where f.id = file_id)');
    call app.protect('app.court_event_text', 'court_id = any ((select app.my_courts())::smallint[])',
        'court_id = any ((select app.my_courts())::smallint[]) and exists (select from app.court_event e where e.id = court_event_text.id)');
end $$;

-- A row takes the place of one about the same person: else the cell would go on reading what was said of a child by mistake.
create function app.court_event_fits() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.supersedes_id is not null and not exists (
        select from app.court_event e
        where e.id = new.supersedes_id and e.file_id = new.file_id
          and e.child_id is not distinct from new.child_id and e.adult_id is not distinct from new.adult_id) then
        raise exception 'of another person' using errcode = 'check_violation', constraint = 'court_event_same';
    end if;
    if new.act_id is not null and not exists (select from app.court_act t where t.id = new.act_id and t.file_id = new.file_id) then
        raise exception 'an act of another file' using errcode = 'check_violation', constraint = 'court_event_act';
    end if;
    return null;
end $$;
create trigger court_event_fits after insert on app.court_event
    for each row execute function app.court_event_fits();
alter function app.court_event_fits owner to sanad_definer;

-- A file that goes to another court takes its story along; what was held stays what the former court held.
create function app.court_events_stay() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.court_event e set at_court = old.court_id where e.file_id = new.id and e.at_court is null;
    return null;
end $$;
create trigger court_events_stay after update of court_id on app.judicial_file
    for each row when (old.court_id <> new.court_id) execute function app.court_events_stay();
alter function app.court_events_stay owner to sanad_definer;

-- What stands of an adult in a procedure, as it was known at the end of a day: the latest judgment or appeal that frees or
-- convicts; no row, where there is none. `besides` is left out, as if it had not been entered.
create function app.outcome_of(file uuid, adult uuid, on_day date, besides uuid default null)
returns table (event_id uuid, convicts boolean)
language plpgsql stable rows 1 set search_path = pg_catalog as $$
begin
    return query
    select e.id, o.convicts
    from app.court_event e join ref.court_outcome o on o.code = e.outcome and (o.frees or o.convicts)
    where e.file_id = outcome_of.file and e.adult_id = outcome_of.adult and e.kind in ('judgment', 'appeal')
      and e.id is distinct from besides and (e.recorded_at at time zone 'Africa/Casablanca')::date <= on_day
      and not exists (select from app.court_event later
                      where later.supersedes_id = e.id and later.id is distinct from besides
                        and (later.recorded_at at time zone 'Africa/Casablanca')::date <= on_day)
    order by e.held_at desc, e.recorded_at desc, e.nth desc limit 1;
end $$;
grant execute on function app.outcome_of to sanad_definer;

-- Tells what a court said of a mother, and nothing of what it said, to those of the procedure and of her other children:
-- where it frees her or frees her no more, or where it closes or gives back an opening (app.opening_under). What leaves
-- things as they stood, the same outcome once more or a first conviction, is told to nobody.
create function app.outcome_tells(which uuid, file uuid, adult uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    -- the conviction that stood, and the one that stands; null, if none does
    convicted_by uuid;
    convicts_now uuid;
    was_free boolean;
    is_free boolean;
    one uuid;
begin
    select case when o.convicts then o.event_id end, not o.convicts into convicted_by, was_free
    from app.outcome_of(file, adult, 'infinity', which) o;
    select case when o.convicts then o.event_id end, not o.convicts into convicts_now, is_free
    from app.outcome_of(file, adult, 'infinity') o;
    if not exists (select from app.judicial_adult a where a.file_id = file and a.person_id = adult
                   and a.relation_claimed in ('mother', 'mother_unverified'))
       or (coalesce(was_free, false) = coalesce(is_free, false) and not exists (
           select from app.mother_support s join app.adult_decision d on d.id = s.decision_id
           where d.file_id = file and d.person_id = adult and s.reason = any (app.reasons_of_outcome())
             and (convicted_by is not null and convicted_by is distinct from s.after_event_id)
                 <> (convicts_now is not null and convicts_now is distinct from s.after_event_id))) then
        return;
    end if;
    for one in select f.case_id from app.judicial_file f where f.id = file
               union select k.child_case_id from app.judicial_child k where k.file_id = file
               union select c.id from app.records_of(adult) r
                   join app.relationship l on l.from_person = r.id and l.kind = 'mother' and l.claim <> 'refuted'
                   join app.case_file c on c.child_id = l.to_person and c.void is null
               order by 1 loop
        perform app.tell('mother_outcome', one, app.answer_for(one));
    end loop;
end $$;
alter function app.outcome_tells owner to sanad_definer;

-- Who learns of it. Of a child: those of the child's own file, and before a hearing its lead owes a report. Of a mother:
-- the cell, whose supervisors may open the four services, that the court has spoken; nothing more.
create function app.court_event_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    own uuid;
    place smallint;
    replaced integer;
begin
    if new.child_id is not null then
        select k.child_case_id, c.territory_id into own, place
        from app.judicial_child k join app.case_file c on c.id = k.child_case_id
        where k.file_id = new.file_id and k.person_id = new.child_id;
        update app.case_file c set changed_at = now(), changed_by = new.recorded_by where c.id = own;
        if new.kind in ('hearing', 'juvenile_measure') then
            perform app.tell(case new.kind when 'hearing' then 'court_hearing' else 'juvenile_measure' end, own, app.answer_for(own));
        end if;
        if new.supersedes_id is not null then
            select e.nth into replaced from app.court_event e where e.id = new.supersedes_id;
            perform app.settle('judicial_hearing_report', new.file_id, replaced);
        end if;
        -- to a file that is closed nothing is sent any more
        if new.kind = 'hearing' and new.outcome is null and new.held_at > now() then
            perform app.owe('judicial_hearing_report', own, place,
                            greatest(now(), new.held_at - app.judicial_hours('hearing_report', f.urgent, f.court_id)),
                            new.nth, judicial => f.id)
            from app.judicial_file f where f.id = new.file_id and f.state <> 'closed';
        end if;
    elsif new.adult_id is not null then
        perform app.outcome_tells(new.id, new.file_id, new.adult_id);
    end if;
    return null;
end $$;
create trigger court_event_tells after insert on app.court_event
    for each row execute function app.court_event_tells();
alter function app.court_event_tells owner to sanad_definer;

-- The report is an annex that is sent.
create function app.annex_reports() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.settle('judicial_hearing_report', x.file_id) from app.judicial_annex x where x.disclosure_id = new.id;
    return null;
end $$;
create trigger annex_reports after update of sent_at on app.disclosure
    for each row when (new.kind = 'annex' and old.sent_at is null and new.sent_at is not null)
    execute function app.annex_reports();
alter function app.annex_reports owner to sanad_definer;

-- ——— A calendar that a telephone may subscribe to ———————————————————————————————————————————————————————————

-- The address holds a token of 128 random bits, this table its SHA-256 alone. It shows hours and numbers of files.
create table sec.calendar_feed (
    id uuid primary key default gen_random_uuid(),
    token_sha256 bytea not null constraint calendar_feed_token_key unique
        constraint calendar_feed_token_check check (length(token_sha256) = 32),
    user_id uuid not null references sec.app_user,
    assignment_id uuid not null references sec.role_assignment,
    court_id smallint not null references ref.court,
    made_at timestamptz not null default now(),
    revoked_at timestamptz
);
create index on sec.calendar_feed (user_id);
create index on sec.calendar_feed (assignment_id);
create index on sec.calendar_feed (court_id);

-- One address a post: a new one ends the one before. Asks for a fresh factor, for it works without any.
create function sec.make_calendar(token bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    who constant uuid := sec.require_role(array['prosecutor', 'court_registrar', 'chief_prosecutor'], true);
begin
    update sec.calendar_feed f set revoked_at = now()
    from sec.me() m where f.assignment_id = m.assignment_id and f.user_id = who and f.revoked_at is null;
    insert into sec.calendar_feed (token_sha256, user_id, assignment_id, court_id)
    select token, m.user_id, m.assignment_id, m.court_id from sec.me() m;
    perform audit.record('calendar.made', 'user', who, null, null, null);
end $$;

create function sec.end_calendar() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    who constant uuid := sec.require_role(array['prosecutor', 'court_registrar', 'chief_prosecutor'], false);
begin
    update sec.calendar_feed f set revoked_at = now()
    from sec.me() m where f.assignment_id = m.assignment_id and f.user_id = who and f.revoked_at is null;
    if found then
        perform audit.record('calendar.ended', 'user', who, null, null, null);
    end if;
end $$;

-- Since when one's post has an address.
create function sec.own_calendar() returns timestamptz
language sql stable security definer set search_path = pg_catalog as $$
    select max(f.made_at) from sec.calendar_feed f, sec.me() m
    where f.assignment_id = m.assignment_id and f.user_id = m.user_id and f.revoked_at is null
$$;
grant execute on function sec.make_calendar, sec.end_calendar, sec.own_calendar to sanad_app;

grant select on sec.calendar_feed to sanad_definer;
grant select (locale) on sec.app_user to sanad_definer;
grant select (court_id) on sec.role_assignment to sanad_definer;
grant execute on function audit.record_as to sanad_definer;

-- The hearings behind an address, for whoever holds it; no row for an unknown or ended one, a post that is over, an
-- account that is closed. Each fetch is written down, with the one whose address it is.
create function app.calendar_of(token bytea, since timestamptz, until timestamptz)
returns table (locale text, court_id smallint, hearings jsonb)
language plpgsql security definer rows 1 set search_path = pg_catalog as $$
declare
    feed record;
begin
    select x.user_id, x.assignment_id, x.court_id, u.locale into feed
    from sec.calendar_feed x
    join sec.app_user u on u.id = x.user_id and u.active
    join sec.role_assignment a on a.id = x.assignment_id and a.user_id = x.user_id and a.court_id = x.court_id
        and a.role in ('prosecutor', 'court_registrar', 'chief_prosecutor') and a.valid @> current_date
    where x.token_sha256 = token and x.revoked_at is null;
    if not found then
        return;
    end if;
    perform audit.record_as(feed.user_id, feed.assignment_id, 'calendar.fetched', feed.user_id, null);
    return query
    select feed.locale, feed.court_id, coalesce(jsonb_agg(jsonb_build_object(
               'id', e.id, 'file', e.file_id, 'number', f.number, 'venue', e.venue, 'outcome', e.outcome,
               'at', e.held_at, 'recorded_at', e.recorded_at) order by e.held_at, e.id), '[]')
    from app.court_event e join app.judicial_file f on f.id = e.file_id and f.state not in ('draft', 'withdrawn')
    where e.court_id = feed.court_id and e.at_court is null and e.kind = 'hearing'
      and e.held_at >= since and e.held_at < until
      and not exists (select from app.court_event later where later.supersedes_id = e.id);
end $$;
grant execute on function app.calendar_of to sanad_app;
alter function app.calendar_of owner to sanad_definer;

-- ——— Figures of one court, for its chief ————————————————————————————————————————————————————————————————————

-- From one day to another, both within. A file is at a court from its arrival, when it is sent or sent on to it, until it
-- is sent on to another; what is joined to another file travels inside that one. Received is each file that arrived, also
-- if it went on since, once however often it came; of the medians each child and each adult is one, counted from the
-- arrival before the decision. What waits is of now, and only what is here (docs/indicators.md).
create function app.court_statistics(since date, until date) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    mine smallint;
    told jsonb;
    opens constant timestamptz := since::timestamp at time zone 'Africa/Casablanca';
    closes constant timestamptz := (until + 1)::timestamp at time zone 'Africa/Casablanca';
begin
    select m.court_id into mine from sec.me() m where m.role = 'chief_prosecutor';
    if mine is null then
        raise exception 'for the chief of a court' using errcode = 'insufficient_privilege';
    end if;
    -- the files that are here, those that were, and what was joined to them
    with recursive ours (id) as (
        select f.id from app.judicial_file f where f.court_id = mine and f.state not in ('draft', 'withdrawn')
        union
        select s.file_id from app.judicial_step s where s.from_court = mine
        union
        select s.file_id from app.judicial_step s join ours o on o.id = s.other_file_id
    -- what carries a file, and when: itself, and from a joinder until it is opened again the other
    ), carried (file_id, carrier, starts, ends) as (
        select o.id, o.id, '-infinity'::timestamptz, 'infinity'::timestamptz from ours o
        union all
        select c.file_id, s.other_file_id, s.at, least(c.ends, (
            select min(r.at) from app.judicial_step r where r.file_id = s.file_id and r.move = 'reopen' and r.at > s.at))
        from carried c
        join app.judicial_step s on s.file_id = c.carrier and s.move = 'join' and s.at >= c.starts and s.at < c.ends
    ), went as (
        select c.file_id, s.from_court, s.to_court, s.at, c.carrier = c.file_id as is_itself
        from carried c
        join app.judicial_step s on s.file_id = c.carrier and s.move = 'reroute' and s.at >= c.starts and s.at < c.ends
    ), stays as (
        select x.file_id, x.court_id, x.is_itself, x.arrived,
               lead(x.arrived) over (partition by x.file_id order by x.arrived, x.nth) as gone
        from (select f.id as file_id, coalesce(w.from_court, f.court_id) as court_id, true as is_itself,
                     f.transmitted_at as arrived, 0 as nth
              from ours o
              join app.judicial_file f on f.id = o.id and f.transmitted_at is not null
              left join (select distinct on (g.file_id) g.file_id, g.from_court from went g order by g.file_id, g.at) w
                  on w.file_id = f.id
              union all
              select w.file_id, w.to_court, w.is_itself, w.at, 1 from went w) x
    ), here as (
        select s.file_id, s.is_itself, s.arrived, s.gone from stays s where s.court_id = mine
    ), received as (
        select distinct h.file_id from here h where h.is_itself and h.arrived >= opens and h.arrived < closes
    ), measured as (
        select x.at, x.at - max(h.arrived) as took
        from (select d.file_id, d.person_id, min(d.recorded_at) as at from app.child_decision d
              where coalesce(d.taken_at_court, d.court_id) = mine group by d.file_id, d.person_id) x
        join here h on h.file_id = x.file_id and h.arrived <= x.at
        group by x.file_id, x.person_id, x.at
    ), settled as (
        select x.at, x.at - max(h.arrived) as took
        from (select d.file_id, d.person_id, min(d.recorded_at) as at from app.adult_decision d
              where coalesce(d.taken_at_court, d.court_id) = mine and d.effect <> 'pending' group by d.file_id, d.person_id) x
        join here h on h.file_id = x.file_id and h.arrived <= x.at
        group by x.file_id, x.person_id, x.at
    ), moved as (
        select s.move, count(*) as n
        from here h
        join app.judicial_step s on s.file_id = h.file_id and s.move in ('return', 'close')
            and s.at >= h.arrived and (h.gone is null or s.at < h.gone)
        where s.at >= opens and s.at < closes group by s.move
    -- an urgent notice comes as a file does (app.notice_step of 0046: a body is bound when it runs)
    ), heard as (
        select e.id, e.sent_at as at from app.disclosure e
        where e.kind = 'urgent_notice' and e.sent_at is not null
          and (e.to_court = mine or e.id in (select s.disclosure_id from app.notice_step s where s.from_court = mine))
          and coalesce((select s.from_court from app.notice_step s where s.disclosure_id = e.id order by s.at limit 1), e.to_court) = mine
        union all
        select s.disclosure_id, s.at from app.notice_step s where s.to_court = mine
    ), notices as (
        select case when e.to_court = mine then e.acknowledged_at - max(h.at) end as took
        from heard h join app.disclosure e on e.id = h.id
        group by e.id, e.to_court, e.acknowledged_at
        having bool_or(h.at >= opens and h.at < closes)
    )
    select jsonb_build_object(
        'received', (select count(*) from received),
        'children', (select count(distinct app.human_of(k.person_id)) from received r join app.judicial_child k on k.file_id = r.file_id),
        'adults', (select count(distinct app.human_of(k.person_id)) from received r join app.judicial_adult k on k.file_id = r.file_id),
        'sent_on', (select count(distinct s.file_id) from app.judicial_step s
                    where s.from_court = mine and s.at >= opens and s.at < closes),
        'returned', coalesce((select m.n from moved m where m.move = 'return'), 0),
        'closed', coalesce((select m.n from moved m where m.move = 'close'), 0),
        'measures', (select jsonb_build_object('n', count(*), 'minutes', round(extract(epoch from
                percentile_cont(0.5) within group (order by m.took)) / 60)::integer)
            from measured m where m.at >= opens and m.at < closes),
        'settled', (select jsonb_build_object('n', count(*), 'minutes', round(extract(epoch from
                percentile_cont(0.5) within group (order by m.took)) / 60)::integer)
            from settled m where m.at >= opens and m.at < closes),
        'notices', (select jsonb_build_object('n', count(*), 'seen', count(x.took), 'minutes', round(extract(epoch from
                percentile_cont(0.5) within group (order by x.took)) / 60)::integer)
            from notices x),
        'child_kinds', (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'n', k.n) order by k.n desc, k.kind), '[]')
            from (select d.kind, count(*) as n from app.child_decision d
                  where coalesce(d.taken_at_court, d.court_id) = mine and d.decided_on between since and until
                    and not exists (select from app.child_decision later where later.supersedes_id = d.id)
                  group by d.kind) k),
        'adult_kinds', (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'n', k.n) order by k.n desc, k.kind), '[]')
            from (select d.kind, count(*) as n from app.adult_decision d
                  where coalesce(d.taken_at_court, d.court_id) = mine and d.decided_on between since and until
                    and not exists (select from app.adult_decision later where later.supersedes_id = d.id)
                  group by d.kind) k),
        'pending', (select coalesce(jsonb_agg(jsonb_build_object('awaits', p.awaits, 'age', p.age, 'n', p.n)), '[]')
            from (select f.awaits, case when now() - h.arrived < interval '1 day' then 0
                                        when now() - h.arrived < interval '3 days' then 1
                                        when now() - h.arrived < interval '7 days' then 2
                                        when now() - h.arrived < interval '30 days' then 3 else 4 end as age, count(*) as n
                  from here h join app.judicial_file f on f.id = h.file_id and f.awaits is not null
                  where h.gone is null group by 1, 2) p))
    into told;
    return told;
end $$;
grant execute on function app.court_statistics to sanad_app;
alter function app.court_statistics owner to sanad_definer;
