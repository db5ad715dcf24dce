insert into plan.city (slug, territory_id, phase, ar, fr, en, launched_on, first_meeting_on, status)
select c.slug, c.territory_id, c.phase, c.ar, c.fr, c.en, c.launched_on, c.first_meeting_on, c.status
from jsonb_to_recordset($1) as c(slug text, territory_id smallint, phase text, ar text, fr text, en text,
    launched_on date, first_meeting_on date, status text)
-- where a city stands is the committee's word from then on: a file that is loaded again moves nothing
on conflict (slug) do update set ar = excluded.ar, fr = excluded.fr, en = excluded.en,
    launched_on = coalesce(excluded.launched_on, city.launched_on),
    first_meeting_on = coalesce(excluded.first_meeting_on, city.first_meeting_on)
