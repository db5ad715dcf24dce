-- What the prosecution asks about a file, and what the cell answers: threads that both sides read, word by word and for
-- ever (domain §3.3, state machine "Question of the prosecution").

-- What is asked about, each with a sentence to begin with.
call ref.create_list('judicial_question', ', text_ar text not null, text_fr text not null, text_en text not null');

create table app.judicial_question (
    id uuid primary key,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    -- within the file; set by the trigger below, as is what follows the author
    seq smallint not null constraint judicial_question_seq check (seq > 0),
    kind text not null references ref.judicial_question,
    -- read on both sides, as the extract
    text_enc bytea not null,
    asked_by uuid not null references sec.app_user,
    asked_at timestamptz not null default now(),
    due_at timestamptz not null,
    escalated_at timestamptz,
    -- since when it waits no more, until it is asked again
    answered_at timestamptz,
    answered_by uuid references sec.app_user,
    -- the court needs no more
    closed_at timestamptz,
    closed_by uuid references sec.app_user,
    constraint judicial_question_answered_whole check ((answered_at is null) = (answered_by is null)),
    constraint judicial_question_closed_whole check ((closed_at is null) = (closed_by is null)),
    constraint judicial_question_once unique (file_id, seq),
    constraint judicial_question_home unique (id, file_id, case_id, territory_id, court_id),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.judicial_question (file_id, case_id, territory_id, court_id);
create index on app.judicial_question (kind);
create index on app.judicial_question (asked_by);
create index on app.judicial_question (answered_by);
create index on app.judicial_question (closed_by);
create index judicial_question_waits on app.judicial_question (case_id) where answered_at is null and closed_at is null;
create index judicial_question_silent on app.judicial_question (due_at)
    where answered_at is null and closed_at is null;

-- What was said to a question after it, on either side.
create table app.judicial_answer (
    id uuid primary key,
    question_id uuid not null,
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    -- the court follows up, the cell answers
    side text not null constraint judicial_answer_side_check check (side in ('court', 'cell')),
    text_enc bytea not null,
    by_user uuid not null references sec.app_user,
    at timestamptz not null default now(),
    foreign key (question_id, file_id, case_id, territory_id, court_id)
        references app.judicial_question (id, file_id, case_id, territory_id, court_id) on update cascade
);
create index on app.judicial_answer (question_id, file_id, case_id, territory_id, court_id);
create index on app.judicial_answer (question_id, at);
create index on app.judicial_answer (by_user);

call app.protect_party('app.judicial_question', false);
call app.protect_party('app.judicial_answer', false);
-- Everybody speaks for their own side and in their own name, and nobody changes a word.
do $$
declare
    court constant text := 'court_id = any ((select app.my_courts())::smallint[])
        and exists (select from app.judicial_file f where f.id = file_id)';
    cell constant text := '(case_id = any ((select app.my_cases())::uuid[])
            or territory_id = any ((select app.supervised_territories())::smallint[]))
        and exists (select from app.case_file c where c.id = case_id)';
begin
    execute format('alter policy adds on app.judicial_question with check (asked_by = (select app.my_user()) and %s)', court);
    execute format('alter policy adds on app.judicial_answer with check (by_user = (select app.my_user())
        and ((side = ''court'' and %s) or (side = ''cell'' and %s))
        and exists (select from app.judicial_question q where q.id = question_id))', court, cell);
end $$;
alter policy edits on app.judicial_question using (false) with check (false);
alter policy edits on app.judicial_answer using (false) with check (false);
call app.read_only_in_emergency('app.judicial_question', 'case_id <> all ((select app.emergency_cases())::uuid[])');
call app.read_only_in_emergency('app.judicial_answer', 'case_id <> all ((select app.emergency_cases())::uuid[])');

-- A question: by those who decide, on a file that was sent and is not closed; numbered, and due.
create function app.question_comes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    f record;
begin
    -- what is laid down without a session, as a demonstration is, brings its number and its days
    if not exists (select from sec.me()) then
        return new;
    end if;
    select x.state, x.urgent into f from app.judicial_file x
    where x.id = new.file_id and x.court_id = new.court_id and x.state not in ('draft', 'withdrawn') for update;
    if not found or not app.stands_on('prosecutor', new.territory_id, new.court_id, new.case_id) then
        raise exception 'not theirs to ask' using errcode = 'insufficient_privilege';
    end if;
    if f.state = 'closed' then
        raise exception 'a closed file takes no question' using errcode = 'check_violation', constraint = 'judicial_question_open';
    end if;
    select coalesce(max(q.seq), 0) + 1 into new.seq from app.judicial_question q where q.file_id = new.file_id;
    new.asked_at := now();
    new.due_at := now() + app.judicial_hours('answer', f.urgent, new.court_id);
    new.escalated_at := null;
    new.answered_at := null;
    new.answered_by := null;
    new.closed_at := null;
    new.closed_by := null;
    return new;
end $$;
create trigger question_comes before insert on app.judicial_question
    for each row execute function app.question_comes();
alter function app.question_comes owner to sanad_definer;

create function app.question_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.answered_at is null and new.closed_at is null then
        perform app.owe('judicial_answer', new.case_id, new.territory_id, new.due_at, new.seq, judicial => new.file_id);
        perform app.tell('judicial_question', new.case_id, app.answer_for(new.case_id));
    end if;
    return null;
end $$;
create trigger question_tells after insert on app.judicial_question
    for each row execute function app.question_tells();
alter function app.question_tells owner to sanad_definer;

