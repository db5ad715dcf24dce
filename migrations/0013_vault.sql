-- Keys (decision 0041). The master key is never here. It wraps the keys of `sec.vault_key`; the newest of
-- those that wrap, wraps the data keys. What lies in this file's tables is useless without the master key.

create table sec.vault_key (
    id integer primary key,
    -- wrap: wraps data keys. index: of the blind index. print: of prints of forms and salts of extracts
    purpose text not null constraint vault_key_purpose_check check (purpose in ('wrap', 'index', 'print')),
    wrapped bytea not null constraint vault_key_wrapped_check check (length(wrapped) = 60),
    made_at timestamptz not null default now(),
    retired_at timestamptz
);
create unique index vault_key_one_index on sec.vault_key (purpose) where purpose <> 'wrap';

-- One key a holder, made when its first text is sealed. Deleting the row makes every text of the holder
-- unreadable for ever, in every later backup too.
create table sec.data_key (
    id integer generated always as identity primary key,
    holder_kind text not null constraint data_key_kind_check
        check (holder_kind in ('contact', 'case', 'person', 'service', 'disclosure', 'judicial_file', 'document',
                               'lift', 'emergency', 'transfer', 'draft', 'identity_request')),
    holder_id uuid not null,
    vault_key_id integer not null references sec.vault_key,
    wrapped bytea not null constraint data_key_wrapped_check check (length(wrapped) = 60),
    made_at timestamptz not null default now(),
    constraint data_key_one unique (holder_kind, holder_id)
);
create index on sec.data_key (vault_key_id);

-- A rotation leaves its progress here, so that one that was killed is taken up again.
create table sec.key_rotation (
    id integer generated always as identity primary key,
    vault_key_id integer not null references sec.vault_key,
    started_at timestamptz not null default now(),
    done integer not null default 0,
    finished_at timestamptz
);
create index on sec.key_rotation (vault_key_id);
create unique index key_rotation_one_open on sec.key_rotation ((true)) where finished_at is null;

grant select on sec.vault_key to sanad_definer;
grant select, insert on sec.data_key to sanad_definer;
grant usage on sequence sec.data_key_id_seq to sanad_definer;

