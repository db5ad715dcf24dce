-- Files that may be about one child (decision 0095): what they are compared by, what the nightly sweep found, and what
-- the supervisor is asked.

-- ——— Distinguishing signs ———————————————————————————————————————————————————————————————————————————————————————

call ref.create_list('body_sign');
call ref.create_list('body_part');

-- What a child without papers is known again by: what anybody sees of a dressed child, and nothing else. Never edited: a
-- wrong one is struck, with why.
create table app.distinguishing_sign (
    id uuid primary key,
    person_id uuid not null,
    territory_id smallint not null,
    sign text not null references ref.body_sign,
    part text not null references ref.body_part,
    note_enc bytea,
    recorded_by uuid not null references sec.app_user,
    recorded_at timestamptz not null default now(),
    struck_by uuid references sec.app_user,
    struck_at timestamptz,
    struck_why_enc bytea,
    constraint distinguishing_sign_struck_whole check (num_nulls(struck_by, struck_at, struck_why_enc) in (0, 3)),
    foreign key (person_id, territory_id) references app.person (id, territory_id) on update cascade
);
create index on app.distinguishing_sign (person_id, territory_id);
create index on app.distinguishing_sign (sign);
create index on app.distinguishing_sign (part);
create index on app.distinguishing_sign (recorded_by);
create index on app.distinguishing_sign (struck_by);
-- as the child
call app.protect('app.distinguishing_sign',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)');
call app.read_only_in_emergency('app.distinguishing_sign', 'person_id <> all ((select app.emergency_persons())::uuid[])');
grant update (struck_by, struck_at, struck_why_enc) on app.distinguishing_sign to sanad_app;

-- ——— What two records are compared by ———————————————————————————————————————————————————————————————————————————

-- Since when a name is what it is: two that were told apart are compared again when one of them is called otherwise.
alter table app.person_name add named_at timestamptz not null default now();
create function app.keep_named_at() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    new.named_at := now();
    return new;
end $$;
create trigger keeps_named_at before update of given_ar, family_ar, given_la, family_la on app.person_name
    for each row when ((new.given_ar, new.family_ar, new.given_la, new.family_la)
                       is distinct from (old.given_ar, old.family_ar, old.given_la, old.family_la))
    execute function app.keep_named_at();

-- The last word on two records, whichever of the two it was said of.
create function app.said_of(one uuid, other uuid) returns table (verdict text, said_by uuid, at timestamptz)
language sql stable as $$
    select v.verdict, v.decided_by, v.at
    from (values (one, other), (other, one)) as two (person, beside)
    join app.identity_link l on l.person_id = two.beside and l.verdict = 'same' and l.live
    join app.identity_link v on v.person_id = two.person and v.identity_id = l.identity_id and v.live
    order by v.at desc, v.id desc limit 1
$$;

-- The names of somebody that lie in clear.
create function app.clear_names(which uuid) returns jsonb
language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'kind', n.kind, 'given_ar', coalesce(n.given_ar, ''), 'family_ar', coalesce(n.family_ar, ''),
               'given_la', coalesce(n.given_la, ''), 'family_la', coalesce(n.family_la, ''))
               order by array_position(array['civil', 'alias', 'street'], n.kind)), '[]')
    from app.person_name n where n.person_id = which and n.names_enc is null
$$;

