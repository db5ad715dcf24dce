-- What is counted is counted once and kept by prefecture and month (decision 0103). A write marks the months that it touches;
-- a job counts marked months again, and compares everything each night. What is marked is read from the facts themselves, so
-- that no reader ever sees an old count.

-- ——— What is counted ——————————————————————————————————————————————————————————————————————————————————————————————

-- so that one prefecture and one month are found without the others
drop index app.contact_territory_at_idx;
create index contact_counted on app.contact (territory_at, ((observed_at at time zone 'Africa/Casablanca')::date));
create index case_file_begun on app.case_file (territory_at, ((opened_at at time zone 'Africa/Casablanca')::date));
create index case_transition_day on app.case_transition ((("at" at time zone 'Africa/Casablanca')::date));
create index judicial_file_day on app.judicial_file (((transmitted_at at time zone 'Africa/Casablanca')::date))
    where transmitted_at is not null;
create index on app.child_decision (decided_on);
create index on app.adult_decision (decided_on);

-- One band for each age: what is joined below needs no choice.
alter table ref.age_band add constraint age_band_apart
    exclude using gist ("set" with =, int4range(min_months, max_months) with &&) deferrable initially deferred;

-- The one definition, one row a fact. A stock is written as flows: 1 where something enters, -1 on the day it leaves, so that
-- the stock of a day is the sum of everything up to it (docs/indicators.md). `trait` is the age band of a child or the kind
-- of a decision on one, `other_trait` the group of nationalities.
create view stat.fact with (security_invoker = true) as
select f.measure, f.territory_id, f.day, f.key, f.sex, f.trait, f.other_trait, f.sign
from (
    -- a human being counts once, where the first of the measures was taken: in one city, under one sex, also if several
    -- records say otherwise
    select 'children_protected'::text as measure, c.territory_at as territory_id, c.protected_measure_on as day, ''::text as key,
           p.sex, coalesce(b.code, 'unknown') as trait, coalesce(o.reporting_group, 'unknown') as other_trait, 1 as sign,
           c.protected_measure_on as since
    from app.case_file c
    join app.person p on p.id = c.child_id
    left join ref.nationality o on o.code = p.nationality
    cross join lateral (
        select extract(year from a.lived) * 12 + extract(month from a.lived) as months
        from (select age(c.protected_measure_on, p.birth_earliest + (p.birth_latest - p.birth_earliest) / 2) as lived offset 0) a
        offset 0) m
    left join ref.age_band b on b."set" = 'plan' and c.protected_measure_on >= p.birth_earliest
        and m.months >= b.min_months and (b.max_months is null or m.months < b.max_months)
    where c.void is null and c.protected_measure_on is not null
      and not exists (
          select from app.identity_link l
          join app.identity_link other on other.identity_id = l.identity_id and other.verdict = 'same' and other.live
              and other.person_id <> l.person_id
          join app.case_file e on e.child_id = other.person_id and e.void is null and e.protected_measure_on is not null
          where l.person_id = p.id and l.verdict = 'same' and l.live
            and (e.protected_measure_on, e.opened_at, e.id) < (c.protected_measure_on, c.opened_at, c.id))
    union all
    -- a case is handled when it has a protection measure (schema D20)
    select 'cases_handled'::text, c.territory_at, c.protected_measure_on, ''::text, ''::text, ''::text, ''::text, 1,
           c.protected_measure_on
    from app.case_file c
    where c.void is null and c.protected_measure_on is not null
    union all
    select 'contacts'::text, k.territory_at, (k.observed_at at time zone 'Africa/Casablanca')::date, ''::text, ''::text,
           ''::text, ''::text, 1, (k.observed_at at time zone 'Africa/Casablanca')::date
    from app.contact k
    where not exists (
        select from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
        where s.contact_id = k.id and o.kind in ('duplicate', 'no_child_found'))
    union all
    -- a file enters the state of a transition and leaves that of the one before it
    select 'cases'::text, c.territory_at, (x.at at time zone 'Africa/Casablanca')::date, s.state, ''::text, ''::text, ''::text,
           s.sign, (c.opened_at at time zone 'Africa/Casablanca')::date
    from app.case_transition x
    join app.case_file c on c.id = x.case_id and c.void is null
    left join lateral (
        select y.to_state from app.case_transition y where y.case_id = x.case_id and (y.at, y.id) < (x.at, x.id)
        order by y.at desc, y.id desc limit 1) before on true
    cross join lateral (values (x.to_state, 1), (before.to_state, -1)) s (state, sign)
    where s.state is not null
      and (x.at at time zone 'Africa/Casablanca')::date >= (c.opened_at at time zone 'Africa/Casablanca')::date
    union all
    -- and none before the day on which it was opened: the clocks of the program and of the database are two
    select 'cases'::text, c.territory_at, (c.opened_at at time zone 'Africa/Casablanca')::date, s.state, ''::text, ''::text,
           ''::text, s.sign, (c.opened_at at time zone 'Africa/Casablanca')::date
    from app.case_file c
    join app.case_transition x on x.case_id = c.id
    left join lateral (
        select y.to_state from app.case_transition y where y.case_id = x.case_id and (y.at, y.id) < (x.at, x.id)
        order by y.at desc, y.id desc limit 1) before on true
    cross join lateral (values (x.to_state, 1), (before.to_state, -1)) s (state, sign)
    where s.state is not null and c.void is null
      and (x.at at time zone 'Africa/Casablanca')::date < (c.opened_at at time zone 'Africa/Casablanca')::date
    union all
    select 'services'::text, s.territory_at, s.delivered_on, coalesce(k.parent, k.code), k.audience, ''::text, ''::text, 1,
           s.delivered_on
    from app.service s join app.service_beneficiary b on b.service_id = s.id
    join ref.service_kind k on k.code = coalesce(b.counts_as, s.kind)
    where s.state in ('delivered', 'partial')
      and (k.audience = 'child' or b.mother_effect in ('not_prosecuted', 'no_procedure'))
    union all
    select 'referrals'::text, c.territory_at, (f.transmitted_at at time zone 'Africa/Casablanca')::date, ''::text, ''::text,
           ''::text, ''::text, 1, (f.transmitted_at at time zone 'Africa/Casablanca')::date
    from app.judicial_file f join app.case_file c on c.id = f.case_id
    where f.transmitted_at is not null
    union all
    -- a decision counts from its day on, until the day of the one that corrects it
    select 'child_decisions'::text, c.territory_at, d.decided_on, ''::text, ''::text, d.kind, ''::text, 1, d.decided_on
    from app.child_decision d join app.case_file c on c.id = d.case_id
    where not exists (select from app.child_decision x where x.supersedes_id = d.id and x.decided_on <= d.decided_on)
    union all
    select 'child_decisions'::text, c.territory_at, x.decided_on, ''::text, ''::text, d.kind, ''::text, -1, d.decided_on
    from app.child_decision x join app.child_decision d on d.id = x.supersedes_id join app.case_file c on c.id = d.case_id
    where x.decided_on > d.decided_on
    union all
    -- on each day of a decision on an adult, the one in force from then on comes and the one in force until then goes: the last
    -- of the day, unless that one is corrected already
    select 'adult_decisions'::text, c.territory_at, e.decided_on, e.effect, ''::text, ''::text, ''::text, 1, e.decided_on
    from app.adult_decision e
    join app.case_file c on c.id = e.case_id
    where not exists (
          select from app.adult_decision t
          where t.file_id = e.file_id and t.person_id = e.person_id and t.decided_on = e.decided_on
            and (t.recorded_at, t.id) > (e.recorded_at, e.id))
      and not exists (select from app.adult_decision y where y.supersedes_id = e.id and y.decided_on <= e.decided_on)
    union all
    select 'adult_decisions'::text, c.territory_at, e.decided_on, s.effect, ''::text, ''::text, ''::text, 1, s.decided_on
    from app.adult_decision e
    join app.adult_decision z on z.supersedes_id = e.id and z.decided_on <= e.decided_on
    join app.case_file c on c.id = e.case_id
    cross join lateral (
        select d.effect, d.decided_on from app.adult_decision d
        where d.file_id = e.file_id and d.person_id = e.person_id and d.decided_on <= e.decided_on and not exists (
            select from app.adult_decision y where y.supersedes_id = d.id and y.decided_on <= e.decided_on)
        order by d.decided_on desc, d.recorded_at desc, d.id desc limit 1) s
    where not exists (
        select from app.adult_decision t
        where t.file_id = e.file_id and t.person_id = e.person_id and t.decided_on = e.decided_on
          and (t.recorded_at, t.id) > (e.recorded_at, e.id))
    union all
    select 'adult_decisions'::text, c.territory_at, e.decided_on, s.effect, ''::text, ''::text, ''::text, -1, s.decided_on
    from app.adult_decision e
    join app.case_file c on c.id = e.case_id
    cross join lateral (
        select d.effect, d.decided_on from app.adult_decision d
        where d.file_id = e.file_id and d.person_id = e.person_id and d.decided_on < e.decided_on and not exists (
            select from app.adult_decision y where y.supersedes_id = d.id and y.decided_on < e.decided_on)
        order by d.decided_on desc, d.recorded_at desc, d.id desc limit 1) s
    -- once a day
    where not exists (
        select from app.adult_decision t
        where t.file_id = e.file_id and t.person_id = e.person_id and t.decided_on = e.decided_on
          and (t.recorded_at, t.id) > (e.recorded_at, e.id))) f
