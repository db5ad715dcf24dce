-- A policy asks its function once a statement, as (select app.f()), never once a row; and a policy that
-- reads looks at the row alone, or each row would cost a query.
with expressions as (
    select p.tablename || '.' || p.policyname as name, p.cmd, e.text
    from pg_policies p, lateral (values (p.qual), (p.with_check)) as e (text)
    where p.schemaname = 'app' and e.text is not null)
select name || ': calls a function for every row'
from expressions
where regexp_replace(text, 'SELECT app\.\w+\(\) AS \w+', '', 'g') ~ '\w+\.\w+\('
union all
select name || ': a policy for SELECT with a query of its own for every row'
from expressions
where cmd = 'SELECT' and regexp_replace(text, 'SELECT app\.\w+\(\) AS \w+', '', 'g') ~ 'SELECT'
