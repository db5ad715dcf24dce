//! I12.

use super::{facts, lay, of, of_2024};

/// Four mothers with a decision; the first has a second record.
const FOUR: &str = "
    select child(name, '2024-01-02'), adult(name), refer(name, name, clock('2024-01-10'), clock('2024-01-11')),
           stand(name, name, 'mother'), decide(name, name, effect, '2024-02-01')
    from (values ('a', 'not_prosecuted'), ('b', 'not_prosecuted'), ('c', 'not_prosecuted'), ('d', 'prosecuted'),
                 ('e', 'not_prosecuted')) x (name, effect);
    -- e is no mother of anybody
    insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by)
    select gen_random_uuid(), 1, id('adult ' || name), id('child ' || name), 'mother', id('worker.rabat')
    from unnest(array['a', 'b', 'c', 'd']) name;
    select help('1', 'a', 'mother_individual_support', '2024-03-01', 'not_prosecuted', id('adult a')),
           help('2', 'a', 'mother_group_support', '2024-04-01', 'not_prosecuted', id('adult a')),
           help('3', 'a', 'literacy', '2024-05-01', 'not_prosecuted', id('adult a')),
           -- urgent, before the decision
           help('4', 'b', 'mother_shelter', '2024-01-15', 'pending', id('adult b')),
           -- planned
           help('5', 'c', 'literacy', null, 'not_prosecuted', id('adult c'), '2024-06-01'),
           -- opened against a prosecution
           help('6', 'd', 'literacy', '2024-06-01', 'prosecuted', id('adult d'))";

#[tokio::test]
async fn i12_counts_mothers_who_are_not_prosecuted_and_the_four_services() {
    let db = facts(FOUR).await;
    assert_eq!(
        of_2024(&db, "I12").await,
        [
            "I12 1/3",
            "I12 family.family_mediation 0/3",
            "I12 family.psychological_support 1/3",
            "I12 family.social_programmes 0/3",
            "I12 family.training_employment 1/3"
        ]
    );
}

/// As `fork/property.rs` says of services: nothing that was given while a decision was pending or a prosecution stood counts,
/// whatever comes after it.
#[tokio::test]
async fn what_was_given_under_another_effect_counts_never() {
    let db = facts(FOUR).await;
    // the prosecution of d is dropped: she is a mother who is not prosecuted, and was not served
    lay(
        &db,
        "select decide('d', 'd', 'not_prosecuted', '2024-07-01')",
    )
    .await;
    assert_eq!(of_2024(&db, "I12").await[0], "I12 1/4");
    // up to the day before it was as it was
    assert_eq!(
        of(&db, "I12", "2024-01-01", "2024-06-30").await[0],
        "I12 1/3"
    );
    let counted: i64 = db
        .ask("select coalesce(sum(n), 0) from stat.exact_cells('2024-12-31') where measure = 'services' and sex = 'mother'")
        .await;
    assert_eq!(counted, 3, "those of a");
}
