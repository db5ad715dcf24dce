insert into stat.historical_scope (aggregate, territory_id)
select a.code, c.territory_id
from jsonb_to_recordset($1) as a(code text, territories text), unnest(string_to_array(a.territories, '|')) as slug
join plan.city c on c.slug = slug
on conflict do nothing
