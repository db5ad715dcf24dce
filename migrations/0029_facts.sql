-- What is known and done in the last episode of a file: what its moves need (domain §3.2). The columns are the
-- fields of `Facts` in the program; it stands last because it looks at every slice.

-- Whether a measure for the child of a file is in force: of the prosecution or of the juvenile judge, whichever procedure
-- ordered it (app.standing_measure of 0045: a body is bound when it runs).
create function app.measure_lasts(which uuid) returns boolean
language plpgsql stable set search_path = pg_catalog as $$
begin
    return exists (select from app.standing_measure m where m.child_case_id = which and m.lasts and m.ended_on is null);
end $$;
grant execute on function app.measure_lasts to sanad_app, sanad_definer;

create view app.case_facts with (security_invoker = true) as
select c.id as case_id,
       p.sex <> 'U' as sex,
       p.birth_latest is not null as birth,
       exists (select from plan.city y where y.territory_id = c.territory_id) as city,
       e.risk <> 'none' as risk,
       given.any_help as served,
       given.any_urgent as urgent_help,
       not given.urgent_owed as emergency_delivered,
       not exists (select from app.judicial_child k
                   join app.judicial_file j on j.id = k.file_id and j.state in ('transmitted', 'received', 'returned', 'under_study')
                   where k.child_case_id = c.id
                     and not exists (select from app.child_decision d where d.file_id = k.file_id and d.person_id = k.person_id)
                  ) as judicial_decided,
       not app.measure_lasts(c.id) as measure_ended,
       exists (select from app.assessment a where a.episode_id = e.id and a.state = 'completed') as assessed,
       exists (select from app.care_plan a where a.episode_id = e.id and a.state = 'approved') as planned,
       not exists (select from app.bed_hold h where h.case_id = c.id and h.state in ('admitted', 'left', 'ran_away')
                   and h.responsible_org is null) as placement_body,
       exists (select from app.case_consent k where k.case_id = c.id and k.purpose = 'sharing'
               and k.withdrawn_on is null and k.basis <> 'refusal_recorded') as sharing_basis,
       e.duplicates_checked_at is not null as duplicates_checked,
       exists (select from app.child_view w where w.episode_id = e.id and w.occasion = 'closure') as child_view,
       exists (select from app.closing_report r where r.episode_id = e.id) as closing_report,
       app.closing_is_weighed(e.id, (select r.reason from app.closing_report r where r.episode_id = e.id)) as weighed
from app.case_file c
join app.person p on p.id = c.child_id
join lateral (select x.id, x.risk, x.opened_at, x.duplicates_checked_at from app.case_episode x
              where x.case_id = c.id order by x.seq desc limit 1) e on true
cross join lateral (
    -- help that began is help; what is urgent is owed until it is given, called off, or refused with another way found
    select coalesce(bool_or(s.delivered_on >= e.opened_at::date), false) as any_help,
           coalesce(bool_or(s.urgent and s.delivered_on >= e.opened_at::date), false) as any_urgent,
           coalesce(bool_or(s.urgent and s.closed_at is null and s.delivered_on is null), false) as urgent_owed
    from app.service_beneficiary b join app.service s on s.id = b.service_id
    where b.case_id = c.id and b.mother_effect is null) given;
grant select on app.case_facts to sanad_app;