-- What is known of the children of these records in one prefecture, as far as whoever asks may read it. Of a protected
-- brother or sister nothing.
create function app.child_facts(place smallint, people uuid[]) returns table (person_id uuid, facts jsonb)
language sql stable rows 20 as $$
    select p.id, jsonb_build_object(
        'person', p.id, 'case', c.id, 'number', c.number, 'opened_at', c.opened_at, 'identity', own.identity_id,
        'sex', p.sex, 'earliest', p.birth_earliest, 'latest', p.birth_latest, 'basis', p.birth_basis,
        'told_at', coalesce(p.changed_at, p.created_at),
        'named_at', greatest(
            (select max(n.named_at) from app.person_name n where n.person_id = p.id and n.territory_id = place),
            (select max(greatest(r.created_at, r.changed_at, n.named_at)) from app.relationship r
             left join app.person_name n on n.person_id = r.from_person and n.territory_id = place
             where r.to_person = p.id and r.territory_id = place and r.kind in ('mother', 'mother_unverified')),
            p.created_at),
        'names', app.clear_names(p.id),
        'mothers', (select coalesce(jsonb_agg(jsonb_build_object(
                        'person', m.id, 'human', coalesce(l.identity_id, m.id), 'names', app.clear_names(m.id))), '[]')
                    from app.relationship r
                    join app.person m on m.id = r.from_person and m.territory_id = place
                    left join app.identity_link l on l.person_id = m.id and l.verdict = 'same' and l.live
                    where r.to_person = p.id and r.territory_id = place
                      and r.kind in ('mother', 'mother_unverified') and r.claim <> 'refuted'),
        'siblings', (select coalesce(jsonb_agg(jsonb_build_object(
                         'human', coalesce(l.identity_id, b.id), 'names', app.clear_names(b.id))), '[]')
                     from (select r.from_person as id from app.relationship r
                           where r.to_person = p.id and r.territory_id = place and r.kind = 'sibling' and r.claim <> 'refuted'
                           union
                           select r.to_person from app.relationship r
                           where r.from_person = p.id and r.territory_id = place and r.kind = 'sibling' and r.claim <> 'refuted'
                           union
                           select o.to_person from app.relationship r
                           join app.relationship o on o.from_person = r.from_person and o.to_person <> p.id
                                and o.territory_id = place and o.kind in ('mother', 'mother_unverified') and o.claim <> 'refuted'
                           where r.to_person = p.id and r.territory_id = place
                             and r.kind in ('mother', 'mother_unverified') and r.claim <> 'refuted'
                           limit 12) k
                     join app.person b on b.id = k.id and b.territory_id = place and not b.protected
                     left join app.identity_link l on l.person_id = b.id and l.verdict = 'same' and l.live),
        'places', (select coalesce(jsonb_agg(distinct k.place_code), '[]')
                   from app.contact_outcome o
                   join app.contact_child w on w.id = o.contact_child_id
                   join app.contact k on k.id = w.contact_id
                   where o.case_id = c.id and o.territory_id = place),
        'signs', (select coalesce(jsonb_agg(distinct jsonb_build_object('sign', s.sign, 'part', s.part)), '[]')
                  from app.distinguishing_sign s
                  where s.person_id = p.id and s.territory_id = place and s.struck_at is null))
    from app.person p
    join app.case_file c on c.child_id = p.id and c.territory_id = place and c.void is null
    left join app.identity_link own on own.person_id = p.id and own.verdict = 'same' and own.live
    where p.id = any (people) and p.territory_id = place
$$;
grant execute on function app.said_of, app.clear_names, app.child_facts to sanad_app, sanad_definer;

-- ——— Who is found ———————————————————————————————————————————————————————————————————————————————————————————————

-- Children of one prefecture with a file that is not protected, for several questions at once. A question names the
-- child or the mother by groups of keys (0048), of which one of each is there, or with `whole` false of any; or the
-- mother by her record. Sex and day of birth are asked before what is common is cut off.
create function app.children_alike(place smallint, asked jsonb) returns table (nth integer, child_id uuid)
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
            (select n.person_id as id, 4 as groups from app.person_name n
             where w.whose <> 'record' and w.whole and n.keys && w.a and n.keys && w.b and n.keys && w.c and n.keys && w.d
             limit 2000)
            union all
            (select n.person_id, (n.keys && w.a)::int + (n.keys && w.b)::int + (n.keys && w.c)::int + (n.keys && w.d)::int
             from app.person_name n
             where w.whose <> 'record' and not w.whole and n.keys && (w.a || w.b || w.c || w.d) limit 2000)
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
grant execute on function app.children_alike to sanad_definer;
alter function app.children_alike owner to sanad_definer;

-- The same for a session: of its own prefecture, and nobody whom a protected file hides.
create function app.children_found(place smallint, asked jsonb) returns table (nth integer, child_id uuid)
language plpgsql stable security definer rows 50 set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    if place = any (app.my_territories()) then
        return query
        select distinct x.nth, x.child_id from app.children_alike(place, asked) x
        join app.person p on p.id = x.child_id
        where not p.near_protected or not app.hides_person(p.id);
    end if;
end $$;
grant execute on function app.children_found to sanad_app;
alter function app.children_found owner to sanad_definer;

-- ——— What the sweep found ———————————————————————————————————————————————————————————————————————————————————————

-- Two children of one prefecture who may be one, for the supervisor. What was said of them is a link (0005).
create table app.duplicate_pair (
    id uuid primary key default gen_random_uuid(),
    one_person uuid not null,
    other_person uuid not null references app.person,
    territory_id smallint not null,
    score smallint not null constraint duplicate_pair_score_check check (score between 0 and 100),
    -- codes of what speaks for it and against it
    reasons text[] not null,
    found_at timestamptz not null,
    state text not null default 'open' constraint duplicate_pair_state_check check (state in ('open', 'answered')),
    answered_by uuid references sec.app_user,
    answered_at timestamptz,
    constraint duplicate_pair_once unique (one_person, other_person),
    constraint duplicate_pair_order check (one_person < other_person),
    constraint duplicate_pair_answered_whole check ((state = 'answered') = (answered_at is not null)
        and (answered_by is null) = (answered_at is null)),
    foreign key (one_person, territory_id) references app.person (id, territory_id) on update cascade
);
create index on app.duplicate_pair (one_person, territory_id);
create index on app.duplicate_pair (other_person);
create index on app.duplicate_pair (answered_by);
create index duplicate_pair_queue on app.duplicate_pair (territory_id, score desc, id desc) where state = 'open';
-- Who sees both children: a file that was protected meanwhile, or moved to another city, takes its pair away.
call app.protect('app.duplicate_pair',
    'territory_id = any ((select app.supervised_territories())::smallint[])
        and exists (select from app.person p where p.id = one_person)
        and exists (select from app.person p where p.id = other_person)',
    'false');

