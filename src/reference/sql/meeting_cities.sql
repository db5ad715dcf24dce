insert into plan.meeting_city (meeting, city)
select m.code, city
from jsonb_to_recordset($1) as m(code text, cities text), unnest(string_to_array(m.cities, '|')) as city
on conflict do nothing
