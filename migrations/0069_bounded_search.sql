-- What a search and the look for candidates cost among half a million people (decision 0111). They are measured by the
-- bench of names; what follows is what it found.

-- Whoever shows twenty reads no two thousand: a common name is cut off earlier.
create or replace function app.people_named(whole boolean, a text[], b text[], c text[], d text[]) returns table (id uuid, groups integer)
language sql stable as $$
    (select n.person_id, 4 from app.person_name n
     where whole and n.keys && a and n.keys && b and n.keys && c and n.keys && d limit 1000)
    union all
    (select n.person_id, (n.keys && a)::int + (n.keys && b)::int + (n.keys && c)::int + (n.keys && d)::int
     from app.person_name n
     where not whole and n.keys && (a || b || c || d) limit 600)
$$;

-- As in 0055, but for three things. A part of a name alone is asked for while there is room: where thirty were found by
-- the whole of it or by the mother, the two thousandth who shares one part is no candidate. Of what a question finds the
-- first forty are compared. And the rows are looked up one by one from the few that were found: the planner, which does
-- not know how few, would read the whole prefecture instead.
set local role sanad_definer;
create or replace function app.children_alike(place smallint, asked jsonb) returns table (nth integer, child_id uuid)
language plpgsql stable security definer rows 50 set search_path = pg_catalog
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
#variable_conflict use_column
declare
    w record;
    -- whose question it is, and how many its own have found
    about integer := -1;
    met integer := 0;
    n integer;
begin
    for w in
        select q.nth, q.whose, q.whole, q.mothers, q.sex, q.earliest, q.latest,
               app.keys_in(array[place], q.a) as a, app.keys_in(array[place], coalesce(q.b, q.a)) as b,
               app.keys_in(array[place], coalesce(q.c, q.b, q.a)) as c,
               app.keys_in(array[place], coalesce(q.d, q.c, q.b, q.a)) as d
        from jsonb_to_recordset(asked) as q (nth integer, whose text, whole boolean, mothers uuid[], sex text,
                                             earliest date, latest date, a text[], b text[], c text[], d text[])
        order by q.nth, q.whole desc
    loop
        if w.nth <> about then
            about := w.nth;
            met := 0;
        end if;
        continue when not w.whole and met >= 30;
        return query
        with hit as materialized (
            select h.id, h.groups
            from app.people_named(case when w.whose <> 'record' then w.whole end, w.a, w.b, w.c, w.d) h
        ), mother as (
            select h.id, h.groups from hit h where w.whose = 'mother'
            union all
            select m.id, 4 from unnest(w.mothers) m (id) where w.whose = 'record'
            union all
            select o.person_id, 4 from app.identity_link l
            join app.identity_link o on o.identity_id = l.identity_id and o.verdict = 'same' and o.live
            where w.whose = 'record' and l.person_id = any (w.mothers) and l.verdict = 'same' and l.live
        ), child as (
            select h.id, h.groups from hit h where w.whose = 'child'
            union all
            select r.to_person, m.groups from mother m
            join app.relationship r on r.from_person = m.id and r.territory_id = place
                and r.kind in ('mother', 'mother_unverified') and r.claim <> 'refuted'
        )
        select w.nth, p.id
        from child k
        join app.person p on p.id = k.id and p.territory_id = place
        join app.case_file f on f.child_id = p.id and f.territory_id = place and f.void is null and not f.protected
        where (p.sex = w.sex or 'U' in (p.sex, w.sex))
          and (w.earliest is null or p.birth_earliest is null
               or (p.birth_earliest <= w.latest and p.birth_latest >= w.earliest))
        group by p.id
        order by max(k.groups) desc, p.id desc
        limit 40;
        get diagnostics n = row_count;
        met := met + n;
    end loop;
end $$;

create or replace function app.adults_alike(place smallint, asked jsonb) returns table (nth integer, person_id uuid)
language plpgsql stable security definer rows 50 set search_path = pg_catalog
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
#variable_conflict use_column
declare
    w record;
    -- whose question it is, and how many its own have found
    about integer := -1;
    met integer := 0;
    n integer;
