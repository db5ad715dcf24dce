-- A procedure that one child's file began may be about others, and one of them may be protected: what is about that child
-- is for those who are named on its file, whoever reads the procedure. A court reads what was sent to it.

create function app.hidden_children() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return array(select c.child_id from app.case_file c where c.id = any (app.hidden_cases()));
end $$;
grant execute on function app.hidden_children to sanad_app;
alter function app.hidden_children owner to sanad_definer;

create policy hides_child on app.judicial_child as restrictive for select to sanad_app
    using (person_id <> all ((select app.hidden_children())::uuid[]));
create policy hides_child on app.child_decision as restrictive for select to sanad_app
    using (person_id <> all ((select app.hidden_children())::uuid[]));
create policy hides_child on app.measure_report as restrictive for select to sanad_app
    using (person_id <> all ((select app.hidden_children())::uuid[]));
create policy hides_child on app.court_event as restrictive for select to sanad_app
    using (child_id is null or child_id <> all ((select app.hidden_children())::uuid[]));
