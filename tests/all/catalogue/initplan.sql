-- A policy asks its function once a statement, as (select app.f()), never once a row; and a policy that
-- reads looks at the row alone, or each row would cost a query. Two forms are let through (decision 0056): a
-- question about one row behind its mark, and whether the one row is seen that this row hangs on.
with expressions as (
    select p.tablename || '.' || p.policyname as name, p.cmd,
           regexp_replace(regexp_replace(regexp_replace(e.text,
               'SELECT app\.\w+\(\) AS \w+', '', 'g'),
               '\(NOT (near_)?protected\) OR (\(NOT app\.hides_(person|contact|service)\(id\)\)|app\.is_mine\(id\))', '', 'g'),
               'SELECT\s+FROM app\.(case_file|person|contact|contact_child|service) (\w)\s+WHERE \(\2\.id = \w+\.\w+_(id|person)\)', '', 'g') as text
    from pg_policies p, lateral (values (p.qual), (p.with_check)) as e (text)
    where p.schemaname in ('app', 'plan') and e.text is not null)
select name || ': calls a function for every row'
from expressions
where text ~ '\w+\.\w+\('
union all
select name || ': a policy for SELECT with a query of its own for every row'
from expressions
where cmd = 'SELECT' and text ~ 'SELECT'
