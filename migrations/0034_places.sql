-- What a city keeps of its own (decision 0076): what is known of its institutions, and how often it visits.

-- What was looked at and not met, when that was, and since when the institution takes nobody.
alter table app.institution
    add column standards_unmet text[] not null default '{}',
    add column checked_on date,
    add column closed_on date,
    add column version integer not null default 1,
    add constraint institution_standards_apart check (not standards && standards_unmet);
grant select (standards_unmet, checked_on, closed_on, version) on app.institution to sanad_app;
grant update (licence, licensed_until, standards, standards_unmet, checked_on, closed_on, version) on app.institution to sanad_app;
alter policy edits on app.institution
    using (territory_id = any ((select app.supervised_territories())::smallint[]))
    with check (territory_id = any ((select app.supervised_territories())::smallint[]));

-- An institution that closed takes no more requests, whoever asks and however late the page is.
create function app.bed_house_is_open() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if exists (select from app.institution i where i.id = new.institution_id
               and i.closed_on <= (new.requested_at at time zone 'Africa/Casablanca')::date) then
        raise exception 'the institution has closed' using errcode = 'check_violation', constraint = 'bed_hold_house_is_open';
    end if;
    return new;
end $$;
create trigger bed_house_is_open before insert on app.bed_hold
    for each row execute function app.bed_house_is_open();
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

