insert into plan.partner (id, organisation, role, city, since)
select md5('partner of the plan: ' || p.organisation || ' ' || p.role || ' ' || coalesce(p.city, ''))::uuid,
       p.organisation, p.role, p.city, p.since
from jsonb_to_recordset($1) as p(organisation text, role text, city text, since date)
-- what the committee ended or entered itself stands
on conflict do nothing