-- what a published total already holds is not counted again (D21)
left join (
    select s.territory_id, max(a.as_of) as up_to
    from stat.historical_aggregate a join stat.historical_scope s on s.aggregate = a.code
    where a.closes_period group by s.territory_id) closed on closed.territory_id = f.territory_id
where closed.up_to is null or f.since > closed.up_to;
grant select on stat.fact to sanad_definer;

-- The facts of one prefecture and some days, for functions that measure them.
create function stat.facts(place smallint, from_day date, to_day date)
returns table (day date, measure text, key text, sex text, trait text, other_trait text, sign integer)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan set jit = off as $$
#variable_conflict use_column
begin
    return query
    select f.day, f.measure, f.key, f.sex, f.trait, f.other_trait, f.sign
    from stat.fact f where f.territory_id = facts.place and f.day between facts.from_day and facts.to_day;
end $$;
alter function stat.facts owner to sanad_definer;

-- Facts added up by prefecture and month; null: of all places, from the beginning, without an end, of all measures. Planned
-- for each question, for one month and all of them are two different ways.
create function stat.month_cells(places smallint[], from_day date, to_day date, measures text[])
returns table (territory_id smallint, month date, measure text, key text, sex text, trait text, other_trait text, n integer)
language plpgsql stable set search_path = pg_catalog set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' as $$
#variable_conflict use_column
begin
    return query
    select f.territory_id, date_trunc('month', f.day::timestamp)::date, f.measure, f.key, f.sex, f.trait, f.other_trait,
           sum(f.sign)::integer
    from stat.fact f
    where (places is null or f.territory_id = any (places)) and (from_day is null or f.day >= from_day)
      and (to_day is null or f.day <= to_day) and (measures is null or f.measure = any (measures))
    group by 1, 2, 3, 4, 5, 6, 7 having sum(f.sign) <> 0;
