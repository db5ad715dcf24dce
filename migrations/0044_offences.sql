-- Somebody may be prosecuted for several offences, and the measure for a child names its legal basis (domain §4, §8).

-- ——— Offences ————————————————————————————————————————————————————————————————————————————————————————————

-- The main one stays on the row of the decision (`adult_decision.offence`): whether a prosecution names one at all is
-- asked of that row, by its checks and by what counts. Those beside it are here, in the order of the list, and for the
-- court alone: of a decision on an adult the social side needs its effect. Written with the decision, and corrected with it.
create table app.adult_decision_offence (
    decision_id uuid not null references app.adult_decision,
    offence text not null references ref.offence,
    seq smallint not null constraint adult_decision_offence_seq check (seq > 0),
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    primary key (decision_id, offence),
    constraint adult_decision_offence_once unique (decision_id, seq),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.adult_decision_offence (offence);
create index on app.adult_decision_offence (file_id, case_id, territory_id, court_id);
do $$
declare
    court constant text := '(court_id = any ((select app.my_courts())::smallint[]) and file_id <> all ((select app.unsent_files())::uuid[]))';
begin
    call app.protect('app.adult_decision_offence', court,
        court || ' and exists (select from app.adult_decision d where d.id = decision_id)');
end $$;

-- One of a prosecution of the same file, other than its main one, and of the lists of its day. A session adds it in the
-- transaction of its decision alone: what was decided is not added to, it is corrected. After the row, as
-- `app.decision_fits`.
create function app.offence_fits() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    d record;
begin
    select x.file_id, x.offence, x.decided_on, x.xmin = pg_current_xact_id()::xid as is_new into d
    from app.adult_decision x where x.id = new.decision_id;
    if d.file_id is distinct from new.file_id or d.offence is null or d.offence = new.offence
        or (not d.is_new and exists (select from sec.me()))
        or not exists (select from ref.offence o where o.code = new.offence
                       and coalesce(o.valid_from <= d.decided_on, true) and coalesce(d.decided_on < o.valid_to, true)) then
        raise exception 'no further offence of this decision'
            using errcode = 'check_violation', constraint = 'decision_further';
    end if;
    return null;
end $$;
create trigger offence_fits after insert on app.adult_decision_offence
    for each row execute function app.offence_fits();
alter function app.offence_fits owner to sanad_definer;

-- The notice of a decision names them all, and so does its hash.
drop function app.verify_paper;
create function app.verify_paper(wanted text)
returns table (sha256 bytea, file_id uuid, territory_id smallint, number text, decision_id uuid, person_id uuid,
               decided text, effect text, ground text, further text[], decided_on date, court_id smallint, act text, words bytea,
               extract_id uuid, version smallint, snapshot bytea, snapshot_sha256 bytea, key bytea)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select p.sha256, f.id, f.territory_id, f.number, coalesce(c.id, a.id), coalesce(c.person_id, a.person_id),
           coalesce(c.kind, a.kind), a.effect, coalesce(a.offence, a.reason),
           array(select o.offence from app.adult_decision_offence o where o.decision_id = a.id order by o.seq),
           coalesce(c.decided_on, a.decided_on),
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

-- ——— The basis of a measure ——————————————————————————————————————————————————————————————————————————————

-- Text and articles as the notes of the project have them; nothing where none was seen. `confirmed` is about them.
alter table ref.child_decision_kind
    add column basis_ar text,
    add column basis_fr text,
    add column basis_en text,
    add constraint child_decision_kind_basis check (num_nonnulls(basis_ar, basis_fr, basis_en) in (0, 3));
