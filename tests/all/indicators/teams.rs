//! I20.

use super::{facts, of_2024};

#[tokio::test]
async fn i20_counts_seats_meetings_who_came_and_what_is_open() {
    let db = facts(
        "insert into plan.seat (id, territory_id, sector, organisation_name, made_by, made_at, closed_on, closed_by)
         select id('seat ' || n), 1, (select min(code) from ref.seat_sector), 'x', id('supervisor.rabat'), clock('2024-01-05'),
                case n when 3 then date '2024-06-01' end, case n when 3 then id('supervisor.rabat') end
         from generate_series(1, 3) n;
         insert into plan.designation (id, seat_id, territory_id, kind, valid, letter_ref, letter_on, made_by, struck_by, struck_at)
         select gen_random_uuid(), id('seat ' || n), 1, kind, '[2024-01-10,)', 'x', '2024-01-09', id('supervisor.rabat'),
                case when struck then id('supervisor.rabat') end, case when struck then clock('2024-02-01') end
         from (values (1, 'holder', false), (2, 'holder', true), (2, 'alternate', false), (3, 'holder', false)) x (n, kind, struck);
         insert into plan.team_meeting (id, territory_id, kind, held_at, remote, place, agenda, state, state_by, state_at, why, made_by,
                                        changed_by)
         select id('meeting ' || n), 1, 'periodic', clock(on_day), false, 'x', '{}', state, id('supervisor.rabat'), clock(on_day),
                case state when 'cancelled' then 'x' end, id('supervisor.rabat'), id('supervisor.rabat')
         from (values (1, date '2024-03-01', 'held'), (2, '2024-05-01', 'cancelled'), (3, '2025-03-01', 'held')) x (n, on_day, state);
         insert into plan.attendance (meeting_id, seat_id, state, noted_by)
         values (id('meeting 1'), id('seat 1'), 'present', id('supervisor.rabat')),
                (id('meeting 1'), id('seat 2'), 'alternate', id('supervisor.rabat')),
                (id('meeting 1'), id('seat 3'), 'absent', id('supervisor.rabat'));
         insert into plan.action_point (id, meeting_id, text, owner_user_id, due_on, made_by, made_at, done_at, done_by)
         values (gen_random_uuid(), id('meeting 1'), 'x', id('worker.rabat'), '2025-01-31', id('supervisor.rabat'),
                 clock('2024-12-21'), null, null),
                (gen_random_uuid(), id('meeting 1'), 'x', id('worker.rabat'), '2024-04-01', id('supervisor.rabat'),
                 clock('2024-03-01'), clock('2024-03-20'), id('worker.rabat')),
                -- done after the day
                (gen_random_uuid(), id('meeting 1'), 'x', id('worker.rabat'), '2024-12-31', id('supervisor.rabat'),
                 clock('2024-12-01'), clock('2025-01-02'), id('worker.rabat'))",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I20").await,
        [
            "I20 1/2",
            "I20 attendance 2/3",
            "I20 meetings 1/2",
            "I20 points 2/2 median 20 p90 28"
        ]
    );
}