begin
    for w in
        select q.nth, q.whose, q.whole, q.children, q.phones, q.earliest, q.latest,
               app.keys_in(array[place], q.a) as a, app.keys_in(array[place], coalesce(q.b, q.a)) as b,
               app.keys_in(array[place], coalesce(q.c, q.b, q.a)) as c,
               app.keys_in(array[place], coalesce(q.d, q.c, q.b, q.a)) as d
        from jsonb_to_recordset(asked) as q (nth integer, whose text, whole boolean, children uuid[], phones text[],
                                             earliest date, latest date, a text[], b text[], c text[], d text[])
        order by q.nth, q.whole desc
    loop
        if w.nth <> about then
            about := w.nth;
            met := 0;
        end if;
        continue when not w.whole and met >= 30;
        return query
        with hit as materialized (
            select h.id, h.groups
            from app.people_named(case when w.whose <> 'around' then w.whole end, w.a, w.b, w.c, w.d) h
            union all
            select r.from_person, 4
            from unnest(w.children) k (id)
            cross join lateral app.records_of(k.id) o
            join app.relationship r on r.to_person = o.id and r.territory_id = place
                and r.kind in ('mother', 'mother_unverified') and r.claim <> 'refuted'
            union all
            select r.from_person, 4
            from unnest(w.phones) t (print)
            join app.phone_print h on h.territory_id = place and h.print = decode(t.print, 'hex')
            join app.contact_adult a on a.id = h.contact_adult_id
            join app.contact_child s on s.contact_id = a.contact_id
            join app.contact_outcome o on o.contact_child_id = s.id
            join app.case_file c on c.id = o.case_id and c.territory_id = place
            join app.relationship r on r.to_person = c.child_id and r.territory_id = place
                and app.kin(r.kind) = app.kin(a.relation_claimed)
        )
        select w.nth, p.id
        from hit k
        join app.person p on p.id = k.id and p.territory_id = place and p.sex <> 'M' and not p.protected
        where (w.earliest is null or p.birth_earliest is null
               or (p.birth_earliest <= w.latest and p.birth_latest >= w.earliest))
          and exists (select from app.tied_children(place, p.id))
        group by p.id
        order by max(k.groups) desc, p.id desc
        limit 40;
        get diagnostics n = row_count;
        met := met + n;
    end loop;
end $$;

-- As in 0049; a search shows sixty people at most.
create or replace function app.people_found(a text[], b text[], c text[], d text[], every boolean, at_most integer)
returns table (person_id uuid, sex text, birth_earliest date, birth_latest date, birth_basis text, names text[])
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    here constant smallint[] := app.my_territories();
    -- a group that is not there asks what the first one asks
    first constant text[] := app.keys_in(here, a);
    second constant text[] := app.keys_in(here, coalesce(b, a));
    third constant text[] := app.keys_in(here, coalesce(c, b, a));
    fourth constant text[] := app.keys_in(here, coalesce(d, c, b, a));
begin
    if here = '{}' then
        return;
    end if;
    return query
        with hit as materialized (
            (select n.person_id as id, 4 as groups from app.person_name n
             where every and n.keys && first and n.keys && second and n.keys && third and n.keys && fourth limit 600)
            union all
            (select n.person_id, (n.keys && first)::int + (n.keys && second)::int
                                 + (n.keys && third)::int + (n.keys && fourth)::int
             from app.person_name n
             where not every and n.keys && (first || second || third || fourth) limit 600)
        ), best as materialized (
            select h.id, max(h.groups) as groups from hit h
            group by h.id order by max(h.groups) desc, h.id desc limit at_most
        )
        select p.id, p.sex, p.birth_earliest, p.birth_latest, p.birth_basis, w.names
        from best join app.person p on p.id = best.id
        cross join lateral (
            select array_agg(concat_ws(chr(31), n.kind, coalesce(n.given_ar, ''), coalesce(n.family_ar, ''),
                                       coalesce(n.given_la, ''), coalesce(n.family_la, ''))
                             order by array_position(array['civil', 'alias', 'street'], n.kind)) as names
            from app.person_name n where n.person_id = p.id and n.names_enc is null) w
        where p.territory_id = any (here) and (not p.near_protected or not app.hides_person(p.id))
        order by best.groups desc, p.id desc;
end $$;
set local role sanad_owner;

