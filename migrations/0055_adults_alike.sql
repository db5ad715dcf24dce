-- Records of one mother (decision 0098): which adults of a prefecture may be one woman, and who joins and parts their records.
-- The link, the decisions on it and the pairs of the queue were always of records and never of children (0005, 0051, 0052);
-- what is here says by what two adults are compared, who is found, and who may decide.

-- All records of one person, for the application: those that row security shows it.
grant execute on function app.records_of to sanad_app;

-- ——— What two adults are compared by ——————————————————————————————————————————————————————————————————————————————

-- Children with an ordinary file whom an adult is said to be related to, in one prefecture. An adult around protected
-- children alone has none, and is nobody's candidate.
create function app.tied_children(place smallint, adult uuid)
returns table (child_id uuid, case_id uuid, number text, kind text)
language sql stable as $$
    select k.id, c.id, c.number, r.kind
    from app.relationship r
    join app.person k on k.id = r.to_person and k.territory_id = place and not k.protected
    join app.case_file c on c.child_id = k.id and c.territory_id = place and c.void is null and not c.protected
    where r.from_person = adult and r.territory_id = place and r.kind <> 'sibling' and r.claim <> 'refuted'
$$;

-- Who says that she is the mother is recorded as the mother: of a contact and of a record, the same is said.
create function app.kin(kind text) returns text
language sql immutable as
$$ select case kind when 'mother_unverified' then 'mother' else kind end $$;

-- What is known of the adults of these records in one prefecture, men apart, as far as whoever asks may read it. Places
-- and telephones are those of the contacts at which the children were met; a telephone is hers if it was told there by who
-- is so related to the child.
create function app.adult_facts(place smallint, people uuid[]) returns table (person_id uuid, facts jsonb)
language sql stable rows 20 as $$
    select p.id, jsonb_build_object(
        'person', p.id, 'case', f.id, 'number', f.number, 'opened_at', p.created_at, 'identity', own.identity_id,
        'sex', p.sex, 'earliest', p.birth_earliest, 'latest', p.birth_latest, 'basis', p.birth_basis,
        'told_at', coalesce(p.changed_at, p.created_at),
        'named_at', greatest(
            (select max(n.named_at) from app.person_name n where n.person_id = p.id and n.territory_id = place),
            (select max(greatest(r.created_at, r.changed_at)) from app.relationship r
             where r.from_person = p.id and r.territory_id = place and r.kind <> 'sibling'),
            p.created_at),
        'names', app.clear_names(p.id), 'mothers', '[]'::jsonb, 'siblings', '[]'::jsonb, 'signs', '[]'::jsonb,
        'children', (select jsonb_agg(jsonb_build_object(
                         'person', t.child_id, 'human', coalesce(l.identity_id, t.child_id), 'case', t.case_id,
                         'number', t.number, 'kind', t.kind, 'names', app.clear_names(t.child_id)) order by t.number)
                     from app.tied_children(place, p.id) t
                     left join app.identity_link l on l.person_id = t.child_id and l.verdict = 'same' and l.live),
        'places', (select coalesce(jsonb_agg(distinct k.place_code), '[]')
                   from app.tied_children(place, p.id) t
                   join app.contact_outcome o on o.case_id = t.case_id and o.territory_id = place
                   join app.contact_child s on s.id = o.contact_child_id
                   join app.contact k on k.id = s.contact_id),
        'phones', (select coalesce(jsonb_agg(distinct encode(h.print, 'hex')), '[]')
                   from app.tied_children(place, p.id) t
                   join app.contact_outcome o on o.case_id = t.case_id and o.territory_id = place
                   join app.contact_child s on s.id = o.contact_child_id
                   join app.contact_adult a on a.contact_id = s.contact_id and app.kin(a.relation_claimed) = app.kin(t.kind)
                   join app.phone_print h on h.contact_adult_id = a.id and h.territory_id = place))
    from app.person p
    left join app.identity_link own on own.person_id = p.id and own.verdict = 'same' and own.live
    -- her own, of a mother who is a child herself
    left join app.case_file f on f.child_id = p.id and f.territory_id = place and f.void is null
    where p.id = any (people) and p.territory_id = place and p.sex <> 'M' and not p.protected
      and exists (select from app.tied_children(place, p.id))
$$;
grant execute on function app.tied_children, app.kin, app.adult_facts to sanad_app, sanad_definer;

-- What somebody is called in one prefecture, and whether she is said or shown to be the mother of a child there: then she has
-- a page among the mothers.
create function app.name_in(place smallint, which uuid)
returns table (given_ar text, family_ar text, given_la text, family_la text)
language sql stable rows 1 as $$
    select n.given_ar, n.family_ar, n.given_la, n.family_la from app.person_name n
    where n.person_id = which and n.territory_id = place
    order by array_position(array['civil', 'alias', 'street'], n.kind) limit 1
