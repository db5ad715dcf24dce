-- Nobody but the owner can delete or empty a table, nor hang a trigger or a foreign key on it, which see
-- around row security.
select c.oid::regclass || ': ' || a.privilege_type || ' granted to ' || coalesce(nullif(a.grantee, 0)::regrole::text, 'everyone')
from pg_class c, lateral aclexplode(c.relacl) a
where c.relnamespace::regnamespace::text in ('app', 'sec', 'audit', 'stat', 'plan', 'ref')
  and c.relkind in ('r', 'p', 'v') and a.grantee <> c.relowner
  and a.privilege_type in ('DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER')
