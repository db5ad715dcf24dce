insert into plan.meeting (code, kind, held_on, remote, ar, fr, en)
select m.code, m.kind, m.held_on, m.remote, m.ar, m.fr, m.en
from jsonb_to_recordset($1) as m(code text, kind text, held_on date, remote boolean, ar text, fr text, en text)
on conflict (code) do update set held_on = excluded.held_on, remote = excluded.remote,
    ar = excluded.ar, fr = excluded.fr, en = excluded.en
