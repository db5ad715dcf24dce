-- Three months that were told: of Rabat (1), Salé (2), their region, and the country; one figure is under five, one is not
-- told, and one has been put right.
insert into stat.release (number, as_of, method, sha256, computed_at)
select n, (date '2026-07-31' + make_interval(months => n))::date, 1, sha256('none'), timestamptz '2026-08-05 04:10+01' + make_interval(months => n)
from generate_series(0, 2) n;
update ref.territory set ar = '=cmd|'' /C calc''!A0', fr = '=HYPERLINK("http://evil.example","x")', en = '@SUM(1+1)' where id = 1;
with region as (select parent_id as id from ref.territory where id = 1),
     places (place, share) as (values (null::smallint, 3), ((select id from region), 3), (1::smallint, 2))
insert into stat.published_cell (release, table_code, territory_id, part, mark, n)
select r.number, x.table_code, p.place, x.part, 'shown', x.n * p.share + r.number * p.share * 5
from stat.release r, places p, (values ('children', '', 20), ('contacts', '', 40), ('referrals', '', 10)) as x (table_code, part, n)
union all
select r.number, 'children_by_sex', p.place, x.part, 'shown', x.n * p.share + case x.part when 'F' then r.number * p.share * 5 else 0 end
from stat.release r, places p, (values ('F', 12), ('M', 8), ('U', 0)) as x (part, n)
union all
-- nothing at all is counted in 3
select r.number, x.table_code, 3::smallint, x.part, 'shown', 0
from stat.release r, (values ('children', ''), ('children_by_sex', 'F'), ('children_by_sex', 'M'), ('children_by_sex', 'U')) as x (table_code, part)
union all
select r.number, 'children', 2::smallint, '', case r.number when 0 then 'shown' else 'withheld' end, case r.number when 0 then 17 end
from stat.release r
union all
select r.number, 'children_by_sex', 2::smallint, x.part, x.mark, null
from stat.release r, (values ('F', 'withheld'), ('M', 'few'), ('U', 'withheld')) as x (part, mark);
insert into stat.correction (told_by, release, table_code, territory_id, part, was, becomes)
values (2, 0, 'children', null, '', 60, 71);
insert into stat.published_median (release, indicator, territory_id, part, n_mark, median_days, p90_days)
values (2, 'I6', null, '', '50', 9, 31), (2, 'I6', (select parent_id from ref.territory where id = 1), '', '10', 12, null);
-- their fingerprints, as decision 0102 writes them
alter table stat.release disable trigger is_final;
update stat.release r set sha256 = sha256(convert_to(
    concat_ws(chr(9), 'release', r.as_of, r.method) || chr(10) || (
        select string_agg(line || chr(10), '' order by line collate "C") from (
            select concat_ws(chr(9), 'cell', c.table_code, coalesce(c.territory_id::text, '*'), c.part, coalesce(c.n::text, c.mark)) as line
            from stat.published_cell c where c.release = r.number
            union all
            select concat_ws(chr(9), 'correction', c.release, c.table_code, coalesce(c.territory_id::text, '*'), c.part, c.was, c.becomes)
            from stat.correction c where c.told_by = r.number
            union all
            select concat_ws(chr(9), 'median', m.indicator, coalesce(m.territory_id::text, '*'), m.part, m.n_mark, m.median_days,
                             coalesce(m.p90_days::text, ''))
            from stat.published_median m where m.release = r.number) l), 'UTF8'));
alter table stat.release enable trigger is_final;
