-- Every foreign key has an index that begins with its columns.
select k.conrelid::regclass || ': no index for ' || k.conname
from pg_constraint k
join pg_class t on t.oid = k.conrelid
where k.contype = 'f' and k.conparentid = 0
  and t.relnamespace::regnamespace::text in ('app', 'sec', 'audit', 'stat', 'plan', 'ref')
  and not exists (
      select from pg_index i
      where i.indrelid = k.conrelid and i.indisvalid and i.indpred is null
        and (select array_agg(x order by x) from unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) x)
          = (select array_agg(x order by x) from unnest(k.conkey) x))
