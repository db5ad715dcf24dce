//! I1, I2, I13, I21.

use super::{facts, of, of_2024};

#[tokio::test]
async fn i1_counts_a_child_once_where_it_was_protected_first() {
    let db = facts(
        "select child('amal', '2024-02-20'), protect('amal', '2024-03-01'),
                child('badr', '2024-05-01', sex => 'M'), protect('badr', '2024-05-10'),
                -- two records of one child: Salé was first
                child('chadi', '2024-05-30', sex => 'M'), protect('chadi', '2024-06-01'),
                child('chadi.sale', '2024-03-30', 2::smallint, 'M'), protect('chadi.sale', '2024-04-01'),
                same('chadi', 'chadi.sale'),
                child('dounia', '2024-12-31'), protect('dounia', '2025-01-05'),
                child('elias', '2024-01-20', sex => 'M'), protect('elias', '2024-02-01');
         update app.case_file set void = 'merged' where id = id('file elias')",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I1").await,
        ["I1 2", "I1 girls 1/2", "I1 sex.F 1", "I1 sex.M 1"]
    );
    // up to a later day one more, and the period does not matter
    let later = of(&db, "I1", "2025-01-01", "2025-01-31").await;
    assert_eq!(later, ["I1 3", "I1 girls 2/3", "I1 sex.F 2", "I1 sex.M 1"]);
}

#[tokio::test]
async fn i2_counts_a_child_once_where_it_was_registered_first() {
    let db = facts(
        "select child('amal', '2024-02-20'),
                child('badr', '2024-05-01', sex => 'M', born => '2019-03-01'),
                child('chadi', '2024-05-30', sex => 'M'), child('chadi.sale', '2024-03-30', 2::smallint, 'M'),
                same('chadi', 'chadi.sale'),
                child('dounia', '2024-12-31', born => null),
                child('elias', '2023-12-31')",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I2").await,
        [
            "I2 3",
            "I2 age.plan_1_5 1",
            "I2 age.plan_6_13 1",
            "I2 age.unknown 1",
            "I2 sex.F 2",
            "I2 sex.M 1"
        ]
    );
}

#[tokio::test]
async fn i13_asks_of_children_whose_days_are_over_whether_they_were_met_again() {
    let db = facts(
        "select child('a', '2023-01-05'), protect('a', '2023-01-10'), meet('1', clock('2023-03-01'), 'a'),
                child('b', '2023-01-20'), protect('b', '2023-02-01'),
                -- met in Salé, under the other record
                child('b.sale', '2023-06-01', 2::smallint), same('b', 'b.sale'),
                meet('2', clock('2023-07-01'), 'b.sale', city => 2::smallint),
                child('c', '2023-02-20'), protect('c', '2023-03-01'),
                -- met on the very day: that is how it was found
                child('d', '2023-04-01'), protect('d', '2023-04-01'), meet('3', clock('2023-04-01'), 'd'),
                -- its days run still
                child('e', '2024-11-15'), protect('e', '2024-11-15'), meet('4', clock('2024-11-20'), 'e')",
    )
    .await;
    assert_eq!(
        of(&db, "I13", "2023-01-01", "2024-12-31").await,
        ["I13 1/4", "I13 d180 2/4", "I13 d365 2/4"]
    );
}

#[tokio::test]
async fn i21_counts_children_for_the_inhabitants_of_their_city() {
    let db = facts(
        "select child('amal', '2024-02-20'), protect('amal', '2024-03-01'),
                child('badr', '2024-05-01'), protect('badr', '2024-05-10');
         -- a city that the register opened has steps
         insert into plan.activation_step (id, city, step, state, on_day, note, by_role)
         values (gen_random_uuid(), 'rabat', 'team', 'under_way', '2024-01-10', 'x', 'steering'),
                (gen_random_uuid(), 'rabat', 'team', 'done', '2024-02-10', 'x', 'steering'),
                (gen_random_uuid(), 'rabat', 'focal_points', 'not_needed', '2024-02-11', 'x', 'steering'),
                (gen_random_uuid(), 'rabat', 'first_meeting', 'done', '2025-01-10', 'x', 'steering')",
    )
    .await;
    // HCP, RGPH 2024
    let inhabitants: i32 = db
        .ask("select population_2024 from ref.territory where id = 1")
        .await;
    assert_eq!(inhabitants, 515_619);
    assert_eq!(
        of_2024(&db, "I21").await,
        ["I21 2/515619", "I21 cities 1/1", "I21 steps 2/8"]
    );
}
