-- Inside the new database: nothing is open to everyone, and the owner may write its table of migrations.
alter schema public owner to sanad_owner;
revoke all on schema public from public;
do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to sanad_app, sanad_stat, sanad_job, sanad_audit', current_database());
end $$;
