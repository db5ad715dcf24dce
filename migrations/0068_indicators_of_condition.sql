-- Disability and schooling of a child have a place of their own since 0066: the indicators that ask for them read it (I14, I23;
-- decisions 0104 and 0109). What a file said elsewhere before counts as it did.

create or replace function stat.schooled_at_first(file uuid, to_day date) returns boolean
language sql stable as $$
    select coalesce(
        (select stat.attends(k.education) from app.child_condition k where k.case_id = file),
        (select false
         from (select a.id from app.assessment a
               where a.case_id = file and a.state = 'completed' and a.completed_at < stat.midnight(to_day + 1)
               order by a.seq limit 1) first
         where exists (select from app.assessment_need n
                       where n.assessment_id = first.id and n.need in ('never_enrolled', 'dropped_out'))),
        (select stat.attends(v.education) from app.visit v
         where v.case_id = file and v.done_on <= to_day and stat.attends(v.education) is not null
         order by v.done_on, v.id limit 1))
$$;

create or replace function stat.disability_known(file uuid) returns boolean
language sql stable as $$
    select exists (select from app.child_condition k
                   where k.case_id = file and stat.disability_part(k.disability) <> 'unknown')
        or exists (select from app.assessment a join app.assessment_need n on n.assessment_id = a.id and n.need = 'disability'
                   where a.case_id = file and a.state = 'completed')
$$;

create or replace function stat.education_known(file uuid) returns boolean
language sql stable as $$
    select stat.schooled_at_first(file, 'infinity') is not null
        or exists (select from app.child_condition k join ref.education_status e on e.code = k.education and not e.is_missing
                   where k.case_id = file)
        or exists (select from app.visit v join ref.education_status k on k.code = v.education and not k.is_missing
                   where v.case_id = file and v.done_on is not null)
        or exists (select from app.closing_report r join ref.education_status k on k.code = r.education and not k.is_missing
                   where r.case_id = file)
$$;
