-- What the court may see (decision 0089): the documents that go with an extract, annexes to a file that was sent, and
-- who opened what.

-- so that what hangs on an extract goes with its file to another city
alter table app.disclosure add constraint disclosure_of_case unique (id, case_id, territory_id);

-- The documents that were frozen with a dossier or an annex: the court may open these, and no other.
create table app.disclosure_document (
    disclosure_id uuid not null,
    attachment_id uuid not null references app.attachment,
    case_id uuid not null,
    territory_id smallint not null,
    primary key (disclosure_id, attachment_id),
    foreign key (disclosure_id, case_id, territory_id)
        references app.disclosure (id, case_id, territory_id) on update cascade
);
create index on app.disclosure_document (attachment_id);
create index on app.disclosure_document (disclosure_id, case_id, territory_id);
call app.protect_care('app.disclosure_document');
-- of an extract of one's own that is not sent, a document of that very file, and no clinical one
alter policy adds on app.disclosure_document with check (
    (territory_id = any ((select app.supervised_territories())::smallint[]) or case_id = any ((select app.my_cases())::uuid[]))
    and exists (select from app.case_file c where c.id = case_id)
    and exists (select from app.disclosure d where d.id = disclosure_id and d.kind in ('dossier', 'annex')
                and d.sent_at is null and d.composed_by = (select app.my_user()))
    and exists (select from app.attachment a where a.id = attachment_id and not a.clinical)
    and exists (select from app.case_attachment l
                where l.attachment_id = disclosure_document.attachment_id and l.case_id = disclosure_document.case_id));

-- An annex that no supervisor sent yet is not the court's to see.
create function app.unsent_annexes() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(d.id), '{}') from sec.me() m join app.disclosure d
                on d.to_court = m.court_id and d.kind = 'annex' and d.sent_at is null
            where m.role in ('prosecutor', 'court_registrar', 'chief_prosecutor'));
end $$;
grant execute on function app.unsent_annexes to sanad_app;
alter function app.unsent_annexes owner to sanad_definer;
create index disclosure_unsent_annex on app.disclosure (to_court) where kind = 'annex' and sent_at is null;

do $$
declare
    social constant text := '(case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))';
    court constant text := '(court_id = any ((select app.my_courts())::smallint[]) and file_id <> all ((select app.unsent_files())::uuid[]) and disclosure_id <> all ((select app.unsent_annexes())::uuid[]))';
    fits constant text := ' and exists (select from app.judicial_file f where f.id = file_id and f.state not in (''draft'', ''withdrawn'', ''closed''))'
        ' and exists (select from app.disclosure d where d.id = disclosure_id and d.kind = ''annex'' and d.sent_at is null and d.composed_by = (select app.my_user())'
        ' and d.case_id = judicial_annex.case_id and d.to_court = judicial_annex.court_id)';
begin
    call app.protect('app.judicial_annex', social || ' or ' || court, social || fits);
    call app.read_only_in_emergency('app.judicial_annex', 'case_id <> all ((select app.emergency_cases())::uuid[])');
end $$;

-- Sends an annex: a supervisor of the cell, to a court where the file lies. False if it was sent already.
create function app.send_annex(which uuid, nth smallint) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me uuid;
    f record;
    extract uuid;
begin
    select m.user_id into me from sec.me() m;
    select x.id, x.case_id, x.territory_id, x.court_id, x.state, x.held_by into f
    from app.judicial_file x where x.id = which for update;
    select a.disclosure_id into extract from app.judicial_annex a where a.file_id = which and a.seq = nth;
    if me is null or extract is null or not app.stands_on('supervisor', f.territory_id, f.court_id, f.case_id) then
        raise exception 'no such annex, or not theirs to send' using errcode = 'insufficient_privilege';
    end if;
    if f.state in ('draft', 'withdrawn', 'closed') then
        raise exception 'it has moved' using errcode = 'check_violation', constraint = 'judicial_moves';
    end if;
    update app.disclosure d set sent_by = me, sent_at = now() where d.id = extract and d.sent_at is null;
    if not found then
        return false;
    end if;
    perform app.tell_court('judicial_annex', which,
        app.readers_of(f.held_by, f.court_id));
    update app.case_file c set changed_at = now(), changed_by = me where c.id = f.case_id;
    return true;
end $$;
grant execute on function app.send_annex to sanad_app;
alter function app.send_annex owner to sanad_definer;

-- A document that went with a judicial file, for its court once it is sent, and for the cell: one look at one document,
-- for a court has very many.
create function app.sent_document(which uuid, document uuid)
returns table (territory_id smallint, kind text, clinical boolean, title_enc bytea, media text, size integer, sha256 bytea,
               blob uuid, fault text, key bytea)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select a.territory_id, a.kind, a.clinical, a.title_enc, a.media, a.size, a.sha256, a.blob, a.fault,
           app.key_of('document', a.id)
    from app.judicial_file f join app.attachment a on a.id = document
    where f.id = which and app.sees_holder('document', document)
      and exists (
          select from app.disclosure_document l join app.disclosure d on d.id = l.disclosure_id
          where l.attachment_id = document
            and (d.id = f.disclosure_id
                 or exists (select from app.judicial_annex x where x.file_id = f.id and x.disclosure_id = d.id))
            and (app.stands_on('cell', f.territory_id, f.court_id, f.case_id)
                 or (d.sent_at is not null and f.state not in ('draft', 'withdrawn')
                     and app.stands_on('court', f.territory_id, f.court_id, f.case_id))));
end $$;
grant execute on function app.sent_document to sanad_app;
alter function app.sent_document owner to sanad_definer;

-- Who opened the documents of a judicial file, the latest twenty of each: through this very file, or in the cell; never
-- through another procedure. `whole` is what the look at the bytes found each time.
create function app.document_openings(which uuid)
returns table (document uuid, at timestamptz, name_ar text, name_la text, at_court boolean, whole boolean)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
    f record;
    is_court boolean;
begin
    select x.id, x.case_id, x.territory_id, x.court_id, x.state, x.disclosure_id into f
    from app.judicial_file x where x.id = which;
    is_court := f.state not in ('draft', 'withdrawn') and app.stands_on('court', f.territory_id, f.court_id, f.case_id);
    if f.id is null or not (is_court or app.stands_on('cell', f.territory_id, f.court_id, f.case_id)) then
        return;
    end if;
    return query
    select d.id, v.at, u.name_ar, u.name_la,
           coalesce(r.role in ('prosecutor', 'chief_prosecutor', 'court_registrar'), false), v.action = 'document.opened'
    from (
        select distinct a.id, a.added_at
        from app.disclosure_document l
        join app.disclosure e on e.id = l.disclosure_id and (e.sent_at is not null or not is_court)
        join app.attachment a on a.id = l.attachment_id
        where l.disclosure_id = f.disclosure_id
           or l.disclosure_id in (select x.disclosure_id from app.judicial_annex x where x.file_id = which)) d
    cross join lateral (
        select e.at, e.actor, e.assignment, e.action from audit.event e
        where e.object_id = d.id and e.object_kind = 'document' and e.at >= d.added_at
          and e.action in ('document.opened', 'document.unreadable')
          and coalesce(e.fields ->> 'judicial_file', which::text) = which::text
        order by e.at desc limit 20) v
    left join sec.app_user u on u.id = v.actor
    left join sec.role_assignment r on r.id = v.assignment
    order by v.at desc;
end $$;
grant execute on function app.document_openings to sanad_app;
alter function app.document_openings owner to sanad_definer;
