insert into ref.territory (id, kind, parent_id, hcp_code, file_prefix, ar, fr, en, population_2024)
select t.id, t.kind, 100 + t.region_code::smallint, t.hcp_code, t.file_prefix, t.ar, t.fr, t.en, t.population_2024
from jsonb_to_recordset($1) as t(id smallint, kind text, region_code text, hcp_code text, file_prefix text,
    ar text, fr text, en text, population_2024 integer)
on conflict (id) do update set hcp_code = excluded.hcp_code, ar = excluded.ar, fr = excluded.fr,
    en = excluded.en, population_2024 = excluded.population_2024
