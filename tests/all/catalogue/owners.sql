-- Everything belongs to a role that nobody signs in as.
with things as (
    select n.nspname as name, n.nspowner as owner from pg_namespace n
    where n.nspname in ('app', 'sec', 'audit', 'stat', 'plan', 'ref')
    union all
    select c.oid::regclass::text, c.relowner from pg_class c
    where c.relnamespace::regnamespace::text in ('app', 'sec', 'audit', 'stat', 'plan', 'ref')
    union all
    select p.oid::regprocedure::text, p.proowner from pg_proc p
    where p.pronamespace::regnamespace::text in ('app', 'sec', 'audit', 'stat', 'plan', 'ref'))
select things.name || ': belongs to ' || owner::regrole
from things where owner::regrole::text not in ('sanad_owner', 'sanad_definer')
union all
select rolname || ': can sign in' from pg_roles where rolname in ('sanad_owner', 'sanad_definer') and rolcanlogin
