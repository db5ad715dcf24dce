-- Every row of app says where it belongs, and a row that hangs on another belongs where that one does.
select c.relname || ': no territory_id smallint not null'
from pg_class c
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
  and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'territory_id'
                  and a.atttypid = 'smallint'::regtype and a.attnotnull)
union all
-- text with a check, not an enum: comparing enums is not leakproof, and indexes would go unused
select c.relname || '.' || a.attname || ': an enum'
from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
where c.relnamespace = 'app'::regnamespace and t.typtype = 'e'
union all
select c.relname || ': no primary key'
from pg_class c
where c.relnamespace::regnamespace::text in ('app', 'sec', 'audit', 'plan', 'ref') and c.relkind in ('r', 'p')
  and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'x'))
