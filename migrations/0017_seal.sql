-- The sealing of the audit trail: each minute the rows written since become the next leaves of one Merkle
-- tree (RFC 6962), and its root is signed. Sealing locks no row of the trail and waits for no writer.

create index on audit.event (at, id);
-- what was written since the last sealing is found by transaction, for identities are not given in the
-- order of commits
create index on audit.event (xid);

-- The order of the leaves. Numbers of events may have gaps (a transaction rolled back), these have none.
create table audit.leaf (
    seq bigint primary key,
    event_id bigint not null,
    event_at timestamptz not null,
    hash bytea not null constraint leaf_hash_check check (length(hash) = 32),
    constraint leaf_once unique (event_id, event_at)
);

-- A signed root: `note` is a C2SP checkpoint, and says again what the columns say.
create table audit.checkpoint (
    id integer primary key,
    size bigint not null,
    root bytea not null constraint checkpoint_root_check check (length(root) = 32),
    -- the right edge of the tree, from which the next sealing goes on
    peaks bytea[] not null,
    -- every transaction before this one was finished when it was sealed
    horizon xid8 not null,
    -- the cluster that counts those transactions: after a restore elsewhere they begin anew
    cluster text not null,
    at timestamptz not null,
    note text not null
);
create index on audit.checkpoint (at);

create trigger leaf_is_final before update or delete on audit.leaf
    for each row execute function audit.refuse_change();
create trigger leaf_is_kept before truncate on audit.leaf
    for each statement execute function audit.refuse_change();
create trigger checkpoint_is_final before update or delete on audit.checkpoint
    for each row execute function audit.refuse_change();
create trigger checkpoint_is_kept before truncate on audit.checkpoint
    for each statement execute function audit.refuse_change();

-- The job that seals reads the trail and adds leaves; who verifies reads.
grant select on audit.event to sanad_job;
grant select, insert on audit.leaf, audit.checkpoint to sanad_job;
grant select on audit.leaf, audit.checkpoint to sanad_audit;

-- The root that stood at the end of a Moroccan day: nothing personal, so the committee may print it.
create function stat.audit_root(day date)
returns table (id integer, size bigint, root bytea, at timestamptz, note text)
language sql stable security definer rows 1 set search_path = pg_catalog as $$
    select c.id, c.size, c.root, c.at, c.note from audit.checkpoint c
    where c.at < ((day + 1)::timestamp at time zone 'Africa/Casablanca')
    order by c.at desc, c.id desc limit 1
$$;
grant execute on function stat.audit_root to sanad_app, sanad_stat;
