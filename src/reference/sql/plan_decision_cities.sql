insert into plan.decision_city (decision, city)
select d.code, city
from jsonb_to_recordset($1) as d(code text, cities text), unnest(string_to_array(d.cities, '|')) as city
on conflict do nothing
