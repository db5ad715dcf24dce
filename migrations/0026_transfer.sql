-- A file moves to another city (schema D5, D8; decision 0069). The sender keeps it until the receiving supervisor
-- accepts; before, the receiver reads the frozen sheet and nothing of the file. What moves is who may see: where
-- things happened (`territory_at`) stays, and with it every figure of the past.

create table app.case_transfer (
    id uuid primary key,
    case_id uuid not null,
    -- where the file is: the sender's until it is accepted
    territory_id smallint not null,
    case_number text not null,
    from_territory smallint not null references ref.territory,
    to_territory smallint not null references ref.territory,
    state text not null default 'requested' constraint case_transfer_state_check
        check (state in ('requested', 'accepted', 'refused', 'withdrawn')),
    -- the sheet as it was when it was sent: the text that was hashed is the text that is read
    sheet_enc bytea not null,
    sheet_sha256 bytea not null constraint case_transfer_sha256_check check (length(sheet_sha256) = 32),
    asked_by uuid not null references sec.app_user,
    asked_at timestamptz not null default now(),
    answered_by uuid references sec.app_user,
    answered_at timestamptz,
    answer_enc bytea,
    constraint case_transfer_elsewhere check (from_territory <> to_territory),
    constraint case_transfer_answered_whole check ((state = 'requested') = (answered_at is null)
        and (answered_at is null) = (answered_by is null)),
    constraint case_transfer_refused_why check (state <> 'refused' or answer_enc is not null),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create unique index case_transfer_one_open on app.case_transfer (case_id) where state = 'requested';
create index on app.case_transfer (case_id, territory_id);
create index case_transfer_out on app.case_transfer (from_territory, asked_at desc);
create index case_transfer_in on app.case_transfer (to_territory, asked_at desc);
create index on app.case_transfer (asked_by);
create index on app.case_transfer (answered_by);
do $$
declare
    sides constant text := '(from_territory = any ((select app.supervised_territories())::smallint[])
        or to_territory = any ((select app.supervised_territories())::smallint[]))
        and case_id <> all ((select app.hidden_cases())::uuid[])';
begin
    call app.protect('app.case_transfer', sides,
        'territory_id = any ((select app.supervised_territories())::smallint[]) and from_territory = territory_id
         and asked_by = (select app.my_user()) and state = ''requested''
         and exists (select from app.case_file c where c.id = case_id and not c.protected)');
    -- the sender takes back, the receiver refuses; acceptance moves the file, and is a function
    execute 'alter policy edits on app.case_transfer using (state = ''requested'' and ' || sides || ')
        with check (answered_by = (select app.my_user()) and (
            (state = ''withdrawn'' and from_territory = any ((select app.supervised_territories())::smallint[]))
            or (state = ''refused'' and to_territory = any ((select app.supervised_territories())::smallint[]))))';
end $$;
call app.read_only_in_emergency('app.case_transfer', 'case_id <> all ((select app.emergency_cases())::uuid[])');
grant update (state, answered_by, answered_at, answer_enc) on app.case_transfer to sanad_app;

create function app.transfer_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    episode constant uuid := (select e.id from app.case_episode e where e.case_id = new.case_id order by e.seq desc limit 1);
    nth constant integer := (select count(*) from app.case_transfer t where t.case_id = new.case_id);
begin
    if new.state = 'requested' then
        perform app.owe('transfer_answer', new.case_id, new.territory_id, new.asked_at + interval '7 days', nth, episode => episode);
    else
        perform app.settle('transfer_answer', episode);
    end if;
    return null;
end $$;
create trigger transfer_owes after insert or update of state on app.case_transfer
    for each row execute function app.transfer_owes();
alter function app.transfer_owes owner to sanad_definer;

-- People around the child come along; who is still needed where the file was stays there and is copied, as the
-- same human being, unless a record of hers or his is in the new city already. What was decided on a mother goes with
-- her through that identity (`app.mother_effect`); what she was given through this file alone hangs on the record that
-- is where the file is.
create function app.move_people(which uuid, child uuid, away smallint, here smallint) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    adult record;
    twin uuid;
begin
    for adult in
        select distinct p.id,
               exists (select from app.relationship r join app.case_file c on c.child_id = r.to_person and c.void is null
                       where r.from_person = p.id and c.id <> which and c.territory_id = away)
               or exists (select from app.judicial_adult j where j.person_id = p.id and j.case_id <> which and j.territory_id = away)
               or exists (select from app.service_beneficiary b where b.person_id = p.id and b.case_id <> which and b.territory_id = away)
               or exists (select from app.case_file c where c.child_id = p.id and c.void is null) as needed,
               (select o.id from app.records_of(p.id) r join app.person o on o.id = r.id and o.territory_id = here
                order by o.created_at, o.id limit 1) as known
        from app.relationship k join app.person p on p.id = k.from_person
        where k.to_person = child and p.territory_id = away
    loop
        twin := adult.known;
        if twin is null and not adult.needed then
            update app.person set territory_id = here where id = adult.id;
            continue;
        end if;
        if twin is null then
            twin := gen_random_uuid();
            insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, nationality, civil_status, created_by)
            select twin, here, p.sex, p.birth_earliest, p.birth_latest, p.birth_basis, p.nationality, p.civil_status,
                   (select m.user_id from sec.me() m)
            from app.person p where p.id = adult.id;
            insert into app.person_name (id, person_id, territory_id, kind, given_ar, family_ar, given_la, family_la)
            select gen_random_uuid(), twin, here, n.kind, n.given_ar, n.family_ar, n.given_la, n.family_la
            from app.person_name n where n.person_id = adult.id and n.names_enc is null;
            insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
            select gen_random_uuid(), here, twin, l.identity_id, 'same', (select m.user_id from sec.me() m)
            from app.identity_link l where l.person_id = adult.id and l.verdict = 'same' and l.live;
        end if;
        update app.relationship set from_person = twin where from_person = adult.id and to_person = child;
        update app.service_beneficiary b set person_id = twin
        where b.person_id = adult.id and b.case_id = which
          and not exists (select from app.service_beneficiary o where o.service_id = b.service_id and o.case_id <> which);
    end loop;
    update app.person set territory_id = here where id = child;
