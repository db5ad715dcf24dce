insert into ref.jurisdiction (court_id, territory_id, place_code)
select j.court_id, j.territory_id, j.place_code
from jsonb_to_recordset($1) as j(court_id smallint, territory_id smallint, place_code text)
where not exists (
    select from ref.jurisdiction old
    where old.territory_id = j.territory_id and old.place_code is not distinct from j.place_code)
