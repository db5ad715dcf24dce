-- Families (decision 0096): from when to when two people are related, and what the children around an adult tell:
-- an indicator that calls for checking, and never a verdict.

-- Empty is unknown, or goes on. What has not happened yet is not written down; a day more, for a clock that is ahead.
alter table app.relationship
    add since date,
    add until date,
    add constraint relationship_order check (since <= until),
    add constraint relationship_past check (
        greatest(since, until) <= (coalesce(changed_at, created_at) at time zone 'Africa/Casablanca')::date + 1);
grant update (since, until) on app.relationship to sanad_app;

-- The adults of a prefecture, for the list of its supervisor.
create index relationship_adults on app.relationship (territory_id, from_person)
    where claim <> 'refuted' and kind <> 'sibling';

-- What is known of these adults, those of this prefecture alone of whom something is to be said:
--   other_mothers      related to children of two different mothers; she may be one of them. A father whom a document
--                      proves is not asked about the mothers of his own;
--   several_children   three children and more, or two who were met for the first time at two contacts. Those whom a
--                      document proves to be the adult's own do not count;
--   elsewhere          another record of the same person stands in another prefecture beside a child with a file.
-- It tells of no child, contact or person that this session does not see. Of another prefecture it says that there
-- is something, and to the supervisor which one (P10); a protected file there says nothing.
create function app.family_signs(people uuid[])
returns table (person_id uuid, other_mothers boolean, several_children boolean, elsewhere boolean,
               children integer, mothers integer, meetings integer, cities smallint[])
language plpgsql stable security definer rows 3 set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    me record;
begin
    select m.role, m.territory_id into me from sec.me() m where m.role in ('social_worker', 'supervisor');
    if me.role is null then
        return;
    end if;
    return query
    with wanted as (
        select distinct p.id
        from unnest(people) w (id) join app.person p on p.id = w.id
        where p.territory_id = me.territory_id and (not p.near_protected or not app.hides_person(p.id))
    ), entry as materialized (
        select w.id as adult, a.id, o.territory_id
        from wanted w cross join lateral app.records_of(w.id) a (id) join app.person o on o.id = a.id
    ), tie as materialized (
        -- one for each child, its best proved: of two records of one child, too
        select distinct on (r.adult, app.human_of(k.id)) r.adult, k.id as child, app.human_of(k.id) as human, t.kind,
               t.claim = 'verified' and t.kind in ('mother', 'father') as own,
               t.claim = 'verified' and t.kind = 'father' as fathered
        from entry r
        join app.relationship t on t.from_person = r.id and t.territory_id = me.territory_id
            and t.claim <> 'refuted' and t.kind <> 'sibling'
        join app.person k on k.id = t.to_person and (not k.near_protected or not app.hides_person(k.id))
        where r.territory_id = me.territory_id
        order by r.adult, app.human_of(k.id), t.claim = 'verified' desc, k.id
    ), woman as (
        select t.adult, count(distinct m.human) as n
        from tie t
        cross join lateral (
            select app.human_of(x.from_person) as human
            from app.relationship x
            where x.to_person = t.child and x.kind in ('mother', 'mother_unverified') and x.claim <> 'refuted'
            order by x.claim = 'verified' desc, x.created_at, x.id limit 1) m
        where not t.fathered
        group by t.adult
    ), met as (
        -- the contact at which each of the others was first met
        select distinct on (t.adult, t.human) t.adult, k.id as contact
        from tie t
        join app.case_file c on c.child_id = t.child and c.void is null
        join app.contact_outcome o on o.case_id = c.id
        join app.contact_child s on s.id = o.contact_child_id
        join app.contact k on k.id = s.contact_id and k.territory_id = me.territory_id
            and (not k.near_protected or not app.hides_contact(k.id))
        where not t.own
        order by t.adult, t.human, k.observed_at, k.id
    ), known as (
        select w.id as adult,
               (select count(*) from tie t where t.adult = w.id and not t.own)::integer as children,
               coalesce((select n from woman o where o.adult = w.id), 0)::integer as mothers,
               (select count(distinct contact) from met where met.adult = w.id)::integer as meetings,
               array(select distinct r.territory_id from entry r
                     where r.adult = w.id and r.territory_id <> me.territory_id
                       and exists (select from app.relationship t
                                   join app.case_file c on c.child_id = t.to_person and c.void is null and not c.protected
                                   where t.from_person = r.id and t.claim <> 'refuted')
                     order by r.territory_id) as cities
        from wanted w
    ), judged as (
        select k.*, k.mothers >= 2 as other_mothers,
               k.children >= 3 or (k.children >= 2 and k.meetings >= 2) as several_children,
               k.cities <> '{}' as elsewhere
        from known k
    )
    select j.adult, j.other_mothers, j.several_children, j.elsewhere, j.children, j.mothers, j.meetings,
           case when me.role = 'supervisor' then j.cities else '{}' end
    from judged j
    where j.other_mothers or j.several_children or j.elsewhere;
end $$;
grant execute on function app.family_signs to sanad_app, sanad_definer;
alter function app.family_signs owner to sanad_definer;

-- The adults of the supervisor's prefecture of whom something is to be said, newest record first. They are looked at
-- some hundreds at a time, until there is a page of them; of several records of one person the oldest stands for all.
create function app.family_alerts(before timestamptz, before_id uuid, most integer)
returns table (person_id uuid, other_mothers boolean, several_children boolean, elsewhere boolean,
               children integer, mothers integer, meetings integer, cities smallint[])
language plpgsql stable security definer rows 26 set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    here constant smallint := (select m.territory_id from sec.me() m where m.role = 'supervisor');
    step constant integer := 300;
    around uuid[];
    shown integer := 0;
    added integer;
begin
    if here is null then
        return;
    end if;
    around := array(
        select p.id
        from (select r.from_person as id from app.relationship r
              where r.territory_id = here and r.claim <> 'refuted' and r.kind <> 'sibling'
              group by r.from_person having count(*) > 1
              union
              select l.person_id from app.identity_link l
              join app.identity_link o on o.identity_id = l.identity_id and o.verdict = 'same' and o.live and o.person_id <> l.person_id
              where l.territory_id = here and l.verdict = 'same' and l.live) a
        join app.person p on p.id = a.id and p.territory_id = here
        where before is null or (p.created_at, p.id) < (before, before_id)
        order by p.created_at desc, p.id desc);
    for nth in 1 .. cardinality(around) by step loop
        return query
        select s.* from app.family_signs(around[nth:nth + step - 1]) s
        where s.person_id = (select r.id from app.records_of(s.person_id) r join app.person o on o.id = r.id
                             where o.territory_id = here order by o.created_at, o.id limit 1);
        get diagnostics added = row_count;
        shown := shown + added;
        exit when shown >= most;
    end loop;
end $$;
grant execute on function app.family_alerts to sanad_app;
alter function app.family_alerts owner to sanad_definer;

-- By these somebody reads of a person, too: the list goes on where 0019 began it.
do $$
begin
    execute format('create or replace function audit.readings() returns text[] language sql immutable
                    set search_path = pg_catalog as %L',
                   format('select %L::text[]', audit.readings() || array['family.opened', 'seen.opened']));
end $$;
