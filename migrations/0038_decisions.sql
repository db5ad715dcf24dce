-- What holds of a decision whoever writes it, and the signed act that it stands in, scanned (domain §3.3, §4; decision 0090).

-- A decision fits its file, its day, its kind and its author. After the row: whoever may not write it learns nothing of the
-- file. What is laid down without a session, as a demonstration is, keeps to the checks of the tables; a correction is of
-- the same person in the same file in any case, and of one that nothing corrected yet (`…_superseded_once`).
create function app.decision_fits() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    file record;
    rule record;
    today constant date := (now() at time zone 'Africa/Casablanca')::date;
    is_on_child constant boolean := tg_table_name = 'child_decision';
    broken text;
begin
    if new.supersedes_id is not null and not (case when is_on_child
        then exists (select from app.child_decision d where d.id = new.supersedes_id and d.id <> new.id
                     and d.file_id = new.file_id and d.person_id = new.person_id)
        else exists (select from app.adult_decision d where d.id = new.supersedes_id and d.id <> new.id
                     and d.file_id = new.file_id and d.person_id = new.person_id) end) then
        raise exception 'it corrects another decision' using errcode = 'check_violation', constraint = 'decision_corrects';
    end if;
    select m.user_id, m.role into me from sec.me() m;
    if not found then
        return null;
    end if;
    select x.state, (x.transmitted_at at time zone 'Africa/Casablanca')::date as sent_on into file
    from app.judicial_file x where x.id = new.file_id;
    if new.recorded_by <> me.user_id then
        broken := 'decision_author';
    elsif file.state not in ('transmitted', 'received', 'under_study') then
        broken := 'decision_at_court';
    elsif new.decided_on < file.sent_on or new.decided_on > today then
        broken := 'decision_day';
    elsif (new.act_id is null and me.role = 'court_registrar')
        or (new.act_id is not null and not exists (select from app.court_act t where t.id = new.act_id and t.file_id = new.file_id)) then
        -- a registrar enters what a prosecutor signed
        broken := 'decision_act';
    elsif is_on_child then
        if not exists (select from ref.child_decision_kind k where k.code = new.kind
                       and coalesce(k.valid_from <= new.decided_on, true) and coalesce(new.decided_on < k.valid_to, true)) then
            broken := 'decision_kind';
        end if;
    else
        select k.effect, k.needs_offence into rule from ref.adult_decision_kind k where k.code = new.kind
            and coalesce(k.valid_from <= new.decided_on, true) and coalesce(new.decided_on < k.valid_to, true);
        if not found or rule.effect <> new.effect then
            broken := 'decision_kind';
        elsif (new.offence is not null) <> rule.needs_offence
            or (new.offence is not null and not exists (
                select from ref.offence o where o.code = new.offence
                    and coalesce(o.valid_from <= new.decided_on, true) and coalesce(new.decided_on < o.valid_to, true))) then
            broken := 'decision_offence';
        elsif (new.reason is not null) <> (new.effect = 'not_prosecuted') then
            broken := 'decision_reason';
        end if;
    end if;
    if broken is not null then
        raise exception 'a decision that does not fit: %', broken using errcode = 'check_violation', constraint = broken;
    end if;
    return null;
end $$;
create trigger decision_fits after insert on app.child_decision for each row execute function app.decision_fits();
create trigger decision_fits after insert on app.adult_decision for each row execute function app.decision_fits();
alter function app.decision_fits owner to sanad_definer;

-- What was brought in as the signed act, the newest first: a better copy is added, and the one before stays.
create table app.act_attachment (
    act_id uuid not null references app.court_act,
    attachment_id uuid not null constraint act_attachment_once unique references app.attachment,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    added_by uuid not null references sec.app_user,
    added_at timestamptz not null default now(),
    primary key (act_id, attachment_id),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.act_attachment (file_id, case_id, territory_id, court_id);
create index on app.act_attachment (added_by);
create index on app.act_attachment (territory_id, case_id);
call app.protect('app.act_attachment',
    '(court_id = any ((select app.my_courts())::smallint[]) and file_id <> all ((select app.unsent_files())::uuid[]))
      or attachment_id = any ((select app.act_documents())::uuid[])',
    'court_id = any ((select app.my_courts())::smallint[]) and exists (select from app.judicial_file f where f.id = file_id)');
-- written by app.attach_act alone
revoke insert on app.act_attachment from sanad_app;

-- The document goes where its file goes: to another court, to another city.
create function app.act_attachment_follows() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.attachment a set of_court = new.court_id, territory_id = new.territory_id where a.id = new.attachment_id;
    return null;
end $$;
create trigger act_attachment_follows after insert or update of court_id, territory_id on app.act_attachment
    for each row execute function app.act_attachment_follows();
alter function app.act_attachment_follows owner to sanad_definer;

-- Hangs a document on an act of one's court; false if it hangs somewhere already.
create function app.attach_act(act uuid, document uuid, what text, name bytea, bytes_at uuid, kept integer, kept_sha256 bytea,
                               received integer, got_sha256 bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    found_act record;
begin
    select m.user_id, m.court_id into me from sec.me() m where m.role in ('prosecutor', 'court_registrar', 'chief_prosecutor');
    select t.id, t.file_id, t.case_id, t.territory_id, t.court_id into found_act
    from app.court_act t join app.judicial_file f on f.id = t.file_id and f.state not in ('draft', 'withdrawn')
    where t.id = act and t.court_id = me.court_id;
    if found_act.id is null then
        raise exception 'no act of this court' using errcode = 'insufficient_privilege';
    end if;
    if what not in ('jpeg', 'pdf') then
        raise exception 'a signed act is a picture or a PDF' using errcode = 'check_violation', constraint = 'act_attachment_media';
    end if;
    insert into app.attachment (id, territory_id, kind, name_enc, media, blob, size, sha256, received_size, received_sha256,
                                added_by, of_court)
    values (document, found_act.territory_id, 'judicial_document', name, what, bytes_at, kept, kept_sha256, received, got_sha256,
            me.user_id, found_act.court_id)
    on conflict do nothing;
    if not found then
        return false;
    end if;
    insert into app.act_attachment (act_id, attachment_id, file_id, case_id, territory_id, court_id, added_by)
    values (found_act.id, document, found_act.file_id, found_act.case_id, found_act.territory_id, found_act.court_id, me.user_id);
    return true;
end $$;
grant execute on function app.attach_act to sanad_app;
alter function app.attach_act owner to sanad_definer;
