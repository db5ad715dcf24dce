insert into stat.historical_aggregate (code, measure, unit, value, sex, as_of, "precision", source, quote, closes_period)
select a.code, a.measure, a.unit, a.value, a.sex, a.as_of, a."precision", a.source, a.quote, a.closes_period
from jsonb_to_recordset($1) as a(code text, measure text, unit text, value integer, sex text, as_of date,
    "precision" text, source text, quote text, closes_period boolean)
on conflict (code) do update set value = excluded.value, as_of = excluded.as_of, source = excluded.source,
    quote = excluded.quote, closes_period = excluded.closes_period
