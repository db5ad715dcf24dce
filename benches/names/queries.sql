-- What is searched for by workers of the first prefecture: kind, a tab, the text. Kinds come mixed, and the same each time:
-- the end of an id follows from the place in the world alone.
with here as materialized (
    select n.person_id, n.given_ar, n.family_ar, n.given_la, n.family_la, right(n.id::text, 12) as nth
    from app.person_name n join app.person p on p.id = n.person_id
    where n.territory_id = 1 and not p.near_protected
), asked (kind, text) as (
    (select 'whole name, other script', g.la[cardinality(g.la)] || ' ' || f.la
     from here n join bench.given g on g.ar = n.given_ar join bench.family f on f.ar = n.family_ar
     where n.given_la is null order by n.nth limit 25)
    union all
    (select 'whole name, other script', g.ar || ' ' || f.ar
     from here n join bench.given g on n.given_la = any (g.la) join bench.family f on f.la = n.family_la
     where n.given_ar is null order by n.nth limit 25)
    union all
    select 'given name alone', one from bench.given, unnest(array[ar, la[1]]) one where nth <= 8
    union all
    select 'family name alone', one from bench.family, unnest(array[ar, la]) one where nth <= 15
    union all
    -- a letter left out
    (select 'a letter wrong', n.given_la || ' ' || overlay(n.family_la placing '' from 3 for 1)
     from here n where length(n.family_la) >= 5 and n.family_la not like '% %'
     order by n.nth limit 15)
    union all
    (select 'a letter wrong', n.given_ar || ' ' || overlay(n.family_ar placing '' from 4 for 1)
     from here n where length(n.family_ar) >= 6 and n.family_ar not like '% %'
     order by n.nth desc limit 10)
    union all
    -- two letters in each other's place
    (select 'a letter wrong', left(n.given_la, 1) || substr(n.given_la, 3, 1) || substr(n.given_la, 2, 1) || substr(n.given_la, 4) || ' ' || n.family_la
     from here n where length(n.given_la) >= 5 order by n.nth desc limit 15)
    union all
    (select 'end of a number', right(split_part(c.number, '-', 3), 4)
     from app.case_file c where c.territory_id = 1 and not c.protected order by right(c.id::text, 12) limit 20)
    union all
    select 'three letters', left(one, 3) from bench.given, unnest(array[ar, lower(la[1])]) one where nth <= 5
    union all
    -- a beginning, while one types, of names that lie in the other script alone
    (select 'beginning, other script', left(g.la[1], 4)
     from here n join bench.given g on g.ar = n.given_ar
     where n.given_la is null and length(g.la[1]) >= 6 and g.la[1] not like '% %' order by n.nth limit 15)
    union all
    (select 'beginning, other script', left(f.la, 5)
     from here n join bench.family f on f.ar = n.family_ar
     where n.family_la is null and length(f.la) >= 7 and f.la not like '% %' order by n.nth limit 10)
    union all
    (select 'beginning, other script', left(g.ar, 4)
     from here n join bench.given g on n.given_la = any (g.la)
     where n.given_ar is null and length(g.ar) >= 5 and g.ar not like '% %' order by n.nth limit 15)
    union all
    (select 'a mother', concat_ws(' ', coalesce(n.given_ar, n.given_la), coalesce(n.family_ar, n.family_la))
     from here n
     where exists (select from app.relationship r where r.from_person = n.person_id and r.kind = 'mother')
     order by n.nth limit 15)
    union all
    (select 'a place', one from ref.place p, unnest(array[p.ar, p.fr]) one
     where p.territory_id = 1 and p.selectable order by p.code limit 10)
    union all
    select 'found nowhere', one
    from unnest(array['Zbigniew Wojciechowski', 'Björk Guðmundsdóttir', 'Phuong Nguyen', 'Papadopoulos', 'Kowalczyk', 'Szczepański',
                      'Vlachopoulou', 'Quisquater', 'Przybylski', 'Gruffydd', 'Llewellyn', 'Dvořáková', 'Krzysztof', 'Wawrzyniak',
                      'Schwarzenegger', 'Oppenheimer', 'Hjálmarsson', 'Xochitl Quetzalcoatl', 'Żółkiewski', 'Tchaïkovski']) one
)
select kind || chr(9) || text from asked order by md5(text), kind
