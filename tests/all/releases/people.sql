-- Children with a protection measure in three cities, over the five months that are over: invented, and nothing else.
insert into sec.app_user (id, username, name_ar, name_la) values (gen_random_uuid(), 'worker', 'x', 'x');
create table public.child (
    n integer, city smallint, ago integer, sex text,
    person uuid default gen_random_uuid(), file uuid default gen_random_uuid()
);
create function public.come() returns trigger language plpgsql as $$
declare
    worker constant uuid := (select id from sec.app_user where username = 'worker');
    born constant date := current_date - 3000 - new.n % 9 * 300;
begin
    insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, nationality, created_by)
    values (new.person, new.city, new.sex, born, born, 'declared', case when new.n % 11 = 0 then 'SY' else 'MA' end, worker);
    insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_by, opened_at, protected_measure_on,
                               protected_measure_kind)
    values (new.file, 'RAB-X-' || new.n, new.city, new.city, new.person, worker, now() - interval '200 days',
            (date_trunc('month', current_date) - make_interval(months => new.ago))::date + new.n % 20, 'service');
    return null;
end $$;
create trigger comes after insert on public.child for each row execute function public.come();
insert into public.child (n, city, ago, sex)
select n, 1 + n % 3, 1 + n / 3 % 5, case when n % 7 < 4 then 'F' else 'M' end from generate_series(1, 240) n;
