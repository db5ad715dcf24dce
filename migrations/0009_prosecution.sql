-- The judicial side. The prosecution reads what was sent to it and what it wrote itself, never the
-- living case (schema D8, D13).

-- A frozen extract: the exact text that was hashed is the text that is shown. The text carries a salt, so
-- that its hash cannot be guessed; the application compares the two when it opens the text.
create table app.disclosure (
    id uuid primary key,
    kind text not null constraint disclosure_kind_check check (kind in ('dossier', 'urgent_notice', 'service', 'annex')),
    case_id uuid not null,
    territory_id smallint not null,
    to_court smallint references ref.court,
    -- a request for help: to an organisation, about one act, until a day
    to_org text references ref.organisation,
    service_id uuid constraint disclosure_one_request unique references app.service,
    expires_at timestamptz,
    legal_basis text not null,
    schema_version smallint not null,
    snapshot_enc bytea not null,
    sha256 bytea not null constraint disclosure_sha256_check check (length(sha256) = 32),
    composed_by uuid not null references sec.app_user,
    composed_at timestamptz not null default now(),
    sent_by uuid references sec.app_user,
    sent_at timestamptz,
    acknowledged_by uuid references sec.app_user,
    acknowledged_at timestamptz,
    -- an urgent notice: received by the registry, which is no reading; sent on to another court; told one step higher
    registered_by uuid references sec.app_user,
    registered_at timestamptz,
    sent_on_at timestamptz,
    escalated_at timestamptz,
    constraint disclosure_registered_whole check ((registered_by is null) = (registered_at is null)),
    constraint disclosure_sent_whole check ((sent_by is null) = (sent_at is null)),
    constraint disclosure_seen_whole check ((acknowledged_by is null) = (acknowledged_at is null)),
    constraint disclosure_request_whole check (
        (kind = 'service') = (to_org is not null) and (kind in ('dossier', 'urgent_notice', 'annex')) = (to_court is not null)
        and (kind = 'service') = (service_id is not null)
        and (kind = 'service') = (expires_at is not null)),
    constraint disclosure_home unique (id, territory_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.disclosure (case_id, territory_id);
create index on app.disclosure (to_court, sent_at desc);
create index on app.disclosure (to_org, sent_at desc);
create index disclosure_notices on app.disclosure (to_court, sent_at) where kind = 'urgent_notice';
create index disclosure_notices_sent on app.disclosure (territory_id, sent_at) where kind = 'urgent_notice';
create index on app.disclosure (composed_by);
create index on app.disclosure (sent_by);
create index on app.disclosure (acknowledged_by);
create index on app.disclosure (registered_by);

-- One procedure: n children and n adults. Its state is the custody of the file; "decided" is derived.
create table app.judicial_file (
    id uuid primary key,
    number text not null constraint judicial_file_number_key unique,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null references ref.court,
    proposed_court_id smallint not null references ref.court,
    court_change_reason text references ref.court_change_reason,
    court_change_note_enc bytea,
    disclosure_id uuid not null references app.disclosure,
    state text not null default 'draft' constraint judicial_file_state_check check (state in (
        'draft', 'withdrawn', 'transmitted', 'received', 'returned', 'under_study', 'closed')),
    urgent boolean not null default false,
    -- how many are in it, and how many of them wait for a measure or a settled decision: kept by triggers
    -- (decision 0052), for every line of a list and every count asks
    children smallint not null default 0,
    children_waiting smallint not null default 0,
    adults smallint not null default 0,
    adults_waiting smallint not null default 0,
    composed_by uuid not null references sec.app_user,
    composed_at timestamptz not null default now(),
    transmitted_by uuid references sec.app_user,
    transmitted_at timestamptz,
    received_by uuid references sec.app_user,
    received_at timestamptz,
    -- sent again after a completion or to another court; what the first day counts for stays counted from it
    sent_again_at timestamptz,
    state_since timestamptz not null default now(),
    -- the prosecutor who has it in hand; nobody is the court
    held_by uuid references sec.app_user,
    held_since timestamptz,
    -- what is waited for, and until when: kept by triggers (app.date_judicial)
    awaits text constraint judicial_file_awaits_check check (awaits in (
        'receipt', 'completion', 'child_measure', 'adult_decision', 'adult_again')),
    due_at timestamptz,
    escalated_at timestamptz,
    -- joined to another procedure, where its people are parties since
    joined_to uuid references app.judicial_file,
    joined_at timestamptz,
    version integer not null default 1,
    constraint judicial_file_held_whole check ((held_by is null) = (held_since is null)),
    constraint judicial_file_due_whole check ((awaits is null) = (due_at is null)),
    constraint judicial_file_joined check ((joined_to is null) = (joined_at is null)
        and (joined_to is null or (joined_to <> id and state = 'closed'))),
    constraint judicial_file_court_why check (court_id = proposed_court_id or court_change_reason is not null),
    constraint judicial_file_sent_whole check ((state in ('draft', 'withdrawn')) = (transmitted_at is null)),
    constraint judicial_file_home unique (id, case_id, territory_id, court_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create unique index judicial_file_one_draft on app.judicial_file (case_id) where state = 'draft';
-- what presses first, then the newest, as app.judicial_desk has it
create index judicial_file_inbox on app.judicial_file
    (court_id, (state = 'draft' or (urgent and children_waiting > 0 and state <> 'closed')) desc, coalesce(transmitted_at, composed_at) desc, id desc)
    where state not in ('draft', 'withdrawn');
create index judicial_file_outbox on app.judicial_file
    (territory_id, (state = 'draft' or (urgent and children_waiting > 0 and state <> 'closed')) desc, coalesce(transmitted_at, composed_at) desc, id desc)
    where state <> 'withdrawn';
create index on app.judicial_file (case_id, territory_id);
create index on app.judicial_file (court_id);
create index judicial_file_counted on app.judicial_file (court_id) include (state, urgent, children_waiting, adults_waiting)
    where state not in ('draft', 'withdrawn');
create index judicial_file_unsent on app.judicial_file (court_id, id) where state in ('draft', 'withdrawn');
create index on app.judicial_file (proposed_court_id);
create index on app.judicial_file (court_change_reason);
create index on app.judicial_file (disclosure_id);
create index on app.judicial_file (composed_by);
create index on app.judicial_file (transmitted_by);
create index on app.judicial_file (received_by);
create index on app.judicial_file (held_by);
create index on app.judicial_file (joined_to);

create table app.judicial_child (
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    person_id uuid not null references app.person,
    child_case_id uuid not null references app.case_file,
    primary key (file_id, person_id),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.judicial_child (file_id, case_id, territory_id, court_id);
create index on app.judicial_child (person_id);
create index on app.judicial_child (child_case_id);

create table app.judicial_adult (
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    person_id uuid not null references app.person,
    relation_claimed text not null references ref.adult_relation,
    -- when a joinder brought her or him into it; null: from the beginning
    joined_at timestamptz,
    primary key (file_id, person_id),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.judicial_adult (file_id, case_id, territory_id, court_id);
create index on app.judicial_adult (person_id);
create index on app.judicial_adult (relation_claimed);

-- A signed act of the court: one number a court and year, for as many decisions as the act holds.
create table app.court_act (
    id uuid primary key,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    year smallint not null,
    number text not null constraint court_act_number_check check (number ~ '^[0-9A-Za-z/.-]{1,30}$'),
    -- the court that signed it, if the file has gone to another since
    signed_at_court smallint references ref.court,
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create unique index court_act_number_key on app.court_act (coalesce(signed_at_court, court_id), year, number);
create index on app.court_act (signed_at_court);
create index on app.court_act (file_id, case_id, territory_id, court_id);

-- Decisions are records for ever; a correction is one too, and supersedes the one that it corrects (decision 0090). For
-- the child and for each adult, apart.
create table app.child_decision (
    id uuid primary key,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    person_id uuid not null,
    kind text not null references ref.child_decision_kind,
    decided_on date not null,
    recorded_at timestamptz not null default now(),
    recorded_by uuid not null references sec.app_user,
    act_id uuid references app.court_act,
    instructions_enc bytea,
    -- the one that it corrects: a further decision is a record beside the ones before it, and supersedes none
    supersedes_id uuid constraint child_decision_superseded_once unique references app.child_decision,
    -- the court that took it, if the file has gone to another since
    taken_at_court smallint references ref.court,
    foreign key (file_id, person_id) references app.judicial_child (file_id, person_id),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.child_decision (file_id, person_id);
create index on app.child_decision (file_id, case_id, territory_id, court_id);
create index on app.child_decision (kind);
create index on app.child_decision (recorded_by);
create index on app.child_decision (act_id);
create index on app.child_decision (case_id, decided_on);
create index on app.child_decision (taken_at_court);

create table app.adult_decision (
    id uuid primary key,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    person_id uuid not null,
    kind text not null references ref.adult_decision_kind,
    -- copied from the kind at the date of the decision: a later change of the list rewrites no past
    effect text not null constraint adult_decision_effect_check
        check (effect in ('pending', 'prosecuted', 'not_prosecuted')),
    reason text references ref.non_prosecution_reason,
    offence text references ref.offence,
    decided_on date not null,
    recorded_at timestamptz not null default now(),
    recorded_by uuid not null references sec.app_user,
    act_id uuid references app.court_act,
    -- the one that it corrects: a further decision is a record beside the ones before it, and supersedes none
    supersedes_id uuid constraint adult_decision_superseded_once unique references app.adult_decision,
    -- the court that took it, if the file has gone to another since
    taken_at_court smallint references ref.court,
    constraint adult_decision_offence_when_prosecuted check (effect <> 'prosecuted' or offence is not null),
    foreign key (file_id, person_id) references app.judicial_adult (file_id, person_id),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.adult_decision (file_id, person_id);
create index on app.adult_decision (file_id, case_id, territory_id, court_id);
create index on app.adult_decision (person_id);
create index on app.adult_decision (kind);
create index on app.adult_decision (reason);
create index on app.adult_decision (offence);
create index on app.adult_decision (recorded_by);
create index on app.adult_decision (act_id);
create index on app.adult_decision (taken_at_court);

-- Court only, by table and not by template (schema D7).
create table app.adult_decision_text (
    decision_id uuid primary key references app.adult_decision,
    territory_id smallint not null,
    court_id smallint not null references ref.court,
    text_enc bytea not null
);
create index on app.adult_decision_text (court_id);

-- The four services opened by a supervisor where no procedure decides (D19): never referred, or against
-- the effect of a decision (acquittal, breastfeeding). Against that one alone: a further prosecution is not
-- overridden by an older word (decision 0086).
create table app.mother_support (
    id uuid primary key,
    person_id uuid not null,
    territory_id smallint not null,
    ground text not null constraint mother_support_ground_check check (ground in ('no_procedure', 'override')),
    -- the decision that is overridden
    decision_id uuid references app.adult_decision,
    -- the conviction that stood in its procedure then, if one did: kept by a trigger (0045)
    after_event_id uuid,
    reason text not null references ref.no_procedure_reason,
    note_enc bytea,
    opened_by uuid not null references sec.app_user,
    opened_at timestamptz not null default now(),
    constraint mother_support_against check ((ground = 'override') = (decision_id is not null)),
    constraint mother_support_once unique nulls not distinct (person_id, ground, decision_id, after_event_id),
    foreign key (person_id, territory_id) references app.person (id, territory_id) on update cascade
);
create index on app.mother_support (person_id, territory_id);
create index on app.mother_support (decision_id);
create index on app.mother_support (reason);
create index on app.mother_support (opened_by);

call app.protect('app.disclosure',
    '((case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))
      or (to_court = any ((select app.my_courts())::smallint[]) and sent_at is not null))',
    '((case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))
      or (to_court = any ((select app.my_courts())::smallint[]) and sent_at is not null))');
call app.protect('app.judicial_file',
    '((case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))
      or (court_id = any ((select app.my_courts())::smallint[]) and state not in (''draft'', ''withdrawn'')))',
    '((case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))
      or (court_id = any ((select app.my_courts())::smallint[]) and state not in (''draft'', ''withdrawn'')))');

-- A court edits what it was sent; it composes nothing.
alter policy adds on app.disclosure with check (
    (territory_id = any ((select app.supervised_territories())::smallint[]) or case_id = any ((select app.my_cases())::uuid[]))
    and exists (select from app.case_file c where c.id = case_id));
alter policy adds on app.judicial_file with check (
    (territory_id = any ((select app.supervised_territories())::smallint[]) or case_id = any ((select app.my_cases())::uuid[]))
    and exists (select from app.case_file c where c.id = case_id));

-- Parties and decisions follow their file: the social side by the case, the court by the court.
create function app.unsent_files() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(f.id), '{}') from sec.me() m join app.judicial_file f
                on f.court_id = m.court_id and f.state in ('draft', 'withdrawn')
            where m.role in ('prosecutor', 'court_registrar', 'chief_prosecutor'));
end $$;
grant execute on function app.unsent_files to sanad_app;
alter function app.unsent_files owner to sanad_definer;

create procedure app.protect_party(target regclass, social_writes boolean)
language plpgsql as $$
declare
    social text := '(case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))';
    court text := '(court_id = any ((select app.my_courts())::smallint[]) and file_id <> all ((select app.unsent_files())::uuid[]))';
begin
    call app.protect(target, social || ' or ' || court,
        case when social_writes then social || ' and exists (select from app.person p where p.id = person_id)'
             else court || ' and exists (select from app.judicial_file f where f.id = file_id)' end);
end $$;
call app.protect_party('app.judicial_child', true);
call app.protect_party('app.judicial_adult', true);
call app.protect_party('app.court_act', false);
call app.protect_party('app.child_decision', false);
call app.protect_party('app.adult_decision', false);
call app.protect('app.adult_decision_text', 'court_id = any ((select app.my_courts())::smallint[])',
    'court_id = any ((select app.my_courts())::smallint[]) and exists (select from app.adult_decision d where d.id = decision_id)');
call app.protect('app.mother_support', 'territory_id = any ((select app.my_territories())::smallint[])',
    'territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)');

grant update (acknowledged_by, acknowledged_at, registered_by, registered_at) on app.disclosure to sanad_app;
-- to lock it; a file is moved by app.move_judicial alone
grant update (version) on app.judicial_file to sanad_app;

-- What is sent stays sent: the extract is frozen, an urgent notice is not taken back.
create function app.disclosure_is_frozen() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if (new.id, new.kind, new.schema_version, new.snapshot_enc, new.sha256, new.to_org, new.service_id, new.expires_at)
        is distinct from (old.id, old.kind, old.schema_version, old.snapshot_enc, old.sha256, old.to_org, old.service_id,
                          old.expires_at) then
        raise exception 'a frozen extract is not changed' using errcode = 'check_violation';
    end if;
    if old.sent_at is not null and (new.sent_at, new.sent_by) is distinct from (old.sent_at, old.sent_by) then
        raise exception 'a sent disclosure is not taken back' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger disclosure_is_frozen before update on app.disclosure
    for each row execute function app.disclosure_is_frozen();

-- A prosecutor's measure protects the child and shows in the file, which no prosecutor can touch.
create function app.decision_moves_case() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    which uuid;
begin
    if tg_table_name = 'child_decision' then
        select c.child_case_id into which from app.judicial_child c
        where c.file_id = new.file_id and c.person_id = new.person_id;
        if (select k.protects from ref.child_decision_kind k where k.code = new.kind) then
            perform app.mark_protected(which, new.decided_on, 'prosecution');
        end if;
    end if;
    update app.case_file f set changed_at = now(), changed_by = new.recorded_by
    where f.id = coalesce(which, new.case_id);
    return null;
end $$;
create trigger decision_moves_case after insert on app.child_decision
    for each row execute function app.decision_moves_case();
create trigger decision_moves_case after insert on app.adult_decision
    for each row execute function app.decision_moves_case();
alter function app.decision_moves_case owner to sanad_definer;

-- Who is in a file and who still waits. An adult whose decision is pending still waits for one.
create function app.count_parties() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.judicial_file f
    set (children, children_waiting) = (
            select count(*), count(*) filter (where not exists (
                select from app.child_decision d where d.file_id = c.file_id and d.person_id = c.person_id))
            from app.judicial_child c where c.file_id = f.id),
        (adults, adults_waiting) = (
            select count(*), count(*) filter (where coalesce((
                select d.effect from app.adult_decision d where d.file_id = a.file_id and d.person_id = a.person_id
                    and not exists (select from app.adult_decision later where later.supersedes_id = d.id)
                order by d.decided_on desc, d.recorded_at desc, d.id desc limit 1), 'pending') = 'pending')
            from app.judicial_adult a where a.file_id = f.id)
    where f.id = new.file_id;
    return null;
end $$;
create trigger count_parties after insert on app.judicial_child for each row execute function app.count_parties();
create trigger count_parties after insert on app.judicial_adult for each row execute function app.count_parties();
create trigger count_parties after insert on app.child_decision for each row execute function app.count_parties();
create trigger count_parties after insert on app.adult_decision for each row execute function app.count_parties();
alter function app.count_parties owner to sanad_definer;

-- How far each of these files has come, of those that this session may open: for the strip of the list.
create function app.milestones_of(files uuid[])
returns table (case_id uuid, referred boolean, in_care boolean, reintegrated boolean)
language plpgsql stable security definer rows 26 set search_path = pg_catalog as $$
declare
    mine constant uuid[] := app.my_cases();
begin
    return query
    select f.id,
           exists (select from app.judicial_file j where j.case_id = f.id and j.transmitted_at >= e.since),
           coalesce(help.given, false), coalesce(help.school, false)
    from sec.me() m
    join app.case_file f on f.id = any (files) and f.territory_id = m.territory_id
        and (f.id = any (mine) or (m.role = 'supervisor' and not f.protected))
    -- of a file that was opened again, what came before says nothing
    join lateral (
        select case when x.seq = 1 then '-infinity' else x.opened_at end as since
        from app.case_episode x where x.case_id = f.id order by x.seq desc limit 1) e on true
    left join lateral (
        select true as given, bool_or(coalesce(k.parent, k.code) = 'education') as school
        from app.service_beneficiary b
        join app.service v on v.id = b.service_id and v.state in ('delivered', 'partial') and v.delivered_on >= e.since::date
        join ref.service_kind k on k.code = coalesce(b.counts_as, v.kind)
        where b.case_id = f.id and b.mother_effect is null having count(*) > 0) help on true
    where m.role in ('social_worker', 'supervisor');
end $$;
grant execute on function app.milestones_of to sanad_app;
alter function app.milestones_of owner to sanad_definer;

-- The first day of whose help a decision decides. One not to prosecute speaks from its own day; a prosecution from the
-- day on which it was known here, for what was given before was given in good faith (decision 0086).
create function app.acts_on(effect text, decided_on date, recorded_at timestamptz) returns date
language sql immutable as $$
    select case effect when 'prosecuted' then greatest(decided_on, (recorded_at at time zone 'Africa/Casablanca')::date)
                       else decided_on end
$$;
-- The fork (schema D19), never a stored flag: prosecuted if any procedure's latest live decision says so; else pending
-- if any is open; else not prosecuted; no row: no procedure. As it was on a day, over all records of the woman: the one
-- that went to another city, and the one that stayed. The decision is what stands: of several prosecutions the one that
-- became known last, which alone can be overridden.
create function app.standing_on(which uuid, on_day date) returns table (effect text, since date, decision_id uuid)
language sql stable as $$
    select x.effect, x.since, x.decision_id
    from (
        select distinct on (a.file_id, a.person_id)
            coalesce(d.effect, 'pending') as effect, d.id as decision_id, d.recorded_at,
            coalesce(d.decided_on, (greatest(f.transmitted_at, a.joined_at) at time zone 'Africa/Casablanca')::date) as since
        from app.records_of(which) r
        join app.judicial_adult a on a.person_id = r.id
            and (a.joined_at is null or (a.joined_at at time zone 'Africa/Casablanca')::date <= on_day)
        join app.judicial_file f on f.id = a.file_id and f.state not in ('draft', 'withdrawn')
            and (f.transmitted_at at time zone 'Africa/Casablanca')::date <= on_day
            -- what was joined to another procedure is decided there
            and (f.joined_at is null or (f.joined_at at time zone 'Africa/Casablanca')::date > on_day)
        left join app.adult_decision d on d.file_id = a.file_id and d.person_id = a.person_id
            and app.acts_on(d.effect, d.decided_on, d.recorded_at) <= on_day
            and not exists (select from app.adult_decision later where later.supersedes_id = d.id
                                and app.acts_on(later.effect, later.decided_on, later.recorded_at) <= on_day)
        order by a.file_id, a.person_id, d.decided_on desc nulls last, d.recorded_at desc, d.id desc
    ) x
    order by array_position(array['prosecuted', 'pending', 'not_prosecuted'], x.effect),
             case x.effect when 'prosecuted' then x.recorded_at end desc, x.since desc, x.decision_id
    limit 1
$$;
-- The reasons for an opening that are an outcome at the court.
create function app.reasons_of_outcome() returns text[] language sql immutable as
$$ select array['acquitted', 'suspended_sentence'] $$;
-- Whether the court has convicted her in the procedure of that decision, otherwise than it had before, as it was known at
-- the end of a day (app.outcome_of of 0041: a body is bound when it runs).
create function app.is_convicted_since(decision uuid, before uuid, on_day date) returns boolean
language plpgsql stable set search_path = pg_catalog as $$
begin
    return exists (
        select from app.adult_decision d cross join lateral app.outcome_of(d.file_id, d.person_id, on_day) o
        where d.id = decision and o.convicts and o.event_id is distinct from before);
end $$;
-- The opening that fits what stands, the first of several. One that rested on an acquittal or a suspended sentence opens
-- no more from the day on which it was known that the court convicts her.
create function app.opening_under(which uuid, effect text, decision uuid, on_day date)
returns table (reason text, opened_at timestamptz)
language sql stable as $$
    select s.reason, s.opened_at
    from app.records_of(which) r
    join app.mother_support s on s.person_id = r.id
    where s.ground = case effect when 'no_procedure' then 'no_procedure' when 'prosecuted' then 'override' end
      and s.decision_id is not distinct from case effect when 'prosecuted' then decision end
      and not (s.reason = any (app.reasons_of_outcome()) and app.is_convicted_since(s.decision_id, s.after_event_id, on_day))
    order by s.opened_at limit 1
$$;
grant execute on function app.acts_on, app.standing_on, app.opening_under, app.reasons_of_outcome, app.is_convicted_since
    to sanad_definer;
-- Where each woman stands now.
create view app.mother_effect with (security_invoker = true) as
    select p.id as person_id, coalesce(e.effect, 'no_procedure') as effect, e.since, e.decision_id,
           o.reason as opened_for, o.opened_at
    from app.person p
    left join lateral app.standing_on(p.id, 'infinity') e on true
    left join lateral app.opening_under(p.id, coalesce(e.effect, 'no_procedure'), e.decision_id, 'infinity') o on true;
grant select on app.mother_effect to sanad_definer;

-- A worker sees the effect over all procedures, also those of a colleague's file or of another city, and nothing
-- else of them: else a mother prosecuted in one file would look free in another.
create function app.effects_of(people uuid[])
returns table (person_id uuid, effect text, since date, decision_id uuid, opened_for text, opened_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return query
    select e.person_id, e.effect, e.since, e.decision_id, e.opened_for, e.opened_at
    from app.person p join app.mother_effect e on e.person_id = p.id
    where p.id = any (people) and p.territory_id = any ((select app.my_territories())::smallint[])
      and (not p.near_protected or not app.hides_person(p.id));
end $$;
grant execute on function app.effects_of to sanad_app;
alter function app.effects_of owner to sanad_definer;

-- Where she stood on a day, and what could be given to her then: the rule of `mothers::access`, once more.
create function app.fork_on(which uuid, on_day date, out effect text, out is_opened boolean, out access text)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    decision uuid;
begin
    select e.effect, e.decision_id into fork_on.effect, decision from app.standing_on(which, on_day) e;
    fork_on.effect := coalesce(fork_on.effect, 'no_procedure');
    fork_on.is_opened := exists (select from app.opening_under(which, fork_on.effect, decision, on_day));
    fork_on.access := case when fork_on.effect = 'pending' then 'urgent'
                           when fork_on.effect = 'not_prosecuted' or fork_on.is_opened then 'open' else 'blocked' end;
end $$;
alter function app.fork_on owner to sanad_definer;

-- Where she stood since each day on which that changed; the first row is of the time before. A day on which it did not
-- change is left out: it would tell of a procedure elsewhere.
create function app.stands_of(which uuid) returns table (since date, effect text, is_opened boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return query
    select t.day, t.effect, t.is_opened
    from (select x.day, k.effect, k.is_opened,
                 lag(k.effect) over days is distinct from k.effect
                 or lag(k.is_opened) over days is distinct from k.is_opened as is_other
    from (
        select null::date as day
        union
        select (f.transmitted_at at time zone 'Africa/Casablanca')::date
        from app.records_of(which) r
        join app.judicial_adult a on a.person_id = r.id
        join app.judicial_file f on f.id = a.file_id and f.state not in ('draft', 'withdrawn')
        union
        select (f.joined_at at time zone 'Africa/Casablanca')::date
        from app.records_of(which) r
        join app.judicial_adult a on a.person_id = r.id
        join app.judicial_file f on f.id = a.file_id and f.joined_at is not null
        union
        select (a.joined_at at time zone 'Africa/Casablanca')::date
        from app.records_of(which) r join app.judicial_adult a on a.person_id = r.id and a.joined_at is not null
        union
        select app.acts_on(d.effect, d.decided_on, d.recorded_at)
        from app.records_of(which) r join app.adult_decision d on d.person_id = r.id
        union
        select (v.recorded_at at time zone 'Africa/Casablanca')::date
        from app.records_of(which) r join app.court_event v on v.adult_id = r.id
    ) x
    cross join lateral app.fork_on(which, coalesce(x.day, '-infinity')) k
    where exists (select from app.person p
                  where p.id = which and p.territory_id = any ((select app.my_territories())::smallint[])
                    and (not p.near_protected or not app.hides_person(p.id)))
    window days as (order by x.day nulls first)) t
    where t.is_other
    order by t.day nulls first;
end $$;
grant execute on function app.stands_of to sanad_app;
alter function app.stands_of owner to sanad_definer;

-- An opening is against what stands, and what its author read: not against a decision that came meanwhile. After the
-- row: whoever may not write it learns nothing of her.
create function app.support_fits() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if not exists (
        select from app.mother_effect e
        where e.person_id = new.person_id
          and new.ground = case e.effect when 'no_procedure' then 'no_procedure' when 'prosecuted' then 'override' end
          and new.decision_id is not distinct from case e.effect when 'prosecuted' then e.decision_id end) then
        raise exception 'there is nothing to open on this ground'
            using errcode = 'check_violation', constraint = 'mother_support_fits';
    end if;
    return null;
end $$;
create trigger support_fits after insert on app.mother_support
    for each row execute function app.support_fits();
alter function app.support_fits owner to sanad_definer;

-- A line of the court's inbox and of the cell's list. What waits stands first: a draft for the
-- supervisor's transmission, an urgent file for the measure of a child. An adult whose decision is
-- pending still waits for one.
create view app.judicial_desk with (security_invoker = true) as
    select f.id, f.number, f.territory_id, f.court_id, f.state, f.urgent, f.held_by,
           coalesce(f.transmitted_at, f.composed_at) as arrived_at,
           f.state = 'draft' or (f.urgent and f.children_waiting > 0 and f.state <> 'closed') as pressing,
           f.children, f.children_waiting, f.adults, f.adults_waiting, f.awaits, f.due_at
    from app.judicial_file f
    where f.state <> 'withdrawn';
grant select on app.judicial_desk to sanad_app;

-- The numbers beside the filters of a court's inbox: of all that it was sent, which row security shows it too.
create function app.count_desk()
returns table (whole bigint, transmitted bigint, received bigint, child bigint, adult bigint, pressing bigint)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
declare
    court constant smallint := (select m.court_id from sec.me() m
                                where m.role in ('prosecutor', 'court_registrar', 'chief_prosecutor'));
begin
    return query
    select count(*), count(*) filter (where f.state = 'transmitted'),
           count(*) filter (where f.state in ('received', 'under_study')), count(*) filter (where f.children_waiting > 0),
           count(*) filter (where f.adults_waiting > 0), count(*) filter (where f.urgent and f.children_waiting > 0)
    from app.judicial_file f where f.court_id = court and f.state not in ('draft', 'withdrawn');
end $$;
grant execute on function app.count_desk to sanad_app;
alter function app.count_desk owner to sanad_definer;
