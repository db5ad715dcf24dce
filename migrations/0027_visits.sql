-- Regular follow-up (R8): visits owed by the rhythm of the risk, made or missed with a reason.

call ref.create_list('missed_reason');

create table app.visit (
    id uuid primary key,
    case_id uuid not null,
    episode_id uuid not null,
    territory_id smallint not null,
    territory_at smallint not null references ref.territory,
    -- its number in the episode, and the name of its task
    seq integer not null,
    kind text not null references ref.service_kind,
    due_on date not null,
    -- nobody planned it: the rhythm of the risk did
    planned_by uuid references sec.app_user,
    done_on date,
    missed_on date,
    missed_reason text references ref.missed_reason,
    -- what was found: school, whether the child begs again, whether the child is safe
    education text references ref.education_status,
    refound text constraint visit_refound_check check (refound in ('yes', 'no', 'unknown')),
    safe text constraint visit_safe_check check (safe in ('yes', 'no', 'unknown')),
    findings_enc bytea,
    recorded_by uuid references sec.app_user,
    recorded_at timestamptz,
    version integer not null default 1,
    constraint visit_one_end check (num_nonnulls(done_on, missed_on) <= 1),
    constraint visit_missed_why check ((missed_on is null) = (missed_reason is null)),
    constraint visit_found check (done_on is null or num_nulls(refound, safe, findings_enc) = 0),
    constraint visit_recorded check ((recorded_at is null) = (num_nonnulls(done_on, missed_on) = 0)),
    constraint visit_seq unique (episode_id, seq),
    constraint visit_home unique (id, territory_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade,
    foreign key (episode_id) references app.case_episode
);
create index on app.visit (case_id, territory_id);
create index on app.visit (kind);
create index on app.visit (planned_by);
create index on app.visit (missed_reason);
create index on app.visit (education);
create index on app.visit (recorded_by);
create index on app.visit (territory_at, done_on);
create index visit_owed on app.visit (case_id, due_on) where recorded_at is null;
call app.protect_care('app.visit');
grant update (kind, done_on, missed_on, missed_reason, education, refound, safe, findings_enc, recorded_by, recorded_at, version)
    on app.visit to sanad_app;

-- A visit is owed until the evening of its day.
create function app.visit_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.recorded_at is null then
        perform app.owe('visit', new.case_id, new.territory_id, (new.due_on + time '18:00') at time zone 'Africa/Casablanca',
                        nth => new.seq, episode => new.episode_id);
    else
        perform app.settle('visit', new.episode_id, new.seq);
    end if;
    return null;
end $$;
create trigger visit_owes after insert or update of due_on, recorded_at on app.visit
    for each row execute function app.visit_owes();
alter function app.visit_owes owner to sanad_definer;

-- A child who is met begging again, or is not safe, is assessed again on the same day.
create function app.visit_calls() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.refound = 'yes' then
        perform app.call_for_assessment('reassess_begging', new.case_id, new.territory_id, new.recorded_at);
    end if;
    if new.safe = 'no' then
        perform app.call_for_assessment('reassess_unsafe', new.case_id, new.territory_id, new.recorded_at);
    end if;
    return null;
end $$;
create trigger visit_calls after insert or update of recorded_at on app.visit
    for each row when (new.done_on is not null) execute function app.visit_calls();
alter function app.visit_calls owner to sanad_definer;

-- The first visit comes with the state that asks for visits. A file that closes owes none: what was left is
-- written down as such.
create function app.episode_visits() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.state = 'monitoring' and not exists (select from app.visit v where v.episode_id = new.id and v.recorded_at is null) then
        insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on)
        select gen_random_uuid(), new.case_id, new.id, new.territory_id, new.territory_id,
               coalesce((select max(v.seq) from app.visit v where v.episode_id = new.id), 0) + 1, 'home_visit',
               (new.state_since at time zone 'Africa/Casablanca')::date
                   + ceil(coalesce(ref.target_hours(new.territory_id, 'monitoring', new.risk), 720) / 24.0)::integer;
    elsif new.state = 'closed' then
        update app.visit v set missed_on = current_date, missed_reason = 'file_closed', recorded_at = now()
        where v.episode_id = new.id and v.recorded_at is null;
    end if;
    return null;
end $$;
create trigger episode_visits after insert or update of state on app.case_episode
    for each row execute function app.episode_visits();
alter function app.episode_visits owner to sanad_definer;