$$;
create function app.is_mother_in(place smallint, which uuid) returns boolean
language sql stable as $$
    select exists (select from app.relationship r where r.from_person = which and r.territory_id = place
                   and r.kind = 'mother' and r.claim <> 'refuted')
$$;
grant execute on function app.name_in, app.is_mother_in to sanad_app;

-- A pair of the queue: two files, or two adults of whom one at most has a file of her own. Nothing of a pair that is neither.
create function app.pair_facts(place smallint, a uuid, b uuid) returns table (of_adults boolean, one jsonb, other jsonb)
language sql stable rows 1 as $$
    select false, x.facts, y.facts
    from app.child_facts(place, array[a]) x cross join app.child_facts(place, array[b]) y
    union all
    select true, x.facts, y.facts
    from app.adult_facts(place, array[a]) x cross join app.adult_facts(place, array[b]) y
    where (select count(*) from app.case_file c where c.child_id in (a, b) and c.territory_id = place and c.void is null) < 2
$$;
grant execute on function app.pair_facts to sanad_app;

-- ——— Who is found ———————————————————————————————————————————————————————————————————————————————————————————————

-- People with a name that has a key of every group, or with `whole` false of any, most groups first; null finds nobody.
-- Taken out of 0051, where children alone were looked for by their names and those of their mothers.
create function app.people_named(whole boolean, a text[], b text[], c text[], d text[]) returns table (id uuid, groups integer)
language sql stable as $$
    (select n.person_id, 4 from app.person_name n
     where whole and n.keys && a and n.keys && b and n.keys && c and n.keys && d limit 2000)
    union all
    (select n.person_id, (n.keys && a)::int + (n.keys && b)::int + (n.keys && c)::int + (n.keys && d)::int
     from app.person_name n
     where not whole and n.keys && (a || b || c || d) limit 2000)
$$;
grant execute on function app.people_named to sanad_definer;

set local role sanad_definer;
create or replace function app.children_alike(place smallint, asked jsonb) returns table (nth integer, child_id uuid)
language plpgsql stable security definer rows 50 set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    w record;
begin
    for w in
        select q.nth, q.whose, q.whole, q.mothers, q.sex, q.earliest, q.latest,
               app.keys_in(array[place], q.a) as a, app.keys_in(array[place], coalesce(q.b, q.a)) as b,
               app.keys_in(array[place], coalesce(q.c, q.b, q.a)) as c,
               app.keys_in(array[place], coalesce(q.d, q.c, q.b, q.a)) as d
        from jsonb_to_recordset(asked) as q (nth integer, whose text, whole boolean, mothers uuid[], sex text,
                                             earliest date, latest date, a text[], b text[], c text[], d text[])
    loop
        return query
        with hit as materialized (
            select h.id, h.groups
            from app.people_named(case when w.whose <> 'record' then w.whole end, w.a, w.b, w.c, w.d) h
        ), mother as (
            select h.id, h.groups from hit h where w.whose = 'mother'
            union all
            select m.id, 4 from unnest(w.mothers) m (id) where w.whose = 'record'
            union all
            select o.person_id, 4 from app.identity_link l
            join app.identity_link o on o.identity_id = l.identity_id and o.verdict = 'same' and o.live
            where w.whose = 'record' and l.person_id = any (w.mothers) and l.verdict = 'same' and l.live
        ), child as (
            select h.id, h.groups from hit h where w.whose = 'child'
            union all
            select r.to_person, m.groups from mother m
            join app.relationship r on r.from_person = m.id and r.territory_id = place
                and r.kind in ('mother', 'mother_unverified') and r.claim <> 'refuted'
        )
        select w.nth, p.id
        from child k
        join app.person p on p.id = k.id and p.territory_id = place
        join app.case_file f on f.child_id = p.id and f.territory_id = place and f.void is null and not f.protected
        where (p.sex = w.sex or 'U' in (p.sex, w.sex))
          and (w.earliest is null or p.birth_earliest is null
               or (p.birth_earliest <= w.latest and p.birth_latest >= w.earliest))
        group by p.id
        order by max(k.groups) desc, p.id desc
        limit 60;
    end loop;
end $$;
set local role sanad_owner;

