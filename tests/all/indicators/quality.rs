//! I22, I23.

use super::{facts, lay, of_2024};

/// Two files: one in which everything is said, one in which nearly nothing is.
const TWO: &str = "
    select child('a', '2024-03-01'), child('b', '2024-04-01', sex => 'U', born => null), adult('a');
    update app.person set civil_status = 'registered' where id = id('child a');
    insert into app.person_name (id, person_id, territory_id, kind, given_ar)
    values (gen_random_uuid(), id('child a'), 1, 'civil', 'مختلق');
    insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by)
    values (gen_random_uuid(), 1, id('adult a'), id('child a'), 'mother', id('worker.rabat'));
    select assess('1', 'a', clock('2024-03-05'), 'dropped_out'), assess('2', 'a', clock('2024-06-05'), 'disability');
    insert into app.child_view (id, case_id, territory_id, episode_id, occasion, heard_on, why_not, language, words_enc, recorded_by,
                                recorded_at)
    values (gen_random_uuid(), id('file a'), 1, id('episode a'), 'assessment', '2024-03-05', null, 'x', '\\x00', id('worker.rabat'),
            clock('2024-03-05')),
           (gen_random_uuid(), id('file b'), 1, id('episode b'), 'assessment', '2024-04-05', 'x', null, null, id('worker.rabat'),
            clock('2024-04-05'));
    insert into app.case_consent (id, case_id, territory_id, purpose, basis, given_by, given_on, recorded_by)
    values (gen_random_uuid(), id('file a'), 1, 'sharing', 'legal_mission', 'x', '2024-03-02', id('worker.rabat')),
           (gen_random_uuid(), id('file b'), 1, 'sharing', 'refusal_recorded', 'x', '2024-04-02', id('worker.rabat'));
    insert into app.complaint (id, case_id, territory_id, episode_id, source, subject, text_enc, received_on, received_by, answer_enc,
                               answered_by, answered_at)
    select gen_random_uuid(), id('file a'), 1, id('episode a'), 'x', 'x', '\\x00'::bytea, came, id('worker.rabat'),
           case when answered is not null then '\\x00'::bytea end, case when answered is not null then id('supervisor.rabat') end,
           clock(answered)
    from (values (date '2024-03-01', date '2024-03-20'), ('2024-04-01', '2024-05-20'), ('2024-12-20', null)) x (came, answered)";

#[tokio::test]
async fn i22_asks_whether_the_child_was_heard_and_the_file_is_whole() {
    let db = facts(TWO).await;
    // six of six and one of six; the thirty days of the last complaint are not over
    assert_eq!(
        of_2024(&db, "I22").await,
        [
            "I22 1/2",
            "I22 basis 1/2",
            "I22 complaints 1/2",
            "I22 minimum 7/12"
        ]
    );
}

#[tokio::test]
async fn i23_asks_whether_figures_can_be_told_apart() {
    let db = facts(TWO).await;
    assert_eq!(
        of_2024(&db, "I23").await,
        [
            "I23 1/2",
            "I23 age 1/2",
            "I23 disability 1/2",
            "I23 education 1/2",
            "I23 nationality 2/2",
            "I23 sex 1/2"
        ]
    );
    // what the form of the child asks (decision 0109)
    lay(
        &db,
        "insert into app.child_condition (case_id, territory_id, disability, education, recorded_by)
         values (id('file b'), 1, 'none', 'primary', id('worker.rabat')),
                (id('file a'), 1, 'suspected', 'unknown', id('worker.rabat'))",
    )
    .await;
    let known = of_2024(&db, "I23").await;
    for line in ["I23 1/2", "I23 disability 2/2", "I23 education 2/2"] {
        assert!(known.contains(&line.to_owned()), "{known:#?}");
    }
    // an answer of the list that says nothing is none
    lay(
        &db,
        "update app.person set nationality = 'unknown' where id = id('child b')",
    )
    .await;
    assert!(
        of_2024(&db, "I23")
            .await
            .contains(&"I23 nationality 1/2".to_owned())
    );
}
