-- Six schemas, and the two procedures that keep every later migration short and alike.
--
-- ref   code lists, territory, courts: facts that anyone signed in may read
-- sec   who may enter: users, assignments, sessions. No role of the application can read it
-- app   children, mothers, cases: every table under row security
-- audit what was done and what was seen
-- plan  the register of the plan: phases, cities, meetings
-- stat  figures, never a person

create extension if not exists btree_gist;

create schema ref;
create schema sec;
create schema app;
create schema audit;
create schema plan;
create schema stat;

-- A function says itself who may call it.
alter default privileges revoke execute on functions from public;

grant usage on schema ref, plan, stat to sanad_app, sanad_stat, sanad_job, sanad_definer;
grant usage on schema app, sec, audit to sanad_app, sanad_job, sanad_definer;
-- sanad_definer owns the functions that look through row security; nobody signs in as it.
grant create on schema app, stat to sanad_definer;

alter default privileges in schema ref grant select on tables to sanad_app, sanad_stat, sanad_job, sanad_definer;
alter default privileges in schema plan grant select on tables to sanad_app, sanad_stat, sanad_job, sanad_definer;

-- One small table per code list, all of one shape (schema D11). Codes are for ever: a row is closed
-- with valid_to, never removed.
create procedure ref.create_list(list text, extra text default '')
language plpgsql as $$
begin
    execute format(
        'create table ref.%I (
            code text primary key check (code ~ ''^[A-Za-z0-9_]+$''),
            ar text not null, fr text not null, en text not null,
            sort smallint not null default 0,
            valid_from date, valid_to date,
            is_missing boolean not null default false %s)', list, extra);
end $$;

-- Row security of one table: enabled, forced, one policy a command. `read` and `write` are boolean
-- expressions over the row. There is no policy for DELETE, nor a grant: nothing is deleted.
create procedure app.protect(target regclass, read text, write text)
language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy reads on %s for select to sanad_app using (%s)', target, read);
    execute format('create policy adds on %s for insert to sanad_app with check (%s)', target, write);
    execute format('create policy edits on %s for update to sanad_app using (%s) with check (%s)',
                   target, write, write);
    execute format('create policy definer on %s to sanad_definer using (true) with check (true)', target);
    execute format('grant select, insert on %s to sanad_app', target);
    execute format('grant select, insert, update on %s to sanad_definer', target);
end $$;
