-- What a city keeps of its own (decision 0076): what is known of its institutions, and how often it visits.

-- What was looked at and not met, when that was, and since when the institution takes nobody.
alter table app.institution
    add column standards_unmet text[] not null default '{}',
    add column checked_on date,
    add column closed_on date,
    add column version integer not null default 1,
    add constraint institution_standards_apart check (not standards && standards_unmet);
grant select (standards_unmet, checked_on, closed_on, version) on app.institution to sanad_app;
grant update (kind, licence, licensed_until, standards, standards_unmet, phone, address, checked_on, closed_on, version)
    on app.institution to sanad_app;
-- … and of an organisation of that city: whoever signs in for a body elsewhere is made the manager of no house here
alter policy adds on app.institution with check (territory_id = any ((select app.supervised_territories())::smallint[])
    and exists (select from ref.organisation o
                where o.code = institution.organisation_code and o.territory_id = institution.territory_id));
alter policy edits on app.institution
    using (territory_id = any ((select app.supervised_territories())::smallint[]))
    with check (territory_id = any ((select app.supervised_territories())::smallint[]));

-- An institution is an organisation of its city, with a name in both languages (decision 0083). Organisations are
-- reference data, which no page writes: these two functions do, for the supervisor of the city.
grant insert on ref.organisation, ref.organisation_name to sanad_definer;
grant update (valid) on ref.organisation_name to sanad_definer;
create function app.add_house(house text, org_type text, place smallint, name_ar text, name_fr text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if place is null or place <> all (app.supervised_territories()) then
        raise exception 'not a city of yours' using errcode = 'insufficient_privilege';
    end if;
    insert into ref.organisation (code, type, territory_id) values (house, org_type, place);
    insert into ref.organisation_name (organisation_code, lang, name, valid)
    values (house, 'ar', name_ar, daterange(current_date, null)), (house, 'fr', name_fr, daterange(current_date, null));
end $$;

-- A name of before keeps its dates: what was written under it is still read under it. An English name of the lists
-- ends with the French one, which is then said in both.
create function app.rename_house(which uuid, name_ar text, name_fr text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    house text;
begin
    select i.organisation_code into house from app.institution i
    join ref.organisation o on o.code = i.organisation_code and o.territory_id = i.territory_id
    where i.id = which and i.territory_id = any (app.supervised_territories());
    if house is null then
        raise exception 'not an institution of yours' using errcode = 'insufficient_privilege';
    end if;
    update ref.organisation_name n set valid = daterange(lower(n.valid), current_date)
    from (values ('ar', name_ar), ('fr', name_fr), ('en', name_fr)) as now (lang, name)
    where n.organisation_code = house and n.lang = now.lang and n.valid @> current_date and n.name <> now.name
      and (n.lang <> 'en' or exists (select from ref.organisation_name f where f.organisation_code = house and f.lang = 'fr'
                                     and f.valid @> current_date and f.name <> name_fr));
    insert into ref.organisation_name (organisation_code, lang, name, valid)
    select house, now.lang, now.name, daterange(current_date, null)
    from (values ('ar', name_ar), ('fr', name_fr)) as now (lang, name)
    where not exists (select from ref.organisation_name n
                      where n.organisation_code = house and n.lang = now.lang and n.valid @> current_date);
end $$;
grant execute on function app.add_house, app.rename_house to sanad_app;
alter function app.add_house owner to sanad_definer;
alter function app.rename_house owner to sanad_definer;

-- An institution that closed takes no more requests, whoever asks and however late the page is; nor do places that
-- closed, nor does either take a child who comes late.
create function app.bed_house_is_open() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    day constant date := (case tg_op when 'INSERT' then new.requested_at else new.state_since end at time zone 'Africa/Casablanca')::date;
begin
    if exists (select from app.institution i join app.bed_group g on g.institution_id = i.id
               where g.id = new.group_id and (i.closed_on <= day or g.closed_on <= day)) then
        raise exception 'the institution has closed' using errcode = 'check_violation', constraint = 'bed_hold_house_is_open';
    end if;
    return new;
end $$;
create trigger bed_house_is_open before insert on app.bed_hold
    for each row execute function app.bed_house_is_open();
create trigger bed_late_house_is_open before update on app.bed_hold
    for each row when (old.state = 'expired' and new.state = 'admitted') execute function app.bed_house_is_open();
alter function app.bed_house_is_open owner to sanad_definer;

-- Days between two visits, where a city decided otherwise than the targets of all.
create table app.visit_rhythm (
    territory_id smallint not null references ref.territory,
    risk text not null references ref.risk_level,
    days smallint not null constraint visit_rhythm_days_check check (days between 1 and 180),
    set_by uuid not null references sec.app_user,
    set_at timestamptz not null default now(),
    version integer not null default 1,
    primary key (territory_id, risk)
);
create index on app.visit_rhythm (risk);
create index on app.visit_rhythm (set_by);
call app.protect('app.visit_rhythm', 'territory_id = any ((select app.my_territories())::smallint[])',
    'territory_id = any ((select app.supervised_territories())::smallint[]) and set_by = (select app.my_user())');
alter policy edits on app.visit_rhythm
    using (territory_id = any ((select app.supervised_territories())::smallint[]))
    with check (territory_id = any ((select app.supervised_territories())::smallint[]) and set_by = (select app.my_user()));
grant update (days, set_by, set_at, version) on app.visit_rhythm to sanad_app;

-- The city's own, else the target of all, else a month.
create function app.visit_days(place smallint, level text) returns integer
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return coalesce((select r.days::integer from app.visit_rhythm r where r.territory_id = place and r.risk = level),
                    ceil(coalesce(ref.target_hours(place, 'monitoring', level), 720) / 24.0)::integer);
end $$;
grant execute on function app.visit_days to sanad_app, sanad_definer;
alter function app.visit_days owner to sanad_definer;

set local role sanad_definer;
create or replace function app.episode_visits() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.state = 'monitoring' then
        if not exists (select from app.visit v where v.episode_id = new.id and v.recorded_at is null) then
            insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on)
            select gen_random_uuid(), new.case_id, new.id, new.territory_id, new.territory_id,
                   coalesce((select max(v.seq) from app.visit v where v.episode_id = new.id), 0) + 1, 'home_visit',
                   (new.state_since at time zone 'Africa/Casablanca')::date + app.visit_days(new.territory_id, new.risk);
        elsif new.risk is distinct from old.risk then
            -- a greater risk brings the next visit nearer; what was agreed for sooner stands
            update app.visit v set due_on = least(v.due_on, current_date + app.visit_days(new.territory_id, new.risk))
            where v.id = (select n.id from app.visit n where n.episode_id = new.id and n.recorded_at is null order by n.due_on, n.seq limit 1);
        end if;
        perform app.date_by_visit(new.id);
    elsif new.state = 'closed' then
        update app.visit v set missed_on = current_date, missed_reason = 'file_closed', recorded_at = now()
        where v.episode_id = new.id and v.recorded_at is null;
    end if;
    return null;
end $$;

grant execute on function app.episode_visits to sanad_owner;
set local role sanad_owner;
drop trigger episode_visits on app.case_episode;
create trigger episode_visits after insert or update of state, risk on app.case_episode
    for each row execute function app.episode_visits();

-- A file that is followed up is due when its next visit is: late as long as that visit is, and no longer.
create function app.date_by_visit(which uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.case_episode e set due_at = next.at
    from (select min((v.due_on + time '18:00') at time zone 'Africa/Casablanca') as at
          from app.visit v where v.episode_id = which and v.recorded_at is null) next
    where e.id = which and e.state = 'monitoring' and e.due_at is distinct from next.at;
end $$;
create function app.visit_dates_file() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.date_by_visit(new.episode_id);
    return null;
end $$;
create trigger visit_dates_file after insert or update of due_on, recorded_at on app.visit
    for each row execute function app.visit_dates_file();
grant execute on function app.date_by_visit to sanad_definer;
alter function app.date_by_visit owner to sanad_definer;
alter function app.visit_dates_file owner to sanad_definer;

