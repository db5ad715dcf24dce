-- Inside the new database: nothing is open to everyone, and the owner may write its table of migrations.
alter schema public owner to sanad_owner;
revoke all on schema public from public;
do $$
declare
    setting record;
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to sanad_app, sanad_stat, sanad_job, sanad_audit', current_database());
    -- The server's own log is read by who runs the server. The details of an error quote the row, a statement
    -- may hold a password, and a slow one comes with its values: whoever connects, whatever the cluster says.
    for setting in select * from (values
        ('log_error_verbosity', 'terse'),
        ('log_min_error_statement', 'panic'),
        ('log_parameter_max_length', '0'),
        ('log_parameter_max_length_on_error', '0')
    ) as wanted(name, value) loop
        execute format('alter database %I set %I = %L', current_database(), setting.name, setting.value);
    end loop;
end $$;
