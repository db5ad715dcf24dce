-- Who is found by a name: people some of whose keys (0048) are those of what was typed.

-- People of the prefectures of this session with a name that has a key of every group (at most four; null is none),
-- the youngest records first. With `every` false: of any group, most groups first. The operator that finds keys may not
-- be used by row security's own order of questions, so the function looks through it: it asks `app.my_territories`
-- itself, and hides whom a protected file hides. What is common is bounded: nobody reads the two thousandth Mohamed.
create function app.people_found(a text[], b text[], c text[], d text[], every boolean, at_most integer)
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
             where every and n.keys && first and n.keys && second and n.keys && third and n.keys && fourth limit 2000)
            union all
            (select n.person_id, (n.keys && first)::int + (n.keys && second)::int
                                 + (n.keys && third)::int + (n.keys && fourth)::int
             from app.person_name n
             where not every and n.keys && (first || second || third || fourth) limit 2000)
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
grant execute on function app.people_found to sanad_app;
alter function app.people_found owner to sanad_definer;
