-- What the list of files asks of each line, and of all of them together, kept instead of counted (decisions 0052,
-- 0077).

-- How far a file has come in its last episode: the steps that the state does not tell. Counted again from the facts
-- after each of them, and never added to.
create table app.case_reach (
    case_id uuid primary key,
    territory_id smallint not null,
    referred boolean not null default false,
    in_care boolean not null default false,
    reintegrated boolean not null default false,
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.case_reach (case_id, territory_id);
-- a colleague's file is listed without them; written by the function below alone
call app.protect_care('app.case_reach');
revoke insert on app.case_reach from sanad_app;

-- The lines are locked before the facts are read: of two who count at once, the second sees what the first did.
create function app.count_reach(files uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into app.case_reach (case_id, territory_id)
    select f.id, f.territory_id from app.case_file f where f.id = any (files)
    on conflict (case_id) do nothing;
    perform from app.case_reach r where r.case_id = any (files) order by r.case_id for update;
    update app.case_reach r
    set (referred, in_care, reintegrated) = (
        select exists (select from app.judicial_file j where j.case_id = r.case_id and j.transmitted_at >= e.since),
               help.given, help.school
        -- of a file that was opened again, what came before says nothing
        from (select case when x.seq = 1 then '-infinity' else x.opened_at end as since
              from app.case_episode x where x.case_id = r.case_id order by x.seq desc limit 1) e,
        lateral (select count(*) > 0 as given, coalesce(bool_or(coalesce(k.parent, k.code) = 'education'), false) as school
                 from app.service_beneficiary b
                 join app.service v on v.id = b.service_id and v.state in ('delivered', 'partial') and v.delivered_on >= e.since::date
                 join ref.service_kind k on k.code = coalesce(b.counts_as, v.kind)
                 where b.case_id = r.case_id and b.mother_effect is null) help)
    where r.case_id = any (files);
end $$;
alter function app.count_reach owner to sanad_definer;

create function app.reaches() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_table_name = 'service' then
        perform app.count_reach(array(select b.case_id from app.service_beneficiary b
                                      where b.service_id = new.id and b.mother_effect is null));
    else
        perform app.count_reach(array[new.case_id]);
    end if;
    return null;
end $$;
create trigger reaches after update of state, delivered_on on app.service
    for each row when ((old.state, old.delivered_on) is distinct from (new.state, new.delivered_on))
    execute function app.reaches();
create trigger reaches after insert on app.service_beneficiary
    for each row when (new.mother_effect is null) execute function app.reaches();
create trigger reaches after insert or update of transmitted_at on app.judicial_file
    for each row when (new.transmitted_at is not null) execute function app.reaches();
create trigger reaches after insert on app.case_episode
    for each row when (new.seq > 1) execute function app.reaches();
alter function app.reaches owner to sanad_definer;
drop function app.milestones_of;

-- An episode knows whether its file is protected, as an assignment knows whether it is open: what hides is counted
-- apart. Never told, looked up.
alter table app.case_episode add protected boolean not null default false;
create function app.episode_follows_file() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_table_name = 'case_file' then
        update app.case_episode e set protected = new.protected where e.case_id = new.id;
        return null;
    end if;
    select c.protected into new.protected from app.case_file c where c.id = new.case_id for no key update;
    return new;
end $$;
create trigger episode_follows_file before insert or update of protected on app.case_episode
    for each row execute function app.episode_follows_file();
create trigger episode_follows_file after update of protected on app.case_file
    for each row when (old.protected <> new.protected) execute function app.episode_follows_file();
alter function app.episode_follows_file owner to sanad_definer;
drop index app.case_episode_open;
create index case_episode_due on app.case_episode (territory_id, due_at) where state <> 'closed' and not protected;
create index case_episode_urgent on app.case_episode (territory_id) where state <> 'closed' and not protected and risk = 'high';
create index case_episode_apart on app.case_episode (territory_id, case_id) where state <> 'closed' and protected;

-- How many files are open, at high risk, late, and one's own, as a list of this session would show them. Nobody
-- reads a number of three digits off a filter: each is counted up to `most`, so that a city with thousands of open
-- files costs what a small one does.
drop function app.count_open;
create function app.count_open(at timestamptz, most integer)
returns table (mine bigint, open bigint, urgent bigint, late bigint)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
declare
    me record;
    own constant uuid[] := app.my_cases();
begin
    select m.user_id, m.territory_id into me from sec.me() m where m.role in ('social_worker', 'supervisor');
    return query
    with apart as (
        select count(*) as open, count(*) filter (where e.risk = 'high') as urgent, count(*) filter (where e.due_at < at) as late
        from app.case_episode e
        where e.territory_id = me.territory_id and e.state <> 'closed' and e.protected and e.case_id = any (own))
    select (select count(*) from (
                select distinct a.case_id from app.case_assignment a
                where a.user_id = me.user_id and a.until is null and a.territory_id = me.territory_id and a.is_open limit most) n),
           (select least(most, apart.open + count(*)) from (
                select from app.case_episode e
                where e.territory_id = me.territory_id and e.state <> 'closed' and not e.protected limit most) n),
           (select least(most, apart.urgent + count(*)) from (
                select from app.case_episode e
                where e.territory_id = me.territory_id and e.state <> 'closed' and not e.protected and e.risk = 'high' limit most) n),
           (select least(most, apart.late + count(*)) from (
                select from app.case_episode e
                where e.territory_id = me.territory_id and e.state <> 'closed' and not e.protected and e.due_at < at limit most) n)
    from apart;
end $$;
grant execute on function app.count_open to sanad_app;
alter function app.count_open owner to sanad_definer;

-- The same for judicial files: the court's inbox, and the list of the cell, where a supervisor sees the prefecture's
-- and a worker those of the files they read. The decisions on adults are not the cell's to count. What presses is
-- counted whole: it is never much.
create index judicial_file_unread on app.judicial_file
    (court_id, (state = 'draft' or (urgent and children_waiting > 0 and state <> 'closed')) desc, coalesce(transmitted_at, composed_at) desc, id desc)
    where state = 'transmitted';
create index judicial_file_child on app.judicial_file (court_id, urgent)
    where children_waiting > 0 and state not in ('draft', 'withdrawn');
create index judicial_file_adult on app.judicial_file (court_id) where adults_waiting > 0 and state not in ('draft', 'withdrawn');
create index judicial_file_sent on app.judicial_file (territory_id, state) where state in ('draft', 'transmitted', 'returned');
create index judicial_file_awaited on app.judicial_file (territory_id, urgent)
    where children_waiting > 0 and state not in ('draft', 'withdrawn');
drop index app.judicial_file_counted;
create index judicial_file_held on app.judicial_file (court_id) where state not in ('draft', 'withdrawn');
-- each in the order of the list (decision 0088): in somebody's hands, given back, still waited for, closed, settled
create index judicial_file_mine on app.judicial_file
    (held_by, (state = 'draft' or (urgent and children_waiting > 0 and state <> 'closed')) desc, coalesce(transmitted_at, composed_at) desc, id desc)
    where state not in ('draft', 'withdrawn', 'closed');
create index judicial_file_returned on app.judicial_file (court_id) where state = 'returned';
create index judicial_file_waits on app.judicial_file
    (court_id, (state = 'draft' or (urgent and children_waiting > 0 and state <> 'closed')) desc, coalesce(transmitted_at, composed_at) desc, id desc)
    where due_at is not null;
create index judicial_file_closed on app.judicial_file
    (court_id, (state = 'draft' or (urgent and children_waiting > 0 and state <> 'closed')) desc, coalesce(transmitted_at, composed_at) desc, id desc)
    where state = 'closed';
create index judicial_file_settled on app.judicial_file
    (court_id, (state = 'draft' or (urgent and children_waiting > 0 and state <> 'closed')) desc, coalesce(transmitted_at, composed_at) desc, id desc)
    where children_waiting = 0 and adults_waiting = 0 and state not in ('draft', 'withdrawn');
drop function app.count_desk;
create function app.count_desk(at timestamptz, most integer)
returns table (whole bigint, mine bigint, late bigint, draft bigint, transmitted bigint, received bigint, returned bigint,
               child bigint, adult bigint, pressing bigint)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
declare
    me record;
    own uuid[];
    hidden uuid[];
begin
    select m.user_id, m.role, m.territory_id, m.court_id into me from sec.me() m;
    if me.court_id is not null then
        return query select
            (select count(*) from (select from app.judicial_file f
                where f.court_id = me.court_id and f.state not in ('draft', 'withdrawn') limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.held_by = me.user_id and f.court_id = me.court_id and f.state not in ('draft', 'withdrawn', 'closed') limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.court_id = me.court_id and f.due_at < at limit most) n),
            0::bigint,
            (select count(*) from (select from app.judicial_file f
                where f.court_id = me.court_id and f.state = 'transmitted' limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.court_id = me.court_id and f.state not in ('draft', 'withdrawn')
                  and f.state in ('received', 'under_study') limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.court_id = me.court_id and f.state = 'returned' limit most) n),
            -- what was joined to another procedure is closed, whoever waited in it
            (select count(*) from (select from app.judicial_file f
                where f.court_id = me.court_id and f.children_waiting > 0 and f.state not in ('draft', 'withdrawn')
                  and f.state <> 'closed' limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.court_id = me.court_id and f.adults_waiting > 0 and f.state not in ('draft', 'withdrawn')
                  and f.state <> 'closed' limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.court_id = me.court_id and f.urgent and f.children_waiting > 0 and f.state not in ('draft', 'withdrawn')
                  and f.state <> 'closed') n);
    elsif me.role = 'supervisor' then
        hidden := app.hidden_cases();
        return query select
            (select count(*) from (select from app.judicial_file f
                where f.territory_id = me.territory_id and f.state <> 'withdrawn' and f.case_id <> all (hidden) limit most) n),
            0::bigint,
            (select count(*) from (select from app.judicial_file f
                where f.territory_id = me.territory_id and f.due_at < at and f.case_id <> all (hidden) limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.territory_id = me.territory_id and f.state = 'draft' and f.case_id <> all (hidden) limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.territory_id = me.territory_id and f.state = 'transmitted' and f.case_id <> all (hidden) limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.territory_id = me.territory_id and f.state <> 'withdrawn' and f.state in ('received', 'under_study')
                  and f.case_id <> all (hidden) limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.territory_id = me.territory_id and f.state = 'returned' and f.case_id <> all (hidden) limit most) n),
            (select count(*) from (select from app.judicial_file f
                where f.territory_id = me.territory_id and f.children_waiting > 0 and f.state not in ('draft', 'withdrawn')
                  and f.state <> 'closed' and f.case_id <> all (hidden) limit most) n),
            0::bigint,
            (select count(*) from (
                select from app.judicial_file f
                where f.territory_id = me.territory_id and f.state = 'draft' and f.case_id <> all (hidden)
                union all
                select from app.judicial_file f
                where f.territory_id = me.territory_id and f.urgent and f.children_waiting > 0 and f.state not in ('draft', 'withdrawn')
                  and f.state <> 'closed' and f.case_id <> all (hidden)) n);
    else
        own := app.my_cases();
        return query
        select least(most, count(*)), 0::bigint, least(most, count(*) filter (where f.due_at < at)),
               least(most, count(*) filter (where f.state = 'draft')),
               least(most, count(*) filter (where f.state = 'transmitted')),
               least(most, count(*) filter (where f.state in ('received', 'under_study'))),
               least(most, count(*) filter (where f.state = 'returned')),
               least(most, count(*) filter (where f.state not in ('draft', 'closed') and f.children_waiting > 0)), 0::bigint,
               count(*) filter (where f.state = 'draft' or (f.urgent and f.children_waiting > 0 and f.state <> 'closed'))
        from app.judicial_file f
        where f.case_id = any (own) and f.territory_id = me.territory_id and f.state <> 'withdrawn';
    end if;
end $$;
grant execute on function app.count_desk to sanad_app;
alter function app.count_desk owner to sanad_definer;

-- A page of that list, under the reader's own row security: what presses first, then the newest. Each filter is a
-- statement of its own, for connections plan a statement once and for every value (decision 0051): of one that chose
-- inside, the plan would walk through a court's fifty thousand files to find the two that were given back. The court's
-- side and the cell's, of which one is gone (0).
create function app.desk_page(court smallint, place smallint, reader uuid, wanted text, at timestamptz,
                              after_pressing boolean, after_at timestamptz, after_id uuid, most bigint)
returns setof app.judicial_desk
language plpgsql stable rows 26 set search_path = pg_catalog as $$
begin
    if court <> 0 then
        if wanted = 'mine' then
            return query select d.* from app.judicial_desk d
            where d.held_by = reader and d.court_id = court and d.state not in ('draft', 'withdrawn', 'closed')
              and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
            order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
        elsif wanted = 'late' then
            return query select d.* from app.judicial_desk d
            where d.court_id = court and d.due_at < at
              and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
            order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
        elsif wanted = 'transmitted' then
            return query select d.* from app.judicial_desk d
            where d.court_id = court and d.state = 'transmitted'
              and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
            order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
        elsif wanted = 'returned' then
            return query select d.* from app.judicial_desk d
            where d.court_id = court and d.state = 'returned'
              and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
            order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
        elsif wanted = 'child' then
            return query select d.* from app.judicial_desk d
            where d.court_id = court and d.due_at is not null and d.children_waiting > 0
              and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
            order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
        elsif wanted = 'adult' then
            return query select d.* from app.judicial_desk d
            where d.court_id = court and d.due_at is not null and d.adults_waiting > 0
              and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
            order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
        elsif wanted = 'decided' then
            return query select d.* from app.judicial_desk d
            where d.court_id = court and d.children_waiting = 0 and d.adults_waiting = 0 and d.state not in ('draft', 'withdrawn')
              and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
            order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
        elsif wanted = 'closed' then
            return query select d.* from app.judicial_desk d
            where d.court_id = court and d.state = 'closed'
              and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
            order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
        else
            return query select d.* from app.judicial_desk d
            where d.court_id = court and d.state not in ('draft', 'withdrawn')
              and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
            order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
        end if;
    elsif wanted = 'late' then
        return query select d.* from app.judicial_desk d
        where d.territory_id = place and d.due_at < at
          and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
        order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
    elsif wanted in ('draft', 'transmitted', 'returned') then
        return query select d.* from app.judicial_desk d
        where d.territory_id = place and d.state in ('draft', 'transmitted', 'returned') and d.state = wanted
          and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
        order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
    else
        -- a prefecture has hundreds of them, and most of what is left is in each of these
        return query select d.* from app.judicial_desk d
        where d.territory_id = place and d.state <> 'withdrawn'
          and case wanted
              when 'received' then d.state in ('received', 'under_study')
              when 'child' then d.state not in ('draft', 'closed') and d.children_waiting > 0
              when 'decided' then d.state <> 'draft' and d.children_waiting = 0
              else true end
          and (after_pressing is null or (d.pressing, d.arrived_at, d.id) < (after_pressing, after_at, after_id))
        order by d.pressing desc, d.arrived_at desc, d.id desc limit most;
    end if;
end $$;
grant execute on function app.desk_page to sanad_app;
-- an urgent notice stays until it is acknowledged, and a week
create index disclosure_unread on app.disclosure (to_court) where kind = 'urgent_notice' and acknowledged_at is null;
create index disclosure_unanswered on app.disclosure (territory_id) where kind = 'urgent_notice' and acknowledged_at is null;