-- Adults of one prefecture, men apart, with a child around who has an ordinary file, for several questions at once: by the
-- keys of a name; or by what is around them (`around`), as whoever is said to be the mother of one of these children, by
-- whichever of its records, or told one of these telephones beside a child. Days of birth as of children.
create function app.adults_alike(place smallint, asked jsonb) returns table (nth integer, person_id uuid)
language plpgsql stable security definer rows 50 set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    w record;
begin
    for w in
        select q.nth, q.whose, q.whole, q.children, q.phones, q.earliest, q.latest,
               app.keys_in(array[place], q.a) as a, app.keys_in(array[place], coalesce(q.b, q.a)) as b,
               app.keys_in(array[place], coalesce(q.c, q.b, q.a)) as c,
               app.keys_in(array[place], coalesce(q.d, q.c, q.b, q.a)) as d
        from jsonb_to_recordset(asked) as q (nth integer, whose text, whole boolean, children uuid[], phones text[],
                                             earliest date, latest date, a text[], b text[], c text[], d text[])
    loop
        return query
        with hit as materialized (
            select h.id, h.groups
            from app.people_named(case when w.whose <> 'around' then w.whole end, w.a, w.b, w.c, w.d) h
            union all
            select r.from_person, 4
            from unnest(w.children) k (id)
            cross join lateral app.records_of(k.id) o
            join app.relationship r on r.to_person = o.id and r.territory_id = place
                and r.kind in ('mother', 'mother_unverified') and r.claim <> 'refuted'
            union all
            select r.from_person, 4
            from unnest(w.phones) t (print)
            join app.phone_print h on h.territory_id = place and h.print = decode(t.print, 'hex')
            join app.contact_adult a on a.id = h.contact_adult_id
            join app.contact_child s on s.contact_id = a.contact_id
            join app.contact_outcome o on o.contact_child_id = s.id
            join app.case_file c on c.id = o.case_id and c.territory_id = place
            join app.relationship r on r.to_person = c.child_id and r.territory_id = place
                and app.kin(r.kind) = app.kin(a.relation_claimed)
        )
        select w.nth, p.id
        from hit k
        join app.person p on p.id = k.id and p.territory_id = place and p.sex <> 'M' and not p.protected
        where (w.earliest is null or p.birth_earliest is null
               or (p.birth_earliest <= w.latest and p.birth_latest >= w.earliest))
          and exists (select from app.tied_children(place, p.id))
        group by p.id
        order by max(k.groups) desc, p.id desc
        limit 60;
    end loop;
end $$;
grant execute on function app.adults_alike to sanad_definer;
alter function app.adults_alike owner to sanad_definer;

-- The same for the supervisor of the prefecture.
create function app.adults_found(place smallint, asked jsonb) returns table (nth integer, person_id uuid)
language plpgsql stable security definer rows 50 set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    if place = any (app.supervised_territories()) then
        return query
        select distinct x.nth, x.person_id from app.adults_alike(place, asked) x
        join app.person p on p.id = x.person_id
        where not p.near_protected or not app.hides_person(p.id);
    end if;
end $$;
grant execute on function app.adults_found to sanad_app;
alter function app.adults_found owner to sanad_definer;

-- For the night's sweep: the adults around some children, and who is found for them.
create function app.sweep_adults(place smallint, children uuid[]) returns table (facts jsonb)
language plpgsql stable security definer rows 50 set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    return query
    select f.facts
    from app.adult_facts(place, array(
        select distinct r.from_person from app.relationship r
        where r.to_person = any (children) and r.territory_id = place and r.kind <> 'sibling' and r.claim <> 'refuted')) f
    order by f.person_id;
end $$;

create function app.sweep_adults_found(place smallint, asked jsonb) returns table (nth integer, facts jsonb)
language plpgsql stable security definer rows 50 set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    return query
    with found as materialized (select distinct x.nth, x.person_id from app.adults_alike(place, asked) x)
    select x.nth, f.facts
    from found x join app.adult_facts(place, array(select distinct person_id from found)) f on f.person_id = x.person_id;
end $$;
grant execute on function app.sweep_adults, app.sweep_adults_found to sanad_job;
alter function app.sweep_adults owner to sanad_definer;
alter function app.sweep_adults_found owner to sanad_definer;

-- ——— Who decides ————————————————————————————————————————————————————————————————————————————————————————————————

