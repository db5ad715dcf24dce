//! I10, I11, I19.

use super::{facts, of_2024};

#[tokio::test]
async fn i10_measures_from_the_receipt_to_the_first_decisions() {
    let db = facts(
        "select child(name, '2023-12-01'), adult(name) from unnest(array['a', 'b', 'c']) name;
         select refer('1', 'a', clock('2024-03-01'), clock('2024-03-02')), measure('1', 'child_hearing', '2024-03-05'),
                measure('1', 'social_inquiry', '2024-04-05'), stand('1', 'a', 'mother'), decide('1', 'a', 'not_prosecuted', '2024-03-12'),
                refer('2', 'b', clock('2024-05-01'), clock('2024-05-01')), stand('2', 'b', 'father'),
                decide('2', 'b', 'pending', '2024-05-03'),
                -- sent in the year before, received in this one
                refer('3', 'c', clock('2023-12-30'), clock('2024-01-04')), measure('3', 'no_measure', '2024-01-04'),
                refer('4', 'c', clock('2024-12-31'))",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I10").await,
        [
            "I10 3",
            "I10 adult_decision 1/2 median 10 p90 10",
            "I10 child_decision 2/3 median 1.5 p90 2.7",
            "I10 received 3"
        ]
    );
}

#[tokio::test]
async fn i11_counts_an_adult_once_under_the_decision_that_the_fork_goes_by() {
    let db = facts(
        "select child('a', '2024-01-02'), child('b', '2024-01-02');
         select adult(name) from unnest(array['mona', 'nadia', 'omar', 'pia', 'qassim']) name;
         select refer('1', 'a', clock('2024-01-10'), clock('2024-01-11')), refer('2', 'b', clock('2024-01-10'), clock('2024-01-11')),
                stand('1', 'mona', 'mother'), decide('1', 'mona', 'prosecuted', '2024-03-10'),
                stand('2', 'nadia', 'mother'), decide('2', 'nadia', 'not_prosecuted', '2024-04-01'),
                -- two procedures: one human being, prosecuted
                stand('1', 'omar', 'unrelated'), decide('1', 'omar', 'prosecuted', '2024-05-01'),
                stand('2', 'omar', 'unrelated'), decide('2', 'omar', 'not_prosecuted', '2024-02-01'),
                stand('1', 'pia', 'father'), decide('1', 'pia', 'pending', '2024-05-01'),
                -- the later decision is in force
                stand('1', 'qassim', 'unrelated'), decide('1', 'qassim', 'pending', '2024-02-01'),
                decide('1', 'qassim', 'not_prosecuted', '2024-03-01')",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I11").await,
        [
            "I11 2/4",
            "I11 pending 1",
            "I11 prosecuted 2",
            "I11 relation.mother 1/2",
            "I11 relation.unrelated 1/2"
        ]
    );
}

#[tokio::test]
async fn i19_finds_brothers_and_sisters_shared_adults_and_trafficking() {
    let db = facts(
        "select child(name, '2024-02-01') from unnest(array['a', 'b', 'c', 'd']) name;
         select child('e', '2023-02-01'), adult('z'), adult('y');
         insert into app.relationship (id, territory_id, from_person, to_person, kind, claim, created_by)
         select gen_random_uuid(), 1, id(one), id(other), kind, claim, id('worker.rabat')
         from (values ('child a', 'child b', 'sibling', 'claimed'), ('adult z', 'child d', 'mother', 'claimed'),
                      ('adult z', 'child e', 'mother', 'claimed'),
                      -- refuted: y has nothing to do with c
                      ('adult y', 'child c', 'unrelated', 'refuted'), ('adult y', 'child e', 'unrelated', 'claimed'))
                  x (one, other, kind, claim);
         select assess('1', 'a', clock('2024-02-10')), assess('2', 'b', clock('2024-02-10'));
         insert into app.assessment_indicator (assessment_id, case_id, territory_id, indicator)
         values (id('assessment 1'), id('file a'), 1, 'rented_child'), (id('assessment 2'), id('file b'), 1, 'long_hours');
         select refer('1', 'a', clock('2024-03-01'), court => 1::smallint), refer('2', 'b', clock('2024-03-01'))",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I19").await,
        [
            "I19 3/4",
            "I19 general_prosecutor 1/2",
            "I19 trafficking 1/4"
        ]
    );
}
