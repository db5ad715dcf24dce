-- A name is found under its keys (docs/names.md): what is left of it when spelling, script and particles are taken
-- away. The application makes them with the name; `method` says with which version, 0 that they are still to be made.
-- Each begins with the prefecture, so that a search costs what the city holds and not what the country does.
alter table app.person_name
    add keys text[] collate "C" not null default '{}',
    add method smallint not null default 0,
    -- a key tells the name: what is sealed has none (decision 0046)
    add constraint person_name_keys check (names_enc is null or keys = '{}');
create index person_name_found on app.person_name using gin (keys) with (fastupdate = off);
create index person_name_unkeyed on app.person_name (method) where names_enc is null;
grant update (keys, method) on app.person_name to sanad_app;

-- Keys follow their name and their prefecture, whoever writes.
create function app.keep_keys() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    if new.names_enc is not null
       or (tg_op = 'UPDATE' and new.keys = old.keys
           and (new.given_ar, new.family_ar, new.given_la, new.family_la)
               is distinct from (old.given_ar, old.family_ar, old.given_la, old.family_la)) then
        new.keys := '{}';
        new.method := 0;
    elsif tg_op = 'UPDATE' and new.territory_id <> old.territory_id then
        new.keys := app.keys_in(array[new.territory_id], array(select substr(k, strpos(k, ':') + 1) from unnest(old.keys) k));
    end if;
    return new;
end $$;

-- The same keys, in each of the prefectures.
create function app.keys_in(places smallint[], keys text[]) returns text[]
language sql immutable set search_path = pg_catalog as
$$ select array(select p || ':' || k from unnest(places) p, unnest(keys) k) $$;
grant execute on function app.keys_in to sanad_app, sanad_job, sanad_definer;

create trigger keeps_keys before insert or update on app.person_name
    for each row execute function app.keep_keys();

-- ——— What has no keys yet ————————————————————————————————————————————————————————————————————————————————————————

-- Names whose keys are missing or of an older method: those of rows that were copied or loaded, and all of them after the
-- method has changed.
create function app.names_without_keys(of_method smallint, at_most integer)
returns table (id uuid, territory_id smallint, given_ar text, family_ar text, given_la text, family_la text)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return query select n.id, n.territory_id, n.given_ar, n.family_ar, n.given_la, n.family_la
                 from app.person_name n where n.names_enc is null and n.method < of_method limit at_most;
end $$;

-- Writes them, unless the name has changed or moved meanwhile: then its row waits for the next turn.
create function app.set_keys(names jsonb, of_method smallint) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
    written integer;
begin
    update app.person_name n set keys = w.keys, method = of_method
    from jsonb_to_recordset(names) as w (id uuid, territory_id smallint, text text, keys text[])
    where n.id = w.id and n.territory_id = w.territory_id and n.names_enc is null
      and w.text = concat_ws(' ', n.given_ar, n.family_ar, n.given_la, n.family_la);
    get diagnostics written = row_count;
    return written;
end $$;
grant execute on function app.names_without_keys, app.set_keys to sanad_job;
alter function app.names_without_keys owner to sanad_definer;
alter function app.set_keys owner to sanad_definer;