end $$;
grant execute on function stat.month_cells to sanad_definer;

-- ——— What is kept —————————————————————————————————————————————————————————————————————————————————————————————————

create table stat.rollup (
    territory_id smallint not null references ref.territory,
    month date not null constraint rollup_month_check check (extract(day from month) = 1),
    measure text not null,
    key text not null,
    sex text not null,
    trait text not null,
    other_trait text not null,
    n integer not null constraint rollup_n_check check (n <> 0),
    primary key (territory_id, month, measure, key, sex, trait, other_trait)
);
create index on stat.rollup (month, territory_id);

-- What must be counted again; without a place, everything. Writers add to it and nobody waits for it: no key, no foreign key.
-- `seen` is set by the job that has counted it once: it is let go when every transaction that ran then has ended, and it was
-- counted after that, for two that ran beside each other did not see each other's rows when they marked.
create table stat.dirty (
    territory_id smallint,
    month date,
    seen xid8,
    constraint dirty_whole check ((territory_id is null) = (month is null))
);

-- Each comparison with all facts.
create table stat.reconciliation (
    at timestamptz primary key default clock_timestamp(),
    compared bigint not null,
    differing bigint not null constraint reconciliation_differing_check check (differing >= 0)
);
create trigger is_final before update or delete on stat.reconciliation
    for each row execute function audit.refuse_change();
create trigger is_kept before truncate on stat.reconciliation
    for each statement execute function audit.refuse_change();
-- when it was made and whether all was well, for the page of background work
grant select on stat.reconciliation to sanad_app;
-- the other two are read and written by the functions below alone
alter table stat.rollup owner to sanad_definer;
alter table stat.dirty owner to sanad_definer;
grant insert on stat.reconciliation to sanad_definer;

-- ——— Marking ——————————————————————————————————————————————————————————————————————————————————————————————————————

create function stat.month_of(day date) returns date
language sql immutable as $$ select date_trunc('month', month_of.day::timestamp)::date $$;
create function stat.month_of(moment timestamptz) returns date
language sql immutable as
$$ select date_trunc('month', month_of.moment at time zone 'Africa/Casablanca')::date $$;
grant execute on function stat.month_of(date), stat.month_of(timestamptz) to sanad_definer;

-- Months of the measures of these children, and of every record that is or was said to be the same child: any of them may be
-- the first.
create function stat.mark_children(children uuid[]) returns void
language plpgsql set search_path = pg_catalog as $$
begin
    insert into stat.dirty (territory_id, month)
    select distinct c.territory_at, stat.month_of(c.protected_measure_on)
    from app.case_file c
    where c.protected_measure_on is not null and c.child_id in (
        select unnest(children)
        union all
        select o.person_id from app.identity_link l
        join app.identity_link o on o.identity_id = l.identity_id and o.verdict = 'same' and o.person_id <> l.person_id
        where l.person_id = any (children) and l.verdict = 'same');
end $$;
grant execute on function stat.mark_children to sanad_definer;

-- One function a table. After a statement that adds or removes rows they are in `touched`; after a change of a row that
-- matters, in old and new.
create function stat.marks_contact() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_level = 'ROW' then
        insert into stat.dirty (territory_id, month)
        values (old.territory_at, stat.month_of(old.observed_at)), (new.territory_at, stat.month_of(new.observed_at));
    else
        insert into stat.dirty (territory_id, month)
        select distinct t.territory_at, stat.month_of(t.observed_at) from touched t;
    end if;
    return null;
end $$;

create function stat.marks_outcome() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_level = 'ROW' then
        insert into stat.dirty (territory_id, month)
        select k.territory_at, stat.month_of(k.observed_at)
        from app.contact_child s join app.contact k on k.id = s.contact_id where s.id = new.contact_child_id;
    else
        insert into stat.dirty (territory_id, month)
        select distinct k.territory_at, stat.month_of(k.observed_at)
        from touched t join app.contact_child s on s.id = t.contact_child_id join app.contact k on k.id = s.contact_id
        where t.kind in ('duplicate', 'no_child_found');
    end if;
    return null;
end $$;

create function stat.marks_file() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_level = 'STATEMENT' then
        insert into stat.dirty (territory_id, month)
        select distinct t.territory_at, stat.month_of(t.protected_measure_on)
        from touched t where t.protected_measure_on is not null;
        if found then
            perform stat.mark_children(array(select t.child_id from touched t where t.protected_measure_on is not null));
        end if;
        return null;
    end if;
    insert into stat.dirty (territory_id, month)
    select old.territory_at, stat.month_of(old.protected_measure_on) where old.protected_measure_on is not null;
    perform stat.mark_children(array[new.child_id]);
    if (old.void, old.opened_at) is distinct from (new.void, new.opened_at) then
        insert into stat.dirty (territory_id, month)
        select distinct new.territory_at, greatest(stat.month_of(x.at), stat.month_of(o.opened_at))
        from app.case_transition x, (values (old.opened_at), (new.opened_at)) o (opened_at)
        where x.case_id = new.id;
    end if;
    return null;
