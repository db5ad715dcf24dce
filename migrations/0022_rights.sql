-- What a child is owed beside help (decision 0067): that sharing has a basis, that the child is heard and knows
-- what happens with the words, that a complaint is answered by somebody else; that nobody has two files; and
-- that a file is closed by two people, on a report, and looked at again afterwards.

call ref.create_list('consent_giver');
call ref.create_list('view_absence');
call ref.create_list('complaint_source');
call ref.create_list('complaint_subject');
-- What is read aloud before an interview: a paragraph a row, dated as any code; what was read stays what it was.
call ref.create_list('interview_script', ', darija text not null');

-- A consent, or the legal basis that replaces it. Withdrawn, it stays: what was shared under it was shared.
create table app.case_consent (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    purpose text not null constraint case_consent_purpose_check check (purpose in ('care', 'sharing')),
    basis text not null references ref.consent_basis,
    given_by text not null references ref.consent_giver,
    given_on date not null,
    note_enc bytea,
    recorded_by uuid not null references sec.app_user,
    recorded_at timestamptz not null default now(),
    withdrawn_on date,
    withdrawn_by uuid references sec.app_user,
    -- when that was written down
    withdrawn_at timestamptz,
    constraint case_consent_withdrawn_whole check ((withdrawn_on is null) = (withdrawn_by is null)),
    constraint case_consent_withdrawn_after check (withdrawn_on >= given_on),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.case_consent (case_id, territory_id);
create index on app.case_consent (basis);
create index on app.case_consent (given_by);
create index on app.case_consent (recorded_by);
create index on app.case_consent (withdrawn_by);
call app.protect_care('app.case_consent');
grant update (withdrawn_on, withdrawn_by) on app.case_consent to sanad_app;
create function app.consent_withdrawn() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    new.withdrawn_at := now();
    return new;
end $$;
create trigger consent_withdrawn before update of withdrawn_on on app.case_consent
    for each row when (old.withdrawn_on is null and new.withdrawn_on is not null) execute function app.consent_withdrawn();

-- What the child says of a decision, or why the child was not heard; and in which language the script was read.
create table app.child_view (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    episode_id uuid not null,
    occasion text not null constraint child_view_occasion_check
        check (occasion in ('assessment', 'plan', 'placement', 'decision', 'closure')),
    heard_on date not null,
    why_not text references ref.view_absence,
    language text references ref.language,
    interpreter boolean not null default false,
    script_language text references ref.language,
    words_enc bytea,
    recorded_by uuid not null references sec.app_user,
    recorded_at timestamptz not null default now(),
    -- heard in a language and quoted, or not heard for a reason
    constraint child_view_whole check (case when why_not is null then num_nulls(language, words_enc) = 0
                                            else num_nonnulls(language, script_language) = 0 end),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade,
    foreign key (episode_id, territory_id) references app.case_episode (id, territory_id) on update cascade
);
create index on app.child_view (case_id, territory_id);
create index on app.child_view (episode_id, territory_id);
create index on app.child_view (why_not);
create index on app.child_view (language);
create index on app.child_view (script_language);
create index on app.child_view (recorded_by);
call app.protect_care('app.child_view');

-- A complaint, of the child, a parent or anybody. It is answered by somebody who did not receive it, within
-- thirty days, and is not read by the person it is about.
create table app.complaint (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    episode_id uuid not null,
    source text not null references ref.complaint_source,
    subject text not null references ref.complaint_subject,
    against uuid references sec.app_user,
    text_enc bytea not null,
    received_on date not null,
    received_by uuid not null references sec.app_user,
    recorded_at timestamptz not null default now(),
    due_on date not null generated always as (received_on + 30) stored,
    answer_enc bytea,
    answered_by uuid references sec.app_user,
    answered_at timestamptz,
    constraint complaint_answered_whole check (num_nulls(answer_enc, answered_by, answered_at) in (0, 3)),
    constraint complaint_other_eyes check (answered_by <> received_by),
    constraint complaint_not_own check (answered_by <> against and received_by <> against),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade,
    foreign key (episode_id, territory_id) references app.case_episode (id, territory_id) on update cascade
);
create index on app.complaint (case_id, territory_id);
create index on app.complaint (episode_id, territory_id);
create index on app.complaint (source);
create index on app.complaint (subject);
create index on app.complaint (against);
create index on app.complaint (received_by);
create index on app.complaint (answered_by);
call app.protect_care('app.complaint');
grant update (answer_enc, answered_by, answered_at) on app.complaint to sanad_app;
do $$
declare
    mine constant text := 'case_id = any ((select app.my_cases())::uuid[])';
    supervised constant text := 'territory_id = any ((select app.supervised_territories())::smallint[])';
    seen constant text := 'exists (select from app.case_file c where c.id = case_id)';
    -- whoever it is about reads nothing of it; who received it and the supervisors do
    others constant text := 'against is distinct from (select app.my_user())';
begin
    execute format('alter policy reads on app.complaint using (%1$s and ((%2$s and received_by = (select app.my_user())) or (%3$s and %4$s)))',
                   others, mine, supervised, seen);
    execute format('alter policy edits on app.complaint using (%1$s and %2$s and %3$s)
        with check (%2$s and %3$s and answered_by = (select app.my_user()))', others, supervised, seen);
    -- that there is one is told to the supervisors alone
    execute format('alter policy reads on app.task using ((%1$s and rule <> ''complaint_answer'') or (%2$s and %3$s))',
                   mine, supervised, seen);
end $$;

-- What the worker reports when asking that a file be closed. Frozen with the closing.
create table app.closing_report (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    episode_id uuid not null constraint closing_report_once unique,
    reason text not null references ref.closure_reason,
    placement text not null references ref.placement_type,
    education text not null references ref.education_status,
    text_enc bytea not null,
    written_by uuid not null references sec.app_user,
    written_at timestamptz not null default now(),
    version integer not null default 1,
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade,
    foreign key (episode_id, territory_id) references app.case_episode (id, territory_id) on update cascade
);
create index on app.closing_report (case_id, territory_id);
create index on app.closing_report (episode_id, territory_id);
create index on app.closing_report (reason);
create index on app.closing_report (placement);
create index on app.closing_report (education);
create index on app.closing_report (written_by);
call app.protect_care('app.closing_report');
grant update (reason, placement, education, text_enc, written_by, written_at, version) on app.closing_report to sanad_app;
create function app.report_is_frozen() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if (old.reason, old.placement, old.education, old.text_enc) is distinct from (new.reason, new.placement, new.education, new.text_enc)
       and exists (select from app.case_episode e where e.id = old.episode_id and e.state in ('closure_requested', 'closed')) then
        raise exception 'the report of a closing is not changed' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger report_is_frozen before update on app.closing_report for each row execute function app.report_is_frozen();

-- Three and six months after: how is the child?
create table app.after_closure (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    episode_id uuid not null,
    months smallint not null constraint after_closure_months_check check (months in (3, 6)),
    reached boolean not null,
    checked_on date not null,
    safe boolean,
    schooled boolean,
    begging_again boolean,
    -- the findings, or why nobody was reached
    words_enc bytea not null,
    recorded_by uuid not null references sec.app_user,
    recorded_at timestamptz not null default now(),
    constraint after_closure_whole check (num_nonnulls(safe, schooled, begging_again) = case when reached then 3 else 0 end),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade,
    foreign key (episode_id, territory_id) references app.case_episode (id, territory_id) on update cascade
);
-- once; where nobody was reached, another try may follow
create unique index after_closure_once on app.after_closure (episode_id, months) where reached;
create index on app.after_closure (case_id, territory_id);
create index on app.after_closure (episode_id, territory_id);
create index on app.after_closure (recorded_by);
call app.protect_care('app.after_closure');

-- A file that should never have been: who said so, and why.
alter table app.case_file
    add column void_by uuid references sec.app_user,
    add column void_at timestamptz,
    add column void_why_enc bytea,
    add constraint case_file_void_whole check (void is distinct from 'invalid' or num_nulls(void_by, void_at, void_why_enc) = 0),
    -- who opened a file does not make it disappear
    add constraint case_file_void_four_eyes check (void_by <> opened_by);
create index on app.case_file (void_by);
grant update (void, void_by, void_at, void_why_enc) on app.case_file to sanad_app;
create function app.void_is_supervised() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if session_user = 'sanad_app' and not exists (
        select from sec.me() m where m.role = 'supervisor' and m.territory_id = new.territory_id
        and (new.void_by is null or new.void_by = m.user_id))
    then
        raise exception 'a supervisor says that a file is not one' using errcode = 'insufficient_privilege';
    end if;
    -- nothing is owed to a file that is none
    update app.task t set done_at = now() where t.case_id = new.id and t.done_at is null;
    return new;
end $$;
create trigger void_is_supervised before update of void on app.case_file
    for each row when (old.void is distinct from new.void) execute function app.void_is_supervised();
alter function app.void_is_supervised owner to sanad_definer;

-- What is owed ------------------------------------------------------------------------------------------------

-- A file that closes owes nothing more, but the visits after it and the answers that are awaited.
set local role sanad_definer;
create or replace function app.episode_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    step constant text := case new.state when 'closure_requested' then 'closure_answer'
        when 'monitoring' then null when 'closed' then null else 'step_' || new.state end;
begin
    update app.task t set done_at = now()
    where t.episode_id = new.id and t.done_at is null and t.rule is distinct from step
      and (t.rule like 'step\_%' or t.rule = 'closure_answer' or new.state = 'closed')
      and t.rule not in ('after_closure_3m', 'after_closure_6m', 'complaint_answer');
    if step is not null and new.due_at is not null then
        perform app.owe(step, new.case_id, new.territory_id, new.due_at, episode => new.id);
    end if;
    return null;
end $$;
set local role sanad_owner;

-- After: a closed file is looked at again in three and in six months, unless the child died or left; one that is
-- opened again is not.
create function app.episode_owes_after() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    birthday constant date := (select p.birth_latest from app.case_file c join app.person p on p.id = c.child_id where c.id = new.case_id);
begin
    if tg_op = 'INSERT' then
        perform app.settle('after_closure_3m', e.id), app.settle('after_closure_6m', e.id)
        from app.case_episode e where e.case_id = new.case_id and e.id <> new.id;
        if birthday is not null and new.state <> 'closed' then
            perform app.owe('aftercare_18', new.case_id, new.territory_id, birthday + interval '18 years', episode => new.id);
        end if;
    end if;
    if new.state = 'closed' and new.closure_reason not in ('death', 'abroad_repatriated', 'not_begging', 'untraceable') then
        perform app.owe('after_closure_3m', new.case_id, new.territory_id, new.closed_at + interval '3 months', episode => new.id),
                app.owe('after_closure_6m', new.case_id, new.territory_id, new.closed_at + interval '6 months', episode => new.id);
    end if;
    return null;
end $$;
create trigger episode_owes_after after insert or update of state on app.case_episode
    for each row execute function app.episode_owes_after();
alter function app.episode_owes_after owner to sanad_definer;

-- Turning eighteen closes nothing: what comes after is owed at the birthday, on the latest day it can be.
create function app.birth_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.owe('aftercare_18', e.case_id, e.territory_id, new.birth_latest + interval '18 years', episode => e.id)
    from app.case_file c join app.case_episode e on e.case_id = c.id and e.state <> 'closed'
    where c.child_id = new.id and c.void is null and new.birth_latest is not null;
    return null;
end $$;
create trigger birth_owes after update of birth_latest on app.person
    for each row when (old.birth_latest is distinct from new.birth_latest) execute function app.birth_owes();
alter function app.birth_owes owner to sanad_definer;

-- Who met the child strikes out what was owed until then; where nobody was met, another try is owed two weeks later.
-- A child who is not well is told to those who can open the file again.
create function app.after_closure_settles() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.reached then
        perform app.settle('after_closure_' || n || 'm', new.episode_id) from unnest(array[3, 6]) n where n <= new.months;
    else
        update app.task t
        set due_at = greatest(t.due_at, (new.checked_on + 14)::timestamp at time zone 'Africa/Casablanca'),
            snoozed_until = null, snoozed_by = null, snooze_enc = null
        where t.rule = 'after_closure_' || new.months || 'm' and t.subject = new.episode_id and t.done_at is null;
    end if;
    if new.begging_again or not new.safe then
        perform app.tell('child_unwell', new.case_id, array(
            select app.supervisors_named(new.case_id)
            union select r.user_id from app.case_file c join sec.role_assignment r
                on r.territory_id = c.territory_id and r.role = 'supervisor' and r.valid @> current_date
            join sec.app_user u on u.id = r.user_id and u.active
            where c.id = new.case_id and not c.protected));
    end if;
    return null;
end $$;
create trigger after_closure_settles after insert on app.after_closure
    for each row execute function app.after_closure_settles();
alter function app.after_closure_settles owner to sanad_definer;

-- Complaints of an episode are counted in the order they came: the occurrence of what is owed.
create function app.complaint_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    nth constant integer := (select count(*) from app.complaint k where k.episode_id = new.episode_id
                             and (k.recorded_at, k.id) <= (new.recorded_at, new.id));
begin
    if new.answered_at is null then
        perform app.owe('complaint_answer', new.case_id, new.territory_id, new.due_on, nth, episode => new.episode_id);
    else
        perform app.settle('complaint_answer', new.episode_id, nth);
    end if;
    return null;
end $$;
create trigger complaint_owes after insert or update of answered_at on app.complaint
    for each row execute function app.complaint_owes();
alter function app.complaint_owes owner to sanad_definer;
