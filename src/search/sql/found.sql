-- What a search finds, a page of it, with its line in the trail: by what and how much, never what was typed.
with hit as materialized (
    -- four ways to be found, of which three are gone
    (select h.id as person_id, null::uuid as contact_id,
            case when x.there then greatest(h.score, h.score_there) else h.score end as score, x.there
     from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as h (id, score, score_there)
     cross join lateral (select $5::text is not null and exists (
         select from app.case_file c
         join app.contact_outcome o on o.case_id = c.id and o.territory_id = $1
         join app.contact_child w on w.id = o.contact_child_id and w.territory_id = $1
         join app.contact k on k.id = w.contact_id and k.territory_id = $1 and k.place_code = $5
         where c.child_id = h.id and c.territory_id = $1 and c.void is null) as there) x)
    union all
    (select c.child_id, null, (extract(epoch from c.changed_at) * 1000000)::bigint, false
     from app.case_file c
     where $6::text is not null and c.territory_id = $1 and c.void is null
       and c.tail >= $6 and c.tail < $6 || ':'
       and coalesce(split_part(c.number, '-', 1) = $7, true)
       and coalesce(split_part(c.number, '-', 2) = $8, true)
       and coalesce(split_part(c.number, '-', 4) = $9, true))
    union all
    (select null, k.id, (extract(epoch from k.observed_at) * 1000000)::bigint, false
     from app.phone_print f
     join app.contact k on k.id = f.contact_id and k.territory_id = $1
     where $10::bytea is not null and f.territory_id = $1 and f.print = $10)
    union all
    -- a protected child is found by the number alone (decision 0046)
    (select c.child_id, null, max((extract(epoch from k.observed_at) * 1000000)::bigint), false
     from app.phone_print f
     join app.contact k on k.id = f.contact_id and k.territory_id = $1
     join app.contact_child w on w.contact_id = k.id and w.territory_id = $1
     join app.contact_outcome o on o.contact_child_id = w.id and o.territory_id = $1
     join app.case_file c on c.id = o.case_id and c.territory_id = $1 and c.void is null and not c.protected
     where $10::bytea is not null and f.territory_id = $1 and f.print = $10
     group by c.child_id)
    union all
    (select c.child_id, null, (extract(epoch from k.observed_at) * 1000000)::bigint, true
     from app.contact k
     join app.contact_child w on w.contact_id = k.id and w.territory_id = $1
     join app.contact_outcome o on o.contact_child_id = w.id and o.territory_id = $1
     join app.case_file c on c.id = o.case_id and c.territory_id = $1 and c.void is null and not c.protected
     where $11::text is not null and k.territory_id = $1 and k.place_code = $11
       and k.observed_at <= coalesce($12::timestamptz, 'infinity')
       and ($12 is null or (k.observed_at, c.child_id) < ($12, $13))
       -- and nowhere since
       and not exists (
           select from app.contact_outcome p
           join app.contact_child v on v.id = p.contact_child_id and v.territory_id = $1
           join app.contact l on l.id = v.contact_id and l.territory_id = $1
           where p.case_id = c.id and p.territory_id = $1 and (l.observed_at, v.id) > (k.observed_at, w.id))
     order by k.observed_at desc, c.child_id desc
     limit $14)
), page as materialized (
    select * from hit
    where $15::bigint is null or (score, coalesce(person_id, contact_id)) < ($15, $13)
    order by score desc, coalesce(person_id, contact_id) desc
    limit $14
), written as materialized (
    select audit.record('search.made', null, null, $1,
                        jsonb_build_object('by', $16::text, 'found', (select count(*) from page)), null)::text as done
)
select page.person_id as "person?: PersonId", page.contact_id as "contact?: ContactId",
       page.score as "score?", page.there as "there?",
       p.sex as "sex?", p.birth_earliest as "birth_earliest?", p.birth_latest as "birth_latest?",
       p.birth_basis as "birth_basis?", n.names as "names?: Vec<String>",
       c.id as "case?: CaseId", c.number as "number?", c.protected as "protected?", e.state as "state?",
       s.place_code as "seen_place?", s.observed_at as "seen_at?",
       kin.is_mother as "is_mother?", kin.children as "children?: Json<Vec<Kin>>",
       k.receipt as "receipt?", k.place_code as "place?", k.spot_kind as "spot_kind?", k.observed_at as "at?"
from written
left join page on true
left join app.person p on p.id = page.person_id and p.territory_id = $1
left join lateral (
    select array_agg(concat_ws(chr(31), y.kind, coalesce(y.given_ar, ''), coalesce(y.family_ar, ''),
                               coalesce(y.given_la, ''), coalesce(y.family_la, ''))
                     order by array_position(array['civil', 'alias', 'street'], y.kind)) as names
    from app.person_name y
    where y.person_id = p.id and y.territory_id = $1 and y.names_enc is null) n on true
left join app.case_file c on c.child_id = p.id and c.territory_id = $1 and c.void is null
left join lateral (
    select x.state from app.case_episode x
    where x.case_id = c.id and x.territory_id = $1 order by x.seq desc limit 1) e on true
left join lateral (
    select l.place_code, l.observed_at from app.contact_outcome o
    join app.contact_child w on w.id = o.contact_child_id and w.territory_id = $1
    join app.contact l on l.id = w.contact_id and l.territory_id = $1
    where o.case_id = c.id and o.territory_id = $1 order by l.observed_at desc limit 1) s on true
left join lateral (
    select coalesce(bool_or(r.kind = 'mother'), false) as is_mother,
           jsonb_agg(jsonb_build_object('case', f.id, 'number', f.number, 'given_ar', y.given_ar, 'family_ar', y.family_ar,
                                        'given_la', y.given_la, 'family_la', y.family_la)
                     order by q.birth_latest, q.id) filter (where not coalesce(f.protected, false)) as children
    from (select r.to_person, r.kind from app.relationship r
          where r.from_person = p.id and r.territory_id = $1 and r.claim <> 'refuted'
          order by r.kind = 'mother' desc, r.id limit 12) r
    join app.person q on q.id = r.to_person and q.territory_id = $1
    left join app.case_file f on f.child_id = q.id and f.territory_id = $1 and f.void is null
    left join lateral (
        select z.given_ar, z.family_ar, z.given_la, z.family_la from app.person_name z
        where z.person_id = q.id and z.territory_id = $1
        order by array_position(array['civil', 'alias', 'street'], z.kind) limit 1) y on true) kin on true
left join app.contact k on k.id = page.contact_id and k.territory_id = $1
order by page.score desc, coalesce(page.person_id, page.contact_id) desc
