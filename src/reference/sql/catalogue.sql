-- The whole catalogue as one JSON value: read at start and when it changes, never by a page.
select jsonb_build_object(
    'lists', jsonb_build_object(
        'sex', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.sex t),
        'identifier_kind', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.identifier_kind t),
        'birth_basis', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.birth_basis t),
        'civil_status', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.civil_status t),
        'education_status', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.education_status t),
        'language', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.language t),
        'disability', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.disability t),
        'reporting_group', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.reporting_group t),
        'nationality', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.nationality t),
        'age_band', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.age_band t),
        'contact_place', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.contact_place t),
        'circumstance', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.circumstance t),
        'adult_relation', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.adult_relation t),
        'relation_proof', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.relation_proof t),
        'contact_action', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.contact_action t),
        'contact_outcome', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.contact_outcome t),
        'red_flag', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.red_flag t),
        'exploitation_indicator', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.exploitation_indicator t),
        'need', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.need t),
        'information_source', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.information_source t),
        'consent_basis', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.consent_basis t),
        'risk_level', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.risk_level t),
        'open_reason', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.open_reason t),
        'protection_reason', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.protection_reason t),
        'emergency_reason', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.emergency_reason t),
        'clinical_kind', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.clinical_kind t),
        'document_kind', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.document_kind t),
        'closure_reason', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.closure_reason t),
        'placement_type', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.placement_type t),
        'service_kind', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.service_kind t),
        'service_outcome', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.service_outcome t),
        'court_change_reason', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.court_change_reason t),
        'no_procedure_reason', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.no_procedure_reason t),
        'non_prosecution_reason', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.non_prosecution_reason t),
        'child_decision_kind', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.child_decision_kind t),
        'adult_decision_kind', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.adult_decision_kind t),
        'offence', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.offence t),
        'org_type', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.org_type t),
        'meeting_kind', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.meeting_kind t),
        'seat_sector', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.seat_sector t),
        'task_rule', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.task_rule t),
        'missed_reason', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ref.missed_reason t)),
    'territories', (select jsonb_agg(jsonb_build_object('id', id, 'hcp_code', hcp_code, 'ar', ar, 'fr', fr, 'en', en)) from ref.territory where kind <> 'region'),
    'places', (select jsonb_agg(jsonb_build_object('code', code, 'territory_id', territory_id, 'ar', ar, 'fr', fr, 'selectable', selectable)) from ref.place),
    'courts', (select jsonb_agg(jsonb_build_object('id', id, 'level', level, 'ar', ar, 'fr', fr) order by id) from ref.court),
    'organisations', (
        select coalesce(jsonb_agg(jsonb_build_object('code', o.code, 'type', o.type, 'territory_id', o.territory_id,
                   'ar', n.ar, 'fr', n.fr, 'en', n.en) order by o.code), '[]')
        from ref.organisation o, lateral (
            select max(name) filter (where lang = 'ar') as ar, max(name) filter (where lang = 'fr') as fr,
                   coalesce(max(name) filter (where lang = 'en'), max(name) filter (where lang = 'fr')) as en
            from ref.organisation_name x where x.organisation_code = o.code and x.valid @> current_date) n),
    'cities', (
        select coalesce(jsonb_agg(jsonb_build_object('slug', c.slug, 'territory_id', c.territory_id, 'ar', c.ar, 'fr', c.fr,
                   'en', c.en, 'phase', c.phase) order by p.sort, c.territory_id), '[]')
        from plan.city c join plan.phase p on p.code = c.phase where c.status = 'active'),
    'targets', (select coalesce(jsonb_agg(jsonb_build_array(territory_id, state, risk, hours)), '[]') from ref.case_target),
    'jurisdiction', (
        select coalesce(jsonb_agg(jsonb_build_array(territory_id, coalesce(place_code, ''), court_id)), '[]')
        from ref.jurisdiction where valid @> current_date))