-- Whether this session may see the row that holds a key: what row security would answer, asked of one row
-- with one look at the session, for a page asks for several keys. A test compares the two. Every kind is here, those
-- of later files too: what is asked of a holder is read in one place, and a body is bound when it runs.
create function app.sees_holder(kind text, holder uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me record;
    is_social boolean;
    is_court boolean;
begin
    select m.user_id, m.role, m.territory_id, m.court_id, m.organisation_code into me from sec.me() m;
    if not found then
        return false;
    end if;
    is_social := me.role in ('social_worker', 'supervisor');
    is_court := me.role in ('prosecutor', 'court_registrar', 'chief_prosecutor');
    case kind
    when 'contact' then
        return is_social and exists (select from app.contact c where c.id = holder and c.territory_id = me.territory_id)
            and not app.hides_contact(holder);
    when 'case' then
        return is_social and exists (select from app.case_file c
            where c.id = holder and c.territory_id = me.territory_id
              and (not c.protected or app.works_on(c.id, me.user_id, me.territory_id)));
    when 'person' then
        return is_social and exists (select from app.person p
            where p.id = holder and p.territory_id = me.territory_id
              and (not p.protected or exists (select from app.case_file c
                   where c.child_id = p.id and app.works_on(c.id, me.user_id, me.territory_id))))
            and not app.hides_person(holder);
    when 'service' then
        return is_social and exists (select from app.service s
            where s.id = holder and s.territory_id = me.territory_id
              and not exists (select from app.service_beneficiary b join app.case_file c on c.id = b.case_id
                   where b.service_id = s.id and c.protected and c.territory_id = me.territory_id
                     and not app.works_on(c.id, me.user_id, me.territory_id)));
    -- an extract: those of the file, the court or the body it went to, and the shelter that holds a bed for it
    when 'disclosure' then
        return (is_social and exists (select from app.disclosure d join app.case_file c on c.id = d.case_id
                where d.id = holder and d.territory_id = me.territory_id
                  and ((me.role = 'supervisor' and not c.protected)
                       or app.works_on(c.id, me.user_id, me.territory_id))))
            or (is_court and exists (select from app.disclosure d
                where d.id = holder and d.to_court = me.court_id and d.sent_at is not null))
            or (me.role = 'focal_point' and exists (select from app.disclosure d
                where d.id = holder and d.to_org = me.organisation_code and d.asked_in = me.territory_id
                  and d.sent_at is not null and d.expires_at > now()))
            -- who works on another child of the procedure reads what is asked for that child, and not the extract: row
            -- security hides it (0039)
            or (is_social and exists (select from app.judicial_file f
                join app.judicial_child k on k.file_id = f.id
                join app.case_file began on began.id = f.case_id and not began.protected
                join app.case_file c on c.id = k.child_case_id and c.void is null
                where f.disclosure_id = holder and f.state not in ('draft', 'withdrawn') and c.territory_id = me.territory_id
                  and ((me.role = 'supervisor' and not c.protected)
                       or app.works_on(c.id, me.user_id, me.territory_id))))
            or holder = any (app.my_sheets());
    -- the court's own texts: the social side never gets this key
    when 'judicial_file' then
        return is_court and exists (select from app.judicial_file f
            where f.id = holder and f.court_id = me.court_id and f.state not in ('draft', 'withdrawn'));
    when 'document' then
        -- a signed act: its court, and the cell where it holds measures for children alone
        if exists (select from app.attachment a where a.id = holder and a.of_court is not null) then
            return (is_court and exists (select from app.attachment a where a.id = holder and a.of_court = me.court_id))
                or (is_social and holder = any (app.act_documents()));
        end if;
        -- what went with an extract that was sent to this court
        if is_court then
            return exists (select from app.disclosure_document l join app.disclosure d on d.id = l.disclosure_id
                where l.attachment_id = holder and d.to_court = me.court_id and d.sent_at is not null);
        end if;
        return is_social and exists (select from app.attachment a
            where a.id = holder and a.territory_id = me.territory_id
              -- a clinical one is for those who care for the child, and for who is adding it
              and (not a.clinical or (a.added_by = me.user_id and a.added_at = now()) or exists (
                   select from app.case_attachment l where l.attachment_id = a.id and app.cares_for(l.case_id)))
              and (me.role = 'supervisor' or exists (select from app.case_attachment l
                   where l.attachment_id = a.id and app.works_on(l.case_id, me.user_id, me.territory_id)))
              and not exists (select from app.case_attachment l join app.case_file c on c.id = l.case_id
                   where l.attachment_id = a.id and c.protected and c.territory_id = me.territory_id
                     and not app.works_on(c.id, me.user_id, me.territory_id)));
    -- the words of a request to lift and of an emergency: who answers or reviews reads them, and not the child's
    when 'lift' then
        return exists (select from app.protection_lift l where l.id = holder
            and (app.oversees() or (l.territory_id = any (app.supervised_territories())
                                    and l.case_id <> all (app.hidden_cases()))));
    when 'emergency' then
        return exists (select from app.emergency_access e where e.id = holder
            and (app.oversees() or e.user_id = me.user_id
                 or (e.territory_id = any (app.supervised_territories()) and e.case_id <> all (app.hidden_cases()))));
    -- the sheet that goes with a file: both sides read it, and the receiver nothing else
    when 'transfer' then
        return exists (select from app.case_transfer t where t.id = holder and t.case_id <> all (app.hidden_cases())
            and (t.from_territory = any (app.supervised_territories()) or t.to_territory = any (app.supervised_territories())));
    -- the card of a child that another city is asked about: both sides' supervisors, and who asks
    when 'identity_request' then
        return exists (select from app.identity_request r where r.id = holder and r.case_id <> all (app.hidden_cases())
            and r.id <> all (app.shielded_requests())
            and (r.territory_id = any (app.supervised_territories()) or r.to_territory = any (app.supervised_territories())
                 or (r.asked_by = me.user_id and r.territory_id = any (app.my_territories()))));
    -- what its author has begun, while they still have the file
    when 'draft' then
        return is_social and exists (select from app.form_draft d
            where d.id = holder and d.user_id = me.user_id and d.territory_id = me.territory_id
              and (d.case_id is null or app.works_on(d.case_id, me.user_id, me.territory_id)
                   or (me.role = 'supervisor' and app.sees_holder('case', d.case_id))));
    else
        return false;
    end case;
end $$;

create function app.holder_exists(kind text, holder uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    case kind
    when 'contact' then return exists (select from app.contact where id = holder);
    when 'case' then return exists (select from app.case_file where id = holder);
    when 'person' then return exists (select from app.person where id = holder);
    when 'service' then return exists (select from app.service where id = holder);
    when 'disclosure' then return exists (select from app.disclosure where id = holder);
    when 'judicial_file' then return exists (select from app.judicial_file where id = holder);
    when 'document' then return exists (select from app.attachment where id = holder);
    when 'lift' then return exists (select from app.protection_lift where id = holder);
    when 'emergency' then return exists (select from app.emergency_access where id = holder);
    when 'transfer' then return exists (select from app.case_transfer where id = holder);
    when 'draft' then return exists (select from app.form_draft where id = holder);
    when 'identity_request' then return exists (select from app.identity_request where id = holder);
    else return false;
    end case;
end $$;

-- The wrapped key of a holder that this session sees, with the wrapped key that wraps it: all that the
-- program needs to open it, beside the master key. Nothing for a holder that is not seen or has no key.
create function app.key_of(kind text, holder uuid) returns bytea
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    found bytea;
begin
    if holder is null then
        return null;
    end if;
    select int4send(d.id) || int4send(v.id) || v.wrapped || d.wrapped into found
    from sec.data_key d join sec.vault_key v on v.id = d.vault_key_id
    where d.holder_kind = kind and d.holder_id = holder;
    if found is not null and app.sees_holder(kind, holder) then
        return found;
    end if;
    return null;
end $$;

-- The key of a holder for writing: the one it has, else the offered one, kept from now on. A key may come
-- before its holder, in the transaction that makes both. For a holder that exists and is not seen the
-- answer is as if the offer had been kept: whether an id exists is nobody's business, and no row can be hung
-- on it anyway.
create function app.keep_key(kind text, holder uuid, under integer, offered bytea) returns bytea
language plpgsql security definer set search_path = pg_catalog as $$
declare
    kept bytea;
begin
    if not exists (select from sec.me()) then
        raise exception 'nobody is signed in' using errcode = 'insufficient_privilege';
    end if;
    if app.sees_holder(kind, holder) or not app.holder_exists(kind, holder) then
        insert into sec.data_key (holder_kind, holder_id, vault_key_id, wrapped)
        select kind, holder, under, offered
        where not exists (select from sec.data_key d where d.holder_kind = kind and d.holder_id = holder)
        on conflict on constraint data_key_one do nothing;
        select int4send(d.id) || int4send(v.id) || v.wrapped || d.wrapped into kept
        from sec.data_key d join sec.vault_key v on v.id = d.vault_key_id
        where d.holder_kind = kind and d.holder_id = holder;
    end if;
    if kept is null then
        select int4send(nextval('sec.data_key_id_seq')::integer) || int4send(v.id) || v.wrapped || offered into kept
        from sec.vault_key v where v.id = under and v.purpose = 'wrap';
    end if;
    return kept;
end $$;

-- The newest key that wraps, and those of the index and of prints, all wrapped by the master key.
create function app.key_ring() returns table (id integer, purpose text, wrapped bytea)
language sql stable security definer rows 3 set search_path = pg_catalog as $$
    select distinct on (v.purpose) v.id, v.purpose, v.wrapped from sec.vault_key v order by v.purpose, v.id desc
$$;

-- Every key that the master key wraps, for the look at the start of the server.
create function app.vault_keys() returns table (id integer, purpose text, wrapped bytea)
language sql stable security definer rows 10 set search_path = pg_catalog as $$
    select v.id, v.purpose, v.wrapped from sec.vault_key v order by v.id
$$;

grant execute on function app.sees_holder, app.holder_exists to sanad_definer;
grant execute on function app.key_of, app.keep_key, app.key_ring, app.vault_keys to sanad_app, sanad_definer;
alter function app.sees_holder owner to sanad_definer;
alter function app.holder_exists owner to sanad_definer;
alter function app.key_of owner to sanad_definer;
alter function app.keep_key owner to sanad_definer;
alter function app.key_ring owner to sanad_definer;
alter function app.vault_keys owner to sanad_definer;

-- Numbers that identify a person beyond the prefecture. The value opens with the person's key; it is found
-- again by its blind index alone (decision 0043).
call ref.create_list('identifier_kind');
create table app.person_identifier (
    id uuid primary key,
    person_id uuid not null,
    territory_id smallint not null,
    kind text not null references ref.identifier_kind,
    value_enc bytea not null,
    blind_index bytea not null constraint person_identifier_index_check check (length(blind_index) = 16),
    recorded_by uuid not null references sec.app_user,
    recorded_at timestamptz not null default now(),
    constraint person_identifier_one unique (person_id, kind),
    constraint person_identifier_taken unique (kind, blind_index, territory_id),
    foreign key (person_id, territory_id) references app.person (id, territory_id) on update cascade
);
create index on app.person_identifier (person_id, territory_id);
create index on app.person_identifier (recorded_by);
call app.protect('app.person_identifier',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)');
grant update (value_enc, blind_index, recorded_by, recorded_at) on app.person_identifier to sanad_app;
