-- Documents of a file (schema D14). The bytes lie outside the database, sealed with the document's own key
-- under a random name; here is what they are, who added them, and two hashes: of what was received, and of
-- what is kept (a picture is drawn anew).

-- A document of a clinical kind is for those who care for the child (schema D7).
call ref.create_list('document_kind', ', clinical boolean not null default false');

create table app.attachment (
    id uuid primary key,
    territory_id smallint not null references ref.territory,
    kind text not null references ref.document_kind,
    title_enc bytea,
    -- as the sender called it
    name_enc bytea,
    media text not null constraint attachment_media_check check (media in ('jpeg', 'pdf', 'docx')),
    blob uuid not null constraint attachment_blob_key unique,
    size integer not null constraint attachment_size_check check (size > 0),
    sha256 bytea not null constraint attachment_sha256_check check (length(sha256) = 32),
    received_size integer not null constraint attachment_received_size_check check (received_size > 0),
    received_sha256 bytea not null constraint attachment_received_check check (length(received_sha256) = 32),
    added_by uuid not null references sec.app_user,
    added_at timestamptz not null default now(),
    -- health, or told in confidence: by its kind, or as somebody said
    clinical boolean not null default false,
    -- a signed act, brought in by a court: whose it is (0038). It lies in no file of the social side
    of_court smallint references ref.court,
    -- the bytes were found to be gone, or not those that were written
    fault text constraint attachment_fault_check check (fault in ('missing', 'damaged')),
    constraint attachment_home unique (id, territory_id)
);
create index on app.attachment (territory_id);
create index on app.attachment (kind);
create index on app.attachment (added_by, added_at);
create index on app.attachment (of_court);
create index attachment_clinical on app.attachment (territory_id) where clinical;

-- In which files it lies: brothers and sisters share a family booklet.
create table app.case_attachment (
    case_id uuid not null references app.case_file,
    attachment_id uuid not null,
    territory_id smallint not null,
    primary key (case_id, attachment_id),
    foreign key (attachment_id, territory_id) references app.attachment (id, territory_id) on update cascade
);
create index on app.case_attachment (attachment_id, territory_id);

create function app.my_documents() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(l.attachment_id), '{}') from app.case_attachment l
    where l.case_id = any ((select app.my_cases())::uuid[]));
end $$;

-- What lies in a protected file would tell of the child (schema D17), also through a file that is none.
create function app.hidden_documents() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(l.attachment_id), '{}') from app.case_attachment l
    where l.case_id = any ((select app.hidden_cases())::uuid[]));
end $$;

-- The clinical ones among the documents of children that this session cares for: an hour's opening is not enough.
create function app.care_documents() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return (select coalesce(array_agg(a.id), '{}') from app.attachment a
    join app.case_attachment l on l.attachment_id = a.id
    where a.clinical and a.territory_id = any ((select app.my_territories())::smallint[])
      and l.case_id = any ((select app.care_cases())::uuid[]));
end $$;

-- Signed acts that the cell of a file reads too: those with measures for children in them, and no decision on an adult.
create function app.act_documents() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    me record;
    mine constant uuid[] := app.my_cases();
    hidden constant uuid[] := app.hidden_cases();
    hidden_ones constant uuid[] := app.hidden_children();
begin
    select m.role, m.territory_id into me from sec.me() m where m.role in ('social_worker', 'supervisor');
    if not found then
        return '{}';
    end if;
    return (select coalesce(array_agg(l.attachment_id), '{}') from app.act_attachment l
            where l.territory_id = me.territory_id
              and (l.case_id = any (mine) or (me.role = 'supervisor' and l.case_id <> all (hidden)))
              and exists (select from app.child_decision d where d.act_id = l.act_id
                          and not exists (select from app.child_decision better where better.supersedes_id = d.id))
              and not exists (select from app.child_decision d where d.act_id = l.act_id and d.person_id = any (hidden_ones))
              -- nor what happened at the court to an adult, or to the whole file
              and not exists (select from app.adult_decision d where d.act_id = l.act_id)
              and not exists (select from app.court_event e where e.act_id = l.act_id and e.child_id is null));
end $$;

