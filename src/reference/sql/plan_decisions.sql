insert into plan.decision (code, decided_on, ar, fr, en)
select d.code, d.decided_on, d.ar, d.fr, d.en
from jsonb_to_recordset($1) as d(code text, decided_on date, ar text, fr text, en text)
on conflict (code) do update set decided_on = excluded.decided_on, ar = excluded.ar, fr = excluded.fr, en = excluded.en
