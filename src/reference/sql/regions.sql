insert into ref.territory (id, kind, hcp_code, ar, fr, en, population_2024)
select 100 + r.code::smallint, 'region', r.code, r.ar, r.fr, r.en, r.population_2024
from jsonb_to_recordset($1) as r(code text, ar text, fr text, en text, population_2024 integer)
on conflict (id) do update set ar = excluded.ar, fr = excluded.fr, en = excluded.en,
    population_2024 = excluded.population_2024