-- How many clinical documents of a file its reader is not shown.
create function app.masked_documents(which uuid) returns bigint
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if app.cares_for(which) or not app.reads_file(which) then
        return 0;
    end if;
    return (select count(*) from app.case_attachment l join app.attachment a on a.id = l.attachment_id and a.clinical
            where l.case_id = which);
end $$;

-- A kind can say it of all its documents; the mark is taken off by a supervisor alone.
create function app.attachment_is_clinical() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_op = 'INSERT' then
        new.clinical := new.clinical or exists (select from ref.document_kind k where k.code = new.kind and k.clinical);
    elsif old.clinical and not new.clinical and not exists (
        select from sec.me() m where m.role = 'supervisor' and m.territory_id = new.territory_id)
    then
        raise exception 'a supervisor takes the mark off' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger attachment_is_clinical before insert or update of clinical on app.attachment
    for each row execute function app.attachment_is_clinical();

-- Marks a document of a file as clinical, or takes the mark off: whether it was otherwise before. A function, because
-- what the reader sees afterwards hangs on the mark.
create function app.classify_document(file uuid, which uuid, wanted boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if not app.cares_for(file)
       or app.hidden_among(array(select l.case_id from app.case_attachment l where l.attachment_id = which)) <> '{}' then
        raise exception 'those who care for the child classify' using errcode = 'insufficient_privilege';
    end if;
    update app.attachment a set clinical = wanted
    where a.id = which and a.clinical <> wanted
      and exists (select from app.case_attachment l where l.case_id = file and l.attachment_id = which);
    return found;
end $$;

-- What this user brought in since a moment, for the quota: also what lies in files that are theirs no more.
create function app.brought_since(since timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog as $$
    select coalesce(sum(a.received_size), 0) from sec.me() m join app.attachment a
        on a.added_by = m.user_id and a.added_at >= since
$$;

-- The names of all bytes that belong to a document, for the sweep of those that belong to none.
create function app.blobs() returns setof uuid
language sql stable security definer set search_path = pg_catalog as
$$ select a.blob from app.attachment a $$;

grant execute on function app.my_documents, app.act_documents, app.hidden_documents, app.care_documents, app.masked_documents, app.classify_document,
    app.brought_since to sanad_app;
grant execute on function app.blobs to sanad_job;
alter function app.my_documents owner to sanad_definer;
alter function app.act_documents owner to sanad_definer;
alter function app.hidden_documents owner to sanad_definer;
alter function app.care_documents owner to sanad_definer;
alter function app.masked_documents owner to sanad_definer;
alter function app.attachment_is_clinical owner to sanad_definer;
alter function app.classify_document owner to sanad_definer;
alter function app.brought_since owner to sanad_definer;
alter function app.blobs owner to sanad_definer;

-- The document of the transaction under way hangs on nothing yet: its author sees it so long. A signed act is its court's.
call app.protect('app.attachment',
    'case when of_court is not null
          then of_court = any ((select app.my_courts())::smallint[]) or id = any ((select app.act_documents())::uuid[])
     else (territory_id = any ((select app.supervised_territories())::smallint[]) or id = any ((select app.my_documents())::uuid[])
      or (added_by = (select app.my_user()) and added_at = now()))
        and id <> all ((select app.hidden_documents())::uuid[])
        and (not clinical or id = any ((select app.care_documents())::uuid[])
             or (added_by = (select app.my_user()) and added_at = now())) end',
    'of_court = any ((select app.my_courts())::smallint[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) or id = any ((select app.my_documents())::uuid[]))
        and id <> all ((select app.hidden_documents())::uuid[])');
alter policy adds on app.attachment with check (
    territory_id = any ((select app.my_territories())::smallint[]) and added_by = (select app.my_user())
        and added_at = now() and of_court is null);
call app.protect('app.case_attachment',
    'case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id))',
    '(territory_id = any ((select app.supervised_territories())::smallint[]) or case_id = any ((select app.my_cases())::uuid[]))
        and exists (select from app.case_file c where c.id = case_id)
        and exists (select from app.attachment a where a.id = attachment_id)');
grant update (fault) on app.attachment to sanad_app;
-- through broken glass one reads (decision 0046)
call app.read_only_in_emergency('app.case_attachment', 'case_id <> all ((select app.emergency_cases())::uuid[])');
