-- A street contact (تدخل ميداني): what was seen, before anyone has a name or a file (schema D6).

create table app.contact (
    id uuid primary key,
    receipt text not null constraint contact_receipt_key unique,
    -- who may see it now, and where it happened: two facts (schema D2)
    territory_id smallint not null references ref.territory,
    territory_at smallint not null references ref.territory,
    place_code text not null references ref.place,
    spot_kind text not null references ref.contact_place,
    landmark_enc bytea,
    observed_at timestamptz not null,
    received_at timestamptz not null default now(),
    author uuid not null references sec.app_user,
    circumstance text not null references ref.circumstance,
    note_enc bytea,
    state text not null default 'submitted'
        constraint contact_state_check check (state in ('submitted', 'triaged')),
    triaged_by uuid references sec.app_user,
    triaged_at timestamptz,
    -- a keyed print of the answers as sent: a second press of the button is recognised, a changed one refused
    payload_mac bytea not null,
    -- a protected file stands behind it, or stood: asked no further without (decision 0056)
    near_protected boolean not null default false,
    constraint contact_not_future check (observed_at <= received_at + interval '5 minutes'),
    constraint contact_triage_whole check ((state = 'triaged') = (triaged_at is not null)),
    constraint contact_home unique (id, territory_id)
);
create index contact_list on app.contact (territory_id, state, observed_at desc, id desc);
create index contact_recent on app.contact (territory_id, observed_at desc, id desc);
create index on app.contact (author, observed_at desc);
create index on app.contact (territory_at);
create index on app.contact (place_code);
create index on app.contact (spot_kind);
create index on app.contact (circumstance);
create index on app.contact (triaged_by);

create table app.contact_action (
    contact_id uuid not null,
    territory_id smallint not null,
    action text not null references ref.contact_action,
    primary key (contact_id, action),
    foreign key (contact_id, territory_id) references app.contact (id, territory_id) on update cascade
);
create index on app.contact_action (contact_id, territory_id);
create index on app.contact_action (action);

create table app.contact_child (
    id uuid primary key,
    contact_id uuid not null,
    territory_id smallint not null,
    seq smallint not null,
    sex text not null references ref.sex,
    age_min_months smallint not null,
    age_max_months smallint not null,
    -- what the child was called there; encrypted as the rest of what was heard
    seen_as_enc bytea,
    constraint contact_child_age check (0 <= age_min_months and age_min_months <= age_max_months and age_max_months <= 216),
    constraint contact_child_seq unique (contact_id, seq),
    constraint contact_child_home unique (id, territory_id),
    foreign key (contact_id, territory_id) references app.contact (id, territory_id) on update cascade
);
create index on app.contact_child (contact_id, territory_id);
create index on app.contact_child (sex);

create table app.contact_child_flag (
    contact_child_id uuid not null,
    territory_id smallint not null,
    flag text not null references ref.red_flag,
    primary key (contact_child_id, flag),
    foreign key (contact_child_id, territory_id) references app.contact_child (id, territory_id) on update cascade
);
create index on app.contact_child_flag (contact_child_id, territory_id);
create index on app.contact_child_flag (flag);

create table app.contact_adult (
    id uuid primary key,
    contact_id uuid not null,
    territory_id smallint not null,
    relation_claimed text not null references ref.adult_relation,
    name_enc bytea,
    phone_enc bytea,
    foreign key (contact_id, territory_id) references app.contact (id, territory_id) on update cascade
);
create index on app.contact_adult (contact_id, territory_id);
create index on app.contact_adult (relation_claimed);

call app.protect('app.contact', 'territory_id = any ((select app.my_territories())::smallint[])',
                 'territory_id = any ((select app.my_territories())::smallint[])');
call app.protect('app.contact_action', 'territory_id = any ((select app.my_territories())::smallint[])',
                 'territory_id = any ((select app.my_territories())::smallint[])');
call app.protect('app.contact_child', 'territory_id = any ((select app.my_territories())::smallint[])',
                 'territory_id = any ((select app.my_territories())::smallint[])');
call app.protect('app.contact_child_flag', 'territory_id = any ((select app.my_territories())::smallint[])',
                 'territory_id = any ((select app.my_territories())::smallint[])');
call app.protect('app.contact_adult', 'territory_id = any ((select app.my_territories())::smallint[])',
                 'territory_id = any ((select app.my_territories())::smallint[])');
-- What was seen is never edited; triage adds to it.
grant update (state, triaged_by, triaged_at) on app.contact to sanad_app;
