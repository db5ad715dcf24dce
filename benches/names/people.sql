-- Households from `bench.first` to below `bench.until`, after world.sql: a mother, a father, and two children with a
-- file each, met once. Every other household lives in the first prefecture, so that half of all people do: what a search
-- costs there is what it costs the country. The same people each time, but for the day of the run.
create temp table household as
select k, c.territory_id, c.prefix, c.places, h.opened_at, w.id as lead, s.id as supervisor, f.many,
       bench.id(h.opened_at, 'mother ' || k) as mother, bench.id(h.opened_at, 'father ' || k) as father,
       bench.pick(k, 41, f.many, 20) as family
from generate_series(current_setting('bench.first')::integer, current_setting('bench.until')::integer - 1) k
cross join lateral (select now() - interval '6 hours' - bench.dice(k, 1, 1825 * 24) * interval '1 hour' as opened_at,
                           case when k % 2 = 0 then 1 else 2 + k / 2 % 6 end as territory) h
cross join (select count(*)::integer as many from bench.family) f
join bench.city c on c.territory_id = h.territory
join bench.staff w on w.username = 'worker' || 1 + bench.dice(k, 2, 40) || '.' || c.slug
join bench.staff s on s.username = 'supervisor.' || c.slug;
create temp table child as
select h.*, 2 * k + i as n, 4 * k + i as seed, bench.id(h.opened_at, 'child ' || k || ' ' || i) as id,
       bench.id(h.opened_at, 'case ' || k || ' ' || i) as case_id, bench.id(h.opened_at, 'episode ' || k || ' ' || i) as episode,
       bench.id(h.opened_at - interval '3 hours', 'contact ' || k || ' ' || i) as contact,
       bench.id(h.opened_at - interval '3 hours', 'seen ' || k || ' ' || i) as seen,
       (array['F', 'M'])[1 + bench.dice(2 * k + i, 3, 2)] as sex,
       (h.opened_at - (2 + bench.dice(2 * k + i, 4, 14)) * interval '1 year')::date as born,
       bench.dice(2 * k + i, 5, 100) = 0 as protected, bench.dice(2 * k + i, 6, 100) < 40 as open
from household h, generate_series(0, 1) i;

-- People ---------------------------------------------------------------------------------------------------------------
create temp table human as
select seed, id, territory_id, sex, born, protected, lead, opened_at as at, family from child
union all
select 4 * k + 2, mother, territory_id, 'F', (opened_at - (20 + bench.dice(k, 7, 20)) * interval '1 year')::date, false, lead,
       opened_at, bench.pick(4 * k + 2, 41, many, 20) from household
union all
select 4 * k + 3, father, territory_id, 'M', (opened_at - (22 + bench.dice(k, 8, 25)) * interval '1 year')::date, false, lead,
       opened_at, family from household;
insert into app.identity (id, territory_id) select bench.id(at, 'identity ' || seed), territory_id from human;
insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, nationality, protected, created_by, created_at)
select id, territory_id, sex, born, born + 180, 'estimated', 'MA', protected, lead, at from human;
insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, at)
select bench.id(at, 'link ' || seed), territory_id, id, bench.id(at, 'identity ' || seed), 'same', lead, at from human;
-- 40 in a hundred lie in both scripts, 35 in Arabic alone, 25 in Latin letters alone, each in one of its spellings. The name
-- of a protected child would lie sealed and is found by nobody: it is left out.
insert into app.person_name (id, person_id, territory_id, kind, given_ar, family_ar, given_la, family_la)
select bench.id(h.at, 'name ' || h.seed), h.id, h.territory_id, 'civil',
       case when s.script < 75 then g.ar end, case when s.script < 75 then f.ar end,
       case when s.script < 40 or s.script >= 75 then g.la[1 + bench.dice(h.seed, 44, cardinality(g.la))] end,
       case when s.script < 40 or s.script >= 75 then f.la end
from human h
cross join lateral (select bench.dice(h.seed, 43, 100) as script) s
join (select sex, count(*)::integer as many from bench.given group by sex) c on c.sex = h.sex
join bench.given g on g.sex = h.sex and g.nth = bench.pick(h.seed, 42, c.many, 2)
join bench.family f on f.nth = h.family
where not h.protected;
insert into app.relationship (id, territory_id, from_person, to_person, kind, claim, proof, created_by, created_at)
select bench.id(opened_at, 'kin ' || seed), territory_id, mother, id, 'mother', 'verified', 'civil_document', lead, opened_at from child
union all
select bench.id(opened_at, 'father of ' || seed), territory_id, father, id, 'father', 'claimed', null, lead, opened_at from child;

-- Where each child was met, and its file -------------------------------------------------------------------------------
insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at, received_at, author,
                         circumstance, state, triaged_by, triaged_at, payload_mac)
select contact, 'R-' || prefix || '-' || n, territory_id, territory_id, places[1 + bench.dice(n, 11, cardinality(places))],
       'traffic_light', opened_at - interval '3 hours', opened_at - interval '3 hours', lead, 'with_mother', 'triaged', supervisor,
       opened_at - interval '1 hour', '\x00'
from child;
insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months)
select seen, contact, territory_id, 1, sex, 12 * bench.dice(n, 14, 12), 12 * bench.dice(n, 14, 12) + 35 from child;
insert into app.case_file (id, number, territory_id, territory_at, child_id, protected, opened_at, opened_by, changed_at, changed_by)
select case_id, prefix || '-' || to_char(opened_at, 'YYYY') || '-' || lpad(n::text, 6, '0') || '-W', territory_id, territory_id, id,
       protected, opened_at, lead, opened_at, lead from child;
insert into app.case_episode (id, case_id, territory_id, seq, state, state_since, risk, due_at, source_contact_id, opened_at,
                              protected, closed_at, closure_reason, closure_asked_by, closure_asked_from, closed_by)
select episode, case_id, territory_id, 1, case when open then 'registered' else 'closed' end, opened_at, 'medium',
       case when open then now() + bench.dice(n, 15, 40) * interval '1 day' end, contact, opened_at, protected,
       case when not open then least(now(), opened_at + interval '90 days') end, case when not open then 'stable_in_family' end,
       case when not open then lead end, case when not open then 'monitoring' end, case when not open then supervisor end
from child;
insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since, is_open)
select bench.id(opened_at, 'lead ' || n), case_id, territory_id, lead, 'lead', opened_at, open from child;
insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user, at)
select seen, territory_id, 'new_case', case_id, supervisor, opened_at from child;

-- What the triggers keep where they run ----------------------------------------------------------------------------------
select app.count_reach(array(select case_id from child));
select app.mark_near(array(select case_id from child where protected));