-- What is said to it: by whoever stands on that side, while the court needs more and the file is open.
create function app.answer_comes() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    q record;
begin
    if not exists (select from sec.me()) then
        return new;
    end if;
    select k.closed_at, x.state into q
    from app.judicial_question k join app.judicial_file x on x.id = k.file_id
    where k.id = new.question_id and k.file_id = new.file_id and k.case_id = new.case_id
      and k.territory_id = new.territory_id and k.court_id = new.court_id for update;
    if not found or not app.stands_on(case new.side when 'cell' then 'cell' else 'prosecutor' end,
                                      new.territory_id, new.court_id, new.case_id) then
        raise exception 'not theirs to answer' using errcode = 'insufficient_privilege';
    end if;
    if q.closed_at is not null or q.state = 'closed' then
        raise exception 'nothing more is asked' using errcode = 'check_violation', constraint = 'judicial_question_open';
    end if;
    new.at := now();
    return new;
end $$;
create trigger answer_comes before insert on app.judicial_answer
    for each row execute function app.answer_comes();
alter function app.answer_comes owner to sanad_definer;

-- The answer strikes out what is owed, and whoever has the file learns of it; a follow-up owes again. What still waits
-- keeps its day.
create function app.answer_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    f record;
    q record;
begin
    if not exists (select from sec.me()) then
        return null;
    end if;
    select x.held_by, x.urgent into f from app.judicial_file x where x.id = new.file_id;
    if new.side = 'cell' then
        update app.judicial_question k set answered_at = new.at, answered_by = new.by_user
        where k.id = new.question_id and k.answered_at is null;
        select k.seq into q from app.judicial_question k where k.id = new.question_id;
        perform app.settle('judicial_answer', new.file_id, q.seq);
        perform app.tell_court('judicial_answered', new.file_id,
            app.readers_of(f.held_by, new.court_id));
    else
        update app.judicial_question k
        set due_at = new.at + app.judicial_hours('answer', f.urgent, new.court_id), escalated_at = null, answered_at = null, answered_by = null
        where k.id = new.question_id and k.answered_at is not null;
        select k.seq, k.due_at into q from app.judicial_question k where k.id = new.question_id;
        perform app.owe('judicial_answer', new.case_id, new.territory_id, q.due_at, q.seq, judicial => new.file_id);
        perform app.tell('judicial_question', new.case_id, app.answer_for(new.case_id));
    end if;
    return null;
end $$;
create trigger answer_moves after insert on app.judicial_answer
    for each row execute function app.answer_moves();
alter function app.answer_moves owner to sanad_definer;

-- The court needs no more. True the first time.
create function app.close_question(which uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
    q record;
begin
    select k.file_id, k.case_id, k.territory_id, k.court_id, k.seq, k.closed_at, x.state into q
    from app.judicial_question k join app.judicial_file x on x.id = k.file_id where k.id = which for update;
    if not found or not app.stands_on('prosecutor', q.territory_id, q.court_id, q.case_id) then
        raise exception 'not theirs to close' using errcode = 'insufficient_privilege';
    end if;
    if q.closed_at is not null then
        return false;
    end if;
    if q.state = 'closed' then
        raise exception 'the file is closed' using errcode = 'check_violation', constraint = 'judicial_question_open';
    end if;
    update app.judicial_question k set closed_at = now(), closed_by = app.my_user() where k.id = which;
    perform app.settle('judicial_answer', q.file_id, q.seq);
    return true;
end $$;
grant execute on function app.close_question to sanad_app;
alter function app.close_question owner to sanad_definer;

-- A file that is closed waits for no answer; opened again, it waits for those that never came, and gives them time.
create function app.questions_follow() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if new.to_state = 'closed' then
        perform app.settle('judicial_answer', new.file_id);
    elsif new.move = 'reopen' then
        update app.judicial_question k
        set due_at = greatest(k.due_at, now() + app.judicial_hours('answer', f.urgent, f.court_id)), escalated_at = null
        from app.judicial_file f
        where f.id = new.file_id and k.file_id = f.id and k.answered_at is null and k.closed_at is null;
        perform app.owe('judicial_answer', k.case_id, k.territory_id, k.due_at, k.seq, judicial => k.file_id)
        from app.judicial_question k
        where k.file_id = new.file_id and k.answered_at is null and k.closed_at is null;
    end if;
    return null;
end $$;
create trigger questions_follow after insert on app.judicial_step
    for each row execute function app.questions_follow();
alter function app.questions_follow owner to sanad_definer;

-- A question that nobody answers in time is told to those who answer for the file, and again each day until they do. How many.
create function app.escalate_questions() returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    q record;
    told bigint := 0;
begin
    for q in select k.id, k.case_id from app.judicial_question k
             where k.due_at < now() and k.answered_at is null and k.closed_at is null
               and (k.escalated_at is null or k.escalated_at <= now() - interval '24 hours')
               and exists (select from app.judicial_file f where f.id = k.file_id and f.state <> 'closed')
             order by k.due_at limit 200 for update of k skip locked loop
        update app.judicial_question k set escalated_at = now() where k.id = q.id;
        insert into app.notice (territory_id, recipient, kind, case_id, case_number, actor)
        select c.territory_id, w.id, 'judicial_question_late', c.id, c.number, null
        from app.case_file c, unnest(app.answer_for(c.id)) w (id) where c.id = q.case_id
        on conflict on constraint notice_once do update set at = now(), times = notice.times + 1, seen_at = null;
        told := told + 1;
    end loop;
    return told;
end $$;
grant execute on function app.escalate_questions to sanad_job;
alter function app.escalate_questions owner to sanad_definer;
