-- One policy a command for the application, none for DELETE, none for everyone: nothing is deleted.
with wanted (command) as (values ('SELECT'), ('INSERT'), ('UPDATE'))
select c.relname || ': no policy for ' || w.command
from pg_class c cross join wanted w
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
  and not exists (select from pg_policies p where p.schemaname = 'app' and p.tablename = c.relname
                  and p.cmd = w.command and p.roles = '{sanad_app}' and p.permissive = 'PERMISSIVE')
union all
select p.tablename || ': unexpected policy ' || p.policyname || ' for ' || p.cmd || ' to ' || p.roles::text
from pg_policies p
where p.schemaname = 'app'
  and not (p.roles = '{sanad_app}' and p.cmd in ('SELECT', 'INSERT', 'UPDATE'))
  and not (p.roles = '{sanad_definer}' and p.cmd = 'ALL')
union all
select min(p.tablename) || ': two policies for ' || p.cmd || ' are joined by OR'
from pg_policies p where p.schemaname = 'app' group by p.tablename, p.cmd, p.roles having count(*) > 1
