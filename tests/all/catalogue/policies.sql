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
  and not (p.roles = '{sanad_app}' and p.cmd in ('SELECT', 'INSERT', 'UPDATE') and p.permissive = 'PERMISSIVE')
  -- a restrictive one only takes away
  and not (p.roles = '{sanad_app}' and p.cmd in ('SELECT', 'INSERT', 'UPDATE') and p.permissive = 'RESTRICTIVE')
  and not (p.roles = '{sanad_definer}' and p.cmd = 'ALL')
union all
select min(p.tablename) || ': two policies for ' || p.cmd || ' are joined by OR'
from pg_policies p where p.schemaname = 'app' and p.permissive = 'PERMISSIVE' group by p.tablename, p.cmd, p.roles having count(*) > 1
union all
-- what hangs on a file is not written through broken glass
select c.relname || ': can be written in an emergency (' || w.command || ')'
from pg_class c cross join (values ('INSERT'), ('UPDATE')) as w (command)
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('case_id', 'contact_id') and not a.attisdropped)
  and not exists (select from pg_policies p where p.schemaname = 'app' and p.tablename = c.relname
                  and p.cmd = w.command and p.permissive = 'RESTRICTIVE')
  -- written by a court, by functions alone, or by those who care for the child (`app.care_cases`)
  and c.relname not in ('court_act', 'act_attachment', 'court_event', 'court_note', 'judicial_step', 'notice_step', 'child_decision', 'adult_decision', 'adult_decision_offence', 'emergency_access', 'notice',
                        'clinical_note', 'safe_address')
