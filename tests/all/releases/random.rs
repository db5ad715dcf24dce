//! Edits by lot after some months were told: whatever they are, no figure that was told changes, and what is listed of it is
//! what is counted now.

use super::{first_of_month, noon, rows, work_at};
use crate::support::TestDb;
use chrono::TimeDelta;

/// Seeds of the lot, each another history.
const SEEDS: [f64; 2] = [0.2, 0.7];

/// One of each kind of thing that is found out later, on files and people drawn by lot.
const EDITS: &str = "
    -- the measure was none
    update app.case_file set protected_measure_on = null, protected_measure_kind = null
    where id in (select file from public.child where random() < 0.06);
    -- it was on another day, before or after
    update app.case_file f set protected_measure_on = f.protected_measure_on + (random() * 80)::integer - 40
    from public.child c where c.file = f.id and f.protected_measure_on is not null and random() < 0.15;
    -- somebody else, of another age, from elsewhere
    update app.person p set sex = case when random() < 0.5 then 'F' else 'M' end
    from public.child c where c.person = p.id and random() < 0.1;
    update app.person p set birth_earliest = p.birth_earliest - (random() * 2000)::integer
    from public.child c where c.person = p.id and random() < 0.1;
    update app.person p set nationality = 'SY' from public.child c where c.person = p.id and random() < 0.05;
    -- more were found
    insert into public.child (n, city, ago, sex)
    select 2000 + n, 1 + (random() * 2)::integer, 3 + (random() * 2)::integer, 'F' from generate_series(1, 12) n";

#[tokio::test]
async fn edits_by_lot_change_no_figure_that_was_told() {
    for seed in SEEDS {
        let db = TestDb::new().await;
        db.run(include_str!("people.sql")).await;
        let early = work_at(&db, noon(first_of_month(2)) + TimeDelta::days(10));
        assert_eq!(
            early.release(Some(first_of_month(4))).await.unwrap().len(),
            2
        );
        let told = rows(&db, "published_cell", "release < 2").await;
        let release = rows(&db, "release", "number < 2").await;
        db.run(format!("select setseed({seed}); {EDITS}").as_str())
            .await;
        let late = work_at(&db, noon(first_of_month(1)) + TimeDelta::days(10));
        let months = late.release(None).await.unwrap();
        assert_eq!(months.len(), 1);
        assert!(months[0].corrections > 0, "seed {seed}: {months:?}");
        assert_eq!(
            rows(&db, "published_cell", "release < 2").await,
            told,
            "seed {seed}"
        );
        assert_eq!(
            rows(&db, "release", "number < 2").await,
            release,
            "seed {seed}"
        );
        // a correction begins with what was told, is no small one, and says what is counted now
        let wrong = db
            .list(
                "select c::text from stat.correction c
                 left join stat.published_cell p on p.release = c.release and p.table_code = c.table_code
                     and p.territory_id is not distinct from c.territory_id and p.part = c.part
                 where c.was is distinct from p.n or abs(c.was - c.becomes) < 5
                 union all
                 select c.part || ' ' || r.as_of || ' ' || c.becomes || ' ' || sum(e.n)
                 from stat.correction c join stat.release r on r.number = c.release, lateral stat.exact_cells(r.as_of) e
                 where c.table_code = 'children_by_sex' and c.territory_id is null
                   and e.measure = 'children_protected' and e.sex = c.part
                 group by c.part, r.as_of, c.becomes having c.becomes <> sum(e.n)",
            )
            .await;
        assert!(wrong.is_empty(), "seed {seed}: {wrong:#?}");
    }
}
