//! I4, I5, I6, I7, I8, I9, I18, I24.

use super::{facts, of_2024};

#[tokio::test]
async fn i4_divides_open_files_among_those_in_post() {
    let db = facts(
        "select child('n' || n, '2024-02-01') from generate_series(1, 28) n;
         select moved('n28', 'identified', 'closed', clock('2024-05-01'));
         -- opened later, and somebody whose post came later
         select child('late', '2025-02-01');
         insert into sec.role_assignment (id, user_id, role, territory_id, valid)
         values (id('post 5'), id('worker.sale'), 'social_worker', 1, daterange('2025-01-01', null));
         insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since, until)
         select gen_random_uuid(), id('file n' || n), 1, id('worker.rabat'), 'lead', clock('2024-02-01'), null
         from generate_series(1, 26) n
         union all
         select gen_random_uuid(), id('file n27'), 1, id('worker.rabat'), 'lead', clock('2024-02-01'), clock('2024-03-01')
         union all
         select gen_random_uuid(), id('file n' || n), 1, id('second.rabat'), 'lead', clock('2024-03-01'), null
         from generate_series(27, 28) n",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I4").await,
        ["I4 27/2", "I4 over_25 1/2", "I4 supervision 2/1"]
    );
}

#[tokio::test]
async fn i5_measures_from_the_first_contact_to_the_first_help() {
    let db = facts(
        "select child('a', '2024-03-02'), meet('1', clock('2024-03-01'), 'a'), help('1', 'a', 'medical_consultation', '2024-03-04'),
                -- no contact: from the opening
                child('b', '2024-04-10'), help('2', 'b', 'food_clothes', '2024-04-15'),
                -- help that is planned, help to the mother, and help after the day
                child('c', '2024-05-01'), help('3', 'c', 'vaccination', null, asked => '2024-05-02'),
                adult('c'), help('4', 'c', 'parenting_support', '2024-05-03', 'not_prosecuted', id('adult c')),
                help('5', 'c', 'vaccination', '2025-01-03'),
                child('d', '2024-06-02'), meet('2', clock('2024-06-01'), 'd'), help('6', 'd', 'vaccination', '2024-06-11'),
                help('7', 'd', 'vaccination', '2024-06-09'),
                child('e', '2023-12-31'), help('8', 'e', 'vaccination', '2024-01-02')",
    )
    .await;
    assert_eq!(of_2024(&db, "I5").await, ["I5 3/4 median 5 p90 7.4"]);
}

#[tokio::test]
async fn i6_asks_whether_something_was_done_within_the_hours_of_the_risk() {
    let db = facts(
        "-- met at ten, sorted at twelve
         select child(name, on_day, risk => risk), meet(name, clock(on_day), name, 'new_case')
         from (values ('a', date '2024-03-01', 'high'), ('b', '2024-03-02', 'medium'), ('c', '2024-04-01', 'medium'),
                      ('d', '2024-06-01', 'low'), ('e', '2024-12-28', 'low'), ('f', '2024-07-01', 'high')) x (name, on_day, risk);
         update app.case_episode set source_contact_id = id('contact ' || n.name)
         from unnest(array['a', 'b', 'c', 'd', 'e']) n (name) where app.case_episode.id = id('episode ' || n.name);
         -- the risk of b was high when it was sorted
         insert into app.risk_change (id, case_id, territory_id, from_risk, to_risk, reasons, by_user, at)
         values (gen_random_uuid(), id('file b'), 1, 'high', 'medium', '[]', id('supervisor.rabat'), clock('2024-03-20'));
         select moved('a', 'identified', 'registered', clock('2024-03-02', '11:00')),
                moved('b', 'identified', 'registered', clock('2024-03-03', '12:30')),
                moved('c', 'identified', 'registered', clock('2024-04-20'));
         -- c was helped after 71 hours; d never; the week of e is not over; f came from no contact
         select help('1', 'c', 'vaccination', '2024-04-04');
         insert into app.service_step (id, service_id, territory_id, seq, to_state, on_day, by_user, role, at)
         values (gen_random_uuid(), id('help 1'), 1, 0, 'delivered', '2024-04-04', id('worker.rabat'), 'social_worker',
                 clock('2024-04-04', '11:00'))",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I6").await,
        [
            "I6 2/4",
            "I6 risk.high 1/2",
            "I6 risk.low 0/1",
            "I6 risk.medium 1/1"
        ]
    );
}

#[tokio::test]
async fn i7_asks_whether_what_was_due_was_done_by_its_day() {
    let db = facts(
        "select child(name, '2024-03-01') from unnest(array['a', 'b', 'c', 'd']) name;
         select owe('1', 'a', 'step_assessment', clock('2024-03-10'), clock('2024-03-09')), assess('1', 'a', clock('2024-03-09')),
                owe('2', 'b', 'step_assessment', clock('2024-04-10'), clock('2024-04-12')), assess('2', 'b', clock('2024-04-12')),
                owe('3', 'c', 'step_assessment', clock('2024-05-10')),
                -- closed before its day
                owe('4', 'd', 'step_assessment', clock('2024-06-10'), clock('2024-06-01')),
                owe('5', 'a', 'step_planning', clock('2024-03-20', '12:00'), clock('2024-03-20', '11:00')),
                owe('6', 'b', 'step_planning', clock('2024-04-20')),
                owe('7', 'c', 'step_planning', clock('2025-02-01'));
         insert into app.care_plan (id, case_id, territory_id, episode_id, seq, state, author, drawn_up_at, submitted_at,
                                    answer_due_at, answered_by, answered_at, answer_enc, review_due_at)
         select gen_random_uuid(), id('file ' || name), 1, id('episode ' || name), 1, state, id('worker.rabat'), drawn, drawn, drawn,
                id('supervisor.rabat'), drawn, '\\x00'::bytea, drawn + interval '90 days'
         from (values ('a', 'approved', clock('2024-03-20', '11:00')), ('b', 'returned', clock('2024-04-18'))) x (name, state, drawn)",
    )
    .await;
    assert_eq!(of_2024(&db, "I7").await, ["I7 1/3", "I7 plan 1/2"]);
}

