-- What is found out, put right and moved after some months were told.
insert into public.child (n, city, ago, sex) select 1000 + n, 1, 4, 'F' from generate_series(1, 9) n;
update app.case_file set protected_measure_on = null, protected_measure_kind = null
where id in (select file from public.child where ago = 5 and city = 2 order by n limit 6);
update app.person p set sex = 'M' from public.child c where c.person = p.id and c.city = 3 and c.sex = 'F' and c.n % 2 = 0;
update app.case_file f set protected_measure_on = f.protected_measure_on - 31
from public.child c where c.file = f.id and c.n % 13 = 0;
update app.case_file f set territory_id = 4 from public.child c where c.file = f.id and c.n % 5 = 0;
