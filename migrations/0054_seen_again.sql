-- Where and when a child was met (decision 0096).

-- The days on which the child of a file that this session reads was met in other prefectures: before the file moved
-- from there, or under another record that both sides said to be of the same child (schema D5). The prefecture and the
-- day: neither place, nor file, nor words; and nothing of a file that is protected there.
create function app.met_elsewhere(which uuid)
returns table (territory smallint, on_day date)
language plpgsql stable security definer rows 2 set search_path = pg_catalog as $$
begin
    if not app.reads_file(which) then
        return;
    end if;
    return query
    select k.territory_at, (k.observed_at at time zone 'Africa/Casablanca')::date
    from app.case_file own
    cross join lateral app.records_of(own.child_id) r (id)
    join app.case_file c on c.child_id = r.id and c.void is distinct from 'invalid'
        and case when c.territory_id = own.territory_id then app.reads_file(c.id) else not c.protected end
    join app.contact_outcome o on o.case_id = c.id
    join app.contact_child s on s.id = o.contact_child_id
    join app.contact k on k.id = s.contact_id and k.territory_id <> own.territory_id and k.state = 'triaged'
    where own.id = which
    group by 1, 2
    order by 2, 1;
end $$;
grant execute on function app.met_elsewhere to sanad_app;
alter function app.met_elsewhere owner to sanad_definer;
