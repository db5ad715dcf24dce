-- What else a search finds by, beside names (0049): the end of a file's number, a telephone, a place (decision 0094).

-- The counter of a number from its last digit on: who remembers the end of a number finds the file by an index.
alter table app.case_file
    add tail text collate "C" not null generated always as (reverse(split_part(number, '-', 3))) stored;
create index case_file_tail on app.case_file (territory_id, tail);

-- A telephone lies sealed under the key of its contact; this is where it is found again, by the ring's key of the
-- blind index (decision 0043). A row of its own: what was seen is never edited.
create table app.phone_print (
    contact_adult_id uuid primary key references app.contact_adult,
    contact_id uuid not null,
    territory_id smallint not null,
    print bytea not null constraint phone_print_check check (length(print) = 16),
    foreign key (contact_id, territory_id) references app.contact (id, territory_id) on update cascade
);
create index on app.phone_print (contact_id, territory_id);
create index phone_print_found on app.phone_print (territory_id, print);
-- as the adult of the contact
call app.protect('app.phone_print',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.contact k where k.id = contact_id)',
    'territory_id = any ((select app.my_territories())::smallint[]) and exists (select from app.contact k where k.id = contact_id)');
call app.read_only_in_emergency('app.phone_print', 'contact_id <> all ((select app.emergency_contacts())::uuid[])');

-- The contacts of one commune or arrondissement, the latest first.
create index contact_in_place on app.contact (territory_id, place_code, observed_at desc, id desc);

-- The files that somebody looked at, the latest first.
create index case_seen_latest on app.case_seen (user_id, territory_id, seen_at desc);