-- Up to when each prefecture was looked through.
create table app.duplicate_sweep (
    territory_id smallint primary key references ref.territory,
    swept_to timestamptz not null
);
call app.protect('app.duplicate_sweep', 'false', 'false');

-- Whatever is said of two children answers what the sweep asked of them, whoever said it and wherever.
create function app.answers_pair() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.duplicate_pair d set state = 'answered', answered_by = new.decided_by, answered_at = new.at
    where d.state = 'open' and new.live
      and (d.one_person = new.person_id and exists (
               select from app.identity_link l where l.person_id = d.other_person and l.identity_id = new.identity_id
                                                 and l.verdict = 'same' and l.live)
        or d.other_person = new.person_id and exists (
               select from app.identity_link l where l.person_id = d.one_person and l.identity_id = new.identity_id
                                                 and l.verdict = 'same' and l.live));
    return null;
end $$;
create trigger answers_pair after insert on app.identity_link
    for each row execute function app.answers_pair();
alter function app.answers_pair owner to sanad_definer;

-- The prefectures that have files, each with the moment from which on it is to be looked through.
create function app.sweep_places() returns table (territory_id smallint, since timestamptz)
language plpgsql stable security definer rows 10 set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    return query
    select t.id, s.swept_to from ref.territory t
    left join app.duplicate_sweep s on s.territory_id = t.id
    where exists (select from app.case_file c where c.territory_id = t.id)
    order by t.id;
end $$;

-- The children whose files changed since, but protected ones, in the order of their changes. An hour more: what was
-- being written while the last sweep looked.
create function app.sweep_children(place smallint, since timestamptz, after_at timestamptz, after_id uuid, most integer)
returns table (changed_at timestamptz, case_id uuid, facts jsonb)
language plpgsql stable security definer rows 50 set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    return query
    with batch as materialized (
        select c.changed_at, c.id, c.child_id from app.case_file c
        where c.territory_id = place and c.void is null and not c.protected
          and (since is null or c.changed_at >= since - interval '1 hour')
          and (after_at is null or (c.changed_at, c.id) > (after_at, after_id))
        order by c.changed_at, c.id limit most
    )
    select b.changed_at, b.id, f.facts
    from batch b join app.child_facts(place, array(select child_id from batch)) f on f.person_id = b.child_id
    order by b.changed_at, b.id;
end $$;

-- Who is found for them.
create function app.sweep_found(place smallint, asked jsonb) returns table (nth integer, facts jsonb)
language plpgsql stable security definer rows 50 set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    return query
    with found as materialized (select distinct x.nth, x.child_id from app.children_alike(place, asked) x)
    select x.nth, f.facts
    from found x join app.child_facts(place, array(select distinct child_id from found)) f on f.person_id = x.child_id;
end $$;

-- Keeps what was found; how much of it is new. What was answered stays so, unless a name or a mother changed since: then
-- it is asked once more. The same child is not asked again.
create function app.keep_pairs(place smallint, pairs jsonb, moment timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
    kept integer;
begin
    insert into app.duplicate_pair as d (one_person, other_person, territory_id, score, reasons, found_at)
    select distinct on (least(w.one, w.other), greatest(w.one, w.other))
           least(w.one, w.other), greatest(w.one, w.other), place, w.score, w.reasons, moment
    from jsonb_to_recordset(pairs) as w (one uuid, other uuid, score smallint, reasons text[], named_at timestamptz)
    left join lateral app.said_of(w.one, w.other) s on true
    where w.one <> w.other and (s.verdict is null or (s.verdict <> 'same' and w.named_at > s.at))
    order by least(w.one, w.other), greatest(w.one, w.other), w.score desc
    on conflict on constraint duplicate_pair_once do update
    set score = excluded.score, reasons = excluded.reasons, found_at = excluded.found_at,
        state = 'open', answered_by = null, answered_at = null
    where d.state = 'answered' or (d.score, d.reasons) is distinct from (excluded.score, excluded.reasons);
    get diagnostics kept = row_count;
    return kept;
end $$;

-- The prefecture is looked through up to that moment.
create function app.sweep_done(place smallint, at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
    insert into app.duplicate_sweep as s (territory_id, swept_to) values (place, at)
    on conflict (territory_id) do update set swept_to = excluded.swept_to where s.swept_to < excluded.swept_to
$$;

grant execute on function app.sweep_places, app.sweep_children, app.sweep_found, app.keep_pairs, app.sweep_done to sanad_job;
do $$
declare
    made text;
begin
    foreach made in array array['sweep_places()', 'sweep_children(smallint, timestamptz, timestamptz, uuid, integer)',
                                'sweep_found(smallint, jsonb)', 'keep_pairs(smallint, jsonb, timestamptz)',
                                'sweep_done(smallint, timestamptz)'] loop
        execute format('alter function app.%s owner to sanad_definer', made);
    end loop;
end $$;