#[tokio::test]
async fn i8_asks_whether_visits_and_reviews_were_made_by_their_day() {
    let db = facts(
        "select child('a', '2024-01-02');
         select visit('1', 'a', '2024-03-01', '2024-02-28'), visit('2', 'a', '2024-03-15', '2024-03-20'),
                visit('3', 'a', '2024-04-01'), visit('4', 'a', '2024-05-01'), visit('5', 'a', '2025-01-10', '2025-01-10');
         -- the file closed before its day
         update app.visit set missed_on = '2024-04-20', missed_reason = 'file_closed', recorded_by = id('worker.rabat'),
                recorded_at = clock('2024-04-20') where id = id('visit 4');
         insert into app.care_plan (id, case_id, territory_id, episode_id, seq, state, author, drawn_up_at, submitted_at,
                                    answer_due_at, answered_by, answered_at, review_due_at)
         values (id('plan'), id('file a'), 1, id('episode a'), 1, 'approved', id('worker.rabat'), clock('2024-03-01'),
                 clock('2024-03-01'), clock('2024-03-04'), id('supervisor.rabat'), clock('2024-03-02'), clock('2024-11-30'));
         insert into app.plan_review (id, plan_id, case_id, territory_id, why_not, note_enc, reviewed_by, reviewed_at, next_due_at)
         values (gen_random_uuid(), id('plan'), id('file a'), 1, 'x', '\\x00', id('worker.rabat'), clock('2024-06-01'), clock('2024-09-01')),
                (gen_random_uuid(), id('plan'), id('file a'), 1, 'x', '\\x00', id('worker.rabat'), clock('2024-08-30'), clock('2024-11-30'))",
    )
    .await;
    assert_eq!(of_2024(&db, "I8").await, ["I8 1/3", "I8 review 1/2"]);
}

#[tokio::test]
async fn i9_asks_whether_requests_were_accepted_and_what_came_of_them() {
    let db = facts(
        "select child('a', '2024-01-02');
         select help(what, 'a', 'vaccination', null, asked => asked)
         from (values ('1', date '2024-03-01'), ('2', '2024-04-01'), ('3', '2024-12-20')) x (what, asked);
         insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, reason, by_user, role, at)
         select gen_random_uuid(), id('help ' || what), 1, seq, 'proposed', state, 'x', id('worker.rabat'), 'social_worker', moment
         from (values ('1', 1, 'sent', clock('2024-03-01')), ('1', 2, 'accepted', clock('2024-03-02')),
                      ('2', 1, 'sent', clock('2024-04-01')), ('2', 2, 'refused', clock('2024-04-03')),
                      ('3', 1, 'sent', clock('2024-12-20')), ('3', 2, 'accepted', clock('2024-12-21'))) x (what, seq, state, moment);
         update app.service set state = 'refused', closed_at = clock('2024-06-15') where id = id('help 2');
         update app.service set state = 'delivered', delivered_on = '2024-03-10', closed_at = clock('2024-03-20')
         where id = id('help 1')",
    )
    .await;
    // the thirty days of the third are not over
    assert_eq!(of_2024(&db, "I9").await, ["I9 2/3", "I9 outcome 1/2"]);
}

#[tokio::test]
async fn i18_measures_closed_files_and_says_why_they_were_closed() {
    let db = facts(
        "select child('a', '2024-01-10'), shut('a', '2024-04-09', 'objectives_met'),
                child('b', '2024-02-01'), shut('b', '2024-03-02', 'untraceable'),
                child('c', '2024-05-01'), shut('c', '2024-11-17', 'stable_in_family'),
                child('d', '2024-05-01'), child('e', '2023-05-01'), shut('e', '2023-06-01', 'other');
         insert into app.case_episode (id, case_id, territory_id, seq, state, state_since, risk, opened_at)
         values (gen_random_uuid(), id('file b'), 1, 2, 'registered', clock('2024-06-01'), 'medium', clock('2024-06-01'))",
    )
    .await;
    // 30, 90 and 200 days; the 180 days of c are not over
    assert_eq!(
        of_2024(&db, "I18").await,
        [
            "I18 3/3 median 90 p90 178",
            "I18 met 1/3",
            "I18 reason.objectives_met 1",
            "I18 reason.stable_in_family 1",
            "I18 reason.untraceable 1",
            "I18 reopened 1/2"
        ]
    );
}

#[tokio::test]
async fn i24_counts_what_was_owed_at_the_end_of_the_day_and_late() {
    let db = facts(
        "select child('a', '2024-01-02');
         select owe('1', 'a', 'visit', clock('2024-12-29')), owe('2', 'a', 'visit', clock('2024-12-10')),
                owe('3', 'a', 'visit', clock('2024-06-01')), owe('4', 'a', 'visit', clock('2025-02-01')),
                owe('5', 'a', 'visit', clock('2024-12-01'), clock('2024-12-02')),
                -- done, but later
                owe('6', 'a', 'visit', clock('2024-12-20'), clock('2025-01-05')),
                -- owed since a later day
                owe('7', 'a', 'visit', clock('2025-01-03'), null, clock('2025-01-01'))",
    )
    .await;
    assert_eq!(
        of_2024(&db, "I24").await,
        ["I24 4/5", "I24 longer 1", "I24 month 2", "I24 week 1"]
    );
}
