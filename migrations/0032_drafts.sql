-- Who changed a row last, for the page of a conflict (decision 0072); drafts of long forms (decision 0073).

-- A row that people edit says who wrote its version, and when.
create function app.stamp() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.version <> old.version then
        new.changed_by := (select m.user_id from sec.me() m);
        new.changed_at := now();
    end if;
    return new;
end $$;
revoke execute on function app.stamp from public;

do $$
declare
    edited text;
begin
    foreach edited in array array['person', 'relationship', 'assessment', 'care_plan', 'institution'] loop
        execute format('alter table app.%I add changed_by uuid references sec.app_user, add changed_at timestamptz', edited);
        execute format('create index on app.%I (changed_by)', edited);
        execute format('create trigger stamp before update on app.%I for each row execute function app.stamp()', edited);
    end loop;
end $$;
alter function app.stamp owner to sanad_definer;
grant select (changed_by, changed_at) on app.institution to sanad_app;

-- What somebody was typing when the page went away. Theirs alone: nobody else reads it, whatever their post.
create table app.form_draft (
    id uuid primary key,
    user_id uuid not null references sec.app_user,
    territory_id smallint not null references ref.territory,
    form text not null constraint form_draft_form_check
        check (form in ('contact', 'assessment', 'care_plan', 'determination', 'visit', 'referral', 'closing_report')),
    -- the file; of a contact, the id that its form will save it under
    case_id uuid,
    subject uuid not null,
    -- raised by each writing: a page that knows an older one does not write over it
    rev integer not null default 1,
    text_enc bytea not null constraint form_draft_text_check check (octet_length(text_enc) <= 1100000),
    begun_at timestamptz not null default now(),
    saved_at timestamptz not null default now(),
    constraint form_draft_once unique (user_id, form, subject),
    constraint form_draft_subject check (case when form = 'contact' then case_id is null else case_id is not null and subject = case_id end),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.form_draft (case_id, territory_id);
create index on app.form_draft (territory_id);
create index on app.form_draft (saved_at);
do $$
declare
    own constant text := 'user_id = (select app.my_user()) and territory_id = any ((select app.my_territories())::smallint[])
        and (case_id is null or case_id = any ((select app.my_cases())::uuid[])
             or (territory_id = any ((select app.supervised_territories())::smallint[])
                 and exists (select from app.case_file c where c.id = case_id)))';
begin
    call app.protect('app.form_draft', own, own);
end $$;
call app.read_only_in_emergency('app.form_draft', 'case_id is null or case_id <> all ((select app.emergency_cases())::uuid[])');
grant update (rev, text_enc, saved_at) on app.form_draft to sanad_app;

-- A draft has a key of its own, and takes it along when it dies: what a backup still holds of it never opens again.
create function sec.forget_draft_key() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    delete from sec.data_key k where k.holder_kind = 'draft' and k.holder_id = old.id;
    return null;
end $$;
create trigger forget_key after delete on app.form_draft for each row execute function sec.forget_draft_key();

-- The draft of a form that was just saved: gone in the same transaction.
create function app.end_draft(what text, about uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
    delete from app.form_draft d
    where d.user_id = (select m.user_id from sec.me() m) and d.form = what and d.subject = about;
    return found;
end $$;

-- One that its author throws away.
create function app.drop_draft(which uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    dropped text;
begin
    delete from app.form_draft d
    where d.id = which and d.user_id = (select m.user_id from sec.me() m)
    returning d.form into dropped;
    return dropped;
end $$;

-- Whether somebody holds such a post there today.
create function sec.holds_post(who uuid, place smallint, roles text[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from sec.role_assignment a join sec.app_user u on u.id = a.user_id
                   where a.user_id = who and a.territory_id = place and a.role = any (roles)
                     and a.valid @> current_date and u.active);
end $$;

-- Drafts that nobody took up for that long, and those whose author has lost the file or the post.
create function app.sweep_drafts(older timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    swept bigint;
begin
    delete from app.form_draft d
    where d.saved_at < older
       or not sec.holds_post(d.user_id, d.territory_id, array['social_worker', 'supervisor'])
       or (d.case_id is not null and not app.works_on(d.case_id, d.user_id, d.territory_id)
           and not sec.holds_post(d.user_id, d.territory_id, array['supervisor']));
    get diagnostics swept = row_count;
    return swept;
end $$;

grant execute on function sec.holds_post to sanad_definer;
grant execute on function app.end_draft, app.drop_draft to sanad_app;
grant execute on function app.sweep_drafts to sanad_job;
-- Nobody deletes a row of app but the owner of its table: here the functions above, and they alone.
do $$
declare
    made text;
begin
    foreach made in array array['end_draft(text, uuid)', 'drop_draft(uuid)', 'sweep_drafts(timestamptz)'] loop
        execute format('alter function app.%s owner to sanad_definer', made);
    end loop;
end $$;
alter table app.form_draft owner to sanad_definer;