-- A record of an adult that this supervisor sees and may write: what was joined of her is taken apart, whatever became of
-- the kinship meanwhile.
create function app.supervised_adult(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (
        select from sec.me() m
        join app.person p on p.id = which and p.territory_id = m.territory_id and not p.protected
            and (not p.near_protected or not app.hides_person(p.id))
        where m.role = 'supervisor' and p.id <> all (app.emergency_persons())
          and exists (select from app.relationship r where r.from_person = p.id and r.kind <> 'sibling'));
end $$;

-- The same, with an ordinary child around: what may be joined.
create function app.joinable_adult(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return app.supervised_adult(which)
       and exists (select from sec.me() m cross join lateral app.tied_children(m.territory_id, which));
end $$;
grant execute on function app.supervised_adult, app.joinable_adult to sanad_definer;
alter function app.supervised_adult owner to sanad_definer;
alter function app.joinable_adult owner to sanad_definer;

-- The functions of 0052, which ask of a record that it is of a child with a file, or now of an adult. Who works on the files
-- of the children around two adults is told, as who works on two files is.
set local role sanad_definer;
create or replace function app.join_records(act uuid, mine uuid, other uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    pair uuid[];
    file uuid;
begin
    select m.user_id, m.territory_id into me from sec.me() m where m.role in ('social_worker', 'supervisor');
    if exists (select from app.identity_act a where a.id = act) then
        return case when exists (select from app.identity_act a where a.id = act and a.person_id = mine and a.beside = other
                                 and a.by_user = me.user_id) then 'already' end;
    end if;
    if me.user_id is null or mine = other
       or not (app.joinable_adult(mine)
               or exists (select from app.case_file c where c.child_id = mine and (app.joinable(c.id)).id is not null))
       or not (app.joinable_adult(other)
               or exists (select from app.case_file c join app.person p on p.id = c.child_id and p.territory_id = c.territory_id
                          where c.child_id = other and c.territory_id = me.territory_id and not c.protected and not p.protected
                            and c.void is distinct from 'invalid'))
       or exists (select from app.person p where p.id in (mine, other) and p.near_protected and app.hides_person(p.id)) then
        return null;
    end if;
    pair := app.hold_identities(mine, other);
    if pair[1] = pair[2] then
        return 'already';
    elsif pair[1] is null or pair[2] is null then
        return null;
    end if;
    insert into app.identity_act (id, territory_id, person_id, kind, beside, by_user)
    values (act, me.territory_id, mine, 'joined', other, me.user_id);
    perform app.put_under(act, pair[1], pair[2]);
    for file in select c.id from app.case_file c where c.child_id in (mine, other) and c.void is null order by c.id loop
        perform app.tell('identity_joined', file, app.leads_of(file, null));
    end loop;
    for file in select distinct t.case_id from unnest(array[mine, other]) a (id)
                cross join lateral app.tied_children(me.territory_id, a.id) t order by t.case_id loop
        perform app.tell('mother_joined', file, app.leads_of(file, null));
    end loop;
    return 'joined';
end $$;

create or replace function app.part_records(act uuid, undone uuid, said text, why bytea, mine uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    was app.identity_act;
    asked app.identity_request;
    pair uuid[];
    one record;
    moved integer;
    live integer;
begin
    select m.user_id, m.role, m.territory_id into me from sec.me() m where m.role in ('social_worker', 'supervisor');
    select * into was from app.identity_act a where a.id = undone and a.kind = 'joined';
    if me.user_id is null or not found then
        return null;
    end if;
    if was.request_id is null then
        pair := array[was.person_id, was.beside];
    else
        select * into asked from app.identity_request r where r.id = was.request_id for update;
        pair := array[(select c.child_id from app.case_file c where c.id = asked.case_id),
                      (select t.person_id from app.identity_target t where t.request_id = asked.id and t.chosen)];
    end if;
    if not (app.supervised_adult(mine)
            or exists (select from app.case_file c where c.child_id = mine and c.territory_id = me.territory_id
                       and (app.joinable(c.id)).id is not null))
       or (mine <> all (pair) and app.identity_of(mine) is distinct from app.identity_of(pair[1]))
       or (was.request_id is not null and me.role <> 'supervisor') then
        return null;
    end if;
    perform from app.identity i
    where i.id in (select x.identity_id from app.identity_link l join app.identity_link x on x.id in (l.id, l.supersedes_id)
                   where l.act_id = undone)
    order by i.id for update;
    if exists (select from app.identity_act a where a.undoes = undone) then
        return 'already';
    end if;
    select count(*) filter (where l.restores_id is null), count(*) filter (where l.live) into moved, live
    from app.identity_link l where l.act_id = undone and l.verdict = 'same';
    if live < moved then
        return 'later';
    end if;
    insert into app.identity_act (id, territory_id, person_id, kind, beside, undoes, verdict, why_enc, request_id, by_user)
    values (act, me.territory_id, mine, 'parted',
            case when was.request_id is null then case mine when was.person_id then was.beside else was.person_id end end,
            undone, said, case when was.request_id is null then why end, was.request_id, me.user_id);
    for one in
        update app.identity_link l set live = false where l.act_id = undone and l.verdict = 'same' and l.live
        returning l.id, l.person_id, l.territory_id, coalesce(l.restores_id, l.id) as first
    loop
        -- what stood before the decision, as it was when it first stood there
        insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, supersedes_id, act_id, restores_id)
        select gen_random_uuid(), one.territory_id, one.person_id, b.identity_id, 'same', me.user_id, one.id, b.act_id,
               coalesce(b.restores_id, b.id)
        from app.identity_link f join app.identity_link b on b.id = f.supersedes_id where f.id = one.first;
    end loop;
    -- said of each of the two, where the search for duplicates looks
    insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, act_id)
    select gen_random_uuid(), p.territory_id, p.id, app.identity_of(o.id), said, me.user_id, act
    from app.person p join app.person o on o.id = any (pair) and o.id <> p.id
    where p.id = any (pair) and app.identity_of(o.id) <> app.identity_of(p.id);
    if was.request_id is not null then
        update app.identity_request r set state = 'ended', ended_by = me.user_id, ended_at = now(), end_enc = why
        where r.id = was.request_id;
        perform app.tell('identity_ended', asked.case_id,
            app.leads_of(asked.case_id, asked.asked_by) || app.supervisors_of(asked.to_territory)
            || app.supervisors_of(asked.territory_id));
    else
        for one in select c.id from app.case_file c where c.child_id = any (pair) and c.void is null order by c.id loop
            perform app.tell('identity_parted', one.id, app.leads_of(one.id, null));
        end loop;
        for one in select distinct t.case_id as id from unnest(pair) a (id)
                   cross join lateral app.tied_children(me.territory_id, a.id) t order by t.case_id loop
            perform app.tell('mother_parted', one.id, app.leads_of(one.id, null));
        end loop;
    end if;
    return 'parted';
end $$;

-- The decisions on the identity of the child of a file, or of an adult, the newest first: those on that record, and those that
-- put others under the identity it has now; with the other record, where it is of this prefecture and not hidden. Of another
-- city, that it was one, and which.
drop function app.identity_history(uuid);
set local role sanad_owner;
create function app.identity_history(which uuid)
returns table (act uuid, kind text, at timestamptz, by_user uuid, other uuid, number text, territory smallint, request uuid,
               verdict text, holder uuid, why bytea, undone boolean, open boolean)
language plpgsql stable security definer rows 5 set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    place constant smallint := (select m.territory_id from sec.me() m where m.role in ('social_worker', 'supervisor'));
    own uuid;
begin
    if app.reads_file(which) then
        select c.child_id into own from app.case_file c where c.id = which;
    elsif app.supervised_adult(which) then
        own := which;
    else
        return;
    end if;
    return query
    select a.id, a.kind, a.at, a.by_user,
           (select p.id from app.person p
            where p.id = x.beside and a.request_id is null and p.territory_id = place
              and (not p.near_protected or not app.hides_person(p.id))),
           (select c.number from app.case_file c
            where c.child_id = x.beside and a.request_id is null and c.territory_id = place and app.hidden_among(array[c.id]) = '{}'
            order by c.void nulls first, c.id limit 1),
           case when r.territory_id = place then r.to_territory else r.territory_id end, a.request_id, a.verdict,
           case when a.territory_id = place and a.why_enc is not null then a.person_id end,
           case when a.territory_id = place then a.why_enc end,
           exists (select from app.identity_act u where u.undoes = a.id),
           a.kind = 'joined' and not exists (select from app.identity_act u where u.undoes = a.id)
               and not exists (
                   select from app.identity_link l
                   where l.act_id = a.id and l.verdict = 'same' and l.restores_id is null and not exists (
                       select from app.identity_link x
                       where x.act_id = a.id and x.person_id = l.person_id and x.verdict = 'same' and x.live))
    from app.identity_act a left join app.identity_request r on r.id = a.request_id
    cross join lateral (
        select nullif(case when a.beside = own then a.person_id else coalesce(a.beside, a.person_id) end, own) as beside) x
    cross join (select array(
        select l.act_id from app.identity_link l where l.person_id = own and l.act_id is not null
        union
        select l.act_id from app.identity_link l
        where l.identity_id = app.identity_of(own) and l.verdict = 'same' and l.live and l.act_id is not null
        union
        select x.id from app.identity_act x where x.person_id = own
        union
        select x.id from app.identity_act x where x.beside = own) as ids) known
    where a.id = any (known.ids) or a.undoes = any (known.ids)
    order by a.at desc, a.id desc limit 50;
end $$;
grant execute on function app.identity_history to sanad_app;
alter function app.identity_history owner to sanad_definer;
