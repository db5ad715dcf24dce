//! I3.

use super::{facts, of_2024};

#[tokio::test]
async fn i3_counts_contacts_children_seen_and_those_after_sunset() {
    let db = facts(
        "select meet('noon', clock('2024-06-21', '15:00'), kind => 'awareness_only'),
                -- the sun of Rabat sets at 20:42 in June
                meet('summer', clock('2024-06-21', '21:00'), kind => 'awareness_only', more => 2),
                -- at 18:22 in December
                meet('dusk', clock('2024-12-21', '18:00'), kind => 'awareness_only'),
                meet('winter', clock('2024-12-21', '18:45'), kind => 'awareness_only'),
                -- before six in the morning
                meet('dawn', clock('2024-07-02', '05:30'), kind => 'awareness_only'),
                -- Ramadan: the clock is an hour behind, the sun sets at 18:39
                meet('ramadan', clock('2024-03-20', '18:50'), kind => 'awareness_only'),
                meet('double', clock('2024-06-21', '22:00'), kind => 'duplicate'),
                meet('nobody', clock('2024-06-21', '23:00'), kind => 'no_child_found'),
                meet('before', clock('2023-12-31', '23:59'), kind => 'awareness_only'),
                -- not sorted yet: it counts
                meet('new', clock('2024-10-01', '12:00'), kind => null)",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I3").await,
        ["I3 7", "I3 children 9/7", "I3 night 4/7"]
    );
}