end $$;

create function stat.marks_child() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into stat.dirty (territory_id, month)
    select c.territory_at, stat.month_of(c.protected_measure_on)
    from app.case_file c where c.child_id = new.id and c.protected_measure_on is not null;
    return null;
end $$;

create function stat.marks_link() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    children uuid[];
begin
    if tg_level = 'ROW' then
        perform stat.mark_children(array(
            select unnest(array[old.person_id, new.person_id])
            union
            select o.person_id from app.identity_link o
            where o.identity_id in (old.identity_id, new.identity_id) and o.verdict = 'same'));
        return null;
    end if;
    children := array(
        select t.person_id from touched t where t.verdict = 'same'
        union
        select o.person_id from touched t join app.identity_link o on o.identity_id = t.identity_id and o.verdict = 'same'
        where t.verdict = 'same');
    if children <> '{}' then
        perform stat.mark_children(children);
    end if;
    return null;
end $$;

create function stat.marks_transition() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    -- the one after it leaves another state, now
    insert into stat.dirty (territory_id, month)
    select distinct c.territory_at, greatest(stat.month_of(x.at), stat.month_of(c.opened_at))
    from (select t.case_id, t.at from touched t
          union all
          select y.case_id, y.at from (select t.case_id, min(t.at) as at from touched t group by t.case_id) f
          join app.case_transition y on y.case_id = f.case_id and y.at >= f.at) x
    join app.case_file c on c.id = x.case_id;
    return null;
end $$;

create function stat.marks_service() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into stat.dirty (territory_id, month)
    select distinct d.territory_at, stat.month_of(d.delivered_on)
    from (values (old.territory_at, old.delivered_on), (new.territory_at, new.delivered_on)) d (territory_at, delivered_on)
    where d.delivered_on is not null;
    return null;
end $$;

create function stat.marks_beneficiary() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_level = 'ROW' then
        insert into stat.dirty (territory_id, month)
        select s.territory_at, stat.month_of(s.delivered_on)
        from app.service s where s.id = new.service_id and s.delivered_on is not null;
    else
        insert into stat.dirty (territory_id, month)
        select distinct s.territory_at, stat.month_of(s.delivered_on)
        from touched t join app.service s on s.id = t.service_id where s.delivered_on is not null;
    end if;
    return null;
end $$;

create function stat.marks_referral() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_level = 'ROW' then
        insert into stat.dirty (territory_id, month)
        select c.territory_at, stat.month_of(m.transmitted_at)
        from app.case_file c, (values (old.transmitted_at), (new.transmitted_at)) m (transmitted_at)
        where c.id = new.case_id and m.transmitted_at is not null;
    else
        insert into stat.dirty (territory_id, month)
        select distinct c.territory_at, stat.month_of(t.transmitted_at)
        from touched t join app.case_file c on c.id = t.case_id where t.transmitted_at is not null;
    end if;
    return null;
end $$;

create function stat.marks_child_decision() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into stat.dirty (territory_id, month)
    select distinct c.territory_at, stat.month_of(d.decided_on)
    from (select t.case_id, t.decided_on from touched t
          union all
          select t.case_id, x.decided_on from touched t join app.child_decision x on x.id = t.supersedes_id
          union all
          select t.case_id, x.decided_on from touched t join app.child_decision x on x.supersedes_id = t.id) d
    join app.case_file c on c.id = d.case_id;
    return null;
end $$;

create function stat.marks_adult_decision() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    -- which one is in force may change on the day of each of them
    insert into stat.dirty (territory_id, month)
    select distinct c.territory_at, stat.month_of(d.decided_on)
    from (select t.case_id, t.decided_on from touched t
          union all
          select t.case_id, x.decided_on from touched t
          join app.adult_decision x on x.file_id = t.file_id and x.person_id = t.person_id) d
    join app.case_file c on c.id = d.case_id;
    return null;
end $$;

-- A list, or what a published total closes: everything is another count. Before there are people nothing is.
create function stat.marks_everything() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into stat.dirty (territory_id, month)
    select null::smallint, null::date where exists (select from app.contact) or exists (select from app.case_file);
    return null;
end $$;

