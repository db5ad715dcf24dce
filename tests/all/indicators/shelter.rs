//! I17.

use super::{facts, of, of_2024};
use crate::support::day;

#[tokio::test]
async fn i17_adds_up_places_today_and_measures_stays() {
    let db = facts(
        "select child(name, '2024-01-02') from unnest(array['a', 'b', 'c']) name;
         insert into app.institution (id, organisation_code, territory_id, kind) values (id('house'), 'house', 1, 'emergency_shelter');
         insert into app.bed_group (id, institution_id, territory_id, audience, age_min, age_max, capacity, closed, others, admitted,
                                    held, reason, confirmed_at, confirmed_by, closed_on)
         values (id('girls'), id('house'), 1, 'girls', 0, 17, 10, 1, 3, 2, 1, 'x', now(), id('worker.rabat'), null),
                (id('boys'), id('house'), 1, 'boys', 0, 17, 6, 0, 6, 0, 0, 'x', now() - interval '8 days', id('worker.rabat'), null),
                (id('gone'), id('house'), 1, 'boys', 0, 17, 9, 0, 0, 0, 0, 'x', now(), id('worker.rabat'), '2024-02-01');
         insert into app.bed_hold (id, case_id, territory_id, episode_id, seq, group_id, institution_id, disclosure_id, state,
                                   state_since, until, refusal, requested_by, requested_at, payload_mac, admitted_on, ended_on,
                                   destination)
         values (gen_random_uuid(), id('file a'), 1, id('episode a'), 1, id('girls'), id('house'), id('s1'), 'discharged',
                 clock('2024-03-11'), null, null, id('worker.rabat'), clock('2024-03-01'), '\\x00', '2024-03-01', '2024-03-11', 'parents'),
                (gen_random_uuid(), id('file b'), 1, id('episode b'), 1, id('girls'), id('house'), id('s2'), 'admitted',
                 clock('2024-04-01'), null, null, id('worker.rabat'), clock('2024-04-01'), '\\x00', '2024-04-01', null, null),
                (gen_random_uuid(), id('file c'), 1, id('episode c'), 1, id('girls'), id('house'), id('s3'), 'refused',
                 clock('2024-05-02'), null, 'no_place', id('worker.rabat'), clock('2024-05-01'), '\\x00', null, null, null)",
    )
    .await;
    let stays = ["I17 no_place 1", "I17 stay 1/2 median 10 p90 10"];
    // what was free on a day that is past is not kept
    assert_eq!(of_2024(&db, "I17").await, stays);
    let today = day(0).to_string();
    assert_eq!(
        of(&db, "I17", "2024-01-01", &today).await,
        [
            "I17 3",
            stays[0],
            "I17 occupancy 11/15",
            "I17 stale 6/16",
            stays[1]
        ]
    );
}