end $$;

create function app.accept_transfer(which uuid, lead uuid) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare
    asked app.case_transfer;
    me record;
    child uuid;
begin
    select m.user_id, m.territory_id into me from sec.me() m where m.role = 'supervisor';
    -- the row is held: of two who answer at once, the second finds it answered
    select * into asked from app.case_transfer t
    where t.id = which and t.state = 'requested' and t.to_territory = me.territory_id for update;
    if not found then
        return null;
    end if;
    if not exists (select from app.colleagues() c where c.id = lead) then
        raise exception 'the lead is of another place' using errcode = 'check_violation';
    end if;
    update app.case_transfer set state = 'accepted', answered_by = me.user_id, answered_at = now() where id = which;
    update app.case_file set territory_id = asked.to_territory, changed_at = now(), changed_by = me.user_id, version = version + 1
    where id = asked.case_id and void is null and not protected returning child_id into child;
    if not found then
        raise exception 'the file cannot move' using errcode = 'check_violation';
    end if;
    perform app.move_people(asked.case_id, child, asked.from_territory, asked.to_territory);
    -- what is of this file alone comes along; what is shared with another stays there
    update app.service s set territory_id = asked.to_territory
    where s.territory_id = asked.from_territory
      and exists (select from app.service_beneficiary b where b.service_id = s.id and b.case_id = asked.case_id)
      and not exists (select from app.service_beneficiary b where b.service_id = s.id and b.case_id <> asked.case_id);
    perform app.owe_service(t.service_id)
    from (select distinct t.service_id from app.task t join app.service s on s.id = t.service_id and s.territory_id = asked.from_territory
          where t.case_id = asked.case_id and t.done_at is null) t;
    update app.attachment a set territory_id = asked.to_territory
    where a.territory_id = asked.from_territory
      and exists (select from app.case_attachment l where l.attachment_id = a.id and l.case_id = asked.case_id)
      and not exists (select from app.case_attachment l where l.attachment_id = a.id and l.case_id <> asked.case_id);
    update app.contact k set territory_id = asked.to_territory
    where k.territory_id = asked.from_territory
      and exists (select from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
                  where s.contact_id = k.id and o.case_id = asked.case_id)
      and not exists (select from app.contact_child s left join app.contact_outcome o on o.contact_child_id = s.id
                      where s.contact_id = k.id and o.case_id is distinct from asked.case_id);
    update app.case_assignment set until = now() where case_id = asked.case_id and until is null;
    insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since)
    values (gen_random_uuid(), asked.case_id, asked.to_territory, lead, 'lead', now());
    return asked.case_id;
end $$;
-- The prefectures of the plan that have a supervisor: where a file can go.
create function app.cells() returns setof smallint
language sql stable security definer set search_path = pg_catalog as $$
    select distinct a.territory_id from sec.role_assignment a join sec.app_user u on u.id = a.user_id and u.active
    where a.role = 'supervisor' and a.valid @> current_date and exists (select from sec.me())
$$;
grant execute on function app.accept_transfer, app.cells to sanad_app;
grant execute on function app.colleagues, app.move_people to sanad_definer;
alter function app.accept_transfer owner to sanad_definer;
alter function app.move_people owner to sanad_definer;

-- What the one says who gives a file on, to the one who takes it.
alter table app.case_assignment add column handover_enc bytea;
