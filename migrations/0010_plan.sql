-- The register of the plan: what the committee decided, where it runs, when the teams met.

create table plan.phase (
    code text primary key,
    ar text not null, fr text not null, en text not null,
    decided_on date,
    sort smallint not null
);

create table plan.city (
    slug text primary key constraint city_slug_check check (slug ~ '^[a-z-]+$'),
    territory_id smallint not null constraint city_territory_key unique references ref.territory,
    phase text not null references plan.phase,
    ar text not null, fr text not null, en text not null,
    launched_on date,
    first_meeting_on date,
    status text not null constraint city_status_check check (status in ('candidate', 'active'))
);
create index on plan.city (phase);

create table plan.decision (
    code text primary key,
    decided_on date not null,
    ar text not null, fr text not null, en text not null
);
create table plan.decision_city (
    decision text not null references plan.decision,
    city text not null references plan.city,
    primary key (decision, city)
);
create index on plan.decision_city (city);

create table plan.meeting (
    code text primary key,
    kind text not null references ref.meeting_kind,
    held_on date not null,
    remote boolean, -- no source says for some
    ar text not null, fr text not null, en text not null
);
create index on plan.meeting (kind);
create table plan.meeting_city (
    meeting text not null references plan.meeting,
    city text not null references plan.city,
    primary key (meeting, city)
);
create index on plan.meeting_city (city);
