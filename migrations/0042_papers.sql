-- Papers of the judicial side. Every copy says who printed it, and so no two are alike; what is verified is their
-- content, by a code that stands on each copy of it. Decision 0093.

create table app.paper (
    -- 128 random bits in Crockford's base 32
    code text primary key constraint paper_code_check check (code ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$'),
    kind text not null constraint paper_kind_check check (kind in ('dossier', 'child_notice', 'adult_notice')),
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    disclosure_id uuid references app.disclosure,
    child_decision_id uuid references app.child_decision,
    adult_decision_id uuid references app.adult_decision,
    -- of what is printed: of the extract as it was frozen, of a decision with the salt of its row
    sha256 bytea not null constraint paper_sha256_check check (length(sha256) = 32),
    -- who printed it first
    made_by uuid not null references sec.app_user,
    made_at timestamptz not null default now(),
    constraint paper_subject check ((kind = 'dossier') = (disclosure_id is not null)
        and (kind = 'child_notice') = (child_decision_id is not null)
        and (kind = 'adult_notice') = (adult_decision_id is not null)),
    constraint paper_once unique nulls not distinct (disclosure_id, child_decision_id, adult_decision_id, sha256),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.paper (file_id, case_id, territory_id, court_id);
create index on app.paper (child_decision_id);
create index on app.paper (adult_decision_id);
create index on app.paper (made_by);

-- As the parties of a file, but that a decision on an adult is its court's alone. Never changed.
do $$
declare
    social constant text := '(case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))';
    court constant text := '(court_id = any ((select app.my_courts())::smallint[]) and file_id <> all ((select app.unsent_files())::uuid[]))';
    theirs constant text := '((kind <> ''adult_notice'' and ' || social || ') or ' || court || ')';
begin
    call app.protect('app.paper', theirs,
        theirs || ' and made_by = (select app.my_user()) and exists (select from app.judicial_file f where f.id = file_id)
            and (child_decision_id is null or exists (select from app.child_decision d where d.id = child_decision_id and d.file_id = paper.file_id))
            and (adult_decision_id is null or exists (select from app.adult_decision d where d.id = adult_decision_id and d.file_id = paper.file_id))');
end $$;
call app.read_only_in_emergency('app.paper', 'case_id <> all ((select app.emergency_cases())::uuid[])');

-- What a code stands for, asked by nobody in particular: of a file that was sent, and of a decision that no other corrects.
-- A row for each extract that may name the person, the file's own first. The program opens it and hashes it anew: what
-- comes from here is wrapped and sealed, and says nothing without the master key.
create function app.verify_paper(wanted text)
returns table (sha256 bytea, file_id uuid, territory_id smallint, number text, decision_id uuid, person_id uuid,
               decided text, effect text, ground text, decided_on date, court_id smallint, act text, words bytea,
               extract_id uuid, version smallint, snapshot bytea, snapshot_sha256 bytea, key bytea)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select p.sha256, f.id, f.territory_id, f.number, coalesce(c.id, a.id), coalesce(c.person_id, a.person_id),
           coalesce(c.kind, a.kind), a.effect, coalesce(a.offence, a.reason), coalesce(c.decided_on, a.decided_on),
           coalesce(c.taken_at_court, a.taken_at_court, f.court_id), t.number, c.instructions_enc,
           e.id, e.schema_version, e.snapshot_enc, e.sha256,
           int4send(k.id) || int4send(v.id) || v.wrapped || k.wrapped
    from app.paper p
    join app.judicial_file f on f.id = p.file_id and f.state not in ('draft', 'withdrawn')
    left join app.child_decision c on c.id = p.child_decision_id and c.file_id = f.id
    left join app.adult_decision a on a.id = p.adult_decision_id and a.file_id = f.id
    left join app.court_act t on t.id = coalesce(c.act_id, a.act_id)
    cross join lateral (
        select y.disclosure_id, 0 as nth from app.judicial_file y where y.id = f.id
        union all
        select y.disclosure_id, 1 from app.judicial_file y where y.joined_to = f.id and p.kind <> 'dossier') x
    join app.disclosure e on e.id = x.disclosure_id and e.sent_at is not null
    join sec.data_key k on k.holder_kind = 'disclosure' and k.holder_id = e.id
    join sec.vault_key v on v.id = k.vault_key_id
    where p.code = wanted
      and (p.kind <> 'dossier' or e.id = p.disclosure_id)
      and not exists (select from app.child_decision later where later.supersedes_id = c.id)
      and not exists (select from app.adult_decision later where later.supersedes_id = a.id)
    order by x.nth, e.id;
end $$;
grant execute on function app.verify_paper to sanad_app;
alter function app.verify_paper owner to sanad_definer;
