-- Protected files and breaking the glass (schema D17; decision 0046). A protected file is seen by those who
-- are named on it: its lead and second, and whoever holds a grant. Everything that would tell of the child,
-- contacts, family, help, hides with it.

call ref.create_list('protection_reason');
call ref.create_list('emergency_reason');

-- A grant is of two kinds: `opened`, by a reader who gave a reason, for an hour; `named`, given by a
-- supervisor to somebody, for a year at most.
alter table app.case_grant
    add kind text not null default 'opened' constraint case_grant_kind_check check (kind in ('opened', 'named')),
    add granted_by uuid references sec.app_user,
    drop constraint case_grant_short,
    add constraint case_grant_short check (until <= granted_at + case kind when 'named' then interval '366 days'
                                                                           else interval '61 minutes' end),
    add constraint case_grant_giver check ((kind = 'named') = (granted_by is not null));
create index on app.case_grant (granted_by);

create table app.case_protection (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    reason text not null references ref.protection_reason,
    text_enc bytea not null,
    marked_by uuid not null references sec.app_user,
    marked_at timestamptz not null default now(),
    -- the supervisor who gives the grants and is told of openings
    keeper uuid not null references sec.app_user,
    lifted_at timestamptz,
    constraint case_protection_home unique (id, case_id, territory_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create unique index case_protection_one_live on app.case_protection (case_id) where lifted_at is null;
create index on app.case_protection (case_id, territory_id);
create index on app.case_protection (reason);
create index on app.case_protection (marked_by);
create index on app.case_protection (keeper);

-- Nobody lifts a protection alone.
create table app.protection_lift (
    id uuid primary key,
    protection_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    -- for who answers without seeing the file
    case_number text not null,
    text_enc bytea not null,
    asked_by uuid not null references sec.app_user,
    asked_at timestamptz not null default now(),
    answered_by uuid references sec.app_user,
    answered_at timestamptz,
    granted boolean,
    constraint protection_lift_four_eyes check (asked_by <> answered_by),
    constraint protection_lift_whole check (num_nulls(answered_by, answered_at, granted) in (0, 3)),
    foreign key (protection_id, case_id, territory_id)
        references app.case_protection (id, case_id, territory_id) on update cascade
);
create unique index protection_lift_one_open on app.protection_lift (protection_id) where answered_at is null;
create index on app.protection_lift (protection_id, case_id, territory_id);
create index on app.protection_lift (asked_by);
create index on app.protection_lift (answered_by);

-- The glass broken: sixty minutes, reading only, reviewed by somebody else.
create table app.emergency_access (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    case_number text not null,
    user_id uuid not null references sec.app_user,
    reason text not null references ref.emergency_reason,
    text_enc bytea not null,
    begun_at timestamptz not null default now(),
    until timestamptz not null,
    ended_at timestamptz,
    reviewed_by uuid references sec.app_user,
    reviewed_at timestamptz,
    justified boolean,
    review_enc bytea,
    constraint emergency_access_short check (until <= begun_at + interval '60 minutes'),
    constraint emergency_access_review_whole
        check (num_nulls(reviewed_by, reviewed_at, justified, review_enc) in (0, 4)),
    constraint emergency_access_four_eyes check (reviewed_by <> user_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create unique index emergency_access_one on app.emergency_access (user_id) where ended_at is null;
create index on app.emergency_access (case_id, territory_id);
create index on app.emergency_access (user_id);
create index on app.emergency_access (reason);
create index on app.emergency_access (reviewed_by);

-- What somebody is told, in Sanad and nowhere else. The same thing again on one day is one line.
create table app.notice (
    id uuid primary key default gen_random_uuid(),
    territory_id smallint not null,
    recipient uuid not null references sec.app_user,
    kind text not null constraint notice_kind_check check (kind in (
        'file_protected', 'protected_opened', 'grant_given', 'glass_broken', 'glass_reviewed', 'lift_asked',
        'lift_answered', 'protection_lifted', 'service_answered')),
    -- the file, unless it is about a colleague
    case_id uuid,
    case_number text,
    -- of the judicial side, whose readers see no file of a child
    judicial_file_id uuid references app.judicial_file,
    -- an urgent notice to a court
    disclosure_id uuid references app.disclosure,
    -- nobody: the clock
    actor uuid references sec.app_user,
    on_day date not null default current_date,
    at timestamptz not null default now(),
    times integer not null default 1,
    seen_at timestamptz,
    constraint notice_file_whole check ((case_id is null) = (case_number is null)),
    constraint notice_once unique nulls not distinct (recipient, kind, case_id, judicial_file_id, disclosure_id, actor, on_day),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index notice_unseen on app.notice (recipient) where seen_at is null;
create index notice_list on app.notice (recipient, at desc);
create index on app.notice (case_id, territory_id);
create index on app.notice (actor);
create index on app.notice (judicial_file_id);
create index on app.notice (disclosure_id);

-- The names of a protected child lie here and nowhere in clear.
alter table app.person_name
    add names_enc bytea,
    drop constraint person_name_some,
    add constraint person_name_some check (
        case when names_enc is null then num_nonnulls(given_ar, family_ar, given_la, family_la) > 0
             else num_nonnulls(given_ar, family_ar, given_la, family_la) = 0 end);
grant update (names_enc) on app.person_name to sanad_app;

-- An identifier of a protected child is nobody's business: the unique key would tell whoever types it.
alter table app.person_identifier
    add guarded boolean not null default false,
    drop constraint person_identifier_taken;
create index on app.person_identifier (kind);
create unique index person_identifier_taken on app.person_identifier (kind, blind_index, territory_id) where not guarded;

grant select (id, user_id, role, territory_id, valid) on sec.role_assignment to sanad_definer;
grant select (id, active) on sec.app_user to sanad_definer;

-- Whom a session is, in the country's role that oversees: no file, but the reviews.
create function app.oversees() returns boolean
language plpgsql stable security definer set search_path = pg_catalog as
$$ begin return exists (select from sec.me() m where m.role = 'dpo'); end $$;
grant execute on function app.oversees to sanad_app, sanad_definer;

-- The files this session leads, seconds or holds a grant on.
create function app.granted_cases() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me record;
begin
    select m.user_id, m.role, m.territory_id into me from sec.me() m;
    if me.role is null or me.role not in ('social_worker', 'supervisor') then
        return '{}';
    end if;
    return array(
        select a.case_id from app.case_assignment a
        where a.user_id = me.user_id and a.until is null and a.territory_id = me.territory_id
        union all
        select g.case_id from app.case_grant g
        where g.user_id = me.user_id and g.until > now() and g.territory_id = me.territory_id);
end $$;

-- The files this session sees through broken glass alone: read, never written.
create function app.emergency_cases() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    open constant uuid[] := array(
        select e.case_id from sec.me() m join app.emergency_access e
            on e.user_id = m.user_id and e.ended_at is null and e.until > now() and e.territory_id = m.territory_id
        where m.role in ('social_worker', 'supervisor'));
begin
    if open = '{}' then
        return open;
    end if;
    return array(select unnest(open) except select unnest(app.granted_cases()));
end $$;

grant execute on function app.granted_cases, app.emergency_cases to sanad_app, sanad_definer;
alter function app.granted_cases owner to sanad_definer;
alter function app.emergency_cases owner to sanad_definer;

-- Whether a factor was given in the last five minutes. What gives or takes away access to a protected file
-- asks for it here, too (decision 0038).
create function app.is_fresh() returns boolean
language plpgsql stable security definer set search_path = pg_catalog as
$$ begin return coalesce((select h.fresh from sec.holder() h), false); end $$;

-- Whether one of these is one of those files, or hangs on one.
create function app.touches(files uuid[], things uuid[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if files = '{}' then return false; end if;
    return files && things
        or app.contacts_behind(files) && things
        or app.services_behind(files) && things
        or exists (select from app.case_file c where c.id = any (files) and (c.child_id = any (things)
               or exists (select from app.relationship r where r.to_person = c.child_id and r.from_person = any (things))))
        or exists (select from app.case_attachment a where a.case_id = any (files) and a.attachment_id = any (things))
        or exists (select from app.judicial_file j where j.case_id = any (files) and j.id = any (things))
        or exists (select from app.judicial_child k where k.child_case_id = any (files) and k.file_id = any (things))
        or exists (select from app.disclosure d where d.case_id = any (files) and d.id = any (things))
        or exists (select from app.task t where t.case_id = any (files) and t.id = any (things))
        or exists (select from app.form_draft d where d.case_id = any (files) and d.id = any (things))
        or exists (select from app.identity_request r where r.case_id = any (files) and r.id = any (things));
end $$;
-- A protected file that this session is named on is not shown on a screen left open: its pages ask for a fresh
-- factor. Broken glass is not asked again, for breaking it asked …
create function app.asks_factor(things uuid[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return app.touches(array(select c.id from app.case_file c where c.protected and c.id = any (app.granted_cases())), things);
end $$;
-- … and is read only.
create function app.reads_only(things uuid[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return app.touches(app.emergency_cases(), things);
end $$;
grant execute on function app.touches to sanad_definer;
grant execute on function app.is_fresh, app.asks_factor, app.reads_only to sanad_app, sanad_definer;
alter function app.touches owner to sanad_definer;
alter function app.asks_factor owner to sanad_definer;
alter function app.reads_only owner to sanad_definer;

-- One of them, for a page that shows one.
create function app.is_in_emergency(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return which = any (app.emergency_cases());
end $$;
grant execute on function app.is_in_emergency to sanad_app, sanad_definer;
alter function app.is_in_emergency owner to sanad_definer;

-- What hangs on some files of this prefecture and on no other of them: a mother with another child that is
-- seen stays seen, a contact with the child in it does not.
create function app.persons_behind(cases uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if cases = '{}' then
        return cases;
    end if;
    return (with child as (select c.child_id as id from app.case_file c where c.id = any (cases)),
    around as (select distinct r.from_person as id from app.relationship r join child on child.id = r.to_person)
    select coalesce(array_agg(id), '{}') from (
        select id from child
        union
        select a.id from around a
        where not exists (select from app.relationship r where r.from_person = a.id
                          and r.to_person not in (select id from child))
          and not exists (select from app.case_file c where c.child_id = a.id and not c.id = any (cases))
          and not exists (select from app.judicial_adult j where j.person_id = a.id and not j.case_id = any (cases))
          and not exists (select from app.service_beneficiary b where b.person_id = a.id and not b.case_id = any (cases))
    ) behind);
end $$;
create function app.services_behind(cases uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(b.service_id), '{}') from app.service_beneficiary b where b.case_id = any (cases));
end $$;
create function app.contacts_behind(cases uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(s.contact_id), '{}') from app.contact_outcome o
    join app.contact_child s on s.id = o.contact_child_id where o.case_id = any (cases));
end $$;

grant execute on function app.persons_behind, app.services_behind, app.contacts_behind to sanad_definer;
alter function app.persons_behind owner to sanad_definer;
alter function app.services_behind owner to sanad_definer;
alter function app.contacts_behind owner to sanad_definer;

-- Not to be read …
set local role sanad_definer;
create or replace function app.hidden_persons() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select app.persons_behind(app.hidden_cases()));
end $$;
create or replace function app.hidden_services() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select app.services_behind(app.hidden_cases()));
end $$;
set local role sanad_owner;
create function app.hidden_contacts() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select app.contacts_behind(app.hidden_cases()));
end $$;
create function app.hidden_sightings() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(s.id), '{}') from app.contact_child s
    where s.contact_id = any ((select app.hidden_contacts())::uuid[]));
end $$;
create function app.hidden_identities() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(l.identity_id), '{}') from app.identity_link l
    where l.person_id = any ((select app.hidden_persons())::uuid[]));
end $$;
-- The same of one row, for policies: only of rows that a protected file stands behind.
create function app.hides_person(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return which = any (app.persons_behind(app.hidden_among(array(
        select c.id from app.case_file c where c.child_id = which
        union all
        select c.id from app.relationship r join app.case_file c on c.child_id = r.to_person where r.from_person = which
        union all
        select j.case_id from app.judicial_adult j where j.person_id = which
        union all
        select b.case_id from app.service_beneficiary b where b.person_id = which))));
end $$;
create function app.hides_contact(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return app.hidden_among(array(select o.case_id from app.contact_child k
        join app.contact_outcome o on o.contact_child_id = k.id where k.contact_id = which)) <> '{}';
end $$;

-- Whatever comes near a protected file is marked, and stays marked: a mark too many costs a moment, a mark too
-- few would show a child. Who writes a row that hangs on a file waits here for whoever is protecting the file.
create function app.mark_near(cases uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.person p set near_protected = true
    where not p.near_protected and p.id in (
        select c.child_id from app.case_file c where c.id = any (cases)
        union all
        select r.from_person from app.case_file c join app.relationship r on r.to_person = c.child_id where c.id = any (cases));
    update app.contact k set near_protected = true
    where not k.near_protected and k.id in (
        select s.contact_id from app.contact_outcome o join app.contact_child s on s.id = o.contact_child_id
        where o.case_id = any (cases));
    update app.service v set near_protected = true
    where not v.near_protected and v.id in (
        select b.service_id from app.service_beneficiary b where b.case_id = any (cases));
end $$;
create function app.marks_near() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    near uuid[];
begin
    if tg_table_name = 'case_file' then
        near := array[new.id];
    elsif tg_table_name = 'relationship' then
        near := array(select c.id from app.case_file c where c.child_id = new.to_person for no key update);
    else
        near := array(select c.id from app.case_file c where c.id = new.case_id for no key update);
    end if;
    near := array(select c.id from app.case_file c where c.id = any (near) and c.protected);
    if near <> '{}' then
        perform app.mark_near(near);
    end if;
    return null;
end $$;
create trigger marks_near after insert or update of protected, child_id on app.case_file
    for each row when (new.protected) execute function app.marks_near();
create trigger marks_near after insert or update of from_person, to_person on app.relationship
    for each row execute function app.marks_near();
create trigger marks_near after insert or update of contact_child_id, case_id on app.contact_outcome
    for each row when (new.case_id is not null) execute function app.marks_near();
create trigger marks_near after insert or update of service_id, case_id on app.service_beneficiary
    for each row execute function app.marks_near();

-- … and to be read only.
create function app.emergency_persons() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select app.persons_behind(app.emergency_cases()));
end $$;
create function app.emergency_services() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select app.services_behind(app.emergency_cases()));
end $$;
create function app.emergency_contacts() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select app.contacts_behind(app.emergency_cases()));
end $$;

grant execute on function app.hidden_contacts, app.hidden_sightings, app.hidden_identities, app.emergency_persons,
    app.emergency_services, app.emergency_contacts, app.hides_person, app.hides_contact to sanad_app, sanad_definer;
grant execute on function app.mark_near to sanad_definer;
do $$
declare
    one text;
begin
    foreach one in array array['hidden_contacts()', 'hidden_sightings()', 'hidden_identities()', 'emergency_persons()',
        'emergency_services()', 'emergency_contacts()', 'hides_person(uuid)', 'hides_contact(uuid)', 'mark_near(uuid[])',
        'marks_near()'] loop
        execute format('alter function app.%s owner to sanad_definer', one);
    end loop;
end $$;

-- Contacts, identities and supports were the prefecture's; they are, but for what would tell of a child.
do $$
declare
    target text;
    here constant text := 'territory_id = any ((select app.my_territories())::smallint[])';
    contact constant text := here || ' and (not near_protected or not app.hides_contact(id))';
    -- the mother of a protected child is not marked as protected herself
    person constant text := here || ' and (not near_protected or not app.hides_person(id))';
    own constant text := here || ' and exists (select from app.contact k where k.id = contact_id)';
    flag constant text := here || ' and exists (select from app.contact_child k where k.id = contact_child_id)';
begin
    execute format('alter policy reads on app.contact using (%s)', contact);
    execute format('alter policy edits on app.contact using (%1$s) with check (%1$s)', contact);
    execute format('alter policy reads on app.person using (%s)', person);
    execute format('alter policy adds on app.person with check (%s)', person);
    execute format('alter policy edits on app.person using (%1$s) with check (%1$s)', person);
    foreach target in array array['contact_action', 'contact_child', 'contact_adult'] loop
        execute format('alter policy reads on app.%I using (%s)', target, own);
        execute format('alter policy adds on app.%I with check (%s)', target, own);
        execute format('alter policy edits on app.%I using (%2$s) with check (%2$s)', target, own);
    end loop;
    execute format('alter policy reads on app.contact_child_flag using (%s)', flag);
    execute format('alter policy adds on app.contact_child_flag with check (%s)', flag);
end $$;
alter policy reads on app.identity using (territory_id = any ((select app.my_territories())::smallint[])
    and id <> all ((select app.hidden_identities())::uuid[]));
alter policy reads on app.mother_support using (territory_id = any ((select app.my_territories())::smallint[])
    and exists (select from app.person p where p.id = person_id));
-- A second file on a child asks for the child to be seen: the unique key would tell of the first.
alter policy adds on app.case_file with check (territory_id = any ((select app.my_territories())::smallint[])
    and (not protected or app.is_mine(id)) and exists (select from app.person p where p.id = child_id));

-- Grants: one's own for an hour; named ones by a supervisor who is named, on a protected file.
alter policy reads on app.case_grant using (
    (territory_id = any ((select app.supervised_territories())::smallint[])
     or case_id = any ((select app.my_cases())::uuid[]) or user_id = (select app.my_user()))
    and exists (select from app.case_file c where c.id = case_id));
alter policy adds on app.case_grant with check (
    territory_id = any ((select app.my_territories())::smallint[])
    and ((kind = 'opened' and user_id = (select app.my_user())
          and exists (select from app.case_file c where c.id = case_id))
      or (kind = 'named' and granted_by = (select app.my_user()) and (select app.is_fresh())
          and territory_id = any ((select app.supervised_territories())::smallint[])
          and exists (select from app.case_file c where c.id = case_id and c.protected))));
alter policy edits on app.case_grant
    using (kind = 'named' and territory_id = any ((select app.supervised_territories())::smallint[])
           and case_id <> all ((select app.hidden_cases())::uuid[]) and (select app.is_fresh()))
    with check (kind = 'named' and territory_id = any ((select app.supervised_territories())::smallint[])
           and case_id <> all ((select app.hidden_cases())::uuid[]));
grant update (until) on app.case_grant to sanad_app;
create function app.grants_only_end() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if new.until > old.until then
        raise exception 'a grant is not prolonged: give another' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger grants_only_end before update on app.case_grant
    for each row execute function app.grants_only_end();

call app.protect('app.case_protection',
    'territory_id = any ((select app.my_territories())::smallint[]) and case_id <> all ((select app.hidden_cases())::uuid[])
        and (territory_id = any ((select app.supervised_territories())::smallint[]) or case_id = any ((select app.my_cases())::uuid[]))',
    'marked_by = (select app.my_user()) and territory_id = any ((select app.my_territories())::smallint[])
        and (territory_id = any ((select app.supervised_territories())::smallint[]) or case_id = any ((select app.my_cases())::uuid[]))
        and lifted_at is null and (select app.is_fresh()) and exists (select from app.case_file c where c.id = case_id)');

-- Who answers is another supervisor who is named, or the officer for data protection, who sees no file.
call app.protect('app.protection_lift',
    '(territory_id = any ((select app.supervised_territories())::smallint[]) and case_id <> all ((select app.hidden_cases())::uuid[]))
        or (select app.oversees())',
    'asked_by = (select app.my_user()) and territory_id = any ((select app.supervised_territories())::smallint[])
        and answered_at is null and (select app.is_fresh())
        and exists (select from app.case_protection p where p.id = protection_id and p.lifted_at is null)');
alter policy edits on app.protection_lift
    using (answered_at is null
           and ((territory_id = any ((select app.supervised_territories())::smallint[])
                 and case_id <> all ((select app.hidden_cases())::uuid[])) or (select app.oversees())))
    with check (answered_by = (select app.my_user()) and (select app.is_fresh()));
grant update (answered_by, answered_at, granted) on app.protection_lift to sanad_app;

-- Made by `app.break_glass` alone; ended by its user; reviewed by another.
call app.protect('app.emergency_access',
    '(territory_id = any ((select app.supervised_territories())::smallint[]) and case_id <> all ((select app.hidden_cases())::uuid[]))
        or user_id = (select app.my_user()) or (select app.oversees())',
    'false');
alter policy edits on app.emergency_access
    using ((user_id = (select app.my_user()) and ended_at is null)
           or (reviewed_at is null and ((select app.oversees())
               or (territory_id = any ((select app.supervised_territories())::smallint[])
                   and case_id <> all ((select app.hidden_cases())::uuid[])))))
    with check ((user_id = (select app.my_user()) and ended_at is not null and reviewed_by is null)
           or (reviewed_by = (select app.my_user()) and (select app.is_fresh())));
grant update (ended_at, reviewed_by, reviewed_at, justified, review_enc) on app.emergency_access to sanad_app;

call app.protect('app.notice', 'recipient = (select app.my_user())', 'false');
alter policy edits on app.notice using (recipient = (select app.my_user()))
    with check (recipient = (select app.my_user()));
grant update (seen_at) on app.notice to sanad_app;

-- Through broken glass one reads. Restrictive: it only takes away, whatever the other policies give.
create procedure app.read_only_in_emergency(target regclass, who text)
language plpgsql as $$
begin
    execute format('create policy emergency_adds on %s as restrictive for insert to sanad_app with check (%s)',
                   target, who);
    execute format('create policy emergency_edits on %s as restrictive for update to sanad_app using (%s) with check (%s)',
                   target, who, who);
end $$;
do $$
declare
    wall record;
begin
    for wall in select * from (values
        ('case_file', 'id', 'cases'), ('case_episode', 'case_id', 'cases'), ('case_transition', 'case_id', 'cases'),
        ('case_assignment', 'case_id', 'cases'), ('case_grant', 'case_id', 'cases'), ('case_seen', 'case_id', 'cases'),
        ('contact_outcome', 'case_id', 'cases'), ('service_beneficiary', 'case_id', 'cases'),
        ('disclosure', 'case_id', 'cases'), ('judicial_file', 'case_id', 'cases'), ('judicial_child', 'case_id', 'cases'),
        ('judicial_adult', 'case_id', 'cases'), ('case_protection', 'case_id', 'cases'),
        ('protection_lift', 'case_id', 'cases'), ('service', 'id', 'services'), ('contact', 'id', 'contacts'),
        ('contact_action', 'contact_id', 'contacts'), ('contact_child', 'contact_id', 'contacts'),
        ('contact_adult', 'contact_id', 'contacts'), ('person', 'id', 'persons'), ('person_name', 'person_id', 'persons'),
        ('identity_link', 'person_id', 'persons'), ('person_identifier', 'person_id', 'persons'), ('relationship', 'to_person', 'persons'),
        ('mother_support', 'person_id', 'persons')) as t (target, key, what)
    loop
        call app.read_only_in_emergency(format('app.%I', wall.target)::regclass, format(
            case wall.target when 'contact_outcome'
                then '%1$I is null or %1$I <> all ((select app.emergency_%2$s())::uuid[])'
                else '%1$I <> all ((select app.emergency_%2$s())::uuid[])' end, wall.key, wall.what));
    end loop;
end $$;

-- Reviewing one's own emergency through its open glass is refused by the four eyes above.

-- Who is named on a file as its supervisors; and those who oversee.
create function app.supervisors_named(which uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
    select u.id from app.case_file c
    join sec.role_assignment r on r.territory_id = c.territory_id and r.role = 'supervisor' and r.valid @> current_date
    join sec.app_user u on u.id = r.user_id and u.active
    where c.id = which and (
        exists (select from app.case_grant g where g.case_id = c.id and g.user_id = u.id and g.until > now())
        or exists (select from app.case_assignment a where a.case_id = c.id and a.user_id = u.id and a.until is null))
$$;
create function app.overseers() returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
    select u.id from sec.role_assignment r join sec.app_user u on u.id = r.user_id and u.active
    where r.role = 'dpo' and r.valid @> current_date
$$;

-- One line to each, from whoever acts; nobody is told of their own act.
create function app.tell(what text, which uuid, people uuid[]) returns void
language sql security definer set search_path = pg_catalog as $$
    insert into app.notice (territory_id, recipient, kind, case_id, case_number, actor)
    select c.territory_id, p.id, what, c.id, c.number, m.user_id
    from app.case_file c, sec.me() m, (select distinct unnest(people) as id) p
    where c.id = which and p.id <> m.user_id
    on conflict on constraint notice_once
        do update set at = now(), times = notice.times + 1, seen_at = null
$$;

-- The files that a thing of the trail hangs on, by the indexes of what hangs on them.
create function app.files_behind(entity text, thing uuid) returns setof uuid
language plpgsql stable security definer rows 2 set search_path = pg_catalog as $$
begin
    case entity
    when 'case' then
        return next thing;
    when 'person' then
        return query
        select c.id from app.case_file c where c.child_id = thing
        union
        select c.id from app.relationship r join app.case_file c on c.child_id = r.to_person where r.from_person = thing
        union
        select j.case_id from app.judicial_adult j where j.person_id = thing
        union
        select b.case_id from app.service_beneficiary b where b.person_id = thing;
    when 'contact' then
        return query
        select distinct o.case_id from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
        where s.contact_id = thing and o.case_id is not null;
    when 'service' then
        return query select distinct b.case_id from app.service_beneficiary b where b.service_id = thing;
    when 'document' then
        return query select l.case_id from app.case_attachment l where l.attachment_id = thing;
    when 'judicial_file' then
        return query
        select j.case_id from app.judicial_file j where j.id = thing
        union
        select k.child_case_id from app.judicial_child k where k.file_id = thing;
    when 'disclosure' then
        return query select d.case_id from app.disclosure d where d.id = thing;
    when 'transfer' then
        return query select t.case_id from app.case_transfer t where t.id = thing;
    when 'identity_request' then
        return query select r.case_id from app.identity_request r where r.id = thing;
    else
        -- a reading that nobody can trace to its file is not made
        raise exception 'nobody knows the files behind a %', entity using errcode = 'invalid_parameter_value';
    end case;
end $$;

-- Said by the trail of each reading: the supervisors who are named on the protected files behind it are told, of a
-- reader who sees those files. A court and a provider read what was sent to them, and no file.
create function app.tell_reading(entity text, thing uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    is_near boolean := true;
    one uuid;
begin
    -- most readings are of what never came near a protected file, which one look at its row tells
    if entity = 'case' then
        select c.protected into is_near from app.case_file c where c.id = thing;
    elsif entity = 'person' then
        select p.near_protected into is_near from app.person p where p.id = thing;
    elsif entity = 'contact' then
        select k.near_protected into is_near from app.contact k where k.id = thing;
    elsif entity = 'service' then
        select v.near_protected into is_near from app.service v where v.id = thing;
    end if;
    if is_near then
        for one in select c.id from app.files_behind(entity, thing) f (id) join app.case_file c on c.id = f.id and c.protected
                   order by c.id loop
            if app.is_mine(one) then
                perform app.tell('protected_opened', one, array(select app.supervisors_named(one)));
            end if;
        end loop;
    end if;
end $$;

-- Breaks the glass on a protected file that the reader does not see; null for any other number, and the
-- caller says no more than that.
create function app.break_glass(access uuid, wanted text, why text, words bytea) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    file record;
begin
    select m.user_id, m.territory_id into me from sec.me() m
    where m.role in ('social_worker', 'supervisor') and app.is_fresh();
    if me.user_id is null then
        raise exception 'not for this role or not confirmed' using errcode = 'insufficient_privilege';
    end if;
    select e.case_id as id into file from app.emergency_access e
    where e.id = access and e.user_id = me.user_id and e.case_number = wanted;
    if file.id is not null then
        return file.id;
    end if;
    select c.id, c.number, c.territory_id into file from app.case_file c
    where c.number = wanted and c.territory_id = me.territory_id and c.protected and c.void is null
      and c.id <> all (app.granted_cases());
    if file.id is null then
        return null;
    end if;
    update app.emergency_access e set ended_at = least(now(), e.until)
    where e.user_id = me.user_id and e.ended_at is null;
    insert into app.emergency_access (id, case_id, territory_id, case_number, user_id, reason, text_enc, until)
    values (access, file.id, file.territory_id, file.number, me.user_id, why, words, now() + interval '60 minutes');
    perform app.tell('glass_broken', file.id,
        array(select app.supervisors_named(file.id) union select app.overseers()
              union select a.user_id from app.case_assignment a
              where a.case_id = file.id and a.kind = 'lead' and a.until is null));
    return file.id;
end $$;

-- The mark on the file follows the protection; no page sets it.
create function app.protection_marks() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if not exists (select from sec.role_assignment r where r.user_id = new.keeper and r.role = 'supervisor'
                   and r.territory_id = new.territory_id and r.valid @> current_date) then
        raise exception 'the keeper is a supervisor of the prefecture' using errcode = 'check_violation';
    end if;
    update app.case_file c set protected = true, changed_at = now(), changed_by = new.marked_by where c.id = new.case_id;
    update app.person p set protected = true from app.case_file c where c.id = new.case_id and p.id = c.child_id;
    update app.person_identifier i set guarded = true from app.case_file c where c.id = new.case_id and i.person_id = c.child_id;
    -- hours that colleagues opened end now
    update app.case_grant g set until = greatest(g.granted_at, now())
    where g.case_id = new.case_id and g.kind = 'opened' and g.until > now();
    -- and so does what came with somebody's absence: nobody named who stands in, unless it is who marks or keeps it
    update app.case_assignment a set until = greatest(a.since, now())
    where a.case_id = new.case_id and a.stand_in_id is not null and a.until is null
      and a.user_id not in (new.marked_by, new.keeper);
    insert into app.case_grant (id, case_id, territory_id, user_id, kind, reason, granted_by, until)
    values (gen_random_uuid(), new.case_id, new.territory_id, new.keeper, 'named', 'supervisor_asked', new.marked_by,
            now() + interval '365 days');
    perform app.tell('file_protected', new.case_id, array(select app.supervisors_named(new.case_id)));
    return null;
end $$;
create trigger protection_marks after insert on app.case_protection
    for each row execute function app.protection_marks();

create function app.identifier_guarded() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    new.guarded := (select p.protected from app.person p where p.id = new.person_id);
    return new;
end $$;
create trigger identifier_guarded before insert on app.person_identifier
    for each row execute function app.identifier_guarded();

create function app.grant_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.tell('grant_given', new.case_id, array[new.user_id]);
    return null;
end $$;
create trigger grant_tells after insert on app.case_grant
    for each row when (new.kind = 'named') execute function app.grant_tells();

create function app.lift_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_op = 'INSERT' then
        perform app.tell('lift_asked', new.case_id,
            array(select app.supervisors_named(new.case_id) union select app.overseers()));
    elsif new.answered_at is not null then
        perform app.tell('lift_answered', new.case_id, array[new.asked_by]);
    end if;
    return null;
end $$;
create trigger lift_tells after insert or update on app.protection_lift
    for each row execute function app.lift_tells();

create function app.review_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.tell('glass_reviewed', new.case_id, array[new.user_id]);
    return null;
end $$;
create trigger review_tells after update of reviewed_at on app.emergency_access
    for each row when (new.reviewed_at is not null) execute function app.review_tells();

-- Carries out a lift that two persons agreed on, by a supervisor who sees the file, after the names have
-- been put back. False if there is none, or a name is still sealed.
create function app.lift_protection(which uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    live uuid;
begin
    select p.id into live from app.case_protection p
    join app.case_file c on c.id = p.case_id
    where p.case_id = which and p.lifted_at is null and app.is_fresh()
      and p.territory_id = any ((select app.supervised_territories())::smallint[])
      and p.case_id = any (app.granted_cases())
      and exists (select from app.protection_lift l where l.protection_id = p.id and l.granted)
      and not exists (select from app.person_name n where n.person_id = c.child_id and n.names_enc is not null);
    if live is null then
        return false;
    end if;
    perform app.tell('protection_lifted', which, array(select app.supervisors_named(which) union select app.overseers()));
    update app.case_protection p set lifted_at = now() where p.id = live;
    update app.case_file c set protected = false, changed_at = now(), changed_by = app.my_user() where c.id = which;
    update app.person p set protected = false from app.case_file c where c.id = which and p.id = c.child_id;
    -- one that somebody recorded for another person meanwhile stays apart, to be judged as a duplicate
    update app.person_identifier i set guarded = false from app.case_file c
    where c.id = which and i.person_id = c.child_id and not exists (
        select from app.person_identifier o where o.kind = i.kind and o.blind_index = i.blind_index
            and o.territory_id = i.territory_id and not o.guarded);
    update app.case_grant g set until = greatest(g.granted_at, now())
    where g.case_id = which and g.kind = 'named' and g.until > now();
    return true;
end $$;

-- What stands at the head of every page: how many notices wait, and the glass that is open.
create function app.signals_of(who uuid)
returns table (notices bigint, emergency uuid, case_id uuid, case_number text, until timestamptz)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select (select count(*) from app.notice n where n.recipient = who and n.seen_at is null),
           e.id, e.case_id, e.case_number, e.until
    from (select 1) one
    left join app.emergency_access e on e.user_id = who and e.ended_at is null and e.until > now();
end $$;
create function sec.signals(token bytea)
returns table (notices bigint, emergency uuid, case_id uuid, case_number text, until timestamptz)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select g.* from sec.session s, app.signals_of(s.user_id) g where s.token_sha256 = token;
end $$;

grant execute on function app.break_glass, app.lift_protection to sanad_app;
grant execute on function app.supervisors_named, app.overseers, app.tell, app.files_behind to sanad_definer;
do $$
declare
    one text;
begin
    foreach one in array array['supervisors_named(uuid)', 'overseers()', 'tell(text, uuid, uuid[])', 'files_behind(text, uuid)',
        'tell_reading(text, uuid)', 'break_glass(uuid, text, text, bytea)', 'protection_marks()', 'identifier_guarded()', 'grant_tells()', 'lift_tells()', 'review_tells()',
        'lift_protection(uuid)', 'signals_of(uuid)'] loop
        execute format('alter function app.%s owner to sanad_definer', one);
    end loop;
end $$;
-- after the change of owner, or the grant would go with it
set local role sanad_definer;
grant execute on function app.signals_of, app.files_behind, app.tell_reading to sanad_owner;
set local role sanad_owner;
grant execute on function sec.signals to sanad_app;

-- Who opened one file, for its own access log: the reader must be able to see the case.
set local role sanad_definer;
grant execute on function app.hidden_cases, app.hidden_persons to sanad_owner;
set local role sanad_owner;
create or replace function audit.openings(kind text, id uuid, since timestamptz)
returns table (at timestamptz, actor uuid, action text, reason text)
language sql stable security definer set search_path = pg_catalog as $$
    select e.at, e.actor, e.action, e.reason from audit.event e, sec.me() m
    where e.object_kind = kind and e.object_id = openings.id and e.at >= since
      and e.territory_id = m.territory_id and m.role in ('social_worker', 'supervisor')
      and e.object_id <> all (app.hidden_cases()) and e.object_id <> all (app.hidden_persons())
      and e.action in ('case.opened', 'case.opened_with_reason', 'mother.opened', 'child.opened', 'emergency.begun',
                       'protection.opened')
    order by e.at desc
$$;

-- What was read of the file through that glass, for its review: whatever page it was, until the glass was closed. A
-- page that was being read then is written down a moment later.
create function app.emergency_of(access uuid)
returns table (case_id uuid, user_id uuid, begun_at timestamptz, until timestamptz)
language sql stable security definer rows 1 set search_path = pg_catalog as $$
    select e.case_id, e.user_id, e.begun_at, coalesce(e.ended_at, e.until) + interval '10 seconds' from app.emergency_access e
    where e.id = access and (app.oversees() or (e.territory_id = any (app.supervised_territories())
                                                and e.case_id <> all (app.hidden_cases())))
$$;
alter function app.emergency_of owner to sanad_definer;
set local role sanad_definer;
grant execute on function app.emergency_of to sanad_owner;
set local role sanad_owner;
create function app.readings_in(access uuid)
returns table (action text, since timestamptz, until timestamptz, times bigint)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
    glass record;
begin
    select e.case_id, e.user_id, e.begun_at, e.until into glass from app.emergency_of(access) e;
    return query
    select v.action, min(v.at), max(v.at), count(*)
    from audit.event v
    where v.actor = glass.user_id and v.at between glass.begun_at and glass.until and v.object_id is not null
      and v.action = any (audit.readings()) and v.action <> 'emergency.begun'
      and glass.case_id in (select app.files_behind(v.object_kind, v.object_id))
    group by v.action, v.object_kind, v.object_id
    order by min(v.at), v.action;
end $$;
grant execute on function app.readings_in to sanad_app;
