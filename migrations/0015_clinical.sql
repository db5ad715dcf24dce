-- One table for each audience (schema D7, decision 0053). Row security hides rows, not columns: what only some
-- readers of a file may read stands in a table of its own, and the words of it leave through a function that
-- writes the reading down.

call ref.create_list('clinical_kind');

-- Health and what was told in confidence: for those who care for the child, never for a court (domain P4).
create table app.clinical_note (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    kind text not null references ref.clinical_kind,
    observed_on date not null,
    text_enc bytea not null,
    written_by uuid not null references sec.app_user,
    written_at timestamptz not null default now(),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.clinical_note (case_id, territory_id);
create index on app.clinical_note (kind);
create index on app.clinical_note (written_by);

-- Where somebody is kept safe: shelter, foster home, school (domain P5). A new one replaces the last.
create table app.safe_address (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    text_enc bytea not null,
    written_by uuid not null references sec.app_user,
    written_at timestamptz not null default now(),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.safe_address (case_id, territory_id);
create index on app.safe_address (written_by);

-- A prosecutor's own words on a file: for the court alone.
create table app.court_note (
    id uuid primary key,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    text_enc bytea not null,
    written_by uuid not null references sec.app_user,
    written_at timestamptz not null default now(),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.court_note (file_id, case_id, territory_id, court_id);
create index on app.court_note (written_by);

-- Those who care for a child: lead and second, whoever is named on the file, its supervisor. An hour's
-- opening of a colleague's file, and broken glass, are for the story of the file and not for this.
create function app.care_cases() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(case_id), '{}') from (
        select a.case_id from sec.me() m join app.case_assignment a
            on a.user_id = m.user_id and a.until is null and a.territory_id = m.territory_id
        where m.role in ('social_worker', 'supervisor')
        union
        select g.case_id from sec.me() m join app.case_grant g
            on g.user_id = m.user_id and g.until > now() and g.kind = 'named' and g.territory_id = m.territory_id
        where m.role in ('social_worker', 'supervisor')
        union
        select c.id from sec.me() m join app.case_file c on c.territory_id = m.territory_id and not c.protected
        where m.role = 'supervisor') mine);
end $$;
grant execute on function app.care_cases to sanad_app;
alter function app.care_cases owner to sanad_definer;

do $$
declare
    care constant text := 'territory_id = any ((select app.my_territories())::smallint[])
        and case_id = any ((select app.care_cases())::uuid[])';
    mine constant text := ' and written_by = (select app.my_user())';
begin
    call app.protect('app.clinical_note', care, care || mine);
    call app.protect('app.safe_address', care, care || mine);
    call app.protect('app.court_note',
        'court_id = any ((select app.my_courts())::smallint[]) and file_id <> all ((select app.unsent_files())::uuid[])',
        'court_id = any ((select app.my_courts())::smallint[]) and exists (select from app.judicial_file f where f.id = file_id)
            and written_by = (select app.my_user())');
end $$;

-- The words themselves are in no list: the application reads the other columns.
revoke select on app.clinical_note, app.safe_address from sanad_app;
grant select (id, case_id, territory_id, kind, observed_on, written_by, written_at) on app.clinical_note to sanad_app;
grant select (id, case_id, territory_id, written_by, written_at) on app.safe_address to sanad_app;

-- One text, and in the same breath the row that says who read it. Nothing for who may not.
create function app.reveal_clinical_note(which uuid) returns bytea
language plpgsql security definer set search_path = pg_catalog as $$
declare
    found record;
begin
    select n.case_id, n.territory_id, n.text_enc into found from app.clinical_note n
    where n.id = which and n.territory_id = any ((select app.my_territories())::smallint[])
      and n.case_id = any ((select app.care_cases())::uuid[]);
    if found.case_id is not null then
        perform audit.record('clinical_note.revealed', 'case', found.case_id, found.territory_id,
                             jsonb_build_object('note', which), null);
    end if;
    return found.text_enc;
end $$;
create function app.reveal_safe_address(which uuid) returns bytea
language plpgsql security definer set search_path = pg_catalog as $$
declare
    found record;
begin
    select a.case_id, a.territory_id, a.text_enc into found from app.safe_address a
    where a.id = which and a.territory_id = any ((select app.my_territories())::smallint[])
      and a.case_id = any ((select app.care_cases())::uuid[]);
    if found.case_id is not null then
        perform audit.record('safe_address.revealed', 'case', found.case_id, found.territory_id,
                             jsonb_build_object('address', which), null);
    end if;
    return found.text_enc;
end $$;
grant execute on function audit.record to sanad_definer;
grant execute on function app.reveal_clinical_note, app.reveal_safe_address to sanad_app;
alter function app.reveal_clinical_note owner to sanad_definer;
alter function app.reveal_safe_address owner to sanad_definer;
