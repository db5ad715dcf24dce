insert into ref.place (code, kind, parent_code, territory_id, ar, fr, selectable, population_2024)
select p.code, p.kind, p.parent_code, t.id, p.ar, p.fr, p.selectable, p.population_2024
from jsonb_to_recordset($1) as p(code text, kind text, parent_code text, territory_hcp text, ar text, fr text,
    selectable boolean, population_2024 integer)
join ref.territory t on t.hcp_code = p.territory_hcp and t.kind <> 'region'
on conflict (code) do update set ar = excluded.ar, fr = excluded.fr, selectable = excluded.selectable,
    population_2024 = excluded.population_2024
