//! I14, I15, I16.

use super::{facts, lay, of_2024};

#[tokio::test]
async fn i14_asks_of_children_out_of_school_whether_they_go_within_ninety_days() {
    let db = facts(
        "select child(name, '2024-03-01') from unnest(array['a', 'b', 'c', 'f']) name;
         -- three years old; opened too lately
         select child('d', '2024-03-01', born => '2021-01-01'), child('e', '2024-11-01');
         select assess(name, name, clock('2024-03-05'), need)
         from (values ('a', 'never_enrolled'), ('b', 'dropped_out'), ('c', 'never_enrolled'), ('d', 'never_enrolled'),
                      ('f', 'orphan')) x (name, need);
         select assess('e', 'e', clock('2024-11-05'), 'never_enrolled'),
                -- a: enrolled after 61 days, and still there 198 days later
                help('1', 'a', 'school_enrolment', '2024-05-01'), visit('1', 'a', '2024-11-15', '2024-11-15', 'primary'),
                -- b: after 136 days
                visit('2', 'b', '2024-07-15', '2024-07-15', 'primary'),
                -- f went to school all along
                visit('3', 'f', '2024-03-10', '2024-03-10', 'primary')",
    )
    .await;
    assert_eq!(of_2024(&db, "I14").await, ["I14 1/3", "I14 kept 1/1"]);
    // what the form of the child says of the beginning goes before all else (decision 0109)
    lay(
        &db,
        "insert into app.child_condition (case_id, territory_id, education, recorded_by)
         values (id('file c'), 1, 'primary', id('worker.rabat')), (id('file f'), 1, 'dropped_out', id('worker.rabat'))",
    )
    .await;
    // c was at school; f was not, and was ten days later
    assert_eq!(of_2024(&db, "I14").await[0], "I14 2/3");
}

#[tokio::test]
async fn i15_asks_whether_the_unregistered_are_entered_and_after_how_long() {
    let db = facts(
        "select child(name, '2024-03-01') from unnest(array['a', 'b', 'c']) name;
         select assess('a', 'a', clock('2024-03-05'), 'no_civil_record'), help('1', 'a', 'civil_registration', '2024-06-09'),
                help('2', 'b', 'civil_registration', null, asked => '2024-04-01')",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I15").await,
        ["I15 1/2", "I15 days 1/2 median 100 p90 100"]
    );
}

#[tokio::test]
async fn i16_asks_whether_the_first_durable_care_is_a_family_and_lasts() {
    let db = facts(
        "select child(name, '2024-01-02') from unnest(array['a', 'b', 'c', 'd']) name;
         select refer('1', 'a', clock('2024-03-01'), clock('2024-03-02')), measure('1', 'return_to_parents', '2024-03-10'),
                -- met begging again 83 days later
                meet('1', clock('2024-06-01'), 'a');
         insert into app.institution (id, organisation_code, territory_id, kind) values (id('house'), 'house', 1, 'eps_abandoned');
         insert into app.bed_hold (id, case_id, territory_id, episode_id, seq, group_id, institution_id, disclosure_id, state,
                                   state_since, requested_by, requested_at, payload_mac, admitted_on, ended_on, destination)
         values (gen_random_uuid(), id('file b'), 1, id('episode b'), 1, id('beds'), id('house'), id('sheet'), 'discharged',
                 clock('2024-08-01'), id('worker.rabat'), clock('2024-03-31'), '\\x00', '2024-04-01', '2024-08-01', 'parents');
         insert into app.closing_report (id, case_id, territory_id, episode_id, reason, placement, education, text_enc, written_by,
                                         written_at)
         select gen_random_uuid(), id('file ' || name), 1, id('episode ' || name), 'other', placement, 'unknown', '\\x00'::bytea,
                id('worker.rabat'), clock('2024-05-01')
         from (values ('c', 'kafala'), ('d', 'unknown')) x (name, placement)",
    )
    .await;
    // a and c a family, b a house; of a and c, whose 180 days are over, a was found again
    assert_eq!(of_2024(&db, "I16").await, ["I16 2/3", "I16 broken 1/2"]);
}