-- Also where other triggers are switched off: by a repair, or by who lays out a demonstration in bulk.
create procedure stat.marks(target regclass, by_function text)
language plpgsql as $$
begin
    execute format('create trigger marks_month after insert on %s referencing new table as touched
                    for each statement execute function stat.%I()', target, by_function);
    execute format('create trigger marks_month_gone after delete on %s referencing old table as touched
                    for each statement execute function stat.%I()', target, by_function);
    execute format('alter table %s enable always trigger marks_month', target);
    execute format('alter table %s enable always trigger marks_month_gone', target);
end $$;
call stat.marks('app.contact', 'marks_contact');
call stat.marks('app.contact_outcome', 'marks_outcome');
call stat.marks('app.case_file', 'marks_file');
call stat.marks('app.identity_link', 'marks_link');
call stat.marks('app.case_transition', 'marks_transition');
call stat.marks('app.service_beneficiary', 'marks_beneficiary');
call stat.marks('app.judicial_file', 'marks_referral');
call stat.marks('app.child_decision', 'marks_child_decision');
call stat.marks('app.adult_decision', 'marks_adult_decision');
drop procedure stat.marks;

create trigger marks_month_changed after update of observed_at on app.contact
    for each row when (old.observed_at is distinct from new.observed_at) execute function stat.marks_contact();
create trigger marks_month_changed after update of kind on app.contact_outcome
    for each row when (old.kind is distinct from new.kind) execute function stat.marks_outcome();
create trigger marks_month_changed after update of protected_measure_on, void, opened_at on app.case_file
    for each row when ((old.protected_measure_on, old.void, old.opened_at)
                       is distinct from (new.protected_measure_on, new.void, new.opened_at))
    execute function stat.marks_file();
create trigger marks_month_changed after update of sex, birth_earliest, birth_latest, nationality on app.person
    for each row when ((old.sex, old.birth_earliest, old.birth_latest, old.nationality)
                       is distinct from (new.sex, new.birth_earliest, new.birth_latest, new.nationality))
    execute function stat.marks_child();
create trigger marks_month_changed after update of live, verdict, identity_id, person_id on app.identity_link
    for each row when ((old.verdict = 'same' or new.verdict = 'same')
                       and (old.live, old.verdict, old.identity_id, old.person_id)
                           is distinct from (new.live, new.verdict, new.identity_id, new.person_id))
    execute function stat.marks_link();
create trigger marks_month_changed after update of state, delivered_on, kind on app.service
    for each row when ((old.state, old.delivered_on, old.kind) is distinct from (new.state, new.delivered_on, new.kind)
                       and (old.delivered_on is not null or new.delivered_on is not null))
    execute function stat.marks_service();
create trigger marks_month_changed after update of mother_effect, counts_as on app.service_beneficiary
    for each row when ((old.mother_effect, old.counts_as) is distinct from (new.mother_effect, new.counts_as))
    execute function stat.marks_beneficiary();
create trigger marks_month_changed after update of transmitted_at on app.judicial_file
    for each row when (old.transmitted_at is distinct from new.transmitted_at) execute function stat.marks_referral();
create trigger marks_everything after insert or update or delete on stat.historical_scope
    for each row execute function stat.marks_everything();
create trigger marks_everything after update on stat.historical_aggregate
    for each row when ((old.closes_period, old.as_of) is distinct from (new.closes_period, new.as_of))
    execute function stat.marks_everything();
create trigger marks_everything after update on ref.nationality
    for each row when (old.reporting_group is distinct from new.reporting_group) execute function stat.marks_everything();
create trigger marks_everything after update on ref.service_kind
    for each row when ((old.parent, old.audience) is distinct from (new.parent, new.audience))
    execute function stat.marks_everything();
create trigger marks_everything after update on ref.age_band
    for each row when ((old."set", old.min_months, old.max_months) is distinct from (new."set", new.min_months, new.max_months))
    execute function stat.marks_everything();
create trigger marks_everything_new after insert on ref.age_band
    for each row when (new."set" = 'plan') execute function stat.marks_everything();

do $$
declare
    one text;
begin
    foreach one in array array['app.contact', 'app.contact_outcome', 'app.case_file', 'app.person', 'app.identity_link',
                               'app.service', 'app.service_beneficiary', 'app.judicial_file'] loop
        execute format('alter table %s enable always trigger marks_month_changed', one);
    end loop;
    foreach one in array array['contact', 'outcome', 'file', 'child', 'link', 'transition', 'service', 'beneficiary', 'referral',
                               'child_decision', 'adult_decision', 'everything'] loop
        execute format('alter function stat.marks_%s owner to sanad_definer', one);
    end loop;
end $$;

-- ——— Counting again ———————————————————————————————————————————————————————————————————————————————————————————————

-- Counts a month of some places anew, or everything; how many cells changed.
create function stat.recount(places smallint[], of_month date) returns bigint
language plpgsql set search_path = pg_catalog as $$
declare
    changed bigint;
begin
    with anew as materialized (
        select * from stat.month_cells(places, of_month, (of_month + interval '1 month - 1 day')::date, null)),
    put as (
        insert into stat.rollup as r (territory_id, month, measure, key, sex, trait, other_trait, n)
        select a.territory_id, a.month, a.measure, a.key, a.sex, a.trait, a.other_trait, a.n from anew a
        on conflict (territory_id, month, measure, key, sex, trait, other_trait) do update set n = excluded.n
        where r.n <> excluded.n
        returning 1),
    gone as (
        delete from stat.rollup r
        where (of_month is null or (r.month = of_month and r.territory_id = any (places)))
          and not exists (
              select from anew a
              where a.territory_id = r.territory_id and a.month = r.month and a.measure = r.measure and a.key = r.key
                and a.sex = r.sex and a.trait = r.trait and a.other_trait = r.other_trait)
        returning 1)
    select (select count(*) from put) + (select count(*) from gone) into changed;
    return changed;
end $$;
grant execute on function stat.recount to sanad_definer;

-- Counts what is marked again; how many cells changed. One at a time: while another one counts, there is nothing to do.
create function stat.refresh() returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    ended xid8;
    -- a number given before the marks were read is no bound for those who ran when they were
    writes_already boolean;
    marked smallint[];
    months date[];
    fresh boolean[];
    one record;
    changed bigint := 0;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('stat.refresh', 0)) then
        return 0;
    end if;
    writes_already := pg_current_xact_id_if_assigned() is not null;
    ended := pg_snapshot_xmin(pg_current_snapshot());
    with gone as (
        delete from stat.dirty d where d.seen is null or d.seen <= ended returning d.territory_id, d.month, d.seen)
    select array_agg(g.territory_id), array_agg(g.month), array_agg(g.fresh) into marked, months, fresh
    from (select x.territory_id, x.month, bool_or(x.seen is null) as fresh from gone x group by 1, 2) g;
    if marked is null then
        return 0;
    end if;
    if array_position(marked, null) is not null then
        changed := stat.recount(null, null);
    else
        for one in
            select m.month, array_agg(m.place) as places from unnest(marked, months) m (place, month) group by m.month
        loop
            changed := changed + stat.recount(one.places, one.month);
        end loop;
    end if;
    -- whoever ran when these were read may have marked without seeing what was marked here, and has a lower number
    insert into stat.dirty (territory_id, month, seen)
    select m.place, m.month, case when not writes_already then pg_current_xact_id() end
    from unnest(marked, months, fresh) m (place, month, fresh) where m.fresh;
    return changed;
end $$;
grant execute on function stat.refresh to sanad_job;
alter function stat.refresh owner to sanad_definer;

-- Compares everything that is kept with all facts, and puts right what differs; how many cells did that were not marked: there
-- should be none, and if there is one it is in the trail.
create function stat.reconcile() returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    compared bigint;
    differing bigint;
    months jsonb;
begin
    perform pg_advisory_xact_lock(hashtextextended('stat.refresh', 0));
    perform stat.refresh();
    with anew as materialized (select * from stat.month_cells(null, null, null, null)),
    diff as materialized (
        select coalesce(a.territory_id, r.territory_id) as territory_id, coalesce(a.month, r.month) as month,
               coalesce(a.measure, r.measure) as measure, coalesce(a.key, r.key) as key, coalesce(a.sex, r.sex) as sex,
               coalesce(a.trait, r.trait) as trait, coalesce(a.other_trait, r.other_trait) as other_trait, a.n as counted
        from anew a full join stat.rollup r
            on r.territory_id = a.territory_id and r.month = a.month and r.measure = a.measure and r.key = a.key
               and r.sex = a.sex and r.trait = a.trait and r.other_trait = a.other_trait
        where a.n is distinct from r.n),
    wrong as (
        select d.territory_id, d.month from diff d
        where not exists (
            select from stat.dirty m
            where m.territory_id is null or (m.territory_id = d.territory_id and m.month = d.month))),
    put as (
        insert into stat.rollup (territory_id, month, measure, key, sex, trait, other_trait, n)
        select d.territory_id, d.month, d.measure, d.key, d.sex, d.trait, d.other_trait, d.counted
        from diff d where d.counted is not null
        on conflict (territory_id, month, measure, key, sex, trait, other_trait) do update set n = excluded.n),
    gone as (
        delete from stat.rollup r using diff d
        where d.counted is null and d.territory_id = r.territory_id and d.month = r.month and d.measure = r.measure
          and d.key = r.key and d.sex = r.sex and d.trait = r.trait and d.other_trait = r.other_trait)
    select (select count(*) from anew), (select count(*) from wrong),
           (select jsonb_agg(jsonb_build_array(w.territory_id, to_char(w.month, 'YYYY-MM')))
            from (select distinct x.territory_id, x.month from wrong x order by 2, 1 limit 20) w)
    into compared, differing, months;
    insert into stat.reconciliation (compared, differing) values (compared, differing);
    if differing > 0 then
        perform audit.record('figures.differed', null, null, null,
            jsonb_build_object('cells', differing, 'months', months), null);
    end if;
    return differing;
end $$;
grant execute on function stat.reconcile to sanad_job;
alter function stat.reconcile owner to sanad_definer;

-- ——— Reading ——————————————————————————————————————————————————————————————————————————————————————————————————————

-- Cells of the days from one to another: whole months as they are kept, what is marked and what is no whole month from the
-- facts. Without a first day, from the beginning.
create function stat.cells(places smallint[], from_day date, to_day date, measures text[])
returns table (territory_id smallint, month date, measure text, key text, sex text, trait text, other_trait text, n integer)
language plpgsql stable set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    -- whole months begin here, and are over before that
    whole constant date := case
        when from_day is null then '-infinity'::date
        when extract(day from from_day) = 1 then from_day
        else (date_trunc('month', from_day::timestamp) + interval '1 month')::date end;
    part constant date := date_trunc('month', (to_day + 1)::timestamp)::date;
    one record;
begin
    if to_day is null or from_day > to_day then
        return;
    end if;
    if exists (select from stat.dirty d where d.territory_id is null) then
        return query select * from stat.month_cells(places, from_day, to_day, measures);
        return;
    end if;
    return query
    select r.* from stat.rollup r
    where (places is null or r.territory_id = any (places)) and r.month >= whole and r.month < part
      and (measures is null or r.measure = any (measures))
      and not exists (select from stat.dirty d where d.territory_id = r.territory_id and d.month = r.month);
    for one in
        select d.month as first, array_agg(distinct d.territory_id) as marked from stat.dirty d
        where (places is null or d.territory_id = any (places)) and d.month >= whole and d.month < part
        group by d.month
    loop
        return query select * from stat.month_cells(one.marked, one.first, (one.first + interval '1 month - 1 day')::date, measures);
    end loop;
    if from_day < whole then
        return query select * from stat.month_cells(places, from_day, least(whole - 1, to_day), measures);
    end if;
    if part >= whole and part <= to_day then
        return query select * from stat.month_cells(places, part, to_day, measures);
    end if;
end $$;
grant execute on function stat.cells to sanad_definer;

-- As before (0060), from what is kept.
set local role sanad_definer;
create or replace function stat.exact_cells(as_of date, by_trait boolean default true)
returns table (measure text, territory_id smallint, key text, sex text, n integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    -- the month that runs is not a month yet
    month_after constant date := date_trunc('month', exact_cells.as_of + 1);
begin
    return query
    with counted as materialized (select * from stat.cells(null, null, exact_cells.as_of, null))
    select c.measure, c.territory_id, c.key, c.sex, sum(c.n)::integer
    from counted c group by 1, 2, 3, 4 having sum(c.n) <> 0
    union all
    select 'contacts_by_month', null, to_char(c.month, 'YYYY-MM'), '', sum(c.n)::integer
    from counted c
    where c.measure = 'contacts' and c.month < month_after and c.month >= month_after - interval '12 months'
    group by 3
    union all
    select 'contacts_of_month', c.territory_id, '', '', sum(c.n)::integer
    from counted c
    where by_trait and c.measure = 'contacts' and c.month >= date_trunc('month', exact_cells.as_of)
    group by 2
    union all
    select 'children_by_age', c.territory_id, c.trait, '', sum(c.n)::integer
    from counted c where by_trait and c.measure = 'children_protected' group by 2, 3
    union all
    select 'children_by_nationality', c.territory_id, c.other_trait, '', sum(c.n)::integer
    from counted c where by_trait and c.measure = 'children_protected' group by 2, 3
    union all
    select 'child_decisions_by_kind', c.territory_id, c.trait, '', sum(c.n)::integer
    from counted c where by_trait and c.measure = 'child_decisions' group by 2, 3 having sum(c.n) <> 0;
end $$;
set local role sanad_owner;

-- The same, counted anew and in another way: what the rollup is compared with before a month is told.
create function stat.count_anew(as_of date, by_trait boolean default true)
returns table (measure text, territory_id smallint, key text, sex text, n integer)
language plpgsql stable security definer set search_path = pg_catalog set jit = off set work_mem = '64MB' as $$
#variable_conflict use_column
declare
    until constant timestamptz := (count_anew.as_of + 1)::timestamp at time zone 'Africa/Casablanca';
    month_after constant date := date_trunc('month', count_anew.as_of + 1);
begin
    return query
    with facts as (
        (select distinct on (coalesce(l.identity_id, p.id)) 'children_protected' as measure, c.territory_at, '' as key, p.sex,
                c.protected_measure_on as day,
                case when by_trait then stat.age_band(p.birth_earliest, p.birth_latest, c.protected_measure_on) end as trait,
                coalesce(o.reporting_group, 'unknown') as other_trait
         from app.case_file c
         join app.person p on p.id = c.child_id
         left join ref.nationality o on o.code = p.nationality
         left join app.identity_link l on l.person_id = p.id and l.verdict = 'same' and l.live
         where c.void is null and c.protected_measure_on is not null
         order by coalesce(l.identity_id, p.id), c.protected_measure_on, c.opened_at, c.id)
        union all
        select 'cases_handled', c.territory_at, '', '', c.protected_measure_on, '', ''
        from app.case_file c
        where c.void is null and c.protected_measure_on is not null
        union all
        select 'contacts', k.territory_at, '', '', (k.observed_at at time zone 'Africa/Casablanca')::date, '', ''
        from app.contact k
        where not exists (
            select from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
            where s.contact_id = k.id and o.kind in ('duplicate', 'no_child_found'))
        union all
        select 'cases', c.territory_at, t.to_state, '', (c.opened_at at time zone 'Africa/Casablanca')::date, '', ''
        from app.case_file c, lateral (
            select x.to_state from app.case_transition x
            where x.case_id = c.id and x.at < until order by x.at desc, x.id desc limit 1) t
        where c.void is null
        union all
        select 'services', s.territory_at, coalesce(k.parent, k.code), k.audience, s.delivered_on, '', ''
        from app.service s join app.service_beneficiary b on b.service_id = s.id
        join ref.service_kind k on k.code = coalesce(b.counts_as, s.kind)
        where s.state in ('delivered', 'partial')
          and (k.audience = 'child' or b.mother_effect in ('not_prosecuted', 'no_procedure'))
        union all
        select 'referrals', c.territory_at, '', '', (f.transmitted_at at time zone 'Africa/Casablanca')::date, '', ''
        from app.judicial_file f join app.case_file c on c.id = f.case_id
        where f.transmitted_at is not null
        union all
        select 'child_decisions', c.territory_at, '', '', d.decided_on, d.kind, ''
        from app.child_decision d join app.case_file c on c.id = d.case_id
        where not exists (select from app.child_decision x where x.supersedes_id = d.id and x.decided_on <= count_anew.as_of)
        union all
        select 'adult_decisions', c.territory_at, d.effect, '', d.decided_on, '', ''
        from app.adult_decision d join app.case_file c on c.id = d.case_id
        -- the one in force: neither corrected, nor followed by a further one
        where not exists (
            select from app.adult_decision x
            where x.file_id = d.file_id and x.person_id = d.person_id and x.decided_on <= count_anew.as_of
              and (x.supersedes_id = d.id
                   or ((x.decided_on, x.recorded_at, x.id) > (d.decided_on, d.recorded_at, d.id) and not exists (
                       select from app.adult_decision y where y.supersedes_id = x.id and y.decided_on <= count_anew.as_of))))),
    closed as (
        select s.territory_id, max(a.as_of) as up_to
        from stat.historical_aggregate a join stat.historical_scope s on s.aggregate = a.code
        where a.closes_period group by s.territory_id),
    counted as (
        select f.* from facts f left join closed on closed.territory_id = f.territory_at
        where f.day <= count_anew.as_of and (closed.up_to is null or f.day > closed.up_to))
    select f.measure, f.territory_at, f.key, f.sex, count(*)::integer
    from counted f group by 1, 2, 3, 4
    union all
    select 'contacts_by_month', null, to_char(f.day, 'YYYY-MM'), '', count(*)::integer
    from counted f
    where f.measure = 'contacts' and f.day < month_after and f.day >= month_after - interval '12 months'
    group by 3
    union all
    select 'contacts_of_month', f.territory_at, '', '', count(*)::integer
    from counted f
    where by_trait and f.measure = 'contacts' and f.day >= date_trunc('month', count_anew.as_of)
    group by 2
    union all
    select 'children_by_age', f.territory_at, f.trait, '', count(*)::integer
    from counted f where by_trait and f.measure = 'children_protected' group by 2, 3
    union all
    select 'children_by_nationality', f.territory_at, f.other_trait, '', count(*)::integer
    from counted f where by_trait and f.measure = 'children_protected' group by 2, 3
    union all
    select 'child_decisions_by_kind', f.territory_at, f.trait, '', count(*)::integer
    from counted f where by_trait and f.measure = 'child_decisions' group by 2, 3;
end $$;
alter function stat.count_anew owner to sanad_definer;

-- How many cells of a day the two ways do not agree on; if there is one it is in the trail. One question: what is written
-- meanwhile is in both or in neither.
create function stat.compare(as_of date) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    differing bigint;
begin
    select count(*) into differing
    from stat.exact_cells(compare.as_of) e full join stat.count_anew(compare.as_of) a
        on a.measure = e.measure and coalesce(a.territory_id, 0::smallint) = coalesce(e.territory_id, 0::smallint)
           and a.key = e.key and a.sex = e.sex
    where a.n is distinct from e.n;
    if differing > 0 then
        perform audit.record('figures.differed', null, null, null,
            jsonb_build_object('cells', differing, 'until', compare.as_of), null);
    end if;
    return differing;
end $$;
grant execute on function stat.compare to sanad_job;
alter function stat.compare owner to sanad_definer;

-- ——— A city's own —————————————————————————————————————————————————————————————————————————————————————————————————

-- Events of the prefecture of the session in a period, exactly: of files by state and of decisions on adults, what stands on
-- its last day. Of any other prefecture, and for whoever has none, nothing.
create function stat.city_cells(territory smallint, from_day date, to_day date)
returns table (measure text, key text, sex text, n integer)
language plpgsql stable security definer rows 100 set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    if (city_cells.territory = any (app.my_territories())) is not true or city_cells.from_day > city_cells.to_day then
        return;
    end if;
    return query
    with counted as materialized (
        select * from stat.cells(array[city_cells.territory], city_cells.from_day, city_cells.to_day,
            array['children_protected', 'cases_handled', 'contacts', 'services', 'referrals', 'child_decisions'])
        union all
        select * from stat.cells(array[city_cells.territory], null, city_cells.to_day, array['cases', 'adult_decisions']))
    select c.measure, c.key, c.sex, sum(c.n)::integer from counted c group by 1, 2, 3 having sum(c.n) <> 0
    union all
    select 'children_by_age', c.trait, '', sum(c.n)::integer
    from counted c where c.measure = 'children_protected' group by 2
    union all
    select 'children_by_nationality', c.other_trait, '', sum(c.n)::integer
    from counted c where c.measure = 'children_protected' group by 2
    union all
    select 'child_decisions_by_kind', c.trait, '', sum(c.n)::integer
    from counted c where c.measure = 'child_decisions' group by 2 having sum(c.n) <> 0;
end $$;
grant execute on function stat.city_cells to sanad_app;
alter function stat.city_cells owner to sanad_definer;

-- The same month by month, of what happens: a month at either end counts the days of the period alone.
create function stat.city_months(territory smallint, from_day date, to_day date)
returns table (measure text, month date, n integer)
language plpgsql stable security definer rows 100 set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    if (city_months.territory = any (app.my_territories())) is not true then
        return;
    end if;
    return query
    select c.measure, c.month, sum(c.n)::integer
    from stat.cells(array[city_months.territory], city_months.from_day, city_months.to_day,
        array['children_protected', 'cases_handled', 'contacts', 'services', 'referrals', 'child_decisions']) c
    group by 1, 2 having sum(c.n) <> 0 order by 1, 2;
end $$;
grant execute on function stat.city_months to sanad_app;
alter function stat.city_months owner to sanad_definer;

-- ——— What there is already ————————————————————————————————————————————————————————————————————————————————————————

set local role sanad_definer;
select stat.recount(null, null);
set local role sanad_owner;
