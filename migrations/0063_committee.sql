-- The committee reads what was told, and nothing else (decision 0105).

-- A figure rounded to five of a month that was told would narrow what is withheld of it (decision 0102).
drop function stat.figures;
drop function stat.answerable;

-- What was told of one cell, month after month; the country stands under 0.
create index published_cell_of on stat.published_cell (table_code, part, (coalesce(territory_id, 0::smallint)), release);
create index correction_of on stat.correction (table_code, part, (coalesce(territory_id, 0::smallint)), release);

-- Places, city by city (I17), as in 0025 but for what tells of a few children: who is waited for, how long they stay and how
-- many were refused. Places are an institution's, and are told as they are.
drop function stat.shelter(timestamptz);
create function stat.shelter(as_of timestamptz)
returns table (territory_id smallint, institutions bigint, capacity bigint, free bigint, stale bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    return query
    select g.territory_id, count(distinct g.institution_id), sum(g.capacity),
           sum(g.capacity - g.closed - g.others - g.admitted - g.held),
           coalesce(sum(g.capacity) filter (where g.confirmed_at < as_of - interval '7 days'), 0)
    from (
        -- places that closed are as many as children are still there
        select p.territory_id, p.institution_id, p.others, p.admitted, p.held, p.confirmed_at,
               case when p.closed_on <= d.day then p.others + p.admitted + p.held else p.capacity end as capacity,
               case when p.closed_on <= d.day then 0 else p.closed end as closed
        from app.bed_group p, (select (as_of at time zone 'Africa/Casablanca')::date as day) d) g
    group by g.territory_id order by g.territory_id;
end $$;
grant execute on function stat.shelter to sanad_stat;
alter function stat.shelter owner to sanad_definer;