-- As in 0051, with the names asked for in place: a function for them would ask its session anew at each call, three times a
-- child, and that was half of what the look for candidates cost.
create or replace function app.child_facts(place smallint, people uuid[]) returns table (person_id uuid, facts jsonb)
language sql stable rows 20 as $$
    select p.id, jsonb_build_object(
        'person', p.id, 'case', c.id, 'number', c.number, 'opened_at', c.opened_at, 'identity', own.identity_id,
        'sex', p.sex, 'earliest', p.birth_earliest, 'latest', p.birth_latest, 'basis', p.birth_basis,
        'told_at', coalesce(p.changed_at, p.created_at),
        'named_at', greatest(
            (select max(n.named_at) from app.person_name n where n.person_id = p.id and n.territory_id = place),
            (select max(greatest(r.created_at, r.changed_at, n.named_at)) from app.relationship r
             left join app.person_name n on n.person_id = r.from_person and n.territory_id = place
             where r.to_person = p.id and r.territory_id = place and r.kind in ('mother', 'mother_unverified')),
            p.created_at),
        'names', (select coalesce(jsonb_agg(jsonb_build_object(
                      'kind', n.kind, 'given_ar', coalesce(n.given_ar, ''), 'family_ar', coalesce(n.family_ar, ''),
                      'given_la', coalesce(n.given_la, ''), 'family_la', coalesce(n.family_la, ''))
                      order by array_position(array['civil', 'alias', 'street'], n.kind)), '[]')
                  from app.person_name n where n.person_id = p.id and n.names_enc is null),
        'mothers', (select coalesce(jsonb_agg(jsonb_build_object(
                        'person', m.id, 'human', coalesce(l.identity_id, m.id), 'names',
                        (select coalesce(jsonb_agg(jsonb_build_object(
                             'kind', n.kind, 'given_ar', coalesce(n.given_ar, ''), 'family_ar', coalesce(n.family_ar, ''),
                             'given_la', coalesce(n.given_la, ''), 'family_la', coalesce(n.family_la, ''))
                             order by array_position(array['civil', 'alias', 'street'], n.kind)), '[]')
                         from app.person_name n where n.person_id = m.id and n.names_enc is null))), '[]')
                    from app.relationship r
                    join app.person m on m.id = r.from_person and m.territory_id = place
                    left join app.identity_link l on l.person_id = m.id and l.verdict = 'same' and l.live
                    where r.to_person = p.id and r.territory_id = place
                      and r.kind in ('mother', 'mother_unverified') and r.claim <> 'refuted'),
        'siblings', (select coalesce(jsonb_agg(jsonb_build_object(
                         'human', coalesce(l.identity_id, b.id), 'names',
                         (select coalesce(jsonb_agg(jsonb_build_object(
                              'kind', n.kind, 'given_ar', coalesce(n.given_ar, ''), 'family_ar', coalesce(n.family_ar, ''),
                              'given_la', coalesce(n.given_la, ''), 'family_la', coalesce(n.family_la, ''))
                              order by array_position(array['civil', 'alias', 'street'], n.kind)), '[]')
                          from app.person_name n where n.person_id = b.id and n.names_enc is null))), '[]')
                     from (select r.from_person as id from app.relationship r
                           where r.to_person = p.id and r.territory_id = place and r.kind = 'sibling' and r.claim <> 'refuted'
                           union
                           select r.to_person from app.relationship r
                           where r.from_person = p.id and r.territory_id = place and r.kind = 'sibling' and r.claim <> 'refuted'
                           union
                           select o.to_person from app.relationship r
                           join app.relationship o on o.from_person = r.from_person and o.to_person <> p.id
                                and o.territory_id = place and o.kind in ('mother', 'mother_unverified') and o.claim <> 'refuted'
                           where r.to_person = p.id and r.territory_id = place
                             and r.kind in ('mother', 'mother_unverified') and r.claim <> 'refuted'
                           limit 12) k
                     join app.person b on b.id = k.id and b.territory_id = place and not b.protected
                     left join app.identity_link l on l.person_id = b.id and l.verdict = 'same' and l.live),
        'places', (select coalesce(jsonb_agg(distinct k.place_code), '[]')
                   from app.contact_outcome o
                   join app.contact_child w on w.id = o.contact_child_id
                   join app.contact k on k.id = w.contact_id
                   where o.case_id = c.id and o.territory_id = place),
        'signs', (select coalesce(jsonb_agg(distinct jsonb_build_object('sign', s.sign, 'part', s.part)), '[]')
                  from app.distinguishing_sign s
                  where s.person_id = p.id and s.territory_id = place and s.struck_at is null))
    from app.person p
    join app.case_file c on c.child_id = p.id and c.territory_id = place and c.void is null
    left join app.identity_link own on own.person_id = p.id and own.verdict = 'same' and own.live
    where p.id = any (people) and p.territory_id = place
$$;
