-- People. Child, mother, accompanying adult are roles in a context, never tables: a mother may be 16
-- and a child case too (schema D3).

-- The human being behind one or more local records. No data: what joins two records is a signed link.
create table app.identity (
    id uuid primary key,
    territory_id smallint not null references ref.territory
);
create index on app.identity (territory_id);

create table app.person (
    id uuid primary key,
    territory_id smallint not null references ref.territory,
    sex text not null references ref.sex,
    -- a date, or the two ends of an estimate; age and bands are derived at the date of the event
    birth_earliest date,
    birth_latest date,
    birth_basis text references ref.birth_basis,
    nationality text references ref.nationality,
    civil_status text references ref.civil_status,
    protected boolean not null default false,
    -- a protected file stands behind it, or stood: asked no further without (decision 0056)
    near_protected boolean not null default false,
    created_by uuid not null references sec.app_user,
    created_at timestamptz not null default now(),
    version integer not null default 1,
    constraint person_birth_order check (birth_earliest <= birth_latest),
    constraint person_birth_whole check (num_nulls(birth_earliest, birth_latest, birth_basis) in (0, 3)),
    constraint person_home unique (id, territory_id)
);
create index on app.person (territory_id);
create index person_protected on app.person (territory_id, id) where protected;
create index on app.person (sex);
create index on app.person (birth_basis);
create index on app.person (nationality);
create index on app.person (civil_status);
create index on app.person (created_by);

create table app.person_name (
    id uuid primary key,
    person_id uuid not null,
    territory_id smallint not null,
    kind text not null constraint person_name_kind_check check (kind in ('civil', 'alias', 'street')),
    given_ar text, family_ar text, given_la text, family_la text,
    constraint person_name_some check (num_nonnulls(given_ar, family_ar, given_la, family_la) > 0),
    constraint person_name_once unique (person_id, kind),
    foreign key (person_id, territory_id) references app.person (id, territory_id) on update cascade
);
create index on app.person_name (person_id, territory_id);

-- "The same child" is a signed link that can be taken back: nothing moves (schema D5).
create table app.identity_link (
    id uuid primary key,
    territory_id smallint not null,
    person_id uuid not null,
    identity_id uuid not null references app.identity,
    verdict text not null constraint identity_link_verdict_check check (verdict in ('same', 'not_same', 'unsure')),
    decided_by uuid not null references sec.app_user,
    at timestamptz not null default now(),
    supersedes_id uuid references app.identity_link,
    live boolean not null default true,
    foreign key (person_id, territory_id) references app.person (id, territory_id) on update cascade
);
create unique index identity_link_one_live on app.identity_link (person_id) where verdict = 'same' and live;
create index on app.identity_link (person_id, territory_id);
create index on app.identity_link (identity_id);
create index on app.identity_link (decided_by);
create index on app.identity_link (supersedes_id);

-- All records of the same human being, this one among them: to be read inside functions that look through row
-- security, for another city's record is nobody's here.
create function app.records_of(which uuid) returns table (id uuid)
language sql stable as $$
    select which
    union all
    select o.person_id
    from app.identity_link l
    join app.identity_link o on o.identity_id = l.identity_id and o.verdict = 'same' and o.live and o.person_id <> which
    where l.person_id = which and l.verdict = 'same' and l.live
$$;
grant execute on function app.records_of to sanad_definer;

-- The human being behind a record: records that are said to be of one person count once.
create function app.human_of(which uuid) returns uuid
language sql stable as $$
    select coalesce((select l.identity_id from app.identity_link l
                     where l.person_id = which and l.verdict = 'same' and l.live), which)
$$;
grant execute on function app.human_of to sanad_definer;

-- Kinship, always a claim until a document proves it. From the adult (or sibling) to the child.
create table app.relationship (
    id uuid primary key,
    territory_id smallint not null,
    from_person uuid not null references app.person,
    to_person uuid not null,
    kind text not null references ref.adult_relation,
    claim text not null default 'claimed'
        constraint relationship_claim_check check (claim in ('claimed', 'verified', 'refuted')),
    proof text references ref.relation_proof,
    created_by uuid not null references sec.app_user,
    created_at timestamptz not null default now(),
    version integer not null default 1,
    constraint relationship_two check (from_person <> to_person),
    constraint relationship_proved check (claim <> 'verified' or proof is not null),
    constraint relationship_once unique (from_person, to_person),
    foreign key (to_person, territory_id) references app.person (id, territory_id) on update cascade
);
create index on app.relationship (to_person, territory_id);
create index on app.relationship (kind);
create index on app.relationship (proof);
create index on app.relationship (created_by);

-- Row security follows in 0007, where a case says who may see a protected person.
