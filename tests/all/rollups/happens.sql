-- Anything that is counted, at any time and in any order: what may be written, and what should never be. Other triggers are off
-- (session_replication_role), so that nothing but the marks follows.
create table public.thing (n serial, kind text, id uuid, beside uuid);
create function public.any_of(what text, nth integer) returns public.thing language sql as $$
    select t from public.thing t where t.kind = what
    order by t.n offset nth % greatest((select count(*) from public.thing t where t.kind = what), 1) limit 1
$$;
-- about the day on which a published total closed the first three cities, and the last months
create function public.some_day(x integer) returns date language sql as $$
    select case when x % 9 = 0 then date '2020-12-13' + x % 5 else (now() at time zone 'Africa/Casablanca')::date - x end
$$;
create function public.moment(on_day date, minutes integer) returns timestamptz language sql as $$
    select least((on_day + make_interval(mins => minutes * 5)) at time zone 'Africa/Casablanca', now())
$$;
-- every difference between what is read from the rollup and what is counted anew, on some days
create function public.differences() returns setof text language sql as $$
    with days as (
        select d.day from unnest(array[date '2020-12-15', '2020-12-17', current_date - 95,
            (date_trunc('month', current_date) - interval '1 day')::date, current_date - 3, current_date]) d (day)),
    kept as (
        select concat_ws(' ', d.day, x.measure, x.territory_id, x.key, x.sex, x.n) as cell from days d, lateral stat.exact_cells(d.day) x),
    anew as (
        select concat_ws(' ', d.day, x.measure, x.territory_id, x.key, x.sex, x.n) as cell from days d, lateral stat.count_anew(d.day) x)
    (select 'kept ' || k.cell from kept k except all select 'kept ' || a.cell from anew a)
    union all
    (select 'anew ' || a.cell from anew a except all select 'anew ' || k.cell from kept k)
$$;

create function public.happens(what integer, a integer, b integer, c integer) returns void language plpgsql as $$
declare
    city constant smallint := 1 + a % 4;
    worker constant uuid := gen_random_uuid();
    one public.thing;
    two public.thing;
    made uuid := gen_random_uuid();
    kin uuid := gen_random_uuid();
