insert into stat.historical_scope (aggregate, territory_id)
select a.code, c.territory_id
from jsonb_to_recordset($1) as a(code text, territories text), unnest(string_to_array(a.territories, '|')) as city(name)
join plan.city c on c.slug = city.name
on conflict do nothing
