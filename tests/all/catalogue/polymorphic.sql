-- A reference is a foreign key, never a pair such as entity_type and entity_id.
select t.relname || ': ' || kind.attname || ' and ' || id.attname
from pg_class t
join pg_attribute kind on kind.attrelid = t.oid and kind.attname ~ '_(type|kind)$' and not kind.attisdropped
join pg_attribute id on id.attrelid = t.oid and not id.attisdropped
    and id.attname = regexp_replace(kind.attname, '_(type|kind)$', '_id')
where t.relnamespace = 'app'::regnamespace and t.relkind in ('r', 'p')