begin
    case what % 16
    when 0 then
        insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, nationality, created_by)
        select kin, city, (array['F', 'M', 'U'])[1 + b % 3], x.born, x.born + b, case when x.born is not null then 'declared' end,
               (array['MA', 'SY', null])[1 + a % 3], worker
        from (select case when c % 6 <> 0 then current_date - 400 - c * 25 end as born) x;
        insert into app.identity (id, territory_id) values (made, city);
        insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
        values (gen_random_uuid(), city, kin, made, 'same', worker);
        made := gen_random_uuid();
        insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_at, opened_by, protected_measure_on,
                                   protected_measure_kind)
        select made, 'H-' || made, city, city, kin, public.moment(public.some_day(b), c), worker, x.day,
               case when x.day is not null then 'service' end
        from (select case when c % 3 = 0 then public.some_day(a) end as day) x;
        -- some begin before the day on which the file was opened
        insert into app.case_transition (id, episode_id, case_id, territory_id, to_state, by_user, role, at)
        select gen_random_uuid(), made, f.id, city, 'identified', worker, 'x', f.opened_at - make_interval(hours => case when c % 4 = 0 then 30 else 0 end)
        from app.case_file f where f.id = made;
        insert into public.thing (kind, id, beside) values ('file', made, kin);
    when 1, 2 then
        one := public.any_of('file', a);
        insert into app.case_transition (id, episode_id, case_id, territory_id, to_state, by_user, role, at)
        select made, one.id, one.id, f.territory_id,
               (array['urgent_action', 'registered', 'assessment', 'planning', 'closed'])[1 + c % 5], worker, 'x',
               public.moment(public.some_day(b), c)
        from app.case_file f where f.id = one.id;
    when 3 then
        one := public.any_of('file', a);
        update app.case_file f set protected_measure_on = x.day, protected_measure_kind = case when x.day is not null then 'service' end
        from (select case when c % 5 <> 0 then public.some_day(b) end as day) x where f.id = one.id;
    when 4 then
        one := public.any_of('file', a);
        update app.case_file f set void = case when f.void is null then 'merged' end where f.id = one.id;
    when 5 then
        insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at, author, circumstance, payload_mac)
        values (made, 'H-' || made, city, city, '044210107', 'mosque', public.moment(public.some_day(b), c), worker, 'alone', 'x');
        insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months)
        values (kin, made, city, 1, 'F', 40, 50);
        insert into public.thing (kind, id) values ('seen', kin);
    when 6 then
        one := public.any_of('seen', a);
        if c % 7 = 0 then
            delete from app.contact_outcome o where o.contact_child_id = one.id;
        elsif one.id is not null then
            insert into app.contact_outcome (contact_child_id, territory_id, kind, by_user)
            values (one.id, city, (array['duplicate', 'no_child_found', 'awareness_only'])[1 + c % 3], worker)
            on conflict (contact_child_id) do update set kind = excluded.kind;
        end if;
    when 7 then
        one := public.any_of('file', a);
        insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, delivered_on, recorded_by, payload_mac)
        select made, city, city, (array['medical_consultation', 'literacy', 'school_enrolment'])[1 + b % 3], 'x', x.state,
               public.some_day(b), case x.state when 'delivered' then public.some_day(b) end, worker, 'x'
        from (select case when c % 4 = 0 then 'planned' else 'delivered' end as state) x;
        insert into app.service_beneficiary (service_id, person_id, case_id, territory_id, mother_effect)
        values (made, kin, coalesce(one.id, kin), city, (array[null, 'pending', 'no_procedure'])[1 + c % 3]);
        insert into public.thing (kind, id, beside) values ('service', made, kin);
    when 8 then
        one := public.any_of('service', a);
        if c % 3 = 0 then
            update app.service_beneficiary s set mother_effect = (array[null, 'prosecuted', 'not_prosecuted'])[1 + b % 3]
            where s.service_id = one.id;
        elsif c % 11 = 1 then
            delete from app.service_beneficiary s where s.service_id = one.id;
        else
            update app.service s set state = x.state, delivered_on = case x.state when 'partial' then public.some_day(b) end
            from (select case when c % 2 = 0 then 'partial' else 'cancelled' end as state) x where s.id = one.id;
        end if;
    when 9 then
        one := public.any_of('judicial', a);
        if c % 2 = 0 or one.id is null then
            two := public.any_of('file', a);
            insert into app.judicial_file (id, number, case_id, territory_id, court_id, proposed_court_id, disclosure_id, state,
                                           composed_by, transmitted_at)
            select made, 'H-' || made, two.id, city, 11, 11, made, x.state, worker,
                   case x.state when 'received' then public.moment(public.some_day(b), c) end
            from (select case when b % 4 = 0 then 'withdrawn' else 'received' end as state) x where two.id is not null;
            insert into public.thing (kind, id, beside) select 'judicial', made, kin where two.id is not null;
        else
            update app.judicial_file f set state = 'received', transmitted_at = public.moment(public.some_day(b), c) where f.id = one.id;
        end if;
    when 10 then
        one := public.any_of('judicial', a);
        insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on, recorded_by, supersedes_id)
        select made, f.id, f.case_id, f.territory_id, 11, one.beside, (array['expertise', 'no_measure', 'social_inquiry'])[1 + b % 3],
               public.some_day(b), worker, case when c % 2 = 0 then (
                   select d.id from app.child_decision d where d.file_id = f.id and not exists (
                       select from app.child_decision x where x.supersedes_id = d.id) order by d.id limit 1) end
        from app.judicial_file f where f.id = one.id;
    when 11, 12 then
        one := public.any_of('judicial', a);
        if what % 16 = 12 and c % 9 = 0 then
            delete from app.adult_decision d where d.file_id = one.id and not exists (
                select from app.adult_decision x where x.supersedes_id = d.id);
        else
            insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, offence, decided_on,
                                            recorded_at, recorded_by, supersedes_id)
            select made, f.id, f.case_id, f.territory_id, 11, one.beside, 'x', x.effect,
                   case x.effect when 'prosecuted' then 'x' end, public.some_day(b), now() + make_interval(secs => c), worker,
                   case when c % 3 = 0 then (
                       select d.id from app.adult_decision d where d.file_id = f.id and not exists (
                           select from app.adult_decision y where y.supersedes_id = d.id) order by d.id limit 1) end
            from app.judicial_file f, (select (array['pending', 'prosecuted', 'not_prosecuted'])[1 + b % 3] as effect) x
            where f.id = one.id;
        end if;
    when 13 then
        -- two records become one child, or a record becomes one of its own
        one := public.any_of('file', a);
        two := public.any_of('file', b);
        if one.id is not null and (one.id <> two.id or c % 3 = 0) then
            if c % 3 = 0 then
                insert into app.identity (id, territory_id) values (made, city);
            else
                select l.identity_id into made from app.identity_link l where l.person_id = two.beside and l.verdict = 'same' and l.live;
            end if;
            update app.identity_link l set live = false where l.person_id = one.beside and l.live;
            insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
            values (gen_random_uuid(), city, one.beside, made, 'same', worker);
        end if;
    when 14 then
        one := public.any_of('file', a);
        update app.person p set sex = (array['F', 'M', 'U'])[1 + b % 3], nationality = (array['MA', 'SY', null])[1 + c % 3],
               birth_latest = p.birth_latest + c
        where p.id = one.beside;
    else
        -- another city takes the file; nothing of the past moves
        one := public.any_of('file', a);
        update app.case_file f set territory_id = city where f.id = one.id;
        update app.person p set territory_id = city where p.id = one.beside;
    end case;
end $$;
