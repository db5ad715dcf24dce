-- What is assessed, what is planned, and what is decided in the best interests of a child (domain §3.2).
--
-- A draft is one sealed text: what its form holds, as typed. Rows are written when it is completed or submitted,
-- and stay as they are: a later assessment and a later version of the plan are rows of their own.

-- `grave`: three of four there is already a high risk
call ref.create_list('assessment_domain', ', grave boolean not null');
-- what a best-interests determination must come before
call ref.create_list('bid_occasion');
-- how long may pass before what comes next: operational targets, to be confirmed by the ministry
call ref.create_list('care_term', ', hours integer not null constraint care_term_hours_check check (hours > 0)');

create table app.assessment (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    episode_id uuid not null references app.case_episode,
    -- its number in the file
    seq smallint not null,
    state text not null constraint assessment_state_check check (state in ('draft', 'completed')),
    draft_enc bytea,
    summary_enc bytea,
    -- the level that the rules come to, and the facts they come from, as they were then
    computed text references ref.risk_level,
    reasons jsonb,
    -- lower than the file has it: a supervisor answers, and until then the file keeps its level
    asks text references ref.risk_level,
    begun_by uuid not null references sec.app_user,
    begun_at timestamptz not null,
    completed_by uuid references sec.app_user,
    completed_at timestamptz,
    review_due_at timestamptz,
    version integer not null default 1,
    constraint assessment_whole check (
        (state = 'completed') = (completed_at is not null) and (completed_at is null) = (completed_by is null)
        and (completed_at is null) = (computed is null) and (computed is null) = (reasons is null)
        and (completed_at is null) = (review_due_at is null)),
    constraint assessment_asks_when_complete check (asks is null or state = 'completed'),
    constraint assessment_draft_whole check ((state = 'draft') = (draft_enc is not null)),
    constraint assessment_seq unique (case_id, seq),
    constraint assessment_home unique (id, case_id, territory_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create unique index assessment_one_draft on app.assessment (episode_id) where state = 'draft';
create index on app.assessment (case_id, territory_id);
create index on app.assessment (episode_id);
create index on app.assessment (computed);
create index on app.assessment (asks);
create index on app.assessment (begun_by);
create index on app.assessment (completed_by);

create table app.assessment_score (
    id uuid primary key,
    assessment_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    domain text not null references ref.assessment_domain,
    score smallint not null constraint assessment_score_check check (score between 1 and 4),
    note_enc bytea,
    constraint assessment_score_once unique (assessment_id, domain),
    foreign key (assessment_id, case_id, territory_id)
        references app.assessment (id, case_id, territory_id) on update cascade
);
create index on app.assessment_score (assessment_id, case_id, territory_id);
create index on app.assessment_score (domain);

create table app.assessment_need (
    assessment_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    need text not null references ref.need,
    primary key (assessment_id, need),
    foreign key (assessment_id, case_id, territory_id)
        references app.assessment (id, case_id, territory_id) on update cascade
);
create index on app.assessment_need (assessment_id, case_id, territory_id);
create index on app.assessment_need (need);

create table app.assessment_indicator (
    assessment_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    indicator text not null references ref.exploitation_indicator,
    primary key (assessment_id, indicator),
    foreign key (assessment_id, case_id, territory_id)
        references app.assessment (id, case_id, territory_id) on update cascade
);
create index on app.assessment_indicator (assessment_id, case_id, territory_id);
create index on app.assessment_indicator (indicator);

-- Another level than the file had, or than the rules came to: somebody says so and why, or a contact of the street
-- raises it by its facts, between two assessments. A supervisor who answers an assessment that came out lower writes
-- one too, also to keep the level.
create table app.risk_change (
    id uuid primary key,
    -- what it follows; of a contact, nothing
    assessment_id uuid,
    case_id uuid not null,
    territory_id smallint not null,
    -- the version of the episode of which it was said: nothing that was said before lowers it later
    of_version integer not null default 0,
    from_risk text not null references ref.risk_level,
    to_risk text not null references ref.risk_level,
    answers boolean not null default false,
    why_enc bytea,
    reasons jsonb,
    by_user uuid not null references sec.app_user,
    at timestamptz not null,
    constraint risk_change_changes check (from_risk <> to_risk or answers),
    constraint risk_change_says_why check (num_nonnulls(why_enc, reasons) = 1),
    constraint risk_change_follows check ((assessment_id is null) = (why_enc is null)),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade,
    foreign key (assessment_id, case_id, territory_id)
        references app.assessment (id, case_id, territory_id) on update cascade
);
-- an assessment is answered once
create unique index risk_change_one_answer on app.risk_change (assessment_id) where answers;
create index on app.risk_change (assessment_id, case_id, territory_id);
create index on app.risk_change (case_id, territory_id);
create index on app.risk_change (case_id, at);
create index on app.risk_change (from_risk);
create index on app.risk_change (to_risk);
create index on app.risk_change (by_user);

create table app.care_plan (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    episode_id uuid not null references app.case_episode,
    -- the version of the plan in its episode
    seq smallint not null,
    state text not null constraint care_plan_state_check
        check (state in ('draft', 'submitted', 'approved', 'returned', 'superseded')),
    draft_enc bytea,
    author uuid not null references sec.app_user,
    drawn_up_at timestamptz not null,
    submitted_at timestamptz,
    answer_due_at timestamptz,
    answered_by uuid references sec.app_user,
    answered_at timestamptz,
    answer_enc bytea,
    review_due_at timestamptz,
    version integer not null default 1,
    constraint care_plan_four_eyes check (answered_by <> author),
    constraint care_plan_draft_whole check ((state = 'draft') = (draft_enc is not null)),
    constraint care_plan_submitted_whole check (
        (state = 'draft') = (submitted_at is null) and (submitted_at is null) = (answer_due_at is null)),
    constraint care_plan_answered_whole check (
        (state in ('draft', 'submitted')) = (answered_at is null) and (answered_at is null) = (answered_by is null)),
    constraint care_plan_returned_says_why check (state <> 'returned' or answer_enc is not null),
    constraint care_plan_approved_is_reviewed check (state not in ('approved', 'superseded') or review_due_at is not null),
    constraint care_plan_seq unique (episode_id, seq),
    constraint care_plan_home unique (id, case_id, territory_id),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create unique index care_plan_one_at_work on app.care_plan (episode_id) where state in ('draft', 'submitted');
create unique index care_plan_one_approved on app.care_plan (episode_id) where state = 'approved';
create index on app.care_plan (case_id, territory_id);
create index on app.care_plan (episode_id);
create index on app.care_plan (author);
create index on app.care_plan (answered_by);

create table app.plan_goal (
    id uuid primary key,
    plan_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    nth smallint not null,
    domain text not null references ref.assessment_domain,
    text_enc bytea not null,
    constraint plan_goal_nth unique (plan_id, nth),
    constraint plan_goal_home unique (id, plan_id, case_id, territory_id),
    foreign key (plan_id, case_id, territory_id) references app.care_plan (id, case_id, territory_id) on update cascade
);
create index on app.plan_goal (plan_id, case_id, territory_id);
create index on app.plan_goal (domain);

create table app.plan_action (
    id uuid primary key,
    goal_id uuid not null,
    plan_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    -- the same from version to version of an episode: what is owed is named by it
    number smallint not null constraint plan_action_number_check check (number > 0),
    -- what is done, by whom if by no organisation, and by what one knows that it succeeded
    text_enc bytea not null,
    provider text references ref.organisation,
    due_on date not null,
    occasion text references ref.bid_occasion,
    state text not null default 'open' constraint plan_action_state_check check (state in ('open', 'done', 'dropped')),
    closed_on date,
    closed_by uuid references sec.app_user,
    why_enc bytea,
    constraint plan_action_closed_whole check (
        (state = 'open') = (closed_on is null) and (closed_on is null) = (closed_by is null)),
    constraint plan_action_dropped_says_why check (state <> 'dropped' or why_enc is not null),
    constraint plan_action_number_once unique (plan_id, number),
    foreign key (goal_id, plan_id, case_id, territory_id)
        references app.plan_goal (id, plan_id, case_id, territory_id) on update cascade
);
create index on app.plan_action (goal_id, plan_id, case_id, territory_id);
create index on app.plan_action (plan_id);
create index on app.plan_action (provider);
create index on app.plan_action (occasion);
create index on app.plan_action (closed_by);

-- A plan in force that was looked at and stays as it is: what the child says of it, or why the child was not heard;
-- why nothing changes; and when it is looked at again. A plan that changes is another version.
create table app.plan_review (
    id uuid primary key,
    plan_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    view_enc bytea,
    why_not text references ref.view_absence,
    note_enc bytea not null,
    reviewed_by uuid not null references sec.app_user,
    reviewed_at timestamptz not null,
    next_due_at timestamptz not null,
    constraint plan_review_heard check (num_nonnulls(view_enc, why_not) = 1),
    constraint plan_review_next check (next_due_at > reviewed_at),
    foreign key (plan_id, case_id, territory_id) references app.care_plan (id, case_id, territory_id) on update cascade
);
create index on app.plan_review (plan_id, case_id, territory_id);
create index on app.plan_review (case_id, reviewed_at);
create index on app.plan_review (why_not);
create index on app.plan_review (reviewed_by);

-- Best-interests determination (تحديد المصلحة الفضلى): options weighed, the child's view, who took part, what was
-- concluded; one sealed text.
create table app.best_interests (
    id uuid primary key,
    case_id uuid not null,
    territory_id smallint not null,
    episode_id uuid not null references app.case_episode,
    occasion text not null references ref.bid_occasion,
    state text not null constraint best_interests_state_check check (state in ('submitted', 'approved', 'returned')),
    met_on date not null,
    content_enc bytea not null,
    author uuid not null references sec.app_user,
    submitted_at timestamptz not null,
    answer_due_at timestamptz not null,
    answered_by uuid references sec.app_user,
    answered_at timestamptz,
    answer_enc bytea,
    version integer not null default 1,
    constraint best_interests_four_eyes check (answered_by <> author),
    constraint best_interests_answered_whole check (
        (state = 'submitted') = (answered_at is null) and (answered_at is null) = (answered_by is null)),
    constraint best_interests_returned_says_why check (state <> 'returned' or answer_enc is not null),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.best_interests (case_id, territory_id);
create index on app.best_interests (episode_id);
create index on app.best_interests (occasion);
create index on app.best_interests (author);
create index on app.best_interests (answered_by);

call app.protect_care('app.assessment');
call app.protect_care('app.assessment_score');
call app.protect_care('app.assessment_need');
call app.protect_care('app.assessment_indicator');
call app.protect_care('app.risk_change');
call app.protect_care('app.care_plan');
call app.protect_care('app.plan_goal');
call app.protect_care('app.plan_action');
call app.protect_care('app.plan_review');
call app.protect_care('app.best_interests');

grant update (state, draft_enc, summary_enc, computed, reasons, asks, completed_by, completed_at, review_due_at, version)
    on app.assessment to sanad_app;
grant update (state, draft_enc, submitted_at, answer_due_at, answered_by, answered_at, answer_enc, review_due_at, version)
    on app.care_plan to sanad_app;
grant update (state, closed_on, closed_by, why_enc) on app.plan_action to sanad_app;
grant update (state, answered_by, answered_at, answer_enc, version) on app.best_interests to sanad_app;

-- An assessment is complete with a score for each domain, and then stays as it is.
create function app.assessment_stays() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    -- it moves with its file, and nothing else of it changes
    if old.state = 'completed' and to_jsonb(new) - 'territory_id' <> to_jsonb(old) - 'territory_id' then
        raise exception 'a completed assessment is not changed' using errcode = 'check_violation';
    end if;
    if new.state = 'completed' and exists (
        select from ref.assessment_domain d where d.valid_to is null and not exists (
            select from app.assessment_score s where s.assessment_id = new.id and s.domain = d.code))
    then
        raise exception 'a domain has no score' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger assessment_stays before update on app.assessment
    for each row when (old.state = 'completed' or new.state = 'completed') execute function app.assessment_stays();
alter function app.assessment_stays owner to sanad_definer;

-- Scores belong to what is still a draft.
create function app.assessment_is_open() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if not exists (select from app.assessment a where a.id = new.assessment_id and a.state = 'draft') then
        raise exception 'a completed assessment is not changed' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger assessment_is_open before insert on app.assessment_score
    for each row execute function app.assessment_is_open();
create trigger assessment_is_open before insert on app.assessment_need
    for each row execute function app.assessment_is_open();
create trigger assessment_is_open before insert on app.assessment_indicator
    for each row execute function app.assessment_is_open();
alter function app.assessment_is_open owner to sanad_definer;

-- Lowering, and answering an assessment that came out lower, is for a supervisor of the city; below the level of the
-- rules, for one who did not assess. A contact only raises.
create function app.risk_is_lowered_by_two() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    -- the list begins with the highest
    lower constant boolean := (select t.sort > f.sort from ref.risk_level f, ref.risk_level t
                               where f.code = new.from_risk and t.code = new.to_risk);
    found record;
begin
    if new.assessment_id is null then
        if lower then
            raise exception 'a contact does not lower the risk' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    select a.completed_by, a.asks, c.sort as computed, t.sort as wanted into found
    from app.assessment a join ref.risk_level c on c.code = a.computed
    join ref.risk_level t on t.code = new.to_risk where a.id = new.assessment_id;
    if found.computed is null then
        raise exception 'no completed assessment' using errcode = 'check_violation';
    end if;
    if new.answers and found.asks is null then
        raise exception 'the assessment asks nothing' using errcode = 'check_violation';
    end if;
    if (lower or new.answers) and (
        not exists (select from sec.role_assignment r where r.user_id = new.by_user and r.role = 'supervisor'
                    and r.territory_id = new.territory_id and r.valid @> current_date)
        or session_user = 'sanad_app' and not exists (
            select from sec.me() m where m.role = 'supervisor' and m.user_id = new.by_user
            and m.territory_id = new.territory_id))
    then
        raise exception 'a supervisor lowers the risk' using errcode = 'check_violation';
    end if;
    if found.wanted > found.computed and found.completed_by = new.by_user then
        raise exception 'who assessed does not lower the risk' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger risk_is_lowered_by_two before insert on app.risk_change
    for each row execute function app.risk_is_lowered_by_two();
alter function app.risk_is_lowered_by_two owner to sanad_definer;

-- Whatever the program does, the risk of a file falls by what a supervisor said of this very version of its episode
-- (the row above says who and why). The version and no clock decides: two changes of one instant are two.
create function app.risk_is_not_lowered_alone() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if (select t.sort > f.sort from ref.risk_level f, ref.risk_level t where f.code = old.risk and t.code = new.risk)
       and (new.version <= old.version or not exists (
           select from app.risk_change r
           where r.case_id = new.case_id and r.of_version = old.version and r.from_risk = old.risk and r.to_risk = new.risk))
    then
        raise exception 'a supervisor lowers the risk, with a reason' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger risk_is_not_lowered_alone before update on app.case_episode
    for each row when (old.risk is distinct from new.risk) execute function app.risk_is_not_lowered_alone();
alter function app.risk_is_not_lowered_alone owner to sanad_definer;

-- The moves of a plan, once more than in the program.
create function app.plan_moves() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if (old.state, new.state) not in (('draft', 'submitted'), ('submitted', 'approved'), ('submitted', 'returned'),
                                      ('approved', 'superseded')) then
        raise exception 'a plan does not move from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger plan_moves before update on app.care_plan
    for each row when (old.state is distinct from new.state) execute function app.plan_moves();

-- Four eyes: who wrote a draft last is its author, and so is who submits it. Nobody is granted to say otherwise. A
-- draft that moves with its file is not written, and stays whose it is.
create function app.plan_is_its_writers() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    new.author := coalesce(app.my_user(), new.author);
    return new;
end $$;
create trigger plan_begins_as_its_writers before insert on app.care_plan
    for each row execute function app.plan_is_its_writers();
create trigger plan_is_its_writers before update of state, draft_enc on app.care_plan
    for each row when (old.state = 'draft') execute function app.plan_is_its_writers();

-- Before what parts a child from its family stands an approved determination.
create function app.plan_is_in_best_interests() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if exists (select from app.plan_action a where a.plan_id = new.id and a.occasion is not null and not exists (
                   select from app.best_interests b
                   where b.episode_id = new.episode_id and b.occasion = a.occasion and b.state = 'approved'))
    then
        raise exception 'an action needs a best-interests determination' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger plan_is_in_best_interests before update on app.care_plan
    for each row when (new.state = 'approved' and old.state <> 'approved')
    execute function app.plan_is_in_best_interests();
alter function app.plan_is_in_best_interests owner to sanad_definer;

-- What is owed (schema D15). A completed assessment answers whatever called for it; one that came out lower than the
-- file has it is answered by a supervisor, and so is only the latest.
create function app.assessment_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.state = 'completed' and exists (
        select from app.case_episode e where e.id = new.episode_id and e.state <> 'closed')
    then
        perform app.settle(r.code, new.episode_id) from ref.task_rule r
        where r.code in ('reassess_flag', 'reassess_begging', 'reassess_unsafe', 'risk_answer');
        perform app.owe('reassess', new.case_id, new.territory_id, new.review_due_at, episode => new.episode_id);
        if new.asks is not null then
            perform app.owe('risk_answer', new.case_id, new.territory_id, new.completed_at + make_interval(hours => t.hours),
                            new.seq, new.episode_id)
            from ref.care_term t where t.code = 'risk_answer';
        end if;
    end if;
    return null;
end $$;
-- at its completion alone: a file that moves to another city, with all its rows, owes nothing anew
create trigger assessment_owes after insert or update of state on app.assessment
    for each row execute function app.assessment_owes();
alter function app.assessment_owes owner to sanad_definer;

create function app.risk_answer_settles() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.settle('risk_answer', a.episode_id, a.seq) from app.assessment a where a.id = new.assessment_id;
    return null;
end $$;
create trigger risk_answer_settles after insert on app.risk_change
    for each row when (new.answers) execute function app.risk_answer_settles();
alter function app.risk_answer_settles owner to sanad_definer;

-- What was seen after the last assessment calls for another on the same day: it is owed once, from the first day on,
-- until it is made. What nobody has assessed yet is owed its first assessment anyway.
create function app.call_for_assessment(what text, file uuid, place smallint, seen timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
    select app.owe(what, file, place, ((seen at time zone 'Africa/Casablanca')::date + time '23:59') at time zone 'Africa/Casablanca',
                   episode => e.id)
    from app.case_episode e
    where e.case_id = file and e.state <> 'closed'
      and exists (select from app.assessment a where a.episode_id = e.id and a.state = 'completed' and a.completed_at <= seen)
      and not exists (select from app.assessment a where a.episode_id = e.id and a.state = 'completed' and a.completed_at > seen)
      and not exists (select from app.task t where t.rule = what and t.subject = e.id and t.done_at is null)
$$;
alter function app.call_for_assessment owner to sanad_definer;

-- A red flag, or an adult without kinship, of a contact that is linked to a file. That the child may be an infant is
-- no flag where the age is known to be another.
create function app.contact_calls() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if exists (
        select from app.contact_child_flag f
        where f.contact_child_id = new.contact_child_id and (f.flag <> 'infant' or exists (
            select from app.case_file c join app.person p on p.id = c.child_id
            where c.id = new.case_id and coalesce(p.birth_latest, current_date) > current_date - interval '1 year')))
       or exists (
        select from app.contact_child k join app.contact_adult a on a.contact_id = k.contact_id
        where k.id = new.contact_child_id and a.relation_claimed = 'unrelated')
    then
        perform app.call_for_assessment('reassess_flag', new.case_id, new.territory_id, new.at);
    end if;
    return null;
end $$;
create trigger contact_calls after insert on app.contact_outcome
    for each row when (new.case_id is not null) execute function app.contact_calls();
alter function app.contact_calls owner to sanad_definer;

create function app.plan_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    one record;
begin
    case new.state
    when 'draft' then
        -- answering comments is drawing up the next version
        perform app.settle('plan_returned', new.episode_id);
    when 'submitted' then
        perform app.settle('plan_returned', new.episode_id);
        perform app.owe('plan_answer', new.case_id, new.territory_id, new.answer_due_at, new.seq, new.episode_id);
    when 'returned' then
        perform app.settle('plan_answer', new.episode_id, new.seq);
        perform app.owe('plan_returned', new.case_id, new.territory_id, new.answered_at + interval '72 hours', new.seq, new.episode_id);
    when 'approved' then
        perform app.settle('plan_answer', new.episode_id, new.seq);
        perform app.settle('plan_returned', new.episode_id);
        perform app.owe('plan_review', new.case_id, new.territory_id, new.review_due_at, episode => new.episode_id);
        -- what the version before it owed, it owes no more
        perform app.settle('plan_action', new.episode_id);
        for one in select a.number, a.due_on from app.plan_action a where a.plan_id = new.id and a.state = 'open' loop
            perform app.owe('plan_action', new.case_id, new.territory_id,
                            (one.due_on + 1)::timestamp at time zone 'Africa/Casablanca', one.number, new.episode_id);
        end loop;
    else
        null;
    end case;
    return null;
end $$;
create trigger plan_owes after insert or update of state on app.care_plan
    for each row execute function app.plan_owes();
alter function app.plan_owes owner to sanad_definer;

-- A review is of the plan in force, in the name of whoever writes it; it moves what is owed to its next day. Another
-- version that is being approved is waited for, or waits.
create function app.review_is_of_its_plan() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform from app.care_plan p join app.case_episode e on e.id = p.episode_id and e.state <> 'closed'
    where p.id = new.plan_id and p.state = 'approved' for no key update of p;
    if not found then
        raise exception 'only a plan in force is reviewed' using errcode = 'check_violation', constraint = 'plan_review_in_force';
    end if;
    new.reviewed_by := coalesce(app.my_user(), new.reviewed_by);
    return new;
end $$;
create trigger review_is_of_its_plan before insert on app.plan_review
    for each row execute function app.review_is_of_its_plan();
alter function app.review_is_of_its_plan owner to sanad_definer;
create function app.review_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.care_plan p set review_due_at = new.next_due_at where p.id = new.plan_id;
    perform app.owe('plan_review', new.case_id, new.territory_id, new.next_due_at, episode => p.episode_id)
    from app.care_plan p where p.id = new.plan_id;
    return null;
end $$;
create trigger review_owes after insert on app.plan_review
    for each row execute function app.review_owes();
alter function app.review_owes owner to sanad_definer;

create function app.action_settles() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.settle('plan_action', p.episode_id, new.number)
    from app.care_plan p where p.id = new.plan_id and p.state = 'approved';
    return null;
end $$;
create trigger action_settles after update of state on app.plan_action
    for each row when (new.state <> 'open') execute function app.action_settles();
alter function app.action_settles owner to sanad_definer;

-- Occurrences: a determination has no number of its own, it is counted within its episode.
create function app.determination_owes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    nth constant integer := (select count(*) from app.best_interests b
                             where b.episode_id = new.episode_id and (b.submitted_at, b.id) <= (new.submitted_at, new.id));
begin
    if new.state = 'submitted' then
        perform app.owe('determination_answer', new.case_id, new.territory_id, new.answer_due_at, nth, new.episode_id);
    else
        perform app.settle('determination_answer', new.episode_id, nth);
    end if;
    -- the placement was reviewed: this is what that review is
    if new.state = 'approved' and new.occasion = 'long_placement' then
        perform app.settle('placement_review', new.episode_id);
    end if;
    return null;
end $$;
create trigger determination_owes after insert or update of state on app.best_interests
    for each row execute function app.determination_owes();
alter function app.determination_owes owner to sanad_definer;

-- Some closings end what a determination must come before: whether one is approved for that reason; nor does a file
-- close over a child who lives in a house for more than thirty days without one.
create function app.closing_is_weighed(episode uuid, reason text) returns boolean
language plpgsql stable set search_path = pg_catalog as $$
begin
    return not exists (
        select from (
            values ('kafala_pronounced', 'kafala'), ('abroad_repatriated', 'return_abroad')) n (because, occasion)
        where n.because = $2 and not exists (
            select from app.best_interests b where b.episode_id = $1 and b.occasion = n.occasion and b.state = 'approved'))
    and (not exists (
            select from app.bed_hold h where h.episode_id = $1 and h.state in ('admitted', 'left', 'ran_away')
              and h.admitted_on < current_date - 30)
         or exists (
            select from app.best_interests b where b.episode_id = $1 and b.occasion = 'long_placement' and b.state = 'approved'));
end $$;
grant execute on function app.closing_is_weighed to sanad_app, sanad_definer;
create function app.closing_is_in_best_interests() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if not app.closing_is_weighed(new.id, new.closure_reason) then
        raise exception 'this closing needs a best-interests determination' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger closing_is_in_best_interests before update of state on app.case_episode
    for each row when (new.state = 'closed' and old.state <> 'closed')
    execute function app.closing_is_in_best_interests();
alter function app.closing_is_in_best_interests owner to sanad_definer;

-- The access log of a file tells of its pages too.
create or replace function audit.openings(kind text, id uuid, since timestamptz)
returns table (at timestamptz, actor uuid, action text, reason text)
language sql stable security definer set search_path = pg_catalog as $$
    select e.at, e.actor, e.action, e.reason from audit.event e, sec.me() m
    where e.object_kind = kind and e.object_id = openings.id and e.at >= since
      and e.territory_id = m.territory_id and m.role in ('social_worker', 'supervisor')
      and e.object_id <> all (app.hidden_cases()) and e.object_id <> all (app.hidden_persons())
      and e.action in ('case.opened', 'case.opened_with_reason', 'mother.opened', 'child.opened', 'emergency.begun',
                       'protection.opened', 'assessments.opened', 'care_plan.opened', 'determination.opened',
                       'visits.opened')
    order by e.at desc
$$;
