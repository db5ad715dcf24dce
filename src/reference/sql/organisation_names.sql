insert into ref.organisation_name (organisation_code, lang, name, valid)
select n.organisation_code, n.lang, n.name, daterange(n.valid_from, n.valid_to)
from jsonb_to_recordset($1) as n(organisation_code text, lang text, name text, valid_from date, valid_to date)
where not exists (
    select from ref.organisation_name old
    where old.organisation_code = n.organisation_code and old.lang = n.lang
      and old.valid && daterange(n.valid_from, n.valid_to))
